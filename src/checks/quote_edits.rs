//! `quote-edits`: signs that the words of a quote were cut or changed: ellipses and bracketed insertions.

use crate::finding::Severity;
use crate::prose::{Paragraph, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice, number};
use crate::story::ParagraphFacts;
use crate::story::quote::QuoteKind;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "quote-edits",
    Run::Paragraph(run),
    &[
        choice("sign", &["ellipsis", "bracket"], "ellipsis or bracket"),
        number("least", 1, "how many are found in one quote"),
    ],
)];

/// The param `sign` says what is looked for: `ellipsis` or `bracket`.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let brackets_wanted = rule.text("sign") == Some("bracket");
    // Most paragraphs have no such sign at all.
    let text = p.folded.text.as_bytes();
    let has_sign = || match brackets_wanted {
        true => memchr::memchr(b'[', text).is_some(),
        false => memchr::memmem::find(text, b"...").is_some(),
    };
    if read.quotes.quoted.is_empty() || !has_sign() {
        return;
    }
    for quoted in read.quotes.quoted.iter().filter(|q| q.kind != QuoteKind::Title) {
        let found = if brackets_wanted { brackets(p, quoted.inner) } else { ellipses(p, quoted.inner) };
        let least = rule.integer("least").and_then(|n| usize::try_from(n).ok()).unwrap_or(2);
        let Some(&last) = found.last() else { continue };
        if found.len() >= least {
            let hit = Hit::in_paragraph(last).arg("count", found.len().to_string()).arg("found", p.slice(last));
            out.push(hit);
        } else if rule.text("sign") == Some("ellipsis")
            && let Some(cut) = found.iter().find(|cut| is_inside(p, **cut, quoted.inner))
        {
            let message = "Words were cut from this quote at “{found}”: check that what is left says the same";
            out.push(Hit::in_paragraph(*cut).arg("found", p.slice(*cut)).message(message).at_most(Severity::Hint));
        }
    }
}

/// The dots in a quote. Before its first word and behind its last a voice trails off.
fn ellipses(p: &Paragraph, inner: Span) -> Vec<Span> {
    let inside = p.tokens_in(inner);
    let is_cut = |&at: &usize| matches!(p.low(at), "..." | "....") && at > inside.start && at + 1 < inside.end;
    inside.clone().filter(is_cut).map(|at| p.tokens[at].span).collect()
}

/// Whether words of the same sentence are on both sides: a cut, not a voice that trails off.
fn is_inside(p: &Paragraph, cut: Span, inner: Span) -> bool {
    let inside = p.tokens_in(inner);
    let at = p.token_at(cut.start);
    let word = |i: usize| p.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    at > inside.start && at + 1 < inside.end && word(at - 1) && word(at + 1)
}

/// `[the council]`, `[sic]` aside.
fn brackets(p: &Paragraph, inner: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for at in p.tokens_in(inner) {
        match (p.word(at), open) {
            ("[", _) => open = Some(at),
            ("]", Some(first)) => {
                if p.low(first + 1) != "sic" {
                    found.push(p.span_of(first, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}
