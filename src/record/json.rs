//! JSON with places: where each value is, and where each character of a string came from.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::text::{LineColumn, LineIndex, SourceRange};

/// Why a JSON text cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Where: 1-based line and column.
    pub at: LineColumn,
    /// What is wrong and what to do.
    pub message: String,
}

/// A value in a JSON text.
#[derive(Clone, Debug)]
pub(super) struct JsonValue<'s> {
    source: &'s str,
    raw: &'s str,
}

impl<'s> JsonValue<'s> {
    /// The value that all of `source` is.
    pub(super) fn parse(source: &'s str) -> Result<Self, JsonError> {
        let text = source.strip_prefix('\u{FEFF}').unwrap_or(source);
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Ok(Self { source, raw: raw.get() }),
            Err(error) => {
                // The parser counts columns in bytes.
                let lines = LineIndex::new(source);
                let line = lines.range(error.line().saturating_sub(1), source);
                let mut offset = (line.start + error.column().saturating_sub(1)).min(source.len());
                if error.line() <= 1 {
                    offset += source.len() - text.len();
                }
                let offset = source.floor_char_boundary(offset);
                let said = error.to_string();
                let message = said.rsplit_once(" at line ").map_or(said.as_str(), |(message, _)| message);
                Err(JsonError { at: lines.line_column(offset, source), message: format!("not JSON: {message}") })
            }
        }
    }

    /// Where it is in the text.
    pub(super) fn range(&self) -> SourceRange {
        let start = (self.raw.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        start..start + self.raw.len()
    }

    /// Where it begins, for messages.
    pub(super) fn at(&self) -> LineColumn {
        LineIndex::new(self.source).line_column(self.range().start, self.source)
    }

    /// An error about it.
    pub(super) fn error(&self, message: impl Into<String>) -> JsonError {
        JsonError { at: self.at(), message: message.into() }
    }

    /// Its JSON text.
    pub(super) fn raw(&self) -> &'s str {
        self.raw
    }

    pub(super) fn is_null(&self) -> bool {
        self.raw == "null"
    }

    /// The members of an object in the order of the text; `None` for another kind of value.
    pub(super) fn members(&self) -> Option<Vec<(String, JsonValue<'s>)>> {
        let members: HashMap<Cow<'s, str>, &'s RawValue> = serde_json::from_str(self.raw).ok()?;
        let value = |raw: &'s RawValue| JsonValue { source: self.source, raw: raw.get() };
        let mut members: Vec<_> = members.into_iter().map(|(key, raw)| (key.into_owned(), value(raw))).collect();
        members.sort_by_key(|(_, value)| value.range().start);
        Some(members)
    }

    /// The items of an array; `None` for another kind of value.
    pub(super) fn items(&self) -> Option<Vec<JsonValue<'s>>> {
        let items: Vec<&'s RawValue> = serde_json::from_str(self.raw).ok()?;
        Some(items.into_iter().map(|raw| JsonValue { source: self.source, raw: raw.get() }).collect())
    }

    /// The text of a string; `None` for another kind of value.
    pub(super) fn text(&self) -> Option<JsonText> {
        let value: String = serde_json::from_str(self.raw).ok()?;
        Some(JsonText { map: StringMap::of_literal(self.raw, self.range().start), value })
    }
}

/// A string of a JSON text.
#[derive(Clone, Debug)]
pub(super) struct JsonText {
    /// What it says, without escapes.
    pub(super) value: String,
    /// Where each part of it came from.
    pub(super) map: StringMap,
}

/// Where a string without its escapes and its literal with them agree.
#[derive(Clone, Debug, Default)]
pub(super) struct StringMap {
    /// Bytes of the string and of the source, ascending in both. From each pair on, both count alike up to the next.
    turns: Vec<(usize, usize)>,
    /// Lengths up to the closing quotation mark.
    end: (usize, usize),
}

impl StringMap {
    /// The map of a string literal that is valid JSON and stands at byte `at` of the source.
    fn of_literal(literal: &str, at: usize) -> Self {
        let inner = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
        let start = at + 1;
        let (mut value, mut source) = (0, 0);
        let mut turns = vec![(0, start)];
        while let Some(found) = inner.get(source..).and_then(|rest| rest.find('\\')) {
            value += found;
            source += found;
            turns.push((value, start + source));
            let (written, stands_for) = escape(inner.get(source..).unwrap_or_default());
            value += stands_for;
            source += written;
            turns.push((value, start + source));
        }
        let end = (value + (inner.len() - source.min(inner.len())), start + inner.len());
        Self { turns, end }
    }

    /// The byte of the source at byte `offset` of the string.
    pub(super) fn to_source(&self, offset: usize) -> usize {
        self.carry(offset, |turn| turn, self.end)
    }

    /// The byte of the string at byte `offset` of the source; within an escape, where the escape begins.
    pub(super) fn to_value(&self, offset: usize) -> usize {
        self.carry(offset, |(value, source)| (source, value), (self.end.1, self.end.0))
    }

    fn carry(&self, offset: usize, pair: impl Fn((usize, usize)) -> (usize, usize), end: (usize, usize)) -> usize {
        if offset >= end.0 {
            return end.1;
        }
        let before = self.turns.partition_point(|&turn| pair(turn).0 <= offset);
        let Some(&turn) = before.checked_sub(1).and_then(|at| self.turns.get(at)) else { return 0 };
        let (from, to) = pair(turn);
        let limit = self.turns.get(before).map_or(end.1, |&next| pair(next).1);
        // An escape is as a whole what it stands for: from its inside, only its start can be named.
        let escape = self.turns.get(before).is_some_and(|&next| pair(next).1 - to != pair(next).0 - from);
        if escape { to } else { (to + (offset - from)).min(limit) }
    }

    /// The source bytes of the string, without the quotation marks.
    pub(super) fn source(&self) -> SourceRange {
        self.turns.first().map_or(0, |turn| turn.1)..self.end.1
    }
}

/// Bytes of the escape that `text` begins with, and bytes of what it stands for.
fn escape(text: &str) -> (usize, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match text.as_bytes().get(1) {
        Some(b'u') => match unit(2) {
            // Two halves of one character.
            Some(0xD800..=0xDBFF) => (12, 4),
            Some(unit) => (6, char::from_u32(unit).map_or(3, char::len_utf8)),
            None => (2, 1),
        },
        _ => (2, 1),
    }
}

/// `text` as it is between the quotation marks of a JSON string.
pub fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_again() {
        let source = r#" {"a": "é \"x\"\n\u00e9 \ud83d\ude00 😀 end"}"#;
        let members = JsonValue::parse(source).expect("it is JSON").members().expect("it is an object");
        let text = members[0].1.text().expect("it is a string");
        assert_eq!(text.value, "é \"x\"\né 😀 😀 end");
        for (at, c) in text.value.char_indices() {
            let from = text.map.to_source(at);
            let to = text.map.to_source(at + c.len_utf8());
            let written: String = serde_json::from_str(&format!("\"{}\"", &source[from..to])).expect("a character");
            assert_eq!(written, c.to_string());
            assert_eq!(text.map.to_value(from), at);
        }
        assert_eq!(&source[text.map.source()], r#"é \"x\"\n\u00e9 \ud83d\ude00 😀 end"#);
        assert_eq!(text.map.to_value(source.len()), text.value.len());
    }

    #[test]
    fn mistakes_have_places() {
        let error = JsonValue::parse("{\n  \"é\": tru }").expect_err("it is not JSON");
        assert_eq!((error.at.line, error.message.as_str()), (2, "not JSON: expected ident"));
        assert_eq!(JsonValue::parse("").expect_err("it is empty").at.line, 1);
        assert!(JsonValue::parse("\u{FEFF}{}").is_ok());
    }
}
