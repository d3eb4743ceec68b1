//! What story checks look for in the words of one paragraph.
//!
//! Their other work is with the facts of the story, which are few; the words are many. What only one paragraph's words
//! decide is worked out when a check first asks for it, and kept with the paragraph while that stays as it is.

use std::sync::OnceLock;

use super::crime_label::Cues;
use super::names::Article;
use super::numbers::casualties::Toll;
use super::numbers::percent_style::Percent;
use super::numbers::scale::Large;
use super::quote_repeated::Runs;
use crate::text::Span;

/// What is kept of one paragraph. Each part is a pure function of the paragraph.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Words of crimes and of courts.
    pub(super) crimes: OnceLock<Cues>,
    /// Numbers of the words with a capital.
    pub(super) capitals: OnceLock<Vec<u32>>,
    /// `al-Assad`, `Al Assad`.
    pub(super) articles: OnceLock<Vec<Article>>,
    /// Whether a letter of it bears a mark, as in `Erdoğan`.
    pub(super) has_marked_letters: OnceLock<bool>,
    /// Titles with capitals that describe: `the President of Russia`.
    pub(super) offices: OnceLock<Vec<Span>>,
    /// `percent`, `%`, `per cent` behind a number.
    pub(super) percents: OnceLock<Vec<Percent>>,
    /// Figures of a million and more.
    pub(super) large: OnceLock<Vec<Large>>,
    /// Counts of dead and injured.
    pub(super) tolls: OnceLock<Vec<Toll>>,
    /// The runs of words of each longer quote.
    pub(super) runs: OnceLock<Vec<Runs>>,
}
