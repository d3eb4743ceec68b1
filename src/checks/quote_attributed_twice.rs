//! `quote-attributed-twice`: `She said, “…,” she said.`

use crate::finding::Applicability;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::ParagraphFacts;
use crate::story::quote::Quoted;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-attributed-twice", Run::Paragraph(run), &[])];

/// Adds a hit for each attribution behind a quote that has one in front of it as well.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    for quoted in read.quotes.quoted.iter().filter(|q| q.closed) {
        let first = p.tokens_in(quoted.span).start;
        let ahead = first >= 2 && matches!(p.word(first - 1), "," | ":") && is_said(p.low(first - 2));
        let Some(second) = attribution_behind(p, quoted).filter(|_| ahead) else { continue };
        let hit = Hit::in_paragraph(second).arg("found", p.slice(second));
        let Some(stop) = p.tokens.get(p.token_at(second.end)).filter(|t| p.slice(t.span) == ".") else {
            out.push(hit);
            continue;
        };
        // `,” she said.` becomes `.”`.
        let comma = p.slice(quoted.inner).ends_with(',');
        let from = quoted.inner.end - u32::from(comma);
        let mark = p.slice(Span { start: quoted.inner.end, end: quoted.span.end });
        let point = if comma { "." } else { "" };
        let edit =
            (HitPlace::Prose(Passage::new(0, Span { start: from, end: stop.span.end })), format!("{point}{mark}"));
        out.push(hit.fix("Delete the second attribution", Applicability::Suggested, vec![edit]));
    }
}

fn is_said(low: &str) -> bool {
    matches!(low, "said" | "says" | "added" | "replied" | "explained")
}

/// `she said`, `Ruiz said` right behind the quote, with the end of the sentence behind it.
fn attribution_behind(p: &Paragraph, quoted: &Quoted) -> Option<Span> {
    let at = p.token_at(quoted.span.end);
    let subject = matches!(p.low(at), "he" | "she" | "they") || p.tokens.get(at).is_some_and(|t| t.capital);
    let ends = matches!(p.word(at + 2), "." | "");
    (subject && is_said(p.low(at + 1)) && ends).then(|| p.span_of(at, at + 1))
}
