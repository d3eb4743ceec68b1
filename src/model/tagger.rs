//! The tagger: what part of speech each word of a sentence is, and how much likelier another form of a word is there.
//!
//! `model/tagger.rs` wrote `tags.model`, which lies in the program and is read where it lies. The file is, in little-endian
//! numbers: `CDT1`; how many buckets of weights and words there are; the buckets (32 of 16 bits: twelve of a feature's hash,
//! four of its weight); the keys of common words, ascending, and the tags that each may have.
//!
//! Tags are given from left to right. Which form belongs to a place is asked without looking at the word there, so that a
//! slip does not speak for itself; it is asked of the sentence as it is and as it would be, and the less sure answer counts.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::choices::{
    A, BARE, BARE_INFINITIVE, CHOICES, FINITE, INFINITIVE, THE, choices, form_features, is_bare_phrase,
    number_features, stem, verb_number,
};
use super::context::{BUCKET, WEIGHTS, key, slot};
use super::parts::Parts;
use super::tags::{BASE, DETERMINER, OUTSIDE, PRESENT, Set, TAG_FEATURES, Tag, TaggedToken, bit, tag_features};
use crate::dictionary::forms;
use crate::prose::{Paragraph, Sentence, TokenKind};

static FILE: &[u8] = include_bytes!("tags.model");

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::read(FILE).unwrap_or_default());

/// Bytes of a bucket.
const LINE: usize = BUCKET * 2;

/// Decisions of forms are behind those of tags.
const FORMS: u32 = 64;

#[derive(Clone, Copy, Debug, Default)]
struct Tagger {
    weights: &'static [u8],
    keys: &'static [u8],
    sets: &'static [u8],
}

/// So many sentences are remembered, which few paragraphs have.
const REMEMBERED: usize = 64;

/// The text of a paragraph, and what was read of its sentences, by their first tokens.
type Read = (Option<Arc<str>>, FxHashMap<u32, Rc<TaggedSentence>>);

thread_local! {
    /// The last paragraph of which a sentence was read.
    static LAST: RefCell<Read> = RefCell::default();
}

/// A sentence with the tag of each token.
#[derive(Debug)]
pub struct TaggedSentence {
    /// Index of the first token in its paragraph.
    start: usize,
    words: Vec<TaggedToken>,
    tags: Vec<Tag>,
}

impl Tagger {
    fn read(file: &'static [u8]) -> Option<Self> {
        let mut parts = Parts::of(file, b"CDT1")?;
        let (buckets, words) = (parts.number()?, parts.number()?);
        Some(Self { weights: parts.take(buckets * LINE)?, keys: parts.take(words * 4)?, sets: parts.take(words * 4)? })
    }

    fn weight(&self, feature: u64, decision: u32) -> f32 {
        let (bucket, mark) = slot(feature, decision, (self.weights.len() / LINE) as u32);
        let at = bucket as usize * LINE;
        let line = self.weights.get(at..at + LINE).unwrap_or_default();
        let mut entries = line.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two));
        entries.find(|entry| entry >> 4 == mark).map_or(0.0, |entry| WEIGHTS[usize::from(entry & 15)])
    }

    /// The tags that a common word may have.
    fn known(&self, low: &[u8]) -> Option<Set> {
        let entry = |list: &[u8], at: usize| list.get(at * 4..).and_then(|rest| rest.first_chunk()).copied();
        let wanted = key(low);
        let (mut from, mut to) = (0, self.keys.len() / 4);
        while from < to {
            let middle = (from + to) / 2;
            let own = u32::from_le_bytes(entry(self.keys, middle)?);
            match own.cmp(&wanted) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return entry(self.sets, middle).map(u32::from_le_bytes),
            }
        }
        None
    }

    fn seen(&self, low: &[u8], capital: bool, first: bool) -> TaggedToken {
        TaggedToken::new(low, capital, first, self.known(low), |low| {
            std::str::from_utf8(low).map_or(0, |low| forms(low).bits())
        })
    }

    /// Gives the tags of the words that have none yet.
    fn tag(&self, words: &[TaggedToken], tags: &mut Vec<Tag>) {
        for at in tags.len()..words.len() {
            let may = words[at].may;
            let tag = if may.is_power_of_two() {
                may.trailing_zeros() as Tag
            } else {
                self.likeliest(may, &tag_features(words, tags, at))
            };
            tags.push(tag);
        }
    }

    fn likeliest(&self, may: Set, features: &[u64; TAG_FEATURES]) -> Tag {
        let mut best = (f32::NEG_INFINITY, 0);
        for tag in (0..32).filter(|tag| may >> tag & 1 == 1) {
            let score: f32 = features.iter().map(|&feature| self.weight(feature, tag)).sum();
            if score > best.0 {
                best = (score, tag as Tag);
            }
        }
        best.1
    }
}

impl TaggedSentence {
    /// Reads a sentence, or hands out what was read of it before: several checks ask about the same one.
    pub fn of(p: &Paragraph, sentence: Sentence) -> Rc<Self> {
        LAST.with_borrow_mut(|(text, read)| {
            // The text is kept alive here, so no other one can be where it is.
            if !text.as_ref().is_some_and(|text| Arc::ptr_eq(text, &p.text)) {
                (*text, *read) = (Some(Arc::clone(&p.text)), FxHashMap::default());
            }
            if read.len() >= REMEMBERED {
                read.clear();
            }
            Rc::clone(read.entry(sentence.first).or_insert_with(|| Rc::new(Self::read(p, sentence))))
        })
    }

    fn read(p: &Paragraph, sentence: Sentence) -> Self {
        let tagger = *TAGGER;
        let tokens = sentence.tokens();
        let start = tokens.start;
        let opens = tokens.clone().find(|&at| p.tokens[at].kind != TokenKind::Punct).unwrap_or(start);
        let words: Vec<TaggedToken> =
            tokens.map(|at| tagger.seen(p.low(at).as_bytes(), p.tokens[at].capital, at <= opens)).collect();
        let mut tags = Vec::with_capacity(words.len());
        tagger.tag(&words, &mut tags);
        Self { start, words, tags }
    }

    /// The tag of token `at` of the paragraph; `None` outside of the sentence.
    pub fn tag(&self, at: usize) -> Option<Tag> {
        self.tags.get(at.checked_sub(self.start)?).copied()
    }

    /// How many times as likely as the words that are there, the tokens `first` to `last`, the words `new` are, as a natural
    /// logarithm; `None` where the tagger cannot tell. It can where words change their forms, and where an article or `to` comes
    /// before them or goes. Where several words change, it is told of the least likely one. `meant` says what the new word is
    /// meant as, and is empty where that is open.
    pub fn log_odds(&self, p: &Paragraph, (first, last): (usize, usize), new: &str, meant: Set) -> Option<f32> {
        let place = first.checked_sub(self.start)?;
        let old: Vec<&str> = (first..=last).map(|at| p.low(at)).collect();
        let new: Vec<&str> = new.split(' ').collect();
        if let [small, rest @ ..] = &new[..]
            && rest == old
        {
            return self.inserted(place, small);
        }
        if let [small, rest @ ..] = &old[..]
            && rest == new
        {
            return self.removed(place, small);
        }
        if old.len() != new.len() {
            return None;
        }
        let mut changed = Self { start: self.start, words: self.words.clone(), tags: self.tags[..place].to_vec() };
        for (at, word) in (place..).zip(&new) {
            let capital = p.tokens[self.start + at].capital;
            *changed.words.get_mut(at)? = TAGGER.seen(word.as_bytes(), capital, at == 0);
        }
        TAGGER.tag(&changed.words, &mut changed.tags);
        let pairs = old.iter().zip(&new).zip(place..).filter(|((old, new), _)| old != new);
        let odds = pairs.map(|((old, new), at)| {
            let (old, new) = ((*old, self.words[at].may), (*new, changed.words[at].may));
            Some(self.form_odds(at, old, new, meant)?.min(changed.form_odds(at, old, new, meant)?))
        });
        odds.reduce(|a, b| Some(a?.min(b?)))?
    }

    /// How much likelier one of the forms that `new` can be is at `place` than all that `old` can be.
    fn form_odds(&self, place: usize, old: (&str, Set), new: (&str, Set), meant: Set) -> Option<f32> {
        let (old, new) = ((old.0.as_bytes(), old.1), (new.0.as_bytes(), new.1));
        let (was, mut is) = (choices(old.0, old.1), choices(new.0, new.1));
        let meant = choices(b"", meant);
        if is & meant != 0 {
            is &= meant;
        }
        if was == 0 || is == 0 {
            return None;
        }
        let shared = stem(old.0);
        let mut features = Vec::with_capacity(64);
        form_features(&self.words, &self.tags, place, (shared == stem(new.0)).then_some(shared), &mut features);
        let odds = best(&features, is)? - best(&features, was)?;
        let numbers = (verb_number(old.0, was), verb_number(new.0, is));
        let (Some(number), Some(other)) = numbers else { return Some(odds) };
        if number == other {
            return Some(odds);
        }
        // Two verbs of which the subject chooses one, where the word is no noun.
        let noun = best(&features, was & !FINITE & !bit(BASE)).unwrap_or(f32::NEG_INFINITY);
        let verb = best(&features, is & FINITE)? - noun;
        features.clear();
        number_features(&self.words, &self.tags, place, &mut features);
        let agrees = score(&features, other) - score(&features, number);
        Some(odds.max(agrees.min(verb)))
    }

    /// How much likelier `small`, an article or `to`, is before `place` than that nothing is there.
    fn inserted(&self, place: usize, small: &str) -> Option<f32> {
        let mut with = Self { start: self.start, words: self.words.clone(), tags: self.tags[..place].to_vec() };
        with.words.insert(place, TAGGER.seen(small.as_bytes(), false, false));
        TAGGER.tag(&with.words, &mut with.tags);
        let (wanted, none) = small_word(small)?;
        Some(self.with_gap(place, none)?.odds(place, wanted, none).min(with.odds(place, wanted, none)))
    }

    /// How much likelier it is that nothing is at `place` than `small`, an article or `to`.
    fn removed(&self, place: usize, small: &str) -> Option<f32> {
        let mut without = Self { start: self.start, words: self.words.clone(), tags: self.tags[..place].to_vec() };
        without.words.remove(place);
        TAGGER.tag(&without.words, &mut without.tags);
        let (written, none) = small_word(small)?;
        Some(self.odds(place, none, written).min(without.with_gap(place, none)?.odds(place, none, written)))
    }

    /// With a place where a word may be missing; `None` where none can be.
    fn with_gap(&self, place: usize, none: usize) -> Option<Self> {
        let may = match none {
            BARE => is_bare_phrase(&self.tags, place),
            _ => matches!(self.tags.get(place), Some(&(BASE | PRESENT))),
        };
        let mut with = Self { start: self.start, words: self.words.clone(), tags: self.tags.clone() };
        with.words.insert(place, OUTSIDE);
        with.tags.insert(place, DETERMINER);
        may.then_some(with)
    }

    fn odds(&self, place: usize, wanted: usize, other: usize) -> f32 {
        let mut features = Vec::with_capacity(64);
        form_features(&self.words, &self.tags, place, None, &mut features);
        score(&features, wanted) - score(&features, other)
    }
}

fn score(features: &[u64], choice: usize) -> f32 {
    features.iter().map(|&feature| TAGGER.weight(feature, FORMS + choice as u32)).sum()
}

/// The score of the likeliest of several choices.
fn best(features: &[u64], choices: Set) -> Option<f32> {
    (0..CHOICES).filter(|choice| choices >> choice & 1 == 1).map(|choice| score(features, choice)).reduce(f32::max)
}

/// An article or `to` as a choice, and the choice of none.
fn small_word(low: &str) -> Option<(usize, usize)> {
    match low {
        "a" | "an" => Some((A, BARE)),
        "the" => Some((THE, BARE)),
        "to" => Some((INFINITIVE, BARE_INFINITIVE)),
        _ => None,
    }
}
