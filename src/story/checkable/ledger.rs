//! The ledger: what people decided about the facts of a story, as TOML that people read and git merges.
//!
//! One block a marked fact, in the order of the story. An edit writes one block anew and leaves every other byte of the
//! file as it was, comments and keys that are not ours included.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use toml_edit::{Item, Value};

use super::{Fact, FactKind};

/// What somebody decided about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Right.
    Checked,
    /// Wrong.
    Wrong,
    /// Sources or people differ.
    Disputed,
    /// The author is to be asked.
    Ask,
    /// Nothing was decided: only a source or a note is kept.
    Open,
}

impl State {
    /// All states.
    pub const ALL: [State; 5] = [State::Checked, State::Wrong, State::Disputed, State::Ask, State::Open];

    /// The word for it in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Checked => "checked",
            State::Wrong => "wrong",
            State::Disputed => "disputed",
            State::Ask => "ask",
            State::Open => "open",
        }
    }

    /// The state that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a fact was checked against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LedgerSource {
    /// A document, an address, a recording, a person.
    pub name: String,
    /// The page, line, cell or time in it.
    pub at: Option<String>,
}

impl LedgerSource {
    /// A source as it is written on one line: `budget.xlsx#B7`.
    pub fn parse(text: &str) -> Self {
        // Of an address, what follows `#` belongs to it.
        match text.rsplit_once('#').filter(|(name, at)| !name.is_empty() && !at.is_empty() && !name.contains("://")) {
            Some((name, at)) => Self { name: name.to_owned(), at: Some(at.to_owned()) },
            None => Self { name: text.to_owned(), at: None },
        }
    }
}

impl fmt::Display for LedgerSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(at) => write!(f, "{}, {at}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// One block of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// The fact's id when it was marked.
    pub id: String,
    /// Its kind.
    pub kind: FactKind,
    /// Its words when it was marked.
    pub words: String,
    /// The sentence around it when it was marked.
    pub sentence: String,
    /// What was decided.
    pub state: State,
    /// By whom.
    pub by: Option<String>,
    /// On which day.
    pub on: Option<Date>,
    /// Against what.
    pub sources: Vec<LedgerSource>,
    /// Whatever else is to be said.
    pub note: Option<String>,
    /// UTF-8 bytes of its block, with the comments above it.
    pub range: Range<usize>,
}

impl LedgerEntry {
    /// An entry that says that `fact` was checked as it is.
    pub fn of(fact: &Fact) -> Self {
        Self {
            id: fact.id.clone(),
            kind: fact.kind,
            words: fact.words.clone(),
            sentence: fact.sentence.clone(),
            state: State::Checked,
            by: None,
            on: None,
            sources: Vec::new(),
            note: None,
            range: 0..0,
        }
    }
}

/// A block that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerProblem {
    /// UTF-8 byte of the ledger.
    pub at: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// What people decided about the facts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// In the order of the file.
    pub entries: Vec<LedgerEntry>,
    /// What could not be read; the rest was.
    pub problems: Vec<LedgerProblem>,
}

impl Ledger {
    /// Reads a ledger. A block that cannot be used costs itself only; a file that is no TOML, the whole.
    pub fn parse(text: &str) -> Self {
        let mut ledger = Self::default();
        let document = match toml_edit::Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                ledger.problems.push(LedgerProblem { at, message: format!("not TOML: {}", error.message().trim()) });
                return ledger;
            }
        };
        let Some(blocks) = document.get("fact").and_then(Item::as_array_of_tables) else { return ledger };
        let starts: Vec<usize> = blocks.iter().filter_map(|block| block.span()).map(|span| span.start).collect();
        for (number, block) in blocks.iter().enumerate() {
            let Some(&header) = starts.get(number) else { continue };
            let end = starts.get(number + 1).map_or(text.len(), |&next| with_comments(text, next));
            let range = with_comments(text, header)..end;
            let word = |key: &str| block.get(key).and_then(Item::as_str).map(str::to_owned);
            let kind = word("kind").as_deref().and_then(FactKind::parse);
            let state = word("state").as_deref().and_then(State::parse);
            let (Some(kind), Some(state), Some(words)) = (kind, state, word("words")) else {
                let message = "a block needs `kind`, `words` and a `state`: checked, wrong, disputed, ask or open";
                ledger.problems.push(LedgerProblem { at: header, message: message.to_owned() });
                continue;
            };
            let on = block.get("on").and_then(Item::as_datetime).and_then(|on| on.to_string().get(..10)?.parse().ok());
            ledger.entries.push(LedgerEntry {
                id: word("id").unwrap_or_default(),
                kind,
                sentence: word("sentence").unwrap_or_else(|| words.clone()),
                words,
                state,
                by: word("by"),
                on: on.or_else(|| word("on").and_then(|on| on.parse().ok())),
                sources: sources(block.get("sources")),
                note: word("note"),
                range,
            });
        }
        ledger
    }
}

/// The start of the block whose header starts at `header`: comments right above it belong to it.
fn with_comments(text: &str, header: usize) -> usize {
    let mut start = text[..header].rfind('\n').map_or(0, |at| at + 1);
    while let Some(before) = text[..start].strip_suffix('\n') {
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if line == 0 || !before[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    start
}

pub(super) fn sources(item: Option<&Item>) -> Vec<LedgerSource> {
    let source = |value: &Value| match value {
        Value::String(name) => Some(LedgerSource::parse(name.value())),
        Value::InlineTable(table) => {
            let word = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(LedgerSource { name: word("in")?, at: word("at") })
        }
        _ => None,
    };
    let sources = item.and_then(Item::as_array).map(|array| array.iter().filter_map(source)).into_iter().flatten();
    // One without a name is still to be written.
    sources.filter(|source: &LedgerSource| !source.name.trim().is_empty()).collect()
}
