//! The publication date, against which relative dates are read.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Read, Surroundings};
use crate::markup::Document;
use crate::text::SourceRange;

/// When the story was, or will be, published.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Where it came from.
    pub origin: PublishedOrigin,
    /// Source bytes of the date, when it stands in the document.
    pub range: Option<SourceRange>,
}

/// Where the publication date came from, in order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PublishedOrigin {
    /// `--date` or the client's setting.
    Given,
    /// The front matter.
    FrontMatter,
    /// The page's metadata.
    Page,
    /// The dateline.
    Dateline,
    /// The byline.
    Byline,
    /// The file's name or path.
    Path,
    /// No date anywhere: today was taken.
    Today,
}

/// Finds the publication date.
pub fn find(_document: &Document, _paragraphs: &[Arc<Read>], around: &Surroundings) -> Option<Published> {
    around.date.map(|date| Published { date, origin: PublishedOrigin::Given, range: None })
}
