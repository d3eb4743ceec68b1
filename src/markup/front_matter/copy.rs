//! What entries of front matter are in the page: its title, its dek, its authors and its lead image.

use crate::markup::align::block_of_value;
use crate::markup::html::block_of_attribute;
use crate::markup::{BlockKind, Document, Image, MetadataEntry, pictures};

/// Names under which front matter holds the story's lead image.
const IMAGE_KEYS: [&str; 8] =
    ["image", "featured_image", "feature_image", "cover", "cover_image", "lead_image", "hero_image", "photo"];

/// What a metadata key says of the lead image.
#[derive(Clone, Copy, PartialEq)]
enum ImagePart {
    Src,
    Alt,
    Caption,
    Credit,
}

/// `cover.image`, `featured_image`, `image_caption`, `img_alttext`, `credit` …
fn image_part(key: &str) -> Option<ImagePart> {
    let key = key.replace(['.', '-'], "_").replace("alt_text", "alt").replace("alttext", "alt");
    if IMAGE_KEYS.contains(&key.as_str()) {
        return Some(ImagePart::Src);
    }
    let (owner, part) = key.rsplit_once('_').unwrap_or(("", &key));
    if !owner.is_empty() && owner != "img" && !IMAGE_KEYS.contains(&owner) {
        return None;
    }
    match part {
        "src" | "url" | "path" | "file" | "image" if !owner.is_empty() && owner != "img" => Some(ImagePart::Src),
        "alt" if !owner.is_empty() => Some(ImagePart::Alt),
        "caption" | "cutline" => Some(ImagePart::Caption),
        "credit" | "credits" | "photographer" | "attribution" => Some(ImagePart::Credit),
        _ => None,
    }
}

/// The blocks and the image that the front matter's entries stand for.
pub(super) fn add_blocks(source: &str, entries: &[MetadataEntry], document: &mut Document) {
    let image = lead_image(entries);
    let index = image.is_some().then_some(document.images.len());
    document.images.extend(image);
    for entry in entries {
        let kind = match entry.key.as_str() {
            "title" | "headline" => BlockKind::Headline,
            "description" | "summary" | "excerpt" | "dek" | "deck" | "standfirst" | "subtitle" | "subheadline"
            | "subhead" | "lede" | "teaser" | "abstract" => BlockKind::Dek,
            "author" | "authors" | "byline" | "author.name" | "authors.name" => BlockKind::Byline,
            key => match image_part(key) {
                Some(ImagePart::Caption) => BlockKind::Caption,
                Some(ImagePart::Credit) => BlockKind::Credit,
                _ => continue,
            },
        };
        // Templates put values into pages as they are, so entities and tags in them are markup.
        let is_html = entry.value.contains(['&', '<']) && source.get(entry.range.clone()) == Some(entry.value.as_str());
        // Tags between escapes: a program wrote this from the body.
        if !is_html && holds_tags(&entry.value) {
            continue;
        }
        let block = match is_html {
            true => block_of_attribute(kind, source, entry.range.clone()),
            false => block_of_value(kind, &entry.value, source, entry.range.clone()),
        };
        let Some(mut block) = block else { continue };
        // Hostile front matter can make a parser report the same bytes twice; blocks never overlap.
        if document.blocks.last().is_some_and(|last| last.range.end > block.range.start) {
            continue;
        }
        if matches!(kind, BlockKind::Caption | BlockKind::Credit) {
            block.image = index;
        }
        document.blocks.push(block);
    }
}

/// Whether a tag is closed in `value`.
fn holds_tags(value: &str) -> bool {
    value.match_indices("</").any(|(at, _)| value[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn lead_image(entries: &[MetadataEntry]) -> Option<Image> {
    let part = |wanted| entries.iter().find(|e| image_part(&e.key) == Some(wanted) && !e.value.is_empty());
    let src = part(ImagePart::Src)?;
    let alt = part(ImagePart::Alt);
    Some(Image {
        range: src.range.clone(),
        src: src.value.clone(),
        src_range: src.range.clone(),
        alt: alt.map(|alt| alt.value.clone()),
        alt_range: alt.map_or(src.range.end..src.range.end, |alt| alt.range.clone()),
        // Alone it is the picture of a card or a list, and the story shows it, if it does, in its own place.
        graphic: pictures::is_drawn(&src.value)
            || alt.is_some_and(|alt| pictures::says_drawn(&alt.value))
            || (alt.is_none() && part(ImagePart::Caption).is_none() && part(ImagePart::Credit).is_none()),
        credit: alt.and_then(|alt| pictures::credit_in(&alt.value)),
    })
}
