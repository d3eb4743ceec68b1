//! `quote-mark-style`: straight and curly quotation marks in one story.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::quote::Marks;
use crate::story::{Quote, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-mark-style", Run::Story(run), &[])];

/// Adds one hit at the first quote whose marks are the rarer ones, with a fix for all of them.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let with = |marks: Marks| story.quotes.iter().filter(move |q| q.marks == marks && !q.continued);
    let (curly, straight) = (with(Marks::CurlyDouble).count(), with(Marks::StraightDouble).count());
    if curly == 0 || straight == 0 {
        return;
    }
    let (rarer, count, opening, closing) = if straight <= curly {
        (Marks::StraightDouble, straight, "“", "”")
    } else {
        (Marks::CurlyDouble, curly, "\"", "\"")
    };
    let Some(first) = with(rarer).next() else { return };
    let edits = with(rarer).flat_map(|quote| edits(quote, opening, closing)).collect();
    let (name, other) = if rarer == Marks::StraightDouble { ("straight", "curly") } else { ("curly", "straight") };
    let hit = Hit::at(opening_mark(first)).arg("found", name).arg("use", other).arg("count", count.to_string()).fix(
        format!("Make all quotation marks {other}"),
        Applicability::Safe,
        edits,
    );
    out.push(match story.quotes.iter().find(|q| q.marks != rarer) {
        Some(example) => hit.related(opening_mark(example), format!("{other} marks here")),
        None => hit,
    });
}

/// The mark alone: what is quoted is not at fault.
fn opening_mark(quote: &Quote) -> Passage {
    let span = Span { start: quote.passage.span.start, end: quote.inner.start };
    Passage { span, ..quote.passage }
}

fn edits(quote: &Quote, opening: &str, closing: &str) -> Vec<(HitPlace, String)> {
    let (span, inner) = (quote.passage.span, quote.inner);
    let edit = |start: u32, end: u32, text: &str| {
        (HitPlace::Prose(Passage { span: Span { start, end }, ..quote.passage }), text.to_owned())
    };
    let mut edits = vec![edit(span.start, inner.start, opening)];
    if quote.closed {
        edits.push(edit(inner.end, span.end, closing));
    }
    edits
}
