//! Findings as JSON Lines: one object a line, as in the JSON report, for programs that read line by line.

use std::io::{self, Write};

use super::CheckedStory;
use super::json::one;
use crate::finding::Severity;
use crate::text::LineIndex;

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn jsonl(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    for story in stories {
        let lines = LineIndex::new(&story.source);
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            serde_json::to_writer(&mut *out, &one(story, finding, &lines))?;
            writeln!(out)?;
        }
    }
    Ok(())
}
