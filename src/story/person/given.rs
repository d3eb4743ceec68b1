//! Given names, by the gender they are mostly given to.
//!
//! The list is short on purpose: it holds names that are common somewhere in the world and rarely a word of English.
//! A name that is missing costs little, because titles, honorifics and later references show people as well.

use std::sync::LazyLock;

use super::Gender;
use crate::lexicon;
use crate::text::WordMap;

static NAMES: LazyLock<WordMap<Gender>> = LazyLock::new(|| {
    use crate::lexicon::given_names::{OF_EITHER, OF_MEN, OF_WOMEN};
    let lists = [(&OF_MEN, Gender::Male), (&OF_WOMEN, Gender::Female), (&OF_EITHER, Gender::Unknown)];
    WordMap::new(lists.into_iter().flat_map(|(names, gender)| names.iter().map(move |name| (name, gender))))
});

/// The gender that a given name (lower case) is mostly given to; `None` when it is not on the list.
pub(super) fn gender_of(name: &str) -> Option<Gender> {
    NAMES.get(name).or_else(|| {
        // `Jean-Claude`, `Mary-Ann`: the first part decides.
        let (first, _) = name.split_once('-')?;
        NAMES.get(first)
    })
}
