//! `numeric-date`: 03/04/2018 is in March or in April, depending on the reader.

use super::dates;
use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("numeric-date", Run::Local(run), &[])];

/// Adds a hit for each date in figures whose day and month can be exchanged, with both readings as fixes.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let order = window.date_order;
    for time in window.times {
        // A table gives the dates of its data, and its rows tell which number is the day.
        if window.paragraph(time.passage.paragraph()).kind == BlockKind::Table {
            continue;
        }
        let Some(expression) = window.expression(time) else { continue };
        let (Some((month, day)), Some(date)) = (expression.written.swapped, time.from) else { continue };
        let Ok(other) = jiff::civil::Date::new(date.year(), month as i8, day as i8) else { continue };
        // Only one of two near days has the weekday that is beside the figures: `Tuesday, 12/11`.
        if expression.written.weekday.is_some() {
            continue;
        }
        // The attacks are known by these figures.
        // Where the story's other dates show the order, there is one reading.
        let is_open = time.alternatives.contains(&(other, other));
        // So does the publication date, which pages often write in figures above the copy.
        let is_publication = window.published.as_ref().is_some_and(|p| p.date == date || p.date == other);
        if other == date
            || !is_open
            || is_publication
            || matches!(window.slice(time.passage), "9/11" | "9/11/01" | "9/11/2001" | "7/7")
        {
            continue;
        }
        let readings = [date, other].map(|date| dates::day_and_year(date, order));
        let mut hit = Hit::at(time.passage)
            .arg("found", window.slice(time.passage))
            .arg("first", &readings[0])
            .arg("second", &readings[1]);
        for reading in readings {
            hit = hit.replace(time.passage, reading, Applicability::Suggested);
        }
        out.push(hit);
    }
}
