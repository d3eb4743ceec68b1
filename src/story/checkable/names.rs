//! Names that the readers of people and organisations leave: of places, works, and of whatever else is written with capitals.

use std::collections::HashSet;

use super::FactKind;
use super::words;
use crate::dictionary;
use crate::lexicon::numbers;
use crate::prose::{Paragraph, Sentence, TokenKind, has_possessive_s, without_possessive};
use crate::story::person::lists::{NameWord, class_of};
use crate::text::Span;

/// Words in a dateline behind the place: `Ill., May 2`.
const DATELINE: usize = 7;

/// Words with capitals that stand together, and what they are the name of.
pub(super) struct CapitalRun {
    /// Without an article before it and a possessive ending.
    pub span: Span,
    /// Name, organisation, place or work.
    pub kind: FactKind,
    /// Its only word opens the sentence, and may have its capital from there.
    pub doubtful: bool,
    /// Somebody's name is a part of it: `Szabo's Bakery`, `Restrepo & Sons`.
    pub possessive: bool,
}

/// The runs of words with capitals of a sentence. `is_common` says of a word in lower case that the story writes it so.
pub(super) fn runs(paragraph: &Paragraph, sentence: Sentence, common: &HashSet<&str>) -> Vec<CapitalRun> {
    let mut found = Vec::new();
    let tokens = sentence.tokens();
    let mut at = tokens.start;
    while at < tokens.end {
        if !is_capital(paragraph, at) {
            at += 1;
            continue;
        }
        let end = run_end(paragraph, at, tokens.end);
        found.extend(run(paragraph, sentence, at, end, common));
        at = end;
    }
    found
}

fn is_capital(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let inner = || paragraph.word(at).split('-').skip(1).any(|part| part.starts_with(char::is_uppercase));
    token.kind == TokenKind::Word && (token.capital || token.joined && inner())
}

/// One past the last word of the run that starts at `at`: small words inside names belong to it.
fn run_end(paragraph: &Paragraph, at: usize, end: usize) -> usize {
    let mut last = at;
    loop {
        let next = last + 1;
        if next >= end {
            return next;
        }
        if ends_name(paragraph, last) {
            let goes_on = is_capital(paragraph, next)
                && (words::is_organisation_noun(without_possessive(paragraph.low(next)))
                    || words::is_possessive_head(paragraph.low(last))
                    || last == at && is_of_discoverer(paragraph, next));
            if !goes_on {
                return next;
            }
            last = next;
            continue;
        }
        if is_capital(paragraph, next) || is_its_number(paragraph, last) {
            last = next;
            continue;
        }
        let joins =
            |word: &str| matches!(word, "of" | "&" | "de" | "da" | "del" | "la" | "van" | "von" | "der" | "al" | "bin");
        let links = joins(paragraph.low(next))
            // `Department of Labor and Industry`, `Department of the Army`
            || matches!(paragraph.low(next), "and" | "for") && holds_of(paragraph, at, last);
        let behind = if paragraph.low(next) == "of" && paragraph.low(next + 1) == "the" { next + 2 } else { next + 1 };
        if links && behind < end && is_capital(paragraph, behind) {
            last = behind;
            continue;
        }
        return next;
    }
}

/// Whether a plain noun with a capital ends the name that somebody's begins: `Halley's Comet`, `Moore's Law`.
fn is_of_discoverer(paragraph: &Paragraph, at: usize) -> bool {
    let low = paragraph.low(at);
    let is_title = matches!(class_of(low), Some(NameWord::Role(_) | NameWord::Honorific(_) | NameWord::Modifier));
    let is_plain = dictionary::entry(low).is_some_and(|entry| !entry.is_name());
    is_plain && !is_title && class_of(low) != Some(NameWord::Demonym) && !is_capital(paragraph, at + 1)
}

/// Whether the word at `at` has its number behind it: `Route 9`, `Ward 3`.
fn is_its_number(paragraph: &Paragraph, at: usize) -> bool {
    let is_short = |token: &crate::prose::Token| token.kind == TokenKind::Number && token.span.len() <= 3;
    words::is_numbered(paragraph.low(at)) && paragraph.tokens.get(at + 1).is_some_and(is_short)
}

/// Whether `of` stands in the run so far, so that an `and` may belong to it.
fn holds_of(paragraph: &Paragraph, first: usize, last: usize) -> bool {
    (first..=last).any(|at| paragraph.low(at) == "of")
}

/// Whether a name ends with token `at`, because it has a possessive ending.
fn ends_name(paragraph: &Paragraph, at: usize) -> bool {
    let word = paragraph.word(at);
    has_possessive_s(word) || word.ends_with("s’")
}

/// What the run of the tokens from `first` up to `end` names.
fn run(
    paragraph: &Paragraph,
    sentence: Sentence,
    first: usize,
    end: usize,
    common: &HashSet<&str>,
) -> Option<CapitalRun> {
    let (mut first, mut end) = (first, end);
    let low = |at: usize| without_possessive(paragraph.low(at)).trim_end_matches('.');
    let opens = |at: usize| {
        at == sentence.first as usize
            || at == sentence.first as usize + 1
                && !paragraph.tokens[at - 1].capital
                && paragraph.tokens[at - 1].kind == TokenKind::Punct
    };
    // What opens a sentence has its capital from there, unless more shows it to be a name.
    while first < end {
        let word = low(first);
        let known = matches!(class_of(word), Some(NameWord::Place | NameWord::Demonym));
        let small = words::is_opener(word)
            || words::is_no_name(paragraph.low(first))
            || (class_of(word) == Some(NameWord::NoName) && !known);
        let borrowed = opens(first) && common.contains(word) && !known && end - first > 1;
        if !(small || borrowed) || is_head(paragraph, first, end) {
            break;
        }
        first += 1;
    }
    while end > first && (words::is_no_name(paragraph.low(end - 1)) || words::is_opener(low(end - 1))) {
        end -= 1;
    }
    if first >= end {
        return None;
    }
    // Titles belong to who bears them.
    while first + 1 < end && matches!(class_of(low(first)), Some(NameWord::Role(_) | NameWord::Honorific(_))) {
        first += 1;
    }
    let words = end - first;
    let last = low(end - 1);
    let single = paragraph.word(first);
    let capitals = single.chars().filter(|c| c.is_uppercase()).count();
    let acronym = words == 1 && capitals >= 2 && single.len() <= 8;
    if words == 1 && matches!(class_of(last), Some(NameWord::Role(_) | NameWord::Honorific(_) | NameWord::Modifier)) {
        return None;
    }
    let doubtful =
        words == 1 && opens(first) && !acronym && !matches!(class_of(last), Some(NameWord::Place | NameWord::Demonym));
    if doubtful && (common.contains(last) || last.ends_with("ly") || last.ends_with("ing")) {
        return None;
    }
    let span = paragraph.without_possessive(paragraph.span_of(first, end - 1));
    let before = first.checked_sub(1).map_or("", |before| paragraph.low(before));
    let possessive = (first..end - 1).any(|at| ends_name(paragraph, at) || paragraph.low(at) == "&");
    let kind = match is_dateline(paragraph, first, end) {
        true => FactKind::Place,
        false => kind(paragraph, first, end, before, acronym),
    };
    Some(CapitalRun { span, kind, doubtful, possessive })
}

/// Whether the small word at `at`, of a run that ends before `end`, is the first of a name: `New York`, `Great Sorrel Island`.
fn is_head(paragraph: &Paragraph, at: usize, end: usize) -> bool {
    // `the Second Amendment`
    if at + 1 < end && numbers::ORDINALS.contains(paragraph.low(at)) && !paragraph.opens_sentence(at) {
        return true;
    }
    let opens_place = at + 1 < end && words::is_place_head(paragraph.low(at));
    opens_place
        && !matches!(
            class_of(paragraph.bare_low(at + 1)),
            Some(NameWord::Role(_) | NameWord::Honorific(_) | NameWord::Demonym)
        )
}

/// Whether the run is the place in a dateline: words all in capitals that open a paragraph, and a dash or a state behind them.
fn is_dateline(paragraph: &Paragraph, first: usize, end: usize) -> bool {
    let is_in_capitals = (first..end).all(|at| paragraph.word(at).chars().all(|c| !c.is_lowercase()));
    let is_dash =
        |at: &usize| matches!(paragraph.low(*at), "-" | "--") && paragraph.tokens.get(*at).is_some_and(|t| t.spaced);
    first == 0 && is_in_capitals && (end..end + DATELINE).any(|at| is_dash(&at))
}

fn kind(paragraph: &Paragraph, first: usize, end: usize, before: &str, acronym: bool) -> FactKind {
    let low = |at: usize| without_possessive(paragraph.low(at)).trim_end_matches('.');
    let (head, last) = (low(first), low(end - 1));
    let head_of = |wanted: fn(&str) -> bool| end - first > 1 && paragraph.low(first + 1) == "of" && wanted(head);
    let any = |wanted: fn(&str) -> bool| (first..end).any(|at| wanted(low(at)));
    let parts = |wanted: fn(&str) -> bool| last.split('-').any(wanted);
    if head_of(words::is_organisation_noun) || words::is_organisation_noun(last) {
        return FactKind::Organisation;
    }
    if head_of(words::is_work_noun) || parts(words::is_work_noun) {
        return FactKind::Work;
    }
    if words::is_place_noun(last) || words::is_place_noun(head) && end - first > 1 || head_of(words::is_place_noun) {
        return FactKind::Place;
    }
    if (first..end).all(|at| words::is_of_party(low(at))) {
        return FactKind::Organisation;
    }
    let known = class_of(last).or_else(|| class_of(&paragraph.slice(paragraph.span_of(first, end - 1)).to_lowercase()));
    let holds_of = (first..end).any(|at| paragraph.low(at) == "of");
    if matches!(known, Some(NameWord::Place | NameWord::Demonym)) && !holds_of {
        return FactKind::Place;
    }
    if any(words::is_organisation_noun) || (first..end).any(|at| paragraph.low(at) == "&") || acronym {
        return FactKind::Organisation;
    }
    // `North Korea`, and not `New Day`.
    let is_ordinary = |at: usize| dictionary::entry(low(at)).is_some_and(|entry| !entry.is_name());
    if words::is_place_head(head) && end - first == 2 && !is_ordinary(first + 1) {
        return FactKind::Place;
    }
    // `in Scranton`, `Harlow, Pa.`
    let within = paragraph.low(end) == ","
        && is_capital(paragraph, end + 1)
        && matches!(class_of(low(end + 1)), Some(NameWord::Place));
    if words::is_locative(before) || within {
        return FactKind::Place;
    }
    FactKind::Name
}
