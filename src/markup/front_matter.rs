//! Front matter: a block of YAML (between `---`) or TOML (between `+++`) at the start of a document.

mod copy;
mod joined;

use saphyr_parser::{Event, Parser, ScalarStyle};
use toml::de::{DeTable, DeValue};

use super::{Document, MarkupProblem, MetadataEntry, MetadataOrigin, byte_order_mark};
use crate::text::SourceRange;
use copy::add_blocks;
use joined::with_lines_joined;

/// TOML longer than this is read line by line: parsers nest as deep as their input. YAML is read event by event.
const LONGEST: usize = 64 * 1024;

/// Reads the front matter of `source` into `document` and returns the byte at which the body starts.
///
/// What cannot be read goes to the document's problems; the body starts after the closing fence all the same.
pub(super) fn read(source: &str, document: &mut Document) -> usize {
    let start = byte_order_mark(source);
    let Some((first, after_fence)) = line_at(source, start) else { return start };
    let fence = source[first].trim_end();
    if fence.starts_with(DEFINITION) {
        return read_definitions(source, start, document);
    }
    if fence != "---" && fence != "+++" {
        return start;
    }
    if !looks_like_entries(source, after_fence, fence) {
        return start;
    }
    let Some((inner, end)) = closing_fence(source, after_fence, fence) else {
        document.problems.push(MarkupProblem {
            range: start..start + fence.len(),
            message: format!("The front matter is not closed: add a line with `{fence}` after its last entry"),
        });
        return start;
    };
    document.front_matter = Some(start..end);
    let mut entries = Vec::new();
    if fence == "---" {
        read_yaml(source, inner, &mut entries, &mut document.problems);
    } else if inner.len() > LONGEST {
        read_lines(source, inner, " = ", &mut entries);
    } else {
        read_toml(source, inner, &mut entries, &mut document.problems);
    }
    entries.sort_by_key(|entry| entry.range.start);
    add_blocks(source, &entries, document);
    document.metadata.extend(entries);
    end
}

/// How Franklin, which sites in Julia are made with, opens a line that defines something of the page.
const DEFINITION: &str = "@def ";

/// Reads the lines `@def title = "…"` that open a page of Franklin, and returns the byte behind the last.
fn read_definitions(source: &str, start: usize, document: &mut Document) -> usize {
    let (mut at, mut end) = (start, start);
    let mut entries = Vec::new();
    while let Some((line, next)) = line_at(source, at) {
        let text = &source[line.clone()];
        at = next;
        if text.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = text.strip_prefix(DEFINITION).and_then(|rest| rest.split_once('=')) else { break };
        end = next;
        let value_at = line.end - value.len() + (value.len() - value.trim_start().len());
        let value = value.trim();
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let (value_at, value) = quoted.map_or((value_at, value), |inner| (value_at + 1, inner));
        let range = value_at..value_at + value.len();
        // `Date(2018, 2, 12)`
        let day = value.strip_prefix("Date(").and_then(|rest| rest.strip_suffix(')'));
        let written =
            day.map(|day| day.split(',').map(|part| format!("{:0>2}", part.trim())).collect::<Vec<_>>().join("-"));
        let key = key.trim().to_lowercase();
        // The date of the feed is the page's.
        let key = key.strip_prefix("rss_").filter(|key| *key == "pubdate").unwrap_or(&key).to_owned();
        entries.push(entry(key, written.as_deref().unwrap_or(value), range));
    }
    document.front_matter = Some(start..end);
    add_blocks(source, &entries, document);
    document.metadata.extend(entries);
    end
}

/// The line that starts at byte `start`, without its line break, and the start of the next.
fn line_at(source: &str, start: usize) -> Option<(SourceRange, usize)> {
    let rest = source.get(start..).filter(|rest| !rest.is_empty())?;
    let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) else {
        return Some((start..source.len(), source.len()));
    };
    let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
    Some((start..start + end, start + end + width))
}

/// Whether an entry follows the fence, or the closing fence at once. A thematic break is followed by prose.
fn looks_like_entries(source: &str, mut at: usize, fence: &str) -> bool {
    let first = at;
    let mut is_apart = false;
    while let Some((line, next)) = line_at(source, at) {
        let text = source[line].trim();
        if text.is_empty() {
            is_apart |= at == first && fence == "---";
            at = next;
            continue;
        }
        // A thematic break has a blank line after it, too; prose does not go on with a key in small letters, and no fence ends it.
        if is_apart {
            let key = text.split(": ").next().unwrap_or_default().trim_end_matches(':');
            return key.len() < text.len()
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
                && closing_fence(source, at, fence).is_some();
        }
        if text == fence {
            return true;
        }
        if !text.starts_with('#') {
            let separator = if fence == "---" { ':' } else { '=' };
            let is_table = fence == "+++" && text.starts_with('[');
            let Some((key, rest)) = text.split_once(separator) else { return is_table };
            let plain_key = key.split_whitespace().count() <= 3
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '"' | '\''));
            return is_table || (plain_key && (separator == '=' || rest.is_empty() || rest.starts_with([' ', '\t'])));
        }
        at = next;
    }
    false
}

/// The bytes between the fences, and the byte after the closing fence's line.
fn closing_fence(source: &str, start: usize, fence: &str) -> Option<(SourceRange, usize)> {
    let mut at = start;
    while let Some((line, next)) = line_at(source, at) {
        let text = source[line.clone()].trim_end();
        if text == fence || (fence == "---" && text == "...") {
            return Some((start..line.start, next));
        }
        at = next;
    }
    None
}

/// A map or list that is open while the YAML is read.
struct OpenNode {
    /// Dotted key of the map or list itself.
    path: String,
    is_map: bool,
    /// The key read last, whose value comes next.
    key: Option<String>,
}

impl OpenNode {
    /// Dotted key of the value that comes next.
    fn path_of_value(&mut self) -> String {
        match (self.is_map, self.key.take()) {
            (true, Some(key)) if self.path.is_empty() => key,
            (true, Some(key)) => format!("{}.{key}", self.path),
            _ => self.path.clone(),
        }
    }
}

/// Reads YAML event by event: no recursion, and aliases are not expanded, so that no input can blow it up.
fn read_yaml(source: &str, inner: SourceRange, entries: &mut Vec<MetadataEntry>, problems: &mut Vec<MarkupProblem>) {
    let Err(error) = read_events(source, &source[inner.clone()], &inner, entries) else { return };
    entries.clear();
    if let Some(joined) = with_lines_joined(&source[inner.clone()])
        && read_events(source, &joined, &inner, entries).is_ok()
    {
        return;
    }
    problems.push(error);
    entries.clear();
    read_lines(source, inner, ": ", entries);
}

/// Reads the entries of `yaml`, which has the bytes `inner` of `source` but for blanks in place of line breaks.
///
/// # Errors
///
/// When it is no YAML: where, and why.
fn read_events(
    source: &str,
    yaml: &str,
    inner: &SourceRange,
    entries: &mut Vec<MetadataEntry>,
) -> Result<(), MarkupProblem> {
    // The parser counts characters.
    let offsets: Vec<usize> = yaml.char_indices().map(|(at, _)| at).chain([yaml.len()]).collect();
    let byte = |index: usize| inner.start + offsets.get(index).copied().unwrap_or(yaml.len());
    let mut open: Vec<OpenNode> = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = byte(error.marker().index());
                let info = error.info();
                return Err(MarkupProblem {
                    range: line_around(source, at, inner),
                    message: format!(
                        "The front matter is not valid YAML: {info}; a value with a colon needs quotation marks"
                    ),
                });
            }
        };
        let is_map = matches!(event, Event::MappingStart(..));
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let path = open.last_mut().map_or_else(String::new, OpenNode::path_of_value);
                // A path grows with each level; past this depth nothing is a story's metadata.
                let path = if open.len() > 16 { String::new() } else { path };
                open.push(OpenNode { path, is_map, key: None });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Scalar(value, style, ..) => {
                let Some(parent) = open.last_mut() else { continue };
                if parent.is_map && parent.key.is_none() {
                    parent.key = Some(value.trim().to_lowercase());
                    continue;
                }
                let key = parent.path_of_value();
                let range = scalar_range(source, byte(span.start.index())..byte(span.end.index()), style);
                let value = if style == ScalarStyle::Plain && matches!(&*value, "~" | "null") { "" } else { &*value };
                entries.push(entry(key, value.trim_end_matches('\n'), range));
            }
            Event::Alias(_) => {
                if let Some(parent) = open.last_mut() {
                    if parent.is_map && parent.key.is_none() {
                        parent.key = Some(String::new());
                    } else {
                        parent.path_of_value();
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn entry(key: String, value: &str, range: SourceRange) -> MetadataEntry {
    MetadataEntry { key, value: value.to_owned(), range, origin: MetadataOrigin::FrontMatter }
}

/// The bytes of a scalar's text: without quotation marks, without a block scalar's header, without space around.
fn scalar_range(source: &str, range: SourceRange, style: ScalarStyle) -> SourceRange {
    let Some(raw) = source.get(range.clone()) else { return range.start..range.start };
    let (mut start, mut text) = (range.start, raw);
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) && text.starts_with(['|', '>']) {
        let header = text.find('\n').map_or(text.len(), |at| at + 1);
        (start, text) = (start + header, &text[header..]);
    }
    start += text.len() - text.trim_start().len();
    text = text.trim();
    let mark = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return start..start + text.len(),
    };
    if let Some(inner) = text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark)) {
        return start + 1..start + 1 + inner.len();
    }
    start..start + text.len()
}

/// The line that holds byte `at`, without white space around it, inside `within`.
fn line_around(source: &str, at: usize, within: &SourceRange) -> SourceRange {
    let at = source.floor_char_boundary(at.clamp(within.start, within.end));
    let start = source[within.start..at].rfind(['\n', '\r']).map_or(within.start, |found| within.start + found + 1);
    let end = source[at..within.end].find(['\n', '\r']).map_or(within.end, |found| at + found);
    start..end.max(start)
}

/// Reads what front matter that no parser reads still says: `key: value` or `key = value` at the start of a line, up to
/// the first table of TOML.
fn read_lines(source: &str, inner: SourceRange, separator: &str, entries: &mut Vec<MetadataEntry>) {
    let mut at = inner.start;
    while let Some((line, next)) = line_at(source, at).filter(|(line, _)| line.start < inner.end) {
        at = next;
        let text = &source[line.clone()];
        if separator == " = " && text.starts_with('[') {
            break;
        }
        let Some((key, value)) = text.split_once(separator) else { continue };
        if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            continue;
        }
        let start = line.start + key.len() + separator.len() + (value.len() - value.trim_start().len());
        let value = value.trim();
        let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let (start, value) = inner.map_or((start, value), |inner| (start + 1, inner));
        entries.push(entry(key.to_lowercase(), value, start..start + value.len()));
    }
}

fn read_toml(source: &str, inner: SourceRange, entries: &mut Vec<MetadataEntry>, problems: &mut Vec<MarkupProblem>) {
    let text = &source[inner.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.into_iter().take(8) {
        let at = inner.start + error.span().map_or(0, |span| span.start);
        problems.push(MarkupProblem {
            range: line_around(source, at, &inner),
            message: format!("The front matter is not valid TOML: {}", error.message()),
        });
    }
    let table = table.into_inner();
    let mut left: Vec<(String, &DeValue<'_>, SourceRange)> =
        table.iter().map(|(key, value)| (key.get_ref().to_lowercase(), value.get_ref(), value.span())).collect();
    while let Some((path, value, span)) = left.pop() {
        let range = inner.start + span.start..inner.start + span.end;
        match value {
            DeValue::Table(table) => left.extend(table.iter().map(|(key, value)| {
                (format!("{path}.{}", key.get_ref().to_lowercase()), value.get_ref(), value.span())
            })),
            DeValue::Array(items) => {
                left.extend(items.iter().map(|value| (path.clone(), value.get_ref(), value.span())));
            }
            DeValue::String(value) => entries.push(entry(path, value, inside_marks(source, range))),
            _ => {
                let value = source.get(range.clone()).unwrap_or_default();
                entries.push(entry(path, value, range));
            }
        }
    }
}

/// The bytes of a TOML string without its quotation marks, one or three on each side.
fn inside_marks(source: &str, range: SourceRange) -> SourceRange {
    let Some(raw) = source.get(range.clone()) else { return range };
    for mark in ["\"\"\"", "'''", "\"", "'"] {
        if let Some(inner) = raw.strip_prefix(mark).and_then(|raw| raw.strip_suffix(mark)) {
            let start = range.start + mark.len() + (inner.len() - inner.trim_start().len());
            return start..start + inner.trim().len();
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::super::BlockKind;
    use super::*;

    fn read_all(source: &str) -> (Document, usize) {
        let mut document = Document::default();
        let body = read(source, &mut document);
        for entry in &document.metadata {
            assert!(source.is_char_boundary(entry.range.start) && source.is_char_boundary(entry.range.end));
        }
        (document, body)
    }

    fn values<'a>(document: &'a Document, source: &'a str) -> Vec<(&'a str, &'a str, &'a str)> {
        document.metadata.iter().map(|e| (e.key.as_str(), e.value.as_str(), &source[e.range.clone()])).collect()
    }

    #[test]
    fn front_matter_may_open_with_a_blank_line_and_lists_need_no_indent() {
        let source = "---\n\ntitle: 'Let''s row'\nimage: [\n\"/a.jpg\",\n\"/b.jpg\"\n]\ndate: 2018-02-12\n---\nBody.\n";
        let (document, body) = read_all(source);
        assert_eq!(&source[body..], "Body.\n");
        let found: Vec<_> = document.metadata.iter().map(|entry| (entry.key.as_str(), entry.value.as_str())).collect();
        assert_eq!(found, [("title", "Let's row"), ("image", "/a.jpg"), ("image", "/b.jpg"), ("date", "2018-02-12")]);
        assert!(document.problems.is_empty());
        let (document, body) = read_all("---\n\nNote: the ferry is late.\n\n---\n\nIt left.\n");
        assert_eq!((body, document.front_matter), (0, None));
    }

    #[test]
    fn yaml_values_have_exact_ranges() {
        let source = "---\ntitle: \"Finch: \\\"no\\\" to ferry – again\"\ndate: 2018-02-12 # day\nauthors:\n  - Ana Ruiz\n  - 'Tom O''Kafor'\nparams:\n  desk: metro\n---\nBody.\n";
        let (document, body) = read_all(source);
        assert_eq!(&source[body..], "Body.\n");
        assert_eq!(
            values(&document, source),
            [
                ("title", "Finch: \"no\" to ferry – again", r#"Finch: \"no\" to ferry – again"#),
                ("date", "2018-02-12", "2018-02-12"),
                ("authors", "Ana Ruiz", "Ana Ruiz"),
                ("authors", "Tom O'Kafor", "Tom O''Kafor"),
                ("params.desk", "metro", "metro"),
            ]
        );
        let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [BlockKind::Headline, BlockKind::Byline, BlockKind::Byline]);
        assert!(document.problems.is_empty());
    }

    #[test]
    fn folded_summaries_are_deks() {
        let source = "---\nsummary: >-\n  The ferry stays\n  for a year.\nweight: 3\n---\n";
        let (document, _) = read_all(source);
        assert_eq!(&*document.blocks[0].prose, "The ferry stays for a year.");
        assert_eq!(&source[document.metadata[0].range.clone()], "The ferry stays\n  for a year.");
    }

    #[test]
    fn toml_values_have_exact_ranges() {
        let source = "+++\ntitle = 'Ferry stays'\ndate = 2018-02-12T08:00:00Z\n[cover]\nimage = \"ferry.jpg\"\ncaption = \"The ferry.\"\n+++\nBody.\n";
        let (document, body) = read_all(source);
        assert_eq!(&source[body..], "Body.\n");
        // No thematic break is made of plus signs, so a blank line behind the fence changes nothing.
        let parted = source.replacen('\n', "\n\n", 1);
        assert_eq!(&parted[read_all(&parted).1..], "Body.\n");
        assert_eq!(
            values(&document, source),
            [
                ("title", "Ferry stays", "Ferry stays"),
                ("date", "2018-02-12T08:00:00Z", "2018-02-12T08:00:00Z"),
                ("cover.image", "ferry.jpg", "ferry.jpg"),
                ("cover.caption", "The ferry.", "The ferry."),
            ]
        );
        assert_eq!(document.images[0].src, "ferry.jpg");
        assert_eq!((document.blocks[1].kind, document.blocks[1].image), (BlockKind::Caption, Some(0)));
    }

    #[test]
    fn definitions_of_franklin_are_front_matter() {
        let source = "@def title = \"Ferry stays\"\n@def rss_pubdate = Date(2018, 2, 12)\n@def published = \"12 February 2018\"\n\nBody.\n";
        let (document, body) = read_all(source);
        assert_eq!(&source[body..], "\nBody.\n");
        let expected = [
            ("title", "Ferry stays", "Ferry stays"),
            ("pubdate", "2018-02-12", "Date(2018, 2, 12)"),
            ("published", "12 February 2018", "12 February 2018"),
        ];
        assert_eq!(values(&document, source), expected);
        assert_eq!(document.blocks[0].kind, BlockKind::Headline);
    }

    #[test]
    fn broken_front_matter_is_a_problem_and_still_dates_the_story() {
        let source = "---\ntitle: Ferry: the end\ndate: 2018-02-12\n---\nBody.\n";
        let (document, body) = read_all(source);
        assert_eq!(&source[body..], "Body.\n");
        assert_eq!(document.problems.len(), 1);
        assert!(source[document.problems[0].range.clone()].starts_with("title"));
        assert!(document.metadata.iter().any(|e| e.key == "date" && e.value == "2018-02-12"));
        let (document, _) = read_all("+++\ntitle = ferry\ndate = 2018-02-12\n+++\n");
        assert!(!document.problems.is_empty());
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for source in ["---\n\nProse.\n\n---\n", "---\nProse here.\n---\n", "---\nHe said: no\n", "text"] {
            let (document, body) = read_all(source);
            assert_eq!((document.front_matter, body), (None, 0), "{source}");
        }
        let (document, _) = read_all("---\ntitle: Ferry\n\nBody.\n");
        assert_eq!(document.problems.len(), 1);
    }

    #[test]
    fn deep_nesting_neither_overflows_nor_hangs() {
        for piece in ["[", "{a: ", "- ", "&a [*a, ", "? ", "a.", "[a."] {
            for fence in ["---", "+++"] {
                let source =
                    format!("{fence}\nkey: 1\nk = 2\n{}\n{fence}\nBody.\n", piece.repeat(60_000 / piece.len()));
                read(&source, &mut Document::default());
                let source = format!("{fence}\nkey = {}\n{fence}\nBody.\n", piece.repeat(60_000 / piece.len()));
                read(&source, &mut Document::default());
            }
        }
    }
}
