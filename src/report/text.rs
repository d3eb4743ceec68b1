//! Findings for people: source lines, marks, what was assumed and what can be done.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{CheckedStory, counted, counted_by_severity};
use crate::finding::{Applicability, Finding, Severity};
use crate::text::{LineIndex, SourceRange};

/// How many fixes are shown for one finding; the editor shows them all.
const MOST_FIXES: usize = 5;

/// Characters of a line that are shown on each side of what is marked: news paragraphs are long lines.
const CONTEXT: usize = 60;

/// Writes the findings of `stories` that are at least as severe as `show`, and a line that sums up.
///
/// Colours are written always; the caller's stream takes them out where there is no terminal.
pub fn text(stories: &[CheckedStory], show: Severity, fixing: bool, out: &mut impl Write) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(160);
    for story in stories {
        let lines = LineIndex::new(story.text());
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            writeln!(out, "{}\n", renderer.render(&[group(story, finding, &lines)]))?;
        }
    }
    sum_up(stories, show, fixing, out)
}

fn group<'a>(story: &'a CheckedStory, finding: &'a Finding, lines: &LineIndex) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Query => Level::INFO.with_name("query"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let title = level.primary_title(&finding.message).id(&*finding.rule);
    let mut group = title.element(snippet(story, &finding.range, lines, AnnotationKind::Primary, None));
    for related in &finding.related {
        let label = Some(related.message.as_str());
        group = group.element(snippet(story, &related.range, lines, AnnotationKind::Context, label));
    }
    if let Some(assumed) = &finding.assumed {
        group = group.element(Level::NOTE.no_name().message(format!("assumed: {assumed}")));
    }
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

/// The marked lines, with long ones cut near the mark.
fn snippet<'a>(
    story: &'a CheckedStory,
    range: &SourceRange,
    lines: &LineIndex,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = story.text();
    let first = lines.line_of(range.start);
    let whole = lines.range(first, text).start..lines.range(lines.line_of(range.end.max(range.start)), text).end;
    let (shown, before) = cut(text, &whole, range);
    let mark = range.start - before..range.end - before;
    // The place is given as path:line:column, so that editors and terminals can jump to it.
    Snippet::source(shown)
        .line_start(first + 1)
        .path(story.name.as_str())
        .fold(true)
        .annotation(kind.span(mark).label(label))
}

/// `whole` cut to what stands near `mark`, and what to subtract from offsets of `text` to get offsets of the cut.
///
/// Only the end is cut: cutting the start would make the column wrong, and the renderer trims that side itself.
fn cut<'a>(text: &'a str, whole: &SourceRange, mark: &SourceRange) -> (&'a str, usize) {
    let wanted = mark.end.saturating_add(CONTEXT);
    let end = if wanted >= whole.end { whole.end } else { text.ceil_char_boundary(wanted) };
    (text[whole.start..end].trim_end_matches(['\n', '\r']), whole.start)
}

fn sum_up(stories: &[CheckedStory], show: Severity, fixing: bool, out: &mut impl Write) -> io::Result<()> {
    let all = stories.iter().flat_map(|story| &story.findings);
    let hidden = all.clone().filter(|finding| finding.severity < show).count();
    let words: usize = stories.iter().map(|story| story.words).sum();
    let read = format!("{}, {}", counted(stories.len(), "story"), counted(words, "word"));
    let fixes: usize = stories.iter().map(|story| story.fixes).sum();
    if fixing {
        write!(out, "{} applied. ", if fixes == 1 { "1 safe fix".to_owned() } else { format!("{fixes} safe fixes") })?;
    }
    write!(out, "{} in {read}", counted_by_severity(all.clone().filter(|f| f.severity >= show)))?;
    if hidden > 0 {
        write!(out, " ({hidden} less severe not shown)")?;
    }
    let safe = all.filter(|f| f.fixes.first().is_some_and(|fix| fix.applicability == Applicability::Safe)).count();
    if safe > 0 && !fixing {
        write!(out, "; --fix mends {safe}")?;
    }
    writeln!(out, ".")
}
