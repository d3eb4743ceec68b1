//! `quote-repeated`: one quote at two places of a story, with the same or with other words.

use rustc_hash::FxHashMap;

use super::quote_words::{holds, words};
use super::{Hit, HitFix, Place};
use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::Rule;
use crate::story::quote::QuoteKind;
use crate::story::{Quote, Story};

/// Shorter quotes are taken up again in good copy.
const LEAST_WORDS: usize = 6;
/// A shorter quote may be a saying that the story comes back to.
const LEAST_SAME: usize = 8;
/// Length of the runs of words by which alike quotes are found.
const RUN: usize = 4;

/// The param `kind` says what is looked for: `same`, `changed` or `speakers`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let kind = rule.text("kind").unwrap_or("same");
    let mut seen: Vec<(&Quote, Vec<&str>)> = Vec::new();
    // Which of `seen` first had these four words.
    let mut runs: FxHashMap<[&str; RUN], usize> = FxHashMap::default();
    for quote in &story.quotes {
        let p = story.paragraph(quote.passage.paragraph());
        let spoken = matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial);
        // A headline, a caption or a pull quote repeats the story on purpose.
        let copy = matches!(p.kind, crate::markup::BlockKind::Paragraph | crate::markup::BlockKind::ListItem);
        if quote.words < LEAST_WORDS || !spoken || !copy {
            continue;
        }
        let these = words(p, quote.inner);
        let mut votes: FxHashMap<usize, usize> = FxHashMap::default();
        let index = seen.len();
        for run in these.windows(RUN) {
            let Ok(key) = <[&str; RUN]>::try_from(run) else { continue };
            let first = *runs.entry(key).or_insert(index);
            if first != index {
                *votes.entry(first).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)));
        if let Some((other, those)) = best.and_then(|(at, _)| seen.get(at))
            && let Some(hit) = compare(kind, story, (other, those), (quote, &these))
        {
            out.push(hit);
        }
        seen.push((quote, these));
    }
}

fn compare(kind: &str, story: &Story, first: (&Quote, &[&str]), second: (&Quote, &[&str])) -> Option<Hit> {
    let (one, other) = (first.1, second.1);
    let same = one == other;
    let found = match kind {
        "same" => same && one.len() >= LEAST_SAME && !two_people(first.0, second.0),
        "changed" => !same && is_changed(one, other),
        _ => same && two_people(first.0, second.0),
    };
    if !found {
        return None;
    }
    let name = |q: &Quote| {
        let person = q.speaker.as_ref().and_then(|s| s.person).and_then(|i| story.people.get(i));
        person.map_or(String::new(), |person| person.name.clone())
    };
    let mut hit = Hit::at(second.0.passage)
        .arg("first", name(first.0))
        .arg("second", name(second.0))
        .related(first.0.passage, "here for the first time");
    if kind == "changed" {
        let inner = |q: &Quote| Passage { span: q.inner, ..q.passage };
        let copied = story.slice(inner(first.0)).to_owned();
        hit.fixes.push(HitFix {
            title: "Take the words of the first place".to_owned(),
            applicability: Applicability::Suggested,
            edits: vec![(Place::Prose(inner(second.0)), copied)],
        });
    }
    Some(hit)
}

fn two_people(first: &Quote, second: &Quote) -> bool {
    let person = |q: &Quote| q.speaker.as_ref().and_then(|s| s.person);
    matches!((person(first), person(second)), (Some(one), Some(other)) if one != other)
}

/// Nearly the same words, of nearly the same number, and neither a part of the other.
fn is_changed(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < LEAST_WORDS + 2 || long.len() - short.len() > 2 + long.len() / 8 || holds(long, short) {
        return false;
    }
    let ahead = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let behind = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    // All but a short stretch in the middle, or at one end, is the same.
    let rest = short.len().saturating_sub(ahead + behind).max(long.len().saturating_sub(ahead + behind));
    ahead + behind >= LEAST_WORDS && rest <= 1 + long.len() / 6
}
