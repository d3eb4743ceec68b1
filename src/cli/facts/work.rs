//! Marking facts, taking lost ones out, comparing and merging.

use std::path::{Path, PathBuf};

use super::{print, read_ledger};
use crate::cli::arguments::{
    DayOptions, DiffOptions, FactsWork, ListFormat, MarkOptions, MergeOptions, PruneOptions, ReadingOptions,
};
use crate::cli::reader::{StoryForm, StoryReader};
use crate::cli::stories::StoryPath;
use crate::cli::{CLEAN, TROUBLE, changes, complain, counted, replace, unless_it_panics};
use crate::files;
use crate::ledgers;
use crate::material;
use crate::project::{ProjectOptions, Projects};
use crate::report::{self, FactsDiff};
use crate::sources;
use crate::story::checkable::{
    self as facts, Fact, FactKind, FactMark, FactSheet, Ledger, LedgerEntry, LedgerSource, State,
};
use crate::text::shortened;

/// Characters of a fact that are shown.
const SHOWN: usize = 64;

/// Does what is asked.
pub(super) fn run(work: &FactsWork) -> u8 {
    let done = match work {
        FactsWork::Tick(options) => marked(options, Some(State::Checked), false),
        FactsWork::Wrong(options) => marked(options, Some(State::Wrong), false),
        FactsWork::Dispute(options) => marked(options, Some(State::Disputed), false),
        FactsWork::Ask(options) => marked(options, Some(State::Ask), false),
        FactsWork::Reopen(options) => marked(options, None, true),
        FactsWork::Source(options) => match options.source.is_empty() {
            true => Err("name a source: --source budget.xlsx#B7".to_owned()),
            false => marked(options, None, false),
        },
        FactsWork::Prune(options) => prune(options),
        FactsWork::Diff(options) => return diff(options),
        FactsWork::Merge(options) => merge(options),
    };
    match done {
        // Git shows what a merge driver prints among its own lines.
        Ok(said) if said.is_empty() => CLEAN,
        Ok(said) => {
            anstream::println!("{said}");
            CLEAN
        }
        Err(trouble) => {
            complain(trouble);
            TROUBLE
        }
    }
}

/// Where the ledger of the story at `path` is.
fn ledger_of(path: &Path) -> PathBuf {
    let folder = StoryPath::File(path.to_owned()).folder();
    Projects::new(ProjectOptions::default()).of_folder(&folder).ledger_of(path)
}

/// The facts of `text`, which is the story at `path`.
fn sheet_of(path: &Path, text: &str) -> Result<FactSheet, String> {
    let story = StoryPath::File(path.to_owned());
    let mut projects = Projects::new(ProjectOptions::default());
    let project = projects.of_folder(&story.folder());
    let reading = ReadingOptions { day: DayOptions { date: None, today: None }, input: None, stdin_filename: None };
    let mut reader = StoryReader::new(&story, StoryForm::of(&story, None), &project, &reading);
    unless_it_panics(&story.shown(), || {
        let reading = reader.read(text).map_err(|error| format!("{}:{error}", story.shown()))?;
        Ok(facts::sheet(&reading.story()))
    })
    .and_then(|sheet| sheet)
}

fn marked(options: &MarkOptions, state: Option<State>, reopen: bool) -> Result<String, String> {
    let story = StoryPath::File(options.path.clone());
    let sheet = sheet_of(&options.path, &story.read()?)?;
    let by = options.by.clone().filter(|by| !by.trim().is_empty()).or_else(|| ledgers::user_name(&story.folder()));
    if by.is_none() && state.is_some() {
        return Err("who says so? --by NAME, or `git config user.name NAME`".to_owned());
    }
    let mark = FactMark {
        state,
        reopen,
        by: by.filter(|_| state.is_some()),
        on: state.map(|_| options.on.unwrap_or_else(|| jiff::Zoned::now().date())),
        sources: options.source.iter().map(|source| LedgerSource::parse(source)).collect(),
        note: options.note.clone(),
    };
    let mut summary = String::new();
    let mut count = 0;
    ledgers::update(&ledger_of(&options.path), &options.path, |text| {
        // The ids that the ledger has are those that were shown.
        let ledger = Ledger::parse(text);
        let mut chosen = Vec::new();
        for name in &options.facts {
            chosen.extend(named(name, &sheet, &ledger)?);
        }
        chosen.sort_unstable();
        chosen.dedup();
        count = chosen.len();
        let text = facts::write(text, &sheet, &chosen, &mark)?;
        summary = facts::stand(&sheet, &Ledger::parse(&text)).summary();
        Ok(text)
    })?;
    let missing = mark.sources.iter().filter_map(|source| missing(&story, &options.path, &source.name));
    let lines = std::iter::once(format!("{}: {summary}", counted(count, "fact", "facts"))).chain(missing);
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// What is said of a source that has the name of a file and is none: a slip of the keyboard, or a file that lies elsewhere.
fn missing(story: &StoryPath, path: &Path, name: &str) -> Option<String> {
    let own = format!("{}{}", path.file_name()?.to_str()?, sources::FOLDER_SUFFIX);
    let folder = story.folder();
    let is_there = folder.join(name).exists() || folder.join(&own).join(name).exists();
    let is_file = material::can_read(Path::new(name)) && !name.contains("://");
    (is_file && !is_there)
        .then(|| format!("there is no file “{name}” beside the story or in {own}; it is noted all the same"))
}

/// The facts that `name` names: by id, by the id that the ledger has, or by their words.
fn named(name: &str, sheet: &FactSheet, ledger: &Ledger) -> Result<Vec<usize>, String> {
    let facts = || sheet.facts.iter().enumerate();
    if let Some((at, _)) = facts().find(|(_, fact)| fact.id == name) {
        return Ok(vec![at]);
    }
    if let Some(entry) = ledger.entries.iter().position(|entry| entry.id == name) {
        let desk = facts::stand(sheet, ledger);
        return match desk.standings.iter().position(|standing| standing.entry == Some(entry)) {
            Some(at) => Ok(vec![at]),
            None => Err(format!("“{}” is no longer in the story", ledger.entries[entry].words)),
        };
    }
    let low = name.to_lowercase();
    let same: Vec<usize> = facts().filter(|(_, fact)| fact.words.to_lowercase() == low).map(|(at, _)| at).collect();
    match same[..] {
        [] => {
            let parts: Vec<&str> =
                facts().filter(|(_, fact)| holds(fact, &low)).map(|(_, fact)| fact.words.as_str()).take(2).collect();
            Err(match parts[..] {
                [only] => format!("the story has no fact `{name}`; is it “{only}”?"),
                _ => format!("the story has no fact `{name}`; `copydesk facts --all` lists ids and words"),
            })
        }
        [only] => Ok(vec![only]),
        _ => {
            let ids: Vec<String> = same
                .iter()
                .map(|&at| {
                    format!(
                        "{} ({}: {})",
                        sheet.facts[at].id,
                        sheet.facts[at].kind.described(),
                        sheet.facts[at].sentence
                    )
                })
                .collect();
            Err(format!("“{name}” is more than one fact; name the one by its id:\n  {}", ids.join("\n  ")))
        }
    }
}

/// Whether these words (lower case) are a part of a fact's: `140,000` of `$140,000`.
fn holds(fact: &Fact, low: &str) -> bool {
    !fact.kind.is_of_sentence() && fact.kind != FactKind::Quote && fact.words.to_lowercase().contains(low)
}

fn prune(options: &PruneOptions) -> Result<String, String> {
    let sheet = sheet_of(&options.path, &StoryPath::File(options.path.clone()).read()?)?;
    let mut gone = Vec::new();
    ledgers::update(&ledger_of(&options.path), &options.path, |text| {
        let (text, entries) = facts::prune(text, &sheet)?;
        gone = entries;
        Ok(text)
    })?;
    let lines =
        gone.iter().map(|entry| format!("  {:<19}  {}", entry.kind.described(), shortened(&entry.words, SHOWN)));
    let said = format!("{} taken out of the ledger", counted(gone.len(), "fact", "facts"));
    Ok(std::iter::once(said).chain(lines).collect::<Vec<_>>().join("\n"))
}

fn diff(options: &DiffOptions) -> u8 {
    match difference(options) {
        Ok(said) => print(&said, true),
        Err(trouble) => {
            complain(trouble);
            TROUBLE
        }
    }
}

fn difference(options: &DiffOptions) -> Result<Vec<u8>, String> {
    let story = StoryPath::File(options.path.clone());
    let before = match (&options.since, &options.against) {
        (Some(revision), _) => story.decode(changes::text_at(revision, &options.path)?)?,
        (None, Some(file)) => StoryPath::File(file.clone()).read()?,
        (None, None) => return Err("compare with what? --since REV or --against FILE".to_owned()),
    };
    // Both are read as the format of the story's own name.
    let before = sheet_of(&options.path, &before)?;
    let sheet = sheet_of(&options.path, &story.read()?)?;
    let before = Ledger { entries: before.facts.iter().map(LedgerEntry::of).collect(), problems: Vec::new() };
    let (ledger, _) = read_ledger(&ledger_of(&options.path))?;
    let (changes, desk) = (facts::stand(&sheet, &before), facts::stand(&sheet, &ledger));
    let diff = FactsDiff { sheet: &sheet, before: &before, changes: &changes, desk: &desk };
    let mut out = Vec::new();
    match options.format {
        ListFormat::Json => out.extend(format!("{}\n", report::facts_diff_json(&diff)).into_bytes()),
        ListFormat::Text => report::facts_diff_text(&diff, &mut out).map_err(|error| error.to_string())?,
    }
    Ok(out)
}

fn merge(options: &MergeOptions) -> Result<String, String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| format!("{}: {}", path.display(), files::why(&error)))
    };
    let merged = facts::merge(&read(&options.base)?, &read(&options.ours)?, &read(&options.theirs)?)?;
    replace::write(&options.ours, merged.as_bytes())
        .map_err(|error| format!("{}: {}", options.ours.display(), files::why(&error)))?;
    Ok(String::new())
}
