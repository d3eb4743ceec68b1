//! Names: first references, spellings, titles.
//!
//! These are the noisiest rules there are, so each asks for evidence before it speaks.

mod first_reference;
mod forms;
mod gender;
mod headline;
mod later;
mod lone;
mod possessive;
mod spelling;
mod titles;

pub(super) use first_reference::first_reference;
pub(super) use forms::{Article, articles, diacritics, has_marked_letters, particle};
pub(super) use gender::gender_pronoun;
pub(super) use headline::headline_name;
pub(super) use later::{full_again, same_surname};
pub(crate) use lone::LoneNames;
pub(super) use possessive::{Possessive, possessive_s, possessives};
pub(crate) use spelling::Spelling;
pub(super) use spelling::{near, spelling_differs};
pub(super) use titles::{
    courtesy_title, false_title_commas, has_role_and_comma, has_small_office, offices, title_again, title_case,
    title_differs, words_of_offices,
};

use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::story::person::Mention;
use crate::story::{Person, Story};
use crate::text::Span;

/// The person's first given name in lower case; empty when the story gives none.
pub(super) fn first_name(person: &Person) -> String {
    person.given.split_whitespace().next().unwrap_or("").to_lowercase()
}

/// The person's surname in lower case.
pub(super) fn surname_of(person: &Person) -> String {
    person.surname.to_lowercase()
}

/// Whether `passage` stands in full sentences of the story's own: no headline, caption, list or table.
fn in_copy(story: &Story, passage: Passage) -> bool {
    story.kind(passage.paragraph()) == BlockKind::Paragraph
}

/// Whether the whole of `passage` lies between quotation marks.
fn in_quotes(story: &Story, passage: Passage) -> bool {
    story.paragraphs.get(passage.paragraph()).is_some_and(|read| read.quotes.around(passage.span).is_some())
}

/// The mentions of `person` in full sentences outside quotation marks.
fn copy_mentions<'s>(story: &'s Story, person: &'s Person) -> impl Iterator<Item = &'s Mention> {
    person.mentions.iter().filter(|m| !m.quoted && in_copy(story, m.passage))
}

/// Indexes of the first token of `span` and of the one after it.
fn tokens_around(paragraph: &Paragraph, span: Span) -> (usize, usize) {
    let tokens = paragraph.tokens_in(span);
    (tokens.start, tokens.end)
}

/// The mention of a person that starts at this byte of this paragraph, and the index of the person.
fn mention_at(story: &Story, paragraph: usize, start: u32) -> Option<(Passage, usize)> {
    let key = |(passage, _): &(Passage, usize)| (passage.paragraph(), passage.span.start);
    let at = story.mentions.binary_search_by_key(&(paragraph, start), key).ok()?;
    story.mentions.get(at).copied()
}

/// The mention of a person that ends at this byte of this paragraph, and the index of the person.
fn mention_to(story: &Story, paragraph: usize, end: u32) -> Option<(Passage, usize)> {
    // Mentions do not overlap.
    let key = |(passage, _): &(Passage, usize)| (passage.paragraph(), passage.span.end);
    let at = story.mentions.binary_search_by_key(&(paragraph, end), key).ok()?;
    story.mentions.get(at).copied()
}

/// Whether the word at token `at` ends in a possessive ending.
fn is_possessive(paragraph: &Paragraph, at: usize) -> bool {
    let low = paragraph.low(at);
    low.ends_with("'s") || low.ends_with("s'") || low.ends_with('s') && paragraph.low(at + 1) == "'"
}

/// Verbs of saying that stand beside the name of whoever speaks.
fn is_saying(low: &str) -> bool {
    matches!(
        low,
        "said" | "says" | "told" | "tells" | "added" | "adds" | "replied" | "tweeted" | "testified" | "recalled"
    )
}
