//! What fact-checkers decide, written into ledgers.
//!
//! Marks are written by the server, under the ledger's lock, and not by edits that the client makes: an edit of a client is
//! made for the text as it was when the menu opened, and stands in a buffer that is saved later or never. So of two editors
//! and a command line one would write over the others. Here the ledger is read again when the lock is held, one block is
//! written anew, and the tick is on disk, where all others see it, before the command is answered.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Position, Uri};

use super::{Desk, not_open};
use crate::ledgers;
use crate::lsp::asking::Question;
use crate::lsp::document::{client_range, file_path};
use crate::lsp::facts::{self, Marked};
use crate::story::checkable::{self, FactMark, FactStatus, LedgerSource, State};
use crate::text::Buffer;

/// The most sources that somebody is asked to choose from.
const MOST_SOURCES: usize = 12;

/// Which story is meant.
#[derive(Deserialize)]
pub(super) struct AboutStory {
    uri: Uri,
}

/// Which fact comes next.
#[derive(Deserialize)]
pub(super) struct NextFact {
    uri: Uri,
    position: Option<Position>,
    #[serde(default)]
    states: Vec<String>,
}

/// A source for a fact.
#[derive(Deserialize)]
pub(super) struct AddSource {
    uri: Uri,
    fact: String,
    source: Option<String>,
}

fn invalid(message: impl Into<String>) -> Error {
    Error::invalid_params(message.into())
}

impl Desk {
    /// Writes what was decided about facts into the ledger, and gives how far the story is.
    pub(super) fn mark_facts(&mut self, marked: &Marked) -> Result<Option<Value>> {
        let state = match marked.state.as_deref() {
            None | Some("open") => None,
            Some(word) => Some(State::parse(word).ok_or_else(|| invalid(format!("there is no state `{word}`")))?),
        };
        let story = self.story_file(&marked.uri)?;
        let is_name = |by: &String| !by.trim().is_empty();
        let by =
            marked.by.clone().or_else(|| self.settings.by.clone()).filter(is_name).or_else(|| self.git_user(&story));
        if by.is_none() && state.is_some() {
            return Err(invalid("who says so? Set `copydesk.by`, or run `git config user.name NAME`"));
        }
        let mark = FactMark {
            state,
            reopen: marked.state.as_deref() == Some("open"),
            by: by.filter(|_| state.is_some()),
            on: state.map(|_| self.today),
            sources: marked.sources.iter().map(|source| LedgerSource::parse(source)).collect(),
            note: marked.note.clone(),
        };
        self.write_mark(&marked.uri, &story, &marked.facts, &mark)?;
        let summary = self.look(&marked.uri, |view| view.story().checkup().desk.summary())?;
        Ok(Some(json!({ "summary": summary })))
    }

    /// Writes a mark for these facts into the ledger of the story at `story`, and gives the ledger's text.
    fn write_mark(&mut self, uri: &Uri, story: &Path, ids: &[String], mark: &FactMark) -> Result<String> {
        let ledger = self.ledger_file(uri, story)?;
        self.must_be_saved(&ledger)?;
        let entry = self.documents.get_mut(uri).ok_or_else(not_open)?;
        let view = entry.document.view(self.abilities.encoding);
        let sheet = &view.story().checkup().sheet;
        let chosen: Vec<usize> =
            ids.iter().filter_map(|id| sheet.facts.iter().position(|fact| fact.id == *id)).collect();
        if chosen.is_empty() {
            return Err(invalid("the story no longer has this fact"));
        }
        let text =
            ledgers::update(&ledger, story, |text| checkable::write(text, sheet, &chosen, mark)).map_err(invalid)?;
        self.ledgers_changed(&[ledger]);
        Ok(text)
    }

    /// A ledger that is being edited by hand would be saved over what is written here.
    fn must_be_saved(&self, ledger: &Path) -> Result<()> {
        let on_disk = || std::fs::read_to_string(ledger).unwrap_or_default();
        let open = self.documents.values().find(|entry| entry.document.path.as_deref() == Some(ledger));
        if open.is_some_and(|entry| entry.document.buffer.text() != on_disk()) {
            return Err(invalid(format!("{} is open and has changes; save it first", ledger.display())));
        }
        Ok(())
    }

    /// The file of a story that is open.
    fn story_file(&mut self, uri: &Uri) -> Result<PathBuf> {
        let document = self.document(uri).ok_or_else(not_open)?;
        let file = document.path.clone().filter(|_| document.is_story());
        file.ok_or_else(|| invalid("save the story first: its ledger is kept beside it"))
    }

    /// The ledger of a story that is open.
    fn ledger_file(&mut self, uri: &Uri, story: &Path) -> Result<PathBuf> {
        Ok(self.document(uri).ok_or_else(not_open)?.project.ledger_of(story))
    }

    /// Who works in the folder of a story, by git's settings; asked once for each folder.
    fn git_user(&mut self, story: &Path) -> Option<String> {
        let folder = story.parent()?.to_owned();
        self.git_users.entry(folder).or_insert_with_key(|folder| ledgers::user_name(folder)).clone()
    }

    /// These files changed on disk; ledgers among them are read again, and what they say is told.
    pub(super) fn ledgers_changed(&mut self, files: &[PathBuf]) {
        let is_of = |document: &crate::lsp::document::OpenDocument| files.iter().any(|file| document.is_ledger(file));
        let mut changed: Vec<Uri> = Vec::new();
        for (uri, entry) in &mut self.documents {
            if is_of(&entry.document) && entry.document.read_ledger() {
                changed.push(uri.clone());
            }
        }
        self.checked_again(changed);
    }

    /// Reads the ledger of a story again where the client does not tell of files that change.
    pub(super) fn look_at_ledger(&mut self, uri: &Uri) {
        if !self.abilities.registers_watchers && self.document(uri).is_some_and(|document| document.read_ledger()) {
            self.checked_again(vec![uri.clone()]);
        }
    }

    /// What is said of these stories is another than before, though nobody typed.
    fn checked_again(&mut self, stories: Vec<Uri>) {
        if !stories.is_empty() {
            stories.iter().for_each(|uri| self.check_soon(uri));
            self.refresh();
        }
    }

    /// Starts the check of a story's facts, which need not have a ledger; without a story, of all that are open.
    pub(super) fn check_facts(&mut self, about: Option<AboutStory>) -> Result<Option<Value>> {
        let uris: Vec<Uri> = match about {
            Some(about) => vec![about.uri],
            None => self.documents.keys().cloned().collect(),
        };
        for uri in &uris {
            self.document(uri).ok_or_else(not_open)?.is_being_checked = true;
        }
        let first = uris.first().cloned();
        self.checked_again(uris);
        let summary = |view: &crate::lsp::document::View| json!({ "summary": view.story().checkup().desk.summary() });
        first.map_or(Ok(None), |uri| self.look_at_story(&uri, summary))
    }

    /// Shows the next fact that needs somebody, and gives its range.
    pub(super) fn next_fact(&mut self, asked: &NextFact) -> Result<Option<Value>> {
        let states: Vec<FactStatus> = asked
            .states
            .iter()
            .map(|word| FactStatus::parse(word).ok_or_else(|| invalid(format!("there is no state `{word}`"))))
            .collect::<Result<_>>()?;
        // Whoever goes from one to the next without saying from where is at the one that was shown last.
        let last = self.last_fact.take().filter(|(uri, _)| *uri == asked.uri).map(|(_, at)| at);
        let position = asked.position.or(last);
        let Some(range) = self.look(&asked.uri, |view| facts::next(view, position, &states))? else {
            return Ok(None);
        };
        self.last_fact = Some((asked.uri.clone(), range.start));
        if self.abilities.shows_documents {
            self.ask(Question::Show(asked.uri.clone(), Some(range)));
        }
        Ok(Some(json!(range)))
    }

    /// Adds a source to a fact; without one, the client's user is asked which.
    pub(super) fn add_source(&mut self, asked: AddSource) -> Result<Option<Value>> {
        if asked.source.is_some() {
            return self.source_chosen(&asked.uri, &asked.fact, asked.source);
        }
        self.story_file(&asked.uri)?;
        let mut names = self.look(&asked.uri, |view| {
            let story = view.story();
            let mut names: Vec<String> = story.material.iter().map(|material| material.name.clone()).collect();
            let noted =
                story.ledger.into_iter().flat_map(|ledger| &ledger.entries).rev().flat_map(|entry| &entry.sources);
            names.extend(noted.map(|source| source.name.clone()));
            names
        })?;
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names.truncate(MOST_SOURCES);
        self.ask(Question::ChooseSource { uri: asked.uri, fact: asked.fact, names });
        Ok(None)
    }

    /// Adds a source to a fact. One that is not known yet is written by hand: the ledger is shown at its place.
    pub(super) fn source_chosen(&mut self, uri: &Uri, fact: &str, source: Option<String>) -> Result<Option<Value>> {
        let story = self.story_file(uri)?;
        let is_new = source.is_none();
        let source =
            source.map_or(LedgerSource { name: String::new(), at: None }, |source| LedgerSource::parse(&source));
        let mark = FactMark { sources: vec![source], ..FactMark::default() };
        let text = self.write_mark(uri, &story, std::slice::from_ref(&fact.to_owned()), &mark)?;
        if is_new && self.abilities.shows_documents {
            let place = text.find("in = \"\"").map(|at| at + "in = \"".len());
            let range = place.map(|at| client_range(&Buffer::new(&text, 0), &(at..at), self.abilities.encoding));
            if let Some(ledger) = Uri::from_file_path(self.ledger_file(uri, &story)?) {
                self.ask(Question::Show(ledger, range));
            }
        }
        let summary = self.look(uri, |view| view.story().checkup().desk.summary())?;
        Ok(Some(json!({ "summary": summary })))
    }

    /// Whether a document is a ledger, and the story is open.
    pub(super) fn is_ledger(&self, uri: &Uri) -> Option<PathBuf> {
        let path = file_path(uri)?;
        self.documents.values().any(|entry| entry.document.is_ledger(&path)).then_some(path)
    }
}
