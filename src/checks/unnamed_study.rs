//! `unnamed-study`: “a new study” with nothing by which a reader could find it.

use crate::finding::Applicability;
use crate::lexicon;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::trigger_words::Triggers;
use crate::story::{ParagraphFacts, Window};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("unnamed-study", Run::Local(run), &[])];

/// Adds a hit for each study, survey or poll that the paragraph and the next leave without name, date or link.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for (number, read) in window.own_paragraphs() {
        let p = &read.paragraph;
        if !p.kind.is_body() {
            continue;
        }
        // Papers show claims, so the words of papers are among those.
        let Some(found) = read.triggers.of_kind(Triggers::CLAIM).find_map(|at| unnamed(p, at)) else { continue };
        let next = window.next(number).filter(|next| next.paragraph.kind.is_body());
        let quoted = read.quotes.quoted.iter().any(|q| q.span.overlaps(found));
        let linked = window.is_near_link(Passage::new(number, found));
        if quoted || linked || names_owner(read) || next.is_some_and(names_owner) {
            continue;
        }
        let hit = Hit::at(Passage::new(number, found)).arg("found", p.slice(found));
        out.push(hit.insert(
            Passage::new(number, found),
            found.end,
            " [which one, by whom, when?]",
            "Ask which one it is",
            Applicability::Query,
        ));
    }
}

/// `a new study` and `recent polls` with a finding behind them.
fn unnamed(p: &Paragraph, at: usize) -> Option<Span> {
    if !lexicon::checks::PAPERS.contains(p.low(at))
        || !(finds(p.low(at + 1)) || p.low(at + 1) == "has" && finds(p.low(at + 2)))
    {
        return None;
    }
    let mut first = at;
    while first > 0 && lexicon::checks::BEFORE_PAPERS.contains(p.low(first - 1)) {
        first -= 1;
    }
    // “The study” takes up one that was named before.
    let says_which = first == at && !p.low(at).ends_with('s') && p.low(at) != "studies";
    let owned = first > 0
        && p.tokens[first - 1].kind == TokenKind::Word
        && p.tokens[first].spaced
        && first == at
        && !matches!(p.low(first - 1), "that" | "but" | "and" | "while" | "because" | "although" | "as");
    (!says_which && !owned).then(|| p.span_of(first, at))
}

fn finds(low: &str) -> bool {
    lexicon::checks::FINDINGS.contains(low)
}

/// Whether the paragraph names somebody or something that a paper could be by, or a year.
fn names_owner(read: &ParagraphFacts) -> bool {
    let p = &read.paragraph;
    let capitals = p
        .tokens
        .iter()
        .enumerate()
        .filter(|(at, t)| t.capital && t.kind == TokenKind::Word && !p.opens_sentence(*at) && t.span.len() > 1);
    capitals.into_iter().any(|(_, t)| read.quotes.around(t.span).is_none())
        || p.text.contains("http")
        || p.low(0) == "the" && p.tokens.get(1).is_some_and(|t| t.capital)
}
