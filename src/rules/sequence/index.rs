//! Words that sequences are looked for by.

use rustc_hash::FxHashMap;

/// Sequences by the words that they are looked for by.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_word: FxHashMap<String, Vec<u32>>,
    shapes: Shapes,
}

impl Index {
    pub fn add(&mut self, words: &[String], number: u32) {
        for word in words {
            self.shapes.add(word);
            self.by_word.entry(word.clone()).or_default().push(number);
        }
    }

    pub fn of(&self, word: &str) -> &[u32] {
        let numbers = if self.shapes.may_have(word) { self.by_word.get(word) } else { None };
        numbers.map_or(&[], Vec::as_slice)
    }
}

/// Some words; what is none of them is mostly told by its shape.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// In their order.
    pub all: Vec<String>,
    shapes: Shapes,
}

impl Words {
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        let mut own = Self { all: words.collect(), ..Self::default() };
        own.all.sort_unstable();
        own.all.iter().for_each(|word| own.shapes.add(word));
        own
    }

    pub fn has(&self, word: &str) -> bool {
        self.shapes.may_have(word) && self.all.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }
}

/// A bit for what the length, the first and the last letter of each word come to. Every rule asks about every word of a
/// story, so the answer must cost next to nothing.
#[derive(Debug, Default)]
struct Shapes([u64; 16]);

impl Shapes {
    fn add(&mut self, word: &str) {
        let (at, bit) = Self::place(word);
        self.0[at] |= bit;
    }

    #[inline]
    fn may_have(&self, word: &str) -> bool {
        let (at, bit) = Self::place(word);
        self.0[at] & bit != 0
    }

    #[inline]
    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let byte = |byte: Option<&u8>| byte.map_or(0, |&byte| usize::from(byte));
        let key = byte(bytes.first()) * 37 + byte(bytes.last()) * 11 + bytes.len() * 101;
        (key / 64 % 16, 1 << (key % 64))
    }
}
