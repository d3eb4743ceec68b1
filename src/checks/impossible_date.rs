//! `impossible-date`: a day that no calendar has, such as Feb. 30.

use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("impossible-date", Run::Local(run), &[])];

/// Adds a hit for each day that does not exist.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for time in window.times.iter().filter(|time| time.impossible) {
        let hit = Hit::at(time.passage).arg("found", window.slice(time.passage)).assumed(time.assumed.clone());
        out.push(hit);
    }
}
