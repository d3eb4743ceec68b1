//! Names: first references, spellings, titles.
//!
//! These are the noisiest rules there are, so each asks for evidence before it speaks.

mod first_names;
mod first_reference;
mod forms;
mod gender;
mod headline;
mod joined;
mod later;
mod link;
mod possessive;
mod spelled;
mod spelling;
mod titles;
mod words;

pub(super) use first_reference::first_reference;
pub(super) use forms::{diacritics, particle};
pub(super) use gender::{gender_pronoun, latin_gender};
pub(super) use headline::headline_name;
pub(super) use later::{full_again, same_surname};
pub(super) use link::link_differs;
pub(super) use possessive::possessive_s;
pub(super) use spelling::spelling_differs;
pub(super) use titles::{courtesy_title, false_title_commas, title_again, title_case, title_differs};

use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Check, Run, words};
use crate::story::person::Mention;
use crate::story::{Person, Story};

/// The checks of this folder, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new("names-courtesy-title", Run::Story(courtesy_title), &[]),
    Check::new("names-diacritics", Run::Story(diacritics), &[]),
    Check::new("names-false-title-commas", Run::Story(false_title_commas), &[]),
    Check::new(
        "names-first-reference",
        Run::Story(first_reference),
        &[words("single-names", "people whom everybody knows by one name")],
    ),
    Check::new("names-full-again", Run::Story(full_again), &[]),
    Check::new("names-gender-pronoun", Run::Story(gender_pronoun), &[]),
    Check::new("names-latin-gender", Run::Story(latin_gender), &[]),
    Check::new("names-headline-name", Run::Story(headline_name), &[]),
    Check::new("names-link-differs", Run::Story(link_differs), &[]),
    Check::new("names-particle", Run::Story(particle), &[]),
    Check::new("names-possessive-s", Run::Story(possessive_s), &[]),
    Check::new("names-same-surname", Run::Story(same_surname), &[]),
    Check::new("names-spelling-differs", Run::Story(spelling_differs), &[]),
    Check::new("names-title-again", Run::Story(title_again), &[]),
    Check::new("names-title-case", Run::Story(title_case), &[]),
    Check::new("names-title-differs", Run::Story(title_differs), &[]),
];

/// Whether `passage` is in full sentences of the story's own: no headline, caption, list or table.
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
