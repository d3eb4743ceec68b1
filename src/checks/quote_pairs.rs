//! `quote-pairs`: quotation marks that open and never close, or close what was never opened.

use super::Hit;
use crate::finding::Applicability;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::Rule;
use crate::story::quote::Marks;
use crate::story::{Quote, Story};
use crate::text::Span;

/// Adds a hit for each mark without a partner; the param `missing` says which partner is looked for.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    match rule.text("missing") {
        Some("opening") => without_opening(story, out),
        _ => without_closing(story, out),
    }
}

fn without_closing(story: &Story, out: &mut Vec<Hit>) {
    for (index, quote) in story.quotes.iter().enumerate() {
        let number = quote.passage.paragraph();
        let p = story.paragraph(number);
        if quote.closed || !p.kind.is_body() || holds_markup(p) {
            continue;
        }
        // A quote that runs on over paragraphs is closed only in the last of them.
        let next = story.quotes[index + 1..].iter().find(|q| story.paragraph(q.passage.paragraph()).kind.is_body());
        if next.is_some_and(|q| q.continued) {
            continue;
        }
        let mark = Span { start: quote.passage.span.start, end: quote.inner.start };
        // A continued quote may lack its own opening mark; then there is nothing to point at.
        if mark.is_empty() {
            continue;
        }
        let first = p.tokens_in(quote.inner).start;
        let shown = p.tokens.get(first).map_or(mark, |token| mark.to(token.span));
        let hit = Hit::at(Passage::new(number, shown));
        out.push(hit.insert(
            quote.passage,
            end_of_speech(p, quote),
            closing(quote.marks),
            "Close the quote",
            Applicability::Suggested,
        ));
    }
}

/// Embeds and tags that were left in the text hold marks of their own.
fn holds_markup(p: &Paragraph) -> bool {
    p.text.contains(['<', '>']) || p.text.contains("http")
}

fn closing(marks: Marks) -> &'static str {
    match marks {
        Marks::StraightDouble => "\"",
        Marks::CurlySingle => "’",
        Marks::StraightSingle => "'",
        Marks::CurlyDouble | Marks::Other => "”",
    }
}

/// Where the speech seems to end: at the comma before `she said`, or with the paragraph.
fn end_of_speech(p: &Paragraph, quote: &Quote) -> u32 {
    for at in p.tokens_in(quote.inner) {
        if !matches!(p.word(at), "," | "?" | "!") {
            continue;
        }
        let subject = p.tokens.get(at + 1).is_some_and(|t| t.capital) || is_pronoun(p.low(at + 1));
        if subject && is_said(p.low(at + 2)) || is_said(p.low(at + 1)) {
            return p.tokens.get(at).map_or(quote.inner.end, |t| t.span.end);
        }
    }
    quote.inner.end
}

fn is_pronoun(low: &str) -> bool {
    matches!(low, "he" | "she" | "they")
}

fn is_said(low: &str) -> bool {
    matches!(low, "said" | "says" | "added" | "told")
}

fn without_opening(story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs.iter().enumerate() {
        let p = &read.paragraph;
        if !p.kind.is_body() || read.quotes.strays.is_empty() || holds_markup(p) {
            continue;
        }
        // Read as the end of a quote that the paragraph before left open.
        let closes = |stray: &Span| {
            let from = story.quotes.partition_point(|q| q.passage.paragraph() < number);
            // Only the first quote of a paragraph can be one that goes on.
            let first = story.quotes.get(from).filter(|q| q.passage.paragraph() == number);
            first.is_some_and(|q| q.passage.span.end == stray.end)
        };
        for stray in read.quotes.strays.iter().filter(|stray| !closes(stray)) {
            let before = p.tokens_in(Span { start: 0, end: stray.start }).end;
            let word =
                before.checked_sub(1).and_then(|i| (0..=i).rev().find(|&i| p.tokens[i].kind != TokenKind::Punct));
            let Some(word) = word else { continue };
            // `6’2”`: feet and inches.
            let touches = p.tokens.get(before.saturating_sub(1)).is_some_and(|t| t.span.end == stray.start);
            if touches && p.tokens.get(before.saturating_sub(1)).is_some_and(|t| t.kind == TokenKind::Number) {
                continue;
            }
            let hit = Hit::at(Passage::new(number, p.tokens[word].span.to(*stray)));
            let sentence = p.sentence_at(stray.start.saturating_sub(1)).and_then(|i| p.sentences.get(i));
            let start = sentence.map_or(0, |s| s.span.start);
            let mark = if p.slice(*stray) == "\"" { "\"" } else { "“" };
            let near = Passage::new(number, *stray);
            out.push(hit.insert(
                near,
                start,
                mark,
                "Open the quote at the start of the sentence",
                Applicability::Suggested,
            ));
        }
    }
}
