//! One person, two spellings.

use rustc_hash::FxHashMap;

use super::{copy_mentions, first_name, in_quotes, mention_at, surname_of};
use crate::checks::Hit;
use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::Rule;
use crate::story::person::{Gender, is_given_name};
use crate::story::{Person, Story};
use crate::text::{Span, are_comparable};

/// Shorter names lie too near to each other to say anything.
const SHORTEST: usize = 5;
/// How many people of one name are compared: a bound on hostile texts.
const MOST: usize = 16;

/// People by what their names look like with one letter left out, so that names one slip apart meet.
pub(in crate::checks) struct Spelling<'s> {
    people: Vec<&'s Person>,
    by_slip: FxHashMap<u64, Vec<usize>>,
    by_surname: FxHashMap<String, Vec<usize>>,
}

impl<'s> Spelling<'s> {
    /// Indexes `people`.
    pub(in crate::checks) fn index(people: impl Iterator<Item = &'s Person>) -> Self {
        let mut index =
            Self { people: people.collect(), by_slip: FxHashMap::default(), by_surname: FxHashMap::default() };
        for (at, person) in index.people.iter().enumerate() {
            let surname = surname_of(person);
            if surname.chars().count() >= SHORTEST {
                for key in slips(&surname) {
                    index.by_slip.entry(key).or_default().push(at);
                }
            }
            index.by_surname.entry(surname).or_default().push(at);
        }
        index
    }

    /// The people whose surname is one slip from `surname`, in the order of their first mention.
    pub(in crate::checks) fn near_surname(&self, surname: &str) -> impl Iterator<Item = &'s Person> + use<'s> {
        let mut found: Vec<usize> = Vec::new();
        if surname.chars().count() >= SHORTEST {
            for slip in slips(surname) {
                found.extend(self.by_slip.get(&slip).into_iter().flatten().take(MOST));
            }
        }
        found.sort_unstable();
        found.dedup();
        let fits = |person: &&Person| near(surname, &surname_of(person));
        let people: Vec<&Person> = found.iter().filter_map(|&at| self.people.get(at).copied()).filter(fits).collect();
        people.into_iter()
    }

    /// The people whose surname is the one of `person`, or one slip from it.
    pub(in crate::checks) fn alike(&self, person: &Person) -> impl Iterator<Item = &'s Person> + use<'s> {
        let surname = surname_of(person);
        let same: Vec<&Person> = self
            .by_surname
            .get(&surname)
            .into_iter()
            .flatten()
            .take(MOST)
            .filter_map(|&at| self.people.get(at).copied())
            .collect();
        same.into_iter().chain(self.near_surname(&surname))
    }
}

/// The hashes of `word`, and of `word` with each of its letters left out. Two words one slip apart have one of these in
/// common.
fn slips(word: &str) -> impl Iterator<Item = u64> {
    let left_out = |(at, c): (usize, char)| (&word[..at], word.get(at + c.len_utf8()..).unwrap_or(""));
    let texts = word.char_indices().take(24).map(left_out).chain([(word, "")]);
    let mut last = None;
    texts.map(|(before, after)| hash_on(hash_on(0, before), after)).filter(move |&hash| {
        // Of two letters that are the same, either may be left out.
        last.replace(hash) != Some(hash)
    })
}

/// The hash of what has this hash, followed by `text`.
fn hash_on(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5))
}

/// Whether two different words (lower case) of five letters or more are one slip apart: a letter more, less, other, or
/// two swapped. The first letter is seldom the wrong one, and a plural or possessive `s` is no slip.
pub(in crate::checks) fn near(a: &str, b: &str) -> bool {
    let count = |word: &str| word.chars().count();
    a != b
        && count(a).min(count(b)) >= SHORTEST - 1
        && count(a).max(count(b)) >= SHORTEST
        && a.chars().next() == b.chars().next()
        && a.strip_suffix('s') != Some(b)
        && b.strip_suffix('s') != Some(a)
        && are_comparable(a, b)
        && strsim::damerau_levenshtein(a, b) == 1
}

/// `names-spelling-differs`: people whose names are one slip apart, and lone surnames one slip from somebody's.
pub(in crate::checks) fn spelling_differs(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let index = Spelling::index(story.people.iter().filter(|person| copy_mentions(story, person).next().is_some()));
    for person in &index.people {
        if person.given.is_empty() {
            continue;
        }
        let other = index.alike(person).find(|other| is_same_person(story, person, other));
        if let Some(other) = other {
            full_names(story, person, other, out);
        }
    }
    lone_surnames(story, &index, out);
}

fn count(story: &Story, person: &Person) -> usize {
    copy_mentions(story, person).count()
}

/// Whether `other` is the better established spelling of what looks like one person.
fn is_same_person(story: &Story, person: &Person, other: &Person) -> bool {
    if std::ptr::eq(person, other) || other.given.is_empty() {
        return false;
    }
    let (given, surname) = ((first_name(person), first_name(other)), (surname_of(person), surname_of(other)));
    let slip = if given.0 == given.1 {
        near(&surname.0, &surname.1)
    } else {
        surname.0 == surname.1 && near(&given.0, &given.1)
    };
    if !slip || person.given.ends_with('.') || other.given.ends_with('.') {
        return false;
    }
    // Counting comes last, because it walks through all mentions.
    let (mine, theirs) = (count(story, person), count(story, other));
    let first = |p: &Person| copy_mentions(story, p).next().map(|m| m.passage);
    if mine > theirs || mine == theirs && first(person) <= first(other) {
        return false;
    }
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
fn lone_surnames(story: &Story, index: &Spelling, out: &mut Vec<Hit>) {
    let mut lone: FxHashMap<String, Vec<Passage>> = FxHashMap::default();
    for (at, read) in story.paragraphs.iter().enumerate() {
        for name in read.names.names.iter().filter(|n| n.given.is_none()) {
            let passage = Passage::new(at, name.surname);
            if super::in_copy(story, passage) && mention_at(story, at, name.span.start).is_none() {
                lone.entry(story.slice(passage).to_lowercase()).or_default().push(passage);
            }
        }
    }
    let common = super::first_reference::common_words(story, lone.keys().map(String::as_str));
    for (word, places) in &lone {
        // What returns is a name of its own.
        let [passage] = places[..] else { continue };
        if common.contains(word.as_str()) || is_given_name(word) || in_quotes(story, passage) {
            continue;
        }
        let paragraph = story.paragraph(passage.paragraph());
        // Whoever speaks is a person, so one mention of the other spelling is enough.
        let speaks = super::is_saying(paragraph.low(super::tokens_around(paragraph, passage.span).1));
        let least = if speaks { 1 } else { 2 };
        let candidate =
            index.near_surname(word).find(|person| !person.given.is_empty() && count(story, person) >= least);
        let Some(person) = candidate else { continue };
        let surname = person.surname.clone();
        let mut hit = Hit::at(passage).arg("found", story.slice(passage)).arg("other", surname.clone());
        if let Some(first) = copy_mentions(story, person).next() {
            hit = hit.related(first.passage, format!("“{}” stands here", story.slice(first.passage)));
        }
        out.push(hit.replace(passage, surname, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn slips_are_near_and_other_names_are_not() {
        for (a, b) in [("khalidi", "khaldi"), ("okafor", "okafro"), ("finch", "fynch")] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in
            [("finch", "pinch"), ("adam", "adan"), ("robert", "roberts"), ("ruiz", "ruiz"), ("khalidi", "kalid")]
        {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
