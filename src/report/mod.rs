//! What goes to people and machines: one file a format. Only this folder and `cli` print.

mod diff;
mod facts_json;
mod facts_text;
mod json;
mod rule_page;
mod text;

pub use diff::diff;
pub use facts_json::facts_json;
pub use facts_text::facts_text;
pub use json::json;
pub use rule_page::{explain, pages, rule_json};
pub use text::text;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::text::{LineIndex, SourceRange};

/// A story with its findings, for reports.
#[derive(Debug)]
pub struct CheckedStory {
    /// Its path, or `<stdin>`.
    pub name: String,
    /// Whether it came from standard input.
    pub from_stdin: bool,
    /// Its text as it was read.
    pub source: String,
    /// How many words its prose has.
    pub words: usize,
    /// What was found; with fixes, what remains in the fixed text.
    pub findings: Vec<Finding>,
    /// The lowest severity that makes the run fail; `None` when nothing does.
    pub fail_on: Option<Severity>,
    /// Its text after the safe fixes, when there were any.
    pub fixed: Option<String>,
    /// How many fixes were applied.
    pub fixes: usize,
}

impl CheckedStory {
    /// The text that the findings are about.
    pub fn text(&self) -> &str {
        self.fixed.as_deref().unwrap_or(&self.source)
    }

    /// Whether it makes the run fail.
    pub fn fails(&self) -> bool {
        self.fail_on.is_some_and(|level| self.findings.iter().any(|finding| finding.severity >= level))
    }
}

/// A place in JSON: 1-based line and column (Unicode scalar values) and 0-based UTF-8 byte offset.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonPosition {
    line: usize,
    column: usize,
    offset: usize,
}

/// A range in JSON; `end` is exclusive.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

impl JsonRange {
    /// `range` of `text`, whose lines are `lines`.
    pub fn new(range: &SourceRange, text: &str, lines: &LineIndex) -> Self {
        let position = |offset: usize| {
            let at = lines.line_column(offset, text);
            JsonPosition { line: at.line, column: at.column, offset }
        };
        Self { start: position(range.start), end: position(range.end) }
    }
}

/// `1 warning`, `2 warnings`.
fn counted(count: usize, one: &str) -> String {
    match (count, one) {
        (1, _) => format!("1 {one}"),
        (_, "query") => format!("{count} queries"),
        (_, "story") => format!("{count} stories"),
        _ => format!("{count} {one}s"),
    }
}

/// `1 error, 2 warnings, 3 queries and 4 hints`; `nothing` when there is nothing.
fn counted_by_severity<'f>(findings: impl Iterator<Item = &'f Finding> + Clone) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Query, Severity::Hint];
    let counts = severities.map(|s| (findings.clone().filter(|f| f.severity == s).count(), s.as_str()));
    let said: Vec<String> = counts.iter().filter(|c| c.0 > 0).map(|&(count, one)| counted(count, one)).collect();
    match said.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
