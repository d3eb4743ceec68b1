//! Words that are in no dictionary because anybody may build them: `unmuted`, `crabmeat`, `bikeable`.

use crate::dictionary;

/// What may stand before a word.
const PREFIXES: &[&str] = &[
    "after", "anti", "auto", "back", "bio", "co", "counter", "cross", "cyber", "de", "down", "eco", "electro", "ever",
    "ex", "extra", "fore", "geo", "hand", "hyper", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini",
    "mis", "mono", "multi", "nano", "neo", "neuro", "non", "off", "out", "over", "photo", "poly", "post", "pre", "pro",
    "pseudo", "psycho", "radio", "re", "semi", "socio", "sub", "super", "techno", "tele", "thermo", "trans", "tri",
    "ultra", "un", "under", "uni", "up", "video", "web",
];
/// What may stand behind a word.
const SUFFIXES: &[&str] = &[
    "able", "aholic", "athon", "bound", "esque", "fest", "free", "friendly", "gate", "goer", "goers", "hood", "ish",
    "ism", "less", "like", "maker", "makers", "making", "ness", "nomics", "proof", "ship", "style", "ward", "wide",
    "wise", "worthy",
];
/// Each part of a compound has at least so many letters.
const LEAST: usize = 4;

/// Whether `low` is built of words that everybody knows.
pub(super) fn is_built(low: &str) -> bool {
    let known = |word: &str| {
        word.len() >= LEAST && dictionary::entry(word).is_some_and(|entry| !entry.is_rare() && !entry.is_name())
    };
    let prefixed = |low: &str| PREFIXES.iter().any(|prefix| low.strip_prefix(prefix).is_some_and(known));
    let suffixed = |low: &str| SUFFIXES.iter().any(|suffix| low.strip_suffix(suffix).is_some_and(known));
    prefixed(low) || suffixed(low) || is_compound(low) && !is_a_slip(low)
}

/// Whether it is one slip from a word that everybody uses: `workking` is no king of work.
fn is_a_slip(low: &str) -> bool {
    dictionary::suggest(low)
        .first()
        .is_some_and(|first| first.slips == 1 && first.class <= 11 && !first.text.contains(' '))
}

/// Whether two common words make it up, as in `crabmeat`.
fn is_compound(low: &str) -> bool {
    let common = |word: &str| dictionary::entry(word).is_some_and(|entry| entry.is_common());
    (LEAST..(low.len() + 1).saturating_sub(LEAST)).any(|at| {
        low.get(..at).zip(low.get(at..)).is_some_and(|(first, second)| {
            // Small words run together with others, but build none: `withthe`, `fromtown`.
            let small = |word: &str| SMALL.contains(&word);
            !small(first) && !small(second) && common(first) && common(second)
        })
    })
}

/// Small words of four letters and more.
const SMALL: &[&str] = &[
    "also", "been", "could", "does", "from", "have", "into", "that", "their", "them", "then", "there", "these", "they",
    "this", "those", "were", "when", "which", "will", "with", "would", "your", "said", "than", "about", "because",
    "after", "before",
];

#[cfg(test)]
mod tests {
    use super::is_built;

    #[test]
    fn built_words_are_told_from_slips() {
        for word in ["unmuted", "rideshare", "crabmeat", "leaderless", "microplastics"] {
            assert!(is_built(word) || crate::dictionary::entry(word).is_some(), "{word}");
        }
        for word in ["workking", "withthe", "recieved", "goverment", "stoped", "begining"] {
            assert!(!is_built(word), "{word}");
        }
    }
}
