//! The table of weights that both models have: a weight is four bits, beside twelve of the hash of what it belongs to.

use crate::context::{BUCKET, WEIGHTS, slot};

pub struct Table {
    pub buckets: Vec<[u16; BUCKET]>,
    pub kept: usize,
    pub dropped: usize,
}

/// A weight: how important it is, the feature and the decision that it belongs to, and itself.
pub type Entry = (f32, u64, u32, f32);

/// The nearest of the weights that there are.
fn code(weight: f32) -> u16 {
    let near = |at: usize| (WEIGHTS[at] - weight).abs();
    (0..WEIGHTS.len()).min_by(|&a, &b| near(a).total_cmp(&near(b))).unwrap_or(0) as u16
}

impl Table {
    /// Packs weights; where there are too many, the most important are kept.
    pub fn new(buckets: u32, entries: impl Iterator<Item = Entry>) -> Self {
        let packed = entries.map(|(importance, feature, decision, weight)| {
            let (bucket, mark) = slot(feature, decision, buckets);
            (importance, bucket, mark << 4 | code(weight))
        });
        let mut entries: Vec<(f32, u32, u16)> = packed.collect();
        entries.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut table = Self { buckets: vec![[0; BUCKET]; buckets as usize], kept: 0, dropped: 0 };
        for (_, bucket, entry) in entries {
            match table.buckets[bucket as usize].iter_mut().find(|place| **place == 0) {
                Some(place) => {
                    *place = entry;
                    table.kept += 1;
                }
                None => table.dropped += 1,
            }
        }
        table
    }

    pub fn weight(&self, feature: u64, decision: u32) -> f32 {
        let (bucket, mark) = slot(feature, decision, self.buckets.len() as u32);
        let bucket = &self.buckets[bucket as usize];
        bucket.iter().find(|entry| **entry >> 4 == mark).map_or(0.0, |entry| WEIGHTS[(entry & 15) as usize])
    }
}
