//! What is inside a line: emphasis, code, links. A format says what starts at a byte; the rest is the same for all.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::markup::builder::{BlockBuilder, PLACEHOLDER};
use crate::markup::{Block, BlockKind, Document, Image, Link, pictures};
use crate::text::SourceRange;

/// The farthest that the end of a mark is looked for, in bytes: what is longer was opened by mistake.
pub(super) const LONGEST: usize = 600;

/// What starts at a byte of a block's text. Ranges are bytes of that text.
pub(super) enum InlineMark {
    /// Marks without words, so many bytes.
    Hidden(usize),
    /// Something that is no prose, so many bytes.
    Thing(usize),
    /// Code: all of it, and what is in it.
    Code(usize, Range<usize>),
    /// So many bytes that read otherwise.
    Written(usize, &'static str),
    /// A sign that stands for itself behind its escape.
    Escaped,
    /// Words between two marks, which are the bytes up to the first and from the second on.
    Around(usize, Range<usize>),
    /// A link: all of it, its words and its target.
    Link(usize, Range<usize>, Range<usize>),
    /// An image: all of it, its target and its alternative text.
    Image(usize, Range<usize>, Option<Range<usize>>),
}

/// What of a format starts at byte `at` of the text of a block.
pub(super) type Find = fn(text: &str, at: usize) -> Option<InlineMark>;

/// The text of a block, line by line, and where it came from.
struct BlockText<'s> {
    source: &'s str,
    text: String,
    /// For each line: where it starts in the text, and its bytes of the source.
    lines: Vec<(usize, SourceRange)>,
}

impl<'s> BlockText<'s> {
    fn new(source: &'s str, lines: &[SourceRange]) -> Self {
        let mut joined = Self { source, text: String::new(), lines: Vec::with_capacity(lines.len()) };
        for line in lines {
            if !joined.lines.is_empty() {
                joined.text.push('\n');
            }
            joined.lines.push((joined.text.len(), line.clone()));
            joined.text.push_str(source.get(line.clone()).unwrap_or_default());
        }
        joined
    }

    /// The source byte of a byte of the text.
    fn to_source(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= at);
        let line = after.checked_sub(1).and_then(|line| self.lines.get(line));
        line.map_or(at, |(start, source)| (source.start + at - start).min(source.end))
    }

    fn range(&self, range: &Range<usize>) -> SourceRange {
        self.to_source(range.start)..self.to_source(range.end)
    }

    /// Appends a stretch as it is written: a line break for what is between two lines, and one blank for several.
    fn append(&self, stretch: Range<usize>, builder: &mut BlockBuilder) {
        let mut at = stretch.start;
        while at < stretch.end {
            let number = self.lines.partition_point(|(start, _)| *start <= at) - 1;
            let Some((start, source)) = self.lines.get(number) else { return };
            let end = (start + source.len()).min(stretch.end);
            if at < end {
                collapsed(&self.text[at..end], source.start + at - start, builder);
                at = end;
            } else {
                let next = self.lines.get(number + 1).map_or(source.end, |(_, next)| next.start);
                let gap = source.end..next;
                match self.source.get(gap.clone()) {
                    Some(raw @ ("\n" | "\r\n" | "\r")) => builder.verbatim(raw, gap.start),
                    _ => builder.opaque("\n", gap),
                }
                at += 1;
            }
        }
    }
}

fn collapsed(text: &str, mut at: usize, builder: &mut BlockBuilder) {
    let mut rest = text;
    while let Some(open) = rest.find("  ") {
        builder.verbatim(&rest[..open], at);
        let blanks = rest[open..].len() - rest[open..].trim_start_matches(' ').len();
        builder.opaque(" ", at + open..at + open + blanks);
        (at, rest) = (at + open + blanks, &rest[open + blanks..]);
    }
    builder.verbatim(rest, at);
}

/// The block that is in `lines`; its links and images go to `document`.
pub(super) fn read(
    source: &str,
    lines: &[SourceRange],
    kind: BlockKind,
    find: Find,
    document: &mut Document,
) -> Option<Block> {
    let joined = BlockText::new(source, lines);
    let text = joined.text.as_str();
    let mut builder = BlockBuilder::default();
    // Closing marks that are to come: their ends by their starts.
    let mut hidden: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut at, mut from) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = hidden.remove(&at) {
            joined.append(from..at, &mut builder);
            (at, from) = (end, end);
            continue;
        }
        let opens = c.is_ascii_punctuation() || c == ' ' || c.is_ascii_alphabetic() && is_word_start(text, at);
        let Some(mark) = opens.then(|| find(text, at)).flatten() else {
            at += c.len_utf8();
            continue;
        };
        joined.append(from..at, &mut builder);
        let mut placeholder = |len: usize, shown: &str| {
            builder.opaque(shown, joined.range(&(at..at + len)));
            at + len
        };
        at = match mark {
            InlineMark::Hidden(len) => at + len,
            InlineMark::Thing(len) => placeholder(len, PLACEHOLDER),
            InlineMark::Written(len, shown) => placeholder(len, shown),
            InlineMark::Code(len, code) => {
                document.push_code(text.get(code).unwrap_or_default());
                placeholder(len, PLACEHOLDER)
            }
            InlineMark::Escaped => {
                let len = text[at + 1..].chars().next().map_or(0, char::len_utf8);
                joined.append(at + 1..at + 1 + len, &mut builder);
                at + 1 + len
            }
            InlineMark::Around(open, close) => {
                hidden.insert(close.start, close.end);
                at + open
            }
            InlineMark::Link(len, words, target) => {
                document.links.push(Link {
                    range: joined.range(&(at..at + len)),
                    target: text[target.clone()].to_owned(),
                    target_range: joined.range(&target),
                    text: text[words.clone()].trim().to_owned(),
                });
                hidden.insert(words.end, at + len);
                words.start
            }
            InlineMark::Image(len, src, alt) => {
                let alt_text = alt.clone().map(|alt| text[alt].to_owned());
                let src_range = joined.range(&src);
                document.images.push(Image {
                    range: joined.range(&(at..at + len)),
                    src: text[src.clone()].to_owned(),
                    alt_range: alt.map_or(src_range.end..src_range.end, |alt| joined.range(&alt)),
                    src_range,
                    graphic: pictures::is_drawn(&text[src]) || alt_text.as_deref().is_some_and(pictures::says_drawn),
                    alt: alt_text,
                    credit: None,
                });
                placeholder(len, PLACEHOLDER)
            }
        };
        from = at;
    }
    joined.append(from..text.len(), &mut builder);
    builder.finish(kind)
}

fn is_word_start(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Where `closing` is next behind byte `from`, not too far away and in the same block.
pub(super) fn next(text: &str, from: usize, closing: &str) -> Option<usize> {
    let end = text.floor_char_boundary((from + LONGEST).min(text.len()));
    Some(from + text.get(from..end)?.find(closing)?)
}

/// Words between two of `mark` of which the first is at byte `at`: at the edge of words, and with none of their own blanks
/// inside. `before` and `after` say what may be around.
pub(super) fn between(
    text: &str,
    at: usize,
    mark: &str,
    before: impl Fn(char) -> bool,
    after: impl Fn(char) -> bool,
) -> Option<Range<usize>> {
    let rest = text.get(at..)?.strip_prefix(mark)?;
    if !text[..at].chars().next_back().is_none_or(before) || rest.starts_with(char::is_whitespace) || rest.is_empty() {
        return None;
    }
    let inside = at + mark.len();
    let mut from = inside;
    while let Some(close) = next(text, from, mark) {
        let end = close + mark.len();
        let is_end = close > inside
            && !text[..close].ends_with(char::is_whitespace)
            && text[end..].chars().next().is_none_or(&after);
        if is_end {
            return Some(inside..close);
        }
        if close - inside > LONGEST {
            return None;
        }
        from = end;
    }
    None
}

/// What [`between`] finds, as words without their marks.
pub(super) fn around(inside: Range<usize>, mark: usize) -> InlineMark {
    InlineMark::Around(mark, inside.end..inside.end + mark)
}

/// The same, as code.
pub(super) fn code(inside: Range<usize>, mark: usize) -> InlineMark {
    InlineMark::Code(inside.len() + 2 * mark, inside)
}
