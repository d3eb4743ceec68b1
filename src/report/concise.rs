//! One line a finding, `file:line:column: severity rule message`, as compilers write it and editors read it.

use std::io::{self, Write};

use super::{CheckedStory, ReportedFinding};
use crate::finding::Severity;
use crate::text::plain_line;

/// Writes the findings of `stories` that are at least as severe as `show`. Lines and columns are 1-based; columns count
/// Unicode scalar values.
pub fn concise(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    for found in stories.iter().flat_map(|story| ReportedFinding::all(story, show)) {
        let ReportedFinding { story, finding, start, .. } = &found;
        // One finding is one line, whatever its words are.
        let (name, message) = (plain_line(&story.name), plain_line(&finding.message));
        let (severity, rule) = (finding.severity.as_str(), &finding.rule);
        writeln!(out, "{name}:{}:{}: {severity} {rule} {message}", start.line, start.column)?;
    }
    Ok(())
}
