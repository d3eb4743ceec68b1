//! AsciiDoc: blocks between delimiters, and paragraphs.

mod words;

use self::words::mark;
use super::{Line, Writer, cells, lines, number_marker, with_blanks};
use crate::markup::{BlockKind, Document, front_matter};
use crate::text::{SourceRange, line_break};

/// Words before a paragraph that make it a note.
const ADMONITIONS: &[&str] = &["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];

/// Styles of blocks whose text is no prose.
const UNREAD: &[&str] = &[
    "source",
    "listing",
    "literal",
    "stem",
    "latexmath",
    "asciimath",
    "pass",
    "comment",
    "ditaa",
    "plantuml",
    "mermaid",
];

/// Takes an AsciiDoc text apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    let mut reader = AsciidocReader {
        writer: Writer::new(source, document, mark),
        paragraph: Vec::new(),
        kind: BlockKind::Paragraph,
        open: Vec::new(),
        style: None,
        title: None,
        in_list: false,
        header: Header::Before,
    };
    let ending = line_break(source);
    reader.writer.date_place = Some((body, ":revdate: ".to_owned(), format!("{ending}{ending}")));
    let lines = lines(source, body);
    let mut at = 0;
    while at < lines.len() {
        at = reader.line(&lines, at);
    }
    reader.flush();
    reader.writer.finish()
}

/// Where the reader is of a document's header: its title, its authors, its entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    Before,
    /// The line under the title names the authors, and the next one may hold the date.
    Title,
    Authors,
    Behind,
}

struct AsciidocReader<'s> {
    writer: Writer<'s>,
    /// The lines of the open paragraph.
    paragraph: Vec<SourceRange>,
    kind: BlockKind,
    /// The delimiters that are open, and what is between them.
    open: Vec<(&'s str, BlockKind)>,
    /// What `[quote]` or `[source,rust]` says of the next block.
    style: Option<&'s str>,
    /// The words of `.A title`, for the next block.
    title: Option<SourceRange>,
    in_list: bool,
    header: Header,
}

impl<'s> AsciidocReader<'s> {
    /// Reads line number `at`, and gives the number of the next that is to be read.
    fn line(&mut self, lines: &[Line], at: usize) -> usize {
        let line = &lines[at];
        let text = self.writer.text(line.range());
        if text.is_empty() {
            self.flush();
            if self.header != Header::Before {
                self.header = Header::Behind;
            }
            if lines.get(at + 1).is_some_and(|next| item_marker(self.writer.text(next.range())).is_none()) {
                self.in_list = false;
            }
            return at + 1;
        }
        if text.starts_with("//") && !text.starts_with("///") && line.indent() == 0 {
            self.writer.comment(line.range(), line.start + 2..line.end);
            return at + 1;
        }
        if let Some(next) = self.delimited(lines, at, text) {
            return next;
        }
        if self.paragraph.is_empty()
            && let Some(next) = self.in_header(line, at, text)
        {
            return next;
        }
        if let Some((name, value)) = attribute(text).filter(|_| self.paragraph.is_empty()) {
            if !value.is_empty() {
                let name = name.to_owned();
                self.writer.entry(&name, line.end - value.len()..line.end);
            }
            return at + 1;
        }
        if self.paragraph.is_empty() && self.opens_block(line, text) {
            return at + 1;
        }
        if is_directive(text) {
            return at + 1;
        }
        if text == "+" {
            self.flush();
            return at + 1;
        }
        if let Some(marker) = item_marker(text) {
            return self.item(line, at, text, marker);
        }
        if let Some((term, words)) =
            described(text).filter(|_| self.paragraph.is_empty() || self.kind == BlockKind::ListItem)
        {
            self.flush();
            self.in_list = true;
            self.writer.line(BlockKind::ListItem, line.start..line.start + term);
            if words < text.len() {
                self.kind = BlockKind::ListItem;
                self.paragraph.push(line.start + words..line.end);
            }
            return at + 1;
        }
        let is_unread = self.style.is_some_and(|style| UNREAD.contains(&style));
        if self.paragraph.is_empty() && (is_unread || line.indent() > 0 && !self.in_list) {
            // A literal paragraph: it is indented, or its style says so.
            let end = lines[at..].iter().position(Line::is_blank).map_or(lines.len(), |len| at + len);
            for code in &lines[at..end] {
                let code = self.writer.text(code.range());
                self.writer.document.push_code(code);
            }
            self.end_block();
            return end;
        }
        let mut start = line.start;
        if self.paragraph.is_empty() {
            self.kind = self.kind_here();
            if let Some(word) = ADMONITIONS.iter().find(|word| text.starts_with(**word)) {
                self.kind = BlockKind::Note;
                start += word.len();
            }
        } else if text.starts_with("-- ") && self.kind != BlockKind::ListItem {
            // Who is quoted: `-- Ana Ruiz`.
            return at + 1;
        }
        self.paragraph.push(start..line.end);
        at + 1
    }

    /// What a paragraph is here.
    fn kind_here(&self) -> BlockKind {
        match self.style {
            Some("quote" | "verse") => BlockKind::BlockQuote,
            Some("NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION" | "sidebar") => BlockKind::Note,
            _ if self.in_list => BlockKind::ListItem,
            _ => self.open.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind),
        }
    }

    /// A line that opens or closes a block: `----`, `====`, `|===`.
    fn delimited(&mut self, lines: &[Line], at: usize, text: &'s str) -> Option<usize> {
        let first = *text.as_bytes().first()?;
        let is_run = text.bytes().all(|b| b == first);
        let is_table =
            text.len() >= 4 && matches!(first, b'|' | b',' | b':' | b'!') && text[1..].bytes().all(|b| b == b'=');
        let is_fence = text.starts_with("```");
        let is_delimiter =
            is_table || is_fence || text == "--" || is_run && text.len() >= 4 && b"-.+/=*_".contains(&first);
        if !is_delimiter || first == b'=' && !is_run {
            return None;
        }
        // Under a line of its own length it is an old way to write a title.
        if let [title] = &self.paragraph[..]
            && matches!(first, b'=' | b'-' | b'+')
            && self.writer.text(title.clone()).chars().count().abs_diff(text.len()) <= 1
        {
            let title = title.clone();
            self.paragraph.clear();
            if first == b'=' {
                self.writer.title(title)
            } else {
                self.writer.line(BlockKind::Heading, title)
            }
            return Some(at + 1);
        }
        self.flush();
        let closing = if is_fence { "```" } else { text };
        let end = || {
            let is_end = |line: &Line| self.writer.text(line.range()) == closing;
            lines[at + 1..].iter().position(is_end).map_or(lines.len(), |len| at + 1 + len)
        };
        let style_is_unread = self.style.is_some_and(|style| UNREAD.contains(&style));
        if first == b'/' {
            let end = end();
            let until = lines.get(end).map_or(self.writer.source.len(), |line| line.end);
            let inside = lines[at].end..lines.get(end).map_or(until, |line| line.begin);
            self.writer.comment(lines[at].start..until, inside);
            return Some(end + 1);
        }
        if first == b'|' {
            let end = end();
            self.end_block();
            self.table(lines.get(at + 1..end).unwrap_or_default());
            return Some(end + 1);
        }
        let is_code = is_fence || is_table || matches!(first, b'.' | b'+') || first == b'-' && text != "--";
        if is_code || style_is_unread {
            let end = end();
            for code in lines.get(at + 1..end).unwrap_or_default() {
                let code = self.writer.text(code.range());
                self.writer.document.push_code(code);
            }
            self.end_block();
            return Some(end + 1);
        }
        match self.open.iter().rposition(|(open, _)| *open == text) {
            Some(number) => self.open.truncate(number),
            None => {
                let outer = self.kind_here();
                let kind = match first {
                    b'_' => BlockKind::BlockQuote,
                    b'*' => BlockKind::Note,
                    _ => outer,
                };
                self.open.push((text, kind));
            }
        }
        self.in_list = false;
        self.end_block();
        Some(at + 1)
    }

    /// A row a line: `|Ana |the pier`. Lines without a bar go on with the last cell.
    fn table(&mut self, rows: &[Line]) {
        let mut open: Vec<SourceRange> = Vec::new();
        for row in rows {
            let text = self.writer.text(row.range());
            if text.starts_with("//") {
                self.writer.comment(row.range(), row.start + 2..row.end);
                continue;
            }
            match text.find('|') {
                Some(bar) => {
                    self.writer.block(BlockKind::Table, &std::mem::take(&mut open));
                    let mut cells = cells(self.writer.source, row.start + bar..row.end);
                    open.extend(cells.pop());
                    for cell in cells {
                        self.writer.line(BlockKind::Table, cell);
                    }
                }
                None if row.is_blank() || open.is_empty() => {}
                None => open.push(row.range()),
            }
        }
        self.writer.block(BlockKind::Table, &open);
    }

    /// The lines under the document's title.
    fn in_header(&mut self, line: &Line, at: usize, text: &str) -> Option<usize> {
        match self.header {
            Header::Title if !text.starts_with([':', '=', '[', '.']) => {
                self.header = Header::Authors;
                self.writer.line(BlockKind::Byline, line.start..line.start + text.find(" <").unwrap_or(text.len()));
                Some(at + 1)
            }
            Header::Authors if text.starts_with(|c: char| c.is_ascii_digit() || c == 'v') => {
                self.header = Header::Behind;
                let date = text.split([',', ':']).map(str::trim).find(|part| crate::text::parse_date(part).is_some());
                if let Some(date) = date {
                    let start = line.start + text.find(date).unwrap_or_default();
                    self.writer.entry("date", start..start + date.len());
                }
                Some(at + 1)
            }
            _ => None,
        }
    }

    /// A title, a line of attributes, a rule, an image: what is before a block or is one by itself.
    fn opens_block(&mut self, line: &Line, text: &'s str) -> bool {
        let signs = text.len() - text.trim_start_matches('=').len();
        if let Some(marker) = with_blanks(text, signs).filter(|_| (1..=6).contains(&signs) && line.indent() == 0) {
            let words = line.start + marker..line.end;
            self.in_list = false;
            if signs == 1 {
                let is_first = self.header == Header::Before;
                self.writer.title(words);
                self.header = if is_first { Header::Title } else { Header::Behind };
                if is_first {
                    let ending = line_break(self.writer.source);
                    self.writer.date_place = Some((line.end, format!("{ending}:revdate: "), String::new()));
                }
            } else {
                self.writer.line(BlockKind::Heading, words);
            }
            self.end_block();
            return true;
        }
        if text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[") {
            let inside = &text[1..text.len() - 1];
            let style = inside.split([',', '#', '.', '%']).next().unwrap_or_default().trim();
            let is_list = inside.starts_with(['.', '#', '%', '"'])
                || style.is_empty()
                || !style.contains(' ')
                || inside.contains('=');
            if is_list {
                self.style = Some(style).filter(|style| !style.is_empty()).or(self.style);
            }
            return is_list;
        }
        if text.starts_with("[[") && text.ends_with("]]") || matches!(text, "'''" | "<<<" | "***" | "---" | "- - -") {
            return true;
        }
        if text.starts_with('.') && !text[1..].starts_with(['.', ' ']) && text.len() > 1 {
            self.title = Some(line.start + 1..line.end);
            return true;
        }
        if let Some(rest) = text.strip_prefix("image::")
            && let Some((target, attributes)) = rest.split_once('[')
        {
            let src = line.start + 7..line.start + 7 + target.len();
            let alt_len = attributes.find([',', ']']).unwrap_or(attributes.len());
            let is_named = attributes[..alt_len].contains('=');
            let alt = (alt_len > 0 && !is_named).then(|| src.end + 1..src.end + 1 + alt_len);
            let image = self.writer.image(line.range(), src, alt);
            if let Some(title) = self.title.take() {
                self.writer.block_of(BlockKind::Caption, &[title], Some(image));
            }
            return true;
        }
        false
    }

    fn item(&mut self, line: &Line, at: usize, text: &str, marker: usize) -> usize {
        self.flush();
        self.in_list = true;
        self.kind = BlockKind::ListItem;
        let checkbox = ["[ ] ", "[x] ", "[*] "].iter().any(|sign| text[marker..].starts_with(sign));
        self.paragraph.push(line.start + marker + if checkbox { 4 } else { 0 }..line.end);
        at + 1
    }

    /// A block ended: what was said of it counts no more.
    fn end_block(&mut self) {
        self.style = None;
        if let Some(title) = self.title.take() {
            self.writer.line(BlockKind::Heading, title);
        }
    }

    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if lines.is_empty() {
            return;
        }
        if let Some(title) = self.title.take() {
            self.writer.line(BlockKind::Heading, title);
        }
        self.writer.block(kind, &lines);
        self.style = None;
    }
}

/// How long the marker is that opens a list's item: `* `, `** `, `- `, `. `, `1. `, `<1> `.
fn item_marker(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    match first {
        '*' | '.' => {
            let signs = text.len() - text.trim_start_matches(first).len();
            if signs <= 6 { with_blanks(text, signs) } else { None }
        }
        '-' => with_blanks(text, 1),
        '<' => {
            let close = text.find('>')?;
            let is_number = text[1..close].chars().all(|c| c.is_ascii_digit() || c == '.');
            if is_number { with_blanks(text, close + 1) } else { None }
        }
        _ => number_marker(text),
    }
}

/// `term:: its description`: where the term ends, and where the description starts.
fn described(text: &str) -> Option<(usize, usize)> {
    let at = text.find("::")?;
    let signs = text[at..].bytes().take_while(|b| *b == b':').count();
    let behind = &text[at + signs..];
    let is_list = at > 0 && signs <= 4 && (behind.is_empty() || behind.starts_with(' '));
    is_list.then(|| (at, text.len() - behind.trim_start().len()))
}

/// The name and the value of `:revdate: 2018-02-12`.
fn attribute(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '!'));
    (is_name && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim_start()))
}

/// `include::other.adoc[]`, `ifdef::web[]`: a line that is for the program alone.
fn is_directive(text: &str) -> bool {
    let Some((name, rest)) = text.split_once("::") else { return false };
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && text.ends_with(']')
        && rest.contains('[')
        && !rest.starts_with(' ')
}
