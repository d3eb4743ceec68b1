//! `vague-time`: “recently” in the lead, where the reader wants to know when.

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::time::{Direction, Form, TimeKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("vague-time", Run::Story(run), &[])];

/// Adds a hit for each vague expression of the first body paragraph.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let Some((lead, _)) = story.paragraphs_of(BlockKind::Paragraph).next() else { return };
    let in_lead = story.times_in(lead).iter().filter(|time| time.kind == TimeKind::Vague);
    for time in in_lead.filter(|time| !time.quoted) {
        let Some(expression) = story.expression(time) else { continue };
        // “now” and “at the time” point at what the sentence itself says.
        if matches!(expression.form, Form::Vague(Direction::Present | Direction::Unknown)) {
            continue;
        }
        // “a debate about the future”, “as they would soon learn”: no news that is still without its day.
        let found = story.slice(time.passage);
        let read = story.paragraph(time.passage.paragraph());
        let before = read.token_at(time.passage.span.start).checked_sub(1).map_or("", |at| read.low(at));
        if found.starts_with("the ") || found.eq_ignore_ascii_case("future") || before == "would" {
            continue;
        }
        let hit = Hit::at(time.passage).arg("found", story.slice(time.passage));
        out.push(hit.insert(
            time.passage,
            time.passage.span.end,
            " [when?]",
            "Ask when: “[when?]”",
            Applicability::Query,
        ));
    }
}
