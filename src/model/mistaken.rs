//! Words that sound or look alike (`lexicon/en/mistaken.toml`).

use rustc_hash::FxHashMap;

use crate::lexicon::mistaken;

/// A word that the sentence model weighs, by its number, the commoner ones first; 0 is none.
pub(super) type WordNumber = u16;

/// How people come to write one word for another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mistake {
    /// They sound alike.
    Sound,
    /// They look alike.
    Look,
    /// The words before ask for the other form.
    Form,
    /// A slip of the keyboard or a wrong ending.
    Slip,
}

/// The words that sound or look like each of those that have such.
#[derive(Default)]
pub(super) struct Mistaken(FxHashMap<WordNumber, Vec<(WordNumber, Mistake)>>);

impl Mistaken {
    /// The words of the lexicon of which `output` knows the output.
    pub fn read(output: impl Fn(&str) -> Option<WordNumber>) -> Self {
        let mut all = Self::default();
        for (sets, mistake) in [(&mistaken::SOUND_ALIKE, Mistake::Sound), (&mistaken::LOOK_ALIKE, Mistake::Look)] {
            for set in sets.iter() {
                let outputs: Vec<WordNumber> = set.split(' ').filter_map(&output).collect();
                for &own in &outputs {
                    let others = outputs.iter().filter(|&&other| other != own);
                    all.0.entry(own).or_default().extend(others.map(|&other| (other, mistake)));
                }
            }
        }
        all
    }

    /// The words that an output may be a mistake for, and how.
    pub fn of(&self, output: WordNumber) -> &[(WordNumber, Mistake)] {
        self.0.get(&output).map_or(&[], Vec::as_slice)
    }
}
