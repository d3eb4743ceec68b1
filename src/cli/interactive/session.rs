//! Questions and answers: a function of the stories, what is typed and what is shown.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use super::answer::{Answer, Offered, Other};
use super::house::HouseFiles;
use super::work::{AskedStory, Undo};
use crate::cli::{counted, width};
use crate::finding::{Finding, Severity};
use crate::report;

/// The longest quotation, in bytes, of which both versions are shown in full.
const LONGEST_QUOTE: usize = 400;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// What was decided is to be written.
    Keep,
    /// What was not written yet is to be dropped.
    Drop,
}

/// The stories so far, and what was decided about them.
pub struct Session<'s> {
    /// Those that were read and have something to ask about.
    pub stories: Vec<AskedStory<'s>>,
    /// Whether one of the others makes the run fail: what is not shown may.
    others_fail: bool,
    /// What goes into settings.
    pub house: HouseFiles,
    /// The story that is being asked about.
    at: usize,
    /// The least severe findings that are asked about.
    show: Severity,
    /// Rules that are skipped for the rest of the run.
    skipped: Vec<Arc<str>>,
    /// What each answer can be undone to.
    before: Vec<Before>,
}

/// What an answer can be undone to.
struct Before {
    at: usize,
    story: Undo,
    house: HouseFiles,
    skipped: Vec<Arc<str>>,
}

/// What comes after an answer.
enum Next {
    /// The next question.
    Ask,
    /// The same question, without showing it again.
    Again,
    /// No other.
    End(Ended),
}

impl<'s> Session<'s> {
    /// A session that asks about findings at least as severe as `show`.
    pub fn new(show: Severity) -> Self {
        let (stories, before, skipped) = (Vec::new(), Vec::new(), Vec::new());
        Self { stories, others_fail: false, house: HouseFiles::default(), at: 0, show, skipped, before }
    }

    /// Asks about each finding of the stories that `read` gives, one after the other; `save` writes what was decided so
    /// far and says so.
    ///
    /// # Errors
    ///
    /// `input` cannot be read or `output` not be written; then nothing more is to be written anywhere.
    pub fn run<W: Write>(
        &mut self,
        mut read: impl FnMut() -> Option<AskedStory<'s>>,
        mut save: impl FnMut(&mut Self, &mut W) -> io::Result<()>,
        input: &mut impl BufRead,
        output: &mut W,
    ) -> io::Result<Ended> {
        let mut asked = false;
        loop {
            let Some(finding) = self.next(&mut read) else {
                match self.confirm_end(input, output)? {
                    Some(ended) => return Ok(ended),
                    None => continue,
                }
            };
            if !asked {
                writeln!(output, "Type a number or a letter, then Enter. ? explains them.\n")?;
                asked = true;
            }
            let offered = self.show(&finding, output)?;
            loop {
                let left = self.story().map_or(0, |story| self.questions(story).count());
                let name = self.story().map_or("", |story| story.story.name.as_str());
                let Some(line) = ask(&format!("{name}, {left} left. Answer [{}]: ", offered.short()), input, output)?
                else {
                    return Ok(Ended::Keep);
                };
                let Some(answer) = offered.read(&line) else {
                    writeln!(output, "That is not one of the answers; ? explains them.")?;
                    continue;
                };
                if answer == Answer::Other(Other::Help) {
                    offered.explain(output)?;
                    continue;
                }
                if answer == Answer::Other(Other::Write) {
                    save(self, output)?;
                    writeln!(output)?;
                    // What is written stays.
                    self.before.clear();
                    break;
                }
                match self.take(answer, &finding, input, output)? {
                    Next::Ask => break,
                    Next::Again => {}
                    Next::End(ended) => return Ok(ended),
                }
            }
        }
    }

    fn story(&self) -> Option<&AskedStory<'s>> {
        self.stories.get(self.at)
    }

    fn questions<'w>(&'w self, story: &'w AskedStory<'s>) -> impl Iterator<Item = &'w Finding> {
        story.questions(self.show, &self.house).filter(|finding| !self.skipped.contains(&finding.rule))
    }

    /// The next finding to ask about, in this story or one of the next.
    fn next(&mut self, read: &mut impl FnMut() -> Option<AskedStory<'s>>) -> Option<Finding> {
        loop {
            if self.at == self.stories.len() {
                let work = read()?;
                // A folder may hold thousands of stories, so those that nobody will be asked about are not kept.
                if work.questions(self.show, &HouseFiles::default()).next().is_none() {
                    self.others_fail |= work.fails(&self.house);
                    continue;
                }
                self.stories.push(work);
            }
            let finding = self.story().and_then(|story| self.questions(story).next().cloned());
            if let Some((finding, work)) = finding.zip(self.stories.get_mut(self.at)) {
                return Some(work.with_additions(finding));
            }
            self.at += 1;
        }
    }

    /// Shows a finding and its choices, and gives what may be answered.
    fn show(&self, finding: &Finding, output: &mut impl Write) -> io::Result<Offered> {
        let mut without = Vec::new();
        let Some(work) = self.story() else { return Ok(Offered { choices: 0, without }) };
        report::finding(&work.story, finding, width(), output)?;
        if let Some(quote) = work.quote_of(finding) {
            writeln!(output, "In a quotation: “{}”", shortened(quote))?;
        }
        for (number, fix) in finding.fixes.iter().enumerate() {
            let places = if work.is_once(finding) { fix.edits.len() } else { 1 };
            let places = if places > 1 { format!(" ({places} places)") } else { String::new() };
            writeln!(output, "  {}  {}{places}", number + 1, fix.title)?;
        }
        if finding.range.is_empty() {
            without.push(Other::OwnWords);
        }
        if !work.is_acceptable(finding) {
            without.push(Other::Accept);
        }
        if self.before.is_empty() {
            without.push(Other::Undo);
        }
        Ok(Offered { choices: finding.fixes.len(), without })
    }

    /// Does what was answered to `finding`.
    fn take<W: Write>(
        &mut self,
        answer: Answer,
        finding: &Finding,
        input: &mut impl BufRead,
        output: &mut W,
    ) -> io::Result<Next> {
        let Some(work) = self.stories.get_mut(self.at) else { return Ok(Next::Ask) };
        let (story, house, skipped) = (work.state(), self.house.clone(), self.skipped.clone());
        let before = Before { at: self.at, story, house, skipped };
        let done: Result<String, String> = match answer {
            Answer::Choice(index) => {
                let Some(fix) = finding.fixes.get(index) else { return Ok(Next::Again) };
                if !may_change_quotes(work, &fix.edits, input, output)? {
                    return Ok(Next::Again);
                }
                work.make(finding, index).map(|()| format!("Done: {}.", fix.title))
            }
            Answer::Other(Other::OwnWords) => {
                let words = work.words(finding).to_owned();
                let typed = ask(&format!("Instead of “{words}” (nothing: as it is): "), input, output)?;
                let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return Ok(Next::Again) };
                if typed.contains(char::REPLACEMENT_CHARACTER) {
                    writeln!(output, "These words are not UTF-8; nothing was changed.")?;
                    return Ok(Next::Again);
                }
                let edit = work.own_words(finding, &typed);
                if !may_change_quotes(work, std::slice::from_ref(&edit), input, output)? {
                    return Ok(Next::Again);
                }
                work.write_own(edit).map(|()| format!("Done: “{words}” became “{typed}”."))
            }
            Answer::Other(Other::Skip) => {
                work.skip(finding);
                Ok("Skipped.".to_owned())
            }
            Answer::Other(Other::SkipRule) => {
                self.skipped.push(Arc::clone(&finding.rule));
                Ok(format!("Skipped: {} in this run.", finding.rule))
            }
            Answer::Other(Other::IgnoreHere) => work.ignore_here(finding).map(|mark| format!("Done: {mark} inserted")),
            Answer::Other(Other::IgnoreInFile) => {
                let place = work.ignore_in_file(finding, &mut self.house);
                place.map(|place| format!("Done: {} is ignored in this file, by {place}.", finding.rule))
            }
            Answer::Other(Other::Accept) => match &work.settings {
                Some(settings) => {
                    let words = work.words(finding).to_owned();
                    let done = self.house.accept(settings, &words);
                    done.map(|()| format!("Done: “{words}” is a term of the house, by {}.", settings.path.display()))
                }
                None => Err("there are no settings to add it to".to_owned()),
            },
            Answer::Other(Other::Why) => {
                writeln!(output, "\n{}\n", work.explain(finding).trim_end())?;
                return Ok(Next::Ask);
            }
            Answer::Other(Other::Undo) => {
                self.undo();
                writeln!(output, "The last answer is undone.\n")?;
                return Ok(Next::Ask);
            }
            Answer::Other(Other::Quit) => return Ok(Next::End(Ended::Keep)),
            Answer::Other(Other::Leave) => return Ok(Next::End(Ended::Drop)),
            // Seen to where the questions are asked.
            Answer::Other(Other::Write | Other::Help) => return Ok(Next::Again),
        };
        match done {
            Ok(said) => {
                self.before.push(before);
                writeln!(output, "{said}\n")?;
                Ok(Next::Ask)
            }
            Err(trouble) => {
                writeln!(output, "That cannot be done: {trouble}.")?;
                Ok(Next::Again)
            }
        }
    }

    fn undo(&mut self) {
        let Some(before) = self.before.pop() else { return };
        self.at = before.at;
        (self.house, self.skipped) = (before.house, before.skipped);
        if let Some(work) = self.stories.get_mut(self.at) {
            work.restore(before.story);
        }
    }

    /// Whether a story makes the run fail as it is now.
    pub fn fails(&self) -> bool {
        self.others_fail || self.stories.iter().any(|work| work.fails(&self.house))
    }

    /// How many stories and files of settings wait to be written.
    pub fn unwritten(&self) -> usize {
        self.stories.iter().filter(|work| work.unwritten().is_some()).count() + self.house.unwritten().count()
    }

    /// After the last question, asks whether to write; `None` goes back to a question.
    fn confirm_end(&mut self, input: &mut impl BufRead, output: &mut impl Write) -> io::Result<Option<Ended>> {
        let files = self.unwritten();
        if files == 0 {
            return Ok(Some(Ended::Keep));
        }
        loop {
            let question = format!("That was all. Write {}? [y, n, u]: ", counted(files, "file", "files"));
            let answer = ask(&question, input, output)?.map(|line| line.trim().to_lowercase());
            match answer.as_deref() {
                None | Some("y" | "yes" | "w" | "write" | "q" | "quit") => return Ok(Some(Ended::Keep)),
                Some("n" | "no" | "x" | "exit") => return Ok(Some(Ended::Drop)),
                Some("u" | "undo") if !self.before.is_empty() => {
                    self.undo();
                    writeln!(output, "The last answer is undone.\n")?;
                    return Ok(None);
                }
                Some("u" | "undo") => writeln!(output, "There is nothing to undo.")?,
                Some(_) => writeln!(output, "y writes what was decided, n drops it, u takes the last answer back.")?,
            }
        }
    }
}

/// Whether `edits` leave quotations alone, or the person says so: words between quotation marks are changed by nobody
/// without knowing it.
fn may_change_quotes(
    work: &AskedStory,
    edits: &[crate::finding::Edit],
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    let changed = work.quotes_changed(edits);
    if changed.is_empty() {
        return Ok(true);
    }
    writeln!(output, "This changes the words of a quotation.")?;
    for (before, after) in changed {
        writeln!(output, "  from: “{}”\n  to:   “{}”", shortened(before), shortened(&after))?;
    }
    let answer = ask("Were these the words? [y, n]: ", input, output)?.map(|line| line.trim().to_lowercase());
    Ok(matches!(answer.as_deref(), Some("y" | "yes")))
}

/// `words` as they can be shown in a line.
fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<&str>>().join(" ");
    if line.len() <= LONGEST_QUOTE { line } else { format!("{} …", &line[..line.floor_char_boundary(LONGEST_QUOTE)]) }
}

/// Asks, and gives the line that was typed, without its end; `None` at the end of the input.
fn ask(question: &str, input: &mut impl BufRead, output: &mut impl Write) -> io::Result<Option<String>> {
    write!(output, "{question}")?;
    output.flush()?;
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        writeln!(output)?;
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&line);
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}
