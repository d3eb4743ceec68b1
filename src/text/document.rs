//! A text that is being edited, with positions as editors count them.

use std::ops::Range;

use ropey::Rope;

/// What the columns of a position count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16: two for a character outside the Basic Multilingual Plane.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place in a text as editors count it. LF, CRLF and CR end a line; U+2028 and its like do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 0-based line.
    pub line: u32,
    /// 0-based column, in the units of a [`PositionEncoding`].
    pub column: u32,
}

/// One change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; `None` replaces the whole text.
    pub range: Option<Range<Position>>,
    /// What is there afterwards.
    pub text: String,
}

/// A text that is being edited. Edits and conversions of positions take logarithmic time.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    rope: Rope,
    version: i32,
}

impl Buffer {
    /// A buffer that holds `text`, as the client numbers its versions.
    pub fn new(text: &str, version: i32) -> Self {
        Self { rope: Rope::from_str(text), version }
    }

    /// The version of the text after the last edit, as the client numbers it.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Sets the version once the edits that lead to it are applied.
    pub fn set_version(&mut self, version: i32) {
        self.version = version;
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.rope.len_bytes());
        self.rope.chunks().for_each(|chunk| text.push_str(chunk));
        text
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.rope.len_bytes() == 0
    }

    /// Applies one edit. Positions past the end of a line or of the text are taken for that end, and ends given in
    /// the wrong order are swapped: a client that counts otherwise must not lose the rest of the edit.
    pub fn apply(&mut self, edit: &TextEdit, encoding: PositionEncoding) {
        let Some(range) = &edit.range else {
            self.rope = Rope::from_str(&edit.text);
            return;
        };
        let (from, to) = (self.char_of(range.start, encoding), self.char_of(range.end, encoding));
        let (from, to) = (from.min(to), from.max(to));
        if from < to {
            self.rope.remove(from..to);
        }
        if !edit.text.is_empty() {
            self.rope.insert(from, &edit.text);
        }
    }

    /// Byte offset of a position. A column past the line's end gives the end of the line, before its line break; one
    /// inside a character gives the start of the character; a line past the last gives the end of the text.
    pub fn offset(&self, position: Position, encoding: PositionEncoding) -> usize {
        self.rope.char_to_byte(self.char_of(position, encoding))
    }

    /// Position of a byte offset. An offset inside a character counts as the start of the character, one inside a
    /// line break as the start of the line break, one past the end as the end.
    pub fn position(&self, offset: usize, encoding: PositionEncoding) -> Position {
        // `byte_to_char` gives the character that holds the byte.
        let at = self.rope.byte_to_char(offset.min(self.rope.len_bytes()));
        let line = self.rope.char_to_line(at);
        let start = self.rope.line_to_char(line);
        let at = at.min(self.line_end(line));
        let column = match encoding {
            PositionEncoding::Utf8 => self.rope.char_to_byte(at) - self.rope.char_to_byte(start),
            PositionEncoding::Utf16 => self.rope.char_to_utf16_cu(at) - self.rope.char_to_utf16_cu(start),
            PositionEncoding::Utf32 => at - start,
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// Index of the character at a position, clamped as [`Buffer::offset`] says.
    fn char_of(&self, position: Position, encoding: PositionEncoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let (start, end) = (self.rope.line_to_char(line), self.line_end(line));
        let column = position.column as usize;
        let at = match encoding {
            PositionEncoding::Utf8 => {
                let byte = self.rope.char_to_byte(start).saturating_add(column);
                self.rope.byte_to_char(byte.min(self.rope.len_bytes()))
            }
            PositionEncoding::Utf16 => {
                let unit = self.rope.char_to_utf16_cu(start).saturating_add(column);
                self.rope.utf16_cu_to_char(unit.min(self.rope.len_utf16_cu()))
            }
            PositionEncoding::Utf32 => start.saturating_add(column),
        };
        at.min(end)
    }

    /// Index of the character that ends `line`: its line break's first, or the end of the text.
    fn line_end(&self, line: usize) -> usize {
        let start = self.rope.line_to_char(line);
        let mut end =
            if line + 1 < self.rope.len_lines() { self.rope.line_to_char(line + 1) } else { self.rope.len_chars() };
        for wanted in ['\n', '\r'] {
            if end > start && self.rope.get_char(end - 1) == Some(wanted) {
                end -= 1;
                if wanted == '\r' {
                    break;
                }
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::LineIndex;

    const ENCODINGS: [PositionEncoding; 3] = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    /// Texts made of what goes wrong: wide and combining characters, every line break, and what looks like one.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("a"),
            Just("é"),
            Just("e\u{301}"),
            Just("😀"),
            Just("👩‍🚀"),
            Just("\r\n"),
            Just("\n"),
            Just("\r"),
            Just("\u{2028}"),
            Just("\u{85}"),
            Just("\0"),
            Just("one long word after another "),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    /// The byte offset of a position, found the slow way: by walking the lines of a string.
    fn offset_in(text: &str, position: Position, encoding: PositionEncoding) -> usize {
        let index = crate::text::LineIndex::new(text);
        if position.line as usize >= index.count() {
            return text.len();
        }
        let range = index.range(position.line as usize, text);
        let mut left = position.column as usize;
        let mut at = range.start;
        let raw = &text[range.clone()];
        let line = raw.strip_suffix("\r\n").or(raw.strip_suffix('\n')).or(raw.strip_suffix('\r')).unwrap_or(raw);
        for c in line.chars() {
            let units = match encoding {
                PositionEncoding::Utf8 => c.len_utf8(),
                PositionEncoding::Utf16 => c.len_utf16(),
                PositionEncoding::Utf32 => 1,
            };
            if units > left {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }

    proptest! {
        #[test]
        fn positions_come_back(text in texts()) {
            let buffer = Buffer::new(&text, 1);
            let lines = LineIndex::new(&text);
            for encoding in ENCODINGS {
                for offset in 0..=text.len() {
                    let expected = buffer.position(offset, encoding);
                    prop_assert_eq!(lines.position(offset, &text, encoding), Some(expected));
                }
                for (offset, _) in text.char_indices().chain([(text.len(), 'x')]) {
                    let inside_break = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    let expected = if inside_break { offset - 1 } else { offset };
                    prop_assert_eq!(buffer.offset(buffer.position(offset, encoding), encoding), expected);
                }
            }
        }

        #[test]
        fn edits_are_those_of_a_string(
            text in texts(),
            edits in prop::collection::vec((0u32..8, 0u32..40, 0u32..8, 0u32..40, texts(), 0usize..3), 0..12),
        ) {
            let mut buffer = Buffer::new(&text, 1);
            let mut string = text;
            for (line, column, to_line, to_column, new, encoding) in edits {
                let encoding = ENCODINGS[encoding];
                let (start, end) = (Position { line, column }, Position { line: to_line, column: to_column });
                let (from, to) = (offset_in(&string, start, encoding), offset_in(&string, end, encoding));
                string.replace_range(from.min(to)..from.max(to), &new);
                buffer.apply(&TextEdit { range: Some(start..end), text: new }, encoding);
                prop_assert_eq!(&buffer.text(), &string);
            }
        }
    }

    #[test]
    fn what_is_out_of_range_is_clamped() {
        let mut buffer = Buffer::new("one\r\ntwo", 1);
        let end_of_first = buffer.offset(Position { line: 0, column: 99 }, PositionEncoding::Utf16);
        assert_eq!(end_of_first, 3);
        let past = Position { line: u32::MAX, column: u32::MAX };
        buffer.apply(&TextEdit { range: Some(past..past), text: "!".into() }, PositionEncoding::Utf16);
        assert_eq!(buffer.text(), "one\r\ntwo!");
        assert_eq!(buffer.position(usize::MAX, PositionEncoding::Utf8), Position { line: 1, column: 4 });
    }

    #[test]
    fn a_column_inside_a_surrogate_pair_goes_to_its_start() {
        let buffer = Buffer::new("a😀b", 1);
        assert_eq!(buffer.offset(Position { line: 0, column: 2 }, PositionEncoding::Utf16), 1);
        assert_eq!(buffer.offset(Position { line: 0, column: 3 }, PositionEncoding::Utf16), 5);
    }

    #[test]
    fn a_buffer_knows_its_length_and_version() {
        let mut buffer = Buffer::new("", 3);
        assert_eq!((buffer.len(), buffer.is_empty(), buffer.version()), (0, true, 3));
        buffer.apply(&TextEdit { range: None, text: "é\n".to_owned() }, PositionEncoding::Utf8);
        buffer.set_version(4);
        assert_eq!((buffer.len(), buffer.is_empty(), buffer.version()), (3, false, 4));
    }
}
