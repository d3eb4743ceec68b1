//! Whether a document is another one after an edit inside one block.

use super::{Block, Document, is_open};
use crate::text::{Shift, SourceRange};

impl Document {
    /// Whether the edit of `shift`, made in block number `number` or in the blanks behind it, is all that makes `new` of this
    /// document: all else stayed and at most moved, and the block's kind is the same, or it is a paragraph or a subheading still.
    pub(crate) fn is_edited_in(&self, new: &Self, number: usize, shift: &Shift) -> bool {
        let (Some(block), Some(edited)) = (self.blocks.get(number), new.blocks.get(number)) else { return false };
        // Blanks that were typed at its end are in no block.
        let end = block.range.end.max(shift.until) - shift.until + shift.now;
        if edited.range.start != block.range.start
            || edited.range.end > end
            || edited.kind != block.kind && ![edited, block].into_iter().all(|block| is_open(block.kind))
            || edited.image != block.image
            || edited.foreign != block.foreign
        {
            return false;
        }
        let moved = |old: &SourceRange, new: &SourceRange| shift.range(old).as_ref() == Some(new);
        let like = |old: &Block, new: &Block| {
            moved(&old.range, &new.range)
                && (old.kind, old.image, old.foreign, &old.map) == (new.kind, new.image, new.foreign, &new.map)
                && old.prose == new.prose
        };
        let blocks = self.blocks.len() == new.blocks.len()
            && self.blocks[..number].iter().zip(&new.blocks).all(|(old, new)| like(old, new))
            && self.blocks[number + 1..].iter().zip(&new.blocks[number + 1..]).all(|(old, new)| like(old, new));
        let images = same(&self.images, &new.images, |old, new| {
            moved(&old.range, &new.range)
                && moved(&old.src_range, &new.src_range)
                && moved(&old.alt_range, &new.alt_range)
                && (&old.src, &old.alt, old.graphic, &old.credit) == (&new.src, &new.alt, new.graphic, &new.credit)
        });
        let links = same(&self.links, &new.links, |old, new| {
            moved(&old.range, &new.range)
                && moved(&old.target_range, &new.target_range)
                && (&old.target, &old.text) == (&new.target, &new.text)
        });
        let metadata = same(&self.metadata, &new.metadata, |old, new| {
            moved(&old.range, &new.range) && (&old.key, &old.value, old.origin) == (&new.key, &new.value, new.origin)
        });
        let comments =
            same(&self.comments, &new.comments, |old, new| moved(&old.range, &new.range) && old.text == new.text);
        let problems =
            same(&self.problems, &new.problems, |old, new| moved(&old.range, &new.range) && old.message == new.message);
        let foreign = same(&self.foreign, &new.foreign, moved) && same(&self.left_out, &new.left_out, moved);
        let hard_wrapped = self.hard_wrapped == new.hard_wrapped && self.code == new.code;
        let front_matter =
            self.front_matter.as_ref().map(|range| shift.range(range)) == new.front_matter.clone().map(Some);
        blocks && foreign && hard_wrapped && images && links && metadata && comments && problems && front_matter
    }
}

fn same<T>(old: &[T], new: &[T], like: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| like(old, new))
}
