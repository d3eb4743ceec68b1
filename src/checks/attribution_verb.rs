//! `attribution-verb`: verbs of saying that color what is said, as the cue of a quote.

use super::{Hit, Place};
use crate::finding::Applicability;
use crate::rules::Rule;
use crate::story::Story;
use crate::story::quote::{Basis, QuoteKind};

/// Adds a hit for each cue of a quote that is among the param `verbs` (in lower case, each form by itself).
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut last = None;
    for quote in story.quotes {
        let beside = matches!(quote.basis, Basis::Ahead | Basis::Behind);
        let Some(cue) = quote.cue.filter(|_| beside && matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial))
        else {
            continue;
        };
        if last == Some(cue) || !story.paragraph(cue.paragraph()).kind.is_body() {
            continue;
        }
        last = Some(cue);
        let written = story.slice(cue);
        let low = written.to_lowercase();
        if !rule.strings("verbs").any(|verb| verb == low) {
            continue;
        }
        // `asked to explain, Ruiz …`: only finite forms are listed, so the tense shows in the ending.
        let plain = if low.ends_with('s') { "says" } else { "said" };
        let hit = Hit::at(cue).arg("found", written).arg("use", plain);
        out.push(hit.fix(
            format!("Replace with “{plain}”"),
            Applicability::Suggested,
            vec![(Place::Prose(cue), plain.to_owned())],
        ));
    }
}
