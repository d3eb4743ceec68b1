//! Names that are one word here and two words there: `FoodLink`, `Food Link`, `Food-Link`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::spelled::{MOST_PLACES, SpelledName};
use crate::dictionary;
use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::Hit;
use crate::story::Story;
use crate::story::person::is_given_name;
use crate::text::Span;

/// Tells of names that are in `doubtful` as one word and elsewhere two words, at the form that is rarer; of equally common ones at
/// the one word, unless it has a capital inside, as brands have.
pub(super) fn joined<'s>(
    story: &Story<'s>,
    names: &FxHashMap<&'s str, SpelledName>,
    doubtful: &[Passage],
    told: &mut FxHashSet<(u32, u32)>,
    out: &mut Vec<Hit>,
) {
    let has_small = |passage: &&Passage| story.slice(**passage).bytes().any(|byte| byte.is_ascii_lowercase());
    let ones: FxHashMap<String, Passage> = doubtful
        .iter()
        .rev()
        .filter(has_small)
        .map(|passage| (story.slice(*passage).to_ascii_lowercase(), *passage))
        .collect();
    for (low, twos) in pairs(story, &ones) {
        let (Some(&one), Some(name)) = (ones.get(&low), names.get(low.as_str())) else { continue };
        let Some(&two) = twos.first() else { continue };
        let is_brand = story.slice(one).bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let two_is_wrong = twos.len() < name.count || twos.len() == name.count && is_brand;
        let (wrong, right) = if two_is_wrong { (&twos[..], one) } else { (&name.places[..], two) };
        for &wrong in wrong.iter().take(MOST_PLACES) {
            // Words of a title are no name: `Case Law` in a heading, and the `Caselaw` project.
            if two_is_wrong && !story.kind(wrong.paragraph()).is_body()
                || !told.insert((wrong.paragraph, wrong.span.start))
            {
                continue;
            }
            let (found, other) = (story.slice(wrong), story.slice(right));
            let hit = Hit::at(wrong).arg("found", found).arg("other", other).at_most(Severity::Query);
            let hit = hit.related(right, format!("“{other}” appears here"));
            out.push(hit.replace(wrong, other, Applicability::Suggested));
        }
    }
}

/// Two words with a capital that follow each other, where one of `ones` is the same in one word.
fn pairs(story: &Story, ones: &FxHashMap<String, Passage>) -> Vec<(String, Vec<Passage>)> {
    let mut found: FxHashMap<String, Vec<Passage>> = FxHashMap::default();
    let mut both = String::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        let p = &read.paragraph;
        for (at, (one, two)) in p.tokens.iter().zip(p.tokens.iter().skip(1)).enumerate() {
            let (first, second) = (p.low(at), p.bare_low(at + 1));
            // `HillaryClinton` is a handle.
            if !(one.capital && two.capital && two.spaced && !one.joined) || is_given_name(first) {
                continue;
            }
            both.clear();
            // `LetsMeet`, `Let's Meet`.
            both.extend(first.split('\'').chain([second]));
            if ones.contains_key(&both) && dictionary::entry(&both).is_none() {
                let span = Span { end: p.without_possessive(two.span).end, ..one.span };
                found.entry(both.clone()).or_default().push(Passage::new(number, span));
            }
        }
        for (at, token) in p.tokens.iter().enumerate().filter(|(_, token)| token.capital && token.joined) {
            let low = p.bare_low(at);
            both.clear();
            both.extend(low.split('-'));
            if both.len() < low.len() && ones.contains_key(&both) {
                found.entry(both.clone()).or_default().push(Passage::new(number, p.without_possessive(token.span)));
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    found
}
