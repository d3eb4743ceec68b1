//! `doubled-word`: a word that occurs twice, over a line break and at the start of a paragraph too.

use super::wording::with_capitals_of;
use crate::dictionary;
use crate::lexicon::{self, grammar};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::ParagraphFacts;
use crate::story::person::lists::is_role;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("doubled-word", Run::Paragraph(run), &[])];

/// Of two articles one is left over from an edit.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// So many words back a clause may open whose end the first of two words is.
const FARTHEST: usize = 60;

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
            || token.joined && word.contains(&b'-')
            || token.capital && !may_both_be_capital(p, at)
        {
            continue;
        }
        let first = &p.tokens[at - 1];
        // `The A and DH columns`: the second is a letter.
        let names_letter = articles && p.word(at) == "A" && p.word(at - 1) != "THE";
        // `a.k.a the`: the first is a letter of a short form.
        let is_letter = !first.spaced && at.checked_sub(2).is_some_and(|before| p.low(before).ends_with('.'));
        if first.abbreviation
            || is_letter
            || names_letter
            || first.capital && !token.capital && !p.opens_sentence(at - 1)
            // `Bison bison` alone is a species.
            || first.capital && !token.capital && p.tokens.len() == 2
            || is_apart(p, at)
            || same && may_stand_twice(p, at)
        {
            continue;
        }
        let span = p.span_of(at - 1, at);
        let first = p.word(at - 1);
        let kept = if articles { with_capitals_of(first, article(p, at)) } else { first.to_owned() };
        let hit = Hit::in_paragraph(span).arg("found", p.slice(span));
        let title = if same { format!("Delete one “{kept}”") } else { format!("Keep “{kept}”") };
        let place = HitPlace::Prose(Passage::new(0, span));
        out.push(hit.fix(title, rule.fix, vec![(place, kept)]));
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

/// Whether token `at` has its capital for another reason than that it is a name: `The The boat`, `I I think`.
fn may_both_be_capital(p: &Paragraph, at: usize) -> bool {
    let is_small =
        |low: &str| ARTICLES.contains(&low) || grammar::PRONOUNS.contains(low) || grammar::PREPOSITIONS.contains(low);
    let next_is_capital = p.tokens.get(at + 1).is_some_and(|next| next.capital);
    let is_alone = |at: usize| !p.tokens[at].capital;
    match p.low(at) {
        // The kings and the wars have their numbers behind names.
        "i" => at < 2 || is_alone(at - 2),
        low => p.kind.is_body() && p.opens_sentence(at - 1) && is_small(low) && !next_is_capital,
    }
}

fn may_stand_twice(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    if ARTICLES.contains(&low) || low == "i" {
        return false;
    }
    let before = at.checked_sub(2).map_or("", |before| p.low(before));
    if before == low || p.low(at + 1) == low {
        return true;
    }
    match low {
        // “The will will be read”, “Those who can can help.”
        "will" => return !is_subject(p, at) || is_governed(p, at, &[]),
        "can" => return !is_subject(p, at) || is_governed(p, at, &["if", "as", "that"]),
        "is" | "was" | "are" | "were" | "does" | "did" | "do" | "has" | "have" | "be" => {
            // “What it is is a start.”
            return is_governed(
                p,
                at,
                &["that", "where", "how", "all", "when", "why", "thing", "question", "problem", "point"],
            );
        }
        _ => {}
    }
    if lexicon::checks::TWICE.contains(low) {
        return true;
    }
    if grammar::PREPOSITIONS.contains(low) {
        return is_stranded(p, at);
    }
    // Words that nobody knows may be of another language or sounds.
    let is_contraction =
        low.ends_with("n't") || low.split_once('\'').is_some_and(|(word, _)| grammar::PRONOUNS.contains(word));
    !(dictionary::is_common(low.as_bytes()) || is_contraction) || low.len() < 2
}

/// Whether what stands before the doubled word, of which token `at` is the second, may be the subject of a verb: a pronoun, a name,
/// or a noun that names no kind of will.
fn is_subject(p: &Paragraph, at: usize) -> bool {
    let Some(before) = at.checked_sub(2) else { return false };
    let low = p.low(before);
    let is_noun = has(low, "np") && !lexicon::checks::KINDS_OF_WILL.contains(low)
        || p.tokens[before].capital && !p.opens_sentence(before);
    grammar::SUBJECT_PRONOUNS.contains(low) || is_noun
}

/// Whether a word stands before the doubled one by which its clause may be the subject or object of the next: `what`, `who`, or one
/// of `others`.
fn is_governed(p: &Paragraph, at: usize, others: &[&str]) -> bool {
    clause(p, at).any(|i| {
        let low = p.low(i);
        matches!(low, "what" | "who" | "which" | "whatever" | "whoever" | "whichever") || others.contains(&low)
    })
}

/// The nearest tokens of the sentence before the doubled word, of which token `at` is the second.
fn clause(p: &Paragraph, at: usize) -> std::ops::Range<usize> {
    let sentence = p.sentence_at(p.tokens[at].span.start);
    sentence.map_or(0, |sentence| sentence.first as usize).max(at.saturating_sub(FARTHEST))..at - 1
}

/// Whether the first of two prepositions, of which token `at` is the second, may end what the second does not belong to: a
/// particle, “They moved in in May”; a passive, “It was voted on on Monday”; or a clause whose object stands before it, “the firm
/// she worked for for years”.
fn is_stranded(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    let Some(before) = at.checked_sub(2) else {
        return matches!(low, "in" | "on" | "up" | "over" | "off" | "by" | "out");
    };
    let next = p.low(at + 1);
    // “in in with her mother”, “out out of the room”
    let goes_on = grammar::PREPOSITIONS.contains(next) && (low, next) != ("up", "to")
        || p.tokens.get(at + 1).is_none_or(|next| next.kind == TokenKind::Punct);
    let is_particle = matches!(low, "in" | "on" | "up" | "over" | "off" | "by" | "out" | "down" | "through" | "around");
    if is_particle && !goes_on && lexicon::checks::TAKES_PARTICLE.contains(p.low(before)) {
        return true;
    }
    let is_passive = !matches!(low, "by" | "with" | "from")
        && has(p.low(before), "e")
        && before > 0
        && (before.saturating_sub(3)..before).any(|i| grammar::BE.contains(p.low(i)));
    is_passive || clause(p, at).any(|i| opens_relative(p, i, before))
}

/// Whether a clause opens at token `i`, before token `before`, that takes its object from before: `which`, `the house that`, `the
/// house he`, `a house to`.
fn opens_relative(p: &Paragraph, i: usize, before: usize) -> bool {
    let low = p.low(i);
    if matches!(low, "what" | "who" | "whom" | "which" | "where" | "whatever" | "whoever" | "how" | "whose") {
        return true;
    }
    // “He said that he went”: no noun stands before it.
    let Some(noun) = i.checked_sub(1).filter(|&noun| is_noun(p, noun)) else { return false };
    match low {
        "that" => true,
        "to" => i + 1 == before,
        // “Mayor Ruiz” is one name.
        _ if p.tokens[i].capital => !is_role(p.low(noun)) && is_object(p, noun),
        _ => grammar::SUBJECT_PRONOUNS.contains(low) && is_object(p, noun),
    }
}

/// Whether token `at` is a noun that is no time.
fn is_noun(p: &Paragraph, at: usize) -> bool {
    let low = p.low(at);
    let token = &p.tokens[at];
    token.kind == TokenKind::Word && !token.capital && has(low, "npm") && !grammar::TIMES.contains(low)
}

/// Whether the noun at token `at` has an article or the like before it, and no preposition that opens its sentence: “After the game
/// they went”.
fn is_object(p: &Paragraph, at: usize) -> bool {
    let sentence = p.sentence_at(p.tokens[at].span.start);
    let first = sentence.map_or(0, |sentence| sentence.first as usize);
    let opens = (at.saturating_sub(3)..at).any(|i| grammar::NOUN_PHRASE_OPENERS.contains(p.low(i)));
    opens && !grammar::PREPOSITIONS.contains(p.low(first))
}

/// Whether `low` can be one of these (see [`dictionary::Forms`]).
fn has(low: &str, letters: &str) -> bool {
    dictionary::Forms::of(letters).is_some_and(|wanted| dictionary::forms(low).has(wanted))
}
