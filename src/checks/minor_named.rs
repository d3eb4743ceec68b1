//! `minor-named`: somebody under 18 is named beside a crime or abuse.

use super::Hit;
use crate::prose::Paragraph;
use crate::rules::Rule;
use crate::story::gist::Signs;
use crate::story::openers::Kinds;
use crate::story::person::MentionForm;
use crate::story::{Read, Story};
use crate::text::Span;

/// Words of crime, courts and abuse.
const CRIME: &[&str] = &[
    "abused",
    "abuse",
    "accused",
    "arraigned",
    "arrested",
    "assault",
    "assaulted",
    "charged",
    "charges",
    "convicted",
    "court",
    "custody",
    "detained",
    "molested",
    "pleaded",
    "raped",
    "rape",
    "robbery",
    "sentenced",
    "stabbing",
    "suspect",
    "suspected",
    "testified",
    "trafficked",
    "murder",
];

/// The ages of minors, in years.
const AGES: std::ops::Range<u32> = 1..18;

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
            let about_crime = sentence.is_some_and(|s| s.tokens().any(|at| CRIME.contains(&p.low(at))));
            if about_crime {
                out.push(Hit::at(passage).arg("found", story.slice(passage)).arg("age", age.to_string()));
            }
        }
    }
}

/// Whether the paragraph is copy that has such an age and a word of crime.
pub(super) fn may_name_a_minor(read: &Read) -> bool {
    let p = &read.paragraph;
    let is_age = |at: usize| {
        let low = p.low(at);
        let age =
            low.strip_suffix("-year-old").or_else(|| at.checked_sub(1).filter(|&at| p.word(at) == ",").map(|_| low));
        age.and_then(|age| age.parse().ok()).is_some_and(|age| AGES.contains(&age))
    };
    p.kind.is_body()
        && read.openers.of_kind(Kinds::NUMBER).any(is_age)
        && (0..p.tokens.len()).any(|at| CRIME.contains(&p.low(at)))
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
