//! People: names, titles, first and later references.

use std::sync::Arc;

use super::Read;
use crate::markup::Document;
use crate::prose::{Paragraph, Passage};
use crate::text::Span;

/// What a paragraph says of people by itself.
#[derive(Debug, Default)]
pub struct Local {}

/// Grammatical gender, as the story's own words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `he`, `Mr.`, a man's given name.
    Male,
    /// `she`, `Ms.`, a woman's given name.
    Female,
    /// Not known.
    Unknown,
}

/// How a mention names the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// Given name and surname.
    Full,
    /// Surname alone.
    Surname,
    /// Given name alone.
    Given,
    /// A title without a name: `the president`.
    Title,
    /// `he`, `her`.
    Pronoun,
}

/// One mention of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name alone, without title and possessive ending.
    pub passage: Passage,
    /// The title before or after it, in the same paragraph.
    pub title: Option<Span>,
    /// How it names the person.
    pub form: MentionForm,
}

/// A person of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The fullest form of the name in the story: `Majdi Khalidi`.
    pub name: String,
    /// Given name, with middle names and initials; empty when the story never gives one.
    pub given: String,
    /// Surname with its particles (`al-Assad`, `van der Berg`) and without `Jr.`.
    pub surname: String,
    /// Titles as written, in order of first use.
    pub titles: Vec<String>,
    /// As the story shows it.
    pub gender: Gender,
    /// In reading order.
    pub mentions: Vec<Mention>,
}

/// What a paragraph says of people by itself.
pub fn read(_paragraph: &Paragraph) -> Local {
    Local::default()
}

/// Links the names of the story into people.
pub fn link(_document: &Document, _paragraphs: &[Arc<Read>]) -> Vec<Person> {
    Vec::new()
}
