//! `quote-repeated`: one quote at two places of a story, with the same or with other words.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitFix, HitPlace, Rule, Run, choice};
use crate::story::quote::{Alike, Likeness};
use crate::story::{Quote, Story};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "quote-repeated",
    Run::AlikeQuotes(run),
    &[choice(
        "kind",
        &["same", "changed", "speakers"],
        "same (the same words twice), changed (nearly the same words) or speakers (the same words by two people)",
    )],
)];

/// A shorter quote may be a saying that the story comes back to.
const LEAST_SAME: usize = 8;

/// The param `kind` says what is looked for: `same`, `changed` or `speakers`.
pub(super) fn run(rule: &Rule, story: &Story, alike: &Alike) -> Option<Hit> {
    let kind = rule.text("kind").unwrap_or("same");
    compare(kind, story, story.quotes.get(alike.first)?, story.quotes.get(alike.second)?, alike.likeness)
}

fn compare(kind: &str, story: &Story, first: &Quote, second: &Quote, likeness: Likeness) -> Option<Hit> {
    let found = match (kind, likeness) {
        ("same", Likeness::Same(words)) => words >= LEAST_SAME && !two_people(first, second),
        ("changed", Likeness::Changed) => true,
        ("speakers", Likeness::Same(_)) => two_people(first, second),
        _ => false,
    };
    // A link names what it leads to by its title, and each of several links to it does.
    if !found || story.is_in_link(first.passage) && story.is_in_link(second.passage) {
        return None;
    }
    let name = |q: &Quote| {
        let person = q.speaker.as_ref().and_then(|s| s.person).and_then(|i| story.people.get(i));
        person.map_or(String::new(), |person| person.name.clone())
    };
    let mut hit = Hit::at(second.passage)
        .arg("first", name(first))
        .arg("second", name(second))
        .related(first.passage, "here for the first time");
    if kind == "changed" {
        let inner = |q: &Quote| Passage { span: q.inner, ..q.passage };
        let copied = story.slice(inner(first)).to_owned();
        hit.fixes.push(HitFix {
            title: "Take the words of the first place".to_owned(),
            applicability: Applicability::Suggested,
            edits: vec![(HitPlace::Prose(inner(second)), copied)],
        });
    }
    Some(hit)
}

fn two_people(first: &Quote, second: &Quote) -> bool {
    let person = |q: &Quote| q.speaker.as_ref().and_then(|s| s.person);
    matches!((person(first), person(second)), (Some(one), Some(other)) if one != other)
}
