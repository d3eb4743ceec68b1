//! Tokens cut finer, so that `42-year-old`, `20th`, `5m` and `two-thirds` can be read like separate words.

use crate::lexicon;
use crate::prose::{Paragraph, Token, TokenKind};
use crate::story::trigger_words::{TriggerWords, Triggers};
use crate::text::Span;

/// A token, or a part of one between hyphens or between digits and letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureAtom<'p> {
    /// Bytes of the prose.
    pub span: Span,
    /// Folded and in lower case.
    pub low: &'p str,
    /// Starts with a digit.
    pub number: bool,
    /// Holds letters (or a character such as `½`).
    pub word: bool,
    /// Starts with an upper-case letter.
    pub capital: bool,
    /// Nothing is between it and the atom before, not even a hyphen.
    pub glued: bool,
    /// A hyphen inside the same word is before it.
    pub hyphened: bool,
    /// May be a number or a word of one.
    pub counts: bool,
}

/// Cuts the paragraph's tokens into atoms.
pub(super) fn split<'p>(paragraph: &'p Paragraph, triggers: &TriggerWords) -> Vec<FigureAtom<'p>> {
    let mut atoms = Vec::with_capacity(paragraph.tokens.len() + 8);
    for (index, token) in paragraph.tokens.iter().enumerate() {
        split_token(paragraph, token, triggers.at(index).any_of(Triggers::NUMBER), &mut atoms);
    }
    atoms
}

/// `counts`: the token may be a number or a word of one, or has such a part.
fn split_token<'p>(paragraph: &'p Paragraph, token: &Token, counts: bool, atoms: &mut Vec<FigureAtom<'p>>) {
    let low = &paragraph.folded.lower[token.fold.range()];
    let whole = FigureAtom {
        span: token.span,
        low,
        number: token.kind == TokenKind::Number,
        word: token.kind == TokenKind::Word,
        capital: token.capital,
        glued: !token.spaced,
        hyphened: false,
        counts,
    };
    let digits = paragraph.text.as_bytes().get(token.span.start()).is_some_and(u8::is_ascii_digit);
    if token.kind != TokenKind::Word || !(digits || token.joined) {
        atoms.push(whole);
        return;
    }
    let text = paragraph.slice(token.span);
    if !digits && !text.contains(['-', '\u{2010}', '\u{2011}']) {
        atoms.push(whole);
        return;
    }
    let mut hyphened = false;
    let mut at = 0;
    for part in text.split(['-', '\u{2010}', '\u{2011}']) {
        let start = at;
        at += part.len();
        let number = part.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
        let number = if part.starts_with(|c: char| c.is_ascii_digit()) { number } else { 0 };
        for (from, to) in [(start, start + number), (start + number, at)] {
            if from == to {
                continue;
            }
            let span = Span::new(token.span.start() + from, token.span.start() + to);
            let fold = paragraph.folded.of_prose(span);
            let first = from == 0;
            atoms.push(FigureAtom {
                span,
                low: &paragraph.folded.lower[fold.range()],
                number: to == start + number,
                word: to != start + number,
                capital: text[from..].starts_with(char::is_uppercase),
                glued: if first { !token.spaced } else { from != start },
                hyphened: hyphened && from == start,
                counts: true,
            });
        }
        // The next part follows its hyphen, whose length depends on the character.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        hyphened = true;
    }
}

/// Whether `word` measures time: what it counts is a duration or a date, and no figure.
pub(super) fn is_time(word: &str) -> bool {
    lexicon::figures::UNITS_OF_TIME.contains(word)
}
