//! How long a story is, how hard to read, and how much of it others say.

use super::Story;
use super::quote::QuoteKind;
use crate::markup::BlockKind;
use crate::prose::{Passage, TextStatistics, TokenKind, WORDS_A_MINUTE, words_of};

/// How many of the longest sentences are shown.
const LONGEST: usize = 3;

/// From so many words on, a grade says something.
const LEAST_WORDS: usize = 100;

/// How long a story is, by counts that are kept with its paragraphs: cheap enough for every keystroke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// Words and numbers of the whole story without its boilerplate.
    pub words: usize,
    /// Counts of the body, by which reading is measured. Paragraphs in other languages are not among them.
    pub body: TextStatistics,
}

impl Length {
    /// Measures a story.
    pub fn of(story: &Story) -> Self {
        let mut length = Self::default();
        for read in story.paragraphs {
            let paragraph = &read.paragraph;
            if paragraph.kind != BlockKind::Boilerplate {
                length.words += paragraph.word_count();
            }
            if paragraph.kind.is_body() && !paragraph.foreign {
                let counts = read.cues.statistics.get_or_init(|| TextStatistics::of(paragraph));
                length.body = length.body.and(*counts);
            }
        }
        length
    }

    /// How many minutes it takes to read, rounded up.
    pub fn minutes(&self) -> usize {
        self.words.div_ceil(WORDS_A_MINUTE)
    }

    /// Flesch and Kincaid's grade of the body; `None` where it is so short that one long name decides.
    pub fn grade(&self) -> Option<f64> {
        self.body.flesch_kincaid().filter(|_| self.body.words >= LEAST_WORDS)
    }
}

/// What a story measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Words and numbers of the whole story without its boilerplate.
    pub words: usize,
    /// Paragraphs of the body.
    pub paragraphs: usize,
    /// Counts of the body, by which reading is measured. Sentences of other languages are not among them.
    pub body: TextStatistics,
    /// Words of the body that are in direct quotes, whole and partial.
    pub quoted_words: usize,
    /// The longest sentences of the body with their words, longest first; the earlier of two that are as long.
    pub longest: Vec<(Passage, usize)>,
}

impl Measures {
    /// Measures a story.
    pub fn of(story: &Story) -> Self {
        let Length { words, body } = Length::of(story);
        let mut measures = Self { words, body, ..Self::default() };
        for (number, read) in story.paragraphs.iter().enumerate() {
            let paragraph = &read.paragraph;
            if !paragraph.kind.is_body() || paragraph.foreign {
                continue;
            }
            measures.paragraphs += 1;
            for sentence in &paragraph.sentences {
                measures.add_sentence(Passage::new(number, sentence.span), words_of(paragraph, *sentence));
            }
        }
        let said = story.quotes.iter().filter(|quote| matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial));
        let quoted = said.filter_map(|quote| {
            let paragraph = story.paragraph(quote.passage.paragraph());
            let is_counted = paragraph.kind.is_body() && !paragraph.foreign;
            let inside = paragraph.tokens_in(quote.inner);
            is_counted.then(|| inside.filter(|&at| paragraph.tokens[at].kind != TokenKind::Punct).count())
        });
        measures.quoted_words = quoted.sum();
        measures
    }

    fn add_sentence(&mut self, passage: Passage, words: usize) {
        let place = self.longest.partition_point(|(_, longer)| *longer >= words);
        if words > 0 && place < LONGEST {
            self.longest.insert(place, (passage, words));
            self.longest.truncate(LONGEST);
        }
    }

    /// How many minutes it takes to read, rounded up.
    pub fn minutes(&self) -> usize {
        self.words.div_ceil(WORDS_A_MINUTE)
    }

    /// The share of the body that is in direct quotes, in per cent.
    pub fn quoted_share(&self) -> usize {
        (self.quoted_words * 100 + self.body.words / 2).checked_div(self.body.words).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Measures;
    use crate::analysis::Analyzer;
    use crate::markup::Format;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    #[test]
    fn a_story_is_measured() {
        let text = "# Ferries\n\n“We will go on,” Ana Ruiz said. The ferry did not run on Monday.\n\nIt runs again.";
        let mut analyzer = Analyzer::new(std::sync::Arc::default());
        let analysis = analyzer.analyze(text, Format::Markdown, &Surroundings::default(), &Settings::default());
        let measures = Measures::of(&analysis.story());
        assert_eq!((measures.words, measures.body.words, measures.body.sentences), (18, 17, 3));
        assert_eq!((measures.paragraphs, measures.quoted_words, measures.quoted_share()), (2, 4, 24));
        assert_eq!(measures.longest.iter().map(|(_, words)| *words).collect::<Vec<_>>(), [7, 7, 3]);
        assert_eq!(measures.minutes(), 1);
    }
}
