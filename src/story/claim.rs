//! Claims: sentences whose truth a person should check.

use std::sync::Arc;

use super::{Read, Source, figure, time};
use crate::prose::{Paragraph, Passage};

/// What a paragraph claims by itself.
#[derive(Debug, Default)]
pub struct Local {}

/// What makes a sentence worth checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// `first`, `only`, `largest`, `record`.
    Superlative,
    /// A number about the world.
    Statistic,
    /// A study, report or survey.
    Study,
    /// A law, treaty, resolution.
    Law,
    /// A dated event of the past.
    History,
    /// `caused`, `led to`, `allowing`.
    Cause,
    /// `more than`, `twice as`.
    Comparison,
    /// `will`, said as a fact.
    Prediction,
    /// Two events put in order.
    Sequence,
    /// Medicine and health.
    Health,
    /// `always`, `never`, `everyone`.
    Absolute,
}

/// A claim of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The sentence.
    pub passage: Passage,
    /// Why it is worth checking; ascending, without repeats, never empty.
    pub kinds: Vec<ClaimKind>,
    /// How much it is worth checking, from 0 to 1.
    pub score: f32,
    /// Whether the sentence names a source.
    pub sourced: bool,
}

/// What a paragraph claims by itself.
pub fn read(_paragraph: &Paragraph, _figures: &figure::Local, _times: &time::Local) -> Local {
    Local::default()
}

/// Lists the claims of the story.
pub fn link(_paragraphs: &[Arc<Read>], _sources: &[Source]) -> Vec<Claim> {
    Vec::new()
}
