//! `copydesk baseline`: writes the findings of the stories to a file, so that later runs leave them out.

use super::arguments::{BaselineOptions, InputFormat};
use super::known::Baseline;
use super::progress::Progress;
use super::run::{analyzed, over};
use super::scope::FindingScope;
use super::{CLEAN, TROUBLE, complain, replace};
use crate::files;

/// Writes the findings of the stories to a baseline.
pub fn run(options: &BaselineOptions) -> u8 {
    if options.reading.input == Some(InputFormat::Jsonl) {
        complain("--input jsonl does not go with `baseline`, which knows stories by their files");
        return TROUBLE;
    }
    let paths = match options.files.paths(&options.project) {
        Ok(paths) => paths,
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    let scope = FindingScope::default();
    let mut progress = Progress::new(false, false);
    let run = over(&paths, &options.reading, &options.project, &mut progress, |path, project| {
        let story = analyzed(path, project, &options.reading, &scope, None)?;
        Ok(Some((path.clone(), story.checked)))
    });
    let sound = run.complain();
    if run.found.is_empty() && !sound {
        return TROUBLE;
    }
    let findings: usize = run.found.iter().map(|(_, story)| story.findings.len()).sum();
    let text = Baseline::of(&options.output, &run.found).text();
    if let Err(error) = replace::write(&options.output, text.as_bytes()) {
        complain(format_args!("{}: {}", options.output.display(), files::why(&error)));
        return TROUBLE;
    }
    let noun = if findings == 1 { "finding" } else { "findings" };
    anstream::println!("{findings} {noun} written to {}.", options.output.display());
    if sound { CLEAN } else { TROUBLE }
}
