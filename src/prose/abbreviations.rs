//! Abbreviations whose point does not end a sentence.

use crate::lexicon;

/// Whether `word` (lower case, without its point) is a title that is abbreviated before a name.
pub fn is_title_abbreviation(word: &str) -> bool {
    lexicon::abbreviations::TITLES.contains(word)
}

/// Whether `word` (lower case, without its point) is an abbreviated month.
pub fn is_month_abbreviation(word: &str) -> bool {
    lexicon::time::MONTHS_ABBREVIATED.contains(word)
}

/// Whether `word` (lower case, without its point) is a known abbreviation of any kind.
pub(super) fn is_abbreviation(word: &str) -> bool {
    use crate::lexicon::abbreviations::{OTHERS, TITLES};
    TITLES.contains(word) || OTHERS.contains(word) || is_month_abbreviation(word)
}

/// Whether `word` (lower case, without its point) is a month, in full or abbreviated.
pub fn is_month(word: &str) -> bool {
    lexicon::time::MONTHS.contains(word) || is_month_abbreviation(word)
}
