//! The fact sheet for people.

use std::io::{self, Write};

use super::facts_kinds::{SheetFact, TableRow, each_kind};
use super::fitted;
use crate::prose::Passage;
use crate::story::{PublishedOrigin, Story};
use crate::text::{LineIndex, SourceRange, on_one_line, single_spaced};

/// Characters of a quote or claim that are shown where the width is not known, and at least.
const SHOWN: usize = 72;
const LEAST: usize = 20;

/// Writes the facts of `story` as tables, with the lines of `text`, in which `place` says where something is. What is
/// longer than `width` columns is cut.
pub fn facts_text(
    story: &Story,
    text: &str,
    place: impl Fn(&SourceRange) -> SourceRange,
    width: Option<usize>,
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
    each_kind!(story, section(story, &line, width, out)).into_iter().collect()
}

fn origin(origin: PublishedOrigin) -> &'static str {
    match origin {
        PublishedOrigin::Today => "no date in the story: today",
        other => other.as_str(),
    }
}

/// The facts of one kind under their title.
fn section<T: SheetFact>(
    facts: &[T],
    story: &Story,
    line: &impl Fn(Passage) -> usize,
    width: Option<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "\n{} ({})", T::TITLE, facts.len())?;
    for TableRow { place, first, second, text } in facts.iter().filter_map(|fact| fact.row(story)) {
        row(out, line(place), [&first, &second, &text], width)?;
    }
    Ok(())
}

/// One row: line in the source, two columns and the text, cut to what fits.
fn row(out: &mut impl Write, line: usize, [first, second, text]: [&str; 3], width: Option<usize>) -> io::Result<()> {
    let first = on_one_line(first);
    let before = format!("  {line:>4}  {first:<26}  {second:<10}  ");
    let most = width.map_or(SHOWN, |width| width.saturating_sub(before.chars().count()).max(LEAST));
    let text = single_spaced(text);
    writeln!(out, "{}", format!("{before}{}", fitted(&text, most)).trim_end())
}
