//! What goes to people and machines: one file a format. Only this folder and `cli` print.

mod checkstyle;
mod concise;
mod diff;
mod docx_comments;
mod excerpt;
mod facts_checklist;
mod facts_diff;
mod facts_html;
mod facts_json;
mod facts_kinds;
mod facts_sheet;
mod facts_text;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod place;
mod quotes;
mod rdjson;
mod record_json;
mod rule_page;
mod sarif;
mod schema;
mod settings_page;
mod statistics;
mod stats;
mod text;
mod xml;

pub use checkstyle::checkstyle;
pub use concise::concise;
pub use diff::{diff, patch};
pub use docx_comments::docx_comments;
pub use facts_checklist::{facts_checklist, facts_csv};
pub use facts_diff::{FactsDiff, facts_diff_json, facts_diff_text};
pub use facts_html::facts_html;
pub use facts_json::{facts_with_ranges, write_facts};
pub use facts_sheet::{FactsView, Grouping, all_facts_json, all_facts_text, checkup_with_ranges, decided, sum_of};
pub use facts_text::facts_text;
pub use fingerprint::{Fingerprint, fingerprints};
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use jsonl::jsonl;
pub use junit::junit;
pub use markdown::markdown;
pub use quotes::{CheckedQuote, quotes_json, quotes_text};
pub use rdjson::rdjson;
pub use record_json::{StoryRecord, bad_line_json};
pub use rule_page::{explain, pages, rule_json};
pub use sarif::sarif;
pub use schema::{rules_schema, settings_schema};
pub use settings_page::settings_page;
pub use statistics::statistics;
pub use stats::{MeasuredStory, stats_json, stats_text};
pub use text::{finding, text};

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::rules::RuleSet;
use crate::story::checkable::Tally;
use crate::text::{LineColumn, LineIndex, SourceRange, shortened};

/// A story with its findings, for reports.
#[derive(Debug)]
pub struct CheckedStory {
    /// Its path, or `<stdin>`.
    pub name: String,
    /// Whether it came from standard input.
    pub from_stdin: bool,
    /// Its text as it is: what was read, or what `--fix` wrote instead. The findings are about this text.
    pub source: String,
    /// The bytes of the Word document that it is in; `None` for stories in text files.
    pub office: Option<Vec<u8>>,
    /// How many words it has, without its boilerplate.
    pub words: usize,
    /// What was found, in bytes of `source`.
    pub findings: Vec<Finding>,
    /// The lowest severity that makes the run fail; `None` when nothing does.
    pub fail_on: Option<Severity>,
    /// Its text after fixes that were not made but are to be shown.
    pub fixed: Option<String>,
    /// How many fixes were made.
    pub fixes: usize,
    /// How many findings were left out because the baseline holds them.
    pub known: usize,
    /// Where its facts stand; `None` where nobody asked whether they are checked.
    pub facts: Option<Tally>,
    /// The rules that it was checked with.
    pub rules: Arc<RuleSet>,
}

impl CheckedStory {
    /// Whether it makes the run fail.
    pub fn fails(&self) -> bool {
        self.fail_on.is_some_and(|level| self.findings.iter().any(|finding| finding.severity >= level))
    }
}

/// A finding with all that reports say of it.
#[derive(Debug)]
struct ReportedFinding<'s> {
    story: &'s CheckedStory,
    finding: &'s Finding,
    start: LineColumn,
    end: LineColumn,
    fingerprint: Fingerprint,
}

impl<'s> ReportedFinding<'s> {
    /// The findings of `story` that are at least as severe as `show`, in the order of the story.
    fn all(story: &'s CheckedStory, show: Severity) -> Vec<Self> {
        let text = story.source.as_str();
        let lines = LineIndex::new(text);
        let known_by = fingerprints(text, &story.findings);
        let with = story.findings.iter().zip(known_by).filter(|(finding, _)| finding.severity >= show);
        let found = with.map(|(finding, fingerprint)| {
            let start = lines.line_column(finding.range.start, text);
            let end = lines.line_column(finding.range.end, text);
            ReportedFinding { story, finding, start, end, fingerprint }
        });
        found.collect()
    }

    /// The message as a sentence, and what it assumed.
    fn sentence(&self) -> String {
        let message = &self.finding.message;
        let stop = if message.ends_with(['.', '?', '!']) { "" } else { "." };
        match &self.finding.assumed {
            Some(assumed) => format!("{message}{stop} Assumed: {assumed}."),
            None => format!("{message}{stop}"),
        }
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

/// `text` in at most so many columns, the ellipsis among them.
pub fn fitted(text: &str, most: usize) -> String {
    let fits = text.char_indices().nth(most).is_none();
    shortened(text, if fits { most } else { most.saturating_sub(1) })
}

/// Columns that are left for words behind what is before them; where fewer are, they start further left in the lines that
/// follow.
const LEAST_COLUMNS: usize = 24;

/// Writes `before` and `text`. Where the width is known, `text` is broken between words so that it fits, and goes on under its
/// own start.
fn hanging(before: &str, text: &str, width: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let Some(width) = width else { return writeln!(out, "{}", format!("{before}{text}").trim_end()) };
    let columns = |text: &str| text.chars().count();
    let start = columns(before);
    let indent = if width < start + LEAST_COLUMNS { 8.min(start) } else { start };
    let mut line = before.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && columns(&line) + 1 + columns(word) > width {
            writeln!(out, "{}", line.trim_end())?;
            line = " ".repeat(indent);
        } else if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    writeln!(out, "{}", line.trim_end())
}

/// `1 warning`, `2 queries`: a number of what reports speak of.
fn counted(count: usize, one: &str) -> String {
    match one {
        "query" => crate::text::counted(count, one, "queries"),
        "story" => crate::text::counted(count, one, "stories"),
        _ => crate::text::counted(count, one, &format!("{one}s")),
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

#[cfg(test)]
mod tests {
    use super::hanging;

    #[test]
    fn long_words_go_on_under_their_start() {
        let written = |width| {
            let mut out = Vec::new();
            hanging("  7  quote  ", "We keep the ferry, and we pay", width, &mut out).expect("a buffer takes all");
            String::from_utf8(out).expect("it is text")
        };
        assert_eq!(written(None), "  7  quote  We keep the ferry, and we pay\n");
        assert_eq!(written(Some(36)), "  7  quote  We keep the ferry, and\n            we pay\n");
        assert_eq!(written(Some(20)), "  7  quote  We keep\n        the ferry,\n        and we pay\n");
    }
}
