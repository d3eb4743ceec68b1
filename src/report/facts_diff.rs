//! What changed in the facts of a story between two versions of it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::facts_sheet::cut;
use crate::story::checkable::{FactSheet, FactStatus, Ledger, Standings};

/// The facts of two versions of a story.
#[derive(Clone, Copy)]
pub struct FactsDiff<'d> {
    /// The facts of the later one.
    pub sheet: &'d FactSheet,
    /// The facts of the earlier one, as if all had been checked.
    pub before: &'d Ledger,
    /// The later one held to the earlier one.
    pub changes: &'d Standings,
    /// The later one held to the story's ledger.
    pub desk: &'d Standings,
}

impl FactsDiff<'_> {
    /// Added facts, those that changed with what they were, and lost ones: indexes of facts, and of entries of `before`.
    fn parts(&self) -> (Vec<usize>, Vec<(usize, usize)>, &[usize]) {
        let standings = || self.changes.standings.iter().enumerate();
        let added = standings().filter(|(_, standing)| standing.entry.is_none()).map(|(at, _)| at).collect();
        let changed = standings().filter(|(_, standing)| standing.status == FactStatus::Changed);
        (added, changed.filter_map(|(at, standing)| Some((at, standing.entry?))).collect(), &self.changes.lost)
    }

    fn state(&self, fact: usize) -> &'static str {
        self.desk.standings.get(fact).map_or("open", |standing| standing.status.as_str())
    }
}

/// Writes what changed, for people.
///
/// # Errors
///
/// Those of `out`.
pub fn facts_diff_text(diff: &FactsDiff, out: &mut impl Write) -> io::Result<()> {
    let (added, changed, lost) = diff.parts();
    writeln!(out, "{} added, {} changed, {} lost", added.len(), changed.len(), lost.len())?;
    for at in added {
        let fact = &diff.sheet.facts[at];
        writeln!(out, "  + {:<19}  {}  ({})", fact.kind.described(), cut(&fact.words), diff.state(at))?;
    }
    for (at, before) in changed {
        let (fact, entry) = (&diff.sheet.facts[at], &diff.before.entries[before]);
        let kind = fact.kind.described();
        match fact.words == entry.words {
            true => writeln!(
                out,
                "  ~ {kind:<19}  {} in “{}”, now “{}”  ({})",
                cut(&fact.words),
                entry.sentence,
                fact.sentence,
                diff.state(at)
            )?,
            false => {
                writeln!(out, "  ~ {kind:<19}  {} → {}  ({})", cut(&entry.words), cut(&fact.words), diff.state(at))?
            }
        }
    }
    for &at in lost {
        let entry = &diff.before.entries[at];
        writeln!(out, "  - {:<19}  {}", entry.kind.described(), cut(&entry.words))?;
    }
    Ok(())
}

/// What changed, for programs.
pub fn facts_diff_json(diff: &FactsDiff) -> Value {
    let (added, changed, lost) = diff.parts();
    let fact = |at: usize| {
        let fact = &diff.sheet.facts[at];
        json!({"id": fact.id, "kind": fact.kind.as_str(), "words": fact.words, "sentence": fact.sentence, "state": diff.state(at)})
    };
    let entry = |at: usize| {
        let entry = &diff.before.entries[at];
        json!({"id": entry.id, "kind": entry.kind.as_str(), "words": entry.words, "sentence": entry.sentence})
    };
    json!({
        "added": added.into_iter().map(fact).collect::<Vec<_>>(),
        "changed": changed.into_iter().map(|(at, before)| json!({"before": entry(before), "now": fact(at)})).collect::<Vec<_>>(),
        "lost": lost.iter().map(|&at| entry(at)).collect::<Vec<_>>(),
    })
}
