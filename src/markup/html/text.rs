//! Character data: entities decoded and white space collapsed, each piece mapped to its source.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::super::builder::BlockBuilder;
use super::super::{Block, BlockKind};
use crate::text::SourceRange;

/// Appends the character data at `range` of `source` as a browser shows it.
pub(super) fn append(builder: &mut BlockBuilder, source: &str, range: SourceRange) {
    let mut at = range.start;
    let bytes = source.as_bytes();
    let mut plain = at;
    while at < range.end {
        let b = bytes[at];
        let special = b == b'&' || b == 0 || is_space(b);
        if !special {
            at += 1;
            continue;
        }
        // One space or line break after a word is kept as it is, so that the words around it stay one stretch.
        let one = if bytes[at..range.end].starts_with(b"\r\n") { 2 } else { 1 };
        if at > plain
            && matches!(b, b' ' | b'\n' | b'\r')
            && !bytes[at + one..range.end].first().is_some_and(|b| is_space(*b))
        {
            at += one;
            continue;
        }
        builder.verbatim(&source[plain..at], plain);
        if b == b'&' {
            let len = entity_len(&source[at..range.end]);
            let raw = &source[at..at + len];
            match decode_entity(raw) {
                Some(decoded) => builder.opaque(&decoded, at..at + len),
                None => builder.verbatim(raw, at),
            }
            at += len;
        } else if b == 0 {
            at += 1;
        } else {
            let rest = &source[at..range.end];
            let len = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            if !builder.prose().ends_with([' ', '\n', '\r']) {
                match &rest[..len] {
                    " " | "\n" | "\r\n" | "\r" => builder.verbatim(&rest[..len], at),
                    _ => builder.opaque(" ", at..at + len),
                }
            }
            at += len;
        }
        plain = at;
    }
    builder.verbatim(&source[plain..range.end], plain);
}

/// White space of HTML.
fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Length of what may be an entity at the start of `text`, which is an ampersand.
fn entity_len(text: &str) -> usize {
    // The longest name of HTML has 31 letters.
    let name = text.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let semicolon = usize::from(text.as_bytes().get(1 + name) == Some(&b';'));
    1 + name + semicolon
}

/// What an entity stands for; `None` when it is none.
fn decode_entity(raw: &str) -> Option<Cow<'static, str>> {
    let known = match raw {
        "&" => return None,
        "&amp;" => "&",
        "&nbsp;" => "\u{A0}",
        "&quot;" => "\"",
        "&lt;" => "<",
        "&gt;" => ">",
        "&rsquo;" | "&#8217;" => "’",
        "&lsquo;" | "&#8216;" => "‘",
        "&ldquo;" | "&#8220;" => "“",
        "&rdquo;" | "&#8221;" => "”",
        "&mdash;" | "&#8212;" => "—",
        "&ndash;" | "&#8211;" => "–",
        "&#39;" | "&#039;" | "&apos;" => "'",
        "&hellip;" | "&#8230;" => "…",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    // The tokenizer knows the two thousand others, and which of them need no semicolon.
    let mut decoded = Vec::new();
    let handle = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            decoded.extend_from_slice(value);
        }
        None
    };
    let Ok(()) = Tokenizer::new_with_emitter(raw, CallbackEmitter::new(handle)).finish();
    let decoded = String::from_utf8_lossy(&decoded).into_owned();
    (decoded != raw && !decoded.is_empty()).then_some(Cow::Owned(decoded))
}

/// `text` with its entities decoded.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let len = entity_len(&rest[at..]);
        let raw = &rest[at..at + len];
        decoded.push_str(decode_entity(raw).as_deref().unwrap_or(raw));
        rest = &rest[at + len..];
    }
    decoded.push_str(rest);
    decoded
}

/// The block of kind `kind` whose prose is in the source at `range` as the value of an attribute or a shortcode: HTML,
/// with its marks escaped by a backslash or as entities.
pub(in crate::markup) fn block_of_attribute(kind: BlockKind, source: &str, range: SourceRange) -> Option<Block> {
    let mut builder = BlockBuilder::default();
    let mut at = range.start;
    let mut plain = at;
    while at < range.end {
        let rest = &source[at..range.end];
        let escape = rest.starts_with("\\\"") || rest.starts_with("\\'");
        // A tag in it is markup: `<em>`, `</a>`, `<br />`.
        let tag = rest.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        let tag = tag.and_then(|rest| rest.find('>')).map(|len| len + 2);
        if escape {
            append(&mut builder, source, plain..at);
            builder.opaque(&source[at + 1..at + 2], at..at + 2);
            (at, plain) = (at + 2, at + 2);
        } else if let Some(len) = tag {
            append(&mut builder, source, plain..at);
            if rest.starts_with("<br") {
                builder.opaque("\n", at..at + len);
            }
            (at, plain) = (at + len, at + len);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    if plain < range.end {
        append(&mut builder, source, plain..range.end);
    }
    builder.finish(kind)
}
