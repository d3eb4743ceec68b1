//! `weekday-date`: a weekday and a date that do not go together.

use jiff::civil::Date;

use super::dates;
use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::Window;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("weekday-date", Run::Local(run), &[])];

/// Without a year the date is placed by the publication date; further off than this the year itself is a guess.
const NEAR_DAYS: i32 = 200;

/// A day of the month this near to the publication date needs no year.
const WEEKS_DAYS: i32 = 45;

/// The first whole year of the calendar by which weekdays are told.
const GREGORIAN: i16 = 1583;

/// Adds a hit for each date whose weekday is another, with both corrections.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let order = window.date_order;
    for time in window.times {
        let Some(expression) = window.expression(time) else { continue };
        let written = expression.written;
        let (Some(weekday), Some(number), Some(date)) = (written.weekday, written.day, time.from) else { continue };
        // A range such as “Monday-Tuesday, Feb. 5-6” is more than one day, and “Friday, the 27th-30th May” may name the last. Before
        // Gregory's calendar a number is a count of something else, or history.
        let behind = window.paragraph(time.passage.paragraph()).text.get(number.span.end()..).unwrap_or_default();
        let is_range =
            behind.strip_prefix(['-', '–']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if is_range || date.year() < GREGORIAN {
            continue;
        }
        if time.to != Some(date) || date.weekday().to_monday_one_offset() as u8 == weekday.number {
            continue;
        }
        let days_off = |date: Date| window.published.as_ref().map(|p| (date - p.date).get_days().abs());
        let is_far = |date: Date| days_off(date).is_some_and(|days| days > NEAR_DAYS);
        // A day of these weeks is meant, and no other year's.
        let is_near = days_off(date).is_some_and(|days| days <= WEEKS_DAYS);
        // Where the story tells history, its years tell too little of a day whose weekday speaks against them.
        if written.year.is_none() && (is_far(date) || !time.depends_on_published) {
            continue;
        }
        let fits = |other: Date| other.weekday().to_monday_one_offset() as u8 == weekday.number;
        // The same day of another year, which the story may as well mean, is such a weekday.
        let is_same_day =
            |other: Date| (other.month(), other.day()) == (date.month(), date.day()) && !(is_near && is_far(other));
        if written.year.is_none() && time.alternatives.iter().any(|&(other, _)| fits(other) && is_same_day(other)) {
            continue;
        }
        let paragraph = time.passage.paragraph();
        let at = |span: Span| Passage::new(paragraph, span);
        if is_of_pair(window, at(weekday.span), at(number.span)) {
            continue;
        }
        let name = dates::weekday(date);
        let mut hit = Hit::at(time.passage)
            .arg("date", dates::day_and_year(date, order))
            .arg("actual", name)
            .arg("written", window.slice(at(weekday.span)))
            .assumed(time.assumed.clone())
            .replace_as(window, at(weekday.span), if weekday.abbreviated { short(name) } else { name.to_owned() });
        for &(other, _) in &time.alternatives {
            if fits(other) && other.month() == date.month() && other.day() != date.day() {
                let day = if number.ordinal { ordinal(other.day()) } else { other.day().to_string() };
                hit = hit.replace_as(window, at(number.span), day);
            }
        }
        if written.year.is_none() {
            hit = hit.at_most(Severity::Warning);
        }
        out.push(hit);
    }
}

/// “Saturday and Sunday, May 5 and 6”: two days with one weekday each, of which the reading takes the middle two.
fn is_of_pair(window: &Window, weekday: Passage, number: Passage) -> bool {
    let p = window.paragraph(weekday.paragraph());
    let (first, last) = (p.tokens_in(weekday.span).start, p.tokens_in(number.span).end);
    let joins = |at: usize| matches!(p.low(at), "and" | "or" | "&");
    let is_weekday = first >= 2 && joins(first - 1) && lexicon::time::WEEKDAYS.contains(p.low(first - 2));
    is_weekday && joins(last) && p.low(last + 1).bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

impl Hit {
    /// With a fix that replaces `passage`, titled by what the whole will say.
    fn replace_as(self, window: &Window, passage: Passage, text: String) -> Self {
        let title = format!("Change “{}” to “{text}”", window.slice(passage));
        self.fix(title, Applicability::Suggested, vec![(HitPlace::Prose(passage), text)])
    }
}

fn short(weekday: &str) -> String {
    format!("{}.", weekday.get(..3).unwrap_or(weekday))
}

fn ordinal(day: i8) -> String {
    let suffix = match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{suffix}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals() {
        assert_eq!([1, 2, 3, 11, 22].map(super::ordinal), ["1st", "2nd", "3rd", "11th", "22nd"]);
    }

    #[test]
    fn styles_write_dates() {
        use crate::story::DateOrder::{DayFirst, MonthFirst};
        let date = jiff::civil::date(2018, 2, 11);
        assert_eq!(super::dates::day_and_year(date, MonthFirst), "Feb. 11, 2018");
        assert_eq!(super::dates::day_and_year(date, DayFirst), "11 February 2018");
    }
}
