//! What sounds the same: a transcript and a quote may write one thing in two ways.

use super::numerals::number;
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
