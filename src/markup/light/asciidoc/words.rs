//! What is inside the lines of AsciiDoc.

use crate::markup::light::inline::{InlineMark, around, between, code, next};

fn may_precede(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '_' | '}' | ':' | ';' | '\\'))
}

fn may_follow(c: char) -> bool {
    !(c.is_alphanumeric() || c == '_')
}

/// What starts at a byte.
pub(super) fn mark(text: &str, at: usize) -> Option<InlineMark> {
    let rest = text.get(at..)?;
    let of = |sign: &str| between(text, at, sign, may_precede, may_follow);
    let anywhere = |sign: &str| between(text, at, sign, |_| true, |_| true);
    match rest.as_bytes().first()? {
        b'\\' if rest[1..].starts_with(['*', '_', '`', '#', '{', '<', '[', '^', '~', '+', '"', '\'']) => {
            Some(InlineMark::Escaped)
        }
        b'"' if rest.starts_with("\"`") => Some(InlineMark::Written(2, "“")),
        b'\'' if rest.starts_with("'`") => Some(InlineMark::Written(2, "‘")),
        b'`' if rest.starts_with("`\"") => Some(InlineMark::Written(2, "”")),
        b'`' if rest.starts_with("`'") => Some(InlineMark::Written(2, "’")),
        b'*' if rest.starts_with("**") => anywhere("**").map(|inside| around(inside, 2)),
        b'_' if rest.starts_with("__") => anywhere("__").map(|inside| around(inside, 2)),
        b'`' if rest.starts_with("``") => anywhere("``").map(|inside| code(inside, 2)),
        b'#' if rest.starts_with("##") => anywhere("##").map(|inside| around(inside, 2)),
        b'*' => of("*").map(|inside| around(inside, 1)),
        b'_' => of("_").map(|inside| around(inside, 1)),
        b'#' => of("#").map(|inside| around(inside, 1)),
        b'`' => of("`").map(|inside| code(inside, 1)),
        b'+' if rest.starts_with("+++") => anywhere("+++").map(|inside| around(inside, 3)),
        b'+' if rest == "+" || rest.starts_with("+\n") => text[..at].ends_with(' ').then_some(InlineMark::Hidden(1)),
        b'+' => of("+").map(|inside| code(inside, 1)),
        b'^' => anywhere("^").filter(|inside| !text[inside.clone()].contains(' ')).map(|inside| around(inside, 1)),
        b'~' => anywhere("~").filter(|inside| !text[inside.clone()].contains(' ')).map(|inside| around(inside, 1)),
        b'{' => {
            let name = text.get(at + 1..next(text, at, "}")?)?;
            let is_name =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'));
            let len = name.len() + 2;
            is_name.then_some(match name {
                "nbsp" => InlineMark::Written(len, "\u{A0}"),
                "apos" => InlineMark::Written(len, "'"),
                "amp" => InlineMark::Written(len, "&"),
                "empty" => InlineMark::Hidden(len),
                _ => InlineMark::Thing(len),
            })
        }
        b'[' if rest.starts_with("[[") => Some(InlineMark::Hidden(next(text, at, "]]")? + 2 - at)),
        b'[' if rest.starts_with("[.") => {
            let close = next(text, at, "]")?;
            text[close + 1..].starts_with(['#', '*', '_', '`']).then(|| InlineMark::Hidden(close + 1 - at))
        }
        b'<' if rest.starts_with("<<") => {
            let close = next(text, at + 2, ">>")?;
            let len = close + 2 - at;
            let inside = &text[at + 2..close];
            Some(match inside.find(',') {
                Some(comma) => {
                    let words = inside[comma + 1..].trim_start();
                    InlineMark::Around(len - 2 - words.len(), close..close + 2)
                }
                None => InlineMark::Thing(len),
            })
        }
        b'(' if rest.starts_with("(((") => Some(InlineMark::Hidden(next(text, at, ")))")? + 3 - at)),
        b'(' if rest.starts_with("((") => {
            let close = next(text, at + 2, "))")?;
            Some(InlineMark::Around(2, close..close + 2))
        }
        b'-' if rest.starts_with("--") && !rest.starts_with("---") && !text[..at].ends_with('-') => {
            // Between words or between blanks; before a word it is an option of a program.
            let (before, behind) = (text[..at].chars().next_back(), rest[2..].chars().next());
            let is_dash = |of: fn(char) -> bool| before.is_some_and(of) && behind.is_none_or(of);
            (is_dash(char::is_whitespace) || is_dash(char::is_alphanumeric)).then_some(InlineMark::Written(2, "—"))
        }
        b'a'..=b'z' => a_macro(text, at),
        _ => None,
    }
}

/// `https://pier.example[the pier]`, `xref:pier[the pier]`, `image:pier.jpg[]`, `kbd:[Ctrl]`.
fn a_macro(text: &str, at: usize) -> Option<InlineMark> {
    let rest = &text[at..];
    let name = &rest[..rest.find(|c: char| !c.is_ascii_lowercase())?];
    let target = at + name.len() + 1;
    if !rest[name.len()..].starts_with(':') {
        return None;
    }
    let open = next(text, target, "[")?;
    if text[target..open].contains(char::is_whitespace) {
        return None;
    }
    let close = next(text, open, "]")?;
    let len = close + 1 - at;
    let inside = open + 1..close;
    let words = || {
        let raw = &text[inside.clone()];
        let end =
            raw.find(",role=").or_else(|| raw.find(",window=")).or_else(|| raw.find(",opts=")).unwrap_or(raw.len());
        let words = raw[..end].trim_end_matches('^');
        let quoted = words.len() > 1 && words.starts_with('"') && words.ends_with('"');
        let edge = usize::from(quoted);
        inside.start + edge..inside.start + words.len() - edge
    };
    match name {
        "link" | "mailto" if !words().is_empty() => Some(InlineMark::Link(len, words(), target..open)),
        "http" | "https" if !words().is_empty() => Some(InlineMark::Link(len, words(), at..open)),
        "xref" if !words().is_empty() => {
            let words = words();
            Some(InlineMark::Around(words.start - at, words.end..close + 1))
        }
        "image" => {
            let alt = text[inside.clone()].find(',').map_or(inside.end, |len| inside.start + len);
            let alt = (alt > inside.start).then_some(inside.start..alt);
            Some(InlineMark::Image(len, target..open, alt))
        }
        "footnote" | "anchor" | "indexterm" => Some(InlineMark::Hidden(len)),
        "link" | "mailto" | "http" | "https" | "xref" | "icon" | "kbd" | "btn" | "menu" | "pass" | "stem"
        | "latexmath" | "asciimath" | "video" | "audio" => Some(InlineMark::Thing(len)),
        _ => None,
    }
}
