//! Packing the weights.

use crate::context::evidence_slot;
use crate::corpus::Corpus;
use crate::learn::importance;
use crate::table::Table;

pub struct Packed {
    pub table: Table,
}

impl Packed {
    /// Packs the weights of decisions; where there are too many, the most important are kept.
    pub fn new(buckets: u32, decisions: impl Iterator<Item = (u32, Vec<(u64, f32, u32)>)>) -> Self {
        let entries = decisions.flat_map(|(decision, weights)| {
            weights.into_iter().map(move |weight| (importance(&weight), weight.0, decision, weight.1))
        });
        Self { table: Table::new(buckets, entries) }
    }

    /// The file: see `src/model/mod.rs`.
    pub fn bytes(&self, corpus: &Corpus, biases: &[f32], evidence: &[(u64, u32)]) -> Vec<u8> {
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
        let mut out = b"CDM3".to_vec();
        for number in [self.table.buckets.len(), classes.len(), counted.len()] {
            out.extend((number as u32).to_le_bytes());
        }
        for bucket in &self.table.buckets {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        for bucket in &classes {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        biases.iter().for_each(|x| out.extend(x.to_le_bytes()));
        for bucket in &counted {
            bucket.iter().for_each(|entry| out.extend(entry.to_le_bytes()));
        }
        out
    }
}

/// A count in twelve bits, as `lengthen` reads it.
fn shorten(count: u32) -> u16 {
    let doubled = (24 - count.leading_zeros().min(24)).min(15);
    (doubled as u16) << 8 | (count >> doubled).min(255) as u16
}
