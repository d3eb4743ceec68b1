//! Finding acronyms, and not the other words in capitals.

use super::lists;
use crate::prose::{Paragraph, Token, TokenKind, without_possessive};
use crate::text::Span;

/// An acronym as it is in a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AcronymToken {
    /// Without a plural or possessive ending.
    pub span: Span,
    /// Index of its token.
    pub token: usize,
    /// Capitals without points: `UN`.
    pub text: String,
}

/// The acronyms of the paragraph. `inside_brackets` of an introduction are among them.
pub(super) fn find(paragraph: &Paragraph) -> Vec<AcronymToken> {
    let mut found = Vec::new();
    let mut run = 0..0;
    // Most words with a capital have no second one: `Harbor`.
    let bytes = paragraph.text.as_bytes();
    let second = |token: &Token| bytes.get(token.span.start() + 1).copied();
    let may_be = |token: &Token| token.capital && matches!(second(token), Some(b'A'..=b'Z' | b'.'));
    for (at, _) in paragraph.tokens.iter().enumerate().filter(|(_, token)| may_be(token)) {
        let Some((span, text)) = read(paragraph, at) else { continue };
        if at >= run.end {
            run = capitals_run(paragraph, at);
        }
        let known = lists::is_well_known(&text);
        if !known && (run.len() > 1 || lists::is_no_acronym(&text)) {
            continue;
        }
        // Shouted lines hold known acronyms too, but these say nothing there.
        if run.len() > 2 || is_other_thing(paragraph, at, &text, known) {
            continue;
        }
        found.push(AcronymToken { span, token: at, text });
    }
    if !found.is_empty() && is_shouted(paragraph) {
        found.clear();
    }
    found
}

/// Whether most letters are capitals: a line that shouts has no acronyms.
fn is_shouted(paragraph: &Paragraph) -> bool {
    // Bytes are counted sooner than characters, and most often they show that too few are capitals.
    let bytes = paragraph.text.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let may_be_capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()).count();
    if may_be_capitals * 2 <= letters {
        return false;
    }
    let letters = paragraph.text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = paragraph.text.chars().filter(|c| c.is_uppercase()).count();
    letters > 12 && capitals * 2 > letters
}

/// The run of neighbouring words in capitals that token `at` is in, which may be too long to be acronyms themselves:
/// `KESTREL BAY`.
fn capitals_run(paragraph: &Paragraph, at: usize) -> std::ops::Range<usize> {
    let shouted = |at: usize| {
        paragraph.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word) && is_capitals(paragraph.word(at))
    };
    let mut start = at;
    while start.checked_sub(1).is_some_and(shouted) {
        start -= 1;
    }
    let mut end = at + 1;
    while shouted(end) {
        end += 1;
    }
    start..end
}

fn is_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’' | '-' | '.'))
}

/// The acronym at token `at`: two to six capitals, with or without points, before a plural or possessive ending or a
/// hyphen.
pub(super) fn read(paragraph: &Paragraph, at: usize) -> Option<(Span, String)> {
    let token = paragraph.tokens.get(at).filter(|t| t.kind == TokenKind::Word && t.capital)?;
    let word = paragraph.slice(token.span);
    if !matches!(word.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z' | b'.', ..]) {
        return None;
    }
    let mut text = String::new();
    let mut len = 0;
    let mut pointed = false;
    for (offset, c) in word.char_indices() {
        let next = word[offset + c.len_utf8()..].chars().next();
        match c {
            'A'..='Z' => text.push(c),
            '.' if !text.is_empty() => pointed = true,
            // `AFL-CIO’s`, but `U` of `U-turn` and `R` of `R-Texas` are no acronyms.
            '-' if text.len() > 1
                && next.is_some_and(|n| n.is_ascii_uppercase())
                && is_capitals(without_possessive(word)) =>
            {
                text.push(c)
            }
            _ => break,
        }
        len = offset + c.len_utf8();
    }
    let rest = &word[len..];
    let ending = rest.is_empty() || rest == "s" || rest.starts_with(['\'', '’', '-', '\u{2011}']);
    let letters = text.chars().filter(|c| *c != '-').count();
    let trailing_point = pointed && letters < 2;
    if !ending || trailing_point || !(2..=7).contains(&letters) || (letters == 7 && !text.contains('-')) {
        return None;
    }
    let start = token.span.start();
    Some((Span::new(start, start + len), text))
}

/// Numerals, tickers, postal codes, call signs, initials of names, datelines.
fn is_other_thing(paragraph: &Paragraph, at: usize, text: &str, known: bool) -> bool {
    let word = paragraph.word(at);
    let before = |n: usize| at.checked_sub(n).map_or("", |b| paragraph.word(b));
    let after = paragraph.word(at + 1);
    if text.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) {
        return true;
    }
    if text.chars().all(|c| "IVXLCDM".contains(c)) && matches!(before(1), "Bowl" | "Pope" | "King" | "Title" | "Part") {
        return true;
    }
    // (NYSE: ABC)
    let is_exchange = |word: &str| {
        ["NYSE", "NASDAQ", "LSE", "TSX", "AMEX", "OTC", "ASX"].iter().any(|name| word.eq_ignore_ascii_case(name))
    };
    if (before(1) == ":" && is_exchange(before(2))) || (after == ":" && is_exchange(word)) {
        return true;
    }
    let name_before = at.checked_sub(2).and_then(|b| paragraph.tokens.get(b)).is_some_and(|t| t.capital);
    let place = word.contains('.') || (before(1) == "," && name_before) || !known;
    if lists::is_state(text) && place {
        return true;
    }
    if known {
        return false;
    }
    // A call sign: `WXYZ`, `KABC-TV`.
    let call = text.len() == 4 && text.starts_with(['W', 'K']);
    if call
        && (!text[1..].contains(['A', 'E', 'I', 'O', 'U']) || matches!(after, "radio" | "television" | "TV" | "Radio"))
    {
        return true;
    }
    // `J.D. Ruiz`: initials before a name.
    let name_after = paragraph.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital);
    if word.contains('.') && name_after {
        return true;
    }
    // A dateline: `MIAMI (AP) —`, `ROME —`.
    at == 0 && matches!(after, "(" | "—" | "–" | "-" | "," | ":" | "/")
}
