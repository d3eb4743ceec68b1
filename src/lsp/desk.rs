//! All of the server's state, and the one thread that owns it.
//!
//! Messages arrive as jobs and are done strictly in their order. Edits only change the buffer; the text is checked when a
//! job asks for what was found, or when the queue is empty and the findings are to be published.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::notification::{LogMessage, PublishDiagnostics};
use tower_lsp::ls_types::{
    ClientCapabilities, Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, InitializeParams, InitializeResult, LogMessageParams,
    MessageType, PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, TextDocumentItem, UnchangedDocumentDiagnosticReport, Uri,
};

use super::client::{Abilities, ClientSettings};
use super::document::{OpenDocument, file_path};
use super::transport::Outbox;
use super::{capabilities, diagnostics};
use crate::project::{Project, ProjectOptions, Projects};

/// Something to do with the state.
pub type Job = Box<dyn FnOnce(&mut Desk) + Send>;

/// The most jobs that are done before what they changed is published.
const BATCH: usize = 1000;

/// All of the server's state.
pub struct Desk {
    pub(super) abilities: Abilities,
    pub(super) settings: ClientSettings,
    outbox: Outbox,
    projects: Projects,
    folders: Vec<PathBuf>,
    documents: HashMap<Uri, Entry>,
    /// What was changed since the last publishing, in the order of the changes.
    changed: VecDeque<Uri>,
    /// The number of the last list of diagnostics that differed from the one before. Never used twice, so that a client
    /// that closed a document and opened it again is not told that nothing changed.
    results: u64,
}

/// An open document and what the client knows of it.
struct Entry {
    document: OpenDocument,
    /// The diagnostics that were sent last, pushed or pulled; `None` before the first.
    sent: Option<Vec<Diagnostic>>,
    /// Names `sent` in pulled reports.
    result: u64,
}

impl Desk {
    /// Starts the thread; jobs sent to it are done until all senders are gone.
    pub fn start(options: ProjectOptions, outbox: Outbox) -> Sender<Job> {
        let (sender, jobs) = mpsc::channel();
        let mut desk = Self {
            abilities: Abilities::new(&ClientCapabilities::default()),
            settings: ClientSettings::default(),
            outbox,
            projects: Projects::new(options),
            folders: Vec::new(),
            documents: HashMap::new(),
            changed: VecDeque::new(),
            results: 0,
        };
        // Reading a story recurses no deeper than its markup, but a generous stack costs nothing until it is used.
        let thread = std::thread::Builder::new().name("desk".to_owned()).stack_size(16 << 20);
        // Without the thread every request is answered with an error, which says more than a panic here.
        let _ = thread.spawn(move || desk.run(&jobs));
        sender
    }

    fn run(&mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            for job in std::iter::once(first).chain(jobs.try_iter().take(BATCH)) {
                self.guarded(job);
            }
            self.guarded(Desk::publish);
        }
    }

    /// Does a job; a panic costs that job and is logged.
    fn guarded(&mut self, job: impl FnOnce(&mut Desk)) {
        if catch_unwind(AssertUnwindSafe(|| job(self))).is_err() {
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
        if let Some(options) = &params.initialization_options {
            self.set(options);
        }
        capabilities::answer(&self.abilities)
    }

    /// Takes over the user's settings; wrong ones are logged and change nothing.
    fn set(&mut self, value: &serde_json::Value) {
        match ClientSettings::read(value) {
            Ok(settings) => self.settings = settings,
            Err(error) => self.log(MessageType::WARNING, format!("settings not used: {error}")),
        }
    }

    /// The project of a document: that of its folder, or of the first workspace folder for one that is no file.
    fn project(&mut self, path: Option<&Path>) -> Arc<Project> {
        let folder = path.and_then(Path::parent).map(Path::to_owned).or_else(|| self.folders.first().cloned());
        self.projects.of_folder(&folder.unwrap_or_default())
    }

    /// Takes a document over.
    pub fn open(&mut self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        let project = self.project(file_path(&uri).as_deref());
        let document = OpenDocument::new(item, project, &self.settings);
        // A document that is opened twice is what the second message says.
        self.documents.insert(uri.clone(), Entry { document, sent: None, result: 0 });
        self.changed.push_back(uri);
    }

    /// Applies changes to a document.
    pub fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(entry) = self.documents.get_mut(&uri) else {
            return self.log(MessageType::WARNING, format!("changed but not open: {}", uri.as_str()));
        };
        entry.document.change(params.content_changes, params.text_document.version, self.abilities.encoding);
        if !self.changed.contains(&uri) {
            self.changed.push_back(uri);
        }
    }

    /// Gives a document back: what is said of it is taken away.
    pub fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        self.changed.retain(|changed| changed != uri);
        let Some(entry) = self.documents.remove(uri) else { return };
        if entry.sent.is_some_and(|sent| !sent.is_empty()) && !self.abilities.pulls {
            let version = Some(entry.document.buffer.version());
            self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(uri.clone(), Vec::new(), version));
        }
    }

    /// Sends the diagnostics of what changed, unless they are those that were sent last or the client asks itself.
    fn publish(&mut self) {
        while let Some(uri) = self.changed.pop_front() {
            let Some(entry) = self.documents.get_mut(&uri) else { continue };
            if self.abilities.pulls || !entry.document.is_story() {
                continue;
            }
            if entry.refresh(&self.abilities, &mut self.results) {
                let version = Some(entry.document.buffer.version());
                let items = entry.sent.clone().unwrap_or_default();
                self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(uri, items, version));
            }
        }
    }

    /// Answers a client that asks for diagnostics.
    pub fn diagnostic(&mut self, params: &DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let entry = self.documents.get_mut(&params.text_document.uri).ok_or_else(not_open)?;
        entry.refresh(&self.abilities, &mut self.results);
        let result = entry.result.to_string();
        if params.previous_result_id.as_ref() == Some(&result) {
            let report = UnchangedDocumentDiagnosticReport { result_id: result };
            return Ok(DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: report,
            }));
        }
        let items = entry.sent.clone().unwrap_or_default();
        Ok(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result), items },
        }))
    }
}

impl Entry {
    /// Brings `sent` up to date and says whether that changed it.
    fn refresh(&mut self, abilities: &Abilities, results: &mut u64) -> bool {
        let now = diagnostics::all(&self.document.view(abilities.encoding), abilities);
        let changed = self.sent.as_ref() != Some(&now);
        if changed {
            self.sent = Some(now);
            *results += 1;
            self.result = *results;
        }
        changed
    }
}

/// The answer to a request about a document that was never opened.
fn not_open() -> Error {
    Error::invalid_params("the document is not open")
}

fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().filter_map(|folder| file_path(&folder.uri));
    let folders: Vec<PathBuf> = folders.collect();
    if !folders.is_empty() {
        return folders;
    }
    #[allow(deprecated)] // Clients older than workspace folders say it this way.
    let root = params.root_uri.as_ref().and_then(file_path);
    root.into_iter().collect()
}
