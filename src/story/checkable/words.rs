//! The words that readers of facts need, which stand in `lexicon/en/checkable.toml`.

use crate::lexicon::{checkable, numbers, places};

/// `words` as alternatives of a regular expression, the longest first.
pub(super) fn alternatives(words: impl Iterator<Item = &'static str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

/// The numerals below a hundred that are one word, without `zero`.
pub(super) fn small_numbers() -> impl Iterator<Item = &'static str> {
    numbers::SMALL.iter().skip(1).chain(numbers::TENS.iter())
}

/// Whether `word` (lower case) is a numeral below a hundred.
pub(crate) fn is_small_number(word: &str) -> bool {
    word != "zero" && (numbers::SMALL.contains(word) || numbers::TENS.contains(word))
}

/// Whether `word` (lower case) is a small word that begins no name.
pub(crate) fn is_opener(word: &str) -> bool {
    checkable::OPENERS.contains(word)
}

/// Whether a name behind `word` (lower case) is most often a place.
pub(crate) fn is_locative(word: &str) -> bool {
    checkable::LOCATIVES.contains(word)
}

/// Whether a name of a place may begin with `word` (lower case): `new`.
pub(crate) fn is_place_head(word: &str) -> bool {
    places::PLACE_HEADS.contains(word)
}

/// Whether a possessive (lower case, with a straight apostrophe) belongs to the name behind it: `women's`.
pub(crate) fn is_possessive_head(word: &str) -> bool {
    checkable::POSSESSIVE_HEADS.contains(word)
}

/// Whether `word` (lower case) is of a party: `democrat`.
pub(crate) fn is_of_party(word: &str) -> bool {
    checkable::PARTIES.contains(word)
}

/// Whether `word` (lower case), though it ends as comparatives do, compares nothing: `rather`.
pub(crate) fn is_no_comparative(word: &str) -> bool {
    checkable::OTHER_THAN.contains(word)
}

/// Whether `word` (lower case) makes the name that it ends a place.
pub(crate) fn is_place_noun(word: &str) -> bool {
    checkable::PLACE_NOUNS.contains(word)
}

/// Whether `word` (lower case) says in which year of school somebody is: `senior`.
pub(crate) fn is_pupil(word: &str) -> bool {
    checkable::PUPILS.contains(word)
}

/// Whether `word` (lower case) makes one name with the number behind it: `route`.
pub(crate) fn is_numbered(word: &str) -> bool {
    checkable::NUMBERED.contains(word)
}

/// Whether `word` (lower case) makes the name that it begins or ends an organisation.
pub(crate) fn is_organisation_noun(word: &str) -> bool {
    checkable::ORGANISATION_NOUNS.contains(word)
}

/// Whether `word` (lower case) makes the name that it begins or ends a publication.
pub(crate) fn is_work_noun(word: &str) -> bool {
    checkable::WORK_NOUNS.contains(word)
}

/// Whether `word` (lower case) makes a pair of numbers a vote.
pub(crate) fn is_of_votes(word: &str) -> bool {
    checkable::VOTES.contains(word)
}

/// Whether `word` (lower case) behind `five times` compares with something.
pub(crate) fn compares_times(word: &str) -> bool {
    checkable::BEHIND_TIMES.contains(word)
}

/// Whether `word` (lower case) makes a pair of numbers a score.
pub(crate) fn is_of_scores(word: &str) -> bool {
    checkable::SCORES.contains(word)
}

/// Whether `word` (lower case), though it has a capital, is no name.
pub(crate) fn is_no_name(word: &str) -> bool {
    checkable::NO_NAMES.contains(word)
}

/// Whether `word` (lower case) is an amount that is no numeral: `twice`, `dozens`.
pub(crate) fn is_amount(word: &str) -> bool {
    checkable::AMOUNTS.contains(word)
}

/// Whether `word` (lower case) is a large numeral.
pub(crate) fn is_large_number(word: &str) -> bool {
    checkable::LARGE.contains(word)
}

/// Whether `name` (lower case, hyphens for spaces, without a final point) is that of a country.
pub(crate) fn is_country(name: &str) -> bool {
    checkable::COUNTRIES.contains(name)
}

/// Whether `word` (lower case) turns what a sentence says: `not`, `fell`.
pub(crate) fn is_of_sense(word: &str) -> bool {
    checkable::SENSE.contains(word)
}

/// Whether `word` (lower case) tells nothing of what a figure is said of: `said`, `percent`.
pub(crate) fn is_no_subject(word: &str) -> bool {
    checkable::NO_SUBJECT.contains(word)
}

/// Whether `word` (lower case) says how high an office is.
pub(crate) fn is_rank(word: &str) -> bool {
    checkable::RANKS.contains(word)
}

/// Whether `word` (lower case) makes a description of a title: `top`.
pub(super) fn is_describing(word: &str) -> bool {
    checkable::DESCRIBING_TITLES.contains(word)
}

/// Whether `word` (lower case) is a relative: `mother`.
pub(crate) fn is_kin(word: &str) -> bool {
    checkable::KIN.contains(word)
}
