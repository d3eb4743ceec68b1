//! Findings as comments in a copy of the Word document that was checked.

use std::io::{self, Write};

use super::CheckedStory;
use crate::finding::{Applicability, Finding, Severity};
use crate::office::{OfficeComment, with_comments};

/// Who comments, as Word shows it.
const AUTHOR: &str = "copydesk";

/// Writes a copy of the one Word document among `stories`, with its findings from `show` on as comments.
///
/// # Errors
///
/// Those of `out`; and says where there is not one Word document.
pub fn docx_comments(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let [story] = stories else {
        return Err(io::Error::other("docx-comments is about one story; name one .docx"));
    };
    let Some(bytes) = &story.office else {
        let message = format!("{} is not a Word document, so there is nothing to write comments into", story.name);
        return Err(io::Error::other(message));
    };
    let shown = story.findings.iter().filter(|finding| finding.severity >= show);
    let comments: Vec<OfficeComment> = shown.map(|finding| comment(finding, &story.source)).collect();
    let reviewed = with_comments(bytes, &comments, AUTHOR).map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&reviewed)
}

/// A finding in the words of a margin: what is wrong, what can be done, and which rule says so.
fn comment(finding: &Finding, source: &str) -> OfficeComment {
    // A paragraph is a line of the text.
    let before = source.get(..finding.range.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = source.get(start..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| start + at);
    let range = finding.range.start - start..finding.range.end.min(end).saturating_sub(start);
    let mut text = finding.message.clone();
    for fix in &finding.fixes {
        let mark = if fix.applicability == Applicability::Query { "?" } else { "→" };
        text.push_str(&format!("\n{mark} {}", fix.title));
    }
    text.push_str(&format!("\n({}, {})", finding.severity.as_str(), finding.rule));
    OfficeComment { paragraph: before.matches('\n').count(), range, text }
}
