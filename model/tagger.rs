//! Trains the tagger: `rustc -O --edition 2024 -o tagger model/tagger.rs && ./tagger MASC TOKENS CLEAN OUT`.
//!
//! MASC is the folder `masc_tagged`, of which every tenth document is held out; TOKENS and CLEAN are folders of what
//! `examples/model-tokens.rs` writes. From MASC it learns tags, and from TOKENS, which it tags, the forms of words; CLEAN is
//! edited news that nothing is learned from. See `model/README.md`.

#[path = "../src/model/choices.rs"]
#[allow(dead_code)]
mod choices;
#[path = "../src/model/context.rs"]
#[allow(dead_code)]
mod context;
#[path = "table.rs"]
mod table;
#[path = "tagger/forms.rs"]
mod forms;
#[path = "tagger/masc.rs"]
mod masc;
#[path = "tagger/pack.rs"]
mod pack;
#[path = "tagger/perceptron.rs"]
mod perceptron;
#[path = "../src/model/tags.rs"]
#[allow(dead_code)]
mod tags;

use std::collections::HashMap;

use context::Key;
use tags::{Seen, Set};

/// Buckets of weights in the file: 64 bytes each.
const BUCKETS: u32 = 21_000;

/// What is known of words.
pub struct Words {
    /// What the dictionary says a word can be.
    pub forms: HashMap<Vec<u8>, u16>,
    /// The tags that common words had.
    pub known: HashMap<Key, Set>,
}

impl Words {
    pub fn seen(&self, low: &[u8], capital: bool, first: bool) -> Seen {
        let known = self.known.get(&context::key(low)).copied();
        Seen::new(low, capital, first, known, |low| self.forms.get(low).copied().unwrap_or(0))
    }

    /// A sentence of words in lower case, with whether they have a capital.
    pub fn sentence(&self, words: &[(Vec<u8>, bool)]) -> Vec<Seen> {
        let opens = words.iter().position(|(low, _)| low[0].is_ascii_alphanumeric()).unwrap_or(0);
        words.iter().enumerate().map(|(at, (low, capital))| self.seen(low, *capital, at <= opens)).collect()
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let started = std::time::Instant::now();
    let list = std::fs::read_to_string("dictionary/forms.txt").expect("the list of forms");
    let letters = |text: &str| text.chars().filter_map(|c| "npmvsdegactr".find(c)).fold(0, |bits, at| bits | 1 << at);
    let forms =
        list.lines().filter_map(|line| line.split_once('\t')).map(|(word, of)| (word.as_bytes().to_vec(), letters(of)));
    let mut words = Words { forms: forms.collect(), known: HashMap::new() };
    let (learned, held) = masc::read(&args[1]);
    words.known = masc::known(&learned, &words.forms);
    eprintln!("{} sentences, {} held out, {} words with their tags", learned.len(), held.len(), words.known.len());
    let tagger = perceptron::learn(&learned, &words);
    eprintln!("{} weights, {:?}", tagger.weights.len(), started.elapsed());
    let vocabulary = masc::vocabulary(&learned);
    eprintln!("whole: {}", masc::score(&held, &words, &vocabulary, |f, t| tagger.weight(f, t)));
    let packed_tags = pack::table(BUCKETS, &tagger.entries(), &[]);
    eprintln!("packed alone: {}", masc::score(&held, &words, &vocabulary, |f, t| packed_tags.weight(f, u32::from(t))));
    if args.len() < 5 {
        return;
    }
    let mut chooser = forms::Chooser::new();
    for pass in 0..2 {
        for (number, sentence) in forms::sentences(&args[2]).enumerate() {
            // A part of the text is enough.
            if number % 20 == 19 || number % 5 < 2 {
                continue;
            }
            let seen = words.sentence(&sentence);
            let tagged = perceptron::tag(&seen, |f, t| packed_tags.weight(f, u32::from(t)));
            chooser.learn(&sentence, &seen, &tagged, pass == 0);
            if number % 100_000 == 0 {
                eprintln!("pass {pass}, sentence {number}, {:?}", started.elapsed());
            }
        }
    }
    let packed = pack::table(BUCKETS, &tagger.entries(), &chooser.entries());
    eprintln!("{} weights kept, {} left out, {:?}", packed.kept, packed.dropped, started.elapsed());
    eprintln!("packed: {}", masc::score(&held, &words, &vocabulary, |f, t| packed.weight(f, u32::from(t))));
    for (name, folder) in [("held out", &args[2]), ("news", &args[3])] {
        println!("{name}\n{}", forms::report(folder, name == "held out", &words, &packed));
    }
    std::fs::write(&args[4], pack::bytes(&packed, &words.known)).expect("writing the model");
}
