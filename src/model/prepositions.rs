//! Which preposition is between a head and an object.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::context::{
    FEATURES, OBJECT_FEATURES, PREPOSITIONS, WordKey, evidence_slot, features, function_words, key, lengthen,
    object_features, pair_hash,
};
use super::parts::Parts;
use super::{Context, LINE, Model};

const N: usize = PREPOSITIONS.len();

/// So many of the prepositions, the first ones, are asked for by a head; the others tell of time and place by themselves.
pub(super) const GOVERNED: usize = 11;
/// What the model knows of prepositions.
#[derive(Default)]
pub(super) struct Prepositions {
    biases: Vec<f32>,
    counts: &'static [u8],
    function_words: Vec<(WordKey, bool)>,
}

/// A preposition that belongs where another one is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preposition {
    /// It.
    pub word: &'static str,
    /// How sure that is; more is surer.
    pub sure: f32,
    /// The token that asks for it.
    pub head: usize,
    /// How often the text that the model learned from has it behind its head, in all its forms; about. Nothing where its head is apart.
    pub seen: u32,
    /// How often that text has the one that is there.
    pub seen_written: u32,
}

impl Prepositions {
    /// Reads the biases, and so many buckets of counts.
    pub(super) fn read(parts: &mut Parts, counts: usize) -> Option<Self> {
        Some(Self { biases: parts.floats(N)?, counts: parts.take(counts * LINE)?, function_words: function_words() })
    }

    /// How often preposition `number` was seen behind `head`.
    fn count(&self, head: WordKey, number: usize) -> u32 {
        let (bucket, mark) = evidence_slot(pair_hash(head, number), (self.counts.len() / LINE) as u32);
        let at = bucket as usize * LINE;
        let Some(line) = self.counts.get(at..at + LINE) else { return 0 };
        let mut entries = line.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        entries.find(|entry| entry >> 12 == mark).map_or(0, |entry| lengthen((entry & 0xfff) as u16))
    }

    /// How often each preposition that is asked for by a head was seen behind a word in all its regular forms.
    fn seen(&self, head: &str) -> [u32; GOVERNED] {
        let stem = stem(head);
        SEEN.with_borrow_mut(|seen| {
            if seen.len() > REMEMBERED {
                seen.clear();
            }
            *seen.entry(key(stem.as_bytes())).or_insert_with(|| {
                let mut form = String::with_capacity(stem.len() + 3);
                let forms = ENDINGS.map(|ending| {
                    form.clear();
                    form.push_str(stem);
                    form.push_str(ending);
                    key(form.as_bytes())
                });
                std::array::from_fn(|number| forms.iter().map(|&form| self.count(form, number)).sum())
            })
        })
    }
}

/// How many words' counts are remembered: text has few heads, and each count lies in another line of memory.
const REMEMBERED: usize = 8192;

thread_local! {
    static SEEN: RefCell<FxHashMap<WordKey, [u32; GOVERNED]>> = RefCell::default();
}

/// Endings of a word's regular forms.
const ENDINGS: [&str; 6] = ["", "s", "ed", "ing", "e", "es"];

/// What all regular forms of a word start with.
fn stem(word: &str) -> &str {
    let stem = ["ing", "ed", "es", "s", "e"].iter().find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| stem.len() > 2).unwrap_or(word)
}

impl Model {
    /// How often each preposition that is asked for by a head was seen behind `head`.
    pub(super) fn seen_behind(&self, head: &str) -> [u32; GOVERNED] {
        self.prepositions.seen(head)
    }

    /// What is asked about place `at` of a sentence, to hold each preposition against it.
    pub(super) fn preposition_place(&self, context: &Context, at: usize) -> PrepositionPlace {
        let (left, right) = context.around(at);
        PrepositionPlace {
            around: features(left, right),
            object: object_features(left, right, &self.prepositions.function_words),
        }
    }

    /// How likely preposition number `number` is at a place.
    pub(super) fn preposition_score(&self, number: usize, place: &PrepositionPlace) -> f32 {
        let decision = number as u32;
        let bias = self.prepositions.biases.get(number).copied().unwrap_or_default();
        let features = place.around.iter().chain(&place.object);
        bias + features.map(|&feature| self.weight(feature, decision)).sum::<f32>()
    }
}

/// The features of a preposition's place.
pub(super) struct PrepositionPlace {
    around: [u64; FEATURES],
    object: [u64; OBJECT_FEATURES],
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_share_its_stem() {
        for (word, is) in [
            ("insists", "insist"),
            ("insisted", "insist"),
            ("agreeing", "agree"),
            ("based", "bas"),
            ("is", "is"),
            ("interest", "interest"),
        ] {
            assert_eq!(stem(word), is, "{word}");
        }
    }
}
