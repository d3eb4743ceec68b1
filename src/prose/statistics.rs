//! Counts of a text's prose, and the measures of how hard it is to read that come from them.

use super::{Paragraph, Sentence, TokenKind, syllables};

/// Words that a minute's reading takes: the mean of silent readers of English nonfiction (Brysbaert, 2019: 238).
pub const WORDS_A_MINUTE: usize = 238;

/// Counts of running text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStatistics {
    /// Words and numbers.
    pub words: usize,
    /// Sentences that have words.
    pub sentences: usize,
    /// Syllables of all words; a number counts as one.
    pub syllables: usize,
    /// Letters and digits of all words.
    pub letters: usize,
    /// Words of three syllables or more that are no names and have them without `-ed` and `-es`, as Gunning counts.
    pub hard_words: usize,
}

impl TextStatistics {
    /// Counts the words of a paragraph.
    pub fn of(paragraph: &Paragraph) -> Self {
        let mut counts = Self::default();
        for sentence in &paragraph.sentences {
            let before = counts.words;
            for at in sentence.tokens() {
                counts.add_token(paragraph, at);
            }
            counts.sentences += usize::from(counts.words > before);
        }
        counts
    }

    fn add_token(&mut self, paragraph: &Paragraph, at: usize) {
        let Some(token) = paragraph.tokens.get(at).filter(|token| token.kind != TokenKind::Punct) else { return };
        self.words += 1;
        let low = paragraph.low(at);
        self.letters += low.chars().filter(|letter| letter.is_alphanumeric()).count();
        if token.kind == TokenKind::Number {
            self.syllables += 1;
            return;
        }
        let count = syllables(low);
        self.syllables += count;
        let ending = ["es", "ed", "ing"].iter().any(|ending| low.ends_with(ending));
        let is_name = token.capital && !paragraph.opens_sentence(at);
        self.hard_words += usize::from(!is_name && !low.contains('-') && count >= if ending { 4 } else { 3 });
    }

    /// With the counts of another text added.
    pub fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
            letters: self.letters + other.letters,
            hard_words: self.hard_words + other.hard_words,
        }
    }

    /// Flesch-Kincaid: the American school grade in which pupils can read it (Kincaid and others, 1975). `None` without words.
    pub fn flesch_kincaid(&self) -> Option<f64> {
        Some(0.39 * self.per_sentence()? + 11.8 * self.per_word(self.syllables)? - 15.59)
    }

    /// Flesch's reading ease: from about 0, hardest, to 100 (Flesch, 1948). `None` without words.
    pub fn reading_ease(&self) -> Option<f64> {
        Some(206.835 - 1.015 * self.per_sentence()? - 84.6 * self.per_word(self.syllables)?)
    }

    /// Gunning's fog index: years of school (Gunning, 1952). `None` without words.
    pub fn gunning_fog(&self) -> Option<f64> {
        Some(0.4 * (self.per_sentence()? + 100.0 * self.per_word(self.hard_words)?))
    }

    /// Coleman and Liau's index: the grade, by letters and not by syllables (1975). `None` without words.
    pub fn coleman_liau(&self) -> Option<f64> {
        Some(5.88 * self.per_word(self.letters)? - 29.6 / self.per_sentence()? - 15.8)
    }

    fn per_sentence(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.words as f64 / self.sentences as f64)
    }

    fn per_word(&self, count: usize) -> Option<f64> {
        (self.words > 0).then(|| count as f64 / self.words as f64)
    }
}

/// How many words and numbers a sentence has.
pub fn words_of(paragraph: &Paragraph, sentence: Sentence) -> usize {
    sentence.tokens().filter(|&at| paragraph.tokens.get(at).is_some_and(|token| token.kind != TokenKind::Punct)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;

    #[test]
    fn measures_are_those_of_the_formulas() {
        let text = "The ferry stopped. Officials postponed the environmental hearing 3 times.";
        let counts = TextStatistics::of(&Paragraph::new(BlockKind::Paragraph, text));
        assert_eq!((counts.words, counts.sentences, counts.syllables, counts.hard_words), (10, 2, 19, 2));
        let near = |measure: Option<f64>, value: f64| {
            assert!(measure.is_some_and(|m| (m - value).abs() < 0.01), "{measure:?}")
        };
        near(counts.flesch_kincaid(), 0.39 * 5.0 + 11.8 * 1.9 - 15.59);
        near(counts.reading_ease(), 206.835 - 1.015 * 5.0 - 84.6 * 1.9);
        near(counts.gunning_fog(), 0.4 * (5.0 + 20.0));
        near(counts.coleman_liau(), 5.88 * 6.2 - 29.6 * 2.0 / 10.0 - 15.8);
        assert_eq!(TextStatistics::default().flesch_kincaid(), None);
    }
}
