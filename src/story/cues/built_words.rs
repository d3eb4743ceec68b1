//! Words that are in no dictionary because anybody may build them: `unmuted`, `crabmeat`, `bikeable`.

use crate::dictionary::{self, Suggestion};
use crate::lexicon;

/// Each part of a compound has at least so many letters.
const LEAST: usize = 4;

/// Whether `low` is built of words that everybody knows.
pub(super) fn is_built(low: &str) -> bool {
    let known = |word: &str| {
        word.len() >= LEAST && dictionary::entry(word).is_some_and(|entry| !entry.is_rare() && !entry.is_name())
    };
    let prefixed =
        |low: &str| lexicon::inflection::PREFIXES.iter().any(|prefix| low.strip_prefix(prefix).is_some_and(known));
    let suffixed =
        |low: &str| lexicon::inflection::SUFFIXES.iter().any(|suffix| low.strip_suffix(suffix).is_some_and(known));
    // `Refactorings`, `negotiables`: what is done, or can be done, several times.
    let counted = low.strip_suffix('s').is_some_and(|one| {
        known(one) && lexicon::inflection::COUNTED_ENDINGS.iter().any(|ending| one.ends_with(ending))
    });
    // What asks for near words comes last: it costs most.
    suffixed(low) || counted || prefixed(low) && !is_one_doubled(low) || is_compound(low) && !is_a_slip(low)
}

/// Whether it is one slip from a word that everybody uses: `workking` is no king of work.
fn is_a_slip(low: &str) -> bool {
    let suggestions = dictionary::suggest_near(low);
    // `worksflows`: the first part has an ending that the word lacks.
    let is_inflected = |first: &Suggestion| {
        let at = low.bytes().zip(first.text.bytes()).take_while(|(one, other)| one == other).count();
        first.class <= RARE
            && at >= LEAST - 1
            && low.get(at..at + 1) == Some("s")
            && low.get(at + 1..) == first.text.get(at..)
    };
    let close = |first: &Suggestion| {
        first.slips == 1 && !first.text.contains(' ') && (first.class <= 11 || is_inflected(first))
    };
    suggestions.first().is_some_and(close) || is_first_doubled(low, &suggestions)
}

/// Whether a letter that is doubled or is not makes a word of it: `preping` is no ping before something.
fn is_one_doubled(low: &str) -> bool {
    is_first_doubled(low, &dictionary::suggest_near(low))
}

/// Rarer words than this are less likely than a word that somebody built.
const RARE: u8 = 17;

fn is_first_doubled(low: &str, suggestions: &[Suggestion]) -> bool {
    let single = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    suggestions
        .first()
        .is_some_and(|first| first.slips == 1 && first.class <= RARE && single(&first.text) == single(low))
}

/// Whether two common words make it up, as in `crabmeat`.
fn is_compound(low: &str) -> bool {
    let common = |word: &str| dictionary::entry(word).is_some_and(|entry| entry.is_common());
    (LEAST..(low.len() + 1).saturating_sub(LEAST)).any(|at| {
        low.get(..at).zip(low.get(at..)).is_some_and(|(first, second)| {
            // Small words run together with others, but build none: `withthe`, `fromtown`.
            let small = |word: &str| lexicon::inflection::SMALL_WORDS.contains(word);
            !small(first) && !small(second) && common(first) && common(second)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_built;

    #[test]
    fn built_words_are_told_from_slips() {
        for word in ["unmuted", "rideshare", "crabmeat", "leaderless", "microplastics", "refactorings", "negotiables"] {
            assert!(is_built(word) || crate::dictionary::entry(word).is_some(), "{word}");
        }
        for word in ["workking", "withthe", "recieved", "goverment", "stoped", "begining", "preping", "passtimes"] {
            assert!(!is_built(word), "{word}");
        }
    }
}
