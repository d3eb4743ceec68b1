//! Trains the statistical model: `rustc -O --edition 2024 model/train.rs && ./train TOKENS CLEAN OUT`.
//!
//! TOKENS and CLEAN are folders of what `examples/model-tokens.rs` writes. The model learns from TOKENS, but for every tenth
//! paragraph; these and all of CLEAN (news that editors have read) say how sure it must be. See `model/README.md`.

#[path = "../src/model/context.rs"]
#[allow(dead_code)]
mod context;
#[path = "table.rs"]
mod table;
#[path = "train/clusters.rs"]
mod clusters;
#[path = "train/corpus.rs"]
mod corpus;
#[path = "train/learn.rs"]
mod learn;
#[path = "train/pack.rs"]
mod pack;
#[path = "train/prepositions.rs"]
mod prepositions;

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use corpus::Corpus;
use learn::{Learned, Place};
use pack::Packed;

/// Occurrences of one word that are learned from; of the commonest words every n-th is taken.
const MOST: usize = 80_000;
/// Buckets of weights in the model: 64 bytes each.
const BUCKETS: u32 = 140_000;
/// Fewest occurrences in all text of a word that is weighed.
const FEWEST: u32 = 60;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let started = std::time::Instant::now();
    let mut corpus = Corpus::default();
    corpus.read(&args[1], false);
    corpus.read(&args[2], true);
    eprintln!("{} tokens, {} words, {:?}", corpus.tokens.len(), corpus.words.len(), started.elapsed());
    clusters::assign(&mut corpus);
    eprintln!("clusters, {:?}", started.elapsed());

    let sets = std::fs::read_to_string("model/confusion.txt").expect("the list of sets");
    let pairs = pairs(&sets, &corpus);
    eprintln!("{} pairs", pairs.len());
    let wanted: BTreeSet<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let places = corpus.places(&wanted);
    eprintln!("places, {:?}", started.elapsed());

    let next = AtomicUsize::new(0);
    let learned: Mutex<Vec<(usize, Learned)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&(a, b)) = pairs.get(at) else { break };
                    let apostrophe = [a, b].iter().any(|&word| corpus.words[word as usize].text.contains('\''));
                    let take = |word: u32, training: bool| -> Vec<Place> {
                        places[&word]
                            .iter()
                            .copied()
                            .filter(|place| place.training == training && !(apostrophe && place.lossy))
                            .collect()
                    };
                    let result = learn::learn(&corpus, &take(a, true), &take(b, true), [MOST; 2], 60_000, &plain);
                    if at % 100 == 0 {
                        eprintln!("pair {at}, {:?}", started.elapsed());
                    }
                    learned.lock().expect("no thread panics").push((at, result));
                }
            });
        }
    });
    let mut learned = learned.into_inner().expect("no thread panics");
    learned.sort_by_key(|(at, _)| *at);
    eprintln!("learned, {:?}", started.elapsed());

    let mut prepositions = prepositions::Prepositions::learn(&corpus);
    eprintln!("prepositions learned, {:?}", started.elapsed());
    let decisions = learned.iter_mut().map(|(at, l)| (*at as u32, std::mem::take(&mut l.weights)));
    let weighed = prepositions.learned.iter_mut().enumerate();
    let more = weighed.map(|(at, l)| (prepositions::FIRST + at as u32, std::mem::take(&mut l.weights)));
    let mut packed = Packed::new(BUCKETS, decisions.chain(more));
    eprintln!("{} weights, {} left out, {:?}", packed.table.kept, packed.table.dropped, started.elapsed());
    let report = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let limits: Mutex<Vec<(usize, [f32; 2])>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&(a, b)) = pairs.get(at) else { break };
                    let bias = learned[at].1.bias;
                    let (found, lines) = pack::calibrate(&corpus, &packed, at as u32, bias, [&places[&a], &places[&b]], [a, b]);
                    report.lock().expect("no thread panics").extend(lines);
                    limits.lock().expect("no thread panics").push((at, found));
                }
            });
        }
    });
    let mut limits = limits.into_inner().expect("no thread panics");
    limits.sort_by_key(|(at, _)| *at);
    for (at, &(a, b)) in pairs.iter().enumerate() {
        packed.pairs.push(pack::Pair {
            words: [corpus.words[a as usize].text.clone(), corpus.words[b as usize].text.clone()],
            bias: learned[at].1.bias,
            limits: limits[at].1,
        });
    }
    let (preposition_limits, lines) = prepositions.limits(&corpus, &packed);
    std::fs::write(format!("{}.prepositions", args[3]), lines.join("\n")).expect("writing the report");
    let biases: Vec<f32> = prepositions.learned.iter().map(|learned| learned.bias).collect();
    let evidence = prepositions.evidence(&corpus);
    std::fs::write(&args[3], packed.bytes(&corpus, &biases, &preposition_limits, &evidence)).expect("writing the model");
    let mut report = report.into_inner().expect("no thread panics");
    report.sort();
    std::fs::write(format!("{}.report", args[3]), report.join("\n")).expect("writing the report");
    eprintln!("done, {:?}", started.elapsed());
}

/// The features of any place.
fn plain(corpus: &Corpus, at: u32, out: &mut Vec<u64>) {
    let (left, right) = corpus.around(at as usize);
    out.extend(context::features(left, right));
}

/// Every two words of a set that both are common enough, each pair once.
fn pairs(sets: &str, corpus: &Corpus) -> Vec<(u32, u32)> {
    let by_text: HashMap<&str, u32> =
        corpus.words.iter().enumerate().map(|(at, word)| (word.text.as_str(), at as u32)).collect();
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::new();
    for line in sets.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<u32> = line
            .split_whitespace()
            .filter_map(|word| by_text.get(word).copied())
            .filter(|&word| corpus.words[word as usize].count >= FEWEST)
            .collect();
        for (i, &a) in words.iter().enumerate() {
            for &b in &words[i + 1..] {
                if a != b && seen.insert((a.min(b), a.max(b))) {
                    pairs.push((a, b));
                }
            }
        }
    }
    pairs
}
