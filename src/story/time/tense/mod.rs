//! The tense of the clause around a time expression.

mod plan;

use self::plan::{
    follows_what_is_done, is_condition, is_one_who_did, is_plan, is_planned, is_refusal, is_timetable,
    owns_what_is_done,
};
use super::Tense;
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, TokenKind, has_possessive_s};

/// How many tokens to look at on each side; clauses of news copy are shorter, and the cost stays bounded.
const REACH: usize = 24;

/// What a clause says of when things happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClauseTense {
    /// The tense.
    pub tense: Tense,
    /// A finite verb says so, and nothing between it and the time speaks against it: `will open in May`, `cut 40 jobs in
    /// June`; not `wanted to open in May`, `goods bought in June will be replaced`.
    pub is_sure: bool,
}

impl ClauseTense {
    fn sure(tense: Tense) -> Self {
        Self { tense, is_sure: true }
    }

    fn likely(tense: Tense) -> Self {
        Self { tense, is_sure: false }
    }
}

/// The tense of the verb nearest to tokens `first..=last` in the same clause; see [`read`].
pub(super) fn around(p: &Paragraph, first: usize, last: usize) -> Tense {
    read(p, first, last).tense
}

/// The tense of the verb that governs tokens `first..=last`: the nearest verb before in the same clause, or else the one
/// behind. A plan before the time (`rescheduled for Tuesday`, `planned to leave Thursday`) makes it one to come.
pub(super) fn read(p: &Paragraph, first: usize, last: usize) -> ClauseTense {
    if owns_what_is_done(p, last) {
        return ClauseTense::sure(Tense::Past);
    }
    let sentence =
        p.tokens.get(first).and_then(|t| p.sentence_at(t.span.start)).map_or(first..last + 1, |s| s.tokens());
    if follows_what_is_done(p, first, sentence.start) {
        return ClauseTense::sure(Tense::Past);
    }
    // “While fares are up, Thursday’s vote was close”: a subject of its own.
    let is_subject = first > sentence.start
        && has_possessive_s(p.low(last))
        && matches!(p.low(first - 1), "," | ";" | "but" | "and");
    if !is_subject && let Some(reading) = before(p, first, last, sentence.start) {
        return reading;
    }
    let end = sentence.end.min(last + 1 + REACH);
    // A comma right behind opening words, as in “On Monday, the council”, does not end the clause; in “a ferry by
    // Monday, Finch said” it does.
    let opens = first <= sentence.start + 1;
    // “In May, a week after the fire, the mayor left”: nor does one behind what has no verb.
    let ends = |at: usize| ends_clause(p.low(at)) && (!opens || p.low(at) != "," && at != last + 1);
    let clause = last + 1..(last + 1..end).find(|&at| ends(at)).unwrap_or(end);
    for at in clause.clone() {
        // “rents received by landlords will be taxed”: the helper behind is the clause's verb; not in “he hedged on whether
        // they would”.
        let has_subject = at > sentence.start
            && matches!(p.low(at - 1), "he" | "she" | "it" | "they" | "we" | "i" | "who" | "which" | "that");
        let is_participle = !has_subject
            && is_past(p.low(at))
            && is_preposition(p.low(at + 1))
            && (at + 1..clause.end).any(|i| is_helper(p.low(i)));
        if !is_participle && let Some(tense) = verb(p, at, sentence.start) {
            return ClauseTense { tense, is_sure: opens };
        }
    }
    ClauseTense::likely(Tense::Unknown)
}

/// What the words before the time say, as far as its clause goes.
fn before(p: &Paragraph, first: usize, last: usize, start: usize) -> Option<ClauseTense> {
    let mut infinitive = None;
    for at in (start.max(first.saturating_sub(REACH))..first).rev() {
        let low = p.low(at);
        if ends_clause(low) && at + 1 < first {
            break;
        }
        if low == "to" && infinitive.is_none() && is_infinitive(p, at, first) && !is_one_who_did(p, at, start) {
            infinitive = Some(at);
        }
        let Some(tense) = verb(p, at, start) else { continue };
        if is_planned(p, at, infinitive, first, start) {
            return Some(ClauseTense::likely(Tense::Future));
        }
        // “could not be reached Wednesday”, “would not comment Monday” tell of that day.
        let mut helpers = (start.max(at.saturating_sub(3))..=at)
            .filter(|&i| matches!(p.low(i), "could" | "would" | "couldn't" | "wouldn't"));
        if helpers.any(|helper| is_refusal(p, helper)) {
            return Some(ClauseTense::sure(Tense::Past));
        }
        // “the man arrested Tuesday will appear”: a participle, which tells of its noun alone. “If no faults are found, expect
        // it Tuesday”: one behind a present.
        let in_present = at > start && matches!(p.low(at - 1), "is" | "are" | "be" | "being");
        let is_participle = tense == Tense::Past && (in_present || is_helper(p.low(last + 1)));
        // “told of the March 6 primary”: the date says when the primary is.
        let before = p.low(first.saturating_sub(1));
        let in_noun =
            grammar::ARTICLES_AND_POSSESSIVES.contains(before) || matches!(before, "this" | "that" | "of" | "for");
        let reported = tense == Tense::Future && matches!(low, "would" | "could" | "may" | "might" | "should" | "can");
        // “They are glad of her speech Thursday” says less than “the fair starts Saturday”.
        let is_state = tense == Tense::Present && !is_timetable(p, at, start);
        // “The logs will be read-only, and shut down on June 3”: a past by its form, where an earlier verb leads.
        let is_unchanged = at > start
            && matches!(p.low(at - 1), "and" | "or")
            && matches!(low, "shut" | "set" | "put" | "cut" | "hit" | "let" | "quit" | "split" | "spread");
        let is_unsure = is_participle || reported || in_noun || is_state || is_unchanged;
        return Some(ClauseTense { tense, is_sure: infinitive.is_none() && !is_unsure });
    }
    // “Council to vote Tuesday”, as headlines write; “if she wins Tuesday”.
    let is_to_come = infinitive.is_some() || is_condition(p, first, start);
    is_to_come.then(|| ClauseTense::likely(Tense::Future))
}

/// Whether the `to` at `at` opens an infinitive that goes on until the time at `first`.
fn is_infinitive(p: &Paragraph, at: usize, first: usize) -> bool {
    let is_verb = p.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Word && !next.capital);
    let is_noun = grammar::ARTICLES_AND_POSSESSIVES.contains(p.low(at + 1))
        || matches!(p.low(at + 1), "this" | "that" | "and" | "or" | "but" | "by" | "which");
    // “spoke to reporters”, “claims to have won”
    let low = p.low(at + 1);
    let is_plural = low.ends_with('s') && !low.ends_with("ss") && low != "focus";
    let is_perfect = low == "have" && is_past(p.low(at + 2));
    at + 1 < first && is_verb && !is_noun && !is_plural && !is_perfect
}

/// Verbs that help others to a tense.
fn is_helper(low: &str) -> bool {
    lexicon::tense::HELPERS.contains(low)
}

fn is_preposition(low: &str) -> bool {
    matches!(
        low,
        "by" | "in" | "on" | "at" | "from" | "for" | "with" | "to" | "under" | "after" | "before" | "during" | "since"
    )
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
        Tense::Unknown => preposition != "before" || infinitive_before(p, first).is_some() || gerund_before(p, first),
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
    clause_before(p, first).find(|&at| p.low(at) == "to" && is_infinitive(p, at, first))
}

/// Whether what is done is behind a preposition in the clause of token `first`, and so not said to be over: `insist on starting
/// before winter`, `the idea of opening before May`.
fn gerund_before(p: &Paragraph, first: usize) -> bool {
    clause_before(p, first).any(|at| {
        let before = at.checked_sub(1).map_or("", |before| p.low(before));
        p.low(at).len() > "ing".len() && p.low(at).ends_with("ing") && matches!(before, "on" | "of" | "about" | "for")
    })
}

fn sentence_start(p: &Paragraph, at: usize) -> usize {
    let sentence = p.tokens.get(at).and_then(|t| p.sentence_at(t.span.start));
    sentence.map_or(at, |sentence| sentence.first as usize)
}

pub(super) fn ends_clause(low: &str) -> bool {
    matches!(
        low,
        ";" | ":" | "," | "-" | "\"" | "(" | ")" | "who" | "which" | "that" | "when" | "while" | "because" | "but"
    )
}

/// Whether what is from `at` on, behind “ahead of”, is something that is to come, and not somebody who is behind.
fn is_named_ahead(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    matches!(low, "the" | "a" | "his" | "her" | "its" | "their" | "voting" | "elections")
        || low.ends_with("day")
        || (at..at + 3).any(|owner| has_possessive_s(p.low(owner)))
}

/// The tense that the word at `at` gives, when it is a verb that shows one.
pub(super) fn verb(p: &Paragraph, at: usize, start: usize) -> Option<Tense> {
    let token = p.tokens.get(at)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    let low = p.low(at);
    // “the previously-planned switch”: an adjective.
    if low.contains('-') {
        return None;
    }
    match low {
        _ if low == "won't" || lexicon::tense::MODALS.contains(low) => {
            // “May” with a capital is a month.
            return (!(low == "may" && token.capital)).then_some(Tense::Future);
        }
        // “due to the storm”
        "due" if p.low(at + 1) == "to" && grammar::ARTICLES_AND_POSSESSIVES.contains(p.low(at + 2)) => {
            return None;
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
        "is" | "are" | "has" | "have" | "am" | "isn't" | "aren't" => {
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
        "let's" => return Some(Tense::Future),
        // “ahead of the vote Tuesday”
        "ahead" if p.low(at + 1) == "of" && is_named_ahead(p, at + 2) => {
            return Some(Tense::Future);
        }
        _ => {}
    }
    if low.ends_with("'ll") {
        return Some(Tense::Future);
    }
    if is_timetable(p, at, start) {
        return Some(Tense::Present);
    }
    let past = is_past(low);
    if past && !(token.capital && at > start) {
        // “will be voted on”, “to be decided”: the helper decides; not in “went to Salem and cut jobs”.
        let is_perfect = |helper: usize| {
            let low = p.low(helper);
            low != "will" && low != "shall" && (helper + 1..at).any(|between| p.low(between) == "have")
        };
        if helper_of(p, at, start).is_some_and(|helper| opens_future(p.low(helper)) && !is_perfect(helper)) {
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

/// What is right before the verb at `at`, or before what belongs to it: `will`, `be`, `not`, adverbs.
fn helper_of(p: &Paragraph, at: usize, start: usize) -> Option<usize> {
    let belongs =
        |low: &str| matches!(low, "be" | "have" | "been" | "being" | "not" | "also" | "soon" | "still" | "only");
    let is_between = |low: &str| belongs(low) || low.len() > 4 && low.ends_with("ly");
    (start.max(at.saturating_sub(4))..at).rev().find(|&i| !is_between(p.low(i)))
}

/// Whether a verb behind `low` is still to come.
pub(super) fn opens_future(low: &str) -> bool {
    low == "to" || lexicon::tense::MODALS.contains(low)
}

/// Whether one of the three words before `at` is wanted.
fn before_is(p: &Paragraph, at: usize, start: usize, wanted: impl Fn(&str) -> bool) -> bool {
    (start.max(at.saturating_sub(3))..at).any(|i| wanted(p.low(i)))
}

fn is_irregular_past(low: &str) -> bool {
    lexicon::tense::IRREGULAR_PAST.contains(low)
}
