//! Names in the text of a link that are spelled otherwise than in the address to which it leads.

use crate::checks::with_capitals_of;
use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::paragraph_index::Signs;
use crate::text::{added_letter, are_anagrams};

/// Shorter names are one letter from a part of an address by chance.
const SHORTEST: usize = 5;

/// `names-link-differs`: a name that no dictionary has, of which the address of its link has one letter more, or two in another
/// order: `[Dagmar Brandner](https://brandtner.example)`. Addresses leave letters out for the sake of brevity, so one letter less
/// says nothing.
pub(in crate::checks) fn link_differs(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    if story.document.links.is_empty() {
        return;
    }
    for (number, read) in story.paragraphs_with(Signs::UNKNOWN_WORD) {
        let p = &read.paragraph;
        for odd in read.cues.odd_words().iter().filter(|odd| odd.is_unknown() && odd.capital) {
            let found = p.slice(odd.span);
            let passage = Passage::new(number, odd.span);
            if found.len() < SHORTEST || story.house.introduces(found) {
                continue;
            }
            let Some(link) = story.link_around(passage) else { continue };
            let (low, target) = (found.to_ascii_lowercase(), link.target.to_ascii_lowercase());
            let before = p.token_at(odd.span.start).checked_sub(1).map_or("", |before| p.low(before));
            let Some(other) = spelled_otherwise(&low, before, &target) else { continue };
            let right = with_capitals_of(found, &other);
            let hit = Hit::at(passage).arg("found", found).arg("other", other);
            out.push(hit.replace(passage, right, Applicability::Suggested));
        }
    }
}

/// How `target` spells `low`, where that differs by a slip. The word `before` or its first letter may be joined to it there, as in
/// names of users, which may end in the letter of another name.
fn spelled_otherwise(low: &str, before: &str, target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once("://").unwrap_or(("", target));
    let host_end = if scheme.is_empty() { 0 } else { rest.find('/').unwrap_or(rest.len()) };
    let (host, path) = rest.split_at(host_end);
    let initial = before.get(..1).unwrap_or_default();
    let parts = |text: &'_ str| text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_owned).collect::<Vec<_>>();
    let (of_host, of_path) = (parts(host), parts(path));
    let is_own = |part: &String| {
        *part == low
            || [before, initial].iter().any(|first| !first.is_empty() && part.strip_prefix(first) == Some(low))
            || low.get(..1).is_some_and(|first| part.strip_prefix(first) == Some(low))
    };
    if of_host.iter().chain(&of_path).any(is_own) {
        return None;
    }
    let joined = |part: &str| {
        let first = [before, initial].into_iter().filter(|first| !first.is_empty());
        first.filter_map(|first| part.strip_prefix(first)).find(|form| is_slip(low, form, true)).map(str::to_owned)
    };
    let whole = |part: &String, may_be_cut: bool| is_slip(low, part, may_be_cut).then(|| part.clone());
    let in_host = of_host.iter().find_map(|part| whole(part, true).or_else(|| joined(part)));
    in_host.or_else(|| of_path.iter().find_map(|part| whole(part, false).or_else(|| joined(part))))
}

/// Whether `other` is `low` with one letter more, which is no ending, or with two letters in another order. The last letter is
/// asked for only where the word `may_be_cut`.
fn is_slip(low: &str, other: &str, may_be_cut: bool) -> bool {
    let is_longer = || {
        added_letter(low, other).is_some_and(|at| {
            let added = other.as_bytes().get(at).copied().unwrap_or_default();
            let is_ending = at == low.len() && (!may_be_cut || matches!(added, b's' | b'a' | b'e' | b'o'));
            // `Müller` is `mueller` in addresses.
            let is_umlaut = added == b'e' && at > 0 && matches!(low.as_bytes().get(at - 1), Some(b'a' | b'o' | b'u'));
            !is_ending && !is_umlaut
        })
    };
    low.as_bytes().first() == other.as_bytes().first()
        && (is_longer()
            || other.len() == low.len() && are_anagrams(low, other) && strsim::osa_distance(low, other) == 1)
}

#[cfg(test)]
mod tests {
    use super::spelled_otherwise;

    #[test]
    fn addresses_spell_names_that_lost_a_letter() {
        for (low, before, target, other) in [
            ("brandner", "jan", "https://code.example/jbrandtner", "brandtner"),
            ("dagstuh", "", "https://www.dagstuhl.example/seminars", "dagstuhl"),
            ("haverkam", "ines", "https://code.example/ineshaverkamp", "haverkamp"),
            ("gilab", "", "https://gitlab.example/explore", "gitlab"),
        ] {
            assert_eq!(spelled_otherwise(low, before, target).as_deref(), Some(other), "{low}");
        }
        for (low, before, target) in [
            ("muller", "ana", "https://mueller.example"),
            ("brandtner", "jan", "https://code.example/jbrandner"),
            ("okafor", "", "https://okafors.example"),
            ("ferrel", "", "https://ferrel.example/ferrell"),
            ("corina", "", "https://code.example/corinaw"),
            ("karlsen", "kirsten", "https://code.example/kkarlsen"),
        ] {
            assert_eq!(spelled_otherwise(low, before, target), None, "{low}");
        }
    }
}
