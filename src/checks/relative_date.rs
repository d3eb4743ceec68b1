//! `relative-date`: Sunday, last month, yesterday: which day is that for someone who reads it next week?
//!
//! One check, a rule for each kind (param `kind`), because desks differ in which of them they allow.

use jiff::civil::Date;

use super::dates;
use super::wording::with_capitals_of;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Hit, HitPlace, Rule, Run, choice};
use crate::story::Window;
use crate::story::time::{DateOrder, Expression, Form, TimeExpression, TimeKind, Unit, Which};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "relative-date",
    Run::Local(run),
    &[choice(
        "kind",
        &["weekday", "day", "period", "last-month", "next-weekday"],
        "`weekday`, `day`, `period`, `last-month` or `next-weekday`",
    )],
)];

/// Adds a hit for each expression of the rule's kind that stands outside quotes and could be resolved.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let kind = rule.text("kind").unwrap_or_default();
    let order = window.date_order;
    for time in window.times.iter().filter(|time| !time.quoted) {
        let (Some(from), Some(_)) = (time.from, time.to) else { continue };
        if !matches!(time.kind, TimeKind::Weekday | TimeKind::Relative | TimeKind::Period) {
            continue;
        }
        let Some(expression) = window.expression(time) else { continue };
        // A day that was given once needs no second date.
        let is_first = !time.again;
        let hit = match kind {
            "weekday" if is_first => weekday(window, time, expression, from, order),
            "day" if is_first => day(window, time, expression, from),
            "period" if is_first => period(window, time, expression, from),
            "last-month" => last_month(window, time, expression),
            "next-weekday" => next_weekday(window, time, expression, from, order),
            _ => None,
        };
        out.extend(hit.map(|hit| hit.assumed(time.assumed.clone())));
    }
}

/// `On Sunday` → `On Sunday, Feb. 11,`.
fn weekday(
    window: &Window,
    time: &TimeExpression,
    expression: &Expression,
    date: Date,
    order: DateOrder,
) -> Option<Hit> {
    let Form::Weekday(_, None) = expression.form else { return None };
    // Nobody is in doubt about the publication day itself.
    if window.published.as_ref().is_none_or(|published| published.date == date) {
        return None;
    }
    if returns(window.paragraph(time.passage.paragraph()), time.passage.span) {
        return None;
    }
    let day = dates::day(date, order);
    let hit = Hit::at(time.passage).arg("found", window.slice(time.passage)).arg("date", &day);
    // “Monday, Feb. 5,’s vote” is no English; only the sentence as a whole can be mended.
    if is_possessive(window, time.passage) {
        return Some(hit);
    }
    Some(hit.fix(
        format!("Insert the date: “{}, {day}”", window.slice(time.passage)),
        Applicability::Suggested,
        vec![insertion(window, time.passage, &day)],
    ))
}

/// Whether the weekday on `span` is one that comes each week, as those of opening hours do (“Monday to Saturday”, “Friday, Saturday and
/// Sunday”), says of what kind something is, or is in words that somebody else wrote.
fn returns(p: &Paragraph, span: Span) -> bool {
    let own = p.tokens_in(span);
    let is_weekday = |at: usize| lexicon::time::WEEKDAYS.contains(p.low(at));
    let joins = |at: usize| matches!(p.low(at), "to" | "and" | "," | "-" | "or" | "through" | "&");
    let is_next = joins(own.end) && is_weekday(own.end + 1);
    let is_last = own.start >= 2 && joins(own.start - 1) && is_weekday(own.start - 2);
    is_next || is_last || p.kind == BlockKind::BlockQuote || lexicon::time::BEHIND_WEEKDAYS.contains(p.low(own.end))
}

/// Whether the words own what follows: `Monday’s vote`.
fn is_possessive(window: &Window, passage: Passage) -> bool {
    window.paragraph(passage.paragraph()).is_apostrophe_behind(passage.span)
}

/// The date set off by commas behind the weekday; no second comma before other punctuation.
fn insertion(window: &Window, passage: Passage, day: &str) -> (HitPlace, String) {
    let paragraph = window.paragraph(passage.paragraph());
    let end = passage.span.end;
    let next = paragraph.text[passage.span.end()..].trim_start().chars().next();
    let comma = if next.is_none_or(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '—' | '–' | '-')) {
        ""
    } else {
        ","
    };
    (HitPlace::Prose(Passage::new(passage.paragraph(), Span { start: end, end })), format!(", {day}{comma}"))
}

/// `yesterday` → `Sunday`; “today” is mostly nowadays.
fn day(window: &Window, time: &TimeExpression, expression: &Expression, date: Date) -> Option<Hit> {
    let Form::Day(_) = expression.form else { return None };
    let name = dates::weekday(date);
    let written = window.slice(time.passage);
    let hit = Hit::at(time.passage).arg("found", written).arg("date", name);
    // “today” and “tonight” also mean nowadays and the evening, and mostly do.
    // “What holds today may change tomorrow” means no day at all.
    let p = window.paragraph(time.passage.paragraph());
    let sentence = p.sentence_at(time.passage.span.start);
    let means_ever = sentence.is_some_and(|sentence| sentence.tokens().any(|at| p.low(at) == "today"));
    match written.to_ascii_lowercase().as_str() {
        "yesterday" | "tomorrow" if !means_ever => Some(hit.replace(time.passage, name, Applicability::Suggested)),
        _ => None,
    }
}

/// `Last month` → `In January`; `last year` → `in 2017`.
fn period(window: &Window, time: &TimeExpression, expression: &Expression, from: Date) -> Option<Hit> {
    let Form::Period(unit, Which::Last | Which::Next) = expression.form else { return None };
    let published = window.published.as_ref()?.date;
    let when = match unit {
        Unit::Month if from.year() == published.year() => dates::month(from),
        Unit::Month => format!("{} {}", dates::month(from), from.year()),
        Unit::Year => from.year().to_string(),
        _ => return None,
    };
    let written = window.slice(time.passage);
    // “The last year of her term”, “spent the last year” are lengths of time.
    if with_article(written) {
        return None;
    }
    let hit = Hit::at(time.passage).arg("found", written).arg("date", &when);
    let bare = expression.preposition.is_some() || is_possessive(window, time.passage);
    let text = if bare { when } else { with_capitals_of(written, &format!("in {when}")) };
    Some(hit.replace(time.passage, text, Applicability::Suggested))
}

fn with_article(written: &str) -> bool {
    written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "))
}

/// `last February`, said in May: three months ago, or fifteen? In February, `last December` leaves no doubt.
fn last_month(window: &Window, time: &TimeExpression, expression: &Expression) -> Option<Hit> {
    let Form::Calendar { year: None, month: Some(month), day: None, which: Some(Which::Last) } = expression.form else {
        return None;
    };
    let published = window.published.as_ref()?.date;
    if i8::try_from(month).ok()? >= published.month() {
        return None;
    }
    let name = window.slice(Passage::new(time.passage.paragraph(), expression.written.month?.span));
    let years = [published.year(), published.year().checked_sub(1)?];
    let readings = years.map(|year| format!("{name} {year}"));
    let mut hit = Hit::at(time.passage)
        .arg("found", window.slice(time.passage))
        .arg("first", &readings[0])
        .arg("second", &readings[1]);
    let bare = expression.preposition.is_some();
    for reading in readings.iter().filter(|_| !is_possessive(window, time.passage)) {
        let opening = match (bare, expression.opens_sentence) {
            (true, _) => "",
            (false, true) => "In ",
            (false, false) => "in ",
        };
        let text = format!("{opening}{reading}");
        hit = hit.replace(time.passage, text, Applicability::Suggested);
    }
    Some(hit)
}

/// `next Friday`, said on a Wednesday: in two days or in nine?
fn next_weekday(
    window: &Window,
    time: &TimeExpression,
    expression: &Expression,
    from: Date,
    order: DateOrder,
) -> Option<Hit> {
    let Form::Weekday(_, Some(Which::Next)) = expression.form else { return None };
    let published = window.published.as_ref()?.date;
    let ahead = (from - published).get_days();
    // The two readings are the first such day after publication and the one a week later.
    let first = from.checked_sub(jiff::Span::new().days((ahead - 1) / 7 * 7)).ok()?;
    let second = first.checked_add(jiff::Span::new().days(7)).ok()?;
    let name = dates::weekday(first);
    let readings = [first, second].map(|date| dates::day(date, order));
    let mut hit = Hit::at(time.passage)
        .arg("found", window.slice(time.passage))
        .arg("first", &readings[0])
        .arg("second", &readings[1]);
    for reading in readings.iter().filter(|_| !is_possessive(window, time.passage)) {
        hit = hit.replace(time.passage, format!("{name}, {reading}"), Applicability::Suggested);
    }
    Some(hit)
}
