//! Where single words stand in the story.
//!
//! Few words are ever asked for, but each means a look at the whole story. So the places of a word are kept once a check has
//! asked, and an edit looks for them again only in its own paragraph.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{ParagraphFacts, Story};
use crate::prose::{Paragraph, Vocabulary};

/// The places of the words that were asked for.
#[derive(Debug, Default)]
pub(crate) struct WordPlaces {
    by_word: Mutex<FxHashMap<String, Places>>,
}

/// The places of one word.
#[derive(Debug)]
struct Places {
    /// The word alone.
    vocabulary: Vocabulary,
    /// Paragraph and token, in reading order.
    all: Arc<Vec<(u32, u32)>>,
}

impl WordPlaces {
    /// Looks for the words again in paragraph number `number`, which is `now` so.
    pub fn follow(&mut self, number: usize, now: &ParagraphFacts) {
        let number = number as u32;
        for (word, places) in self.by_word.get_mut().unwrap_or_else(PoisonError::into_inner) {
            let start = places.all.partition_point(|(paragraph, _)| *paragraph < number);
            let end = places.all.partition_point(|(paragraph, _)| *paragraph <= number);
            let may_hold = now.paragraph.vocabulary.may_hold(places.vocabulary);
            if start < end || may_hold {
                let found = in_paragraph(&now.paragraph, word).map(|token| (number, token));
                Arc::make_mut(&mut places.all).splice(start..end, found);
            }
        }
    }
}

impl<'a> Story<'a> {
    /// Where `word` (lower case) stands in the story, alone or with a possessive ending: paragraphs and tokens, in reading
    /// order.
    pub(crate) fn places_of(&self, word: &str) -> Arc<Vec<(u32, u32)>> {
        let mut by_word = self.word_places.by_word.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = by_word.get(word) {
            return Arc::clone(&known.all);
        }
        let places = self
            .paragraphs_holding(word)
            .flat_map(|(number, read)| in_paragraph(&read.paragraph, word).map(move |token| (number as u32, token)));
        let all = Arc::new(places.collect());
        by_word.insert(word.to_owned(), Places { vocabulary: Vocabulary::of(word), all: Arc::clone(&all) });
        all
    }

    /// The paragraphs that may hold `word` (lower case), alone, with a possessive ending or as a part of a word with hyphens,
    /// with their numbers. Its letters stand in each of them, but may be those of another word.
    pub(crate) fn paragraphs_holding<'w>(
        &self,
        word: &'w str,
    ) -> impl Iterator<Item = (usize, &'a ParagraphFacts)> + use<'a, 'w> {
        let vocabulary = Vocabulary::of(word);
        let finder = memchr::memmem::Finder::new(word);
        // Searching the letters of a whole paragraph is quicker than looking at each of its words.
        self.paragraphs_where(move |entry| entry.vocabulary.may_hold(vocabulary))
            .filter(move |(_, read)| finder.find(read.paragraph.folded.lower.as_bytes()).is_some())
    }
}

fn in_paragraph<'p>(paragraph: &'p Paragraph, word: &'p str) -> impl Iterator<Item = u32> + 'p {
    let is_word = move |&at: &usize| {
        let low = paragraph.low(at);
        low.strip_suffix("'s").unwrap_or(low) == word
    };
    (0..paragraph.tokens.len()).filter(is_word).map(|at| at as u32)
}

#[cfg(test)]
mod tests {
    use crate::markup::{self, Format};
    use crate::prose::Paragraph;
    use crate::story::{Facts, ParagraphFacts, Story, Surroundings};
    use std::sync::Arc;

    #[test]
    fn places_follow_an_edit() {
        let document = markup::parse("The pier.\n\nA pier’s end.\n\nThe end.", Format::Plain);
        let read = |block| Arc::new(ParagraphFacts::new(Paragraph::of_block(block)));
        let mut paragraphs: Vec<Arc<ParagraphFacts>> = document.blocks.iter().map(read).collect();
        let mut facts = Facts::link(&document, &paragraphs, &Surroundings::default(), Facts::default());
        let places = |facts: &Facts, paragraphs: &[Arc<ParagraphFacts>]| {
            Story::new(&document, paragraphs, facts).places_of("pier").as_ref().clone()
        };
        assert_eq!(places(&facts, &paragraphs), [(0, 1), (1, 1)]);
        for (text, expected) in [("A ship’s end.", vec![(0, 1)]), ("Old pier, new pier.", vec![(0, 1), (1, 1), (1, 4)])]
        {
            paragraphs[1] =
                Arc::new(ParagraphFacts::new(Paragraph::new(paragraphs[1].paragraph.kind, text.to_owned())));
            facts.word_places.follow(1, &paragraphs[1]);
            assert_eq!(places(&facts, &paragraphs), expected);
        }
    }
}
