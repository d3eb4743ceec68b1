//! A story that is being asked about: its text with what was decided so far, and what is still to ask.
//!
//! After each change the story is read again, so that places are right whatever was changed, and what a change brought
//! up or settled is known at once.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::house::{HouseFiles, SettingsFile};
use crate::additions::{self, Addition};
use crate::analysis::Analysis;
use crate::cli::arguments::InputFormat;
use crate::cli::changes;
use crate::cli::reader::{StoryForm, StoryReader, StoryReading};
use crate::cli::run::Analyzed;
use crate::cli::scope::FindingScope;
use crate::cli::stories::StoryPath;
use crate::cli::unless_it_panics;
use crate::config::edit;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::fix;
use crate::markup::Format;
use crate::project::Project;
use crate::record;
use crate::report::CheckedStory;
use crate::suppress::marks::{self, MarkCounts};
use crate::text::SourceRange;

/// A story that is being asked about.
pub struct AskedStory<'s> {
    /// Where it comes from.
    pub path: StoryPath,
    /// Its text as it was decided so far, and what counts of what was found in it.
    pub story: CheckedStory,
    /// The file of settings that its words and rules go to; `None` where there is to be none.
    pub settings: Option<SettingsFile>,
    project: Arc<Project>,
    kind: StoryForm,
    scope: &'s FindingScope,
    reader: StoryReader,
    /// All that was found in the text, in scope or not.
    all: Vec<Finding>,
    analysis: Analysis,
    /// What is between quotation marks, in bytes of the text.
    quoted: Vec<SourceRange>,
    /// The lines that changed by git; `None` where all count.
    changed: Option<Vec<SourceRange>>,
    settled: Vec<Settled>,
    /// How many answers changed the text since it was written.
    decided: usize,
    /// As it is on disk.
    saved: Undo,
    /// Whether it could not be written, so that more questions about it would be in vain.
    given_up: bool,
}

/// A finding that was answered.
#[derive(Clone, Debug)]
struct Settled {
    rule: Arc<str>,
    /// UTF-8 bytes of the text as it is now.
    range: SourceRange,
    message: String,
    /// Whether nothing is to be asked about this place again, even if the message becomes another.
    for_good: bool,
}

/// What undoing goes back to.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    text: String,
    changed: Option<Vec<SourceRange>>,
    settled: Vec<Settled>,
    decided: usize,
}

impl<'s> AskedStory<'s> {
    /// A story of `project` that was read.
    ///
    /// # Errors
    ///
    /// Says why its text cannot be read.
    pub fn new(
        path: StoryPath,
        analyzed: Analyzed,
        input: Option<InputFormat>,
        project: Arc<Project>,
        scope: &'s FindingScope,
        settings: Option<SettingsFile>,
    ) -> Result<Self, String> {
        let Analyzed { checked, reader, changed, .. } = analyzed;
        let text = checked.source.clone();
        let mut work = Self {
            kind: StoryForm::of(&path, input),
            path,
            story: checked,
            settings,
            project,
            scope,
            reader,
            all: Vec::new(),
            analysis: Analysis::default(),
            quoted: Vec::new(),
            changed,
            settled: Vec::new(),
            decided: 0,
            saved: Undo::default(),
            given_up: false,
        };
        work.read(text)?;
        work.settle_what_does_not_count();
        work.saved = work.state();
        Ok(work)
    }

    /// Asks nothing about what the baseline or git leaves out: it is known by the words around it, and a change of these
    /// would make it count.
    fn settle_what_does_not_count(&mut self) {
        let all = std::mem::take(&mut self.all);
        let mut counting = self.story.findings.iter().peekable();
        let left_out = all.iter().filter(|finding| counting.next_if(|counts| counts == finding).is_none());
        for finding in left_out.collect::<Vec<_>>() {
            self.skip(finding);
        }
        self.all = all;
    }

    /// Reads `text` as what the story is now.
    fn read(&mut self, text: String) -> Result<(), String> {
        // A defect must not cost what was decided about this story and the others.
        let reading = unless_it_panics(&self.story.name, || self.reader.read(&text)).and_then(|reading| reading)?;
        self.quoted = reading.quoted();
        self.analysis = reading.analysis;
        self.all = reading.findings;
        self.story.findings = self.all.clone();
        self.story.known = self.scope.narrow(&self.path, &text, self.changed.as_deref(), &mut self.story.findings);
        self.story.source = text;
        Ok(())
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.story.source
    }

    /// The findings that are at least as severe as `show` and not answered yet, in the order of the text.
    pub fn questions(&self, show: Severity, house: &HouseFiles) -> impl Iterator<Item = &Finding> {
        let findings = self.story.findings.iter().filter(move |finding| !self.given_up && finding.severity >= show);
        findings.filter(|finding| !self.is_settled(finding) && !self.is_silent(finding, house))
    }

    /// Whether the story makes the run fail as it is now.
    pub fn fails(&self, house: &HouseFiles) -> bool {
        let Some(level) = self.story.fail_on else { return false };
        self.story.findings.iter().any(|finding| finding.severity >= level && !self.is_silent(finding, house))
    }

    fn is_silent(&self, finding: &Finding, house: &HouseFiles) -> bool {
        let Some(settings) = &self.settings else { return false };
        house.silences(settings, self.file(), self.text(), finding)
    }

    fn is_settled(&self, finding: &Finding) -> bool {
        let same = self.settled.iter().filter(|s| s.rule == finding.rule && s.range == finding.range);
        let mut for_good = 0;
        for settled in same {
            if settled.message == finding.message {
                return true;
            }
            for_good += usize::from(settled.for_good);
        }
        // A message may count what else is in the story. Only with another finding at the same place it means that one.
        let here = |other: &&Finding| other.rule == finding.rule && other.range == finding.range;
        for_good > 0 && self.story.findings.iter().filter(here).count() <= for_good
    }

    fn settle(&mut self, finding: &Finding, range: SourceRange, for_good: bool) {
        let (rule, message) = (Arc::clone(&finding.rule), finding.message.clone());
        self.settled.push(Settled { rule, range, message, for_good });
    }

    /// The path of its file.
    fn file(&self) -> &Path {
        self.path.path().unwrap_or(Path::new(""))
    }

    /// The words that `finding` is about, as they are in the file.
    pub fn words(&self, finding: &Finding) -> &str {
        self.text().get(finding.range.clone()).unwrap_or_default()
    }

    /// Whether the story gets only the first finding of this rule, so that a choice may be about several places.
    pub fn is_once(&self, finding: &Finding) -> bool {
        self.project.rules.get(&finding.rule).is_some_and(|rule| rule.once)
    }

    /// `finding` with what can be added there as further choices: who says a quote, who took a photo.
    pub fn with_additions(&mut self, mut finding: Finding) -> Finding {
        // In a JSON document places are those of its fields.
        let StoryForm::Copy(format) = self.kind else { return finding };
        let story = self.analysis.story();
        let additions = additions::offered(&story, &self.project.rules, &finding);
        let ways = |addition: Addition| {
            let ways = additions::ways(&addition, &story, format, &self.story.source, &finding);
            (addition.title(), ways)
        };
        let additions: Vec<_> = additions.into_iter().map(ways).collect();
        let before = finding.count_of_rule(&self.all);
        for (title, ways) in additions {
            let is_gone =
                |edits: &Vec<Edit>| self.tried(edits).is_some_and(|r| finding.count_of_rule(&r.findings) < before);
            if let Some(edits) = ways.into_iter().find(is_gone) {
                finding.fixes.push(Fix { title, applicability: Applicability::Suggested, edits });
            }
        }
        finding
    }

    /// What would be found after `edits`.
    fn tried(&mut self, edits: &[Edit]) -> Option<StoryReading> {
        let text = fix::apply_edits(&self.story.source, &mut edits.iter().collect::<Vec<_>>());
        unless_it_panics(&self.story.name, || self.reader.read(&text)).ok()?.ok()
    }

    /// The page about the rule of `finding`.
    pub fn explain(&self, finding: &Finding) -> String {
        self.project.rules.get(&finding.rule).map(crate::report::explain).unwrap_or_default()
    }

    /// Whether the words of `finding` can become words of the house.
    pub fn is_acceptable(&self, finding: &Finding) -> bool {
        self.settings.is_some() && edit::acceptable(finding, self.text(), &self.project.rules).is_some()
    }

    /// The quotation in which `finding` stands, without its marks.
    pub fn quote_of(&self, finding: &Finding) -> Option<&str> {
        let range = &finding.range;
        let holds = |quoted: &&SourceRange| quoted.start <= range.start && range.end <= quoted.end;
        let quoted = self.quoted.iter().filter(|_| !range.is_empty()).find(holds)?;
        self.text().get(quoted.clone())
    }

    /// The quotations, without their marks, whose words `edits` change, each before and after. A mark in square brackets
    /// that is put in changes no words, and neither does a comma in the place of the last point.
    pub fn quotes_changed(&self, edits: &[Edit]) -> Vec<(&str, String)> {
        let words: Vec<&Edit> = edits.iter().filter(|edit| !is_mark(edit)).collect();
        let mut changed = Vec::new();
        for quoted in &self.quoted {
            let touches =
                |edit: &&&Edit| edit.range.start < quoted.end && quoted.start < edit.range.end.max(edit.range.start);
            if !words.iter().any(|edit| touches(&edit)) {
                continue;
            }
            let inside = words.iter().filter(touches).map(|edit| Edit {
                range: edit.range.start.saturating_sub(quoted.start)..edit.range.end.min(quoted.end) - quoted.start,
                text: edit.text.clone(),
            });
            let inside: Vec<Edit> = inside.collect();
            let before = self.text().get(quoted.clone()).unwrap_or_default();
            let after = fix::apply_edits(before, &mut inside.iter().collect::<Vec<_>>());
            if without_stop(before) != without_stop(&after) {
                changed.push((before, after));
            }
        }
        changed
    }

    /// Leaves `finding` as it is in this run.
    pub fn skip(&mut self, finding: &Finding) {
        self.settle(finding, finding.range.clone(), true);
    }

    /// Makes fix number `index` of `finding`.
    ///
    /// # Errors
    ///
    /// Says why the text would be spoiled; nothing is changed.
    pub fn make(&mut self, finding: &Finding, index: usize) -> Result<(), String> {
        let Some(fix) = finding.fixes.get(index) else { return Ok(()) };
        self.change(&fix.edits)?;
        let range = fix::carried(&finding.range, &fix.edits);
        // Words that wait for an answer are found again, and so is the mark itself as something left over. What the rule
        // still finds in the words that it proposed, the person has seen.
        self.settle(finding, range, fix.applicability == Applicability::Query);
        for (place, edit) in fix::landed(&fix.edits).into_iter().zip(&fix.edits) {
            let answered = |found: &&Finding| {
                let touches = found.range.start < place.end && place.start < found.range.end;
                touches && (found.rule == finding.rule || is_mark(edit))
            };
            for found in self.story.findings.iter().filter(answered).cloned().collect::<Vec<_>>() {
                self.skip(&found);
            }
        }
        Ok(())
    }

    /// The edit that puts `words` in the place of those of `finding`.
    pub fn own_words(&self, finding: &Finding, words: &str) -> Edit {
        let text = if self.kind == StoryForm::Ninjs { record::escaped(words) } else { words.to_owned() };
        Edit { range: finding.range.clone(), text }
    }

    /// Makes edits, in ascending order, that were made up for this one place.
    ///
    /// # Errors
    ///
    /// Says why the text would be spoiled; nothing is changed.
    pub fn write_own(&mut self, edit: Edit) -> Result<(), String> {
        let before = self.state();
        let blocks = self.analysis.document.blocks.len();
        self.change(std::slice::from_ref(&edit))?;
        if self.analysis.document.blocks.len() != blocks {
            self.restore(before);
            return Err("these words would tear a paragraph, a list or a table apart".to_owned());
        }
        Ok(())
    }

    /// Puts in a mark that silences `finding` where it is, and gives its text.
    ///
    /// # Errors
    ///
    /// Says that no mark would, and what to do; nothing is changed.
    pub fn ignore_here(&mut self, finding: &Finding) -> Result<String, String> {
        let candidates = marks::here(self.format(), &self.analysis, self.text(), finding);
        let edit = self
            .silencing(finding, candidates)
            .ok_or("no mark would silence only this finding; f ignores its rule in the file")?;
        self.change(std::slice::from_ref(&edit))?;
        // In a list or a quotation, what opens the next line belongs to the edit.
        Ok(edit.text.trim().lines().next().unwrap_or_default().to_owned())
    }

    /// Silences the rule of `finding` in the whole file, and says where that is written.
    ///
    /// # Errors
    ///
    /// Says why it cannot be; nothing is changed.
    pub fn ignore_in_file(&mut self, finding: &Finding, house: &mut HouseFiles) -> Result<Cow<'static, str>, String> {
        if self.format().comments().is_none() {
            let settings =
                self.settings.as_ref().ok_or("without settings there is no place to say so for plain text")?;
            house.turn_off(settings, self.file(), &finding.rule, &self.project.rules)?;
            return Ok(Cow::Owned(settings.path.display().to_string()));
        }
        let candidates = marks::in_file(self.format(), &self.analysis, self.text(), &finding.rule);
        let edit = self.silencing(finding, candidates).ok_or("a comment in this file would not silence it")?;
        self.change(std::slice::from_ref(&edit))?;
        Ok(Cow::Borrowed("a comment at the top of the file"))
    }

    /// The first of some insertions that silences `finding`.
    fn silencing(&mut self, finding: &Finding, candidates: Vec<Edit>) -> Option<Edit> {
        let rules = Arc::clone(&self.project.rules);
        let before = MarkCounts::new(&self.analysis, &self.all, &finding.rule, &rules);
        marks::first_that_silences(candidates, before, |edit| {
            let after = self.tried(std::slice::from_ref(edit))?;
            Some(MarkCounts::new(&after.analysis, &after.findings, &finding.rule, &rules))
        })
    }

    /// How marks are written in it: in the fields of a JSON document as in plain text.
    fn format(&self) -> Format {
        match self.kind {
            StoryForm::Copy(format) => format,
            StoryForm::Ninjs | StoryForm::Office(_) => Format::Plain,
        }
    }

    /// Makes `edits`, which are in ascending order and do not overlap.
    fn change(&mut self, edits: &[Edit]) -> Result<(), String> {
        let before = self.state();
        let borrowed = &mut edits.iter().collect::<Vec<_>>();
        let text = fix::apply_edits(self.text(), borrowed);
        if let Some(changed) = &mut self.changed {
            *changed = changes::carried(changed, borrowed);
        }
        for settled in &mut self.settled {
            settled.range = fix::carried(&settled.range, edits);
        }
        self.decided += 1;
        self.read(text).map_err(|error| {
            self.restore(before);
            format!("the story could not be read any more ({error})")
        })
    }

    /// What undoing can go back to.
    pub fn state(&self) -> Undo {
        Undo {
            text: self.story.source.clone(),
            changed: self.changed.clone(),
            settled: self.settled.clone(),
            decided: self.decided,
        }
    }

    /// Goes back to `state`.
    pub fn restore(&mut self, state: Undo) {
        (self.changed, self.settled, self.decided) = (state.changed, state.settled, state.decided);
        // It was read before, so it can be read again.
        let _ = self.read(state.text);
    }

    /// The text on disk, and how many answers changed it since; `None` where nothing did.
    pub fn unwritten(&self) -> Option<(&str, usize)> {
        (self.text() != self.saved.text).then_some((self.saved.text.as_str(), self.decided))
    }

    /// Takes note that the text was written.
    pub fn written(&mut self) {
        self.decided = 0;
        self.saved = self.state();
    }

    /// Drops what was decided and could not be written, and asks nothing more.
    pub fn give_up(&mut self) {
        self.forget_unwritten();
        self.given_up = true;
    }

    /// Drops what was decided and not written.
    pub fn forget_unwritten(&mut self) {
        self.restore(self.saved.clone());
    }
}

/// Whether the edit puts in a mark of the desk, which is in square brackets, and takes nothing away.
fn is_mark(edit: &Edit) -> bool {
    let text = edit.text.trim();
    edit.range.is_empty() && text.starts_with('[') && text.ends_with(']')
}

/// The words of a quotation without the stop that ends them.
fn without_stop(words: &str) -> &str {
    words.strip_suffix(['.', ',']).unwrap_or(words)
}
