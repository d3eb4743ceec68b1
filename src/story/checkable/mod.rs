//! The fact-checker's desk: everything in a story that could be wrong, what was checked of it, and what changed since.
//!
//! [`sheet`] lists the facts of a story: it takes what the readers of [`crate::story`] found, and adds kinds that only a
//! fact-checker asks for. [`Ledger`] holds what people decided; [`stand`] brings the two together, so that a tick stays with
//! its words through moves and edits elsewhere, and is lost when the words change. All of it is pure; who reads and writes
//! files is `cli`, `lsp` and `project`.

mod beside;
mod find;
mod held;
mod identity;
mod kind;
mod ledger;
mod likeness;
mod marking;
mod names;
pub(crate) mod numbers;
mod numerals;
mod patterns;
mod said;
mod standing;
mod tally;
mod titles;
mod whose;
pub(crate) mod words;

pub(crate) use held::Held;
pub use held::{SourceSays, hold};
pub use kind::FactKind;
pub use ledger::{Ledger, LedgerEntry, LedgerProblem, LedgerSource, State};
pub use marking::{FactMark, merge, prune, write};
pub use standing::{FactStatus, Standing, Standings, stand};
pub use tally::Tally;

use crate::prose::Passage;
use crate::story::Story;

/// One thing that could be wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Made from its kind, its words and those around them, in letters and digits. It stays the same when the story is edited
    /// elsewhere, when its sentence is moved, and when lines break otherwise.
    pub id: String,
    /// What kind of thing it is.
    pub kind: FactKind,
    /// Its words as they first stand, on one line; of names, the fullest form.
    pub words: String,
    /// The sentence in which it first stands, on one line.
    pub sentence: String,
    /// Where it stands, in reading order; never empty.
    pub places: Vec<Passage>,
    /// The person whom it is about or who says it, where the story tells: index in its people.
    pub person: Option<usize>,
    /// What else is known: the day that `Sunday` stands for, who says a quote.
    pub meaning: Option<String>,
    /// Whether its sentence, or the quote itself, names a source.
    pub sourced: bool,
    /// `(CQ)` stands behind it, newsroom shorthand for “correct, checked”.
    pub marked: bool,
}

impl Fact {
    /// By what its words are compared with those that were checked: lower case, without marks.
    pub fn key(&self) -> String {
        identity::plain_key(&self.words)
    }

    /// Where it first stands.
    pub fn first(&self) -> Passage {
        self.places.first().copied().unwrap_or_else(|| Passage::new(0, Default::default()))
    }
}

/// All facts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactSheet {
    /// In the order of their first places.
    pub facts: Vec<Fact>,
    /// Sentences that hold none, in reading order: looked at, and nothing found.
    pub without: Vec<Passage>,
}

/// The facts of a story, and where each of them stands: what a desk shows.
#[derive(Debug, Default)]
pub struct Checkup {
    /// Every fact.
    pub sheet: FactSheet,
    /// Where they stand by the story's ledger; without one, all are open but those that `(CQ)` marks.
    pub desk: Standings,
    /// What the story's material says of each fact.
    pub says: Vec<Option<SourceSays>>,
}

impl Checkup {
    /// Lists the facts of `story` and holds them to its ledger. [`Story::checkup`] keeps what this gives.
    pub(super) fn of(story: &Story) -> Self {
        let sheet = sheet(story);
        let none = Ledger::default();
        let desk = stand(&sheet, story.ledger.unwrap_or(&none));
        let says = hold(story, &sheet);
        Self { sheet, desk, says }
    }

    /// The facts with where they stand, in the order of their first places.
    pub fn facts(&self) -> impl Iterator<Item = (&Fact, Standing)> {
        self.sheet.facts.iter().zip(self.desk.standings.iter().copied())
    }
}

/// Lists the facts of `story`.
pub fn sheet(story: &Story) -> FactSheet {
    let found = find::all(story);
    let without = find::sentences_without(story, &found);
    FactSheet { facts: identity::facts(story, found), without }
}

/// A place that holds a fact.
#[derive(Clone, Debug)]
struct FoundFact {
    kind: FactKind,
    passage: Passage,
    /// By what it is compared with other places, where that is not its words.
    key: Option<String>,
    /// What it is called, where that is not its words: the fullest form of a name.
    words: Option<String>,
    /// Index of the person whom it is about.
    person: Option<usize>,
    /// What else is known of it.
    meaning: Option<String>,
}

impl FoundFact {
    fn new(kind: FactKind, passage: Passage) -> Self {
        Self { kind, passage, key: None, words: None, person: None, meaning: None }
    }
}
