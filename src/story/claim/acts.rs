//! Claims about what somebody in public life did, and about what became of prices, jobs and the like.

use super::ClaimKind;
use super::words::UnquotedWords;
use crate::lexicon::{self, WordList};

/// The words that show such claims.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    let claims = [&lexicon::claims::PUBLIC_ACTS, &lexicon::claims::TREND_WORDS, &lexicon::claims::LOOSE_AMOUNTS];
    claims.into_iter().flat_map(WordList::iter).chain(["half", "third"])
}

/// Whether `word` names somebody of public life by the office.
pub(super) fn is_actor(word: &str) -> bool {
    lexicon::claims::ACTORS.contains(word)
}

/// The kind that the word at position `at` shows.
pub(super) fn kind_at(words: &UnquotedWords, at: usize) -> Option<ClaimKind> {
    let low = words.low(at, 0);
    if is_trend(words, at, low) {
        return Some(ClaimKind::Trend);
    }
    if is_act(words, at, low) {
        return Some(ClaimKind::Act);
    }
    let loose = lexicon::claims::LOOSE_AMOUNTS.contains(low)
        || matches!(low, "half" | "third") && matches!(words.low(at, -1), "a" | "about" | "nearly" | "almost");
    (loose && words.low(at, 1) == "of" && !words.low(at, 2).is_empty()).then_some(ClaimKind::Amount)
}

/// Whether the sentence denies or only wishes what the word at `at` tells: `would have`, `if`, `should be`.
fn is_unreal(words: &UnquotedWords, at: usize) -> bool {
    (1..=4).any(|n| lexicon::claims::UNREAL.contains(words.low(at, -n)))
}

fn is_act(words: &UnquotedWords, at: usize, low: &str) -> bool {
    if !lexicon::claims::PUBLIC_ACTS.contains(low) || is_unreal(words, at) {
        return false;
    }
    let next = words.low(at, 1);
    // `was raised in Ohio`, `passed away`, `the cut`, `signed up`.
    let before = words.low(at, -1);
    if next.is_empty()
        || lexicon::claims::BEFORE_NO_ACT.contains(before)
        || lexicon::claims::BEHIND_NO_ACT.contains(next)
    {
        return false;
    }
    let public = if lexicon::claims::ACTS_OF_OFFICE.contains(low) {
        true
    } else if lexicon::claims::ACTS_OF_LAW.contains(low) {
        words.soon_of(at, 6, &lexicon::claims::LEGAL_OBJECTS)
    } else {
        // The others take anything for their object.
        words.soon_of(at, 7, &lexicon::claims::PUBLIC_OBJECTS)
    };
    if !public {
        return false;
    }
    (1..=5).any(|n| {
        let word = words.low(at, -n);
        lexicon::claims::SUBJECTS.contains(word) || lexicon::claims::ACTORS.contains(word) || words.is_capital(at, -n)
    })
}

fn is_trend(words: &UnquotedWords, at: usize, low: &str) -> bool {
    if !lexicon::claims::TREND_WORDS.contains(low) || is_unreal(words, at) {
        return false;
    }
    let measured = (1..=6).any(|n| lexicon::claims::MEASURES.contains(words.low(at, -n)));
    let before = words.low(at, -1);
    let moved = match low {
        "up" | "down" | "higher" | "lower" => {
            matches!(before, "is" | "are" | "was" | "were" | "gone" | "went" | "been")
        }
        // `increased funding` has an object; `funding increased` has none.
        "increased" | "doubled" | "tripled" | "dropped" => !matches!(before, "we" | "he" | "she" | "they" | "i"),
        _ => true,
    };
    measured && moved && !matches!(before, "the" | "a" | "to")
}
