//! `allegedly`: “allegedly” in a sentence that does not say who alleges it.

use crate::finding::Applicability;
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;
use crate::story::quote::cues;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("allegedly", Run::Paragraph(run), &[])];

/// Adds a hit for each `allegedly` outside quotes whose sentence, and the one before it, name nobody who alleges.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    if !p.folded.lower.contains("allegedly") {
        return;
    }
    let mut before = false;
    for sentence in &p.sentences {
        let owned = sentence
            .tokens()
            .any(|at| lexicon::checks::OWNERS_OF_ALLEGATIONS.contains(p.low(at)) || cues::is_strong(p.low(at)));
        for at in sentence.tokens().filter(|&at| p.low(at) == "allegedly") {
            let Some(token) = p.tokens.get(at) else { continue };
            if !owned && !before && read.quotes.around(token.span).is_none() {
                let hit = Hit::in_paragraph(token.span).arg("found", p.slice(token.span));
                out.push(hit.insert(
                    Passage::new(0, token.span),
                    token.span.end,
                    " [who alleges it?]",
                    "Ask who alleges it",
                    Applicability::Query,
                ));
            }
        }
        before = owned;
    }
}
