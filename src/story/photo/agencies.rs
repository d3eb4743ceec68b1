//! Who owns photos: wire and photo agencies, stock libraries, platforms.

use super::OwnerKind;
use crate::lexicon::{self, own};

/// What kind of owner `name` is (lower case, folded, without `the`); `None` for one that is in no list.
pub(super) fn kind(name: &str) -> Option<OwnerKind> {
    if lexicon::media::AGENCIES.contains(name) || own::is_agency(name) {
        return Some(OwnerKind::Agency);
    }
    if lexicon::media::PHOTO_LIBRARIES.contains(name) {
        return Some(OwnerKind::Library);
    }
    lexicon::media::PLATFORMS.contains(name).then_some(OwnerKind::Platform)
}

/// Whether a name with this word (lower case) in it is an owner and no person.
pub(super) fn is_owner_word(word: &str) -> bool {
    lexicon::photos::OWNER_WORDS.contains(word)
}
