//! The fact-checker's desk in the editor: what is at a place, what can be decided about it, where its source says so.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionTriggerKind, CodeLens, Command, Location, Position, Range,
    Uri,
};

use super::commands::{ADD_SOURCE, MARK_FACTS, NEXT_FACT};
use super::document::View;
use crate::material::Place;
use crate::report;
use crate::story::checkable::{Fact, FactStatus, LedgerEntry, LedgerSource, SourceSays, Standing, State};
use crate::text::{SourceRange, shortened};

/// What is decided about facts. None of the kinds that editors know, so that their menus show fixes first.
pub const FACT: CodeActionKind = CodeActionKind::new("copydesk.fact");

/// The most facts round a place for which something is offered.
const MOST_AROUND: usize = 2;

/// Characters of a fact that a title repeats.
const TITLE: usize = 40;

/// Characters of a source's passage that are shown.
const PASSAGE: usize = 400;

/// What is to be written of facts, as commands carry it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Marked {
    /// The story.
    pub uri: Uri,
    /// Ids of facts.
    pub facts: Vec<String>,
    /// `checked`, `wrong`, `disputed`, `ask`, or `open`, which takes the mark off; without it only sources and a note are
    /// added.
    pub state: Option<String>,
    /// Further sources: `budget.xlsx#B7`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Instead of the note that is there; an empty one takes it away.
    pub note: Option<String>,
    /// Who says so, where that is not who the settings or git say.
    pub by: Option<String>,
}

/// A fact of the story, with where it is.
#[derive(Clone, Debug)]
pub struct Here<'v> {
    /// The fact.
    pub fact: &'v Fact,
    /// Where it is.
    pub standing: Standing,
    /// What was decided about it.
    pub entry: Option<&'v LedgerEntry>,
    /// The bytes of the place at hand.
    pub range: SourceRange,
    /// What the story's material says of it.
    pub says: Option<&'v SourceSays>,
}

/// Whether somebody checks the facts of the story: it has a ledger, or the client asked for it.
pub fn is_on(view: &View) -> bool {
    view.document.is_story() && (view.document.is_being_checked || view.story().ledger.is_some())
}

/// The facts that touch these bytes, the narrowest first.
pub fn touching<'v>(view: &View<'v>, bytes: &SourceRange) -> Vec<Here<'v>> {
    let story = view.story();
    let blocks = &story.document.blocks;
    // Only facts of the paragraphs at hand are looked at: a long story has thousands.
    let first = blocks.partition_point(|block| block.range.end < bytes.start);
    let last = blocks.partition_point(|block| block.range.start <= bytes.end);
    let mut here = Vec::new();
    let checkup = story.checkup();
    for ((fact, standing), says) in checkup.facts().zip(&checkup.says) {
        let near = fact.places.iter().filter(|place| (first..last).contains(&place.paragraph()));
        let place = near.map(|&place| view.source_of(place));
        if let Some(range) = place.into_iter().find(|range| range.start <= bytes.end && bytes.start <= range.end) {
            let entry = standing.entry.and_then(|at| story.ledger?.entries.get(at));
            here.push(Here { fact, standing, entry, range, says: says.as_ref() });
        }
    }
    here.sort_by_key(|here| (here.range.len(), here.range.start));
    here
}

fn at<'v>(view: &View<'v>, at: Position) -> Vec<Here<'v>> {
    let offset = view.offset(at);
    touching(view, &(offset..offset))
}

/// What can be decided about the facts at a place, behind all that mends findings. Nothing for a light bulb that lights up
/// by itself: it would never go out.
pub fn offer(view: &View, params: &CodeActionParams) -> Vec<CodeAction> {
    let wanted = params.context.only.as_ref().is_none_or(|only| {
        only.iter()
            .any(|asked| FACT.as_str().strip_prefix(asked.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.')))
    });
    if !wanted || !is_on(view) || params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC) {
        return Vec::new();
    }
    let selected = view.bytes(params.range);
    let here = touching(view, &selected);
    let mut offers = Vec::new();
    let inside: Vec<&Here> =
        here.iter().filter(|here| selected.start <= here.range.start && here.range.end <= selected.end).collect();
    let several = inside.len() > 1;
    if several {
        let facts: Vec<String> = inside.iter().map(|here| here.fact.id.clone()).collect();
        let title = format!("Checked: all {} facts in the selection", facts.len());
        offers.push(mark(view, title, facts, "checked", None));
    }
    let around =
        here.iter().filter(|here| !several || here.range.start < selected.start || selected.end < here.range.end);
    for (number, here) in around.take(MOST_AROUND).enumerate() {
        offers.extend(decisions(view, here, number == 0));
    }
    offers
}

/// The decisions about one fact. Of a fact that only is round the cursor, that it is checked.
fn decisions(view: &View, here: &Here, all: bool) -> Vec<CodeAction> {
    let words = shortened(&here.fact.words, TITLE);
    let words = words.trim_matches(['“', '”', '"']);
    let named = format!("{} “{words}”", here.fact.kind.described());
    let one = |title: String, state: &str, source: Option<String>| {
        mark(view, title, vec![here.fact.id.clone()], state, source)
    };
    let mut offers = Vec::new();
    if here.standing.status == FactStatus::Checked && here.entry.is_some() {
        offers.push(one(format!("Take the tick off: {named}"), "open", None));
    } else if here.standing.status != FactStatus::Checked {
        // What a fact was checked against before it changed need not say what the story says now.
        let is_noted_only = here.standing.status == FactStatus::Changed && here.says.is_none();
        if let Some(passage) = passage(view, here).filter(|passage| all && passage.agrees && !is_noted_only) {
            let title = format!("Checked against {}, {}: {named}", passage.name, passage.place);
            offers.push(one(title, "checked", Some(format!("{}#{}", passage.name, passage.place))));
        }
        offers.push(one(format!("Checked: {named}"), "checked", None));
    }
    if !all {
        return offers;
    }
    for (state, status, title) in [
        (State::Disputed, FactStatus::Disputed, "Disputed"),
        (State::Ask, FactStatus::Ask, "Ask the author"),
        (State::Wrong, FactStatus::Wrong, "Wrong"),
    ] {
        if here.standing.status != status {
            offers.push(one(format!("{title}: {named}"), state.as_str(), None));
        }
    }
    let argument = json!({ "uri": view.document.uri, "fact": here.fact.id });
    offers.push(action(format!("Add a source …: {named}"), ADD_SOURCE, argument));
    offers
}

fn mark(view: &View, title: String, facts: Vec<String>, state: &str, source: Option<String>) -> CodeAction {
    let marked = Marked {
        uri: view.document.uri.clone(),
        facts,
        state: Some(state.to_owned()),
        sources: source.into_iter().collect(),
        note: None,
        by: None,
    };
    action(title, MARK_FACTS, serde_json::to_value(marked).unwrap_or_default())
}

fn action(title: String, command: &str, argument: Value) -> CodeAction {
    let command = Command { title: title.clone(), command: command.to_owned(), arguments: Some(vec![argument]) };
    CodeAction { title, kind: Some(FACT), command: Some(command), ..CodeAction::default() }
}

/// What a source says of a fact.
#[derive(Clone, Debug)]
pub struct PassageOfSource {
    /// What the story calls the source.
    pub name: String,
    /// Where in it.
    pub place: Place,
    /// Its words.
    pub text: String,
    /// The fact's words are there as they are.
    pub agrees: bool,
    /// The file, where it has lines that an editor shows: and the line, 0-based.
    pub line: Option<(Uri, u32)>,
}

/// The passage of the material that a fact rests on: where its ledger says, or else where its words are. Of words that changed, where
/// the new ones are.
pub fn passage(view: &View, here: &Here) -> Option<PassageOfSource> {
    let material = view.story().material;
    let is_of_now = here.standing.status != FactStatus::Changed || here.says.is_none();
    let noted = here.entry.filter(|_| is_of_now).into_iter().flat_map(|entry| &entry.sources).find_map(
        |source: &LedgerSource| {
            let at = source.at.as_deref()?;
            let number = material.iter().position(|material| material.name == source.name)?;
            let piece = material[number].piece_at(at)?;
            let is_otherwise =
                here.says.is_some_and(|says| !says.agrees && (says.source, says.piece) == (number, piece));
            Some((number, piece, !is_otherwise))
        },
    );
    let (number, piece, agrees) = noted.or_else(|| here.says.map(|says| (says.source, says.piece, says.agrees)))?;
    let source = material.get(number)?;
    let first = source.pieces.get(piece)?;
    // Cues and lines are short: what follows at the same place, or in the same sentence, belongs to it.
    let mut text = format!("{}{}", source.around_cell(piece), first.text);
    for next in source.pieces.iter().skip(piece + 1) {
        let goes_on = next.place == first.place || !text.ends_with(['.', '!', '?', '”', '"']);
        if matches!(first.place, Place::Cell(_) | Place::Key(_)) || !goes_on || text.chars().count() > PASSAGE {
            break;
        }
        text.push(' ');
        text.push_str(&next.text);
    }
    let file = view.document.source_files().get(number);
    let line =
        first.line.and_then(|line| Some((Uri::from_file_path(file?)?, u32::try_from(line).ok()?.saturating_sub(1))));
    Some(PassageOfSource {
        name: source.name.clone(),
        place: first.place.clone(),
        text: shortened(&text, PASSAGE),
        agrees,
        line,
    })
}

/// What is known of the narrowest fact at an offset: lines for a hover, the words first, and the passage by itself.
pub fn about<'v>(view: &View<'v>, offset: usize) -> Option<(Here<'v>, String, Option<PassageOfSource>)> {
    if !is_on(view) {
        return None;
    }
    let here = touching(view, &(offset..offset)).into_iter().next()?;
    let decided = report::decided(here.fact, here.standing, here.entry);
    let passage = passage(view, &here);
    Some((here, decided, passage))
}

/// The passages of sources for the facts at a position.
pub fn definitions(view: &View, position: Position) -> Vec<Location> {
    if !is_on(view) {
        return Vec::new();
    }
    let here = at(view, position).into_iter().take(MOST_AROUND);
    let line = here.filter_map(|here| passage(view, &here)?.line);
    let mut found: Vec<Location> = line
        .map(|(uri, line)| Location::new(uri, Range::new(Position::new(line, 0), Position::new(line, 0))))
        .collect();
    found.dedup();
    found
}

/// All places of the narrowest fact at a position.
pub fn references(view: &View, position: Position, with_first: bool) -> Option<Vec<Location>> {
    let here = at(view, position).into_iter().next().filter(|_| is_on(view))?;
    let places = here.fact.places.iter().skip(usize::from(!with_first));
    Some(places.map(|&place| Location::new(view.document.uri.clone(), view.place(place))).collect())
}

/// How far the check is, above the headline.
pub fn lens(view: &View, line: Range) -> Option<CodeLens> {
    let desk = &is_on(view).then(|| view.story().checkup())?.desk;
    let argument = json!({ "uri": view.document.uri });
    let command = Command { title: desk.summary(), command: NEXT_FACT.to_owned(), arguments: Some(vec![argument]) };
    Some(CodeLens { range: line, command: Some(command), data: None })
}

/// The next fact behind `position` that still needs somebody, with the first of all behind the last; of these states, or of
/// all but `checked`.
pub fn next(view: &View, position: Option<Position>, states: &[FactStatus]) -> Option<Range> {
    let story = view.story();
    let is_wanted = |standing: Standing| match states {
        [] => standing.status != FactStatus::Checked,
        states => states.contains(&standing.status),
    };
    let open = story.checkup().facts().filter(|(_, standing)| is_wanted(*standing));
    let places = open.map(|(fact, _)| view.source_of(fact.first()));
    let behind = position.map(|at| view.offset(at));
    let is_behind = |range: &SourceRange| behind.is_none_or(|at| range.start > at);
    let range = places.min_by_key(|range| (!is_behind(range), range.start, range.end))?;
    Some(view.range(&range))
}

/// Every fact for programs, with the client's own positions.
pub fn all(view: &View) -> Value {
    let story = view.story();
    let mut checkup = report::checkup_with_ranges(&story, |place| view.place(place));
    checkup["on"] = json!(is_on(view));
    checkup["material"] = story.material.iter().map(|material| json!(material.name)).collect();
    checkup
}
