//! The lists of English words that readers of facts and checks go by. They are data: each occurs once in `lexicon/en`, with a
//! text `about` that says what it is for, and `build.rs` makes a table of it, so that none costs anything at the start.
//!
//! ```toml
//! # lexicon/en/time.toml
//! [months]
//! about = "The months by their full names, in their order."
//! words = "january february march …"        # or an array, where some have more than one word
//! ```
//!
//! Rust has it as a static of the module named like the file, so a list that is not there does not compile, and one that
//! nobody reads is a warning:
//!
//! ```ignore
//! use crate::lexicon::time;
//!
//! time::MONTHS.contains("may");                // one look in the table
//! time::MONTHS.position("march");              // Some(2): where it is in the list
//! time::MONTHS.iter();                         // in the order of the file
//! ```
//!
//! `rows = [["go", "went", "gone"], …]` in place of `words` makes an array of tuples.

pub mod inflect;
pub(crate) mod own;

pub use own::{OwnList, OwnWords};

use crate::text::Slots;

/// A list of words or phrases, each of them there once.
pub(crate) struct WordList {
    /// All words, one after the other. Lists hold no pointers, so loading the program need not set them.
    text: &'static str,
    /// Where each word ends in `text`.
    ends: &'static [u32],
    /// A bit for each length in bytes that a word has; the last stands for all from 63 on.
    lengths: u64,
    /// A bit for the last five bits of each word's first byte, which tell letters apart.
    starts: u32,
    tags: &'static [u8],
    places: &'static [u16],
}

impl WordList {
    /// Whether `word` is on the list, as it is written there.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.position(word).is_some()
    }

    /// Where `word` is in the list, counted from 0.
    #[inline]
    pub fn position(&self, word: &str) -> Option<usize> {
        // Most words are on no list, and most of those are told by their length or their first letter.
        let start = *word.as_bytes().first()?;
        if self.lengths >> word.len().min(63) & 1 == 0 || self.starts >> (start & 31) & 1 == 0 {
            return None;
        }
        let word_at = |place| self.get(place).map(str::as_bytes);
        Slots { tags: self.tags, places: self.places }.find(word.as_bytes(), word_at)
    }

    /// The word at `place`, counted from 0.
    pub fn get(&self, place: usize) -> Option<&'static str> {
        let end = *self.ends.get(place)? as usize;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&start| start as usize);
        self.text.get(start..end)
    }

    /// All words, in the order of the file.
    pub fn iter(&'static self) -> impl DoubleEndedIterator<Item = &'static str> + ExactSizeIterator + Clone {
        (0..self.ends.len()).map(|place| self.get(place).unwrap_or_default())
    }
}

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_knows_its_words_and_their_places() {
        assert_eq!(time::MONTHS.iter().len(), 12);
        for (place, month) in time::MONTHS.iter().enumerate() {
            assert_eq!(time::MONTHS.position(month), Some(place));
        }
        assert_eq!((time::MONTHS.get(0), time::MONTHS.get(12)), (Some("january"), None));
        for other in ["", "januar", "january ", "jan", "marchapril"] {
            assert!(!time::MONTHS.contains(other), "{other}");
        }
    }
}
