//! A page with the numbered facts beside the story, to be printed and worked through with a pencil.

use std::io::{self, Write};

use super::facts_sheet::{FactRow, FactsView};
use super::xml;
use crate::markup::BlockKind;
use crate::story::checkable::FactStatus;
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
.beside { color: #444; font-style: italic; }
.differs, .changed .state, .wrong .state, .disputed .state { color: #a00; font-weight: bold; }
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
    let rows: Vec<FactRow> = view.rows().collect();
    // Of each paragraph, so that no paragraph goes through the facts of all others.
    let mut marks: Vec<Vec<(Span, usize)>> = vec![Vec::new(); view.story.paragraphs.len()];
    let mut first_here: Vec<Vec<&FactRow>> = vec![Vec::new(); view.story.paragraphs.len()];
    for row in &rows {
        for place in &row.fact.places {
            marks[place.paragraph()].push((place.span, row.number));
        }
        first_here[row.fact.first().paragraph()].push(row);
    }
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
        writeln!(out, "<section>\n<p class=\"{class}\">{}</p>\n<ol>", marked(&paragraph.text, &marks[number]))?;
        for row in &first_here[number] {
            item(view, row, out)?;
        }
        writeln!(out, "</ol>\n</section>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn item(view: &FactsView, row: &FactRow, out: &mut impl Write) -> io::Result<()> {
    let status = row.standing.status;
    let tick = if status == FactStatus::Checked { "✓" } else { "" };
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
    for beside in view.beside(row) {
        let class = if row.says.is_some_and(|says| !says.agrees) { "beside differs" } else { "beside" };
        write!(out, "; <span class=\"{class}\">{}</span>", xml::escaped(&beside))?;
    }
    if row.is_told() {
        write!(out, "; <span class=\"state\">{}</span>", xml::escaped(&row.decided()))?;
    }
    writeln!(out, "</span></li>")
}

/// The words with what is a fact underlined, and the numbers behind each.
fn marked(text: &str, marks: &[(Span, usize)]) -> String {
    let mut starts: Vec<usize> = marks.iter().map(|(span, _)| span.start()).collect();
    starts.sort_unstable();
    let mut ends: Vec<(usize, usize)> = marks.iter().map(|(span, number)| (span.end(), *number)).collect();
    ends.sort_unstable();
    let mut edges: Vec<usize> = starts.iter().copied().chain(ends.iter().map(|(end, _)| *end)).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let (mut starts, mut ends) = (starts.into_iter().peekable(), ends.into_iter().peekable());
    let mut html = String::with_capacity(text.len() * 2);
    // How many facts are around the place, and whether their line is drawn.
    let (mut around, mut open) = (0_usize, false);
    for (at, &start) in edges.iter().enumerate() {
        let ending: Vec<String> = std::iter::from_fn(|| ends.next_if(|(end, _)| *end == start))
            .map(|(_, number)| number.to_string())
            .collect();
        around += std::iter::from_fn(|| starts.next_if_eq(&start)).count();
        around = around.saturating_sub(ending.len());
        if open && (around == 0 || !ending.is_empty()) {
            html.push_str("</mark>");
            open = false;
        }
        if !ending.is_empty() {
            html.push_str(&format!("<sup>{}</sup>", ending.join(",")));
        }
        if around > 0 && !open {
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
