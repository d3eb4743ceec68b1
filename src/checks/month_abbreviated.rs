//! `month-abbreviated`: “Apr. 16”, where the month is written out, and “Sep. 9”, which has another short form.

use std::sync::LazyLock;

use regex::Regex;

use super::month_form;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("month-abbreviated", Run::Paragraph(run), &[])];

static MONTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b((?:Mar|Apr|Jun|Jul|Sep)\.) \d{1,2}(?:[^\d:]|$)").ok());

/// Adds a hit for each month before a day that has no such short form. One without its point is the business of `month-form`.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let text = &*read.paragraph.text;
    // Most paragraphs have none of the months, which five letters tell.
    if !["Mar", "Apr", "Ju", "Sep"].iter().any(|start| text.contains(start)) {
        return;
    }
    let Some(pattern) = LazyLock::force(&MONTH) else { return };
    for month in pattern.captures_iter(text).filter_map(|found| found.get(1)) {
        let passage = Passage::new(0, Span::new(month.start(), month.end()));
        let right = month_form::american(month.as_str());
        let hit = Hit::at(passage).arg("found", month.as_str()).arg("use", format!("“{right}”"));
        out.push(hit.replace(passage, right, rule.fix));
    }
}
