//! Writing marks into a ledger, taking out what is gone, and merging two versions of one.

use std::ops::Range;

use jiff::civil::Date;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Value};

use super::ledger::{Ledger, LedgerEntry, LedgerSource, State, sources};
use super::standing::{Standings, stand};
use super::{Fact, FactSheet};

/// What is above the first block of a new ledger.
const HEAD: &str =
    "# Which facts of the story were checked, by whom and against what. One block a fact, in the order of the story;
# copydesk writes a block anew when its fact is marked, and leaves the rest as it is.
";

/// What is to be written of a fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactMark {
    /// What was decided; `None` leaves a mark that is there; where there is none, a source or a note is kept beside `open`.
    pub state: Option<State>,
    /// The mark is taken off, whatever else is said here.
    pub reopen: bool,
    /// By whom.
    pub by: Option<String>,
    /// On which day.
    pub on: Option<Date>,
    /// Further sources.
    pub sources: Vec<LedgerSource>,
    /// Instead of the note that is there; an empty one takes it away.
    pub note: Option<String>,
}

/// The ledger `text` with `mark` for the facts of `sheet` with these numbers.
///
/// # Errors
///
/// Says why `text` is no ledger; nothing may be written over it then.
pub fn write(text: &str, sheet: &FactSheet, facts: &[usize], mark: &FactMark) -> Result<String, String> {
    let mut text = text.to_owned();
    for &number in facts {
        let ledger = Ledger::parse(&text);
        if let Some(problem) = ledger.problems.first().filter(|problem| problem.message.starts_with("not TOML")) {
            return Err(problem.message.clone());
        }
        let desk = stand(sheet, &ledger);
        let (Some(fact), Some(standing)) = (sheet.facts.get(number), desk.standings.get(number)) else { continue };
        let entry = standing.entry.map(|at| &ledger.entries[at]);
        text = match entry {
            Some(entry) if mark.reopen => without(&text, std::slice::from_ref(&entry.range)),
            Some(entry) => {
                let block = edited(&text[entry.range.clone()], fact, mark)?;
                format!("{}{block}{}", &text[..entry.range.start], &text[entry.range.end..])
            }
            None if mark.reopen => text,
            None => {
                let block = edited("[[fact]]\n", fact, mark)?;
                inserted(&text, &ledger, &desk, number, block.trim_end())
            }
        };
    }
    Ok(text)
}

/// A block with what `mark` says of `fact`.
fn edited(block: &str, fact: &Fact, mark: &FactMark) -> Result<String, String> {
    let mut document: DocumentMut = block.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let blocks = document.get_mut("fact").and_then(Item::as_array_of_tables_mut);
    let Some(table) = blocks.and_then(|blocks| blocks.get_mut(0)) else { return Err("no block of a fact".to_owned()) };
    let mut set = |key: &str, value: Value| match table.get_mut(key).and_then(Item::as_value_mut) {
        // What is behind the value on its line stays.
        Some(old) => {
            let decor = old.decor().clone();
            *old = value;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    };
    let is_new = mark.state.is_some();
    set("id", fact.id.as_str().into());
    set("kind", fact.kind.as_str().into());
    if is_new || !block.contains("words") {
        // Only a decision is about the words as they are now; a source alone does not confirm them.
        set("words", fact.words.as_str().into());
        set("sentence", fact.sentence.as_str().into());
    }
    match mark.state {
        Some(state) => set("state", state.as_str().into()),
        None if !block.contains("state") => set("state", State::Open.as_str().into()),
        None => {}
    }
    if let Some(by) = &mark.by {
        set("by", by.as_str().into());
    }
    if let Some(on) = mark.on.and_then(|on| on.to_string().parse::<toml_edit::Datetime>().ok()) {
        set("on", on.into());
    }
    match mark.note.as_deref().map(str::trim) {
        // Whoever empties a note takes it away.
        Some("") => drop(table.remove("note")),
        Some(note) => set("note", note.into()),
        None => {}
    }
    let known = sources(table.get("sources"));
    for source in mark.sources.iter().filter(|source| !known.contains(source)) {
        let list = table.entry("sources").or_insert_with(|| Item::Value(Array::new().into()));
        let Some(list) = list.as_array_mut() else { return Err("`sources` must be a list".to_owned()) };
        let mut entry = InlineTable::new();
        entry.insert("in", source.name.as_str().into());
        if let Some(at) = &source.at {
            entry.insert("at", at.as_str().into());
        }
        list.push(entry);
    }
    Ok(document.to_string())
}

/// `text` with `block` at the place of fact number `number` in the order of the story.
fn inserted(text: &str, ledger: &Ledger, desk: &Standings, number: usize, block: &str) -> String {
    // Before the first block of a later fact; else behind the last.
    let later = desk
        .standings
        .iter()
        .skip(number + 1)
        .filter_map(|standing| standing.entry)
        .min_by_key(|&at| ledger.entries.get(at).map_or(usize::MAX, |entry| entry.range.start));
    match later.and_then(|at| ledger.entries.get(at)) {
        Some(entry) => format!("{}{block}\n\n{}", &text[..entry.range.start], &text[entry.range.start..]),
        None if text.trim().is_empty() => format!("{HEAD}\n{block}\n"),
        None => format!("{}\n\n{block}\n", text.trim_end()),
    }
}

/// `text` without these stretches, which ascend.
fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        rest.push_str(&text[from..range.start]);
        from = range.end;
    }
    rest.push_str(&text[from..]);
    let trimmed = rest.trim_end();
    if trimmed.is_empty() { String::new() } else { format!("{trimmed}\n") }
}

/// The ledger `text` without the entries of facts that are gone, and those.
///
/// # Errors
///
/// Says why `text` is no ledger.
pub fn prune(text: &str, sheet: &FactSheet) -> Result<(String, Vec<LedgerEntry>), String> {
    let ledger = Ledger::parse(text);
    if let Some(problem) = ledger.problems.first() {
        return Err(problem.message.clone());
    }
    let lost = stand(sheet, &ledger).lost;
    let gone: Vec<LedgerEntry> = lost.iter().map(|&at| ledger.entries[at].clone()).collect();
    if gone.is_empty() {
        return Ok((text.to_owned(), gone));
    }
    let ranges: Vec<Range<usize>> = gone.iter().map(|entry| entry.range.clone()).collect();
    Ok((without(text, &ranges), gone))
}

/// Two versions of a ledger that were made from `base`, as one: for git, which calls it where both changed the same lines.
///
/// A block that only one side changed is that side's. Where both changed one, the later day counts; of the same day, the
/// state that asks for more: wrong, disputed, ask, checked, open. Sources of both are kept. A block that one side took out and the
/// other left as it was is gone.
///
/// # Errors
///
/// Says which of the three cannot be read.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<String, String> {
    let read = |name: &str, text: &str| {
        let ledger = Ledger::parse(text);
        match ledger.problems.first() {
            Some(problem) => Err(format!("{name}: {}", problem.message)),
            None => Ok(ledger),
        }
    };
    let (base, mine, other) = (read("base", base)?, read("ours", ours)?, read("theirs", theirs)?);
    let find = |ledger: &Ledger, entry: &LedgerEntry| {
        let same =
            |known: &&LedgerEntry| known.kind == entry.kind && known.words == entry.words && known.id == entry.id;
        ledger.entries.iter().find(same).cloned()
    };
    let is_same = |one: &LedgerEntry, other: &LedgerEntry| {
        LedgerEntry { range: 0..0, ..one.clone() } == LedgerEntry { range: 0..0, ..other.clone() }
    };
    let mut blocks: Vec<String> = Vec::new();
    let head = mine.entries.first().map_or(ours.len(), |entry| entry.range.start);
    let mut placed: Vec<(LedgerEntry, String)> = Vec::new();
    for entry in &mine.entries {
        let own = ours[entry.range.clone()].trim_end().to_owned();
        let block = match (find(&other, entry), find(&base, entry)) {
            (Some(their), before) if before.as_ref().is_some_and(|before| is_same(before, entry)) => {
                theirs[their.range.clone()].trim_end().to_owned()
            }
            (Some(their), before)
                if is_same(&their, entry) || before.as_ref().is_some_and(|before| is_same(before, &their)) =>
            {
                own
            }
            (Some(their), _) => {
                let rank = |state: State| match state {
                    State::Wrong => 4,
                    State::Disputed => 3,
                    State::Ask => 2,
                    State::Checked => 1,
                    State::Open => 0,
                };
                let theirs_first = (their.on, rank(their.state)) > (entry.on, rank(entry.state));
                let (winner, loser) = if theirs_first { (&their, entry) } else { (entry, &their) };
                let block = if theirs_first { theirs[their.range.clone()].trim_end().to_owned() } else { own };
                with_sources(&block, winner, &loser.sources)?
            }
            // They took it out, and here nobody touched it.
            (None, Some(before)) if is_same(&before, entry) => continue,
            (None, _) => own,
        };
        placed.push((entry.clone(), block));
    }
    // What only they have goes behind the block that it follows there.
    for (at, entry) in other.entries.iter().enumerate() {
        if find(&mine, entry).is_some() {
            continue;
        }
        // Here somebody took it out, and they left it as it was.
        if find(&base, entry).is_some_and(|before| is_same(&before, entry)) {
            continue;
        }
        let block = theirs[entry.range.clone()].trim_end().to_owned();
        let before = other.entries[..at].iter().rev().find_map(|before| {
            placed.iter().position(|(known, _)| {
                known.id == before.id && known.words == before.words && known.kind == before.kind
            })
        });
        placed.insert(before.map_or(0, |before| before + 1), (entry.clone(), block));
    }
    blocks.extend(placed.into_iter().map(|(_, block)| block));
    let head = if ours.trim().is_empty() { HEAD } else { &ours[..head] };
    let blocks: Vec<&str> = blocks.iter().map(|block| block.trim_start_matches('\n')).collect();
    Ok(format!("{}\n\n{}\n", head.trim_end(), blocks.join("\n\n")))
}

/// `block` with the sources that it lacks.
fn with_sources(block: &str, entry: &LedgerEntry, more: &[LedgerSource]) -> Result<String, String> {
    let new: Vec<LedgerSource> = more.iter().filter(|source| !entry.sources.contains(source)).cloned().collect();
    if new.is_empty() {
        return Ok(block.to_owned());
    }
    let fact = Fact {
        id: entry.id.clone(),
        kind: entry.kind,
        words: entry.words.clone(),
        sentence: entry.sentence.clone(),
        places: Vec::new(),
        person: None,
        meaning: None,
        sourced: false,
        marked: false,
    };
    let mark = FactMark { sources: new, ..FactMark::default() };
    Ok(edited(&format!("{block}\n"), &fact, &mark)?.trim_end().to_owned())
}
