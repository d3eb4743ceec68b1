//! Names of places, firms and things that occur once one slip from how the story spells them elsewhere.

use rustc_hash::{FxHashMap, FxHashSet};
use strsim::osa_distance;

use crate::finding::{Applicability, Severity};
use crate::prose::{Passage, TokenKind, without_possessive};
use crate::rules::{Hit, HitPlace};
use crate::story::Story;
use crate::story::paragraph_index::Signs;
use crate::text::{Span, are_anagrams};

/// Shorter names are one letter apart by chance.
const SHORTEST: usize = 5;

/// How often the other spelling must be; a long name is told from all others sooner.
fn least(letters: usize) -> usize {
    if letters < 8 { 3 } else { 2 }
}

/// Longer texts are whole issues or books, in which nearly every name has one that is like it.
const MOST_PARAGRAPHS: usize = 2000;

/// At most so many words that begin and end alike are held against a name.
const MOST_COMPARED: usize = 50;

/// A word of the story in lower case.
struct StoryWord {
    count: usize,
    /// Where it is first.
    first: Passage,
}

/// What `names-spelling-differs` says of words with a capital that no dictionary has. Where `out` has something, it has been
/// told of a person.
pub(super) fn words(story: &Story, out: &mut Vec<Hit>) {
    let doubtful = doubtful(story);
    if doubtful.is_empty() || story.document.blocks.len() > MOST_PARAGRAPHS {
        return;
    }
    let start = |passage: Passage| (passage.paragraph, passage.span.start);
    let told: FxHashSet<_> = out
        .iter()
        .filter_map(|hit| match hit.place {
            HitPlace::Prose(passage) => Some(start(passage)),
            _ => None,
        })
        .collect();
    let words = all_words(story);
    let pairs = pairs(story, &doubtful);
    let count = |low: &str| words.get(low).map_or(0, |word| word.count);
    let mut established: FxHashMap<(u8, u8), Vec<&str>> = FxHashMap::default();
    for (&low, _) in words.iter().filter(|(low, word)| word.count >= least(low.len())) {
        established.entry(ends(low)).or_default().push(low);
    }
    for passage in doubtful {
        let found = story.slice(passage);
        let low = found.to_ascii_lowercase();
        if told.contains(&start(passage)) || count(&low) != 1 || story.house.introduces(found) {
            continue;
        }
        let alike = established.get(&ends(&low)).into_iter().flatten().take(MOST_COMPARED);
        let other = alike.filter(|other| is_slip(&low, other)).max_by_key(|other| (count(other), **other));
        let two = pairs.get(&low).filter(|two| two.count >= TWO_WORDS);
        let Some(first) =
            two.or_else(|| words.get(other?)).or_else(|| cut_or_longer(&words, &low)).map(|word| word.first)
        else {
            continue;
        };
        let right = story.slice(first);
        // A word of the dictionary says nothing of the capitals of a name.
        if !right.starts_with(|c: char| c.is_uppercase()) {
            continue;
        }
        let hit = Hit::at(passage).arg("found", found).arg("other", right).at_most(Severity::Query);
        let hit = hit.related(first, format!("“{right}” appears here"));
        out.push(hit.replace(passage, right, Applicability::Suggested));
    }
}

/// How often a name must be two words in the story before one that is written as one word is a slip: `Redhat`, `Red Hat`.
const TWO_WORDS: usize = 2;

/// Two words with a capital that follow each other, where a doubtful word is the same in one.
fn pairs(story: &Story, doubtful: &[Passage]) -> FxHashMap<String, StoryWord> {
    let joined: FxHashSet<String> = doubtful.iter().map(|passage| story.slice(*passage).to_ascii_lowercase()).collect();
    let mut found: FxHashMap<String, StoryWord> = FxHashMap::default();
    for number in 0..story.document.blocks.len() {
        let p = story.paragraph(number);
        for (at, (one, two)) in p.tokens.iter().zip(p.tokens.iter().skip(1)).enumerate() {
            if !(one.capital && two.capital && two.spaced && !one.joined && !two.joined) {
                continue;
            }
            let low = format!("{}{}", p.low(at), p.low(at + 1));
            if joined.contains(&low) {
                let first = Passage::new(number, Span { start: one.span.start, end: two.span.end });
                found.entry(low).or_insert(StoryWord { count: 0, first }).count += 1;
            }
        }
    }
    found
}

/// A longer name that lost its last letter, or got one too many: the other form must be all the more often in the story.
fn cut_or_longer<'w>(words: &'w FxHashMap<&str, StoryWord>, low: &str) -> Option<&'w StoryWord> {
    let cut =
        low.get(..low.len() - 1).filter(|cut| !low.ends_with(['s', 'a', 'e', 'i', 'o', 'n', 'y']) && cut.len() >= LONG);
    let well_known = |word: &&StoryWord| word.count >= OFTEN;
    let shorter = cut.and_then(|cut| words.get(cut)).filter(well_known);
    let longer = || {
        let endings = ('b'..='z').filter(|letter| !matches!(letter, 's' | 'e' | 'i' | 'o' | 'n' | 'y'));
        endings.filter_map(|letter| words.get(format!("{low}{letter}").as_str())).find(well_known)
    };
    shorter.or_else(|| (low.len() >= LONG).then(longer)?)
}

/// So many letters are told from the same with another ending.
const LONG: usize = 7;

/// A name that is so often in a story is well established.
const OFTEN: usize = 4;

/// The words with a capital of their own that are in no dictionary.
fn doubtful(story: &Story) -> Vec<Passage> {
    let mut found = Vec::new();
    for (number, read) in story.paragraphs_with(Signs::UNKNOWN_WORD) {
        let odd = read.cues.odd_words().iter().filter(|odd| odd.is_unknown() && odd.capital);
        let long = odd.filter(|odd| odd.span.end - odd.span.start >= SHORTEST as u32);
        found.extend(long.map(|odd| Passage::new(number, odd.span)));
    }
    found
}

/// All longer words, by their lower case.
fn all_words<'a>(story: &Story<'a>) -> FxHashMap<&'a str, StoryWord> {
    let mut words: FxHashMap<&str, StoryWord> = FxHashMap::default();
    for number in 0..story.document.blocks.len() {
        let p = story.paragraph(number);
        for (at, token) in p.tokens.iter().enumerate() {
            let low = without_possessive(p.low(at));
            if token.kind != TokenKind::Word || low.len() < SHORTEST || !low.is_ascii() || low.contains('-') {
                continue;
            }
            let span = Span { start: token.span.start, end: token.span.start + low.len() as u32 };
            let first = Passage::new(number, span);
            words.entry(low).or_insert(StoryWord { count: 0, first }).count += 1;
        }
    }
    words
}

fn ends(low: &str) -> (u8, u8) {
    let at = |byte: Option<u8>| byte.unwrap_or_default();
    (at(low.bytes().next()), at(low.bytes().last()))
}

/// Whether two letters are swapped, or one is missing or too many. Another letter makes another name: `Hansen`, `Hanson`.
fn is_slip(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 1
        && osa_distance(one, other) == 1
        && (one.len() != other.len() || are_anagrams(one, other))
}
