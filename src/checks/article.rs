//! `article`: *a* or *an* by the sound of the next word.
//!
//! The sound is taken from the letters, with lists for where spelling and sound part: silent *h*, *u* and *eu* that
//! sound like *you*, *one*, acronyms read letter by letter, and numbers.

use super::wording::with_capitals_of;
use crate::dictionary;
use crate::finding::Applicability;
use crate::lexicon;
use crate::prose::{Paragraph, Passage, Token, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("article", Run::Paragraph(run), &[]).judging()];

/// How a word begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
    /// Not known, or both are in use.
    Unclear,
}

/// Letters whose names begin with a vowel sound.
const VOWEL_NAMES: &str = "AEFHILMNORSX";

/// Adds a hit for each article that does not go with the sound of the next word.
pub(super) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let p = &read.paragraph;
    let lower = p.folded.lower.as_bytes();
    let may_be = |token: &Token| token.fold.len() <= 2 && lower.get(token.fold.start()) == Some(&b'a');
    for (at, token) in p.tokens.iter().enumerate().filter(|(_, token)| may_be(token)) {
        let (article, wrong, right) = match p.low(at) {
            "a" => (token, Sound::Vowel, "an"),
            "an" => (token, Sound::Consonant, "a"),
            _ => continue,
        };
        let Some(next) = p.tokens.get(at + 1).filter(|next| next.spaced && next.kind != TokenKind::Punct) else {
            continue;
        };
        // Of two articles one is too many, which `doubled-word` tells.
        let is_doubled = matches!(p.low(at + 1), "a" | "an" | "the");
        // `a is 1, b is 2`: the letter.
        let is_letter = matches!(p.low(at + 1), "is" | "was" | "and" | "or");
        // “as much of a concern as a it often is”: the article itself is left over.
        // Before “then” *and* is meant, before “be” *can*.
        let is_left_over = matches!(
            p.low(at + 1),
            "it" | "if" | "of" | "as" | "at" | "us" | "our" | "then" | "when" | "that" | "this" | "be" | "have"
        );
        // Of a word in no dictionary nobody knows what it is; that is told of itself.
        let is_unknown = || {
            next.kind == TokenKind::Word
                && !next.joined
                && p.word(at + 1).starts_with(char::is_alphabetic)
                && (!next.capital || !p.word(at + 1).is_ascii())
                && dictionary::entry(p.low(at + 1)).is_none()
        };
        if is_doubled
            || is_letter
            || is_left_over
            || !is_article(p, at)
            || sound(p, at + 1, next) != wrong
            || is_unknown()
        {
            continue;
        }
        let written = p.slice(article.span);
        let found = p.span_of(at, at + 1);
        let use_ = with_capitals_of(written, right);
        let hit =
            Hit::in_paragraph(found).arg("found", p.slice(found)).arg("use", format!("{use_} {}", p.word(at + 1)));
        out.push(hit.replace(Passage::new(0, article.span), use_, Applicability::Safe));
    }
}

/// Not a letter grade (`an A`, `A and B`), an initial (`A. Ruiz`), a word of another language or a list label.
fn is_article(p: &Paragraph, at: usize) -> bool {
    let token = &p.tokens[at];
    let before = at.checked_sub(1).map_or("", |i| p.low(i));
    if token.abbreviation || !token.spaced && !matches!(before, "\"" | "'" | "(" | "[" | "-") {
        return false;
    }
    // `-a avg`: an option of a command.
    if before == "-" && !token.spaced && p.tokens.get(at - 1).is_some_and(|hyphen| hyphen.spaced) {
        return false;
    }
    let shouted = p.word(at) == "A" || p.word(at) == "AN";
    if !shouted {
        return p.word(at) == "a" || p.word(at) == "an" || p.word(at) == "An";
    }
    // A capital inside a sentence is a name or a grade; in a headline all words have one.
    let starts = at == 0 || matches!(before, "." | "!" | "?" | "\"" | ":" | "'");
    starts && p.word(at) == "A"
}

fn sound(p: &Paragraph, at: usize, token: &Token) -> Sound {
    let word = p.word(at);
    let low = p.low(at);
    let Some(first) = word.chars().next() else { return Sound::Unclear };
    if first.is_ascii_digit() {
        return number_sound(word);
    }
    if !first.is_ascii_alphabetic() {
        return Sound::Unclear;
    }
    let letters = &word[..word.bytes().take_while(u8::is_ascii_alphabetic).count()];
    // `X-ray`, `U.S.`, `F-16`.
    if letters.len() == 1 {
        let alone = word.len() == 1;
        return match first {
            _ if alone && first.is_ascii_lowercase() => Sound::Unclear,
            _ if alone && !token.capital => Sound::Unclear,
            'e' | 'E' | 'x' | 'X' if word[1..].starts_with('-') => Sound::Vowel,
            _ if first.is_ascii_uppercase() => letter_sound(first),
            't' | 'u' | 'k' | 'b' | 'c' | 'p' => Sound::Consonant,
            _ => Sound::Unclear,
        };
    }
    if letters.len() > 1 && letters.chars().all(|c| c.is_ascii_uppercase()) {
        return acronym_sound(p, letters);
    }
    // `Me109`, `Su-27`: types of machines, read either way.
    if token.capital && letters.len() == 2 && word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Sound::Unclear;
    }
    // `SQLite`, `uint`: read by their first letters by some, as words by others.
    let capitals = letters.bytes().take_while(u8::is_ascii_uppercase).count();
    if capitals > 2 && VOWEL_NAMES.contains(first) || low.starts_with("uint") {
        return Sound::Unclear;
    }
    // `iPhone`, `eBay`, `McDonald's`: mixed capitals are read as words; `PhD` and `MPs` by their letters.
    if lexicon::checks::BY_LETTERS.contains(letters) {
        return letter_sound(first);
    }
    // `rOpenSci` and `xlsx` are read as words by some and by their letters by others; `iPhone` begins with its vowel either way.
    let has_vowel = low.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let mixed = first.is_ascii_lowercase() && letters.bytes().any(|byte| byte.is_ascii_uppercase());
    if !has_vowel || mixed && !matches!(first, 'a' | 'e' | 'i' | 'o') {
        return Sound::Unclear;
    }
    if lexicon::checks::SILENT_H.iter().any(|start| low.starts_with(start)) {
        return Sound::Vowel;
    }
    // `An historic` is old but in use; herbs are silent only in America.
    if lexicon::checks::UNCLEAR_H.iter().any(|s| low.starts_with(s)) {
        return Sound::Unclear;
    }
    if matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u') {
        return vowel_sound(first, low, token.capital);
    }
    // `Yttrium`, `Mbeki`, `Ngugi`: consonant letters that may sound like vowels in names.
    let second = low.as_bytes().get(1).copied().unwrap_or(b'a');
    let odd = !matches!(second, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | b'l' | b'r' | b'w')
        && !matches!(
            (first.to_ascii_lowercase(), second),
            ('s', _) | ('k', b'n') | ('g', b'n') | ('p', b's' | b'n' | b't') | ('m', b'n') | ('t', b's') | ('c', b'z')
        );
    if odd { Sound::Unclear } else { Sound::Consonant }
}

/// How a word sounds whose first letter is the vowel `first`.
fn vowel_sound(first: char, low: &str, capital: bool) -> Sound {
    if lexicon::checks::LIKE_YOU.iter().any(|start| low.starts_with(start)) {
        let unlike = lexicon::checks::UNLIKE_YOU.iter().any(|start| low.starts_with(start));
        // Names such as Uri or Oneida are said in ways that letters do not show.
        let name =
            capital && !matches!(low, "european" | "united" | "university" | "union" | "universal" | "ukrainian");
        let unclear = unlike || name || low.starts_with("one") && !is_one(low);
        return if unclear { Sound::Unclear } else { Sound::Consonant };
    }
    // Names from other languages: Ueno, Oaxaca, Ousmane, Yves.
    if capital && matches!(first, 'U' | 'O' | 'I') && !low.ends_with("an") { name_sound(low) } else { Sound::Vowel }
}

fn is_one(low: &str) -> bool {
    low == "one" || low == "once" || low == "ones" || low.starts_with("one-") || low.starts_with("once-")
}

fn name_sound(low: &str) -> Sound {
    if matches!(low.as_bytes(), [b'i' | b'o', b, ..] if !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')) {
        Sound::Vowel
    } else {
        Sound::Unclear
    }
}

fn letter_sound(letter: char) -> Sound {
    if VOWEL_NAMES.contains(letter.to_ascii_uppercase()) { Sound::Vowel } else { Sound::Consonant }
}

/// How an acronym sounds: by its letters where it is read so for certain, or where its first letter sounds alike as letter
/// and in a word.
fn acronym_sound(p: &Paragraph, letters: &str) -> Sound {
    // In a line of capitals, words look like acronyms.
    if !p.text.chars().any(char::is_lowercase) {
        return Sound::Unclear;
    }
    let first = letters.chars().next().unwrap_or('A');
    let vowel_letter = matches!(first, 'A' | 'E' | 'I' | 'O');
    match first {
        // U is `you` by its letter and often `un` in a word.
        'U' => {
            if matches!(letters, "US" | "UN" | "UK" | "UCLA" | "USB" | "USC" | "UAE") {
                Sound::Consonant
            } else {
                Sound::Unclear
            }
        }
        _ if vowel_letter || lexicon::checks::SPELLED.contains(letters) => Sound::Vowel,
        _ if VOWEL_NAMES.contains(first) => Sound::Unclear,
        _ => Sound::Consonant,
    }
}

/// `8`, `11`, `18` and 80 to 89, alone or with thousands, begin with a vowel.
fn number_sound(word: &str) -> Sound {
    let digits: String = word.chars().take_while(|c| c.is_ascii_digit() || *c == ',' || *c == '.').collect();
    let whole = digits.split('.').next().unwrap_or("").trim_end_matches(',');
    let lead = whole.split(',').next().unwrap_or("");
    let grouped = whole.contains(',');
    // `1,100` may be read eleven hundred; so may `1100` and years such as 1848.
    if whole.len() == 4 && !grouped && (whole.starts_with("11") || whole.starts_with("18"))
        || grouped && lead == "1" && whole.starts_with("1,1")
        || whole.starts_with("1,8")
    {
        return if !grouped && whole.starts_with("18") { Sound::Vowel } else { Sound::Unclear };
    }
    let read_by_digits = lead.len() > 4;
    if lead.starts_with('8') {
        return Sound::Vowel;
    }
    if read_by_digits {
        return Sound::Unclear;
    }
    if lead == "11" || lead == "18" { Sound::Vowel } else { Sound::Consonant }
}
