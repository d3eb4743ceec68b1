//! Given names, by the gender they are mostly given to.
//!
//! The lists hold names that are common somewhere in the world and rarely a word of English; `lexicon/README.md` says where
//! they come from. A name that is missing costs little, because titles, honorifics and later references show people as well.

use std::sync::LazyLock;

use super::Gender;
use crate::lexicon::{given_names as listed, given_names_chinese as chinese, given_names_counted as counted, own};
use crate::text::WordMap;

static NAMES: LazyLock<WordMap<Gender>> = LazyLock::new(|| {
    // Of a name on both, what the lists that people keep say counts.
    let lists = [
        (&chinese::OF_MEN, Gender::Male),
        (&chinese::OF_WOMEN, Gender::Female),
        (&chinese::OF_EITHER, Gender::Unknown),
        (&counted::OF_MEN, Gender::Male),
        (&counted::OF_WOMEN, Gender::Female),
        (&counted::OF_EITHER, Gender::Unknown),
        (&listed::OF_MEN, Gender::Male),
        (&listed::OF_WOMEN, Gender::Female),
        (&listed::OF_EITHER, Gender::Unknown),
    ];
    WordMap::new(lists.into_iter().flat_map(|(names, gender)| names.iter().map(move |name| (name, gender))))
});

/// The gender that a given name (lower case) is mostly given to; `None` when it is not on the list.
pub(crate) fn gender_of(name: &str) -> Option<Gender> {
    let known = |name: &str| NAMES.get(name).or_else(|| NAMES.get(&without_accents(name)?));
    let listed = known(name).or_else(|| {
        // `Jean-Claude`, `Mary-Ann`: the first part decides.
        let (first, _) = name.split_once('-')?;
        known(first)
    });
    listed.or_else(|| own::is_given_name(name).then_some(Gender::Unknown))
}

/// `name` without its accents, when it has any: the list has most names without them.
fn without_accents(name: &str) -> Option<String> {
    let plain = |c: char| match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ț' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    };
    (!name.is_ascii()).then(|| name.chars().map(plain).collect())
}
