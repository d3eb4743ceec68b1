//! Cutting paragraphs that are far too long for one, so that a text on one line stays cheap to edit.
//!
//! Whole stories without a paragraph mark come from feeds and databases. Each keystroke reads its paragraph again, which
//! would be the whole text.

use super::{Block, SourceMap};

/// A longer block, in bytes of prose, is cut at the next end of a sentence.
pub(super) const LONGEST: usize = 8 * 1024;
/// Up to here, in bytes, the end of a sentence between two quotes is looked for; behind it any sentence will do.
const PATIENCE: usize = 2 * LONGEST;

/// Cuts blocks that are too long at ends of sentences.
pub(super) fn cut(blocks: &mut Vec<Block>) {
    if blocks.iter().all(|block| block.prose.len() <= LONGEST) {
        return;
    }
    let mut all = Vec::with_capacity(blocks.len() + 1);
    for mut block in std::mem::take(blocks) {
        while let Some((piece, rest)) = first_piece(&block) {
            all.push(piece);
            block = rest;
        }
        all.push(block);
    }
    *blocks = all;
}

impl Block {
    /// The block of the bytes `start..end` of its prose; `None` when a mark of the markup stands across an end.
    pub(super) fn cut(&self, start: usize, end: usize) -> Option<Block> {
        let (map, behind) = self.map.until(end)?;
        let until = Block {
            range: self.range.start..self.range.start + behind,
            prose: self.prose.get(..end)?.into(),
            map,
            ..self.clone()
        };
        let (map, ahead) = until.map.since(start)?;
        let prose = until.prose.get(start..)?.into();
        Some(Block { range: until.range.start + ahead..until.range.end, prose, map, ..until })
    }
}

fn first_piece(block: &Block) -> Option<(Block, Block)> {
    let (end, start) = sentence_end(&block.prose)?;
    let (first_map, end_of_source) = block.map.until(end)?;
    let (rest_map, start_of_source) = block.map.since(start)?;
    let piece = |prose: &str, range, map| Block { range, prose: prose.into(), map, ..block.clone() };
    let from = block.range.start;
    Some((
        piece(block.prose.get(..end)?, from..from + end_of_source, first_map),
        piece(block.prose.get(start..)?, from + start_of_source..block.range.end, rest_map),
    ))
}

/// Where the first piece of a long text ends, and where the rest starts; `None` for a text that is short enough or has no
/// end of a sentence to be cut at.
fn sentence_end(prose: &str) -> Option<(usize, usize)> {
    if prose.len() <= LONGEST {
        return None;
    }
    let (mut open, mut straight) = (0i32, false);
    for (at, c) in prose.char_indices() {
        match c {
            '“' => open += 1,
            '”' => open = (open - 1).max(0),
            '"' => straight = !straight,
            ' ' | '\n' if at >= LONGEST && (open == 0 && !straight || at >= PATIENCE) => {
                let start = at + 1;
                if ends_sentence(prose.get(..at)?) && starts_sentence(prose.get(start..)?) {
                    return Some((at, start));
                }
            }
            _ => {}
        }
    }
    None
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
    /// The map of the prose before byte `end`, and where that ends in the block's source; `None` inside of what is no prose.
    fn until(&self, end: usize) -> Option<(Self, usize)> {
        let end = end as u32;
        let mut segments = Vec::new();
        let mut source = end;
        for segment in self.segments.iter().filter(|segment| segment.prose < end) {
            let mut kept = *segment;
            let over = (segment.prose + segment.prose_len).saturating_sub(end);
            if over > 0 {
                if !segment.verbatim() {
                    return None;
                }
                kept.prose_len -= over;
                kept.source_len -= over;
            }
            source = kept.source + kept.source_len;
            segments.push(kept);
        }
        Some((Self { segments }, source as usize))
    }

    /// The map of the prose from byte `start` on, and where that starts in the block's source; `None` inside of what is no
    /// prose.
    fn since(&self, start: usize) -> Option<(Self, usize)> {
        let start = start as u32;
        let behind = self.segments.iter().filter(|segment| segment.prose + segment.prose_len > start);
        let mut segments = Vec::new();
        let mut from = start;
        for (index, segment) in behind.enumerate() {
            let into = start.saturating_sub(segment.prose);
            if into > 0 && !segment.verbatim() {
                return None;
            }
            if index == 0 {
                from = segment.source + into;
            }
            segments.push(super::Segment {
                prose: segment.prose + into - start,
                prose_len: segment.prose_len - into,
                source: segment.source + into - from,
                source_len: segment.source_len - into,
                opaque: segment.opaque,
            });
        }
        Some((Self { segments }, from as usize))
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
    fn what_has_no_sentences_stays_whole() {
        assert_eq!(parse(&long("ferry and pier and "), Format::Plain).blocks.len(), 1);
        assert_eq!(parse(&long("Mr. Finch met Dr. Ruiz in the U.S. Senate "), Format::Plain).blocks.len(), 1);
    }
}
