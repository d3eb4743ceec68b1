//! Facts that regular expressions show: `patterns.txt` holds them, one a line.

use std::sync::LazyLock;

use regex::Regex;

use super::FactKind;
use super::words;
use crate::lexicon::{checkable, claims};
use crate::prose::Paragraph;
use crate::text::Span;

/// A pattern that shows facts of a kind.
struct FactPattern {
    kind: FactKind,
    regex: Regex,
}

static PATTERNS: LazyLock<Vec<FactPattern>> = LazyLock::new(|| {
    let lines = include_str!("patterns.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    // A test compiles each, so none is left out here.
    lines.filter_map(|line| read(line).ok()).collect()
});

/// Reads one line.
fn read(line: &str) -> Result<FactPattern, String> {
    let (kind, regex) = line.split_once(' ').ok_or("a kind and a pattern")?;
    let kind = FactKind::parse(kind).ok_or_else(|| format!("there is no kind `{kind}`"))?;
    let tens =
        "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)";
    let small = words::alternatives(words::small_numbers());
    let number = format!(
        r"(?:\d[\d,]*(?:\.\d+)?|{tens}|(?:{small})(?: (?:hundred|thousand|million))?|(?:a )?dozen|(?:a )?hundred)"
    );
    let about = format!(
        "(?:more than|fewer than|less than|no fewer than|at least|at most|up to|just over|just under|well over|close to|as many as|{})",
        words::alternatives(checkable::ABOUT.iter())
    );
    let regex = regex
        .trim()
        .replace("{n}", &number)
        .replace("{small}", &small)
        .replace("{about}", &about)
        .replace(
            "{superlative}",
            &words::alternatives(claims::SUPERLATIVES.iter().chain(checkable::SUPERLATIVES.iter())),
        )
        .replace("{kin}", &words::alternatives(checkable::KIN.iter()))
        .replace("{end}", r#"(?:[.,;:!?"')]|$| (?:and|or|when|but|at|in|on|now|then|today)\b)"#);
    let regex = Regex::new(&regex).map_err(|error| error.to_string())?;
    Ok(FactPattern { kind, regex })
}

/// What patterns show in `paragraph`, as spans of its prose.
pub(super) fn find(paragraph: &Paragraph, mut found: impl FnMut(FactKind, Span)) {
    for pattern in PATTERNS.iter() {
        for captures in pattern.regex.captures_iter(&paragraph.folded.lower) {
            let Some(place) = captures.name("f").or_else(|| captures.get(0)) else { continue };
            let trimmed = place.as_str().trim_end_matches([' ', '.', ',', ';', ':']);
            let start = place.start() + (place.as_str().len() - place.as_str().trim_start().len());
            let span = Span::new(start, place.start() + trimmed.len());
            if !span.is_empty() {
                found(pattern.kind, paragraph.folded.to_prose(span));
            }
        }
    }
}

/// Addresses: of streets, web pages and mail, and telephone numbers, as spans of the prose.
pub(super) fn addresses(paragraph: &Paragraph) -> Vec<Span> {
    static ADDRESSES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let patterns = [
            r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b",
            r"\bhttps?://[^\s<>()\u0022]+",
            r"\b(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|edu|mil|int|info|io|example|news|co\.uk|org\.uk|gov\.uk|ac\.uk|ie|de|fr|eu|ca|au)(?:/[^\s<>()\u0022]*)?",
            r"(?:\+\d{1,3}[ .-])?\(?\b\d{3,5}\)?[ .-]\d{3}[ .-]\d{4}\b",
            r"\b\d{1,5}[A-Za-z]? (?:[NSEW]\. |North |South |East |West )?(?:[A-Z][\w'.-]* ){1,3}(?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Drive|Boulevard|Blvd\.|Way|Court|Place|Square|Terrace|Row|Highway|Quay)(?:, [A-Z][a-z]+)?",
            r"\b\d{1,4} [A-Z]\w+(?:stra(?:ss|ß)e|gasse|platz|allee|weg)\b",
            r"\bP\.?O\.? Box \d+(?:, [A-Z][a-z]+)?",
        ];
        patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
    });
    let text = &paragraph.folded.text;
    let found = ADDRESSES.iter().flat_map(|regex| regex.find_iter(text));
    let spans = found.map(|found| {
        let trimmed = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"']);
        // Of `Blvd.` the point is part of the address, which no reader misses.
        paragraph.folded.to_prose(Span::new(found.start(), found.start() + trimmed.len()))
    });
    spans.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_patterns_can_be_read() {
        for line in include_str!("patterns.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(super::read(line).is_ok(), "{line}");
        }
    }
}
