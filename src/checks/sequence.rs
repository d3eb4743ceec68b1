//! `sequence`: words that do not go together, by what they can be: “had went”, “five man were”.
//!
//! What is looked for are the rule's `sequences`, in the language of [`crate::rules::Sequences`].

use super::phrase::HEAD;
use super::wording::{listed, with_capitals_of};
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Engine, Hit, Rule, RuleSet, Run, SequenceMatch, number, sequences};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "sequence",
    Run::Engine(Engine::Sequences),
    &[
        sequences("sequences", "what is found, with what to write instead; docs/writing-rules.md has the language"),
        number(
            "sure",
            1,
            "how many times as likely, by the words around it, the form to write instead must be as the one that is written",
        ),
        HEAD,
    ],
)];

/// Adds a hit, with its rule's index, for each place where a sequence of a rule is that is `on`.
pub(super) fn run(set: &RuleSet, on: &[bool], read: &ParagraphFacts, out: &mut Vec<(u32, Hit)>) {
    let p = &read.paragraph;
    // Headlines leave out the words that grammar asks for.
    if p.kind == BlockKind::Headline {
        return;
    }
    let rule_of = |index: u32| set.rules.get(index as usize);
    let is_wanted = |index: u32| {
        on.get(index as usize).is_some_and(|&on| on) && rule_of(index).is_some_and(|rule| rule.scope.holds(p.kind))
    };
    set.sequences().find(p, is_wanted, |index, found| {
        // A word that stands twice is told as such.
        let is_one_word = found.tokens.1 == found.tokens.0 + 1 && p.low(found.tokens.0) == p.low(found.tokens.1);
        if !is_one_word && !p.is_in_address(p.span_of(found.tokens.0, found.tokens.1)) {
            out.extend(rule_of(index).map(|rule| (index, hit(rule, p, &found))));
        }
    });
}

fn hit(rule: &Rule, p: &Paragraph, found: &SequenceMatch) -> Hit {
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
    hit
}
