//! Words that name sources, and words of saying.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{self, WordList};
use crate::prose::without_possessive;
use crate::text::WordSet;

static OUTLET_FIRST_WORDS: LazyLock<WordSet> = LazyLock::new(|| first_words_of_outlets().collect());
/// By their first words, the longest first.
static VAGUE_NAMES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut names: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for name in lexicon::sources::VAGUE.iter() {
        names.entry(name.split(' ').next().unwrap_or_default()).or_default().push(name);
    }
    for names in names.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.split(' ').count()));
    }
    names
});

/// The words, in lower case, that are the main word of a phrase that names a source; outlets have names of their own.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    use lexicon::sources::{DOCUMENTS, ORGANISATIONS, PEOPLE, PERSON};
    [&PEOPLE, &PERSON, &DOCUMENTS, &ORGANISATIONS].into_iter().flat_map(WordList::iter).chain(["people"])
}

/// The first words of vague sources.
pub(super) fn first_words_of_vague() -> impl Iterator<Item = &'static str> {
    VAGUE_NAMES.keys().copied()
}

/// The words by which outlets' names start, without their articles.
pub(super) fn first_words_of_outlets() -> impl Iterator<Item = &'static str> {
    let first = |name: &'static str| name.trim_start_matches("the ").split(' ').next().unwrap_or_default();
    lexicon::media::OUTLETS.iter().map(first)
}

/// The vague sources whose names start with `word`, the longest first.
pub(super) fn vague_from(word: &str) -> &'static [&'static str] {
    VAGUE_NAMES.get(word).map_or(&[], Vec::as_slice)
}

/// `officials`, `critics`: people in the plural who are often not named. All take words in lower case.
pub(super) fn is_people(word: &str) -> bool {
    lexicon::sources::PEOPLE.contains(word)
}

/// `official`, `source`: one person who is often not named.
pub(super) fn is_person(word: &str) -> bool {
    lexicon::sources::PERSON.contains(word)
}

/// `senior`, `Palestinian` has a capital and needs no list: is before them.
pub(super) fn stands_before_people(word: &str) -> bool {
    lexicon::sources::BEFORE_PEOPLE.contains(word)
}

/// `police`, `ministry`: a body that speaks.
pub(super) fn is_organisation(word: &str) -> bool {
    lexicon::sources::ORGANISATIONS.contains(word)
}

/// `said`, `argue`.
pub(super) fn is_saying(word: &str) -> bool {
    lexicon::saying::OF_SOURCES.contains(word)
}

/// `report`, `lawsuit`.
pub(super) fn is_document(word: &str) -> bool {
    lexicon::sources::DOCUMENTS.contains(word)
}

/// `found`, `shows`: what documents do.
pub(super) fn is_finding(word: &str) -> bool {
    lexicon::sources::FINDINGS.contains(word)
}

/// `washington post`, without its article.
pub(super) fn is_outlet(name: &str) -> bool {
    lexicon::media::OUTLETS.contains(name)
}

/// Whether an outlet's name may start with `word`, so that the rest need not be looked at.
pub(super) fn opens_outlet(word: &str) -> bool {
    OUTLET_FIRST_WORDS.contains(without_possessive(word))
}

/// `social media`, `media reports`: nobody who can be asked.
pub(super) fn is_vague(name: &str) -> bool {
    lexicon::sources::VAGUE.contains(name)
}
