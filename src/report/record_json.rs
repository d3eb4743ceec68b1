//! What `--input jsonl` writes: for each story of an archive one line, with the story's own id.

use serde_json::{Value, json};

use crate::finding::{Finding, Severity};
use crate::record::Fields;

/// A story of an archive with its findings.
#[derive(Debug)]
pub struct StoryRecord<'r> {
    /// The archive.
    pub file: &'r str,
    /// Its line, from 1.
    pub line: usize,
    /// What the archive calls the story.
    pub id: &'r Value,
    /// How many words its prose has.
    pub words: usize,
    /// Whether a finding makes the run fail.
    pub failed: bool,
    /// In bytes of the line.
    pub findings: &'r [Finding],
    /// The fields of which the story was made.
    pub fields: &'r Fields,
}

impl StoryRecord<'_> {
    /// The line, with its line feed: the findings that are at least as severe as `show`, each with its field and its
    /// place there (0-based UTF-8 bytes of what the field says, without the escapes of JSON).
    pub fn to_json(&self, show: Severity) -> String {
        let findings = self.findings.iter().filter(|finding| finding.severity >= show).map(|finding| {
            let place = self.fields.place(&finding.range);
            let place = place.map(|place| {
                let text = place.value.get(place.range.clone());
                json!({
                    "field": place.pointer,
                    "start": place.range.start,
                    "end": place.range.end,
                    "text": text,
                })
            });
            let fixes: Vec<Value> = finding
                .fixes
                .iter()
                .map(|fix| json!({ "title": fix.title, "applicability": fix.applicability }))
                .collect();
            json!({
                "rule": *finding.rule,
                "severity": finding.severity,
                "message": finding.message,
                "assumed": finding.assumed,
                "place": place,
                "fixes": fixes,
            })
        });
        let findings: Vec<Value> = findings.collect();
        let line = json!({
            "file": self.file,
            "line": self.line,
            "id": self.id,
            "words": self.words,
            "failed": self.failed,
            "findings": findings,
        });
        format!("{line}\n")
    }
}

/// The line for one that cannot be used, with its line feed.
pub fn bad_line_json(file: &str, line: usize, column: Option<usize>, id: &Value, message: &str) -> String {
    format!("{}\n", json!({ "file": file, "line": line, "column": column, "id": id, "error": message }))
}
