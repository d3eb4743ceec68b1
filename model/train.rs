//! Trains the model of prepositions: `rustc -O --edition 2024 model/train.rs && ./train TOKENS CLEAN OUT`.
//!
//! TOKENS and CLEAN are folders of what `examples/model-tokens.rs` writes. The weights are learned from TOKENS, but for every
//! tenth paragraph. CLEAN only counts for the classes of words and for how often a preposition follows a head. See `model/README.md`.

#[path = "../src/model/context.rs"]
#[allow(dead_code)]
mod context;
#[path = "table.rs"]
#[allow(dead_code)]
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

use corpus::Corpus;
use pack::Packed;

/// Buckets of weights in the model: 64 bytes each.
const BUCKETS: u32 = 54_000;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let started = std::time::Instant::now();
    let mut corpus = Corpus::default();
    corpus.read(&args[1], false);
    corpus.read(&args[2], true);
    eprintln!("{} tokens, {} words, {:?}", corpus.tokens.len(), corpus.words.len(), started.elapsed());
    clusters::assign(&mut corpus);
    eprintln!("clusters, {:?}", started.elapsed());

    let mut prepositions = prepositions::Prepositions::learn(&corpus);
    eprintln!("prepositions learned, {:?}", started.elapsed());
    let weighed = prepositions.learned.iter_mut().enumerate();
    let decisions = weighed.map(|(at, l)| (at as u32, std::mem::take(&mut l.weights)));
    let packed = Packed::new(BUCKETS, decisions);
    eprintln!("{} weights, {} left out, {:?}", packed.table.kept, packed.table.dropped, started.elapsed());
    let biases: Vec<f32> = prepositions.learned.iter().map(|learned| learned.bias).collect();
    let evidence = prepositions.evidence(&corpus);
    std::fs::write(&args[3], packed.bytes(&corpus, &biases, &evidence)).expect("writing the model");
    eprintln!("done, {:?}", started.elapsed());
}
