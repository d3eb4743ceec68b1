//! What a check of a few paragraphs may look at.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Claim, DateOrder, ParagraphFacts, Published, Quote, Source, Story, TimeExpression, of_paragraphs, time};
use crate::markup::{BlockKind, Link};
use crate::prose::{Paragraph, Passage};
use crate::text::{SourceRange, Span};

/// A link this near to words, in bytes of the source, may say where they are from.
const LINK_REACH: usize = 300;

/// Some paragraphs of a story with their facts, the words of the one behind each, and what an edit of others
/// leaves as it is.
///
/// This is all that local checks are given, so that an edit need not be felt by any other paragraph: what is found in a
/// paragraph is the same whichever window it is seen through.
#[derive(Clone, Debug)]
pub struct Window<'a> {
    story: Story<'a>,
    own: Range<usize>,
    /// The publication date, and where it came from.
    pub published: Option<&'a Published>,
    /// In which order the story writes its dates.
    pub date_order: DateOrder,
    /// In reading order; of its paragraphs.
    pub times: &'a [TimeExpression],
    /// In reading order; of its paragraphs.
    pub quotes: &'a [Quote],
    /// In reading order; of its paragraphs.
    pub sources: &'a [Source],
    /// In reading order; of its paragraphs.
    pub claims: &'a [Claim],
}

impl<'a> Window<'a> {
    pub(super) fn new(story: Story<'a>, own: Range<usize>) -> Self {
        Self {
            published: story.published,
            date_order: story.date_order,
            times: of_paragraphs(story.times, &own, |time| time.passage),
            quotes: of_paragraphs(story.quotes, &own, |quote| quote.passage),
            sources: of_paragraphs(story.sources, &own, |source| source.passage),
            claims: of_paragraphs(story.claims, &own, |claim| claim.passage),
            story,
            own,
        }
    }

    /// Its paragraphs, with their numbers.
    pub fn own_paragraphs(&self) -> impl Iterator<Item = (usize, &'a ParagraphFacts)> + use<'a> {
        let own = self.story.paragraphs.get(self.own.clone()).unwrap_or_default();
        self.own.clone().zip(own).map(|(number, read)| (number, read.as_ref()))
    }

    /// The paragraph behind number `number`, if that is one of its own.
    pub fn next(&self, number: usize) -> Option<&'a ParagraphFacts> {
        self.story.paragraphs.get(number + 1).filter(|_| self.own.contains(&number)).map(AsRef::as_ref)
    }

    /// The kinds of the blocks behind paragraph number `number`, to the end of the story: no edit that is followed changes
    /// them.
    pub fn kinds_behind(&self, number: usize) -> impl Iterator<Item = BlockKind> + use<'a> {
        self.story.paragraphs.iter().skip(number + 1).map(|read| read.paragraph.kind)
    }

    /// Paragraph number `number`: one of its own, the one behind, or one at which a quote points that is its own. Any other
    /// is empty.
    pub fn paragraph(&self, number: usize) -> &'a Paragraph {
        static NONE: LazyLock<Paragraph> = LazyLock::new(|| Paragraph::new(BlockKind::Paragraph, String::new()));
        let points = |quote: &Quote| {
            let speaker = quote.speaker.as_ref().map(|speaker| speaker.passage);
            quote.cue.into_iter().chain(speaker).any(|passage| passage.paragraph() == number)
        };
        let is_seen = (self.own.start..=self.own.end).contains(&number) || self.quotes.iter().any(points);
        debug_assert!(is_seen, "a local check looks at paragraph {number} from {:?}", self.own);
        let read = self.story.paragraphs.get(number).filter(|_| is_seen);
        read.map_or(&*NONE, |read| &read.paragraph)
    }

    /// The prose at `passage`.
    pub fn slice(&self, passage: Passage) -> &'a str {
        self.paragraph(passage.paragraph()).slice(passage.span)
    }

    /// What is between two passages of one paragraph, the first first.
    pub fn between(&self, first: Passage, second: Passage) -> Option<&'a str> {
        let ordered = first.paragraph == second.paragraph && first.span.end <= second.span.start;
        let span = Span { start: first.span.end, end: second.span.start };
        ordered.then(|| self.slice(Passage { span, ..first }))
    }

    /// The time expression as it was read, with its parts.
    pub fn expression(&self, time: &TimeExpression) -> Option<&'a time::Expression> {
        self.story.expression(time)
    }

    /// Whether a link is so near to the words at `passage` that it may say where they are from.
    pub fn is_near_link(&self, passage: Passage) -> bool {
        Self::sees_link(&self.story.document.links, &passage.to_source(&self.story.document.blocks))
    }

    /// The same, for a place in the source.
    pub(crate) fn sees_link(links: &[Link], place: &SourceRange) -> bool {
        links.iter().any(|link| link.range.start < place.end + LINK_REACH && place.start < link.range.end + LINK_REACH)
    }
}
