//! `copydesk facts`: the fact sheet of one story, its ledger, and what changed.

mod work;

use std::io::Write as _;
use std::path::Path;

use super::arguments::{FactsFormat, FactsOptions, InputFormat};
use super::reader::{StoryForm, StoryReader, StoryReading};
use super::stories::StoryPath;
use super::{CLEAN, TROUBLE, complain, terminal, unless_it_panics};
use crate::checks;
use crate::ledgers;
use crate::project::Projects;
use crate::report::{self, FactsView, Grouping, JsonRange};
use crate::story::checkable::{self as facts, FactSheet, Ledger, Standings};
use crate::text::{LineIndex, SourceRange};

/// Runs the command.
pub fn run(options: &FactsOptions) -> u8 {
    if let Some(work) = &options.work {
        return work::run(work);
    }
    let path = match options.path.as_deref() {
        Some(path) if path.as_os_str() != "-" => StoryPath::File(path.to_owned()),
        _ => StoryPath::Stdin(options.reading.stdin_filename.clone()),
    };
    let sheet = unless_it_panics(&path.shown(), || sheet(&path, options)).and_then(|sheet| sheet);
    match sheet {
        Ok((sheet, sound)) => print(&sheet, sound),
        Err(trouble) => {
            complain(trouble);
            TROUBLE
        }
    }
}

/// Prints a sheet. What is wrong with the settings was said.
fn print(sheet: &[u8], sound: bool) -> u8 {
    let mut out = terminal::stdout();
    match out.write_all(sheet).and_then(|()| out.flush()) {
        // A reader that went away, such as `head`, is no trouble.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(format_args!("the fact sheet cannot be written: {error}"));
            TROUBLE
        }
        _ if sound => CLEAN,
        _ => TROUBLE,
    }
}

/// The fact sheet as it is printed, and whether the settings and the ledger have no mistakes.
fn sheet(path: &StoryPath, options: &FactsOptions) -> Result<(Vec<u8>, bool), String> {
    if options.reading.input == Some(InputFormat::Jsonl) {
        return Err("--input jsonl does not go with `facts`, which is about one story".to_owned());
    }
    let mut projects = Projects::new(options.project.options());
    let project = projects.of_folder(&path.folder());
    let problems = projects.problems();
    for problem in &problems {
        complain(problem);
    }
    let source = path.read()?;
    let mut reader = StoryReader::new(path, StoryForm::of(path, options.reading.input), &project, &options.reading);
    let reading = reader.read(&source).map_err(|error| format!("{}:{error}", path.shown()))?;
    if options.format == FactsFormat::Html && (options.by_source || options.by_person) {
        return Err(
            "--format html shows the facts beside the story, and groups none; take text, checklist or csv".to_owned()
        );
    }
    if options.is_of_all() {
        let ledger = path.path().map(|path| project.ledger_of(path));
        let (sheet, sound) = all(path, ledger.as_deref(), &source, &reading, options)?;
        return Ok((sheet, sound && problems.is_empty()));
    }
    let story = reading.story();
    let place = place_in(&reading);
    let mut out = Vec::new();
    let written = match options.format {
        FactsFormat::Json => {
            let lines = LineIndex::new(&source);
            let place = |range: &SourceRange| JsonRange::new(&place(range), &source, &lines);
            report::write_facts(&story, place, &mut out).and_then(|()| writeln!(out))
        }
        _ => report::facts_text(&story, &source, place, crate::cli::width(), &mut out),
    };
    written.map_err(|error| format!("{}: {error}", path.shown()))?;
    Ok((out, problems.is_empty()))
}

/// Where ranges of the story are in the text that was read. Of a story that came as data, places are told in its fields.
fn place_in(reading: &StoryReading) -> impl Fn(&SourceRange) -> SourceRange + '_ {
    |range| match &reading.fields {
        Some(fields) => fields.to_source(range),
        None => range.clone(),
    }
}

/// The sheet of every fact, and whether the ledger has no mistakes.
fn all(
    path: &StoryPath,
    ledger: Option<&Path>,
    source: &str,
    reading: &StoryReading,
    options: &FactsOptions,
) -> Result<(Vec<u8>, bool), String> {
    let story = reading.story();
    let sheet = facts::sheet(&story);
    let (ledger, sound) = match ledger {
        Some(file) => read_ledger(file)?,
        None => (Ledger::default(), true),
    };
    let desk = facts::stand(&sheet, &ledger);
    let says = facts::hold(&story, &sheet);
    let sums = checks::sums(&story);
    let shown = chosen(&sheet, &ledger, &desk, options);
    let lines = LineIndex::new(source);
    let place = place_in(reading);
    let name = path.shown();
    let view = FactsView {
        name: &name,
        story,
        text: source,
        lines: &lines,
        sheet: &sheet,
        ledger: &ledger,
        desk: &desk,
        says: &says,
        sums: &sums,
        shown: &shown,
        place: &place,
    };
    let grouping = match (options.by_source, options.by_person) {
        (true, _) => Grouping::Source,
        (false, true) => Grouping::Person,
        (false, false) => Grouping::None,
    };
    let mut out = Vec::new();
    let written = match options.format {
        FactsFormat::Text => report::all_facts_text(&view, grouping, crate::cli::width(), &mut out),
        FactsFormat::Json => writeln!(out, "{}", report::all_facts_json(&view)),
        FactsFormat::Checklist => report::facts_checklist(&view, grouping, &mut out),
        FactsFormat::Csv => report::facts_csv(&view, grouping, &mut out),
        FactsFormat::Html => report::facts_html(&view, &mut out),
    };
    written.map_err(|error| format!("{name}: {error}"))?;
    Ok((out, sound))
}

/// The ledger at `path`, and whether all of it could be read; what could not is said.
fn read_ledger(path: &Path) -> Result<(Ledger, bool), String> {
    let text = ledgers::read(path).map_err(|error| format!("{}: {}", path.display(), crate::files::why(&error)))?;
    let text = text.unwrap_or_default();
    let ledger = Ledger::parse(&text);
    let lines = LineIndex::new(&text);
    for problem in &ledger.problems {
        complain(format_args!("{}:{}: {}", path.display(), lines.line_column(problem.at, &text).line, problem.message));
    }
    let sound = ledger.problems.is_empty();
    Ok((ledger, sound))
}

/// The numbers of the facts that are asked for.
fn chosen(sheet: &FactSheet, ledger: &Ledger, desk: &Standings, options: &FactsOptions) -> Vec<usize> {
    let wanted = |at: &usize| {
        let (fact, standing) = (&sheet.facts[*at], desk.standings[*at]);
        let entry = standing.entry.and_then(|entry| ledger.entries.get(entry));
        let sourced = fact.sourced || entry.is_some_and(|entry| !entry.sources.is_empty());
        (options.kind.is_empty() || options.kind.contains(&fact.kind))
            && (options.state.is_empty() || options.state.contains(&standing.status))
            && !(options.unsourced && sourced)
    };
    (0..sheet.facts.len()).filter(wanted).collect()
}
