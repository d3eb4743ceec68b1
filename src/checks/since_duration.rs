//! `since-duration`: “since three years” where English says “for three years”.

use super::wording::with_capitals_of;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Form, TimeKind};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("since-duration", Run::Local(run), &[])];

/// Adds a hit for each length of time behind *since*.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for time in window.times.iter().filter(|time| time.kind == TimeKind::Duration) {
        let Some(expression) = window.expression(time) else { continue };
        let Some(preposition) = expression.preposition.map(|span| Passage::new(time.passage.paragraph(), span)) else {
            continue;
        };
        let written = window.slice(preposition);
        if !matches!(expression.form, Form::Duration(..)) || !written.eq_ignore_ascii_case("since") {
            continue;
        }
        // “Since five minutes after the vote” has its point in time.
        let paragraph = window.paragraph(time.passage.paragraph());
        let after = paragraph.text.get(time.passage.span.end()..).unwrap_or_default().split_whitespace().next();
        if matches!(after, Some("after" | "before")) {
            continue;
        }
        let whole = Passage::new(time.passage.paragraph(), preposition.span.to(time.passage.span));
        let hit = Hit::at(whole).arg("found", window.slice(whole));
        out.push(hit.replace(preposition, with_capitals_of(written, "for"), rule.fix));
    }
}
