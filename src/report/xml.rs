//! What the two XML reports share.

use std::borrow::Cow;

/// `text` without the characters that no XML 1.0 document may hold, not even escaped; each becomes U+FFFD.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    match text.contains(is_bad) {
        true => Cow::Owned(text.replace(is_bad, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

/// `text` as it is in HTML or XML, in an element or between double quotation marks.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
