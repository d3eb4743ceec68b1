//! Cutting paragraphs that are far too long for one, so that a text on one line stays cheap to edit, and so that whatever
//! looks through a paragraph looks through a bounded one.
//!
//! Whole stories without a paragraph mark come from feeds and databases. Each keystroke reads its paragraph again, which
//! would be the whole text.

use std::ops::Range;

use super::{Block, Segment, SourceMap};

/// A longer block, in bytes of prose, is cut at the next end of a sentence.
pub(super) const LONGEST: usize = 8 * 1024;
/// Up to here, in bytes, the end of a sentence between two quotes is looked for; behind it any sentence will do.
const PATIENCE: usize = LONGEST * 3 / 2;
/// No block is longer, in bytes: what has no end of a sentence up to here, such as a table on one line, is cut at its last
/// blank before, and a run without blanks between two characters.
const END_OF_PATIENCE: usize = 2 * LONGEST;

/// Cuts blocks that are too long at ends of sentences, or at a blank where there is none.
pub(super) fn cut(blocks: &mut Vec<Block>) {
    if blocks.iter().all(|block| block.prose.len() <= LONGEST) {
        return;
    }
    let mut all = Vec::with_capacity(blocks.len() + 1);
    for block in std::mem::take(blocks) {
        if block.prose.len() <= LONGEST {
            all.push(block);
            continue;
        }
        all.extend(pieces(&block).into_iter().filter_map(|piece| block.cut(piece.start, piece.end)));
    }
    *blocks = all;
}

/// The stretches of prose that the pieces of a long block are, in order; together all of it, up to blanks between them.
fn pieces(block: &Block) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some(end) = end_of_piece(block, start) {
        let (piece, rest) = block.prose.split_at(end);
        let next = end + rest.len() - rest.trim_start().len();
        if next == block.prose.len() {
            break;
        }
        let end = start + piece.get(start..).unwrap_or_default().trim_end().len();
        // A blank that stands for something else in the source stays with the piece before it.
        let whole = |at: usize| !block.map.is_inside_a_mark(at);
        let end = Some(end).filter(|&end| end > start && whole(end)).unwrap_or(piece.len());
        let next = Some(next).filter(|&next| whole(next)).unwrap_or(piece.len());
        pieces.push(start..end);
        start = next;
    }
    pieces.push(start..block.prose.len());
    pieces
}

/// Where the piece ends that starts at byte `start`; `None` where that is short enough already.
fn end_of_piece(block: &Block, start: usize) -> Option<usize> {
    let rest = block.prose.get(start..).filter(|rest| rest.len() > LONGEST)?;
    let (mut open, mut straight) = (0i32, false);
    let (mut blank, mut last) = (None, None);
    for (at, c) in rest.char_indices() {
        if at > END_OF_PATIENCE && (blank.is_some() || last.is_some()) {
            return blank.or(last);
        }
        // Only what lies far enough behind the start is worth a look at the map.
        let whole = at >= LONGEST && !block.map.is_inside_a_mark(start + at);
        if whole && !joins_the_one_before(c) {
            last = Some(start + at);
        }
        match c {
            '“' => open += 1,
            '”' => open = (open - 1).max(0),
            '"' => straight = !straight,
            ' ' | '\n' | '\t' if whole => {
                let between_quotes = open == 0 && !straight || at >= PATIENCE;
                if between_quotes && c != '\t' && ends_sentence(&rest[..at]) && starts_sentence(&rest[at + 1..]) {
                    return Some(start + at);
                }
                blank = Some(start + at);
            }
            _ => {}
        }
    }
    None
}

/// Whether `c` is shown with the character before it: combining marks, joiners, variation selectors, skin tones.
fn joins_the_one_before(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

impl Block {
    /// The block of the bytes `start..end` of its prose; `None` when a mark of the markup is across an end.
    pub(super) fn cut(&self, start: usize, end: usize) -> Option<Block> {
        let (map, source) = self.map.cut(start, end)?;
        let range = self.range.start + source.start..self.range.start + source.end;
        let (kind, image, foreign) = (self.kind, self.image, self.foreign);
        Some(Block { kind, range, prose: self.prose.get(start..end)?.into(), map, image, foreign })
    }
}

/// Whether a sentence ends with `text`, for certain: an abbreviation has few letters or more than one point.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '"', '’', ')']);
    let Some(word) = bare.strip_suffix(['.', '!', '?']) else { return false };
    let last = word.rsplit(char::is_whitespace).next().unwrap_or(word);
    last.chars().filter(|c| c.is_lowercase()).count() >= 4 && !last.contains('.')
}

fn starts_sentence(text: &str) -> bool {
    text.trim_start_matches(['“', '"', '‘', '(']).starts_with(char::is_uppercase)
}

impl SourceMap {
    /// The map of the bytes `start..end` of the prose, and which of the block's source they are; `None` where one of the ends
    /// is inside of what is no prose.
    fn cut(&self, start: usize, end: usize) -> Option<(Self, Range<usize>)> {
        if self.segments.is_empty() {
            return Some((Self::default(), start..end));
        }
        if self.is_inside_a_mark(start) || self.is_inside_a_mark(end) {
            return None;
        }
        let (start, end) = (start as u32, end as u32);
        let first = self.segments.partition_point(|segment| segment.prose + segment.prose_len <= start);
        let mut segments: Vec<Segment> = Vec::new();
        let mut source = None;
        for segment in self.segments.iter().skip(first).take_while(|segment| segment.prose < end) {
            // Only prose that is its source is cut, so both have the same length.
            let into = start.saturating_sub(segment.prose);
            let over = (segment.prose + segment.prose_len).saturating_sub(end);
            let from = source.get_or_insert(segment.source + into..0);
            from.end = segment.source + segment.source_len - over;
            segments.push(Segment {
                prose: segment.prose + into - start,
                prose_len: segment.prose_len - into - over,
                source: segment.source + into - from.start,
                source_len: segment.source_len - into - over,
                opaque: segment.opaque,
            });
        }
        let source = source?;
        Some((Self { segments }, source.start as usize..source.end as usize))
    }

    /// Whether byte `at` of the prose is inside of what stands for something else in the source, such as an entity.
    fn is_inside_a_mark(&self, at: usize) -> bool {
        let at = at as u32;
        let behind = self.segments.partition_point(|segment| segment.prose < at);
        let before = behind.checked_sub(1).and_then(|before| self.segments.get(before));
        before.is_some_and(|segment| segment.opaque && at < segment.prose + segment.prose_len)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockKind, Format, parse};
    use super::*;
    use crate::text::Span;

    fn long(sentence: &str) -> String {
        sentence.repeat(3 * LONGEST / sentence.len() + 1)
    }

    /// The source that the prose of each block says it is from.
    fn sources<'s>(source: &'s str, blocks: &[Block]) -> Vec<&'s str> {
        blocks.iter().map(|block| &source[block.to_source(Span::new(0, block.prose.len()))]).collect()
    }

    #[test]
    fn a_text_on_one_line_is_cut_between_sentences() {
        let source = format!("Short.\n\n{}", long("The ferry left at 8 a.m. on Sunday. "));
        let blocks = parse(&source, Format::Plain).blocks;
        assert!(blocks.len() >= 4);
        assert!(blocks[1..].iter().all(|block| block.kind == BlockKind::Paragraph && block.prose.ends_with("Sunday.")));
        assert!(
            blocks[1..].iter().all(|block| block.prose.starts_with("The ferry") && block.prose.len() < LONGEST + 60)
        );
        assert_eq!(sources(&source, &blocks), blocks.iter().map(|block| &*block.prose).collect::<Vec<_>>());
    }

    #[test]
    fn a_quote_is_not_cut_where_another_place_is_near() {
        let source = long("“We heard nothing. Nobody told us,” she said. ");
        let blocks = parse(&source, Format::Plain).blocks;
        assert!(blocks.len() > 2 && blocks.iter().all(|block| block.prose.starts_with('“')));
        let open = format!("“{}", long("We heard nothing there. "));
        assert!(parse(&open, Format::Plain).blocks.len() > 1, "a quote without an end is cut all the same");
    }

    #[test]
    fn markup_inside_keeps_its_place() {
        let source = long("The *old* ferry &amp; its `crew` left Port Ellery early. ");
        let blocks = parse(&source, Format::Markdown).blocks;
        assert!(blocks.len() > 2);
        for (block, written) in blocks.iter().zip(sources(&source, &blocks)) {
            assert!(written.starts_with("The *old* ferry &amp;") && written.ends_with("early."), "{written}");
            assert!(block.prose.starts_with("The old ferry & its"));
            let ferry = block.prose.rfind("ferry").expect("it is in each sentence");
            let place = block.to_source(Span::new(ferry, ferry + 5));
            assert_eq!(&source[place], "ferry");
        }
    }

    #[test]
    fn what_has_no_sentences_is_cut_at_blanks() {
        for unit in ["ferry and pier and ", "Mr. Finch met Dr. Ruiz in the U.S. Senate ", "“a” ", ". . . "] {
            let whole = unit.repeat(END_OF_PATIENCE / unit.len());
            assert_eq!(parse(&format!("a {whole}"), Format::Plain).blocks.len(), 1, "it is not far too long yet");
            let source = format!("a {}", whole.repeat(3));
            let blocks = parse(&source, Format::Plain).blocks;
            assert!(blocks.len() >= 3 && blocks.iter().all(|block| block.prose.len() <= END_OF_PATIENCE), "{unit}");
            assert_eq!(sources(&source, &blocks).join(" "), source.trim_end());
        }
    }

    #[test]
    fn what_has_no_blanks_is_cut_between_characters_and_marks() {
        for (format, unit, written) in [
            (Format::Plain, "ab-", "ab-"),
            (Format::Plain, "e\u{301}", "e\u{301}"),
            (Format::Plain, "漢", "漢"),
            (Format::Html, "&eacute;", "é"),
            (Format::Markdown, "&ldquo;&rdquo;", "“”"),
        ] {
            let source = format!("a{}", unit.repeat(4 * END_OF_PATIENCE / written.len()));
            let blocks = parse(&source, format).blocks;
            let lengths: Vec<usize> = blocks.iter().map(|block| block.prose.len()).collect();
            assert!(blocks.len() >= 4, "{unit}: {lengths:?}");
            assert!(
                blocks
                    .iter()
                    .all(|block| block.prose.len() <= END_OF_PATIENCE + 4 && !block.prose.starts_with('\u{301}'))
            );
            assert_eq!(sources(&source, &blocks).concat(), source);
            assert_eq!(
                blocks.iter().map(|block| &*block.prose).collect::<String>(),
                format!("a{}", written.repeat((source.len() - 1) / unit.len()))
            );
        }
    }
}
