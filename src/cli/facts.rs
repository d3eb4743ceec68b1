//! `copydesk facts`: the fact sheet of one story.

use std::io::Write as _;

use super::arguments::{FactsFormat, FactsOptions};
use super::stories::StoryPath;
use super::{CLEAN, TROUBLE, complain, unless_it_panics};
use crate::analysis::{Analyzer, Settings};
use crate::report;

/// Runs the command.
pub fn run(options: &FactsOptions) -> u8 {
    let path = match options.path.as_os_str() == "-" {
        true => StoryPath::Stdin(options.reading.stdin_filename.clone()),
        false => StoryPath::File(options.path.clone()),
    };
    let sheet = unless_it_panics(&path.shown(), || sheet(&path, options)).and_then(|sheet| sheet);
    let written = match &sheet {
        Ok(sheet) => std::io::stdout().lock().write_all(sheet),
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
        _ => CLEAN,
    }
}

/// The fact sheet as it is printed.
fn sheet(path: &StoryPath, options: &FactsOptions) -> Result<Vec<u8>, String> {
    let source = path.read().map_err(|error| format!("{}: {error}", path.shown()))?;
    let around = path.surroundings(&source, &options.reading);
    let analysis = Analyzer::new(Default::default()).analyze(&source, path.format(), &around, &Settings::default());
    let story = analysis.story(&around);
    let mut out = Vec::new();
    let written = match options.format {
        FactsFormat::Json => writeln!(out, "{}", report::facts_json(&story, &source)),
        FactsFormat::Text => report::facts_text(&story, &source, &mut out),
    };
    written.map_err(|error| format!("{}: {error}", path.shown()))?;
    Ok(out)
}
