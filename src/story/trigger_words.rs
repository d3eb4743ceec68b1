//! The words by which facts start. Each word of a paragraph is looked up here once, so that the readers, which each know
//! some dozens or hundreds of words, look only at those that may start a fact of theirs.
//!
//! A reader still decides by itself: a word that is listed here and starts nothing costs a little time, and a word that a
//! reader knows and that is missing here is never seen by it.

use std::ops::BitOr;

use crate::prose::{Paragraph, Token, TokenKind, without_possessive};
use crate::text::WordMap;

/// A set of kinds of fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Triggers(u16);

impl Triggers {
    /// A word that shows a claim.
    pub const CLAIM: Self = Self(1);
    /// The main word of a phrase that names a source.
    pub const SOURCE: Self = Self(1 << 1);
    /// A word that may be in a time expression: one of the lexicon of times, or one that its readers ask for.
    pub const TIME: Self = Self(1 << 2);
    /// A number in figures or in words, or a part of one.
    pub const NUMBER: Self = Self(1 << 3);
    /// `he`, `her`.
    pub const PRONOUN: Self = Self(1 << 4);
    /// A word of crimes and courts.
    pub const CRIME: Self = Self(1 << 5);
    /// The first word of a named day.
    pub const NAMED_DAY: Self = Self(1 << 6);
    /// A word of which each time expression has at least one; names of days are the exception.
    pub const TIME_ANCHOR: Self = Self(1 << 7);
    /// The first word of an outlet's name, or the article before it.
    pub const OUTLET: Self = Self(1 << 8);
    /// The first word of a source that nobody can ask: `rumors`, `social` of `social media`.
    pub const VAGUE: Self = Self(1 << 9);
    /// A word by which it is said that something was said, and not by whom.
    pub const NO_AGENT: Self = Self(1 << 10);
    /// A noun that names of organisations end in.
    pub const ORGANISATION: Self = Self(1 << 11);
    /// The last word of an office: `minister`.
    pub const OFFICE: Self = Self(1 << 12);

    /// Whether any of `kinds` is among them.
    pub fn any_of(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

impl BitOr for Triggers {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What each word of a paragraph may start.
#[derive(Debug)]
pub(crate) struct TriggerWords {
    of_tokens: Vec<Triggers>,
    /// What any of them may start.
    of_any: Triggers,
}

impl TriggerWords {
    /// Looks all words of `paragraph` up in `words`.
    pub fn of(paragraph: &Paragraph, words: &WordMap<Triggers>) -> Self {
        let of_tokens: Vec<Triggers> = paragraph.tokens.iter().map(|token| look_up(words, paragraph, token)).collect();
        let of_any = of_tokens.iter().copied().fold(Triggers::default(), Triggers::bitor);
        Self { of_tokens, of_any }
    }

    /// Whether any word may start one of `kinds`.
    pub fn any_of(&self, kinds: Triggers) -> bool {
        self.of_any.any_of(kinds)
    }

    /// The indexes of the tokens that may start one of `kinds`.
    pub fn of_kind(&self, kinds: Triggers) -> impl Iterator<Item = usize> {
        let tokens = if self.any_of(kinds) { &*self.of_tokens } else { &[] };
        tokens.iter().enumerate().filter(move |(_, own)| own.any_of(kinds)).map(|(index, _)| index)
    }

    /// What token `index` may start, by itself or by one of its parts; nothing past the last one.
    pub fn at(&self, index: usize) -> Triggers {
        self.of_tokens.get(index).copied().unwrap_or_default()
    }
}

fn look_up(words: &WordMap<Triggers>, paragraph: &Paragraph, token: &Token) -> Triggers {
    if token.kind == TokenKind::Punct {
        return Triggers::default();
    }
    let low = &paragraph.folded.lower.as_bytes()[token.fold.range()];
    let own = match low {
        [b'0'..=b'9', ..] => IN_FIGURES,
        [b'a'] => words.get_bytes(low).unwrap_or_default(),
        [_] => return Triggers::default(),
        _ => words.get_bytes(low).unwrap_or_default(),
    };
    if !token.abbreviation && !token.joined {
        return own;
    }
    own | in_parts(words, &paragraph.folded.lower[token.fold.range()])
}

/// What a number in figures may start.
const IN_FIGURES: Triggers = Triggers(Triggers::NUMBER.0 | Triggers::TIME_ANCHOR.0);

fn starts_with_digit(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// What the parts of a word may start, and the word without its ending: `third` and `largest` of `third-largest`, `monday`
/// of `Monday’s`, `feb` of `Feb.` and of `mid-Feb.`, and the number of `mid-1990s`.
fn in_parts(words: &WordMap<Triggers>, low: &str) -> Triggers {
    let bare = |part: &'_ str| {
        let part = without_possessive(part);
        words.get(part.strip_suffix('.').unwrap_or(part)).unwrap_or_default()
    };
    let of_part = |part: &str| if starts_with_digit(part) { bare(part) | IN_FIGURES } else { bare(part) };
    low.split('-').map(of_part).fold(bare(low), Triggers::bitor)
}
