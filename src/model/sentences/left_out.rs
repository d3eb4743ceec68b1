//! Small words that are missing: whether one belongs between two words that stand beside each other.
//!
//! The model has learned that between two words of a sentence no word belongs (output 0), against the small words that might. Read at a
//! gap, its scores say how much likelier a small word is there than none. Copy leaves articles and `to` out on purpose, in
//! ways of its own, so each word has a bar of its own, and the tagger has to agree.

use super::{Encoded, NONE, Sentences};
use crate::dictionary::{self, Forms};
use crate::model::TaggedSentence;
use crate::model::tags::{ADJECTIVE, NOUN};
use crate::prose::{Paragraph, Sentence};

/// A small word that is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeftOut {
    /// The token of the paragraph that it belongs before.
    pub token: usize,
    /// The word, in lower case.
    pub word: &'static str,
}

/// How much likelier than none a word must be, as natural logarithms.
struct Bar {
    word: &'static str,
    /// By the nearest words, and by the whole sentence.
    near: f32,
    far: f32,
    /// By the tagger, where it is asked.
    tagged: Option<f32>,
}

const fn bar(word: &'static str, near: f32, far: f32, tagged: Option<f32>) -> Bar {
    Bar { word, near, far, tagged }
}

/// Found on edited news, of which nothing was learned.
const BARS: [Bar; 4] = [
    bar("be", 2.0, 6.0, None),
    bar("to", 2.0, 8.0, Some(5.0)),
    bar("a", 2.5, 6.0, Some(3.5)),
    bar("an", 2.5, 6.0, Some(3.5)),
];

/// Of shorter sentences, too many are headlines.
const SHORT: usize = 10;

/// A place where the nearest words ask for a word.
struct Gap {
    at: usize,
    bar: &'static Bar,
}

impl Sentences {
    /// The small words that surely are missing in a sentence; `asked` says before which tokens one may be.
    pub fn left_out(&self, p: &Paragraph, sentence: Sentence, asked: impl Fn(usize) -> bool) -> Vec<LeftOut> {
        let encoded = self.encode(p, sentence);
        let token = |at: usize| encoded.tokens[at] as usize;
        let mut gaps: Vec<Gap> = Vec::new();
        for at in (1..encoded.tokens.len()).filter(|&at| token(at) == token(at - 1) + 1 && asked(token(at))) {
            for bar in self.asked_for(&encoded, at) {
                let reading = TaggedSentence::of(p, sentence);
                let is_article = matches!(bar.word, "a" | "an");
                if is_article && !is_described(p, sentence, &reading, token(at)) {
                    continue;
                }
                let new = format!("{} {}", bar.word, p.low(token(at)));
                let tagged = bar.tagged.map_or(Some(0.0), |_| reading.log_odds(p, (token(at), token(at)), &new, 0));
                if tagged.is_some_and(|odds| odds >= bar.tagged.unwrap_or_default()) {
                    gaps.push(Gap { at, bar });
                }
            }
        }
        let (Some(first), Some(last)) = (gaps.first(), gaps.last()) else { return Vec::new() };
        let states = self.states(&encoded, first.at - 1..last.at + 1);
        let mut found: Vec<(f32, LeftOut)> = Vec::new();
        for Gap { at, bar } in gaps {
            let expected = self.far_between(&states, at, at - 1);
            let far = self.score(&expected, self.output(bar.word)) - self.score(&expected, NONE);
            if far < bar.far {
                continue;
            }
            let one = LeftOut { token: token(at), word: bar.word };
            match found.last_mut().filter(|last| last.1.token == one.token) {
                Some(last) if last.0 < far => *last = (far, one),
                Some(_) => {}
                None => found.push((far, one)),
            }
        }
        found.into_iter().map(|(_, one)| one).collect()
    }

    /// The words that the nearest ones ask for before place `at`.
    fn asked_for(&self, encoded: &Encoded, at: usize) -> impl Iterator<Item = &'static Bar> {
        let near = self.near_between(encoded, at, at + 1);
        let none = self.score(&near, NONE);
        BARS.iter().filter(move |bar| self.score(&near, self.output(bar.word)) - none >= bar.near)
    }
}

/// Whether an adjective and a noun that must be counted open at `token`, in a sentence that is no headline: there an article is missed
/// more surely than before a noun alone.
fn is_described(p: &Paragraph, sentence: Sentence, reading: &TaggedSentence, token: usize) -> bool {
    let is_counted = || Forms::of("m").is_some_and(|not_counted| !dictionary::forms(p.low(token + 1)).has(not_counted));
    sentence.tokens().len() >= SHORT
        && reading.tag(token) == Some(ADJECTIVE)
        && reading.tag(token + 1) == Some(NOUN)
        && is_counted()
}
