//! `percent-style`: one story, one form of per cent.

use crate::prose::Passage;
use crate::rules::{Hit, HitPlace, Rule};
use crate::story::Story;
use crate::story::cues::numbers::{Percent, SIGNS};
use crate::story::paragraph_index::{ParagraphIndex, Signs};

/// The forms; the first used wins a tie.
const FORMS: [&str; 3] = ["percent", "%", "per cent"];

/// Forms of per cent that are rarer in the story than another.
pub(in crate::checks) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // Headlines and tables shorten; that is no inconsistency.
    let matters = |entry: &ParagraphIndex, signs: Signs| {
        entry.signs.any_of(signs) && entry.kind.is_body() && rule.scope.holds(entry.kind)
    };
    let has = |&sign: &Signs| story.index.iter().any(|entry| matters(entry, sign));
    if SIGNS.iter().filter(|sign| has(sign)).count() < 2 {
        return;
    }
    let with_any = story.paragraphs_where(|entry| SIGNS.iter().any(|&sign| matters(entry, sign)));
    let uses: Vec<(Passage, &Percent)> = with_any
        .flat_map(|(number, read)| {
            let own = read.cues.rare().percents.iter();
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
                .related(*first, format!("“{}” appears here", story.slice(*first)))
                .fix(format!("Replace with “{}”", FORMS[kept.form]), rule.fix, vec![(HitPlace::Prose(place), text)]),
        );
    }
}
