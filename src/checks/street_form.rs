//! `street-form`: “123 Main Street” and “Oak Ave.”, where the house writes “123 Main St.” and “Oak Avenue”.

use std::sync::LazyLock;

use regex::Regex;

use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("street-form", Run::Paragraph(run), &[])];

/// A name of a street with its last word, and the number of the house before it, where there is one.
///
/// Letters are those of ASCII: names of streets in the United States have hardly any other.
static STREET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\b(\d{1,5}(?:[A-Z]|½)?) )?\b((?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.? )?(?:[A-Z][a-z]+(?:['’.-][A-Za-z]+)*|\d{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z]+){0,2}) (Street|Avenue|Boulevard|St\.|Ave\.|Blvd\.)",
    )
    .ok()
});

/// The long and the short form of each.
const FORMS: [(&str, &str); 3] = [("Street", "St."), ("Avenue", "Ave."), ("Boulevard", "Blvd.")];

/// Words before a number that say that it counts no house.
const NO_HOUSE: [&str; 10] = ["of", "in", "since", "by", "until", "for", "from", "to", "and", "or"];

/// Adds a hit for each street in the other form.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let text = &*read.paragraph.text;
    if !["Street", "Avenue", "Boulevard", "St.", "Ave.", "Blvd."].iter().any(|form| text.contains(form)) {
        return;
    }
    let Some(pattern) = LazyLock::force(&STREET) else { return };
    for found in pattern.captures_iter(text) {
        let (Some(whole), Some(form)) = (found.get(0), found.get(3)) else { continue };
        let after = &text[whole.end()..];
        let numbered = found.get(1);
        let right = match numbered {
            Some(number) => {
                let before = text[..number.start()].trim_end().rsplit(' ').next().unwrap_or_default();
                // `In 1968 Main Street was quiet`: a year; `Wall Street's 500 Fifth Avenue banks` have no number of a house.
                let is_year = number.as_str().len() == 4 && NO_HOUSE.contains(&before.to_lowercase().as_str());
                let long = FORMS.iter().find(|(long, _)| *long == form.as_str());
                // The name of a firm or a band goes on.
                let goes_on =
                    after.strip_prefix(' ').is_some_and(|next| next.starts_with(|c: char| c.is_ascii_uppercase()));
                long.filter(|_| !is_year && !goes_on && !after.starts_with(['-', '\'', '’'])).map(|(_, short)| *short)
            }
            None => {
                // `Mont St. Michel`, and the point may end the sentence.
                let goes_on =
                    after.strip_prefix(' ').is_none_or(|next| !next.starts_with(|c: char| c.is_ascii_lowercase()));
                let comma = after.starts_with([',', ';', ')']);
                let digit = text[..whole.start()].trim_end().ends_with(|c: char| c.is_ascii_digit());
                FORMS
                    .iter()
                    .find(|(_, short)| *short == form.as_str())
                    .filter(|_| (!goes_on || comma) && !digit)
                    .map(|(long, _)| *long)
            }
        };
        let Some(right) = right else { continue };
        let start = numbered.map_or(whole.start(), |number| number.start());
        let span = Span::new(start, form.end());
        let place = Passage::new(0, Span::new(form.start(), form.end()));
        let why = if numbered.is_some() { "With its number it is short" } else { "Without a number it is written out" };
        // Before the point of a sentence the abbreviation brings its own.
        let new = if after.starts_with('.') && right.ends_with('.') { right.trim_end_matches('.') } else { right };
        let fixed = format!("“{}{right}”", &text[start..form.start()]);
        let hit = Hit::in_paragraph(span).arg("found", &text[span.range()]).arg("use", fixed).arg("why", why);
        out.push(hit.replace(place, new, rule.fix));
    }
}
