//! `unlikely-preposition`: a preposition that hardly ever is between such words, where another one does.
//!
//! Listed phrases say what is certain; this is told by evidence, from the [`Model`].

use super::confusable::is_shouted;
use super::wording::with_capitals_of;
use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::model::{Model, Preposition, SeenAs};
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::grouped;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("unlikely-preposition", Run::Paragraph(run), &[]).judging()];

/// What is less sure than this is a hint. Found by reading what the models say of edited news.
const SURE: f32 = 5.0;

/// Adds a hit for each preposition that surely should be another one.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    if p.kind == BlockKind::Headline {
        return;
    }
    let model = Model::get();
    for &sentence in &p.sentences {
        let mut seen_as = SeenAs::default();
        // What opens a sentence depends on words behind its object.
        for token in sentence.tokens().skip(1).filter(|&token| !p.tokens[token].capital) {
            if let Some(better) = model.governed(p, sentence, token, &mut seen_as)
                && !is_shouted(p, sentence.tokens())
            {
                // What is less sure was wrong in 56 of 57 places in published copy.
                if better.sure > SURE {
                    out.push(hit(p, token, better));
                }
            }
        }
    }
}

fn hit(p: &Paragraph, token: usize, better: Preposition) -> Hit {
    let span = p.tokens[token].span;
    let written = p.slice(span);
    let use_ = with_capitals_of(written, better.word);
    let head = p.low(better.head);
    let evidence = match (better.seen, better.seen_written) {
        (seen, other) if seen <= other.saturating_mul(5) => format!("“{head}” asks for it"),
        (seen, 0) => format!(
            "edited text has “{head} {use_}” in all its forms {} times, “{head} {written}” hardly ever",
            grouped(&seen.to_string())
        ),
        (seen, other) => format!(
            "edited text has “{head} {use_}” in all its forms {} times, “{head} {written}” {} times",
            grouped(&seen.to_string()),
            grouped(&other.to_string())
        ),
    };
    Hit::in_paragraph(span).arg("found", written).arg("use", format!("“{use_}”")).arg("evidence", evidence).replace(
        Passage::new(0, span),
        use_,
        Applicability::Suggested,
    )
}
