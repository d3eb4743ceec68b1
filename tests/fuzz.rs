//! A short look at what `fuzz/` looks at for hours: each of its targets on its corpus, and on bytes that are made of it.
//!
//! `cargo test --test fuzz` takes a second or two for each target. `FUZZ_SECONDS=60 FUZZ_SEED=7 FUZZ_TARGET=html` looks
//! longer, by other changes, at one. What libFuzzer finds becomes a file of the corpus, so that it is tried here.

#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::path::Path;
use std::time::{Duration, Instant};

/// Bytes that matter to some reader.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\"",
    "'",
    "“",
    "”",
    "’",
    "<",
    ">",
    "<p>",
    "</p>",
    "<!--",
    "-->",
    "---\n",
    "[",
    "](",
    "{{<",
    "```",
    "&amp;",
    "\u{301}",
    "\u{2028}",
    "😀",
    "\0",
    "\u{FEFF}",
    "1,200",
    "$1.2 million",
    "Feb. 20",
    "Ana Ruiz",
    "said",
    ",",
    ".",
    "...",
    "{",
    "}",
    ":",
    "\\u00e9",
    "[[rule]]\n",
    "= [",
    "(?=",
    "(a|b)",
    "Content-Length: 9\r\n\r\n",
    "<!-- copydesk-ignore all -->",
    "the the",
];

/// Numbers by chance that are the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % end.max(1) as u64) as usize
    }
}

/// `data` with some bytes changed, doubled, moved and lost.
fn changed(mut data: Vec<u8>, other: &[u8], random: &mut Random) -> Vec<u8> {
    for _ in 0..1 + random.below(5) {
        let at = random.below(data.len() + 1);
        let end = (at + random.below(24)).min(data.len());
        match random.below(6) {
            0 => data.splice(at..at, PIECES[random.below(PIECES.len())].bytes()).for_each(drop),
            1 => data.splice(at..end, []).for_each(drop),
            2 => data.splice(at..end, PIECES[random.below(PIECES.len())].bytes()).for_each(drop),
            3 => {
                let again = data[at..end].to_vec();
                let to = random.below(data.len() + 1);
                data.splice(to..to, again).for_each(drop);
            }
            4 => {
                let from = random.below(other.len() + 1);
                let until = (from + random.below(64)).min(other.len());
                data.splice(at..at, other[from..until].iter().copied()).for_each(drop);
            }
            _ => {
                if let Some(byte) = data.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    data
}

#[test]
fn no_bytes_do_harm() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).map_or(otherwise, |value| value.parse().expect("a whole number"))
    };
    let (seconds, seed) = (number("FUZZ_SECONDS", 2), number("FUZZ_SEED", 1));
    let only = std::env::var("FUZZ_TARGET").ok();
    for (name, target) in targets::TARGETS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<_> = files.map(|file| file.expect("it can be listed").path()).collect();
        paths.sort();
        let corpus: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect("it can be read")).collect();
        assert!(corpus.len() >= 2, "{name} has a corpus");
        corpus.iter().for_each(|data| target(data));
        let mut random = Random(seed);
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut runs = 0;
        while Instant::now() < until {
            let (one, other) = (random.below(corpus.len()), random.below(corpus.len()));
            let data = changed(corpus[one].clone(), &corpus[other], &mut random);
            if let Err(panic) = std::panic::catch_unwind(|| target(&data)) {
                let file = std::env::temp_dir().join(format!("copydesk-fuzz-{name}"));
                std::fs::write(&file, &data).expect("a file for what was found");
                println!("{name}: {}\n{}", file.display(), String::from_utf8_lossy(&data));
                std::panic::resume_unwind(panic);
            }
            runs += 1;
        }
        println!("{name}: {runs} runs");
    }
}
