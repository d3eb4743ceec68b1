//! What shows that a word in no dictionary is no slip: mostly what is beside it, such as words of another language, the name of a
//! genus, the end of a teaser.

use rustc_hash::FxHashSet;

use crate::dictionary;
use crate::prose::{Paragraph, TokenKind};
use crate::story::cues::odd_words::OddWord;
use crate::story::paragraph_index::Signs;
use crate::story::person::is_given_name;
use crate::story::{ParagraphFacts, Story};
use crate::text::{Span, language};

/// So many tokens on either side tell of which language a word is.
const AROUND: usize = 6;

/// Whether the word is none that its writer could have misspelled.
pub(super) fn is_no_slip(read: &ParagraphFacts, odd: &OddWord) -> bool {
    let p = &read.paragraph;
    let at = p.token_at(odd.span.start);
    is_cut_off(p, odd)
        || is_abbreviated(p, at)
        || is_species(p, at)
        || is_alone(p, at, odd)
        || is_among_foreign_words(read, at, odd)
        || is_beside_accent(p, at, odd)
}

/// Whether the word next to it has a letter that English lacks and is none of its loan words: `Théorie Communiste`, `idée fixe`. Beside
/// a name, which may have one in any sentence, that tells of other words with a capital only.
fn is_beside_accent(p: &Paragraph, at: usize, odd: &OddWord) -> bool {
    let own_capital = odd.capital && !odd.placed;
    let is_accented = |other: usize| {
        p.tokens.get(other).is_some_and(|token| {
            token.kind == TokenKind::Word
                && (own_capital || !token.capital)
                && !p.word(other).is_ascii()
                && p.word(other).chars().any(|c| c.is_alphabetic() && !c.is_ascii())
                && dictionary::entry(p.low(other)).is_none()
        })
    };
    let is_next = |at: usize| p.tokens.get(at).is_some_and(|token| token.spaced);
    is_next(at) && at.checked_sub(1).is_some_and(is_accented) || is_next(at + 1) && is_accented(at + 1)
}

/// The words that the front matter has behind a first name, as written: `scorer = "Evan Doube"`.
pub(super) fn named_in_front_matter<'s>(story: &Story<'s>) -> FxHashSet<&'s str> {
    let mut named = FxHashSet::default();
    for entry in &story.document.metadata {
        let mut given = false;
        for word in entry.value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '[' | ']')) {
            if given {
                named.insert(word);
            }
            given = word.starts_with(char::is_uppercase) && is_given_name(&word.to_lowercase());
        }
    }
    named
}

/// Whether a list of works begins with the word, as the surname of who wrote the first: `Additon, Henrietta S.`
pub(super) fn opens_list_of_authors(read: &ParagraphFacts, odd: &OddWord) -> bool {
    let p = &read.paragraph;
    odd.capital && p.token_at(odd.span.start) == 0 && p.low(1) == "," && is_given_name(p.low(2))
}

/// Whether a word with a capital beside it shows a title of which it is a part, and no first name shows a person.
pub(super) fn is_in_title(p: &Paragraph, odd: &OddWord) -> bool {
    let at = p.token_at(odd.span.start);
    let is_word = |at: usize| {
        let token = p.tokens.get(at).filter(|token| token.capital && token.kind == TokenKind::Word);
        token.is_some() && !is_given_name(p.low(at))
    };
    let before = at.checked_sub(1);
    before.is_some_and(|before| is_word(before) && !p.opens_sentence(before)) || is_word(at + 1)
}

/// Whether the word on `span` may be a first name of its own spelling, as `Sebastiaan` is before `Menger`: what it would stand for is
/// one, and a name follows.
pub(super) fn is_first_name(p: &Paragraph, span: Span) -> bool {
    let next = p.tokens.get(p.tokens_in(span).end);
    next.is_some_and(|next| next.capital && next.spaced)
        && dictionary::corrections(&p.slice(span).to_ascii_lowercase()).all(|word| is_given_name(&word.to_lowercase()))
}

/// Whether a program cut the paragraph in the middle of the word: `… and young pe...` over a link to the rest.
fn is_cut_off(p: &Paragraph, odd: &OddWord) -> bool {
    let behind = p.text.get(odd.span.end()..).unwrap_or_default();
    let rest = behind.strip_prefix("...").or_else(|| behind.strip_prefix('…'));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['.', ' ', '\n', '[', '(', '\u{a0}']);
        rest.is_empty() || ["Continue", "Read", "More", "more", "→", "»"].iter().any(|word| rest.starts_with(word))
    })
}

/// Whether a point ends the word and no sentence: `the spons. team`.
fn is_abbreviated(p: &Paragraph, at: usize) -> bool {
    let small = |at: usize| p.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && !token.capital);
    p.low(at + 1) == "." && small(at + 2) && p.low(at).len() < LONGEST_ABBREVIATION
}

/// A word cut short has fewer letters.
const LONGEST_ABBREVIATION: usize = 7;

/// Whether the word is the second of a species' name, behind a genus that no dictionary has: `Diacamma indicum`.
fn is_species(p: &Paragraph, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_genus = |token: &crate::prose::Token| {
        token.capital && token.kind == TokenKind::Word && dictionary::entry(p.low(before)).is_none()
    };
    let low = p.low(at);
    let is_latin =
        ["us", "um", "is", "ae", "i", "a", "ens", "ans", "oides", "ensis"].iter().any(|end| low.ends_with(end));
    p.tokens.get(before).is_some_and(is_genus) && p.tokens.get(at).is_some_and(|token| !token.capital) && is_latin
}

/// Whether a word with a capital is a sentence: `Hello. Didi.` is said to somebody.
fn is_alone(p: &Paragraph, at: usize, odd: &OddWord) -> bool {
    odd.capital && p.opens_sentence(at) && matches!(p.low(at + 1), "." | "!" | "?") && at > 0
}

/// Whether words of another language are near: two that only that has, or one and another word that no dictionary has. Who speaks
/// two languages goes from one to the other in the middle of a sentence.
fn is_among_foreign_words(read: &ParagraphFacts, at: usize, odd: &OddWord) -> bool {
    let p = &read.paragraph;
    let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(p.tokens.len());
    let is_foreign = |at: usize| language::is_foreign_word(p.low(at));
    let foreign = near.clone().filter(|&other| other != at && is_foreign(other)).count();
    // `en la`: behind a word of another language, those are its words that names have, too.
    let is_article = |other: usize| {
        let before = other.checked_sub(1);
        language::is_particle(p.low(other)) && before.is_some_and(|before| before != at && is_foreign(before))
    };
    if foreign >= 2 || foreign == 1 && near.clone().any(is_article) {
        return true;
    }
    // Odd words are in the order of the text.
    let start = |at: usize| p.tokens.get(at).map_or(u32::MAX, |token| token.span.start);
    let odd_near = || {
        let all = read.cues.odd_words();
        let first = all.partition_point(|other| other.span.start < start(near.start));
        all.iter().skip(first).take_while(|other| other.span.start < start(near.end))
    };
    let is_other = |other: &OddWord| other.is_unknown() && !other.capital && other.word != odd.word;
    foreign == 1 && (is_foreign(at) || odd_near().any(is_other))
}

/// Words on either side, and how many of them in no dictionary, that show that words are written as somebody says them: “Thass roight
/// trew what the rhyme say”.
const HEARD: (usize, usize) = (12, 2);

/// Whether other words near the one on `span` are in no dictionary or listed misspellings, in lower case.
pub(super) fn is_among_odd_words(p: &Paragraph, span: Span) -> bool {
    let at = p.token_at(span.start);
    let near = at.saturating_sub(HEARD.0)..(at + HEARD.0 + 1).min(p.tokens.len());
    let is_odd = |&other: &usize| {
        let (token, low) = (&p.tokens[other], p.low(other));
        token.kind == TokenKind::Word
            && !token.capital
            && low.len() > 1
            && low.bytes().all(|byte| byte.is_ascii_lowercase())
            && low != p.low(at)
            && !dictionary::is_common(low.as_bytes())
            && (dictionary::entry(low).is_none() || dictionary::corrections(low).next().is_some())
    };
    let mut odd: Vec<&str> = near.filter(is_odd).map(|other| p.low(other)).collect();
    odd.sort_unstable();
    odd.dedup();
    odd.len() >= HEARD.1
}

/// So many words among those of another language show that a story goes from one to the other.
const MIXED: usize = 6;

/// Whether the story is told in two languages, so that a word in no dictionary may be one of the other.
pub(super) fn mixes_languages(story: &Story) -> bool {
    let foreign = |read: &ParagraphFacts| {
        let odd = read.cues.odd_words().iter().filter(|odd| odd.is_unknown() && !odd.capital);
        odd.filter(|odd| odd.beside_odd || is_among_foreign_words(read, read.paragraph.token_at(odd.span.start), odd))
            .count()
    };
    story.paragraphs_with(Signs::UNKNOWN_WORD).map(|(_, read)| foreign(read)).sum::<usize>() >= MIXED
}

/// Whether a word lacks the `g` of its `-ing`, as somebody says it: `speakin`.
pub(super) fn is_said(written: &str) -> bool {
    let low = written.to_ascii_lowercase();
    low.ends_with("in") && dictionary::entry(&(low + "g")).is_some()
}

/// `still lifes`: paintings.
pub(super) fn is_still_lifes(p: &Paragraph, odd: &OddWord) -> bool {
    let before = p.token_at(odd.span.start).checked_sub(1);
    p.slice(odd.span).eq_ignore_ascii_case("lifes") && before.is_some_and(|before| p.low(before) == "still")
}
