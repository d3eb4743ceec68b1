//! Organisations: full names, acronyms and where each is introduced.

use std::sync::Arc;

use super::Read;
use crate::prose::{Paragraph, Passage};

/// What a paragraph says of organisations by itself.
#[derive(Debug, Default)]
pub struct Local {}

/// An organisation (or another thing) with an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// The full name, as first written; `None` for an acronym that the story never spells out.
    pub name: Option<String>,
    /// The acronym: `ICC`; `None` when the story uses none.
    pub acronym: Option<String>,
    /// Where the acronym is introduced beside the full name.
    pub introduced: Option<Passage>,
    /// Mentions of the full name.
    pub full_mentions: Vec<Passage>,
    /// Mentions of the acronym.
    pub acronym_mentions: Vec<Passage>,
}

/// What a paragraph says of organisations by itself.
pub fn read(_paragraph: &Paragraph) -> Local {
    Local::default()
}

/// Links full names and acronyms over the story.
pub fn link(_paragraphs: &[Arc<Read>]) -> Vec<Organisation> {
    Vec::new()
}
