//! `casualties`: the dead and the injured of one story, counted twice and differently.

use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::cues::numbers::Harm;
use crate::story::figure::sentence::written;
use crate::story::paragraph_index::Signs;

/// Where body paragraphs still belong to the opening of the story.
const OPENING: usize = 2;

/// Tolls that differ from the one that opens the story.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut first: [Option<(f64, Passage)>; 2] = [None, None];
    // Once a story gives a second toll on purpose (“the toll rose to 14”), it has more than one.
    let mut several = [false; 2];
    let mut body = 0;
    for (number, (entry, read)) in story.index.iter().zip(story.paragraphs).enumerate() {
        let kind = entry.kind;
        if !(kind.is_body() || matches!(kind, BlockKind::Headline | BlockKind::Dek)) {
            continue;
        }
        body += usize::from(kind.is_body());
        let opening = body <= OPENING;
        if !entry.signs.any_of(Signs::TOLL) {
            continue;
        }
        for toll in &read.cues.rare().tolls {
            let slot = toll.kind as usize;
            let passage = Passage::new(number, toll.span);
            match first[slot] {
                None if opening && toll.firm => first[slot] = Some((toll.value, passage)),
                None => several[slot] = true,
                Some((value, _)) if value == toll.value => {}
                Some(_) if !toll.firm => several[slot] = true,
                Some((value, at))
                    if !several[slot]
                        && (toll.definite || number > at.paragraph() && is_headline(story, at) && opening) =>
                {
                    let word = if toll.kind == Harm::Dead { "dead" } else { "injured" };
                    out.push(
                        Hit::at(passage)
                            .arg("found", story.slice(passage))
                            .arg("kind", word)
                            .arg("first", written(value, 0))
                            .related(at, format!("{} {word} here", written(value, 0))),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

fn is_headline(story: &Story, passage: Passage) -> bool {
    matches!(story.kind(passage.paragraph()), BlockKind::Headline | BlockKind::Dek)
}
