//! `copydesk quotes`: the quotes of a story, held to what it was written from.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::arguments::{InputFormat, ListFormat, QuotesOptions};
use super::reader::{Kind, Reader};
use super::stories::StoryPath;
use super::{CLEAN, FINDINGS, TROUBLE, complain, unless_it_panics};
use crate::files;
use crate::ledgers;
use crate::markup::{Document, MetadataOrigin};
use crate::material::{LARGEST, Material, QuoteStatus, check_quote};
use crate::project::Projects;
use crate::report::{self, CheckedQuote};
use crate::story::Story;
use crate::story::checkable::Ledger;
use crate::story::quote::QuoteKind;
use crate::text::{LineIndex, SourceRange};

/// The most files of a folder that are read.
const MOST_FILES: usize = 10_000;

/// Runs the command.
pub fn run(options: &QuotesOptions) -> u8 {
    let path = match options.path.as_os_str() == "-" {
        true => StoryPath::Stdin(options.reading.stdin_filename.clone()),
        false => StoryPath::File(options.path.clone()),
    };
    match unless_it_panics(&path.shown(), || quotes(&path, options)).and_then(|done| done) {
        Ok(code) => code,
        Err(trouble) => {
            complain(trouble);
            TROUBLE
        }
    }
}

fn quotes(path: &StoryPath, options: &QuotesOptions) -> Result<u8, String> {
    if options.reading.input == Some(InputFormat::Jsonl) {
        return Err("--input jsonl does not go with `quotes`, which is about one story".to_owned());
    }
    let mut projects = Projects::new(options.project.options());
    let project = projects.of_folder(&path.folder());
    let mut sound = true;
    for problem in projects.problems() {
        complain(problem);
        sound = false;
    }
    let source = path.read()?;
    let mut reader = Reader::new(path, Kind::of(path, options.reading.input), &project, &options.reading);
    let reading = reader.read(&source).map_err(|error| format!("{}:{error}", path.shown()))?;
    let story = reading.story();
    let named = match options.against.is_empty() {
        true => named_by(path, story.document),
        false => options.against.clone(),
    };
    if named.is_empty() {
        return Err(format!("{}: names no sources; --against PATH, or `sources` in its front matter", path.shown()));
    }
    let mut materials = Vec::new();
    for file in named.iter().flat_map(|path| files_at(path)) {
        match read(&file) {
            Ok(material) => materials.push(material),
            Err(trouble) => {
                complain(trouble);
                sound = false;
            }
        }
    }
    let place = |range: SourceRange| reading.fields.as_ref().map_or(range.clone(), |fields| fields.to_source(&range));
    let checked = check(&story, &materials, place);
    let lines = LineIndex::new(&source);
    let mut out = Vec::new();
    match options.format {
        ListFormat::Text => report::quotes_text(&checked, &materials, &source, &lines, &mut out),
        ListFormat::Json => {
            writeln!(out, "{}", report::quotes_json(&path.shown(), &checked, &materials, &source, &lines))
        }
    }
    .and_then(|()| std::io::stdout().lock().write_all(&out))
    .or_else(|error| match error.kind() {
        // A reader that went away, such as `head`, is no trouble.
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(format!("the quotes cannot be written: {error}")),
    })?;
    Ok(match (sound, checked.iter().all(|quote| quote.check.status == QuoteStatus::Verbatim)) {
        (false, _) => TROUBLE,
        (true, true) => CLEAN,
        (true, false) => FINDINGS,
    })
}

/// Holds the quotes of `story` to `materials`.
fn check(story: &Story, materials: &[Material], place: impl Fn(SourceRange) -> SourceRange) -> Vec<CheckedQuote> {
    let blocks = &story.document.blocks;
    let said = |quote: &&crate::story::Quote| {
        matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial)
            || quote.kind == QuoteKind::Scare && quote.words >= 3
    };
    let checked = story.quotes.iter().filter(said).map(|quote| {
        let paragraph = story.paragraph(quote.passage.paragraph());
        let text = paragraph.slice(quote.inner);
        let speaker = quote.speaker.as_ref().map(|speaker| match speaker.person.and_then(|at| story.people.get(at)) {
            Some(person) => person.name.clone(),
            None => story.slice(speaker.passage).to_owned(),
        });
        let check = check_quote(text, materials);
        let differences = check.differences.iter().map(|difference| {
            let span = crate::text::Span {
                start: quote.inner.start + difference.span.start,
                end: quote.inner.start + difference.span.end,
            };
            place(blocks[quote.passage.paragraph()].to_source(span))
        });
        CheckedQuote {
            range: place(quote.passage.to_source(blocks)),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            speaker,
            differing: differences.collect(),
            check,
        }
    });
    checked.collect()
}

/// The files that the story names: in its front matter under `sources`, and in its ledger.
fn named_by(path: &StoryPath, document: &Document) -> Vec<PathBuf> {
    let folder = path.folder();
    let in_front = document.metadata.iter().filter(|entry| {
        let key = entry.key.split(['.', '[']).next().unwrap_or_default();
        entry.origin == MetadataOrigin::FrontMatter && matches!(key, "sources" | "source")
    });
    let mut names: Vec<String> = in_front.flat_map(|entry| listed(&entry.value)).collect();
    if let Some(text) = path.path().and_then(|story| ledgers::read(story).ok().flatten()) {
        let entries = Ledger::parse(&text).entries;
        names.extend(entries.into_iter().flat_map(|entry| entry.sources).map(|source| source.name));
    }
    let mut seen = HashSet::new();
    let paths = names.into_iter().filter(|name| !name.contains("://")).map(|name| folder.join(name));
    paths.filter(|path| path.exists() && seen.insert(path.clone())).collect()
}

/// The names of a list that stands on one line: `a.txt, b.srt`.
fn listed(value: &str) -> Vec<String> {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let names = inner.split([',', '\n']).map(|name| name.trim().trim_start_matches("- ").trim_matches(['"', '\'']));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The file at `path`, or the files of the folder there, in the order of their names; hidden ones are passed over.
fn files_at(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().take(MOST_FILES);
    let is_shown = |path: &PathBuf| {
        path.is_file() && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_shown).collect();
    files.sort();
    files
}

fn read(file: &Path) -> Result<Material, String> {
    let told = |error: std::io::Error| format!("{}: {}", file.display(), files::why(&error));
    let length = std::fs::metadata(file).map_err(told)?.len();
    if length > LARGEST as u64 {
        return Err(format!("{}: larger than the {} MB that are read", file.display(), LARGEST >> 20));
    }
    let bytes = std::fs::read(file).map_err(told)?;
    let shown = file.strip_prefix("./").unwrap_or(file).display().to_string();
    Material::read(&shown, &bytes).map_err(|error| format!("{}: {error}", file.display()))
}
