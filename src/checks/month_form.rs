//! `month-form`: “Feb 20” without its point, and one story with two ways to write months.

use crate::finding::Severity;
use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Story;
use crate::story::paragraph_index::Signs;
use crate::story::time::WrittenName;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("month-form", Run::Story(run), &[])];

/// A month beside a day, month first, as US news writes it.
struct Month {
    passage: Passage,
    written: WrittenName,
}

/// Adds a hit for each abbreviated month that lacks its point; a month that has one is the related place.
///
/// May is never abbreviated, so it is no example of either form.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let in_question = story.paragraphs_with(Signs::BARE_MONTH).flat_map(|(number, _)| story.times_in(number));
    let months = in_question.filter_map(|time| month(story, time));
    let bare: Vec<Month> = months.filter(|month| month.written.abbreviated && !month.written.point).collect();
    if bare.is_empty() {
        return;
    }
    let example = story.times.iter().filter_map(|time| month(story, time)).find(|month| month.written.point);
    for month in bare {
        let found = story.slice(month.passage);
        let right = american(found);
        let mut hit = Hit::at(month.passage).arg("found", found).arg("use", format!("“{right}”"));
        match &example {
            Some(example) => hit = hit.related(example.passage, "the same story writes a month with its point here"),
            // Many houses outside the agencies write no points.
            None => hit = hit.at_most(Severity::Hint),
        }
        out.push(hit.replace(month.passage, right, rule.fix));
    }
}

/// The month as American news writes it before a day: five are never abbreviated to three letters.
///
/// Convention: the AP Stylebook's entry “months”.
pub(super) fn american(found: &str) -> String {
    let bare = found.trim_end_matches('.');
    let right = match bare.to_ascii_lowercase().as_str() {
        "mar" => "March",
        "apr" => "April",
        "jun" => "June",
        "jul" => "July",
        "sep" => "Sept.",
        _ => return format!("{bare}."),
    };
    if bare.chars().all(char::is_uppercase) { right.to_uppercase() } else { right.to_owned() }
}

/// Whether a program wrote the day, as in a list of files or a log: `Sep 01`, `Jun  1 03:20`.
fn is_stamp(text: &str) -> bool {
    let rest = text.trim_start_matches(char::is_alphabetic).trim_start();
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let day = &rest[..rest.len() - behind.len()];
    let clock = behind.trim_start().as_bytes();
    let is_clock =
        |digits: usize| clock.len() > digits && clock[..digits].iter().all(u8::is_ascii_digit) && clock[digits] == b':';
    day.starts_with('0') || behind.starts_with(' ') && is_clock(2)
}

fn month(story: &Story, time: &crate::story::TimeExpression) -> Option<Month> {
    // `PARIS, Aug 31 (Reuters) -`: wires have their own form for the day of a dateline.
    let paragraph = story.paragraph(time.passage.paragraph());
    if paragraph.text.get(time.passage.span.end()..).is_some_and(|rest| rest.starts_with(" (")) {
        return None;
    }
    // `…/archives/2010/sep/30/`
    if paragraph.is_in_address(time.passage.span) {
        return None;
    }
    if is_stamp(&paragraph.text[time.passage.span.start()..]) {
        return None;
    }
    let written = story.expression(time)?.written;
    let (month, day) = (written.month?, written.day?);
    (month.span < day.span)
        .then(|| Month { passage: Passage::new(time.passage.paragraph(), month.span), written: month })
}

#[cfg(test)]
mod tests {
    use super::is_stamp;

    #[test]
    fn what_a_program_wrote_is_told_from_dates() {
        for text in ["Sep 01 13:36:50 harbor", "Jun  1 03:20 ferry.txt", "Feb 20 13:36"] {
            assert!(is_stamp(text), "{text}");
        }
        for text in ["Feb 20, the council met", "Feb 20 at 10:30", "Feb 20", "Feb"] {
            assert!(!is_stamp(text), "{text}");
        }
    }
}
