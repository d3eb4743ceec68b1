//! The pieces the recogniser looks at: tokens, with hyphenated words taken apart.

use super::lexicon::{Class, classify};
use crate::prose::{Paragraph, Token, TokenKind, has_possessive_s};
use crate::story::trigger_words::{TriggerWords, Triggers};
use crate::text::Span;

/// A token, or one piece of a hyphenated token such as `mid-1990s`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// Bytes of the prose.
    pub span: Span,
    /// Bytes of the folded text.
    pub fold: Span,
    /// What it can do.
    pub class: Class,
    /// White space is before it.
    pub spaced: bool,
    /// Starts with an upper-case letter.
    pub capital: bool,
    /// Holds a letter.
    pub word: bool,
    /// Index of the token it is, or is part of.
    pub token: u32,
}

/// The atoms of a paragraph, in order.
pub(super) fn atoms(paragraph: &Paragraph, triggers: &TriggerWords) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(paragraph.tokens.len() + 8);
    for (index, token) in paragraph.tokens.iter().enumerate() {
        let mut whole = Atom {
            span: token.span,
            fold: token.fold,
            class: Class::Other,
            spaced: token.spaced,
            capital: token.capital,
            word: token.kind == TokenKind::Word,
            token: index as u32,
        };
        if token.kind == TokenKind::Punct {
            whole.class = mark(paragraph.low(index));
            atoms.push(whole);
            continue;
        }
        if whole.word && !triggers.at(index).any_of(Triggers::TIME | Triggers::NUMBER) {
            atoms.push(whole);
            continue;
        }
        let low = paragraph.low(index);
        let (class, stem) = stem(token, low);
        whole.class = class;
        // The date in “Monday’s vote” is “Monday”.
        if stem < low.len() {
            whole.fold = Span::new(token.fold.start(), token.fold.start() + stem);
            whole.span = paragraph.folded.to_prose(whole.fold);
        }
        if class == Class::Other && token.joined && low.contains('-') && split(paragraph, whole, low, &mut atoms) {
            continue;
        }
        atoms.push(whole);
    }
    atoms
}

/// The class of what is neither a word nor a number.
fn mark(low: &str) -> Class {
    match low.as_bytes() {
        [b','] => Class::Comma,
        [b'-' | b'~'] => Class::Dash,
        [b'/'] => Class::Slash,
        [b':'] => Class::Colon,
        [b'\''] => Class::Apostrophe,
        _ => Class::Other,
    }
}

/// The class of a word, and its length without a possessive ending.
fn stem(token: &Token, low: &str) -> (Class, usize) {
    let class = classify(low);
    if class != Class::Other || !token.joined || !has_possessive_s(low) {
        return (class, low.len());
    }
    let stem = low.len() - 2;
    match classify(&low[..stem]) {
        class @ (Class::Month(_)
        | Class::Weekday(_)
        | Class::Unit(_, false)
        | Class::Day(..)
        | Class::Digits(_, 4)
        | Class::Part(_)
        | Class::Season(_)) => (class, stem),
        _ => (Class::Other, low.len()),
    }
}

/// Pushes the pieces of a hyphenated word when each of them can be part of a time expression.
fn split(paragraph: &Paragraph, whole: Atom, low: &str, atoms: &mut Vec<Atom>) -> bool {
    let pieces = low.split('-').count();
    let useful = |piece: &str| !matches!(classify(piece), Class::Other | Class::OtherNumber);
    // `war-torn`, `19-year-old`: a piece that says nothing of time keeps the word whole.
    // `years-old`
    let old = low.strip_suffix("-old").is_some_and(|unit| matches!(classify(unit), Class::Unit(_, true)));
    if pieces > 4 || !old && !low.split('-').all(useful) {
        return false;
    }
    let mut at = whole.fold.start();
    let piece = |start: usize, end: usize, class: Class, atoms: &mut Vec<Atom>| {
        let fold = Span::new(start, end);
        let span = paragraph.folded.to_prose(fold);
        let text = paragraph.slice(span);
        atoms.push(Atom {
            span,
            fold,
            class,
            spaced: whole.spaced && start == whole.fold.start(),
            capital: text.starts_with(char::is_uppercase),
            word: text.contains(char::is_alphabetic),
            token: whole.token,
        });
    };
    for (number, text) in low.split('-').enumerate() {
        if number > 0 {
            piece(at, at + 1, Class::Dash, atoms);
            at += 1;
        }
        piece(at, at + text.len(), classify(text), atoms);
        at += text.len();
    }
    true
}
