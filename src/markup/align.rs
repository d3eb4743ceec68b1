//! Maps a decoded string (YAML, TOML, JSON) back to the source it was written as.

use super::builder::BlockBuilder;
use super::{Block, BlockKind};
use crate::text::{SourceRange, Span};

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

/// `block` without the marks of Markdown's links: templates turn values of the front matter and of shortcodes into HTML, as they
/// do the body.
pub(super) fn without_link_marks(block: Block) -> Block {
    let cuts = link_marks(&block.prose);
    if cuts.is_empty() {
        return block;
    }
    let mut builder = BlockBuilder::default();
    // What maps as a whole stays whole.
    if !block.prose.char_indices().any(|(at, c)| block.map.is_verbatim(Span::new(at, at + c.len_utf8()))) {
        let mut prose = block.prose.to_string();
        cuts.into_iter().rev().for_each(|cut| prose.replace_range(cut, ""));
        builder.opaque(&prose, block.range.clone());
        let cut = builder.finish(block.kind);
        return cut.map_or_else(|| block.clone(), |cut| Block { image: block.image, foreign: block.foreign, ..cut });
    }
    let mut at = 0;
    for cut in cuts.iter().cloned().chain(std::iter::once(block.prose.len()..block.prose.len())) {
        let mut stretch = at..at;
        for (start, c) in block.prose[at..cut.start].char_indices() {
            let (start, end) = (at + start, at + start + c.len_utf8());
            if block.map.is_verbatim(Span::new(stretch.start, end)) {
                stretch.end = end;
                continue;
            }
            builder
                .verbatim(&block.prose[stretch.clone()], block.to_source(Span::new(stretch.start, stretch.end)).start);
            stretch = start..end;
            if !block.map.is_verbatim(Span::new(start, end)) {
                builder.opaque(&block.prose[stretch.clone()], block.to_source(Span::new(start, end)));
                stretch = end..end;
            }
        }
        builder.verbatim(&block.prose[stretch.clone()], block.to_source(Span::new(stretch.start, stretch.end)).start);
        at = cut.end;
    }
    let cut = builder.finish(block.kind);
    cut.map_or_else(|| block.clone(), |cut| Block { image: block.image, foreign: block.foreign, ..cut })
}

/// Where in `prose` the brackets and addresses of Markdown's links are, in order.
fn link_marks(prose: &str) -> Vec<std::ops::Range<usize>> {
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(middle) = prose.get(from..).and_then(|rest| rest.find("](")).map(|at| from + at) {
        let open = prose.get(from..middle).and_then(|before| before.rfind('[')).map(|at| from + at);
        let target = prose.get(middle + 2..).unwrap_or_default();
        let close = target.find([')', '\n', ' ']).filter(|&at| target[at..].starts_with(')'));
        from = middle + 2;
        if let (Some(open), Some(close)) = (open, close) {
            // In front of a picture is an exclamation mark.
            let open = if prose[..open].ends_with('!') { open - 1..open + 1 } else { open..open + 1 };
            from = middle + 2 + close + 1;
            marks.extend([open, middle..from]);
        }
    }
    marks
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

    #[test]
    fn links_in_values_lose_their_marks() {
        let block = check(
            "The “old” [plan](https://example.org/a) and [b](/c).",
            r#"The “old” [plan](https://example.org/a)\u0020and [b](/c)."#,
        );
        let block = without_link_marks(block);
        assert_eq!(&*block.prose, "The “old” plan and b.");
        let at = block.prose.find("plan").expect("it is there");
        assert!(block.map.is_verbatim(Span::new(at, at + 4)) && !block.map.is_verbatim(Span::new(at, at + 5)));
        assert_eq!(block.to_source(Span::new(at, at + 4)).len(), 4);
    }

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
