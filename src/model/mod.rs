//! The statistical models: which word belongs between these words, and what part of speech each is.
//!
//! `sentences` reads whole sentences and weighs words that are taken for one another; `tagger` tells parts of speech, and which form
//! of a word belongs where it is; `prepositions` and `governed` tell which preposition a head asks for.
//!
//! For the last, `model/train.rs` wrote `words.model`; it lies in the program and is read where it lies. The file is, in
//! little-endian numbers: `CDM3`; how many buckets of weights, of classes and of counts there are; the buckets of weights
//! (32 of 16 bits: twelve of a feature's hash, four of its weight); the buckets of classes (16 of 32 bits: 24 of a word's hash,
//! eight of its class); the biases of the prepositions; and the buckets of counts (16 of
//! 32 bits: 20 of the hash of a head with a preposition, twelve of how often it was seen).
//!
//! A preposition is a logistic regression over the words around a place and their classes: its score is the logarithm of its odds.

mod choices;
mod context;
mod governed;
mod mistaken;
mod network;
mod parts;
mod prepositions;
mod sentences;
mod tagger;
pub mod tags;

use std::sync::LazyLock;

use context::{BUCKET, ContextWord, NOTHING, WEIGHTS, WordKey, form_class, key, slot};
pub use governed::SeenAs;
use parts::Parts;
pub use prepositions::Preposition;
pub use sentences::{Better, LeftOut, Sentences};
pub use tagger::TaggedSentence;
pub use tags::{Set as TagSet, bit as tag_bit};

use crate::prose::{Paragraph, Sentence};

static FILE: &[u8] = include_bytes!("words.model");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FILE).unwrap_or_default());

/// Bytes of a bucket, of weights or of classes.
const LINE: usize = 64;

/// The model of prepositions.
#[derive(Default)]
pub struct Model {
    weights: &'static [u8],
    classes: &'static [u8],
    prepositions: prepositions::Prepositions,
}

/// A sentence as the model sees it.
pub struct Context {
    /// Indexes of the paragraph's tokens.
    tokens: Vec<u32>,
    words: Vec<ContextWord>,
}

impl Model {
    /// The model in the program.
    pub fn get() -> &'static Self {
        &MODEL
    }

    fn read(file: &'static [u8]) -> Option<Self> {
        let mut parts = Parts::of(file, b"CDM3")?;
        let (weights, classes, counts) = (parts.number()?, parts.number()?, parts.number()?);
        Some(Self {
            weights: parts.take(weights * LINE)?,
            classes: parts.take(classes * LINE)?,
            prepositions: prepositions::Prepositions::read(&mut parts, counts)?,
        })
    }

    /// The class that was learned for a word, or 0.
    fn class(&self, key: WordKey) -> u16 {
        let buckets = self.classes.len() / LINE;
        let bucket = ((u64::from(key) * buckets as u64) >> 32) as usize;
        let mark = key << 8;
        let Some(line) = self.classes.get(bucket * LINE..(bucket + 1) * LINE) else { return 0 };
        let entries = line.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        entries.into_iter().find(|entry| entry & 0xffff_ff00 == mark).map_or(0, |entry| (entry & 0xff) as u16)
    }

    fn weight(&self, feature: u64, decision: u32) -> f32 {
        let (bucket, mark) = slot(feature, decision, (self.weights.len() / LINE) as u32);
        let at = bucket as usize * LINE;
        let Some(line) = self.weights.get(at..at + BUCKET * 2) else { return 0.0 };
        // No branch inside, so that eight entries are looked at together.
        let mut entries = line.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let (count, found) = entries.clone().fold((0_u16, 0), |(count, found), entry| {
            let same = entry >> 4 == mark;
            (count + u16::from(same), found | if same { entry } else { 0 })
        });
        match count {
            0 => 0.0,
            1 => WEIGHTS[usize::from(found & 15)],
            // Features may share a mark; the weight of the most important one stands first.
            _ => entries.find(|entry| entry >> 4 == mark).map_or(0.0, |entry| WEIGHTS[usize::from(entry & 15)]),
        }
    }
}

impl Context {
    /// Reads a sentence; quotation marks are looked through.
    pub fn of(p: &Paragraph, sentence: Sentence) -> Self {
        let model = Model::get();
        let mut context = Self { tokens: Vec::new(), words: Vec::new() };
        context.tokens.reserve(sentence.tokens().len());
        context.words.reserve(sentence.tokens().len());
        for at in sentence.tokens() {
            let (low, capital) = (p.low(at).as_bytes(), p.tokens[at].capital);
            if low == b"\"" {
                continue;
            }
            let key = key(low);
            let class = match model.class(key) {
                0 => form_class(low, capital),
                class => class,
            };
            context.tokens.push(at as u32);
            context.words.push(ContextWord { key, class });
        }
        context
    }

    /// The tokens of the paragraph that the places stand for, with the words there.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize, ContextWord)> + '_ {
        self.tokens.iter().zip(&self.words).enumerate().map(|(at, (&token, &word))| (at, token as usize, word))
    }

    /// The five words before a place and behind it, nearest first.
    fn around(&self, at: usize) -> ([ContextWord; 5], [ContextWord; 5]) {
        let place = |at: Option<usize>| at.and_then(|at| self.words.get(at)).copied().unwrap_or(NOTHING);
        let left = std::array::from_fn(|i| place(at.checked_sub(i + 1)));
        let right = std::array::from_fn(|i| place(Some(at + i + 1)));
        (left, right)
    }
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn the_model_in_the_program_is_whole() {
        assert!(!Model::get().weights.is_empty(), "the file could not be read");
        assert!(Model::read(b"CDM2").is_none());
        assert!(Model::read(&super::FILE[..5000]).is_none(), "a file that was cut off");
    }
}
