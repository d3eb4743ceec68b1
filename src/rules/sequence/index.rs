//! Words that sequences are looked for by.

use rustc_hash::FxHashMap;

use crate::text::{SHAPES, ShapeSet, shape};

/// Sequences by the words that they are looked for by.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_word: FxHashMap<String, Vec<Candidate>>,
    shapes: Shapes,
}

/// A sequence that may be where one of its words is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its number among all.
    pub sequence: u32,
    pub neighbor: Neighbor,
}

/// A second word of a sequence, at a fixed distance from the one that it is looked for by. Common words have hundreds of
/// sequences, and all but a few are told by this without being looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Neighbor {
    /// Tokens from one to the other; 0 where there is no such word.
    pub distance: i8,
    /// The words that may be there.
    words: ShapeSet,
}

impl Neighbor {
    pub fn new<'w>(distance: i8, words: impl Iterator<Item = &'w str>) -> Self {
        Self { distance, words: ShapeSet::of(words) }
    }

    /// Whether the word may be there; `shape_of` gives the shape of the token so many after the other one.
    #[inline]
    pub fn may_be(&self, shape_of: impl Fn(i8) -> Option<u16>) -> bool {
        self.distance == 0 || shape_of(self.distance).is_some_and(|shape| self.words.may_have(shape))
    }
}

impl Index {
    pub fn add(&mut self, words: Vec<String>, candidate: Candidate) {
        for word in words {
            self.shapes.add(&word);
            self.by_word.entry(word).or_default().push(candidate);
        }
    }

    /// Whether a word of this shape may be in it.
    #[inline]
    pub fn may_have(&self, shape: u16) -> bool {
        self.shapes.have(shape)
    }

    pub fn of(&self, word: &str) -> &[Candidate] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Some words; what is none of them is mostly told by its shape.
#[derive(Debug, Default)]
pub(super) struct SequenceWords {
    /// In their order.
    all: Vec<String>,
    shapes: Shapes,
}

impl SequenceWords {
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut own = Self { all: words.into_iter().collect(), ..Self::default() };
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
