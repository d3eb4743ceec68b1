//! Checks of what the front matter says in a way that cannot be read.

use super::dates;
use crate::finding::{Applicability, Severity};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::Story;
use crate::story::published::{DateFault, UnreadableDate, unreadable};

/// The checks of this file, as rules name them.
pub(super) const CHECKS: &[Check] =
    &[Check::new("front-matter", Run::Story(run), &[]), Check::new("unreadable-date", Run::Story(date), &[])];

/// `front-matter`: it is not closed, or no valid YAML or TOML, so that whoever publishes it reads something else.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let dates = unreadable(story.document, story.date_key);
    for problem in &story.document.problems {
        // TOML takes a day that does not exist for a mistake of form, and the date is told of by itself.
        let is_date =
            |date: &UnreadableDate| date.range.start < problem.range.end && problem.range.start < date.range.end;
        if !dates.iter().any(is_date) {
            out.push(Hit::of(HitPlace::Source(problem.range.clone())).arg("problem", &problem.message));
        }
    }
}

/// `unreadable-date`: a publication date in the front matter that nobody can read, or that reads two ways.
pub(super) fn date(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for UnreadableDate { value, range, fault } in unreadable(story.document, story.date_key) {
        let hit = Hit::of(HitPlace::Source(range.clone())).arg("found", value);
        out.push(match fault {
            DateFault::NoDay => hit,
            DateFault::Incomplete => {
                hit.message("“{found}” is not a date: write the publication date as YYYY-MM-DD").at_most(Severity::Hint)
            }
            DateFault::Unfilled => hit.message("The publication date is still to be filled in: “{found}”"),
            DateFault::Ambiguous(readings) => {
                let [first, second] = readings.map(|date| dates::day_and_year(date, story.date_order));
                let message = "“{found}” is {first} to some readers and {second} to others: write it as YYYY-MM-DD";
                let hit = hit.arg("first", first).arg("second", second).message(message);
                readings.into_iter().fold(hit, |hit, date| {
                    let title = format!("Write “{date}”, which is {}", dates::day_and_year(date, story.date_order));
                    hit.fix(title, Applicability::Suggested, vec![(HitPlace::Source(range.clone()), date.to_string())])
                })
            }
        });
    }
}
