//! Findings as workflow commands of GitHub Actions, which become annotations on the changed files.

use std::io::{self, Write};

use super::{CheckedStory, ReportedFinding};
use crate::finding::Severity;

/// GitHub shows this many annotations of each level for one step of a workflow; the rest is only in the log.
const SHOWN_PER_LEVEL: usize = 10;

/// Writes the findings of `stories` that are at least as severe as `show`, the most severe first: where GitHub shows
/// only some, it should be those.
pub fn github(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let mut all: Vec<ReportedFinding> = stories.iter().flat_map(|story| ReportedFinding::all(story, show)).collect();
    all.sort_by_key(|found| std::cmp::Reverse(found.finding.severity));
    for found in &all {
        writeln!(out, "{}", command(found))?;
    }
    for level in ["error", "warning", "notice"] {
        let count = all.iter().filter(|found| self::level(found.finding.severity) == level).count();
        if count > SHOWN_PER_LEVEL {
            writeln!(out, "{count} of level {level}; GitHub shows {SHOWN_PER_LEVEL} of a level for each step.")?;
        }
    }
    super::text::facts(stories, out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Query | Severity::Hint => "notice",
    }
}

fn command(found: &ReportedFinding) -> String {
    let ReportedFinding { story, finding, start, end, .. } = found;
    // Columns count only where the annotation is on one line.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    // In the order in which GitHub's own library writes them, so that a test can compare the bytes.
    format!(
        "::{} title={},file={},line={},endLine={}{columns}::{}",
        level(finding.severity),
        property(&finding.rule),
        property(&story.name),
        start.line,
        end.line,
        data(&found.sentence()),
    )
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50%\nof it: a, b"), "50%25%0Aof it: a, b");
        assert_eq!(property("a:b,c.txt"), "a%3Ab%2Cc.txt");
    }
}
