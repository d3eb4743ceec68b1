//! `minor-named`: somebody under 18 is named beside a crime or abuse.

use crate::lexicon;
use crate::prose::Paragraph;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::cues::crime::AGES;
use crate::story::paragraph_index::Signs;
use crate::story::person::MentionForm;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("minor-named", Run::Story(run), &[])];

/// Adds a hit for each full name with an age under 18 in a sentence about a crime.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs_with(Signs::MINOR) {
        let p = &read.paragraph;
        for (passage, mention) in story.mentions_in(number) {
            if mention.form != MentionForm::Full {
                continue;
            }
            let Some(age) = age_beside(p, passage.span).filter(|age| AGES.contains(age)) else { continue };
            let sentence = p.sentence_at(passage.span.start);
            let about_crime = sentence.is_some_and(|s| s.tokens().any(|at| lexicon::checks::CRIME.contains(p.low(at))));
            if about_crime {
                out.push(Hit::at(passage).arg("found", story.slice(passage)).arg("age", age.to_string()));
            }
        }
    }
}

/// `15-year-old Tom Okafor`, `Tom Okafor, 15,`.
fn age_beside(p: &Paragraph, name: Span) -> Option<u32> {
    let tokens = p.tokens_in(name);
    let ahead = tokens.start.checked_sub(1).and_then(|at| p.low(at).strip_suffix("-year-old"));
    if let Some(age) = ahead {
        return age.parse().ok();
    }
    let behind = p.word(tokens.end) == "," && matches!(p.word(tokens.end + 2), "," | "." | "");
    behind.then(|| p.word(tokens.end + 1).parse().ok()).flatten()
}
