//! `attribution-tense`: `says` among `said`, or the other way round.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("attribution-tense", Run::Story(run), &[])];

/// A story with fewer attributions than this in the commoner tense has not settled on one.
const LEAST_COMMON: usize = 3;

/// Adds a hit for each cue of a quote in the rarer tense, when that is at most a third of the commoner one.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut cues: Vec<Passage> = story.quotes.iter().filter_map(|q| q.cue).collect();
    cues.sort_unstable();
    cues.dedup();
    cues.retain(|cue| story.paragraph(cue.paragraph()).kind.is_body());
    let with = |word: &str| cues.iter().copied().filter(|&c| story.slice(c) == word).collect::<Vec<_>>();
    let (said, says) = (with("said"), with("says"));
    let (rarer, common, instead) = if says.len() <= said.len() { (says, said, "said") } else { (said, says, "says") };
    if common.len() < LEAST_COMMON || rarer.len() * 3 > common.len() {
        return;
    }
    for cue in rarer {
        let mut hit = Hit::at(cue).arg("found", story.slice(cue)).arg("use", instead);
        if let Some(first) = common.first() {
            hit = hit.related(*first, format!("“{instead}” here and in {} more", common.len() - 1));
        }
        out.push(hit.replace(cue, instead, Applicability::Suggested));
    }
}
