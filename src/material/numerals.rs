//! Numbers in words: `three hundred and twelve thousand` is 312000.

use crate::lexicon;

/// The number that opens these words, as it sounds in digits, and how many words it has: `forty two` is 42, and `three hundred
/// and twelve thousand` 312000.
pub(super) fn number(words: &[&str]) -> Option<(String, usize)> {
    let is = |at: usize, word: &str| words.get(at) == Some(&word);
    let (mut total, mut at) = below_thousand(words, 0)?;
    // `Four point two million` keeps its million, as `4.2 million` does.
    let decimals = words.get(at + 1..).unwrap_or_default().iter().map_while(|word| digit(word));
    let decimals: String = decimals.map(|digit| digit.to_string()).collect();
    if is(at, "point") && !decimals.is_empty() {
        return Some((format!("{total}.{decimals}"), at + 1 + decimals.len()));
    }
    let mut last = u64::MAX;
    let mut group = std::mem::take(&mut total);
    loop {
        let scale = words.get(at).and_then(|word| SCALES.iter().find(|(name, _)| name == word));
        let Some(&(_, scale)) = scale.filter(|(_, scale)| *scale < last) else { return Some((text(total, group), at)) };
        (total, at, last) = (total.checked_add(group.checked_mul(scale)?)?, at + 1, scale);
        let behind = at + usize::from(is(at, "and"));
        let Some((rest, end)) = below_thousand(words, behind).filter(|(rest, _)| *rest < scale) else {
            return Some((text(total, 0), at));
        };
        (group, at) = (rest, end);
    }
}

/// Large numerals, the largest first.
const SCALES: &[(&str, u64)] = &[("billion", 1_000_000_000), ("million", 1_000_000), ("thousand", 1_000)];

fn text(total: u64, rest: u64) -> String {
    total.saturating_add(rest).to_string()
}

/// A digit that is spoken.
fn digit(word: &str) -> Option<u64> {
    lexicon::numbers::SMALL
        .position(word)
        .map(|value| value as u64)
        .or_else(|| word.parse().ok())
        .filter(|value| *value < 10)
}

/// The number at `at`, in words below a thousand or in digits, and where it ends.
fn below_thousand(words: &[&str], at: usize) -> Option<(u64, usize)> {
    let small = |word: &str| lexicon::numbers::SMALL.position(word).map(|value| value as u64);
    let tens = |word: &str| lexicon::numbers::TENS.position(word).map(|place| 10 * (place as u64 + 2));
    let below_hundred = |at: usize| -> Option<(u64, usize)> {
        let word = *words.get(at)?;
        if let Some(value) = small(word).or_else(|| word.replace(',', "").parse().ok()) {
            return Some((value, at + 1));
        }
        let value = tens(word)?;
        match words.get(at + 1).and_then(|word| digit(word)).filter(|ones| *ones > 0) {
            Some(ones) => Some((value + ones, at + 2)),
            None => Some((value, at + 1)),
        }
    };
    let (first, end) = below_hundred(at)?;
    if words.get(end) != Some(&"hundred") {
        return Some((first, end));
    }
    let behind = end + 1 + usize::from(words.get(end + 1) == Some(&"and"));
    Some(match below_hundred(behind).filter(|(rest, _)| *rest < 100) {
        Some((rest, end)) => (first.checked_mul(100)?.checked_add(rest)?, end),
        None => (first.checked_mul(100)?, end + 1),
    })
}
