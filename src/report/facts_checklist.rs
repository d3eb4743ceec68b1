//! Facts to tick on paper, in a wiki or in a spreadsheet.

use std::io::{self, Write};

use super::facts_sheet::{FactRow, FactsView, Grouping, grouped};
use crate::story::checkable::FactStatus;
use crate::text::without_markup;

/// Writes the facts as a list of boxes in Markdown.
///
/// # Errors
///
/// Those of `out`.
pub fn facts_checklist(view: &FactsView, grouping: Grouping, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# Facts of {}\n\n{}", without_markup(view.name), view.desk.summary())?;
    for (group, rows) in grouped(view, grouping) {
        if let Some(group) = group {
            write!(out, "\n## {} ({})\n", without_markup(&group), rows.len())?;
        }
        writeln!(out)?;
        boxes(view, &rows, out)?;
    }
    Ok(())
}

/// Writes a line with a box for each of `rows`.
fn boxes(view: &FactsView, rows: &[FactRow], out: &mut impl Write) -> io::Result<()> {
    for row in rows {
        let tick = if row.standing.status == FactStatus::Checked { "x" } else { " " };
        write!(
            out,
            "- [{tick}] **{}** ({}, line {})",
            without_markup(&row.fact.words),
            row.fact.kind.described(),
            row.line
        )?;
        if let Some(meaning) = &row.fact.meaning {
            write!(out, ": {}", without_markup(meaning))?;
        }
        for beside in view.beside(row) {
            write!(out, " · {}", without_markup(&beside))?;
        }
        if row.is_told() {
            write!(out, " · {}", without_markup(&row.decided()))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the facts as comma-separated values (RFC 4180), with a line of headings.
///
/// # Errors
///
/// Those of `out`.
pub fn facts_csv(view: &FactsView, grouping: Grouping, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "number,id,kind,words,line,places,state,by,on,sources,note,meaning,person,sum,source says,sentence\r\n"
    )?;
    let people = view.people();
    for row in grouped(view, grouping).into_iter().flat_map(|(_, rows)| rows) {
        let sources: Vec<String> = row.entry.iter().flat_map(|entry| &entry.sources).map(ToString::to_string).collect();
        let cells = [
            row.number.to_string(),
            row.fact.id.clone(),
            row.fact.kind.described().to_owned(),
            row.fact.words.clone(),
            row.line.to_string(),
            row.fact.places.len().to_string(),
            row.standing.status.as_str().to_owned(),
            row.entry.and_then(|entry| entry.by.clone()).unwrap_or_default(),
            row.entry.and_then(|entry| entry.on).map(|on| on.to_string()).unwrap_or_default(),
            sources.join("; "),
            row.entry.and_then(|entry| entry.note.clone()).unwrap_or_default(),
            row.fact.meaning.clone().unwrap_or_default(),
            people.of(&row).unwrap_or_default().to_owned(),
            row.sum.map(|sum| sum.text.clone()).unwrap_or_default(),
            view.said(&row).unwrap_or_default(),
            row.fact.sentence.clone(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

/// A cell. What a spreadsheet would take for a formula begins with an apostrophe, which makes it a text there.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{cell}") } else { cell.to_owned() };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_texts() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("5-2"), "5-2");
    }

    #[test]
    fn marks_of_markdown_stand_for_themselves() {
        assert_eq!(without_markup("[a] *b*"), "\\[a\\] \\*b\\*");
    }
}
