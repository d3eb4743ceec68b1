//! Packing the weights, and finding how sure the packed model must be.

use crate::context::{evidence_slot, features};
use crate::prepositions::N;
use crate::corpus::Corpus;
use crate::learn::{Place, importance};
use crate::table::Table;

pub struct Pair {
    pub words: [String; 2],
    pub bias: f32,
    pub limits: [f32; 2],
}

pub struct Packed {
    pub table: Table,
    pub pairs: Vec<Pair>,
}

impl Packed {
    /// Packs the weights of decisions; where there are too many, the most important are kept.
    pub fn new(buckets: u32, decisions: impl Iterator<Item = (u32, Vec<(u64, f32, u32)>)>) -> Self {
        let entries = decisions.flat_map(|(decision, weights)| {
            weights.into_iter().map(move |weight| (importance(&weight), weight.0, decision, weight.1))
        });
        Self { table: Table::new(buckets, entries), pairs: Vec::new() }
    }

    pub fn score(&self, corpus: &Corpus, at: u32, decision: u32, bias: f32) -> f32 {
        let (left, right) = corpus.around(at as usize);
        bias + features(left, right).iter().map(|&feature| self.table.weight(feature, decision)).sum::<f32>()
    }

    /// The file: see `src/model/mod.rs`.
    pub fn bytes(&self, corpus: &Corpus, biases: &[f32], limits: &[[f32; N]], evidence: &[(u64, u32)]) -> Vec<u8> {
        let mut classes: Vec<[u32; 16]> = vec![[0; 16]; 5000];
        let mut lost = 0;
        let mut words: Vec<_> = corpus.words.iter().filter(|word| word.class != 0).collect();
        words.sort_by_key(|word| (std::cmp::Reverse(word.count), word.key));
        for word in words {
            let bucket = (u64::from(word.key) * classes.len() as u64 >> 32) as usize;
            let entry = (word.key & 0x00ff_ffff) << 8 | u32::from(word.class);
            match classes[bucket].iter_mut().find(|place| **place == 0) {
                Some(place) => *place = entry,
                None => lost += 1,
            }
        }
        eprintln!("{lost} words without their class");
        // Counts that are not kept are the smallest.
        let mut counted: Vec<[u32; 16]> = vec![[0; 16]; 6000];
        let mut evidence = evidence.to_vec();
        evidence.sort_by_key(|&(hash, count)| (std::cmp::Reverse(count), hash));
        let mut lost = 0;
        for (hash, count) in evidence {
            let (bucket, mark) = evidence_slot(hash, counted.len() as u32);
            let entry = mark << 12 | u32::from(shorten(count));
            match counted[bucket as usize].iter_mut().find(|place| **place == 0) {
                Some(place) => *place = entry,
                None => lost += 1,
            }
        }
        eprintln!("{lost} counts left out");
        let mut names = String::new();
        for pair in &self.pairs {
            names += &format!("{} {}\n", pair.words[0], pair.words[1]);
        }
        let mut out = b"CDM1".to_vec();
        for number in [self.table.buckets.len(), classes.len(), self.pairs.len(), names.len(), counted.len()] {
            out.extend((number as u32).to_le_bytes());
        }
        for bucket in &self.table.buckets {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        for bucket in &classes {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        for pair in &self.pairs {
            [pair.bias, pair.limits[0], pair.limits[1]].iter().for_each(|x| out.extend(x.to_le_bytes()));
        }
        biases.iter().chain(limits.iter().flatten()).for_each(|x| out.extend(x.to_le_bytes()));
        for bucket in &counted {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        out.extend(names.bytes());
        out
    }
}

/// A count in twelve bits, as `lengthen` reads it.
fn shorten(count: u32) -> u16 {
    let doubled = (24 - count.leading_zeros().min(24)).min(15);
    (doubled as u16) << 8 | (count >> doubled).min(255) as u16
}

/// The lowest limit: thirty times as likely.
const LEAST: f32 = 3.4;
/// Places of a word that may be slips of the text.
const SLIPS: usize = 2;
/// Places of a word that are judged, beyond those in edited news.
const JUDGED: usize = 40_000;

/// How far the score must be in favour of the other word before a word is called wrong, for both words of a pair; and
/// what that finds, for reading.
///
/// At places that were not learned from, what stands there is right but for a few slips of the text itself. A limit may be
/// passed there by one in ten million words of all text, and where a word is rare it is set by how far its own places
/// stay below it.
pub fn calibrate(corpus: &Corpus, packed: &Packed, decision: u32, bias: f32, places: [&[Place]; 2], words: [u32; 2]) -> ([f32; 2], Vec<String>) {
    let scores: Vec<Vec<(f32, Place)>> = (0..2)
        .map(|side| {
            let held: Vec<Place> = places[side].iter().filter(|place| !place.training && !place.lossy).copied().collect();
            let (clean, others): (Vec<Place>, Vec<Place>) = held.iter().partition(|place| place.clean);
            let step = others.len().div_ceil(JUDGED).max(1);
            let mut scores: Vec<(f32, Place)> = clean
                .into_iter()
                .chain(others.into_iter().step_by(step))
                .map(|place| {
                    let score = packed.score(corpus, place.at, decision, bias);
                    // In favour of the other word.
                    (if side == 0 { score } else { -score }, place)
                })
                .collect();
            scores.sort_by(|x, y| y.0.total_cmp(&x.0));
            scores
        })
        .collect();
    let mut limits = [f32::INFINITY; 2];
    let mut lines = Vec::new();
    for side in 0..2 {
        let own = &scores[side];
        let other = &scores[1 - side];
        let clean: Vec<f32> = own.iter().filter(|(_, place)| place.clean).map(|(score, _)| *score).collect();
        // Some places are slips of the text itself, in edited news, too.
        let today: Vec<f32> = own.iter().filter(|(_, place)| !place.clean && !place.old).map(|(score, _)| *score).collect();
        let rest: Vec<f32> = own.iter().filter(|(_, place)| !place.clean).map(|(score, _)| *score).collect();
        let calm = if today.len() > 300 { &today } else { &rest };
        let worst = calm.get(SLIPS + calm.len() / 6000).copied().unwrap_or(f32::MIN);
        let limit = (worst + 0.2).max(clean.get(1).map_or(0.0, |score| score + 0.3)).max(LEAST);
        // An error is the other word's surroundings with this word in them.
        let found = other.iter().filter(|(score, _)| -score > limit).count();
        let share = found as f32 / other.len().max(1) as f32;
        limits[side] = if share >= 0.02 && other.len() >= 5 { limit } else { f32::INFINITY };
        let name = |side: usize| &corpus.words[words[side] as usize].text;
        lines.push(format!(
            "{}\t{}\t{limit:.2}\t{share:.3}\t{}\t{}\t{}",
            name(side),
            name(1 - side),
            own.len(),
            other.len(),
            own.iter().take(4).map(|(score, place)| format!("{score:.1} {}", corpus.show(place.at as usize))).collect::<Vec<_>>().join("\t"),
        ));
    }
    (limits, lines)
}
