//! The tense of the clause around a time expression.

use super::Tense;
use crate::prose::{Paragraph, TokenKind};

/// How many tokens to look at on each side; clauses of news copy are shorter, and the cost stays bounded.
const REACH: usize = 24;

/// The tense of the verb nearest to tokens `first..=last` in the same clause; the verb before wins over the one behind.
pub(super) fn around(p: &Paragraph, first: usize, last: usize) -> Tense {
    let sentence = p
        .tokens
        .get(first)
        .and_then(|t| p.sentence_at(t.span.start))
        .and_then(|s| p.sentences.get(s))
        .map_or(first..last + 1, |s| s.tokens());
    let mut before = None;
    for at in (sentence.start.max(first.saturating_sub(REACH))..first).rev() {
        let low = p.low(at);
        if ends_clause(low) && at + 1 < first {
            break;
        }
        if let Some(tense) = verb(p, at, sentence.start) {
            before = Some((tense, first - at));
            break;
        }
    }
    let mut behind = None;
    let end = sentence.end.min(last + 1 + REACH);
    for at in last + 1..end {
        let low = p.low(at);
        // A comma right behind opening words, as in “On Monday, the council”, does not end the clause.
        if ends_clause(low) && at > last + 1 {
            break;
        }
        if let Some(tense) = verb(p, at, sentence.start) {
            behind = Some((tense, at - last));
            break;
        }
    }
    match (before, behind) {
        (Some((tense, _)), _) | (None, Some((tense, _))) => tense,
        (None, None) => Tense::Unknown,
    }
}

fn ends_clause(low: &str) -> bool {
    matches!(
        low,
        ";" | ":" | "," | "-" | "\"" | "(" | ")" | "who" | "which" | "that" | "when" | "while" | "because" | "but"
    )
}

/// The tense that the word at `at` gives, when it is a verb that shows one.
fn verb(p: &Paragraph, at: usize, start: usize) -> Option<Tense> {
    let token = p.tokens.get(at)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    let low = p.low(at);
    match low {
        "will" | "won't" | "shall" | "'ll" | "would" | "may" | "might" | "could" | "can" | "should" | "must" => {
            // “May” with a capital is a month.
            return (!(low == "may" && token.capital)).then_some(Tense::Future);
        }
        "upcoming" | "scheduled" | "slated" | "due" | "expects" | "plans" | "hopes" | "intends" => {
            return Some(Tense::Future);
        }
        "expected" | "planned" | "set" | "poised" | "going" => {
            let planned =
                before_is(p, at, start, |w| matches!(w, "is" | "are" | "be" | "'s" | "'re" | "currently" | "not"));
            return Some(if planned { Tense::Future } else { Tense::Past });
        }
        "is" | "are" | "'s" if p.low(at + 1) == "to" => return Some(Tense::Future),
        "is" | "are" | "has" | "have" | "says" | "am" => {
            let word = p.low(at + 1);
            if matches!(low, "has" | "have") && (word.ends_with("ed") || word == "been" || is_irregular_past(word)) {
                return Some(Tense::Past);
            }
            if matches!(word, "scheduled" | "expected" | "due" | "set" | "planned" | "slated" | "going" | "poised") {
                return Some(Tense::Future);
            }
            return Some(Tense::Present);
        }
        _ => {}
    }
    if low.ends_with("'ll") {
        return Some(Tense::Future);
    }
    let past = is_past(low);
    if past && !(token.capital && at > start) {
        // “will be voted on”, “to be decided”: the helper decides.
        if before_is(p, at, start, |w| {
            matches!(w, "will" | "'ll" | "would" | "to" | "can" | "could" | "may" | "might" | "should")
        }) {
            return Some(Tense::Future);
        }
        return Some(Tense::Past);
    }
    None
}

/// Whether `low` is, or looks like, a verb in the past.
pub(super) fn is_past(low: &str) -> bool {
    let no_verb = matches!(
        low,
        "need" | "speed" | "indeed" | "hundred" | "feed" | "seed" | "proceed" | "exceed" | "united" | "breed" | "greed"
    );
    is_irregular_past(low) || (low.len() > 3 && low.ends_with("ed") && !no_verb)
}

/// Whether one of the three words before `at` is wanted.
fn before_is(p: &Paragraph, at: usize, start: usize, wanted: impl Fn(&str) -> bool) -> bool {
    (start.max(at.saturating_sub(3))..at).any(|i| wanted(p.low(i)))
}

fn is_irregular_past(low: &str) -> bool {
    matches!(
        low,
        "was"
            | "were"
            | "had"
            | "did"
            | "said"
            | "told"
            | "met"
            | "went"
            | "came"
            | "took"
            | "gave"
            | "made"
            | "won"
            | "lost"
            | "left"
            | "began"
            | "became"
            | "held"
            | "led"
            | "kept"
            | "brought"
            | "bought"
            | "built"
            | "broke"
            | "caught"
            | "chose"
            | "drew"
            | "drove"
            | "fell"
            | "felt"
            | "fought"
            | "found"
            | "flew"
            | "got"
            | "grew"
            | "heard"
            | "knew"
            | "laid"
            | "lay"
            | "meant"
            | "paid"
            | "ran"
            | "rose"
            | "sat"
            | "saw"
            | "sent"
            | "sold"
            | "shot"
            | "sought"
            | "spent"
            | "spoke"
            | "spread"
            | "stood"
            | "stole"
            | "struck"
            | "swore"
            | "taught"
            | "thought"
            | "threw"
            | "understood"
            | "woke"
            | "wore"
            | "wrote"
            | "withdrew"
            | "resigned"
            | "hit"
            | "put"
            | "read"
            | "cut"
            | "shut"
            | "quit"
            | "overthrew"
            | "forgave"
            | "froze"
            | "sank"
            | "sang"
            | "swam"
            | "shook"
            | "dealt"
            | "dug"
            | "hung"
            | "beat"
            | "bore"
            | "slept"
            | "wasn't"
            | "weren't"
            | "didn't"
            | "hadn't"
            | "been"
            | "born"
            | "done"
            | "died"
    )
}
