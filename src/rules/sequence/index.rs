//! Words that sequences are looked for by.

use rustc_hash::FxHashMap;

/// Sequences by the words that they are looked for by.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_word: FxHashMap<String, Vec<u32>>,
    words: Words,
}

impl Index {
    pub fn add(&mut self, words: &[String], number: u32) {
        words.iter().for_each(|word| self.by_word.entry(word.clone()).or_default().push(number));
    }

    /// To be called when all are in it.
    pub fn close(&mut self) {
        self.words = Words::new(self.by_word.keys().cloned());
    }

    pub fn of(&self, word: &str) -> &[u32] {
        let numbers = if self.words.may_have(word) { self.by_word.get(word) } else { None };
        numbers.map_or(&[], Vec::as_slice)
    }
}

/// Some words; what is none of them is mostly told by its length and first letter.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub all: Vec<String>,
    /// A bit for each length in bytes, and for the last five bits of each first byte.
    lengths: u64,
    starts: u32,
}

impl Words {
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        let mut own = Self { all: words.collect(), ..Self::default() };
        for word in &own.all {
            own.lengths |= length_bit(word);
            own.starts |= start_bit(word);
        }
        own
    }

    fn may_have(&self, word: &str) -> bool {
        self.lengths & length_bit(word) != 0 && self.starts & start_bit(word) != 0
    }

    pub fn has(&self, word: &str) -> bool {
        self.may_have(word) && self.all.iter().any(|own| own == word)
    }
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

fn start_bit(word: &str) -> u32 {
    word.bytes().next().map_or(0, |byte| 1 << (byte & 31))
}
