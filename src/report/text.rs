//! Findings for people: source lines, marks, what was assumed and what can be done.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{CheckedStory, counted, counted_by_severity};
use crate::finding::{Applicability, Finding, Severity};
use crate::rules::{Lack, Rule};
use crate::text::{LineIndex, SourceRange, plain_line};

/// How many fixes are shown for one finding; the editor shows them all.
const MOST_FIXES: usize = 5;

/// Columns of an excerpt where no terminal says how many there are.
const WIDTH: usize = 100;

/// The fewest columns of an excerpt, however narrow the terminal.
const NARROWEST: usize = 40;

/// Bytes on each side of the mark that the renderer gets; it shows as many of them as fit.
const CONTEXT: usize = 4096;

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
    let renderer = renderer(width);
    for story in stories {
        let lines = LineIndex::new(&story.source);
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            writeln!(out, "{}\n", renderer.render(&[group(story, finding, &lines)]))?;
        }
    }
    sum_up(stories, show, fixing, out)
}

/// Writes `finding` of `story` as [`text`] does, without what can be done about it.
pub fn finding(story: &CheckedStory, finding: &Finding, width: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let lines = LineIndex::new(&story.source);
    writeln!(out, "{}", renderer(width).render(&[without_fixes(story, finding, &lines)]))
}

fn renderer(width: Option<usize>) -> Renderer {
    let width = width.unwrap_or(WIDTH).max(NARROWEST);
    Renderer::styled().decor_style(DecorStyle::Ascii).term_width(width)
}

fn group<'a>(story: &'a CheckedStory, finding: &'a Finding, lines: &LineIndex) -> Group<'a> {
    let mut group = without_fixes(story, finding, lines);
    for fix in finding.fixes.iter().take(MOST_FIXES) {
        let how = match fix.applicability {
            Applicability::Safe => "fix (safe)",
            Applicability::Suggested => "fix",
            Applicability::Query => "mark",
        };
        group = group.element(Level::HELP.no_name().message(format!("{how}: {}", fix.title)));
    }
    if let Some(more) = finding.fixes.len().checked_sub(MOST_FIXES).filter(|&more| more > 0) {
        group = group.element(Level::HELP.no_name().message(format!("and {} in the editor", counted(more, "choice"))));
    }
    group
}

fn without_fixes<'a>(story: &'a CheckedStory, finding: &'a Finding, lines: &LineIndex) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Query => Level::INFO.with_name("query"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let title = level.primary_title(&finding.message).id(&*finding.rule);
    let mut group = with_snippet(Group::with_title(title), story, &finding.range, lines, AnnotationKind::Primary, None);
    for related in &finding.related {
        let label = Some(related.message.as_str());
        group = with_snippet(group, story, &related.range, lines, AnnotationKind::Context, label);
    }
    if let Some(assumed) = &finding.assumed {
        group = group.element(Level::NOTE.no_name().message(format!("assumed: {assumed}")));
    }
    group
}

/// `group` and the marked lines, with long ones cut near the mark.
fn with_snippet<'a>(
    group: Group<'a>,
    story: &'a CheckedStory,
    range: &SourceRange,
    lines: &LineIndex,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    let text = story.source.as_str();
    let at = lines.line_column(range.start, text);
    let first = lines.line_of(range.start);
    let whole = lines.range(first, text).start..lines.range(lines.line_of(range.end.max(range.start)), text).end;
    let (shown, before) = cut(text, &whole, range);
    let mark = range.start - before..range.end - before;
    let snippet = Snippet::source(shown).line_start(first + 1).fold(true).annotation(kind.span(mark).label(label));
    // The place is given as path:line:column, so that editors and terminals can jump to it.
    if before == whole.start {
        return group.element(snippet.path(plain_line(&story.name)));
    }
    // In a line that was cut at its start, the renderer would count columns from the cut.
    group.element(Origin::path(plain_line(&story.name)).line(at.line).char_column(at.column)).element(snippet)
}

/// `whole` cut to what is near `mark`, and what to subtract from offsets of `text` to get offsets of the cut.
///
/// The renderer trims the start itself, and counts columns in it; only what is so long that this takes time is cut here.
fn cut<'a>(text: &'a str, whole: &SourceRange, mark: &SourceRange) -> (&'a str, usize) {
    let wanted = mark.end.saturating_add(CONTEXT);
    let end = if wanted >= whole.end { whole.end } else { text.ceil_char_boundary(wanted) };
    let start = whole.start.max(text.floor_char_boundary(mark.start.saturating_sub(CONTEXT)));
    (text[start..end].trim_end_matches(['\n', '\r']), start)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn columns_are_right_far_into_a_long_line() {
        let source = format!("{}utilize it.\n", "é ".repeat(CONTEXT));
        let start = source.len() - "utilize it.\n".len();
        let finding = Finding {
            rule: Arc::from("own/word"),
            severity: Severity::Hint,
            range: start..start + "utilize".len(),
            message: "m".to_owned(),
            assumed: None,
            more: 0,
            related: Vec::new(),
            fixes: Vec::new(),
        };
        let story = CheckedStory {
            office: None,
            name: "a.txt".to_owned(),
            from_stdin: false,
            source,
            words: 1,
            findings: vec![finding],
            fail_on: None,
            fixed: None,
            fixes: 0,
            known: 0,
            facts: None,
            rules: Arc::default(),
        };
        let mut out = Vec::new();
        text(&[story], Severity::Hint, None, Some(80), &mut out).expect("a vector takes everything");
        let out = String::from_utf8(out).expect("it is text");
        assert!(out.contains(&format!("a.txt:1:{}", 2 * CONTEXT + 1)), "{out}");
        assert!(out.contains("utilize it"), "{out}");
    }
}
