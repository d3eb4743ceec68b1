//! `quote-repeated`: one quote at two places of a story, with the same or with other words.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::quote_words::{holds, words};
use super::{Hit, HitFix, Place};
use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::rules::Rule;
use crate::story::quote::QuoteKind;
use crate::story::{Quote, Read, Story, place_of};
use crate::text::Span;

/// Shorter quotes are taken up again in good copy.
const LEAST_WORDS: usize = 6;
/// A shorter quote may be a saying that the story comes back to.
const LEAST_SAME: usize = 8;
/// Length of the runs of words by which alike quotes are found.
const RUN: usize = 4;

/// The runs of words of one quote.
#[derive(Debug)]
pub(super) struct Runs {
    inner: Span,
    hashes: Vec<u64>,
}

impl Runs {
    fn of(p: &Paragraph, inner: Span) -> Self {
        let hash_of_word = |word: &&str| {
            let mut hasher = FxHasher::default();
            word.hash(&mut hasher);
            hasher.finish()
        };
        let hash_of_run = |run: &[u64]| {
            let mut hasher = FxHasher::default();
            run.iter().for_each(|&word| hasher.write_u64(word));
            hasher.finish()
        };
        // Each word is in several runs, and hashed once.
        let hashes: Vec<u64> = words(p, inner).iter().map(hash_of_word).collect();
        Self { inner, hashes: hashes.windows(RUN).map(hash_of_run).collect() }
    }
}

/// The param `kind` says what is looked for: `same`, `changed` or `speakers`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let kind = rule.text("kind").unwrap_or("same");
    for alike in story.alike_quotes.get_or_init(|| alike(story)) {
        if let (Some(first), Some(second)) = (story.quotes.get(alike.first), story.quotes.get(alike.second)) {
            out.extend(compare(kind, story, first, second, alike.likeness));
        }
    }
}

/// Two quotes of much the same words, by their indexes in the story's quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alike {
    first: usize,
    second: usize,
    likeness: Likeness,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Likeness {
    /// The same words, and how many.
    Same(usize),
    /// Nearly the same.
    Changed,
}

fn likeness(story: &Story, first: &Quote, second: &Quote) -> Option<Likeness> {
    let words_of = |quote: &Quote| words(story.paragraph(quote.passage.paragraph()), quote.inner);
    let (one, other) = (words_of(first), words_of(second));
    if one == other {
        return Some(Likeness::Same(one.len()));
    }
    is_changed(&one, &other).then_some(Likeness::Changed)
}

/// Whether an edit of paragraph number `edited`, which was `before` so, leaves all pairs as they are: neither now nor before
/// has a quote of it words in common with another one. Only quotes of this paragraph changed.
pub(crate) fn stay_alike(before: &Read, paragraphs: &[Arc<Read>], quotes: &[Quote], edited: usize) -> bool {
    let Some(now) = paragraphs.get(edited) else { return false };
    let here = place_of(quotes, &(edited..edited + 1), |quote| quote.passage).len();
    // A quote that goes on without a mark of its own is known only to the story.
    if here != now.quotes.quoted.len() || here != before.quotes.quoted.len() {
        return false;
    }
    let mut changed: FxHashSet<u64> = FxHashSet::default();
    for read in [before, now] {
        let mut own: Vec<u64> = kept_runs(read).iter().flat_map(|runs| runs.hashes.iter().copied()).collect();
        let all = own.len();
        own.sort_unstable();
        own.dedup();
        if own.len() < all {
            return false;
        }
        changed.extend(own);
    }
    let others = quotes.iter().filter(|quote| quote.words >= LEAST_WORDS && quote.passage.paragraph() != edited);
    let shares = |quote: &Quote| {
        let read = paragraphs.get(quote.passage.paragraph());
        read.is_some_and(|read| runs(read, quote).iter().any(|run| changed.contains(run)))
    };
    changed.is_empty() || !others.into_iter().any(shares)
}

/// The runs of words of a quote in this paragraph.
fn runs<'r>(read: &'r Read, quote: &Quote) -> Cow<'r, [u64]> {
    match kept_runs(read).iter().find(|runs| runs.inner == quote.inner) {
        Some(runs) => Cow::Borrowed(&runs.hashes),
        None => Cow::Owned(Runs::of(&read.paragraph, quote.inner).hashes),
    }
}

/// The runs of words of the longer quotes in one paragraph.
fn kept_runs(read: &Read) -> &[Runs] {
    let longer = || read.quotes.quoted.iter().filter(|quoted| quoted.words >= LEAST_WORDS);
    read.kept.runs.get_or_init(|| longer().map(|quoted| Runs::of(&read.paragraph, quoted.inner)).collect())
}

/// Quotes with words in common: each with the earlier one that first had most of its runs of words. Indexes into the
/// story's quotes.
fn alike(story: &Story) -> Vec<Alike> {
    let mut pairs = Vec::new();
    // Which quote first had these words.
    let mut firsts: FxHashMap<u64, usize> = FxHashMap::default();
    let mut votes: Vec<usize> = Vec::new();
    for (index, quote) in story.quotes.iter().enumerate() {
        let Some(read) = story.paragraphs.get(quote.passage.paragraph()) else { continue };
        let p = &read.paragraph;
        let spoken = matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial);
        // A headline, a caption or a pull quote repeats the story on purpose.
        let copy = matches!(p.kind, BlockKind::Paragraph | BlockKind::ListItem);
        if quote.words < LEAST_WORDS || !spoken || !copy {
            continue;
        }
        votes.clear();
        for &run in runs(read, quote).iter() {
            let first = *firsts.entry(run).or_insert(index);
            if first != index {
                votes.push(first);
            }
        }
        votes.sort_unstable();
        let best = votes.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same.first())));
        let Some(&first) = best.and_then(|same| same.first()) else { continue };
        let likeness = story.quotes.get(first).and_then(|first| likeness(story, first, quote));
        pairs.extend(likeness.map(|likeness| Alike { first, second: index, likeness }));
    }
    pairs
}

fn compare(kind: &str, story: &Story, first: &Quote, second: &Quote, likeness: Likeness) -> Option<Hit> {
    let found = match (kind, likeness) {
        ("same", Likeness::Same(words)) => words >= LEAST_SAME && !two_people(first, second),
        ("changed", Likeness::Changed) => true,
        ("speakers", Likeness::Same(_)) => two_people(first, second),
        _ => false,
    };
    if !found {
        return None;
    }
    let name = |q: &Quote| {
        let person = q.speaker.as_ref().and_then(|s| s.person).and_then(|i| story.people.get(i));
        person.map_or(String::new(), |person| person.name.clone())
    };
    let mut hit = Hit::at(second.passage)
        .arg("first", name(first))
        .arg("second", name(second))
        .related(first.passage, "here for the first time");
    if kind == "changed" {
        let inner = |q: &Quote| Passage { span: q.inner, ..q.passage };
        let copied = story.slice(inner(first)).to_owned();
        hit.fixes.push(HitFix {
            title: "Take the words of the first place".to_owned(),
            applicability: Applicability::Suggested,
            edits: vec![(Place::Prose(inner(second)), copied)],
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
