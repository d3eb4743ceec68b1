//! Other forms of a word, on which the sentence model and the tagger agree.
//!
//! How much likelier another form must be by the sentence model alone is said by the limit of the two words, which slips in edited text
//! have raised. Where the tagger, which knows nothing of these words, would have the other form too, less is enough; but both would
//! rather tell a story in the past, so they are asked only where the words before leave no choice.

use crate::dictionary::{self, WordForm};
use crate::model::mistaken::WordNumber;
use crate::model::network::Whole;
use crate::model::tags::{ADJECTIVE, ADVERB, BEFORE_DETERMINER, COMMA, MODAL, TO};
use crate::model::{TagSet, TaggedSentence, tag_bit};
use crate::prose::{Paragraph, Sentence};

/// How much likelier the other form must be by the nearest words, as a natural logarithm.
pub(super) const NEAR: f32 = 2.0;

/// The same by the tagger, and by it and the whole sentence together.
const TAGGED: f32 = 3.5;
const ADVERB_TAGGED: f32 = 4.5;
const PLURAL_TAGGED: f32 = 5.5;
const BOTH: f32 = 11.0;

const BE: [&str; 11] = ["is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't"];
const HAVE: [&str; 7] = ["has", "have", "had", "having", "hasn't", "haven't", "hadn't"];
const DO: [&str; 6] = ["do", "does", "did", "don't", "doesn't", "didn't"];

/// Words between an auxiliary and its verb.
const BETWEEN: TagSet = tag_bit(ADVERB);

/// A place where another word may belong.
pub(super) struct Doubt {
    /// What the nearest words ask for.
    pub near: Whole,
    /// Other forms of the word there that both these and the tagger would rather have, and how much likelier they must be.
    pub forms: Vec<(WordNumber, f32)>,
}

/// A sentence that is asked about with the tagger.
pub(super) struct Agreed<'p> {
    p: &'p Paragraph,
    sentence: Sentence,
}

impl<'p> Agreed<'p> {
    pub fn new(p: &'p Paragraph, sentence: Sentence) -> Self {
        Self { p, sentence }
    }

    /// How much likelier `other` must be by the whole sentence where it is a form of the word at `token` that the words before ask
    /// for; `None` where it is not, or the tagger would not have it.
    pub fn bar(&self, token: usize, other: &str) -> Option<f32> {
        let (p, sentence) = (self.p, self.sentence);
        let written = p.low(token);
        let form = [WordForm::Plural, WordForm::Base, WordForm::Participle, WordForm::Gerund, WordForm::Adverb]
            .into_iter()
            .find(|form| form.of(written).is_some_and(|form| form == other))?;
        let can_be =
            |letters: &str| dictionary::Forms::of(letters).is_some_and(|of| dictionary::forms(written).has(of));
        let fits = match form {
            WordForm::Participle => can_be("v"),
            WordForm::Gerund => !can_be("g"),
            WordForm::Base => can_be("sde"),
            WordForm::Adverb => can_be("a") && !can_be("r"),
            _ => true,
        };
        if !fits {
            return None;
        }
        let tagged = TaggedSentence::of(p, sentence);
        let mut before = token.checked_sub(1)?;
        while before > sentence.tokens().start && tagged.tag(before).is_some_and(|tag| BETWEEN & tag_bit(tag) != 0) {
            before -= 1;
        }
        let low = p.low(before);
        let asks = match form {
            WordForm::Participle => BE.contains(&low) || HAVE.contains(&low),
            WordForm::Gerund => BE.contains(&low),
            WordForm::Base => DO.contains(&low) || matches!(tagged.tag(before), Some(MODAL | TO)),
            WordForm::Adverb => tagged.tag(token) == Some(ADJECTIVE),
            _ => !matches!(tagged.tag(before), Some(COMMA | BEFORE_DETERMINER)),
        };
        if !asks {
            return None;
        }
        let least = match form {
            WordForm::Plural => PLURAL_TAGGED,
            WordForm::Adverb => ADVERB_TAGGED,
            _ => TAGGED,
        };
        let odds = tagged.log_odds(p, (token, token), other, 0).filter(|&odds| odds >= least)?;
        Some(BOTH - odds)
    }
}
