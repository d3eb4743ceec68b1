//! `time-form`: “7PM”, “11:00 am” and their like, where the house writes “7 p.m.” and “11 a.m.”.

use std::sync::LazyLock;

use regex::Regex;

use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("time-form", Run::Paragraph(run), &[])];

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\d{1,2})(?::(\d\d))?(?::\d\d)?([ \u{a0}\u{202f}\u{2009}]?)([AaPp])(\.?) ?[Mm]\b(\.?)").ok()
});

/// Adds a hit for each time of day with `am` or `pm` in another form than “7 p.m.”.
///
/// Zeros of a full hour go in the same step, so that nothing is left to say of the time. Those of a time that is written well
/// otherwise are the business of another rule.
pub(super) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let text = &*read.paragraph.text;
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || !text.contains(['m', 'M']) {
        return;
    }
    let Some(pattern) = LazyLock::force(&TIME) else { return };
    for found in pattern.captures_iter(text) {
        let (Some(whole), Some(hour), Some(half)) = (found.get(0), found.get(1), found.get(4)) else { continue };
        // A part of something longer: `8:09:56 PM`, `4.30 am`, `1230 AM`, `$5am`.
        let before = text[..whole.start()].chars().next_back();
        let longer =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '$' | '£' | '€' | '#' | '/' | '_'));
        let seconds = whole.as_str().matches(':').count() > 1;
        if longer || seconds || !hour.as_str().parse::<u8>().is_ok_and(|hour| (1..=12).contains(&hour)) {
            continue;
        }
        let minutes = found.get(2).map(|minutes| minutes.as_str());
        if minutes.is_some_and(|minutes| minutes > "59") {
            continue;
        }
        let half = half.as_str().to_ascii_lowercase();
        let written = |minutes: Option<&str>| match minutes {
            Some(minutes) => format!("{}:{minutes} {half}.m.", hour.as_str()),
            None => format!("{} {half}.m.", hour.as_str()),
        };
        // A no-break space before the half of the day is as good as any.
        if whole.as_str().replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ") == written(minutes) {
            continue;
        }
        let right = written(minutes.filter(|minutes| *minutes != "00"));
        let passage = Passage::new(0, Span::new(whole.start(), whole.end()));
        let hit = Hit::at(passage).arg("found", whole.as_str()).arg("use", format!("“{right}”"));
        out.push(hit.replace(passage, right, rule.fix));
    }
}
