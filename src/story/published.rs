//! The publication date, against which relative dates are read.

mod issue;
mod page;
mod path;
mod signed;
mod unreadable;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Surroundings;
use crate::markup::{BlockKind, DATE_KEYS, Document, MetadataEntry, MetadataOrigin};
use crate::text::{self, SourceRange, Span};
use issue::in_title_of_issue;
pub(crate) use issue::{is_address, names_issue};
use path::date_in_path;
pub use unreadable::{DateFault, UnreadableDate, unreadable};

/// When the story was, or will be, published.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Where it came from.
    pub origin: PublishedOrigin,
    /// Source bytes of the date, when it is in the document.
    pub range: Option<SourceRange>,
}

/// Where the publication date came from, in order of trust. In JSON: `given`, `frontMatter`, `page`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PublishedOrigin {
    /// `--date` or the client's setting.
    Given,
    /// A field beside the copy, where the story came as data.
    Record,
    /// The front matter.
    FrontMatter,
    /// The page's metadata.
    Page,
    /// The dateline.
    Dateline,
    /// The byline.
    Byline,
    /// The file's name or path.
    Path,
    /// The newsroom's settings, for stories that name no date.
    Settings,
    /// No date anywhere: today was taken.
    Today,
}

/// Where a publication date may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// The front matter, under one of the keys that are usual.
    FrontMatter,
    /// The front matter, under this key of the newsroom's own; a key of a table is behind the table's and a dot.
    FrontMatterKey(Arc<str>),
    /// The metadata of a web page.
    Page,
    /// The dateline.
    Dateline,
    /// The byline.
    Byline,
    /// The file's name and folders.
    Path,
}

impl DateSource {
    /// All of them but keys of a newsroom's own, in order of trust.
    pub const ALL: [DateSource; 5] =
        [DateSource::FrontMatter, DateSource::Page, DateSource::Dateline, DateSource::Byline, DateSource::Path];

    /// The word for it in settings.
    pub fn as_str(&self) -> &'static str {
        match self {
            DateSource::FrontMatter | DateSource::FrontMatterKey(_) => "front-matter",
            DateSource::Page => "page",
            DateSource::Dateline => "dateline",
            DateSource::Byline => "byline",
            DateSource::Path => "path",
        }
    }

    /// The source with this word.
    pub fn parse(word: &str) -> Option<Self> {
        if let Some(key) = word.strip_prefix("front-matter:").map(str::trim).filter(|key| !key.is_empty()) {
            return Some(DateSource::FrontMatterKey(Arc::from(key)));
        }
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

impl std::fmt::Display for DateSource {
    /// As settings write it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())?;
        match self {
            DateSource::FrontMatterKey(key) => write!(f, ":{key}"),
            _ => Ok(()),
        }
    }
}

impl DateRules {
    /// The newsroom's own key of the front matter under which a date is written first of all, if there is one.
    pub fn own_key(&self) -> Option<&str> {
        self.sources.iter().find_map(|source| match source {
            DateSource::FrontMatterKey(key) => Some(Some(&**key)),
            DateSource::FrontMatter => Some(None),
            _ => None,
        })?
    }
}

/// Where the publication dates of a newsroom's stories may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateRules {
    /// The first that has one counts.
    pub sources: Vec<DateSource>,
    /// The date of a story that names none.
    pub default: Option<Date>,
}

impl Default for DateRules {
    fn default() -> Self {
        Self { sources: DateSource::ALL.to_vec(), default: None }
    }
}

impl Published {
    /// The date and where it came from, for messages: “2018-02-12 (front matter)”.
    pub fn describe(&self) -> String {
        format!("{} ({})", self.date, self.origin.as_str())
    }
}

impl PublishedOrigin {
    /// Where the date came from, in words for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            PublishedOrigin::Given => "given",
            PublishedOrigin::Record => "date of the record",
            PublishedOrigin::FrontMatter => "front matter",
            PublishedOrigin::Page => "page metadata",
            PublishedOrigin::Dateline => "dateline",
            PublishedOrigin::Byline => "byline",
            PublishedOrigin::Path => "file name",
            PublishedOrigin::Settings => "settings",
            PublishedOrigin::Today => "today",
        }
    }
}

/// Finds the publication date: what the user gives, then the document, then the path, then today.
pub fn find(document: &Document, around: &Surroundings) -> Option<Published> {
    if let Some(date) = around.date {
        return Some(Published { date, origin: PublishedOrigin::Given, range: None });
    }
    let without_place = |date, origin| Published { date, origin, range: None };
    if let Some(date) = around.recorded {
        return Some(without_place(date, PublishedOrigin::Record));
    }
    let path = || around.path.as_deref().and_then(date_in_path);
    let found = around.dates.sources.iter().find_map(|source| match source {
        DateSource::FrontMatter => in_front_matter(document),
        DateSource::FrontMatterKey(key) => under_key(document, &normal(&key.to_lowercase())),
        DateSource::Page => page::in_page(document),
        DateSource::Dateline => in_dateline(document),
        DateSource::Byline => in_block(document, BlockKind::Byline, PublishedOrigin::Byline),
        DateSource::Path => path().map(|date| without_place(date, PublishedOrigin::Path)),
    });
    found
        .or_else(|| around.dates.default.map(|date| without_place(date, PublishedOrigin::Settings)))
        .or_else(|| around.today.map(|date| without_place(date, PublishedOrigin::Today)))
}

/// `publish-date` and `publish_date` are the same key.
fn normal(key: &str) -> String {
    key.replace('-', "_")
}

fn of_entry(entry: &MetadataEntry, origin: PublishedOrigin) -> Option<Published> {
    let date = text::parse_date(&entry.value)?;
    Some(Published { date, origin, range: Some(entry.range.clone()) })
}

fn in_front_matter(document: &Document) -> Option<Published> {
    // `date:` may hold a table: when it was created, when it was changed.
    let usual = DATE_KEYS.iter().chain(&["date.published", "date.created"]).find_map(|key| under_key(document, key));
    usual.or_else(|| under_key_of_date(document)).or_else(|| in_permalink(document)).or_else(|| created(document))
}

/// What may come before `date` in a key of a site's own for the publication date: `bylineDate`, `post_date`.
const BEFORE_DATE: [&str; 12] =
    ["byline", "post", "posted", "article", "story", "issue", "release", "released", "news", "blog", "entry", "press"];

fn under_key_of_date(document: &Document) -> Option<Published> {
    let is_of_date = |entry: &&MetadataEntry| {
        let key = normal(&entry.key.to_lowercase());
        key.strip_suffix("date").is_some_and(|stem| BEFORE_DATE.contains(&stem.trim_end_matches('_')))
    };
    let mut entries = document.metadata.iter().filter(|entry| entry.origin == MetadataOrigin::FrontMatter);
    entries.by_ref().filter(is_of_date).find_map(|entry| of_entry(entry, PublishedOrigin::FrontMatter))
}

/// When the page was made, which publishing systems write where nothing else is: a day, or seconds since 1970.
fn created(document: &Document) -> Option<Published> {
    let is_created = |entry: &&MetadataEntry| {
        entry.origin == MetadataOrigin::FrontMatter && matches!(&*normal(&entry.key), "created" | "created_at")
    };
    document.metadata.iter().filter(is_created).find_map(|entry| {
        let seconds = || {
            let value = entry.value.trim();
            let digits = (9..=10).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
            let seconds: i64 = digits.then(|| value.parse().ok())??;
            Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(seconds / (24 * 60 * 60)).ok()?).ok()
        };
        let date = seconds().or_else(|| text::parse_date(&entry.value))?;
        Some(Published { date, origin: PublishedOrigin::FrontMatter, range: Some(entry.range.clone()) })
    })
}

/// Names of the front matter that hold the address under which the page is published.
const ADDRESS_KEYS: [&str; 4] = ["permalink", "path", "url", "slug"];

/// The date in the page's own address: `path = "2018/02/12/ferry"`. An address on another host is a link, and one of a
/// picture belongs to that.
fn in_permalink(document: &Document) -> Option<Published> {
    let is_page = |value: &str| {
        let name = value.rsplit('/').next().unwrap_or_default();
        let other = name.rsplit_once('.').is_some_and(|(_, end)| {
            !end.starts_with("htm") && end.len() <= 4 && end.starts_with(|c: char| c.is_ascii_alphabetic())
        });
        !value.contains("://") && !other
    };
    let entry = |key: &&str| {
        document
            .metadata
            .iter()
            .find(|e| e.origin == MetadataOrigin::FrontMatter && e.key == **key && is_page(&e.value))
    };
    let date = ADDRESS_KEYS.iter().filter_map(entry).find_map(|entry| date_in_path(&entry.value))?;
    Some(Published { date, origin: PublishedOrigin::FrontMatter, range: None })
}

/// The date under this key of the front matter, as [`normal`] writes it.
fn under_key(document: &Document, key: &str) -> Option<Published> {
    let mut entries =
        document.metadata.iter().filter(|e| e.origin == MetadataOrigin::FrontMatter && normal(&e.key) == key);
    entries.find_map(|entry| of_entry(entry, PublishedOrigin::FrontMatter))
}

/// A date with its year in a block of a kind.
fn in_block(document: &Document, kind: BlockKind, origin: PublishedOrigin) -> Option<Published> {
    document.blocks.iter().filter(|block| block.kind == kind).find_map(|block| {
        let (date, range) = text::find_date(&block.prose)?;
        Some(Published { date, origin, range: Some(block.to_source(Span::from(range))) })
    })
}

/// A date with its year in a dateline of its own, or in the one that opens the first paragraph.
fn in_dateline(document: &Document) -> Option<Published> {
    if let Some(found) = in_block(document, BlockKind::Dateline, PublishedOrigin::Dateline) {
        return Some(found);
    }
    if let Some((date, range)) = in_title_of_issue(document) {
        return Some(Published { date, origin: PublishedOrigin::Dateline, range: Some(range) });
    }
    if let Some(found) = signed::in_signed_heading(document) {
        return Some(found);
    }
    let first = document.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)?;
    let (date, range) = text::find_date(opening_dateline(&first.prose)?)?;
    let range = Some(first.to_source(Span::from(range)));
    Some(Published { date, origin: PublishedOrigin::Dateline, range })
}

/// The dateline that opens a paragraph, up to its dash: “KESTREL BAY, Feb. 12, 2018 (CNS) —”.
pub(crate) fn opening_dateline(prose: &str) -> Option<&str> {
    let start = &prose[..prose.floor_char_boundary(prose.len().min(100))];
    let dash = ["—", " – ", " -- ", " - "].iter().filter_map(|dash| start.find(dash)).min()?;
    let dateline = &start[..dash];
    let place = dateline.split([',', '(']).next()?.trim();
    let capitals = place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    // A place in title case is told from the start of a sentence by the agency after it.
    let with_agency =
        dateline.trim_end().ends_with(')') && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    // “Kestrel Bay, Maryland, October 26, 2006 --”: nothing but places and a whole date.
    let with_date = || {
        let Some((_, date)) = text::find_date(dateline) else { return false };
        let places = dateline[..date.start].trim_end_matches([' ', ',', '(']);
        places.contains(char::is_alphabetic)
            && places.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && dateline[date.end..].trim_matches([' ', ',', ')', '.']).is_empty()
    };
    (capitals || with_agency || with_date()).then_some(dateline)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::markup::{Format, parse};

    fn described(source: &str, format: Format, path: Option<&str>) -> Option<String> {
        let document = parse(source, format);
        let around = Surroundings { path: path.map(str::to_owned), ..Surroundings::default() };
        let found = find(&document, &around)?;
        if let Some(range) = &found.range {
            assert!(source[range.clone()].contains("2018"), "{range:?}");
        }
        Some(found.describe())
    }

    #[test]
    fn sources_of_the_date_in_order_of_trust() {
        let body = "KESTREL BAY, Feb. 11, 2018 (CNS) — The ferry stays, the council said on Sunday.\n";
        let with_front_matter = format!("---\nlastmod: 2018-03-01\ndate: 2018-02-12T08:00:00Z\n---\n{body}");
        let path = Some("/stories/2018/02/10/ferry.txt");
        assert_eq!(described(&with_front_matter, Format::Plain, path).as_deref(), Some("2018-02-12 (front matter)"));
        assert_eq!(described(body, Format::Plain, path).as_deref(), Some("2018-02-11 (dateline)"));
        assert_eq!(described("The ferry stays.", Format::Plain, path).as_deref(), Some("2018-02-10 (file name)"));
        assert_eq!(described("The ferry stays.", Format::Plain, None), None);
        let around =
            Surroundings { date: Some(date(2018, 2, 13)), today: Some(date(2020, 1, 1)), ..Surroundings::default() };
        let given = find(&parse(&with_front_matter, Format::Plain), &around).expect("it is given");
        assert_eq!(given.describe(), "2018-02-13 (given)");
        let around = Surroundings { date: None, ..around };
        let today = find(&parse("The ferry stays.", Format::Plain), &around).expect("there is today");
        assert_eq!(today.describe(), "2020-01-01 (today)");
    }

    #[test]
    fn the_title_of_an_issue_holds_its_date() {
        let found = |title: &str| described(&format!("# {title}\n\nThe ferry stays.\n"), Format::Markdown, None);
        assert_eq!(found("Issue 2-16, February 12, 2018").as_deref(), Some("2018-02-12 (dateline)"));
        assert_eq!(found("Council meeting minutes: 12 February 2018").as_deref(), Some("2018-02-12 (dateline)"));
        assert_eq!(found("The fire of February 12, 2018"), None);
    }

    #[test]
    fn a_heading_that_is_signed_holds_the_date() {
        let found = |title: &str| {
            described(&format!("<p>Kestrel Times</p><h2>{title}</h2><p>It stays.</p>"), Format::Html, None)
        };
        let signed =
            "Five lessons of the ferry <span>Contributed by <a href='/ruiz'>Ana Ruiz</a> on 12 Feb 2018</span>";
        assert_eq!(found(signed).as_deref(), Some("2018-02-12 (byline)"));
        assert_eq!(found("Letters that were posted on 12 Feb 2018 are lost"), None);
        assert_eq!(found("The fire of 12 Feb 2018"), None);
    }

    #[test]
    fn a_key_of_the_newsroom_s_own_holds_the_date() {
        let found = |sources: &[&str], front: &str| {
            let source = format!("{front}\nThe ferry stays.\n");
            let sources: Vec<DateSource> = sources.iter().filter_map(|word| DateSource::parse(word)).collect();
            let around = Surroundings { dates: DateRules { sources, default: None }, ..Surroundings::default() };
            find(&parse(&source, Format::Markdown), &around).map(|found| found.date.to_string())
        };
        let yaml = "---\ndate: 2018-03-01\nGo_Live: 2018-02-12\nweb:\n  online: Feb. 13, 2018\n---\n";
        assert_eq!(found(&["front-matter:go-live"], yaml).as_deref(), Some("2018-02-12"));
        assert_eq!(found(&["front-matter:web.online", "front-matter"], yaml).as_deref(), Some("2018-02-13"));
        assert_eq!(found(&["front-matter:on air", "front-matter"], yaml).as_deref(), Some("2018-03-01"));
        assert_eq!(found(&["front-matter:on air"], yaml), None);
        let toml = "+++\n[web]\nonline = 2018-02-13\n+++\n";
        assert_eq!(found(&["front-matter:web.online"], toml).as_deref(), Some("2018-02-13"));
        assert_eq!(DateSource::parse("front-matter: "), None);
        assert_eq!(
            DateSource::parse("front-matter:go-live").map(|s| s.to_string()),
            Some("front-matter:go-live".into())
        );
    }

    #[test]
    fn keys_of_a_site_s_own_hold_the_date() {
        let found = |entry: &str| described(&format!("---\n{entry}\n---\nThe ferry stays.\n"), Format::Markdown, None);
        for entry in ["bylineDate: Feb. 12, 2018", "post-date: 2018-02-12", "created: 2018-02-12"] {
            assert_eq!(found(entry).as_deref(), Some("2018-02-12 (front matter)"), "{entry}");
        }
        assert_eq!(
            find(
                &parse("---\ncreated: 1518436800\n---\nThe ferry stays.\n", Format::Markdown),
                &Surroundings::default()
            )
            .map(|found| found.date),
            Some(date(2018, 2, 12))
        );
        for entry in ["eventDate: 2018-02-12", "update: 2018-02-12", "created: by Ana Ruiz"] {
            assert_eq!(found(entry), None, "{entry}");
        }
    }

    #[test]
    fn the_address_in_the_front_matter_holds_the_date() {
        let found = |entry: &str| described(&format!("+++\n{entry}\n+++\nThe ferry stays.\n"), Format::Markdown, None);
        for entry in [
            "path = \"2018/02/12/ferry\"",
            "path = \"inside/2018/02/12/Ferry-1.2.0\"",
            "permalink = \"/news/2018-02-12-ferry.html\"",
            "slug = \"2018-02-12-ferry\"",
        ] {
            assert_eq!(found(entry).as_deref(), Some("2018-02-12 (front matter)"), "{entry}");
        }
        // The page's own date comes before its address.
        let both = "path = \"2018/02/12/ferry\"\ndate = 2018-02-13";
        assert_eq!(found(both).as_deref(), Some("2018-02-13 (front matter)"));
        for entry in ["url = \"https://news.example/2018/02/12/ferry\"", "path = \"/img/2018/02/12/ferry.jpg\""] {
            assert_eq!(found(entry), None, "{entry}");
        }
    }

    #[test]
    fn pages_name_their_date_in_many_ways() {
        let found = |head: &str| {
            let page =
                format!("<html><head>{head}</head><body><h1>Ferry</h1><p>The ferry stays on Sunday.</p></body></html>");
            find(&parse(&page, Format::Html), &Surroundings::default()).map(|found| found.date.to_string())
        };
        for head in [
            "<meta name='article:publicationdate' content='Mon Feb 12 21:30:09 EST 2018'>",
            "<meta property='og:published_time' content='2018-02-12T08:00:00Z'>",
            "<meta name='bt:pubDate' content='2018-02-12'>",
            "<meta name='citation_publication_date' content='2018/02/12'>",
            "<link rel='canonical' href='https://news.example/2018/02/12/ferry/'>",
            "<meta property='og:url' content='https://news.example/2018/feb-ferry/?a=1'><link rel='canonical' href='/ferry-2018-02-12.html'>",
        ] {
            assert_eq!(found(head).as_deref(), Some("2018-02-12"), "{head}");
        }
        for head in [
            "<meta name='article:modified_time' content='2018-02-12'>",
            "<meta name='republication-review-date' content='2018-02-12'>",
            "<link rel='alternate' href='https://news.example/2018/02/12/ferry/'>",
        ] {
            assert_eq!(found(head), None, "{head}");
        }
    }

    #[test]
    fn a_date_in_the_copy_is_not_the_publication_date() {
        let source = "The ferry — built Feb. 12, 2018 — stays.\n\nIt was bought on Feb. 12, 2018, in Port Gale.\n";
        assert_eq!(described(source, Format::Plain, None), None);
    }
}
