//! The words by which facts start. Each word of a paragraph is looked up here once, so that the readers, which each know
//! some dozens or hundreds of words, look only at those that may start a fact of theirs.
//!
//! A reader still decides by itself: a word that is listed here and starts nothing costs a little time, and a word that a
//! reader knows and that is missing here is never seen by it.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{claim, figure, person, source, time};
use crate::prose::{Paragraph, Token};

/// A set of kinds of fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    /// A word that shows a claim.
    pub const CLAIM: Self = Self(1);
    /// The main word of a phrase that names a source; names of outlets are told by their capitals.
    pub const SOURCE: Self = Self(2);
    /// A word of the lexicon of times.
    pub const TIME: Self = Self(4);
    /// A number in figures or in words, or a part of one.
    pub const NUMBER: Self = Self(8);
    /// `he`, `her`.
    pub const PRONOUN: Self = Self(16);
    /// A word of crimes and courts.
    pub const CRIME: Self = Self(32);
    /// The first word of a named day.
    pub const NAMED_DAY: Self = Self(64);

    /// The last word of an office: `minister`.
    pub const OFFICE: Self = Self(128);

    /// Whether any of `kinds` is among them.
    pub fn any_of(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What each word of a paragraph may start.
#[derive(Debug)]
pub(crate) struct Openers {
    of_tokens: Vec<Kinds>,
}

impl Openers {
    /// Looks all words of `paragraph` up.
    pub fn of(paragraph: &Paragraph) -> Self {
        let words = &*WORDS;
        Self { of_tokens: paragraph.tokens.iter().map(|token| look_up(words, paragraph, token)).collect() }
    }

    /// The indexes of the tokens that may start one of `kinds`.
    pub fn of_kind(&self, kinds: Kinds) -> impl Iterator<Item = usize> {
        self.of_tokens.iter().enumerate().filter(move |(_, own)| own.any_of(kinds)).map(|(index, _)| index)
    }

    /// What token `index` may start, by itself or by one of its parts; nothing past the last one.
    pub fn at(&self, index: usize) -> Kinds {
        self.of_tokens.get(index).copied().unwrap_or_default()
    }
}

fn look_up(words: &FxHashMap<&'static str, Kinds>, paragraph: &Paragraph, token: &Token) -> Kinds {
    let low = &paragraph.folded.lower[token.fold.range()];
    if low.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return Kinds::NUMBER | in_parts(words, low, token);
    }
    if low.len() == 1 && low != "a" {
        return Kinds::default();
    }
    let of_word = |word: &str| words.get(word).copied().unwrap_or_default();
    // `Feb.` starts what `feb` starts.
    let bare =
        if token.abbreviation { low.strip_suffix('.').map(of_word).unwrap_or_default() } else { Kinds::default() };
    of_word(low) | bare | in_parts(words, low, token)
}

/// What the parts of a joined word may start: `third` and `largest` of `third-largest`, `monday` of `Monday’s`, and the
/// number of `mid-1990s`.
fn in_parts(words: &FxHashMap<&'static str, Kinds>, low: &str, token: &Token) -> Kinds {
    let of_part = |part: &str| {
        let number = part.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let word = words.get(part.strip_suffix("'s").unwrap_or(part)).copied().unwrap_or_default();
        if number { word | Kinds::NUMBER } else { word }
    };
    let parts = token.joined.then(|| low.split('-').map(of_part));
    parts.into_iter().flatten().fold(Kinds::default(), Kinds::bitor)
}

static WORDS: LazyLock<FxHashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Kinds> = FxHashMap::default();
    let mut add = |kind: Kinds, word: &'static str| {
        let kinds = words.entry(word).or_default();
        *kinds = *kinds | kind;
    };
    claim::openers().for_each(|word| add(Kinds::CLAIM, word));
    source::openers().for_each(|word| add(Kinds::SOURCE, word));
    time::openers().for_each(|word| add(Kinds::TIME, word));
    time::first_words_of_named_days().for_each(|word| add(Kinds::NAMED_DAY, word));
    figure::openers().for_each(|word| add(Kinds::NUMBER, word));
    person::PRONOUNS.iter().for_each(|&(word, _)| add(Kinds::PRONOUN, word));
    crate::checks::words_of_crime().for_each(|word| add(Kinds::CRIME, word));
    crate::checks::words_of_offices().for_each(|word| add(Kinds::OFFICE, word));
    words
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;

    #[test]
    fn a_word_is_known_with_its_point_and_its_ending() {
        let text = "He met her Feb. 2, Monday’s port officials said, in the mid-1990s for the third-largest time.";
        let paragraph = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let openers = Openers::of(&paragraph);
        let starting = |kind: Kinds| -> Vec<&str> { openers.of_kind(kind).map(|at| paragraph.low(at)).collect() };
        assert_eq!(starting(Kinds::TIME), ["feb.", "monday's", "in", "the", "mid-1990s", "the", "third-largest"]);
        assert_eq!(starting(Kinds::NUMBER), ["2", "mid-1990s", "third-largest"]);
        assert_eq!(starting(Kinds::CLAIM), ["third-largest"]);
        assert_eq!(starting(Kinds::PRONOUN), ["he", "her"]);
        assert_eq!(starting(Kinds::SOURCE), ["officials", "the", "the"]);
    }
}
