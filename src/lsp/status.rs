//! What is said of a story at a glance: how many findings it has, and which publication date they go by.
//!
//! These messages are the server's own; `docs/language-server.md` describes them for those who write clients.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{Range, TextDocumentIdentifier, Uri};

use super::document::View;
use super::facts;
use crate::finding::Severity;
use crate::report;
use crate::story::measures;
use crate::story::{PublishedOrigin, Story};

/// The request for a story's status.
pub const STATUS: &str = "copydesk/status";
/// The request for a story's facts.
pub const FACTS: &str = "copydesk/facts";

/// A story at a glance.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryStatus {
    /// The document.
    pub uri: Uri,
    /// Its version.
    pub version: i32,
    /// How many findings there are.
    pub findings: FindingCounts,
    /// The publication date in force; `None` where there is none.
    pub published: Option<PublishedOn>,
    /// How long it is, and how hard to read.
    pub length: LengthStatus,
    /// How far the check of its facts is, in words; `None` where nobody checks them.
    pub facts: Option<String>,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct FindingCounts {
    error: usize,
    warning: usize,
    query: usize,
    hint: usize,
}

/// How long a story is, and how hard to read.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct LengthStatus {
    /// Words without the boilerplate.
    words: usize,
    /// Minutes that reading takes.
    minutes: usize,
    /// Flesch and Kincaid's grade, rounded; `None` for a text too short to have one.
    grade: Option<i32>,
}

impl LengthStatus {
    fn of(story: &Story) -> Self {
        let length = measures::Length::of(story);
        let grade = length.grade().map(|grade| grade.round() as i32);
        Self { words: length.words, minutes: length.minutes(), grade }
    }
}

/// A publication date, and where it came from.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PublishedOn {
    /// `2018-02-12`.
    date: String,
    /// Where it came from.
    origin: PublishedOrigin,
    /// The origin in words.
    label: String,
    /// Where the date is, if it is in the document.
    range: Option<Range>,
}

/// Tells the client that a story's status is another.
#[derive(Debug)]
pub enum StatusChanged {}

impl Notification for StatusChanged {
    type Params = StoryStatus;
    const METHOD: &'static str = "copydesk/didChangeStatus";
}

/// What both requests ask about.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// Of facts: every fact that can be checked is wanted as well, and where it is.
    #[serde(default)]
    pub all: bool,
}

/// The status of a story.
pub fn status(view: &View) -> StoryStatus {
    let count = |severity| view.findings().iter().filter(|finding| finding.severity == severity).count();
    let published = view.published().map(|published| PublishedOn {
        date: published.date.to_string(),
        origin: published.origin,
        label: published.origin.as_str().to_owned(),
        range: published.range.map(|range| view.range(&range)),
    });
    StoryStatus {
        uri: view.document.uri.clone(),
        version: view.document.buffer.version(),
        findings: FindingCounts {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            query: count(Severity::Query),
            hint: count(Severity::Hint),
        },
        published,
        length: LengthStatus::of(&view.story()),
        facts: facts::is_on(view).then(|| view.story().checkup().desk.summary()),
    }
}

/// The fact sheet for programs: what `copydesk facts --format json` gives, with the client's own positions; on request with
/// every fact that can be checked.
pub fn facts(view: &View, all: bool) -> Value {
    let story = view.story();
    let mut sheet = report::facts_with_ranges(&story, |range| view.range(range));
    sheet["uri"] = json!(view.document.uri);
    sheet["version"] = json!(view.document.buffer.version());
    if all {
        sheet["checkup"] = facts::all(view);
    }
    sheet["words"] = json!(measures::Length::of(&story).words);
    sheet
}
