//! An open document: its text, what was found in it, and places in it as the client counts them.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use tower_lsp::ls_types::{self, Range, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::client::ClientSettings;
use super::language;
use crate::analysis::{Analysis, Analyzer};
use crate::config::FILE_NAME;
use crate::files;
use crate::finding::{Edit, Finding};
use crate::fix;
use crate::ledgers;
use crate::markup::Format;
use crate::project::Project;
use crate::prose::Passage;
use crate::rules::RuleSet;
use crate::settings::Settings;
use crate::sources::{self, Gathered, SourceName};
use crate::stamp::Stamp;
use crate::story::checkable::Ledger;
use crate::story::{self, ImageMetadata, Library, Published, Story, Surroundings};
use crate::text::{Buffer, LineIndex, Position, PositionEncoding, Shift, SourceRange, TextEdit};

/// The images of a document.
#[derive(Debug)]
pub struct Wanted {
    /// The document.
    pub uri: Uri,
    /// Its file.
    pub story: PathBuf,
    /// The images as the story names them.
    pub sources: Vec<String>,
}

/// What a document was written from.
#[derive(Debug)]
pub struct WantedSources {
    /// The document.
    pub uri: Uri,
    /// Its file.
    pub story: PathBuf,
    /// The sources as the story and its ledger name them.
    pub names: Vec<SourceName>,
}

/// A document that is open in the client.
#[derive(Debug)]
pub struct OpenDocument {
    /// How the client calls it.
    pub uri: Uri,
    /// Its file, where it is one.
    pub path: Option<PathBuf>,
    /// Its text.
    pub buffer: Buffer,
    /// Settings and rules that hold for it.
    pub project: Arc<Project>,
    language: String,
    /// `None` for a document that is no story, such as `copydesk.toml`.
    format: Option<Format>,
    settings: Settings,
    surroundings: Surroundings,
    /// The images whose files were asked for, as the story names them.
    images_asked: Option<Vec<String>>,
    /// Its ledger when it was read last.
    ledger_stamp: Option<Stamp>,
    /// Its facts are being checked, though it may have no ledger yet.
    pub is_being_checked: bool,
    /// The sources that were asked for, as the story and its ledger name them.
    sources_asked: Option<Vec<SourceName>>,
    /// The files of the sources that were read.
    source_files: Vec<PathBuf>,
    /// The folder in which settings would be made where there are none.
    home: Option<PathBuf>,
    analyzer: Analyzer,
    checked: Option<Checked>,
    /// What was found in the text before it was edited, with the same settings.
    stale: Option<Checked>,
}

/// A text with what was found in it.
#[derive(Debug, Default)]
pub struct Checked {
    /// The text that was read.
    pub source: String,
    /// What was found.
    pub analysis: Analysis,
    /// What actions, as they are carried, were tried on this text, and the edits of those that can be done: an editor asks
    /// for the same ones whenever the cursor comes by.
    tried: HashMap<String, Option<Vec<Edit>>>,
}

impl OpenDocument {
    /// The newsroom's own key of the front matter for the publication date.
    pub fn date_key(&self) -> Option<&str> {
        self.surroundings.dates.own_key()
    }

    /// Takes a document over from the client.
    pub fn new(
        item: TextDocumentItem,
        project: Arc<Project>,
        home: Option<PathBuf>,
        client: &ClientSettings,
        today: Date,
    ) -> Self {
        let path = file_path(&item.uri);
        let mut document = Self {
            buffer: Buffer::new(&item.text, item.version),
            analyzer: analyzer(&project.rules),
            project: Arc::clone(&project),
            uri: item.uri,
            path,
            language: item.language_id,
            format: None,
            settings: Settings::default(),
            surroundings: Surroundings::default(),
            images_asked: None,
            ledger_stamp: None,
            is_being_checked: false,
            sources_asked: None,
            source_files: Vec::new(),
            home: None,
            checked: None,
            stale: None,
        };
        document.configure(project, home, client, today);
        document.read_ledger();
        document
    }

    /// Takes over other settings or rules.
    ///
    /// `home` is the folder in which settings would be made where there are none.
    pub fn configure(&mut self, project: Arc<Project>, home: Option<PathBuf>, client: &ClientSettings, today: Date) {
        self.home = home;
        self.is_being_checked |= client.fact_checking;
        if !Arc::ptr_eq(&self.project.rules, &project.rules) {
            self.analyzer = analyzer(&project.rules);
        }
        self.format = language::format(&self.language, self.path.as_deref(), client);
        let place = self.path.as_deref().unwrap_or(Path::new("untitled"));
        self.settings = project.settings(place);
        let format = self.format;
        let is_named = |name: &str| name == self.language || format.is_some() && Format::of_name(name) == format;
        project.config.prefer_in(&mut self.settings, &project.rules, is_named);
        self.surroundings = Surroundings {
            date: client.date,
            path: self.path.as_ref().map(|path| path.display().to_string()),
            today: client.today.then_some(today),
            // What the images say stays.
            ..std::mem::take(&mut self.surroundings)
        };
        project.surround(place, &mut self.surroundings);
        self.project = project;
        self.forget_checked();
    }

    /// Whether it is a story.
    pub fn is_story(&self) -> bool {
        self.format.is_some()
    }

    /// Applies the client's changes in their order, and says what each of them replaced, in bytes of the text that it was
    /// applied to.
    pub fn change(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        encoding: PositionEncoding,
    ) -> Vec<Shift> {
        let mut shifts = Vec::with_capacity(changes.len());
        for change in changes {
            let range = change.range.map(|range| position(range.start)..position(range.end));
            shifts.push(match &range {
                Some(range) => {
                    let from = self.buffer.offset(range.start, encoding);
                    let until = self.buffer.offset(range.end, encoding).max(from);
                    Shift { from, until, now: from + change.text.len() }
                }
                None => Shift::between(&self.buffer.text(), &change.text),
            });
            self.buffer.apply(&TextEdit { range, text: change.text }, encoding);
        }
        self.buffer.set_version(version);
        self.stale = self.checked.take().or_else(|| self.stale.take());
        shifts
    }

    /// What it is written in, when that is markup which is not read.
    pub fn unread(&self) -> Option<&'static str> {
        let by_name = || self.path.as_deref().and_then(files::unread_markup);
        let unread = files::unread_language(&self.language).or_else(by_name);
        unread.filter(|_| self.format.is_none())
    }

    /// Its format; `None` when it is no story.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// The newsroom's file of settings, which need not exist.
    pub fn settings_file(&self) -> Option<PathBuf> {
        self.project.file.clone().or_else(|| Some(self.home.as_ref()?.join(FILE_NAME)))
    }

    /// Its image files may be others than they were.
    pub fn forget_images(&mut self) {
        self.images_asked = None;
    }

    /// What of its images is to be read, when it has other images than those that were asked for last.
    pub fn images_wanted(&mut self) -> Option<Wanted> {
        let story = self.path.clone()?;
        let images = &self.checked.as_ref()?.analysis.document.images;
        let asked = self.images_asked.as_deref().unwrap_or_default();
        let known = self.images_asked.is_some() || images.is_empty();
        if known && images.iter().map(|image| &image.src).eq(asked) {
            return None;
        }
        let sources: Vec<String> = images.iter().map(|image| image.src.clone()).collect();
        self.images_asked = Some(sources.clone());
        Some(Wanted { uri: self.uri.clone(), story, sources })
    }

    /// Takes over what its image files say, when `sources` are those that were asked for last. Says whether that is news.
    pub fn set_images(&mut self, sources: &[String], found: HashMap<String, ImageMetadata>) -> bool {
        let is_news = self.images_asked.as_deref() == Some(sources) && self.surroundings.images != found;
        if is_news {
            self.surroundings.images = found;
            self.forget_checked();
        }
        is_news
    }

    /// Reads its ledger, if that is another than before. Says whether it is.
    ///
    /// The ledger is what is on disk, where every program sees it; one that is being edited by hand counts once it is
    /// saved.
    pub fn read_ledger(&mut self) -> bool {
        let Some(story) = self.path.clone().filter(|_| self.is_story()) else { return false };
        let ledger = self.project.ledger_of(&story);
        let stamp = Stamp::at(&ledger);
        if stamp == self.ledger_stamp {
            return false;
        }
        // One that cannot be read is as good as none; the commands that write it say why.
        let text = ledgers::read(&ledger).ok().flatten();
        self.surroundings.ledger = text.map(|text| Arc::new(Ledger::parse(&text)));
        self.ledger_stamp = stamp;
        self.forget_checked();
        true
    }

    /// Whether `path` is its ledger.
    pub fn is_ledger(&self, path: &Path) -> bool {
        self.path.as_deref().is_some_and(|story| self.is_story() && self.project.ledger_of(story) == path)
    }

    /// Whether `path` is a file that it was written from.
    pub fn is_source(&self, path: &Path) -> bool {
        self.source_files.iter().any(|file| file == path)
            || self.sources_asked.as_ref().is_some_and(|names| {
                let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
                names.iter().any(|source| path.starts_with(folder.join(&source.name)))
            })
    }

    /// The files of its sources that were read, in the order of the story's material.
    pub fn source_files(&self) -> &[PathBuf] {
        &self.source_files
    }

    /// Its sources may be others than they were.
    pub fn forget_sources(&mut self) {
        self.sources_asked = None;
    }

    /// What of its sources is to be read, when it names others than those that were asked for last.
    pub fn sources_wanted(&mut self) -> Option<WantedSources> {
        let story = self.path.clone()?;
        let document = &self.checked.as_ref()?.analysis.document;
        let names = sources::named(Some(&story), document, self.surroundings.ledger.as_deref());
        let asked = self.sources_asked.as_deref().unwrap_or_default();
        let known = self.sources_asked.is_some() || names.is_empty();
        if known && names == asked {
            return None;
        }
        self.sources_asked = Some(names.clone());
        Some(WantedSources { uri: self.uri.clone(), story, names })
    }

    /// Takes over what its sources say, when `names` are those that were asked for last. Says whether that is news.
    pub fn set_sources(&mut self, names: &[SourceName], gathered: Gathered, library: Arc<Library>) -> bool {
        if self.sources_asked.as_deref() != Some(names) {
            return false;
        }
        let before = &self.surroundings.material;
        let is_news = gathered.materials.len() != before.len()
            || gathered.materials.iter().zip(before.iter()).any(|(now, before)| !Arc::ptr_eq(now, before));
        self.source_files = gathered.files;
        if is_news {
            self.surroundings.material = library;
            self.forget_checked();
        }
        is_news
    }

    /// The text is to be checked from scratch.
    fn forget_checked(&mut self) {
        (self.checked, self.stale) = (None, None);
    }

    /// What was found in the text as it is now.
    pub fn checked(&mut self) -> &Checked {
        if self.checked.is_none() {
            let source = self.buffer.text();
            let last = self.stale.take();
            let analysis = self.analyze(&source, last);
            self.checked = Some(Checked { source, analysis, tried: HashMap::new() });
        }
        self.checked.get_or_insert_default()
    }

    /// What would be found after these edits of the checked text.
    pub fn trial(&mut self, edits: &[Edit]) -> Analysis {
        let source = fix::apply_edits(&self.checked().source, &mut edits.iter().collect::<Vec<_>>());
        self.trial_of(&source)
    }

    /// What came of an action when it was tried on the text as it is; `None` where it was not.
    pub fn tried(&mut self, action: &str) -> Option<Option<Vec<Edit>>> {
        self.checked().tried.get(action).cloned()
    }

    /// Keeps what came of an action that was tried on the text as it is.
    pub fn keep_tried(&mut self, action: String, edits: Option<Vec<Edit>>) {
        if let Some(checked) = &mut self.checked {
            checked.tried.insert(action, edits);
        }
    }

    /// What would be found in another text.
    pub fn trial_of(&mut self, source: &str) -> Analysis {
        self.analyze(source, None)
    }

    /// The publication date that an analysis of this document goes by.
    pub fn published_in(&self, analysis: &Analysis) -> Option<Published> {
        story::published::find(&analysis.document, &self.surroundings)
    }

    /// The publication date that is in the text itself.
    pub fn written_date(analysis: &Analysis) -> Option<Published> {
        story::published::find(&analysis.document, &Surroundings::default())
    }

    /// Checks `source`, with the help of what was found in the text before it was edited.
    ///
    /// A check that panics costs the findings of this text, and nothing else.
    fn analyze(&mut self, source: &str, last: Option<Checked>) -> Analysis {
        let Some(format) = self.format else { return Analysis::default() };
        let (around, settings) = (&self.surroundings, &self.settings);
        let analyze = || match last {
            Some(last) => {
                let last = (last.source.as_str(), last.analysis);
                self.analyzer.analyze_again(last, source, format, around, settings)
            }
            None => self.analyzer.analyze(source, format, around, settings),
        };
        catch_unwind(AssertUnwindSafe(analyze)).unwrap_or_else(|_| {
            self.analyzer = analyzer(&self.project.rules);
            Analysis::default()
        })
    }

    /// The document as answers are made from it.
    pub fn view(&mut self, encoding: PositionEncoding) -> View<'_> {
        self.checked();
        static NOTHING: std::sync::LazyLock<Checked> = std::sync::LazyLock::new(Checked::default);
        View { document: self, checked: self.checked.as_ref().unwrap_or(&NOTHING), encoding, lines: None }
    }
}

/// A checked document, with places as the client counts them.
#[derive(Clone, Copy, Debug)]
pub struct View<'d> {
    /// The document.
    pub document: &'d OpenDocument,
    /// Its text and what was found in it.
    pub checked: &'d Checked,
    /// What columns count.
    pub encoding: PositionEncoding,
    /// The lines of its text, for whoever asks for many places.
    lines: Option<&'d LineIndex>,
}

impl<'d> View<'d> {
    /// The same view, which tells places by the lines of its text: quicker for many of them than a look into the rope.
    pub fn with_lines(self, lines: &'d LineIndex) -> Self {
        Self { lines: Some(lines), ..self }
    }

    /// What was found, in the order of the text.
    pub fn findings(&self) -> &'d [Finding] {
        &self.checked.analysis.findings
    }

    /// The text.
    pub fn source(&self) -> &'d str {
        &self.checked.source
    }

    /// The facts of the story.
    pub fn story(&self) -> Story<'d> {
        self.checked.analysis.story()
    }

    /// The publication date that the story goes by.
    pub fn published(&self) -> Option<Published> {
        self.document.published_in(&self.checked.analysis)
    }

    /// The byte of a client's position.
    pub fn offset(&self, at: ls_types::Position) -> usize {
        self.document.buffer.offset(position(at), self.encoding)
    }

    /// The bytes of a client's range.
    pub fn bytes(&self, range: Range) -> SourceRange {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..start.max(end)
    }

    /// The client's range of a stretch of prose.
    pub fn place(&self, passage: Passage) -> Range {
        self.range(&self.source_of(passage))
    }

    /// The bytes of a stretch of prose.
    pub fn source_of(&self, passage: Passage) -> SourceRange {
        passage.to_source(&self.checked.analysis.document.blocks)
    }

    /// A range of the text's bytes as the client counts it.
    pub fn range(&self, range: &SourceRange) -> Range {
        let at = |offset| {
            let by_line = self.lines.and_then(|lines| lines.position(offset, self.source(), self.encoding));
            let Position { line, column } =
                by_line.unwrap_or_else(|| self.document.buffer.position(offset, self.encoding));
            ls_types::Position::new(line, column)
        };
        Range::new(at(range.start), at(range.end))
    }
}

/// A range of a buffer's bytes as the client counts it.
pub fn client_range(buffer: &Buffer, range: &SourceRange, encoding: PositionEncoding) -> Range {
    let at = |offset| {
        let Position { line, column } = buffer.position(offset, encoding);
        ls_types::Position::new(line, column)
    };
    Range::new(at(range.start), at(range.end))
}

/// A client's position as the buffer counts it.
pub fn position(position: ls_types::Position) -> Position {
    Position { line: position.line, column: position.character }
}

/// The file that a `file:` URI names.
pub fn file_path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(std::borrow::Cow::into_owned)
}

/// An analyzer of a document. `COPYDESK_COMPARE` says in texts below how many bytes each edit that is followed is compared
/// with a reading from scratch: `0` in none; a build for debugging does so in short ones unless it is told.
fn analyzer(rules: &Arc<RuleSet>) -> Analyzer {
    let mut analyzer = Analyzer::new(Arc::clone(rules));
    if let Some(longest) = std::env::var("COPYDESK_COMPARE").ok().and_then(|longest| longest.parse().ok()) {
        analyzer.compare(longest);
    }
    analyzer
}
