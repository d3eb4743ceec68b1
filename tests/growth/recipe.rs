//! Texts that are one thing again and again: what the thing is made of, and how it is written down to be tried again.

use std::collections::BTreeMap;

use copydesk::markup::Format;
use serde_json::{Value, json};

/// What recipes are made of.
pub struct Pieces {
    /// The pieces of units, by kind.
    kinds: Vec<Vec<String>>,
    /// What stands between two units, joins the pieces of one, stands before all and behind all.
    around: [Vec<String>; 4],
}

impl Pieces {
    pub fn read() -> Self {
        let mut pieces = Self { kinds: Vec::new(), around: Default::default() };
        for line in include_str!("pieces.txt").lines().filter(|line| !line.starts_with('#')) {
            if let Ok(kind) = serde_json::from_str(line) {
                pieces.kinds.push(kind);
                continue;
            }
            let named: BTreeMap<String, Vec<String>> = serde_json::from_str(line).expect("an array or an object");
            for (name, all) in named {
                let names = ["between", "joints", "before", "behind"];
                pieces.around[names.iter().position(|known| *known == name).expect("a known name")] = all;
            }
        }
        pieces
    }
}

/// A way to make texts of any length.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    pub format: Format,
    before: String,
    unit: String,
    between: String,
    behind: String,
}

impl Recipe {
    /// One by chance.
    pub fn random(pieces: &Pieces, random: &mut Random) -> Self {
        let format = [Format::Plain, Format::Markdown, Format::Html][random.below(3)];
        let [between, joint, before, behind] = pieces.around.each_ref().map(|all| random.of(all).clone());
        // Half of the units are of one kind: it takes a run of the like to find what looks through such a run.
        let of_one = (random.below(2) == 0).then(|| random.of(&pieces.kinds));
        let mut unit = String::new();
        for number in 0..1 + random.below(4) {
            if number > 0 {
                unit.push_str(&joint);
            }
            let kind = of_one.unwrap_or_else(|| random.of(&pieces.kinds));
            unit.push_str(random.of::<String>(kind));
        }
        Self { format, before, unit, between, behind }
    }

    /// As it was written by [`Recipe::written`].
    pub fn read(written: &str) -> Option<Self> {
        let parts: Vec<String> = serde_json::from_str(written).ok()?;
        let [format, before, unit, between, behind] = <[String; 5]>::try_from(parts).ok()?;
        let format = Format::of_name(&format)?;
        Some(Self { format, before, unit, between, behind })
    }

    /// On one line.
    pub fn written(&self) -> String {
        let format = self.format.as_str();
        let parts: Value = json!([format, self.before, self.unit, self.between, self.behind]);
        parts.to_string()
    }

    /// A text of about `size` bytes.
    pub fn text(&self, size: usize) -> String {
        let mut text = String::with_capacity(size + 1024);
        fill(&self.before, 0, &mut text);
        for number in 0.. {
            if text.len() + self.behind.len() >= size {
                break;
            }
            fill(&self.unit, number, &mut text);
            text.push_str(&self.between);
        }
        text.push_str(&self.behind);
        text
    }
}

/// Four capitals that count up, as of an acronym.
fn capitals(number: usize) -> String {
    [26 * 26 * 26, 26 * 26, 26, 1].map(|place| char::from(b'A' + (number / place % 26) as u8)).iter().collect()
}

/// Adds `piece` to `text`, with what counts up in it.
fn fill(piece: &str, number: usize, text: &mut String) {
    let mut rest = piece;
    let mut names = 0;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let filled = match behind.as_bytes() {
            [b'n', b'}', ..] => number.to_string(),
            [b'd', b'}', ..] => (number % 28 + 1).to_string(),
            [b'w', b'}', ..] => {
                names += 1;
                name(number * 7 + names)
            }
            [b'a', b'}', ..] => name(number).to_lowercase(),
            [b'c', b'}', ..] => capitals(number),
            _ => {
                text.push('{');
                rest = behind;
                continue;
            }
        };
        text.push_str(&filled);
        rest = &behind[2..];
    }
    text.push_str(rest);
}

/// Name number `number`: `Bada`, `Cada` and so on; each another one.
fn name(mut number: usize) -> String {
    let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
    let mut name = String::new();
    loop {
        name.push(consonants[number % 14] as char);
        name.push(vowels[number / 14 % 5] as char);
        number /= 70;
        if number == 0 {
            break;
        }
    }
    name.push_str("ndo");
    name[..1].to_uppercase() + &name[1..]
}

/// Numbers by chance that are the same for the same seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}
