//! The dictionary of the house: words that are in no other, as it writes them.

use rustc_hash::FxHashMap;

use crate::text::are_comparable;

/// Words of the house, ready to be looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HouseWords {
    /// As the house writes them, by themselves in lower case.
    by_low: FxHashMap<String, String>,
}

/// Shorter words are near too many others.
const SHORTEST: usize = 5;

impl HouseWords {
    /// Reads files of words: a word a line, `#` before a remark. In a Hunspell dictionary the number of words at the start and
    /// the flags behind `/` are left out.
    pub fn read<'t>(files: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = Self::default();
        for line in files.into_iter().flat_map(str::lines) {
            let line = line.trim_start_matches('\u{FEFF}').split('#').next().unwrap_or_default();
            let word = line.split('/').next().unwrap_or_default().trim();
            if word.contains(char::is_alphabetic) {
                words.by_low.insert(word.to_lowercase(), word.to_owned());
            }
        }
        words
    }

    /// Whether the house has this word (lower case), or the word of which it is a plural or possessive.
    pub fn has(&self, low: &str) -> bool {
        let bare = |low: &str| self.by_low.contains_key(low);
        !self.by_low.is_empty()
            && (bare(low) || ["'s", "’s", "s", "es"].iter().any(|ending| low.strip_suffix(ending).is_some_and(bare)))
    }

    /// The word one slip away from this one (lower case), as the house writes it; the first of several by the alphabet.
    pub fn near(&self, low: &str) -> Option<&str> {
        if low.chars().count() < SHORTEST {
            return None;
        }
        let near = |word: &&String| {
            word.len().abs_diff(low.len()) <= 4 && are_comparable(word, low) && strsim::osa_distance(word, low) == 1
        };
        let nearest = self.by_low.keys().filter(near).min()?;
        self.by_low.get(nearest).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::HouseWords;

    #[test]
    fn words_are_known_and_near() {
        let words = HouseWords::read(["2\nmudlark/SM\n# remark\nPodcastle # ours\n"]);
        assert!(words.has("mudlark") && words.has("mudlarks") && words.has("podcastle"));
        assert!(!words.has("2") && !words.has("remark") && !words.has("mudlurk"));
        assert_eq!(words.near("mudlurk"), Some("mudlark"));
        assert_eq!(words.near("podcaslte"), Some("Podcastle"));
        assert_eq!(words.near("ferry"), None);
    }
}
