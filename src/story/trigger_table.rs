//! The one table of the words by which facts start, from the lists of those who read facts.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::{crime, names};
use super::trigger_words::{TriggerWords, Triggers};
use super::{claim, figure, organisation, person, source, time};
use crate::prose::Paragraph;
use crate::text::WordMap;

/// Looks all words of `paragraph` up.
pub(super) fn of(paragraph: &Paragraph) -> TriggerWords {
    TriggerWords::of(paragraph, &WORDS)
}

static WORDS: LazyLock<WordMap<Triggers>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Triggers> = FxHashMap::default();
    let mut add = |kind: Triggers, word: &'static str| {
        let kinds = words.entry(word).or_default();
        *kinds = *kinds | kind;
    };
    claim::trigger_words().for_each(|word| add(Triggers::CLAIM, word));
    source::trigger_words().for_each(|word| add(Triggers::SOURCE, word));
    source::first_words_of_vague().for_each(|word| add(Triggers::VAGUE, word));
    source::first_words_of_outlets().for_each(|word| add(Triggers::OUTLET, word));
    source::NO_AGENT.iter().for_each(|word| add(Triggers::NO_AGENT, word));
    time::trigger_words().for_each(|word| add(Triggers::TIME, word));
    time::anchors().for_each(|word| add(Triggers::TIME_ANCHOR, word));
    time::first_words_of_named_days().for_each(|word| add(Triggers::NAMED_DAY, word));
    figure::trigger_words().for_each(|word| add(Triggers::NUMBER, word));
    person::PRONOUNS.iter().for_each(|&(word, _)| add(Triggers::PRONOUN, word));
    organisation::trigger_words().for_each(|word| add(Triggers::ORGANISATION, word));
    crime::words().for_each(|word| add(Triggers::CRIME, word));
    names::words_of_offices().for_each(|word| add(Triggers::OFFICE, word));
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
        let triggers = of(&paragraph);
        let starting = |kind: Triggers| -> Vec<&str> { triggers.of_kind(kind).map(|at| paragraph.low(at)).collect() };
        assert_eq!(
            starting(Triggers::TIME),
            ["feb.", "monday's", "in", "the", "mid-1990s", "the", "third-largest", "time"]
        );
        assert_eq!(starting(Triggers::TIME_ANCHOR), ["feb.", "2", "monday's", "mid-1990s", "time"]);
        assert_eq!(starting(Triggers::NUMBER), ["2", "mid-1990s", "third-largest"]);
        assert_eq!(starting(Triggers::CLAIM), ["third-largest"]);
        assert_eq!(starting(Triggers::PRONOUN), ["he", "her"]);
        assert_eq!(starting(Triggers::SOURCE), ["officials"]);
        assert_eq!(starting(Triggers::VAGUE), ["the", "the"]);
    }
}
