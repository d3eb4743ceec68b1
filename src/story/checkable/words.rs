//! The lists of words that readers of facts need, from `words.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::WordSet;

static LISTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut name = "";
    for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(next) => name = next,
            None => lists.entry(name).or_default().extend(line.split_whitespace()),
        }
    }
    lists
});

/// The words of the list `name`; none where there is no such list.
pub(super) fn list(name: &str) -> &'static [&'static str] {
    LISTS.get(name).map_or(&[], Vec::as_slice)
}

/// The words of the list `name` as alternatives of a regular expression, the longest first.
pub(super) fn alternatives(name: &str) -> String {
    let mut words = list(name).to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

macro_rules! set {
    ($(#[$doc:meta])* $function:ident, $list:literal) => {
        $(#[$doc])*
        pub(crate) fn $function(word: &str) -> bool {
            static SET: LazyLock<WordSet> = LazyLock::new(|| list($list).iter().copied().collect());
            SET.contains(word)
        }
    };
}

set!(
    /// Whether `word` (lower case) is a small word that begins no name.
    is_opener,
    "openers"
);
set!(
    /// Whether a name behind `word` (lower case) is most often a place.
    is_locative,
    "locatives"
);
set!(
    /// Whether `word` (lower case) makes the name that it ends a place.
    is_place_noun,
    "place-nouns"
);
set!(
    /// Whether `word` (lower case) makes the name that it begins or ends an organisation.
    is_organisation_noun,
    "organisation-nouns"
);
set!(
    /// Whether `word` (lower case) makes the name that it begins or ends a publication.
    is_work_noun,
    "work-nouns"
);
set!(
    /// Whether `word` (lower case) makes a pair of numbers a vote.
    is_of_votes,
    "votes"
);
set!(
    /// Whether `word` (lower case) makes a pair of numbers a score.
    is_of_scores,
    "scores"
);
set!(
    /// Whether `word` (lower case), though it has a capital, is no name.
    is_no_name,
    "no-names"
);
set!(
    /// Whether `word` (lower case) is a numeral below a hundred.
    is_small_number,
    "small"
);
set!(
    /// Whether `word` (lower case) is an amount that is no numeral: `twice`, `dozens`.
    is_amount,
    "amounts"
);
set!(
    /// Whether `word` (lower case) is a large numeral.
    is_large_number,
    "large"
);
set!(
    /// Whether `name` (lower case, hyphens for spaces, without a final point) is that of a country.
    is_country,
    "countries"
);
set!(
    /// Whether `word` (lower case) turns what a sentence says: `not`, `fell`.
    is_of_sense,
    "sense"
);
set!(
    /// Whether `word` (lower case) tells nothing of what a figure is said of: `said`, `percent`.
    is_no_subject,
    "no-subject"
);
set!(
    /// Whether `word` (lower case) says how high an office is.
    is_rank,
    "ranks"
);
