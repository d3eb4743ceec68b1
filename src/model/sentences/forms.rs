//! Forms of a word that the words before it ask for: `was take`, `did went`, `to helped`.
//!
//! In such places people write the wrong form far more often than chance would, and only one is right.

use crate::dictionary::{Forms, WordForm, forms};
use crate::model::tags::{ADJECTIVE, ADVERB, BEFORE_DETERMINER, COMMA, MODAL, TO};
use crate::model::{TagSet, TaggedSentence, tag_bit};
use crate::prose::{Paragraph, Sentence};

const BE: [&str; 11] = ["is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't"];
const HAVE: [&str; 7] = ["has", "have", "had", "having", "hasn't", "haven't", "hadn't"];
const DO: [&str; 6] = ["do", "does", "did", "don't", "doesn't", "didn't"];

/// Words between an auxiliary and its verb.
const BETWEEN: TagSet = tag_bit(ADVERB);

/// Whether `other` is a form of the word at `token` that the words before ask for, and the word is none that they may have.
pub(super) fn is_asked_for(p: &Paragraph, sentence: Sentence, token: usize, other: &str) -> bool {
    let written = p.low(token);
    let form = [WordForm::Plural, WordForm::Base, WordForm::Participle, WordForm::Gerund, WordForm::Adverb]
        .into_iter()
        .find(|form| form.of(written).is_some_and(|form| form == other));
    let (Some(form), Some(before)) = (form, token.checked_sub(1)) else { return false };
    let can_be = |letters: &str| Forms::of(letters).is_some_and(|of| forms(written).has(of));
    let fits = match form {
        WordForm::Participle => can_be("v"),
        WordForm::Gerund => !can_be("g"),
        WordForm::Base => can_be("sde"),
        WordForm::Adverb => can_be("a") && !can_be("r"),
        _ => true,
    };
    if !fits {
        return false;
    }
    let tagged = TaggedSentence::of(p, sentence);
    let first = sentence.tokens().start;
    let is_between = |at: usize| at > first && tagged.tag(at).is_some_and(|tag| BETWEEN & tag_bit(tag) != 0);
    let before = (first..=before).rev().find(|&at| !is_between(at)).unwrap_or(before);
    let low = p.low(before);
    match form {
        WordForm::Participle => BE.contains(&low) || HAVE.contains(&low),
        WordForm::Gerund => BE.contains(&low),
        WordForm::Base => DO.contains(&low) || matches!(tagged.tag(before), Some(MODAL | TO)),
        WordForm::Adverb => tagged.tag(token) == Some(ADJECTIVE),
        _ => !matches!(tagged.tag(before), Some(COMMA | BEFORE_DETERMINER)),
    }
}
