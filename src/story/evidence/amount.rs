//! Amounts and dates as values, and when two of them say the same.

use super::words_in;
use crate::lexicon;
use crate::prose::Paragraph;
use crate::story::checkable::numbers::outcomes;
use crate::story::figure::{Bound, LocalFigure, LocalFigures, Unit};
use crate::story::time::{Count, Form, LocalTimes, Unit as TimeUnit, YearRef};
use crate::text::Span;

use super::subject::stem;

/// Words before a date that make it a day of birth.
const BEFORE_BIRTH: usize = 4;

/// A value that a text gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A number.
    Number(Number),
    /// The two sides of a score or a vote.
    Pair(u32, u32),
    /// A day, month or year; what is not said is `None`.
    Day(Day),
    /// When somebody was born.
    Born(Day),
    /// A length of time.
    Length(u32, TimeUnit),
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// With its multiplier applied.
    pub value: f64,
    /// How far rounding may have moved it.
    pub rounding: f64,
    /// What it measures; `None` where a table does not say.
    pub unit: Option<Unit>,
    pub bound: Option<Bound>,
    /// The stem of the noun that it counts.
    pub noun: Option<String>,
}

/// A day, month or year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Day {
    pub year: Option<i16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// Whether an amount counts things that were told before: “the two states”, “three other states”. Another text may count others.
pub(crate) fn is_pointed_at(paragraph: &Paragraph, span: Span, amount: &Amount) -> bool {
    let Amount::Number(Number { unit: None | Some(Unit::Count), .. }) = amount else { return false };
    let own = paragraph.tokens_in(span);
    let before = own.start.checked_sub(1).map_or("", |at| paragraph.low(at));
    let behind = [own.end.saturating_sub(1), own.end].map(|at| paragraph.low(at));
    matches!(before, "the" | "these" | "those" | "other" | "another") || behind.contains(&"other")
}

/// The amounts and dates of a paragraph, in the order of their kinds.
pub(crate) fn amounts(paragraph: &Paragraph, times: &LocalTimes, figures: &LocalFigures) -> Vec<(Span, Amount)> {
    let mut found = Vec::new();
    for sentence in &paragraph.sentences {
        for (_, span) in outcomes(paragraph, *sentence) {
            let mut numbers = words_in(paragraph, span).filter_map(|(_, low)| low.parse().ok());
            if let (Some(one), Some(other)) = (numbers.next(), numbers.next()) {
                found.push((span, Amount::Pair(one, other)));
            }
        }
    }
    let pairs = found.len();
    let free = |span: Span, found: &[(Span, Amount)]| !found[..pairs].iter().any(|(pair, _)| pair.overlaps(span));
    for expression in &times.expressions {
        let amount = match &expression.form {
            Form::Duration(Count::Exact(count), unit) => Amount::Length(*count, *unit),
            form => match day(form) {
                Some(day) if is_birth(paragraph, expression.span) => Amount::Born(day),
                Some(day) => Amount::Day(day),
                None => continue,
            },
        };
        if free(expression.span, &found) {
            found.push((expression.span, amount));
        }
    }
    for figure in figures.figures.iter().filter(|figure| figure.range.is_none()) {
        if figure.unit == Unit::Ordinal || !free(figure.span, &found) {
            continue;
        }
        let noun = figure.noun.map(|noun| stem(&paragraph.slice(noun).to_lowercase()));
        let (span, value, rounding) =
            spoken_decimal(paragraph, figure).unwrap_or((figure.span, figure.value, figure.rounding));
        let number = Number { value, rounding, unit: Some(figure.unit), bound: figure.bound, noun };
        found.push((span, Amount::Number(number)));
    }
    found
}

/// A number with a decimal as it is spoken, `one point eight million`, of which the reader of figures sees the end.
fn spoken_decimal(paragraph: &Paragraph, figure: &LocalFigure) -> Option<(Span, f64, f64)> {
    let first = paragraph.tokens_in(figure.span).start;
    let point = first.checked_sub(1).filter(|&at| paragraph.low(at) == "point")?;
    let at = point.checked_sub(1)?;
    let whole = lexicon::numbers::SMALL.position(paragraph.low(at))? as f64;
    let mut unit = 1.0;
    while figure.value / unit >= 10.0 {
        unit *= 10.0;
    }
    let span = Span { start: paragraph.tokens.get(at)?.span.start, ..figure.span };
    Some((span, whole * unit + figure.value / 10.0, unit / 20.0))
}

/// The day, month or year that a form names by itself.
fn day(form: &Form) -> Option<Day> {
    let Form::Calendar { year, month, day, which: None } = form else { return None };
    let year = match year {
        Some(YearRef::Written(year)) => Some(*year),
        None => None,
        Some(_) => return None,
    };
    Some(Day { year, month: *month, day: *day })
}

/// Whether `born`, or what stands for it, stands before a date.
fn is_birth(paragraph: &Paragraph, date: Span) -> bool {
    let first = paragraph.tokens_in(date).start;
    (first.saturating_sub(BEFORE_BIRTH)..first)
        .any(|at| matches!(paragraph.low(at), "born" | "birth" | "birthdate" | "b."))
}

impl Amount {
    /// Whether both can be said of the same thing.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Amount::Number(one), Amount::Number(other)) => one.is_like(other),
            (Amount::Pair(..), Amount::Pair(..)) | (Amount::Born(_), Amount::Born(_)) => true,
            (Amount::Length(_, one), Amount::Length(_, other)) => one == other,
            (Amount::Day(one), Amount::Day(other)) => one.is_like(*other),
            _ => false,
        }
    }

    /// Whether a story that says this, and a source that says `source`, say the same.
    pub fn agrees(&self, source: &Self) -> bool {
        match (self, source) {
            (Amount::Number(one), Amount::Number(source)) => one.agrees(source),
            (Amount::Day(one), Amount::Day(source) | Amount::Born(source))
            | (Amount::Born(one), Amount::Born(source)) => one.agrees(*source),
            (one, source) => one == source,
        }
    }
}

impl Number {
    fn is_like(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.unit, other.unit) else { return true };
        one == two && (one != Unit::Count || self.noun == other.noun || self.noun.is_none() || other.noun.is_none())
    }

    fn agrees(&self, source: &Self) -> bool {
        // `Rao, 44` is an age for whoever knows that Rao is somebody.
        let is_bare = source.unit == Some(Unit::Count) && source.noun.is_none();
        if !(self.is_like(source) || self.unit == Some(Unit::Age) && is_bare) {
            return false;
        }
        // “Fell by 12 percent” is −12 in a table.
        let (value, other) = (self.value.abs(), source.value.abs());
        let slack = self.rounding.max(source.rounding).max(zeros(value)) + value * 1e-9;
        // How far words such as “nearly” stretch is a matter of taste; a tenth is what readers take them for.
        let stands_for = |value: f64, bound: Option<Bound>, other: f64| match bound {
            None => (value - other).abs() <= slack,
            Some(Bound::About) => (value - other).abs() <= value / 10.0 + slack,
            Some(Bound::Above | Bound::AtLeast) => other >= value - slack && other <= value * 1.5 + slack,
            Some(Bound::Below | Bound::AtMost) => other <= value + slack && other >= value / 1.5 - slack,
        };
        stands_for(value, self.bound, other) || source.bound.is_some() && stands_for(other, source.bound, value)
    }
}

/// How far rounding may have moved a whole number that ends in zeros: 48,217 is written 48,200.
fn zeros(value: f64) -> f64 {
    let mut place = 1.0;
    while value >= 1000.0 && value % (place * 10.0) == 0.0 && place < value {
        place *= 10.0;
    }
    (place / 2.0).min(value / 200.0)
}

/// Whether one number is the other with two digits exchanged, or with another digit: what fingers do, and eyes pass.
pub(crate) fn is_slip(one: f64, other: f64) -> bool {
    let digits = |value: f64| -> String {
        let all: String = format!("{:e}", value.abs());
        let all: String = all.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        all.trim_end_matches('0').to_owned()
    };
    let (one, other) = (digits(one), digits(other));
    one.len().min(other.len()) >= 3 && strsim::damerau_levenshtein(&one, &other) == 1
}

impl Day {
    /// Whether both name a day, or both only a month or a year.
    fn is_like(self, other: Self) -> bool {
        self.day.is_some() == other.day.is_some() && self.month.is_some() == other.month.is_some()
    }

    fn agrees(self, source: Self) -> bool {
        fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let both = self.year.and(source.year).is_some() || self.month.and(source.month).is_some();
        // A source that names the day names its month.
        let says_enough = self.day.is_none() || source.day.is_some();
        both && says_enough
            && same(self.year, source.year)
            && same(self.month, source.month)
            && same(self.day, source.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;
    use crate::story::{ParagraphFacts, evidence};

    fn amount(text: &str) -> Amount {
        let read = ParagraphFacts::new(Paragraph::new(BlockKind::Paragraph, text.to_owned()));
        evidence::amounts_of(&read).pop().expect("there is one").1
    }

    #[test]
    fn the_same_is_written_in_many_ways() {
        for (story, source) in [
            ("It cost $4.2 million.", "It cost $4,187,302."),
            ("It cost €1.8 million.", "we paid one point eight million euros for it"),
            ("It took 48,200 votes.", "It took 48,217 votes."),
            ("Nearly 500 boats came.", "In all, 481 boats came."),
            ("It won by 22 points.", "It won by more than 20 points."),
            ("More than 300,000 visitors came.", "We had 320,000 visitors."),
            ("Sales fell 12 percent.", "Sales: -12%"),
            ("It met on Feb. 20.", "It met on 20 February 2018."),
            ("The board voted 5-2.", "The vote was 5 to 2."),
            ("It ran for 11 days.", "It ran for eleven days."),
        ] {
            assert!(
                amount(story).agrees(&amount(source)),
                "{story} / {source}: {:?} {:?}",
                amount(story),
                amount(source)
            );
        }
        for (story, source) in [
            ("It cost $4.2 million.", "It cost $4,270,000."),
            ("It cost $4.2 million.", "It cost €4.2 million."),
            ("Nearly 500 boats came.", "In all, 512 boats came."),
            ("It took 48,200 votes.", "It took 48,700 votes."),
            ("It met on Feb. 20.", "It met on 21 February."),
            ("It met on Feb. 20, 2017.", "It met on 20 February 2018."),
            ("The board voted 5-2.", "The vote was 4 to 3."),
            ("It ran for 11 days.", "It ran for 11 weeks."),
            ("The 12 nurses came.", "The 12 doctors came."),
        ] {
            assert!(
                !amount(story).agrees(&amount(source)),
                "{story} / {source}: {:?} {:?}",
                amount(story),
                amount(source)
            );
        }
    }

    #[test]
    fn slips_are_of_one_digit() {
        for (one, other) in [(14_182.0, 14_128.0), (1898.0, 1889.0), (4_200_000.0, 4_200_001.0), (3.15e6, 3.51e6)] {
            assert_eq!(is_slip(one, other), one != 4_200_000.0, "{one} {other}");
        }
        assert!(!is_slip(41.0, 44.0), "numbers of two digits are near each other by chance");
    }
}
