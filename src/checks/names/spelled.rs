//! A word with a capital of its own, and where a story has it.

use crate::prose::Passage;

/// At most so many places of a name are remembered.
pub(super) const MOST_PLACES: usize = 8;

/// A word with a capital of its own, by its lower case.
#[derive(Default)]
pub(super) struct SpelledName {
    pub count: usize,
    /// Where it is first.
    pub places: Vec<Passage>,
}
