//! Facts with numbers that no other reader took: scores and votes, and every numeral that is left.

use super::words;
use crate::lexicon;
use crate::prose::{Paragraph, Sentence, TokenKind};
use crate::text::Span;

use super::FactKind;

/// Pairs of numbers that are the outcome of a game or a vote: `3-2`, `5 to 4`.
pub(crate) fn outcomes(paragraph: &Paragraph, sentence: Sentence) -> Vec<(FactKind, Span)> {
    let holds = |wanted: fn(&str) -> bool| sentence.tokens().any(|at| wanted(paragraph.low(at)));
    let kind = match (holds(words::is_of_votes), holds(words::is_of_scores)) {
        (true, _) => FactKind::Vote,
        (false, true) => FactKind::Score,
        (false, false) => return Vec::new(),
    };
    let number = |at: usize| {
        let short = |token: &crate::prose::Token| token.kind == TokenKind::Number && token.span.len() <= 3;
        paragraph.tokens.get(at).filter(|token| short(token))
    };
    let is_dash = |at: usize| matches!(paragraph.low(at), "-" | "–");
    // `The motion carries, six to three.`
    let in_words = |at: usize| {
        let is_small = |at: usize| words::is_small_number(paragraph.low(at));
        let next = paragraph.tokens.get(at + 3);
        let ends = next.is_none_or(|next| next.kind == TokenKind::Punct && !is_dash(at + 3));
        let is_pair = is_small(at) && paragraph.low(at + 1) == "to" && is_small(at + 2) && ends;
        (kind == FactKind::Vote && is_pair).then(|| (kind, paragraph.span_of(at, at + 2)))
    };
    let mut found = Vec::new();
    for at in sentence.tokens() {
        let (Some(first), Some(_)) = (number(at), number(at + 2)) else {
            found.extend(in_words(at));
            continue;
        };
        let pair = match is_dash(at + 1) {
            true => !is_dash(at + 3) && !at.checked_sub(1).is_some_and(is_dash),
            // `3 to 2` is a vote; of games one writes `3-2`.
            false => kind == FactKind::Vote && paragraph.low(at + 1) == "to",
        };
        // Behind `$` stands money.
        let money = at.checked_sub(1).is_some_and(|before| matches!(paragraph.low(before), "$" | "€" | "£"));
        if pair && !money {
            found.push((kind, Span { start: first.span.start, ..paragraph.span_of(at, at + 2) }));
        }
    }
    found
}

/// Numerals outside `taken`, which are in any order: what is a number and no other kind of fact is a figure.
pub(super) fn left(paragraph: &Paragraph, sentence: Sentence, taken: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let tokens = sentence.tokens();
    let mut at = tokens.start;
    while at < tokens.end {
        let Some(token) = paragraph.tokens.get(at) else { break };
        if !is_numeral(paragraph, at) || is_pronoun(paragraph, at) || taken.iter().any(|span| span.overlaps(token.span))
        {
            at += 1;
            continue;
        }
        // `Five times as many` compares.
        if paragraph.low(at + 1) == "times" && words::compares_times(paragraph.low(at + 2)) {
            at += 1;
            continue;
        }
        let mut last = at;
        while last + 1 < tokens.end && words::is_large_number(paragraph.low(last + 1)) {
            last += 1;
        }
        found.push(paragraph.span_of(at, last));
        at = last + 1;
    }
    found
}

/// Whether the number on `span` is a year by itself: `its last full year, 1997, when`.
pub(super) fn is_year(paragraph: &Paragraph, span: Span) -> bool {
    let own = paragraph.tokens_in(span);
    let is_of_years = paragraph.slice(span).parse::<u16>().is_ok_and(|year| (1500..2100).contains(&year));
    let next = paragraph.tokens.get(own.end);
    let ends = next.is_none_or(|next| next.kind == TokenKind::Punct) || words::is_opener(paragraph.low(own.end));
    let before = own.start.checked_sub(1).map_or("", |before| paragraph.low(before));
    is_of_years && ends && !matches!(before, "$" | "€" | "£" | "#" | "no." | "number")
}

/// Whether token `at` is a number, in digits or in words.
pub(super) fn is_numeral(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let low = paragraph.low(at);
    let is_small = |word: &str| words::is_small_number(word);
    token.kind == TokenKind::Number
        || is_small(low)
        || words::is_large_number(low)
        || words::is_amount(low)
        || low.split_once('-').is_some_and(|(tens, ones)| is_small(tens) && is_small(ones))
        || token.kind == TokenKind::Word && low.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `one` counts nothing: `the one who`, `one another`, `one day`; and `both … and`.
fn is_pronoun(paragraph: &Paragraph, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| paragraph.low(before));
    let after = paragraph.low(at + 1);
    match paragraph.low(at) {
        "one" => {
            lexicon::figures::BEFORE_ONE.contains(before)
                || matches!(before, "another" | "only" | "-")
                || matches!(
                    after,
                    "of" | "another" | "day" | "can" | "must" | "should" | "may" | "might" | "would" | "-"
                )
        }
        "both" => true,
        _ => false,
    }
}
