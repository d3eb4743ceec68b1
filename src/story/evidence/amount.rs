//! Amounts and dates as values, and when two of them say the same.

use super::words_in;
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::story::checkable::numbers::outcomes;
use crate::story::checkable::words::{is_no_subject, is_opener};
use crate::story::figure::{Bound, Currency, FigureUnit, LocalFigure, LocalFigures};
use crate::story::time::{Count, Form, LocalTimes, Unit as TimeUnit, YearRef};
use crate::text::Span;

use super::subject::stem;

/// Words before a date that make it a day of birth.
const BEFORE_BIRTH: usize = 4;

/// A value that a text gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A number.
    Number(CountedNumber),
    /// The two sides of a score or a vote.
    Pair(u32, u32),
    /// A day, month or year; what is not said is `None`.
    Day(Day),
    /// When somebody was born.
    Born(Day),
    /// A length of time.
    Length(u32, TimeUnit),
    /// A time of day, in minutes.
    Clock(u16),
    /// A place in an order, with the stem of what is put in order: `the 3rd Ward`.
    Rank(u32, String),
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CountedNumber {
    /// With its multiplier applied.
    pub value: f64,
    /// How far rounding may have moved it.
    pub rounding: f64,
    /// What it measures; `None` where a table does not say.
    pub unit: Option<FigureUnit>,
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
    let Amount::Number(CountedNumber { unit: None | Some(FigureUnit::Count), .. }) = amount else { return false };
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
            let small = |low: &str| lexicon::numbers::SMALL.position(low).and_then(|at| u32::try_from(at).ok());
            let mut numbers = words_in(paragraph, span).filter_map(|(_, low)| low.parse().ok().or_else(|| small(low)));
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
            Form::Clock(hour, minute) => Amount::Clock(u16::from(*hour) * 60 + u16::from(minute.unwrap_or(0))),
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
    let mut ranks = ranks(paragraph);
    ranks.retain(|(span, _)| free(*span, &found) && !times.expressions.iter().any(|time| time.span.overlaps(*span)));
    found.extend(ranks);
    for figure in figures.figures.iter().filter(|figure| figure.range.is_none()) {
        if figure.unit == FigureUnit::Ordinal || !free(figure.span, &found) {
            continue;
        }
        let noun = figure.noun.map(|noun| whole_word(paragraph, noun, figure.span).to_lowercase());
        let noun = noun.or_else(|| label(paragraph, figure.span).map(str::to_owned));
        let noun =
            noun.or_else(|| noun_of_whole(paragraph, figure, figures)).or_else(|| noun_measured(paragraph, figure));
        let noun = noun.map(|noun| stem(&noun));
        let (span, value, rounding) =
            spoken_decimal(paragraph, figure).unwrap_or((figure.span, figure.value, figure.rounding));
        let part = if figure.unit == FigureUnit::Money(Currency::Cent) { 100.0 } else { 1.0 };
        let (value, rounding) = (value / part, rounding / part);
        let number = CountedNumber { value, rounding, unit: Some(figure.unit), bound: figure.bound, noun };
        found.push((span, Amount::Number(number)));
    }
    let mut labelled = labelled(paragraph);
    labelled.retain(|(span, _)| !found.iter().any(|(known, _)| known.overlaps(*span)));
    found.extend(labelled);
    found
}

/// Small numbers behind labels, which are too small for figures elsewhere: `Grandchildren: five`.
fn labelled(paragraph: &Paragraph) -> Vec<(Span, Amount)> {
    let number = |at: usize| -> Option<(Span, Amount)> {
        let span = paragraph.tokens.get(at)?.span;
        let low = paragraph.low(at);
        let value = lexicon::numbers::SMALL.position(low).map(|value| value as f64).or_else(|| low.parse().ok())?;
        let noun = Some(stem(label(paragraph, span)?));
        let number = CountedNumber { value, rounding: 0.0, unit: Some(FigureUnit::Count), bound: None, noun };
        Some((span, Amount::Number(number)))
    };
    let colons = (0..paragraph.tokens.len()).filter(|&at| paragraph.low(at) == ":");
    colons.filter_map(|colon| number(colon + 1)).collect()
}

/// A noun with all that a hyphen joins to it behind the number: `great-grandchildren`.
fn whole_word(paragraph: &Paragraph, noun: Span, number: Span) -> &str {
    let token = paragraph.tokens_in(noun).next().and_then(|at| paragraph.tokens.get(at));
    let start = token.map(|token| token.span.start).filter(|&start| start >= number.end && start < noun.start);
    paragraph.slice(Span { start: start.unwrap_or(noun.start), ..noun })
}

/// What a measure is one of by its name: `a 16-inch reflector`.
fn noun_measured(paragraph: &Paragraph, figure: &LocalFigure) -> Option<String> {
    let is_joined = matches!(figure.unit, FigureUnit::Measure(_)) && paragraph.slice(figure.span).contains('-');
    let behind = paragraph.tokens_in(figure.span).end;
    let is_word = paragraph.tokens.get(behind).is_some_and(|next| next.kind == TokenKind::Word);
    let low = paragraph.bare_low(behind);
    (is_joined && is_word && !is_opener(low) && !is_no_subject(low)).then(|| low.to_owned())
}

/// Words between a part and the whole that it is of: `of its`.
const TO_WHOLE: usize = 3;

/// What the whole counts of which a figure is a part: `340 of its 11,600 employees` are employees, and so are `of 11,600
/// employees, 340`.
fn noun_of_whole(paragraph: &Paragraph, part: &LocalFigure, figures: &LocalFigures) -> Option<String> {
    let own = paragraph.tokens_in(part.span);
    let end = own.end;
    // `Of its 48 boats, 18 are old.`
    if own.start > 0 && paragraph.low(own.start - 1) == "," {
        let sentence = paragraph.sentence_at(part.span.start)?;
        let opens = paragraph.low(sentence.tokens().start) == "of";
        let whole = figures.figures.iter().find(|whole| sentence.span.contains(whole.span)).filter(|_| opens)?;
        let comma = paragraph.tokens_in(whole.span).end..own.start - 1;
        let is_next = whole.span.end < part.span.start && !comma.clone().any(|at| paragraph.low(at) == ",");
        return whole.noun.filter(|_| is_next).map(|noun| paragraph.slice(noun).to_lowercase());
    }
    if paragraph.low(end) != "of" {
        return None;
    }
    let limit = paragraph.tokens.get(end + TO_WHOLE)?.span.start;
    let whole = figures.figures.iter().find(|whole| whole.span.start >= part.span.end && whole.span.start <= limit)?;
    whole.noun.map(|noun| paragraph.slice(noun).to_lowercase())
}

/// The places in an order from the second on, each with what it puts in order.
fn ranks(paragraph: &Paragraph) -> Vec<(Span, Amount)> {
    let rank = |at: usize| -> Option<(Span, Amount)> {
        let low = paragraph.low(at);
        let in_words = lexicon::numbers::ORDINALS.position(low).map(|position| position as u32 + 1);
        let ending = lexicon::numbers::ORDINAL_ENDINGS.iter().find_map(|ending| low.strip_suffix(ending));
        let number = in_words.or_else(|| ending?.parse().ok()).filter(|number| *number >= 2)?;
        let next = paragraph.tokens.get(at + 1).filter(|next| next.kind == TokenKind::Word)?;
        let noun = paragraph.bare_low(at + 1);
        let tells = noun.len() >= 3 && !is_opener(noun) && !is_no_subject(noun);
        tells.then(|| (Span { start: paragraph.tokens[at].span.start, ..next.span }, Amount::Rank(number, stem(noun))))
    };
    (0..paragraph.tokens.len()).filter_map(rank).collect()
}

/// The word before the colon before a number that ends its line: `grandchildren` of `Grandchildren: five`.
pub(super) fn label(paragraph: &Paragraph, number: Span) -> Option<&str> {
    let own = paragraph.tokens_in(number);
    let colon = own.start.checked_sub(1).filter(|&at| paragraph.low(at) == ":")?;
    let ends = matches!(paragraph.low(own.end), "" | "." | ";" | ",");
    let label = colon.checked_sub(1).filter(|_| ends)?;
    paragraph.tokens.get(label).filter(|token| token.kind == TokenKind::Word).map(|_| paragraph.low(label))
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
            (Amount::Pair(..), Amount::Pair(..))
            | (Amount::Born(_), Amount::Born(_))
            | (Amount::Clock(_), Amount::Clock(_)) => true,
            (Amount::Length(_, one), Amount::Length(_, other)) => one == other,
            (Amount::Rank(_, one), Amount::Rank(_, other)) => one == other,
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

impl CountedNumber {
    fn is_like(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.unit, other.unit) else { return true };
        // Cents are those of any currency.
        let is_cent = |unit: FigureUnit| unit == FigureUnit::Money(Currency::Cent);
        if matches!((one, two), (FigureUnit::Money(_), FigureUnit::Money(_))) && (is_cent(one) || is_cent(two)) {
            return true;
        }
        one == two
            && (one != FigureUnit::Count || self.noun == other.noun || self.noun.is_none() || other.noun.is_none())
    }

    fn agrees(&self, source: &Self) -> bool {
        // `Rao, 44` is an age for whoever knows that Rao is somebody.
        let is_bare = source.unit == Some(FigureUnit::Count) && source.noun.is_none();
        // Whoever speaks of money need not say so: “it would cost nine point two million”.
        let is_spoken = matches!(self.unit, Some(FigureUnit::Money(_))) && is_bare && source.value >= 1000.0;
        if !(self.is_like(source) || self.unit == Some(FigureUnit::Age) && is_bare || is_spoken) {
            return false;
        }
        // A whole number without a unit bears out no figure with a decimal: $16.75, and 17 in a table.
        let is_whole = |number: &Self| number.value.fract() == 0.0;
        if !is_whole(self)
            && is_whole(source)
            && source.value < 100.0
            && source.unit.is_none_or(|unit| unit == FigureUnit::Count)
        {
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
        // “Fewer than 70” and “fewer than 75” are two limits.
        if self.bound.is_some() && self.bound == source.bound && self.bound != Some(Bound::About) {
            return (value - other).abs() <= slack;
        }
        let is_near = value <= other * 1.25 && value >= other * 0.8;
        stands_for(value, self.bound, other)
            || source.bound.is_some() && is_near && stands_for(other, source.bound, value)
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
    let (mut left, mut right) = (digits(one), digits(other));
    let (longer, shorter) = (left.len().max(right.len()), left.len().min(right.len()));
    if longer == 3 {
        // Of three digits, the last one may be a zero: 340 and 304.
        left = format!("{left:0<3}");
        right = format!("{right:0<3}");
    } else if longer == 2 && shorter == 2 {
        // So short, only digits that changed places tell: 240 and 420.
        let turned: String = left.chars().rev().collect();
        return one.abs().min(other.abs()) >= 100.0 && turned == right && left != right;
    } else if shorter >= 3 && longer > shorter + 1 {
        // One of them is rounded: $414.7 million, and 441,703 thousand in the table.
        left = rounded(one, shorter);
        right = rounded(other, shorter);
    }
    left.len().min(right.len()) >= 3 && strsim::damerau_levenshtein(&left, &right) == 1
}

/// The digits of a number without zeros at its ends.
pub(crate) fn digits(value: f64) -> String {
    rounded(value, 17).trim_end_matches('0').to_owned()
}

/// The first `count` digits of a number, rounded.
fn rounded(value: f64, count: usize) -> String {
    let all = match count {
        17.. => format!("{:e}", value.abs()),
        count => format!("{:.*e}", count.saturating_sub(1), value.abs()),
    };
    all.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
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
        assert!(is_slip(340.0, 304.0) && is_slip(381.0, 318.0) && is_slip(240.0, 420.0));
        assert!(is_slip(414.7e6, 441_703_000.0) && !is_slip(414.7e6, 407_850_000.0));
        assert!(!is_slip(41.0, 44.0), "numbers of two digits are near each other by chance");
    }
}
