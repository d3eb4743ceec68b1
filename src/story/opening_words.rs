//! The one table of the words by which facts start, from the lists of those who read facts.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::kept::{crime, names};
use super::openers::{Kinds, Openers};
use super::{claim, figure, organisation, person, source, time};
use crate::prose::Paragraph;
use crate::text::WordMap;

/// Looks all words of `paragraph` up.
pub(super) fn of(paragraph: &Paragraph) -> Openers {
    Openers::of(paragraph, &WORDS)
}

static WORDS: LazyLock<WordMap<Kinds>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Kinds> = FxHashMap::default();
    let mut add = |kind: Kinds, word: &'static str| {
        let kinds = words.entry(word).or_default();
        *kinds = *kinds | kind;
    };
    claim::openers().for_each(|word| add(Kinds::CLAIM, word));
    source::openers().for_each(|word| add(Kinds::SOURCE, word));
    source::first_words_of_vague().for_each(|word| add(Kinds::VAGUE, word));
    source::first_words_of_outlets().for_each(|word| add(Kinds::OUTLET, word));
    source::NO_AGENT.iter().for_each(|word| add(Kinds::NO_AGENT, word));
    time::openers().for_each(|word| add(Kinds::TIME, word));
    time::anchors().for_each(|word| add(Kinds::TIME_ANCHOR, word));
    time::first_words_of_named_days().for_each(|word| add(Kinds::NAMED_DAY, word));
    figure::openers().for_each(|word| add(Kinds::NUMBER, word));
    person::PRONOUNS.iter().for_each(|&(word, _)| add(Kinds::PRONOUN, word));
    organisation::openers().for_each(|word| add(Kinds::ORGANISATION, word));
    crime::words().for_each(|word| add(Kinds::CRIME, word));
    names::words_of_offices().for_each(|word| add(Kinds::OFFICE, word));
    WordMap::new(words)
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;

    #[test]
    fn a_word_is_known_with_its_point_and_its_ending() {
        let text = "He met her Feb. 2, Monday’s port officials said, in the mid-1990s for the third-largest time.";
        let paragraph = Paragraph::new(BlockKind::Paragraph, text.to_owned());
        let openers = of(&paragraph);
        let starting = |kind: Kinds| -> Vec<&str> { openers.of_kind(kind).map(|at| paragraph.low(at)).collect() };
        assert_eq!(
            starting(Kinds::TIME),
            ["feb.", "monday's", "in", "the", "mid-1990s", "the", "third-largest", "time"]
        );
        assert_eq!(starting(Kinds::TIME_ANCHOR), ["feb.", "2", "monday's", "mid-1990s", "time"]);
        assert_eq!(starting(Kinds::NUMBER), ["2", "mid-1990s", "third-largest"]);
        assert_eq!(starting(Kinds::CLAIM), ["third-largest"]);
        assert_eq!(starting(Kinds::PRONOUN), ["he", "her"]);
        assert_eq!(starting(Kinds::SOURCE), ["officials"]);
        assert_eq!(starting(Kinds::VAGUE), ["the", "the"]);
    }
}
