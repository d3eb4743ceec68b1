//! Org, the outlines of Emacs.

use super::inline::{InlineMark, around, between, code, next};
use super::{Writer, cells, lines, number_marker, with_blanks};
use crate::markup::{BlockKind, Document, front_matter};
use crate::text::{SourceRange, line_break};

/// Words before a heading that say what is to be done.
const STATES: &[&str] = &["TODO", "DONE", "NEXT", "WAITING", "CANCELED", "CANCELLED"];

/// Blocks whose text is no prose.
const UNREAD: &[&str] = &["src", "example", "export", "comment"];

/// How many lines a drawer or a formula may have: what is longer was opened by mistake.
const LONGEST: usize = 200;

/// Takes an Org text apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    let mut reader = OrgReader {
        writer: Writer::new(source, document, mark),
        paragraph: Vec::new(),
        kind: BlockKind::Paragraph,
        indent: None,
        quoted: false,
        caption: None,
    };
    reader.writer.date_place = Some((body, "#+DATE: ".to_owned(), line_break(source).to_owned()));
    let lines = lines(source, body);
    let mut at = 0;
    while at < lines.len() {
        at = reader.line(&lines, at);
    }
    reader.flush();
    reader.writer.finish()
}

struct OrgReader<'s> {
    writer: Writer<'s>,
    /// The lines of the open paragraph.
    paragraph: Vec<SourceRange>,
    kind: BlockKind,
    /// Where the words of the open list's item are indented to.
    indent: Option<usize>,
    /// Inside a quotation.
    quoted: bool,
    /// The words of `#+CAPTION:`, for the image that follows.
    caption: Option<SourceRange>,
}

impl OrgReader<'_> {
    /// Reads line number `at`, and gives the number of the next that is to be read.
    fn line(&mut self, lines: &[super::Line], at: usize) -> usize {
        let line = &lines[at];
        let text = self.writer.text(line.range());
        if text.is_empty() {
            self.flush();
            return at + 1;
        }
        if self.indent.is_some_and(|indent| line.indent() < indent) && self.paragraph.is_empty() {
            self.indent = None;
        }
        if let Some(rest) = text.strip_prefix("#+") {
            self.flush();
            return self.keyword(lines, at, rest);
        }
        if text == "#" || text.starts_with("# ") {
            self.flush();
            self.writer.comment(line.range(), line.start + 1..line.end);
            return at + 1;
        }
        if line.indent() == 0 && text.starts_with('*') {
            let stars = text.len() - text.trim_start_matches('*').len();
            if let Some(marker) = with_blanks(text, stars) {
                self.flush();
                self.indent = None;
                return self.heading(lines, at, marker);
            }
        }
        if text.starts_with(':') && text.ends_with(':') && text.len() > 2 && !text.contains(' ') {
            // A drawer: `:PROPERTIES:` … `:END:`.
            self.flush();
            let is_end = |line: &super::Line| self.writer.text(line.range()).eq_ignore_ascii_case(":end:");
            let end = lines[at..].iter().take(LONGEST).position(is_end);
            return at + end.map_or(0, |len| len) + 1;
        }
        if let Some(code) = text.strip_prefix(": ") {
            self.flush();
            self.writer.document.push_code(code);
            return at + 1;
        }
        if ["CLOSED:", "SCHEDULED:", "DEADLINE:"].iter().any(|word| text.starts_with(word)) {
            return at + 1;
        }
        if text.len() >= 5 && text.bytes().all(|b| b == b'-') {
            self.flush();
            return at + 1;
        }
        if text.starts_with("\\begin{") {
            self.flush();
            let is_end = |line: &super::Line| self.writer.text(line.range()).starts_with("\\end{");
            return at + lines[at..].iter().take(LONGEST).position(is_end).unwrap_or(0) + 1;
        }
        if text.starts_with('|') {
            self.flush();
            if !text.starts_with("|-") {
                for cell in cells(self.writer.source, line.range()) {
                    self.writer.line(BlockKind::Table, cell);
                }
            }
            return at + 1;
        }
        if text.starts_with("[fn:") && line.indent() == 0 {
            self.flush();
            self.kind = BlockKind::Footnote;
            let label = text.find(']').map_or(0, |close| close + 1);
            self.paragraph.push(line.start + label..line.end);
            return at + 1;
        }
        if let Some(marker) = item_marker(text, line.indent()) {
            self.flush();
            self.kind = BlockKind::ListItem;
            self.indent = Some(line.indent() + 1);
            let words = &text[marker..];
            let checkbox = ["[ ] ", "[X] ", "[x] ", "[-] "].iter().any(|sign| words.starts_with(sign));
            let mut start = line.start + marker + if checkbox { 4 } else { 0 };
            if let Some(term) = words.find(" :: ") {
                self.paragraph.push(start..line.start + marker + term);
                self.flush();
                self.kind = BlockKind::ListItem;
                start = line.start + marker + term + 4;
            }
            self.paragraph.push(start..line.end);
            return at + 1;
        }
        if self.paragraph.is_empty() {
            self.kind = match (self.quoted, self.indent) {
                (true, _) => BlockKind::BlockQuote,
                (_, Some(_)) => BlockKind::ListItem,
                _ => BlockKind::Paragraph,
            };
        }
        self.paragraph.push(line.range());
        at + 1
    }

    /// `#+TITLE: The ferry stays`, `#+BEGIN_QUOTE`.
    fn keyword(&mut self, lines: &[super::Line], at: usize, rest: &str) -> usize {
        let line = &lines[at];
        let lower = rest.to_ascii_lowercase();
        if let Some(name) = lower.strip_prefix("begin_") {
            let name = name.split_whitespace().next().unwrap_or_default();
            if !UNREAD.contains(&name) {
                self.quoted |= matches!(name, "quote" | "verse");
                return at + 1;
            }
            let closing = format!("#+end_{name}");
            let is_end = |line: &super::Line| self.writer.text(line.range()).eq_ignore_ascii_case(&closing);
            let end = lines[at..].iter().position(is_end).map_or(lines.len(), |len| at + len);
            for code in lines.get(at + 1..end).unwrap_or_default() {
                let code = self.writer.text(code.range());
                self.writer.document.push_code(code);
            }
            return end + 1;
        }
        if lower.starts_with("end_") {
            self.quoted = false;
            return at + 1;
        }
        let Some((key, value)) = rest.split_once(':') else { return at + 1 };
        let lead = value.len() - value.trim_start().len();
        let value = line.start + 2 + key.len() + 1 + lead..line.end;
        match key.to_ascii_lowercase().as_str() {
            _ if value.is_empty() => {}
            "title" => {
                self.writer.entry("title", value.clone());
                self.writer.title(value);
            }
            "subtitle" => self.writer.line(BlockKind::Dek, value),
            "caption" => self.caption = Some(value),
            key if at < 40 => self.writer.entry(key, value),
            _ => {}
        }
        at + 1
    }

    fn heading(&mut self, lines: &[super::Line], at: usize, marker: usize) -> usize {
        let line = &lines[at];
        let mut start = line.start + marker;
        let mut words = self.writer.text(start..line.end);
        if words == "COMMENT" || words.starts_with("COMMENT ") {
            // All that is below is left out, too.
            let level = |line: &super::Line| {
                let text = self.writer.text(line.range());
                let stars = text.len() - text.trim_start_matches('*').len();
                (line.indent() == 0 && stars > 0 && with_blanks(text, stars).is_some()).then_some(stars)
            };
            let own = level(line).unwrap_or(1);
            let next = lines[at + 1..].iter().position(|line| level(line).is_some_and(|level| level <= own));
            return next.map_or(lines.len(), |len| at + 1 + len);
        }
        for state in STATES {
            if let Some(rest) = words.strip_prefix(state).filter(|rest| rest.starts_with(' ')) {
                words = rest.trim_start();
                break;
            }
        }
        if words.starts_with("[#") && words.get(3..5) == Some("] ") {
            words = &words[5..];
        }
        start = line.end - words.len();
        // Tags: ` :news:harbor:`.
        let tags = words.rfind(" :").filter(|at| words.ends_with(':') && !words[at + 1..].contains(' '));
        let end = start + words[..tags.unwrap_or(words.len())].trim_end().len();
        if self.writer.document.blocks.is_empty() {
            self.writer.title(start..end);
        } else {
            self.writer.line(BlockKind::Heading, start..end);
        }
        at + 1
    }

    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if lines.is_empty() {
            return;
        }
        let images = self.writer.document.images.len();
        let caption = self.caption.take();
        let blocks = self.writer.document.blocks.len();
        if let Some(caption) = caption {
            // The image is below its caption.
            self.writer.block_of(BlockKind::Caption, &[caption], None);
        }
        self.writer.block(kind, &lines);
        if self.writer.document.images.len() > images
            && let Some(block) = self.writer.document.blocks.get_mut(blocks)
            && block.kind == BlockKind::Caption
        {
            block.image = Some(images);
        }
    }
}

/// How long the marker is that opens a list's item. A star at the margin opens a heading.
fn item_marker(text: &str, indent: usize) -> Option<usize> {
    let sign = text.starts_with(['-', '+']) || indent > 0 && text.starts_with('*');
    if sign { with_blanks(text, 1) } else { number_marker(text) }
}

fn may_precede(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | '(' | '\'' | '"' | '{' | '“' | '‘')
}

fn may_follow(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation() && !matches!(c, '*' | '/' | '=' | '~' | '_' | '+')
        || !c.is_ascii() && !c.is_alphanumeric()
}

/// What starts at a byte.
fn mark(text: &str, at: usize) -> Option<InlineMark> {
    let rest = text.get(at..)?;
    let of = |sign: &str| between(text, at, sign, may_precede, may_follow);
    match rest.as_bytes().first()? {
        b'*' => of("*").map(|inside| around(inside, 1)),
        b'/' => of("/").map(|inside| around(inside, 1)),
        b'_' => of("_").map(|inside| around(inside, 1)),
        b'+' => of("+").map(|inside| around(inside, 1)),
        b'=' => of("=").map(|inside| code(inside, 1)),
        b'~' => of("~").map(|inside| code(inside, 1)),
        b'[' if rest.starts_with("[[") => {
            let end = next(text, at + 2, "]]")?;
            let inside = text.get(at + 2..end)?;
            let len = end + 2 - at;
            let (target, words) = match inside.find("][") {
                Some(split) => (at + 2..at + 2 + split, Some(at + 4 + split..end)),
                None => (at + 2..end, None),
            };
            let target = without_scheme(text, target);
            if words.is_none() && is_picture(&text[target.clone()]) {
                return Some(InlineMark::Image(len, target, None));
            }
            Some(words.map_or(InlineMark::Thing(len), |words| InlineMark::Link(len, words, target)))
        }
        b'[' if rest.starts_with("[fn:") => Some(InlineMark::Hidden(next(text, at, "]")? + 1 - at)),
        b'<' if rest.starts_with("<<") => Some(InlineMark::Hidden(next(text, at, ">>")? + 2 - at)),
        b'<' if rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) => {
            Some(InlineMark::Thing(next(text, at, ">")? + 1 - at))
        }
        b'{' if rest.starts_with("{{{") => Some(InlineMark::Thing(next(text, at, "}}}")? + 3 - at)),
        b'@' if rest.starts_with("@@") => Some(InlineMark::Hidden(next(text, at + 2, "@@")? + 2 - at)),
        b'\\' if rest.starts_with("\\(") => Some(InlineMark::Thing(next(text, at, "\\)")? + 2 - at)),
        b'\\' if rest == "\\\\" || rest.starts_with("\\\\\n") => Some(InlineMark::Hidden(2)),
        b'-' if rest.starts_with("---") && !rest.starts_with("----") => Some(InlineMark::Written(3, "—")),
        b'-' if rest.starts_with("--") && !rest.starts_with("---") && !text[..at].ends_with('-') => {
            Some(InlineMark::Written(2, "–"))
        }
        _ => None,
    }
}

/// The path in `file:pier.org::*Heading` that is beside the story; other targets as they are.
fn without_scheme(text: &str, target: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let written = &text[target.clone()];
    match written.strip_prefix("file:").filter(|path| !path.starts_with(['/', '~'])) {
        Some(path) => target.start + 5..target.start + 5 + path.find("::").unwrap_or(path.len()),
        None => target,
    }
}

/// Whether a link without words of its own shows a picture.
fn is_picture(target: &str) -> bool {
    let ending = target.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(&*ending, "jpg" | "jpeg" | "png" | "gif" | "svg" | "webp" | "avif" | "tif" | "tiff")
}
