//! The names of a story side by side in memory, with what tells which of them are linked together.
//!
//! Whoever types a name changes who a few names mean: those with the same surname, single names that are somebody's given
//! name, and words that are beside them in headlines. Only these are linked again. Words are told by hashes: two of one
//! hash make more names be linked again, and nothing else.

use std::sync::Arc;

use super::Person;
use super::link::link;
use super::word_keys::{Hashes, NameEntry, are_joined, first_word, hash_of, lower, pronoun_after, surname_key};
use crate::story::{ParagraphEdit, ParagraphFacts, ParagraphShift};
use crate::text::Shift;

/// How often words in common are followed from name to name. Names that hang together by longer chains are linked all
/// alike.
const MOST_ROUNDS: usize = 8;

/// The names of a story, in reading order.
#[derive(Debug, Default)]
pub struct NameIndex {
    all: Vec<NameEntry>,
}

impl NameIndex {
    /// Lists the names of these paragraphs.
    pub(in crate::story) fn new(paragraphs: &[Arc<ParagraphFacts>]) -> Self {
        let mut all = Vec::new();
        paragraphs.iter().enumerate().for_each(|(number, read)| entries(number, read, &mut all));
        all.shrink_to_fit();
        Self { all }
    }

    /// All people.
    pub(in crate::story) fn link(&self, paragraphs: &[Arc<ParagraphFacts>]) -> Vec<Person> {
        link(paragraphs, self.all.iter())
    }

    /// Gives paragraphs the numbers that they have now.
    pub(in crate::story) fn renumber(&mut self, shift: &ParagraphShift) {
        self.all.iter_mut().for_each(|entry| entry.paragraph = shift.number(entry.paragraph));
    }

    /// Lists the names of edited paragraphs again, and gives the keys of all names that may be somebody else's for it.
    pub(super) fn follow(&mut self, edit: &ParagraphEdit) -> Hashes {
        let part = edit.shift.part();
        let mut new = Vec::new();
        part.clone().zip(edit.now()).for_each(|(number, read)| entries(number, read, &mut new));
        let first = self.all.partition_point(|entry| (entry.paragraph as usize) < part.start);
        let behind = self.all.partition_point(|entry| (entry.paragraph as usize) < part.end);
        let old: Vec<NameEntry> = self.all.splice(first..behind, new.iter().copied()).collect();
        let same = |(old, new): (&NameEntry, &NameEntry)| {
            let of_words = edit.of_words();
            of_words.is_some_and(|(shift, before, now)| is_same((old, before), (new, now), &shift))
        };
        let ahead = old.iter().zip(&new).take_while(|&pair| same(pair)).count();
        let behind = old[ahead..].iter().rev().zip(new[ahead..].iter().rev()).take_while(|&pair| same(pair)).count();
        let changed = old[ahead..old.len() - behind].iter().chain(&new[ahead..new.len() - behind]);
        let mut reach = Reach::default();
        changed.for_each(|entry| {
            reach.keys.add(entry.key);
        });
        let runs = || [&self.all, &old].into_iter().flat_map(|entries| entries.chunk_by(|one, _| one.joined));
        for _ in 0..MOST_ROUNDS {
            if reach.keys.is_empty() || !runs().fold(false, |grew, run| reach.take(run) | grew) {
                return reach.keys;
            }
        }
        self.all.iter().chain(&old).for_each(|entry| {
            reach.keys.add(entry.key);
        });
        reach.keys
    }

    /// Those of the people whose names have these keys.
    pub(super) fn link_part(&self, paragraphs: &[Arc<ParagraphFacts>], keys: &Hashes) -> Vec<Person> {
        link(paragraphs, self.all.iter().filter(|entry| keys.hold(entry.key)))
    }
}

fn entries(number: usize, read: &ParagraphFacts, all: &mut Vec<NameEntry>) {
    let names = &read.names.names;
    all.extend(names.iter().enumerate().map(|(at, name)| {
        let low = lower(&read.paragraph, name.surname);
        let given = name.given.map(|given| first_word(lower(&read.paragraph, given)));
        NameEntry {
            paragraph: number as u32,
            at: at as u32,
            key: hash_of(surname_key(low)),
            word: hash_of(given.unwrap_or(low)),
            full: name.given.is_some(),
            joined: names.get(at + 1).is_some_and(|next| are_joined(name, next)),
        }
    }));
}

/// Whether linking sees the same name at both places, before an edit of its paragraph and after.
fn is_same(
    (old, before): (&NameEntry, &ParagraphFacts),
    (new, now): (&NameEntry, &ParagraphFacts),
    shift: &Shift,
) -> bool {
    let (one, other) = (before.names.names.get(old.at as usize), now.names.names.get(new.at as usize));
    let (Some(one), Some(other)) = (one, other) else { return false };
    (old.key, old.word, old.joined) == (new.key, new.word, new.joined)
        && one.moved(shift).as_ref() == Some(other)
        // Pronouns tell the gender of the name before them.
        && pronoun_after(before, one) == pronoun_after(now, other)
}

/// The names that an edit may give to somebody else.
#[derive(Debug, Default)]
struct Reach {
    keys: Hashes,
    /// First given names of full names.
    given: Hashes,
    /// Names that stand alone.
    alone: Hashes,
}

impl Reach {
    /// Takes in names that are side by side when one of them has a word in common with those that are in. `true` when that
    /// brought something new.
    fn take(&mut self, run: &[NameEntry]) -> bool {
        let is_in = |entry: &NameEntry| {
            let words = if entry.full { &self.alone } else { &self.given };
            self.keys.hold(entry.key) || words.hold(entry.word)
        };
        if !run.iter().any(is_in) {
            return false;
        }
        run.iter().fold(false, |grew, entry| {
            let words = if entry.full { &mut self.given } else { &mut self.alone };
            words.add(entry.word) | self.keys.add(entry.key) | grew
        })
    }
}
