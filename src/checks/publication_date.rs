//! `publication-date`: a story that speaks of “Sunday” and does not say when it was published.

use crate::finding::{Applicability, Severity};
use crate::markup::BlockKind;
use crate::rules::{Check, Hit, HitPlace, Lack, Rule, Run};
use crate::story::published::{DateFault, UnreadableDate, names_issue, unreadable};
use crate::story::time::{Count, Form, Start, TimeKind, Which};
use crate::story::{Story, TimeExpression};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("publication-date", Run::Story(run), &[]).lacking(Lack::Date)];

/// How many of the hanging expressions are pointed at.
const MOST_RELATED: usize = 3;

/// Places, the date and the agency in brackets are before this many characters.
const LONGEST_DATELINE: usize = 60;

/// Adds one hit when time expressions hang in the air for want of a publication date.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if story.published.is_some() {
        return;
    }
    // What is wrong with a date that is there, `unreadable-date` tells.
    let is_told = |date: &UnreadableDate| date.fault != DateFault::Incomplete;
    if unreadable(story.document, story.date_key).iter().any(is_told) {
        return;
    }
    let hanging: Vec<_> = story.times.iter().filter(|time| hangs(story, time)).collect();
    let Some(first) = hanging.first() else { return };
    let mut hit = Hit::story()
        .arg("missing", missing(story))
        .arg("ask", if names_a_day(first) { "which day" } else { "when" })
        .arg("found", story.slice(first.passage))
        .arg("count", hanging.len().to_string());
    for time in hanging.iter().take(MOST_RELATED) {
        hit = hit.related(time.passage, if names_a_day(time) { "which day is this?" } else { "when is this?" });
    }
    // “Today” or “last year”, once in a story, may be told of any day.
    let is_alone = hanging.len() == 1 && matches!(first.kind, TimeKind::Relative | TimeKind::Season | TimeKind::Period);
    // Where the issue is named, its readers know the month or the season, and only whoever wants the day has to ask.
    if is_alone || story.path_names_issue || names_issue(story.document) || story.reads_as_fiction() {
        hit = hit.at_most(Severity::Hint);
    }
    // The marker is no date, so that nobody publishes a guess; whoever knows the day fills it in.
    out.push(match &story.document.date_place {
        Some(place) => {
            let edit = (HitPlace::Source(place.range.clone()), place.text_under(story.date_key, "YYYY-MM-DD"));
            hit.fix("Write down the publication date", Applicability::Query, vec![edit])
        }
        None => hit,
    });
}

/// What a reader would look for instead, and does not find either.
fn missing(story: &Story) -> &'static str {
    let has = |kind: BlockKind| story.paragraphs_of(kind).next().is_some();
    match (has(BlockKind::Dateline) || opens_with_a_place(story), has(BlockKind::Byline)) {
        (false, false) => "publication date, dateline or byline",
        (false, true) => "publication date or dateline",
        (true, false) => "publication date or byline",
        (true, true) => "publication date",
    }
}

/// Whether the lead begins like `PORT ELLERY — `.
fn opens_with_a_place(story: &Story) -> bool {
    let lead = story.paragraphs_of(BlockKind::Paragraph).next();
    lead.is_some_and(|(_, read)| {
        let first: String = read.paragraph.text.chars().take(LONGEST_DATELINE).collect();
        let place =
            [" — ", " – ", " - ", " -- "].iter().find_map(|dash| first.split_once(dash)).map(|(place, _)| place);
        let word = place.and_then(|place| place.split([' ', ',']).next()).unwrap_or_default();
        word.len() > 1 && word.chars().all(char::is_uppercase)
    })
}

fn names_a_day(time: &TimeExpression) -> bool {
    matches!(time.kind, TimeKind::Weekday | TimeKind::Date)
}

/// Whether the expression stands for a day or period, and nobody can say which.
fn hangs(story: &Story, time: &TimeExpression) -> bool {
    let placed = matches!(
        time.kind,
        TimeKind::Weekday | TimeKind::Relative | TimeKind::Season | TimeKind::Date | TimeKind::Period
    );
    // “Years ago” is no day on any date, and “three years later”, “that day”, “the following year” go by what the story said before, whenever it is published.
    let goes_on = story.expression(time).is_some_and(|expression| {
        matches!(
            expression.form,
            Form::Period(_, Which::That | Which::Following | Which::Preceding)
                | Form::Weekday(_, Some(Which::That | Which::Following | Which::Preceding))
                | Form::Offset(Count::Some, ..)
                | Form::Offset(_, _, _, Start::Discourse)
                | Form::Stretch(Count::Some, ..)
        )
    });
    placed && !goes_on && time.from.is_none() && !time.impossible
}
