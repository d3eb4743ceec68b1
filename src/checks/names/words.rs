//! Names of people, places, firms and things that a story spells in two ways, one slip apart.

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};
use strsim::osa_distance;

use super::spelled::{MOST_PLACES, SpelledName};
use crate::checks::program_words::words_of_programs;
use crate::dictionary;
use crate::finding::{Applicability, Severity};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, HitPlace};
use crate::story::Story;
use crate::story::cues::odd_words::is_beside_a_sign;
use crate::story::paragraph_index::Signs;
use crate::story::person::is_given_name;
use crate::text::{Span, are_anagrams, hash};

/// Shorter names are one letter apart by chance.
const SHORTEST: usize = 5;

/// Names of so few letters are compared where the other one is well established.
const SHORT: usize = 4;

/// Longer ones are scraps of pages.
const LONGEST: usize = 20;

/// Longer texts are whole issues or books, in which nearly every name has one that is like it.
const MOST_PARAGRAPHS: usize = 2000;

/// At most so many names that begin alike are held against a name.
const MOST_COMPARED: usize = 200;

/// The names of a story.
#[derive(Default)]
struct Names<'s> {
    by_low: FxHashMap<&'s str, SpelledName>,
    by_first: FxHashMap<u8, Vec<&'s str>>,
    /// Those in no dictionary.
    doubtful: Vec<Passage>,
}

/// What `names-spelling-differs` says of words with a capital that no dictionary has. Where `out` has something, it has been
/// told of a person.
pub(super) fn words(story: &Story, out: &mut Vec<Hit>) {
    if story.document.blocks.len() > MOST_PARAGRAPHS {
        return;
    }
    let start = |passage: Passage| (passage.paragraph, passage.span.start);
    let mut told: FxHashSet<_> = out
        .iter()
        .filter_map(|hit| match hit.place {
            HitPlace::Prose(passage) => Some(start(passage)),
            _ => None,
        })
        .collect();
    let names = Names::of(story);
    if names.doubtful.is_empty() {
        return;
    }
    super::joined::joined(story, &names.by_low, &names.doubtful, &mut told, out);
    let elsewhere = LazyCell::new(|| words_elsewhere(story));
    // How well a spelling is established: by how often it is there, by the dictionary, and by addresses and the front matter.
    let weight = |low: &str, name: &SpelledName| {
        let is_known = dictionary::entry(low).is_some() || elsewhere.contains(&hash(low.as_bytes()));
        name.count + if is_known { KNOWN } else { 0 }
    };
    for &passage in &names.doubtful {
        let found = story.slice(passage);
        let low = found.to_ascii_lowercase();
        if told.contains(&start(passage)) || story.house.introduces(found) {
            continue;
        }
        let Some(own) = names.by_low.get(low.as_str()).filter(|own| own.count <= TWICE) else { continue };
        if story.places_of(&low).len() > own.count {
            continue;
        }
        let found_others = names.alike(&low).filter(|(other, name)| is_likely(story, (&low, own), (other, name)));
        let weighed = found_others.map(|(other, name)| (weight(other, name), other, name));
        let Some((theirs, right, other)) = weighed.max_by_key(|&(weight, other, _)| (weight, other)) else { continue };
        let Some(&first) = other.places.first() else { continue };
        // Of two spellings that are as well established the later one is asked about.
        let mine = weight(&low, own);
        if mine > theirs || mine == theirs && own.places.first() < other.places.first() {
            continue;
        }
        debug_assert_ne!(low, right);
        let right = story.slice(first);
        let hit = Hit::at(passage).arg("found", found).arg("other", right).at_most(Severity::Query);
        let hit = hit.related(first, format!("“{right}” appears here"));
        let hit = hit.replace(passage, right, Applicability::Suggested);
        out.push(if mine == theirs { write_elsewhere(story, &other.places, found, hit) } else { hit });
    }
}

/// `hit` with the fix that writes `found` at `places`, unless one is in a quote.
fn write_elsewhere(story: &Story, places: &[Passage], found: &str, hit: Hit) -> Hit {
    if places.len() == MOST_PLACES || places.iter().any(|place| super::in_quotes(story, *place)) {
        return hit;
    }
    let edits = places.iter().map(|place| (HitPlace::Prose(*place), found.to_owned())).collect();
    hit.fix(format!("Write “{found}” elsewhere"), Applicability::Suggested, edits)
}

/// The words in addresses, code and the front matter but for the title, as the hashes of their lower case.
fn words_elsewhere(story: &Story) -> FxHashSet<u64> {
    let mut found = words_of_programs(story.document);
    // A title is a headline as well.
    for entry in story.document.metadata.iter().filter(|entry| !entry.key.contains("title") && entry.key != "name") {
        let words = entry.value.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= SHORTEST);
        found.extend(words.map(|word| hash(word.to_ascii_lowercase().as_bytes())));
    }
    found
}

/// What the dictionary, an address or the front matter counts for.
const KNOWN: usize = 2;

/// A name that is wrong is hardly more often in a story.
const TWICE: usize = 2;

impl<'s> Names<'s> {
    fn of(story: &Story<'s>) -> Self {
        let mut names = Self::default();
        for (number, read) in story.paragraphs.iter().enumerate() {
            let p: &'s Paragraph = &read.paragraph;
            let is_shouted = !p.text.bytes().any(|byte| byte.is_ascii_lowercase());
            for (at, token) in p.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
                if !token.capital && !token.joined {
                    continue;
                }
                for (low, span) in parts(p, at) {
                    let passage = Passage::new(number, span);
                    let written = p.slice(span);
                    let is_word = dictionary::is_common(low.as_bytes());
                    if is_word && p.opens_sentence(at) {
                        continue;
                    }
                    let is_odd = token.joined || written.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
                    if is_odd
                        && !is_word
                        && !is_shouted
                        && !is_beside_a_sign(p, token)
                        && dictionary::entry(low).is_none()
                    {
                        names.doubtful.push(passage);
                    }
                    let name = names.by_low.entry(low).or_default();
                    name.count += 1;
                    if name.places.len() < MOST_PLACES {
                        name.places.push(passage);
                    }
                    if name.count == 1 {
                        names.by_first.entry(low.as_bytes()[0]).or_default().push(low);
                    }
                }
            }
        }
        for (number, read) in story.paragraphs_with(Signs::UNKNOWN_WORD | Signs::MISSPELLING) {
            let odd = read.cues.odd_words().iter().filter(|odd| (odd.is_unknown() || odd.is_listed()) && odd.capital);
            names.doubtful.extend(odd.map(|odd| Passage::new(number, odd.span)));
        }
        names.doubtful.sort_unstable();
        names.doubtful.dedup();
        names
    }

    /// The names that begin like `low`, or of which it doubles the first letter or swaps it with the second one.
    fn alike<'n>(&'n self, low: &'n str) -> impl Iterator<Item = (&'s str, &'n SpelledName)> + use<'n, 's> {
        let bytes = low.as_bytes();
        let alike = bytes.first().and_then(|first| self.by_first.get(first));
        let known = |low: &str| self.by_low.get_key_value(low).map(|(&low, _)| low);
        let undoubled = low.get(1..).filter(|rest| rest.as_bytes().first() == bytes.first()).and_then(known);
        let swapped = (bytes.first() != bytes.get(1)).then(|| format!("{}{}{}", &low[1..2], &low[..1], &low[2..]));
        let at_the_start = [undoubled, swapped.as_deref().and_then(known)];
        let likely = alike.into_iter().flatten().take(MOST_COMPARED).copied().chain(at_the_start.into_iter().flatten());
        likely.filter(move |other| *other != low).filter_map(|other| Some((other, self.by_low.get(other)?)))
    }
}

/// The parts of the word at `at` that are of so many letters and have a capital, by their lower case and their spans.
fn parts(p: &Paragraph, at: usize) -> impl Iterator<Item = (&str, Span)> {
    let low = p.bare_low(at);
    let start = p.tokens.get(at).map_or(0, |token| token.span.start());
    let mut offset = 0;
    low.split('-').filter_map(move |part| {
        let own = Span::new(start + offset, start + offset + part.len());
        offset += part.len() + 1;
        let written = p.text.get(own.range())?;
        let is_name = (SHORT..=LONGEST).contains(&part.len())
            && written.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase())
            && written.eq_ignore_ascii_case(part);
        is_name.then_some((part, own))
    })
}

/// A name of so many letters is hardly one slip from another by chance.
const LONG: usize = 7;

/// A name of so many letters has hardly another letter than a like one by chance.
const LONG_OTHER: usize = 8;

/// A name of so many letters is hardly two slips from another by chance.
const LONG_TWICE: usize = 10;

/// A name that is so often in a story is well established.
const OFTEN: usize = 4;

/// One that is so often is told from any that is one letter away, there once and in no dictionary.
const VERY_OFTEN: usize = 8;

/// Whether the name `own` is likely a slip of the name `other`.
fn is_likely(story: &Story, own: (&str, &SpelledName), other: (&str, &SpelledName)) -> bool {
    let ((low, own), (meant, other)) = (own, other);
    let letters = low.len();
    if letters.abs_diff(meant.len()) > 2 {
        return false;
    }
    let distance = osa_distance(low, meant);
    if distance > 2 {
        return false;
    }
    let is_known = dictionary::entry(meant).is_some_and(|entry| entry.is_name());
    let (mine, theirs) = (names_before(story, own), names_before(story, other));
    let shares_before = mine.iter().any(|name| theirs.contains(name));
    // Whoever has another first name is somebody else.
    if !shares_before && !mine.is_empty() && (!theirs.is_empty() || is_known) {
        return false;
    }
    let same_end = low.as_bytes().last() == meant.as_bytes().last();
    let is_slip = is_slip(low, meant, distance);
    let is_plural = low.strip_suffix('s') == Some(meant) || meant.strip_suffix('s') == Some(low);
    let is_stray = own.count == 1 && other.count >= VERY_OFTEN && distance == 1 && !is_plural;
    if letters.min(meant.len()) < SHORTEST {
        return is_stray && is_slip;
    }
    if is_stray && letters > SHORTEST {
        return true;
    }
    if is_slip && same_end {
        return own.count == 1 && (letters > SHORTEST || other.count >= if are_anagrams(low, meant) { 2 } else { 3 })
            || letters >= LONG && is_known
            || shares_before
            || shares_name_behind(story, own, other);
    }
    if own.count > 1 && other.count < OFTEN && !shares_before {
        return false;
    }
    // A letter more or less at the end makes another word of the same stem.
    if meant.starts_with(low) || low.starts_with(meant) {
        let ending = if meant.len() > letters { meant } else { low };
        return distance == 1
            && letters >= LONG
            && (shares_before && !ending.ends_with('s')
                || other.count >= OFTEN && !ending.ends_with(['s', 'a', 'e', 'i', 'o', 'n', 'y']));
    }
    let is_far = letters >= LONG_TWICE && other.count >= 3 && low.get(..3) == meant.get(..3) && same_end;
    let is_other = distance == 1 && letters >= LONG_OTHER && other.count >= 2 && same_end;
    is_far || is_other || (distance == 1 || letters > LONG) && same_end && shares_before
}

/// Whether two letters are swapped, one is missing or too many, another one is doubled, or a longer name has its letters in
/// another order. Another letter makes another name: `Hansen`, `Hanson`.
fn is_slip(one: &str, other: &str, distance: usize) -> bool {
    let undoubled = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.dedup();
        letters
    };
    match distance {
        1 => one.len() != other.len() || are_anagrams(one, other),
        _ => {
            one.len() == other.len()
                && (undoubled(one) == undoubled(other) || one.len() >= LONG && are_anagrams(one, other))
        }
    }
}

/// The names right before a name.
fn names_before<'s>(story: &Story<'s>, name: &SpelledName) -> Vec<&'s str> {
    name.places.iter().filter_map(|place| name_before(story, *place)).collect()
}

/// Whether the same word with a capital is behind both: `the Holister Fund`, `the Hollister Fund`.
fn shares_name_behind(story: &Story, own: &SpelledName, other: &SpelledName) -> bool {
    let theirs: Vec<&str> = other.places.iter().filter_map(|place| name_behind(story, *place)).collect();
    own.places.iter().filter_map(|place| name_behind(story, *place)).any(|name| theirs.contains(&name))
}

/// The name right before the one at `passage`, in lower case: no title, and no word that opens a sentence.
fn name_before<'s>(story: &Story<'s>, passage: Passage) -> Option<&'s str> {
    let p = story.paragraph(passage.paragraph());
    let own = p.token_at(passage.span.start);
    let at = own.checked_sub(1).filter(|_| p.tokens.get(own).is_some_and(|token| token.spaced))?;
    let low = p.low(at);
    (is_capital(p, at) && (!dictionary::is_common(low.as_bytes()) || is_given_name(low))).then_some(low)
}

/// The word with a capital right behind the one at `passage`, in lower case.
fn name_behind<'s>(story: &Story<'s>, passage: Passage) -> Option<&'s str> {
    let p = story.paragraph(passage.paragraph());
    let at = p.token_at(passage.span.start) + 1;
    (p.tokens.get(at).is_some_and(|token| token.spaced) && is_capital(p, at)).then(|| p.low(at))
}

fn is_capital(p: &Paragraph, at: usize) -> bool {
    p.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.capital && p.low(at).len() > 2)
}
