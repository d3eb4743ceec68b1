//! The attributes of a tag, with where their values are.

use super::text::decode;
use crate::text::SourceRange;

/// The name and the attributes of one start tag. Nothing is copied until it is asked for.
pub(super) struct Attributes<'a> {
    source: &'a str,
    /// The tag's name, as written.
    pub name: &'a str,
    /// Source bytes after the name.
    rest: SourceRange,
}

impl<'a> Attributes<'a> {
    /// The tag at `range` of `source`: `<p class=x>`.
    pub(super) fn new(source: &'a str, range: SourceRange) -> Self {
        let raw = source.get(range.clone()).unwrap_or_default();
        let inner = raw.trim_start_matches(['<', '/']);
        let start = range.start + (raw.len() - inner.len());
        let len = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(inner.len());
        Self { source, name: &inner[..len], rest: start + len..range.start + raw.len() }
    }

    /// Each attribute's name and the source bytes of its value; an empty range after the name when it has none.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, SourceRange)> + use<'a> {
        let source = self.source;
        let mut at = self.rest.start;
        let end = self.rest.end;
        std::iter::from_fn(move || {
            let before = &source[at..end];
            let rest = before.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            at += before.len() - rest.len();
            if rest.is_empty() || rest.starts_with('>') {
                return None;
            }
            // A name may start with `=`, and with nothing else that ends one.
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let len = rest[first..]
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
                .unwrap_or(rest.len() - first);
            let name = &rest[..first + len];
            at += name.len();
            let after = source[at..end].trim_start_matches(|c: char| c.is_ascii_whitespace());
            let Some(value) = after.strip_prefix('=') else { return Some((name, at..at)) };
            let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let mut start = end - value.len();
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let len = match mark {
                Some(mark) => {
                    start += 1;
                    value[1..].find(mark).unwrap_or(value.len() - 1)
                }
                None => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
            };
            at = (start + len + usize::from(mark.is_some())).min(end);
            Some((name, start..start + len))
        })
    }

    /// Source bytes of the value of the first attribute with this name.
    pub(super) fn range(&self, name: &str) -> Option<SourceRange> {
        self.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, range)| range)
    }

    /// The value of the first attribute with this name, entities decoded, and its source bytes.
    pub(super) fn value(&self, name: &str) -> Option<(String, SourceRange)> {
        let range = self.range(name)?;
        Some((decode(&self.source[range.clone()]), range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_an_attribute() {
        let source = "x<img src=a.jpg  alt = 'A > b' hidden/ data-x=\"1\"TITLE=t />";
        let attributes = Attributes::new(source, 1..source.len());
        let found: Vec<_> = attributes.iter().map(|(name, range)| (name, &source[range])).collect();
        assert_eq!(attributes.name, "img");
        assert_eq!(found, [("src", "a.jpg"), ("alt", "A > b"), ("hidden", ""), ("data-x", "1"), ("TITLE", "t")]);
        assert_eq!(attributes.value("title").map(|(value, _)| value).as_deref(), Some("t"));
    }
}
