//! `--input jsonl`: an archive with a story a line, and one line out for each line in, in the same order.
//!
//! Only a window of the archive is in memory at a time, so it may be of any length, and any engine that maps lines can
//! run it: GNU parallel, Spark's `pipe`, Beam, Ray.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::prelude::*;

use super::arguments::{CheckFormat, CheckOptions};
use super::progress::Progress;
use super::reader::{StoryForm, StoryReader};
use super::run::fail_on;
use super::scope::{keep_rules, unknown_rules};
use super::stories::StoryPath;
use super::{CLEAN, FINDINGS, TROUBLE, complain, unless_it_panics};
use crate::files::{self, NotUtf8};
use crate::finding::Severity;
use crate::project::{Project, Projects};
use crate::record::{JsonError, StoryLine};
use crate::report;

/// Bytes that are read at a time. Lines that end in them are handed on together.
const CHUNK: usize = 256 * 1024;
/// Chunks that wait to be checked at most.
const MOST_WAITING: usize = 32;
/// The longest line that is read; the largest novel in HTML is shorter.
const LONGEST_LINE: usize = 64 * 1024 * 1024;
/// Bad lines that are named on standard error; each has its line in the output as well.
const MOST_TOLD: usize = 20;

/// Runs the command.
pub(super) fn run(options: &CheckOptions) -> u8 {
    let archives = match archives(options) {
        Ok(archives) => archives,
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    let mut projects = Projects::new(options.project.options());
    let mut totals = Totals::default();
    // A bar would disturb lines that go to the same terminal.
    let mut progress = Progress::new(options.verbose, options.quiet || io::stdout().is_terminal());
    progress.expect(None);
    for archive in &archives {
        let project = projects.of_folder(&archive.folder());
        match one(archive, &project, options, &progress, &mut totals) {
            Ok(()) => {}
            // A reader that went away, such as `head`, is no trouble.
            Err(End::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return CLEAN,
            Err(End::Output(error)) => {
                complain(format_args!("the findings cannot be written: {error}"));
                return TROUBLE;
            }
            Err(End::Input(error)) => {
                complain(format_args!("{}: {}", archive.shown(), files::why(&error)));
                totals.bad += 1;
            }
        }
    }
    progress.done();
    if let Some(more) = totals.bad.checked_sub(MOST_TOLD).filter(|&more| more > 0) {
        complain(format_args!("and {more} more bad lines; each has an `error` in the output"));
    }
    progress.tell(|| format!("{} stories read, {} bad lines", totals.stories, totals.bad));
    let problems = projects.problems();
    for problem in &problems {
        complain(problem);
    }
    let unknown = unknown_rules(&options.rules, &projects);
    unknown.iter().for_each(complain);
    match (totals.bad > 0 || !problems.is_empty() || !unknown.is_empty(), totals.failed) {
        (true, _) => TROUBLE,
        (false, true) => FINDINGS,
        (false, false) => CLEAN,
    }
}

/// The archives to read: standard input when none is named.
fn archives(options: &CheckOptions) -> Result<Vec<StoryPath>, String> {
    let from = |id| options.environment.has(id);
    let format = !matches!(options.format, CheckFormat::Text | CheckFormat::Jsonl);
    let refused = [
        (options.fix, "--fix"),
        (options.diff, "--diff"),
        (options.statistics, "--statistics"),
        (options.staged, "--staged"),
        (options.since.is_some(), "--since"),
        (options.baseline.is_some() && !from("baseline"), "--baseline"),
        (options.baseline.is_some(), "the environment variable COPYDESK_BASELINE"),
        (!options.output.is_empty(), "--output"),
        (format && !from("format"), "--format"),
        (format, "the environment variable COPYDESK_FORMAT"),
    ];
    if let Some((_, option)) = refused.iter().find(|(given, _)| *given) {
        return Err(format!("{option} does not go with --input jsonl, which writes a line for each line it reads"));
    }
    let paths = options.files.paths_or(Path::new("-"))?;
    if let Some(folder) = paths.iter().find(|path| path.is_dir()) {
        return Err(format!("{}: a folder; name the files of the archive", folder.display()));
    }
    let archive = |path: PathBuf| match path.as_os_str() == "-" {
        true => StoryPath::Stdin(options.reading.stdin_filename.clone()),
        false => StoryPath::File(path),
    };
    Ok(paths.into_iter().map(archive).collect())
}

/// What came of all lines.
#[derive(Default)]
struct Totals {
    stories: usize,
    bad: usize,
    failed: bool,
}

/// Why an archive was not read to its end.
enum End {
    Input(io::Error),
    Output(io::Error),
}

/// A line of the archive, by its number.
type Numbered<'c> = (usize, &'c [u8]);

/// What is written for a line.
struct LineAnswer {
    text: String,
    failed: bool,
    trouble: Option<String>,
}

fn one(
    archive: &StoryPath,
    project: &Project,
    options: &CheckOptions,
    progress: &Progress,
    totals: &mut Totals,
) -> Result<(), End> {
    let input: Box<dyn Read + Send> = match archive {
        StoryPath::Stdin(_) => Box::new(io::stdin()),
        StoryPath::File(file) => Box::new(File::open(file).map_err(End::Input)?),
    };
    let mut out = io::stdout().lock();
    let mut line = 1;
    let chunks = read_ahead(input);
    while let Ok(first) = chunks.recv() {
        // All that came in while the last lines were checked is checked at once; what comes slowly is answered at once.
        let waiting: Vec<Chunk> = std::iter::once(first).chain(chunks.try_iter().take(MOST_WAITING)).collect();
        let mut lines: Vec<(usize, Result<&[u8], &str>)> = Vec::new();
        let mut ended = Ok(());
        for chunk in &waiting {
            match chunk {
                Chunk::Lines(bytes) => {
                    for text in bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&byte| byte == b'\n') {
                        lines.push((line, Ok(text)));
                        line += 1;
                    }
                }
                Chunk::TooLong => {
                    lines.push((line, Err("the line is longer than 64 MiB, and is not a story")));
                    line += 1;
                }
                Chunk::Failed(error) => ended = Err(End::Input(io::Error::new(error.kind(), error.to_string()))),
            }
        }
        lines.retain(|(_, text)| text.is_err() || text.is_ok_and(|text| !text.trim_ascii().is_empty()));
        let answers: Vec<LineAnswer> = lines
            .par_iter()
            // What all stories of the archive share is not made anew for each.
            .map_init(
                || None,
                |reader, (number, text)| match text {
                    Ok(text) => answer(archive, project, options, reader, (*number, text)),
                    Err(message) => bad(archive, *number, None, &serde_json::Value::Null, message),
                },
            )
            .collect();
        progress.steps(answers.len() as u64);
        for answer in answers {
            totals.stories += usize::from(answer.trouble.is_none());
            totals.failed |= answer.failed;
            if let Some(trouble) = answer.trouble {
                totals.bad += 1;
                if totals.bad <= MOST_TOLD {
                    complain(trouble);
                }
            }
            if !options.quiet {
                out.write_all(answer.text.as_bytes()).map_err(End::Output)?;
            }
        }
        out.flush().map_err(End::Output)?;
        ended?;
    }
    Ok(())
}

/// What is written for one line. `kept` is the reader of the line before, where there was one.
fn answer(
    archive: &StoryPath,
    project: &Project,
    options: &CheckOptions,
    kept: &mut Option<StoryReader>,
    (number, bytes): Numbered,
) -> LineAnswer {
    let text = match files::decode(bytes.to_vec()) {
        Ok(text) => text,
        // The place is counted within the line.
        Err(NotUtf8 { column, message, .. }) => {
            return bad(archive, number, Some(column), &serde_json::Value::Null, &message);
        }
    };
    let StoryLine { id, record } = StoryLine::read(&text);
    let record = match record {
        Ok(record) => record,
        Err(JsonError { at, message }) => return bad(archive, number, Some(at.column), &id, &message),
    };
    let name = format!("{}:{number}", archive.shown());
    let reading = unless_it_panics(&name, || {
        // A reader that panics is gone with all that it kept.
        let mut reader =
            kept.take().unwrap_or_else(|| StoryReader::new(archive, StoryForm::Ninjs, project, &options.reading));
        let reading = reader.read_next(record);
        *kept = Some(reader);
        reading
    });
    let mut reading = match reading {
        Ok(reading) => reading,
        Err(_) => {
            return bad(archive, number, None, &id, "not checked: copydesk has a defect that this text brings out");
        }
    };
    keep_rules(&mut reading.findings, &options.rules);
    let fail_on: Option<Severity> = fail_on(options.fail_on, project, archive);
    let failed = fail_on.is_some_and(|level| reading.findings.iter().any(|finding| finding.severity >= level));
    let line = report::StoryRecord {
        file: &archive.shown(),
        line: number,
        id: &id,
        words: reading.words(),
        failed,
        findings: &reading.findings,
        fields: &reading.fields.unwrap_or_default(),
    };
    LineAnswer { text: line.to_json(options.show), failed, trouble: None }
}

/// What is written for a line that cannot be used.
fn bad(archive: &StoryPath, line: usize, column: Option<usize>, id: &serde_json::Value, message: &str) -> LineAnswer {
    let file = archive.shown();
    let place = column.map_or_else(|| format!("{file}:{line}"), |column| format!("{file}:{line}:{column}"));
    let text = report::bad_line_json(&file, line, column, id, message);
    LineAnswer { text, failed: false, trouble: Some(format!("{place}: {message}")) }
}

/// A stretch of the archive.
enum Chunk {
    /// Whole lines; only the last of the archive may lack its line feed.
    Lines(Vec<u8>),
    /// A line over [`LONGEST_LINE`], which was passed over.
    TooLong,
    /// The archive could not be read on.
    Failed(io::Error),
}

/// Reads `input` on a thread of its own, as far ahead as may wait.
fn read_ahead(mut input: Box<dyn Read + Send>) -> Receiver<Chunk> {
    let (send, receive) = sync_channel(MOST_WAITING);
    // The thread ends with its input, or when nobody wants the lines any more.
    std::thread::spawn(move || {
        let mut cutter = Cutter::default();
        let mut bytes = vec![0; CHUNK];
        loop {
            let chunks = match input.read(&mut bytes) {
                Ok(0) => cutter.end(),
                Ok(count) => cutter.cut(bytes.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => vec![Chunk::Failed(error)],
            };
            let last = chunks.iter().any(|chunk| matches!(chunk, Chunk::Failed(_))) || cutter.ended;
            if chunks.into_iter().any(|chunk| send.send(chunk).is_err()) || last {
                return;
            }
        }
    });
    receive
}

/// Cuts bytes into whole lines.
#[derive(Default)]
struct Cutter {
    /// The start of a line whose end is still to come.
    rest: Vec<u8>,
    /// Whether that line is too long and is being passed over.
    passing: bool,
    ended: bool,
}

impl Cutter {
    fn cut(&mut self, mut bytes: &[u8]) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        if self.passing {
            let Some(at) = memchr::memchr(b'\n', bytes) else { return chunks };
            bytes = bytes.get(at + 1..).unwrap_or_default();
            self.passing = false;
            chunks.push(Chunk::TooLong);
        }
        let whole = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let (lines, rest) = bytes.split_at(whole);
        if !lines.is_empty() {
            let mut all = std::mem::take(&mut self.rest);
            all.extend_from_slice(lines);
            chunks.push(Chunk::Lines(all));
        }
        self.rest.extend_from_slice(rest);
        if self.rest.len() > LONGEST_LINE {
            self.rest = Vec::new();
            self.passing = true;
        }
        chunks
    }

    fn end(&mut self) -> Vec<Chunk> {
        self.ended = true;
        let rest = std::mem::take(&mut self.rest);
        match (self.passing, rest.is_empty()) {
            (true, _) => vec![Chunk::TooLong],
            (false, true) => Vec::new(),
            (false, false) => vec![Chunk::Lines(rest)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: Vec<Chunk>) -> Vec<String> {
        let shown = |chunk| match chunk {
            Chunk::Lines(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Chunk::TooLong => "too long".to_owned(),
            Chunk::Failed(error) => error.to_string(),
        };
        chunks.into_iter().map(shown).collect()
    }

    #[test]
    fn lines_are_whole_wherever_reading_stops() {
        let mut cutter = Cutter::default();
        assert_eq!(lines(cutter.cut(b"on")), [""; 0]);
        assert_eq!(lines(cutter.cut(b"e\ntwo\nth")), ["one\ntwo\n"]);
        assert_eq!(lines(cutter.cut(b"ree")), [""; 0]);
        assert_eq!(lines(cutter.end()), ["three"]);
    }

    #[test]
    fn a_line_without_end_costs_itself_alone() {
        let mut cutter = Cutter::default();
        let long = vec![b'x'; LONGEST_LINE + 1];
        assert_eq!(lines(cutter.cut(&long)), [""; 0]);
        assert!(cutter.rest.is_empty());
        assert_eq!(lines(cutter.cut(b"x\nnext\n")), ["too long", "next\n"]);
    }
}
