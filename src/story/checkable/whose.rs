//! Of whom a fact is said: by the names in its sentence, by a pronoun, and whatever name somebody bore before.

use super::Fact;
use crate::story::Story;
use crate::story::evidence::{Renamed, before_else_behind, is_of_another, renamed};
use crate::story::person::Gender;
use crate::story::person::pronoun::{antecedent, subject_before};
use crate::text::Span;

/// How many paragraphs back the person of a pronoun may have been named.
const REACH: usize = 3;

/// The most people whose other names are known of one text: each is looked for among all.
const MOST_RENAMED: usize = 64;

/// The most mentions of a paragraph at which one pronoun looks.
const MOST_MENTIONS: usize = 32;

/// Whoever is named nearest before `span` in its sentence, or else nearest behind it; else whom a pronoun there stands for. `same` says
/// of each of the story's people who that is (see [`one_each`]).
pub(super) fn person_of(story: &Story, number: usize, span: Span, same: &[usize]) -> Option<usize> {
    let paragraph = story.paragraph(number);
    let sentence = paragraph.sentence_at(span.start)?.span;
    let own = story
        .people_at(number)
        .filter(|(_, passage)| sentence.contains(passage.span) && !is_of_another(paragraph, passage.span));
    let nearest = own.min_by_key(|(_, passage)| before_else_behind(passage.span, span));
    nearest.map(|(person, _)| person).or_else(|| by_pronoun(story, number, (sentence, span), same))
}

/// For whom the last `he` or `she` before `span` in its sentence stands.
fn by_pronoun(story: &Story, number: usize, (sentence, span): (Span, Span), same: &[usize]) -> Option<usize> {
    let read = story.paragraphs.get(number)?;
    let gender = subject_before(&read.paragraph, &read.names.pronouns, (sentence, span))?;
    antecedent_of(story, number, (sentence, gender), same)
}

/// Who is meant by the pronoun on `span`.
pub(super) fn of_pronoun(story: &Story, number: usize, span: Span, same: &[usize]) -> Option<usize> {
    let read = story.paragraphs.get(number)?;
    let &(_, gender) = read.names.pronouns.iter().find(|(at, _)| *at == span)?;
    let sentence = read.paragraph.sentence_at(span.start)?.span;
    antecedent_of(story, number, (sentence, gender), same)
}

/// Whom a pronoun of this gender in this sentence stands for.
fn antecedent_of(story: &Story, number: usize, (sentence, gender): (Span, Gender), same: &[usize]) -> Option<usize> {
    let of = |person: usize| story.people.get(person);
    let fits = |person: usize| of(person).is_some_and(|p| p.gender == gender || p.gender == Gender::Unknown);
    let places = (number.saturating_sub(REACH)..=number).rev();
    let named = places.flat_map(|place| {
        let mut named: Vec<_> = story.people_at(place).collect();
        named.sort_unstable_by_key(|(_, passage)| std::cmp::Reverse(passage.span.start));
        named.retain(|(_, passage)| place != number || passage.span.start < sentence.start);
        let fitting = named.into_iter().take(MOST_MENTIONS).filter(|(person, _)| fits(*person));
        fitting.filter_map(move |(person, passage)| {
            let here = story.paragraph(place).sentence_at(passage.span.start)?.span;
            Some((same.get(person).copied().unwrap_or(person), (place, here)))
        })
    });
    let surname = |person: usize| of(person).map(|person| &person.surname);
    antecedent(
        named,
        |&person| of(person).is_some_and(|person| person.gender == gender),
        |&one, &other| surname(one) == surname(other),
    )
}

/// Whom the story says to have borne other names, of the first ones.
pub(super) fn renamed_in(story: &Story) -> Vec<Renamed> {
    let all = story.paragraphs.iter().flat_map(|read| renamed(&read.paragraph, &read.names.names));
    all.take(MOST_RENAMED).collect()
}

/// For each of the story's people, who that is under the name that the story gives first.
pub(super) fn one_each(story: &Story) -> Vec<usize> {
    let mut same: Vec<usize> = (0..story.people.len()).collect();
    for renamed in renamed_in(story) {
        let find = |surname: &str| {
            story.people.iter().position(|person| {
                person.surname.to_lowercase() == surname && person.given.to_lowercase().starts_with(&renamed.given)
            })
        };
        if let (Some(one), Some(other)) = (find(&renamed.surname), find(&renamed.other)) {
            let (first, second) = (one.min(other), one.max(other));
            same[second] = same[first];
        }
    }
    same
}

/// The surnames, in lower case, of whom the fact is about: the one that the story gives, and those that the story or a source says
/// to be the same person's.
pub(super) fn surnames(story: &Story, fact: &Fact, renamed: &[Renamed]) -> Vec<String> {
    let Some(person) = fact.person.and_then(|at| story.people.get(at)) else { return Vec::new() };
    let surname = person.surname.to_lowercase();
    let given = person.given.to_lowercase();
    let is_same = |renamed: &&Renamed| given.is_empty() || given.starts_with(&renamed.given);
    let told = story.material.evidence().iter().flat_map(|evidence| &evidence.renamed);
    let others = renamed
        .iter()
        .chain(told.take(MOST_RENAMED))
        .filter(is_same)
        .filter_map(|renamed| renamed.other_than(&surname));
    let mut all: Vec<String> = Vec::new();
    for name in std::iter::once(surname.as_str()).chain(others) {
        let last = name.split_whitespace().last().unwrap_or_default().to_owned();
        if !last.is_empty() && !all.contains(&last) {
            all.push(last);
        }
    }
    all
}
