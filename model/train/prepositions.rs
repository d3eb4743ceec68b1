//! Learning which preposition stands between a head and an object: each against all others.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::context::{self, Key, PREPOSITIONS};
use crate::corpus::{BREAK, Corpus};
use crate::learn::{self, Learned, Place};
use crate::pack::Packed;

/// Places of a preposition, and of others, that are learned from.
const MOST: [usize; 2] = [360_000, 160_000];
const MOST_WEIGHTS: usize = 110_000;
/// Places of a preposition that are judged to find limits.
const JUDGED: usize = 60_000;

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

    fn scores(&self, corpus: &Corpus, packed: &Packed, at: u32) -> [f32; N] {
        let mut features = Vec::with_capacity(32);
        self.features(corpus, at, &mut features);
        std::array::from_fn(|word| {
            self.learned[word].bias
                + features.iter().map(|&feature| packed.table.weight(feature, word as u32)).sum::<f32>()
        })
    }

    /// How far another preposition's score must be above that of the one that stands there; and what that finds.
    pub fn limits(&self, corpus: &Corpus, packed: &Packed) -> (Vec<[f32; N]>, Vec<String>) {
        // Places in text that was not learned from, with the scores of all prepositions.
        let mut judged: Vec<(usize, Place, [f32; N])> = Vec::new();
        for (word, places) in self.places.iter().enumerate() {
            let held: Vec<&Place> = places.iter().filter(|place| !place.training && !place.old).collect();
            let (clean, others): (Vec<&Place>, Vec<&Place>) = held.iter().partition(|place| place.clean);
            let step = others.len().div_ceil(JUDGED).max(1);
            for place in clean.into_iter().chain(others.into_iter().step_by(step)) {
                judged.push((word, *place, self.scores(corpus, packed, place.at)));
            }
        }
        let mut limits = vec![[f32::INFINITY; N]; N];
        let mut lines = Vec::new();
        let best = |scores: &[f32; N]| (0..N).max_by(|&x, &y| scores[x].total_cmp(&scores[y])).unwrap_or(0);
        for written in 0..N {
            for right in (0..N).filter(|&right| right != written) {
                let mut wrong: Vec<(f32, Place)> = judged
                    .iter()
                    .filter(|(word, _, scores)| *word == written && best(scores) == right)
                    .map(|(_, place, scores)| (scores[right] - scores[written], *place))
                    .collect();
                wrong.sort_by(|x, y| y.0.total_cmp(&x.0));
                let own: Vec<f32> = judged
                    .iter()
                    .filter(|(word, _, scores)| *word == right && best(scores) == right)
                    .map(|(_, _, scores)| scores[right] - scores[written])
                    .collect();
                // One place in the rest of the text may be a slip of it.
                let worst = wrong.iter().filter(|(_, place)| !place.clean).nth(1).map_or(4.0, |(score, _)| *score);
                let clean = wrong.iter().find(|(_, place)| place.clean).map_or(0.0, |(score, _)| score + 0.3);
                let limit = (worst + 0.2).max(clean).max(5.0);
                limits[written][right] = limit;
                let all = judged.iter().filter(|(word, ..)| *word == right).count();
                lines.push(format!(
                    "{}\t{}\t{limit:.2}\t{:.3}\t{all}\t{}",
                    PREPOSITIONS[written],
                    PREPOSITIONS[right],
                    own.iter().filter(|&&score| score > limit).count() as f32 / all.max(1) as f32,
                    wrong.iter().take(3).map(|(score, place)| format!("{score:.1} {}", corpus.show(place.at as usize))).collect::<Vec<_>>().join("\t"),
                ));
            }
        }
        (limits, lines)
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
