//! Which words a paragraph may hold, in 32 bytes.

use crate::text::hash;

/// A set of words in lower case that may seem to hold a word too many, but never one too few (a Bloom filter with two bits
/// a word).
///
/// A story check that looks for few words need not walk through the paragraphs that hold none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary([u64; 4]);

impl Vocabulary {
    /// The set of one word.
    pub fn of(word: &str) -> Self {
        let mut set = Self::default();
        set.insert(word.as_bytes());
        set
    }

    /// Adds the word that has these bytes.
    pub fn insert(&mut self, word: &[u8]) {
        let hash = hash(word);
        for bit in [hash >> 56, (hash >> 48) & 0xff] {
            self.0[bit as usize / 64 % 4] |= 1 << (bit % 64);
        }
    }

    /// Whether it may hold all words of `other`.
    pub fn may_hold(&self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(own, other)| own & other == other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_added_is_found() {
        let mut words = Vocabulary::default();
        for word in ["harbor", "ferry", "pier"] {
            words.insert(word.as_bytes());
        }
        assert!(["harbor", "ferry", "pier"].iter().all(|word| words.may_hold(Vocabulary::of(word))));
        assert!(!words.may_hold(Vocabulary::of("bridge")));
    }
}
