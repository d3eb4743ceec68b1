//! `confusable`: a word in the place of another that sounds or looks like it, judged by the words around it.
//!
//! The model of [`Sentences`] says how much likelier the other word is there. It speaks up only past the limit that edited text
//! hardly ever reaches for these two words; see `model/README.md`.

use super::wording::with_capitals_of;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::model::{Better, Sentences};
use crate::prose::{Paragraph, Passage, Sentence, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("confusable", Run::Paragraph(run), &[]).judging()];

/// Adds a hit for each word that surely should be another one.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let model = Sentences::get();
    for sentence in whole_sentences(p, 4) {
        let slips = model.slips(p, sentence, |token| !is_other(p, token) && !is_spoken(p, token));
        out.extend(slips.into_iter().map(|better| hit(p, better)));
    }
}

fn hit(p: &Paragraph, better: Better) -> Hit {
    let span = p.tokens[better.token].span;
    let written = p.slice(span);
    let use_ = with_capitals_of(written, better.word);
    Hit::in_paragraph(span).arg("found", written).arg("use", format!("“{use_}”")).replace(
        Passage::new(0, span),
        use_,
        Applicability::Suggested,
    )
}

/// A number or a mark, letters that stand for a name (`US`), or part of a word: `[T]he`.
fn is_other(p: &Paragraph, token: usize) -> bool {
    let span = p.tokens[token].span;
    let (written, beside) = (p.slice(span), (&p.text[..span.start()], &p.text[span.end()..]));
    let is_part = beside.0.ends_with(']') || beside.1.starts_with('[');
    p.tokens[token].kind != TokenKind::Word || written.len() > 1 && !written.contains(char::is_lowercase) || is_part
}

/// “You're gonna”: edited text hardly has the short form of speech, and so the model does not know what stands before it.
fn is_spoken(p: &Paragraph, token: usize) -> bool {
    p.low(token).contains('\'') && lexicon::speech::SHORT_INFINITIVES.contains(p.low(token + 1))
}

/// The sentences of `least` tokens or more that leave no words out, as headlines do: what is beside a word there says little.
pub(super) fn whole_sentences(p: &Paragraph, least: usize) -> impl Iterator<Item = Sentence> + '_ {
    let sentences = p.sentences.iter().copied().filter(|_| p.kind != BlockKind::Headline);
    sentences.filter(move |sentence| sentence.tokens().len() >= least && !is_shouted(p, sentence.tokens()))
}

/// A sentence in capitals or in title case.
pub(super) fn is_shouted(p: &Paragraph, tokens: std::ops::Range<usize>) -> bool {
    let words = || p.tokens[tokens.clone()].iter().filter(|token| token.kind == TokenKind::Word);
    words().filter(|token| token.capital).count() * 2 > words().count()
}
