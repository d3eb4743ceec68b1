//! The statistical model: which of two words belongs between these words.
//!
//! `model/train.rs` wrote `words.model`; it lies in the program and is read where it lies. The file is, in little-endian
//! numbers: `CDM1`; how many buckets of weights, buckets of classes and pairs there are, the bytes of the list of words,
//! and the buckets of counts; the buckets of weights (32 of 16 bits: twelve of a feature's hash, four of its weight); the
//! buckets of classes (16 of 32 bits: 24 of a word's hash, eight of its class); for each pair its bias and the limits for
//! its two words, as floats; the biases of the prepositions, and for each the limits of all others; the buckets of counts
//! (16 of 32 bits: 20 of the hash of a head with a preposition, twelve of how often it was seen); and the pairs' words, a
//! pair a line.
//!
//! A pair is a logistic regression over the words around a place and their classes. Its score is the logarithm of how much
//! likelier the second word is than the first. A word is only called wrong where the score is past a limit that hardly
//! any place in edited text reaches; `model/README.md` says how limits are found.

mod choices;
mod context;
mod governed;
mod prepositions;
mod tagger;
pub mod tags;

use std::cell::OnceCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use context::{BUCKET, FEATURES, NEAR_FEATURES, WEIGHTS, far_features, form_class, near_features, slot};
pub use context::{Key, NOTHING, Word, key};
pub use governed::SeenAs;
pub use prepositions::Preposition;
pub use tagger::TaggedSentence;
pub use tags::{Set as TagSet, bit as tag_bit};

use crate::prose::{Paragraph, Sentence};

static FILE: &[u8] = include_bytes!("words.model");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(FILE).unwrap_or_default());

/// Natural logarithm of how much likelier a word must be, whatever the limit of its pair: ten thousand times.
///
/// Found by reading what was called wrong in published copy: of what is less sure, three in ten was.
const SURE: f32 = 9.2;

/// Bytes of a bucket, of weights or of classes.
const LINE: usize = 64;

/// The model, with an index of the words that it weighs.
#[derive(Default)]
pub struct Model {
    weights: &'static [u8],
    classes: &'static [u8],
    pairs: Vec<Pair>,
    /// The pairs that a word is in, and whether it is the second.
    index: FxHashMap<Key, Vec<(u32, bool)>>,
    prepositions: prepositions::Prepositions,
}

/// Two words that are taken for one another.
struct Pair {
    words: [&'static str; 2],
    bias: f32,
    limits: [f32; 2],
}

/// Another word that belongs where one stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Better {
    /// The word, in lower case.
    pub word: &'static str,
    /// How many times as likely it is as the one that stands there, as a natural logarithm.
    pub log_odds: f32,
    /// How far this is past the limit of the pair.
    pub past: f32,
}

/// A sentence as the model sees it.
pub struct Context {
    /// Indexes of the paragraph's tokens.
    tokens: Vec<u32>,
    words: Vec<Word>,
}

impl Model {
    /// The model in the program.
    pub fn get() -> &'static Self {
        &MODEL
    }

    fn read(file: &'static [u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?) as usize);
        let float = |at: usize| Some(f32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?));
        if file.get(..4)? != b"CDM1" {
            return None;
        }
        let (weights, classes, pairs, names, counts) = (number(4)?, number(8)?, number(12)?, number(16)?, number(20)?);
        let weights_at = 24;
        let classes_at = weights_at + weights * LINE;
        let pairs_at = classes_at + classes * LINE;
        let prepositions_at = pairs_at + pairs * 12;
        let counts_at = prepositions_at + prepositions::NUMBERS * 4;
        let names_at = counts_at + counts * LINE;
        let names = std::str::from_utf8(file.get(names_at..names_at + names)?).ok()?;
        let mut model = Self {
            weights: file.get(weights_at..classes_at)?,
            classes: file.get(classes_at..pairs_at)?,
            pairs: Vec::with_capacity(pairs),
            index: FxHashMap::default(),
            prepositions: prepositions::Prepositions::read(
                (0..prepositions::NUMBERS).map(|at| float(prepositions_at + at * 4)),
                file.get(counts_at..names_at)?,
            )?,
        };
        for (at, line) in names.lines().enumerate() {
            let place = pairs_at + at * 12;
            let words: [&str; 2] = line.split_once(' ')?.into();
            let pair = Pair { words, bias: float(place)?, limits: [float(place + 4)?, float(place + 8)?] };
            // A direction that is switched off need not be asked for.
            for side in (0..2).filter(|&side| pair.limits[side].is_finite()) {
                model.index.entry(key(words[side].as_bytes())).or_default().push((at as u32, side == 1));
            }
            model.pairs.push(pair);
        }
        Some(model)
    }

    /// The class that was learned for a word, or 0.
    fn class(&self, key: Key) -> u16 {
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

    /// Whether the model weighs the word with this key against others.
    pub fn weighs(&self, key: Key) -> bool {
        self.index.contains_key(&key)
    }

    /// The word that belongs at place `at` of a sentence instead of the one that stands there, if one surely does.
    pub fn better(&self, context: &Context, at: usize) -> Option<Better> {
        let pairs = self.index.get(&context.words.get(at)?.key)?;
        let (left, right) = context.around(at);
        let near = near_features(left, right);
        let far = OnceCell::new();
        let features = (&near, || *far.get_or_init(|| far_features(left, right)));
        let best = pairs
            .iter()
            .filter_map(|&(number, second)| self.weigh(number, second, &features))
            .filter(|better| better.past > 0.0 && better.log_odds > SURE)
            .max_by(|x, y| x.past.total_cmp(&y.past))?;
        // What is put in its place must be right there, against all that it is taken for itself.
        let own = self.index.get(&key(best.word.as_bytes())).map_or(&[][..], Vec::as_slice);
        own.iter()
            .filter_map(|&(number, second)| self.weigh(number, second, &features))
            .all(|other| other.past <= 0.0)
            .then_some(best)
    }

    /// How much likelier the other word of pair `number` is than its second or first word.
    /// `near` are the first features of the place, and `far` gives the others.
    fn weigh(
        &self,
        number: u32,
        second: bool,
        (near, far): &(&[u64; NEAR_FEATURES], impl Fn() -> [u64; FEATURES - NEAR_FEATURES]),
    ) -> Option<Better> {
        let pair = self.pairs.get(number as usize)?;
        let limit = pair.limits[usize::from(second)];
        if !limit.is_finite() {
            return None;
        }
        let sign = if second { -1.0 } else { 1.0 };
        let mut log_odds = sign * pair.bias;
        // Whether another word may still belong there, once some more features are looked up. Most words are right where they
        // stand, and the first neighbors say so: the others need not be looked up.
        let mut may_be = |features: &[u64], least: f32| {
            log_odds += sign * features.iter().map(|&feature| self.weight(feature, number)).sum::<f32>();
            log_odds >= least
        };
        let (first, next) = near.split_at(NEAR_FEATURES / 2);
        if !may_be(first, LEAST_AT_FIRST) || !may_be(next, 0.0) {
            return None;
        }
        let far = far();
        let (some, others) = far.split_at(NEAR_FEATURES);
        if !may_be(some, 0.0) || !may_be(others, 0.0) {
            return None;
        }
        Some(Better { word: pair.words[usize::from(!second)], log_odds, past: log_odds - limit })
    }
}

/// What the sum of the first few features must be, so that more are looked up.
const LEAST_AT_FIRST: f32 = -1.5;

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
            context.words.push(Word { key, class });
        }
        context
    }

    /// The tokens of the paragraph that the places stand for, with the words there.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize, Word)> + '_ {
        self.tokens.iter().zip(&self.words).enumerate().map(|(at, (&token, &word))| (at, token as usize, word))
    }

    /// The five words before a place and behind it, nearest first.
    fn around(&self, at: usize) -> ([Word; 5], [Word; 5]) {
        let place = |at: Option<usize>| at.and_then(|at| self.words.get(at)).copied().unwrap_or(NOTHING);
        let left = std::array::from_fn(|i| place(at.checked_sub(i + 1)));
        let right = std::array::from_fn(|i| place(Some(at + i + 1)));
        (left, right)
    }
}

#[cfg(test)]
mod tests {
    use super::{Context, Model};
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn better(text: &str, word: &str) -> Option<&'static str> {
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let context = Context::of(&p, p.sentences[0]);
        let (at, ..) = context.places().find(|(_, token, _)| p.low(*token) == word)?;
        Model::get().better(&context, at).map(|better| better.word)
    }

    #[test]
    fn the_model_in_the_program_is_whole() {
        let model = Model::get();
        assert!(model.pairs.len() > 1000, "the file could not be read");
        let switched_on = model.pairs.iter().flat_map(|pair| pair.limits).filter(|limit| limit.is_finite()).count();
        assert!(switched_on > 1000, "{switched_on}");
        assert_eq!(Model::read(b"CDM2").map(|_| ()), None);
        assert_eq!(Model::read(&super::FILE[..5000]).map(|_| ()), None, "a file that was cut off");
    }

    #[test]
    fn a_word_is_weighed_against_those_it_is_taken_for() {
        assert_eq!(better("He did not no what to do with the money.", "no"), Some("know"));
        assert_eq!(better("He did not know what to do with the money.", "know"), None);
        assert_eq!(better("There were no trains that night.", "there"), None);
    }
}
