//! Which preposition a head asks for, and whether the one that is there is a slip.
//!
//! `lexicon/en/governing-*.toml` says what verbs, nouns and adjectives ask for; of other heads the counts say it. What else is
//! behind them may tell of a time or a place, so two models are asked: a slip is where both find it unlikely between these
//! words and what the head asks for likely, and where edited text has the two together far less often.

use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::context::PREPOSITIONS;
use super::prepositions::GOVERNED;
use super::tags::{self, Set, bit};
use super::{Context, Model, Preposition, Sentences, TaggedSentence};
use crate::lexicon::{governing_verbs, governing_words, grammar, inflect};
use crate::prose::{Paragraph, Sentence, TokenKind};

/// Prepositions, a bit each, by their place among [`PREPOSITIONS`].
type PrepositionSet = u32;

/// What a word asks for.
#[derive(Clone, Copy)]
struct Government {
    /// What it must be, as the tagger reads it.
    reads: Set,
    /// It asks for the first of these before all others.
    asked: PrepositionSet,
    first: PrepositionSet,
    /// What may be there, too, as a time or a place.
    fine: PrepositionSet,
}

/// Heads, what they ask for, and what may be there as well.
type HeadRow = (&'static str, &'static str, &'static str);

/// The forms of a head.
type Inflect = fn(&str) -> inflect::InflectedForms;

const VERB: Set = bit(tags::BASE)
    | bit(tags::PRESENT)
    | bit(tags::THIRD)
    | bit(tags::PAST)
    | bit(tags::PARTICIPLE)
    | bit(tags::GERUND)
    | bit(tags::ADJECTIVE)
    | bit(tags::PARTICLE);
const NOUN: Set = bit(tags::NOUN) | bit(tags::PLURAL);

/// What may be between a verb and the preposition behind its object.
const OBJECT: Set = NOUN
    | bit(tags::NAME)
    | bit(tags::DETERMINER)
    | bit(tags::BEFORE_DETERMINER)
    | bit(tags::ADJECTIVE)
    | bit(tags::COMPARATIVE)
    | bit(tags::SUPERLATIVE)
    | bit(tags::PRONOUN)
    | bit(tags::POSSESSIVE)
    | bit(tags::NUMBER)
    | bit(tags::PARTICIPLE)
    | bit(tags::GERUND)
    | bit(tags::ADVERB);

const OBJECT_END: Set = NOUN | bit(tags::NAME) | bit(tags::PRONOUN) | bit(tags::COMPARATIVE);
const BEFORE_NOUN: Set = bit(tags::DETERMINER) | bit(tags::ADJECTIVE) | bit(tags::POSSESSIVE) | bit(tags::SUPERLATIVE);

/// The most words of an object.
const OBJECT_WORDS: usize = 4;

#[derive(Default)]
struct Heads {
    /// Words with their preposition right behind them.
    words: FxHashMap<Box<str>, Vec<Government>>,
    /// Verbs with an object between.
    verbs: FxHashMap<Box<str>, Government>,
}

static HEADS: LazyLock<Heads> = LazyLock::new(Heads::read);

impl Heads {
    fn read() -> Self {
        let mut heads = Self::default();
        let as_it_is = |word: &str| vec![word.to_owned()];
        let kinds: [(Set, &[HeadRow], Inflect); 3] = [
            (VERB, &governing_verbs::VERBS, inflect::verb),
            (NOUN, &governing_words::NOUNS, inflect::noun),
            (VERB, &governing_words::WORDS, as_it_is),
        ];
        for (reads, rows, forms) in kinds {
            for &(words, asked, fine) in rows {
                let own = Government::of(reads, asked, fine);
                for form in words.split(' ').flat_map(forms) {
                    let all = heads.words.entry(form.into()).or_default();
                    match all.iter_mut().find(|other| other.reads == reads) {
                        Some(other) => *other = other.joined(own),
                        None => all.push(own),
                    }
                }
            }
        }
        for &(words, asked, fine) in &governing_verbs::VERBS_WITH_OBJECTS {
            let own = Government::of(VERB, asked, fine);
            for form in words.split(' ').flat_map(inflect::verb) {
                heads.verbs.entry(form.into()).and_modify(|other| *other = other.joined(own)).or_insert(own);
            }
        }
        heads
    }
}

impl Government {
    fn of(reads: Set, asked: &str, fine: &str) -> Self {
        let place = |word: &str| PREPOSITIONS.iter().position(|own| *own == word);
        let set = |words: &str| words.split(' ').filter_map(place).fold(0, |set, at| set | 1 << at);
        let first = asked.split(' ').find_map(place).map_or(0, |at| 1 << at);
        Self { reads, asked: set(asked), first, fine: set(fine) }
    }

    /// What a head in no list asks for, by how often it was seen with each; `None` where that is too seldom to say, or where it
    /// has the one that is `written` at times.
    fn by_evidence(seen: &[u32; GOVERNED], written: usize) -> Option<Self> {
        let all: u32 = seen.iter().sum();
        let share = |at: usize| seen[at] as f32 / all as f32;
        if all < SEEN_OFTEN || share(written) > SELDOM {
            return None;
        }
        let asked = (0..GOVERNED).filter(|&at| share(at) >= ASKED).fold(0, |set, at| set | 1 << at);
        Some(Self { reads: VERB | NOUN, asked, first: asked, fine: 0 })
    }

    fn joined(self, other: Self) -> Self {
        Self { asked: self.asked | other.asked, first: self.first | other.first, fine: self.fine | other.fine, ..self }
    }
}

/// What a score is made of; found by a logistic regression on the prepositions of edited news, and on the same with a wrong one
/// planted behind each head, the likelier ones more often.
mod weights {
    pub const BASE: f32 = -4.78;
    /// How often the right one was seen against the one that is there, as a natural logarithm.
    pub const SEEN: f32 = -0.014;
    /// How often the one that is there was seen, likewise.
    pub const WRITTEN_SEEN: f32 = -0.296;
    /// How often the head was seen with any.
    pub const HEAD_SEEN: f32 = 0.124;
    /// How likely the one that is there is between the nearest words.
    pub const WRITTEN: f32 = -0.507;
    /// How likely the right one is there.
    pub const RIGHT: f32 = 0.342;
    /// The share of the one that is there among all prepositions, by the whole sentence.
    pub const WRITTEN_SHARE: f32 = -0.462;
    /// The share of the right one.
    pub const RIGHT_SHARE: f32 = 0.512;
    /// It is asked for, but far less often than another.
    pub const RARE: f32 = -0.6;
    /// The word right before it is a noun.
    pub const NOUN: f32 = -0.364;
    /// Something that may be a time or a number is behind it.
    pub const TIME: f32 = -0.568;
    /// Counts alone say that the head asks for `of`, as they do of most nouns; other prepositions behind these tell of something else
    /// (“new members for the board”).
    pub const COUNTED_OF: f32 = -0.66;
    /// The head has its object between, so that nothing is counted.
    pub const APART: f32 = -1.544;
    /// By the preposition that is there, in their order; `into` is nearly always right.
    pub const OF_WRITTEN: [f32; 11] = [3.73, 3.12, 3.47, 2.19, 1.63, 1.91, 1.49, 1.5, 1.45, 0.33, 0.0];
}

/// What is less sure is not told. In a million words of edited news 38 prepositions are, a third of them rightly.
const SURE: f32 = 3.3;

/// The most that the whole sentence adds, but for one slip in fifty. Where the rest leaves more to be desired the sentence is not
/// read, which costs as much as all else.
const SENTENCE_ADDS: f32 = 4.2;

/// A head that is in no list must have been seen so often with a preposition …
const SEEN_OFTEN: u32 = 60;
/// … asks for what it has in three of ten cases …
const ASKED: f32 = 0.3;
/// … and has what is there in less than one of seven.
const SELDOM: f32 = 0.15;

/// What is seen less than a fifth as often as the commonest of what is asked for is no likelier to be right than others.
const RARE: u32 = 5;

/// What is asked for is only told where something else is seen so many times as often.
const FAR_COMMONER: u32 = 4;

/// A sentence as the model and as the tagger see it, each worked out when it is first asked for.
#[derive(Default)]
pub struct SeenAs {
    context: Option<Context>,
    reading: Option<Rc<TaggedSentence>>,
}

/// What scores more than this is there well enough, so that its sentence need not be tagged, which costs far more than this
/// one score. No preposition that was planted and found scores as much.
const LIKELY: f32 = -2.0;

impl Model {
    /// The preposition that a head asks for instead of the one that is at token `token` of the paragraph, with how sure that
    /// is; `seen_as` keeps what was worked out of the sentence.
    pub fn governed(
        &self,
        p: &Paragraph,
        sentence: Sentence,
        token: usize,
        seen_as: &mut SeenAs,
    ) -> Option<Preposition> {
        let written = PREPOSITIONS.iter().take(GOVERNED).position(|own| *own == p.low(token))?;
        let bit_of = |at: usize| 1 << at;
        let start = sentence.tokens().start;
        let before = token.checked_sub(1).filter(|&at| at >= start)?;
        if p.tokens.get(token + 1).is_none_or(|next| next.kind == TokenKind::Punct) {
            return None;
        }
        let heads = &*HEADS;
        let mut all = heads.words.get(p.low(before)).map_or(&[][..], Vec::as_slice);
        // Most heads are with what they ask for.
        if !all.is_empty() && all.iter().all(|own| (own.first | own.fine) & bit_of(written) != 0) {
            return None;
        }
        let object = |at: &usize| !p.tokens[*at].capital || *at == start;
        let places = (start..before).rev().take(OBJECT_WORDS);
        let verb_at = places.clone().find(|&at| heads.verbs.contains_key(p.low(at)));
        // A head with a capital is part of a name.
        let is_name = p.tokens[before].capital && before > start;
        if is_name {
            all = &[];
        }
        let seen = self.seen_behind(p.low(before));
        let by_evidence = Government::by_evidence(&seen, written).filter(|_| !is_name);
        if all.is_empty() && verb_at.is_none() && by_evidence.is_none() {
            return None;
        }
        let context = seen_as.context.get_or_insert_with(|| Context::of(p, sentence));
        let (at, ..) = context.places().find(|place| place.1 == token)?;
        let place = self.preposition_place(context, at);
        if self.preposition_score(written, &place) > LIKELY {
            return None;
        }
        let reading = seen_as.reading.get_or_insert_with(|| TaggedSentence::of(p, sentence));
        let is = |at: usize, set: Set| reading.tag(at).is_some_and(|tag| set & bit(tag) != 0);
        let verb = verb_at
            .filter(object)
            .filter(|&at| is(at, VERB) && (at + 1..token).all(|at| is(at, OBJECT)))
            .and_then(|at| heads.verbs.get(p.low(at)));
        // An object ends in what it is; a verb in -ing behind a determiner is a noun.
        let verb = verb.filter(|_| is(before, OBJECT_END));
        let is_noun = is(before, bit(tags::GERUND)) && before > start && is(before - 1, BEFORE_NOUN);
        let own = all.iter().filter(|own| is(before, own.reads) && !(is_noun && own.reads == VERB));
        let own = own.copied().reduce(Government::joined);
        if verb.is_some_and(|verb| (verb.asked | verb.fine) & bit_of(written) != 0) {
            return None;
        }
        let is_counted = own.is_none() && verb.is_none();
        let (head, own) = match (own, verb, verb_at) {
            (Some(own), ..) => (before, own),
            (None, Some(&own), Some(at)) => (at, own),
            _ => (before, by_evidence.filter(|own| is(before, own.reads))?),
        };
        if own.fine & bit_of(written) != 0 || ends_range(p, start, token) {
            return None;
        }
        // Behind an object, nothing can be counted.
        let seen = if head == before { seen } else { [0; GOVERNED] };
        let commonest = (0..GOVERNED).filter(|&at| own.asked & bit_of(at) != 0).map(|at| seen[at]).max().unwrap_or(0);
        let is_rare = |at: usize| {
            own.first & bit_of(at) == 0 && seen.get(at).is_some_and(|seen| seen.saturating_mul(RARE) < commonest)
        };
        let is_asked = own.asked & bit_of(written) != 0;
        if is_asked && (commonest == 0 || seen[written].saturating_mul(FAR_COMMONER) > commonest) {
            return None;
        }
        let may_be = |at: &usize| {
            *at != written
                && own.asked & bit_of(*at) != 0
                && !is_rare(*at)
                && !follows_relative(p, start..token, PREPOSITIONS[*at])
        };
        let mut evidence = PrepositionEvidence {
            scores: std::array::from_fn(|number| self.preposition_score(number, &place)),
            shares: [0.0; PREPOSITIONS.len()],
            seen,
            is_asked,
            is_noun: is(before, NOUN),
            is_time: opens_a_time(p.low(token + 1)),
            is_counted,
            is_apart: head != before,
        };
        let best = |evidence: &PrepositionEvidence| {
            let right =
                (0..PREPOSITIONS.len()).filter(may_be).max_by(|&a, &b| evidence.fit(a).total_cmp(&evidence.fit(b)))?;
            Some((right, evidence.weighed(written, right)))
        };
        best(&evidence).filter(|(_, sure)| sure + SENTENCE_ADDS > SURE)?;
        evidence.shares = Sentences::get().shares(p, sentence, token, &PREPOSITIONS)?;
        let (right, sure) = best(&evidence).filter(|(_, sure)| *sure > SURE)?;
        let [seen, seen_written] = [right, written].map(|at| seen.get(at).copied().unwrap_or_default());
        Some(Preposition { word: PREPOSITIONS[right], sure, head, seen, seen_written })
    }
}

/// Whether a time or a count opens with the word.
fn opens_a_time(word: &str) -> bool {
    grammar::TIMES.contains(word)
        || grammar::VAGUE_COUNTS.contains(word)
        || word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '£' | '€'))
}

/// What speaks for one preposition in the place of another.
struct PrepositionEvidence {
    /// By the nearest words, in the order of the prepositions.
    scores: [f32; PREPOSITIONS.len()],
    /// By the whole sentence, likewise; nothing while that is not read.
    shares: [f32; PREPOSITIONS.len()],
    /// How often the head is seen with each.
    seen: [u32; GOVERNED],
    /// The head asks for the one that is written as well, though seldom.
    is_asked: bool,
    /// The word right before it is a noun.
    is_noun: bool,
    /// What may be a time or a number comes next.
    is_time: bool,
    /// Counts alone say what the head asks for.
    is_counted: bool,
    /// The head has its object between.
    is_apart: bool,
}

impl PrepositionEvidence {
    /// How sure it makes that `right` belongs where `written` is.
    fn weighed(&self, written: usize, right: usize) -> f32 {
        let ln = |count: u32| (count as f32 + 1.0).ln();
        let count = |at: usize| self.seen.get(at).map_or(0.0, |&count| ln(count));
        let only = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        weights::BASE
            + self.scores[written] * weights::WRITTEN
            + self.scores[right] * weights::RIGHT
            + self.shares[written] * weights::WRITTEN_SHARE
            + self.shares[right] * weights::RIGHT_SHARE
            + (count(right) - count(written)) * weights::SEEN
            + count(written) * weights::WRITTEN_SEEN
            + ln(self.seen.iter().sum()) * weights::HEAD_SEEN
            + weights::OF_WRITTEN[written]
            + only(self.is_asked, weights::RARE)
            + only(self.is_noun, weights::NOUN)
            + only(self.is_time, weights::TIME)
            + only(self.is_counted && PREPOSITIONS[right] == "of", weights::COUNTED_OF)
            + only(self.is_apart, weights::APART)
    }

    /// How well a preposition goes there, by both models.
    fn fit(&self, at: usize) -> f32 {
        self.scores[at] + self.shares[at]
    }
}

/// Token `at` is the `to` of `from five hours to six`; the sentence starts at `start`.
fn ends_range(p: &Paragraph, start: usize, at: usize) -> bool {
    p.low(at) == "to" && (start..at - 1).rev().take(5).any(|at| p.low(at) == "from")
}

/// The preposition has gone before: `on which they rely for their income`.
fn follows_relative(p: &Paragraph, tokens: std::ops::Range<usize>, preposition: &str) -> bool {
    tokens.clone().skip(1).any(|at| matches!(p.low(at), "which" | "whom" | "what") && p.low(at - 1) == preposition)
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::SeenAs;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn governed(text: &str, word: &str) -> Option<&'static str> {
        let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let sentence = p.sentences[0];
        let token = sentence.tokens().find(|&at| p.low(at) == word)?;
        Model::get().governed(&p, sentence, token, &mut SeenAs::default()).map(|it| it.word)
    }

    #[test]
    fn a_head_has_what_it_asks_for() {
        assert_eq!(governed("The council insisted of a recount of the vote.", "of"), Some("on"));
        assert_eq!(governed("The council insisted on a recount of the vote.", "on"), None);
        assert_eq!(governed("The town was not prepared of the flood.", "of"), Some("for"));
        // Counts say what it asks for.
        assert_eq!(governed("Residents paid tribute for the fire crew.", "for"), Some("to"));
        assert_eq!(governed("The people on whom they rely for their income left.", "for"), None);
    }
}
