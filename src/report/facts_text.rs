//! The fact sheet for people.

use std::io::{self, Write};

use super::facts_kinds::{Row, SheetFact, each_kind};
use crate::prose::Passage;
use crate::story::{PublishedOrigin, Story};
use crate::text::{LineIndex, SourceRange, on_one_line};

/// Characters of a quote or claim that are shown.
const SHOWN: usize = 72;

/// Writes the facts of `story` as tables, with the lines of `text`, in which `place` says where something stands.
pub fn facts_text(
    story: &Story,
    text: &str,
    place: impl Fn(&SourceRange) -> SourceRange,
    out: &mut impl Write,
) -> io::Result<()> {
    let lines = LineIndex::new(text);
    let line = |passage: Passage| {
        let range = place(&passage.to_source(&story.document.blocks));
        lines.line_column(range.start, text).line
    };
    match &story.published {
        Some(published) => writeln!(out, "Published: {} ({})", published.date, origin(published.origin))?,
        None => writeln!(out, "Published: not known; relative dates are not resolved (give --date)")?,
    }
    each_kind!(story, section(story, &line, out)).into_iter().collect()
}

fn origin(origin: PublishedOrigin) -> &'static str {
    match origin {
        PublishedOrigin::Given => "given",
        PublishedOrigin::Record => "date of the record",
        PublishedOrigin::FrontMatter => "front matter",
        PublishedOrigin::Page => "page metadata",
        PublishedOrigin::Dateline => "dateline",
        PublishedOrigin::Byline => "byline",
        PublishedOrigin::Path => "file name",
        PublishedOrigin::Settings => "settings",
        PublishedOrigin::Today => "no date in the story: today",
    }
}

/// The facts of one kind under their title.
fn section<T: SheetFact>(
    facts: &[T],
    story: &Story,
    line: &impl Fn(Passage) -> usize,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "\n{} ({})", T::TITLE, facts.len())?;
    for Row { place, first, second, text } in facts.iter().filter_map(|fact| fact.row(story)) {
        row(out, line(place), &first, &second, &text)?;
    }
    Ok(())
}

/// One row: line in the source, two columns and the text, cut to what fits.
fn row(out: &mut impl Write, line: usize, first: &str, second: &str, text: &str) -> io::Result<()> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if text.chars().count() > SHOWN {
        format!("{}…", text.chars().take(SHOWN).collect::<String>())
    } else {
        text
    };
    let first = on_one_line(first);
    writeln!(out, "{}", format!("  {line:>4}  {first:<26}  {second:<10}  {shown}").trim_end())
}
