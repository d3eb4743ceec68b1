//! `month-without-year`: “late December”, read in February.

use super::wording::with_capitals_of;
use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::Window;
use crate::story::time::{Form, TimeKind};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "month-without-year",
    Run::Local(run),
    &[choice("kind", &["preposition"], "`preposition`: only find the lost preposition")],
)];

/// Adds a hit for each early, mid or late month of another year that does not say which; and, with param
/// `kind = "preposition"`, for each that opens its sentence without its *in*.
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let prepositions = rule.text("kind") == Some("preposition");
    for time in window.times.iter().filter(|time| time.kind == TimeKind::Period) {
        let Some(expression) = window.expression(time) else { continue };
        let Form::Portion(_, inner) = &expression.form else { continue };
        let Form::Calendar { year, month: Some(_), day: None, which: None } = **inner else { continue };
        if time.quoted {
            continue;
        }
        // “Early in March” has its preposition inside.
        let own = [" in ", " on ", " of "].iter().any(|word| window.slice(time.passage).contains(word));
        let lost =
            !own && expression.opens_sentence && expression.preposition.is_none() && is_adverbial(window, time.passage);
        let missing = year.is_none().then(|| missing_year(window, time.from)).flatten();
        let text = match (prepositions, missing) {
            // The rule for the preposition mends the year as well.
            (false, Some(year)) if !lost => format!("{} {year}", window.slice(time.passage)),
            (true, Some(year)) if lost => format!("{} {year}", window.slice(time.passage)),
            (true, None) if lost => window.slice(time.passage).to_owned(),
            _ => continue,
        };
        let text = if lost { with_in(&text) } else { text };
        let mut hit = Hit::at(time.passage)
            .arg("found", window.slice(time.passage))
            .arg("year", missing.map_or_else(String::new, |year| year.to_string()))
            .assumed(time.assumed.clone());
        if lost && missing.is_some() {
            hit = hit.message("“{found}” lacks its “in”, and its year: {year}");
        }
        out.push(hit.replace(time.passage, text, Applicability::Suggested));
    }
}

/// The year, when it is not the publication date's and the month is not the one before that.
fn missing_year(window: &Window, from: Option<jiff::civil::Date>) -> Option<i16> {
    let (from, published) = (from?, window.published.as_ref()?.date);
    let months = |date: jiff::civil::Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let apart = (months(published) - months(from)).abs();
    (from.year() != published.year() && apart > 1).then_some(from.year())
}

/// A comma behind it shows that it tells when, and is not the subject: “Late December was mild.”
fn is_adverbial(window: &Window, passage: Passage) -> bool {
    let paragraph = window.paragraph(passage.paragraph());
    paragraph.slice(Span::new(passage.span.end(), paragraph.text.len())).starts_with(',')
}

fn with_in(text: &str) -> String {
    let mut chars = text.chars();
    let lower: String = chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default();
    with_capitals_of("In", &format!("in {lower}")).replacen("IN ", "In ", 1)
}
