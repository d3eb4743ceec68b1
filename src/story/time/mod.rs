//! Time expressions: what they say, and which days they stand for.
//!
//! `atoms` cuts a paragraph's tokens into pieces, `lexicon` says what each piece can do, `recognise` (with
//! `calendar`, `figures`, `years`, `parts`, `relative` and `clock`) finds the expressions and says what they say as a [`Form`], `tense` finds the tense of the clause, and
//! `resolve` places each form in the calendar once the whole story is known.

mod atoms;
mod calendar;
mod clock;
mod counted;
mod figures;
mod form;
mod holiday;
mod lexicon;
mod link;
mod pairs;
mod parts;
mod place;
mod recognise;
mod relative;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod text;
mod years;

use jiff::civil::Date;

use super::trigger_words::{TriggerWords, Triggers};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::text::Span;

pub use form::{
    Count, DayPart, Direction, Form, Portion, Season, Start, Unit, Which, Written, WrittenName, WrittenNumber, YearRef,
};
pub use holiday::Holiday;
pub(super) use link::{LinkedTimes, follow, link};

/// What a paragraph says of time by itself.
#[derive(Debug, Default)]
pub struct LocalTimes {
    /// In order; they do not overlap.
    pub expressions: Vec<Expression>,
}

/// A time expression as read, before it is placed in the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Bytes of the paragraph's prose, without a preposition before it, save the `in` of `in two weeks`, which it makes a
    /// point in time.
    pub span: Span,
    /// What kind it is.
    pub kind: TimeKind,
    /// What it says.
    pub form: Form,
    /// The parts of a date as they are written.
    pub written: Written,
    /// The preposition right before it, such as `in` or `on`.
    pub preposition: Option<Span>,
    /// It is the first word of its sentence.
    pub opens_sentence: bool,
    /// The tense of its clause.
    pub tense: Tense,
    /// A finite verb says so: `cut 40 jobs in June`, not `goods bought in June will be replaced`.
    pub tense_is_sure: bool,
    /// It is among the first two words of its sentence: `In 1975, the mill`.
    leads: bool,
    /// A number that is a year only if the story speaks of years B.C. elsewhere; dropped by [`link`] otherwise.
    weak: bool,
}

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
    /// `three days`, `a decade`: a length of time, with no place in the calendar.
    Duration,
    /// `every Monday`, `weekly`.
    Repeated,
    /// `8 p.m.`, `noon`.
    Clock,
    /// `recently`, `in the coming weeks`.
    Vague,
}

/// In which order a date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `Feb. 11, 2018`, as US news writes.
    #[default]
    MonthFirst,
    /// `11 February 2018`.
    DayFirst,
}

impl DateOrder {
    /// The order most of these dates are in; the month comes first where there is none.
    pub fn most(times: &[TimeExpression]) -> Self {
        let count = |order: DateOrder| times.iter().filter(|time| time.order == Some(order)).count();
        if count(DateOrder::DayFirst) > count(DateOrder::MonthFirst) {
            DateOrder::DayFirst
        } else {
            DateOrder::MonthFirst
        }
    }
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
    /// Where it is, without the preposition before it.
    pub passage: Passage,
    /// Index of the [`Expression`] in its paragraph's [`LocalTimes::expressions`], for the parts as written.
    pub expression: usize,
    /// What kind it is.
    pub kind: TimeKind,
    /// TIMEX3 value (TimeML 1.2.1; ISO 8601 with its extensions): `2018-02-20`, `2018-W07`, `2017-12`, `P3D`, `198`.
    /// Years B.C. are `BC0480`.
    pub value: Option<String>,
    /// First day it covers, when it is known.
    pub from: Option<Date>,
    /// Last day it covers (inclusive), when it is known.
    pub to: Option<Date>,
    /// The tense of its clause.
    pub tense: Tense,
    /// Whether it was resolved against the publication date.
    pub depends_on_published: bool,
    /// In words, what the resolution took for granted, such as “published 2018-02-12 (given); past tense, so the Sunday before”.
    pub assumed: Option<String>,
    /// Other readings, when the text allows more than one: the other side for a bare weekday or month, the other order of
    /// an ambiguous date in figures, and the nearest day with the weekday that is written when weekday and date disagree.
    pub alternatives: Vec<(Date, Date)>,
    /// The day does not exist: `Feb. 30`, `Feb. 29, 2018`.
    pub impossible: bool,
    /// In which order it has its month and its day, when it has both.
    pub order: Option<DateOrder>,
    /// It is between quotation marks.
    pub quoted: bool,
    /// The story named the very same days before, outside quotes.
    pub again: bool,
    /// Index, in the story's expressions, of the one that ends the range this one opens: `from May 2 to June 5`, and
    /// `May 2-5`, whose ends are `May 2` and `5`.
    pub until: Option<usize>,
}

/// The words that times are made of, in lower case and without a point.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    lexicon::words()
}

/// The words, in lower case and without a point, of which each time expression has one, apart from numbers in figures and
/// names of days.
pub(super) fn anchors() -> impl Iterator<Item = &'static str> {
    lexicon::anchors()
}

/// The words, in lower case, by which names of days such as `Labor Day` start.
pub(super) fn first_words_of_named_days() -> impl Iterator<Item = &'static str> {
    holiday::first_words()
}

/// What a paragraph says of time by itself.
pub(super) fn read(paragraph: &Paragraph, triggers: &TriggerWords) -> LocalTimes {
    if !triggers.any_of(Triggers::TIME_ANCHOR | Triggers::NAMED_DAY) {
        return LocalTimes::default();
    }
    let text = text::AtomText::new(paragraph, triggers);
    let mut clock_before = None;
    let expressions = recognise::all(&text)
        .into_iter()
        .map(|(at, found)| {
            let token = |atom: usize| text.atoms.get(atom).map_or(0, |a| a.token as usize);
            let (first, last) = (token(at), token(found.end.saturating_sub(1)));
            // “until 9 a.m. Tuesday”: what is before the time of day governs the day, too.
            let governed = clock_before.filter(|(end, _)| *end == at).map_or(first, |(_, clock)| clock);
            clock_before = matches!(found.form, Form::Clock(..)).then_some((found.end, first));
            let ahead = tense::is_limit_ahead(paragraph, governed, last);
            let tense = tense::read(paragraph, governed, last);
            Expression {
                span: text.span(at, found.end),
                kind: kind(&found.form),
                tense: tense.tense,
                tense_is_sure: tense.is_sure,
                form: found.form,
                written: Written { ahead, ..found.written },
                preposition: preposition(paragraph, first),
                opens_sentence: paragraph.opens_sentence(first),
                leads: paragraph.opens_sentence(first) || first > 0 && paragraph.opens_sentence(first - 1),
                weak: found.weak,
            }
        })
        .collect();
    LocalTimes { expressions }
}

fn preposition(paragraph: &Paragraph, token: usize) -> Option<Span> {
    let before = token.checked_sub(1)?;
    let word = paragraph.tokens.get(before).filter(|t| t.kind == TokenKind::Word)?;
    crate::lexicon::time::PREPOSITIONS.contains(paragraph.low(before)).then_some(word.span)
}

fn kind(form: &Form) -> TimeKind {
    match form {
        Form::Calendar { day: Some(_), .. } | Form::Holiday(..) => TimeKind::Date,
        Form::Calendar { .. } | Form::Decade(..) | Form::Century(..) | Form::Fraction(..) => TimeKind::Period,
        Form::Piece(..) | Form::WeekOf(..) | Form::FiscalYear(_) => TimeKind::Period,
        Form::Season(..) => TimeKind::Season,
        Form::Weekday(..) | Form::WeekdayOf(..) | Form::NthWeekday(..) => TimeKind::Weekday,
        Form::DayOf(..) => TimeKind::Date,
        Form::Day(_) | Form::Period(..) | Form::Stretch(Count::Exact(_), ..) => TimeKind::Relative,
        Form::Offset(..) => TimeKind::Relative,
        Form::Stretch(..) | Form::Vague(_) => TimeKind::Vague,
        Form::Duration(..) => TimeKind::Duration,
        Form::Every(..) | Form::Each(_) => TimeKind::Repeated,
        Form::Clock(..) => TimeKind::Clock,
        Form::Part(_, Some(day)) => kind(day),
        Form::Part(_, None) => TimeKind::Clock,
        Form::Portion(_, inner) => match kind(inner) {
            TimeKind::Date => TimeKind::Date,
            TimeKind::Season => TimeKind::Season,
            TimeKind::Weekday => TimeKind::Weekday,
            TimeKind::Relative => TimeKind::Relative,
            _ => TimeKind::Period,
        },
    }
}
