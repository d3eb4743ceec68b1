//! The places of tokens, as attributions give them.

use std::ops::Range;

use crate::prose::Paragraph;
use crate::text::Span;

/// The span of some tokens, in bytes of the prose, without a possessive at its end; empty where there are none.
pub(super) fn span(p: &Paragraph, range: &Range<usize>) -> Span {
    let end = range.end.min(p.tokens.len());
    if range.start >= end {
        return Span::default();
    }
    p.without_possessive(p.span_of(range.start, end - 1))
}

/// The span of one token, in bytes of the prose.
pub(super) fn word_span(p: &Paragraph, at: usize) -> Option<Span> {
    p.tokens.get(at).map(|t| t.span)
}
