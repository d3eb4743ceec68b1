//! How places in a story move when paragraphs of it are edited, come or go.

use std::ops::Range;
use std::sync::Arc;

use super::ParagraphFacts;
use crate::markup::{Document, EditedBlocks};
use crate::prose::Passage;
use crate::text::{Shift, Span};

/// The replacement of some paragraphs beside each other. Those behind them may get other numbers by it.
#[derive(Clone, Copy, Debug)]
pub struct ParagraphShift {
    blocks: EditedBlocks,
    /// How the bytes of the prose moved, where only the words of one paragraph were edited. Otherwise nothing in them is where it
    /// was.
    pub prose: Option<Shift>,
}

impl ParagraphShift {
    /// The edit of these blocks; `prose` is how bytes moved where only the words of one were edited.
    pub fn new(blocks: EditedBlocks, prose: Option<Shift>) -> Self {
        Self { blocks, prose: prose.filter(|_| blocks.of_words) }
    }

    /// The numbers of the edited paragraphs, as they are now.
    pub fn part(&self) -> Range<usize> {
        self.blocks.part()
    }

    /// The numbers that they had before.
    pub fn part_before(&self) -> Range<usize> {
        self.blocks.part_before()
    }

    /// Whether the paragraphs behind have other numbers now.
    pub fn renumbers(&self) -> bool {
        self.blocks.before != self.blocks.now
    }

    /// The number now of the paragraph that had the number `before`. What is kept of edited paragraphs must lie in one of those
    /// that are edited still, from where it is replaced, and all must stay in order.
    pub fn number(&self, before: u32) -> u32 {
        let (number, behind, end) = (before as usize, self.part_before().end, self.part().end);
        let now = if number >= behind { number - behind + end } else { number.min(end.saturating_sub(1)) };
        now as u32
    }

    /// The same for a place.
    pub fn renumber(&self, place: &mut Passage) {
        place.paragraph = self.number(place.paragraph);
    }

    /// Where `span` of paragraph number `number`, as it is now, is now; `None` when it was edited.
    pub fn span(&self, number: usize, span: Span) -> Option<Span> {
        match self.prose {
            _ if !self.part().contains(&number) => Some(span),
            Some(prose) => prose.span(span),
            None => None,
        }
    }
}

/// An edit of some paragraphs, which left all others as they were. Where only the words of one were edited, its kind is the same,
/// or it was a paragraph or a subheading and is one of these.
#[derive(Clone, Copy, Debug)]
pub struct ParagraphEdit<'e> {
    /// The document, as it is now.
    pub document: &'e Document,
    /// All paragraphs, as they are now.
    pub paragraphs: &'e [Arc<ParagraphFacts>],
    /// The edited ones, as they were.
    pub before: &'e [Arc<ParagraphFacts>],
    /// Which they are, and how others moved.
    pub shift: ParagraphShift,
}

impl<'e> ParagraphEdit<'e> {
    /// The edited ones, as they are now.
    pub(super) fn now(&self) -> &'e [Arc<ParagraphFacts>] {
        self.paragraphs.get(self.shift.part()).unwrap_or_default()
    }

    /// How bytes moved, and the paragraph before and now, where one was edited in its words alone.
    pub(super) fn of_words(&self) -> Option<(Shift, &'e ParagraphFacts, &'e ParagraphFacts)> {
        Some((self.shift.prose?, self.before.first()?, self.now().first()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_stays_in_order() {
        let numbers = |before, now| {
            let shift = ParagraphShift::new(EditedBlocks { first: 2, before, now, of_words: false }, None);
            (0..6).map(|number| shift.number(number)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(1, 3), [0, 1, 2, 5, 6, 7]);
        assert_eq!(numbers(3, 1), [0, 1, 2, 2, 2, 3]);
        assert_eq!(numbers(2, 2), [0, 1, 2, 3, 4, 5]);
        assert_eq!(numbers(3, 2), [0, 1, 2, 3, 3, 4]);
    }
}
