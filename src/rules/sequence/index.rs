//! Words that sequences are looked for by.

use rustc_hash::FxHashMap;

use crate::text::{SHAPES, shape};

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

    /// Whether a word of this shape may be in it.
    #[inline]
    pub fn may_have(&self, shape: u16) -> bool {
        self.shapes.have(shape)
    }

    pub fn of(&self, word: &str) -> &[u32] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
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

    /// Whether `word`, which is of this shape, is one of them.
    #[inline]
    pub fn have(&self, word: &str, shape: u16) -> bool {
        self.shapes.have(shape) && self.all.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }
}

/// A bit for the shape of each word. Every rule asks about every word of a story, so the answer must cost next to nothing.
#[derive(Debug, Default)]
struct Shapes([u64; SHAPES / 64]);

impl Shapes {
    fn add(&mut self, word: &str) {
        let shape = usize::from(shape(word.as_bytes()));
        self.0[shape / 64] |= 1 << (shape % 64);
    }

    #[inline]
    fn have(&self, shape: u16) -> bool {
        let shape = usize::from(shape) % SHAPES;
        self.0[shape / 64] >> (shape % 64) & 1 != 0
    }
}
