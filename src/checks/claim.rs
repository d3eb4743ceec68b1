//! `claim`: sentences that somebody should check against the record before the story goes out.

use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::claim::ClaimKind;
use crate::story::{FactName as _, Window};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "claim",
    Run::Local(run),
    &[choice(
        "kind",
        &[
            "absolute",
            "act",
            "amount",
            "cause",
            "comparison",
            "health",
            "history",
            "law",
            "prediction",
            "sequence",
            "statistic",
            "superlative",
            "trend",
        ],
        "the kind of claim: absolute, act, amount, cause, comparison, health, history, law, prediction, sequence, statistic, superlative or trend",
    )],
)];

/// Adds a hit for each claim of the param `kind` in a sentence that names no source.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let name = rule.text("kind").unwrap_or("superlative");
    for claim in window.claims.iter().filter(|claim| !claim.sourced) {
        let mut kinds = claim.kinds.iter().map(|(kind, _)| *kind);
        let Some(kind) = kinds.find(|kind| kind.fact_name() == name) else { continue };
        // The words that show it are marked: a whole sentence underlined says less.
        let Some(shown) = claim.shown_by(kind) else { continue };
        // What led to what is the better question of the two; one sentence needs only one.
        if kind == ClaimKind::Sequence && claim.shown_by(ClaimKind::Cause).is_some() {
            continue;
        }
        if window.paragraph(shown.paragraph()).kind.is_body() {
            out.push(Hit::at(shown).arg("found", window.slice(shown)));
        }
    }
}
