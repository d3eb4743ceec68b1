//! Lists that are in one paragraph: items behind bullets, items that are numbered or lettered upwards, bare lines.

use super::tokens::{Token, TokenKind};

/// An item of a list, by its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The first token: the bullet, the number or letter, or the first word of a line.
    pub first: usize,
    /// The token behind the bullet and the number with its marks.
    pub behind: usize,
}

/// What is behind the number or letter of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BulletForm {
    /// `1.`
    Point,
    /// `1)`
    Bracket,
    /// `1.)`
    Both,
}

/// A number or letter with the marks of an item.
#[derive(Clone, Copy, Debug)]
struct Enumerator {
    value: u32,
    letter: bool,
    form: BulletForm,
    behind: usize,
}

/// The items of the list that the paragraph is; none when it is none.
pub(super) fn items(text: &str, tokens: &[Token]) -> Vec<Item> {
    let Some(first) = tokens.first() else { return Vec::new() };
    let bullet = is_bullet(text, first);
    if !bullet && enumerator(text, tokens, 0).is_none() {
        return lines(text, tokens);
    }
    let mut items: Vec<Item> = Vec::new();
    let mut last: Option<Enumerator> = None;
    let mut at = 0;
    while at < tokens.len() {
        let marked = is_bullet(text, &tokens[at]);
        let counted = enumerator(text, tokens, at + usize::from(marked));
        let goes_on = match (counted, last) {
            (Some(own), Some(last)) => {
                own.value == last.value + 1 && (own.letter, own.form) == (last.letter, last.form)
            }
            (Some(_), None) => at == 0 || marked,
            (None, _) => false,
        };
        if bullet && marked || !bullet && goes_on {
            let behind = counted.map_or(at + 1, |own| own.behind);
            items.push(Item { first: at, behind });
            last = counted.or(last);
            at = behind;
            continue;
        }
        at += 1;
    }
    items
}

fn is_bullet(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Punct
        && matches!(&text[token.span.range()], "•" | "⁃" | "‣" | "◦" | "▪" | "▫" | "●" | "○" | "■" | "·")
        && token.spaced
}

/// The number or letter of an item at token `at`.
fn enumerator(text: &str, tokens: &[Token], at: usize) -> Option<Enumerator> {
    let token = tokens.get(at)?;
    if at > 0 && !token.spaced && !is_bullet(text, &tokens[at - 1]) {
        return None;
    }
    let word = &text[token.span.range()];
    let mark = |at: usize| tokens.get(at).filter(|t| !t.spaced).map_or("", |t| &text[t.span.range()]);
    let (value, letter, own_point) = match token.kind {
        TokenKind::Number if word.len() <= 2 => (word.parse().ok()?, false, false),
        TokenKind::Word => {
            let bare = word.strip_suffix('.').unwrap_or(word);
            let &[letter @ b'a'..=b'z'] = bare.as_bytes() else { return None };
            (u32::from(letter - b'a'), true, bare.len() < word.len())
        }
        _ => return None,
    };
    let behind = at + 1;
    let (form, behind) = match (own_point, mark(behind)) {
        (true, ")") => (BulletForm::Both, behind + 1),
        (true, _) => (BulletForm::Point, behind),
        (false, ")") => (BulletForm::Bracket, behind + 1),
        (false, ".") if mark(behind + 1) == ")" => (BulletForm::Both, behind + 2),
        (false, ".") => (BulletForm::Point, behind + 1),
        _ => return None,
    };
    // A list starts with a small number; behind its number comes a space.
    tokens.get(behind).is_some_and(|next| next.spaced).then_some(Enumerator { value, letter, form, behind })
}

/// Three lines or more that begin small and end without a stop are a list without bullets.
fn lines(text: &str, tokens: &[Token]) -> Vec<Item> {
    let small = |token: &Token| text[token.span.range()].starts_with(char::is_lowercase);
    if !tokens.first().is_some_and(small) || !text.contains('\n') {
        return Vec::new();
    }
    let mut items = vec![Item { first: 0, behind: 0 }];
    for (at, pair) in tokens.windows(2).enumerate() {
        let (before, token) = (pair[0], pair[1]);
        if !text[before.span.end()..token.span.start()].contains('\n') {
            continue;
        }
        if !small(&token) || !ends_bare(text, &before) {
            return Vec::new();
        }
        items.push(Item { first: at + 1, behind: at + 1 });
    }
    if items.len() >= 3 && tokens.last().is_some_and(|last| ends_bare(text, last)) { items } else { Vec::new() }
}

/// Whether a line may end with `token` without going on: no stop, comma, dash or small word of grammar.
fn ends_bare(text: &str, token: &Token) -> bool {
    let word = &text[token.span.range()];
    token.kind != TokenKind::Punct
        && !token.abbreviation
        && !matches!(word, "a" | "an" | "the" | "of" | "to" | "in" | "on" | "at" | "for" | "with" | "and" | "or" | "by")
}
