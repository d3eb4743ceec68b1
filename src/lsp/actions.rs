//! What can be done about findings: fixes, leaving alone, and what the whole story lacks.
//!
//! An action is offered with a description of what it does; the edits are worked out when the client resolves it, from
//! the text as it is then. So a menu costs little, and what is applied is never out of date.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{CodeAction, CodeActionKind, CodeActionParams, Diagnostic, NumberOrString, Uri};

use super::client::{Abilities, SECTION};
use super::diagnostics::{self, FindingId};
use super::document::{OpenDocument, View};
use crate::additions::{self, Addition};
use crate::analysis::Analysis;
use crate::config;
use crate::finding::{Applicability, Edit, Finding};
use crate::fix;
use crate::markup::Format;
use crate::suppress::marks::{self, MarkCounts};
use crate::text::SourceRange;

/// Applies every safe fix of a story.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.copydesk");
/// Writes the publication date into the story.
pub const INSERT_DATE: CodeActionKind = CodeActionKind::new("source.insertPublicationDate.copydesk");

/// With more findings than this under the selection, only what mends them is offered.
const MOST_IGNORED: usize = 5;
/// The most findings under the selection that are offered to be mended one by one: with a whole story selected, nobody
/// reads the menu, and editors ask for it all the same.
const MOST_MENDED: usize = 100;

/// What an action does to a story or its newsroom's settings.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub enum Action {
    /// Makes fix number `fix` of a finding.
    Fix {
        /// The finding.
        id: FindingId,
        /// Index in the finding's fixes.
        fix: usize,
    },
    /// Makes all safe fixes.
    FixAll,
    /// Makes the fixes of a rule's findings, wherever there is but one choice.
    FixRule {
        /// The rule's id.
        rule: String,
    },
    /// Silences a finding where it is.
    IgnoreHere {
        /// The finding.
        id: FindingId,
    },
    /// Silences the rule of a finding in the whole file.
    IgnoreInFile {
        /// The finding.
        id: FindingId,
    },
    /// Turns the rule of a finding off.
    IgnoreInProject {
        /// The finding.
        id: FindingId,
    },
    /// Adds the words of a finding to those of the house.
    Accept {
        /// The finding.
        id: FindingId,
    },
    /// Adds words to those of the house.
    AddTerm {
        /// The words.
        term: String,
    },
    /// Says who said the quote of a finding.
    Attribute {
        /// The finding.
        id: FindingId,
        /// The speaker's name, as it is to be written.
        name: String,
    },
    /// Adds the credit that an image file gives.
    AddCredit {
        /// The finding.
        id: FindingId,
        /// The credit.
        line: String,
    },
    /// Writes a publication date into the story.
    InsertDate {
        /// The day.
        date: String,
    },
}

impl Action {
    /// Whether it changes the newsroom's settings instead of the story, which is of this format. Plain text has no comments,
    /// so what is ignored in a file of it is in the settings.
    pub fn is_in_settings(&self, format: Option<Format>) -> bool {
        match self {
            Action::IgnoreInProject { .. } | Action::Accept { .. } | Action::AddTerm { .. } => true,
            Action::IgnoreInFile { .. } => format.is_some_and(|format| format.comments().is_none()),
            _ => false,
        }
    }

    /// Whether it leaves a finding alone.
    pub fn leaves_alone(&self) -> bool {
        matches!(
            self,
            Action::IgnoreHere { .. }
                | Action::IgnoreInFile { .. }
                | Action::IgnoreInProject { .. }
                | Action::Accept { .. }
        )
    }

    /// Whether only a try can tell if it can be done: not every place takes a mark or a speaker's name.
    pub fn must_be_tried(&self) -> bool {
        matches!(
            self,
            Action::IgnoreHere { .. }
                | Action::IgnoreInFile { .. }
                | Action::Attribute { .. }
                | Action::AddCredit { .. }
        )
    }
}

/// What an action carries until it is resolved.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Carried {
    /// The document.
    pub uri: Uri,
    /// What is to be done.
    #[serde(flatten)]
    pub chosen: Action,
}

/// Edits of the story, or of the newsroom's settings.
#[derive(Debug, PartialEq)]
pub enum StoryChange {
    /// Edits of the story itself, in ascending order.
    Story(Vec<Edit>),
    /// An edit of a settings file whose text is `text`; `None` when it does not exist yet.
    Settings {
        /// The file.
        file: PathBuf,
        /// Its text, empty for a new file.
        text: String,
        /// Whether it must be created.
        new: bool,
        /// The edit.
        edit: Edit,
    },
}

/// An action and what it does.
pub type Offer = (CodeAction, Action);

/// What is offered for a selection.
pub fn offer(view: &View, params: &CodeActionParams, abilities: &Abilities, today: Date) -> Vec<Offer> {
    let wanted = |kind: &CodeActionKind| match &params.context.only {
        None => true,
        Some(only) => only.iter().any(|asked| holds(asked, kind)),
    };
    let mut offers = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let chosen = chosen(view, params);
        let mut known = HashSet::new();
        for (finding, id, diagnostic) in chosen.iter().take(MOST_MENDED) {
            let diagnostic = diagnostic.clone().unwrap_or_else(|| diagnostics::one(view, finding, *id, abilities));
            offers.extend(fixes(finding, *id, &diagnostic, &mut known));
            offers.extend(added(view, finding, *id, &diagnostic));
        }
        // Some editors send the findings of a whole line: those at the cursor are the ones that may be left alone.
        let range = view.bytes(params.range);
        let at_cursor = chosen.iter().take_while(|(finding, ..)| touches(finding, &range)).count();
        let near = if at_cursor > 0 { &chosen[..at_cursor] } else { &chosen };
        if chosen.len() <= MOST_MENDED {
            offers.extend(fix_rules(view, near));
        }
        if near.len() <= MOST_IGNORED {
            for (finding, id, diagnostic) in near {
                let diagnostic = diagnostic.clone().unwrap_or_else(|| diagnostics::one(view, finding, *id, abilities));
                for (action, chosen) in leave_alone(view, finding, *id, &diagnostic) {
                    // Two findings in a quote are marked as checked by the same mark.
                    if offers.iter().all(|(other, _)| other.title != action.title) {
                        offers.push((action, chosen));
                    }
                }
            }
        }
    }
    if wanted(&FIX_ALL) {
        let (_, count) = fix::choose(view.findings(), Applicability::Safe);
        if count > 0 {
            let several = || format!("Make {} safe fixes", fix::all_of(count));
            let title = if count == 1 { "Make the safe fix".to_owned() } else { several() };
            offers.push(action(title, FIX_ALL, None, Action::FixAll));
        }
    }
    // A date that is nowhere in the story is a guess about the day it will be published.
    let in_story = OpenDocument::written_date(&view.checked.analysis).is_some();
    if wanted(&INSERT_DATE) && !in_story {
        let date = view.published().map_or(today, |published| published.date).to_string();
        offers.push(action(
            format!("Insert the publication date, {date}"),
            INSERT_DATE,
            None,
            Action::InsertDate { date },
        ));
    }
    offers
}

/// Whether actions of `kind` are asked for with `asked`: `source` holds `source.fixAll`.
fn holds(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
}

type Chosen<'v> = (&'v Finding, FindingId, Option<Diagnostic>);

/// The findings that are meant: those of the diagnostics that the client names, or else those in the range.
fn chosen<'v>(view: &View<'v>, params: &CodeActionParams) -> Vec<Chosen<'v>> {
    let all: Vec<(&Finding, FindingId)> = view.findings().iter().zip(diagnostics::ids(view)).collect();
    if params.context.diagnostics.is_empty() {
        let range = view.bytes(params.range);
        return all.into_iter().filter(|(f, _)| touches(f, &range)).map(|(f, id)| (f, id, None)).collect();
    }
    // ALE loses the source and the id; other tools' diagnostics say whose they are.
    let ours = params.context.diagnostics.iter().filter(|d| d.source.as_deref().is_none_or(|name| name == SECTION));
    let found = ours.filter_map(|diagnostic| {
        let id = diagnostic.data.as_ref().and_then(serde_json::Value::as_u64).filter(|_| diagnostic.source.is_some());
        let by_id = all.iter().find(|(_, known)| id == Some(u64::from(*known)));
        // A client may have lost the id, and the place may tell as well.
        let same = |finding: &Finding| {
            matches!(&diagnostic.code, Some(NumberOrString::String(code)) if **code == *finding.rule)
                && view.range(&finding.range) == diagnostic.range
        };
        let (finding, id) = by_id.or_else(|| all.iter().find(|(finding, _)| same(finding)))?;
        Some((*finding, *id, Some(diagnostic.clone())))
    });
    let mut chosen: Vec<Chosen> = Vec::new();
    for (finding, id, diagnostic) in found {
        // A client may name one twice, as from two lists of its own.
        if chosen.iter().all(|(_, known, _)| *known != id) {
            chosen.push((finding, id, diagnostic));
        }
    }
    // What is at the cursor comes first.
    let range = view.bytes(params.range);
    chosen.sort_by_key(|(finding, ..)| !touches(finding, &range));
    chosen
}

/// Whether a finding is, at least with its edge, in a range of the text.
fn touches(finding: &Finding, range: &SourceRange) -> bool {
    finding.range.start <= range.end && range.start <= finding.range.end
}

/// The findings of a rule that can be fixed without a choice.
fn fixable<'f>(findings: &'f [Finding], rule: &'f str) -> impl Iterator<Item = &'f Finding> {
    findings.iter().filter(move |finding| &*finding.rule == rule && is_fixable(finding))
}

fn is_fixable(finding: &Finding) -> bool {
    let best = finding.fixes.first().map(|fix| fix.applicability);
    best == Some(Applicability::Safe) || best == Some(Applicability::Suggested) && finding.fixes.len() == 1
}

/// For each rule of the chosen findings that can mend them and more places: all of them at once.
fn fix_rules(view: &View, chosen: &[Chosen]) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (finding, _, diagnostic) in chosen.iter().filter(|(finding, ..)| is_fixable(finding)) {
        let rule = &*finding.rule;
        if seen.contains(&rule) {
            continue;
        }
        seen.push(rule);
        let count = fixable(view.findings(), rule).count();
        if count > 1 {
            let title = format!("Make {} fixes of {rule} in this file", fix::all_of(count));
            let chosen = Action::FixRule { rule: rule.to_owned() };
            offers.push(action(title, CodeActionKind::QUICKFIX, diagnostic.as_ref(), chosen));
        }
    }
    offers
}

/// The finding's fixes, safe ones first and the others as the terminal numbers them, so that each kind of choice stands where it
/// always does. What needs no choice is marked as preferred. What an earlier one does as well, one of the edits `known`, is left
/// out: two findings in a quote both offer to paraphrase it.
fn fixes<'f>(
    finding: &'f Finding,
    id: FindingId,
    diagnostic: &Diagnostic,
    known: &mut HashSet<&'f [Edit]>,
) -> Vec<Offer> {
    let mut order: Vec<usize> = (0..finding.fixes.len()).collect();
    order.retain(|&index| known.insert(&finding.fixes[index].edits));
    order.sort_by_key(|&index| finding.fixes[index].applicability != Applicability::Safe);
    let choices = finding.fixes.iter().filter(|fix| fix.applicability != Applicability::Query).count();
    let offer = |index: usize| {
        let fix = &finding.fixes[index];
        let preferred = index == 0
            && (fix.applicability == Applicability::Safe
                || (fix.applicability == Applicability::Suggested && choices == 1));
        let (mut action, chosen) =
            action(fix.title.clone(), CodeActionKind::QUICKFIX, Some(diagnostic), Action::Fix { id, fix: index });
        action.is_preferred = preferred.then_some(true);
        (action, chosen)
    };
    order.into_iter().map(offer).collect()
}

/// What the story or its files know and the place of the finding lacks.
fn added(view: &View, finding: &Finding, id: FindingId, diagnostic: &Diagnostic) -> Vec<Offer> {
    let additions = additions::offered(&view.story(), &view.document.project.rules, finding);
    let offer = |addition: Addition| {
        let title = addition.title();
        let chosen = match addition {
            Addition::Speaker { name } => Action::Attribute { id, name },
            Addition::Credit { line } => Action::AddCredit { id, line },
        };
        quick_fix(title, diagnostic, chosen)
    };
    additions.into_iter().map(offer).collect()
}

/// The ways to leave a finding alone.
fn leave_alone(view: &View, finding: &Finding, id: FindingId, diagnostic: &Diagnostic) -> Vec<Offer> {
    let rule = &finding.rule;
    let by_comment = view.document.format().is_some_and(|format| format.comments().is_some());
    let quick = |title: String, chosen| quick_fix(title, diagnostic, chosen);
    let here = if by_comment {
        format!("Ignore {rule} here")
    } else {
        marks::checked_title(&view.checked.analysis, view.source(), finding)
    };
    let mut offers = vec![
        quick(here, Action::IgnoreHere { id }),
        quick(format!("Ignore {rule} in this file"), Action::IgnoreInFile { id }),
        quick(format!("Ignore {rule} in the project"), Action::IgnoreInProject { id }),
    ];
    if let Some(words) = config::edit::acceptable(finding, view.source(), &view.document.project.rules) {
        offers.push(quick(format!("Add “{words}” to the words of the house"), Action::Accept { id }));
    }
    offers
}

/// A quick fix of what `diagnostic` says.
fn quick_fix(title: String, diagnostic: &Diagnostic, chosen: Action) -> Offer {
    action(title, CodeActionKind::QUICKFIX, Some(diagnostic), chosen)
}

fn action(title: String, kind: CodeActionKind, diagnostic: Option<&Diagnostic>, chosen: Action) -> Offer {
    let diagnostics = diagnostic.map(|diagnostic| vec![diagnostic.clone()]);
    (CodeAction { title, kind: Some(kind), diagnostics, ..CodeAction::default() }, chosen)
}

/// Works out what an action changes; `None` when there is nothing to change any more, or it cannot be done.
///
/// `settings` gives the text of a settings file, `None` for one that does not exist.
pub fn change(
    document: &mut OpenDocument,
    chosen: &Action,
    settings: impl Fn(&Path) -> Option<String>,
) -> Option<StoryChange> {
    match chosen {
        Action::Fix { id, fix } => {
            let fix = finding(document, *id)?.fixes.into_iter().nth(*fix)?;
            Some(StoryChange::Story(fix.edits))
        }
        Action::FixAll => {
            let source = document.checked().source.clone();
            let findings = document.checked().analysis.findings.clone();
            let check = |text: &str| document.trial_of(text).findings;
            let edits = fix::until_done(&source, findings, Applicability::Safe, check);
            (!edits.is_empty()).then_some(StoryChange::Story(edits))
        }
        Action::FixRule { rule } => {
            let source = document.checked().source.clone();
            let of_rule = |findings: &[Finding]| fixable(findings, rule).cloned().collect::<Vec<_>>();
            let findings = of_rule(&document.checked().analysis.findings);
            let check = |text: &str| of_rule(&document.trial_of(text).findings);
            let edits = fix::until_done(&source, findings, Applicability::Suggested, check);
            (!edits.is_empty()).then_some(StoryChange::Story(edits))
        }
        Action::Attribute { id, name } => {
            let finding = finding(document, *id)?;
            add(document, &finding, &Addition::Speaker { name: name.clone() })
        }
        Action::AddCredit { id, line } => {
            let finding = finding(document, *id)?;
            add(document, &finding, &Addition::Credit { line: line.clone() })
        }
        Action::IgnoreHere { id } => {
            let finding = finding(document, *id)?;
            let format = document.format()?;
            let checked = document.checked();
            let candidates = marks::here(format, &checked.analysis, &checked.source, &finding);
            first_that_silences(document, &finding, candidates)
        }
        Action::IgnoreInFile { id } => {
            let finding = finding(document, *id)?;
            let format = document.format()?;
            if chosen.is_in_settings(Some(format)) {
                // A document without a file has no path that settings could name.
                document.path.as_ref()?;
                return change_settings(document, settings, |text, document, path| {
                    config::edit::turn_off_for(text, path, &finding.rule, &document.project.rules)
                });
            }
            let checked = document.checked();
            let candidates = marks::in_file(format, &checked.analysis, &checked.source, &finding.rule);
            first_that_silences(document, &finding, candidates)
        }
        Action::IgnoreInProject { id } => {
            let finding = finding(document, *id)?;
            change_settings(document, settings, |text, document, _| {
                config::edit::turn_off(text, &finding.rule, &document.project.rules)
            })
        }
        Action::Accept { id } => {
            let finding = finding(document, *id)?;
            let words = document.checked().source.get(finding.range)?.to_owned();
            change_settings(document, settings, |text, _, _| config::edit::accept(text, &words))
        }
        Action::AddTerm { term } => change_settings(document, settings, |text, _, _| config::edit::accept(text, term)),
        Action::InsertDate { date } => insert_date(document, date.parse().ok()?),
    }
}

fn finding(document: &mut OpenDocument, id: FindingId) -> Option<Finding> {
    // Ids do not depend on how columns are counted.
    let view = document.view(crate::text::PositionEncoding::Utf8);
    let at = diagnostics::ids(&view).into_iter().position(|known| known == id)?;
    view.findings().get(at).cloned()
}

/// Makes an addition in the first way after which the finding is gone.
fn add(document: &mut OpenDocument, finding: &Finding, addition: &Addition) -> Option<StoryChange> {
    let format = document.format()?;
    let view = document.view(crate::text::PositionEncoding::Utf8);
    let ways = additions::ways(addition, &view.story(), format, view.source(), finding);
    let before = finding.count_of_rule(view.findings());
    let edits = ways.into_iter().find(|edits| finding.count_of_rule(&document.trial(edits).findings) < before)?;
    Some(StoryChange::Story(edits))
}

fn change_settings(
    document: &OpenDocument,
    settings: impl Fn(&Path) -> Option<String>,
    edit: impl Fn(&str, &OpenDocument, &Path) -> Option<Edit>,
) -> Option<StoryChange> {
    let file = document.settings_file()?;
    let found = settings(&file);
    let text = found.clone().unwrap_or_default();
    let relative = document.path.as_deref().and_then(|path| path.strip_prefix(file.parent()?).ok());
    let edit = edit(&text, document, relative.unwrap_or(Path::new("")))?;
    Some(StoryChange::Settings { file, text, new: found.is_none(), edit })
}

/// The first of some insertions after which the finding is gone, nothing new is there, and the story has the same blocks.
fn first_that_silences(document: &mut OpenDocument, finding: &Finding, candidates: Vec<Edit>) -> Option<StoryChange> {
    let rules = Arc::clone(&document.project.rules);
    let count = |analysis: &Analysis| MarkCounts::new(analysis, &analysis.findings, &finding.rule, &rules);
    let before = count(&document.checked().analysis);
    let trial = |edit: &Edit| Some(count(&document.trial(std::slice::from_ref(edit))));
    marks::first_that_silences(candidates, before, trial).map(|edit| StoryChange::Story(vec![edit]))
}

/// Writes the date where the format keeps it, if it is read there.
fn insert_date(document: &mut OpenDocument, date: Date) -> Option<StoryChange> {
    let place = document.checked().analysis.document.date_place.clone()?;
    let edit = Edit { range: place.range.clone(), text: place.text_under(document.date_key(), &date.to_string()) };
    let after = document.trial(std::slice::from_ref(&edit));
    let is_read = OpenDocument::written_date(&after).is_some_and(|published| published.date == date);
    is_read.then(|| StoryChange::Story(vec![edit]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_holds_those_below_it() {
        let holds = |asked: &'static str| super::holds(&CodeActionKind::new(asked), &FIX_ALL);
        assert!(holds("source") && holds("source.fixAll") && holds("source.fixAll.copydesk") && holds(""));
        assert!(!holds("source.fix") && !holds("quickfix") && !holds("source.fixAll.copydesk.more"));
    }
}
