//! `missing-space`: a comma or semicolon between two words of small letters, with no space behind it.

use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("missing-space", Run::Paragraph(run), &[])];

/// Adds a hit for each of them. Capitals and figures (`Ruiz,Ana`, `1,200`, `2,4-D`) follow rules of their own.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    for at in 1..p.tokens.len().saturating_sub(1) {
        let (mark, next) = (&p.tokens[at], &p.tokens[at + 1]);
        if mark.kind != TokenKind::Punct || mark.spaced || next.spaced || !matches!(p.low(at), "," | ";") {
            continue;
        }
        if !is_plain_word(p, at - 1) || !is_plain_word(p, at + 1) || !p.tokens[at - 1].spaced && at > 1 {
            continue;
        }
        // What follows stands by itself: `a,b,c` is a list of a program.
        let ends = |at: usize| p.tokens.get(at).is_none_or(|token| token.spaced);
        let apart = ends(at + 2) || matches!(p.low(at + 2), "." | "?" | "!") && ends(at + 3);
        let entity =
            p.low(at) == ";" && p.text.get(..p.tokens[at - 1].span.start()).is_some_and(|before| before.ends_with('&'));
        let is_tldr = p.low(at - 1) == "tl" && p.low(at + 1) == "dr";
        if !apart || entity || is_tldr {
            continue;
        }
        let span = p.span_of(at - 1, at + 1);
        let behind = Span { start: next.span.start, end: next.span.start };
        let hit = Hit::in_paragraph(span).arg("found", p.slice(span));
        out.push(hit.fix("Insert a space", rule.fix, vec![(HitPlace::Prose(Passage::new(0, behind)), " ".to_owned())]));
    }
}

fn is_plain_word(p: &Paragraph, at: usize) -> bool {
    let word = p.word(at);
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}
