//! `copydesk facts`: the fact sheet of one story.

use std::io::Write as _;

use super::arguments::{FactsFormat, FactsOptions, InputFormat};
use super::reader::{Kind, Reader};
use super::stories::StoryPath;
use super::{CLEAN, TROUBLE, complain, unless_it_panics};
use crate::project::Projects;
use crate::report::{self, JsonRange};
use crate::text::{LineIndex, SourceRange};

/// Runs the command.
pub fn run(options: &FactsOptions) -> u8 {
    let path = match options.path.as_os_str() == "-" {
        true => StoryPath::Stdin(options.reading.stdin_filename.clone()),
        false => StoryPath::File(options.path.clone()),
    };
    let sheet = unless_it_panics(&path.shown(), || sheet(&path, options)).and_then(|sheet| sheet);
    let (written, sound) = match &sheet {
        Ok((sheet, sound)) => (std::io::stdout().lock().write_all(sheet), *sound),
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    match written {
        // A reader that went away, such as `head`, is no trouble.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(format_args!("the fact sheet cannot be written: {error}"));
            TROUBLE
        }
        _ if sound => CLEAN,
        // What is wrong with the settings was said.
        _ => TROUBLE,
    }
}

/// The fact sheet as it is printed, and whether the settings have no mistakes.
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
    let mut reader = Reader::new(path, Kind::of(path, options.reading.input), &project, &options.reading);
    let reading = reader.read(&source).map_err(|error| format!("{}:{error}", path.shown()))?;
    let story = reading.analysis.story();
    // Of a story that came as data, places are told in its fields.
    let place = |range: &SourceRange| match &reading.fields {
        Some(fields) => fields.to_source(range),
        None => range.clone(),
    };
    let mut out = Vec::new();
    let written = match options.format {
        FactsFormat::Json => {
            let lines = LineIndex::new(&source);
            let facts = report::facts_with_ranges(&story, |range| JsonRange::new(&place(range), &source, &lines));
            writeln!(out, "{facts}")
        }
        FactsFormat::Text => report::facts_text(&story, &source, place, &mut out),
    };
    written.map_err(|error| format!("{}: {error}", path.shown()))?;
    Ok((out, problems.is_empty()))
}
