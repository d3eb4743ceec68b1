//! `tense-date`: “will meet on Feb. 2”, published on Feb. 12.

use super::dates;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{TokenKind, has_possessive_s};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Expression, Tense, TimeExpression, TimeKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("tense-date", Run::Local(run), &[])];

/// Adds a hit for each date with its year that lies on the other side of publication than the tense says.
///
/// Dates without a year are placed by their tense, so they cannot contradict it.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let Some(published) = &window.published else { return };
    let order = window.date_order;
    for time in window.times.iter().filter(|time| time.kind == TimeKind::Date) {
        let (Some(from), Some(to)) = (time.from, time.to) else { continue };
        let Some(expression) = window.expression(time) else { continue };
        if expression.written.year.is_none() || time.quoted || !tells_when(window, time, expression) {
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

/// Whether the date says when the clause's verb happens, and a finite verb leaves no doubt of its tense.
fn tells_when(window: &Window, time: &TimeExpression, expression: &Expression) -> bool {
    let paragraph = window.paragraph(time.passage.paragraph());
    // A correction or an update is written after publication.
    if paragraph.kind == BlockKind::Note {
        return false;
    }
    // “extended to 1 April 2025”, “open since 2007”, “from 1 June 2015”: a limit may lie on either side of today.
    let preposition = expression.preposition.map_or(String::new(), |span| paragraph.slice(span).to_ascii_lowercase());
    if !expression.tense_is_sure || !matches!(preposition.as_str(), "" | "on" | "in" | "by") {
        return false;
    }
    let tokens = paragraph.tokens_in(time.passage.span);
    // So is a sentence that says of the page when it was: “Updated on Dec. 1, 2018.”
    let sentence = paragraph.sentence_at(time.passage.span.start);
    let opening = sentence.map_or("", |sentence| paragraph.low(sentence.tokens().start));
    if matches!(opening, "updated" | "update" | "corrected" | "modified" | "revised" | "published" | "posted") {
        return false;
    }
    let before = tokens.start.checked_sub(1).map_or("", |at| paragraph.low(at));
    // “the Nov. 5, 2024, election”, “set 5 November 2024 as the day”, “Retrieved 14 February 2016”, `datetime="2016-07-23"`
    let is_part = matches!(
        before,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "and"
            | "or"
            | "to"
            | "-"
            | "–"
            | "("
            | "\""
            | "="
    ) || has_possessive_s(before);
    let is_object = lexicon::checks::SETTING_DAYS.contains(before);
    let noun_behind = paragraph.tokens.get(tokens.end).is_some_and(|next| next.kind == TokenKind::Word && next.spaced)
        && matches!(
            paragraph.low(tokens.end),
            "election" | "deadline" | "meeting" | "vote" | "hearing" | "to" | "through" | "until"
        );
    // “2017-03-29 Selections completed” in a list is an entry of a timetable.
    let is_entry = paragraph.kind == BlockKind::ListItem && tokens.start == 0 && paragraph.low(tokens.end) != ",";
    // “**2023-10-23:** This post has been edited” is a note on a later day.
    let is_entry = is_entry || tokens.start == 0 && paragraph.low(tokens.end) == ":";
    !is_part && !is_object && !is_entry && !noun_behind && time.until.is_none()
}
