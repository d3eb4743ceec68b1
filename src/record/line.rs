//! An object of an archive with a story a line (NDJSON): `id`, `title`, `date`, `body`, `format`.

use serde_json::Value as Json;

use super::json::{JsonError, JsonValue};
use super::{Builder, Record};
use crate::markup::{BlockKind, Format, PartKind};
use crate::text;

/// A story of an archive.
#[derive(Debug)]
pub struct StoryLine {
    /// What the archive calls it: any JSON value; null when it has no `id`.
    pub id: Json,
    /// The story, or what is wrong with the object.
    pub record: Result<Record, JsonError>,
}

impl StoryLine {
    /// Reads one line. Fields other than the five are left alone: archives have many.
    pub fn read(line: &str) -> Self {
        let mut id = Json::Null;
        let record = read(line, &mut id);
        Self { id, record }
    }
}

fn read(line: &str, id: &mut Json) -> Result<Record, JsonError> {
    let object = JsonValue::parse(line)?;
    let Some(members) = object.members() else {
        return Err(
            object.error("a story is an object with `body`, and with `id`, `title`, `date` and `format` if you like")
        );
    };
    let member =
        |name: &str| members.iter().find(|(key, value)| key == name && !value.is_null()).map(|(_, value)| value);
    if let Some(value) = member("id") {
        *id = serde_json::from_str(value.raw()).unwrap_or_default();
    }
    let string = |name: &str| match member(name) {
        None => Ok(None),
        Some(value) => value.text().map(Some).ok_or_else(|| value.error(format!("`{name}` must be a string"))),
    };
    let format = match string("format")? {
        None => Format::Plain,
        Some(name) => Format::of_name(&name.value).ok_or_else(|| {
            let known = Format::ALL.map(Format::as_str).join(", ");
            error_at(member("format"), &object, &format!("`format` is one of {known}"))
        })?,
    };
    let date = match string("date")?.filter(|date| !date.value.trim().is_empty()) {
        None => None,
        Some(written) => Some(text::parse_date(written.value.trim()).ok_or_else(|| {
            let message = format!("`date` is not a date: write “{}” as YYYY-MM-DD", written.value.trim());
            error_at(member("date"), &object, &message)
        })?),
    };
    let mut parts = Builder::default();
    if let Some(title) = string("title")? {
        parts.add(PartKind::Block(BlockKind::Headline), "/title", title);
    }
    let Some(body) = string("body")? else { return Err(object.error("it has no `body`")) };
    parts.add(PartKind::Copy(format), "/body", body);
    Ok(Record::new(parts, date))
}

fn error_at(member: Option<&JsonValue>, object: &JsonValue, message: &str) -> JsonError {
    member.unwrap_or(object).error(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_its_title_and_its_body() {
        let line = r#"{"id": 7, "title": "Ferry\u2019s end", "body": "<p>A \"bridge\" now.</p>", "format": "html", "date": "2018-02-12T08:00:00Z", "desk": {}}"#;
        let StoryLine { id, record } = StoryLine::read(line);
        let record = record.expect("it is a story");
        assert_eq!(id, Json::from(7));
        assert_eq!(record.date, Some(jiff::civil::date(2018, 2, 12)));
        let blocks: Vec<_> = record.document.blocks.iter().map(|block| (block.kind, &*block.prose)).collect();
        assert_eq!(blocks, [(BlockKind::Headline, "Ferry’s end"), (BlockKind::Paragraph, "A \"bridge\" now.")]);
        let at = record.text.find("\"bridge\"").expect("it is there");
        let source = record.fields.to_source(&(at..at + "\"bridge\"".len()));
        assert_eq!(&line[source.clone()], r#"\"bridge\""#);
        let place = record.fields.place(&source).expect("it is in a field");
        assert_eq!((place.pointer, &place.value[place.range.clone()]), ("/body", "\"bridge\""));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let said = |line: &str| {
            let StoryLine { id, record } = StoryLine::read(line);
            let error = record.expect_err("it is wrong");
            format!("{id} {}:{} {}", error.at.line, error.at.column, error.message)
        };
        assert_eq!(said(r#"{"id": "a", "title": "x"}"#), "\"a\" 1:1 it has no `body`");
        assert_eq!(said(r#"{"id": "a", "body": 3}"#), "\"a\" 1:21 `body` must be a string");
        assert_eq!(
            said(r#"{"body": "", "format": "docx"}"#),
            "null 1:24 `format` is one of plain, markdown, mdx, html, asciidoc, rst, org"
        );
        assert_eq!(
            said(r#"{"body": "", "date": "soon"}"#),
            "null 1:22 `date` is not a date: write “soon” as YYYY-MM-DD"
        );
        assert!(said("[1]").starts_with("null 1:1 a story is an object"));
        assert!(said(r#"{"body": "cut"#).starts_with("null 1:"), "{}", said(r#"{"body": "cut"#));
        assert!(StoryLine::read(r#"{"body": "x", "title": null, "date": " "}"#).record.is_ok());
    }
}
