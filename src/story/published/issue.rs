//! What a page says of the issue it is in: its day, or its month or season and no day.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::lexicon;
use crate::markup::{BlockKind, Document, MetadataOrigin};
use crate::text::{self, SourceRange, Span};

/// A line above the copy is no longer than this, in bytes.
const LONGEST: usize = 120;

/// `March, 2018`, `Fall 2018`: a word and a year.
static WORD_AND_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i-u)\b([a-z]{3,9})\.?,?[ \t]+((?:19|20)[0-9]{2})\b").ok());

/// A title is among so many blocks.
const NEAR_THE_TOP: usize = 12;

/// The date that ends a title above the copy: “Issue 2-16, April 23, 1997”.
pub(super) fn in_title_of_issue(document: &Document) -> Option<(Date, SourceRange)> {
    // Links to the issues before and behind may be above it.
    let above = document.blocks.iter().take(NEAR_THE_TOP);
    above.filter(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Heading)).find_map(|block| {
        let (date, range) = text::find_date(&block.prose)?;
        let name =
            block.prose[..range.start].trim_end().strip_suffix([',', ':', '–', '—', '-', '|', '('])?.to_lowercase();
        let ends = block.prose[range.end..].trim_matches([' ', '.', ')']).is_empty();
        let is_issue = name.split(' ').any(|word| lexicon::structure::ISSUES.contains(word));
        (ends && is_issue).then(|| (date, block.to_source(Span::from(range))))
    })
}

/// Whether a line over the copy, the name of the publication or the page's own address says of which month or season it is.
/// Whoever publishes by the month or the quarter names no day, and readers place “last month” by the issue.
pub(crate) fn names_issue(document: &Document) -> bool {
    let over_copy =
        document.blocks.iter().take(NEAR_THE_TOP).filter(|block| {
            !matches!(block.kind, BlockKind::Caption | BlockKind::Credit) && block.prose.len() <= LONGEST
        });
    over_copy.into_iter().any(|block| names_month(&block.prose))
        || document.metadata.iter().any(|entry| match entry.key.as_str() {
            "og:site_name" | "issue" | "edition" => is_month(&entry.value, |_| true),
            "canonical" | "og:url" => is_address(&entry.value),
            "permalink" | "path" | "url" | "slug" => {
                entry.origin == MetadataOrigin::FrontMatter && is_address(&entry.value)
            }
            _ => false,
        })
}

/// Whether a line opens with a month or a season and its year, or has one behind a mark that parts it from what is before it:
/// `The Courier | March 2018`.
fn names_month(line: &str) -> bool {
    is_month(line, |before| {
        let before = before.trim_end();
        before.is_empty()
            || before.ends_with(['|', '·', '•', '/', ',', ':', '—', '–', '-', '('])
            || before.rsplit(' ').next().is_some_and(|word| {
                let word = word.to_lowercase();
                word.bytes().any(|b| b.is_ascii_digit()) || lexicon::structure::ISSUES.contains(&word)
            })
    })
}

/// Whether `text` holds a month or a season with its year, with something before it that `fits`.
fn is_month(text: &str, fits: impl Fn(&str) -> bool) -> bool {
    WORD_AND_YEAR.as_ref().is_some_and(|pattern| {
        pattern.captures_iter(text).any(|found| {
            let Some(word) = found.get(1) else { return false };
            let low = word.as_str().to_ascii_lowercase();
            let is_named = lexicon::time::MONTHS.contains(&low) || lexicon::time::SEASONS.contains(&low);
            is_named && fits(&text[..word.start()])
        })
    })
}

/// Whether the address of a page or the path of a file says in which month or season it is from: `/2018/02/ferry`,
/// `fall-2018/ferry.html`.
pub(crate) fn is_address(address: &str) -> bool {
    let parts: Vec<String> = address
        .split(['/', '\\', '-', '_', '.'])
        .map(str::to_ascii_lowercase)
        .filter(|part| !part.is_empty())
        .collect();
    let is_year = |part: &str| part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    let is_month = |part: &str| part.len() == 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let is_season = |part: &str| lexicon::time::SEASONS.contains(part);
    parts.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        is_year(first) && (is_month(second) || is_season(second)) || is_season(first) && is_year(second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, parse};

    #[test]
    fn a_page_names_its_issue() {
        let named = |source: &str, format| names_issue(&parse(source, format));
        let copy = "The ferry stays, the council said last week, and nobody was sorry.";
        for line in ["March, 2018 · Ferries · by Ana R.", "The Courier // Fall 2018", "Issue 3, May 2018"] {
            assert!(named(&format!("# Ferry stays\n\n{line}\n\n{copy}\n"), Format::Markdown), "{line}");
        }
        for line in ["The ferry sank in March 2018.", "Route 2018", "Seven years of ferries"] {
            assert!(!named(&format!("# Ferry stays\n\n{line}\n\n{copy}\n"), Format::Markdown), "{line}");
        }
        for path in ["2018/03/ferry/index.html", "fall-2018/ferry.md", "/site/2018-winter/ferry.html"] {
            assert!(is_address(path), "{path}");
        }
        for path in ["stories/ferry.html", "2018/ferry.html", "rainfall/2018/ferry.html", "2018/13/ferry.html"] {
            assert!(!is_address(path), "{path}");
        }
        let page = "<html><head><meta property=\"og:site_name\" content=\"The Pier Fall 2018 Magazine\"></head><body><p>It stays.</p></body></html>";
        assert!(named(page, Format::Html));
    }
}
