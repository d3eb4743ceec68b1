//! All of the server's state, and the one thread that owns it.
//!
//! Messages arrive as jobs and are done strictly in their order. Edits only change the buffer; the text is checked when a
//! job asks for what was found, or when the queue is empty and the findings are to be published.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::notification::{LogMessage, PublishDiagnostics};
use tower_lsp::ls_types::{
    ClientCapabilities, CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    FullDocumentDiagnosticReport, InitializeParams, InitializeResult, LogMessageParams, MessageType,
    PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    RenameParams, TextDocumentItem, TraceValue, UnchangedDocumentDiagnosticReport, Uri, WorkspaceEdit,
    WorkspaceFoldersChangeEvent,
};

use super::Life;
use super::actions::{self, Carried, Change, Deed};
use super::asking::{self, Question};
use super::client::{Abilities, ClientSettings};
use super::document::{OpenDocument, View, file_path};
use super::images::{self, Wanted};
use super::status::{self, Status, StatusChanged};
use super::transport::Outbox;
use super::workspace::{self, Changes};
use super::{capabilities, diagnostics, edits, people, trace};
use crate::assets::ImageCache;
use crate::config::FILE_NAME;
use crate::project::{OWN_RULES, Project, ProjectOptions, Projects};

/// Something to do with the state.
pub type Job = Box<dyn FnOnce(&mut Desk) + Send>;

/// The most jobs that are done before what they changed is published.
const BATCH: usize = 1000;

/// How long findings about the word that is being typed wait for the rest of the word.
const PAUSE: Duration = Duration::from_millis(500);

/// All of the server's state.
pub struct Desk {
    pub(super) abilities: Abilities,
    pub(super) settings: ClientSettings,
    pub(super) outbox: Outbox,
    /// How much the client wants to be told of what is done.
    pub(super) trace: TraceValue,
    questions: UnboundedSender<Question>,
    pub(super) projects: Projects,
    pub(super) folders: Vec<PathBuf>,
    documents: HashMap<Uri, Entry>,
    /// What was changed since the last publishing, in the order of the changes.
    changed: VecDeque<Uri>,
    /// The number of the last list of diagnostics that differed from the one before. Never used twice, so that a client
    /// that closed a document and opened it again is not told that nothing changed.
    results: u64,
    /// Projects were read since their problems were last published.
    projects_read: bool,
    /// The settings and rule files that have diagnostics.
    faulty: Vec<Uri>,
    /// Publication dates that were set by command: of one document, or, without one, of all.
    dates: HashMap<Option<Uri>, Date>,
    /// Takes the images that are to be read.
    images: Sender<Wanted>,
    /// Takes requests for the diagnostics of all stories.
    pub(super) workspace: Sender<workspace::Ask>,
    /// What these diagnostics depend on, beside the stories.
    pub(super) changes: Changes,
}

/// An open document and what the client knows of it.
struct Entry {
    document: OpenDocument,
    /// The diagnostics that were sent last, pushed or pulled; `None` before the first.
    sent: Option<Vec<Diagnostic>>,
    /// Names `sent` in pulled reports.
    result: u64,
    /// Where a word is being typed, and since when it rests.
    typing: Option<(usize, Instant)>,
    /// There are findings about that word which were not sent yet.
    waits: bool,
    /// The status that the client was told of last.
    status: Option<Status>,
}

impl Entry {
    fn new(document: OpenDocument) -> Self {
        Self { document, sent: None, result: 0, typing: None, waits: false, status: None }
    }
}

impl Desk {
    /// Starts the thread; jobs sent to it are done as long as the process runs.
    pub fn start(
        options: ProjectOptions,
        outbox: Outbox,
        questions: UnboundedSender<Question>,
        life: Arc<Life>,
    ) -> Sender<Job> {
        let (sender, jobs) = mpsc::channel();
        let images = Arc::new(ImageCache::default());
        let mut desk = Self {
            workspace: workspace::start(options.clone(), Arc::clone(&images), outbox.clone(), life),
            changes: Changes::default(),
            images: images::start(images, sender.clone()),
            abilities: Abilities::new(&ClientCapabilities::default()),
            settings: ClientSettings::default(),
            outbox,
            trace: TraceValue::Off,
            questions,
            projects: Projects::new(options),
            folders: Vec::new(),
            documents: HashMap::new(),
            changed: VecDeque::new(),
            results: 0,
            projects_read: false,
            faulty: Vec::new(),
            dates: HashMap::new(),
        };
        // Reading a story recurses no deeper than its markup, but a generous stack costs nothing until it is used.
        let thread = std::thread::Builder::new().name("desk".to_owned()).stack_size(16 << 20);
        // Without the thread every request is answered with an error, which says more than a panic here.
        let _ = thread.spawn(move || desk.run(&jobs));
        sender
    }

    fn run(&mut self, jobs: &Receiver<Job>) {
        loop {
            let first = match self.next_pause() {
                None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(end) => jobs.recv_timeout(end.saturating_duration_since(Instant::now())),
            };
            match first {
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(first) => {
                    for job in std::iter::once(first).chain(jobs.try_iter().take(BATCH)) {
                        self.guarded(job);
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
        waiting.filter_map(|entry| Some(entry.typing?.1 + PAUSE)).min()
    }

    /// Lets the findings go that waited long enough.
    fn end_pauses(&mut self) {
        let now = Instant::now();
        for (uri, entry) in &mut self.documents {
            if entry.waits && entry.typing.is_none_or(|(_, since)| now >= since + PAUSE) {
                (entry.typing, entry.waits) = (None, false);
                if !self.changed.contains(uri) {
                    self.changed.push_back(uri.clone());
                }
            }
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
        self.trace = params.trace.unwrap_or_default();
        if let Some(options) = &params.initialization_options {
            self.set(options);
        }
        if let Some(unit) = self.settings.position_encoding {
            self.abilities.encoding = unit.encoding();
        }
        capabilities::answer(&self.abilities, &self.settings)
    }

    /// Takes over the user's settings; wrong ones are logged and change nothing.
    fn set(&mut self, value: &serde_json::Value) {
        match ClientSettings::read(value) {
            Ok(settings) => {
                self.projects_read |= settings.preferences() != self.settings.preferences();
                self.projects.prefer(&settings.preferences());
                self.settings = settings;
            }
            Err(error) => self.log(MessageType::WARNING, format!("settings not used: {error}")),
        }
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

    /// The client says that its settings changed: asks for them, or takes those that it sent along.
    pub fn settings_changed(&mut self, value: &Value) {
        if self.abilities.configuration {
            self.ask(Question::Configuration);
        } else {
            self.configure(value);
        }
    }

    /// Takes over the user's settings and checks everything by them.
    pub fn configure(&mut self, value: &Value) {
        let before = self.settings.clone();
        self.set(value);
        if self.settings != before {
            self.check_again();
        }
    }

    /// Files changed on disk.
    pub fn files_changed(&mut self, files: &[Uri]) {
        let paths: Vec<PathBuf> = files.iter().filter_map(file_path).collect();
        if paths.iter().any(|path| is_settings(path)) {
            self.projects.forget();
            self.projects_read = true;
            self.check_again();
        } else if !paths.is_empty() {
            self.changes.images += 1;
            for entry in self.documents.values_mut().filter(|entry| entry.document.is_story()) {
                entry.document.forget_images();
                entry.document.checked();
                entry.document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
            }
        }
    }

    /// A document was saved: a client that watches no files tells of settings in this way only.
    pub fn saved(&mut self, uri: Uri) {
        if file_path(&uri).is_some_and(|path| is_settings(&path)) {
            self.files_changed(&[uri]);
        }
    }

    /// The client opened or closed folders.
    pub fn folders_changed(&mut self, change: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> = change.removed.iter().filter_map(|folder| file_path(&folder.uri)).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in change.added.iter().filter_map(|folder| file_path(&folder.uri)) {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        self.check_again();
    }

    /// Checks all open documents by the settings and rules as they are now.
    fn check_again(&mut self) {
        self.changes.settings += 1;
        let uris: Vec<Uri> = self.documents.keys().cloned().collect();
        for uri in uris {
            let path = file_path(&uri);
            let (project, home) = (self.project(path.as_deref()), self.home(path.as_deref()));
            let settings = self.settings_for(Some(&uri));
            if let Some(entry) = self.documents.get_mut(&uri) {
                entry.document.configure(project, home, &settings);
            }
            if !self.changed.contains(&uri) {
                self.changed.push_back(uri);
            }
        }
        self.refresh();
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

    /// Tells a client that asks to ask again.
    pub(super) fn refresh(&self) {
        if self.abilities.pulls && self.abilities.refreshes_diagnostics {
            self.ask(Question::RefreshDiagnostics);
        }
        if self.abilities.refreshes_hints {
            self.ask(Question::RefreshHints);
        }
        if self.abilities.refreshes_lenses {
            self.ask(Question::RefreshLenses);
        }
    }

    /// The project of a document: that of its folder, or of the first workspace folder for one that is no file.
    pub(super) fn project(&mut self, path: Option<&Path>) -> Arc<Project> {
        let folder = path.and_then(Path::parent).map(Path::to_owned).or_else(|| self.folders.first().cloned());
        let before = self.projects.all().count();
        let project = self.projects.of_folder(&folder.unwrap_or_default());
        self.projects_read |= self.projects.all().count() != before;
        project
    }

    /// The folder in which settings would be made for a document: the workspace folder around it, or its own folder.
    fn home(&self, path: Option<&Path>) -> Option<PathBuf> {
        let Some(path) = path else { return self.folders.first().cloned() };
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        let nearest = around.max_by_key(|folder| folder.components().count());
        nearest.cloned().or_else(|| path.parent().map(Path::to_owned))
    }

    /// The user's settings for a document, or for those that have none of their own, with the publication date that was
    /// set by command.
    pub(super) fn settings_for(&self, uri: Option<&Uri>) -> ClientSettings {
        let set = self.dates.get(&uri.cloned()).or_else(|| self.dates.get(&None));
        ClientSettings { date: set.copied().or(self.settings.date), ..self.settings.clone() }
    }

    /// The documents for which a publication date was set by command, with their settings.
    pub(super) fn dated(&self) -> HashMap<Uri, ClientSettings> {
        self.dates.keys().flatten().map(|uri| (uri.clone(), self.settings_for(Some(uri)))).collect()
    }

    /// The stories that are open, with their versions and diagnostics.
    pub(super) fn open_stories(&mut self) -> Vec<(Uri, i32, Vec<Diagnostic>)> {
        let stories = self.documents.iter_mut().filter(|(_, entry)| entry.document.is_story());
        let report = |(uri, entry): (&Uri, &mut Entry)| {
            entry.refresh(&self.abilities, &mut self.results, None);
            (uri.clone(), entry.document.buffer.version(), entry.sent.clone().unwrap_or_default())
        };
        stories.map(report).collect()
    }

    /// Sets the publication date of one document, or of all; `None` goes back to what the settings and the story say.
    pub fn set_date(&mut self, uri: Option<Uri>, date: Option<Date>) {
        match date {
            Some(date) => drop(self.dates.insert(uri, date)),
            // Whoever takes back the date of all stories wants no single one to keep its own.
            None if uri.is_none() => self.dates.clear(),
            None => drop(self.dates.remove(&uri)),
        }
        self.check_again();
    }

    /// Takes a document over.
    pub fn open(&mut self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        let project = self.project(file_path(&uri).as_deref());
        let home = self.home(file_path(&uri).as_deref());
        let document = OpenDocument::new(item, project, home, &self.settings_for(Some(&uri)));
        // A document that is opened twice is what the second message says.
        self.documents.insert(uri.clone(), Entry::new(document));
        self.changed.push_back(uri);
    }

    /// Applies changes to a document.
    pub fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(entry) = self.documents.get_mut(&uri) else {
            return self.log(MessageType::WARNING, format!("changed but not open: {}", uri.as_str()));
        };
        let version = params.text_document.version;
        let typing = entry.document.change(params.content_changes, version, self.abilities.encoding);
        entry.typing = typing.map(|at| (at, Instant::now()));
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
        if std::mem::take(&mut self.projects_read) {
            self.publish_problems();
        }
        while let Some(uri) = self.changed.pop_front() {
            let start = Instant::now();
            let Some(entry) = self.documents.get_mut(&uri) else { continue };
            if !entry.document.is_story() {
                continue;
            }
            if self.abilities.shows_status {
                let status = status::status(&entry.document.view(self.abilities.encoding));
                if entry.status.as_ref() != Some(&status) {
                    self.outbox.notify::<StatusChanged>(&status);
                    entry.status = Some(status);
                }
            }
            if self.abilities.pulls {
                continue;
            }
            let word = entry.typing.map(|(at, _)| at);
            let version = entry.document.buffer.version();
            let changed = entry.refresh(&self.abilities, &mut self.results, word);
            entry.document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
            if changed {
                let items = entry.sent.clone().unwrap_or_default();
                let params = PublishDiagnosticsParams::new(uri.clone(), items, Some(version));
                self.outbox.notify::<PublishDiagnostics>(&params);
            }
            let count = entry.sent.as_ref().map_or(0, Vec::len);
            let news = if changed { "published" } else { "nothing new" };
            self.trace(
                || format!("checked {} in version {version}: {news}, in {}", uri.as_str(), trace::milliseconds(start)),
                || format!("{count} diagnostics; the next in line: {}", self.changed.len()),
            );
        }
    }

    /// Sends what is wrong with settings and rule files. They are no stories, so nobody pulls it.
    fn publish_problems(&mut self) {
        let mut files: Vec<(Uri, Vec<Diagnostic>)> = Vec::new();
        for problem in self.projects.problems() {
            let path = std::path::absolute(&problem.file).unwrap_or_default();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let Some(uri) = Uri::from_file_path(&path) else { continue };
            let diagnostic = diagnostics::of_problem(problem, &text, self.abilities.encoding);
            match files.iter_mut().find(|(known, _)| *known == uri) {
                Some((_, diagnostics)) => diagnostics.push(diagnostic),
                None => files.push((uri, vec![diagnostic])),
            }
        }
        let mended = self.faulty.iter().filter(|uri| !files.iter().any(|(faulty, _)| faulty == *uri));
        let mended: Vec<Uri> = mended.cloned().collect();
        self.faulty = files.iter().map(|(uri, _)| uri.clone()).collect();
        for (uri, diagnostics) in mended.into_iter().map(|uri| (uri, Vec::new())).chain(files) {
            let version = self.documents.get(&uri).map(|entry| entry.document.buffer.version());
            self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(uri, diagnostics, version));
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

    /// What can be done at a place.
    pub fn code_actions(&mut self, params: &CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        let abilities = self.abilities.clone();
        let today = jiff::Zoned::now().date();
        let offers = self.look(&uri, |view| {
            if view.document.is_story() { actions::offer(view, params, &abilities, today) } else { Vec::new() }
        })?;
        let mut response = CodeActionResponse::new();
        for (mut action, deed) in offers {
            // What would have to create the settings is no offer to a client that cannot create files.
            if deed.is_in_settings() && self.edit(&uri, &deed).is_none() {
                continue;
            }
            if abilities.resolves_edits {
                action.data = serde_json::to_value(Carried { uri: uri.clone(), deed }).ok();
            } else {
                let Some(edit) = self.edit(&uri, &deed) else { continue };
                action.edit = Some(edit);
            }
            response.push(CodeActionOrCommand::CodeAction(action));
        }
        Ok(Some(response))
    }

    /// Works out the edit of a chosen action.
    pub fn resolve(&mut self, mut action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        action.edit = Some(self.carried(data)?);
        Ok(action)
    }

    pub(super) fn carried(&mut self, data: Value) -> Result<WorkspaceEdit> {
        let carried: Carried =
            serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))?;
        self.edit(&carried.uri, &carried.deed).ok_or_else(|| {
            let mut error = Error::content_modified();
            error.message = "this cannot be done to the text as it is now".into();
            error
        })
    }

    pub(super) fn edit(&mut self, uri: &Uri, deed: &Deed) -> Option<WorkspaceEdit> {
        // A settings file that is open is edited as it stands in the editor.
        let open: HashMap<PathBuf, (String, i32)> = self
            .documents
            .values()
            .filter(|entry| entry.document.path.as_deref().is_some_and(is_settings))
            .filter_map(|entry| {
                let buffer = &entry.document.buffer;
                Some((entry.document.path.clone()?, (buffer.text(), buffer.version())))
            })
            .collect();
        let text =
            |file: &Path| open.get(file).map(|(text, _)| text.clone()).or_else(|| std::fs::read_to_string(file).ok());
        let document = &mut self.documents.get_mut(uri)?.document;
        match actions::change(document, deed, text)? {
            Change::Story(edits) => {
                Some(edits::of_document(&document.view(self.abilities.encoding), &edits, &self.abilities))
            }
            Change::Settings { file, text, new, edit } => {
                let version = open.get(&file).map(|(_, version)| *version);
                edits::of_file(&file, version, &text, new, &edit, &self.abilities)
            }
        }
    }

    /// Gives the person at a place a new name.
    pub fn rename(&mut self, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = &params.text_document_position;
        let abilities = self.abilities.clone();
        self.look(&at.text_document.uri, |view| {
            let edits = people::rename(view, at.position, &params.new_name).map_err(Error::invalid_params)?;
            Ok(Some(edits::of_document(view, &edits, &abilities)))
        })?
    }

    /// Answers a client that asks for diagnostics.
    pub fn diagnostic(&mut self, params: &DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let entry = self.documents.get_mut(&params.text_document.uri).ok_or_else(not_open)?;
        entry.refresh(&self.abilities, &mut self.results, None);
        entry.document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
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
    ///
    /// New findings about the word that is being typed up to byte `word` wait: half a word is mostly wrong. Those that
    /// were there before the typing stay, so that nothing flickers.
    fn refresh(&mut self, abilities: &Abilities, results: &mut u64, word: Option<usize>) -> bool {
        let view = self.document.view(abilities.encoding);
        let mut now = diagnostics::all(&view, abilities);
        if let Some(word) = word {
            let at = view.range(&(word..word)).start;
            let known = self.sent.as_deref().unwrap_or_default();
            let is_known = |d: &Diagnostic| known.iter().any(|k| (&k.code, &k.message) == (&d.code, &d.message));
            let all = now.len();
            now.retain(|d| at < d.range.start || d.range.end < at || d.range.start == d.range.end || is_known(d));
            self.waits = now.len() < all;
        }
        let changed = self.sent.as_ref() != Some(&now);
        if changed {
            self.sent = Some(now);
            *results += 1;
            self.result = *results;
        }
        changed
    }
}

/// Whether a file holds settings or rules of a newsroom.
fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
        || path.parent().is_some_and(|folder| folder.ends_with(OWN_RULES))
}

/// The answer to a request about a document that was never opened.
pub(super) fn not_open() -> Error {
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

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    #[test]
    fn new_findings_wait_for_the_rest_of_the_word() {
        let options = ProjectOptions { no_config: true, ..ProjectOptions::default() };
        let project = Projects::new(options).of_folder(Path::new(""));
        let uri = Uri::from_str("untitled:a").expect("it is a URI");
        let text = "The council insists of meeting.";
        let item = TextDocumentItem::new(uri, "plaintext".to_owned(), 1, text.to_owned());
        let document = OpenDocument::new(item, project, None, &ClientSettings::default());
        let mut entry = Entry::new(document);
        let abilities = Abilities::new(&ClientCapabilities::default());
        let mut results = 0;
        let mut found = |entry: &mut Entry, word| {
            entry.refresh(&abilities, &mut results, word);
            let code = Some(tower_lsp::ls_types::NumberOrString::String("words/verb-preposition".to_owned()));
            entry.sent.iter().flatten().filter(|d| d.code == code).count()
        };
        let word = text.find(" meeting");
        assert_eq!((found(&mut entry, word), entry.waits), (0, true));
        assert_eq!(found(&mut entry, None), 1);
        // What was known before does not flicker.
        assert_eq!((found(&mut entry, word), entry.waits), (1, false));
    }
}
