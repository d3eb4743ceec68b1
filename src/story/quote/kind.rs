//! What a quote is: somebody's sentence, a part of one, a scare quote, or a title.

use super::cues::is_preposition;
use super::{Attribution, Basis, QuoteKind, Quoted};
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind, has_possessive_s};
use crate::story::person::lists::is_role;

/// A quote of at least this many words can be a sentence of its own.
const SENTENCE_WORDS: usize = 5;

/// The kind of `quoted` and the number of words between its marks.
pub(super) fn of(p: &Paragraph, quoted: &Quoted, attribution: Option<&Attribution>) -> (QuoteKind, usize) {
    let inside = p.tokens_in(quoted.inner);
    let words = inside.clone().filter(|&i| p.tokens[i].kind != TokenKind::Punct).count();
    let before = p.tokens_in(quoted.span).start;
    let after = p.tokens_in(quoted.span).end;
    if is_title(p, quoted, words, before, after) {
        return (QuoteKind::Title, words);
    }
    let first = inside.clone().find(|&i| p.tokens[i].kind != TokenKind::Punct);
    let starts = first.is_some_and(|i| p.tokens[i].capital || p.tokens[i].kind == TokenKind::Number)
        || matches!(p.word(inside.start), "[" | "..." | "…" | "$" | "#" | "@");
    let last = inside.clone().next_back().map_or("", |i| p.word(i));
    let stops = !quoted.closed
        || matches!(last, "." | "!" | "?" | "," | "—" | "–" | "-" | "…" | "..." | "]" | "”" | "’" | "'" | ";" | "--");
    let opens_sentence =
        before == 0 || matches!(p.word(before - 1), "." | "?" | "!" | ":" | "," | "”" | "\"" | "—" | "–");
    let ends_sentence = matches!(last, "." | "!" | "?");
    let said = attribution.is_some_and(|a| a.cue.is_some());
    let sentence =
        starts && stops && (words >= SENTENCE_WORDS || words >= 2 && opens_sentence && (said || ends_sentence))
            || words >= SENTENCE_WORDS && opens_sentence && stops && before == 0
            || words == 1 && starts && stops && said && opens_sentence && (before == 0 || p.word(before - 1) != "”");
    if sentence {
        return (QuoteKind::Direct, words);
    }
    let running = attribution.is_some_and(|a| a.basis == Basis::Running);
    let scare = words <= 3 && !said && !running && !stops_like_speech(last);
    (if scare { QuoteKind::Scare } else { QuoteKind::Partial }, words)
}

fn stops_like_speech(last: &str) -> bool {
    matches!(last, "!" | "?")
}

/// Titles of works, nicknames, and words as words.
fn is_title(p: &Paragraph, quoted: &Quoted, words: usize, before: usize, after: usize) -> bool {
    if !quoted.closed || words == 0 || words > 12 {
        return false;
    }
    let inside = p.tokens_in(quoted.inner);
    let lead = before.checked_sub(1).map_or("", |i| p.low(i));
    let lead = if lead == "," && before >= 2 { p.low(before - 2) } else { lead };
    if words <= 4 && lexicon::quotes::WORD_LABELS.contains(lead) {
        return true;
    }
    // `Tom “Duke” Okafor`.
    let name = |i: usize| p.tokens.get(i).is_some_and(|t| t.capital && t.kind == TokenKind::Word);
    if words <= 3
        && before > 0
        && name(before - 1)
        && name(after)
        && p.tokens[after].spaced
        && !is_role(p.low(before - 1))
    {
        let all_capital = inside.clone().any(name);
        let comma = inside.clone().next_back().is_some_and(|i| matches!(p.word(i), "," | "." | "?" | "!"));
        if all_capital && !comma {
            return true;
        }
    }
    let big: Vec<usize> = inside
        .clone()
        .filter(|&i| p.tokens[i].kind == TokenKind::Word && p.word(i).len() > 3 && !is_preposition(p.low(i)))
        .collect();
    let title_case = !big.is_empty() && big.iter().all(|&i| p.tokens[i].capital);
    let stop_inside = inside.clone().rev().skip(1).any(|i| matches!(p.word(i), "." | ";"))
        || inside.clone().next_back().is_some_and(|i| p.word(i) == "!" && words > 6);
    if !title_case || stop_inside {
        return false;
    }
    let work = lexicon::quotes::TITLE_LABELS.contains(lead) || has_possessive_s(lead);
    let small_words = inside.clone().filter(|&i| p.tokens[i].kind == TokenKind::Word && !p.tokens[i].capital).count();
    work && (words >= 2 || !matches!(lead, "the" | "a" | "of" | "on" | "in" | "from")) && small_words <= words / 2
}
