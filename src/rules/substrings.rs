//! Literals that may be anywhere in a text.

use rustc_hash::FxHashMap;

use crate::text::Span;

/// Finds literals wherever they stand, also inside words. Nearly all places of a text are turned away by the bytes that
/// are there, and no place waits for the one before it.
#[derive(Debug)]
pub(super) struct Substrings {
    literals: Vec<String>,
    /// A bit for the first four bytes of each literal that has as many, told by their hash.
    fours: Box<[u64; 256]>,
    /// The longer literals by their first four bytes, as [`four_bytes`] reads them.
    by_four: FxHashMap<u32, Vec<u32>>,
    /// The first two bytes of those that are shorter.
    short_pairs: BytePairs,
    short: Vec<u32>,
}

impl Substrings {
    /// Finds `literals`, which go by their numbers in this order.
    pub fn new(literals: Vec<String>) -> Self {
        let mut fours = Box::new([0; 256]);
        let mut by_four: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut short_pairs = BytePairs::default();
        let mut short = Vec::new();
        for (number, literal) in (0..).zip(&literals) {
            if literal.len() < 4 {
                short_pairs.add(literal);
                short.push(number);
                continue;
            }
            let four = four_bytes(literal.as_bytes(), 0);
            let (at, bit) = place_of_four(four);
            fours[at] |= bit;
            by_four.entry(four).or_default().push(number);
        }
        Self { literals, fours, by_four, short_pairs, short }
    }

    /// Tells `found` each literal, by its number, that is in `text`, and where.
    pub fn search(&self, text: &str, mut found: impl FnMut(u32, Span)) {
        let bytes = text.as_bytes();
        let starts_long = |four: u32| {
            let (word, bit) = place_of_four(four);
            self.fours[word] & bit != 0
        };
        let starts_short = |four: u32| self.short_pairs.hold(four as u8, (four >> 8) as u8);
        for (at, four) in bytes.windows(4).enumerate() {
            let four = four.first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
            if starts_long(four) {
                self.compare(bytes, at, self.by_four.get(&four).map_or(&[], Vec::as_slice), &mut found);
            }
            if starts_short(four) {
                self.compare(bytes, at, &self.short, &mut found);
            }
        }
        // Only the short ones may be at the very end.
        for at in bytes.len().saturating_sub(3)..bytes.len() {
            if starts_short(four_bytes(bytes, at)) {
                self.compare(bytes, at, &self.short, &mut found);
            }
        }
    }

    /// Tells `found` which of the literals with these numbers are at `at`. A function of its own, because few places get
    /// here and the others should be passed over in few steps.
    #[inline(never)]
    fn compare(&self, bytes: &[u8], at: usize, numbers: &[u32], found: &mut impl FnMut(u32, Span)) {
        for &number in numbers {
            let literal = self.literals[number as usize].as_bytes();
            if bytes[at..].starts_with(literal) {
                found(number, Span::new(at, at + literal.len()));
            }
        }
    }
}

/// The place of four bytes in [`Substrings::fours`].
fn place_of_four(four: u32) -> (usize, u64) {
    let hash = u64::from(four).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 56) as usize, 1 << (hash >> 50 & 63))
}

/// A set of pairs of bytes.
#[derive(Debug)]
struct BytePairs(Box<[u64; 1024]>);

impl Default for BytePairs {
    fn default() -> Self {
        Self(Box::new([0; 1024]))
    }
}

impl BytePairs {
    /// Adds all pairs that `literal` may start with: one, or for a single byte all that begin with it.
    fn add(&mut self, literal: &str) {
        let (firsts, seconds) = match *literal.as_bytes() {
            [] => (0..=u8::MAX, 0..=u8::MAX),
            [first] => (first..=first, 0..=u8::MAX),
            [first, second, ..] => (first..=first, second..=second),
        };
        for first in firsts {
            for second in seconds.clone() {
                let (at, bit) = Self::place(first, second);
                self.0[at] |= bit;
            }
        }
    }

    fn hold(&self, first: u8, second: u8) -> bool {
        let (at, bit) = Self::place(first, second);
        self.0[at] & bit != 0
    }

    fn place(first: u8, second: u8) -> (usize, u64) {
        (usize::from(second) << 2 | usize::from(first >> 6), 1 << (first & 63))
    }
}

/// Up to four bytes of `text` from `at` on, the first in the lowest bits.
pub(super) fn four_bytes(text: &[u8], at: usize) -> u32 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk::<4>() {
        Some(four) => u32::from_le_bytes(*four),
        None => rest.iter().rev().fold(0, |all, &byte| all << 8 | u32::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_literal_is_found_wherever_it_stands(text in "[a-cé]{0,20}") {
            let literals = ["a", "bc", "cba", "abca", "abcab", "é", "cé"];
            let mut found = Vec::new();
            Substrings::new(literals.map(str::to_owned).to_vec()).search(&text, |number, span| {
                found.push((span.start(), number as usize));
            });
            let starts = |start: usize, literal: &str| text.as_bytes()[start..].starts_with(literal.as_bytes());
            let numbers = |start| (0..literals.len()).filter(move |&number| starts(start, literals[number]));
            let mut expected: Vec<(usize, usize)> =
                (0..text.len()).flat_map(|start| numbers(start).map(move |number| (start, number))).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
