//! The words by which a sentence shows that it claims something checkable.

use super::ClaimKind;
use super::words::UnquotedWords;
use crate::lexicon;
use crate::prose::has_possessive_s;

/// The words that show claims.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    lexicon::claims::SHOWING.iter().chain(lexicon::claims::SUPERLATIVES.iter())
}

/// The kinds that the word at position `at` shows.
pub(super) fn kind_at(words: &UnquotedWords, at: usize) -> Option<ClaimKind> {
    let low = words.low(at, 0);
    if is_superlative(words, at, low) {
        return Some(ClaimKind::Superlative);
    }
    if is_study(words, at, low) {
        return Some(ClaimKind::Study);
    }
    if is_law(words, at, low) {
        return Some(ClaimKind::Law);
    }
    if is_cause(words, at, low) {
        return Some(ClaimKind::Cause);
    }
    if is_comparison(words, at, low) {
        return Some(ClaimKind::Comparison);
    }
    if is_prediction(words, at, low) {
        return Some(ClaimKind::Prediction);
    }
    if is_health(words, at, low) {
        return Some(ClaimKind::Health);
    }
    is_absolute(words, at, low).then_some(ClaimKind::Absolute)
}

fn is_superlative(words: &UnquotedWords, at: usize, low: &str) -> bool {
    // “one of the biggest” claims little, and “is not the only” denies.
    if words.low(at, -2) == "of" || words.low(at, -2).ends_with("n't") || words.low(at, -2) == "not" {
        return false;
    }
    let base = low.rsplit('-').next().unwrap_or(low);
    match base {
        "best" | "worst" | "greatest" | "earliest" | "newest" => {
            let opinion = lexicon::claims::OPINIONS.contains(words.low(at, 1));
            words.low(at, -1) == "the" && words.soon_of(at, 8, &lexicon::claims::WORLD) && !opinion
        }
        _ if lexicon::claims::SUPERLATIVES.contains(base) => {
            let before = words.low(at, -1);
            // “at its highest”, “the youngest child” are no claims about the world by their form alone.
            let family = words.soon(at, 1, &["son", "daughter", "child", "sister", "brother", "of"])
                && base.starts_with("you")
                || base == "oldest" && words.soon(at, 1, &["son", "daughter", "child", "sister", "brother"]);
            !family && (matches!(before, "the" | "its" | "their") || has_possessive_s(before) || low.contains('-'))
        }
        "first" => is_first(words, at),
        "only" => {
            let one = matches!(words.low(at, -1), "the")
                && !matches!(words.low(at, 1), "thing" | "way" | "one" | "reason" | "question" | "problem");
            one && words.soon(at, 6, &["to", "in", "ever", "with", "that"]) && words.low(at, -2) != "not"
        }
        "unprecedented" => true,
        "most" | "least" => {
            words.low(at, -1) == "the"
                && words.low(at, 1) != "of"
                && words.soon(at, 10, &["ever", "history", "world", "country", "nation"])
        }
        "record" => {
            lexicon::claims::OF_RECORDS.contains(words.low(at, 1)) && matches!(words.low(at, -1), "a" | "an" | "the")
                || words.low(at, -1) == "on"
                    && matches!(words.low(at, -2), "year" | "month" | "day" | "storm" | "season")
        }
        "first-ever" | "record-breaking" | "record-setting" => true,
        "ever" => words.low(at, -1) == "first" && low == "ever",
        _ => false,
    }
}

/// `the first woman to`, `for the first time since`; not `first lady`, `at first`, `the first time he spoke`.
fn is_first(words: &UnquotedWords, at: usize) -> bool {
    let (before, after) = (words.low(at, -1), words.low(at, 1));
    if !matches!(before, "the" | "his" | "her" | "its" | "their" | "world's" | "nation's" | "country's")
        || words.capital(at)
    {
        return false;
    }
    if after == "time" {
        return matches!(words.low(at, 2), "since" | "ever")
            || words.low(at, 2) == "in"
                && words.soon(at + 2, 4, &["years", "decades", "history", "century", "months"]);
    }
    let phrase = lexicon::claims::NOT_FIRST.contains(after);
    if phrase || before != "the" && !has_possessive_s(before) {
        return false;
    }
    // “the first woman to lead”, “the first Utopian president in history”
    (2..=4).any(|n| words.low(at, n) == "to" && !matches!(words.low(at, n - 1), "of" | "and"))
        || words.soon(at, 6, &["ever", "history", "since"])
}

fn is_study(words: &UnquotedWords, at: usize, low: &str) -> bool {
    let noun = lexicon::claims::PAPERS.contains(low);
    let people = matches!(low, "researchers" | "scientists" | "pollsters" | "economists" | "epidemiologists");
    if !(noun || people) || words.capital(at) && at > 0 {
        return false;
    }
    // In “poll results that show” the poll finds nothing.
    let reach = if noun { 5 } else { 2 };
    let near = (1..=reach).take_while(|&n| !matches!(words.low(at, n), "that" | "which" | "who" | "results" | "and"));
    near.into_iter().any(|n| lexicon::claims::FINDINGS.contains(words.low(at, n)))
        || noun && (1..=5).any(|n| words.low(at, -n) == "according" && words.low(at, 1 - n) == "to")
}

fn is_law(words: &UnquotedWords, at: usize, low: &str) -> bool {
    if !words.capital(at) {
        return matches!(low, "unconstitutional")
            || low == "law"
                && matches!(words.low(at, -1), "international" | "federal")
                && words.low(at, -2) == "under";
    }
    match low {
        "resolution" | "article" | "section" | "chapter" | "directive" | "proposition" => words.is_number(at + 1),
        "amendment" => words.capital(at.wrapping_sub(1)) && at > 0,
        "title" => matches!(words.low(at, 1), "vii" | "ix" | "ii" | "x"),
        _ if lexicon::claims::NAMED_LAWS.contains(low) => {
            let named = at > 0 && words.capital(at - 1) || words.low(at, 1) == "of" && words.capital(at + 2);
            // The conventions of parties are meetings.
            let meeting =
                low == "convention" && matches!(words.low(at, -1), "national" | "democratic" | "republican" | "party");
            named && !meeting && !words.capital(at + 1)
        }
        _ => false,
    }
}

fn is_cause(words: &UnquotedWords, at: usize, low: &str) -> bool {
    let next = words.low(at, 1);
    match low {
        "caused" | "triggered" => matches!(words.low(at, 1), "by" | "the" | "a" | "an") || words.is_number(at + 1),
        "led" | "leads" => next == "to" && !matches!(words.low(at, -1), "he" | "she" | "they" | "who"),
        "resulted" | "results" => next == "in",
        "due" => next == "to" && !matches!(words.low(at, -1), "is" | "are" | "was" | "were" | "be"),
        // A page is linked to another page, and nothing follows from it.
        "linked" => next == "to" && !lexicon::claims::ON_THE_WEB.contains(words.low(at, -1)),
        "allowing" | "enabling" | "forcing" | "prompting" => words.low(at, -1) == ",",
        "meaning" => words.low(at, -1) == "," && !words.low(at, 1).is_empty(),
        "thanks" => next == "to" && at > 0,
        "result" => words.low(at, -1) == "a" && words.low(at, -2) == "as" && next == "of",
        // Somebody who says “we” gives reasons.
        "because" => next == "of" && !words.in_first_person(),
        _ => false,
    }
}

fn is_comparison(words: &UnquotedWords, at: usize, low: &str) -> bool {
    match low {
        "than" => {
            let before = words.low(at, -1);
            let amount = words.is_number(at + 1)
                || matches!(
                    words.low(at, 1),
                    "$" | "€" | "£" | "a" | "half" | "one" | "two" | "three" | "four" | "five" | "ten" | "dozen"
                );
            let phrase =
                matches!(before, "rather" | "other" | "later" | "sooner" | "more" | "less" | "fewer" | "better")
                    && amount
                    || matches!(before, "rather" | "other" | "later" | "sooner" | "different");
            let comparative = lexicon::claims::COMPARATIVES.contains(before);
            !phrase
                && (comparative
                    || words.low(at, 1) == "ever"
                    // `more men and women than any other state`.
                    || (2..=9).any(|n| {
                        matches!(words.low(at, -n), "more" | "fewer" | "less")
                            && !matches!(words.low(at, -n - 1), "no" | "any" | "nothing" | "little")
                    })
                    || (matches!(before, "more" | "less") && matches!(words.low(at, 1), "any" | "all" | "twice")))
        }
        "twice" => matches!(words.low(at, 1), "as" | "the"),
        "times" => matches!(words.low(at, 1), "as" | "more" | "higher" | "larger" | "the") && at > 0,
        "compared" => matches!(words.low(at, 1), "with" | "to"),
        "outnumber" | "outnumbered" | "outnumbers" => true,
        _ => false,
    }
}

fn is_prediction(words: &UnquotedWords, at: usize, low: &str) -> bool {
    low == "will"
        && (lexicon::claims::PREDICTED.contains(words.low(at, 1))
            || words.low(at, 1) == "not" && lexicon::claims::PREDICTED.contains(words.low(at, 2)))
}

fn is_health(words: &UnquotedWords, at: usize, low: &str) -> bool {
    match low {
        _ if lexicon::claims::CURES.contains(low) => words.soon_of(at, 5, &lexicon::claims::DISEASES),
        "risk" => words.low(at, 1) == "of" && words.soon_of(at, 5, &lexicon::claims::DISEASES),
        "proven" => words.low(at, -1) == "clinically",
        "safe" => words.low(at, 1) == "and" && words.low(at, 2) == "effective",
        "miracle" => matches!(words.low(at, 1), "cure" | "drug"),
        _ => false,
    }
}

fn is_absolute(words: &UnquotedWords, at: usize, low: &str) -> bool {
    match low {
        // What somebody always does is a matter of record; what we will never forget is none.
        "always" | "never" => {
            let told = (1..=3).any(|n| {
                matches!(words.low(at, -n), "he" | "she" | "it")
                    || super::acts::is_actor(words.low(at, -n))
                    || words.is_capital(at, -n)
            });
            told && !matches!(words.low(at, -1), "almost" | "nearly" | "not" | "will") && words.low(at, 1) != "mind"
        }
        "nobody" => is_told(words, at + 1),
        "no" => words.low(at, 1) == "one" && words.low(at, -1) != "almost" && is_told(words, at + 2),
        "single" => words.low(at, -1) == "a" && words.low(at, -2) == "not",
        _ => false,
    }
}

/// Whether the word at `at` tells what was done: `nobody has ever paid`.
fn is_told(words: &UnquotedWords, at: usize) -> bool {
    let low = words.low(at, 0);
    matches!(low, "has" | "had" | "was" | "ever" | "knew" | "paid" | "saw" | "came")
        || low.len() > 4 && low.ends_with("ed")
}
