//! `facts`: what the story's ledger says of its facts: changed since they were checked, gone, or not checked.

use crate::rules::{Check, Hit, Rule, Run, choice, words};
use crate::story::Story;
use crate::story::checkable::{self as facts, Fact, FactSheet, FactStatus, Ledger, LedgerEntry, Standings};
use crate::text::shortened;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "facts",
    Run::Story(run),
    &[
        choice(
            "kind",
            &["changed", "lost", "unchecked", "differs"],
            "changed since it was checked, lost, not checked, or different in a source",
        ),
        words("of", "the kinds of facts that count, such as `figure` and `quote`; without it, all"),
    ],
)];

/// Whether a rule finds facts that nobody checked.
pub fn finds_unchecked(rule: &Rule) -> bool {
    CHECKS.iter().any(|check| check.name == rule.check.name) && rule.text("kind") == Some("unchecked")
}

/// The most words of lost facts that a message names.
const MOST_NAMED: usize = 3;

/// The param `kind` says what is looked for; `of`, in facts of which kinds.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let kind = rule.text("kind").unwrap_or("changed");
    if kind == "differs" {
        return differs(rule, story, out);
    }
    let none = Ledger::default();
    // Without a ledger nothing was checked, so nothing can have changed.
    let ledger = match (story.ledger, kind) {
        (Some(ledger), _) => ledger,
        (None, "unchecked") => &none,
        (None, _) => return,
    };
    let facts::Checkup { sheet, desk, .. } = story.checkup();
    let counts = |kind| counts_kind(rule, kind);
    match kind {
        "lost" => lost(ledger, desk, counts, out),
        "unchecked" => unchecked(sheet, desk, counts, out),
        _ => changed(sheet, desk, ledger, counts, out),
    }
}

/// Whether `rule` asks about facts of this kind.
pub fn counts_kind(rule: &Rule, kind: facts::FactKind) -> bool {
    let mut kinds = rule.strings("of").peekable();
    kinds.peek().is_none() || kinds.any(|of| of == kind.as_str())
}

/// Facts that a source has otherwise. Quotes have rules of their own.
fn differs(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if story.material.is_empty() {
        return;
    }
    let counts = |kind| counts_kind(rule, kind);
    let checkup = story.checkup();
    for (fact, says) in checkup.sheet.facts.iter().zip(&checkup.says) {
        let Some(says) = says.as_ref().filter(|says| !says.agrees) else { continue };
        let Some(material) = story.material.get(says.source) else { continue };
        if fact.kind == facts::FactKind::Quote || !counts(fact.kind) {
            continue;
        }
        let place = material.pieces.get(says.piece).map(|piece| format!("{}, {}", material.name, piece.place));
        let hit = Hit::at(fact.first()).arg("found", shown(&fact.words)).arg("said", shown(&says.words));
        out.push(hit.arg("place", place.unwrap_or_else(|| material.name.clone())));
    }
}

fn changed(
    sheet: &FactSheet,
    desk: &Standings,
    ledger: &Ledger,
    counts: impl Fn(facts::FactKind) -> bool,
    out: &mut Vec<Hit>,
) {
    for (fact, standing) in sheet.facts.iter().zip(&desk.standings) {
        let Some(entry) = standing.entry.and_then(|at| ledger.entries.get(at)) else { continue };
        if standing.status != FactStatus::Changed || !counts(fact.kind) {
            continue;
        }
        let hit =
            Hit::at(fact.first()).arg("found", shown(&fact.words)).arg("was", shown(&entry.words)).arg("by", by(entry));
        out.push(match fact.words == entry.words {
            true => hit.message(format!(
                "What is said of “{}” changed since {} checked it: {}",
                shown(&fact.words),
                by(entry),
                shown(&entry.sentence)
            )),
            false => hit,
        });
    }
}

fn unchecked(sheet: &FactSheet, desk: &Standings, counts: impl Fn(facts::FactKind) -> bool, out: &mut Vec<Hit>) {
    let open = sheet.facts.iter().zip(&desk.standings).filter(|(_, standing)| standing.status != FactStatus::Checked);
    for (fact, standing) in open.filter(|(fact, _)| counts(fact.kind)) {
        out.push(Hit::at(fact.first()).arg("found", shown(&fact.words)).arg("state", state(fact, standing.status)));
    }
}

fn state(fact: &Fact, status: FactStatus) -> String {
    let kind = fact.kind.described();
    match status {
        FactStatus::Open | FactStatus::Checked => format!("{kind}: nobody checked it"),
        FactStatus::Changed => format!("{kind}: changed since it was checked"),
        FactStatus::Wrong => format!("{kind}: marked wrong"),
        FactStatus::Disputed => format!("{kind}: disputed"),
        FactStatus::Ask => format!("{kind}: the author is to be asked"),
    }
}

fn lost(ledger: &Ledger, desk: &Standings, counts: impl Fn(facts::FactKind) -> bool, out: &mut Vec<Hit>) {
    let lost: Vec<&LedgerEntry> =
        desk.lost.iter().map(|&at| &ledger.entries[at]).filter(|entry| counts(entry.kind)).collect();
    if lost.is_empty() {
        return;
    }
    let named: Vec<String> = lost.iter().take(MOST_NAMED).map(|entry| format!("“{}”", shown(&entry.words))).collect();
    let more = lost.len().saturating_sub(MOST_NAMED);
    let named = match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    };
    out.push(Hit::story().arg("named", named));
}

/// Who decided, and when.
fn by(entry: &LedgerEntry) -> String {
    let who = entry.by.as_deref().unwrap_or("somebody");
    match entry.on {
        Some(on) => format!("{who} ({on})"),
        None => who.to_owned(),
    }
}

/// Words short enough for a message, which puts them between quotation marks.
fn shown(words: &str) -> String {
    shortened(words.trim_matches(['“', '”', '"']).trim_end_matches(','), 80)
}
