//! Findings for people: source lines, marks, what was assumed and what can be done.

use std::io::{self, Write};

use super::excerpt::{Excerpt, FRAME, PLAIN};
use super::{CheckedStory, counted, counted_by_severity};
use crate::finding::{Applicability, Finding, Severity};
use crate::rules::{Lack, Rule};
use crate::text::{LineIndex, plain_line};

/// How many fixes are shown for one finding; the editor shows them all.
const MOST_FIXES: usize = 5;

/// Columns of an excerpt where no terminal says how many there are.
const WIDTH: usize = 100;

/// Sets off what a finding says.
const BOLD: &str = "\x1b[1m";

/// Writes the findings of `stories` that are at least as severe as `show`, and a line that sums up.
///
/// Colours are written always; the caller's stream takes them out where there is no terminal.
///
/// `fixing` names the fixes that were applied, such as `safe fix`, in a run that applies some. `width` is how many columns
/// the terminal has, where there is one.
pub fn text(
    stories: &[CheckedStory],
    show: Severity,
    fixing: Option<&str>,
    width: Option<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    for story in stories {
        let lines = LineIndex::new(&story.source);
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            writeln!(out, "{}", drawn(story, finding, &lines, width, MOST_FIXES))?;
        }
    }
    sum_up(stories, show, fixing, out)
}

/// Writes `finding` of `story` as [`text`] does, without what can be done about it.
pub fn finding(story: &CheckedStory, finding: &Finding, width: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let lines = LineIndex::new(&story.source);
    writeln!(out, "{}", drawn(story, finding, &lines, width, 0).trim_end())
}

/// A finding with its lines, what was assumed and at most so many fixes.
fn drawn(story: &CheckedStory, finding: &Finding, lines: &LineIndex, width: Option<usize>, fixes: usize) -> String {
    let width = width.unwrap_or(WIDTH);
    let colour = match finding.severity {
        Severity::Error => "\x1b[1m\x1b[91m",
        Severity::Warning => "\x1b[1m\x1b[33m",
        Severity::Query => "\x1b[1m\x1b[92m",
        Severity::Hint => "\x1b[1m\x1b[96m",
    };
    let place = |range, label, mark, colour| Excerpt {
        name: &story.name,
        text: &story.source,
        lines,
        range,
        label,
        mark,
        colour,
    };
    let mut places = vec![place(&finding.range, "", '^', colour)];
    let related = finding.related.iter();
    places.extend(related.map(|related| place(&related.range, related.message.as_str(), '-', FRAME)));
    let last = places.iter().map(|place| place.place().line).max().unwrap_or(1);
    let gutter = last.to_string().len();
    let severity = finding.severity.as_str();
    let message = plain_line(&finding.message);
    let mut out = format!("{colour}{severity}[{}]{PLAIN}{BOLD}: {message}{PLAIN}\n", finding.rule);
    for (number, place) in places.iter().enumerate() {
        if number > 0 {
            out.push_str(&format!("{FRAME}{:gutter$} |{PLAIN}\n", ""));
        }
        place.write(if number == 0 { "-->" } else { ":::" }, gutter, width, &mut out);
    }
    let mut notes: Vec<String> = finding.assumed.iter().map(|assumed| format!("assumed: {assumed}")).collect();
    notes.extend(finding.fixes.iter().take(fixes).map(|fix| {
        let how = match fix.applicability {
            Applicability::Safe => "fix (safe)",
            Applicability::Suggested => "fix",
            Applicability::Query => "mark",
        };
        format!("{how}: {}", fix.title)
    }));
    if let Some(more) = finding.fixes.len().checked_sub(fixes).filter(|&more| more > 0 && fixes > 0) {
        notes.push(format!("and {} in the editor", counted(more, "choice")));
    }
    if !notes.is_empty() {
        out.push_str(&format!("{FRAME}{:gutter$} |{PLAIN}\n", ""));
    }
    for note in notes {
        out.push_str(&format!("{FRAME}{:gutter$} ={PLAIN} {}\n", "", plain_line(&note)));
    }
    out
}

/// Writes the line that sums up.
pub(super) fn sum_up(
    stories: &[CheckedStory],
    show: Severity,
    fixing: Option<&str>,
    out: &mut impl Write,
) -> io::Result<()> {
    let all = stories.iter().flat_map(|story| &story.findings);
    let hidden = all.clone().filter(|finding| finding.severity < show).count();
    let words: usize = stories.iter().map(|story| story.words).sum();
    let read = format!("{}, {}", counted(stories.len(), "story"), counted(words, "word"));
    let fixes: usize = stories.iter().map(|story| story.fixes).sum();
    if let Some(kind) = fixing {
        write!(out, "{fixes} {kind}{} applied. ", if fixes == 1 { "" } else { "es" })?;
    }
    write!(out, "{} in {read}", counted_by_severity(all.clone().filter(|f| f.severity >= show)))?;
    if hidden > 0 {
        write!(out, " ({hidden} less severe not shown)")?;
    }
    let known: usize = stories.iter().map(|story| story.known).sum();
    if known > 0 {
        write!(out, " ({known} in the baseline)")?;
    }
    let safe = all.filter(|f| f.fixes.first().is_some_and(|fix| fix.applicability == Applicability::Safe)).count();
    if safe > 0 && fixing.is_none() {
        write!(out, "; {safe} fixable with --fix")?;
    }
    // The command line can say as well what these lack.
    let lacks_date = |rule: &Rule| rule.check.lacks == Some(Lack::Date);
    let is_undated =
        |story: &&CheckedStory| story.findings.iter().any(|f| story.rules.get(&f.rule).is_some_and(lacks_date));
    match stories.iter().filter(is_undated).count() {
        0 => {}
        1 => write!(out, "; --date YYYY-MM-DD says when the one without a date was published")?,
        undated => write!(out, "; --date YYYY-MM-DD says when the {undated} without a date were published")?,
    }
    writeln!(out, ".")?;
    facts(stories, out)
}

/// Writes a line for each story whose facts were to be checked: how many are, and what of which kinds is not.
pub(super) fn facts(stories: &[CheckedStory], out: &mut impl Write) -> io::Result<()> {
    for story in stories {
        if let Some(tally) = &story.facts {
            writeln!(out, "{}: {}", plain_line(&story.name), tally.summary())?;
        }
    }
    Ok(())
}
