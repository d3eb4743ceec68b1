//! Applying fixes to a text.

use crate::finding::{Applicability, Edit, Finding};

/// `source` after the first fix that `at_most` allows of each finding, and how many were applied.
///
/// A fix that touches what an earlier one changed is left for another round, so that each is applied whole or not at
/// all. A finding whose best fix is not allowed is left alone: a worse one would decide for the editor.
pub fn apply(source: &str, findings: &[Finding], at_most: Applicability) -> (String, usize) {
    let (mut chosen, applied) = choose(findings, at_most);
    (apply_edits(source, &mut chosen), applied)
}

/// The edits that [`apply`] makes, and how many fixes they belong to.
pub fn choose(findings: &[Finding], at_most: Applicability) -> (Vec<&Edit>, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for finding in findings {
        let Some(fix) = finding.fixes.first().filter(|fix| fix.applicability <= at_most) else { continue };
        let free = |edit: &Edit| chosen.iter().all(|other| apart(edit, other));
        if !fix.edits.is_empty() && fix.edits.iter().all(free) {
            chosen.extend(&fix.edits);
            applied += 1;
        }
    }
    (chosen, applied)
}

fn apart(a: &Edit, b: &Edit) -> bool {
    a.range.end < b.range.start || b.range.end < a.range.start
}

/// `source` after `edits`, which do not overlap.
pub fn apply_edits(source: &str, edits: &mut [&Edit]) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(&source[at..edit.range.start]);
        text.push_str(&edit.text);
        at = edit.range.end;
    }
    text.push_str(&source[at..]);
    text
}
