//! First names that are another spelling of somebody's: alone, of one whom the story names again and again (“Jerod Sand … Jared
//! asked”), and of one whom the front matter names (“Robb Ross”, with `speakers: Rob Ross`).

use rustc_hash::{FxHashMap, FxHashSet};
use strsim::osa_distance;

use super::copy_mentions;
use crate::dictionary;
use crate::finding::{Applicability, Severity};
use crate::prose::{Passage, TokenKind};
use crate::rules::Hit;
use crate::story::person::context::{first_name, surname_of};
use crate::story::person::spelling::{are_spellings_of_one, near};
use crate::story::{Person, Story};
use crate::text::{Span, are_anagrams};

/// Whoever is named so often is well established.
const OFTEN: usize = 5;

/// Shorter names are one letter apart by chance.
const SHORTEST: usize = 4;

/// The first name of somebody, as the story has it most often.
struct FirstName<'s> {
    written: &'s str,
    count: usize,
    first: Passage,
}

/// First names that are alone, once, and nobody's.
pub(super) fn lone_first_names(story: &Story, out: &mut Vec<Hit>) {
    let mut known: FxHashMap<String, FirstName<'_>> = FxHashMap::default();
    let mut surnames: FxHashSet<String> = FxHashSet::default();
    for person in story.people.iter() {
        surnames.insert(surname_of(person));
        let Some(written) = person.given.split_whitespace().next().filter(|given| given.len() >= SHORTEST - 1) else {
            continue;
        };
        let Some(mention) = person.mentions.first() else { continue };
        let new = || FirstName { written, count: 0, first: mention.passage };
        known.entry(first_name(person)).or_insert_with(new).count += person.mentions.len();
    }
    let mut by_start: FxHashMap<u8, Vec<&str>> = FxHashMap::default();
    for (low, _) in known.iter().filter(|(_, name)| name.count >= OFTEN) {
        by_start.entry(sound_of_start(low)).or_default().push(low);
    }
    by_start.values_mut().for_each(|names| names.sort_unstable());
    let is_once = |low: &str| story.places_of(low).len() == 1;
    for lone in story.lone_names.all().filter(|lone| !lone.quoted && story.lone_names.count(lone.word) == 1) {
        let written = story.slice(lone.passage);
        let low = written.to_lowercase();
        if known.contains_key(&low) || surnames.contains(&low) || !stands_alone(story, lone.passage) {
            continue;
        }
        let alike = by_start.get(&sound_of_start(&low)).into_iter().flatten().find(|other| is_slip(&low, other));
        let Some(right) = alike.and_then(|other| known.get(*other)) else { continue };
        if is_once(&low) && !super::first_reference::is_common(story, &low) {
            let hit = Hit::at(lone.passage).arg("found", written).arg("other", right.written);
            let hit = hit.related(right.first, format!("“{}” appears here", right.written));
            out.push(hit.at_most(Severity::Query).replace(lone.passage, right.written, Applicability::Suggested));
        }
    }
}

/// The first letter; letters that begin names alike are one.
fn sound_of_start(low: &str) -> u8 {
    match low.as_bytes() {
        [b'c' | b'k', ..] => b'k',
        [b'g' | b'j', ..] => b'j',
        [first, ..] => *first,
        [] => 0,
    }
}

/// Whether a first name is another spelling of one, or no name that anybody has and one slip from it.
fn is_slip(low: &str, other: &str) -> bool {
    let is_unknown = || dictionary::entry(low).is_none() && low.len() >= SHORTEST && other.len() >= SHORTEST;
    let is_near = || osa_distance(low, other) == 1 && (low.len() != other.len() || are_anagrams(low, other));
    let is_near_end = || low.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(low);
    are_spellings_of_one(low, other) || is_unknown() && is_near() && !is_near_end()
}

/// Whether no other name is beside the one at `passage`.
fn stands_alone(story: &Story, passage: Passage) -> bool {
    let p = story.paragraph(passage.paragraph());
    let at = p.token_at(passage.span.start);
    let is_name = |at: usize| {
        p.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.capital && !p.opens_sentence(at))
    };
    !is_name(at + 1) && !at.checked_sub(1).is_some_and(is_name)
}

/// People whom the front matter names with another spelling of one of their names.
pub(super) fn named_above(story: &Story, out: &mut Vec<Hit>) {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for entry in story.document.metadata.iter().filter(|entry| !entry.key.contains("title")) {
        let words: Vec<&str> =
            entry.value.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphabetic())).collect();
        let is_name =
            |word: &str| word.len() > 2 && word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        pairs.extend(words.windows(2).filter(|two| is_name(two[0]) && is_name(two[1])).map(|two| (two[0], two[1])));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut by_name: FxHashMap<String, Vec<(&str, &str)>> = FxHashMap::default();
    for &pair in &pairs {
        for name in [pair.0, pair.1] {
            by_name.entry(name.to_lowercase()).or_default().push(pair);
        }
    }
    for person in story.people.iter().filter(|person| !person.given.is_empty() && !by_name.is_empty()) {
        let (given, surname) = (first_name(person), surname_of(person));
        let candidates = || [&given, &surname].into_iter().filter_map(|name| by_name.get(name)).flatten().copied();
        let is_same =
            |(first, last): (&str, &str)| first.eq_ignore_ascii_case(&given) && last.eq_ignore_ascii_case(&surname);
        if candidates().any(is_same) {
            continue;
        }
        let differing = candidates().find_map(|(first, last)| {
            let (first_low, last_low) = (first.to_lowercase(), last.to_lowercase());
            if last_low == surname && (near(&given, &first_low) || are_spellings_of_one(&given, &first_low)) {
                return Some((person.given.split_whitespace().next()?, first));
            }
            (first_low == given && near(&surname, &last_low)).then_some((person.surname.as_str(), last))
        });
        if let Some((wrong, right)) = differing {
            differs(story, person, wrong, right, out);
        }
    }
}

/// Asks about `wrong` in the first mention of somebody, which the front matter has as `right`.
fn differs(story: &Story, person: &Person, wrong: &str, right: &str, out: &mut Vec<Hit>) {
    for mention in copy_mentions(story, person) {
        let Some(at) = story.slice(mention.passage).find(wrong) else { continue };
        let start = mention.passage.span.start() + at;
        let passage = Passage { paragraph: mention.passage.paragraph, span: Span::new(start, start + wrong.len()) };
        let hit = Hit::at(passage).arg("found", wrong).arg("other", right).at_most(Severity::Query);
        out.push(hit.replace(passage, right, Applicability::Suggested));
        return;
    }
}
