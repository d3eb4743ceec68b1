//! `single-source`: all quotes of a longer story are one person's.

use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::source::SourceKind;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("single-source", Run::Story(run), &[])];

/// Fewer quotes than this do not make a pattern.
const LEAST_QUOTES: usize = 3;
/// Shorter stories may well rest on one person.
const LEAST_WORDS: usize = 300;

/// Adds one hit at the first quote when every quote is by the same person and nobody else is a source.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if !story.words_at_least(|kind| kind.is_body(), LEAST_WORDS) {
        return;
    }
    let people: Vec<Option<usize>> = story.quotes.iter().filter_map(|q| Some(q.speaker.as_ref()?.person)).collect();
    let Some(Some(only)) = people.first().copied() else { return };
    let others = story.sources.iter().any(|source| source.person != Some(only) && source.kind != SourceKind::Vague);
    if people.len() < LEAST_QUOTES || people.iter().any(|&person| person != Some(only)) || others {
        return;
    }
    let name = story.people.get(only).map_or("", |person| person.name.as_str());
    let first = story.quotes.iter().find(|q| q.speaker.as_ref().is_some_and(|s| s.person == Some(only)));
    let Some(passage) = first.and_then(|q| q.speaker.as_ref()).map(|s| s.passage) else { return };
    out.push(Hit::at(passage).arg("name", name).arg("count", people.len().to_string()));
}
