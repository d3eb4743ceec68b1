//! Writing dates in the style of the story, for the fixes of date checks.

use jiff::civil::Date;

use crate::prose::Passage;
use crate::story::Story;
use crate::story::time::{Expression, TimeExpression};
pub(super) use crate::text::weekday_name as weekday;

/// How a story writes its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateStyle {
    /// `Feb. 11, 2018`: month before day, long months abbreviated, as US news writes.
    American,
    /// `11 February 2018`.
    British,
}

/// The months as US news style abbreviates them before a day; March to July are never abbreviated.
const AMERICAN_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The style most dates of the story are in; American when there is none.
pub(super) fn style(story: &Story) -> DateStyle {
    let (mut american, mut british) = (0, 0);
    for time in &story.times {
        let Some(written) = expression(story, time).map(|e| e.written) else { continue };
        if let (Some(month), Some(day)) = (written.month, written.day) {
            if month.span < day.span { american += 1 } else { british += 1 }
        }
    }
    if british > american { DateStyle::British } else { DateStyle::American }
}

/// The expression as read, with its parts.
pub(super) fn expression<'s>(story: &'s Story, time: &TimeExpression) -> Option<&'s Expression> {
    story.paragraphs.get(time.passage.paragraph())?.times.expressions.get(time.expression)
}

/// `Feb. 11` or `11 February`.
pub(super) fn day(date: Date, style: DateStyle) -> String {
    match style {
        DateStyle::American => format!("{} {}", abbreviated_month(date), date.day()),
        DateStyle::British => format!("{} {}", date.day(), month(date)),
    }
}

/// `Feb. 11, 2018` or `11 February 2018`.
pub(super) fn day_and_year(date: Date, style: DateStyle) -> String {
    match style {
        DateStyle::American => format!("{}, {}", day(date, style), date.year()),
        DateStyle::British => format!("{} {}", day(date, style), date.year()),
    }
}

/// `February`.
pub(super) fn month(date: Date) -> &'static str {
    MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default()
}

fn abbreviated_month(date: Date) -> &'static str {
    AMERICAN_MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default()
}

/// Whether `passage` lies inside quotation marks: relative dates in speech are the speaker's.
pub(super) fn is_quoted(story: &Story, passage: Passage) -> bool {
    story
        .paragraphs
        .get(passage.paragraph())
        .is_some_and(|read| read.quotes.quoted.iter().any(|quoted| quoted.inner.contains(passage.span)))
}
