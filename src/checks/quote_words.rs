//! The words of quotes, made alike so that they can be compared.

use crate::prose::Paragraph;
use crate::story::quote;
use crate::text::Span;

/// The words and numbers in `span`, in lower case with marks folded; bracketed insertions are kept as words.
pub(super) fn words(p: &Paragraph, span: Span) -> Vec<&str> {
    quote::words(p, span).collect()
}

/// Whether `part` stands in `whole`, word by word. Both are short: the words of two quotes, or of a headline's.
pub(super) fn holds(whole: &[&str], part: &[&str]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}
