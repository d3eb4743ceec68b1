//! Photos: image, caption and credit.

use std::sync::Arc;

use super::{Read, Surroundings};
use crate::markup::Document;
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

/// The parts of a credit.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// The whole credit, with its brackets.
    pub passage: Passage,
    /// `Photo`, `Image`, `Photo by` …, where one stands.
    pub label: Option<Span>,
    /// The photographer's name.
    pub photographer: Option<Span>,
    /// The agency, outlet or owner.
    pub agency: Option<Span>,
    /// `via`, `courtesy of`: second-hand.
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
    /// The credit.
    pub credit: Option<Credit>,
    /// What the image file says of itself.
    pub metadata: Option<ImageMetadata>,
}

/// Brings images, captions and credits together.
pub fn link(_document: &Document, _paragraphs: &[Arc<Read>], _around: &Surroundings) -> Vec<Photo> {
    Vec::new()
}
