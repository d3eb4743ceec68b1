//! Packing the weights into the file that `src/model/tagger.rs` reads.

use std::collections::HashMap;

use crate::context::{BUCKET, Key, WEIGHTS, slot};
use crate::tags::Set;

pub struct Packed {
    buckets: Vec<[u16; BUCKET]>,
    pub kept: usize,
    pub dropped: usize,
}

type Entry = (u64, u32, f32, u32);

fn code(weight: f32) -> u16 {
    let near = |at: usize| (WEIGHTS[at] - weight).abs();
    (0..WEIGHTS.len()).min_by(|&a, &b| near(a).total_cmp(&near(b))).unwrap_or(0) as u16
}

fn importance((_, _, weight, count): &Entry) -> f32 {
    weight.abs() * (*count as f32).sqrt().sqrt()
}

/// Weights below this are left out.
const LEAST: f32 = 0.1;

impl Packed {
    /// Packs the weights of both; where there are too many, the most important are kept.
    pub fn new(buckets: u32, tags: Vec<Entry>, forms: Vec<Entry>, _scale: f32) -> Self {
        let mut entries: Vec<(f32, u32, u16)> = Vec::new();
        for entry in tags.iter().chain(&forms).filter(|entry| entry.2.abs() >= LEAST) {
            let (bucket, mark) = slot(entry.0, entry.1, buckets);
            entries.push((importance(entry), bucket, mark << 4 | code(entry.2)));
        }
        entries.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut packed = Self { buckets: vec![[0; BUCKET]; buckets as usize], kept: 0, dropped: 0 };
        for (_, bucket, entry) in entries {
            match packed.buckets[bucket as usize].iter_mut().find(|place| **place == 0) {
                Some(place) => {
                    *place = entry;
                    packed.kept += 1;
                }
                None => packed.dropped += 1,
            }
        }
        packed
    }

    pub fn weight(&self, feature: u64, decision: u32) -> f32 {
        let (bucket, mark) = slot(feature, decision, self.buckets.len() as u32);
        let bucket = &self.buckets[bucket as usize];
        bucket.iter().find(|entry| **entry >> 4 == mark).map_or(0.0, |entry| WEIGHTS[(entry & 15) as usize])
    }

    /// The file: see `src/model/tagger.rs`.
    pub fn bytes(&self, known: &HashMap<Key, Set>) -> Vec<u8> {
        let mut known: Vec<(Key, Set)> = known.iter().map(|(&key, &set)| (key, set)).collect();
        known.sort_unstable();
        let mut out = b"CDT1".to_vec();
        for number in [self.buckets.len(), known.len()] {
            out.extend((number as u32).to_le_bytes());
        }
        self.buckets.iter().flatten().for_each(|entry| out.extend(entry.to_le_bytes()));
        known.iter().for_each(|entry| out.extend(entry.0.to_le_bytes()));
        known.iter().for_each(|entry| out.extend(entry.1.to_le_bytes()));
        out
    }
}
