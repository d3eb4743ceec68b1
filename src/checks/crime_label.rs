//! `crime-label`: somebody is called the killer before a court has found so.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::paragraph_index::Signs;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("crime-label", Run::Story(run), &[])];

/// Adds a hit for each label of a crime on somebody whose case is open, when the story knows of no conviction.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut open = false;
    let mut labels = Vec::new();
    for (number, read) in story.paragraphs_with(Signs::CRIME) {
        let cues = &read.cues.rare().crimes;
        if cues.closed {
            return;
        }
        open |= cues.open;
        labels.extend(cues.labels.iter().map(|label| Passage::new(number, *label)));
    }
    for label in labels.into_iter().filter(|_| open) {
        let written = story.slice(label);
        let noun = written.rsplit(' ').next().unwrap_or(written);
        let the = written.split(' ').next().unwrap_or("the");
        let hit = Hit::at(label).arg("found", noun);
        out.push(hit.replace(label, format!("{the} suspected {noun}"), Applicability::Suggested));
    }
}
