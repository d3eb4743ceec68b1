//! `copydesk check`: findings, fixes and exit codes.

use std::io::{BufWriter, ErrorKind, IsTerminal as _, Write};

use super::arguments::{CheckFormat, CheckOptions};
use super::changes;
use super::progress::Progress;
use super::run::{Analyzed, analyzed, over};
use super::scope::{FindingScope, unknown_rules};
use super::stories::StoryPath;
use super::{CLEAN, FINDINGS, TROUBLE, complain, interrupt, replace, terminal, width};
use crate::files;
use crate::finding::{Applicability, Finding, Severity};
use crate::fix;
use crate::project::Project;
use crate::report::{self, CheckedStory};

/// Runs the command.
pub fn run(options: &CheckOptions) -> u8 {
    if options.fix || !options.output.is_empty() {
        interrupt::watch();
    }
    let mut progress = Progress::new(options.verbose, options.quiet);
    let (paths, scope) = match FindingScope::with_paths(options) {
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
    let all_told = run.complain();
    // The process ends here, and the system takes the rules back at once; taking them apart costs a tenth of a short run.
    std::mem::forget(run);
    if !all_told || !written {
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
        if let Some(file) = &options.to_file {
            let mut report = Vec::new();
            write_plain(options.format, stories, options, &mut report)?;
            let _whole = interrupt::hold_off();
            return replace::write(file, &report);
        }
        if options.format == CheckFormat::DocxComments {
            let mut out = std::io::stdout().lock();
            if out.is_terminal() {
                let message = "a Word document cannot be shown on a terminal; -o FILE says where it goes";
                return Err(std::io::Error::other(message));
            }
            return write_report(options.format, stories, options, &mut out).and_then(|()| out.flush());
        }
        let for_people =
            matches!(options.format, CheckFormat::Text | CheckFormat::Concise | CheckFormat::Github) && !options.diff;
        let out = if for_people { terminal::for_people() } else { terminal::stdout() };
        return print_to(stories, options, &mut BufWriter::new(out));
    };
    // Not through `anstream`, which would take escape codes out of the story.
    let mut out = std::io::stdout().lock();
    out.write_all(fixed.source.as_bytes()).and_then(|()| out.flush())?;
    print_to(stories, options, &mut BufWriter::new(terminal::stderr()))
}

fn print_to(stories: &[CheckedStory], options: &CheckOptions, out: &mut impl Write) -> std::io::Result<()> {
    if options.diff {
        report::diff(stories, out)?;
    } else if options.statistics {
        report::statistics(stories, options.show, super::width(), out)?;
    } else if !options.quiet {
        write_report(options.format, stories, options, out)?;
    }
    out.flush()
}

/// Writes the reports that go to files, and gives whether all of them could be written.
fn write_outputs(stories: &[CheckedStory], options: &CheckOptions) -> bool {
    let mut all = true;
    for output in &options.output {
        let mut report = Vec::new();
        let written = write_plain(output.format, stories, options, &mut report).and_then(|()| {
            let _whole = interrupt::hold_off();
            replace::write(&output.file, &report)
        });
        if let Err(error) = written {
            complain(format_args!("{}: {}", output.file.display(), files::why(&error)));
            all = false;
        }
    }
    all
}

/// A report for a file: without escape codes, but for documents, whose bytes are no text.
fn write_plain(
    format: CheckFormat,
    stories: &[CheckedStory],
    options: &CheckOptions,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    if format == CheckFormat::DocxComments {
        return write_report(format, stories, options, out);
    }
    let mut plain = anstream::StripStream::new(Vec::new());
    write_report(format, stories, options, &mut plain)?;
    out.append(&mut plain.into_inner());
    Ok(())
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
            report::text(stories, show, options.fix.then_some(kind), width(), out)
        }
        CheckFormat::Concise => report::concise(stories, show, out),
        CheckFormat::Json => report::json(stories, show, out),
        CheckFormat::Jsonl => report::jsonl(stories, show, out),
        CheckFormat::Sarif => report::sarif(stories, show, out),
        CheckFormat::Github => report::github(stories, show, out),
        CheckFormat::Gitlab => report::gitlab(stories, show, out),
        CheckFormat::Junit => report::junit(stories, show, out),
        CheckFormat::Checkstyle => report::checkstyle(stories, show, out),
        CheckFormat::Rdjson => report::rdjson(stories, show, out),
        CheckFormat::DocxComments => report::docx_comments(stories, show, out),
        CheckFormat::Markdown => report::markdown(stories, show, out),
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
fn check(
    path: &StoryPath,
    project: &Project,
    options: &CheckOptions,
    scope: &FindingScope,
) -> Result<Option<Done>, String> {
    if !scope.holds(path) {
        return Ok(None);
    }
    if options.fix && path.office().is_some() {
        let instead = "`--format docx-comments -o reviewed.docx` writes the findings into a copy";
        return Err(format!("{}: fixes are made in text files only; {instead}", path.shown()));
    }
    let mut story = analyzed(path, project, &options.reading, scope, options.fail_on)?;
    let at_most = if options.suggested { Applicability::Suggested } else { Applicability::Safe };
    let fixing = options.fix || options.diff;
    let fixed = if fixing { fix_story(&mut story, path, scope, at_most) } else { None };
    let note = options.verbose.then(|| story.left_out()).flatten();
    let mut done = Done { story: story.checked, trouble: None, note };
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
fn fix_story(story: &mut Analyzed, path: &StoryPath, scope: &FindingScope, at_most: Applicability) -> Option<Fixed> {
    let Analyzed { checked, reader, changed, .. } = story;
    let (text, findings) = (checked.source.clone(), checked.findings.clone());
    let mut now = Fixed { text, findings, fixes: 0, known: checked.known };
    for _ in 0..fix::MOST_ROUNDS {
        let open = without_taste(&now.findings);
        let (mut edits, applied) = fix::choose(&open, at_most);
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

/// The findings without the fixes that no program makes by itself: a query is a person's to answer and a hint a matter of
/// taste, so that of these only what is safe is left.
fn without_taste(findings: &[Finding]) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    for finding in findings.iter_mut().filter(|finding| finding.severity < Severity::Warning) {
        if finding.fixes.first().is_some_and(|fix| fix.applicability != Applicability::Safe) {
            finding.fixes.clear();
        }
    }
    findings
}

/// Writes the fixed text in place of the file, and gives how many other names it has. That of standard input is printed
/// with the report.
fn write(path: &StoryPath, checked: &str, fixed: &str) -> std::io::Result<u64> {
    let StoryPath::File(file) = path else { return Ok(0) };
    let _whole = interrupt::hold_off();
    replace::replace(file, checked, fixed)
}
