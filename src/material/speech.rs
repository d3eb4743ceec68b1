//! What sounds the same: a transcript and a quote may write one thing in two ways.

use super::words::words;
use crate::lexicon;

/// Words for the signs that are at figures: who says “four dollars” is quoted with `$4`.
const SIGNS: &[(&str, &[char])] = &[
    ("dollar", &['$']),
    ("dollars", &['$']),
    ("pounds", &['£']),
    ("euros", &['€']),
    ("percent", &['%']),
    ("per", &['%']),
    ("cent", &['%']),
];

/// Endings of short forms, and what they are short for.
const ENDINGS: &[(&str, &str)] =
    &[("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would"), ("'s", "is")];

/// Whether two stretches of words sound the same: short forms and long ones, numbers in words and in digits, hyphens.
pub(super) fn sound_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (spoken(one), spoken(other));
    !one.is_empty() && one == other
}

/// Whether all of these words of the source are said by signs in the quote, or say nothing.
pub(super) fn is_implied(source: &str, quote: &str) -> bool {
    let plain: Vec<String> = words(source).map(|word| word.key).collect();
    let phrase = plain.join(" ");
    let is_filler = lexicon::speech::FILLERS.contains(&phrase);
    let is_sign = |word: &String| {
        SIGNS.iter().any(|(said, signs)| said == word && signs.iter().any(|sign| quote.contains(*sign)))
    };
    !plain.is_empty() && (is_filler || plain.iter().all(is_sign))
}

/// Words of a source without those that the quote has as signs.
pub(super) fn without_signs(source: &str, quote: &str) -> String {
    let is_sign = |word: &str| SIGNS.iter().any(|(said, signs)| *said == word && quote.contains(*signs));
    let plain: Vec<String> = words(source).map(|word| word.key).filter(|word| !is_sign(word)).collect();
    plain.join(" ")
}

/// Words as they sound, in letters and digits.
fn spoken(text: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for word in words(text) {
        let key = word.key.as_str();
        if let Some((_, long)) = lexicon::speech::CONTRACTIONS.iter().find(|(short, _)| *short == key) {
            all.extend(long.split(' ').map(str::to_owned));
        } else if let Some(stem) = key.strip_suffix("'s").filter(|stem| stem.ends_with('s')) {
            // “ISIS’s” and “ISIS’” are two ways to write what is said once.
            all.push(stem.to_owned());
        } else if let Some((stem, ending)) = ENDINGS
            .iter()
            .find_map(|(ending, long)| Some((key.strip_suffix(ending)?, long)))
            .filter(|(stem, _)| !stem.is_empty())
        {
            all.extend([stem.to_owned(), (*ending).to_owned()]);
        } else {
            all.extend(key.split('-').map(str::to_owned));
        }
    }
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let mut sound = String::new();
    let mut at = 0;
    while let Some(word) = all.get(at) {
        match number(&all[at..]) {
            Some((value, length)) => {
                sound.push_str(&value);
                at += length;
            }
            None => {
                sound.push_str(word);
                at += 1;
            }
        }
    }
    sound.retain(char::is_alphanumeric);
    sound
}

/// The number that opens these words, as it sounds in digits, and how many words it has: `forty two` is 42, and `three hundred
/// and twelve thousand` 312000.
fn number(words: &[&str]) -> Option<(String, usize)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_the_same_is_the_same() {
        for (one, other) in [
            ("we’re", "we are"),
            ("won't", "will not"),
            ("gonna", "going to"),
            ("re-elect", "reelect"),
            ("the bus’s", "the bus’"),
            ("forty-two", "42"),
            ("two hundred and five", "205"),
            ("3 hundred", "300"),
            ("three hundred and twelve thousand", "312,000"),
            ("forty-two million", "42 million"),
            ("four point two million", "4.2 million"),
            ("five million", "5,000,000"),
            ("nineteen ninety-eight", "1998"),
            ("two thousand and eighteen", "2018"),
        ] {
            assert!(sound_the_same(one, other), "{one} / {other}");
        }
        for (one, other) in
            [("we", "they"), ("can", "can't"), ("forty", "fourteen"), ("", "not"), ("12,000", "twelve hundred")]
        {
            assert!(!sound_the_same(one, other), "{one} / {other}");
        }
        assert!(is_implied("dollars", "It costs $4.2 million"));
        assert!(!is_implied("dollars", "It costs a lot"));
        assert!(is_implied("you know", "It costs a lot"));
        assert!(!is_implied("not", "It costs 5%"));
    }
}
