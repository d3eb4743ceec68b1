//! Puts a block together from stretches of source, where the markup between them is left out.

use super::{Block, BlockKind, SourceMap, is_ornament};
use crate::text::SourceRange;

/// What is in prose for an inline thing that is not prose.
pub(super) const PLACEHOLDER: &str = "\u{FFFC}";

/// The prose of one block while its markup is being read.
#[derive(Debug, Default)]
pub(super) struct BlockBuilder {
    prose: String,
    pieces: Vec<ProsePiece>,
}

/// A stretch of prose and the source bytes it came from.
#[derive(Debug)]
struct ProsePiece {
    prose_len: usize,
    source: SourceRange,
    opaque: bool,
}

impl BlockBuilder {
    /// Appends `text`, which is in the source at byte `at` exactly so. White space that would start the block
    /// is left out.
    pub(super) fn verbatim(&mut self, text: &str, at: usize) {
        let kept = if self.prose.is_empty() { text.trim_start() } else { text };
        let at = at + (text.len() - kept.len());
        if kept.is_empty() || !self.is_past(at) {
            return;
        }
        self.prose.push_str(kept);
        match self.pieces.last_mut() {
            Some(last) if !last.opaque && last.source.end == at => {
                last.prose_len += kept.len();
                last.source.end += kept.len();
            }
            _ => self.pieces.push(ProsePiece { prose_len: kept.len(), source: at..at + kept.len(), opaque: false }),
        }
    }

    /// Appends `text`, which stands for the bytes `source` without being them: an entity, a placeholder, white space
    /// made one.
    pub(super) fn opaque(&mut self, text: &str, source: SourceRange) {
        let starts_with_space = self.prose.is_empty() && text.trim_start().is_empty();
        if text.is_empty() || starts_with_space || !self.is_past(source.start) {
            return;
        }
        self.prose.push_str(text);
        self.pieces.push(ProsePiece { prose_len: text.len(), source, opaque: true });
    }

    /// Whether source byte `at` comes after everything that was appended. Blocks keep the order of the source.
    fn is_past(&self, at: usize) -> bool {
        self.pieces.last().is_none_or(|last| last.source.end <= at)
    }

    /// The prose so far.
    pub(super) fn prose(&self) -> &str {
        &self.prose
    }

    /// Length of the prose so far, in bytes.
    pub(super) fn len(&self) -> usize {
        self.prose.len()
    }

    /// Whether nothing was appended yet.
    pub(super) fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// Forgets what was appended.
    pub(super) fn clear(&mut self) {
        self.prose.clear();
        self.pieces.clear();
    }

    /// The block, without white space at its ends; `None` when nothing in it is read. The builder is empty afterwards.
    pub(super) fn finish(&mut self, kind: BlockKind) -> Option<Block> {
        let mut prose = std::mem::take(&mut self.prose);
        let mut pieces = std::mem::take(&mut self.pieces);
        if is_ornament(&prose) {
            return None;
        }
        let wanted = prose.trim_end().len();
        while let Some(last) = pieces.last_mut() {
            let excess = prose.len() - wanted;
            if excess == 0 {
                break;
            }
            if last.prose_len <= excess {
                prose.truncate(prose.len() - last.prose_len);
                pieces.pop();
            } else if last.opaque {
                break;
            } else {
                last.prose_len -= excess;
                last.source.end -= excess;
                prose.truncate(wanted);
            }
        }
        let (start, end) = (pieces.first()?.source.start, pieces.last()?.source.end);
        let mut map = SourceMap::default();
        if pieces.len() > 1 || pieces.iter().any(|piece| piece.opaque) {
            for piece in &pieces {
                let source = piece.source.start - start..piece.source.end - start;
                if piece.opaque {
                    map.push_opaque(piece.prose_len, source);
                } else {
                    map.push(piece.prose_len, source);
                }
            }
        }
        Some(Block { kind, range: start..end, prose: prose.into(), map, image: None, foreign: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn markup_between_words_is_left_out_and_mapped() {
        // Source: `  a &amp; **b**  `
        let mut builder = BlockBuilder::default();
        builder.verbatim("  a ", 0);
        builder.opaque("&", 4..9);
        builder.verbatim(" ", 9);
        builder.verbatim("b", 12);
        builder.opaque(" ", 15..17);
        let block = builder.finish(BlockKind::Paragraph).expect("it has words");
        assert_eq!(&*block.prose, "a & b");
        assert_eq!(block.range, 2..13);
        assert_eq!(block.to_source(Span::new(2, 3)), 4..9);
        assert_eq!(block.to_source(Span::new(4, 5)), 12..13);
        assert!(block.map.is_verbatim(Span::new(4, 5)));
        assert!(!block.map.is_verbatim(Span::new(2, 3)), "an entity is not the character it stands for");
        assert!(!block.map.is_verbatim(Span::new(3, 5)), "the asterisks would be lost");
    }

    #[test]
    fn an_opaque_stretch_of_the_same_length_is_not_verbatim() {
        let mut map = SourceMap::default();
        map.push(2, 0..2);
        map.push_opaque(3, 2..5);
        assert!(!map.is_verbatim(Span::new(2, 5)));
        assert_eq!(map.to_block(Span::new(3, 4)), 2..5);
    }

    #[test]
    fn placeholders_alone_make_no_block() {
        let mut builder = BlockBuilder::default();
        builder.opaque("\u{FFFC}", 0..7);
        assert_eq!(builder.finish(BlockKind::Paragraph), None);
    }
}
