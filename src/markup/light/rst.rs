//! reStructuredText: blocks by their indentation.

mod words;

use self::words::mark;
use super::{DEEPEST, Line, Writer, cells, lines, number_marker, with_blanks};
use crate::markup::{BlockKind, Document, front_matter};
use crate::text::{SourceRange, line_break};

/// Directives whose content is prose, as a note.
const NOTES: &[&str] = &[
    "admonition",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "seealso",
    "sidebar",
    "tip",
    "topic",
    "warning",
    "versionadded",
    "versionchanged",
    "deprecated",
];

/// Directives whose content is prose, as what is around it.
const CONTAINERS: &[&str] = &["compound", "container", "only", "centered", "rubric", "list-table"];

/// Directives whose content is a quotation.
const QUOTATIONS: &[&str] = &["epigraph", "pull-quote", "highlights"];

/// Directives whose content is code.
const CODE: &[&str] = &["code", "code-block", "sourcecode", "parsed-literal", "highlight", "prompt"];

/// Takes a reStructuredText apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    let mut writer = Writer::new(source, document, mark);
    let ending = line_break(source);
    writer.date_place = Some((body, ":date: ".to_owned(), format!("{ending}{ending}")));
    let mut reader = RstReader { writer, lines: lines(source, body), ending };
    reader.body(0..reader.lines.len(), 0, BlockKind::Paragraph, 0);
    reader.writer.finish()
}

struct RstReader<'s> {
    writer: Writer<'s>,
    lines: Vec<Line>,
    ending: &'static str,
}

impl<'s> RstReader<'s> {
    fn text(&self, at: usize) -> &'s str {
        self.lines.get(at).map_or("", |line| self.writer.text(line.range()))
    }

    /// The end of what belongs to line `at`: the lines up to the next that is indented by less than `indent`, without the
    /// blank ones at the end.
    fn extent(&self, at: usize, end: usize, indent: usize) -> usize {
        let mut last = at + 1;
        for number in at + 1..end {
            let line = &self.lines[number];
            if line.is_blank() {
                continue;
            }
            if line.indent() < indent {
                break;
            }
            last = number + 1;
        }
        last
    }

    /// The least indentation of some lines that are not blank.
    fn least_indent(&self, from: usize, end: usize) -> usize {
        let lines = self.lines.get(from..end).unwrap_or_default().iter();
        lines.filter(|line| !line.is_blank()).map(Line::indent).min().unwrap_or(0)
    }

    /// Reads lines of this indentation, whose paragraphs are of `kind`.
    fn body(&mut self, part: std::ops::Range<usize>, indent: usize, kind: BlockKind, depth: usize) {
        let end = part.end;
        let mut at = part.start;
        while at < end {
            let line = self.lines[at].clone();
            let text = self.text(at);
            if line.is_blank() {
                at += 1;
                continue;
            }
            if line.indent() > indent && depth < DEEPEST {
                let until = self.extent(at, end, indent + 1);
                let inner = self.least_indent(at, until);
                let kind = if kind == BlockKind::Paragraph { BlockKind::BlockQuote } else { kind };
                self.body(at..until, inner, kind, depth + 1);
                at = until;
            } else if text == ".." || text.starts_with(".. ") || text.starts_with("__ ") {
                let until = self.extent(at, end, indent + 1);
                self.explicit(at, until, kind, depth);
                at = until;
            } else if let Some(marker) = item_marker(text).filter(|_| depth < DEEPEST) {
                let until = self.extent(at, end, indent + 1);
                self.lines[at].start += marker;
                let inner = self.least_indent(at + 1, until).min(line.indent() + marker);
                let own = if at + 1 < until { inner } else { line.indent() + marker };
                // The marker may be followed by more blanks than the lines below are indented by.
                self.lines[at].begin = self.lines[at].start - own;
                let kind = if kind == BlockKind::Table { kind } else { BlockKind::ListItem };
                self.body(at..until, own, kind, depth + 1);
                at = until;
            } else if let Some(name) = field_name(text) {
                at = self.field(at, end, indent, name, depth);
            } else if text.starts_with("| ") || text == "|" {
                if text.len() > 2 {
                    self.writer.line(kind, line.start + 2..line.end);
                }
                at += 1;
            } else if text.starts_with("+-") || text.starts_with("+=") {
                at = self.grid_table(at, end);
            } else if is_simple_border(text) {
                at = self.simple_table(at, end);
            } else if text.starts_with(">>> ") {
                while at < end && !self.lines[at].is_blank() {
                    self.writer.document.push_code(self.text(at));
                    at += 1;
                }
            } else if let Some(next) = self.section(at, end) {
                at = next;
            } else {
                at = self.paragraph(at, end, kind, depth);
            }
        }
    }

    /// A title with a line under it, and perhaps one over it, or a line that parts the text.
    fn section(&mut self, at: usize, end: usize) -> Option<usize> {
        let is_adornment = |at: usize| {
            let text = if at < end { self.text(at) } else { "" };
            let first = text.bytes().next().filter(u8::is_ascii_punctuation);
            first.is_some_and(|first| text.len() >= 2 && text.bytes().all(|b| b == first))
        };
        let under = |title: usize| {
            let (title, line) = (self.text(title), self.text(title + 1));
            is_adornment_for(title, line)
        };
        if is_adornment(at) {
            let text = self.text(at);
            if at + 2 < end && self.text(at + 2) == text && !self.lines[at + 1].is_blank() && is_adornment(at + 2) {
                self.headline(at + 1, at + 3);
                return Some(at + 3);
            }
            return (text.len() >= 4).then_some(at + 1);
        }
        if at + 1 < end && is_adornment(at + 1) && under(at) {
            self.headline(at, at + 2);
            return Some(at + 2);
        }
        None
    }

    fn headline(&mut self, title: usize, behind: usize) {
        let is_first = self.writer.document.blocks.is_empty();
        self.writer.title(self.lines[title].range());
        if is_first {
            let place = self.lines.get(behind - 1).map_or(0, |line| line.end);
            self.writer.date_place = Some((place, format!("{0}{0}:date: ", self.ending), String::new()));
        }
    }

    fn paragraph(&mut self, at: usize, end: usize, kind: BlockKind, depth: usize) -> usize {
        let indent = self.lines[at].indent();
        let mut until = at + 1;
        while until < end && !self.lines[until].is_blank() && self.lines[until].indent() == indent {
            if until + 1 < end && is_adornment_for(self.text(until), self.text(until + 1)) {
                break;
            }
            until += 1;
        }
        let is_term = until == at + 1
            && until < end
            && !self.lines[until].is_blank()
            && self.lines[until].indent() > indent
            && depth < DEEPEST;
        if is_term {
            self.writer.line(BlockKind::ListItem, self.lines[at].range());
            let behind = self.extent(at, end, indent + 1);
            let inner = self.least_indent(until, behind);
            self.body(until..behind, inner, BlockKind::ListItem, depth + 1);
            return behind;
        }
        // Lines of which a later one is indented otherwise are read as they are.
        let mut ranges: Vec<SourceRange> = self.lines[at..until].iter().map(Line::range).collect();
        let announces = ranges.last().is_some_and(|last| self.writer.text(last.clone()).ends_with("::"));
        if announces && let Some(last) = ranges.last_mut() {
            last.end -= if last.len() == 2 { 2 } else { 1 };
        }
        ranges.retain(|range| !range.is_empty());
        self.writer.block(kind, &ranges);
        if !announces {
            return until;
        }
        let first = (until..end).find(|&number| !self.lines[number].is_blank()).unwrap_or(end);
        if first >= end || self.lines[first].indent() <= indent {
            return until;
        }
        let behind = self.extent(until, end, indent + 1);
        self.push_code(first..behind);
        behind
    }

    fn push_code(&mut self, part: std::ops::Range<usize>) {
        for number in part {
            self.writer.document.push_code(self.text(number));
        }
    }

    /// `:date: 2018-02-12` at the top, or an entry of a list of fields.
    fn field(&mut self, at: usize, end: usize, indent: usize, name: &str, depth: usize) -> usize {
        let until = self.extent(at, end, indent + 1);
        let marker = name.len() + 2;
        let text = self.text(at);
        let lead = text[marker..].len() - text[marker..].trim_start().len();
        let line = &mut self.lines[at];
        line.start += marker + lead;
        let value = line.range();
        if depth == 0 && !self.writer.has_words() {
            self.writer.entry(name, value);
            return until;
        }
        line.begin = line.start;
        self.body(at..at + 1, 0, BlockKind::ListItem, DEEPEST);
        let inner = self.least_indent(at + 1, until);
        self.body(at + 1..until, inner, BlockKind::ListItem, depth + 1);
        until
    }

    /// What two dots open: a comment, a footnote, a target, a directive.
    fn explicit(&mut self, at: usize, until: usize, kind: BlockKind, depth: usize) {
        let line = self.lines[at].clone();
        let text = self.text(at);
        let rest = text.get(2..).unwrap_or_default().trim_start();
        let start = line.end - rest.len();
        if text.starts_with("__ ") || rest.starts_with('_') || rest.starts_with('|') {
            return;
        }
        if rest.starts_with('[')
            && let Some(label) = rest.find("] ").filter(|len| !rest[..*len].contains(' '))
        {
            let line = &mut self.lines[at];
            line.start = start + label + 2;
            line.begin = line.start;
            self.body(at..at + 1, 0, BlockKind::Footnote, DEEPEST);
            let inner = self.least_indent(at + 1, until);
            return self.body(at + 1..until, inner, BlockKind::Footnote, depth + 1);
        }
        if let Some((name, arguments)) = directive(rest) {
            let arguments = line.end - arguments.len()..line.end;
            return self.directive((at, until), name, arguments, kind, depth);
        }
        let end = self.lines.get(until - 1).map_or(line.end, |last| last.end);
        self.writer.comment(line.start..end, line.start + 2..end);
    }

    fn directive(
        &mut self,
        (at, until): (usize, usize),
        name: &str,
        arguments: SourceRange,
        kind: BlockKind,
        depth: usize,
    ) {
        let name = name.to_ascii_lowercase();
        let name = name.as_str();
        let (mut content, mut alt) = (at + 1, None);
        while content < until
            && let Some(option) = field_name(self.text(content))
        {
            let range = self.lines[content].range();
            let value = self.text(content).get(option.len() + 2..).unwrap_or_default().trim_start();
            if option == "alt" {
                alt = Some(range.end - value.len()..range.end);
            }
            content += 1;
        }
        if matches!(name, "image" | "figure") {
            let end = self.lines.get(content - 1).map_or(arguments.end, |line| line.end);
            let image = self.writer.image(self.lines[at].start..end, arguments, alt);
            let words: Vec<usize> = (content..until).collect();
            for part in words.split(|&number| self.lines[number].is_blank()).filter(|part| !part.is_empty()) {
                let lines: Vec<SourceRange> = part.iter().map(|&number| self.lines[number].range()).collect();
                self.writer.block_of(BlockKind::Caption, &lines, Some(image));
            }
            return;
        }
        if CODE.contains(&name) {
            return self.push_code(content..until);
        }
        let kind = match name {
            _ if NOTES.contains(&name) => BlockKind::Note,
            _ if QUOTATIONS.contains(&name) => BlockKind::BlockQuote,
            "list-table" => BlockKind::Table,
            _ if CONTAINERS.contains(&name) => kind,
            _ => return,
        };
        let names_title = matches!(name, "admonition" | "topic" | "sidebar" | "rubric" | "centered");
        let is_setting =
            matches!(name, "container" | "only" | "list-table" | "versionadded" | "versionchanged" | "deprecated");
        if names_title {
            self.writer.block(BlockKind::Heading, std::slice::from_ref(&arguments));
        } else if !is_setting && !arguments.is_empty() {
            let mut lines = vec![arguments];
            while content < until && !self.lines[content].is_blank() {
                lines.push(self.lines[content].range());
                content += 1;
            }
            self.writer.block(kind, &lines);
        }
        if depth < DEEPEST && content < until {
            let inner = self.least_indent(content, until);
            self.body(content..until, inner, kind, depth + 1);
        }
    }

    /// A table drawn with lines. Rows of several lines are left out: their cells are side by side.
    fn grid_table(&mut self, at: usize, end: usize) -> usize {
        let is_row = |number: usize| self.text(number).starts_with('|');
        let is_border = |number: usize| self.text(number).starts_with('+');
        let until = (at..end).find(|&number| !is_row(number) && !is_border(number)).unwrap_or(end);
        let alone: Vec<usize> = (at + 1..until)
            .filter(|&n| is_row(n) && is_border(n - 1) && (n + 1 == until || is_border(n + 1)))
            .collect();
        for number in alone {
            for cell in cells(self.writer.source, self.lines[number].range()) {
                self.writer.line(BlockKind::Table, cell);
            }
        }
        until
    }

    /// A table whose columns are told by the lines of `=` around it.
    fn simple_table(&mut self, at: usize, end: usize) -> usize {
        let border = self.text(at);
        let mut columns = Vec::new();
        let mut from = 0;
        for column in border.split(' ') {
            if !column.is_empty() {
                columns.push(from);
            }
            from += column.len() + 1;
        }
        let mut number = at + 1;
        while number < end {
            let line = self.lines[number].clone();
            let text = self.text(number);
            let is_last = is_simple_border(text) && (number + 1 >= end || self.lines[number + 1].is_blank());
            number += 1;
            if is_last {
                return number;
            }
            if line.is_blank() || is_simple_border(text) || text.bytes().all(|b| matches!(b, b'-' | b' ')) {
                continue;
            }
            let base = self.lines[at].indent();
            for (column, &from) in columns.iter().enumerate() {
                let edge =
                    |offset: usize| self.writer.source.floor_char_boundary((line.begin + base + offset).min(line.end));
                let until = columns.get(column + 1).map_or(line.end, |&next| edge(next));
                let range = edge(from).max(line.start)..until.max(line.start);
                let words = self.writer.text(range.clone());
                let lead = words.len() - words.trim_start().len();
                let words = words.trim();
                if !words.is_empty() {
                    let start = range.start + lead;
                    self.writer.line(BlockKind::Table, start..start + words.len());
                }
            }
        }
        number
    }
}

/// Whether `line` underlines the title `text`: of signs that are all the same, and as long, or long enough not to be chance.
fn is_adornment_for(text: &str, line: &str) -> bool {
    let first = line.bytes().next().filter(u8::is_ascii_punctuation);
    first.is_some_and(|first| line.bytes().all(|b| b == first))
        && !text.is_empty()
        && (line.len() >= text.chars().count() || line.len() >= 4)
        && text.chars().any(char::is_alphanumeric)
}

fn is_simple_border(text: &str) -> bool {
    text.starts_with("==") && text.contains(" =") && text.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// How long the marker is that opens a list's item.
fn item_marker(text: &str) -> Option<usize> {
    if text.starts_with(['-', '*', '+']) {
        return with_blanks(text, 1);
    }
    if text.starts_with('•') {
        return with_blanks(text, '•'.len_utf8());
    }
    if text.starts_with("#. ") {
        return with_blanks(text, 2);
    }
    match text.strip_prefix('(') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            (digits <= 2 && rest[digits..].starts_with(')')).then(|| with_blanks(text, digits + 2)).flatten()
        }
        Some(_) => None,
        None => number_marker(text),
    }
}

/// The name of the field that `text` is: `:date: 2018-02-12`.
fn field_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(':')?;
    let name = rest.get(..rest.find(':')?)?;
    let behind = rest.get(name.len() + 1..)?;
    let is_name = !name.is_empty() && !name.starts_with(' ') && !name.ends_with(' ') && !name.contains('`');
    (is_name && (behind.is_empty() || behind.starts_with(' '))).then_some(name)
}

/// The name and the arguments of the directive that is behind two dots.
fn directive(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once("::")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+'));
    (is_name && (rest.is_empty() || rest.starts_with(' '))).then(|| (name, rest.trim_start()))
}
