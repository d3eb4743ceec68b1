//! One person, two spellings.

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::copy_mentions;
use crate::dictionary;
use crate::finding::{Applicability, Severity};
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Hit, HitPlace, Rule};
use crate::story::cues::names::has_inner_capital;
use crate::story::paragraph_index::Signs;
use crate::story::person::context::{first_name, is_saying, surname_of, tokens_around};
use crate::story::person::spelling::are_spellings_of_one;
use crate::story::person::{Gender, is_given_name};
use crate::story::{Person, Story};
use crate::text::{Span, are_anagrams};

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
    first_letters(story, out);
    surnames_that_return(story, out);
    capitals(story, out);
    super::first_names::lone_first_names(story, out);
    super::first_names::named_above(story, out);
    super::words::words(story, out);
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
    if are_spellings_of_one(&given.0, &given.1) {
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
            hit = hit.related(first.passage, format!("“{right}” appears here"));
        }
        hit = hit.replace(passage, right.clone(), Applicability::Suggested);
        if count(story, person) == 1 {
            hit = write_elsewhere(story, other, right, wrong, hit);
        }
        out.push(hit);
    }
}

/// `hit` with the fix that writes `wrong` for `right` in all mentions of `other`, in headlines and captions too: the spelling
/// that is rarer may be the right one. It is not offered where a quote has the name, in marks or in a block of its own: words
/// in quotes are not changed, and there would be two spellings still.
fn write_elsewhere(story: &Story, other: &Person, right: &str, wrong: &str, hit: Hit) -> Hit {
    let mut edits: Vec<(HitPlace, String)> = Vec::new();
    for mention in &other.mentions {
        let passage = mention.passage;
        let Some(at) = story.slice(passage).rfind(right) else { continue };
        if mention.quoted || story.kind(passage.paragraph()) == BlockKind::BlockQuote || edits.len() == MOST_PLACES {
            return hit;
        }
        let start = passage.span.start() + at;
        let span = Span::new(start, start + right.len());
        edits.push((HitPlace::Prose(Passage { paragraph: passage.paragraph, span }), wrong.to_owned()));
    }
    if edits.is_empty() {
        return hit;
    }
    hit.fix(format!("Write “{wrong}” elsewhere"), Applicability::Suggested, edits)
}

/// The first names of a story's people, in lower case.
fn first_names(story: &Story) -> FxHashSet<String> {
    story.people.iter().map(first_name).collect()
}

/// People who are named once, whose surname returns one slip away: “Judge Amy Garret”, and then “Garrett” throughout.
fn surnames_that_return(story: &Story, out: &mut Vec<Hit>) {
    let mut told: FxHashSet<usize> = FxHashSet::default();
    let first_names = LazyCell::new(|| first_names(story));
    for lone in story.lone_names.near_a_surname().filter(|lone| !lone.quoted && story.lone_names.count(lone.word) > 1) {
        let word = story.slice(lone.passage);
        let low = word.to_lowercase();
        let paragraph = story.paragraph(lone.passage.paragraph());
        // Whoever speaks is a person, and nobody else of the story bears the name.
        let behind = paragraph.low(tokens_around(paragraph, lone.passage.span).1);
        let speaks = is_saying(behind) || matches!(behind, "wrote" | "writes" | "ruled" | "argued" | "held");
        // `Garrett` is a given name as well, but nobody of the story bears it.
        if !speaks || is_given_name(&low) && first_names.contains(&low) {
            continue;
        }
        for at in story.spelling.near_surname(&low) {
            let Some(person) = story.people.get(at).filter(|person| !person.given.is_empty()) else { continue };
            let mut mentions = copy_mentions(story, person);
            let (Some(only), None) = (mentions.next(), mentions.next()) else { continue };
            if only.passage > lone.passage || !told.insert(at) || super::first_reference::is_common(story, &low) {
                continue;
            }
            let text = story.slice(only.passage);
            let Some(start) = text.rfind(person.surname.as_str()) else { continue };
            let start = only.passage.span.start() + start;
            let span = Span::new(start, start + person.surname.len());
            let passage = Passage { paragraph: only.passage.paragraph, span };
            let hit = Hit::at(passage)
                .arg("found", person.surname.clone())
                .arg("other", word)
                .related(lone.passage, format!("“{word}” appears here"))
                .at_most(Severity::Query);
            out.push(hit.replace(passage, word, Applicability::Suggested));
        }
    }
}

/// Surnames whose capitals differ: `Dibona`, `DiBona`. The commoner form is right, and of equally common ones the later.
fn capitals(story: &Story, out: &mut Vec<Hit>) {
    // Most stories have no such capital, and names are many.
    let has_inner_capitals = story.paragraphs_with(Signs::INNER_CAPITAL).next().is_some();
    let may_differ = |surname: &str| has_inner_capitals || surname.contains(char::is_whitespace);
    for person in story.people.iter().filter(|person| person.mentions.len() > 1 && may_differ(&person.surname)) {
        let own = person.surname.as_str();
        let forms =
            copy_mentions(story, person).filter(|m| story.kind(m.passage.paragraph()).is_body()).filter_map(|m| {
                let text = crate::prose::without_possessive(story.slice(m.passage));
                let start = text.len().checked_sub(own.len())?;
                let form = text.get(start..).filter(|form| form.eq_ignore_ascii_case(own))?;
                let start = m.passage.span.start() + start;
                Some((form, Passage { paragraph: m.passage.paragraph, span: Span::new(start, start + own.len()) }))
            });
        let mut differs = false;
        let mut all: Vec<(&str, Passage)> = Vec::new();
        for (form, passage) in forms {
            // A particle has a capital where a sentence opens: `Al-Awlaki`.
            differs |= form.chars().skip(1).ne(own.chars().skip(1));
            all.push((form, passage));
        }
        if !differs
            || all.iter().any(|(form, _)| !form.contains(char::is_lowercase))
            || !all.iter().any(|(form, _)| has_inner_capital(form))
        {
            continue;
        }
        let count = |form: &str| all.iter().filter(|(other, _)| *other == form).count();
        let Some((right, place)) = all.iter().copied().max_by_key(|&(form, passage)| (count(form), passage)) else {
            continue;
        };
        for &(form, passage) in
            all.iter().filter(|(form, _)| form.chars().skip(1).ne(right.chars().skip(1))).take(MOST_PLACES)
        {
            let hit = Hit::at(passage)
                .arg("found", form)
                .arg("other", right)
                .related(place, format!("“{right}” appears here"));
            out.push(hit.replace(passage, right, Applicability::Suggested));
        }
    }
}

/// Somebody who speaks once and is introduced nowhere, whose name has another first letter than that of somebody whom the story
/// names again and again: “Asker said”, of Esker. It may be another person, so it is asked.
fn first_letters(story: &Story, out: &mut Vec<Hit>) {
    let rest = |word: &str| word.chars().skip(1).flat_map(char::to_lowercase).collect::<String>();
    // Most stories have nobody who speaks once and is introduced nowhere.
    let by_rest = LazyCell::new(|| {
        let mut by_rest: FxHashMap<String, Vec<&Person>> = FxHashMap::default();
        for person in story.people.iter().filter(|p| p.surname.len() >= LEAST_REST && !p.given.is_empty()) {
            by_rest.entry(rest(&person.surname)).or_default().push(person);
        }
        by_rest
    });
    for lone in story.lone_names.surnames().filter(|lone| !lone.quoted && story.lone_names.count(lone.word) == 1) {
        let paragraph = story.paragraph(lone.passage.paragraph());
        if !is_saying(paragraph.low(tokens_around(paragraph, lone.passage.span).1)) {
            continue;
        }
        let low = story.slice(lone.passage).to_lowercase();
        let mut alike = by_rest.get(&rest(&low)).into_iter().flatten();
        let known = alike.find(|p| p.surname.to_lowercase() != low && count(story, p) >= OFTEN);
        let Some(&person) = known else { continue };
        if is_given_name(&low) || super::first_reference::is_common(story, &low) {
            continue;
        }
        let mut hit =
            Hit::at(lone.passage).arg("found", story.slice(lone.passage)).arg("other", person.surname.clone());
        if let Some(first) = copy_mentions(story, person).next() {
            hit = hit.related(first.passage, format!("“{}” appears here", story.slice(first.passage)));
        }
        out.push(hit.at_most(Severity::Query).replace(lone.passage, person.surname.clone(), Applicability::Suggested));
    }
}

/// Shorter names differ in their first letter by chance.
const LEAST_REST: usize = 5;

/// Whoever is named so often is well established.
const OFTEN: usize = 3;

/// A name of so many letters is not another one's with two letters swapped by chance.
const LONG_NAME: usize = 7;

/// Words with a capital that stand alone and are nobody's name, one slip from the surname of somebody.
fn lone_surnames(story: &Story, out: &mut Vec<Hit>) {
    // What returns is a name of its own.
    let once = story.lone_names.near_a_surname().filter(|lone| !lone.quoted && story.lone_names.count(lone.word) == 1);
    let lone: FxHashMap<String, Passage> =
        once.map(|lone| (story.slice(lone.passage).to_lowercase(), lone.passage)).collect();
    let first_names = LazyCell::new(|| first_names(story));
    for (word, &passage) in &lone {
        if super::first_reference::is_common(story, word) {
            continue;
        }
        // “Finchy” is what Finch is called by friends.
        let is_nickname = |person: &Person| {
            let own = surname_of(person);
            word.strip_prefix(own.as_str()).is_some_and(|end| matches!(end, "y" | "ie" | "ey"))
        };
        let paragraph = story.paragraph(passage.paragraph());
        // Whoever speaks is a person, so one mention of the other spelling is enough; who has or had done something nearly as surely.
        let behind = paragraph.low(tokens_around(paragraph, passage.span).1);
        let (speaks, acts) = (is_saying(behind), matches!(behind, "has" | "had"));
        // A surname that is a given name as well: nobody of the story may bear it as such.
        if is_given_name(word) && (!speaks && !acts || first_names.contains(word)) {
            continue;
        }
        // A word that no dictionary has, and that has the letters of a longer name in another order or lacks one, is one as well.
        let is_garbled = |person: &Person| {
            let own = surname_of(person);
            word.len() >= LONG_NAME
                && (are_anagrams(word, &own) || own.len() == word.len() + 1)
                && dictionary::entry(word).is_none()
        };
        let least = |person: &Person| if speaks || acts || is_garbled(person) { 1 } else { 2 };
        let near = story.spelling.near_surname(word).into_iter().filter_map(|at| story.people.get(at));
        let candidate =
            near.into_iter().find(|person| !person.given.is_empty() && count(story, person) >= least(person));
        let Some(person) = candidate.filter(|person| !is_nickname(person)) else { continue };
        let surname = person.surname.clone();
        let mut hit = Hit::at(passage).arg("found", story.slice(passage)).arg("other", surname.clone());
        if let Some(first) = copy_mentions(story, person).next() {
            hit = hit.related(first.passage, format!("“{}” appears here", story.slice(first.passage)));
        }
        if count(story, person) == 1 && !speaks {
            hit = hit.at_most(Severity::Query);
        }
        hit = hit.replace(passage, surname.clone(), Applicability::Suggested);
        // Of two places either may be the wrong one.
        if count(story, person) == 1 {
            hit = write_elsewhere(story, person, &surname, story.slice(passage), hit);
        }
        out.push(hit);
    }
}
