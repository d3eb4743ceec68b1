//! Time expressions: what they say, and which days they stand for.
//!
//! `atoms` cuts a paragraph's tokens into pieces, `lexicon` says what each piece can do, `recognise` (with
//! `calendar`, `figures`, `years`, `parts`, `relative` and `clock`) finds the expressions and says what they say as a [`Form`], `tense` finds the tense of the clause, and
//! `resolve` places each form in the calendar once the whole story is known.

mod atoms;
mod calendar;
mod clock;
mod figures;
mod form;
mod holiday;
mod lexicon;
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

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::openers::Openers;
use super::{Published, Read, place_of};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::text::Span;

pub use form::{
    Count, DayPart, Direction, Form, Portion, Season, Start, Unit, Which, Written, WrittenName, WrittenNumber, YearRef,
};
pub use holiday::Holiday;

/// What a paragraph says of time by itself.
#[derive(Debug, Default)]
pub struct Local {
    /// In order; they do not overlap.
    pub expressions: Vec<Expression>,
}

/// A time expression as read, before it is placed in the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Bytes of the paragraph's prose, without a preposition before it (`from` and `between` belong to a range, and `in`
    /// to `in two weeks`, which it makes a point in time).
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
    /// Where it stands, without the preposition before it.
    pub passage: Passage,
    /// Index of the [`Expression`] in its paragraph's [`Local::expressions`], for the parts as written.
    pub expression: usize,
    /// What kind it is.
    pub kind: TimeKind,
    /// TIMEX3 value (TimeML 1.2.1; ISO 8601 with its extensions): `2018-02-20`, `2018-W07`, `2017-12`, `P3D`, `198`.
    /// A range is an ISO 8601 interval, `2018-05-02/2018-05-05`; years B.C. are `BC0480`.
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
    /// It stands between quotation marks.
    pub quoted: bool,
    /// The story named the very same days before, outside quotes.
    pub again: bool,
    /// Index, in the story's expressions, of the one that ends the range this one opens: `from May 2 to June 5`. Ranges
    /// in which one end is not a whole date, such as `May 2-5`, are one expression of kind [`TimeKind::Range`].
    pub until: Option<usize>,
}

/// The words that times are made of, in lower case and without a point.
pub(super) fn openers() -> impl Iterator<Item = &'static str> {
    lexicon::words()
}

/// The words, in lower case, by which names of days such as `Labor Day` start.
pub(super) fn first_words_of_named_days() -> impl Iterator<Item = &'static str> {
    holiday::first_words()
}

/// What a paragraph says of time by itself.
pub(super) fn read(paragraph: &Paragraph, openers: &Openers) -> Local {
    let text = text::Text::new(paragraph, openers);
    let expressions = recognise::all(&text)
        .into_iter()
        .map(|(at, found)| {
            let token = |atom: usize| text.atoms.get(atom).map_or(0, |a| a.token as usize);
            let (first, last) = (token(at), token(found.end.saturating_sub(1)));
            Expression {
                span: text.span(at, found.end),
                kind: kind(&found.form),
                tense: tense::around(paragraph, first, last),
                form: found.form,
                written: found.written,
                preposition: preposition(paragraph, first),
                opens_sentence: first == 0 || opens_sentence(paragraph, first),
                weak: found.weak,
            }
        })
        .collect();
    Local { expressions }
}

fn opens_sentence(paragraph: &Paragraph, token: usize) -> bool {
    let start = paragraph.tokens.get(token).map_or(0, |t| t.span.start);
    let sentence = paragraph.sentence_at(start).and_then(|s| paragraph.sentences.get(s));
    sentence.is_some_and(|s| s.first as usize == token)
}

fn preposition(paragraph: &Paragraph, token: usize) -> Option<Span> {
    let before = token.checked_sub(1)?;
    let word = paragraph.tokens.get(before).filter(|t| t.kind == TokenKind::Word)?;
    matches!(
        paragraph.low(before),
        "in" | "on"
            | "at"
            | "by"
            | "since"
            | "until"
            | "till"
            | "from"
            | "to"
            | "before"
            | "after"
            | "during"
            | "through"
            | "throughout"
            | "of"
            | "for"
            | "between"
            | "within"
            | "around"
            | "about"
            | "over"
            | "into"
    )
    .then_some(word.span)
}

fn kind(form: &Form) -> TimeKind {
    match form {
        Form::Calendar { day: Some(_), .. } | Form::Holiday(..) => TimeKind::Date,
        Form::Calendar { .. } | Form::Decade(..) | Form::Century(..) | Form::Fraction(..) => TimeKind::Period,
        Form::Piece(..) | Form::WeekOf(_) => TimeKind::Period,
        Form::Season(..) => TimeKind::Season,
        Form::Weekday(..) | Form::WeekdayOf(..) => TimeKind::Weekday,
        Form::Day(_) | Form::Period(..) | Form::Stretch(Count::Exact(_), ..) => TimeKind::Relative,
        Form::Offset(..) => TimeKind::Relative,
        Form::Stretch(..) | Form::Vague(_) => TimeKind::Vague,
        Form::Duration(..) => TimeKind::Duration,
        Form::Every(_) | Form::EveryWeekday(_) => TimeKind::Repeated,
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
        Form::Range(..) => TimeKind::Range,
    }
}

/// Resolves the time expressions of the story.
pub fn link(paragraphs: &[Arc<Read>], published: Option<&Published>, last: &mut Linked) -> Vec<TimeExpression> {
    last.tally =
        paragraphs.iter().flat_map(|read| &read.times.expressions).fold(Tally::default(), |mut tally, each| {
            tally.count(each, 1);
            tally
        });
    let by = last.tally.says(published);
    let mut before = std::mem::take(&mut last.paragraphs);
    if last.by.as_ref() != Some(&by) {
        before.clear();
    }
    let shift = paragraphs.len().abs_diff(before.len());
    let grown = paragraphs.len() >= before.len();
    let mut resolver = resolve::Resolver::new(published, by.history);
    let mut times = Vec::new();
    for (index, read) in paragraphs.iter().enumerate() {
        resolver.next_paragraph();
        if read.times.expressions.is_empty() {
            last.paragraphs.push(None);
            continue;
        }
        let memory = resolver.memory();
        // An edit leaves what stands before it and after it as it was, so it is looked for from both ends.
        let from_end = if grown { index.checked_sub(shift) } else { index.checked_add(shift) };
        let is_same = |kept: &&mut Option<LinkedParagraph>| {
            kept.as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.read, read) && kept.before == memory)
        };
        let places = [Some(index), from_end];
        let place = places.into_iter().flatten().find(|&at| before.get_mut(at).as_ref().is_some_and(is_same));
        let kept = place.and_then(|at| before.get_mut(at)?.take());
        let kept = kept.unwrap_or_else(|| LinkedParagraph::new(read, by.ancient, &mut resolver));
        resolver.recall(kept.after);
        times.extend(kept.in_paragraph(index));
        last.paragraphs.push(Some(kept));
    }
    last.by = Some(by);
    join_ranges(paragraphs, &mut times, 0);
    mark_again(&mut times);
    times
}

/// Resolves the time expressions again after an edit in paragraph number `edited`. Gives the paragraphs whose expressions
/// were resolved; `None` when it is better to resolve all of them.
pub(super) fn follow(
    times: &mut Vec<TimeExpression>,
    last: &mut Linked,
    paragraphs: &[Arc<Read>],
    published: Option<&Published>,
    edited: usize,
    before: &Read,
) -> Option<Range<usize>> {
    let now = paragraphs.get(edited)?;
    before.times.expressions.iter().for_each(|each| last.tally.count(each, -1));
    now.times.expressions.iter().for_each(|each| last.tally.count(each, 1));
    let by = last.tally.says(published);
    let same = last.by.as_ref().is_some_and(|last| last.is_like(&by));
    if !same {
        return None;
    }
    let (ancient, history) = (by.ancient, by.history);
    last.by = Some(by);
    let mut resolver = resolve::Resolver::new(published, history);
    if let Some(kept) = last.paragraphs.get(..edited)?.iter().rev().flatten().next() {
        resolver.recall(kept.after);
    }
    let mut found = Vec::new();
    let mut end = edited;
    for (index, read) in paragraphs.iter().enumerate().skip(edited) {
        resolver.next_paragraph();
        let memory = resolver.memory();
        let kept = last.paragraphs.get_mut(index)?;
        if index > edited && kept.as_ref().is_some_and(|kept| kept.before == memory) {
            break;
        }
        if index > edited + MOST_AGAIN {
            return None;
        }
        if read.times.expressions.is_empty() {
            *kept = None;
            continue;
        }
        let linked = LinkedParagraph::new(read, ancient, &mut resolver);
        found.extend(linked.in_paragraph(index));
        *kept = Some(linked);
        end = index + 1;
    }
    let part = edited..end.max(edited + 1);
    let place = place_of(times, &part, |time| time.passage);
    join_ranges(paragraphs, &mut found, place.start);
    let old = times.get(place.clone())?;
    let days = |times: &[TimeExpression]| times.iter().map(|t| (t.quoted, t.from, t.to)).collect::<Vec<_>>();
    let same_days = days(old) == days(&found);
    if same_days {
        found.iter_mut().zip(old).for_each(|(new, old)| new.again = old.again);
    }
    let (more, fewer) = (found.len(), old.len());
    let behind = place.start + more;
    times.splice(place.clone(), found);
    if more != fewer {
        for until in times.get_mut(behind..)?.iter_mut().filter_map(|time| time.until.as_mut()) {
            *until = *until + more - fewer;
        }
    }
    // A day that is named here no more, or now, makes later mentions of it first or later ones.
    if !same_days {
        let others = |times: &[TimeExpression]| {
            let outside = times.iter().filter(|time| !part.contains(&time.passage.paragraph()));
            outside.map(|time| time.again).collect::<Vec<_>>()
        };
        let before = others(times);
        mark_again(times);
        if others(times) != before {
            return None;
        }
    }
    Some(part)
}

/// How many paragraphs behind an edited one are resolved again before it is better to resolve all of them.
const MOST_AGAIN: usize = 200;

/// Marks the days that the story named before.
fn mark_again(times: &mut [TimeExpression]) {
    let mut named: FxHashSet<(Date, Date)> = FxHashSet::default();
    for time in times {
        time.again = match (time.from, time.to) {
            (Some(from), Some(to)) if !time.quoted => !named.insert((from, to)),
            _ => false,
        };
    }
}

fn order(written: &Written) -> Option<DateOrder> {
    let (month, day) = (written.month?, written.day?);
    Some(if month.span < day.span { DateOrder::MonthFirst } else { DateOrder::DayFirst })
}

/// What was linked last, so that linking nearly the same story again costs little. It changes no result: a paragraph's
/// expressions depend on the paragraph, on what the whole story says of history, and on what came before, which is all
/// compared.
#[derive(Debug, Default)]
pub struct Linked {
    tally: Tally,
    by: Option<Says>,
    /// One for each paragraph; `None` for one that names no time.
    paragraphs: Vec<Option<LinkedParagraph>>,
}

/// What the whole story says, on which each of its times depends.
#[derive(Debug, PartialEq)]
struct Says {
    published: Option<Published>,
    ancient: bool,
    history: bool,
}

impl Says {
    /// Whether times are resolved as under `other`: where the publication date stands does not matter.
    fn is_like(&self, other: &Self) -> bool {
        let date = |says: &Self| says.published.as_ref().map(|published| (published.date, published.origin));
        date(self) == date(other) && self.ancient == other.ancient && self.history == other.history
    }
}

/// Counts of the story's time expressions.
#[derive(Debug, Default)]
struct Tally {
    /// Firm years B.C.
    ancient: i64,
    /// Years written in full.
    years: BTreeMap<i16, i64>,
    /// Weekdays, `yesterday` and their like.
    near: i64,
    /// `last month` and its like, which count as near when there is a publication date.
    periods: i64,
}

impl Tally {
    fn count(&mut self, expression: &Expression, by: i64) {
        match year_written(expression) {
            Some(year) => {
                self.ancient += if !expression.weak && year <= 0 { by } else { 0 };
                *self.years.entry(year).or_default() += by;
            }
            None if expression.weak => {}
            None => match expression.form {
                Form::Weekday(_, _) | Form::Day(_) | Form::Offset(_, _, _, Start::Published) => self.near += by,
                Form::Period(_, Which::Last | Which::This | Which::Next) => self.periods += by,
                _ => {}
            },
        }
    }

    fn says(&self, published: Option<&Published>) -> Says {
        let limit = published.map_or(i16::MAX, |p| p.date.year());
        let old: i64 = self.years.range(..limit).map(|(_, count)| count).sum();
        let new: i64 = self.years.range(limit..).map(|(_, count)| count).sum();
        let near = self.near + if published.is_some() { self.periods } else { 0 };
        // Whether the text's own dates, not the publication date, place its months and days: five or more written years,
        // most of them well before publication, and hardly a weekday or `yesterday`, as in encyclopedic copy.
        let history = old >= 5 && old > 2 * new && old > 3 * near;
        Says { published: published.cloned(), ancient: self.ancient > 0, history }
    }
}

#[derive(Debug)]
struct LinkedParagraph {
    read: Arc<Read>,
    before: resolve::Memory,
    after: resolve::Memory,
    /// As if the paragraph were the first.
    found: Vec<TimeExpression>,
}

impl LinkedParagraph {
    fn new(read: &Arc<Read>, ancient: bool, resolver: &mut resolve::Resolver) -> Self {
        let before = resolver.memory();
        let found = link_paragraph(read, ancient, resolver);
        Self { read: Arc::clone(read), before, after: resolver.memory(), found }
    }

    /// Its expressions in paragraph number `index`.
    fn in_paragraph(&self, index: usize) -> impl Iterator<Item = TimeExpression> {
        let numbered = move |time: &TimeExpression| TimeExpression {
            passage: Passage { paragraph: index as u32, ..time.passage },
            ..time.clone()
        };
        self.found.iter().map(numbered)
    }
}

fn link_paragraph(read: &Read, ancient: bool, resolver: &mut resolve::Resolver) -> Vec<TimeExpression> {
    let expressions = &read.times.expressions;
    let strong = expressions.iter().enumerate().filter(|(_, expression)| ancient || !expression.weak);
    let link = |(number, expression): (usize, &Expression)| {
        let dated = with_year_behind(&read.paragraph, expressions, number);
        let resolved = resolver.next(dated.as_ref().unwrap_or(expression));
        TimeExpression {
            passage: Passage::new(0, expression.span),
            expression: number,
            kind: expression.kind,
            value: resolved.value,
            from: resolved.days.map(|(from, _)| from),
            to: resolved.days.map(|(_, to)| to),
            tense: expression.tense,
            depends_on_published: resolved.depends_on_published,
            assumed: resolved.assumed,
            alternatives: resolved.alternatives,
            impossible: resolved.impossible,
            order: order(&expression.written),
            quoted: read.quotes.quoted.iter().any(|quoted| quoted.inner.contains(expression.span)),
            again: false,
            until: None,
        }
    };
    strong.map(link).collect()
}

/// `expression` number `index` with the year written behind the next one, when the two are a pair: `April and June 1955`,
/// `from October to March 1960`.
fn with_year_behind(paragraph: &Paragraph, expressions: &[Expression], index: usize) -> Option<Expression> {
    let expression = expressions.get(index)?;
    let next = expressions.get(index + 1)?;
    let open = matches!(
        expression.form,
        Form::Calendar { year: None, month: Some(_), which: None, .. } | Form::Season(_, None, None)
    );
    if !open
        || !matches!(
            between(paragraph, expression.span, next.span),
            "to" | "-" | "–" | "and" | "or" | "through" | "until" | "till"
        )
    {
        return None;
    }
    let year = year_written(next)?;
    let mut dated = expression.clone();
    match (&mut dated.form, &next.form) {
        (Form::Calendar { year: slot, month, .. }, Form::Calendar { month: later, .. }) => {
            *slot =
                Some(YearRef::Written(if later.is_some() && *month > *later { year.saturating_sub(1) } else { year }));
        }
        (Form::Season(_, slot, _), _) => *slot = Some(YearRef::Written(year)),
        _ => return None,
    }
    Some(dated)
}

/// The text between two spans, without white space; empty when they are far apart.
fn between(paragraph: &Paragraph, first: Span, next: Span) -> &str {
    if next.start < first.end || next.start - first.end > 12 {
        return "";
    }
    paragraph.slice(Span { start: first.end, end: next.start }).trim()
}

/// Finds the pairs of whole dates that are the ends of a range. The first of `times` is number `base` of the story's.
fn join_ranges(paragraphs: &[Arc<Read>], times: &mut [TimeExpression], base: usize) {
    for index in 1..times.len() {
        let (Some(first), Some(last)) = (times.get(index - 1), times.get(index)) else { continue };
        let placed = |t: &TimeExpression| t.from.is_some() && t.kind != TimeKind::Range;
        if first.passage.paragraph != last.passage.paragraph || !placed(first) || !placed(last) || first.from > last.to
        {
            continue;
        }
        let Some(read) = paragraphs.get(first.passage.paragraph()) else { continue };
        let preposition = read.times.expressions.get(first.expression).and_then(|e| e.preposition);
        let before = preposition.map_or("", |span| read.paragraph.slice(span));
        let joined = match between(&read.paragraph, first.passage.span, last.passage.span) {
            "-" | "–" | "through" => true,
            "to" | "until" | "till" => first.kind == last.kind || before.eq_ignore_ascii_case("from"),
            "and" => before.eq_ignore_ascii_case("between"),
            _ => false,
        };
        if joined && let Some(first) = times.get_mut(index - 1) {
            first.until = Some(base + index);
        }
    }
}

/// The year that an expression writes in full; astronomical, so years B.C. are 0 or less.
fn year_written(expression: &Expression) -> Option<i16> {
    let mut form = &expression.form;
    loop {
        match form {
            Form::Portion(_, inner) | Form::Part(_, Some(inner)) | Form::Piece(.., inner) => form = inner,
            Form::Range(_, last) => form = last,
            Form::Calendar { year: Some(YearRef::Written(year)), .. } => return Some(*year),
            Form::Season(_, Some(YearRef::Written(year)), _) => return Some(*year),
            _ => return None,
        }
    }
}
