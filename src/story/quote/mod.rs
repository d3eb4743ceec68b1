//! Quotes, the words of saying, and who says them.

mod marks;

use std::sync::Arc;

use super::{Person, Read};
use crate::prose::{Paragraph, Passage};
use crate::text::Span;

/// What a paragraph says of quotes by itself.
#[derive(Debug, Default)]
pub struct Local {
    /// Stretches in quotation marks, outermost only, in order.
    pub quoted: Vec<Quoted>,
    /// Closing marks that close nothing in this paragraph, in order.
    pub strays: Vec<Span>,
}

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether it has a closing mark in this paragraph.
    pub closed: bool,
    /// Which marks.
    pub marks: Marks,
    /// Quotes inside it, with their marks.
    pub nested: Vec<Span>,
}

/// Which quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marks {
    /// “ ”
    CurlyDouble,
    /// " "
    StraightDouble,
    /// ‘ ’
    CurlySingle,
    /// ' '
    StraightSingle,
    /// « », „ “ and what other languages use.
    Other,
}

/// What a quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// One or more full sentences.
    Direct,
    /// A part of a sentence: `called it “close to zero.”`
    Partial,
    /// A word or two that nobody is said to have said: `the “expert”`.
    Scare,
    /// The title of a work, a nickname, a word as a word.
    Title,
}

/// A quote, or the part of one that stands in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks.
    pub passage: Passage,
    /// Without its marks.
    pub inner: Span,
    /// What it is.
    pub kind: QuoteKind,
    /// Which marks.
    pub marks: Marks,
    /// Whether it has a closing mark in this paragraph.
    pub closed: bool,
    /// The paragraph before ended inside this quote, which goes on here.
    pub continued: bool,
    /// Words between the marks.
    pub words: usize,
    /// Quotes inside it, with their marks.
    pub nested: Vec<Span>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The word of saying: `said`, `according to`, a colon.
    pub cue: Option<Passage>,
}

/// Who says a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker beside the quote: `Majdi Khalidi`, `he`, `officials`.
    pub passage: Passage,
    /// Index in the story's people, when it is clear who is meant.
    pub person: Option<usize>,
    /// Indexes of the people a pronoun may stand for, when more than one may be meant.
    pub candidates: Vec<usize>,
}

/// What a paragraph says of quotes by itself.
pub fn read(paragraph: &Paragraph) -> Local {
    marks::find(paragraph)
}

/// Links quotes over paragraphs and finds their speakers.
pub fn link(paragraphs: &[Arc<Read>], _people: &[Person]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (index, read) in paragraphs.iter().enumerate() {
        for quoted in &read.quotes.quoted {
            let paragraph = &read.paragraph;
            quotes.push(Quote {
                passage: Passage::new(index, quoted.span),
                inner: quoted.inner,
                kind: QuoteKind::Direct,
                marks: quoted.marks,
                closed: quoted.closed,
                continued: false,
                words: paragraph.tokens_in(quoted.inner).count(),
                nested: quoted.nested.clone(),
                speaker: None,
                cue: None,
            });
        }
    }
    quotes
}
