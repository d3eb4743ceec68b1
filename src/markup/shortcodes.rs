//! Shortcodes of site generators inside Markdown: `{{< … >}}`, `{{% … %}}`, `{{ … }}` and `{% … %}`.
//!
//! A Markdown parser would read quotation marks, asterisks and links inside them. They are masked with letters of the
//! same length before the parse, so that all offsets stay, and become placeholders afterwards.

use std::borrow::Cow;

use crate::text::SourceRange;

/// Longest shortcode, in bytes. What is longer was opened by mistake and would hide copy.
const LONGEST: usize = 2000;

/// The shortcodes of `source` from byte `from` on, in order.
pub(super) fn find(source: &str, from: usize) -> Vec<SourceRange> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = from;
    // Where each closing mark stands next: looked up once for each, so that many openings cost no more than one.
    let mut next_close = [Some(from), Some(from)];
    while let Some(open) = memchr::memchr(b'{', &bytes[at.min(bytes.len())..]).map(|found| at + found) {
        at = open + 1;
        let which = match bytes.get(open + 1) {
            Some(b'{') => 0,
            Some(b'%') => 1,
            _ => continue,
        };
        let closing = ["}}", "%}"][which];
        while let Some(close) = next_close[which].filter(|close| *close < open + 2) {
            let start = close.max(open + 2);
            next_close[which] =
                memchr::memmem::find(&bytes[start.min(bytes.len())..], closing.as_bytes()).map(|f| start + f);
        }
        let Some(close) = next_close[which] else { continue };
        let end = close + 2;
        let inside = &source[open..end];
        if inside.len() > LONGEST || inside.contains("\n\n") || inside.contains("\n\r\n") {
            continue;
        }
        found.push(open..end);
        at = end;
    }
    found
}

/// `source` with the shortcodes replaced by letters; line breaks in them stay.
pub(super) fn mask<'a>(source: &'a str, shortcodes: &[SourceRange]) -> Cow<'a, str> {
    if shortcodes.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut masked = String::with_capacity(source.len());
    let mut at = 0;
    for range in shortcodes {
        masked.push_str(&source[at..range.start]);
        masked.extend(
            source[range.clone()].bytes().map(|b| if matches!(b, b'\n' | b'\r') { char::from(b) } else { 'x' }),
        );
        at = range.end;
    }
    masked.push_str(&source[at..]);
    Cow::Owned(masked)
}

/// A named parameter of a shortcode: `caption="…"`.
#[derive(Debug, PartialEq)]
pub(super) struct Parameter<'a> {
    /// Its name.
    pub name: &'a str,
    /// Source bytes of its value, without quotation marks.
    pub range: SourceRange,
}

/// The named parameters of the shortcode at `range`, when it shows a figure; empty for others.
pub(super) fn figure_parameters<'a>(source: &'a str, range: &SourceRange) -> Vec<Parameter<'a>> {
    let text = &source[range.clone()];
    let head = text.trim_start_matches(['{', '%', '<', '-']).trim_start();
    let head = head.strip_prefix("include").map_or(head, str::trim_start);
    let name = head.split([' ', '\t', '\n', '.']).next().unwrap_or_default().to_ascii_lowercase();
    if !["fig", "img", "image", "photo", "picture"].iter().any(|word| name.contains(word)) {
        return Vec::new();
    }
    let mut parameters = Vec::new();
    let mut at = 0;
    while let Some(equals) = text[at..].find('=').map(|found| at + found) {
        let before = text[at..equals].trim_end();
        let key =
            before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next().unwrap_or_default();
        let rest = &text[equals + 1..];
        let mut start = equals + 1 + (rest.len() - rest.trim_start().len());
        let rest = &text[start..];
        let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let end = match mark {
            Some(mark) => {
                start += 1;
                match closing_mark(&text[start..], mark) {
                    Some(len) => start + len,
                    None => break,
                }
            }
            None => start + rest.find(|c: char| c.is_whitespace() || c == '>' || c == '%').unwrap_or(rest.len()),
        };
        if !key.is_empty() {
            parameters.push(Parameter { name: key, range: range.start + start..range.start + end });
        }
        at = (end + usize::from(mark.is_some())).min(text.len());
    }
    parameters
}

/// Bytes before the next `mark` that no backslash escapes.
fn closing_mark(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_keep_their_length_when_masked() {
        let source = "a {{< x \"é\" >}} b {% y %} c {{ z }} d {{ open";
        let found = find(source, 0);
        assert_eq!(
            found.iter().map(|r| &source[r.clone()]).collect::<Vec<_>>(),
            ["{{< x \"é\" >}}", "{% y %}", "{{ z }}"]
        );
        let masked = mask(source, &found);
        assert_eq!(masked.len(), source.len());
        assert!(!masked.contains('"') && masked.ends_with("d {{ open"));
    }

    #[test]
    fn parameters_of_a_figure() {
        let source = r#"{{< figure src="a.jpg" caption="The \"old\" ferry" width=300 >}}"#;
        let found: Vec<_> =
            figure_parameters(source, &(0..source.len())).into_iter().map(|p| (p.name, &source[p.range])).collect();
        assert_eq!(found, [("src", "a.jpg"), ("caption", r#"The \"old\" ferry"#), ("width", "300")]);
        assert!(figure_parameters("{{< video src=\"a\" >}}", &(0..21)).is_empty());
    }
}
