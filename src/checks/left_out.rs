//! `left-out`: a small word that is missing, judged by the whole sentence.
//!
//! The model of [`Sentences`] says how much likelier the word is between two others than none; see `model/README.md`.

use super::confusable::whole_sentences;
use crate::finding::Applicability;
use crate::model::{LeftOut, Sentences};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("left-out", Run::Paragraph(run), &[]).judging()];

/// Adds a hit for each word that surely is missing.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let model = Sentences::get();
    for sentence in whole_sentences(p, 5) {
        let found = model.left_out(p, sentence, |token| is_plain(p, token) && is_plain(p, token - 1));
        out.extend(found.into_iter().map(|left_out| hit(p, left_out)));
    }
}

/// A word in small letters: beside names, marks and figures, copy leaves words out.
fn is_plain(p: &Paragraph, token: usize) -> bool {
    let token = &p.tokens[token];
    token.kind == TokenKind::Word && p.slice(token.span).bytes().all(|byte| byte.is_ascii_lowercase())
}

fn hit(p: &Paragraph, LeftOut { token, word }: LeftOut) -> Hit {
    let (before, next) = (p.low(token - 1), p.low(token));
    let word = if matches!(word, "a" | "an") { crate::rules::article(next) } else { word };
    let span = p.span_of(token - 1, token);
    let use_ = format!("{before} {word} {next}");
    Hit::in_paragraph(span).arg("found", p.slice(span)).arg("word", word).arg("use", format!("“{use_}”")).replace(
        Passage::new(0, span),
        use_,
        Applicability::Suggested,
    )
}
