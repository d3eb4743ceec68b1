//! Learning which preposition stands between a head and an object: each against all others.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::context::{self, Key, PREPOSITIONS};
use crate::corpus::{BREAK, Corpus};
use crate::learn::{self, Learned, Place};

/// Places of a preposition, and of others, that are learned from.
const MOST: [usize; 2] = [360_000, 160_000];
const MOST_WEIGHTS: usize = 110_000;

pub const N: usize = PREPOSITIONS.len();

/// What was learned of prepositions.
pub struct Prepositions {
    pub words: [u32; N],
    pub places: Vec<Vec<Place>>,
    pub learned: Vec<Learned>,
    function_words: Vec<(Key, bool)>,
}

impl Prepositions {
    pub fn learn(corpus: &Corpus) -> Self {
        let by_text: HashMap<&str, u32> = corpus.words.iter().enumerate().map(|(at, word)| (word.text.as_str(), at as u32)).collect();
        let words = PREPOSITIONS.map(|word| by_text[word]);
        let mut places = corpus.places(&words.iter().copied().collect::<BTreeSet<_>>());
        let places: Vec<Vec<Place>> = words.iter().map(|word| places.remove(word).unwrap_or_default()).collect();
        let mut new = Self { words, places, learned: Vec::new(), function_words: context::function_words() };
        let next = AtomicUsize::new(0);
        let learned: Mutex<Vec<(usize, Learned)>> = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        if at >= N {
                            break;
                        }
                        let training = |own: bool| -> Vec<Place> {
                            let of = new.places.iter().enumerate().filter(|(word, _)| (*word == at) == own);
                            let mut places: Vec<Place> =
                                of.flat_map(|(_, places)| places.iter().copied().filter(|place| place.training)).collect();
                            places.sort_unstable_by_key(|place| place.at);
                            places
                        };
                        let features = |corpus: &Corpus, at: u32, out: &mut Vec<u64>| new.features(corpus, at, out);
                        let result = learn::learn(corpus, &training(false), &training(true), MOST, MOST_WEIGHTS, &features);
                        learned.lock().expect("no thread panics").push((at, result));
                    }
                });
            }
        });
        let mut learned = learned.into_inner().expect("no thread panics");
        learned.sort_by_key(|(at, _)| *at);
        new.learned = learned.into_iter().map(|(_, learned)| learned).collect();
        new
    }

    fn features(&self, corpus: &Corpus, at: u32, out: &mut Vec<u64>) {
        let (left, right) = corpus.around(at as usize);
        out.extend(context::features(left, right));
        out.extend(context::object_features(left, right, &self.function_words));
    }

    /// How often each preposition stands behind each word that is common enough: word and preposition, and the count.
    pub fn evidence(&self, corpus: &Corpus) -> Vec<(u64, u32)> {
        let mut number = vec![usize::MAX; corpus.words.len()];
        self.words.iter().enumerate().for_each(|(at, &word)| number[word as usize] = at);
        let mut counts: HashMap<(u32, usize), u32> = HashMap::new();
        for two in corpus.tokens.windows(2) {
            if two[0] == BREAK || two[1] == BREAK {
                continue;
            }
            let preposition = number[(two[1] >> 1) as usize];
            if preposition != usize::MAX && corpus.words[(two[0] >> 1) as usize].count >= 100 {
                *counts.entry((two[0] >> 1, preposition)).or_default() += 1;
            }
        }
        let mut evidence: Vec<(u64, u32)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= 3)
            .map(|((word, preposition), count)| (context::pair_hash(corpus.words[word as usize].key, preposition), count))
            .collect();
        evidence.sort_unstable();
        evidence
    }
}
