//! One person, two spellings.

use rustc_hash::FxHashMap;

use super::{copy_mentions, first_name, surname_of};
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

/// The surnames of a story's people, by what they look like with one letter left out, so that names one slip apart meet.
///
/// People are told by their index in the story.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    /// In lower case, by person.
    surnames: Vec<String>,
    /// Hashes with the people whose surname has them, in order.
    by_slip: Vec<(u64, u32)>,
    /// Two people whose full names are one slip apart, both ways round, in order.
    alike: Vec<(usize, usize)>,
}

impl Spelling {
    /// Indexes `people`.
    pub(crate) fn index(people: &[Person]) -> Self {
        let surnames: Vec<String> = people.iter().map(surname_of).collect();
        let mut by_slip = Vec::new();
        for (at, surname) in surnames.iter().enumerate() {
            // Shorter names are looked up as they are.
            let slips = slips(surname).filter(|_| is_telling(surname));
            by_slip.extend(slips.chain([hash_on(0, surname)]).map(|hash| (hash, at as u32)));
        }
        by_slip.sort_unstable();
        by_slip.dedup();
        let mut index = Self { surnames, by_slip, alike: Vec::new() };
        index.alike = index.pairs(people);
        index
    }

    /// The surname of person `at`, in lower case.
    pub(in crate::checks) fn surname(&self, at: usize) -> &str {
        self.surnames.get(at).map_or("", String::as_str)
    }

    /// The people whose surname is one slip from `surname` (lower case), in the order of their first mention.
    pub(in crate::checks) fn near_surname(&self, surname: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        if is_telling(surname) {
            for slip in slips(surname) {
                found.extend(self.with_hash(slip).take(MOST));
            }
            found.sort_unstable();
            found.dedup();
        }
        found.retain(|&at| self.surnames.get(at).is_some_and(|other| near(surname, other)));
        found
    }

    /// The people whose surname is the one of person `at`, and then those one slip from it.
    pub(in crate::checks) fn alike(&self, at: usize) -> Vec<usize> {
        let Some(surname) = self.surnames.get(at) else { return Vec::new() };
        let is_same = |other: &usize| self.surnames.get(*other) == Some(surname);
        let mut found: Vec<usize> = self.with_hash(hash_on(0, surname)).filter(is_same).take(MOST).collect();
        found.extend(self.near_surname(surname));
        found
    }

    fn with_hash(&self, hash: u64) -> impl Iterator<Item = usize> {
        let start = self.by_slip.partition_point(|&(other, _)| other < hash);
        let found = self.by_slip.iter().skip(start).take_while(move |&&(other, _)| other == hash);
        found.map(|&(_, at)| at as usize)
    }

    fn pairs(&self, people: &[Person]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (at, person) in people.iter().enumerate().filter(|(_, person)| !person.given.is_empty()) {
            let others = self.alike(at).into_iter().filter(|&other| other != at);
            pairs
                .extend(others.filter(|&other| people.get(other).is_some_and(|o| is_slip(person, o))).map(|o| (at, o)));
        }
        pairs
    }
}

/// Whether a name is long enough to be told from another by one letter.
fn is_telling(name: &str) -> bool {
    name.chars().count() >= SHORTEST
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
    for pairs in story.spelling.alike.chunk_by(|a, b| a.0 == b.0) {
        let people = pairs.iter().filter_map(|&(one, other)| Some((story.people.get(one)?, story.people.get(other)?)));
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

/// Whether two people's full names are one slip apart.
fn is_slip(person: &Person, other: &Person) -> bool {
    let (given, surname) = ((first_name(person), first_name(other)), (surname_of(person), surname_of(other)));
    let slip = if given.0 == given.1 {
        near(&surname.0, &surname.1)
    } else {
        surname.0 == surname.1 && near(&given.0, &given.1)
    };
    slip && !other.given.is_empty() && !person.given.ends_with('.') && !other.given.ends_with('.')
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
        let speaks = super::is_saying(paragraph.low(super::tokens_around(paragraph, passage.span).1));
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
