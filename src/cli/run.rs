//! Reading and checking all stories of a run, with their newsrooms' settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::arguments::{FailOn, ProjectArguments, ReadingOptions};
use super::progress::Progress;
use super::reader::{StoryForm, StoryReader};
use super::scope::FindingScope;
use super::stories::{self, StoryPath};
use super::{complain, unless_it_panics};
use crate::files;
use crate::finding::Severity;
use crate::office::OfficeFormat;
use crate::project::{Project, Projects};
use crate::report::CheckedStory;
use crate::text::SourceRange;

/// What came of reading stories.
pub(super) struct RunResult<T> {
    /// One for each story that was read, in a fixed order.
    pub found: Vec<T>,
    /// What went wrong with some of them.
    pub troubles: Vec<String>,
    /// The newsrooms whose stories they are.
    pub projects: Projects,
}

impl<T> RunResult<T> {
    /// Says what went wrong, in stories and in settings, and gives whether nothing did.
    pub fn complain(&self) -> bool {
        let problems = self.projects.problems();
        for problem in &problems {
            complain(problem);
        }
        self.troubles.iter().for_each(complain);
        self.troubles.is_empty() && problems.is_empty()
    }
}

/// Runs `check` on each story at `paths`; `None` leaves a story out.
pub(super) fn over<T: Send>(
    paths: &[PathBuf],
    reading: &ReadingOptions,
    project: &ProjectArguments,
    progress: &mut Progress,
    check: impl Fn(&StoryPath, &Project) -> Result<Option<T>, String> + Sync,
) -> RunResult<T> {
    let mut projects = Projects::new(project.options());
    let (paths, mut troubles) = stories::find(paths, reading.stdin_filename.as_deref(), &mut projects);
    let work: Vec<(StoryPath, Arc<Project>)> = paths
        .into_iter()
        .map(|path| {
            let project = projects.of_folder(&path.folder());
            (path, project)
        })
        .collect();
    progress.expect(Some(work.len()));
    let progress = &*progress;
    let checked: Vec<Result<Option<T>, String>> = work
        .par_iter()
        .map(|(path, project)| {
            progress.tell(|| {
                let kind = StoryForm::of(path, reading.input).as_str();
                match project.file.as_deref().filter(|file| file.is_file()) {
                    Some(file) => format!("{}: {kind}, by {}", path.shown(), file.display()),
                    None => format!("{}: {kind}, by the standard settings", path.shown()),
                }
            });
            let checked = unless_it_panics(&path.shown(), || check(path, project)).and_then(|result| result);
            progress.step();
            checked
        })
        .collect();
    progress.done();
    let mut found = Vec::with_capacity(checked.len());
    for result in checked {
        match result {
            Ok(story) => found.extend(story),
            Err(trouble) => troubles.push(trouble),
        }
    }
    RunResult { found, troubles, projects }
}

/// A story that was analyzed, with what a further round needs.
pub(super) struct Analyzed {
    /// The story and what counts of its findings.
    pub checked: CheckedStory,
    /// What read it, and can read it again.
    pub reader: StoryReader,
    /// What changed of it by git; `None` where all of it counts.
    pub changed: Option<Vec<SourceRange>>,
    /// Source bytes of the tags whose elements were not read as a part of the story.
    pub left_out: Vec<SourceRange>,
}

/// How many of the tags of what was left out are shown.
const SHOWN_TAGS: usize = 3;

impl Analyzed {
    /// What of a page was not read as a part of its story, in words; `None` where all was.
    pub fn left_out(&self) -> Option<String> {
        let count = self.left_out.len();
        let shown = self.left_out.iter().take(SHOWN_TAGS);
        let tags: Vec<&str> = shown.filter_map(|range| self.checked.source.get(range.clone())).collect();
        let parts = if count == 1 { "part is" } else { "parts are" };
        let more = if count > SHOWN_TAGS { " …" } else { "" };
        (count > 0).then(|| {
            let tags = crate::text::on_one_line(&tags.join(" ")).into_owned();
            format!("{}: {count} {parts} not told in the story and not read: {tags}{more}", self.checked.name)
        })
    }
}

/// Reads the story at `path` and finds what counts in `scope`.
pub(super) fn analyzed(
    path: &StoryPath,
    project: &Project,
    reading: &ReadingOptions,
    scope: &FindingScope,
    fail_on: Option<FailOn>,
) -> Result<Analyzed, String> {
    let name = path.shown();
    if let Some(kind) = path.path().and_then(files::unread_markup).filter(|_| reading.input.is_none()) {
        let advice = files::UNREAD_ADVICE;
        return Err(format!(
            "{name}: this is {kind}, which copydesk does not read; {advice}, or check its words as plain text with `--input plain`"
        ));
    }
    let source = scope.read(path)?;
    let mut reader = StoryReader::new(path, StoryForm::of(path, reading.input), project, reading);
    if scope.require_checked {
        reader.require_checked();
    }
    let read = reader.read(&source).map_err(|error| format!("{name}:{error}"))?;
    let words = read.words();
    let facts = reader.tally(&read, |rule| scope.counts_rule(rule));
    let left_out = read.analysis.document.left_out;
    let mut findings = read.findings;
    let changed = scope.changed(path, &source);
    let known = scope.narrow(path, &source, changed.as_deref(), &mut findings);
    let office = match (path, path.office()) {
        (StoryPath::File(file), Some(OfficeFormat::Docx)) => std::fs::read(file).ok(),
        _ => None,
    };
    let checked = CheckedStory {
        office,
        name,
        from_stdin: matches!(path, StoryPath::Stdin(_)),
        source,
        words,
        findings,
        fail_on: self::fail_on(fail_on, project, path),
        fixed: None,
        fixes: 0,
        known,
        facts,
        rules: Arc::clone(&project.rules),
    };
    Ok(Analyzed { checked, reader, changed, left_out })
}

/// The lowest severity that makes the run fail: as was said, else by the settings for the story.
pub(super) fn fail_on(said: Option<FailOn>, project: &Project, path: &StoryPath) -> Option<Severity> {
    match said {
        Some(said) => said.severity(),
        None => project.in_force(path.path().unwrap_or(Path::new("stdin"))).fail_on.value,
    }
}
