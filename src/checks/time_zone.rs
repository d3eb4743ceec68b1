//! `time-zone`: “8 p.m. EST” in July, when it is EDT.

use jiff::civil::{Date, Weekday, date};

use super::dates;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Form, TimeKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("time-zone", Run::Local(run), &[])];

/// Standard and daylight names of the zones of the contiguous United States.
const ZONES: &[(&str, &str)] = &[("EST", "EDT"), ("CST", "CDT"), ("MST", "MDT"), ("PST", "PDT")];

/// Adds a hit for each clock time whose zone does not fit its day.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for (index, time) in window.times.iter().enumerate() {
        let Some(expression) = window.expression(time) else { continue };
        if !matches!(expression.form, Form::Clock(..)) {
            continue;
        }
        let paragraph = window.paragraph(time.passage.paragraph());
        // The zone may be part of the expression or stand right behind it.
        let last = paragraph.tokens_in(time.passage.span).end;
        let Some((zone, standard, daylight)) = [last.saturating_sub(1), last].into_iter().find_map(|token| {
            let word = paragraph.word(token);
            ZONES.iter().find(|z| z.0 == word || z.1 == word).map(|z| (token, z.0, z.1))
        }) else {
            continue;
        };
        let Some(day) = day_of(window, index) else { continue };
        let right = if is_daylight(day) { daylight } else { standard };
        let written = paragraph.word(zone);
        if written != right {
            let passage = Passage::new(time.passage.paragraph(), paragraph.span_of(zone, zone));
            let hit = Hit::at(passage)
                .arg("found", written)
                .arg("use", format!("“{right}”"))
                .arg("date", dates::day_and_year(day, window.date_order));
            out.push(hit.replace(passage, right, rule.fix));
        }
    }
}

/// The one day that the sentence names; without one, nothing is said.
fn day_of(window: &Window, index: usize) -> Option<Date> {
    let clock = window.times.get(index)?;
    let paragraph = window.paragraph(clock.passage.paragraph());
    let sentence = paragraph.sentence_at(clock.passage.span.start);
    let same = |passage: Passage| {
        passage.paragraph == clock.passage.paragraph && paragraph.sentence_at(passage.span.start) == sentence
    };
    let around = window.times[index.saturating_sub(3)..window.times.len().min(index + 4)].iter();
    let mut days = around.filter(|time| {
        same(time.passage) && matches!(time.kind, TimeKind::Date | TimeKind::Weekday) && time.from == time.to
    });
    let day = days.next()?.from?;
    days.next().is_none().then_some(day)
}

/// From the second Sunday of March to the first Sunday of November (Energy Policy Act of 2005, in force since 2007).
fn is_daylight(day: Date) -> bool {
    if day.year() < 2007 {
        // The earlier rule began in April; the months between are daylight time under both.
        return (5..=9).contains(&day.month());
    }
    let start = sunday(date(day.year(), 3, 1), 2);
    let end = sunday(date(day.year(), 11, 1), 1);
    start.is_some_and(|start| day >= start) && end.is_some_and(|end| day < end)
}

fn sunday(first_of_month: Date, nth: i8) -> Option<Date> {
    first_of_month.nth_weekday_of_month(nth, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn daylight_time_follows_the_law() {
        assert!(!is_daylight(date(2018, 3, 10)));
        assert!(is_daylight(date(2018, 3, 11)));
        assert!(is_daylight(date(2018, 11, 3)));
        assert!(!is_daylight(date(2018, 11, 4)));
    }
}
