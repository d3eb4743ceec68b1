//! By what names are looked up when they are put together into people: words, their hashes, and what is beside them.

use rustc_hash::FxHashSet;

use super::lists::{NameWord, class_of};
use super::{Gender, Name};
use crate::prose::Paragraph;
use crate::story::ParagraphFacts;
use crate::text::{Span, hash};

/// What linking asks of a name first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NameEntry {
    /// The number of its paragraph.
    pub paragraph: u32,
    /// Its number among the names there.
    pub at: u32,
    /// Of the part of its surname that people are looked up by.
    pub key: u32,
    /// Of the first given name of a full name, and otherwise of the single name.
    pub word: u32,
    /// It has a given name.
    pub full: bool,
    /// The next name is beside it, as in headlines.
    pub joined: bool,
}

/// The hash of a word in lower case.
pub(super) fn hash_of(word: &str) -> u32 {
    hash(word.as_bytes()) as u32
}

/// Hashes of words. A look-up of one that is not there most often ends after one step.
#[derive(Debug, Default)]
pub(super) struct Hashes {
    /// A bit for some of the bits of each.
    bits: u64,
    all: FxHashSet<u32>,
}

impl Hashes {
    /// `true` when it is new.
    pub fn add(&mut self, hash: u32) -> bool {
        self.bits |= 1 << (hash >> 26);
        self.all.insert(hash)
    }

    pub fn hold(&self, hash: u32) -> bool {
        self.bits & 1 << (hash >> 26) != 0 && self.all.contains(&hash)
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Whether two names are side by side as the words of one do in a headline.
pub(super) fn are_joined(one: &Name, next: &Name) -> bool {
    one.given.is_none() && next.given.is_none() && next.span.start == one.span.end + 1
}

/// The folded text of `span` in lower case.
pub(super) fn lower(paragraph: &Paragraph, span: Span) -> &str {
    paragraph.folded.lower.get(paragraph.folded.of_prose(span).range()).unwrap_or("")
}

/// The part of a surname that is looked up: without particles.
pub(super) fn surname_key(low: &str) -> &str {
    let mut key = low;
    while let Some((particle, rest)) = key.split_once([' ', '-'])
        && class_of(particle) == Some(NameWord::Particle)
        && !rest.is_empty()
    {
        key = rest;
    }
    key
}

/// The first `he` or `she` behind the name, when no other name comes between.
pub(super) fn pronoun_after(read: &ParagraphFacts, name: &Name) -> Gender {
    let names = &read.names.names;
    let pronouns = &read.names.pronouns;
    let next_name = names.partition_point(|n| n.span.start <= name.span.start);
    let next_pronoun = pronouns.partition_point(|(span, _)| span.start < name.span.end);
    let Some(&(span, gender)) = pronouns.get(next_pronoun) else { return Gender::Unknown };
    let between = names.get(next_name).is_some_and(|n| n.span.start < span.start);
    if between { Gender::Unknown } else { gender }
}

/// The first of several given names.
pub(super) fn first_word(given: &str) -> &str {
    given.split(' ').next().unwrap_or(given)
}
