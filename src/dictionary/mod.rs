//! English words: which there are, how common they are, what misspellings stand for, how the other side of the ocean spells
//! them.
//!
//! `dictionary/README.md` names the lists and their licences; `build.rs` packs them. They are looked up where they lie in the
//! program, so a start reads nothing. All words are asked for in lower case, with ASCII apostrophes.

mod forms;
#[allow(dead_code)] // `build.rs` writes by it.
mod packed;
mod suggest;

use std::sync::LazyLock;

use fst::Map;

use crate::text::hash;

pub use forms::{Forms, WordForm, forms};
pub use suggest::{Suggestion, suggest, suggest_near};

/// `None` if its bytes are no map, which a test rules out.
type PackedMap = LazyLock<Option<Map<&'static [u8]>>>;

static COMMON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common.table"));
static WORDS: PackedMap = LazyLock::new(|| open(include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"))));
static VALUES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.values"));
static CORRECTIONS: PackedMap = LazyLock::new(|| open(include_bytes!(concat!(env!("OUT_DIR"), "/corrections.fst"))));
static CORRECT: &str = include_str!(concat!(env!("OUT_DIR"), "/corrections.txt"));
static TWINS: PackedMap = LazyLock::new(|| open(include_bytes!(concat!(env!("OUT_DIR"), "/twins.fst"))));
static TWIN: &str = include_str!(concat!(env!("OUT_DIR"), "/twins.txt"));

/// The map in `bytes`, which is not copied.
fn open(bytes: &'static [u8]) -> Option<Map<&'static [u8]>> {
    Map::new(bytes).ok()
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(u64);

impl Entry {
    /// How many times the commonest word's count halves down to this one's; 40 where nobody counted it.
    pub fn class(self) -> u8 {
        (self.0 & packed::CLASS) as u8
    }

    /// It is a name, which has a capital.
    pub fn is_name(self) -> bool {
        self.0 & packed::NAME != 0
    }

    /// It is in large dictionaries only.
    pub fn is_rare(self) -> bool {
        self.0 & packed::RARE != 0
    }

    /// British English spells it otherwise.
    pub fn is_american(self) -> bool {
        self.0 & packed::AMERICAN != 0
    }

    /// American English spells it otherwise.
    pub fn is_british(self) -> bool {
        self.0 & packed::BRITISH != 0
    }

    /// What it can be.
    pub fn forms(self) -> Forms {
        Forms((self.0 >> packed::FORMS_AT) as u16)
    }

    /// It is a word that everybody uses.
    pub fn is_common(self) -> bool {
        !self.is_name() && !self.is_rare() && u64::from(self.class()) <= packed::COMMON
    }
}

/// Whether the word of these bytes is a common one, which is spelled alike everywhere: nearly all words of a story are. A
/// few nanoseconds; the answer is wrong for one word in thousands of millions.
#[inline]
pub fn is_common(low: &[u8]) -> bool {
    let hash = hash(low);
    let slots = COMMON.len() / 4;
    let tag = packed::tag(hash);
    let mut slot = hash as usize & (slots - 1);
    loop {
        let Some(bytes) = COMMON.get(slot * 4..).and_then(|rest| rest.first_chunk::<4>()) else { return false };
        match u32::from_le_bytes(*bytes) {
            0 => return false,
            own if own == tag => return true,
            _ => slot = (slot + 1) & (slots - 1),
        }
    }
}

/// What is known of `low`.
pub fn entry(low: &str) -> Option<Entry> {
    WORDS.as_ref()?.get(low).map(entry_at)
}

/// What is known of the words for which the map has `place`: where it stands among all that is known of any word.
fn entry_at(place: u64) -> Entry {
    let bytes = VALUES.get(place as usize * 4..).and_then(|rest| rest.first_chunk::<4>());
    Entry(bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes).into()))
}

/// The words that the listed misspelling `low` may stand for, likeliest first; none when it is not listed.
pub fn corrections(low: &str) -> impl Iterator<Item = &'static str> + use<> {
    text(&CORRECTIONS, CORRECT, low).into_iter().flat_map(|words| words.split(", "))
}

/// How the other side of the ocean spells `low`, which is right on one side only.
pub fn other_spelling(low: &str) -> Option<&'static str> {
    text(&TWINS, TWIN, low)
}

/// The text at the place that `map` gives for `low`, behind its length.
fn text(map: &PackedMap, texts: &'static str, low: &str) -> Option<&'static str> {
    let place = map.as_ref()?.get(low)? as usize;
    let length = *texts.as_bytes().get(place)? as usize;
    texts.get(place + 1..place + 1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_with_what_matters_of_them() {
        assert!(is_common(b"the") && is_common(b"ferry") && !is_common(b"color") && !is_common(b"teh"));
        let known = |low: &str| entry(low).unwrap_or_else(|| panic!("{low} is a word"));
        assert!(known("color").is_american() && known("colour").is_british());
        assert!(!known("program").is_american(), "computers have programs everywhere");
        assert!(known("wednesday").is_name());
        assert!(known("the").class() < known("ferry").class());
        assert_eq!(entry("recieve"), None);
    }

    #[test]
    fn misspellings_and_other_spellings_are_told() {
        assert_eq!(corrections("recieve").collect::<Vec<_>>(), ["receive"]);
        assert_eq!(corrections("febuary").collect::<Vec<_>>(), ["February"]);
        assert_eq!(corrections("receive").count(), 0);
        assert_eq!(other_spelling("colour"), Some("color"));
        assert_eq!(other_spelling("color"), Some("colour"));
        assert_eq!(other_spelling("ferry"), None);
    }
}
