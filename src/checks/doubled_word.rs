//! `doubled-word`: a word that occurs twice, over a line break and at the start of a paragraph too.

use super::wording::with_capitals_of;
use crate::dictionary;
use crate::lexicon;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("doubled-word", Run::Paragraph(run), &[])];

/// Small words that may end one part of a sentence and open the next, when a verb takes them: “They moved in in May.”
const PARTICLES: &[&str] = &["in", "on", "up", "over", "off", "by", "out", "to", "for", "of", "at"];
/// Of two articles one is left over from an edit.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// Adds a hit for each word that occurs twice and cannot.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let lower = p.folded.lower.as_bytes();
    let mut last: &[u8] = &[];
    for (at, token) in p.tokens.iter().enumerate() {
        let word = &lower[token.fold.range()];
        let before = std::mem::replace(&mut last, word);
        let same = before == word;
        // Only articles are told from each other.
        let articles = !same && word.len() <= 3 && before.len() <= 3 && is_article(word) && is_article(before);
        if !(same || articles)
            || token.kind != TokenKind::Word
            || at == 0
            || !token.spaced
            || token.joined
            || token.capital
        {
            continue;
        }
        let first = &p.tokens[at - 1];
        // `a.k.a the`: the first is a letter of a short form.
        let is_letter = !first.spaced && at.checked_sub(2).is_some_and(|before| p.low(before).ends_with('.'));
        if first.abbreviation
            || is_letter
            || first.capital && !p.opens_sentence(at - 1)
            || is_apart(p, at)
            || same && may_stand_twice(p, at)
        {
            continue;
        }
        let span = p.span_of(at - 1, at);
        let kept = if articles { article(p, at) } else { p.low(at) };
        let kept = with_capitals_of(p.word(at - 1), kept);
        let hit = Hit::in_paragraph(span).arg("found", p.slice(span));
        out.push(hit.replace(Passage::new(0, span), kept, rule.fix));
    }
}

fn is_article(word: &[u8]) -> bool {
    ARTICLES.iter().any(|article| article.as_bytes() == word)
}

/// Which of two articles, of which token `at` is the second, stays: the one that fits the next word, or else the second.
fn article(p: &Paragraph, at: usize) -> &'static str {
    let next = p.low(at + 1);
    let vowel = next.starts_with(['a', 'e', 'i', 'o', 'u']);
    match (p.low(at - 1), p.low(at)) {
        ("a", "an") | ("an", "a") if vowel => "an",
        ("a", "an") | ("an", "a") => "a",
        (_, "a") => "a",
        (_, "an") => "an",
        _ => "the",
    }
}

/// Whether more than blanks is between token `at` and the one before it, or something belongs to the second: `the the-end`.
fn is_apart(p: &Paragraph, at: usize) -> bool {
    let (first, second) = (p.tokens[at - 1].span, p.tokens[at].span);
    let between = p.text.get(first.end()..second.start()).unwrap_or("x");
    let after = p.text.as_bytes().get(second.end());
    let before = first.start().checked_sub(1).and_then(|before| p.text.as_bytes().get(before));
    !between.chars().all(char::is_whitespace)
        || matches!(after, Some(b'-' | b'/' | b'@' | b'&' | b'_' | b'\''))
        || after == Some(&b'.')
            && p.tokens.get(at + 1).is_some_and(|next| !next.spaced)
            && p.tokens.get(at + 2).is_some_and(|next| !next.spaced)
        || matches!(before, Some(b'-' | b'/' | b'\'' | b'@' | b'#'))
}

fn may_stand_twice(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    if ARTICLES.contains(&low) {
        return false;
    }
    let before = at.checked_sub(2).map_or("", |before| p.low(before));
    if lexicon::checks::TWICE.contains(low) || before == low || p.low(at + 1) == low {
        return true;
    }
    if PARTICLES.contains(&low) {
        // “Logged on on Monday”; “what it was for for years”.
        return lexicon::checks::TAKES_PARTICLE.contains(before)
            || before.is_empty()
            || !follows_small_word_or_verb(p, at, low);
    }
    if matches!(low, "is" | "was" | "are" | "were" | "does" | "did" | "has" | "have" | "be") {
        // “What it is is a start.”
        let sentence = p.sentence_at(p.tokens[at].span.start);
        let first = sentence.map_or(0, |sentence| sentence.first as usize);
        return (first..at - 1).any(|i| {
            matches!(
                p.low(i),
                "what"
                    | "who"
                    | "where"
                    | "how"
                    | "all"
                    | "when"
                    | "why"
                    | "whatever"
                    | "thing"
                    | "question"
                    | "problem"
                    | "point"
                    | "that"
            )
        });
    }
    // Words that nobody knows may be of another language or sounds.
    !dictionary::is_common(low.as_bytes()) || low.len() < 2
}

/// A particle written twice is behind another word than a verb that may take it: “met on on Monday”, “of of”. Of `in` and
/// `on`, the next word tells a day or a month.
fn follows_small_word_or_verb(p: &Paragraph, at: usize, low: &str) -> bool {
    match low {
        "of" | "to" | "for" | "at" | "by" => true,
        "in" | "on" => p.tokens.get(at + 1).is_some_and(|next| next.kind != TokenKind::Punct),
        _ => false,
    }
}
