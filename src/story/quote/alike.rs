//! Quotes of much the same words, for the checks that compare them.
//!
//! Two quotes are set beside each other when they have runs of words in common. Which ones do is found once, and an edit
//! looks again only at the quotes of its own paragraph and at those that share words with them.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{QuoteKind, Reworded, holds};
use crate::markup::BlockKind;
use crate::story::{ParagraphFacts, ParagraphShift, Quote, place_of};

/// Shorter quotes are taken up again in good copy.
const LEAST_WORDS: usize = 6;
/// Length of the runs of words by which alike quotes are found.
const RUN: usize = 4;

/// Two quotes of much the same words, by their indexes in the story's quotes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The earlier one.
    pub first: usize,
    /// The later one.
    pub second: usize,
    /// How much of their words is the same.
    pub likeness: Likeness,
}

/// How much of the words of two quotes is the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likeness {
    /// The same words, and how many.
    Same(usize),
    /// Nearly the same.
    Changed,
}

/// The quotes of a story that are alike.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct AlikeQuotes {
    /// Each with the earlier one that first had most of its runs of words, in the order of the later ones.
    pairs: Vec<Alike>,
    /// A part of the hash of each run of words with a paragraph in whose quotes it stands.
    runs: Vec<(u32, u32)>,
    /// They are in order. Most stories are only checked, and need that never.
    in_order: bool,
}

impl AlikeQuotes {
    /// Finds them all.
    pub fn find(paragraphs: &[Arc<ParagraphFacts>], quotes: &[Quote]) -> Self {
        let mut alike = Self::default();
        // Which quote first had these words.
        let mut firsts: FxHashMap<u64, usize> = FxHashMap::default();
        for (index, quote) in quotes.iter().enumerate() {
            let runs = runs(paragraphs, quote);
            alike.runs.extend(runs.iter().map(|&run| (run as u32, quote.passage.paragraph)));
            let first_of = |run: u64| Some(*firsts.entry(run).or_insert(index));
            alike.pairs.extend(pair(paragraphs, quotes, index, &runs, first_of));
        }
        alike.runs.shrink_to_fit();
        alike
    }

    /// The pairs, in the order of the later quotes.
    pub fn pairs(&self) -> &[Alike] {
        &self.pairs
    }

    /// Gives paragraphs the numbers that they have now.
    pub fn renumber(&mut self, shift: &ParagraphShift) {
        self.runs.iter_mut().for_each(|(_, paragraph)| *paragraph = shift.number(*paragraph));
    }

    /// Brings the pairs up to date for the quotes as they are now, and gives the paragraphs whose quotes may be the later
    /// ones of other pairs than before.
    pub fn follow(
        &mut self,
        paragraphs: &[Arc<ParagraphFacts>],
        quotes: &[Quote],
        reworded: &Reworded,
    ) -> BTreeSet<usize> {
        let mut touched: BTreeSet<usize> = reworded.paragraphs.clone().collect();
        let led = self.follow_runs(paragraphs, quotes, &reworded.paragraphs);
        touched.extend(led.into_iter().flat_map(|run| self.with(run)).map(|paragraph| paragraph as usize));

        let mut pairs = std::mem::take(&mut self.pairs);
        pairs.retain_mut(|pair| {
            let (Some(first), Some(second)) = (reworded.index(pair.first), reworded.index(pair.second)) else {
                return false;
            };
            (pair.first, pair.second) = (first, second);
            quotes.get(second).is_some_and(|quote| !touched.contains(&quote.passage.paragraph()))
        });
        let mut known = FxHashMap::default();
        for &paragraph in &touched {
            for index in place_of(quotes, &(paragraph..paragraph + 1), |quote| quote.passage) {
                let own = runs_of(&mut known, paragraphs, quotes, index);
                let first_of = |run: u64| self.first_of(run, paragraphs, quotes, &mut known);
                pairs.extend(pair(paragraphs, quotes, index, &own, first_of));
            }
        }
        pairs.sort_by_key(|pair| pair.second);
        self.pairs = pairs;
        touched
    }

    /// Brings the runs of words up to date for these paragraphs, and gives those that first stood here, or do now: the quotes
    /// that have them as well may be set beside another one.
    fn follow_runs(
        &mut self,
        paragraphs: &[Arc<ParagraphFacts>],
        quotes: &[Quote],
        here: &Range<usize>,
    ) -> FxHashSet<u32> {
        self.put_in_order();
        let mut led: FxHashSet<u32> = FxHashSet::default();
        let mut last = None;
        self.runs.retain(|&(run, paragraph)| {
            let is_first = last.replace(run) != Some(run);
            let is_here = here.contains(&(paragraph as usize));
            if is_first && is_here {
                led.insert(run);
            }
            !is_here
        });
        let own = quotes.get(place_of(quotes, here, |quote| quote.passage)).unwrap_or_default();
        let of_quote = |quote: &Quote| {
            let paragraph = quote.passage.paragraph;
            runs(paragraphs, quote).into_iter().map(move |run| (run as u32, paragraph))
        };
        let new: Vec<(u32, u32)> = own.iter().flat_map(of_quote).collect();
        self.runs.extend(&new);
        self.in_order = false;
        self.put_in_order();
        let is_first = |&(run, paragraph): &(u32, u32)| self.with(run).next() == Some(paragraph);
        led.extend(new.into_iter().filter(is_first).map(|(run, _)| run));
        led
    }

    fn put_in_order(&mut self) {
        if !self.in_order {
            // Most are in order already when some are added, which a stable sort makes use of.
            self.runs.sort();
            self.runs.dedup();
            self.in_order = true;
        }
    }

    /// The paragraphs in whose quotes a run of words stands, by a part of its hash.
    fn with(&self, run: u32) -> impl Iterator<Item = u32> {
        let start = self.runs.partition_point(|&(other, _)| other < run);
        self.runs.iter().skip(start).take_while(move |&&(other, _)| other == run).map(|&(_, paragraph)| paragraph)
    }

    /// The first quote with this run of words.
    fn first_of(
        &self,
        run: u64,
        paragraphs: &[Arc<ParagraphFacts>],
        quotes: &[Quote],
        known: &mut KnownRuns,
    ) -> Option<usize> {
        self.with(run as u32).map(|paragraph| paragraph as usize).find_map(|paragraph| {
            let mut own = place_of(quotes, &(paragraph..paragraph + 1), |quote| quote.passage);
            own.find(|&index| runs_of(known, paragraphs, quotes, index).binary_search(&run).is_ok())
        })
    }
}

/// The runs of words of quotes that were looked at, in the order of their hashes.
type KnownRuns = FxHashMap<usize, Arc<[u64]>>;

fn runs_of(known: &mut KnownRuns, paragraphs: &[Arc<ParagraphFacts>], quotes: &[Quote], index: usize) -> Arc<[u64]> {
    let in_order = || {
        let mut runs = quotes.get(index).map(|quote| runs(paragraphs, quote)).unwrap_or_default();
        runs.sort_unstable();
        runs.into()
    };
    Arc::clone(known.entry(index).or_insert_with(in_order))
}

/// Hashes of the runs of words of a quote; none when it is not compared.
fn runs(paragraphs: &[Arc<ParagraphFacts>], quote: &Quote) -> Vec<u64> {
    let Some(read) = paragraphs.get(quote.passage.paragraph()) else { return Vec::new() };
    let spoken = matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial);
    // A headline, a caption or a pull quote repeats the story on purpose.
    let copy = matches!(read.paragraph.kind, BlockKind::Paragraph | BlockKind::ListItem);
    if quote.words < LEAST_WORDS || !spoken || !copy {
        return Vec::new();
    }
    let hash_of_word = |word: &str| {
        let mut hasher = FxHasher::default();
        word.hash(&mut hasher);
        hasher.finish()
    };
    let hash_of_run = |run: &[u64]| {
        let mut hasher = FxHasher::default();
        run.iter().for_each(|&word| hasher.write_u64(word));
        hasher.finish()
    };
    // Each word is in several runs, and hashed once.
    let hashes: Vec<u64> = super::words(&read.paragraph, quote.inner).map(hash_of_word).collect();
    hashes.windows(RUN).map(hash_of_run).collect()
}

/// The quote with this index, set beside the earlier one that first had most of its runs of words.
fn pair(
    paragraphs: &[Arc<ParagraphFacts>],
    quotes: &[Quote],
    second: usize,
    runs: &[u64],
    mut first_of: impl FnMut(u64) -> Option<usize>,
) -> Option<Alike> {
    let mut votes: Vec<usize> = runs.iter().filter_map(|&run| first_of(run)).filter(|&first| first != second).collect();
    votes.sort_unstable();
    let best = votes.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same.first())));
    let first = *best?.first()?;
    let words_of = |index: usize| {
        let quote = quotes.get(index)?;
        Some(super::words(&paragraphs.get(quote.passage.paragraph())?.paragraph, quote.inner).collect::<Vec<_>>())
    };
    let (one, other) = (words_of(first)?, words_of(second)?);
    let likeness = if one == other {
        Likeness::Same(one.len())
    } else if is_changed(&one, &other) {
        Likeness::Changed
    } else {
        return None;
    };
    Some(Alike { first, second, likeness })
}

/// Nearly the same words, of nearly the same number, and neither a part of the other.
fn is_changed(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < LEAST_WORDS + 2 || long.len() - short.len() > 2 + long.len() / 8 || holds(long, short) {
        return false;
    }
    let ahead = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let behind = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    // All but a short stretch in the middle, or at one end, is the same.
    let rest = short.len().saturating_sub(ahead + behind).max(long.len().saturating_sub(ahead + behind));
    ahead + behind >= LEAST_WORDS && rest <= 1 + long.len() / 6
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markup::{self, Document, EditedBlocks, Format};
    use crate::prose::Paragraph;
    use crate::story::{Facts, ParagraphEdit};
    use crate::text::Shift;

    fn read(paragraphs: &[&str]) -> (Document, Vec<Arc<ParagraphFacts>>) {
        let document = markup::parse(&format!("Headline\n\n{}", paragraphs.join("\n\n")), Format::Plain);
        let read = |block| Arc::new(ParagraphFacts::new(Paragraph::of_block(block)));
        let read = document.blocks.iter().map(read).collect();
        (document, read)
    }

    fn pairs(paragraphs: &[&str]) -> Vec<Alike> {
        let (document, paragraphs) = read(paragraphs);
        let facts = Facts::link(&document, &paragraphs, &Default::default(), Facts::default());
        AlikeQuotes::find(&paragraphs, &facts.quotes).pairs
    }

    #[test]
    fn each_quote_is_set_beside_the_first_with_its_words() {
        let same = "Ruiz said, “We had hoped for far better news this week.”";
        let found = pairs(&[same, "“We had hoped for far worse news this week,” Finch said.", same]);
        let expected = [(0, 1, Likeness::Changed), (0, 2, Likeness::Same(9))];
        assert_eq!(found, expected.map(|(first, second, likeness)| Alike { first, second, likeness }));
        assert!(pairs(&["“We had hoped,” he said.", "“We had hoped,” he said."]).is_empty(), "they are too short");
    }

    const SENTENCES: &[&str] = &[
        "“We had hoped for far better news from the board this week,” Ruiz said.",
        "“We had hoped for far better news from the board last week,” Finch said.",
        "“Nobody asked the ferrymen what they would lose by it,” she said. “We had hoped for far better news from.”",
        "“Nobody asked the ferrymen what they would lose by it",
        "“Then nobody asked the ferrymen what they would lose.”",
        "The board met on Monday.",
    ];

    proptest! {
        #[test]
        fn pairs_follow_an_edit(
            story in prop::collection::vec(0..SENTENCES.len(), 2..8),
            edits in prop::collection::vec((0..8_usize, 0..SENTENCES.len(), 0..90_usize), 1..6),
        ) {
            let mut story: Vec<&str> = story.into_iter().map(|at| SENTENCES[at]).collect();
            let (document, mut paragraphs) = read(&story);
            let mut facts = Facts::link(&document, &paragraphs, &Default::default(), Facts::default());
            let _ = facts.alike_quotes.set(AlikeQuotes::find(&paragraphs, &facts.quotes));
            for (at, sentence, cut) in edits {
                let at = at % story.len();
                let sentence = SENTENCES[sentence];
                story[at] = &sentence[sentence.floor_char_boundary(cut.min(sentence.len() - 1))..];
                let (document, now) = read(&story);
                let before = std::mem::replace(&mut paragraphs, now);
                // Where a paragraph changes its kind, all are linked again.
                let differ = |(before, now): &(&Arc<ParagraphFacts>, &Arc<ParagraphFacts>)| before.paragraph.text != now.paragraph.text;
                let kinds = |all: &[Arc<ParagraphFacts>]| all.iter().map(|read| read.paragraph.kind).collect::<Vec<_>>();
                let edited: Vec<usize> =
                    before.iter().zip(&paragraphs).enumerate().filter(|(_, pair)| differ(pair)).map(|(at, _)| at).collect();
                let followed = match edited[..] {
                    [number] if kinds(&before) == kinds(&paragraphs) => {
                        let prose = Shift::between(&before[number].paragraph.text, &paragraphs[number].paragraph.text);
                        let (before, shift) = (&before[number..=number], ParagraphShift::new(EditedBlocks::of_words(number), Some(prose)));
                        let edit = ParagraphEdit { document: &document, paragraphs: &paragraphs, before, shift };
                        facts.follow(&edit, &Default::default())
                    }
                    _ => None,
                };
                if followed.is_none() {
                    facts = Facts::link(&document, &paragraphs, &Default::default(), Facts::default());
                    let _ = facts.alike_quotes.set(AlikeQuotes::find(&paragraphs, &facts.quotes));
                }
                let mut again = AlikeQuotes::find(&paragraphs, &facts.quotes);
                again.put_in_order();
                facts.alike_quotes.get_mut().expect("it was set").put_in_order();
                prop_assert_eq!(facts.alike_quotes.get(), Some(&again));
            }
        }
    }
}
