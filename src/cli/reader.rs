//! From the text of one story to its findings, whatever it is written in.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::arguments::{InputFormat, ReadingOptions};
use super::complain;
use super::stories::StoryPath;
use crate::analysis::{Analysis, Analyzer};
use crate::assets;
use crate::checks;
use crate::finding::{Finding, Severity};
use crate::ledgers;
use crate::markup::{self, Document, Format};
use crate::office::{Manuscript, OfficeFormat};
use crate::project::Project;
use crate::record::{Fields, Record};
use crate::rules::Rule;
use crate::settings::Settings;
use crate::sources::{self, Shelf};
use crate::story::checkable::{Ledger, Tally};
use crate::story::measures::Length;
use crate::story::{Library, Surroundings};
use crate::text::SourceRange;

/// What a story is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryForm {
    /// Copy in this format.
    Copy(Format),
    /// An IPTC ninjs document.
    Ninjs,
    /// A document of a word processor.
    Office(OfficeFormat),
}

impl StoryForm {
    /// What the story at `path` is written in: as was said, else by its name, else plain text.
    pub(super) fn of(path: &StoryPath, said: Option<InputFormat>) -> Self {
        match said {
            Some(InputFormat::Ninjs | InputFormat::Jsonl) => StoryForm::Ninjs,
            Some(InputFormat::Plain) => StoryForm::Copy(Format::Plain),
            Some(InputFormat::Markdown) => StoryForm::Copy(Format::Markdown),
            Some(InputFormat::Mdx) => StoryForm::Copy(Format::Mdx),
            Some(InputFormat::Html) => StoryForm::Copy(Format::Html),
            Some(InputFormat::Asciidoc) => StoryForm::Copy(Format::AsciiDoc),
            Some(InputFormat::Rst) => StoryForm::Copy(Format::Rst),
            Some(InputFormat::Org) => StoryForm::Copy(Format::Org),
            None if path.path().is_some_and(is_json) => StoryForm::Ninjs,
            None => path.office().map_or_else(|| StoryForm::Copy(path.format()), StoryForm::Office),
        }
    }

    /// What it is called in messages.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            StoryForm::Copy(format) => format.described(),
            StoryForm::Ninjs => "ninjs",
            StoryForm::Office(OfficeFormat::Docx) => "a Word document",
            StoryForm::Office(OfficeFormat::Odt) => "an OpenDocument text",
        }
    }
}

/// Whether the file's name says that it is JSON.
pub(super) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Reads one story, and reads it again after each change; what did not change is kept.
pub(super) struct StoryReader {
    kind: StoryForm,
    analyzer: Analyzer,
    around: Surroundings,
    settings: Settings,
    /// The story's file, beside which its sources are looked for.
    story: Option<std::path::PathBuf>,
    /// The story's file, beside which its image files are looked for, until they were.
    images_beside: Option<std::path::PathBuf>,
    /// The document of a word processor, for the roles of its paragraphs.
    manuscript: Option<Manuscript>,
}

/// What stories were written from: several may name the same.
static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::default);

/// What reading found.
pub(super) struct StoryReading {
    /// The story taken apart; its findings are in `findings`. Of a ninjs document: the story that its fields make.
    pub analysis: Analysis,
    /// In bytes of the text that was read.
    pub findings: Vec<Finding>,
    /// The fields, for a story that came as data.
    pub fields: Option<Fields>,
}

impl StoryReading {
    /// What is between quotation marks, without these, in bytes of the text that was read.
    pub(super) fn quoted(&self) -> Vec<SourceRange> {
        let blocks = self.analysis.document.blocks.iter().zip(&self.analysis.paragraphs);
        let quoted =
            blocks.flat_map(|(block, read)| read.quotes.quoted.iter().map(|quoted| block.to_source(quoted.inner)));
        quoted.map(|range| self.fields.as_ref().map_or(range.clone(), |fields| fields.to_source(&range))).collect()
    }

    /// The story with its facts.
    pub(super) fn story(&self) -> crate::story::Story<'_> {
        self.analysis.story()
    }

    /// How many words the story has, as `copydesk stats` counts them.
    pub(super) fn words(&self) -> usize {
        Length::of(&self.story()).words
    }
}

impl StoryReader {
    /// A reader of the story at `path`, which is `kind`.
    pub(super) fn new(path: &StoryPath, kind: StoryForm, project: &Project, options: &ReadingOptions) -> Self {
        let mut around = Surroundings {
            date: options.day.date,
            path: path.path().map(|path| path.display().to_string()),
            today: options.day.today,
            ..Surroundings::default()
        };
        let images_beside = match path {
            // Plain text has no images, and standard input no folder to look for them in.
            StoryPath::File(file) if !matches!(kind, StoryForm::Copy(Format::Plain) | StoryForm::Office(_)) => {
                Some(file.clone())
            }
            _ => None,
        };
        let place = path.path().unwrap_or(Path::new("stdin"));
        project.surround(place, &mut around);
        if let StoryPath::File(file) = path {
            // What is wrong with a ledger is told by the commands that are about it.
            around.ledger =
                ledgers::read(&project.ledger_of(file)).ok().flatten().map(|text| Arc::new(Ledger::parse(&text)));
        }
        let story = match path {
            StoryPath::File(file) => Some(file.clone()),
            StoryPath::Stdin(_) => None,
        };
        let settings = project.settings(place);
        // Standard input and what git holds are read by their words alone.
        let manuscript = match (path, kind) {
            (StoryPath::File(file), StoryForm::Office(_)) => {
                std::fs::read(file).ok().and_then(|bytes| Manuscript::read(&bytes).ok())
            }
            _ => None,
        };
        Self {
            kind,
            analyzer: Analyzer::new(Arc::clone(&project.rules)),
            around,
            settings,
            story,
            images_beside,
            manuscript,
        }
    }

    /// Makes facts that nobody checked errors, whatever the settings say.
    pub(super) fn require_checked(&mut self) {
        let rules = self.analyzer.rules().rules.iter();
        for rule in rules.filter(|rule| checks::finds_unchecked(rule)) {
            self.settings.rules.entry(rule.id.to_string()).or_default().severity = Some(Some(Severity::Error));
        }
    }

    /// Where the facts stand of which a rule asks whether they are checked, and whose id counts; `None` where none asks.
    pub(super) fn tally(&self, read: &StoryReading, counts: impl Fn(&str) -> bool) -> Option<Tally> {
        let asks =
            |rule: &&Rule| checks::finds_unchecked(rule) && counts(&rule.id) && self.settings.severity(rule).is_some();
        let rules: Vec<&Rule> = self.analyzer.rules().rules.iter().filter(asks).collect();
        let counts = |kind| rules.iter().any(|rule| checks::counts_kind(rule, kind));
        (!rules.is_empty()).then(|| Tally::of(read.story().checkup(), counts))
    }

    /// Reads `text`.
    ///
    /// # Errors
    ///
    /// Says where a ninjs document cannot be used: `3:14: not JSON: …`.
    pub(super) fn read(&mut self, text: &str) -> Result<StoryReading, String> {
        match self.kind {
            StoryForm::Copy(format) => {
                let document = markup::parse(text, format);
                Ok(self.check(text, document))
            }
            StoryForm::Office(_) => {
                let document = match self.manuscript.as_ref().filter(|manuscript| manuscript.text() == text) {
                    Some(manuscript) => markup::of_manuscript(text, manuscript),
                    None => markup::of_manuscript_text(text),
                };
                Ok(self.check(text, document))
            }
            StoryForm::Ninjs => {
                let record = Record::ninjs(text)
                    .map_err(|error| format!("{}:{}: {}", error.at.line, error.at.column, error.message))?;
                Ok(self.read_record(record))
            }
        }
    }

    /// Reads a story that came as data; what is found is told in bytes of its JSON text.
    pub(super) fn read_record(&mut self, mut record: Record) -> StoryReading {
        self.around.recorded = record.date;
        let document = std::mem::take(&mut record.document);
        let mut reading = self.check(&record.text, document);
        reading.findings = record.to_source(reading.findings);
        reading.fields = Some(record.fields);
        reading
    }

    /// Reads the next story of an archive, which comes as data, too.
    pub(super) fn read_next(&mut self, record: Record) -> StoryReading {
        // Each shows images of its own.
        self.images_beside.clone_from(&self.story);
        self.read_record(record)
    }

    fn check(&mut self, text: &str, document: Document) -> StoryReading {
        if let Some(file) = self.images_beside.take() {
            self.around.images = assets::for_story(&document, &file);
        }
        if let Some(story) = &self.story {
            let names = sources::named(Some(story), &document, self.around.ledger.as_deref());
            let files = sources::files(story.parent().unwrap_or(Path::new("")), &names);
            let gathered = SHELF.gather(&files);
            gathered.problems.iter().for_each(complain);
            self.around.material = Arc::new(Library::new(gathered.materials));
        }
        let mut analysis = self.analyzer.analyze_document(text, document, &self.around, &self.settings);
        let findings = std::mem::take(&mut analysis.findings);
        StoryReading { analysis, findings, fields: None }
    }
}
