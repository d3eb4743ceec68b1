//! A block's prose, taken apart into tokens and sentences, with a folded copy for matching.

mod abbreviations;
mod enumeration;
mod fold;
mod sentences;
mod statistics;
mod syllables;
mod tokens;
mod vocabulary;

pub use abbreviations::{is_month, is_month_abbreviation, is_title_abbreviation};
pub use fold::Folded;
pub use statistics::{TextStatistics, WORDS_A_MINUTE, words_of};
pub use syllables::syllables;
pub use tokens::{Token, TokenKind};
pub use vocabulary::Vocabulary;

use std::sync::Arc;

use crate::markup::{Block, BlockKind};
use crate::text::{Shift, SourceRange, Span};

/// A sentence of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sentence {
    /// From its first to its last character, closing quotation mark included.
    pub span: Span,
    /// Index of its first token in [`Paragraph::tokens`].
    pub first: u32,
    /// One past the index of its last token.
    pub last: u32,
}

impl Sentence {
    /// The indexes of its tokens.
    pub fn tokens(self) -> std::ops::Range<usize> {
        self.first as usize..self.last as usize
    }
}

/// A block with its prose taken apart. Pure function of the block's kind and prose, so it can be cached by these.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// What the block is in the story.
    pub kind: BlockKind,
    /// The prose. All spans count its bytes.
    pub text: Arc<str>,
    /// It is in another language than English, so that its words are not read.
    pub foreign: bool,
    /// The prose with typographic marks folded to ASCII, for matching.
    pub folded: Folded,
    /// Words, numbers and punctuation in order; white space is in none.
    pub tokens: Vec<Token>,
    /// In order; every token is in exactly one sentence.
    pub sentences: Vec<Sentence>,
    /// How many words and numbers it has.
    words: u32,
    /// Its words in lower case, without a possessive ending, and the parts of those with hyphens.
    pub vocabulary: Vocabulary,
}

impl Paragraph {
    /// Takes `text` apart as a block of kind `kind`.
    pub fn new(kind: BlockKind, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let folded = Folded::of(&text);
        let mut tokens = tokens::tokenize(&text, &folded);
        let mut sentences = sentences::split(&text, &tokens);
        // Paragraphs are kept, and a long story has thousands of them.
        tokens.shrink_to_fit();
        sentences.shrink_to_fit();
        let mut words = 0;
        let mut vocabulary = Vocabulary::default();
        for token in tokens.iter().filter(|token| token.kind != TokenKind::Punct) {
            words += 1;
            if token.kind == TokenKind::Number {
                continue;
            }
            let low = &folded.lower.as_bytes()[token.fold.range()];
            if !token.joined {
                vocabulary.insert(low);
                continue;
            }
            let bare = low.strip_suffix(b"'s").unwrap_or(low);
            vocabulary.insert(bare);
            if bare.contains(&b'-') {
                bare.split(|&byte| byte == b'-').for_each(|part| vocabulary.insert(part));
            }
        }
        Self { kind, text, foreign: false, folded, tokens, sentences, words, vocabulary }
    }

    /// Takes a block's prose apart.
    pub fn of_block(block: &Block) -> Self {
        Self { foreign: block.foreign, ..Self::new(block.kind, Arc::clone(&block.prose)) }
    }

    /// The prose at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The text of token `index` as written; empty past the last token.
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |t| &self.text[t.span.range()])
    }

    /// The text of token `index` in lower case with typographic marks folded to ASCII; empty past the last token.
    pub fn low(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |t| &self.folded.lower[t.fold.range()])
    }

    /// The span from the start of token `first` to the end of token `last` (inclusive).
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        Span { start: self.tokens[first].span.start, end: self.tokens[last].span.end }
    }

    /// Index of the first token that ends after byte `offset`; the number of tokens when there is none.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= offset)
    }

    /// The indexes of the tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.token_at(span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        first..last.max(first)
    }

    /// The sentence that holds byte `offset`, or that comes next, or the last one; `None` when there is no sentence.
    pub fn sentence_at(&self, offset: u32) -> Option<Sentence> {
        let index = self.sentences.partition_point(|s| s.span.end <= offset);
        self.sentences.get(index).or(self.sentences.last()).copied()
    }

    /// Whether `other`, which was made of this one by `shift`, has the same sentences, moved.
    pub(crate) fn has_same_sentences(&self, other: &Self, shift: &Shift) -> bool {
        let start = |sentence: &Sentence| sentence.span.start();
        let moved = self.sentences.iter().map(|sentence| match start(sentence) {
            start if start <= shift.from => Some(start),
            start => start.checked_sub(shift.until).map(|behind| behind + shift.now),
        });
        moved.eq(other.sentences.iter().map(|sentence| Some(start(sentence))))
    }

    /// Whether what is at `span` is a piece of an address or of a file's name: `digital.example.org`, `notes.txt`.
    pub(crate) fn is_in_address(&self, span: Span) -> bool {
        let bytes = self.text.as_bytes();
        let joins = |byte: Option<&u8>| matches!(byte, Some(b'.' | b'/' | b'@' | b'_'));
        // Most words have no such mark beside them.
        if !joins(span.start().checked_sub(1).and_then(|at| bytes.get(at))) && !joins(bytes.get(span.end())) {
            return false;
        }
        let is_blank = |byte: &u8| byte.is_ascii_whitespace();
        let start = bytes[..span.start()].iter().rposition(is_blank).map_or(0, |at| at + 1);
        let end = bytes[span.end()..].iter().position(is_blank).map_or(bytes.len(), |at| span.end() + at);
        let whole = &self.text[start..end];
        // A point between letters that go on in lower case; two on each side, because “a.m.” is none.
        let is_point = |part: &[u8]| {
            let [a, b, b'.', c, d] = part else { return false };
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && c.is_ascii_lowercase() && d.is_ascii_lowercase()
        };
        whole.contains("://") || whole.as_bytes().windows(5).any(is_point)
    }

    /// Whether token `at` is the first of its sentence.
    pub fn opens_sentence(&self, at: usize) -> bool {
        let sentence = self.tokens.get(at).and_then(|token| self.sentence_at(token.span.start));
        sentence.is_some_and(|sentence| sentence.first as usize == at)
    }

    /// `span` without the possessive ending that its words may have.
    pub fn without_possessive(&self, span: Span) -> Span {
        Span { start: span.start, end: span.start + without_possessive(self.slice(span)).len() as u32 }
    }

    /// The word at token `at` in lower case, without a possessive ending.
    pub fn bare_low(&self, at: usize) -> &str {
        without_possessive(self.low(at))
    }

    /// Whether the word at token `at` is in the possessive: `Ruiz’s`, `the voters’`.
    pub fn is_possessive(&self, at: usize) -> bool {
        let low = self.low(at);
        low.ends_with("'s") || low.ends_with("s'") || low.ends_with('s') && self.low(at + 1) == "'"
    }

    /// Whether an apostrophe is right behind `span`, as in the possessive of a day or of a name.
    pub fn is_apostrophe_behind(&self, span: Span) -> bool {
        self.text.get(span.end()..).is_some_and(|behind| behind.starts_with(['\'', '’']))
    }

    /// How many words and numbers it has.
    pub fn word_count(&self) -> usize {
        self.words as usize
    }
}

/// `words` without a possessive ending, whichever apostrophe it has: `Abbas` for `Abbas’s`.
pub(crate) fn without_possessive(words: &str) -> &str {
    let endings = ["’s", "'s", "’S", "'S"];
    endings.iter().find_map(|ending| words.strip_suffix(ending)).unwrap_or(words)
}

/// Whether a word ends in the `’s` of the possessive, which `it’s` and `let’s` do as well.
pub(crate) fn has_possessive_s(word: &str) -> bool {
    without_possessive(word).len() < word.len()
}

/// A place in the story's prose: which paragraph, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage {
    /// Index of the paragraph in the story.
    pub paragraph: u32,
    /// Bytes of that paragraph's prose.
    pub span: Span,
}

impl Passage {
    /// The stretch `span` of paragraph number `paragraph`.
    pub fn new(paragraph: usize, span: Span) -> Self {
        Self { paragraph: paragraph as u32, span }
    }

    /// Index of the paragraph in the story.
    pub fn paragraph(self) -> usize {
        self.paragraph as usize
    }

    /// The source bytes, given the blocks the paragraphs were made of.
    pub fn to_source(self, blocks: &[Block]) -> SourceRange {
        blocks[self.paragraph()].to_source(self.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph::new(BlockKind::Paragraph, text.to_owned())
    }

    #[test]
    fn the_first_word_of_each_sentence_opens_it() {
        let p = paragraph("The pier is open. “It stays so,” Ruiz said. No");
        let openers: Vec<&str> =
            (0..p.tokens.len() + 1).filter(|&at| p.opens_sentence(at)).map(|at| p.word(at)).collect();
        assert_eq!(openers, ["The", "“", "No"]);
        assert_eq!(paragraph("").sentence_at(0), None);
        assert_eq!(p.sentence_at(u32::MAX), p.sentences.last().copied(), "there is no next one after the last");
    }

    #[test]
    fn possessive_endings_are_taken_off() {
        for (words, bare) in [("Harbor City’s", "Harbor City"), ("Ruiz's", "Ruiz"), ("Abbas’", "Abbas’"), ("’s", "")]
        {
            let p = paragraph(words);
            assert_eq!(p.slice(p.without_possessive(Span::new(0, words.len()))), bare);
        }
    }
}
