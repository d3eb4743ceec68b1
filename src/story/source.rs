//! Sources: who or what the story's information comes from.

use std::sync::Arc;

use super::{Person, Quote, Read, quote};
use crate::prose::{Paragraph, Passage};

/// What a paragraph says of sources by itself.
#[derive(Debug, Default)]
pub struct Local {}

/// What kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A person with a name.
    Named,
    /// People without a name: `officials`, `sources`, `critics`.
    Unnamed,
    /// One person who is not named: `a senior official`.
    Anonymous,
    /// A newspaper, broadcaster or agency.
    Outlet,
    /// A report, study, survey, statement, law, court paper.
    Document,
    /// An organisation that speaks.
    Organisation,
    /// `social media`, `reports`, `the internet`: nobody who can be asked.
    Vague,
}

/// A source of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The words that name it.
    pub passage: Passage,
    /// What kind it is.
    pub kind: SourceKind,
    /// The word of saying that goes with it.
    pub cue: Option<Passage>,
    /// Index in the story's people, for a person with a name.
    pub person: Option<usize>,
}

/// What a paragraph says of sources by itself.
pub fn read(_paragraph: &Paragraph, _quotes: &quote::Local) -> Local {
    Local::default()
}

/// Lists the sources of the story.
pub fn link(_paragraphs: &[Arc<Read>], _quotes: &[Quote], _people: &[Person]) -> Vec<Source> {
    Vec::new()
}
