//! The publication date behind the author, in the heading of a page.

use super::{Published, PublishedOrigin};
use crate::markup::{BlockKind, Document};
use crate::text::{self, Span};

/// The blocks in which a page's name, its menu and its title are.
const HEAD: usize = 8;

/// What a template writes before the author and the day under a title.
const SIGNS: [&str; 7] = ["posted", "published", "contributed", "submitted", "uploaded", "written", "added"];

/// The day that ends a heading above the copy, with its author: “Five lessons of the exams Contributed by Ana Ruiz on 12 Feb 2018”.
pub(super) fn in_signed_heading(document: &Document) -> Option<Published> {
    document
        .blocks
        .iter()
        .take(HEAD)
        .filter(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Heading))
        .find_map(|block| {
            let (date, range) = text::find_date(&block.prose)?;
            let ends = !block.prose[range.end..].contains(char::is_alphabetic);
            let mut before = block.prose[..range.start].split_whitespace().rev().take(8);
            let signed = before.any(|word| SIGNS.contains(&&*word.to_lowercase()));
            let range = Some(block.to_source(Span::from(range)));
            (ends && signed).then_some(Published { date, origin: PublishedOrigin::Byline, range })
        })
}
