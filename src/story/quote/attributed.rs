//! Whether a reader can tell who says a quote.

use super::lines::signs;
use super::{Basis, Quote, QuoteKind};
use crate::markup::BlockKind;
use crate::prose::Paragraph;
use crate::story::Story;

/// Shorter quotes are too often slogans, chants and echoes of what was just said.
const MIN_WORDS: usize = 5;

/// Why a quote needs an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The paragraph before tells what somebody said, so a reader may guess.
    Guessable,
    /// Nothing near the quote says who speaks.
    Nothing,
}

/// Why the quote at `index` of the story's quotes needs an attribution; `None` when it does not.
///
/// Asks for little but is sure: a direct quote that has its paragraph to itself, that does not go on from the paragraph
/// before, and that nothing before or after introduces or signs.
pub fn needs_attribution(story: &Story, index: usize) -> Option<Reason> {
    if !lacks_attribution(story, index) {
        return None;
    }
    // Of several in a row the first is enough: its answer answers the others.
    let quote = story.quotes.get(index)?;
    let follows_another = index.checked_sub(1).is_some_and(|before| {
        let near = story.quotes.get(before).is_some_and(|q| quote.passage.paragraph - q.passage.paragraph <= 1);
        near && lacks_attribution(story, before)
    });
    if follows_another {
        return None;
    }
    Some(if quote.basis == Basis::Paraphrase { Reason::Guessable } else { Reason::Nothing })
}

fn lacks_attribution(story: &Story, index: usize) -> bool {
    let Some(quote) = story.quotes.get(index) else { return false };
    let number = quote.passage.paragraph();
    let Some(read) = story.paragraphs.get(number) else { return false };
    quote.kind == QuoteKind::Direct
        && quote.words >= MIN_WORDS
        && !quote.continued
        && matches!(quote.basis, Basis::Paraphrase | Basis::Nothing)
        && read.paragraph.kind == BlockKind::Paragraph
        && stands_alone(&read.paragraph, story.quotes, index)
        && story.paragraphs.iter().take(number).rev().any(|r| r.paragraph.kind == BlockKind::Paragraph)
        && !story.paragraphs.get(number + 1).is_some_and(|next| signs(&next.paragraph))
        && !is_led_in(story, number)
        && !is_noted(&read.paragraph, quote)
        && !is_torn(story, quote)
}

/// Whether a quote of its paragraph is still open where another one begins: who says which words is then for whoever closes it.
fn is_torn(story: &Story, quote: &Quote) -> bool {
    let here = quote.passage.paragraph;
    let first = story.quotes.partition_point(|q| q.passage.paragraph < here);
    let mut inside = story.quotes.iter().skip(first).take_while(|q| q.passage.paragraph == here).peekable();
    std::iter::from_fn(|| inside.next().map(|q| (q, inside.peek().is_some()))).any(|(q, goes_on)| !q.closed && goes_on)
}

/// Whether a note behind the quote names its source: `“…” [3]`.
fn is_noted(paragraph: &Paragraph, quote: &Quote) -> bool {
    let behind = paragraph.text.get(quote.passage.span.end()..).unwrap_or_default().trim();
    let inner = behind.strip_prefix('[').and_then(|rest| rest.split(']').next());
    inner.is_some_and(|mark| !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the paragraph before leads in to the quote: “Here is what Finch wrote to the council:”
fn is_led_in(story: &Story, number: usize) -> bool {
    let before = number.checked_sub(1).and_then(|before| story.paragraphs.get(before));
    before.is_some_and(|read| read.paragraph.kind.is_body() && read.paragraph.text.trim_end().ends_with(':'))
}

/// Whether nothing but quotes is in the paragraph of the quote at `index`.
fn stands_alone(paragraph: &Paragraph, quotes: &[Quote], index: usize) -> bool {
    let Some(quote) = quotes.get(index) else { return false };
    let here = quote.passage.paragraph;
    let first = quotes.partition_point(|q| q.passage.paragraph < here);
    let inside: usize = quotes.iter().skip(first).take_while(|q| q.passage.paragraph == here).map(|q| q.words).sum();
    inside + 1 >= paragraph.word_count()
}
