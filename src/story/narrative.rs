//! Whether a story is told as novels and poems are, and not as news.

use super::Story;
use super::quote::QuoteKind;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::Paragraph;

/// Fewer words tell nothing.
const LEAST_WORDS: usize = 60;

/// News names somebody in full more often than once in so many words.
const WORDS_A_NAME: usize = 250;

impl Story<'_> {
    /// Whether it reads as fiction or a poem: full of “he”, “she”, “you” and “I”, or of talk, and hardly anybody has a first name and
    /// a surname. Of such no reader asks on which day it happens or who a speaker is.
    pub fn reads_as_fiction(&self) -> bool {
        let body = self.index.iter().filter(|entry| entry.kind == BlockKind::Paragraph);
        let (words, pronouns) = body.fold((0, 0), |all, own| (all.0 + own.words, all.1 + own.tale_pronouns));
        let (words, pronouns) = (words as usize, pronouns as usize);
        let named = self.people.iter().filter(|person| !person.given.is_empty() && !person.surname.is_empty()).count();
        let said = self.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).count();
        words >= LEAST_WORDS
            && named * WORDS_A_NAME <= words + WORDS_A_NAME
            && (pronouns * 100 >= words * 9 || (pronouns * 100 >= words * 6 && said * 60 >= words))
    }
}

/// How many words of a paragraph are such as tales are full of.
pub(super) fn tale_pronouns(p: &Paragraph) -> u32 {
    (0..p.tokens.len()).filter(|&at| lexicon::speech::TALE_PRONOUNS.contains(p.low(at))).count() as u32
}
