//! One person, two spellings.

use rustc_hash::FxHashMap;

use super::copy_mentions;
use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::person::context::{first_name, is_saying, surname_of, tokens_around};
use crate::story::person::{Gender, is_given_name};
use crate::story::{Person, Story};
use crate::text::Span;

/// `names-spelling-differs`: people whose names are one slip apart, and lone surnames one slip from somebody's.
pub(in crate::checks) fn spelling_differs(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for pairs in story.spelling.alike.chunk_by(|a, b| a.0 == b.0) {
        let person = |at: u32| story.people.get(at as usize);
        let people = pairs.iter().filter_map(|&(one, other)| Some((person(one)?, person(other)?)));
        if let Some((person, other)) = people.into_iter().find(|(person, other)| is_better_known(story, other, person))
        {
            full_names(story, person, other, out);
        }
    }
    lone_surnames(story, out);
}

fn count(story: &Story, person: &Person) -> usize {
    copy_mentions(story, person).count()
}

/// Whether `other`, whose name is one slip from that of `person`, is the better established spelling of what looks like
/// one person.
fn is_better_known(story: &Story, other: &Person, person: &Person) -> bool {
    let (mine, theirs) = (count(story, person), count(story, other));
    let first = |p: &Person| copy_mentions(story, p).next().map(|m| m.passage);
    if mine == 0 || theirs == 0 || mine > theirs || mine == theirs && first(person) <= first(other) {
        return false;
    }
    let given = (first_name(person), first_name(other));
    if given.0 == given.1 {
        return true;
    }
    // Brothers and sisters bear names like these, so it takes more: one stray mention, and not two genders.
    let genders = [person.gender, other.gender];
    let two_genders = genders.contains(&Gender::Male) && genders.contains(&Gender::Female);
    mine == 1 && theirs > 1 && !two_genders && !ends_in_a(&given.0, &given.1)
}

/// `Mario` and `Maria`, `Erik` and `Erika` are two people.
fn ends_in_a(a: &str, b: &str) -> bool {
    a.ends_with('a') != b.ends_with('a') || a.ends_with('e') != b.ends_with('e')
}

/// At most this many places of one misspelt name are shown.
const MOST_PLACES: usize = 8;

fn full_names(story: &Story, person: &Person, other: &Person, out: &mut Vec<Hit>) {
    let same_surname = surname_of(person) == surname_of(other);
    let (wrong, right) = if same_surname { (&person.given, &other.given) } else { (&person.surname, &other.surname) };
    let tie = count(story, person) == count(story, other);
    for mention in copy_mentions(story, person).take(MOST_PLACES) {
        let text = story.slice(mention.passage);
        let Some(at) = text.rfind(wrong.as_str()) else { continue };
        let start = mention.passage.span.start + at as u32;
        let span = Span { start, end: start + wrong.len() as u32 };
        let passage = Passage { paragraph: mention.passage.paragraph, span };
        let mut hit = Hit::at(passage).arg("found", wrong.clone()).arg("other", right.clone());
        if same_surname || tie {
            hit = hit.at_most(Severity::Query);
        }
        if let Some(first) = copy_mentions(story, other).next() {
            hit = hit.related(first.passage, format!("“{right}” stands here"));
        }
        out.push(hit.replace(passage, right.clone(), Applicability::Suggested));
    }
}

/// Words with a capital that stand alone and are nobody's name, one slip from the surname of somebody.
fn lone_surnames(story: &Story, out: &mut Vec<Hit>) {
    // What returns is a name of its own.
    let once = story.lone_names.near_a_surname().filter(|lone| !lone.quoted && story.lone_names.count(lone.word) == 1);
    let lone: FxHashMap<String, Passage> =
        once.map(|lone| (story.slice(lone.passage).to_lowercase(), lone.passage)).collect();
    for (word, &passage) in &lone {
        if is_given_name(word) || super::first_reference::is_common(story, word) {
            continue;
        }
        let paragraph = story.paragraph(passage.paragraph());
        // Whoever speaks is a person, so one mention of the other spelling is enough.
        let speaks = is_saying(paragraph.low(tokens_around(paragraph, passage.span).1));
        let least = if speaks { 1 } else { 2 };
        let near = story.spelling.near_surname(word).into_iter().filter_map(|at| story.people.get(at));
        let candidate = near.into_iter().find(|person| !person.given.is_empty() && count(story, person) >= least);
        let Some(person) = candidate else { continue };
        let surname = person.surname.clone();
        let mut hit = Hit::at(passage).arg("found", story.slice(passage)).arg("other", surname.clone());
        if let Some(first) = copy_mentions(story, person).next() {
            hit = hit.related(first.passage, format!("“{}” stands here", story.slice(first.passage)));
        }
        out.push(hit.replace(passage, surname, Applicability::Suggested));
    }
}
