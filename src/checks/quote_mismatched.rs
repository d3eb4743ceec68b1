//! `quote-mismatched`: a quotation mark that cannot be the one that was meant: it faces the wrong way, is of another kind
//! than its partner, or is a double prime.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Place, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-mismatched", Run::Paragraph(run), &[])];

/// Adds a hit for each pair of marks of which one is wrong.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    if !p.kind.is_body() {
        return;
    }
    for quoted in read.quotes.quoted.iter().filter(|quoted| quoted.closed && quoted.words > 0) {
        let opening = Span { start: quoted.span.start, end: quoted.inner.start };
        let closing = Span { start: quoted.inner.end, end: quoted.span.end };
        let (wrong, right, message) = match (p.slice(opening), p.slice(closing)) {
            ("”", "”") => (opening, "“", "This mark opens a quote but faces the wrong way"),
            ("“", "“") => (closing, "”", "This mark closes a quote but faces the wrong way"),
            ("“", "″") => (closing, "”", "A double prime stands where a closing quotation mark belongs"),
            ("\"", "”") => (opening, "“", "A straight mark opens this quote, and a curly one closes it"),
            ("“", "\"") => (closing, "”", "A curly mark opens this quote, and a straight one closes it"),
            _ => continue,
        };
        // Marks in code and attributes that were left in the text are no slips.
        if p.text.contains(['<', '>', '=']) {
            continue;
        }
        let edit = (Place::Prose(Passage::new(0, wrong)), right.to_owned());
        let hit = Hit::in_paragraph(wrong).message(message);
        out.push(hit.fix(format!("Replace with {right}"), Applicability::Suggested, vec![edit]));
    }
}
