//! `million-billion`: the same number once in millions and once in billions.

use rustc_hash::FxHashMap;

use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::cues::numbers::Large;
use crate::story::figure::FigureUnit;
use crate::story::paragraph_index::Signs;

/// Figures with the same digits, the same unit and words in common, a factor of 1,000 apart.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut seen: FxHashMap<(&str, &FigureUnit), (Passage, &Large)> = FxHashMap::default();
    for (number, read) in story.paragraphs_with(Signs::LARGE_FIGURE) {
        for large in &read.cues.rare().large {
            let passage = Passage::new(number, large.span);
            let Some(&(first, earlier)) = seen.get(&(&*large.digits, &large.unit)) else {
                seen.insert((&large.digits, &large.unit), (passage, large));
                continue;
            };
            let factor = (large.scale / earlier.scale).max(earlier.scale / large.scale);
            let shared = || large.context.iter().any(|word| earlier.context.contains(word));
            if (factor - 1000.0).abs() < 0.5 && shared() {
                out.push(
                    Hit::at(passage)
                        .arg("found", story.slice(passage))
                        .arg("first", story.slice(first))
                        .related(first, format!("{} here", story.slice(first))),
                );
            }
        }
    }
}
