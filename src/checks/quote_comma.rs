//! `quote-comma`: the comma between a quote and its attribution: outside the marks, or missing.

use crate::finding::Applicability;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::paragraph_index::Signs;
use crate::story::quote::{Basis, Marks, QuoteKind, Quoted, mark_behind};
use crate::story::{Quote, Story, Window};
use crate::text::Span;

/// The checks of this file, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new(
        "quote-comma",
        Run::Local(run),
        &[choice("fault", &["outside", "missing"], "outside (after the marks) or missing")],
    ),
    Check::new("quote-comma-mixed", Run::Story(mixed), &[]),
];

/// The param `fault` says what is looked for: `outside` the marks, or `missing`.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    match rule.text("fault") {
        Some("outside") => outside(window, out),
        _ => missing(window, out),
    }
}

fn is_double(marks: Marks) -> bool {
    matches!(marks, Marks::CurlyDouble | Marks::StraightDouble)
}

/// Moves the mark at token `at` inside the quote.
fn moved(p: &Paragraph, number: usize, inner_end: u32, end: u32, at: usize) -> Option<Hit> {
    let token = p.tokens.get(at)?;
    let span = Span { start: inner_end, end: token.span.end };
    let closing = p.slice(Span { start: inner_end, end });
    let text = format!("{}{closing}", p.word(at));
    let passage = Passage::new(number, span);
    Some(Hit::at(passage).arg("found", p.slice(span)).arg("use", text.clone()).replace(
        passage,
        text,
        Applicability::Safe,
    ))
}

fn outside(window: &Window, out: &mut Vec<Hit>) {
    for (number, read) in window.own_paragraphs() {
        let p = &read.paragraph;
        for quoted in read.quotes.quoted.iter().filter(|q| q.closed && is_double(q.marks)) {
            let Some(at) = mark_behind(p, quoted.span) else { continue };
            if !stops_already(p, quoted) {
                out.extend(moved(p, number, quoted.inner.end, quoted.span.end, at));
            }
        }
    }
}

/// Whether the words between the marks end with a mark of their own: `“Why?”, he asked`.
fn stops_already(p: &Paragraph, quoted: &Quoted) -> bool {
    p.slice(quoted.inner).trim_end().ends_with(['.', ',', '?', '!', '…', '—', '-', ')', '\'', '’'])
}

/// `quote-comma-mixed`: commas before an attribution, inside and outside, where most are inside.
pub(super) fn mixed(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let attributed = |q: &&Quote| {
        q.closed
            && is_double(q.marks)
            && q.basis == Basis::Behind
            && matches!(q.kind, QuoteKind::Direct | QuoteKind::Partial)
    };
    if story.paragraphs_with(Signs::MARK_BEHIND_QUOTE).next().is_none() {
        return;
    }
    let mut inside = 0usize;
    let mut outside = Vec::new();
    for quote in story.quotes.iter().filter(attributed) {
        let p = story.paragraph(quote.passage.paragraph());
        let inner = p.slice(quote.inner);
        if inner.ends_with(',') {
            inside += 1;
        } else if let Some(at) = mark_behind(p, quote.passage.span).filter(|&at| p.word(at) == ",")
            && inner.ends_with(char::is_alphanumeric)
        {
            outside.push((quote, at));
        }
    }
    if inside < outside.len() || inside == 0 {
        return;
    }
    for (quote, at) in outside {
        let number = quote.passage.paragraph();
        out.extend(moved(story.paragraph(number), number, quote.inner.end, quote.passage.span.end, at));
    }
}

/// “We won” he said.
fn missing(window: &Window, out: &mut Vec<Hit>) {
    for (number, read) in window.own_paragraphs() {
        let p = &read.paragraph;
        if !p.kind.is_body() {
            continue;
        }
        for quoted in read.quotes.quoted.iter().filter(|q| q.closed && is_double(q.marks)) {
            let inside = p.tokens_in(quoted.inner);
            let Some(last) = inside.clone().next_back() else { continue };
            let behind = p.token_at(quoted.span.end);
            let word = p.tokens[last].kind == TokenKind::Word;
            let starts = p.tokens.get(inside.start).is_some_and(|t| t.capital);
            if quoted.kind == QuoteKind::Title || quoted.words < 2 || !word || !starts || !attribution(p, behind) {
                continue;
            }
            let mark = p.slice(Span { start: quoted.inner.end, end: quoted.span.end });
            let shown = p.tokens[last].span.to(Span { start: quoted.inner.end, end: quoted.span.end });
            let hit = Hit::at(Passage::new(number, shown)).arg("found", p.slice(shown));
            let title = format!("Insert a comma: “,{mark}");
            let near = Passage::new(number, quoted.span);
            out.push(hit.insert(near, quoted.inner.end, ",", title, Applicability::Suggested));
        }
    }
}

/// `he said`, `Ruiz said` and a sentence or clause that ends there.
fn attribution(p: &Paragraph, at: usize) -> bool {
    let said = |i: usize| matches!(p.low(i), "said" | "says" | "added" | "asked" | "explained" | "replied");
    let subject = matches!(p.low(at), "he" | "she" | "they") || p.tokens.get(at).is_some_and(|t| t.capital && t.spaced);
    let ends = matches!(p.low(at + 2), "." | "," | ";" | "" | "of" | "in" | "on" | "after" | "as" | "when" | "during");
    subject && said(at + 1) && ends
}
