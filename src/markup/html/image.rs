//! What an `img` tag shows.

use super::super::{Image, pictures};
use super::attributes::Attributes;
use super::text::decode;
use crate::text::SourceRange;

/// The image that an `img` tag shows; `None` without a source.
pub(super) fn image_of(source: &str, attributes: &Attributes<'_>, range: SourceRange) -> Option<Image> {
    let src_range = attributes.range("src").or_else(|| attributes.range("data-src"))?;
    let alt = attributes.range("alt");
    // Where `alt` would go: before the end of the tag.
    let end = range.end.saturating_sub(if source[range.clone()].ends_with("/>") { 2 } else { 1 }).max(range.start);
    let src = decode(&source[src_range.clone()]);
    let alt_text = alt.clone().map(|alt| decode(&source[alt]));
    let value = |name: &str| attributes.value(name).map(|(value, _)| value);
    let (width, height) = (value("width"), value("height"));
    let graphic = pictures::is_drawn(&src)
        || pictures::is_small(width.as_deref(), height.as_deref())
        || value("class").is_some_and(|class| pictures::is_drawn_class(&class))
        || alt_text.as_deref().is_some_and(pictures::says_drawn)
        || value("role").is_some_and(|role| role == "presentation");
    let credit =
        pictures::CREDIT_ATTRIBUTES.iter().find_map(|name| value(name)).filter(|credit| !credit.trim().is_empty());
    let credit = credit
        .or_else(|| alt_text.as_deref().and_then(pictures::credit_in))
        .or_else(|| value("title").as_deref().and_then(pictures::credit_in));
    Some(Image { src, src_range, alt: alt_text, graphic, credit, alt_range: alt.unwrap_or(end..end), range })
}
