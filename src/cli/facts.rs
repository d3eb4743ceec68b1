//! `copydesk facts`: the fact sheet of one story.

use std::io::Write as _;

use super::arguments::{FactsFormat, FactsOptions};
use super::stories::StoryPath;
use super::{CLEAN, TROUBLE, complain};
use crate::analysis::{Analyzer, Settings};
use crate::report;

/// Runs the command.
pub fn run(options: &FactsOptions) -> u8 {
    let path = match options.path.as_os_str() == "-" {
        true => StoryPath::Stdin(options.reading.stdin_filename.clone()),
        false => StoryPath::File(options.path.clone()),
    };
    let source = match path.read() {
        Ok(source) => source,
        Err(error) => {
            complain(format_args!("{}: {error}", path.shown()));
            return TROUBLE;
        }
    };
    let around = path.surroundings(&source, &options.reading);
    let analysis = Analyzer::new(Default::default()).analyze(&source, path.format(), &around, &Settings::default());
    let story = analysis.story(&around);
    let mut out = std::io::stdout().lock();
    let written = match options.format {
        FactsFormat::Json => writeln!(out, "{}", report::facts_json(&story, &source)),
        FactsFormat::Text => report::facts_text(&story, &source, &mut out),
    };
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(error);
            TROUBLE
        }
        _ => CLEAN,
    }
}
