//! One person, two spellings.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{copy_mentions, first_name, surname_of};
use crate::checks::Hit;
use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::Rule;
use crate::story::person::{Gender, Renumbered, is_given_name};
use crate::story::{Person, Story};
use crate::text::{Span, are_comparable, mix};

/// Shorter names lie too near to each other to say anything.
const SHORTEST: usize = 5;
/// How many people of one name are compared: a bound on hostile texts.
const MOST: usize = 16;

/// The names of a story's people, by what they look like with one letter left out, so that names one slip apart meet.
///
/// People are told by their index in the story.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    /// By person.
    names: Vec<Low>,
    /// Hashes with the people whose surname has them, in order.
    by_slip: Vec<(u64, u32)>,
    /// Hashes with the people of whose full name one part has them and the other part is the same, in order.
    by_full_slip: Vec<(u64, u32)>,
    /// Two people whose full names are one slip apart, both ways round, in order.
    alike: Vec<(u32, u32)>,
}

/// A person's name in lower case.
#[derive(Clone, Debug, Default, PartialEq)]
struct Low {
    /// The first given name; empty when no full name can be compared.
    given: String,
    surname: String,
}

impl Low {
    fn of(person: &Person) -> Self {
        // Initials say too little.
        let given = if person.given.ends_with('.') { String::new() } else { first_name(person) };
        Self { given, surname: surname_of(person) }
    }

    /// Whether the full names are one slip apart.
    fn is_slip_of(&self, other: &Self) -> bool {
        let slip = if self.given == other.given {
            near(&self.surname, &other.surname)
        } else {
            self.surname == other.surname && near(&self.given, &other.given)
        };
        slip && !self.given.is_empty() && !other.given.is_empty()
    }

    /// Adds hashes of which names one slip apart have one in common.
    fn full_slips(&self, at: u32, all: &mut Vec<(u64, u32)>) {
        for (rest, part) in [(&self.surname, &self.given), (&self.given, &self.surname)] {
            // Shorter names are never a slip of another.
            if part.chars().count() >= SHORTEST - 1 {
                let rest = hash_on(hash_on(0, rest), " ");
                all.extend(slips(part).map(|slip| (mix(rest, slip), at)));
            }
        }
    }
}

impl Spelling {
    /// Indexes `people`.
    pub(crate) fn index(people: &[Person]) -> Self {
        let mut index = Self { names: people.iter().map(Low::of).collect(), ..Self::default() };
        index.add(&(0..people.len()).collect::<Vec<_>>());
        index
    }

    /// Brings the index up to date for the people who are there `now`, and gives the surnames that came or went.
    pub(crate) fn follow(&mut self, renumbered: &Renumbered, now: &[Person]) -> FxHashSet<String> {
        let mut names: Vec<Option<Low>> = vec![None; now.len()];
        let mut gone = FxHashSet::default();
        for (at, low) in self.names.drain(..).enumerate() {
            match renumbered.kept(at).and_then(|at| names.get_mut(at)) {
                Some(name) => *name = Some(low),
                None => {
                    gone.insert(low.surname);
                }
            }
        }
        let new: Vec<usize> = (0..now.len()).filter(|&at| names.get(at).is_some_and(Option::is_none)).collect();
        self.names = names.into_iter().zip(now).map(|(low, person)| low.unwrap_or_else(|| Low::of(person))).collect();
        let kept = |at: u32| renumbered.kept(at as usize).map(|at| at as u32);
        for by_slip in [&mut self.by_slip, &mut self.by_full_slip] {
            *by_slip = by_slip.iter().filter_map(|&(hash, at)| Some((hash, kept(at)?))).collect();
        }
        self.add(&new);
        let came: FxHashSet<String> = new.iter().map(|&at| self.surname(at).to_owned()).collect();
        came.symmetric_difference(&gone).cloned().collect()
    }

    /// Indexes the names of `new` people.
    fn add(&mut self, new: &[usize]) {
        for (at, low) in new.iter().filter_map(|&at| Some((at as u32, self.names.get(at)?))) {
            // Shorter names are looked up as they are.
            let slips = slips(&low.surname).filter(|_| is_telling(&low.surname));
            self.by_slip.extend(slips.chain([hash_on(0, &low.surname)]).map(|hash| (hash, at)));
            if !low.given.is_empty() {
                low.full_slips(at, &mut self.by_full_slip);
            }
        }
        // Those that were there are in order already, which a stable sort makes use of.
        for by_slip in [&mut self.by_slip, &mut self.by_full_slip] {
            by_slip.sort();
            by_slip.dedup();
        }
        let meet = self.by_full_slip.chunk_by(|one, other| one.0 == other.0).filter(|people| people.len() > 1);
        let pairs = meet.flat_map(|people| people.iter().flat_map(|one| people.iter().map(|other| (one.1, other.1))));
        let low = |at: u32| self.names.get(at as usize);
        let is_slip =
            |&(one, other): &(u32, u32)| low(one).zip(low(other)).is_some_and(|(one, other)| one.is_slip_of(other));
        self.alike = pairs.filter(is_slip).collect();
        self.alike.sort_unstable();
        self.alike.dedup();
    }

    /// The surname of person `at`, in lower case.
    pub(in crate::checks) fn surname(&self, at: usize) -> &str {
        self.names.get(at).map_or("", |low| low.surname.as_str())
    }

    /// The people whose surname is one slip from `surname` (lower case), in the order of their first mention.
    pub(in crate::checks) fn near_surname(&self, surname: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        if is_telling(surname) {
            for slip in slips(surname) {
                found.extend(with_hash(&self.by_slip, slip).take(MOST));
            }
            found.sort_unstable();
            found.dedup();
        }
        found.retain(|&at| near(surname, self.surname(at)));
        found
    }

    /// The people whose surname is the one of person `at`, and then those one slip from it.
    pub(in crate::checks) fn alike(&self, at: usize) -> Vec<usize> {
        let Some(Low { surname, .. }) = self.names.get(at) else { return Vec::new() };
        let namesakes = with_hash(&self.by_slip, hash_on(0, surname)).filter(|&other| self.surname(other) == surname);
        let mut found: Vec<usize> = namesakes.take(MOST).collect();
        found.extend(self.near_surname(surname));
        found
    }
}

/// The people who have this hash.
fn with_hash(by_hash: &[(u64, u32)], hash: u64) -> impl Iterator<Item = usize> {
    let start = by_hash.partition_point(|&(other, _)| other < hash);
    by_hash.iter().skip(start).take_while(move |&&(other, _)| other == hash).map(|&(_, at)| at as usize)
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
