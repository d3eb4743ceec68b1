//! `quote-nesting`: a quote inside a quote with the same marks as the outer one.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::ParagraphFacts;
use crate::story::quote::Marks;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-nesting", Run::Paragraph(run), &[])];

/// Adds a hit for each inner quote whose marks are those of the quote around it.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    for quoted in &read.quotes.quoted {
        for nested in &quoted.nested {
            let text = p.slice(*nested);
            let (Some(open), Some(close)) = (text.chars().next(), text.chars().next_back()) else { continue };
            let (inner_open, inner_close) = match (quoted.marks, open) {
                (Marks::CurlyDouble, '“' | '”') => ("‘", "’"),
                (Marks::StraightDouble, '"') => ("'", "'"),
                _ => continue,
            };
            if *nested == quoted.inner {
                // `““late””`: nobody quotes anybody here.
                let outer = [(quoted.span.start, nested.start), (nested.end, quoted.span.end)];
                let edits =
                    outer.map(|(start, end)| (HitPlace::Prose(Passage::new(0, Span { start, end })), String::new()));
                let hit = Hit::in_paragraph(*nested).message("The quotation marks are doubled").arg("found", text);
                out.push(hit.fix(format!("Write {text}"), Applicability::Suggested, edits.to_vec()));
                continue;
            }
            let start = Span { start: nested.start, end: nested.start + open.len_utf8() as u32 };
            let end = Span { start: nested.end.saturating_sub(close.len_utf8() as u32), end: nested.end };
            let edits = [(start, inner_open), (end, inner_close)];
            let edits = edits.map(|(span, mark)| (HitPlace::Prose(Passage::new(0, span)), mark.to_owned())).to_vec();
            let hit = Hit::in_paragraph(*nested).arg("found", text);
            out.push(hit.fix("Use single marks inside the quote", Applicability::Suggested, edits));
        }
    }
}
