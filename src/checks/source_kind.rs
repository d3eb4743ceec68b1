//! `source-kind`: sources nobody can be asked about: people without a name, “reports”, the passive voice.

use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::markup::BlockKind;
use crate::rules::{Check, Hit, Rule, Run, choice, text};
use crate::story::source::SourceKind;
use crate::story::{Source, Window};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "source-kind",
    Run::Local(run),
    &[
        choice("kind", &["unnamed", "no-reason", "vague", "no-agent"], "unnamed, no-reason, vague or no-agent"),
        text("ask", "what a fix inserts, in square brackets"),
    ],
)];

/// The param `kind` says what is looked for: `unnamed`, `no-reason`, `vague` or `no-agent`. The param `ask`, when it
/// is given, is what a fix inserts behind the source.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let wanted = rule.text("kind").unwrap_or("unnamed");
    for source in window.sources.iter().filter(|source| is_wanted(wanted, source)) {
        if wanted == "unnamed" && is_public(window.slice(source.passage)) {
            continue;
        }
        if window.paragraph(source.passage.paragraph()).is_in_address(source.passage.span) {
            continue;
        }
        let mut hit = Hit::at(source.passage).arg("found", window.slice(source.passage));
        // In running copy “reports” may be papers that somebody filed; a sourcing line leaves no doubt.
        if wanted == "vague" && window.paragraph(source.passage.paragraph()).kind != BlockKind::SourceLine {
            hit = hit.at_most(Severity::Query);
        }
        let end = source.passage.span.end;
        out.push(match rule.text("ask") {
            Some(ask) => {
                hit.insert(source.passage, end, format!(" [{ask}]"), format!("Ask: {ask}"), Applicability::Query)
            }
            None => hit,
        });
    }
}

/// `Many Democrats`, `voters`: a part of the public that says what it thinks, and not somebody who knows.
fn is_public(found: &str) -> bool {
    let last = found.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    lexicon::checks::GROUPS.contains(last.as_str())
}

fn is_wanted(wanted: &str, source: &Source) -> bool {
    match wanted {
        "no-reason" => source.reason_given == Some(false),
        "vague" => source.kind == SourceKind::Vague,
        "no-agent" => source.kind == SourceKind::NoAgent,
        // Where the copy speaks of names at all, `no-reason` asks the better question.
        _ => matches!(source.kind, SourceKind::Unnamed | SourceKind::Anonymous) && source.reason_given.is_none(),
    }
}
