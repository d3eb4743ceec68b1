//! `minor-named`: somebody under 18 is named beside a crime or abuse.

use super::Hit;
use crate::prose::{Paragraph, Passage};
use crate::rules::Rule;
use crate::story::Story;
use crate::story::person::MentionForm;
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

/// Adds a hit for each full name with an age under 18 in a sentence about a crime.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for person in story.people {
        for mention in person.mentions.iter().filter(|m| m.form == MentionForm::Full) {
            let p = story.paragraph(mention.passage.paragraph());
            let Some(age) = age_beside(p, mention.passage.span).filter(|&age| (1..18).contains(&age)) else { continue };
            let sentence = p.sentence_at(mention.passage.span.start).and_then(|i| p.sentences.get(i));
            let about_crime = sentence.is_some_and(|s| s.tokens().any(|at| CRIME.contains(&p.low(at))));
            if about_crime && p.kind.is_body() {
                let passage = Passage { span: mention.passage.span, ..mention.passage };
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
