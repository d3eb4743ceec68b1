//! A sentence as the readers of claims go through it: word by word, without what is between quotation marks.

use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::story::person::lists::class_of;

/// A sentence's own tokens, without those between quotation marks.
pub(super) struct UnquotedWords<'p> {
    pub paragraph: &'p Paragraph,
    /// Ascending indexes of tokens.
    pub tokens: Vec<usize>,
}

impl<'p> UnquotedWords<'p> {
    /// The `n`th word from position `at`, in lower case; empty past either end.
    pub(super) fn low(&self, at: usize, n: isize) -> &'p str {
        let index = at.checked_add_signed(n).and_then(|at| self.tokens.get(at));
        index.map_or("", |&token| self.paragraph.low(token))
    }

    /// Whether the `n`th word from position `at` has a capital, and not only because it opens the sentence.
    pub(super) fn is_capital(&self, at: usize, n: isize) -> bool {
        at.checked_add_signed(n).is_some_and(|at| self.capital(at) && (at > 0 || class_of(self.low(at, 0)).is_none()))
    }

    /// Whether the word at position `at` has a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).and_then(|&t| self.paragraph.tokens.get(t)).is_some_and(|t| t.capital)
    }

    /// Whether the word at position `at` is a number.
    pub(super) fn is_number(&self, at: usize) -> bool {
        let token = self.tokens.get(at).and_then(|&t| self.paragraph.tokens.get(t));
        token.is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Whether the sentence speaks of those who speak.
    pub(super) fn in_first_person(&self) -> bool {
        (0..self.tokens.len()).any(|at| matches!(self.low(at, 0), "i" | "we" | "me" | "us" | "my" | "our"))
    }

    /// Whether one of `words` is within `reach` words after position `at`.
    pub(super) fn soon(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        (1..=reach as isize).any(|n| words.contains(&self.low(at, n)))
    }

    /// The same for a list of the lexicon.
    pub(super) fn soon_of(&self, at: usize, reach: usize, words: &lexicon::WordList) -> bool {
        (1..=reach as isize).any(|n| words.contains(self.low(at, n)))
    }
}
