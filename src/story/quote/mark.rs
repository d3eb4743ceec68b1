//! A double quotation mark, as both passes over a paragraph know it.

use super::Marks;
use crate::text::Span;

/// Which way a mark faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facing {
    Opens,
    Closes,
    /// The spacing does not tell: `word"word`.
    Either,
}

/// A quotation mark: one token, or two for `''`.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteMark {
    /// Where it is.
    pub(super) span: Span,
    /// How it looks.
    pub(super) marks: Marks,
    /// Which way it faces.
    pub(super) facing: Facing,
    /// First and last token.
    pub(super) tokens: (usize, usize),
}
