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

/// So many of its marks show that a story is told in a dialect, and one in so many words.
const DIALECT: (u32, u32) = (4, 150);

impl Story<'_> {
    /// Whether it is told in a dialect, or in the English of other centuries, of which the grammar is not that of the rules.
    pub fn is_in_dialect(&self) -> bool {
        let (words, marks) = self.index.iter().fold((0, 0), |all, own| (all.0 + own.words, all.1 + own.dialect));
        marks >= DIALECT.0 && marks * DIALECT.1 >= words
    }
}

/// How many words and turns of a paragraph only dialects have: `dat`, `cannae`, and sentences such as “They saying so” and “She been
/// there”.
pub(super) fn dialect_marks(p: &Paragraph) -> u32 {
    let is_small = |at: usize| p.tokens.get(at).is_some_and(|token| token.spaced && !token.capital);
    let mut marks = 0;
    let mut articles = 0;
    for at in 0..p.tokens.len() {
        let low = p.low(at);
        marks += u32::from(lexicon::speech::DIALECT.contains(low));
        articles += u32::from(low == "de" && is_small(at + 1));
        let is_subject = matches!(low, "he" | "she" | "we" | "they") && p.opens_sentence(at);
        let verb = p.low(at + 1);
        let lacks_helper = verb == "been" || verb.len() > "king".len() && verb.ends_with("ing");
        marks += 2 * u32::from(is_subject && lacks_helper && is_small(at + 1));
    }
    // Other languages have a `de`, too.
    marks + if marks > 0 { articles } else { 0 }
}

/// How many words of a paragraph are such as tales are full of.
pub(super) fn tale_pronouns(p: &Paragraph) -> u32 {
    (0..p.tokens.len()).filter(|&at| lexicon::speech::TALE_PRONOUNS.contains(p.low(at))).count() as u32
}
