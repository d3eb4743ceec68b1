//! Images with their captions, and what they and links lead to.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, RefDefs, Tag, TagEnd};

use super::{MarkdownReader, PLACEHOLDER};
use crate::markup::align::block_of_value;
use crate::markup::{Block, BlockKind, Image, pictures};
use crate::text::SourceRange;

impl MarkdownReader<'_> {
    /// An image begins; its alternative text follows.
    pub(super) fn start_image(&mut self, range: SourceRange, src: String, src_range: SourceRange, title: &str) {
        let alone = self.builder.is_empty() && self.containers.is_empty() && self.heading.is_none();
        let index = self.document.images.len();
        let alt_start = range.start + 2;
        self.document.images.push(Image {
            range: range.clone(),
            src,
            src_range,
            alt: Some(String::new()),
            // Its end is found when the image ends.
            alt_range: alt_start..alt_start,
            // A picture that leads to another page is that page's.
            graphic: self.links.last().is_some_and(|link| pictures::is_teaser(&link.target)),
            credit: pictures::credit_in(title),
        });
        if alone {
            self.only_image = Some(index);
            if let Some(at) = (!title.is_empty()).then(|| self.source[range.clone()].rfind(title)).flatten() {
                let at = range.start + at;
                let block = block_of_value(BlockKind::Caption, title, self.source, at..at + title.len());
                self.caption_blocks.extend(block.map(|block| Block { image: Some(index), ..block }));
            }
        } else if self.only_image.is_none() {
            self.note_text("x");
        }
        self.builder.opaque(PLACEHOLDER, range);
    }

    /// Inside an image everything is alternative text.
    pub(super) fn event_in_image(&mut self, event: &Event<'_>, end: usize) {
        match event {
            Event::Start(Tag::Image { .. }) => self.image_depth += 1,
            Event::End(TagEnd::Image) => self.image_depth -= 1,
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::End(_) => {}
            _ => return,
        }
        if self.image_depth == 0 {
            self.last_end = end;
            if let Some(image) = self.document.images.last_mut() {
                let alt = self.source[image.alt_range.clone()].to_owned();
                image.graphic |= pictures::is_drawn(&image.src) || pictures::says_drawn(&alt);
                image.credit = image.credit.take().or_else(|| pictures::credit_in(&alt));
                image.alt = Some(alt);
            }
        } else if let Some(image) = self.document.images.last_mut() {
            image.alt_range.end = image.alt_range.end.max(end);
        }
    }

    /// The target of a link or image as it is written, and where.
    pub(super) fn target(
        &self,
        link_type: LinkType,
        dest: &CowStr<'_>,
        id: &CowStr<'_>,
        range: &SourceRange,
        definitions: &RefDefs<'_>,
    ) -> (String, SourceRange) {
        let inline = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let within: Option<Range<usize>> = if inline {
            Some(range.clone())
        } else {
            // Many links may name one definition: a long one would be searched each time.
            let definition = definitions.get(id).map(|definition| definition.span.clone());
            definition.filter(|span| span.len() < 1000).map(|span| span.start + self.body..span.end + self.body)
        };
        let found = within.and_then(|within| {
            let at = self.masked[within.clone()].rfind(&**dest)?;
            Some(within.start + at..within.start + at + dest.len())
        });
        match found {
            Some(found) if !dest.is_empty() => (self.source[found.clone()].to_owned(), found),
            _ => (dest.to_string(), range.end..range.end),
        }
    }

    /// The image that stands alone right above `block`, when no other block is between.
    pub(super) fn image_above(&self, block: &Block) -> Option<usize> {
        let index = self.document.images.len().checked_sub(1)?;
        let image = &self.document.images[index];
        let between = self.source.get(image.range.end..block.range.start)?;
        let near = between.len() < 16 && between.chars().all(|c| c.is_whitespace() || matches!(c, '*' | '_' | ')'));
        near.then_some(index)
    }
}
