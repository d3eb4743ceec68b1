//! Photos: image, caption and credit.

mod agencies;
mod caption;
mod credit;

use std::sync::Arc;

use super::{ParagraphFacts, Surroundings};
use crate::markup::{BlockKind, Document};
use crate::prose::Passage;
use crate::text::Span;

/// What an image file says of itself (EXIF, IPTC, XMP), read by the caller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageMetadata {
    /// Who took it.
    pub creator: Option<String>,
    /// The credit line it asks for.
    pub credit: Option<String>,
    /// Who owns it or whom it comes from.
    pub source: Option<String>,
    /// The copyright notice.
    pub copyright: Option<String>,
    /// The day it was taken.
    pub taken: Option<jiff::civil::Date>,
    /// What it shows.
    pub description: Option<String>,
    /// Made by a machine or composited, by IPTC's digital source type.
    pub digital_source: Option<String>,
}

/// What kind of owner a credit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnerKind {
    /// A wire or photo agency that the tool knows.
    Agency,
    /// A stock library or an open collection.
    Library,
    /// A platform such as `Twitter`: it shows photos and owns none.
    Platform,
    /// Any other: a newspaper, a police department, a family.
    Other,
}

/// The parts of a credit.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// The whole credit, with its brackets.
    pub passage: Passage,
    /// `Photo`, `Image`, `Photo` of `AP Photo` …, where one is.
    pub label: Option<Span>,
    /// The photographer's name; several names joined by `and` are one span.
    pub photographer: Option<Span>,
    /// The agency, outlet or owner.
    pub agency: Option<Span>,
    /// What kind of owner `agency` is.
    pub owner: Option<OwnerKind>,
    /// `via`, `courtesy of`, `handout`, `screenshot`: second-hand. An agency's photo that another passes on
    /// (`AFP via Getty Images`) is not.
    pub via: Option<Span>,
    /// `file`: not taken for this story.
    pub file: Option<Span>,
    /// The date it was taken.
    pub date: Option<Span>,
}

/// A photo of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// Index in the document's images; `None` when the text has only a caption.
    pub image: Option<usize>,
    /// The caption, without the credit.
    pub caption: Option<Passage>,
    /// The first date, month, year or weekday of the caption.
    pub caption_date: Option<Passage>,
    /// The verb in the present tense that the caption is built on: `heads`, `is speaking`; not `is seen`.
    pub present_verb: Option<Passage>,
    /// The credit.
    pub credit: Option<Credit>,
    /// What the image file says of itself.
    pub metadata: Option<ImageMetadata>,
}

impl Photo {
    fn of_image(image: usize) -> Self {
        let image = Some(image);
        Self { image, caption: None, caption_date: None, present_verb: None, credit: None, metadata: None }
    }

    /// Takes what `other` has and this photo lacks.
    fn fill(&mut self, other: Photo) {
        if self.caption.is_none() {
            (self.caption, self.caption_date, self.present_verb) =
                (other.caption, other.caption_date, other.present_verb);
        }
        self.credit = self.credit.take().or(other.credit);
    }
}

/// Brings images, captions and credits together, in reading order.
///
/// A caption or credit block knows its image where the markup says so. Else a credit that stands alone goes to the
/// caption right before or after it, and a caption stands for a photo that the text does not hold.
pub fn link(document: &Document, paragraphs: &[Arc<ParagraphFacts>], around: &Surroundings) -> Vec<Photo> {
    let mut of_images: Vec<Photo> = (0..document.images.len()).map(Photo::of_image).collect();
    // With the source offset, by which both lists are merged, and the paragraph that opened the entry.
    let mut loose: Vec<(usize, usize, Photo)> = Vec::new();
    for (index, (block, read)) in document.blocks.iter().zip(paragraphs).enumerate() {
        let Some(photo) = of_block(index, read) else { continue };
        if let Some(of_image) = block.image.and_then(|image| of_images.get_mut(image)) {
            of_image.fill(photo);
            continue;
        }
        if let Some((_, before, last)) = loose.last_mut() {
            let parts =
                (last.caption.is_some(), last.credit.is_some(), photo.caption.is_some(), photo.credit.is_some());
            let fits = matches!(parts, (true, false, false, true) | (false, true, true, false));
            if *before + 1 == index && fits {
                last.fill(photo);
                continue;
            }
        }
        loose.push((block.range.start, index, photo));
    }
    for (photo, image) in of_images.iter_mut().zip(&document.images) {
        photo.metadata = around.images.get(&image.src).cloned();
    }
    let of_images = document.images.iter().map(|image| image.range.start).zip(of_images);
    let mut photos: Vec<(usize, Photo)> =
        loose.into_iter().map(|(at, _, photo)| (at, photo)).chain(of_images).collect();
    photos.sort_by_key(|&(at, _)| at);
    photos.into_iter().map(|(_, photo)| photo).collect()
}

/// Whether this paragraph has a part in a photo.
pub(super) fn speaks_of_photo(read: &ParagraphFacts) -> bool {
    of_block(0, read).is_some()
}

/// The caption and the credit in paragraph number `index`.
fn of_block(index: usize, read: &ParagraphFacts) -> Option<Photo> {
    let paragraph = &read.paragraph;
    let credit = credit::find(paragraph, index);
    let is_photo = matches!(paragraph.kind, BlockKind::Caption | BlockKind::Credit);
    if !is_photo && credit.is_none() {
        return None;
    }
    let caption = if paragraph.kind == BlockKind::Credit { None } else { credit::without(paragraph, credit.as_ref()) };
    let passage = |span: Span| Passage::new(index, span);
    Some(Photo {
        image: None,
        caption: caption.map(passage),
        caption_date: caption.and_then(|c| caption::date(paragraph, c)).map(passage),
        present_verb: caption.and_then(|c| caption::present_verb(paragraph, c)).map(passage),
        credit,
        metadata: None,
    })
}

#[cfg(test)]
mod tests;
