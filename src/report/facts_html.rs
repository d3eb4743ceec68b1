//! A page with the numbered facts beside the story, to be printed and worked through with a pencil.

use std::io::{self, Write};

use super::facts_sheet::{FactsView, Row};
use super::xml;
use crate::markup::BlockKind;
use crate::story::checkable::Status;
use crate::text::Span;

/// The page has no scripts and fetches nothing, and the policy holds it to that whatever the story says.
const HEAD: &str = "<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<style>
:root { color-scheme: light; }
body { font: 11pt/1.6 Georgia, 'Times New Roman', serif; color: #111; background: #fff; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
header p { color: #444; font: 10pt/1.4 system-ui, sans-serif; }
section { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 2rem; border-top: 1px solid #ddd; padding: .6rem 0; }
section p { margin: 0; }
.headline { font-size: 1.3rem; font-weight: bold; }
.caption, .credit { font-style: italic; }
mark { background: none; color: inherit; border-bottom: 1.5px solid #888; padding-bottom: 1px; }
sup { font: bold 7.5pt system-ui, sans-serif; color: #a00; line-height: 0; margin-left: 1px; }
ol { list-style: none; margin: 0; padding: 0; font: 9pt/1.4 system-ui, sans-serif; }
li { display: grid; grid-template-columns: 1.1rem 1.8rem minmax(0, 1fr); break-inside: avoid; margin-bottom: .25rem; }
.box { width: .75rem; height: .75rem; border: 1px solid #333; margin-top: .15rem; text-align: center; line-height: .75rem; }
.number { color: #a00; font-weight: bold; }
.kind, .state { color: #444; }
.changed .state, .wrong .state, .disputed .state { color: #a00; font-weight: bold; }
@media (max-width: 44rem) { section { grid-template-columns: minmax(0, 1fr); } ol { margin-top: .5rem; } }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } section { break-inside: auto; } @page { margin: 1.6cm; } }
</style>";

/// Writes the page.
///
/// # Errors
///
/// Those of `out`.
pub fn facts_html(view: &FactsView, out: &mut impl Write) -> io::Result<()> {
    let name = xml::escaped(view.name);
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n{HEAD}\n<title>Facts of {name}</title>\n</head>\n<body>"
    )?;
    writeln!(out, "<header><h1>Facts of {name}</h1><p>{}</p></header>\n<main>", xml::escaped(&view.desk.summary()))?;
    let rows: Vec<Row> = view.rows().collect();
    for (number, read) in view.story.paragraphs.iter().enumerate() {
        let paragraph = &read.paragraph;
        if paragraph.text.trim().is_empty() {
            continue;
        }
        let class = match paragraph.kind {
            BlockKind::Headline => "headline",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            _ => "copy",
        };
        writeln!(out, "<section>\n<p class=\"{class}\">{}</p>\n<ol>", marked(&paragraph.text, &marks(&rows, number)))?;
        for row in rows.iter().filter(|row| row.fact.first().paragraph() == number) {
            item(row, out)?;
        }
        writeln!(out, "</ol>\n</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn item(row: &Row, out: &mut impl Write) -> io::Result<()> {
    let status = row.standing.status;
    let tick = if status == Status::Checked { "✓" } else { "" };
    let words = xml::escaped(&super::facts_sheet::cut(&row.fact.words));
    write!(
        out,
        "<li class=\"{}\"><span class=\"box\">{tick}</span><span class=\"number\">{}</span><span>",
        status.as_str(),
        row.number
    )?;
    write!(out, "{words} <span class=\"kind\">{}", row.fact.kind.described())?;
    if let Some(meaning) = &row.fact.meaning {
        write!(out, ", {}", xml::escaped(meaning))?;
    }
    write!(out, "</span>")?;
    if status != Status::Open {
        write!(out, " <span class=\"state\">{}</span>", xml::escaped(&row.decided()))?;
    }
    writeln!(out, "</span></li>")
}

/// Where facts stand in a paragraph, with their numbers.
fn marks(rows: &[Row], paragraph: usize) -> Vec<(Span, usize)> {
    let places = rows.iter().flat_map(|row| row.fact.places.iter().map(move |place| (place, row.number)));
    let mut marks: Vec<(Span, usize)> = places
        .filter(|(place, _)| place.paragraph() == paragraph)
        .map(|(place, number)| (place.span, number))
        .collect();
    marks.sort_by_key(|(span, number)| (span.start, span.end, *number));
    marks
}

/// The words with what is a fact underlined, and the numbers behind each.
fn marked(text: &str, marks: &[(Span, usize)]) -> String {
    let mut edges: Vec<usize> = marks.iter().flat_map(|(span, _)| [span.start(), span.end()]).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let mut html = String::with_capacity(text.len() * 2);
    let mut open = false;
    for (at, &start) in edges.iter().enumerate() {
        let inside = marks.iter().any(|(span, _)| span.start() <= start && start < span.end());
        let ends: Vec<String> =
            marks.iter().filter(|(span, _)| span.end() == start).map(|(_, n)| n.to_string()).collect();
        if open && !(inside && ends.is_empty()) {
            html.push_str("</mark>");
            open = false;
        }
        if !ends.is_empty() {
            html.push_str(&format!("<sup>{}</sup>", ends.join(",")));
        }
        if inside && !open {
            html.push_str("<mark>");
            open = true;
        }
        let Some(&end) = edges.get(at + 1) else { break };
        html.push_str(&xml::escaped(text.get(start..end).unwrap_or_default()));
    }
    if open {
        html.push_str("</mark>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_inside_each_other_are_underlined_and_numbered() {
        let marks = [(Span::new(0, 8), 1), (Span::new(4, 8), 2), (Span::new(9, 10), 3)];
        assert_eq!(
            marked("Ana Ruiz & 3", &marks),
            "<mark>Ana Ruiz</mark><sup>1,2</sup> <mark>&amp;</mark><sup>3</sup> 3"
        );
    }
}
