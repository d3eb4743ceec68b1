//! Acronyms that need no introduction, capitals that are no acronyms, and the nouns that organisations end in.

use crate::lexicon;

/// Whether readers know `acronym` (capitals, no points).
pub(super) fn is_well_known(acronym: &str) -> bool {
    lexicon::organisations::ACRONYMS_KNOWN.contains(acronym)
}

/// Whether `capitals` is a shouted word, a time zone or the like.
pub(super) fn is_no_acronym(capitals: &str) -> bool {
    lexicon::organisations::NO_ACRONYMS.contains(capitals)
}

/// Whether `capitals` is the postal code of a state or province.
pub(super) fn is_state(capitals: &str) -> bool {
    lexicon::organisations::POSTAL_CODES.contains(capitals)
}

/// The nouns that names of organisations end in.
pub(super) fn nouns() -> impl Iterator<Item = &'static str> {
    lexicon::organisations::NOUNS.iter()
}

/// Whether `word` (lower case, without a final point) is what organisations, treaties and laws end in.
pub(super) fn is_organisation_noun(word: &str) -> bool {
    lexicon::organisations::NOUNS.contains(word)
}
