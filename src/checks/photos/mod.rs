//! Photos: who took them, whose they are, when, and whether the caption and the file say the same.

mod caption;
mod credit;
mod form;
mod image;
mod owner;
mod people;

pub(super) use caption::{file_present_tense, left_right_count, no_date, stop};
pub(super) use credit::{credit_differs, file_undated, no_agency, no_credit, no_photographer, second_hand};
pub(super) use form::credit_form;
pub(super) use image::{alt_missing, altered};
pub(super) use people::name_not_in_story;

pub use credit::credit_line;

use crate::prose::Passage;
use crate::rules::{Check, HitPlace, Lack, Run};
use crate::story::time::DateOrder;
use crate::story::{ImageMetadata, Photo, Story};
use crate::text::Span;

/// The checks of this folder, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new("photos-alt-missing", Run::Story(alt_missing), &[]),
    Check::new("photos-altered", Run::Story(altered), &[]),
    Check::new("photos-caption-stop", Run::Story(stop), &[]),
    Check::new("photos-credit-differs", Run::Story(credit_differs), &[]),
    Check::new("photos-credit-form", Run::Story(credit_form), &[]),
    Check::new("photos-file-present-tense", Run::Story(file_present_tense), &[]),
    Check::new("photos-file-undated", Run::Story(file_undated), &[]),
    Check::new("photos-left-right-count", Run::Story(left_right_count), &[]),
    Check::new("photos-name-not-in-story", Run::Story(name_not_in_story), &[]),
    Check::new("photos-no-agency", Run::Story(no_agency), &[]),
    Check::new("photos-no-credit", Run::Story(no_credit), &[]).lacking(Lack::Credit),
    Check::new("photos-no-date", Run::Story(no_date), &[]),
    Check::new("photos-no-photographer", Run::Story(no_photographer), &[]),
    Check::new("photos-second-hand", Run::Story(second_hand), &[]),
];

/// What a finding says when its fix comes from the image file.
fn from_the_file() -> Option<String> {
    Some("from the image file’s IPTC/XMP/EXIF".to_owned())
}

/// An edit that puts `text` at `span` of paragraph number `paragraph`; an empty span is an insertion.
fn edit(paragraph: u32, span: Span, text: impl Into<String>) -> (HitPlace, String) {
    (HitPlace::Prose(Passage { paragraph, span }), text.into())
}

/// The empty span at byte `at`.
fn point(at: u32) -> Span {
    Span { start: at, end: at }
}

/// Where to point at a photo: its caption, else its image.
fn place(story: &Story, photo: &Photo) -> Option<HitPlace> {
    if let Some(caption) = photo.caption {
        return Some(HitPlace::Prose(caption));
    }
    let image = story.document.images.get(photo.image?)?;
    Some(HitPlace::Source(image.range.clone()))
}

/// A day as American newspapers write it: `Feb. 3, 2018`.
fn written(date: jiff::civil::Date) -> String {
    super::dates::day_and_year(date, DateOrder::MonthFirst)
}

/// The photographer that the file names.
fn creator(metadata: Option<&ImageMetadata>) -> Option<&str> {
    metadata.and_then(|m| m.creator.as_deref()).map(str::trim).filter(|name| !name.is_empty())
}

/// The owner that the file names: its credit line, else its source.
fn owner(metadata: Option<&ImageMetadata>) -> Option<&str> {
    let metadata = metadata?;
    [&metadata.credit, &metadata.source].into_iter().flatten().map(|s| s.trim()).find(|s| !s.is_empty())
}
