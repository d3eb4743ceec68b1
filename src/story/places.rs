//! Where single words are in the story.
//!
//! Few words are ever asked for, but each means a look at the whole story. So the places of a word are kept once a check has
//! asked, and an edit looks for them again only in its own paragraph. Where many words are asked for, as in a list of names,
//! all words of the story are put in order once, so that each costs a look there.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{ParagraphFacts, ParagraphShift, Story};
use crate::prose::{Paragraph, Vocabulary, without_possessive};
use crate::text::hash;

/// So many words are looked for by themselves before all words of the story are put in order.
const FEW: usize = 64;

/// The places of the words that were asked for.
#[derive(Debug, Default)]
pub(crate) struct WordPlaces {
    kept: Mutex<KeptPlaces>,
}

#[derive(Debug, Default)]
struct KeptPlaces {
    by_word: FxHashMap<String, Places>,
    /// How many words were looked for since the last edit.
    asked: usize,
    /// The words of all paragraphs, once many were asked for.
    all: Option<AllWords>,
}

/// Which paragraphs hold a word: short hashes of words with the numbers of paragraphs, in order. Other words may have the
/// same hash.
#[derive(Debug)]
struct AllWords(Vec<(u32, u32)>);

impl AllWords {
    fn of(paragraphs: &[Arc<ParagraphFacts>]) -> Self {
        let mut all = Vec::new();
        for (number, read) in paragraphs.iter().enumerate() {
            let first = all.len();
            let words =
                (0..read.paragraph.tokens.len()).map(|at| (short_hash(bare(read.paragraph.low(at))), number as u32));
            all.extend(words);
            all[first..].sort_unstable();
            let mut last = None;
            let mut kept = first;
            for at in first..all.len() {
                if last.replace(all[at]) != Some(all[at]) {
                    all[kept] = all[at];
                    kept += 1;
                }
            }
            all.truncate(kept);
        }
        all.sort_unstable();
        Self(all)
    }

    /// The numbers of the paragraphs that may hold `word`, in order.
    fn paragraphs(&self, word: &str) -> impl Iterator<Item = usize> {
        let hash = short_hash(word);
        let first = self.0.partition_point(|&(other, _)| other < hash);
        self.0.iter().skip(first).take_while(move |(other, _)| *other == hash).map(|&(_, number)| number as usize)
    }
}

fn short_hash(word: &str) -> u32 {
    hash(word.as_bytes()) as u32
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
    /// Gives paragraphs the numbers that they have now.
    pub fn renumber(&mut self, shift: &ParagraphShift) {
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        for places in kept.by_word.values_mut() {
            Arc::make_mut(&mut places.all).iter_mut().for_each(|(paragraph, _)| *paragraph = shift.number(*paragraph));
        }
    }

    /// Looks for the words again in paragraph number `number`, which is `now` so.
    pub fn follow(&mut self, number: usize, now: &ParagraphFacts) {
        let number = number as u32;
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        (kept.asked, kept.all) = (0, None);
        for (word, places) in &mut kept.by_word {
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
    /// Where `word` (lower case) is in the story, alone or with a possessive ending: paragraphs and tokens, in reading
    /// order.
    pub(crate) fn places_of(&self, word: &str) -> Arc<Vec<(u32, u32)>> {
        let mut kept = self.word_places.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.by_word.get(word) {
            return Arc::clone(&known.all);
        }
        let in_numbered = |(number, read): (usize, &'a ParagraphFacts)| {
            in_paragraph(&read.paragraph, word).map(move |token| (number as u32, token))
        };
        kept.asked += 1;
        let places = if kept.asked > FEW {
            let all = kept.all.get_or_insert_with(|| AllWords::of(self.paragraphs));
            let held = all.paragraphs(word).filter_map(|number| Some((number, self.paragraphs.get(number)?.as_ref())));
            held.flat_map(in_numbered).collect()
        } else {
            self.paragraphs_holding(word).flat_map(in_numbered).collect()
        };
        let all = Arc::new(places);
        kept.by_word.insert(word.to_owned(), Places { vocabulary: Vocabulary::of(word), all: Arc::clone(&all) });
        all
    }

    /// The paragraphs that may hold `word` (lower case), alone, with a possessive ending or as a part of a word with hyphens,
    /// with their numbers. Its letters are in each of them, but may be those of another word.
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
    (0..paragraph.tokens.len()).filter(move |&at| bare(paragraph.low(at)) == word).map(|at| at as u32)
}

/// `low`, a word in lower case, without a possessive ending.
fn bare(low: &str) -> &str {
    without_possessive(low)
}

#[cfg(test)]
mod tests {
    use crate::markup::{self, Format};
    use crate::prose::Paragraph;
    use crate::story::{Facts, ParagraphFacts, Story, Surroundings};
    use std::sync::Arc;

    #[test]
    fn many_words_are_found_as_few_are() {
        let numbered = |number: usize| format!("Name{number} met name{}’s pier{}.", number * 7 % 100, number % 3);
        let text = (0..100).map(numbered).collect::<Vec<_>>().join("\n\n");
        let document = markup::parse(&text, Format::Plain);
        let read = |block| Arc::new(ParagraphFacts::new(Paragraph::of_block(block)));
        let paragraphs: Vec<Arc<ParagraphFacts>> = document.blocks.iter().map(read).collect();
        let facts = Facts::link(&document, &paragraphs, &Surroundings::default(), Facts::default());
        let story = Story::new(&document, &paragraphs, &facts);
        let mut words: Vec<String> = (0..100).map(|number| format!("name{number}")).collect();
        words.extend(["pier0", "met", ".", "nobody"].map(str::to_owned));
        for word in words {
            let places: Vec<(u32, u32)> = (0..)
                .zip(&paragraphs)
                .flat_map(|(number, read)| {
                    super::in_paragraph(&read.paragraph, &word).map(move |token| (number, token))
                })
                .collect();
            assert_eq!(*story.places_of(&word), places, "{word}");
        }
    }

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
