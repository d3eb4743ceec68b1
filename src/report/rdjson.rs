//! Findings in reviewdog's diagnostic format, with suggestions that a reviewer can accept.
//!
//! Its columns are 1-based and count UTF-8 bytes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{CheckedStory, ReportedFinding};
use crate::finding::{Applicability, Fix, Severity};
use crate::text::{LineIndex, SourceRange};

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn rdjson(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let mut diagnostics = Vec::new();
    for story in stories {
        let lines = LineIndex::new(&story.source);
        diagnostics.extend(ReportedFinding::all(story, show).iter().map(|found| one(found, &lines)));
    }
    let report = json!({ "source": { "name": "copydesk" }, "diagnostics": diagnostics });
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}

fn one(found: &ReportedFinding, lines: &LineIndex) -> Value {
    let ReportedFinding { story, finding, .. } = found;
    let text = story.source.as_str();
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Query | Severity::Hint => "INFO",
    };
    let place = |range| json!({ "path": story.name, "range": bytes(range, text, lines) });
    let related = finding.related.iter().map(|related| {
        json!({
            "message": related.message,
            "location": place(&related.range),
        })
    });
    let fixes = finding.fixes.iter().filter(|fix| fix.applicability != Applicability::Query);
    let suggestions = fixes.filter_map(|fix| {
        let (range, replacement) = as_one_edit(fix, text)?;
        Some(json!({ "range": bytes(&range, text, lines), "text": replacement }))
    });
    let mut one = json!({
        "message": found.sentence(),
        "location": place(&finding.range),
        "severity": severity,
        "code": { "value": *finding.rule },
        "suggestions": suggestions.collect::<Vec<_>>(),
    });
    // Versions of reviewdog that do not know this field read no report that has it.
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        one["related_locations"] = Value::Array(related);
    }
    one
}

fn bytes(range: &SourceRange, text: &str, lines: &LineIndex) -> Value {
    let position = |offset: usize| {
        let line = lines.line_of(offset);
        json!({ "line": line + 1, "column": offset - lines.range(line, text).start + 1 })
    };
    json!({ "start": position(range.start), "end": position(range.end) })
}

/// All edits of `fix` as one replacement, because a suggestion is one; `None` when there are none.
fn as_one_edit(fix: &Fix, text: &str) -> Option<(SourceRange, String)> {
    let range = fix.edits.first()?.range.start..fix.edits.last()?.range.end;
    let mut replacement = String::new();
    let mut at = range.start;
    for edit in &fix.edits {
        replacement.push_str(text.get(at..edit.range.start)?);
        replacement.push_str(&edit.text);
        at = edit.range.end;
    }
    Some((range, replacement))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Edit;

    #[test]
    fn several_edits_become_one() {
        let edits = vec![Edit { range: 4..4, text: "“".to_owned() }, Edit { range: 8..9, text: "”".to_owned() }];
        let fix = Fix { title: String::new(), applicability: Applicability::Suggested, edits };
        assert_eq!(as_one_edit(&fix, "say yes .\n"), Some((4..9, "“yes ”".to_owned())));
    }

    #[test]
    fn columns_are_bytes() {
        let text = "one\né x";
        let range = bytes(&(7..8), text, &LineIndex::new(text));
        assert_eq!(range["start"], json!({ "line": 2, "column": 4 }));
    }
}
