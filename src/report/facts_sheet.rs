//! Every fact of a story with its state: for people and for programs.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::JsonRange;
use crate::checks::{Sum, sums};
use crate::material::Piece;
use crate::prose::Passage;
use crate::story::checkable::{
    Checkup, Fact, FactKind, FactSheet, FactStatus, Ledger, LedgerEntry, SourceSays, Standing, Standings,
};
use crate::story::{Library, Story};
use crate::text::{LineIndex, SourceRange, Span, shortened, single_spaced};

/// Characters of a fact that are shown in a table.
const SHOWN: usize = 64;

/// A story's facts, held to its ledger, as they are to be shown.
#[derive(Clone, Copy)]
pub struct FactsView<'v> {
    /// What reports call the story.
    pub name: &'v str,
    /// The story.
    pub story: Story<'v>,
    /// The text in which places are told.
    pub text: &'v str,
    /// The lines of `text`.
    pub lines: &'v LineIndex,
    /// Its facts.
    pub sheet: &'v FactSheet,
    /// What people decided about them.
    pub ledger: &'v Ledger,
    /// Where each fact is.
    pub desk: &'v Standings,
    /// What the story's material says of each fact.
    pub says: &'v [Option<SourceSays>],
    /// The sums behind what the story says.
    pub sums: &'v [Sum],
    /// Indexes of the facts that are shown, ascending.
    pub shown: &'v [usize],
    /// Where in `text` a range of the story is.
    pub place: &'v dyn Fn(&SourceRange) -> SourceRange,
}

/// By what facts are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Not at all: in the order of the story.
    None,
    /// By what they were checked against.
    Source,
    /// By whom they are about or who said them.
    Person,
}

/// One fact, as it is shown.
#[derive(Clone, Copy)]
pub(super) struct FactRow<'v> {
    /// 1-based number in the sheet.
    pub number: usize,
    pub fact: &'v Fact,
    pub standing: Standing,
    pub entry: Option<&'v LedgerEntry>,
    pub says: Option<&'v SourceSays>,
    pub sum: Option<&'v Sum>,
    /// 1-based line of its first place.
    pub line: usize,
}

impl<'v> FactsView<'v> {
    pub(super) fn rows(&self) -> impl Iterator<Item = FactRow<'v>> + use<'v> {
        let view = *self;
        self.shown.iter().filter_map(move |&at| {
            let fact = view.sheet.facts.get(at)?;
            let standing = *view.desk.standings.get(at)?;
            let entry = standing.entry.and_then(|entry| view.ledger.entries.get(entry));
            let says = view.says.get(at).and_then(Option::as_ref);
            let (sum, line) = (sum_of(fact, view.sums), view.line(fact.first()));
            Some(FactRow { number: at + 1, fact, standing, entry, says, sum, line })
        })
    }

    pub(super) fn line(&self, passage: Passage) -> usize {
        let range = (self.place)(&passage.to_source(&self.story.document.blocks));
        self.lines.line_column(range.start, self.text).line
    }

    fn range(&self, passage: Passage) -> JsonRange {
        JsonRange::new(&(self.place)(&passage.to_source(&self.story.document.blocks)), self.text, self.lines)
    }

    /// What the story's material says of the fact of `row`: `found in budget.csv, B7`.
    pub(super) fn said(&self, row: &FactRow) -> Option<String> {
        row.says.map(|says| said(&self.story, says))
    }

    /// What a checker sees beside the fact of `row`: its sum, and what a source says.
    pub(super) fn beside(&self, row: &FactRow) -> impl Iterator<Item = String> + use<> {
        row.sum.map(|sum| sum.text.clone()).into_iter().chain(self.said(row))
    }

    /// To whom facts are read back.
    pub(super) fn people(&self) -> ReadBack<'v> {
        let mut saying: HashMap<usize, Vec<(Span, &'v Fact)>> = HashMap::new();
        let says = |fact: &&Fact| matches!(fact.kind, FactKind::Quote | FactKind::Reported) && fact.person.is_some();
        for fact in self.sheet.facts.iter().filter(says) {
            for place in &fact.places {
                saying.entry(place.paragraph()).or_default().push((place.span, fact));
            }
        }
        ReadBack { story: self.story, saying }
    }

    /// The entries of facts that are gone.
    pub(super) fn lost(&self) -> impl Iterator<Item = &'v LedgerEntry> + use<'v> {
        let view = *self;
        self.desk.lost.iter().filter_map(move |&at| view.ledger.entries.get(at))
    }
}

/// To whom the facts of a story are read back.
pub(super) struct ReadBack<'v> {
    story: Story<'v>,
    /// Quotes and reports with who says them, where they are in each paragraph.
    saying: HashMap<usize, Vec<(Span, &'v Fact)>>,
}

impl<'v> ReadBack<'v> {
    /// Whom the fact of `row` is about, or else who says the sentence or the quote in which it is.
    pub fn of(&self, row: &FactRow) -> Option<&'v str> {
        let place = row.fact.first();
        let around = || {
            let all = self.saying.get(&place.paragraph())?.iter().filter(|(span, _)| span.contains(place.span));
            all.map(|(_, fact)| fact).min_by_key(|fact| fact.first().span.len())
        };
        let person = row.fact.person.or_else(|| around()?.person)?;
        self.story.people.get(person).map(|person| person.name.as_str())
    }
}

impl FactRow<'_> {
    /// Whether the ledger says something of it.
    pub(super) fn is_told(&self) -> bool {
        self.standing.status != FactStatus::Open || self.entry.is_some()
    }

    pub(super) fn decided(&self) -> String {
        decided(self.fact, self.standing, self.entry)
    }
}

/// Who decided about `fact`, when, and against what: `checked by Ana Ruiz on 2018-02-12 against budget.xlsx, B7`.
pub fn decided(fact: &Fact, standing: Standing, entry: Option<&LedgerEntry>) -> String {
    let status = standing.status;
    let mut said = match status {
        FactStatus::Ask => "to be asked of the author, noted".to_owned(),
        FactStatus::Wrong => "found wrong".to_owned(),
        FactStatus::Open if entry.is_some() => "not checked yet".to_owned(),
        status => status.as_str().to_owned(),
    };
    let Some(entry) = entry else {
        if fact.marked {
            said.push_str(" (CQ)");
        }
        return said;
    };
    if status == FactStatus::Changed {
        let (preposition, words) =
            if entry.words == fact.words { ("in", &entry.sentence) } else { ("as", &entry.words) };
        said = format!("{said}, checked {preposition} “{}”", words.trim_matches(['“', '”', '"', ',']));
    }
    if let Some(by) = &entry.by {
        said.push_str(&format!(" by {by}"));
    } else if status == FactStatus::Ask {
        said = "to be asked of the author".to_owned();
    }
    if let Some(on) = entry.on {
        said.push_str(&format!(" on {on}"));
    }
    let sources: Vec<String> = entry.sources.iter().map(ToString::to_string).collect();
    match (sources.is_empty(), status) {
        (true, _) => {}
        (false, FactStatus::Checked | FactStatus::Changed | FactStatus::Wrong) => {
            said.push_str(&format!(" against {}", sources.join(" and ")));
        }
        (false, _) => said.push_str(&format!("; source: {}", sources.join(" and "))),
    }
    if let Some(note) = &entry.note {
        said.push_str(&format!("; note: {note}"));
    }
    said
}

/// The box in front of a fact.
fn tick(status: FactStatus) -> &'static str {
    match status {
        FactStatus::Checked => "[x]",
        FactStatus::Open => "[ ]",
        FactStatus::Changed => "[~]",
        FactStatus::Wrong => "[!]",
        FactStatus::Disputed | FactStatus::Ask => "[?]",
    }
}

/// Writes all facts as a table, `width` columns wide where that is known.
///
/// # Errors
///
/// Those of `out`.
pub fn all_facts_text(
    view: &FactsView,
    grouping: Grouping,
    width: Option<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}", view.desk.summary())?;
    for (group, rows) in grouped(view, grouping) {
        match group {
            Some(group) => writeln!(out, "\n{group} ({})", rows.len())?,
            None => writeln!(out)?,
        }
        for row in rows {
            let words = cut(&row.fact.words);
            let mut more = vec![row.fact.meaning.clone().unwrap_or_default()];
            if row.fact.places.len() > 1 {
                more.push(super::counted(row.fact.places.len(), "place"));
            }
            more.extend(view.beside(&row));
            if row.is_told() {
                more.push(row.decided());
            }
            more.retain(|part| !part.is_empty());
            let kind = row.fact.kind.described();
            let (status, id) = (tick(row.standing.status), &row.fact.id);
            let before = format!("  {:>4}  {status} {id}  {kind:<19}  ", row.line);
            let more = if more.is_empty() { String::new() } else { format!("  ({})", more.join("; ")) };
            super::hanging(&before, &format!("{words}{more}"), width, out)?;
        }
    }
    if grouping == Grouping::None && view.shown.len() == view.sheet.facts.len() {
        writeln!(out, "\nSentences without a fact ({})", view.sheet.without.len())?;
        for passage in &view.sheet.without {
            let before = format!("  {:>4}  ", view.line(*passage));
            super::hanging(&before, &cut(&single_spaced(view.story.slice(*passage))), width, out)?;
        }
    }
    let lost: Vec<&LedgerEntry> = view.lost().collect();
    if !lost.is_empty() {
        writeln!(out, "\nIn the ledger and no longer in the story ({})", lost.len())?;
        for entry in lost {
            let before = format!("        {}  {:<19}  ", entry.id, entry.kind.described());
            super::hanging(&before, &cut(&entry.words), width, out)?;
        }
    }
    Ok(())
}

/// The rows by what they are grouped by, each group once; those without one are last.
pub(super) fn grouped<'v>(view: &FactsView<'v>, grouping: Grouping) -> Vec<(Option<String>, Vec<FactRow<'v>>)> {
    let mut groups: BTreeMap<(bool, String), Vec<FactRow>> = BTreeMap::new();
    match grouping {
        Grouping::None => return vec![(None, view.rows().collect())],
        Grouping::Person => {
            let people = view.people();
            for row in view.rows() {
                let nobody = || (true, "About nobody in particular".to_owned());
                let key = people.of(&row).map_or_else(nobody, |name| (false, name.to_owned()));
                groups.entry(key).or_default().push(row);
            }
        }
        Grouping::Source => {
            for row in view.rows() {
                let sources: Vec<String> =
                    row.entry.iter().flat_map(|entry| &entry.sources).map(|s| s.name.clone()).collect();
                let without = sources.is_empty().then(|| (true, "Without a source in the ledger".to_owned()));
                let keys: Vec<(bool, String)> = sources.into_iter().map(|name| (false, name)).chain(without).collect();
                for key in keys {
                    groups.entry(key).or_default().push(row);
                }
            }
        }
    }
    groups.into_iter().map(|((_, name), rows)| (Some(name), rows)).collect()
}

/// All facts as JSON.
pub fn all_facts_json(view: &FactsView) -> Value {
    let facts: Vec<Value> = view.rows().map(|row| fact_json(&view.story, &row, |place| view.range(place))).collect();
    let lost: Vec<Value> = view
        .lost()
        .map(|entry| json!({"id": entry.id, "kind": entry.kind.as_str(), "words": entry.words, "sentence": entry.sentence}))
        .collect();
    let without: Vec<Value> = view
        .sheet
        .without
        .iter()
        .map(|&passage| json!({"range": view.range(passage), "text": single_spaced(view.story.slice(passage))}))
        .collect();
    let counts: BTreeMap<&str, usize> = FactStatus::ALL.iter().map(|&s| (s.as_str(), view.desk.count(s))).collect();
    json!({
        "story": view.name,
        "facts": facts,
        "sentencesWithout": without,
        "lost": lost,
        "counts": counts,
        "total": view.sheet.facts.len(),
    })
}

/// Every fact of `story` with where it is, as [`all_facts_json`] writes them, with places as `place` writes them.
pub fn checkup_with_ranges<R: Serialize>(story: &Story, place: impl Fn(Passage) -> R) -> Value {
    let Checkup { sheet, desk, says } = story.checkup();
    let sums = sums(story);
    let row = |(number, (fact, standing)): (usize, (&'_ Fact, Standing))| {
        let entry = standing.entry.and_then(|at| story.ledger?.entries.get(at));
        // Places are told by ranges here, and nobody asks for lines.
        let says = says.get(number).and_then(Option::as_ref);
        let sum = sum_of(fact, &sums);
        fact_json(story, &FactRow { number: number + 1, fact, standing, entry, says, sum, line: 0 }, &place)
    };
    let facts: Vec<Value> = story.checkup().facts().enumerate().map(row).collect();
    json!({ "facts": facts, "total": sheet.facts.len(), "summary": desk.summary() })
}

fn fact_json<R: Serialize>(story: &Story, row: &FactRow, place: impl Fn(Passage) -> R) -> Value {
    let person = row.fact.person.and_then(|person| story.people.get(person));
    json!({
        "number": row.number,
        "id": row.fact.id,
        "kind": row.fact.kind.as_str(),
        "kindName": row.fact.kind.described(),
        "words": row.fact.words,
        "sentence": row.fact.sentence,
        "meaning": row.fact.meaning,
        "person": person.map(|person| &person.name),
        "places": row.fact.places.iter().map(|&at| place(at)).collect::<Vec<_>>(),
        "sourced": row.fact.sourced,
        "state": row.standing.status.as_str(),
        "checkedAs": row.entry.filter(|_| row.standing.status == FactStatus::Changed).map(|entry| &entry.words),
        "by": row.entry.and_then(|entry| entry.by.as_deref()),
        "on": row.entry.and_then(|entry| entry.on).map(|on| on.to_string()),
        "sources": row.entry.map_or_else(Vec::new, |entry| entry.sources.iter().map(|s| json!({"in": s.name, "at": s.at})).collect()),
        "sum": row.sum.map(|sum| &sum.text),
        "found": row.says.map(|says| json!({
            "in": story.material.get(says.source).map(|material| &material.name),
            "at": piece_of(story, says).map(|piece| piece.place.to_string()),
            "agrees": says.agrees,
            "words": says.words,
            "text": said(story, says),
        })),
        "note": row.entry.and_then(|entry| entry.note.as_deref()),
    })
}

/// The sum behind a fact.
pub fn sum_of<'s>(fact: &Fact, sums: &'s [Sum]) -> Option<&'s Sum> {
    let stands = |sum: &&Sum| {
        fact.places.iter().any(|place| place.paragraph == sum.at.paragraph && place.span.overlaps(sum.at.span))
    };
    let is_of_clause = fact.kind.is_of_sentence() && fact.kind != FactKind::Comparison;
    sums.iter().find(stands).filter(|_| !is_of_clause && fact.kind != FactKind::Quote)
}

/// The piece of the story's material in which something is said.
fn piece_of<'s>(story: &Story<'s>, says: &SourceSays) -> Option<&'s Piece> {
    let material: &'s Library = story.material;
    material.get(says.source)?.pieces.get(says.piece)
}

/// What the story's material says of a fact: `found in budget.csv, B7`, `budget.csv, B7 has “4,200”`.
fn said(story: &Story, says: &SourceSays) -> String {
    let place = place_of(story, says);
    match says.agrees {
        true => format!("found in {place}"),
        false => format!("{place} has “{}”", says.words),
    }
}

/// Where the story's material says something: `budget.csv, B7`.
fn place_of(story: &Story, says: &SourceSays) -> String {
    let name = story.material.get(says.source).map_or("", |material| &material.name);
    match piece_of(story, says) {
        Some(piece) => format!("{name}, {}", piece.place),
        None => name.to_owned(),
    }
}

/// Words short enough for a table.
pub(super) fn cut(words: &str) -> String {
    shortened(words, SHOWN)
}
