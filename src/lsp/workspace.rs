//! Diagnostics of all stories in the client's folders, open or not (`workspace/diagnostic`).
//!
//! This is work for a thread of its own: it reads files, takes seconds in a large archive, and must not hold up a
//! keystroke. The desk hands over what it knows at the moment of the request; the thread keeps nothing of a story but
//! what names its last report.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rustc_hash::FxHasher;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticSeverity, FullDocumentDiagnosticReport, PreviousResultId, ProgressToken, Range,
    TextDocumentItem, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::Life;
use super::client::{Abilities, ClientSettings, SECTION};
use super::diagnostics;
use super::document::{OpenDocument, WantedSources, file_path};
use super::transport::Outbox;
use crate::assets::ImageCache;
use crate::project::{Project, ProjectOptions, Projects, Unsaved};
use crate::sources::{self, Shelf};
use crate::stamp::Stamp;
use crate::story::Library;
use crate::walk;

/// How long reports are gathered before they are sent as a partial result.
const GATHERED: Duration = Duration::from_millis(100);

/// Clients ask again every few seconds. Folders are looked through again only when this many times the time has passed
/// that it took, so that asking costs a twentieth of a core at most.
const REST: u32 = 20;

/// Where the answer goes.
pub type ReportReply = super::event::Reply<WorkspaceDiagnosticReportResult>;

/// A request, with what the desk knows.
pub struct Ask {
    /// Where the answer goes.
    pub reply: ReportReply,
    /// What is asked.
    pub params: WorkspaceDiagnosticParams,
    /// What the client can do.
    pub abilities: Abilities,
    /// Its settings.
    pub settings: ClientSettings,
    /// The settings of files that have some of their own.
    pub own_settings: HashMap<PathBuf, ClientSettings>,
    /// The day on which stories are published that name none.
    pub today: Date,
    /// The folders whose stories are meant.
    pub folders: Vec<PathBuf>,
    /// The stories that are open.
    pub open: Vec<OpenStory>,
    /// Settings and rules that are not saved.
    pub unsaved: Arc<Unsaved>,
    /// How often what reports depend on has changed.
    pub changes: ReportChanges,
}

/// A story that is open: what the desk would answer of it.
pub struct OpenStory {
    /// The document.
    pub uri: Uri,
    /// Its version.
    pub version: i32,
    /// What the desk would answer of it.
    pub items: Vec<Diagnostic>,
}

/// How often what the reports of unchanged files depend on has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportChanges {
    /// Settings, rules, folders.
    pub settings: u64,
    /// Image files.
    pub images: u64,
    /// Files that stories are written from.
    pub sources: u64,
}

/// Starts the thread.
pub fn start(options: ProjectOptions, images: Arc<ImageCache>, outbox: Outbox, life: Arc<Life>) -> Sender<Ask> {
    let (sender, asked) = mpsc::channel();
    let worker = Worker {
        projects: Projects::new(options),
        images,
        shelf: Shelf::default(),
        outbox,
        life,
        changes: ReportChanges::default(),
        kept: HashMap::new(),
        listed: None,
    };
    let thread = std::thread::Builder::new().name("workspace".to_owned()).stack_size(16 << 20);
    // Without the thread requests get an internal error.
    let _ = thread.spawn(move || worker.run(&asked));
    sender
}

struct Worker {
    projects: Projects,
    images: Arc<ImageCache>,
    shelf: Shelf,
    outbox: Outbox,
    life: Arc<Life>,
    /// Those that `kept` was made after.
    changes: ReportChanges,
    kept: HashMap<PathBuf, KeptReport>,
    listed: Option<Listed>,
}

/// What is kept of a story that is not open.
struct KeptReport {
    stamp: Stamp,
    /// The stamp of its ledger.
    ledger: Option<Stamp>,
    /// Names its report.
    result: String,
    has_images: bool,
    has_sources: bool,
}

/// The stories of some folders, as they were found.
struct Listed {
    folders: Vec<PathBuf>,
    stories: Vec<(PathBuf, Stamp)>,
    since: Instant,
    took: Duration,
}

impl Worker {
    fn run(mut self, asked: &Receiver<Ask>) {
        for ask in asked {
            if self.is_over(&ask) {
                let _ = ask.reply.send(Err(Error::request_cancelled()));
                continue;
            }
            self.forget(ask.changes);
            self.projects.prefer(&ask.settings.preferences());
            self.projects.read_unsaved(Arc::clone(&ask.unsaved));
            let outbox = self.outbox.clone();
            let mut report = Report::new(&ask, &outbox);
            let done = self.report(&ask, &mut report);
            let answer = if done { report.finish() } else { report.give_up() };
            let _ = ask.reply.send(answer);
        }
    }

    /// Whether nobody waits for the answer any more.
    fn is_over(&self, ask: &Ask) -> bool {
        ask.reply.is_closed() || self.life.shut_down.load(Ordering::Acquire)
    }

    /// Forgets what was made before changes.
    fn forget(&mut self, changes: ReportChanges) {
        if self.changes.settings != changes.settings {
            self.projects.forget();
            self.kept.clear();
            self.listed = None;
        }
        let (images, sources) = (self.changes.images != changes.images, self.changes.sources != changes.sources);
        self.kept.retain(|_, kept| !(images && kept.has_images || sources && kept.has_sources));
        self.changes = changes;
    }

    /// Reports all stories; `false` when nobody waits for the answer any more.
    fn report(&mut self, ask: &Ask, report: &mut Report) -> bool {
        let previous = &ask.params.previous_result_ids;
        let mut previous: HashMap<PathBuf, &PreviousResultId> =
            previous.iter().map(|id| (place(&id.uri), id)).collect();
        let mut seen: HashSet<PathBuf> = HashSet::new();
        for OpenStory { uri, version, items } in &ask.open {
            let known = previous.remove(&place(uri)).map(|id| &*id.value);
            report.add(uri, Some(*version), known, name(items), || items.clone());
            seen.insert(place(uri));
        }
        let Some(stories) = self.list(ask) else { return false };
        let total = stories.len();
        for (number, (path, stamp)) in stories.into_iter().enumerate() {
            if self.is_over(ask) {
                return false;
            }
            report.at(number, total);
            let Some(uri) = Uri::from_file_path(&path).filter(|_| seen.insert(path.clone())) else { continue };
            let known = previous.remove(&path).map(|id| &*id.value);
            let project = self.projects.of_folder(path.parent().unwrap_or(&path));
            let ledger = Stamp::at(&project.ledger_of(&path));
            let is_same =
                |kept: &&KeptReport| (kept.stamp, kept.ledger) == (stamp, ledger) && Some(&*kept.result) == known;
            let kept = self.kept.get(&path).filter(is_same);
            match kept {
                Some(kept) => report.add(&uri, None, known, kept.result.clone(), Vec::new),
                None => {
                    let (items, has_images, has_sources) = self.check(&path, &uri, ask);
                    let result = name(&items);
                    report.add(&uri, None, known, result.clone(), || items);
                    self.kept.insert(path, KeptReport { stamp, ledger, result, has_images, has_sources });
                }
            }
        }
        // What the client knows of and is no longer there.
        for PreviousResultId { uri, value } in previous.into_values().filter(|id| id.value != GONE) {
            report.add(uri, None, Some(value), GONE.to_owned(), Vec::new);
        }
        true
    }

    /// The stories of the folders; `None` when nobody waits for them any more.
    fn list(&mut self, ask: &Ask) -> Option<Vec<(PathBuf, Stamp)>> {
        let folders = &ask.folders;
        if let Some(listed) = &self.listed
            && listed.folders == *folders
            && listed.since.elapsed() < listed.took * REST
        {
            return Some(listed.stories.clone());
        }
        let start = Instant::now();
        let mut stories = Vec::new();
        for folder in folders {
            let project = self.projects.of_folder(folder);
            // What is wrong with the globs is told with the file they are in.
            for path in walk::stories(folder, &project, &mut Vec::new()).flatten() {
                if self.is_over(ask) {
                    return None;
                }
                // A file that is gone by now is none to report.
                let Some(stamp) = Stamp::at(&path) else { continue };
                stories.push((path, stamp));
            }
        }
        stories.sort();
        stories.dedup();
        self.kept.retain(|path, _| stories.binary_search_by(|(known, _)| known.cmp(path)).is_ok());
        let (folders, since) = (folders.clone(), Instant::now());
        self.listed = Some(Listed { folders, stories: stories.clone(), since, took: start.elapsed() });
        Some(stories)
    }

    /// What is found in a file that is not open, and whether it has images, and names sources.
    fn check(&mut self, path: &Path, uri: &Uri, ask: &Ask) -> (Vec<Diagnostic>, bool, bool) {
        let Ok(bytes) = std::fs::read(path) else { return (Vec::new(), false, false) };
        let Ok(text) = String::from_utf8(bytes) else {
            let message = "this file is not UTF-8; open it with its real encoding and save it as UTF-8";
            let severity = Some(DiagnosticSeverity::ERROR);
            let source = Some(SECTION.to_owned());
            let range = Range::default();
            return (
                vec![Diagnostic { range, severity, source, message: message.to_owned(), ..Diagnostic::default() }],
                false,
                false,
            );
        };
        let project = self.projects.of_folder(path.parent().unwrap_or(path));
        let settings = ask.own_settings.get(path).unwrap_or(&ask.settings);
        // A check that panics costs this file's report.
        catch_unwind(AssertUnwindSafe(|| check(text, uri, project, settings, (&self.images, &self.shelf), ask)))
            .unwrap_or_default()
    }
}

fn check(
    text: String,
    uri: &Uri,
    project: Arc<Project>,
    settings: &ClientSettings,
    (images, shelf): (&ImageCache, &Shelf),
    ask: &Ask,
) -> (Vec<Diagnostic>, bool, bool) {
    let item = TextDocumentItem::new(uri.clone(), String::new(), 0, text);
    let mut document = OpenDocument::new(item, project, None, settings, ask.today);
    document.checked();
    let wanted = document.images_wanted();
    let has_images = wanted.is_some();
    if let Some(wanted) = wanted {
        document.set_images(&wanted.sources, images.of_story(&wanted.sources, &wanted.story));
    }
    let sources = document.sources_wanted();
    let has_sources = sources.is_some();
    if let Some(WantedSources { story, names, .. }) = sources {
        let files = sources::files(story.parent().unwrap_or(Path::new("")), &names);
        let gathered = shelf.gather(&files);
        let library = Arc::new(Library::new(gathered.materials.clone()));
        document.set_sources(&names, gathered, library);
    }
    let mut items = diagnostics::all(&document.view(ask.abilities.encoding), &ask.abilities, &[]);
    // Matters of taste are for whoever has the story open.
    items.retain(|item| item.severity != Some(DiagnosticSeverity::HINT));
    (items, has_images, has_sources)
}

/// What tells documents apart: a file may be called by several URIs, because clients escape differently.
fn place(uri: &Uri) -> PathBuf {
    file_path(uri).unwrap_or_else(|| PathBuf::from(uri.as_str()))
}

/// The name of the report of a file that is gone.
const GONE: &str = "gone";

/// The name of a report: reports of the same name say the same, whoever made them and when.
fn name(items: &[Diagnostic]) -> String {
    let mut hasher = FxHasher::default();
    serde_json::to_vec(items).unwrap_or_default().hash(&mut hasher);
    format!("w{:016x}", hasher.finish())
}

/// An answer that is being made, and what the client is told while it is.
struct Report<'a> {
    outbox: &'a Outbox,
    /// Once the client took its request back, its tokens mean nothing any more.
    reply: &'a ReportReply,
    partial: Option<&'a ProgressToken>,
    progress: Option<&'a ProgressToken>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
    sent: Instant,
}

impl<'a> Report<'a> {
    fn new(ask: &'a Ask, outbox: &'a Outbox) -> Self {
        let partial = ask.params.partial_result_params.partial_result_token.as_ref();
        let progress = ask.params.work_done_progress_params.work_done_token.as_ref();
        let report = Self { outbox, reply: &ask.reply, partial, progress, items: Vec::new(), sent: Instant::now() };
        report.progress(json!({ "kind": "begin", "title": "Checking stories", "percentage": 0 }));
        report
    }

    /// Adds the report of a document that the client knows as `known` and that is named `result` now.
    fn add(
        &mut self,
        uri: &Uri,
        version: Option<i32>,
        known: Option<&str>,
        result: String,
        items: impl FnOnce() -> Vec<Diagnostic>,
    ) {
        let (uri, version) = (uri.clone(), version.map(i64::from));
        self.items.push(if known == Some(&*result) {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: result },
            })
        } else {
            let full = FullDocumentDiagnosticReport { result_id: Some(result), items: items() };
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: full,
            })
        });
    }

    /// Tells, now and then, how far it is: before story `number` of `total`.
    fn at(&mut self, number: usize, total: usize) {
        if self.sent.elapsed() < GATHERED {
            return;
        }
        self.sent = Instant::now();
        let message = format!("{number} of {total}");
        self.progress(json!({ "kind": "report", "message": message, "percentage": number * 100 / total.max(1) }));
        self.send_partial();
    }

    fn send_partial(&mut self) {
        if let Some(token) = self.partial.filter(|_| !self.items.is_empty() && !self.reply.is_closed()) {
            let items = std::mem::take(&mut self.items);
            self.outbox.notify::<Progress>(&json!({ "token": token, "value": { "items": items } }));
        }
    }

    fn progress(&self, value: Value) {
        if let Some(token) = self.progress.filter(|_| !self.reply.is_closed()) {
            self.outbox.notify::<Progress>(&json!({ "token": token, "value": value }));
        }
    }

    fn finish(mut self) -> Result<WorkspaceDiagnosticReportResult> {
        self.send_partial();
        self.progress(json!({ "kind": "end" }));
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: self.items }))
    }

    fn give_up(self) -> Result<WorkspaceDiagnosticReportResult> {
        self.progress(json!({ "kind": "end" }));
        Err(Error::request_cancelled())
    }
}

/// `$/progress`, whatever its value is.
enum Progress {}

impl Notification for Progress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}
