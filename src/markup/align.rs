//! Maps a decoded string (YAML, TOML, JSON) back to the source it was written as.

use super::builder::BlockBuilder;
use super::{Block, BlockKind};
use crate::text::SourceRange;

/// The block of kind `kind` whose prose is `value`, written in `source` at `range` (without its quotation marks).
///
/// Escapes and folded lines are mapped one by one. When the two cannot be brought together, the whole value maps to
/// the whole range, so that nothing is edited wrongly.
pub(super) fn block_of_value(kind: BlockKind, value: &str, source: &str, range: SourceRange) -> Option<Block> {
    let raw = source.get(range.clone())?;
    let mut builder = BlockBuilder::default();
    if !append(&mut builder, value, raw, range.start) {
        builder = BlockBuilder::default();
        builder.opaque(value, range);
    }
    builder.finish(kind)
}

/// Appends `value`, of which `raw` is the written form at source byte `base`; `false` when they do not fit.
fn append(builder: &mut BlockBuilder, value: &str, raw: &str, base: usize) -> bool {
    if value == raw {
        builder.verbatim(value, base);
        return true;
    }
    let mut at = 0;
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let left = &raw[at..];
        let Some(r) = left.chars().next() else { return false };
        let written = if r == '\\' && left.len() > 1 {
            escape_len(left)
        } else if r == c && !(r == '\'' && left.starts_with("''")) {
            builder.verbatim(&rest[..c.len_utf8()], base + at);
            at += c.len_utf8();
            rest = &rest[c.len_utf8()..];
            continue;
        } else if c.is_whitespace() && r.is_whitespace() {
            left.len() - left.trim_start().len()
        } else if r.is_whitespace() {
            // Indentation of a folded or literal line, of which the value shows nothing.
            at += left.len() - left.trim_start().len();
            continue;
        } else if c == '\'' && left.starts_with("''") {
            2
        } else {
            return false;
        };
        builder.opaque(&rest[..c.len_utf8()], base + at..base + at + written);
        at += written;
        rest = &rest[c.len_utf8()..];
    }
    raw[at..].trim().is_empty()
}

/// Length in bytes of the escape that starts `text`, a backslash first. A surrogate pair of JSON is one escape.
fn escape_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = match bytes.get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        _ => return 1 + text[1..].chars().next().map_or(0, char::len_utf8),
    };
    let len = 2 + digits;
    let pair = digits == 4 && matches!(bytes.get(2..4), Some([b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B']));
    let len = if pair { len + 6 } else { len };
    text.floor_char_boundary(len.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn check(value: &str, raw: &str) -> Block {
        let source = format!("x: {raw}");
        block_of_value(BlockKind::Headline, value, &source, 3..source.len()).expect("it has words")
    }

    #[test]
    fn escapes_are_mapped_one_by_one() {
        let block = check("Say \"no\" – now", r#"Say \"no\" \u2013 now"#);
        let at = block.prose.find("now").expect("it is there");
        assert_eq!(block.to_source(Span::new(at, at + 3)), 21..24);
        assert_eq!(block.to_source(Span::new(4, 5)), 7..9);
    }

    #[test]
    fn doubled_apostrophes_and_folded_lines() {
        let block = check("Mayor's plan holds", "Mayor''s plan\n  holds");
        assert_eq!(block.to_source(Span::new(5, 6)), 8..10);
        assert_eq!(block.to_source(Span::new(13, 18)), 19..24);
    }

    #[test]
    fn what_does_not_fit_maps_as_a_whole() {
        let block = check("other words", "something else");
        assert_eq!(block.to_source(Span::new(0, 5)), 3..17);
    }
}
