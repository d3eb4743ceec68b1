//! `percent-style`: one story, one form of per cent.

use crate::checks::Hit;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::Story;
use crate::text::Span;

/// The forms; the first used wins a tie.
const FORMS: [&str; 3] = ["percent", "%", "per cent"];

/// A sign or word for per cent after a number.
#[derive(Debug)]
pub(in crate::checks) struct Percent {
    span: Span,
    form: usize,
    spaced: bool,
}

/// Forms of per cent that are rarer in the story than another.
pub(in crate::checks) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut uses = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        // Headlines and tables shorten; that is no inconsistency.
        if read.paragraph.kind.is_body() && rule.scope.holds(read.paragraph.kind) {
            let own = read.kept.percents.get_or_init(|| collect(read));
            uses.extend(own.iter().map(|found| (Passage::new(number, found.span), found)));
        }
    }
    let mut counts = [0usize; FORMS.len()];
    uses.iter().for_each(|(_, found)| counts[found.form] += 1);
    let Some(&most) = counts.iter().max() else { return };
    let Some((first, kept)) = uses.iter().find(|(_, found)| counts[found.form] == most) else { return };
    for (passage, found) in uses.iter().filter(|(_, found)| found.form != kept.form) {
        let text = match (FORMS[kept.form], found.spaced) {
            ("%", _) => "%".to_owned(),
            (word, true) => word.to_owned(),
            (word, false) => format!(" {word}"),
        };
        let mut place = *passage;
        if FORMS[kept.form] == "%" && found.spaced {
            place.span.start -= 1;
        }
        out.push(
            Hit::at(*passage)
                .arg("found", story.slice(*passage))
                .arg("use", FORMS[kept.form])
                .related(*first, format!("“{}” stands here", story.slice(*first)))
                .fix(
                    format!("Replace with “{}”", FORMS[kept.form]),
                    rule.fix,
                    vec![(crate::checks::Place::Prose(place), text)],
                ),
        );
    }
}

fn collect(read: &crate::story::Read) -> Vec<Percent> {
    let mut uses = Vec::new();
    let paragraph = &read.paragraph;
    for at in 1..paragraph.tokens.len() {
        if paragraph.tokens[at - 1].kind != TokenKind::Number {
            continue;
        }
        let token = paragraph.tokens[at];
        let (form, last) = match (paragraph.low(at), paragraph.low(at + 1)) {
            ("percent", _) => (0, at),
            ("%", _) => (1, at),
            ("per", "cent") => (2, at + 1),
            _ => continue,
        };
        let span = Span { start: token.span.start, end: paragraph.tokens[last].span.end };
        // What people are quoted as saying was written down by the same desk, but texts that are quoted keep their form.
        if read.quotes.quoted.iter().any(|q| q.inner.contains(span)) {
            continue;
        }
        // Only one plain space can be taken away with the word.
        let spaced = token.span.start > paragraph.tokens[at - 1].span.end;
        if spaced && token.span.start - paragraph.tokens[at - 1].span.end != 1 {
            continue;
        }
        uses.push(Percent { span, form, spaced });
    }
    uses
}
