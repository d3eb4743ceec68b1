//! `tense-date`: “will meet on Feb. 2”, published on Feb. 12.

use super::dates;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::time::{Tense, TimeKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("tense-date", Run::Local(run), &[])];

/// Adds a hit for each date with its year that lies on the other side of publication than the tense says.
///
/// Dates without a year are placed by their tense, so they cannot contradict it.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let Some(published) = &story.published else { return };
    let order = story.date_order;
    for time in story.times.iter().filter(|time| time.kind == TimeKind::Date) {
        let (Some(from), Some(to)) = (time.from, time.to) else { continue };
        let Some(expression) = dates::expression(story, time) else { continue };
        if expression.written.year.is_none() || time.quoted {
            continue;
        }
        // “For the first time since 2007, it will be closed” and `datetime="2016-07-23"` say nothing of this sentence’s time.
        let before =
            story.paragraph(time.passage.paragraph()).text.get(..time.passage.span.start()).unwrap_or_default();
        if before.ends_with("since ") || before.ends_with("=\"") {
            continue;
        }
        let (tense, side) = match time.tense {
            Tense::Future if to < published.date => ("to come", "before"),
            Tense::Past if from > published.date => ("past", "after"),
            _ => continue,
        };
        let hit = Hit::at(time.passage)
            .arg("date", dates::day_and_year(from, order))
            .arg("tense", tense)
            .arg("side", side)
            .assumed(Some(format!("published {}", published.describe())));
        out.push(hit);
    }
}
