//! `copydesk quotes`: the quotes of a story, held to what it was written from.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{InputFormat, ListFormat, QuotesOptions};
use super::reader::{StoryForm, StoryReader};
use super::stories::StoryPath;
use super::{CLEAN, FINDINGS, TROUBLE, complain, terminal, unless_it_panics};
use crate::material::{Material, QuoteStatus, check_quote};
use crate::project::Projects;
use crate::prose::Passage;
use crate::report::{self, CheckedQuote};
use crate::sources::{self, Gathered, Shelf, SourceName};
use crate::story::Story;
use crate::story::quote::QuoteKind;
use crate::text::{LineIndex, SourceRange, single_spaced};

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
    let mut reader = StoryReader::new(path, StoryForm::of(path, options.reading.input), &project, &options.reading);
    let reading = reader.read(&source).map_err(|error| format!("{}:{error}", path.shown()))?;
    let story = reading.story();
    let files = match options.against.is_empty() {
        true => sources::files(&path.folder(), &sources::named(path.path(), story.document, story.ledger)),
        false => {
            for missing in options.against.iter().filter(|path| !path.exists()) {
                complain(format_args!("{}: there is no such file or folder", missing.display()));
                sound = false;
            }
            let source = |path: &PathBuf| SourceName {
                name: path.strip_prefix("./").unwrap_or(path).display().to_string(),
                by_story: false,
            };
            sources::files(Path::new(""), &options.against.iter().map(source).collect::<Vec<_>>())
        }
    };
    if files.is_empty() && sound {
        return Err(format!("{}: names no sources; --against PATH, or `sources` in its front matter", path.shown()));
    }
    let Gathered { materials, problems, .. } = Shelf::default().gather(&files);
    for trouble in problems {
        complain(trouble);
        sound = false;
    }
    // That a quote is in none of the sources says nothing where none could be read.
    if materials.is_empty() {
        return Ok(TROUBLE);
    }
    let place = |range: SourceRange| reading.fields.as_ref().map_or(range.clone(), |fields| fields.to_source(&range));
    let checked = check(&story, &materials, place);
    let lines = LineIndex::new(&source);
    let mut out = Vec::new();
    match options.format {
        ListFormat::Text => report::quotes_text(&checked, &materials, &source, &lines, super::width(), &mut out),
        ListFormat::Json => {
            writeln!(out, "{}", report::quotes_json(&path.shown(), &checked, &materials, &source, &lines))
        }
    }
    .and_then(|()| terminal::stdout().write_all(&out))
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
fn check(story: &Story, materials: &[Arc<Material>], place: impl Fn(SourceRange) -> SourceRange) -> Vec<CheckedQuote> {
    let blocks = &story.document.blocks;
    // The fact sheet says who says a quote, and does not take whoever is spoken of for the speaker.
    let facts = story.checkup().sheet.facts.iter().filter_map(|fact| Some((fact, fact.said_by()?)));
    let speakers: HashMap<Passage, &str> =
        facts.flat_map(|(fact, by)| fact.places.iter().map(move |&place| (place, by))).collect();
    let said = |quote: &&crate::story::Quote| {
        matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial)
            || quote.kind == QuoteKind::Scare && quote.words >= 3
    };
    let checked = story.quotes.iter().filter(said).map(|quote| {
        let paragraph = story.paragraph(quote.passage.paragraph());
        let text = paragraph.slice(quote.inner);
        let speaker = speakers.get(&quote.passage).map(|&by| by.to_owned());
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
            text: single_spaced(text),
            speaker,
            differing: differences.collect(),
            check,
        }
    });
    checked.collect()
}
