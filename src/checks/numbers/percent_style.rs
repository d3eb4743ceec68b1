//! `percent-style`: one story, one form of per cent.

use crate::checks::Hit;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::Story;
use crate::story::gist::{Gist, Signs};
use crate::text::Span;

/// The forms; the first used wins a tie.
const FORMS: [&str; 3] = ["percent", "%", "per cent"];

/// Their signs, in the same order.
const SIGNS: [Signs; 3] = [Signs::PERCENT, Signs::PERCENT_SIGN, Signs::PER_CENT];

/// A sign or word for per cent after a number.
#[derive(Debug)]
pub(in crate::checks) struct Percent {
    span: Span,
    form: usize,
    spaced: bool,
}

impl Percent {
    /// The sign of paragraphs that have this form.
    pub(in crate::checks) fn sign(&self) -> Signs {
        SIGNS.get(self.form).copied().unwrap_or_default()
    }
}

/// Forms of per cent that are rarer in the story than another.
pub(in crate::checks) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // Headlines and tables shorten; that is no inconsistency.
    let matters =
        |gist: &Gist, signs: Signs| gist.signs.any_of(signs) && gist.kind.is_body() && rule.scope.holds(gist.kind);
    let has = |&sign: &Signs| story.gists.iter().any(|gist| matters(gist, sign));
    if SIGNS.iter().filter(|sign| has(sign)).count() < 2 {
        return;
    }
    let with_any = story.paragraphs_where(|gist| SIGNS.iter().any(|&sign| matters(gist, sign)));
    let uses: Vec<(Passage, &Percent)> = with_any
        .flat_map(|(number, read)| {
            let own = read.kept.rare().percents.iter();
            own.map(move |found| (Passage::new(number, found.span), found))
        })
        .collect();
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

/// All forms of per cent behind a number in one paragraph.
pub(in crate::checks) fn collect(read: &crate::story::Read) -> Vec<Percent> {
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
        if read.quotes.around(span).is_some() {
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
