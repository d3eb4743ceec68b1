//! All of the server's state, and the one thread that owns it.
//!
//! Messages arrive as events and are handled strictly in their order. Edits only change the buffer; the text is checked when
//! one asks for what was found, or when the queue is empty and the findings are to be published.

mod answers;
mod checking;
mod choices;
mod commands;
mod publishing;
mod reports;
mod settings;

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use serde_json::Value;
use settings::folders;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::notification::{LogMessage, PublishDiagnostics, ShowMessage};
use tower_lsp::ls_types::{
    ClientCapabilities, Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, InitializeParams,
    InitializeResult, LogMessageParams, MessageType, Position, PublishDiagnosticsParams, ShowMessageParams,
    TextDocumentItem, TraceValue, Uri,
};

use super::asking::{self, Question};
use super::client::{Abilities, ClientSettings};
use super::document::{OpenDocument, View, Wanted, WantedSources, file_path};
use super::event::Event;
use super::images;
use super::material;
use super::status::StoryStatus;
use super::transport::Outbox;
use super::typing::{Shown, Typing};
use super::workspace::{self, ReportChanges};
use super::{Life, capabilities};
use crate::assets::ImageCache;
use crate::files;
use crate::project::{ProjectOptions, Projects};

/// The most events that are handled before what they changed is published.
const BATCH: usize = 1000;

/// How long settings that are being typed rest before they count.
const PAUSE: Duration = Duration::from_millis(500);

/// All of the server's state.
pub struct Desk {
    pub(super) abilities: Abilities,
    pub(super) settings: ClientSettings,
    /// The settings that came with `initialize`, as they were sent.
    initial_settings: Value,
    pub(super) outbox: Outbox,
    /// How much the client wants to be told of what is done.
    pub(super) trace: TraceValue,
    questions: UnboundedSender<Question>,
    pub(super) projects: Projects,
    /// The projects as settings or rule files that are not saved would make them, while these have mistakes: stories are
    /// still checked by `projects`.
    mistyped: Option<Projects>,
    /// A settings or rule file in the editor may be another than the projects were made of.
    settings_edited: bool,
    pub(super) folders: Vec<PathBuf>,
    documents: HashMap<Uri, ClientDocument>,
    /// What was changed since the last publishing, in the order of the changes.
    changed: VecDeque<Uri>,
    /// The number of the last list of diagnostics that differed from the one before. Never used twice, so that a client
    /// that closed a document and opened it again is not told that nothing changed.
    results: u64,
    /// Projects were read since their problems were last published.
    projects_read: bool,
    /// The settings and rule files that have diagnostics.
    faulty: Vec<Uri>,
    /// What was wrong elsewhere, as the client's log says.
    complaints: Vec<String>,
    /// Publication dates that were set by command: of one document, or, without one, of all.
    dates: HashMap<Option<Uri>, Date>,
    /// The day on which stories are published that name none. Editors stay open over midnight.
    pub(super) today: Date,
    /// Takes what is to be read beside stories.
    readers: Readers,
    /// The documents of which the client was told that their markup is not read.
    unread_told: HashSet<Uri>,
    /// Who works in a folder, by git's settings.
    git_users: HashMap<PathBuf, Option<String>>,
    /// The fact that was shown last, by its document and its start.
    last_fact: Option<(Uri, Position)>,
    /// What lasts as long as the server.
    life: Arc<Life>,
    /// Takes requests for the diagnostics of all stories.
    pub(super) workspace: Sender<workspace::Ask>,
    /// What these diagnostics depend on, beside the stories.
    pub(super) changes: ReportChanges,
}

/// The threads that read what is beside stories.
pub(super) struct Readers {
    images: Sender<Wanted>,
    sources: Sender<WantedSources>,
}

impl Readers {
    /// Has read what a document names and nobody asked for yet.
    pub(super) fn read_for(&self, document: &mut OpenDocument) {
        document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
        document.sources_wanted().into_iter().for_each(|wanted| drop(self.sources.send(wanted)));
    }
}

/// An open document and what the client knows of it.
struct ClientDocument {
    document: OpenDocument,
    /// The diagnostics that were sent last, pushed or pulled; `None` before the first.
    sent: Option<Vec<Diagnostic>>,
    /// Names `sent` in pulled reports.
    result: u64,
    /// Where its writer is typing.
    typing: Option<Typing>,
    /// There are findings that wait until the writer has finished, or settings that wait to be read.
    waits: bool,
    /// The findings that were sent last, where they are now.
    shown: Vec<Shown>,
    /// The status that the client was told of last.
    status: Option<StoryStatus>,
}

impl ClientDocument {
    fn new(document: OpenDocument) -> Self {
        Self { document, sent: None, result: 0, typing: None, waits: false, shown: Vec::new(), status: None }
    }

    /// When what waits is told, unless somebody types on.
    fn rests_at(&self) -> Option<Instant> {
        let typing = self.typing.as_ref()?;
        Some(if self.document.is_story() { typing.rests_at() } else { typing.since + PAUSE })
    }
}

impl Desk {
    /// Starts the thread; events sent to it are handled as long as the process runs.
    pub fn start(
        options: ProjectOptions,
        outbox: Outbox,
        questions: UnboundedSender<Question>,
        life: Arc<Life>,
    ) -> Sender<Event> {
        let (sender, events) = mpsc::channel();
        let cache = Arc::new(ImageCache::default());
        let workspace = workspace::start(options.clone(), Arc::clone(&cache), outbox.clone(), Arc::clone(&life));
        let images = images::start(cache, sender.clone());
        let readers = Readers { images, sources: material::start(sender.clone()) };
        let mut desk = Self { life, ..Self::new(options, outbox, questions, workspace, readers) };
        // Reading a story recurses no deeper than its markup, but a generous stack costs nothing until it is used.
        let thread = std::thread::Builder::new().name("desk".to_owned()).stack_size(16 << 20);
        // Without the thread every request is answered with an error, which says more than a panic here.
        let _ = thread.spawn(move || desk.run(&events));
        sender
    }

    fn new(
        options: ProjectOptions,
        outbox: Outbox,
        questions: UnboundedSender<Question>,
        workspace: Sender<workspace::Ask>,
        readers: Readers,
    ) -> Self {
        Self {
            workspace,
            changes: ReportChanges::default(),
            readers,
            unread_told: HashSet::new(),
            life: Arc::default(),
            git_users: HashMap::new(),
            last_fact: None,
            abilities: Abilities::new(&ClientCapabilities::default()),
            settings: ClientSettings::default(),
            initial_settings: Value::Null,
            outbox,
            trace: TraceValue::Off,
            questions,
            projects: Projects::new(options),
            mistyped: None,
            settings_edited: false,
            folders: Vec::new(),
            documents: HashMap::new(),
            changed: VecDeque::new(),
            results: 0,
            projects_read: false,
            faulty: Vec::new(),
            complaints: Vec::new(),
            dates: HashMap::new(),
            today: jiff::Zoned::now().date(),
        }
    }

    /// For tests: a desk without files, client and other threads.
    #[cfg(test)]
    fn alone() -> Self {
        let options = ProjectOptions { no_config: true, ..ProjectOptions::default() };
        let (questions, _) = tokio::sync::mpsc::unbounded_channel();
        let readers = Readers { images: mpsc::channel().0, sources: mpsc::channel().0 };
        Self::new(options, Outbox::to_nobody(), questions, mpsc::channel().0, readers)
    }

    fn run(&mut self, events: &Receiver<Event>) {
        loop {
            let first = match self.next_pause() {
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(end) => events.recv_timeout(end.saturating_duration_since(Instant::now())),
            };
            match first {
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(first) => {
                    self.guarded(|desk| desk.turn_to(jiff::Zoned::now().date()));
                    for event in std::iter::once(first).chain(events.try_iter().take(BATCH)) {
                        self.guarded(|desk| desk.handle(event));
                    }
                }
            }
            self.end_pauses();
            self.guarded(Desk::publish);
        }
    }

    /// When the first of the pauses ends after which findings are sent that wait.
    fn next_pause(&self) -> Option<Instant> {
        let waiting = self.documents.values().filter(|entry| entry.waits);
        waiting.filter_map(ClientDocument::rests_at).min()
    }

    /// Lets the findings go that waited long enough.
    fn end_pauses(&mut self) {
        let now = Instant::now();
        let mut ended = false;
        for (uri, entry) in &mut self.documents {
            if entry.waits && entry.rests_at().is_none_or(|rests_at| now >= rests_at) {
                (entry.typing, entry.waits) = (None, false);
                if !entry.document.is_story() {
                    self.settings_edited = true;
                    continue;
                }
                ended = true;
                if !self.changed.contains(uri) {
                    self.changed.push_back(uri.clone());
                }
            }
        }
        if ended && self.abilities.pulls && self.abilities.refreshes_diagnostics {
            self.ask(Question::RefreshDiagnostics);
        }
    }

    /// Does some work; a panic costs what it was for and is logged.
    fn guarded(&mut self, work: impl FnOnce(&mut Desk)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.log(MessageType::ERROR, "an internal error cost one answer; please report what led to it");
        }
    }

    /// Tells the client's log.
    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        self.outbox.notify::<LogMessage>(&LogMessageParams { typ: kind, message: message.into() });
    }

    /// Agrees with the client on what both can do.
    pub fn initialize(&mut self, params: InitializeParams) -> InitializeResult {
        self.abilities = Abilities::new(&params.capabilities);
        self.folders = folders(&params);
        self.trace = params.trace.unwrap_or_default();
        if let Some(options) = params.initialization_options {
            self.set(&options);
            self.initial_settings = options;
        }
        if let Some(unit) = self.settings.position_encoding {
            self.abilities.encoding = unit.encoding();
        }
        capabilities::answer(&self.abilities, &self.settings)
    }

    /// What can be asked only once the client is ready: to be told of changes, and for its settings.
    pub fn initialized(&mut self) {
        let registrations = asking::registrations(&self.abilities);
        if !registrations.is_empty() {
            self.ask(Question::Register(registrations));
        }
        if self.abilities.configuration {
            self.ask(Question::Configuration);
        }
    }

    pub(super) fn ask(&self, question: Question) {
        // Nobody is left to answer only when the process ends.
        let _ = self.questions.send(question);
    }

    /// An open document.
    pub(super) fn document(&mut self, uri: &Uri) -> Option<&mut OpenDocument> {
        Some(&mut self.documents.get_mut(uri)?.document)
    }

    /// Has a document checked when nothing else is to be done.
    pub(super) fn check_soon(&mut self, uri: &Uri) {
        if !self.changed.contains(uri) {
            self.changed.push_back(uri.clone());
        }
    }

    /// Takes a document over.
    pub fn open(&mut self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        let project = self.project(file_path(&uri).as_deref());
        let home = self.home(file_path(&uri).as_deref());
        let document = OpenDocument::new(item, project, home, &self.settings_for(Some(&uri)), self.today);
        self.settings_edited |= !document.is_story();
        if let Some(kind) = document.unread().filter(|_| self.unread_told.insert(uri.clone())) {
            let advice = files::UNREAD_ADVICE;
            let message = format!("This is {kind}, which copydesk does not read; {advice}");
            self.outbox.notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::INFO, message });
        }
        // A document that is opened twice is what the second message says.
        self.documents.insert(uri.clone(), ClientDocument::new(document));
        self.changed.push_back(uri);
    }

    /// Applies changes to a document.
    pub fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(entry) = self.documents.get_mut(&uri) else {
            return self.log(MessageType::WARNING, format!("changed but not open: {}", uri.as_str()));
        };
        let version = params.text_document.version;
        let is_typed = params.content_changes.iter().all(|change| change.text.chars().count() < 3);
        let in_word = params.content_changes.last().is_some_and(|change| change.text.ends_with(char::is_alphanumeric));
        let changes = entry.document.change(params.content_changes, version, self.abilities.encoding);
        entry.typing = Typing::follow(entry.typing.take(), &changes, in_word, self.settings.wish());
        if !entry.document.is_story() {
            // Settings are read again once their writer pauses, but at once when an action wrote them.
            entry.waits = is_typed && entry.typing.is_some();
            self.settings_edited |= !entry.waits;
            return;
        }
        for change in &changes {
            entry.shown.iter_mut().for_each(|shown| shown.follow(change));
        }
        if !self.changed.contains(&uri) {
            self.changed.push_back(uri);
        }
    }

    /// The writer has finished what was being typed in a story, or turned to something else: nothing waits any more.
    pub(super) fn settle(&mut self, uri: &Uri) {
        let Some(entry) = self.documents.get_mut(uri).filter(|entry| entry.document.is_story()) else { return };
        entry.typing = None;
        // What waits is told as after a rest, which is over now.
        self.end_pauses();
    }

    /// The client's cursor is known to be at a place.
    pub(super) fn cursor_at(&mut self, uri: &Uri, at: tower_lsp::ls_types::Position) {
        let encoding = self.abilities.encoding;
        let Some(entry) = self.documents.get_mut(uri).filter(|entry| entry.waits) else { return };
        let at = entry.document.view(encoding).offset(at);
        if entry.typing.as_ref().is_some_and(|typing| typing.was_left_for(at)) {
            self.settle(uri);
        }
    }

    /// Gives a document back: what is said of it is taken away.
    pub fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        self.changed.retain(|changed| changed != uri);
        let Some(entry) = self.documents.remove(uri) else { return };
        self.settings_edited |= !entry.document.is_story();
        if entry.sent.is_some_and(|sent| !sent.is_empty()) && !self.abilities.pulls {
            let version = Some(entry.document.buffer.version());
            self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(uri.clone(), Vec::new(), version));
        }
    }

    /// What `look` sees of a document.
    ///
    /// # Errors
    ///
    /// The document is not open.
    pub fn look<T>(&mut self, uri: &Uri, look: impl FnOnce(&View) -> T) -> Result<T> {
        let entry = self.documents.get_mut(uri).ok_or_else(not_open)?;
        Ok(look(&entry.document.view(self.abilities.encoding)))
    }

    /// What `look` sees of a story; `None` for a document that is none.
    ///
    /// # Errors
    ///
    /// The document is not open.
    pub fn look_at_story<T>(&mut self, uri: &Uri, look: impl FnOnce(&View) -> T) -> Result<Option<T>> {
        self.look(uri, |view| view.document.is_story().then(|| look(view)))
    }
}

/// The answer to a request about a document that was never opened.
pub(super) fn not_open() -> Error {
    Error::invalid_params("the document is not open")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_its_own_answer_only() {
        let mut desk = Desk::alone();
        let (answers, answered) = mpsc::channel();
        desk.guarded(|_| answers.send("before").expect("it is waited for"));
        desk.guarded(|_| panic!("what a check does that nobody foresaw"));
        desk.guarded(|_| answers.send("after").expect("it is waited for"));
        drop(answers);
        assert_eq!(answered.iter().collect::<Vec<_>>(), ["before", "after"]);
    }
}
