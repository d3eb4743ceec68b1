//! Findings as a Code Quality report of GitLab.
//!
//! GitLab reads a part of Code Climate's format; other readers want the rest of it, such as the category, as well.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::stable_hash;
use super::{CheckedStory, ReportedFinding};
use crate::finding::Severity;

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn gitlab(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let all: Vec<Value> =
        stories.iter().flat_map(|story| ReportedFinding::all(story, show)).map(|found| one(&found)).collect();
    serde_json::to_writer(&mut *out, &all)?;
    writeln!(out)
}

fn one(found: &ReportedFinding) -> Value {
    let ReportedFinding { story, finding, start, end, fingerprint } = found;
    let severity = match finding.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Query => "minor",
        Severity::Hint => "info",
    };
    // GitLab compares the fingerprints of two branches, over all files.
    let fingerprint = stable_hash(&[&story.name, &fingerprint.to_string()]);
    json!({
        "type": "issue",
        "categories": ["Style"],
        // The format allows one line.
        "description": found.sentence().replace(['\r', '\n'], " "),
        "check_name": *finding.rule,
        "fingerprint": format!("{fingerprint:016x}"),
        "severity": severity,
        "location": { "path": story.name, "lines": { "begin": start.line, "end": end.line } },
    })
}
