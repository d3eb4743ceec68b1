//! `clock-length`: “from 7 p.m. to 9 p.m., 90 minutes in all”, which is two hours.

use crate::prose::Passage;
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Count, Form, TimeExpression, Unit};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("clock-length", Run::Local(run), &[])];

const MINUTES_OF_HOUR: u32 = 60;
const MINUTES_OF_DAY: u32 = 24 * MINUTES_OF_HOUR;

/// Adds a hit for each length of time that is told right behind two times of day and is not the time between them.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for (index, pair) in window.times.windows(2).enumerate() {
        let [first, last] = pair else { continue };
        let (Some(from), Some(to)) = (minutes(window, first), minutes(window, last)) else { continue };
        if !matches!(
            window.between(first.passage, last.passage),
            Some(" to " | " until " | "-" | "–" | " - " | " – " | " and ")
        ) {
            continue;
        }
        // The day may be between: “from 7 p.m. to 9 p.m. Monday, 90 minutes in all”.
        let behind = window.times.iter().skip(index + 2).take(2);
        let Some((length, said)) = behind.into_iter().find_map(|time| Some((time, length(window, time)?))) else {
            continue;
        };
        if !is_apposition(window, last, length) {
            continue;
        }
        let real = (to + MINUTES_OF_DAY - from) % MINUTES_OF_DAY;
        if real == 0 || fits(window.slice(length.passage), said, real) {
            continue;
        }
        let range = Passage { span: first.passage.span.to(last.passage.span), ..first.passage };
        out.push(
            Hit::at(length.passage)
                .arg("found", window.slice(length.passage))
                .arg("range", window.slice(range))
                .arg("real", in_words(real))
                .related(range, "counted over these hours"),
        );
    }
}

/// Whether a length of `said` minutes, with the words before it, may be told of one that is really `real` minutes long.
fn fits(written: &str, said: u32, real: u32) -> bool {
    let low = written.to_lowercase();
    let opens = |words: &[&str]| words.iter().any(|word| low.starts_with(word));
    let near = said / 4;
    match () {
        () if opens(&["more than", "over", "at least"]) => (said..said + near + MINUTES_OF_HOUR / 2).contains(&real),
        () if opens(&["almost", "nearly", "less than", "under", "at most"]) => (said - near..=said).contains(&real),
        () if opens(&["about", "around", "roughly", "some", "approximately"]) => real.abs_diff(said) <= near,
        () => real == said,
    }
}

/// Minutes since midnight.
fn minutes(window: &Window, time: &TimeExpression) -> Option<u32> {
    let Form::Clock(hour, minute) = window.expression(time)?.form else { return None };
    Some(u32::from(hour) % 24 * MINUTES_OF_HOUR + u32::from(minute.unwrap_or(0)))
}

/// A length in minutes.
fn length(window: &Window, time: &TimeExpression) -> Option<u32> {
    match window.expression(time)?.form {
        Form::Duration(Count::Exact(number), Unit::Minute) => Some(number),
        Form::Duration(Count::Exact(number), Unit::Hour) => number.checked_mul(MINUTES_OF_HOUR),
        Form::Duration(Count::AndHalf(number), Unit::Hour) => {
            Some(number.checked_mul(MINUTES_OF_HOUR)? + MINUTES_OF_HOUR / 2)
        }
        _ => None,
    }
}

/// Whether the length is told of the two times: set off by a comma or bracket, with at most a day between, and with
/// `in all` or its like, or the end of the clause, behind it.
fn is_apposition(window: &Window, last: &TimeExpression, length: &TimeExpression) -> bool {
    let Some(between) = window.between(last.passage, length.passage) else { return false };
    let set_off = [", ", " ("].iter().any(|mark| between.ends_with(mark));
    let paragraph = window.paragraph(length.passage.paragraph());
    let after = paragraph.text.get(length.passage.span.end()..).unwrap_or_default().trim_start();
    let total = ["in all", "in total", "altogether", "."].iter().any(|end| after.starts_with(end))
        || after.starts_with(')') && between.ends_with('(');
    set_off && total && between.split_whitespace().count() <= 3 && !between.contains(['.', ';'])
}

/// `2 hours`, `90 minutes`, `1 hour 30 minutes`.
fn in_words(minutes: u32) -> String {
    let (hours, rest) = (minutes / MINUTES_OF_HOUR, minutes % MINUTES_OF_HOUR);
    let unit = |number: u32, name: &str| format!("{number} {name}{}", if number == 1 { "" } else { "s" });
    match (hours, rest) {
        (0, rest) => unit(rest, "minute"),
        (hours, 0) => unit(hours, "hour"),
        (hours, rest) => format!("{} {}", unit(hours, "hour"), unit(rest, "minute")),
    }
}
