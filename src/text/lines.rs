//! Line and column of a byte offset, for reports.

use std::borrow::Cow;

use super::{Position, PositionEncoding, SourceRange};

/// A place in a document as people and reports count: 1-based line, 1-based column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// 1-based line. LF, CRLF and CR end a line, as in LSP; U+2028, U+0085, VT and FF do not.
    pub line: usize,
    /// 1-based column, counted in Unicode scalar values from the start of the line.
    pub column: usize,
}

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of the first byte of each line; the first entry is 0.
    starts: Vec<usize>,
    /// How many scalar values start before byte `n * STRIDE`, so that a column in a line of a megabyte costs no more
    /// than one in a short line.
    scalars: Vec<usize>,
}

/// Bytes of a line from which on counting its columns one by one is slower than asking a rope.
const LONG_LINE: usize = 4096;

/// Bytes between two entries of [`LineIndex::scalars`].
const STRIDE: usize = 512;

impl LineIndex {
    /// Indexes the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !pair {
                starts.push(at + 1);
            }
        }
        let mut scalars = vec![0];
        for chunk in bytes.chunks(STRIDE) {
            let before = scalars.last().copied().unwrap_or_default();
            scalars.push(before + scalars_in(chunk));
        }
        Self { starts, scalars }
    }

    /// How many lines the text has; a text that ends with a line break has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// 0-based number of the line that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Byte range of the 0-based `line`, with its line break.
    pub fn range(&self, line: usize, text: &str) -> SourceRange {
        let start = self.starts.get(line).copied().unwrap_or(text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        start..end
    }

    /// Line and column of byte `offset` of `text`; an offset past the end gives the end.
    pub fn line_column(&self, offset: usize, text: &str) -> LineColumn {
        let offset = text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        let column = self.scalars_before(offset, text) - self.scalars_before(self.starts[line], text);
        LineColumn { line: line + 1, column: column + 1 }
    }

    /// Position of byte `offset` of `text`, as [`Buffer::position`](super::Buffer::position) tells it; `None` in a line so
    /// long that a rope is quicker.
    pub fn position(&self, offset: usize, text: &str, encoding: PositionEncoding) -> Option<Position> {
        let mut at = text.floor_char_boundary(offset.min(text.len()));
        let line = self.line_of(at);
        let start = self.starts.get(line).copied()?;
        if at > start && text.as_bytes().get(at - 1..=at) == Some(b"\r\n") {
            at -= 1;
        }
        let before = text.as_bytes().get(start..at).filter(|before| before.len() <= LONG_LINE)?;
        let column = match encoding {
            PositionEncoding::Utf8 => before.len(),
            // Characters of four bytes are two units.
            PositionEncoding::Utf16 => scalars_in(before) + before.iter().filter(|&&byte| byte >= 0xF0).count(),
            PositionEncoding::Utf32 => scalars_in(before),
        };
        Some(Position { line: line as u32, column: column as u32 })
    }

    /// How many scalar values start before byte `offset`.
    fn scalars_before(&self, offset: usize, text: &str) -> usize {
        let stride = offset / STRIDE;
        let known = self.scalars.get(stride).copied().unwrap_or_default();
        known + text.as_bytes().get(stride * STRIDE..offset).map_or(0, scalars_in)
    }
}

/// How many scalar values start in `bytes`: every byte of UTF-8 but a continuation byte starts one.
fn scalars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// The line break that `text` uses: that of its first line.
pub fn line_break(text: &str) -> &'static str {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()).and_then(|at| text.get(at..)) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// `text` on one line, for a name or a message: each line break, with the blanks around it, is one space.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

/// `text` with single spaces for whatever white space it has.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `text`, of which at most so many characters are shown, and an ellipsis behind them where there are more.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// A number with commas between its thousands: `-4,120.5`.
pub fn grouped(number: &str) -> String {
    let start = number.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let end = start + number.bytes().skip(start).take_while(u8::is_ascii_digit).count();
    let is_comma_before = |at: usize| start < at && at < end && (end - at).is_multiple_of(3);
    let mut out = String::with_capacity(number.len() + number.len() / 3);
    for (at, character) in number.char_indices() {
        out.extend(is_comma_before(at).then_some(','));
        out.push(character);
    }
    out
}

/// `text` on one line, with a picture for each character that a terminal, a log or a page would obey: what others wrote, for
/// messages and names that are printed.
pub fn plain_line(text: &str) -> Cow<'_, str> {
    let line = on_one_line(text);
    match line.chars().any(|c| picture_of(c).is_some()) {
        true => Cow::Owned(line.chars().map(|c| if c == '\t' { ' ' } else { picture_of(c).unwrap_or(c) }).collect()),
        false => line,
    }
}

/// What is shown for a control character, for one that ends a line and for one that turns the direction of what follows;
/// `None` for all others.
pub fn picture_of(c: char) -> Option<char> {
    match c {
        '\0'..=' ' if c != ' ' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

/// `text` with a backslash before each mark that Markdown would take for its own.
pub fn without_markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The byte at which the line of byte `at` starts.
pub fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind(['\r', '\n']).map_or(0, |found| found + 1)
}

/// The byte at which the line after that of byte `at` starts; the end of the text where there is none.
pub fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest.find(['\r', '\n']) {
        Some(found) if rest[found..].starts_with("\r\n") => at + found + 2,
        Some(found) => at + found + 1,
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_in_a_name_are_spaces() {
        assert_eq!(on_one_line("Ana\r\n  Rios\nLund"), "Ana Rios Lund");
        assert_eq!(on_one_line("Ana\u{a0}Rios "), "Ana\u{a0}Rios ");
    }

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let text = "one\r\ntwo\rthree\nfour\u{2028}still four";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        let at = text.find("still").expect("the word is there");
        assert_eq!(index.line_column(at, text), LineColumn { line: 4, column: 6 });
    }

    #[test]
    fn columns_far_into_a_line_are_exact() {
        let text = format!("first\n{}x", "é😀a".repeat(700));
        let index = LineIndex::new(&text);
        let at = text.len() - 1;
        assert_eq!(index.line_column(at, &text), LineColumn { line: 2, column: 2101 });
    }

    #[test]
    fn columns_are_scalar_values() {
        let text = "é😀x";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text.len() - 1, text), LineColumn { line: 1, column: 3 });
        assert_eq!(index.line_column(99, text), LineColumn { line: 1, column: 4 });
    }

    #[test]
    fn lines_are_made_as_they_are_in_the_text() {
        assert_eq!((line_break("a\r\nb"), line_break("a\rb"), line_break("a")), ("\r\n", "\r", "\n"));
        assert_eq!((line_start("a\r\nb", 3), next_line("a\r\nb", 0), next_line("a\nb", 2)), (3, 3, 3));
    }

    #[test]
    fn thousands_have_commas() {
        let pairs = [("7", "7"), ("4120", "4,120"), ("-1004120.12345", "-1,004,120.12345"), ("", ""), ("100", "100")];
        pairs.iter().for_each(|(number, shown)| assert_eq!(grouped(number), *shown));
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(plain_line("a\u{1B}[0m\tb\u{202E}c\u{7F}"), "a\u{241B}[0m b\u{FFFD}c\u{2421}");
        assert!(matches!(plain_line("Ana Ruiz"), Cow::Borrowed("Ana Ruiz")));
    }
}
