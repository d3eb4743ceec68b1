//! Packing the weights into the file that `src/model/tagger.rs` reads.

use std::collections::HashMap;

use crate::context::Key;
use crate::table::Table;
use crate::tags::Set;

/// A feature, the decision that it speaks for, its weight, and how often it was seen.
type Entry = (u64, u32, f32, u32);

/// Weights below this are left out.
const LEAST: f32 = 0.1;

/// The weights of the tagger and of the chooser of forms, in one table.
pub fn table(buckets: u32, tags: &[Entry], forms: &[Entry]) -> Table {
    let entries = tags.iter().chain(forms).filter(|entry| entry.2.abs() >= LEAST);
    Table::new(buckets, entries.map(|&(feature, decision, weight, count)| {
        (weight.abs() * (count as f32).sqrt().sqrt(), feature, decision, weight)
    }))
}

/// The file: see `src/model/tagger.rs`.
pub fn bytes(table: &Table, known: &HashMap<Key, Set>) -> Vec<u8> {
    let mut known: Vec<(Key, Set)> = known.iter().map(|(&key, &set)| (key, set)).collect();
    known.sort_unstable();
    let mut out = b"CDT1".to_vec();
    for number in [table.buckets.len(), known.len()] {
        out.extend((number as u32).to_le_bytes());
    }
    table.buckets.iter().flatten().for_each(|entry| out.extend(entry.to_le_bytes()));
    known.iter().for_each(|entry| out.extend(entry.0.to_le_bytes()));
    known.iter().for_each(|entry| out.extend(entry.1.to_le_bytes()));
    out
}
