//! `publication-date`: a story that speaks of “Sunday” and does not say when it was published.

use super::{Hit, Place};
use crate::finding::Applicability;
use crate::rules::Rule;
use crate::story::time::TimeKind;
use crate::story::{Story, TimeExpression};

/// How many of the hanging expressions are pointed at.
const MOST_RELATED: usize = 3;

/// Adds one hit when time expressions hang in the air for want of a publication date.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if story.published.is_some() {
        return;
    }
    let hanging: Vec<_> = story.times.iter().filter(|time| hangs(time)).collect();
    let Some(first) = hanging.first() else { return };
    let mut hit = Hit::story().arg("found", story.slice(first.passage)).arg("count", hanging.len().to_string());
    for time in hanging.iter().take(MOST_RELATED) {
        hit = hit.related(time.passage, "which day is this?");
    }
    // The marker is no date, so that nobody publishes a guess; whoever knows the day fills it in.
    let (at, text) = match &story.document.front_matter {
        Some(front) => (front.start + "---\n".len(), "date: YYYY-MM-DD\n"),
        None => (0, "---\ndate: YYYY-MM-DD\n---\n\n"),
    };
    let edit = (Place::Source(at..at), text.to_owned());
    out.push(hit.fix("Insert the publication date as front matter", Applicability::Query, vec![edit]));
}

/// Whether the expression stands for a day or period, and nobody can say which.
fn hangs(time: &TimeExpression) -> bool {
    let placed = matches!(
        time.kind,
        TimeKind::Weekday | TimeKind::Relative | TimeKind::Season | TimeKind::Date | TimeKind::Period
    );
    placed && time.from.is_none() && !time.impossible
}
