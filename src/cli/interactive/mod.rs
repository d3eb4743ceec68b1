//! `copydesk check --interactive`: asks about one finding after the other, and writes what was decided.

mod answer;
mod house;
mod session;
#[cfg(test)]
mod tests;
mod work;

use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use house::SettingsFile;
use session::{Ended, Session};
use work::AskedStory;

use super::arguments::{CheckOptions, InputFormat};
use super::run::analyzed;
use super::scope::{FindingScope, unknown_rules};
use super::stories::{self, StoryPath};
use super::{CLEAN, FINDINGS, TROUBLE, complain, counted, interrupt, replace, terminal, unless_it_panics};
use crate::config::FILE_NAME;
use crate::office::OfficeFormat;
use crate::project::{Project, Projects};
use crate::report;

/// Runs the command.
pub fn run(options: &CheckOptions) -> u8 {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        complain(
            "--interactive asks questions, so it needs a terminal; run it in one, or see the safe fixes with --diff and \
             make them with --fix",
        );
        return TROUBLE;
    }
    if options.reading.input == Some(InputFormat::Jsonl) {
        complain("--interactive asks about stories that are files of their own, and an archive holds no such files");
        return TROUBLE;
    }
    let (paths, scope) = match FindingScope::with_paths(options) {
        Ok(both) => both,
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    if let Some(path) = paths.iter().find(|path| OfficeFormat::of_path(path).is_some()) {
        let instead = "`copydesk check --format docx-comments -o reviewed.docx` writes the findings into a copy";
        complain(format_args!("{}: --interactive changes text files only; {instead}", path.display()));
        return TROUBLE;
    }
    if paths.iter().any(|path| path.as_os_str() == "-") {
        complain("--interactive reads its answers from standard input; name files instead of `-`");
        return TROUBLE;
    }
    interrupt::watch_saying(Some("\nStopped. What was not written yet is dropped."));
    let mut output = terminal::stdout();
    match ask(options, &paths, &scope, &mut io::stdin().lock(), &mut output) {
        Ok(code) => code,
        Err(error) => {
            complain(format_args!("the questions cannot go on, and nothing more was written: {error}"));
            TROUBLE
        }
    }
}

/// Asks about the stories at `paths`, writes what was decided, and gives the exit code.
fn ask(
    options: &CheckOptions,
    paths: &[PathBuf],
    scope: &FindingScope,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<u8> {
    let mut projects = Projects::new(options.project.options());
    let (paths, troubles) = stories::find(paths, None, &mut projects);
    let with_project = |path: StoryPath| {
        let project = projects.of_folder(&path.folder());
        (path, project)
    };
    let mut waiting = paths.into_iter().map(with_project).collect::<Vec<_>>().into_iter();
    // Said first, because wrong settings give wrong findings.
    let problems = projects.problems();
    problems.iter().for_each(complain);
    troubles.iter().for_each(complain);
    let unknown = unknown_rules(&options.rules, &projects);
    unknown.iter().for_each(complain);
    let mut trouble = !troubles.is_empty() || !problems.is_empty() || !unknown.is_empty();

    let mut session = Session::new(options.show);
    let mut unread = false;
    let read = || loop {
        let (path, project) = waiting.next()?;
        match unless_it_panics(&path.shown(), || open(&path, &project, options, scope)).and_then(|read| read) {
            Ok(Some(work)) => return Some(work),
            Ok(None) => {}
            Err(error) => {
                complain(error);
                unread = true;
            }
        }
    };
    let (mut saved, mut unwritten) = (false, false);
    let save = |session: &mut Session, output: &mut _| {
        saved |= session.unwritten() > 0;
        unwritten |= !write(session, output)?;
        Ok(())
    };
    let ended = session.run(read, save, input, output)?;
    let more = if saved { " more" } else { "" };
    match ended {
        Ended::Keep => {
            if session.unwritten() == 0 {
                writeln!(output, "There is nothing{more} to write.")?;
            }
            unwritten |= !write(&mut session, output)?;
        }
        Ended::Drop => {
            session.stories.iter_mut().for_each(AskedStory::forget_unwritten);
            session.house = house::HouseFiles::default();
            writeln!(output, "Nothing{more} was written.")?;
        }
    }
    trouble |= unread || unwritten;
    let rest = waiting.len();
    if rest > 0 {
        writeln!(output, "{} not looked at.", counted(rest, "story was", "stories were"))?;
    }
    if trouble {
        return Ok(TROUBLE);
    }
    Ok(if session.fails() { FINDINGS } else { CLEAN })
}

/// Reads the story at `path`; `None` where it is out of scope.
fn open<'s>(
    path: &StoryPath,
    project: &Arc<Project>,
    options: &CheckOptions,
    scope: &'s FindingScope,
) -> Result<Option<AskedStory<'s>>, String> {
    if !scope.holds(path) {
        return Ok(None);
    }
    let analyzed = analyzed(path, project, &options.reading, scope, options.fail_on)?;
    let name = analyzed.checked.name.clone();
    // Nobody should answer for nothing.
    if let Some(file) = path.path().filter(|_| !analyzed.checked.findings.is_empty()) {
        replace::may_be_written(file).map_err(|error| format!("{name}: not asked about: {error}"))?;
    }
    let settings = if options.project.no_config { None } else { settings_of(path, project)? };
    let work = AskedStory::new(path.clone(), analyzed, options.reading.input, Arc::clone(project), scope, settings);
    work.map(Some).map_err(|error| format!("{name}:{error}"))
}

/// The file of settings for the story at `path`; where there is none, it would be made in this folder, or beside a story
/// that is elsewhere.
fn settings_of(path: &StoryPath, project: &Project) -> Result<Option<SettingsFile>, String> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let file = project.file.clone().unwrap_or_else(|| {
        let below = absolute(&path.folder()).starts_with(absolute(Path::new(".")));
        if below { PathBuf::from(FILE_NAME) } else { path.folder().join(FILE_NAME) }
    });
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // What is wrong with it was said.
        Err(_) => return Ok(None),
    };
    Ok(Some(SettingsFile { path: file, text }))
}

/// Writes what was decided, says so, and gives whether all of it could be written.
fn write(session: &mut Session, output: &mut impl Write) -> io::Result<bool> {
    let mut all = true;
    for work in &mut session.stories {
        let Some((before, answers)) = work.unwritten() else { continue };
        let name = work.story.name.clone();
        let file = work.path.path().unwrap_or(Path::new(""));
        match whole(file, Some(before), work.text()) {
            Ok(others) => {
                writeln!(output, "{name} is written, with {}.", counted(answers, "change", "changes"))?;
                if let Some(note) = replace::note(&name, others) {
                    complain(note);
                }
                work.written();
            }
            Err(error) => {
                // The answers are not lost: they are shown as a patch.
                complain(format_args!("{name}: not written: {error}; these are its changes, as a patch:"));
                report::patch(&name, before, work.text(), output)?;
                work.give_up();
                all = false;
            }
        }
    }
    let changed: Vec<_> = session.house.unwritten().map(|(path, changed)| (path.to_owned(), changed.clone())).collect();
    for (path, changed) in changed {
        let name = path.display().to_string();
        match whole(&path, changed.before.as_deref(), &changed.now) {
            Ok(_) => {
                writeln!(output, "{name} is written.")?;
                session.house.written(&path);
            }
            Err(error) => {
                complain(format_args!("{name}: not written: {error}; these are its changes, as a patch:"));
                report::patch(&name, changed.before.as_deref().unwrap_or_default(), &changed.now, output)?;
                all = false;
            }
        }
    }
    output.flush()?;
    Ok(all)
}

/// Writes `now` in place of a file that holds `before`, or as a new one where there was none.
fn whole(file: &Path, before: Option<&str>, now: &str) -> io::Result<u64> {
    let _whole = interrupt::hold_off();
    match before {
        Some(before) => replace::replace(file, before, now),
        None if file.exists() => Err(io::Error::other("somebody else made this file meanwhile; run again")),
        None => replace::write(file, now.as_bytes()).map(|()| 0),
    }
}
