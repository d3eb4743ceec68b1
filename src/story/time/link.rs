//! The days that time expressions stand for, once the whole story is known; and linking them again after an edit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::place::day_value;
use super::{DateOrder, Expression, Form, Start, Tense, TimeExpression, TimeKind, Which, Written, YearRef, resolve};
use crate::prose::{Paragraph, Passage};
use crate::story::{ParagraphFacts, ParagraphShift, Published, place_of};
use crate::text::Span;

/// How many paragraphs behind an edited one are resolved again before it is better to resolve all of them.
const MOST_AGAIN: usize = 200;

/// Resolves the time expressions of the story.
pub(in crate::story) fn link(
    paragraphs: &[Arc<ParagraphFacts>],
    published: Option<&Published>,
    last: &mut LinkedTimes,
) -> Vec<TimeExpression> {
    last.tally =
        paragraphs.iter().flat_map(|read| &read.times.expressions).fold(TimeCounts::default(), |mut tally, each| {
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
    let mut resolver = resolve::Resolver::new(published, by.history, by.narrative);
    let mut times = Vec::new();
    for (index, read) in paragraphs.iter().enumerate() {
        resolver.next_paragraph();
        if read.times.expressions.is_empty() {
            last.paragraphs.push(None);
            continue;
        }
        let memory = resolver.memory();
        // An edit leaves what is before it and after it as it was, so it is looked for from both ends.
        let from_end = if grown { index.checked_sub(shift) } else { index.checked_add(shift) };
        let is_same = |kept: &&mut Option<LinkedParagraph>| {
            kept.as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.read, read) && kept.before == memory)
        };
        let places = [Some(index), from_end];
        let place = places.into_iter().flatten().find(|&at| before.get_mut(at).as_ref().is_some_and(is_same));
        let kept = place.and_then(|at| before.get_mut(at)?.take());
        let kept = kept.unwrap_or_else(|| LinkedParagraph::new(read, (by.ancient, by.order), &mut resolver));
        resolver.recall(kept.after);
        times.extend(kept.in_paragraph(index));
        last.paragraphs.push(Some(kept));
    }
    last.by = Some(by);
    join_ranges(paragraphs, &mut times, 0);
    mark_again(&mut times);
    times
}

/// Resolves the time expressions again after an edit of the paragraphs `edited`, which were `before` so. Gives the paragraphs whose
/// expressions were resolved; `None` when it is better to resolve all of them.
pub(in crate::story) fn follow(
    times: &mut Vec<TimeExpression>,
    last: &mut LinkedTimes,
    paragraphs: &[Arc<ParagraphFacts>],
    published: Option<&Published>,
    edited: Range<usize>,
    before: &[Arc<ParagraphFacts>],
) -> Option<Range<usize>> {
    let now = paragraphs.get(edited.clone())?;
    before.iter().flat_map(|read| &read.times.expressions).for_each(|each| last.tally.count(each, -1));
    now.iter().flat_map(|read| &read.times.expressions).for_each(|each| last.tally.count(each, 1));
    let by = last.tally.says(published);
    let same = last.by.as_ref().is_some_and(|last| last.is_like(&by));
    if !same {
        return None;
    }
    let (ancient, history, narrative, order) = (by.ancient, by.history, by.narrative, by.order);
    last.by = Some(by);
    let mut resolver = resolve::Resolver::new(published, history, narrative);
    if let Some(kept) = last.paragraphs.get(..edited.start)?.iter().rev().flatten().next() {
        resolver.recall(kept.after);
    }
    let mut found = Vec::new();
    let mut end = edited.end;
    for (index, read) in paragraphs.iter().enumerate().skip(edited.start) {
        resolver.next_paragraph();
        let memory = resolver.memory();
        let kept = last.paragraphs.get_mut(index)?;
        if index >= edited.end && kept.as_ref().is_some_and(|kept| kept.before == memory) {
            break;
        }
        if index >= edited.end + MOST_AGAIN {
            return None;
        }
        if read.times.expressions.is_empty() {
            *kept = None;
            continue;
        }
        let linked = LinkedParagraph::new(read, (ancient, order), &mut resolver);
        found.extend(linked.in_paragraph(index));
        *kept = Some(linked);
        end = end.max(index + 1);
    }
    let part = edited.start..end;
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

/// Marks the days that the story named before.
fn mark_again(times: &mut [TimeExpression]) {
    let mut named: FxHashSet<(Date, Date)> = FxHashSet::default();
    for time in times {
        time.again = match (time.from, time.to) {
            // The time of day has the day of the expression behind it.
            (Some(from), Some(to)) if !time.quoted && time.kind != TimeKind::Clock => !named.insert((from, to)),
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
pub struct LinkedTimes {
    tally: TimeCounts,
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
    /// It tells mostly of old years, beside what happens now: a day without a year is of the old year that was named last,
    /// where nothing later was named since.
    narrative: bool,
    /// In which order its dates in figures have month and day, where those that read only one way say so.
    order: Option<DateOrder>,
}

impl Says {
    /// Whether times are resolved as under `other`: where the publication date is does not matter.
    fn is_like(&self, other: &Self) -> bool {
        let date = |says: &Self| says.published.as_ref().map(|published| (published.date, published.origin));
        date(self) == date(other)
            && (self.ancient, self.history, self.narrative, self.order)
                == (other.ancient, other.history, other.narrative, other.order)
    }
}

/// Counts of the story's time expressions.
#[derive(Debug, Default)]
struct TimeCounts {
    /// Firm years B.C.
    ancient: i64,
    /// Years written in full.
    years: BTreeMap<i16, i64>,
    /// Dates in figures that can only be read with the month first, and only with the day first.
    figures: [i64; 2],
    /// Weekdays, `yesterday` and their like.
    near: i64,
    /// `last month` and its like, which count as near when there is a publication date.
    periods: i64,
}

impl TimeCounts {
    fn count(&mut self, expression: &Expression, by: i64) {
        match expression.written.figures {
            Some(DateOrder::MonthFirst) => self.figures[0] += by,
            Some(DateOrder::DayFirst) => self.figures[1] += by,
            None => {}
        }
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
        // A date of publication that is given is not overruled by the few old years a news story names.
        let dated = published.is_some_and(|published| resolve::is_explicit(published.origin));
        let tells_history = old >= 5 && old > 2 * new && old > 3 * near;
        let history = tells_history && (!dated || near == 0 || old >= 12 && old > 8 * near);
        let narrative = !history && old >= 8 && old > 4 * new && old > near;
        let order = match self.figures {
            [0, day] if day > 0 => Some(DateOrder::DayFirst),
            [month, 0] if month > 0 => Some(DateOrder::MonthFirst),
            _ => None,
        };
        Says { published: published.cloned(), ancient: self.ancient > 0, history, narrative, order }
    }
}

#[derive(Debug)]
struct LinkedParagraph {
    read: Arc<ParagraphFacts>,
    before: resolve::Memory,
    after: resolve::Memory,
    /// As if the paragraph were the first.
    found: Vec<TimeExpression>,
}

impl LinkedTimes {
    /// Gives paragraphs the numbers that they have now.
    pub(in crate::story) fn renumber(&mut self, shift: &ParagraphShift) {
        self.paragraphs.splice(shift.part_before(), shift.part().map(|_| None));
    }
}

impl LinkedParagraph {
    fn new(
        read: &Arc<ParagraphFacts>,
        (ancient, order): (bool, Option<DateOrder>),
        resolver: &mut resolve::Resolver,
    ) -> Self {
        let before = resolver.memory();
        let found = link_paragraph(read, ancient, order, resolver);
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

fn link_paragraph(
    read: &ParagraphFacts,
    ancient: bool,
    order_of_figures: Option<DateOrder>,
    resolver: &mut resolve::Resolver,
) -> Vec<TimeExpression> {
    let expressions = &read.times.expressions;
    let strong = expressions.iter().enumerate().filter(|(_, expression)| ancient || !expression.weak);
    let mut last: Option<Date> = None;
    let link = |(number, expression): (usize, &Expression)| {
        let dated =
            with_year_behind(&read.paragraph, expressions, number).or_else(|| in_order(expression, order_of_figures));
        let placed = weekday_behind(&read.paragraph, expressions, number, last)
            .filter(|&(day, is_range)| is_range || expression.tense != Tense::Past || !resolver.is_ahead(day))
            .map(|(day, _)| on_day(expression, day));
        let mut resolved = resolver.next(placed.as_ref().or(dated.as_ref()).unwrap_or(expression));
        if placed.is_some() {
            resolved.assumed = Some("the first one after the day before it".to_owned());
        }
        last = resolved.days.filter(|(from, to)| from == to).map(|(from, _)| from);
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
            quoted: read.quotes.around(expression.span).is_some(),
            again: false,
            until: None,
        }
    };
    let mut found: Vec<TimeExpression> = strong.map(link).collect();
    for index in (1..found.len()).rev() {
        give_day_behind(&read.paragraph, &mut found, index);
    }
    found
}

/// Gives the clock time before expression number `index` the day that it names: `5 p.m. on Monday`.
fn give_day_behind(paragraph: &Paragraph, found: &mut [TimeExpression], index: usize) {
    let (Some(clock), Some(day)) = (found.get(index - 1), found.get(index)) else { return };
    if clock.kind != TimeKind::Clock || day.from.is_none() || day.from != day.to {
        return;
    }
    // “10:35 a.m. (0735 GMT) Friday”: the same time elsewhere.
    let link = between(paragraph, clock.passage.span, day.passage.span);
    let fits = match day.kind {
        TimeKind::Clock => link == "(",
        _ => matches!(link, "" | "on" | "," | ")" | ") on" | "),"),
    };
    if !fits {
        return;
    }
    let (from, to, assumed, depends) = (day.from, day.to, day.assumed.clone(), day.depends_on_published);
    let Some(clock) = found.get_mut(index - 1) else { return };
    let time = clock.value.as_deref().and_then(|value| value.split_once('T')).map(|(_, time)| time.to_owned());
    if let (Some(time), Some(date)) = (time, from) {
        clock.value = Some(format!("{}T{time}", day_value(date)));
        (clock.from, clock.to, clock.assumed, clock.depends_on_published) = (from, to, assumed, depends);
    }
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

/// A date in figures that reads two ways, in the order in which the story writes its other ones.
fn in_order(expression: &Expression, order: Option<DateOrder>) -> Option<Expression> {
    let (month, day) = expression.written.swapped?;
    let mut ordered = expression.clone();
    ordered.written.swapped = None;
    // It was read with the month first.
    if order? == DateOrder::DayFirst {
        match &mut ordered.form {
            Form::Calendar { month: read_month, day: read_day, .. } => {
                (*read_month, *read_day) = (Some(month), Some(day))
            }
            _ => return None,
        }
    }
    Some(ordered)
}

/// The day of expression number `index`, a weekday that ends a range or a row that starts with the day `last`, and whether
/// it is a range: `from Friday to Sunday`, `Monday and Tuesday`.
fn weekday_behind(
    paragraph: &Paragraph,
    expressions: &[Expression],
    index: usize,
    last: Option<Date>,
) -> Option<(Date, bool)> {
    let expression = expressions.get(index)?;
    let Form::Weekday(weekday, None) = expression.form else { return None };
    let before = expressions.get(index.checked_sub(1)?)?;
    if !matches!(before.form, Form::Weekday(..) | Form::WeekdayOf(..) | Form::Calendar { day: Some(_), .. }) {
        return None;
    }
    let link = between(paragraph, before.span, expression.span);
    if !matches!(link, "to" | "through" | "until" | "till" | "-" | "–" | "and") {
        return None;
    }
    Some((resolve::weekday_behind(last?, weekday)?, link != "and"))
}

/// `expression` as if it named this day.
fn on_day(expression: &Expression, day: Date) -> Expression {
    let mut placed = expression.clone();
    placed.form = Form::Calendar {
        year: Some(YearRef::Written(day.year())),
        month: Some(day.month() as u8),
        day: Some(day.day() as u8),
        which: None,
    };
    placed
}

/// The text between two spans, without white space; empty when they are far apart.
fn between(paragraph: &Paragraph, first: Span, next: Span) -> &str {
    if next.start < first.end || next.start - first.end > 12 {
        return "";
    }
    paragraph.slice(Span { start: first.end, end: next.start }).trim()
}

/// Finds the pairs of whole dates that are the ends of a range. The first of `times` is number `base` of the story's.
fn join_ranges(paragraphs: &[Arc<ParagraphFacts>], times: &mut [TimeExpression], base: usize) {
    for index in 1..times.len() {
        let (Some(first), Some(last)) = (times.get(index - 1), times.get(index)) else { continue };
        let placed = |t: &TimeExpression| t.from.is_some();
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
            Form::Calendar { year: Some(YearRef::Written(year)), .. } => return Some(*year),
            Form::Season(_, Some(YearRef::Written(year)), _) => return Some(*year),
            _ => return None,
        }
    }
}
