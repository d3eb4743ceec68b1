//! Where a document has room for the day it is published: its front matter, or the head of its page.

use super::{Document, Format, MetadataEntry, MetadataOrigin, byte_order_mark};
use crate::text::{SourceRange, line_break, next_line, parse_date};

/// Keys of the front matter that hold the publication date, in order of trust. When the story was last changed
/// (`lastmod`, `updated`) is not when it was published.
pub const DATE_KEYS: [&str; 8] = [
    "date",
    "published",
    "pubdate",
    "publishdate",
    "publish_date",
    "published_at",
    "publication_date",
    "date_published",
];

/// Where a publication date goes, and what is written around it.
#[derive(Clone, Debug, PartialEq)]
pub struct DatePlace {
    /// Source bytes that it takes the place of; mostly empty.
    pub range: SourceRange,
    before: String,
    after: String,
}

impl DatePlace {
    /// A place of these source bytes, with what is written before the date and after it.
    pub(super) fn new(range: SourceRange, before: String, after: String) -> Self {
        Self { range, before, after }
    }

    /// What is written for `date`, line breaks included.
    pub fn text(&self, date: &str) -> String {
        format!("{}{date}{}", self.before, self.after)
    }

    /// The same, under the newsroom's own `key` of the front matter where a line for it is written. A key inside a table
    /// would need a table, so that one is left to people.
    pub fn text_under(&self, key: Option<&str>, date: &str) -> String {
        let Some(key) = key.filter(|key| !key.contains(['.', ' '])) else { return self.text(date) };
        let own = |usual: &str, sign: &str| Some(format!("{}{key}{sign}", self.before.strip_suffix(usual)?));
        match own("date: ", ": ").or_else(|| own("date = ", " = ")) {
            Some(before) => format!("{before}{date}{}", self.after),
            None => self.text(date),
        }
    }
}

/// `publish-date` and `publish_date` are the same key.
pub fn is_date_key(key: &str) -> bool {
    DATE_KEYS.contains(&key.to_ascii_lowercase().replace('-', "_").as_str())
}

/// Whether a key for the publication date holds something else: `date: soon`, `date: 31.13.2018`.
fn is_no_date(entry: &MetadataEntry) -> bool {
    // Under `published` some publishing systems want to know whether, not when.
    let is_switch = matches!(&*entry.value.to_ascii_lowercase(), "true" | "false" | "yes" | "no");
    entry.origin == MetadataOrigin::FrontMatter
        && is_date_key(&entry.key)
        && !is_switch
        && parse_date(&entry.value).is_none()
}

/// Where the publication date goes in `document`, which was made from `source`.
pub(super) fn find(source: &str, format: Format, document: &Document) -> DatePlace {
    let eol = line_break(source);
    let at = |offset: usize, before: &str, after: &str| DatePlace {
        range: offset..offset,
        before: before.to_owned(),
        after: after.to_owned(),
    };
    match &document.front_matter {
        Some(front) => {
            let toml = source.get(front.clone()).is_some_and(|front| front.starts_with("+++"));
            let separator = if toml { '=' } else { ':' };
            if let Some(range) = empty_entry(source, front, separator) {
                return DatePlace { range, before: " ".to_owned(), after: String::new() };
            }
            // A key must not be there twice.
            if let Some(entry) = document.metadata.iter().find(|entry| is_no_date(entry)) {
                return DatePlace { range: entry.range.clone(), before: String::new(), after: String::new() };
            }
            // Behind the fence, so that it is in none of TOML's tables.
            let before = if toml { "date = " } else { "date: " };
            at(next_line(source, front.start), before, eol)
        }
        None if format == Format::Html => {
            let (before, after) = ("<meta property=\"article:published_time\" content=\"", "\">");
            match head(source) {
                Some(head) => at(head, &format!("{eol}{before}"), after),
                None => at(byte_order_mark(source), before, &format!("{after}{eol}")),
            }
        }
        None => at(byte_order_mark(source), &format!("---{eol}date: "), &format!("{eol}---{eol}{eol}")),
    }
}

/// The empty value of a date that a template left to be filled in: `date:`, `date = ""`.
fn empty_entry(source: &str, front: &SourceRange, separator: char) -> Option<SourceRange> {
    let mut start = front.start;
    while start < front.end {
        let end = start + source.get(start..front.end)?.find(['\n', '\r']).unwrap_or(front.end - start);
        let line = source.get(start..end)?;
        if let Some((key, value)) = line.split_once(separator)
            && is_date_key(key.trim())
            && matches!(value.trim(), "" | "\"\"" | "''")
        {
            return Some(start + key.len() + separator.len_utf8()..end);
        }
        start = end + 1;
    }
    None
}

/// The byte behind the start tag of a page's head.
fn head(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let names = |at: usize, name: &str| {
        let end = at + 1 + name.len();
        bytes.get(at + 1..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(end).is_some_and(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace())
    };
    for at in memchr::memchr_iter(b'<', bytes) {
        if names(at, "head") {
            return Some(at + source.get(at..)?.find('>')? + 1);
        }
        if names(at, "body") {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};

    #[test]
    fn a_newsroom_s_own_key_is_written_where_a_line_is() {
        let under = |source: &str, format| {
            let place = parse(source, format).date_place.expect("there is room");
            place.text_under(Some("go-live"), "2018-02-12")
        };
        assert_eq!(under("---\ntitle: a\n---\n\nBody.\n", Format::Markdown), "go-live: 2018-02-12\n");
        assert_eq!(under("+++\ntitle = \"a\"\n+++\n\nBody.\n", Format::Markdown), "go-live = 2018-02-12\n");
        assert_eq!(under("Body.\n", Format::Plain), "---\ngo-live: 2018-02-12\n---\n\n");
        assert!(under("<p>Body.</p>\n", Format::Html).contains("published_time"));
    }

    /// The source with its date in place.
    fn dated(source: &str, format: Format) -> String {
        let place = parse(source, format).date_place.expect("every text has a place for it");
        let mut text = source.to_owned();
        text.replace_range(place.range.clone(), &place.text("2018-02-12"));
        text
    }

    #[test]
    fn the_date_goes_where_the_format_keeps_it() {
        use Format::{Html, Markdown, Plain};
        for (format, source, expected) in [
            (Plain, "It rained.\n", "---\ndate: 2018-02-12\n---\n\nIt rained.\n"),
            (Plain, "\u{FEFF}It rained.\r\n", "\u{FEFF}---\r\ndate: 2018-02-12\r\n---\r\n\r\nIt rained.\r\n"),
            (
                Markdown,
                "---\r\ntitle: Rain\r\n---\r\n\r\nIt rained.\r\n",
                "---\r\ndate: 2018-02-12\r\ntitle: Rain\r\n---\r\n\r\nIt rained.\r\n",
            ),
            (
                Markdown,
                "+++\ntitle = \"Rain\"\n[extra]\na = 1\n+++\nIt rained.\n",
                "+++\ndate = 2018-02-12\ntitle = \"Rain\"\n[extra]\na = 1\n+++\nIt rained.\n",
            ),
            (
                Markdown,
                "---\ndate:\ntitle: Rain\n---\nIt rained.\n",
                "---\ndate: 2018-02-12\ntitle: Rain\n---\nIt rained.\n",
            ),
            (
                Markdown,
                "---\npublished: true\ndate: \"soon\"\n---\nIt rained.\n",
                "---\npublished: true\ndate: \"2018-02-12\"\n---\nIt rained.\n",
            ),
            (Markdown, "+++\r\ndate = \"\"\r\n+++\r\nIt rained.", "+++\r\ndate = 2018-02-12\r\n+++\r\nIt rained."),
            (
                Html,
                "<html><HEAD lang=en><title>Rain</title></HEAD><body><p>It rained.",
                "<html><HEAD lang=en>\n<meta property=\"article:published_time\" content=\"2018-02-12\"><title>Rain</title></HEAD><body><p>It rained.",
            ),
            (
                Html,
                "<header><p>It rained.</p></header>\n",
                "<meta property=\"article:published_time\" content=\"2018-02-12\">\n<header><p>It rained.</p></header>\n",
            ),
        ] {
            assert_eq!(dated(source, format), expected);
        }
    }
}
