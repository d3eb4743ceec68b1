//! `copydesk check`: findings, fixes and exit codes.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::arguments::{CheckFormat, CheckOptions, FailOn};
use super::stories::{self, StoryPath};
use super::{CLEAN, FINDINGS, TROUBLE, complain, unless_it_panics};
use crate::analysis::{Analyzer, Settings};
use crate::finding::{Applicability, Finding, Severity};
use crate::fix;
use crate::project::{Project, Projects};
use crate::report::{self, CheckedStory};
use crate::story::Surroundings;

/// Fixes may make room for others; more rounds than this would mean that two rules undo each other.
const MOST_ROUNDS: usize = 10;

/// Runs the command.
pub fn run(options: &CheckOptions) -> u8 {
    let mut projects = Projects::new(options.project.options());
    let (paths, mut troubles) = stories::find(&options.paths, options.reading.stdin_filename.as_deref(), &mut projects);
    let work: Vec<(StoryPath, Arc<Project>)> = paths
        .into_iter()
        .map(|path| {
            let project = projects.of_folder(&path.folder());
            (path, project)
        })
        .collect();
    let checked: Vec<Result<CheckedStory, String>> = work
        .par_iter()
        .map(|(path, project)| {
            unless_it_panics(&path.shown(), || check(path, project, options)).and_then(|result| result)
        })
        .collect();
    let mut stories = Vec::with_capacity(checked.len());
    for result in checked {
        match result {
            Ok(story) => stories.push(story),
            Err(trouble) => troubles.push(trouble),
        }
    }
    let printed = if stories.is_empty() && !troubles.is_empty() { Ok(()) } else { print(&stories, options) };
    let problems = projects.problems();
    for problem in &problems {
        complain(format_args!("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message));
    }
    for trouble in &troubles {
        complain(trouble);
    }
    if !troubles.is_empty() || !problems.is_empty() {
        return TROUBLE;
    }
    match printed {
        // A reader that went away, such as `head`, is no trouble.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => return CLEAN,
        Err(error) => {
            complain(format_args!("the findings cannot be written: {error}"));
            return TROUBLE;
        }
        Ok(()) => {}
    }
    if stories.iter().any(CheckedStory::fails) { FINDINGS } else { CLEAN }
}

/// Writes the report to standard output; where that is for the fixed text of standard input, to standard error.
fn print(stories: &[CheckedStory], options: &CheckOptions) -> std::io::Result<()> {
    let fixed = stories.iter().find(|story| options.fix && story.from_stdin);
    let Some(fixed) = fixed else {
        return write_report(stories, options, &mut BufWriter::new(anstream::stdout().lock()));
    };
    // Not through `anstream`, which would take escape codes out of the story.
    let mut out = std::io::stdout().lock();
    out.write_all(fixed.text().as_bytes()).and_then(|()| out.flush())?;
    write_report(stories, options, &mut BufWriter::new(anstream::stderr().lock()))
}

fn write_report(stories: &[CheckedStory], options: &CheckOptions, out: &mut impl Write) -> std::io::Result<()> {
    if options.diff {
        report::diff(stories, out)?;
        return out.flush();
    }
    match options.format {
        CheckFormat::Text => report::text(stories, options.show, options.fix, out)?,
        CheckFormat::Json => report::json(stories, options.show, out)?,
    }
    out.flush()
}

fn check(path: &StoryPath, project: &Project, options: &CheckOptions) -> Result<CheckedStory, String> {
    let shown = path.shown();
    let source = path.read().map_err(|error| match error.split_once(": not UTF-8") {
        Some(_) => format!("{shown}:{error}"),
        None => format!("{shown}: {error}"),
    })?;
    let settings = match path.path() {
        Some(path) => project.settings(path),
        None => project.settings(Path::new("stdin")),
    };
    let around = path.surroundings(&source, &options.reading);
    let mut analyzer = Analyzer::new(Arc::clone(&project.rules));
    let analysis = analyzer.analyze(&source, path.format(), &around, &settings);
    let fail_on = match options.fail_on {
        Some(FailOn::At(severity)) => Some(severity),
        Some(FailOn::Never) => None,
        None => Some(project.config.fail_on.unwrap_or(Severity::Warning)),
    };
    let mut story = CheckedStory {
        name: shown,
        from_stdin: matches!(path, StoryPath::Stdin(_)),
        words: analysis.paragraphs.iter().map(|read| read.paragraph.word_count()).sum(),
        fail_on,
        findings: analysis.findings,
        source,
        fixed: None,
        fixes: 0,
    };
    if options.fix || options.diff {
        let remaining = fix_story(&mut story, path, &mut analyzer, &around, &settings);
        // A diff changes nothing, so what it reports is what is there now.
        if options.fix {
            story.findings = remaining;
            write(path, &story)?;
        }
    }
    Ok(story)
}

/// Applies safe fixes until none is left, and gives the findings that remain.
fn fix_story(
    story: &mut CheckedStory,
    path: &StoryPath,
    analyzer: &mut Analyzer,
    around: &Surroundings,
    settings: &Settings,
) -> Vec<Finding> {
    let mut text = story.source.clone();
    let mut findings = story.findings.clone();
    for _ in 0..MOST_ROUNDS {
        let (fixed, applied) = fix::apply(&text, &findings, Applicability::Safe);
        if applied == 0 || fixed == text {
            break;
        }
        story.fixes += applied;
        text = fixed;
        findings = analyzer.analyze(&text, path.format(), around, settings).findings;
    }
    if story.fixes > 0 {
        story.fixed = Some(text);
    }
    findings
}

/// Writes the fixed text in place of the file. That of standard input is printed with the report.
fn write(path: &StoryPath, story: &CheckedStory) -> Result<(), String> {
    let (StoryPath::File(file), Some(fixed)) = (path, &story.fixed) else { return Ok(()) };
    super::replace::replace(file, &story.source, fixed).map_err(|error| format!("{}: not fixed: {error}", story.name))
}
