//! How the dictionary is packed: `build.rs` writes it, and [`super`] reads it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fst::MapBuilder;

/// What is known of a word, as the dictionary holds it: its frequency class, and marks.
pub const CLASS: u64 = 0x3f;
/// A name, known only with its capital.
pub const NAME: u64 = 1 << 6;
/// In no list of words in use.
pub const RARE: u64 = 1 << 7;
/// American: British English spells it otherwise.
pub const AMERICAN: u64 = 1 << 8;
/// British: American English spells it otherwise.
pub const BRITISH: u64 = 1 << 9;

/// What the word can be is from this bit on, a bit for each letter of [`FORMS`].
pub const FORMS_AT: u32 = 10;
/// The letters of `dictionary/forms.txt`, in the order of their bits.
pub const FORMS: &str = "npmvsdegactr";

/// Words up to this class are common: they are in a table of their own, where nearly all words of a story are found.
pub const COMMON: u64 = 15;

/// A table of common words: of each, a part of its hash; 0 in free slots, at least half of them. The number of slots is a
/// power of two.
pub fn common_table(hashes: &[u64]) -> Vec<u8> {
    let slots = (hashes.len() * 2).next_power_of_two();
    let mut table = vec![0_u32; slots];
    for &hash in hashes {
        let mut slot = hash as usize & (slots - 1);
        while table[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = tag(hash);
    }
    table.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// The part of a word's hash that is in the table: never 0.
pub fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 | 1
}

/// The different ones of `values`, the commonest first. The map of words holds where a word's value stands among them: most are
/// small numbers then, which take less room than the values.
pub fn by_frequency(values: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut values: Vec<u64> = counts.keys().copied().collect();
    values.sort_by_key(|value| Reverse(counts[value]));
    values
}

/// `values` as the program reads them, in four bytes each.
pub fn values(values: &[u64]) -> Vec<u8> {
    values.iter().flat_map(|&value| (value as u32).to_le_bytes()).collect()
}

/// A map from words to numbers; `words` may come in any order, and of one that comes twice the first stands.
///
/// # Errors
///
/// Those of the library, none of which can come of words in order.
pub fn map(mut words: Vec<(String, u64)>) -> Result<Vec<u8>, fst::Error> {
    words.sort_by(|a, b| a.0.cmp(&b.0));
    words.dedup_by(|b, a| a.0 == b.0);
    let mut builder = MapBuilder::memory();
    for (word, value) in words {
        builder.insert(word, value)?;
    }
    builder.into_inner()
}
