//! IPTC ninjs, the news industry's JSON: <https://iptc.org/standards/ninjs/>.
//!
//! Version 1 has fields such as `headline` and `body_xhtml`; versions 2 and 3 have lists (`headlines`, `bodies`) of
//! objects with a `value`. Version 3 writes names in camel case. All are read, by what is there.

use super::json::{JsonError, JsonText, JsonValue};
use super::{Builder, Record, below};
use crate::markup::{BlockKind, Format, PartKind};
use crate::text;

/// How deep pictures may be nested in what belongs to a story: galleries in galleries.
const DEEPEST: usize = 4;

/// An object with its pointer and its members by name, the names in lower case.
struct Object<'s> {
    pointer: String,
    members: Vec<(String, String, JsonValue<'s>)>,
}

/// A string with its pointer.
type Pointed = (String, JsonText);

pub(super) fn read(value: &JsonValue) -> Result<Record, JsonError> {
    let Some(item) = Object::of(value, String::new()) else {
        return Err(value.error("not ninjs: a document is one object"));
    };
    let mut parts = Builder::default();
    let is_picture = item.is("type", "picture");
    if !is_picture {
        if let Some((pointer, text)) = item.first("headline", "headlines") {
            parts.add(PartKind::Block(BlockKind::Headline), &pointer, text);
        }
        if let Some((pointer, text)) = item.string("byline").or_else(|| item.string("by")) {
            parts.add(PartKind::Block(BlockKind::Byline), &pointer, text);
        }
    }
    let body = item.body();
    let copy = body.as_ref().map(|(_, (_, text))| text.value.clone()).unwrap_or_default();
    if let Some((format, (pointer, text))) = body {
        parts.add(PartKind::Copy(format), &pointer, text);
    }
    if is_picture {
        picture(&item, &copy, &mut parts);
    }
    pictures(&item, &copy, &mut parts, DEEPEST);
    if parts.is_empty() {
        return Err(
            value.error("not ninjs: none of headline, byline, body_text, body_xhtml, bodies, associations has a text")
        );
    }
    let dates = ["versioncreated", "firstcreated", "contentcreated"];
    let date = dates.iter().find_map(|name| text::parse_date(item.string(name)?.1.value.trim()));
    Ok(Record::new(parts, date))
}

/// Adds the pictures that belong to `item`. `copy` is the story's body, which may hold some of them already.
fn pictures(item: &Object, copy: &str, parts: &mut Builder, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for associated in item.objects("associations") {
        if associated.is("type", "picture") || associated.is("type", "graphic") {
            picture(&associated, copy, parts);
        }
        pictures(&associated, copy, parts, depth);
    }
}

/// Adds a picture: its address, its caption and its credit.
fn picture(item: &Object, copy: &str, parts: &mut Builder) {
    let caption = item.string("description_text").or_else(|| {
        let all = item.objects("descriptions");
        all.iter().find(|one| one.media_type().is_none_or(|kind| kind == "text/plain")).and_then(|d| d.string("value"))
    });
    // A caption that the copy shows as well is checked there.
    if caption.as_ref().is_some_and(|(_, text)| !text.value.is_empty() && copy.contains(text.value.trim())) {
        return;
    }
    let address = item.objects("renditions").iter().find_map(|rendition| rendition.string("href"));
    if let Some((pointer, text)) = address {
        parts.add(PartKind::Image, &pointer, text);
    }
    if let Some((pointer, text)) = caption {
        parts.add(PartKind::Block(BlockKind::Caption), &pointer, text);
    }
    let photographer = item.string("byline").or_else(|| item.string("by"));
    if let Some((pointer, text)) = photographer.or_else(|| item.string("copyrightholder")) {
        parts.label("Photo: ");
        parts.add(PartKind::Block(BlockKind::Credit), &pointer, text);
    }
}

impl<'s> Object<'s> {
    fn of(value: &JsonValue<'s>, pointer: String) -> Option<Self> {
        let member = |(key, value): (String, JsonValue<'s>)| (key.to_ascii_lowercase(), key, value);
        Some(Self { members: value.members()?.into_iter().map(member).collect(), pointer })
    }

    fn member(&self, name: &str) -> Option<(String, &JsonValue<'s>)> {
        let (_, key, value) = self.members.iter().find(|(low, ..)| low == name)?;
        Some((below(&self.pointer, key), value))
    }

    fn string(&self, name: &str) -> Option<Pointed> {
        let (pointer, value) = self.member(name)?;
        Some((pointer, value.text()?))
    }

    fn is(&self, name: &str, wanted: &str) -> bool {
        self.string(name).is_some_and(|(_, text)| text.value == wanted)
    }

    /// The objects in the list or the object `name`: version 1 names them by key, later ones list them.
    fn objects(&self, name: &str) -> Vec<Object<'s>> {
        let Some((pointer, value)) = self.member(name) else { return Vec::new() };
        let items = match value.items() {
            Some(items) => items.into_iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
            None => value.members().unwrap_or_default(),
        };
        items.into_iter().filter_map(|(key, item)| Object::of(&item, below(&pointer, &key))).collect()
    }

    /// The string `one` of version 1, or the first value of the list `many`, the one with the role `main` before others.
    fn first(&self, one: &str, many: &str) -> Option<Pointed> {
        self.string(one).or_else(|| {
            let all = self.objects(many);
            let main = all.iter().find(|object| object.is("role", "main"));
            main.or(all.first())?.string("value")
        })
    }

    fn media_type(&self) -> Option<String> {
        let (_, text) = self.string("contenttype")?;
        Some(text.value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The copy and its format: HTML before plain text, because it tells paragraphs, quotations and captions apart.
    fn body(&self) -> Option<(Format, Pointed)> {
        for name in ["body_xhtml", "body_html", "body_html5"] {
            if let Some(found) = self.string(name) {
                return Some((Format::Html, found));
            }
        }
        if let Some(found) = self.string("body_text") {
            return Some((Format::Plain, found));
        }
        let bodies = self.objects("bodies");
        let of = |wanted: &[&str]| {
            bodies.iter().find(|body| body.media_type().is_some_and(|kind| wanted.contains(&kind.as_str())))
        };
        if let Some(html) = of(&["text/html", "application/xhtml+xml"]) {
            return Some((Format::Html, html.string("value")?));
        }
        if let Some(markdown) = of(&["text/markdown"]) {
            return Some((Format::Markdown, markdown.string("value")?));
        }
        let plain = of(&["text/plain"]).or_else(|| bodies.iter().find(|body| body.media_type().is_none()));
        Some((Format::Plain, plain?.string("value")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceRange;

    fn blocks(source: &str) -> Vec<(BlockKind, String, Option<String>)> {
        let record = Record::ninjs(source).expect("it is ninjs");
        let pointer = |range: &SourceRange| {
            let source = record.fields.to_source(range);
            record.fields.place(&source).map(|place| place.pointer.to_owned())
        };
        record.document.blocks.iter().map(|b| (b.kind, b.prose.to_string(), pointer(&b.range))).collect()
    }

    fn block(kind: BlockKind, prose: &str, pointer: &str) -> (BlockKind, String, Option<String>) {
        (kind, prose.to_owned(), Some(pointer.to_owned()))
    }

    #[test]
    fn version_1_in_any_order() {
        let source = r#"{"body_text": "One.\nTwo.", "uri": "x", "type": "text", "byline": "Ana Ruiz",
            "versioncreated": "2018-02-12T10:37:00Z",
            "associations": {"main/pic": {"type": "picture", "byline": "Tom Okafor", "description_text": "The ferry.",
                "renditions": {"big": {"href": "https://example.org/a.jpg", "width": 10}}}, "clip": {"type": "video"}},
            "headline": "Ferry stays", "body_xhtml": "<p>One.</p><p>Two.</p>"}"#;
        use BlockKind::*;
        assert_eq!(
            blocks(source),
            [
                block(Headline, "Ferry stays", "/headline"),
                block(Byline, "Ana Ruiz", "/byline"),
                block(Paragraph, "One.", "/body_xhtml"),
                block(Paragraph, "Two.", "/body_xhtml"),
                block(Caption, "The ferry.", "/associations/main~1pic/description_text"),
                block(Credit, "Photo: Tom Okafor", "/associations/main~1pic/byline"),
            ]
        );
        let record = Record::ninjs(source).expect("it is ninjs");
        assert_eq!(record.date, Some(jiff::civil::date(2018, 2, 12)));
        assert_eq!(record.document.images[0].src, "https://example.org/a.jpg");
    }

    #[test]
    fn versions_2_and_3_have_lists() {
        let source = r#"{"uri": "x", "by": "Ana Ruiz", "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry stays"}],
            "versionCreated": "2018-02-12T10:37:00Z",
            "bodies": [{"contentType": "application/xml", "value": "<x/>"}, {"contentType": "text/plain", "value": "One.\nTwo."}],
            "associations": [{"name": "a", "type": "picture", "descriptions": [{"value": "The ferry."}],
                "renditions": [{"name": "r", "href": "a.jpg"}]}]}"#;
        use BlockKind::*;
        assert_eq!(
            blocks(source),
            [
                block(Headline, "Ferry stays", "/headlines/1/value"),
                block(Byline, "Ana Ruiz", "/by"),
                block(Paragraph, "One.", "/bodies/1/value"),
                block(Paragraph, "Two.", "/bodies/1/value"),
                block(Caption, "The ferry.", "/associations/0/descriptions/0/value"),
            ]
        );
        assert_eq!(Record::ninjs(source).expect("it is ninjs").date, Some(jiff::civil::date(2018, 2, 12)));
    }

    #[test]
    fn a_caption_in_the_copy_is_read_once() {
        let source = r#"{"uri": "x", "body_xhtml": "<figure><img src='a.jpg' alt='x'><figcaption>The ferry.</figcaption></figure><p>One.</p>",
            "associations": {"a": {"type": "picture", "description_text": "The ferry."}}}"#;
        assert_eq!(blocks(source).iter().filter(|(_, prose, _)| prose == "The ferry.").count(), 1);
    }

    #[test]
    fn what_is_no_ninjs_is_told() {
        let said = |source: &str| Record::ninjs(source).expect_err("it is none").message;
        assert!(said("[]").contains("one object"));
        assert!(said(r#"{"name": "package", "version": "1.0"}"#).starts_with("not ninjs: none of headline"));
    }
}
