//! `glued-boilerplate`: house text that runs on from the copy without a blank line.

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::Story;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("glued-boilerplate", Run::Story(run), &[])];

/// Adds a hit for each block of house text on the line right under another block, in a text that has blank lines.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let blocks = &story.document.blocks;
    // One byte between two blocks is a line break alone.
    let glued = |i: usize| match (blocks.get(i), blocks.get(i + 1)) {
        (Some(one), Some(next)) => next.range.start == one.range.end + 1,
        _ => false,
    };
    let house = |i: usize| blocks.get(i).is_some_and(|b| b.kind == BlockKind::Boilerplate);
    let lines = (0..blocks.len()).filter(|&i| glued(i)).count();
    if lines * 2 > blocks.len() {
        return;
    }
    for at in (0..blocks.len()).filter(|&i| glued(i) && (house(i) || house(i + 1))) {
        let Some(next) = blocks.get(at + 1) else { continue };
        let break_at = next.range.start;
        let whole = Passage::new(at + 1, Span::new(0, next.prose.len()));
        let edit = vec![(HitPlace::Source(break_at..break_at), "\n".to_owned())];
        out.push(Hit::at(whole).fix("Insert a blank line", Applicability::Suggested, edit));
    }
}
