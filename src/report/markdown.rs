//! Findings in Markdown, for the summary of a job or a comment on a change.

use std::io::{self, Write};

use super::{CheckedStory, ReportedFinding, counted, counted_by_severity};
use crate::finding::Severity;
use crate::text::plain_line;

/// How many findings are listed: a summary on GitHub may have a megabyte, and a person reads less.
const MOST: usize = 500;

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn markdown(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let shown = stories.iter().flat_map(|story| &story.findings).filter(|finding| finding.severity >= show);
    let words: usize = stories.iter().map(|story| story.words).sum();
    let read = format!("{}, {}", counted(stories.len(), "story"), counted(words, "word"));
    writeln!(out, "## copydesk\n\n{} in {read}.", counted_by_severity(shown.clone()))?;
    for story in stories {
        if let Some(tally) = &story.facts {
            writeln!(out, "\n{}: {}", escape(&story.name), escape(&tally.summary()))?;
        }
    }
    let mut left = MOST;
    for story in stories {
        let mut found = ReportedFinding::all(story, show);
        found.truncate(left);
        left -= found.len();
        if !found.is_empty() {
            writeln!(out, "\n### {}\n\n| place | severity | finding | rule |\n|---|---|---|---|", escape(&story.name))?;
        }
        for found in found {
            writeln!(out, "{}", row(&found))?;
        }
    }
    match shown.count().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "\nAnd {more} more."),
    }
}

fn row(found: &ReportedFinding) -> String {
    let ReportedFinding { finding, start, .. } = found;
    let message = escape(&found.sentence());
    let (severity, rule) = (finding.severity.as_str(), &finding.rule);
    format!("| {}:{} | {severity} | {message} | `{rule}` |", start.line, start.column)
}

/// `text` in which no character means anything to Markdown, on one line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain_line(text).chars() {
        match c {
            // A name in a comment on a change would call its owner, and a number would link to some other change. An
            // empty HTML comment keeps GitHub from seeing either.
            '@' | '#' => {
                escaped.push(c);
                escaped.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_table_stays_a_table() {
        assert_eq!(super::escape("“a|b”\n<br> *x*"), "“a\\|b” \\<br\\> \\*x\\*");
        assert_eq!(super::escape("@mayor, #3"), "@<!-- -->mayor, #<!-- -->3");
    }
}
