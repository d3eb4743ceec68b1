//! What the checks of a story ask of all its paragraphs, side by side in memory.
//!
//! A check of the whole story runs at each keystroke. Most paragraphs have nothing to say to it, and in a long story
//! it would take longer to go to each of them than to do the work. So what tells whether a paragraph matters stands
//! here, in reading order, and a check goes to those that do.

use std::ops::BitOr;

use super::{ParagraphFacts, Story};
use crate::markup::BlockKind;
use crate::prose::Vocabulary;

/// A paragraph at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ParagraphIndex {
    /// What it is in the story.
    pub kind: BlockKind,
    /// How many words and numbers it has.
    pub words: u32,
    /// How many of these are such as tales are full of.
    pub tale_pronouns: u32,
    /// How much of it only dialects have.
    pub dialect: u32,
    /// What may be found in it.
    pub signs: Signs,
    /// Which words it may hold.
    pub vocabulary: Vocabulary,
}

impl ParagraphIndex {
    /// The entry of a paragraph.
    pub fn of(read: &ParagraphFacts) -> Self {
        let paragraph = &read.paragraph;
        Self {
            kind: paragraph.kind,
            words: paragraph.word_count() as u32,
            tale_pronouns: read.cues.tale_pronouns(),
            dialect: read.cues.dialect(),
            signs: read.cues.signs,
            vocabulary: paragraph.vocabulary,
        }
    }
}

/// What may be found in a paragraph. A sign too many costs a look; one too few hides something from a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs(u32);

impl Signs {
    /// Words between quotation marks.
    pub const QUOTE: Self = Self(1);
    /// A quotation mark without its partner.
    pub const STRAY_MARK: Self = Self(1 << 1);
    /// A comma or point behind a closing quotation mark.
    pub const MARK_BEHIND_QUOTE: Self = Self(1 << 2);
    /// Somebody's age.
    pub const AGE: Self = Self(1 << 3);
    /// An age under 18 and a word of crime.
    pub const MINOR: Self = Self(1 << 4);
    /// A figure of a million and more.
    pub const LARGE_FIGURE: Self = Self(1 << 5);
    /// A count of dead or injured.
    pub const TOLL: Self = Self(1 << 6);
    /// `percent` behind a number.
    pub const PERCENT: Self = Self(1 << 7);
    /// `%` behind a number.
    pub const PERCENT_SIGN: Self = Self(1 << 8);
    /// `per cent` behind a number.
    pub const PER_CENT: Self = Self(1 << 9);
    /// A word of crimes or of courts.
    pub const CRIME: Self = Self(1 << 10);
    /// `al-Assad`, `Al Assad`.
    pub const ARABIC_ARTICLE: Self = Self(1 << 11);
    /// A letter with a mark, as in `Erdoğan`.
    pub const MARKED_LETTER: Self = Self(1 << 12);
    /// A title with capitals that describes: `the President of Russia`.
    pub const OFFICE: Self = Self(1 << 13);
    /// An office in small letters near a name: `president Ruiz`.
    pub const SMALL_OFFICE: Self = Self(1 << 14);
    /// A role before a comma: `Ruiz adviser, Tom Okafor,`.
    pub const ROLE_AND_COMMA: Self = Self(1 << 15);
    /// A month cut short without a point: `Feb 20`.
    pub const BARE_MONTH: Self = Self(1 << 16);
    /// `Abbas’s`, `Abbas’`.
    pub const POSSESSIVE_OF_S: Self = Self(1 << 17);
    /// A word that is in no dictionary.
    pub const UNKNOWN_WORD: Self = Self(1 << 18);
    /// A listed misspelling.
    pub const MISSPELLING: Self = Self(1 << 19);
    /// A word or a number at the very end, and no mark.
    pub const OPEN_END: Self = Self(1 << 20);
    /// A pair of quotation marks that are no pair.
    pub const UNLIKE_MARKS: Self = Self(1 << 21);
    /// A capital inside a word that has small letters, too: `DiBona`.
    pub const INNER_CAPITAL: Self = Self(1 << 22);

    /// Whether any of `signs` is among them.
    pub fn any_of(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    /// `self` when `holds`, and no sign otherwise.
    pub fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::default() }
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl<'a> Story<'a> {
    /// What paragraph number `index` is in the story.
    pub(crate) fn kind(&self, index: usize) -> BlockKind {
        self.index.get(index).map_or(BlockKind::Boilerplate, |entry| entry.kind)
    }

    /// The paragraphs in which something of `signs` may be found, with their numbers.
    pub(crate) fn paragraphs_with(&self, signs: Signs) -> impl Iterator<Item = (usize, &'a ParagraphFacts)> + use<'a> {
        self.paragraphs_where(move |entry| entry.signs.any_of(signs))
    }

    /// The paragraphs of kind `kind`, with their numbers.
    pub(crate) fn paragraphs_of(&self, kind: BlockKind) -> impl Iterator<Item = (usize, &'a ParagraphFacts)> + use<'a> {
        self.paragraphs_where(move |entry| entry.kind == kind)
    }

    /// The paragraphs whose entry says that they matter, with their numbers.
    pub(crate) fn paragraphs_where<F>(
        &self,
        matters: F,
    ) -> impl Iterator<Item = (usize, &'a ParagraphFacts)> + use<'a, F>
    where
        F: Fn(&ParagraphIndex) -> bool,
    {
        let entries = self.index.iter().zip(self.paragraphs).enumerate();
        entries.filter(move |(_, (entry, _))| matters(entry)).map(|(number, (_, read))| (number, read.as_ref()))
    }
}
