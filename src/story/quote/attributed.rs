//! Whether a reader can tell who says a quote.

use super::cues::{Saying, cue};
use super::{Basis, Quote, QuoteKind};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, TokenKind};
use crate::story::Story;

/// Shorter quotes are too often slogans, chants and echoes of what was just said.
const MIN_WORDS: usize = 5;
/// A line of this many words after a quote may be its signature.
const SIGNATURE_WORDS: usize = 12;

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
}

/// Whether nothing but quotes stands in the paragraph of the quote at `index`.
fn stands_alone(paragraph: &Paragraph, quotes: &[Quote], index: usize) -> bool {
    let Some(quote) = quotes.get(index) else { return false };
    let here = quote.passage.paragraph;
    let first = quotes.partition_point(|q| q.passage.paragraph < here);
    let inside: usize = quotes.iter().skip(first).take_while(|q| q.passage.paragraph == here).map(|q| q.words).sum();
    inside + 1 >= paragraph.word_count()
}

/// Whether a paragraph is the signature of the quote before it, or begins with its attribution.
fn signs(next: &Paragraph) -> bool {
    let words = next.word_count();
    let stop = next.tokens.len().checked_sub(1).map_or("", |i| next.word(i));
    // A dash before a name signs; with another one behind, it sets off a subheading.
    // In plain text and Markdown, a hyphen makes it the item of a list.
    let dashed = matches!(next.word(0), "—" | "–" | "-" | "--" | "―") || next.kind == BlockKind::ListItem;
    if dashed && words <= SIGNATURE_WORDS && next.tokens.iter().skip(1).all(|t| t.kind != TokenKind::Punct || !t.spaced)
    {
        return true;
    }
    let said = |i: usize| cue(next.low(i)).is_some_and(|c| c.saying == Saying::Strong && !c.plain && !c.participle);
    let back = matches!(next.low(0), "that" | "those" | "these" | "such" | "so" | "thus");
    let refers_back = back && (1..8).any(|i| said(i) || is_speech_noun(next.low(i)));
    let pronoun = matches!(next.low(0), "he" | "she" | "they") && said(1) && words <= SIGNATURE_WORDS;
    let is_name = next.tokens.first().is_some_and(|t| t.capital) && (2..=SIGNATURE_WORDS).contains(&words);
    let line = is_name && !matches!(stop, "." | "?" | "!" | ":" | "”" | "\"");
    said(0) || refers_back || pronoun || line
}

/// `the message`, `such words`: what a sentence that looks back at a quote calls it.
fn is_speech_noun(word: &str) -> bool {
    lexicon::quotes::NOUNS_OF_SPEECH.contains(word)
}
