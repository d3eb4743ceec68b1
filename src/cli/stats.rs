//! `copydesk stats`: how long stories are, and how hard to read.

use std::io::{ErrorKind, Write as _};

use super::arguments::{InputFormat, ListFormat, StatsOptions};
use super::progress::Progress;
use super::reader::{StoryForm, StoryReader};
use super::run::over;
use super::{CLEAN, TROUBLE, complain};
use crate::report::{self, MeasuredStory};
use crate::story::measures::Measures;
use crate::text::SourceRange;

/// Runs the command.
pub fn run(options: &StatsOptions) -> u8 {
    if options.reading.input == Some(InputFormat::Jsonl) {
        complain("--input jsonl does not go with `stats`, which is about stories in files of their own");
        return TROUBLE;
    }
    let mut progress = Progress::new(false, false);
    let paths = match options.files.paths(&options.project) {
        Ok(paths) => paths,
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    let mut run = over(&paths, &options.reading, &options.project, &mut progress, |path, project| {
        let source = path.read()?;
        let mut reader = StoryReader::new(path, StoryForm::of(path, options.reading.input), project, &options.reading);
        let reading = reader.read(&source).map_err(|error| format!("{}:{error}", path.shown()))?;
        let measures = Measures::of(&reading.story());
        let blocks = &reading.analysis.document.blocks;
        let to_source = |range: SourceRange| match &reading.fields {
            Some(fields) => fields.to_source(&range),
            None => range,
        };
        let longest = measures.longest.iter().map(|(passage, _)| passage.to_source(blocks)).map(to_source).collect();
        Ok(Some(MeasuredStory { name: path.shown(), source, measures, longest }))
    });
    let stories = std::mem::take(&mut run.found);
    let mut out = std::io::stdout().lock();
    let written = match options.format {
        ListFormat::Text => report::stats_text(&stories, &mut out),
        ListFormat::Json => writeln!(out, "{}", report::stats_json(&stories)),
    };
    let sound = run.complain();
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(format_args!("what stories measure cannot be written: {error}"));
            TROUBLE
        }
        _ if sound => CLEAN,
        _ => TROUBLE,
    }
}
