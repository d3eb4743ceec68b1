//! `year-arithmetic`: “In 2012, eight years ago”, “a 12-year run, 1999-2009”, “the 20th anniversary of the 1996 fire”.

use jiff::civil::Date;

use crate::prose::{Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run};
use crate::story::Window;
use crate::story::time::{Count, Expression, Form, Start, TimeExpression, Unit};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("year-arithmetic", Run::Local(run), &[])];

/// Years are counted by calendar year, so one more or less may be right: 2012 and 2018 are five to seven years apart.
const SLACK: i32 = 1;

/// How many words may be between a span of years and the length said of it.
const NEAR_TOKENS: usize = 6;

/// A number of years, with the years between which they are counted.
pub(super) struct Years {
    /// Where the number is.
    pub at: Passage,
    /// The number.
    said: u32,
    /// The years, as the story gives them.
    pub from: i32,
    /// The later one.
    pub to: i32,
    /// Where the years are.
    beside: Passage,
    /// They are counted up to the publication date.
    to_published: bool,
}

impl Years {
    /// How many years there are between the two.
    pub fn real(&self) -> i32 {
        self.to - self.from
    }
}

/// Adds a hit for each number of years that does not fit the years beside it.
pub(super) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for years in all(window).into_iter().filter(|years| wrong(years.real(), years.said)) {
        let published = window.published.as_ref().filter(|_| years.to_published);
        let related = if years.to_published { "counted from this year" } else { "counted over these years" };
        out.push(
            Hit::at(years.at)
                .arg("found", window.slice(years.at))
                .arg("from", years.from.to_string())
                .arg("to", years.to.to_string())
                .arg("years", years.real().to_string())
                .related(years.beside, related)
                .assumed(published.map(|published| format!("published {}", published.describe()))),
        );
    }
}

/// The numbers of years beside which the years stand.
pub(super) fn all(window: &Window) -> Vec<Years> {
    let mut out = Vec::new();
    for (index, time) in window.times.iter().enumerate() {
        if time.quoted {
            continue;
        }
        let beside = [index.checked_sub(1), Some(index + 1)];
        for other in beside.into_iter().flatten().filter_map(|other| window.times.get(other)) {
            out.extend(years_ago(window, time, other));
        }
        let pairs = [(index + 1, index + 2), (index.wrapping_sub(2), index.wrapping_sub(1))];
        for (first, last) in pairs {
            if let (Some(first), Some(last)) = (window.times.get(first), window.times.get(last))
                && matches!(window.between(first.passage, last.passage), Some("-" | "–" | " - " | " – "))
            {
                out.extend(length(window, time, (first, last)));
            }
        }
        out.extend(anniversary(window, time));
    }
    out
}

/// `In 2012, eight years ago`: the two are directly beside each other.
fn years_ago(window: &Window, ago: &TimeExpression, year: &TimeExpression) -> Option<Years> {
    let Form::Offset(Count::Exact(said), Unit::Year, false, Start::Published) = form(window, ago)? else { return None };
    let published = window.published.as_ref()?;
    let written = expression(window, year)?.written.year?;
    let (first, second) = if ago.passage < year.passage { (ago, year) } else { (year, ago) };
    if !matches!(window.between(first.passage, second.passage)?, ", " | " (" | " — " | " – ") {
        return None;
    }
    let (at, beside, to) = (ago.passage, year.passage, i32::from(published.date.year()));
    Some(Years { at, said: *said, from: written.value, to, beside, to_published: true })
}

/// `a 12-year run, 1999-2009`; `range` is its first and last year.
fn length(window: &Window, length: &TimeExpression, range: (&TimeExpression, &TimeExpression)) -> Option<Years> {
    let Form::Duration(Count::Exact(said), Unit::Year) = form(window, length)? else { return None };
    let (first, last) = (year_alone(form(window, range.0)?)?, year_alone(form(window, range.1)?)?);
    let passage = Passage { paragraph: range.0.passage.paragraph, span: range.0.passage.span.to(range.1.passage.span) };
    if last <= first || !is_near(window, length.passage, passage) {
        return None;
    }
    Some(Years { at: length.passage, said: *said, from: first, to: last, beside: passage, to_published: false })
}

/// `the 20th anniversary of the 1996 fire`: an ordinal, *anniversary of* and a year of its own right behind.
fn anniversary(window: &Window, year: &TimeExpression) -> Option<Years> {
    let written = expression(window, year)?.written.year?;
    let published = window.published.as_ref()?;
    let paragraph = window.paragraph(year.passage.paragraph());
    let at = paragraph.token_at(year.passage.span.start);
    let word = (at.saturating_sub(4)..at).rev().find(|&i| paragraph.low(i) == "anniversary")?;
    let ordinal = word.checked_sub(1)?;
    let digits: String = paragraph.low(ordinal).chars().take_while(char::is_ascii_digit).collect();
    let said: u32 = digits.parse().ok().filter(|_| digits.len() < paragraph.low(ordinal).len())?;
    // “Its 50th anniversary in 2017” says when it was kept.
    if paragraph.low(word + 1) != "of" || (word..at).any(|i| paragraph.tokens[i].kind == TokenKind::Punct) {
        return None;
    }
    let at = Passage::new(year.passage.paragraph(), paragraph.span_of(ordinal, word));
    let to = i32::from(published.date.year());
    Some(Years { at, said, from: written.value, to, beside: year.passage, to_published: true })
}

fn wrong(real: i32, said: u32) -> bool {
    i32::try_from(said).is_ok_and(|said| (real - said).abs() > SLACK)
}

fn expression<'s>(window: &'s Window, time: &TimeExpression) -> Option<&'s Expression> {
    window.expression(time)
}

fn form<'s>(window: &'s Window, time: &TimeExpression) -> Option<&'s Form> {
    expression(window, time).map(|expression| &expression.form)
}

fn year_alone(form: &Form) -> Option<i32> {
    let Form::Calendar { year: Some(crate::story::time::YearRef::Written(year)), month: None, day: None, .. } = form
    else {
        return None;
    };
    Date::new(*year, 1, 1).ok().map(|date| i32::from(date.year()))
}

fn is_near(window: &Window, a: Passage, b: Passage) -> bool {
    if a.paragraph != b.paragraph {
        return false;
    }
    let paragraph = window.paragraph(a.paragraph());
    let (first, second) = if a < b { (a, b) } else { (b, a) };
    let words = paragraph.token_at(second.span.start).saturating_sub(paragraph.token_at(first.span.end));
    let same_sentence = paragraph.sentence_at(a.span.start) == paragraph.sentence_at(b.span.start);
    same_sentence && words <= NEAR_TOKENS
}
