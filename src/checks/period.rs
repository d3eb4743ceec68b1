//! `period-length`: “for six years, from January 2017 to December 2021”, which is five. `period-reversed`: “starts in
//! September and ends in August of this year”.

use jiff::civil::Date;

use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Count, Form, Tense, TimeExpression, Unit};

/// The checks of this file, as rules name them.
pub(super) const CHECKS: &[Check] =
    &[Check::new("period-length", Run::Local(lengths), &[]), Check::new("period-reversed", Run::Local(reversed), &[])];

/// How many words may be between a length and its dates: `The three-day fair of the village runs from`.
const NEAR: usize = 6;

/// Days of a longer time are often counted without the first.
const A_WEEK: u32 = 7;

/// Words between the first day and the last.
const TO: &[&str] = &["to", "until", "till", "through", "-", "–"];

/// How the dates stand beside the length that they explain.
const BEFORE_DATES: &[&str] = &["from", ", from", "(", "(from", ","];
const BEHIND_DATES: &[&str] = &[",", "(", ", or", ", for", ", a total of", ", a period of"];

/// Adds a hit for each length of time that is not the time between the two dates beside it.
pub(super) fn lengths(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for (index, time) in window.times.iter().enumerate().filter(|(_, time)| !time.quoted) {
        let Some(Form::Duration(Count::Exact(number), unit)) = form(window, time) else { continue };
        let Some(days) = days_of(*unit) else { continue };
        let pairs = [(index + 1, index + 2), (index.wrapping_sub(2), index.wrapping_sub(1))];
        for (first, last) in pairs {
            let (Some(first), Some(last)) = (window.times.get(first), window.times.get(last)) else { continue };
            let Some((least, most)) = days_between(window, first, last) else { continue };
            // “Three days a week, from June 3 to July 30” tells how often.
            if *number == 1 {
                continue;
            }
            let Some(how) = belongs(window, time, (first, last)) else { continue };
            let said = f64::from(*number) * days;
            let least = if how == Belongs::Days && *number <= A_WEEK && *unit == Unit::Day { most } else { least };
            // A length is rounded to its unit; days are counted, but for “60 days” of two months.
            let slack = if *unit == Unit::Day { said / 30.0 } else { days / 2.0 };
            if said <= most + slack && (how == Belongs::Part || said >= least - slack) {
                continue;
            }
            let range = Passage { span: first.passage.span.to(last.passage.span), ..first.passage };
            let hit = Hit::at(time.passage)
                .arg("found", window.slice(time.passage))
                .arg("range", window.slice(range))
                .arg("real", shown(least / days, most / days, *unit));
            out.push(hit.related(range, "counted between these dates"));
        }
    }
}

/// Adds a hit for each end that comes before its beginning.
pub(super) fn reversed(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for pair in window.times.windows(2) {
        let [first, last] = pair else { continue };
        let (Some(from), Some(to)) = (first.from, last.to) else { continue };
        if to >= from || first.quoted || !has_year(window, last) {
            continue;
        }
        let Some(between) = window.between(first.passage, last.passage).map(words) else { continue };
        let paragraph = window.paragraph(first.passage.paragraph());
        let sentence = |time: &TimeExpression| paragraph.sentence_at(time.passage.span.start);
        // “It began in September and was finished in August of this year” may tell of the September before.
        let to_come = matches!(first.tense, Tense::Future | Tense::Present)
            && window.published.as_ref().is_some_and(|published| published.date.year() <= to.year());
        let is_sure = has_year(window, first) || to_come;
        // “It opens in October and the old one was closed in May of this year” tells of two things.
        let mut behind = between.iter().map(String::as_str).skip_while(|word| *word == ",");
        let one_thing = behind.next() == Some("and") && behind.next().is_some_and(goes_on);
        let at = paragraph.token_at(first.passage.span.start);
        let begins = (at.saturating_sub(2)..at).any(|at| lexicon::time::BEGINNING.contains(paragraph.low(at)));
        let ends = between.iter().rev().skip(1).take(2).any(|word| lexicon::time::ENDING.contains(word.as_str()));
        if is_sure && one_thing && begins && ends && sentence(first) == sentence(last) && between.len() <= 2 * NEAR {
            let hit = Hit::at(last.passage)
                .arg("found", window.slice(last.passage))
                .arg("first", window.slice(first.passage));
            out.push(hit.related(first.passage, "it begins here"));
        }
    }
}

/// Whether the word behind *and* is a verb, so that its subject is that of the verb before.
fn goes_on(word: &str) -> bool {
    use lexicon::grammar::{BE, MODALS};
    BE.contains(word)
        || MODALS.contains(word)
        || matches!(word, "to" | "has" | "have")
        || lexicon::time::ENDING.contains(word)
}

/// What a length says of the dates beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// It is all of the time between them.
    Whole,
    /// The same, and the dates are the first day and the last: `the three-day fair runs from Friday to Sunday`.
    Days,
    /// It may be a part: `From May 2010 to June 2015 he lived for two years in Rome`.
    Part,
}

/// What the length says of the dates, where it is told of them.
fn belongs(
    window: &Window,
    length: &TimeExpression,
    (first, last): (&TimeExpression, &TimeExpression),
) -> Option<Belongs> {
    if length.passage < first.passage {
        let between = window.between(length.passage, first.passage)?.trim();
        if BEFORE_DATES.contains(&between) {
            return Some(Belongs::Whole);
        }
        let compound = window.slice(length.passage).contains('-');
        let told = between.strip_suffix("from").unwrap_or(between).trim_end();
        let noun = told.strip_suffix([',', '(']).unwrap_or(told);
        let lasts = words(noun).last().is_some_and(|word| lexicon::time::LASTING.contains(word.as_str()));
        let near = words(noun).len() <= NEAR && !noun.contains([',', '.', ';', ':', '(', '-']);
        let by_day = [first, last].iter().all(|time| time.from == time.to);
        let how = if by_day { Belongs::Days } else { Belongs::Part };
        return (compound && near && (lasts || noun.len() < told.len())).then_some(how);
    }
    let between = window.between(last.passage, length.passage)?.trim();
    let behind = window.paragraph(length.passage.paragraph()).text.get(length.passage.span.end()..)?.trim_start();
    if BEHIND_DATES.contains(&between) {
        let ends = [".", ")", "in all", "in total", "altogether"].iter().any(|end| behind.starts_with(end));
        return ends.then_some(Belongs::Whole);
    }
    let is_told = between.ends_with(" for") && !between.contains([',', '.', ';']);
    (is_told && words(between).len() <= NEAR + 1).then_some(Belongs::Part)
}

/// The fewest and the most days from the first date to the last. Two years are what equations compare.
fn days_between(window: &Window, first: &TimeExpression, last: &TimeExpression) -> Option<(f64, f64)> {
    let between = window.between(first.passage, last.passage)?.trim();
    let years = |time| matches!(form(window, time), Some(Form::Calendar { month: None, day: None, .. }));
    if !TO.contains(&between) || years(first) && years(last) {
        return None;
    }
    let days = |from: Date, to: Date| (to - from).get_days();
    let (least, most) = (days(first.to?, last.from?), days(first.from?, last.to?) + 1);
    // Where the later one is read as the day before, it is the reading that is wrong.
    (least > 0).then_some((f64::from(least), f64::from(most)))
}

/// How many days a unit has, if dates are counted in it.
fn days_of(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Day => Some(1.0),
        Unit::Week => Some(7.0),
        Unit::Month => Some(30.4),
        Unit::Year => Some(365.25),
        _ => None,
    }
}

/// `5 years`, `7 to 8 days`.
fn shown(least: f64, most: f64, unit: Unit) -> String {
    let name = match unit {
        Unit::Day => "days",
        Unit::Week => "weeks",
        Unit::Month => "months",
        _ => "years",
    };
    let (least, most) = (least.round(), most.round());
    let about = if unit == Unit::Day { "" } else { "about " };
    if least == most { format!("{about}{most} {name}") } else { format!("{least} to {most} {name}") }
}

/// Whether the year is written, or said to be this one.
fn has_year(window: &Window, time: &TimeExpression) -> bool {
    let written = window.expression(time).map(|expression| &expression.written);
    written.is_some_and(|written| written.year.is_some()) || window.slice(time.passage).ends_with("this year")
}

fn form<'s>(window: &'s Window, time: &TimeExpression) -> Option<&'s Form> {
    window.expression(time).map(|expression| &expression.form)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}
