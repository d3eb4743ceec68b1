//! Words with capitals that are no people, and the words for what people are.

use std::sync::LazyLock;

use super::Gender;
use crate::lexicon::{self, own};
use crate::text::WordMap;

/// What a word (lower case, without a possessive ending) says about a name it is in or beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameWord {
    /// `president`, `spokeswoman`, `coach`: is before a name as a title, or after it in an apposition.
    Role(Gender),
    /// `Mr.`, `Dame`: only ever before a name.
    Honorific(Gender),
    /// `university`, `inc`: what it ends is an organisation or a place.
    Organisation,
    /// `France`, `Texas`, `Paris`.
    Place,
    /// `French`, `Texan`, `Republican`.
    Demonym,
    /// `Monday`, `the`, `Congress`: with a capital at the start of a sentence or always, and no one's name.
    NoName,
    /// `al`, `van`: inside a name only.
    Particle,
    /// `former`, `deputy`: is before a role.
    Modifier,
}

static WORDS: LazyLock<WordMap<NameWord>> = LazyLock::new(|| {
    use NameWord::*;
    // Later lists win: a word that is a name as well as a role is better taken as the rarer of the two.
    let lists = [
        (&lexicon::people::MODIFIERS_OF_ROLES, Modifier),
        (&lexicon::people::NO_NAMES, NoName),
        (&lexicon::places::DEMONYMS, Demonym),
        (&lexicon::places::PLACES, Place),
        (&lexicon::organisations::WORDS_OF_NAMES, Organisation),
        (&lexicon::people::ROLES, Role(Gender::Unknown)),
        (&lexicon::people::ROLES_OF_MEN, Role(Gender::Male)),
        (&lexicon::people::ROLES_OF_WOMEN, Role(Gender::Female)),
        (&lexicon::people::HONORIFICS, Honorific(Gender::Unknown)),
        (&lexicon::people::HONORIFICS_OF_MEN, Honorific(Gender::Male)),
        (&lexicon::people::HONORIFICS_OF_WOMEN, Honorific(Gender::Female)),
        (&lexicon::people::PARTICLES, Particle),
    ];
    WordMap::new(lists.into_iter().flat_map(|(words, class)| words.iter().map(move |word| (word, class))))
});

/// What `word` (lower case, without point and possessive ending) is known to be.
pub(crate) fn class_of(word: &str) -> Option<NameWord> {
    WORDS.get(word).or_else(|| {
        let role = own::is_title(word).then_some(NameWord::Role(Gender::Unknown));
        role.or_else(|| own::is_of_organisations(word).then_some(NameWord::Organisation))
    })
}

/// Whether `word` (lower case) says what somebody is: `mayor`, `spokeswoman`, also in the plural.
pub(crate) fn is_role(word: &str) -> bool {
    let is_listed = |word: &str| matches!(class_of(word), Some(NameWord::Role(_)));
    let singular = word.strip_suffix('s').filter(|w| w.len() > 3).unwrap_or(word);
    let last = || singular.bytes().rposition(|byte| byte == b'-').and_then(|at| singular.get(at + 1..));
    is_listed(word)
        || singular.len() < word.len() && is_listed(singular)
        || last().is_some_and(is_listed)
        || word.ends_with("men") && word.len() > 5
        || word.ends_with("women")
}
