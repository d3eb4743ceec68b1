//! `confusable`: a word in the place of another that sounds or looks like it, judged by the words around it.
//!
//! The [`Model`] says how much likelier the other word is there. It speaks up only past the limit that its training found
//! for these two words; see `model/README.md`.

use super::wording::with_capitals_of;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::model::{Better, Context, Model};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("confusable", Run::Paragraph(run), &[]).judging()];

/// Words between which two finds are told by each other's mistake; the surer one stands.
const NEAR: usize = 3;

/// Adds a hit for each word that surely should be another one.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    // Headlines leave words out, so what stands beside a word there says little.
    if p.kind == BlockKind::Headline {
        return;
    }
    let model = Model::get();
    for &sentence in &p.sentences {
        if sentence.tokens().len() < 4 || is_shouted(p, sentence.tokens()) {
            continue;
        }
        let context = Context::of(p, sentence);
        let mut found: Vec<(usize, usize, Better)> = Vec::new();
        for (at, token, word) in context.places() {
            if !model.weighs(word.key) || is_name(p, token, at) || is_spoken(p, token) {
                continue;
            }
            let Some(better) = model.better(&context, at) else { continue };
            match found.last_mut() {
                Some(last) if at - last.0 <= NEAR => {
                    if last.2.past < better.past {
                        *last = (at, token, better);
                    }
                }
                _ => found.push((at, token, better)),
            }
        }
        out.extend(found.into_iter().map(|(_, token, better)| hit(p, token, better)));
    }
}

fn hit(p: &Paragraph, token: usize, better: Better) -> Hit {
    let span = p.tokens[token].span;
    let written = p.slice(span);
    let use_ = with_capitals_of(written, better.word);
    Hit::in_paragraph(span).arg("found", written).arg("use", format!("“{use_}”")).replace(
        Passage::new(0, span),
        use_,
        Applicability::Suggested,
    )
}

/// “You're gonna”: edited text hardly has the short form of speech, and so the model does not know what stands before it.
fn is_spoken(p: &Paragraph, token: usize) -> bool {
    p.low(token).contains('\'') && lexicon::speech::SHORT_INFINITIVES.contains(p.low(token + 1))
}

/// A capital inside a sentence makes a name of a word.
fn is_name(p: &Paragraph, token: usize, at: usize) -> bool {
    let token = &p.tokens[token];
    token.kind != TokenKind::Word || token.capital && at > 0
}

/// A sentence in capitals or in title case.
pub(super) fn is_shouted(p: &Paragraph, tokens: std::ops::Range<usize>) -> bool {
    let words = || p.tokens[tokens.clone()].iter().filter(|token| token.kind == TokenKind::Word);
    words().filter(|token| token.capital).count() * 2 > words().count()
}
