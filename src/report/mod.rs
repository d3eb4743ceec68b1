//! What goes to people and machines: one file a format. Only this folder and `cli` print.

mod facts_json;

pub use facts_json::facts_json;

use serde::Serialize;

use crate::text::{LineIndex, SourceRange};

/// A place in JSON: 1-based line and column (Unicode scalar values) and 0-based UTF-8 byte offset.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonPosition {
    line: usize,
    column: usize,
    offset: usize,
}

/// A range in JSON; `end` is exclusive.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

impl JsonRange {
    /// `range` of `text`, whose lines are `lines`.
    pub fn new(range: &SourceRange, text: &str, lines: &LineIndex) -> Self {
        let position = |offset: usize| {
            let at = lines.line_column(offset, text);
            JsonPosition { line: at.line, column: at.column, offset }
        };
        Self { start: position(range.start), end: position(range.end) }
    }
}
