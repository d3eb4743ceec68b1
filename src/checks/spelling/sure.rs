//! How sure it is that a word in no dictionary stands for one that is near it.

use crate::dictionary::Suggestion;
use crate::finding::Severity;
use crate::text::are_anagrams;

/// A word of so many letters is not near another one by chance, even two slips away.
const TWICE: usize = 11;

/// Names of programs and of people have so many letters, and are two from some word: `virtio`, `readelf`.
const SHORT_TWICE: usize = 8;

/// A word of so few letters is near another one by chance.
const SHORT: usize = 4;

/// A word of so many letters that is one letter from a rare one is that word: `programatically`.
const LONG_RARE: usize = 10;

/// Whether a letter inside a rare word is missing, too many or beside its place. Forms of rare words differ at their ends, and
/// anybody builds words in *-ability*.
fn is_inside_rare(written: &str, meant: &Suggestion) -> bool {
    let low = written.to_ascii_lowercase();
    low.as_bytes().last() == meant.text.as_bytes().last()
        && !low.ends_with("ability")
        && (meant.text.len() != low.len() || are_anagrams(&meant.text, &low))
}

/// A word of so many letters that has one too many, one too few or two swapped is the one near it.
const LONG: usize = 8;

/// The class of words so common that a shorter word, too, with such a slip stands for them.
pub(super) const VERY_COMMON: u8 = 11;

/// Whether a slip of the fingers made `written` of `meant`. Another letter in the place of one makes a word of slang, a name or a
/// coined word as often: `pongers` are no ponders, `postering` is no pestering.
fn is_slip_of_fingers(written: &str, meant: &Suggestion) -> bool {
    let is_other_letter =
        meant.text.len() == written.len() && !are_anagrams(&meant.text, &written.to_ascii_lowercase());
    if is_other_letter {
        // `tantilising`: in a long word that is mostly another vowel.
        return written.len() >= LONG_RARE && have_same_sounds(written, &meant.text);
    }
    meant.text.contains(' ') || written.len() >= LONG || meant.class <= VERY_COMMON
}

/// How sure it is that the first suggestion is meant; `None` where nothing is near.
pub(super) fn sureness(suggestions: &[Suggestion], written: &str) -> Option<Severity> {
    let (first, letters) = (suggestions.first()?, written.len());
    let is_reordered = || are_anagrams(&first.text, &written.to_ascii_lowercase());
    Some(match first.slips {
        // A word of four letters has neighbours by chance: `cava` is no cave.
        1 if first.class <= 17 && letters > SHORT && is_slip_of_fingers(written, first) => Severity::Warning,
        1 if first.class < 40 => Severity::Query,
        1 if letters >= LONG_RARE && is_inside_rare(written, first) => Severity::Query,
        2 if letters > SHORT_TWICE && first.class <= if letters < TWICE { 14 } else { 17 } => Severity::Query,
        2 if letters >= SHORT_TWICE && first.class <= 17 && is_reordered() => Severity::Query,
        2 if letters >= SHORT_TWICE && first.class <= 20 && have_same_sounds(written, &first.text) => Severity::Query,
        _ => return None,
    })
}

/// Whether two words begin alike and have the same consonants, doubled or not: `artificats`, `embezelled`.
fn have_same_sounds(written: &str, meant: &str) -> bool {
    let consonants = |word: &str| {
        let mut letters = word.to_ascii_lowercase().into_bytes();
        letters.retain(|byte| !b"aeiouy".contains(byte));
        letters.dedup();
        letters
    };
    written.bytes().next().map(|byte| byte.to_ascii_lowercase()) == meant.bytes().next()
        && consonants(written) == consonants(meant)
}

/// The first suggestion, and those not much less likely.
pub(super) fn likely(suggestions: &[Suggestion]) -> Vec<String> {
    let most = suggestions.first().map_or(0, |first| first.cost + 60);
    suggestions.iter().take_while(|other| other.cost <= most).map(|other| other.text.clone()).collect()
}
