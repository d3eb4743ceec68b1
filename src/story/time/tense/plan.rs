//! What tells that a time is still to come, or over, whatever tense the nearest verb has: plans, refusals, timetables.

use super::{REACH, before_is, ends_clause, opens_future, verb};
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, TokenKind, has_possessive_s};

/// Whether the verb at `at` tells of a plan whose time is the one at `first`: `was to speak Friday`, `rescheduled for
/// Tuesday`, `planned a march on Saturday`.
pub(super) fn is_planned(p: &Paragraph, at: usize, infinitive: Option<usize>, first: usize, start: usize) -> bool {
    if let Some(to) = infinitive {
        let before = p.low(to.saturating_sub(1));
        let between = (at..to).any(|i| is_plan(p.low(i)) || is_plan_noun(p.low(i)));
        let direct = matches!(
            before,
            "was" | "were" | "is" | "are" | "due" | "about" | "supposed" | "ready" | "likely" | "hoping" | "planning"
        );
        if direct || between {
            return true;
        }
    }
    let is_moved = |low: &str| lexicon::tense::MOVED.contains(low);
    let target = matches!(p.low(first.saturating_sub(1)), "for" | "until" | "till" | "to");
    if target && (at..first).any(|i| is_moved(p.low(i))) {
        return true;
    }
    // “a summit set for Harbor City in April”
    let is_set = |at: usize| {
        p.low(at + 1) == "for"
            && matches!(p.low(at), "set" | "scheduled" | "rescheduled" | "slated" | "planned" | "booked" | "postponed")
    };
    if matches!(p.low(first.saturating_sub(1)), "in" | "on" | "next" | "this") && (at..first).any(is_set) {
        return true;
    }
    // “planned a large march on Saturday”
    matches!(p.low(at), "planned" | "scheduled")
        && !before_is(p, at, start, |w| matches!(w, "was" | "were" | "been" | "had"))
        && at + 2 < first
}

/// Whether the infinitive whose `to` is at `to` says which one is meant, not what is to come: `the first countries to join`,
/// `the last to leave`.
pub(super) fn is_one_who_did(p: &Paragraph, to: usize, start: usize) -> bool {
    let nearest = (start.max(to.saturating_sub(6))..to).rev();
    let mut noun = nearest.map(|at| p.low(at)).take_while(|low| !matches!(*low, "," | ";" | ":" | "-" | "for"));
    noun.any(|low| matches!(low, "first" | "second" | "third" | "last" | "latest" | "only"))
}

/// Whether a helper is followed by what somebody did not do: `could not be reached`, `would not comment`.
pub(super) fn is_refusal(p: &Paragraph, at: usize) -> bool {
    let negated = p.low(at).ends_with("n't");
    let next = if negated { at + 1 } else { at + 2 };
    let not = negated || p.low(at + 1) == "not" || p.low(at + 1) == "neither" || p.low(at + 1) == "n't";
    let neither = (at.saturating_sub(REACH)..at).any(|i| matches!(p.low(i), "neither" | "nobody" | "none"));
    let verb = if not { next } else { at + 1 };
    let told = lexicon::tense::NOT_TOLD.contains(p.low(verb));
    (not || neither) && told && (p.low(at).starts_with("could") || p.low(verb) != "be")
}

/// Whether the time owns something that is done: `Wednesday's ruling`, `Sunday's attack`.
pub(super) fn owns_what_is_done(p: &Paragraph, last: usize) -> bool {
    has_possessive_s(p.low(last)) && (is_done(p.low(last + 1)) || is_done(p.low(last + 2)))
}

/// Whether this is a noun, in the singular or the plural, of what is over once somebody speaks of it.
fn is_done(low: &str) -> bool {
    let done = &lexicon::tense::DONE;
    done.contains(low) || low.strip_suffix('s').is_some_and(|one| done.contains(one))
}

/// Whether the time is behind what is done, without a verb between: `the shooting in Salem on Sunday`, `her win Tuesday`; not
/// `a win Tuesday`, `the threat of an attack Sunday`.
pub(super) fn follows_what_is_done(p: &Paragraph, first: usize, start: usize) -> bool {
    for at in (start.max(first.saturating_sub(8))..first).rev() {
        let low = p.low(at);
        if ends_clause(low) || is_done(low) {
            let near = || (start.max(at.saturating_sub(4))..at).map(|i| p.low(i));
            let is_open = |low: &str| lexicon::tense::BEFORE_WHAT_MAY_COME.contains(low);
            let outcome = lexicon::tense::OUTCOMES.contains(low);
            let any = outcome && near().any(|low| matches!(low, "a" | "an" | "any" | "another" | "no" | "if"));
            // “to win in November”, “would defeat her in May”: verbs.
            let is_noun = near().any(|low| {
                (grammar::ARTICLES_AND_POSSESSIVES.contains(low) || matches!(low, "our" | "this" | "that"))
                    || has_possessive_s(low) && low != "let's"
            });
            return !ends_clause(low)
                && is_noun
                && !any
                && !near().any(|low| is_open(low) || low != "to" && opens_future(low));
        }
        if verb(p, at, start).is_some() {
            return false;
        }
    }
    false
}

/// Whether the clause before the time says under what condition: `if she wins Tuesday`, `when he speaks on Friday`.
pub(super) fn is_condition(p: &Paragraph, first: usize, start: usize) -> bool {
    for at in (start.max(first.saturating_sub(REACH))..first).rev() {
        if matches!(p.low(at), "if" | "when" | "once" | "whoever" | "whether") {
            return at == start || !matches!(p.low(at - 1), "as" | "even");
        }
        if ends_clause(p.low(at)) {
            return false;
        }
    }
    false
}

/// Nouns whose infinitive is still to come: `plans to leave`, `a deadline to answer`.
fn is_plan_noun(low: &str) -> bool {
    lexicon::tense::PLAN_NOUNS.contains(low)
}

/// Verbs after which an infinitive is still to come.
pub(super) fn is_plan(low: &str) -> bool {
    lexicon::tense::PLANS.contains(low)
}

/// Whether the word at `at` is a verb in the present that timetables are told by: `the fair starts Saturday`, `schools open
/// Tuesday`, `the bill goes to the Senate Monday`.
pub(super) fn is_timetable(p: &Paragraph, at: usize, start: usize) -> bool {
    let low = p.low(at);
    let Some(before) = at.checked_sub(1).filter(|&before| before >= start) else { return false };
    let subject = p.low(before);
    let is_word = p.tokens.get(before).is_some_and(|token| token.kind == TokenKind::Word);
    let plural = matches!(subject, "we" | "they" | "you" | "i" | "who")
        || (subject.ends_with('s') && !subject.ends_with("ss") && !has_possessive_s(subject));
    let starts_name = p.tokens.get(at).is_some_and(|token| token.capital);
    if !is_word
        || starts_name
        || (grammar::ARTICLES_AND_POSSESSIVES.contains(subject) || matches!(subject, "of" | "these" | "those"))
    {
        return false;
    }
    let is_event = |stem: &str| lexicon::tense::TIMETABLED.contains(stem);
    match low {
        "goes" | "takes" | "comes" => {
            matches!(
                p.low(at + 1),
                "into" | "on" | "to" | "before" | "place" | "effect" | "over" | "off" | "out" | "back" | "up"
            )
        }
        "go" | "take" | "come" => {
            plural && matches!(p.low(at + 1), "into" | "on" | "to" | "before" | "place" | "effect")
        }
        _ => match low.strip_suffix('s') {
            Some(stem) => is_event(stem) && !plural,
            None => is_event(low) && plural,
        },
    }
}
