//! How likely a stretch of a sentence is, as it is written.

use std::ops::Range;

use super::super::mistaken::WordNumber;
use super::super::network::exp;
use super::{Encoded, NONE, Sentences, States};
use crate::prose::{Paragraph, Sentence};

/// Words on either side of a place whose likelihood depends on what is there, and how many common words each is held against.
pub(super) const BESIDE: usize = 5;
const COMMON: WordNumber = 400;

impl Sentences {
    /// How likely the words at `tokens` and those beside them are, all together: the sum of the natural logarithms of their shares
    /// against common words. `None` where one of them is no word that the model weighs.
    pub fn likelihood(&self, p: &Paragraph, sentence: Sentence, tokens: Range<usize>) -> Option<f32> {
        let encoded = self.encode(p, sentence);
        let weighed = |tokens: &Range<usize>| {
            let inside = |&(_, token, output): &(usize, usize, WordNumber)| output != NONE && tokens.contains(&token);
            encoded.words().filter(inside).collect::<Vec<_>>()
        };
        if tokens.is_empty() || weighed(&tokens).len() != tokens.len() {
            return None;
        }
        let places = weighed(&(tokens.start.saturating_sub(BESIDE)..tokens.end + BESIDE));
        let places = places.first()?.0..places.last()?.0 + 1;
        let states = self.states(&encoded, places.clone());
        Some(self.own_shares(&encoded, &states, places).map(|(_, share)| share).sum())
    }

    /// How likely each word that the model weighs is where it is, of those at `places` in a sentence that was read: natural
    /// logarithms of their shares against common words.
    pub(super) fn own_shares(
        &self,
        encoded: &Encoded,
        states: &States,
        places: Range<usize>,
    ) -> impl Iterator<Item = (usize, f32)> {
        let weighed = places.filter(|&at| encoded.outputs.get(at).is_some_and(|&output| output != NONE));
        weighed.map(move |at| {
            let far = self.far(states, at);
            let own = self.score(&far, encoded.outputs[at]);
            let others = 1..COMMON.min(self.output_words.len() as WordNumber);
            (at, -(1.0 + others.map(|other| exp(self.score(&far, other) - own)).sum::<f32>()).ln())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Sentences;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    #[test]
    fn a_sentence_as_written_is_held_against_one_as_mended() {
        let model = Sentences::get();
        let likelihood = |text: &str, word: &str| {
            let p = Paragraph::new(BlockKind::Paragraph, text.to_owned());
            let at = (0..p.tokens.len()).find(|&at| p.low(at) == word).expect("it is there");
            model.likelihood(&p, p.sentences[0], at..at + 1)
        };
        let written = likelihood("There is a place there where the old stone was.", "where");
        let mended = likelihood("There is a place there were the old stone was.", "were");
        assert!(written.expect("known") > mended.expect("known") + 3.0, "{written:?} {mended:?}");
        assert_eq!(likelihood("She brought the gamelan home.", "gamelan"), None);
    }
}
