//! The tense of the clause around a time expression.

use super::Tense;
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};

/// How many tokens to look at on each side; clauses of news copy are shorter, and the cost stays bounded.
const REACH: usize = 24;

/// The tense of the verb nearest to tokens `first..=last` in the same clause; the verb before wins over the one behind.
pub(super) fn around(p: &Paragraph, first: usize, last: usize) -> Tense {
    let sentence =
        p.tokens.get(first).and_then(|t| p.sentence_at(t.span.start)).map_or(first..last + 1, |s| s.tokens());
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
        // A comma right behind opening words, as in “On Monday, the council”, does not end the clause; in “a ferry by
        // Monday, Finch said” it does.
        let opens = first <= sentence.start + 1;
        if ends_clause(low) && (at > last + 1 || !opens) {
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

/// Whether tokens `first..=last` are a limit of something still to come: `must be mended before winter`, `asked the board to
/// finish by Easter`; not `was mended before winter`.
pub(super) fn is_limit_ahead(p: &Paragraph, first: usize, last: usize) -> bool {
    let Some(preposition) = first.checked_sub(1).map(|at| p.low(at)) else { return false };
    if !matches!(preposition, "before" | "by" | "until" | "till") {
        return false;
    }
    match around(p, first, last) {
        Tense::Future | Tense::Present => true,
        Tense::Unknown => preposition != "before" || infinitive_before(p, first).is_some(),
        Tense::Past => is_ahead_in_the_past(p, first),
    }
}

/// Whether a clause in the past tells of something that was still to come: `is closed until`, `asked her to come by`.
fn is_ahead_in_the_past(p: &Paragraph, first: usize) -> bool {
    let start = sentence_start(p, first);
    let mut before = clause_before(p, first);
    let Some(at) = before.find(|&at| verb(p, at, start).is_some()) else { return false };
    let is_state = is_past(p.low(at)) && before_is(p, at, start, |w| matches!(w, "is" | "are" | "isn't" | "aren't"));
    let plan = |to| clause_before(p, to).map(|at| p.low(at)).find(|low| is_past(low)).is_some_and(is_plan);
    is_state || infinitive_before(p, first).is_some_and(plan)
}

/// The tokens before token `first` in its clause, the nearest first.
fn clause_before(p: &Paragraph, first: usize) -> impl Iterator<Item = usize> {
    let before = (sentence_start(p, first).max(first.saturating_sub(REACH))..first).rev();
    before.take_while(move |&at| !ends_clause(p.low(at)) || at + 1 == first)
}

/// The `to` of the last infinitive before token `first` in its clause.
fn infinitive_before(p: &Paragraph, first: usize) -> Option<usize> {
    clause_before(p, first).find(|&at| {
        let is_verb = p.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Word && !next.capital);
        let is_noun = matches!(p.low(at + 1), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this" | "that");
        p.low(at) == "to" && at + 1 < first && is_verb && !is_noun
    })
}

fn sentence_start(p: &Paragraph, at: usize) -> usize {
    let sentence = p.tokens.get(at).and_then(|t| p.sentence_at(t.span.start));
    sentence.map_or(at, |sentence| sentence.first as usize)
}

/// Verbs after which an infinitive is still to come.
fn is_plan(low: &str) -> bool {
    lexicon::tense::PLANS.contains(low)
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
            let adverb = matches!(low, "has" | "have")
                && matches!(
                    p.low(at + 1),
                    "never" | "always" | "also" | "already" | "just" | "long" | "not" | "only" | "since"
                );
            let word = p.low(at + 1 + usize::from(adverb));
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
            matches!(
                w,
                "will" | "'ll" | "would" | "to" | "can" | "could" | "may" | "might" | "should" | "must" | "shall"
            )
        }) {
            return Some(Tense::Future);
        }
        return Some(Tense::Past);
    }
    None
}

/// Whether `low` is, or looks like, a verb in the past.
pub(super) fn is_past(low: &str) -> bool {
    let no_verb = lexicon::tense::NOT_PAST.contains(low);
    is_irregular_past(low) || (low.len() > 3 && low.ends_with("ed") && !no_verb)
}

/// Whether one of the three words before `at` is wanted.
fn before_is(p: &Paragraph, at: usize, start: usize, wanted: impl Fn(&str) -> bool) -> bool {
    (start.max(at.saturating_sub(3))..at).any(|i| wanted(p.low(i)))
}

fn is_irregular_past(low: &str) -> bool {
    lexicon::tense::IRREGULAR_PAST.contains(low)
}
