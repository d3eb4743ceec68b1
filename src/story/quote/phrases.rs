//! Noun phrases that may name a speaker, found without a tagger: by capitals, articles and the closed classes of words.
//!
//! All positions are indexes of tokens.

use std::ops::Range;

use super::cues::{
    cue, is_adverb, is_auxiliary, is_determiner, is_plain_verb, is_preposition, is_strong, is_subject_pronoun,
};
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, TokenKind, has_possessive_s};
use crate::story::person::lists::{NameWord, class_of, is_role};

/// No noun phrase is longer than this; it keeps the search linear.
const MAX_PHRASE: usize = 40;

fn is_word(p: &Paragraph, at: usize) -> bool {
    p.tokens.get(at).is_some_and(|t| t.kind != TokenKind::Punct)
}

pub(super) fn capital(p: &Paragraph, at: usize) -> bool {
    p.tokens.get(at).is_some_and(|t| {
        t.kind == TokenKind::Word
            && (t.capital || t.joined && p.word(at).contains("-") && p.word(at).chars().any(char::is_uppercase))
    })
}

fn is_adverbial(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    is_adverb(low) || low.len() > 4 && low.ends_with("ly") && !p.tokens.get(at).is_some_and(|t| t.capital)
}

fn is_comma(p: &Paragraph, at: usize) -> bool {
    matches!(p.word(at), "," | "—" | "–" | "(" | ")" | "--")
        || p.word(at) == "-" && p.tokens.get(at).is_some_and(|t| t.spaced)
}

/// Whether the word is a verb as far as its form and place show: an auxiliary, a word of saying, a past form.
pub(super) fn is_verbal(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    if capital(p, at) && at > 0 {
        return false;
    }
    is_auxiliary(low)
        || is_strong(low) && cue(low).is_some_and(|c| !c.plain)
        || is_plain_verb(low)
        || low.len() > 4
            && low.ends_with("ed")
            && !matches!(low, "united" | "hundred" | "armed" | "wounded" | "retired" | "so-called")
}

/// The speaker that begins at token `start`, before `limit`: `Tom Okafor, the mayor`, `the union’s lawyer`, `he`.
pub(super) fn phrase_at(p: &Paragraph, start: usize, limit: usize) -> Option<Range<usize>> {
    let limit = limit.min(p.tokens.len()).min(start + MAX_PHRASE);
    let first = start;
    if first >= limit || !is_word(p, first) && !matches!(p.word(first), "@" | "[") {
        return None;
    }
    let low = p.low(first);
    let pronoun = is_subject_pronoun(low) && !is_determined(p, first);
    if pronoun && (!is_determiner(low) || first + 1 >= limit) {
        return Some(first..first + 1);
    }
    if is_preposition(low) || is_auxiliary(low) && !capital(p, first) {
        return None;
    }
    let mut end = first;
    let mut named = false;
    while end < limit {
        let low = p.low(end);
        if p.tokens[end].kind == TokenKind::Punct {
            let inner = matches!(p.word(end), "'" | "’" | "&" | "@" | "/" | "[" | "]" | "%" | "$")
                || p.word(end) == "-" && !p.tokens[end].spaced
                || matches!(p.word(end), "“" | "\"" | "(") && closing_mark(p, end, limit).is_some();
            if !inner {
                break;
            }
            if matches!(p.word(end), "“" | "\"" | "(") {
                end = closing_mark(p, end, limit).unwrap_or(end);
            }
            end += 1;
            continue;
        }
        if end > first {
            let of = matches!(low, "of" | "for" | "and" | "&") && end + 1 < limit;
            if of {
                // `Ruiz and Okafor`, `the mayor of Milltown`; not `Ruiz and left`.
                let goes_on =
                    capital(p, end + 1) || is_determiner(p.low(end + 1)) || low != "and" && is_word(p, end + 1);
                if goes_on && (low != "and" || !is_subject_pronoun(p.low(end + 1))) {
                    end += 1;
                    continue;
                }
                break;
            }
            // `the unsigned opinion`: no verb is right behind an article.
            let article = grammar::ARTICLES_AND_POSSESSIVES.contains(p.low(end - 1));
            let verbal = is_verbal(p, end) && !(article && low.ends_with("ed") && is_word(p, end + 1));
            if is_preposition(low) || verbal || matches!(low, "who" | "which" | "whose") {
                break;
            }
            let fits_name = is_role(low) || matches!(class_of(low), Some(NameWord::Particle | NameWord::Modifier));
            // `Harbor Capital portfolio manager Ana Ruiz`: a title of two words inside a name.
            let titled = || is_role(p.low(end + 1)) && capital(p, end + 2) && cue(low).is_none();
            if named && !capital(p, end) && !fits_name && !titled() || says_here(p, end, first) {
                break;
            }
            if is_time(p, end) || is_adverbial(p, end) {
                break;
            }
        }
        named = capital(p, end) && (end > first || class_of(low).is_none()) && !has_possessive_s(low);
        end += 1;
    }
    (end > first).then_some(first..end)
}

/// Whether `explains`, `notes`, `says` is the verb here: what it says, or a mark, follows.
fn says_here(p: &Paragraph, at: usize, first: usize) -> bool {
    let low = p.low(at);
    let third = at > first && low.ends_with('s') && !capital(p, at) && is_strong(low);
    third
        && (p.tokens.get(at + 1).is_none_or(|t| t.kind == TokenKind::Punct)
            || matches!(p.low(at + 1), "that" | "in" | "to" | "of" | "about" | "it"))
}

/// Words that say when, or a dateline: no subject is before the next comma or dash.
fn is_when(p: &Paragraph, at: usize, from: usize) -> bool {
    let dateline = at == from
        && capital(p, at)
        && p.word(at).chars().all(|c| !c.is_lowercase())
        && p.word(at).len() > 2
        && is_comma(p, at + 1);
    let when = |i: usize| lexicon::quotes::WHEN.contains(p.low(i)) || is_time(p, i);
    dateline
        || when(at)
        || (is_determiner(p.low(at)) || p.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number))
            && (when(at + 1) || matches!(p.low(at + 1), "few" | "couple" | "short" | "full") && when(at + 2))
}

/// The mark that closes what the one at `at` opens: a nickname of one word or two, or a party and its place in brackets,
/// `(D., Lane)`, `(R-N.H.)`.
fn closing_mark(p: &Paragraph, at: usize, limit: usize) -> Option<usize> {
    let bracket = p.word(at) == "(";
    let most = if bracket { 8 } else { 3 };
    let close = |i: &usize| matches!(p.word(*i), "”" | "\"" | ")");
    let end = (at + 2..limit.min(at + 2 + most)).find(close)?;
    let fits = bracket || (at + 1..end).all(|i| capital(p, i));
    (p.tokens[at].spaced && (p.word(end) == ")") == bracket && fits).then_some(end)
}

/// The mark that opens what the one at `at` closes.
fn opening_mark(p: &Paragraph, at: usize, floor: usize) -> Option<usize> {
    let bracket = p.word(at) == ")";
    let most = if bracket { 9 } else { 4 };
    let open = |i: &usize| matches!(p.word(*i), "(" | "“" | "\"");
    let start = (floor.max(at.saturating_sub(most))..at.checked_sub(1)?).rev().find(open)?;
    let fits = bracket || (start + 1..at).all(|i| capital(p, i));
    ((p.word(start) == "(") == bracket && fits).then_some(start)
}

/// A determiner that a noun follows: `both men`, not `both said`.
fn is_determined(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    is_determiner(low)
        && is_word(p, at + 1)
        && !is_verbal(p, at + 1)
        && !is_adverbial(p, at + 1)
        && !is_preposition(p.low(at + 1))
        && cue(p.low(at + 1)).is_none()
}

/// A weekday or another word that says when: it ends the name before it.
fn is_time(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    low.ends_with("day") && low.len() > 5 || !capital(p, at) && lexicon::quotes::WHEN_ALONE.contains(low)
}

/// The phrase with the apposition behind it: `Tom Okafor, the mayor,` up to the comma that ends it.
pub(super) fn with_apposition(p: &Paragraph, phrase: Range<usize>, limit: usize) -> Range<usize> {
    if p.word(phrase.end) != "," {
        return phrase;
    }
    let start = phrase.end + 1;
    let limit = limit.min(p.tokens.len()).min(start + 24);
    let low = p.low(start);
    // `Okafor’s lawyer, Ana Ruiz, said`: the name comes second.
    if is_role(p.low(phrase.end - 1)) && capital(p, start) {
        let name = (start..limit).take_while(|&i| capital(p, i)).count();
        if name >= 2 && p.word(start + name) == "," {
            return phrase.start..start + name;
        }
    }
    let opens = is_determiner(low)
        || is_role(low)
        || class_of(low) == Some(NameWord::Modifier)
        || p.tokens.get(start).is_some_and(|t| t.kind == TokenKind::Number);
    if !opens || is_subject_pronoun(low) && !is_determiner(low) {
        return phrase;
    }
    let mut end = start;
    let mut role = false;
    while end < limit {
        let low = p.low(end);
        if p.tokens[end].kind == TokenKind::Punct && !matches!(p.word(end), "-" | "'" | "’" | "&" | "/") {
            break;
        }
        role |= is_role(low) || p.tokens[end].kind == TokenKind::Number && end == start;
        if !role && (is_auxiliary(low) || is_strong(low)) || matches!(low, "who" | "said" | "told" | "in" if !role) {
            return phrase;
        }
        if matches!(low, "who" | "said" | "told" | "says") {
            break;
        }
        end += 1;
    }
    if role { phrase.start..end } else { phrase }
}

/// The subject of the verb at `verb`, in the tokens from `from` on.
pub(super) fn subject_of(p: &Paragraph, verb: usize, from: usize) -> Option<Range<usize>> {
    let participle = cue(p.low(verb)).is_some_and(|c| c.participle);
    let mut end = verb;
    while end > from && (is_adverbial(p, end - 1) || is_auxiliary(p.low(end - 1))) {
        end -= 1;
    }
    if end <= from {
        return None;
    }
    let before = p.low(end - 1);
    if participle && end == verb || before == "to" || matches!(before, "by" | "of" | "from" | "for" | "in" | "without")
    {
        // `…, saying`, `went on to say`: the subject is that of the clause.
        return earlier_subject(p, from, end - 1);
    }
    if matches!(before, "and" | "but" | "then" | "or") {
        return earlier_subject(p, from, end - 1);
    }
    if matches!(before, "who" | "which" | "that") {
        let mut noun = end - 1;
        while noun > from && is_comma(p, noun - 1) {
            noun -= 1;
        }
        return phrase_ending(p, noun, from).or_else(|| clause_subject(p, from, noun));
    }
    // `Rep. Ana Ruiz (D., Lane) said`.
    if p.word(end - 1) == ")" && opening_mark(p, end - 1, from).is_some() {
        return phrase_ending(p, end, from);
    }
    if is_comma(p, end - 1) {
        return before_insertion(p, end - 1, from);
    }
    phrase_ending(p, end, from)
}

/// The subject that an earlier verb of saying in `from..end` has, else that of the clause: `Ruiz said no and added`.
fn earlier_subject(p: &Paragraph, from: usize, end: usize) -> Option<Range<usize>> {
    let says = |i: &usize| {
        !capital(p, *i) && cue(p.low(*i)).is_some_and(|c| !c.participle && !c.plain) && is_strong(p.low(*i))
    };
    let earlier = (from + 1..end).rev().take(MAX_PHRASE).find(says);
    let direct = earlier.and_then(|verb| {
        let phrase = phrase_ending(p, verb, from)?;
        (!starts_badly(p, phrase.start)).then_some(phrase)
    });
    direct.or_else(|| clause_subject(p, from, end))
}

/// The phrase before an insertion that ends with the comma at `comma`: `Ruiz, the mayor, said`.
fn before_insertion(p: &Paragraph, comma: usize, from: usize) -> Option<Range<usize>> {
    let mut at = comma;
    while at > from {
        at -= 1;
        if !is_comma(p, at) {
            continue;
        }
        if let Some(phrase) = phrase_ending(p, at, from)
            && !starts_badly(p, phrase.start)
            && !is_governed(p, phrase.start, at, from)
            // `Kyle Brannigan, 34, who rents`: an age speaks not.
            && phrase.clone().any(|i| p.tokens[i].kind != TokenKind::Number)
        {
            // A relative clause tells more of the speaker than names one.
            let relative =
                (phrase.end..comma).find(|&i| is_comma(p, i) && matches!(p.low(i + 1), "who" | "which" | "whose"));
            let whole = phrase.start..relative.unwrap_or(comma);
            let apposed = matches!(
                p.low(at + 1),
                "who"
                    | "which"
                    | "whose"
                    | "in"
                    | "at"
                    | "speaking"
                    | "for"
                    | "too"
                    | "however"
                    | "during"
                    | "after"
                    | "before"
            );
            return Some(if apposed || whole.len() > 24 { phrase } else { whole });
        }
    }
    clause_subject(p, from, comma)
}

/// Whether the phrase from `start` to the comma at `comma` is no subject of what follows: a preposition or `whose` opens
/// what is between the comma before it and it (`during a stop in Salem, Ohio,`), or what follows is its verb.
fn is_governed(p: &Paragraph, start: usize, comma: usize, from: usize) -> bool {
    let opens = (from..start).rev().find(|&at| is_comma(p, at)).map_or(from, |at| at + 1);
    let low = p.low(opens);
    let inside = opens > from && opens < start && (is_preposition(low) || matches!(low, "whose" | "who" | "which"));
    let place = opens > from && opens == start && is_comma(p, opens - 1) && {
        let earlier = (from..opens - 1).rev().find(|&at| is_comma(p, at)).map_or(from, |at| at + 1);
        earlier > from && (is_preposition(p.low(earlier)) || p.low(earlier) == "whose")
    };
    inside
        || place
        || is_plain_verb(p.low(comma + 1))
        || cue(p.low(comma + 1)).is_some_and(|c| !c.participle && c.plain && p.low(comma + 1).ends_with('s'))
}

fn starts_badly(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    is_preposition(low) || is_auxiliary(low) || is_adverbial(p, at) || low.ends_with("ing") && !capital(p, at)
}

/// The noun phrase whose last token is right before `end`.
fn phrase_ending(p: &Paragraph, end: usize, from: usize) -> Option<Range<usize>> {
    if end <= from {
        return None;
    }
    let mut start = end;
    let floor = from.max(end.saturating_sub(MAX_PHRASE));
    while start > floor {
        let at = start - 1;
        let low = p.low(at);
        if p.tokens[at].kind == TokenKind::Punct {
            let inner = matches!(p.word(at), "'" | "’" | "&" | "@" | "/" | "]" | "[" | "%" | "$")
                || p.word(at) == "-" && !p.tokens[at].spaced
                || matches!(p.word(at), ")" | "”" | "\"") && opening_mark(p, at, floor).is_some();
            if !inner {
                break;
            }
            start = match p.word(at) {
                ")" | "”" | "\"" => opening_mark(p, at, floor).unwrap_or(at),
                _ => at,
            };
            continue;
        }
        // `is a delegate and in a letter thanked`: another predicate of an earlier subject.
        if low == "and" && start < end && is_preposition(p.low(start)) && !capital(p, end - 1) {
            return clause_subject(p, from, at);
        }
        let boundary = is_auxiliary(low)
            || super::cues::starts_clause(low) && low != "and" && low != "or"
            || is_strong(low) && cue(low).is_some_and(|c| !c.plain) && !capital(p, at);
        if boundary {
            break;
        }
        start = at;
    }
    // `In an interview Ruiz`: what is before the name is no part of the subject.
    while start < end
        && (matches!(p.low(start), "and" | "but" | "or" | "," | "so") || p.tokens[start].kind == TokenKind::Punct)
    {
        start += 1;
    }
    if start >= end {
        return None;
    }
    if is_subject_pronoun(p.low(end - 1)) && !capital(p, end - 1)
        || matches!(p.low(end - 1), "he" | "she" | "they" | "i" | "we" | "it")
    {
        return Some(end - 1..end);
    }
    if is_preposition(p.low(start)) || is_adverbial(p, start) || p.low(start).ends_with("ing") {
        return last_name(p, start, end);
    }
    // A verb inside shows that the phrase is a clause: its last name or article begins the subject.
    if let Some(verb) = (start + 1..end).rev().find(|&i| is_verbal(p, i) && !is_role(p.low(i))) {
        return last_name(p, verb + 1, end).or(Some(start..verb));
    }
    Some(start..end)
}

/// The last stretch of capitals (or article and noun) in `start..end` that reaches its end.
fn last_name(p: &Paragraph, start: usize, end: usize) -> Option<Range<usize>> {
    let mut first = end;
    while first > start
        && (capital(p, first - 1) || class_of(p.low(first - 1)) == Some(NameWord::Particle) && capital(p, first))
    {
        first -= 1;
    }
    // The first word of the sentence has its capital from there.
    if first == start && first < end && is_preposition(p.low(first)) {
        first += 1;
    }
    if first < end {
        while first > start && (is_role(p.low(first - 1)) || class_of(p.low(first - 1)) == Some(NameWord::Modifier)) {
            first -= 1;
        }
        return Some(first..end);
    }
    let article = (start..end).rev().take(8).find(|&i| is_determiner(p.low(i)))?;
    (article + 1 < end).then_some(article..end)
}

/// The subject of the clause that begins at `from`: the first stretch between commas that begins with no preposition.
pub(super) fn clause_subject(p: &Paragraph, from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = from;
    let end = end.min(p.tokens.len());
    let mut fallback = None;
    while at < end {
        while at < end
            && (p.tokens[at].kind == TokenKind::Punct
                || is_adverbial(p, at)
                || matches!(p.low(at), "and" | "but" | "so" | "yet" | "or"))
        {
            at += 1;
        }
        if at >= end {
            break;
        }
        let verb_form = !capital(p, at) && is_verbal(p, at) || p.low(at).ends_with("ing");
        if !starts_badly(p, at) && !verb_form && !is_when(p, at, from) {
            if let Some(phrase) = phrase_at(p, at, end) {
                return Some(phrase);
            }
        } else if fallback.is_none() {
            // `As Ruiz put it`, `When she left`: the subject of the other clause, when there is no better one.
            let skip = if starts_badly(p, at) { at + 1 } else { at };
            fallback = phrase_at(p, skip, end).filter(|r| r.clone().any(|i| capital(p, i)) || r.len() == 1);
        }
        while at < end && !is_comma(p, at) {
            at += 1;
        }
    }
    fallback
}
