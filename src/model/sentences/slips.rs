//! Another word in the place of one: which word of a sentence surely should be another.
//!
//! What is known of the two words and of all round them goes into one sum, a logistic regression: no single score tells a slip from a
//! rare turn of phrase. It was fitted to news and published stories, to news with another word in the place of one, and to the slips of
//! `tests/slips` that were read; see `docs/accuracy.md`.

use std::ops::Range;

use super::forms::is_asked_for;
use super::likelihood::BESIDE;
use super::{Encoded, NONE, Sentences, States};
use crate::dictionary;
use crate::lexicon;
use crate::model::TaggedSentence;
use crate::model::mistaken::{Mistake, WordNumber};
use crate::prose::{Paragraph, Sentence};

/// How much likelier another word must be by the nearest words, so that the sentence is read, which costs more than all else: natural
/// logarithms. Some two in a hundred of the slips that would be told are below, and two thirds of what would be read in vain.
const NEAR_SOUND: f32 = 3.0;
const NEAR_LOOK: f32 = 4.4;
const NEAR_FORM: f32 = 4.0;
const NEAR_SLIP: f32 = 5.5;
/// Slips of the keyboard are most of all, so the limit and the rarity of the word count, too; this is taken off them.
const LESS_FOR_SLIP: f32 = 3.6;
/// The same by all of the sentence, so that more is asked.
const FAR: f32 = 3.5;

/// Words between which two slips are told by each other's mistake; the surer one stands.
const APART: usize = 3;

/// Sentences of more tokens are as good as these, and those of fewer than the second are headlines where no stop ends them.
const LONG: usize = 40;
const SHORT: usize = 12;

/// What is taken for the limit of two words that are not told apart but for the ways in which people mistake them.
const UNKNOWN_LIMIT: f32 = 12.0;

/// What must be known for a word to be told.
const SURE: f32 = 1.634;

/// Another word that belongs where one stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Better {
    /// The token of the paragraph.
    pub token: usize,
    /// The word that belongs there, in lower case.
    pub word: &'static str,
    /// How sure it is: the sum of all that is known.
    sure: f32,
    /// The number of the place.
    at: usize,
}

/// What is known of another word for a place; natural logarithms, where nothing else is said.
#[derive(Debug)]
struct SlipEvidence {
    /// How much likelier it is than the written word by the nearest words.
    near: f32,
    /// How much likelier the words beside it are with it.
    beside: f32,
    /// The shares of the written word and of the other one against common words.
    written: f32,
    other: f32,
    /// How much likelier than the written word it ever is in edited text.
    limit: f32,
    /// How much likelier its form is by the tagger; 0 where that cannot tell.
    tagged: f32,
    /// How much rarer it is than the written word, by their ranks.
    rarer: f32,
    /// Tokens of the sentence, up to [`LONG`].
    length: f32,
    /// How people come to write the one for the other.
    mistake: Mistake,
}

impl SlipEvidence {
    /// The sum of all that is known; above 0 the word is told.
    fn sum(&self) -> f32 {
        let mistake = match self.mistake {
            Mistake::Sound => 1.187,
            Mistake::Look => -0.220,
            Mistake::Form => 0.423,
            Mistake::Slip => 0.0,
        };
        0.013 * self.near + 0.154 * self.beside - 0.484 * self.written + 0.669 * self.other - 0.243 * self.limit
            + 0.207 * self.tagged
            - 0.342 * self.rarer
            - 0.095 * self.length
            + mistake
            - SURE
    }
}

/// Another word for a place, and how much likelier it is by the nearest words.
#[derive(Clone, Copy)]
struct Alternative {
    output: WordNumber,
    mistake: Mistake,
    near: f32,
}

/// A place where the nearest words would rather have another word.
struct DoubtedWord {
    at: usize,
    token: usize,
    others: Vec<Alternative>,
}

impl Sentences {
    /// The words of a sentence that surely should be others; `asked` says which tokens may be asked about.
    pub fn slips(&self, p: &Paragraph, sentence: Sentence, asked: impl Fn(usize) -> bool) -> Vec<Better> {
        let tokens = sentence.tokens();
        if tokens.len() < SHORT && !matches!(p.low(tokens.end - 1), "." | "!" | "?" | "\"" | ")") {
            return Vec::new();
        }
        let encoded = self.encode(p, sentence);
        let weighed = encoded.words().filter(|&(_, token, output)| output != NONE && asked(token));
        let doubts: Vec<DoubtedWord> = weighed.filter_map(|(at, ..)| self.doubt(p, sentence, &encoded, at)).collect();
        let (Some(first), Some(last)) = (doubts.first(), doubts.last()) else { return Vec::new() };
        let states = self.states(&encoded, beside(&encoded, first.at).start..beside(&encoded, last.at).end);
        let mut found: Vec<Better> = Vec::new();
        for better in doubts.iter().filter_map(|doubt| self.better(p, sentence, &encoded, &states, doubt)) {
            match found.last_mut() {
                Some(last) if better.at - last.at <= APART => {
                    if last.sure < better.sure {
                        *last = better;
                    }
                }
                _ => found.push(better),
            }
        }
        found
    }

    /// The words that the nearest ones would rather have at place `at`.
    fn doubt(&self, p: &Paragraph, sentence: Sentence, encoded: &Encoded, at: usize) -> Option<DoubtedWord> {
        let (output, token) = (encoded.outputs[at], encoded.tokens[at] as usize);
        let (taken, mistaken) = (self.taken_for(output), self.mistaken.of(output));
        if taken.is_empty() && mistaken.is_empty() {
            return None;
        }
        let near = self.near(encoded, at);
        let written = self.score(&near, output);
        let rather = |output: WordNumber| self.score(&near, output) - written;
        let mut others: Vec<Alternative> = mistaken
            .iter()
            .map(|&(output, mistake)| Alternative { output, mistake, near: rather(output) })
            .filter(|other| other.near > if other.mistake == Mistake::Sound { NEAR_SOUND } else { NEAR_LOOK })
            .collect();
        for &other in taken.iter().filter(|&&other| other != NONE && mistaken.iter().all(|&(one, _)| one != other)) {
            let (near, word) = (rather(other), self.word(other));
            if near > NEAR_FORM && is_asked_for(p, sentence, token, word) {
                others.push(Alternative { output: other, mistake: Mistake::Form, near });
                continue;
            }
            let least = |limit: f32| limit.min(UNKNOWN_LIMIT) + rarer(other, output) - LESS_FOR_SLIP;
            // A word that opens a sentence may be a name.
            if at > 0
                && self.limit(output, other).is_some_and(|limit| near > least(limit).max(NEAR_SLIP))
                && may_be_slip(p.low(token), word)
            {
                others.push(Alternative { output: other, mistake: Mistake::Slip, near });
            }
        }
        (!others.is_empty()).then_some(DoubtedWord { at, token, others })
    }

    /// The word that belongs at a place, if that is sure.
    fn better(
        &self,
        p: &Paragraph,
        sentence: Sentence,
        encoded: &Encoded,
        states: &States,
        doubt: &DoubtedWord,
    ) -> Option<Better> {
        let &DoubtedWord { at, token, ref others } = doubt;
        let expected = self.far(states, at);
        let output = encoded.outputs[at];
        let written = self.score(&expected, output);
        let far = |other: &Alternative| self.score(&expected, other.output) - written;
        let others = others.iter().map(|other| (other, far(other))).filter(|&(_, far)| far > FAR);
        let (other, _) = others.max_by(|x, y| (x.1 + x.0.near / 2.0).total_cmp(&(y.1 + y.0.near / 2.0)))?;
        let word = self.word(other.output);
        let [as_written, as_mended] = self.shares_with(encoded, states, at, other.output);
        let evidence = SlipEvidence {
            near: other.near,
            beside: as_mended.1 - as_written.1,
            written: as_written.0,
            other: as_mended.0,
            limit: self.known_limit(output, other.output),
            tagged: TaggedSentence::of(p, sentence).log_odds(p, (token, token), word, 0).unwrap_or_default(),
            rarer: rarer(other.output, output),
            length: encoded.tokens.len().min(LONG) as f32,
            mistake: other.mistake,
        };
        let sure = evidence.sum();
        (sure > 0.0).then_some(Better { token, word, sure, at })
    }

    /// The share of the word at place `at` and the sum of those beside it: as it is written, which was read, and with `other` there.
    fn shares_with(&self, encoded: &Encoded, read: &States, at: usize, other: WordNumber) -> [(f32, f32); 2] {
        let places = beside(encoded, at);
        let shares = |encoded: &Encoded, states: &States| {
            self.own_shares(encoded, states, places.clone()).fold((0.0, 0.0), |(own, beside), (place, share)| {
                if place == at { (share, beside) } else { (own, beside + share) }
            })
        };
        let mended = self.with(encoded, at..at + 1, other);
        let of_mended = self.states_beside(read, &mended, at, places.clone());
        [shares(encoded, read), shares(&mended, &of_mended)]
    }

    /// As [`Sentences::limit`], also for words that are told apart only by how people mistake them.
    fn known_limit(&self, output: WordNumber, other: WordNumber) -> f32 {
        self.limit(output, other).unwrap_or(UNKNOWN_LIMIT)
    }
}

/// How much rarer `other` is than `output`, by their ranks: a natural logarithm.
fn rarer(other: WordNumber, output: WordNumber) -> f32 {
    (f32::from(other) / f32::from(output)).ln()
}

/// The places whose words depend on what is at place `at`.
fn beside(encoded: &Encoded, at: usize) -> Range<usize> {
    at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(encoded.tokens.len())
}

/// Whether a word may be a slip for another one: they begin alike, as forms of a word do, or are one slip of the keyboard apart. What
/// only one English spells so is written on purpose, and some words are right too often.
fn may_be_slip(written: &str, other: &str) -> bool {
    let is_regional = dictionary::entry(written).is_some_and(|entry| entry.is_american() || entry.is_british());
    let begin = written.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let is_right = || lexicon::mistaken::BOTH_RIGHT.contains(&format!("{written} {other}"));
    !is_regional && !is_right() && (begin >= 3 || strsim::osa_distance(written, other) == 1)
}

#[cfg(test)]
mod tests {
    use super::Sentences;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    #[test]
    fn words_that_sound_alike_are_told_by_the_whole_sentence() {
        let told = |text: &str| {
            let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
            let found = Sentences::get().slips(&p, p.sentences[0], |_| true);
            found.first().map(|better| (p.low(better.token).to_owned(), better.word))
        };
        for (text, was, is) in [
            ("The club won there second title in a row.", "there", "their"),
            ("The team won there title in 2024.", "there", "their"),
            ("The board said their had been no talks on the budget.", "their", "there"),
            ("He said that the plan was to expensive for the town.", "to", "too"),
        ] {
            assert_eq!(told(text), Some((was.to_owned(), is)), "{text}");
        }
        assert_eq!(told("The club won there in their second year."), None);
    }
}
