//! Findings as one JSON object.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{CheckedStory, JsonRange};
use crate::finding::{Finding, Severity};
use crate::story::checkable::{FactStatus, Tally};
use crate::text::LineIndex;

/// Writes the findings of `stories` that are at least as severe as `show`.
pub fn json(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    // Written one by one: as a whole, the findings of a long text would take hundreds of times its size in memory.
    write!(out, "{{\"findings\":[")?;
    let mut separator = "";
    for story in stories {
        let lines = LineIndex::new(&story.source);
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            write!(out, "{separator}")?;
            serde_json::to_writer(&mut *out, &one(story, finding, &lines))?;
            separator = ",";
        }
    }
    let mut summary = json!({
        "stories": stories.len(),
        "words": stories.iter().map(|story| story.words).sum::<usize>(),
        "fixes": stories.iter().map(|story| story.fixes).sum::<usize>(),
        "failed": stories.iter().any(CheckedStory::fails),
    });
    let tallies: Vec<Value> =
        stories.iter().filter_map(|story| Some(tally(story.facts.as_ref()?, &story.name))).collect();
    if !tallies.is_empty() {
        summary["facts"] = tallies.into();
    }
    write!(out, "],\"summary\":")?;
    serde_json::to_writer(&mut *out, &summary)?;
    writeln!(out, "}}")
}

/// How many facts of the story called `name` are checked, and what of which kinds is not.
fn tally(tally: &Tally, name: &str) -> Value {
    let counts: Map<String, Value> =
        FactStatus::ALL.iter().map(|&status| (status.as_str().to_owned(), tally.count(status).into())).collect();
    let kinds = |status| -> Map<String, Value> {
        tally.of_status(status).into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count.into())).collect()
    };
    let pending: Map<String, Value> =
        tally.pending().map(|status| (status.as_str().to_owned(), kinds(status).into())).collect();
    json!({ "file": name, "total": tally.total(), "counts": counts, "pending": pending })
}

pub(super) fn one(story: &CheckedStory, finding: &Finding, lines: &LineIndex) -> Value {
    let text = story.source.as_str();
    let range = |range| JsonRange::new(range, text, lines);
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| json!({ "range": range(&edit.range), "text": edit.text }));
        json!({
            "title": fix.title,
            "applicability": fix.applicability,
            "edits": edits.collect::<Vec<_>>(),
        })
    });
    let related = finding.related.iter().map(|r| json!({ "range": range(&r.range), "message": r.message }));
    json!({
        "file": story.name,
        "rule": *finding.rule,
        "severity": finding.severity,
        "range": range(&finding.range),
        "message": finding.message,
        "assumed": finding.assumed,
        "related": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
    })
}
