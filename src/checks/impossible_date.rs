//! `impossible-date`: a day that no calendar has, such as Feb. 30.

use crate::lexicon;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("impossible-date", Run::Local(run), &[])];

/// Adds a hit for each day that does not exist.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for time in window.times.iter().filter(|time| time.impossible) {
        let hit = Hit::at(time.passage).arg("found", day(window.slice(time.passage))).assumed(time.assumed.clone());
        out.push(hit);
    }
}

/// The day without its weekday, which no calendar lacks.
fn day(found: &str) -> &str {
    let mut words = found.splitn(2, [',', ' ']);
    let weekday = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    match words.next() {
        Some(rest) if lexicon::time::WEEKDAYS.contains(weekday.as_str()) => rest.trim_start(),
        _ => found,
    }
}
