//! Finding full names, and matching them with acronyms by their initials.

use super::lists;
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind, has_possessive_s, is_month_abbreviation, without_possessive};
use crate::story::trigger_words::{TriggerWords, Triggers};

/// Longest name that is looked for, in tokens.
const LONGEST: usize = 14;

/// A full name: its first token and the one after its last.
pub(super) type NameTokens = std::ops::Range<usize>;

/// The full names of the paragraph: capitalised words that end in, or are built round, an organisation's noun.
pub(super) fn find(paragraph: &Paragraph, triggers: &TriggerWords) -> Vec<NameTokens> {
    let mut names = Vec::new();
    if !triggers.of_kind(Triggers::ORGANISATION).any(|at| paragraph.tokens.get(at).is_some_and(|token| token.capital)) {
        return names;
    }
    let mut at = 0;
    while at < paragraph.tokens.len() {
        if !is_name_word(paragraph, at) {
            at += 1;
            continue;
        }
        let end = name_end(paragraph, at);
        let start = without_starters(paragraph, at, end);
        let words = (start..end).filter(|&t| is_name_word(paragraph, t)).count();
        if words >= 2 && is_built_round_noun(paragraph, start, end) && !is_headline_style(paragraph, start, end) {
            names.push(start..end);
        }
        at = end.max(at + 1);
    }
    names
}

fn is_name_word(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at).filter(|t| t.capital && t.kind == TokenKind::Word) else { return false };
    let low = paragraph.low(at);
    !is_calendar(if token.abbreviation { low.trim_end_matches('.') } else { low })
}

/// Months and weekdays: “the Security Council on Feb. 20”.
fn is_calendar(low: &str) -> bool {
    low.len() <= 4 && is_month_abbreviation(low)
        || low.ends_with("day") && matches!(low.len(), 6..=9) && low != "holiday"
        || low != "may" && lexicon::time::MONTHS.contains(low)
}

/// Whether the run is text in the style of headlines, where every word has a capital or only capitals.
fn is_headline_style(paragraph: &Paragraph, start: usize, end: usize) -> bool {
    let shouted = |at: usize| {
        let word = paragraph.word(at);
        word.len() > 3 && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '’'))
    };
    let title = (start + 1..end)
        .any(|at| is_name_word(paragraph, at) && lexicon::organisations::HEADLINE_CAPITALS.contains(paragraph.low(at)));
    title || (start..end).filter(|&at| shouted(at)).count() > 1
}

fn noun_at(paragraph: &Paragraph, at: usize) -> bool {
    is_name_word(paragraph, at) && lists::is_organisation_noun(bare(paragraph.low(at)))
}

/// Without a possessive ending and a final point.
fn bare(low: &str) -> &str {
    let low = without_possessive(low);
    low.trim_end_matches('.')
}

fn is_possessive(paragraph: &Paragraph, at: usize) -> bool {
    has_possessive_s(paragraph.low(at))
}

/// The end of the name that starts at `start`: capitalised words, joined by `of`, `for`, `on`, `and`, `&`.
fn name_end(paragraph: &Paragraph, start: usize) -> usize {
    let mut end = start + 1;
    let mut has_noun = noun_at(paragraph, start);
    let mut has_of = false;
    while end < start + LONGEST {
        if is_possessive(paragraph, end - 1) {
            break;
        }
        if is_name_word(paragraph, end) {
            has_noun |= noun_at(paragraph, end);
            end += 1;
            continue;
        }
        let joint = paragraph.low(end);
        let and = matches!(joint, "and" | "&");
        let skip = usize::from(!and && paragraph.low(end + 1) == "the");
        let next = end + 1 + skip;
        if !is_name_word(paragraph, next) {
            break;
        }
        let joins = match joint {
            "of" | "for" | "on" => has_noun,
            // “Food and Drug Administration” and “Department of Health and Human Services”, but two names in
            // “Harbor University and Dale College”.
            "and" | "&" => has_of || (!has_noun && later_noun(paragraph, next)),
            _ => false,
        };
        if !joins {
            break;
        }
        has_of |= !and;
        has_noun |= noun_at(paragraph, next);
        end = next + 1;
    }
    end
}

/// Whether the capitalised words from `at` hold an organisation's noun.
fn later_noun(paragraph: &Paragraph, at: usize) -> bool {
    (at..at + 5).take_while(|&t| is_name_word(paragraph, t)).any(|t| noun_at(paragraph, t))
}

/// Past words that have a capital only because they open a sentence, and titles.
fn without_starters(paragraph: &Paragraph, start: usize, end: usize) -> usize {
    let mut at = start;
    while at + 1 < end {
        let starter = lexicon::organisations::SENTENCE_STARTERS.contains(paragraph.low(at));
        // “Addressing Harbor City Council, …”
        let opens = paragraph.low(at).ends_with("ing") && paragraph.opens_sentence(at);
        if !starter && !opens {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the last word of the name, or the word before its first `of`, is an organisation's noun with a name to it.
fn is_built_round_noun(paragraph: &Paragraph, start: usize, end: usize) -> bool {
    let of = (start..end).find(|&at| lexicon::organisations::JOINTS.contains(paragraph.low(at)));
    noun_at(paragraph, end - 1) || of.is_some_and(|of| of > start && noun_at(paragraph, of - 1))
}

/// The first letters of the capitalised words and of the parts of hyphenated ones, in capitals.
pub(super) fn capital_initials(paragraph: &Paragraph, start: usize, end: usize) -> String {
    let parts =
        (start..end).filter(|&at| is_name_word(paragraph, at)).flat_map(|at| paragraph.word(at).split(['-', '.']));
    parts.filter_map(|part| part.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The words before token `end` whose initials are `acronym`, as the index of the first: `International Criminal Court`
/// before `(ICC)`, also `improvised explosive device` before `(IED)`.
pub(super) fn expansion_before(paragraph: &Paragraph, end: usize, acronym: &str) -> Option<usize> {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    // Small words between are left out of most acronyms and counted in a few.
    [false, true].into_iter().find_map(|counted| {
        let mut left = letters.len();
        let mut at = end;
        while at > 0 && end - at < LONGEST {
            at -= 1;
            let token = paragraph.tokens.get(at)?;
            if token.kind != TokenKind::Word {
                if matches!(paragraph.word(at), "&" | "-" | "’" | "'") {
                    continue;
                }
                return None;
            }
            let small = matches!(
                paragraph.low(at),
                "of" | "for" | "and" | "the" | "on" | "in" | "to" | "de" | "du" | "des" | "la" | "against" | "with"
            );
            if small && !counted {
                continue;
            }
            for part in paragraph.word(at).rsplit('-') {
                let initial = part.chars().next()?.to_ascii_uppercase();
                let wanted = left.checked_sub(1).and_then(|l| letters.get(l))?;
                if initial != *wanted {
                    // Only the first part of a hyphenated word may count: `anti-terrorism`.
                    if part.len() < paragraph.word(at).len() && !paragraph.word(at).starts_with(part) {
                        continue;
                    }
                    return None;
                }
                left -= 1;
                if left == 0 && paragraph.word(at).starts_with(part) {
                    return Some(at);
                }
            }
        }
        None
    })
}
