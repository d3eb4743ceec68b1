//! Applying fixes to a text.

use std::collections::BTreeMap;

use crate::finding::{Applicability, Edit, Finding};
use crate::text::SourceRange;

/// `source` after the first fix that `at_most` allows of each finding, and how many were applied.
///
/// A fix that touches what an earlier one changed is left for another round, so that each is applied whole or not at
/// all. A finding whose best fix is not allowed is left alone: a worse one would decide for the editor.
/// So would one of several that are only suggested, such as another weekday where the date may be what is wrong.
pub fn apply(source: &str, findings: &[Finding], at_most: Applicability) -> (String, usize) {
    let (mut chosen, applied) = choose(findings, at_most);
    (apply_edits(source, &mut chosen), applied)
}

/// The edits that [`apply`] makes, and how many fixes they belong to.
pub fn choose(findings: &[Finding], at_most: Applicability) -> (Vec<&Edit>, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut touched = Touched::default();
    let mut applied = 0;
    for finding in findings {
        let best = finding.fixes.first().filter(|fix| fix.applicability <= at_most);
        let Some(fix) = best.filter(|fix| fix.applicability == Applicability::Safe || finding.fixes.len() == 1) else {
            continue;
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(|edit| touched.is_apart(&edit.range)) {
            fix.edits.iter().for_each(|edit| touched.add(&edit.range));
            chosen.extend(&fix.edits);
            applied += 1;
        }
    }
    (chosen, applied)
}

/// What chosen edits change, as ends by starts. Ranges of different fixes never touch, so ends rise with starts.
#[derive(Default)]
struct Touched(BTreeMap<usize, usize>);

impl Touched {
    fn is_apart(&self, range: &SourceRange) -> bool {
        self.0.range(..=range.end).next_back().is_none_or(|(_, &end)| end < range.start)
    }

    fn add(&mut self, range: &SourceRange) {
        let end = self.0.entry(range.start).or_insert(range.end);
        *end = range.end.max(*end);
    }
}

/// `source` after `edits`, which do not overlap.
pub fn apply_edits(source: &str, edits: &mut [&Edit]) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(source.get(at..edit.range.start).unwrap_or_default());
        text.push_str(&edit.text);
        at = edit.range.end;
    }
    text.push_str(source.get(at..).unwrap_or_default());
    text
}
