//! `doubled-phrase`: two to four words that are there twice, as an edit leaves them behind: `in the in the`.

use crate::lexicon::{checks, grammar};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("doubled-phrase", Run::Paragraph(run), &[])];

/// More words are a refrain.
const LONGEST: usize = 4;

/// Adds a hit for each phrase that is there twice.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let mut at = 0;
    while at + 3 < p.tokens.len() {
        let Some(length) = (2..=LONGEST).rev().find(|&length| is_twice(p, at, length)) else {
            at += 1;
            continue;
        };
        let (kept, span) = (p.span_of(at, at + length - 1), p.span_of(at, at + 2 * length - 1));
        let kept = p.slice(kept).to_owned();
        let hit = Hit::in_paragraph(span).arg("found", p.slice(span));
        let place = HitPlace::Prose(Passage::new(0, span));
        out.push(hit.fix(format!("Delete one “{kept}”"), rule.fix, vec![(place, kept)]));
        at += 2 * length;
    }
}

/// Whether `length` words from token `at` are there twice, and can hardly be meant to.
fn is_twice(p: &Paragraph, at: usize, length: usize) -> bool {
    let same = |n: usize, by: usize| p.low(at + n) == p.low(at + n + by);
    if !(0..length).all(|n| same(n, length)) {
        return false;
    }
    let is_plain = |n: usize| {
        p.tokens.get(at + n).is_some_and(|token| {
            token.kind == TokenKind::Word
                && (n == 0 || token.spaced)
                && !token.joined
                && (!token.capital || n == 0 && p.opens_sentence(at) || p.low(at + n) == "i")
        })
    };
    // A refrain has the words once more.
    let goes_on = (0..length).all(|n| same(n, 2 * length));
    let words = || (0..length).map(|n| p.low(at + n));
    let is_small = |word: &str| {
        matches!(word, "a" | "an" | "the")
            || grammar::PRONOUNS.contains(word)
            || grammar::PREPOSITIONS.contains(word)
            || checks::AUXILIARIES.contains(word)
    };
    (0..2 * length).all(is_plain)
        && !goes_on
        && words().any(|word| word != p.low(at))
        && words().any(is_small)
        && !words().any(|word| checks::JOINING_TWINS.contains(word))
        // `hand in hand in the park`
        && !(length == 2 && grammar::PREPOSITIONS.contains(p.low(at + 1)))
        && !is_shared(p, at, length)
        && !is_meant(p, at)
}

/// Words before an opening pronoun that may open its clause.
const BEFORE_CLAUSE: usize = 3;

/// Whether the words before make both right: `whatever he does he does to win`, `call a spade a spade`.
fn is_meant(p: &Paragraph, at: usize) -> bool {
    let mut before = (at.saturating_sub(BEFORE_CLAUSE)..at).map(|before| p.low(before));
    let of_clause =
        grammar::PRONOUNS.contains(p.low(at)) && before.clone().any(|word| checks::OPENING_CLAUSES.contains(word));
    let makes = |word: &str| ["make", "making", "made", "call"].iter().any(|verb| word.starts_with(verb));
    of_clause || grammar::ARTICLES_AND_POSSESSIVES.contains(p.low(at)) && before.next_back().is_some_and(makes)
}

/// Whether the last word is also the first: `what it is is what it is` is told by the words beside it.
fn is_shared(p: &Paragraph, at: usize, length: usize) -> bool {
    p.low(at) == p.low(at + length - 1)
        || at.checked_sub(1).is_some_and(|before| p.low(before) == p.low(at + length - 1))
}
