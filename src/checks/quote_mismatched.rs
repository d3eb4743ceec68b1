//! `quote-mismatched`: a quotation mark that cannot be the one that was meant: it faces the wrong way, is of another kind
//! than its partner, or is a double prime.

use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::paragraph_index::Signs;
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-mismatched", Run::Story(run), &[])];

/// Adds a hit for each pair of marks of which one is wrong.
///
/// One in a story is a slip of the keyboard; several come from a program or from copy that was pasted, and a desk that lets
/// them are wants a hint at most.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut found: Vec<Hit> = Vec::new();
    for (number, read) in story.paragraphs_with(Signs::UNLIKE_MARKS) {
        in_paragraph(number, read, &mut found);
    }
    let alone = found.len() == 1;
    out.extend(found.into_iter().map(|hit| if alone { hit } else { hit.at_most(Severity::Hint) }));
}

fn in_paragraph(number: usize, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    if !p.kind.is_body() {
        return;
    }
    for quoted in read.quotes.quoted.iter().filter(|quoted| quoted.closed && quoted.words > 0) {
        let opening = Span { start: quoted.span.start, end: quoted.inner.start };
        let closing = Span { start: quoted.inner.end, end: quoted.span.end };
        let (wrong, right, message) = match (p.slice(opening), p.slice(closing)) {
            ("”", "“") => {
                let edits = [(opening, "“"), (closing, "”")];
                let edits = edits.map(|(span, mark)| (HitPlace::Prose(Passage::new(number, span)), mark.to_owned()));
                let hit = Hit::at(Passage::new(number, opening)).message("Both marks of this quote face the wrong way");
                out.push(hit.fix("Turn both marks round", Applicability::Suggested, edits.to_vec()));
                continue;
            }
            ("”", "”") => (opening, "“", "This mark opens a quote but faces the wrong way"),
            ("“", "“") => (closing, "”", "This mark closes a quote but faces the wrong way"),
            ("“", "″") => (closing, "”", "This is a double prime where a closing quotation mark belongs"),
            ("\"", "”") => (opening, "“", "A straight mark opens this quote, and a curly one closes it"),
            ("“", "\"") => (closing, "”", "A curly mark opens this quote, and a straight one closes it"),
            _ => continue,
        };
        // Marks in code and attributes that were left in the text are no slips.
        if p.text.contains(['<', '>', '=']) {
            continue;
        }
        let edit = (HitPlace::Prose(Passage::new(number, wrong)), right.to_owned());
        let hit = Hit::at(Passage::new(number, wrong)).message(message);
        out.push(hit.fix(format!("Replace with {right}"), Applicability::Suggested, vec![edit]));
    }
}
