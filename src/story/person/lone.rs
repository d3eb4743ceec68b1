//! Words with a capital that stand alone and are nobody's name, as far as the story tells.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::Spelling;
use super::context::{looks_like_a_surname, may_show_a_person};
use super::spelling::SOUND_LONGER;
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::story::{ParagraphFacts, place_of};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LoneName {
    /// The word, without title and possessive ending.
    pub passage: Passage,
    /// The hash of the word in lower case.
    pub word: u64,
    /// It is between quotation marks.
    pub quoted: bool,
    /// It looks like the surname of somebody who is named without title or first name.
    pub like_a_surname: bool,
    /// That, and the words round it may show that it is a person's.
    pub may_be_shown: bool,
    /// It is one slip from the surname of somebody of the story, or sounds like it.
    near: bool,
    /// What may be told of its nearness to a surname without its letters.
    shape: WordShape,
}

/// First byte and length of a word in lower case: words that are near begin alike, and one is hardly longer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct WordShape {
    first: u8,
    chars: usize,
}

impl WordShape {
    fn of(low: &str) -> Self {
        Self { first: low.bytes().next().unwrap_or_default(), chars: low.chars().count() }
    }

    fn may_be_near(self, other: Self) -> bool {
        self.first == other.first && self.chars.abs_diff(other.chars) <= SOUND_LONGER
    }
}

/// The lone names in the full sentences of a story.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LoneNames {
    /// In reading order.
    all: Vec<LoneName>,
    /// How often each word is among them, by its hash.
    counts: FxHashMap<u64, u32>,
}

impl LoneNames {
    /// Finds them all. `mentions` are those of all people, in reading order.
    pub fn find(paragraphs: &[Arc<ParagraphFacts>], mentions: &[(Passage, usize)], spelling: &Spelling) -> Self {
        let mut names = Self::default();
        let mut rest = mentions;
        for (number, read) in paragraphs.iter().enumerate() {
            let (own, behind) = rest.split_at(rest.partition_point(|(passage, _)| passage.paragraph() <= number));
            rest = behind;
            in_paragraph(number, read, own, spelling, &mut names.all);
        }
        names.all.iter().for_each(|lone| *names.counts.entry(lone.word).or_default() += 1);
        names
    }

    /// Finds those of paragraph number `number` again, which is `now` so. The people are as they were.
    pub fn follow(&mut self, number: usize, now: &ParagraphFacts, mentions: &[(Passage, usize)], spelling: &Spelling) {
        let own = place_of(mentions, &(number..number + 1), |(passage, _)| *passage);
        let mut found = Vec::new();
        in_paragraph(number, now, mentions.get(own).unwrap_or_default(), spelling, &mut found);
        for lone in &found {
            *self.counts.entry(lone.word).or_default() += 1;
        }
        let old = place_of(&self.all, &(number..number + 1), |lone| lone.passage);
        for lone in self.all.splice(old, found) {
            if let Some(count) = self.counts.get_mut(&lone.word) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&lone.word);
                }
            }
        }
    }

    /// Looks again for what is one slip from `surnames`, which people of the story have now or no longer have.
    pub fn follow_people(
        &mut self,
        surnames: &FxHashSet<String>,
        spelling: &Spelling,
        paragraphs: &[Arc<ParagraphFacts>],
    ) {
        let changed: Vec<WordShape> = surnames.iter().map(|surname| WordShape::of(surname)).collect();
        for lone in self.all.iter_mut().filter(|lone| changed.iter().any(|shape| shape.may_be_near(lone.shape))) {
            let Some(read) = paragraphs.get(lone.passage.paragraph()) else { continue };
            // In the edited paragraph all names are looked for again.
            let word = read.paragraph.text.get(lone.passage.span.range()).unwrap_or_default();
            lone.near = !spelling.near_surname(&word.to_lowercase()).is_empty();
        }
    }

    /// Their places.
    pub fn places(&mut self) -> impl Iterator<Item = &mut Passage> {
        self.all.iter_mut().map(|lone| &mut lone.passage)
    }

    /// How often the word with this hash is among them.
    pub fn count(&self, word: u64) -> u32 {
        self.counts.get(&word).copied().unwrap_or_default()
    }

    /// All of them, in reading order.
    pub fn all(&self) -> impl Iterator<Item = &LoneName> {
        self.all.iter()
    }

    /// Those that look like surnames of somebody who is named without title or first name.
    pub fn surnames(&self) -> impl Iterator<Item = &LoneName> {
        self.all.iter().filter(|lone| lone.like_a_surname)
    }

    /// Those one slip from the surname of somebody of the story.
    pub fn near_a_surname(&self) -> impl Iterator<Item = &LoneName> {
        self.all.iter().filter(|lone| lone.near)
    }
}

fn in_paragraph(
    number: usize,
    read: &ParagraphFacts,
    mentions: &[(Passage, usize)],
    spelling: &Spelling,
    found: &mut Vec<LoneName>,
) {
    // Headlines, captions, lists and tables have no full sentences.
    if read.paragraph.kind != BlockKind::Paragraph {
        return;
    }
    let is_mention = |start: u32| mentions.binary_search_by_key(&start, |(passage, _)| passage.span.start).is_ok();
    for name in read.names.names.iter().filter(|name| name.given.is_none() && !is_mention(name.span.start)) {
        let low = read.paragraph.slice(name.surname).to_lowercase();
        let mut hasher = FxHasher::default();
        low.hash(&mut hasher);
        let quoted = read.quotes.around(name.surname).is_some();
        let like_a_surname =
            !quoted && name.title.is_none() && looks_like_a_surname(read.paragraph.slice(name.surname));
        found.push(LoneName {
            passage: Passage::new(number, name.surname),
            word: hasher.finish(),
            quoted,
            like_a_surname,
            may_be_shown: like_a_surname && may_show_a_person(&read.paragraph, name.surname),
            near: !spelling.near_surname(&low).is_empty(),
            shape: WordShape::of(&low),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Format;
    use crate::story::{Facts, Story};

    fn facts(text: &str) -> (crate::markup::Document, Vec<Arc<ParagraphFacts>>, Facts) {
        let document = crate::markup::parse(text, Format::Plain);
        let read = |block| Arc::new(ParagraphFacts::new(crate::prose::Paragraph::of_block(block)));
        let paragraphs: Vec<_> = document.blocks.iter().map(read).collect();
        let facts = Facts::link(&document, &paragraphs, &Default::default(), Facts::default());
        (document, paragraphs, facts)
    }

    #[test]
    fn names_that_are_nobodys_are_found_once_and_counted() {
        let text = "Zorba Wins\n\nMayor Ana Ruiz met Zorba and Ruiz.\n\nThey saw Zorba, Riuz and “Quill of the bay.”";
        let (document, paragraphs, facts) = facts(text);
        let story = Story::new(&document, &paragraphs, &facts);
        let words: Vec<&str> = facts.lone_names.all.iter().map(|lone| story.slice(lone.passage)).collect();
        assert_eq!(words, ["Zorba", "Zorba", "Riuz", "Quill"]);
        assert_eq!(facts.lone_names.count(facts.lone_names.all[0].word), 2);
        let near: Vec<&str> = facts.lone_names.near_a_surname().map(|lone| story.slice(lone.passage)).collect();
        assert!(near.is_empty(), "four letters are too few: {near:?}");
        assert!(facts.lone_names.all[3].quoted);
    }

    #[test]
    fn a_paragraph_that_is_looked_at_again_counts_once() {
        let text = "They met Zorba and Quill.\n\nThen Zorba left.";
        let (_, paragraphs, mut facts) = facts(text);
        let now =
            ParagraphFacts::new(crate::prose::Paragraph::new(BlockKind::Paragraph, "Then Quill left.".to_owned()));
        facts.lone_names.follow(1, &now, &[], &facts.spelling);
        let again = LoneNames::find(&[Arc::clone(&paragraphs[0]), Arc::new(now)], &[], &facts.spelling);
        assert_eq!(facts.lone_names, again);
    }
}
