//! Time expressions: what they say, and which days they stand for.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Published, Read};
use crate::prose::{Paragraph, Passage};

/// What a paragraph says of time by itself.
#[derive(Debug, Default)]
pub struct Local {}

/// What kind of time expression it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// `Feb. 20, 2018`, `2018-02-20`, `20 February`, `the 20th`.
    Date,
    /// `Monday`, `on Friday`.
    Weekday,
    /// `yesterday`, `last month`, `two years ago`, `this week`.
    Relative,
    /// `2018`, `February 2018`, `late December`, `the 1990s`, `the 19th century`.
    Period,
    /// `this summer`, `fall 2017`.
    Season,
    /// `from May 2 to 5`, `1990-95`.
    Range,
    /// `three days`, `a decade`: a length of time, with no place in the calendar.
    Duration,
    /// `every Monday`, `weekly`.
    Repeated,
    /// `8 p.m.`, `noon`.
    Clock,
    /// `recently`, `in the coming weeks`.
    Vague,
}

/// The tense of the clause around a time expression, by which weekdays and months are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// `met`, `has met`.
    Past,
    /// `meets`, `is meeting`.
    Present,
    /// `will meet`, `is to meet`, `is scheduled to meet`.
    Future,
    /// Not clear.
    Unknown,
}

/// A stretch of text that names a time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands, without the preposition before it.
    pub passage: Passage,
    /// What kind it is.
    pub kind: TimeKind,
    /// TIMEX3 value (TimeML 1.2.1; ISO 8601 with its extensions): `2018-02-20`, `2018-W07`, `2017-12`, `P3D`, `198`.
    pub value: Option<String>,
    /// First day it covers, when it is known.
    pub from: Option<Date>,
    /// Last day it covers (inclusive), when it is known.
    pub to: Option<Date>,
    /// The tense of its clause.
    pub tense: Tense,
    /// Whether it was resolved against the publication date.
    pub depends_on_published: bool,
    /// In words, what the resolution took for granted, such as “published 2018-02-12 (--date); past tense, so the Sunday before”.
    pub assumed: Option<String>,
    /// Other readings, when the text allows more than one.
    pub alternatives: Vec<(Date, Date)>,
}

/// What a paragraph says of time by itself.
pub fn read(_paragraph: &Paragraph) -> Local {
    Local::default()
}

/// Resolves the time expressions of the story.
pub fn link(_paragraphs: &[Arc<Read>], _published: Option<&Published>) -> Vec<TimeExpression> {
    Vec::new()
}
