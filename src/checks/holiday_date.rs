//! `holiday-date`: “Thanksgiving, Nov. 20, 2018”, which was on the 22nd.

use super::dates;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::Form;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("holiday-date", Run::Local(run), &[])];

/// Adds a hit for each holiday with a date in apposition that is not its date in that year.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let order = window.date_order;
    for pair in window.times.windows(2) {
        let [holiday, date] = pair else { continue };
        let (Some(h), Some(d)) = (window.expression(holiday), window.expression(date)) else { continue };
        let Form::Holiday(name, _, _) = h.form else { continue };
        let (Some(day), Some(number)) = (date.from, d.written.day) else { continue };
        if d.written.month.is_none() || !is_apposition(window, holiday.passage, date.passage) {
            continue;
        }
        let Some(first) = name.in_year(day.year()) else { continue };
        if first == day || first.month() != day.month() {
            continue;
        }
        let hit = Hit::at(date.passage)
            .arg("holiday", window.slice(holiday.passage))
            .arg("date", dates::day_and_year(first, order))
            .assumed(date.assumed.clone());
        let number = Passage::new(date.passage.paragraph(), number.span);
        out.push(hit.replace(number, first.day().to_string(), rule.fix));
    }
}

/// Only a comma or an opening bracket is between the two.
fn is_apposition(window: &Window, first: Passage, second: Passage) -> bool {
    if first.paragraph != second.paragraph {
        return false;
    }
    let between = Span { start: first.span.end, end: second.span.start.max(first.span.end) };
    matches!(window.paragraph(first.paragraph()).slice(between), ", " | " (" | ", on ")
}
