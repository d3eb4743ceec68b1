//! Words that sound or look alike (`lexicon/en/mistaken.toml`), and how much likelier one of them must be to be told.
//!
//! Slips in the text that was learned from have raised the limits of the very words that are mistaken most often. Of these, the
//! near and the far score decide together, by bars that were found on edited news, of which nothing was learned.

use rustc_hash::FxHashMap;

use crate::lexicon::{WordList, mistaken};

/// A word that the sentence model weighs, by its number, the commoner ones first; 0 is none.
pub(super) type WordNumber = u16;

/// How much likelier a word must be by both scores together, and by the far one alone, as natural logarithms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    both: f32,
    far: f32,
}

/// For words that sound alike.
const SOUNDS: Bar = Bar { both: 14.5, far: 5.0 };
/// Where the word that is there is the rarer one, of which less is known.
const SOUNDS_RARE: Bar = Bar { both: 15.5, far: 5.0 };
/// For words that look alike.
const LOOKS: Bar = Bar { both: 17.4, far: 8.0 };

/// The most that the far score is mostly in favour of such a word: where the near score leaves more to be desired, the sentence is
/// not read.
const FAR_ADDS: f32 = 9.5;

impl Bar {
    /// Whether what the near score says for a word may be enough, once the sentence is read.
    pub fn is_near(self, near: f32) -> bool {
        near > self.both - FAR_ADDS
    }

    /// How far both scores are past the bar.
    pub fn past(self, near: f32, far: f32) -> f32 {
        (far + near - self.both).min(far - self.far)
    }
}

/// The words that sound or look like each of the outputs that have such.
#[derive(Default)]
pub(super) struct Mistaken(FxHashMap<WordNumber, Vec<(WordNumber, Bar)>>);

impl Mistaken {
    /// The words of the lexicon of which `output` knows the output.
    pub fn read(output: impl Fn(&str) -> Option<WordNumber>) -> Self {
        let mut all = Self::default();
        // The commoner of two words has the lower number.
        all.add(&mistaken::SOUND_ALIKE, &output, |own, other| if own < other { SOUNDS } else { SOUNDS_RARE });
        all.add(&mistaken::LOOK_ALIKE, &output, |_, _| LOOKS);
        all
    }

    fn add(
        &mut self,
        sets: &'static WordList,
        output: impl Fn(&str) -> Option<WordNumber>,
        bar: impl Fn(WordNumber, WordNumber) -> Bar,
    ) {
        for set in sets.iter() {
            let outputs: Vec<WordNumber> = set.split(' ').filter_map(&output).collect();
            for &own in &outputs {
                let others = outputs.iter().filter(|&&other| other != own);
                self.0.entry(own).or_default().extend(others.map(|&other| (other, bar(own, other))));
            }
        }
    }

    /// The words that an output may be a mistake for.
    pub fn of(&self, output: WordNumber) -> &[(WordNumber, Bar)] {
        self.0.get(&output).map_or(&[], Vec::as_slice)
    }
}
