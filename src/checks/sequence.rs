//! `sequence`: words that do not go together, by what they can be: “had went”, “five man were”.
//!
//! What is looked for are the rule's `sequences`, in the language of [`crate::rules::Sequences`].

use super::wording::{listed, with_capitals_of};
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run, number, sequences};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "sequence",
    Run::Paragraph(run),
    &[
        sequences("sequences", "what is found, with what to write instead; docs/writing-rules.md has the language"),
        number(
            "sure",
            1,
            "how many times as likely, by the words around it, the form to write instead must be as the one that stands there",
        ),
    ],
)];

/// Adds a hit for each place where one of the rule's sequences stands.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    // Headlines leave out the words that grammar asks for.
    if p.kind == BlockKind::Headline {
        return;
    }
    rule.sequences().find(p, |found| {
        let span = p.span_of(found.tokens.0, found.tokens.1);
        let written = p.slice(span);
        let apostrophe = if p.text.contains('’') { "’" } else { "'" };
        // “I” is a capital wherever it stands, so it says nothing of the others.
        let as_written = if written == "I" && !p.opens_sentence(found.tokens.0) { "i" } else { written };
        let uses = found.uses.iter().map(|text| with_capitals_of(as_written, &text.replace('\'', apostrophe)));
        let uses: Vec<String> = uses.map(|text| text.replace(" i ", " I ")).collect();
        let mut hit = Hit::in_paragraph(span).arg("found", written).arg("use", listed(&uses));
        for text in uses {
            hit = hit.replace(Passage::new(0, span), text, rule.fix);
        }
        out.push(hit);
    });
}
