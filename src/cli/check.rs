//! `copydesk check`: findings, fixes and exit codes.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::arguments::{CheckFormat, CheckOptions, FailOn, InputFormat, ProjectArguments, ReadingOptions};
use super::baseline::Baseline;
use super::changes::{self, Changes};
use super::progress::Progress;
use super::reader::{Kind, Reader};
use super::stories::{self, StoryPath};
use super::{CLEAN, FINDINGS, TROUBLE, archive, complain, interactive, interrupt, replace, unless_it_panics};
use crate::files;
use crate::finding::{Applicability, Finding, Severity};
use crate::fix;
use crate::project::{Project, Projects};
use crate::report::{self, CheckedStory};
use crate::rules;
use crate::text::SourceRange;

/// Runs the command.
pub fn run(options: &CheckOptions) -> u8 {
    if options.interactive {
        return interactive::run(options);
    }
    if options.reading.input == Some(InputFormat::Jsonl) {
        return archive::run(options);
    }
    if options.fix || !options.output.is_empty() {
        interrupt::watch();
    }
    let mut progress = Progress::new(options.verbose, options.quiet);
    let (paths, scope) = match options.files.paths(&options.project).and_then(|paths| Ok((paths, Scope::of(options)?)))
    {
        Ok(both) => both,
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    let mut run = over(&paths, &options.reading, &options.project, &mut progress, |path, project| {
        check(path, project, options, &scope)
    });
    run.troubles.extend(unknown_rules(&options.rules, &run.projects));
    let mut stories = Vec::with_capacity(run.found.len());
    for done in std::mem::take(&mut run.found) {
        done.note.iter().for_each(complain);
        run.troubles.extend(done.trouble);
        stories.push(done.story);
    }
    progress.tell(|| format!("{} stories read in {:.1} s", stories.len(), progress.seconds()));
    // With nothing read, an empty report would say that all is well.
    let nothing = stories.is_empty() && !run.troubles.is_empty();
    let printed = if nothing { Ok(()) } else { print(&stories, options) };
    let written = nothing || write_outputs(&stories, options);
    if !run.complain() || !written {
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

/// What came of reading stories.
pub(super) struct Run<T> {
    /// One for each story that was read, in a fixed order.
    pub found: Vec<T>,
    troubles: Vec<String>,
    projects: Projects,
}

impl<T> Run<T> {
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
) -> Run<T> {
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
                let kind = Kind::of(path, reading.input).as_str();
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
    Run { found, troubles, projects }
}

/// Leaves the findings of the rules that `wanted` names, by id or topic; all where it names none.
pub(super) fn keep_rules(findings: &mut Vec<Finding>, wanted: &[String]) {
    if !wanted.is_empty() {
        findings.retain(|finding| wanted.iter().any(|pattern| rules::names(pattern, &finding.rule)));
    }
}

/// Which of the rules that `wanted` names are in none of `projects`, with what may have been meant.
pub(super) fn unknown_rules(wanted: &[String], projects: &Projects) -> Vec<String> {
    let unknown = wanted.iter().filter(|pattern| !projects.all().any(|project| project.rules.has(pattern)));
    let message = |pattern: &String| {
        let ids = projects.all().flat_map(|project| project.rules.rules.iter().map(|rule| &*rule.id));
        let near = rules::meant(pattern, ids);
        let hint = near.map_or("; `copydesk rules` lists them".to_owned(), |near| format!("; did you mean `{near}`?"));
        format!("--rule: there is no rule `{pattern}` in the packs in use{hint}")
    };
    unknown.map(message).collect()
}

/// Which findings count: all, unless a baseline or git says otherwise.
#[derive(Debug, Default)]
pub(super) struct Scope {
    baseline: Option<Baseline>,
    changes: Option<Changes>,
    /// Ids and topics of the rules that count; none for all.
    rules: Vec<String>,
}

impl Scope {
    /// The scope that options give.
    ///
    /// # Errors
    ///
    /// Says what of it cannot be read.
    pub(super) fn of(options: &CheckOptions) -> Result<Self, String> {
        let changes = match &options.since {
            Some(revision) => Some(Changes::since(revision)?),
            None if options.staged => Some(Changes::staged()?),
            None => None,
        };
        let baseline = options.baseline.as_deref().map(Baseline::read).transpose()?;
        Ok(Self { baseline, changes, rules: options.rules.clone() })
    }

    /// Whether the story at `path` is in it at all.
    pub(super) fn holds(&self, path: &StoryPath) -> bool {
        let Some(changes) = &self.changes else { return true };
        path.path().is_some_and(|path| changes.of(path).is_some())
    }

    /// The text of the story at `path`.
    fn read(&self, path: &StoryPath) -> Result<String, String> {
        match (&self.changes, path) {
            (Some(changes), StoryPath::File(file)) => match changes.staged_text(file) {
                Some(bytes) => path.decode(bytes.map_err(|error| format!("{}: {error}", path.shown()))?),
                None => path.read(),
            },
            _ => path.read(),
        }
    }

    /// The changed ranges of the story's `text`; `None` when all of it counts.
    fn changed(&self, path: &StoryPath, text: &str) -> Option<Vec<SourceRange>> {
        let lines = self.changes.as_ref()?.of(path.path()?)?;
        Some(changes::ranges(lines, text))
    }

    /// Takes out of `findings` what does not count, and gives how many of them the baseline holds.
    pub(super) fn narrow(
        &self,
        path: &StoryPath,
        text: &str,
        changed: Option<&[SourceRange]>,
        findings: &mut Vec<Finding>,
    ) -> usize {
        keep_rules(findings, &self.rules);
        let known = self.baseline.as_ref().map_or(0, |baseline| baseline.take_out(path, text, findings));
        if let Some(changed) = changed {
            changes::keep(findings, changed);
        }
        known
    }
}

/// Writes the report to standard output; where that is for the fixed text of standard input, to standard error.
fn print(stories: &[CheckedStory], options: &CheckOptions) -> std::io::Result<()> {
    let fixed = stories.iter().find(|story| options.fix && story.from_stdin);
    let Some(fixed) = fixed else {
        return print_to(stories, options, &mut BufWriter::new(anstream::stdout().lock()));
    };
    // Not through `anstream`, which would take escape codes out of the story.
    let mut out = std::io::stdout().lock();
    out.write_all(fixed.source.as_bytes()).and_then(|()| out.flush())?;
    print_to(stories, options, &mut BufWriter::new(anstream::stderr().lock()))
}

fn print_to(stories: &[CheckedStory], options: &CheckOptions, out: &mut impl Write) -> std::io::Result<()> {
    if options.diff {
        report::diff(stories, out)?;
    } else if options.statistics {
        report::statistics(stories, options.show, out)?;
    } else if !options.quiet {
        write_report(options.format, stories, options, out)?;
    }
    out.flush()
}

/// Writes the reports that go to files, and gives whether all of them could be written.
fn write_outputs(stories: &[CheckedStory], options: &CheckOptions) -> bool {
    let mut all = true;
    for output in &options.output {
        let mut plain = anstream::StripStream::new(Vec::new());
        let written = write_report(output.format, stories, options, &mut plain).and_then(|()| {
            let _whole = interrupt::hold_off();
            replace::write(&output.file, &plain.into_inner())
        });
        if let Err(error) = written {
            complain(format_args!("{}: {}", output.file.display(), files::why(&error)));
            all = false;
        }
    }
    all
}

fn write_report(
    format: CheckFormat,
    stories: &[CheckedStory],
    options: &CheckOptions,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let show = options.show;
    match format {
        CheckFormat::Text => {
            let kind = if options.suggested { "fix" } else { "safe fix" };
            report::text(stories, show, options.fix.then_some(kind), out)
        }
        CheckFormat::Json => report::json(stories, show, out),
        CheckFormat::Jsonl => report::jsonl(stories, show, out),
        CheckFormat::Sarif => report::sarif(stories, show, out),
        CheckFormat::Github => report::github(stories, show, out),
        CheckFormat::Gitlab => report::gitlab(stories, show, out),
        CheckFormat::Junit => report::junit(stories, show, out),
        CheckFormat::Checkstyle => report::checkstyle(stories, show, out),
        CheckFormat::Rdjson => report::rdjson(stories, show, out),
        CheckFormat::Markdown => report::markdown(stories, show, out),
    }
}

/// A story that was analyzed, with what a further round needs.
pub(super) struct Analyzed {
    /// The story and what counts of its findings.
    pub checked: CheckedStory,
    /// What read it, and can read it again.
    pub reader: Reader,
    /// What changed of it by git; `None` where all of it counts.
    pub changed: Option<Vec<SourceRange>>,
}

/// Reads the story at `path` and finds what counts in `scope`.
pub(super) fn analyzed(
    path: &StoryPath,
    project: &Project,
    reading: &ReadingOptions,
    scope: &Scope,
    fail_on: Option<FailOn>,
) -> Result<Analyzed, String> {
    let name = path.shown();
    let source = scope.read(path)?;
    let mut reader = Reader::new(path, Kind::of(path, reading.input), project, reading);
    let read = reader.read(&source).map_err(|error| format!("{name}:{error}"))?;
    let words = read.words();
    let mut findings = read.findings;
    let changed = scope.changed(path, &source);
    let known = scope.narrow(path, &source, changed.as_deref(), &mut findings);
    let checked = CheckedStory {
        name,
        from_stdin: matches!(path, StoryPath::Stdin(_)),
        source,
        words,
        findings,
        fail_on: self::fail_on(fail_on, project, path),
        fixed: None,
        fixes: 0,
        known,
        rules: Arc::clone(&project.rules),
    };
    Ok(Analyzed { checked, reader, changed })
}

/// The lowest severity that makes the run fail: as was said, else by the settings for the story.
pub(super) fn fail_on(said: Option<FailOn>, project: &Project, path: &StoryPath) -> Option<Severity> {
    match said {
        Some(said) => said.severity(),
        None => project.in_force(path.path().unwrap_or(Path::new("stdin"))).fail_on.value,
    }
}

/// A story that was checked, and fixed where that was asked for.
struct Done {
    story: CheckedStory,
    /// Why its fixed text could not be written.
    trouble: Option<String>,
    /// What else is to be said of how it was written.
    note: Option<String>,
}

/// The story at `path`; `None` where it is out of scope.
fn check(path: &StoryPath, project: &Project, options: &CheckOptions, scope: &Scope) -> Result<Option<Done>, String> {
    if !scope.holds(path) {
        return Ok(None);
    }
    let mut story = analyzed(path, project, &options.reading, scope, options.fail_on)?;
    let at_most = if options.suggested { Applicability::Suggested } else { Applicability::Safe };
    let fixing = options.fix || options.diff;
    let fixed = if fixing { fix_story(&mut story, path, scope, at_most) } else { None };
    let mut done = Done { story: story.checked, trouble: None, note: None };
    let Some(fixed) = fixed else { return Ok(Some(done)) };
    // A diff changes nothing, and neither does what cannot be written: what is reported is what is there now.
    let story = &mut done.story;
    if options.diff {
        story.fixed = Some(fixed.text);
        return Ok(Some(done));
    }
    match write(path, &story.source, &fixed.text) {
        Err(error) => done.trouble = Some(format!("{}: not fixed: {error}", story.name)),
        Ok(other_names) => {
            done.note = replace::note(&story.name, other_names);
            story.source = fixed.text;
            story.findings = fixed.findings;
            story.fixes = fixed.fixes;
            story.known = fixed.known;
        }
    }
    Ok(Some(done))
}

/// A story after fixes.
struct Fixed {
    text: String,
    /// What remains, in bytes of `text`.
    findings: Vec<Finding>,
    /// How many fixes were made.
    fixes: usize,
    /// How many of the remaining findings the baseline holds.
    known: usize,
}

/// Makes fixes until none is left that `at_most` allows; `None` where there is none.
fn fix_story(story: &mut Analyzed, path: &StoryPath, scope: &Scope, at_most: Applicability) -> Option<Fixed> {
    let Analyzed { checked, reader, changed } = story;
    let (text, findings) = (checked.source.clone(), checked.findings.clone());
    let mut now = Fixed { text, findings, fixes: 0, known: checked.known };
    for _ in 0..fix::MOST_ROUNDS {
        let (mut edits, applied) = fix::choose(&now.findings, at_most);
        let text = fix::apply_edits(&now.text, &mut edits);
        if applied == 0 || text == now.text {
            break;
        }
        // A fixed text that could not be read any more is not written.
        let Ok(read) = reader.read(&text) else { break };
        if let Some(changed) = changed {
            *changed = changes::carried(changed, &edits);
        }
        let mut findings = read.findings;
        let known = scope.narrow(path, &text, changed.as_deref(), &mut findings);
        now = Fixed { text, findings, fixes: now.fixes + applied, known };
    }
    (now.fixes > 0).then_some(now)
}

/// Writes the fixed text in place of the file, and gives how many other names it has. That of standard input is printed
/// with the report.
fn write(path: &StoryPath, checked: &str, fixed: &str) -> std::io::Result<u64> {
    let StoryPath::File(file) = path else { return Ok(0) };
    let _whole = interrupt::hold_off();
    replace::replace(file, checked, fixed)
}
