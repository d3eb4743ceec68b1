//! `vote-margin`: a margin against the two results, “won 51-47, a 6-point margin”.

use crate::lexicon;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::written;
use crate::story::trigger_words::Triggers;
use crate::text::Span;

/// How many tokens after the results the margin may be.
const REACH: usize = 5;

/// Results and a margin that do not fit.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    if read.triggers.of_kind(Triggers::NUMBER).nth(1).is_none() {
        return;
    }
    let mut next = 0;
    for at in read.triggers.of_kind(Triggers::NUMBER) {
        if at < next {
            continue;
        }
        let Some(results) = results_at(paragraph, at) else { continue };
        next = results.next;
        let Some(margin) = margin_after(paragraph, results.next, results.shares) else { continue };
        let apart = (results.first - results.second).abs();
        let slack = if results.shares { 0.5 + results.rounding * 2.0 } else { 0.0 };
        if (apart - margin.value).abs() <= slack + 1e-9 {
            continue;
        }
        let actual = written(apart, 1);
        let hit = Hit::in_paragraph(margin.span)
            .arg("found", paragraph.slice(margin.span))
            .arg("first", written(results.first, 1))
            .arg("second", written(results.second, 1))
            .arg("actual", actual.clone());
        out.push(hit.replace(Passage::new(0, margin.number), actual, rule.fix));
    }
}

/// What a body does to a measure that most are for.
const PASSES: &[&str] = &["passed", "approved", "adopted", "ratified", "carried", "enacted", "confirmed"];

/// `vote-losing`: “The motion passed 82-120”: fewer votes for it than against it.
pub(in crate::checks) fn losing(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    for at in read.triggers.of_kind(Triggers::NUMBER) {
        let (Some(first), Some(second)) = (number(paragraph, at), number(paragraph, at + 2)) else { continue };
        let joint = paragraph.tokens.get(at + 1);
        if !matches!(paragraph.low(at + 1), "-" | "to") || first >= second || first.fract() + second.fract() > 0.0 {
            continue;
        }
        // `the 2016-17 budget`, `10-15 projects`, `10 to 15 percent` are no votes.
        let glued = paragraph.low(at + 1) == "to" || joint.is_some_and(|token| !token.spaced);
        let behind = paragraph.low(at + 3);
        let ends = matches!(
            behind,
            "" | "."
                | ","
                | ";"
                | ")"
                | "after"
                | "on"
                | "in"
                | "at"
                | "with"
                | "late"
                | "last"
                | "early"
                | "vote"
                | "despite"
                | "over"
                | "and"
                | "along"
        ) || crate::lexicon::time::WEEKDAYS.contains(behind);
        let year = (1900.0..2100.0).contains(&first);
        let by = |n: usize| at.checked_sub(n).map_or("", |before| paragraph.low(before));
        let counted = matches!((by(2), by(1)), ("vote", "of") | ("a" | "by", "a") | ("count", "of"));
        // The verb with what was voted on between: `passed the bill 82-120`, `passed by a vote of 82-120`.
        let verb = (1..9).find(|&n| PASSES.contains(&by(n)));
        let Some(verb) = verb.filter(|_| glued && ends && !year) else { continue };
        let between = (1..verb).map(by);
        if between.clone().any(|low| matches!(low, "." | ";" | ":" | "not" | "never" | "and" | "but" | "after"))
            || by(verb + 1) == "be" && by(verb + 2) == "not"
            || !counted
                && verb > 1
                && matches!(by(1), "the" | "a" | "an" | "to" | "for" | "of" | "its" | "their" | "about")
        {
            continue;
        }
        let span = paragraph.span_of(at, at + 2);
        let turned = format!("{}{}{}", paragraph.word(at + 2), between_numbers(paragraph, at), paragraph.word(at));
        let hit = Hit::in_paragraph(span).arg("found", paragraph.slice(span)).arg("verb", by(verb));
        out.push(hit.replace(Passage::new(0, span), turned, rule.fix));
    }
}

/// What is between the numbers at tokens `at` and `at + 2`.
fn between_numbers(paragraph: &Paragraph, at: usize) -> &str {
    let (Some(one), Some(two)) = (paragraph.tokens.get(at), paragraph.tokens.get(at + 2)) else { return "-" };
    paragraph.text.get(one.span.end()..two.span.start()).unwrap_or("-")
}

/// Two results.
struct Results {
    first: f64,
    second: f64,
    /// Per cents, which are rounded; votes and points are not.
    shares: bool,
    /// Half of the last digit shown.
    rounding: f64,
    /// Index of the token after them.
    next: usize,
}

fn number(paragraph: &Paragraph, at: usize) -> Option<f64> {
    let token = paragraph.tokens.get(at)?;
    (token.kind == TokenKind::Number).then(|| paragraph.low(at).replace(',', "").parse().ok()).flatten()
}

/// `51-47`, `51 percent to 47 percent`, `51% to 47%`.
fn results_at(paragraph: &Paragraph, at: usize) -> Option<Results> {
    let first = number(paragraph, at)?;
    let rounding = if paragraph.low(at).contains('.') { 0.05 } else { 0.5 };
    let unit = |at: usize| matches!(paragraph.low(at), "percent" | "%");
    let (joint, shares) = if unit(at + 1) { (at + 2, true) } else { (at + 1, false) };
    if !matches!(paragraph.low(joint), "-" | "to") {
        return None;
    }
    let second = number(paragraph, joint + 1)?;
    let shares = shares || unit(joint + 2);
    let next = joint + 2 + usize::from(unit(joint + 2));
    // Years and ranges rise; the winner's result comes first in news copy.
    let votes = first > second && !(1900.0..2100.0).contains(&first) && (shares || second > 0.0);
    votes.then_some(Results { first, second, shares, rounding, next })
}

/// A margin.
struct Margin {
    value: f64,
    /// All of it: `6-point margin`.
    span: Span,
    /// Its digits.
    number: Span,
}

/// `, a 6-point margin` and `by 6 points` after the results.
fn margin_after(paragraph: &Paragraph, start: usize, shares: bool) -> Option<Margin> {
    for at in start..start + REACH {
        let low = paragraph.low(at);
        if matches!(low, "" | "." | ";" | "and" | "but" | "after" | "with" | "when") {
            return None;
        }
        // “A margin of five”.
        if low == "margin" && paragraph.low(at + 1) == "of" {
            let digits = paragraph.tokens.get(at + 2)?.span;
            let value = number(paragraph, at + 2).or_else(|| spelled(paragraph.low(at + 2)))?;
            return Some(Margin { value, span: paragraph.tokens.get(at)?.span.to(digits), number: digits });
        }
        if low == "by" {
            let value = number(paragraph, at + 1)?;
            let points = match (paragraph.low(at + 2), paragraph.low(at + 3)) {
                ("points" | "votes", _) => at + 2,
                ("percentage", "points") => at + 3,
                _ => return None,
            };
            let digits = paragraph.tokens.get(at + 1)?.span;
            return Some(Margin { value, span: digits.to(paragraph.tokens.get(points)?.span), number: digits });
        }
        let token = paragraph.tokens.get(at)?;
        let Some(digits) = low.strip_suffix("-point").or_else(|| low.strip_suffix("-vote")) else { continue };
        let value: f64 = digits.parse().ok()?;
        let noun = paragraph.low(at + 1);
        // A lead in a game may have been another one than that of the final score.
        let fits = matches!(noun, "margin" | "victory" | "win")
            || (shares && matches!(noun, "lead" | "edge" | "advantage" | "gap"));
        let opens = at.checked_sub(1).is_some_and(|b| matches!(paragraph.low(b), "a" | "an"));
        let close = at <= start + 2;
        return (fits && opens && close).then(|| Margin {
            value,
            span: token.span.to(paragraph.tokens.get(at + 1).map_or(token.span, |t| t.span)),
            number: Span::new(token.span.start(), token.span.start() + digits.len()),
        });
    }
    None
}

fn spelled(word: &str) -> Option<f64> {
    lexicon::numbers::SMALL.position(word).filter(|value| (1..10).contains(value)).map(|value| value as f64)
}
