//! What was found in one paragraph by itself.

use crate::rules::{Hit, VariantMatch};

/// What the checks of one paragraph found in it; cached with the paragraph.
#[derive(Debug, Default)]
pub struct ParagraphHits {
    /// Index of the rule, and its hit.
    pub hits: Vec<(u32, Hit)>,
    /// Forms of consistency groups, in the order of their ends.
    pub variants: Vec<VariantMatch>,
    /// The rules whose pattern took too many steps in it, ascending: nothing of them is among the hits.
    pub tired: Vec<u32>,
    /// The rules whose pattern was not looked for, because it had taken too many steps in another paragraph; ascending.
    pub left_out: Vec<u32>,
}
