//! What an edit replaced in a document.

use std::ops::Range;

use super::{Block, Document, is_open};
use crate::text::{Shift, SourceRange};

/// The blocks that an edit replaced, one at least before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EditedBlocks {
    /// The number of the first of them.
    pub first: usize,
    /// How many they were.
    pub before: usize,
    /// How many they are now.
    pub now: usize,
    /// It is one of which only the words were edited: its kind is the same, or it is a paragraph or a subheading still.
    pub of_words: bool,
}

impl EditedBlocks {
    /// Block number `number`, of which only the words were edited.
    pub fn of_words(number: usize) -> Self {
        Self { first: number, before: 1, now: 1, of_words: true }
    }

    /// Their numbers now.
    pub fn part(&self) -> Range<usize> {
        self.first..self.first + self.now
    }

    /// Their numbers before.
    pub fn part_before(&self) -> Range<usize> {
        self.first..self.first + self.before
    }
}

impl Document {
    /// The blocks that the edit of `shift` replaced, which made `new` of this document; `None` when it changed more than blocks,
    /// or there is none. All else stayed and at most moved.
    pub(crate) fn edited_blocks(&self, new: &Self, shift: &Shift) -> Option<EditedBlocks> {
        let moved = |old: &SourceRange, new: &SourceRange| shift.range(old).as_ref() == Some(new);
        let like = |(old, new): &(&Block, &Block)| {
            moved(&old.range, &new.range)
                && (old.kind, old.image, old.foreign, &old.map) == (new.kind, new.image, new.foreign, &new.map)
                && old.prose == new.prose
        };
        let ahead = self.blocks.iter().zip(&new.blocks).take_while(like).count();
        let (old, rest) = (self.blocks.get(ahead..)?, new.blocks.get(ahead..)?);
        let behind = old.iter().rev().zip(rest.iter().rev()).take_while(like).count();
        let (first, before, now) = (ahead, old.len() - behind, rest.len() - behind);
        // Where some only came or went, one beside them is taken as well.
        let blocks = match (before.min(now), first.checked_sub(1)) {
            (0, Some(first)) => EditedBlocks { first, before: before + 1, now: now + 1, of_words: false },
            (0, None) if behind > 0 => EditedBlocks { first, before: before + 1, now: now + 1, of_words: false },
            (0, None) => return None,
            _ => EditedBlocks { first, before, now, of_words: false },
        };
        let (one, other) = (self.blocks.get(blocks.first)?, new.blocks.get(blocks.first)?);
        let of_words = (blocks.before, blocks.now, one.image, one.foreign) == (1, 1, other.image, other.foreign)
            && (one.kind == other.kind || is_open(one.kind) && is_open(other.kind));
        self.is_like_outside_blocks(new, shift).then_some(EditedBlocks { of_words, ..blocks })
    }

    /// Whether the edit of `shift` changed nothing but blocks: all else stayed and at most moved.
    fn is_like_outside_blocks(&self, new: &Self, shift: &Shift) -> bool {
        let moved = |old: &SourceRange, new: &SourceRange| shift.range(old).as_ref() == Some(new);
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
        foreign && hard_wrapped && images && links && metadata && comments && problems && front_matter
    }
}

fn same<T>(old: &[T], new: &[T], like: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| like(old, new))
}
