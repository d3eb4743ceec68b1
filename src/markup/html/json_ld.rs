//! JSON-LD in a page: the article's date, headline and authors.

use serde_json::Value;

use super::super::{MetadataEntry, MetadataOrigin};
use crate::text::SourceRange;

/// How many values of one script are looked up in its text.
const MOST: usize = 16;

/// Reads the JSON-LD at `range` of `source`. What is no JSON says nothing: pages hold many broken ones.
pub(super) fn read(source: &str, range: SourceRange) -> Vec<MetadataEntry> {
    let text = &source[range.clone()];
    let Ok(root) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut values = Vec::new();
    let mut left = vec![&root];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(object) => {
                if is_article(object) {
                    for (key, json_key) in [("headline", "headline"), ("datepublished", "datePublished")] {
                        values.extend(object.get(json_key).and_then(Value::as_str).map(|value| (key, json_key, value)));
                    }
                    let authors = object.get("author").map(names).unwrap_or_default();
                    values.extend(authors.into_iter().map(|(json_key, name)| ("author", json_key, name)));
                }
                left.extend(object.get("@graph"));
                left.extend(object.get("mainEntity"));
            }
            _ => {}
        }
    }
    let mut entries: Vec<_> = values
        .into_iter()
        .take(MOST)
        .filter_map(|(key, json_key, value)| {
            let found = find(text, json_key, value)?;
            let range = range.start + found.start..range.start + found.end;
            Some(MetadataEntry { key: key.to_owned(), value: value.to_owned(), range, origin: MetadataOrigin::JsonLd })
        })
        .collect();
    entries.sort_by_key(|entry| entry.range.start);
    entries
}

/// Whether an object describes a story. A page and a site have dates of their own.
fn is_article(object: &serde_json::Map<String, Value>) -> bool {
    let story = |kind: &Value| {
        kind.as_str().is_some_and(|kind| ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end)))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(story),
        Some(kind) => story(kind),
        None => object.contains_key("headline"),
    }
}

/// Authors' names, with the key each is under.
fn names(author: &Value) -> Vec<(&'static str, &str)> {
    match author {
        Value::String(name) => vec![("author", name)],
        Value::Object(object) => {
            object.get("name").and_then(Value::as_str).map(|name| ("name", name)).into_iter().collect()
        }
        Value::Array(items) => items.iter().filter(|item| !item.is_array()).take(MOST).flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// Bytes of `text` at which the string `value` of `key` is written, without its quotation marks.
fn find(text: &str, key: &str, value: &str) -> Option<SourceRange> {
    let key = format!("\"{key}\"");
    let written = |at: usize| {
        let rest = text[at + key.len()..].trim_start().strip_prefix(':')?.trim_start();
        let start = text.len() - rest.len();
        literal(rest, value).map(|len| start + 1..start + 1 + len)
    };
    if let Some(found) = text.match_indices(&key).find_map(|(at, _)| written(at)) {
        return Some(found);
    }
    // An item of a list has no key of its own.
    text.match_indices('"').take(4096).find_map(|(at, _)| literal(&text[at..], value).map(|len| at + 1..at + 1 + len))
}

/// Length of the string literal that opens `text`, marks left out, when it stands for `value`.
fn literal(text: &str, value: &str) -> Option<usize> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let len = inner.bytes().take(value.len() * 6 + 1).position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    })?;
    let decoded: String = serde_json::from_str(&text[..len + 2]).ok()?;
    (decoded == value).then_some(len)
}
