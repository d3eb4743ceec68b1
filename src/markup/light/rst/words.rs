//! What is inside the lines of reStructuredText.

use crate::markup::light::inline::{InlineMark, around, between, code, next};

/// Roles whose text is prose.
const ROLES: &[&str] = &[
    "ref",
    "doc",
    "term",
    "any",
    "numref",
    "title",
    "title-reference",
    "emphasis",
    "strong",
    "sub",
    "sup",
    "subscript",
    "superscript",
    "abbr",
    "t",
    "download",
    "dfn",
];

fn may_precede(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | ':' | '/' | '\'' | '"' | '<' | '(' | '[' | '{' | '“' | '‘' | '—' | '–')
}

fn may_follow(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation() && c != '*' && c != '`' || !c.is_ascii() && !c.is_alphanumeric()
}

/// What starts at a byte.
pub(super) fn mark(text: &str, at: usize) -> Option<InlineMark> {
    let rest = text.get(at..)?;
    let of = |sign: &str| between(text, at, sign, may_precede, may_follow);
    match rest.as_bytes().first()? {
        b'\\' if rest.starts_with("\\ ") || rest.starts_with("\\\n") => Some(InlineMark::Hidden(2)),
        b'\\' => Some(InlineMark::Escaped),
        b'*' if rest.starts_with("**") => of("**").map(|inside| around(inside, 2)),
        b'*' => of("*").map(|inside| around(inside, 1)),
        b'`' if rest.starts_with("``") => of("``").map(|inside| code(inside, 2)),
        b'`' => interpreted(text, at),
        b':' => {
            let name = text.get(at + 1..next(text, at + 1, ":`")?)?;
            let is_role = !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.'));
            if !is_role {
                return None;
            }
            let open = at + name.len() + 2;
            let is_prose = ROLES.contains(&name.rsplit(':').next().unwrap_or_default());
            let close = next(text, open + 1, "`")?;
            if !is_prose {
                return Some(InlineMark::Code(close + 1 - at, open + 1..close));
            }
            let words = words_of(text, open + 1..close);
            Some(InlineMark::Around(words.start - at, words.end..close + 1))
        }
        b'|' => {
            let inside = of("|").filter(|inside| !text[inside.clone()].contains(' '))?;
            let behind = text[inside.end + 1..].bytes().take_while(|b| *b == b'_').count();
            Some(InlineMark::Thing(inside.len() + 2 + behind))
        }
        b'[' => footnote(text, at),
        // The page shows a footnote's number right behind the word.
        b' ' if rest.starts_with(" [") => match footnote(text, at + 1)? {
            InlineMark::Hidden(len) => Some(InlineMark::Hidden(len + 1)),
            _ => None,
        },
        b'_' => {
            let signs = rest.bytes().take_while(|b| *b == b'_').count();
            let is_behind_word = text[..at].ends_with(char::is_alphanumeric);
            let is_at_end = !rest[signs..].starts_with(char::is_alphanumeric);
            if is_behind_word && is_at_end && signs <= 2 {
                return Some(InlineMark::Hidden(signs));
            }
            // A target inside words: _`like this`.
            let close = rest.starts_with("_`").then(|| next(text, at + 2, "`")).flatten()?;
            Some(InlineMark::Around(2, close..close + 1))
        }
        _ => None,
    }
}

/// A reference to a footnote: `[1]_`, `[#pier]_`.
fn footnote(text: &str, at: usize) -> Option<InlineMark> {
    let close = next(text, at, "]_")?;
    (!text[at..close].contains([' ', '\n'])).then(|| InlineMark::Hidden(close + 2 - at))
}

/// The words in front of the target in angle brackets, if there is one.
fn words_of(text: &str, inside: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let words = &text[inside.clone()];
    match words.rfind('<').filter(|_| words.ends_with('>')) {
        Some(open) if open > 0 => inside.start..inside.start + words[..open].trim_end().len(),
        _ => inside,
    }
}

/// Words between two backticks: a link where an underscore follows.
fn interpreted(text: &str, at: usize) -> Option<InlineMark> {
    if !text[..at].chars().next_back().is_none_or(may_precede) {
        return None;
    }
    let close = next(text, at + 1, "`").filter(|close| *close > at + 1)?;
    let inside = at + 1..close;
    let behind = text[close + 1..].bytes().take_while(|b| *b == b'_').count().min(2);
    let len = close + 1 + behind - at;
    let words = words_of(text, inside.clone());
    if words.end < inside.end {
        let open = words.end + text[words.end..inside.end].find('<')? + 1;
        return Some(InlineMark::Link(len, words, open..inside.end - 1));
    }
    Some(InlineMark::Around(1, close..close + 1 + behind))
}
