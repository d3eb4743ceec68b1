//! Figures: numbers with their units and what they count.

mod around;
mod atoms;
mod number;
pub(crate) mod sentence;
mod skip;
mod unit;

use std::ops::Range;
use std::sync::Arc;

use super::trigger_words::{TriggerWords, Triggers};
use super::{ParagraphFacts, time};
use crate::lexicon;
use crate::prose::{Paragraph, Passage};
use crate::text::Span;

use atoms::FigureAtom;
use number::{Number, NumberKind};
pub use unit::{Currency, Measure};

/// What a paragraph says of figures by itself.
#[derive(Debug, Default)]
pub struct LocalFigures {
    /// In order.
    pub figures: Vec<LocalFigure>,
}

/// A number with its unit, in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalFigure {
    /// Number, multiplier and unit: `$3.5 million`, `27 percent`, `twelve people` without the noun.
    pub span: Span,
    /// The value with its multiplier applied: `3_500_000.0`; per cents as written (`27.0`).
    pub value: f64,
    /// Half of the last digit shown, as a value: how far rounding may have moved it (`50_000.0` for `3.5 million`).
    /// For a [`FigureUnit::Fraction`] half-way to the next simple share; 0 for an ordinal.
    pub rounding: f64,
    /// What it measures.
    pub unit: FigureUnit,
    /// The noun it counts, when one follows: `people`; behind `of` for shares (`27 percent of the voters`), and the
    /// adjective that stands for people (`12 dead`).
    pub noun: Option<Span>,
    /// Written in words (`twelve`) and not in digits.
    pub in_words: bool,
    /// `about`, `nearly`, `more than` and the like are before it.
    pub approximate: bool,
    /// On which side of the true value the words around it put it, when `approximate`.
    pub bound: Option<Bound>,
    /// Which end of a range it is, when it is one: the two ends are neighbours in [`LocalFigures::figures`].
    pub range: Option<RangeEnd>,
}

/// How `about`, `nearly`, `more than` and the like bound a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `about`, `some`, `or so`.
    About,
    /// `nearly`, `almost`, `less than`: the true value is lower.
    Below,
    /// `more than`, `over`: the true value is higher.
    Above,
    /// `at least`, `no fewer than`, `or more`.
    AtLeast,
    /// `at most`, `up to`, `as many as`.
    AtMost,
}

/// The end of a range that a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RangeEnd {
    /// `5` of `5 to 10 percent`. It has the unit, and where it has none of its own the multiplier, of the other end.
    Low,
    /// `10 percent` of `5 to 10 percent`.
    High,
}

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureUnit {
    /// A bare count.
    Count,
    /// `percent`, `%`, `per cent`.
    Percent,
    /// `percentage points`.
    PercentagePoints,
    /// Money; a bare `$` is taken for US dollars.
    Money(Currency),
    /// A unit of measurement.
    Measure(Measure),
    /// Years of age.
    Age,
    /// `first`, `20th`.
    Ordinal,
    /// A fraction such as `one in four`, `two-thirds`, as a value between 0 and 1.
    Fraction,
}

/// A figure of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it is.
    pub passage: Passage,
    /// Index in its paragraph's [`LocalFigures::figures`].
    pub local: usize,
}

/// The words that numbers in words are made of, in lower case; `a` and `an`, which are in so many other places, are not
/// among them.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    number::words_of_numbers()
}

/// What a paragraph says of figures by itself. Dates, clock times and durations are no figures.
pub(super) fn read(paragraph: &Paragraph, triggers: &TriggerWords, times: &time::LocalTimes) -> LocalFigures {
    if triggers.of_kind(Triggers::NUMBER).next().is_none() {
        return LocalFigures::default();
    }
    let atoms = atoms::split(paragraph, triggers);
    let mut figures: Vec<FigureRead> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        // A sign of currency is at most two before its number; `a` and `an` right before a word of a number.
        let near = atoms.get(at..(at + 3).min(atoms.len())).unwrap_or_default();
        if !near.iter().any(|atom| atom.counts) {
            at += 1;
            continue;
        }
        let money = unit::currency(&atoms, at);
        if money.is_none()
            && let Some(next) = skip::no_amount(paragraph, &atoms, at)
        {
            at = next.max(at + 1);
            continue;
        }
        at = match figure_at(&atoms, at, money) {
            FigureOutcome::Figure(read) => {
                let next = read.next;
                figures.push(read);
                next
            }
            FigureOutcome::Nothing(next) => next,
        };
    }
    figures.retain(|found| !is_time(&found.figure, times));
    join_ranges(&atoms, &mut figures);
    LocalFigures { figures: figures.into_iter().map(|f| f.figure).collect() }
}

/// Whether the time expressions of the paragraph have the number: a day, an hour, a length of time.
///
/// Bare years are told from amounts here, because only the noun behind them tells.
fn is_time(figure: &LocalFigure, times: &time::LocalTimes) -> bool {
    let after = times.expressions.partition_point(|e| e.span.end <= figure.span.start);
    let counts = matches!(figure.unit, FigureUnit::Count | FigureUnit::Ordinal);
    counts
        && times.expressions.get(after).is_some_and(|e| {
            e.span.overlaps(figure.span) && !matches!(e.kind, time::TimeKind::Period | time::TimeKind::Vague)
        })
}

/// A figure while its paragraph is being read.
struct FigureRead {
    figure: LocalFigure,
    /// Index of its first atom.
    first: usize,
    /// Index of the atom after it (without its noun).
    next: usize,
    number: Number,
}

impl FigureRead {
    /// The counted noun, in lower case.
    fn noun<'a>(&self, atoms: &[FigureAtom<'a>]) -> Option<&'a str> {
        let noun = self.figure.noun?;
        atoms.iter().skip(self.next).take(6).find(|a| a.span == noun).map(|a| a.low)
    }
}

/// The word that follows the digits or words of `number`, its unit if it has one.
fn after_number<'a>(atoms: &[FigureAtom<'a>], number: &Number) -> &'a str {
    atoms.get(number.next).map_or("", |a| a.low)
}

enum FigureOutcome {
    Figure(FigureRead),
    /// No figure here; the index to read on from.
    Nothing(usize),
}

fn figure_at(atoms: &[FigureAtom], at: usize, money: Option<(Currency, usize)>) -> FigureOutcome {
    let start = money.map_or(at, |(_, next)| next);
    let Some(number) = number::read(atoms, start, money.is_some()) else { return FigureOutcome::Nothing(start + 1) };
    let low = |at: usize| atoms.get(at).map_or("", |a| a.low);
    let after = low(number.next);
    let (unit, next) = match money {
        // `$5 dollars` and `US$5 USD`: the word belongs to the sum.
        Some((currency, _)) => {
            let doubled = matches!(after, "dollars" | "euros" | "usd") && number.kind == NumberKind::Cardinal;
            (FigureUnit::Money(currency), number.next + usize::from(doubled))
        }
        None => match number.kind {
            NumberKind::Ordinal => (FigureUnit::Ordinal, number.next),
            NumberKind::Fraction => (FigureUnit::Fraction, number.next),
            NumberKind::Cardinal => match unit::after(atoms, &number) {
                Some(found) => found,
                None if is_age(atoms, at, &number) => (FigureUnit::Age, number.next),
                None => (FigureUnit::Count, number.next),
            },
        },
    };
    let share = matches!(unit, FigureUnit::Percent | FigureUnit::Fraction);
    let counts = share || unit == FigureUnit::Count;
    let noun = counts.then(|| around::noun_after(atoms, next, share, number.value == 1.0)).flatten();
    let read = FigureRead {
        figure: LocalFigure {
            span: atoms[at].span.to(atoms[next - 1].span),
            value: number.value,
            rounding: number.rounding,
            unit,
            noun,
            in_words: number.in_words,
            approximate: false,
            bound: None,
            range: None,
        },
        first: at,
        next,
        number,
    };
    if !is_figure(atoms, &read) {
        return FigureOutcome::Nothing(next);
    }
    let bound = around::bound_before(atoms, at).or_else(|| around::bound_after(atoms, next));
    let figure = LocalFigure { approximate: bound.is_some(), bound, ..read.figure };
    FigureOutcome::Figure(FigureRead { figure, ..read })
}

/// `aged 42`, `age 42`, and `Ana Ruiz, 42,`.
fn is_age(atoms: &[FigureAtom], at: usize, number: &Number) -> bool {
    let back = |n: usize| at.checked_sub(n).and_then(|b| atoms.get(b));
    if number.value > 120.0 || number.value.fract() != 0.0 || number.factor != 1.0 {
        return false;
    }
    if back(1).is_some_and(|b| matches!(b.low, "aged" | "age" | "ages")) {
        return true;
    }
    let after = atoms.get(number.next).is_none_or(|a| matches!(a.low, "," | "." | ";" | ")"));
    let name = |n: usize| back(n).is_some_and(|b| b.capital && b.word);
    after && !number.in_words && back(1).is_some_and(|b| b.low == ",") && name(2) && name(3)
}

/// Whether what was read is a figure, and not a pronoun, a duration or part of a phrase.
fn is_figure(atoms: &[FigureAtom], read: &FigureRead) -> bool {
    let low = |at: usize| atoms.get(at).map_or("", |a| a.low);
    let Some(first) = atoms.get(read.first) else { return false };
    let before = read.first.checked_sub(1).map_or("", low);
    let after = low(read.next);
    let number = &read.number;
    // “one foot in front of the other”
    let idiom =
        number.in_words && number.value == 1.0 && matches!(after_number(atoms, number), "foot" | "inch" | "mile");
    if !matches!(read.figure.unit, FigureUnit::Count | FigureUnit::Ordinal) {
        return !idiom || around::bound_before(atoms, read.first).is_some();
    }
    // `three days`, `two-year`, `20th century`: times. `Second Avenue`, `One World Trade Center`: names.
    let glued_letters = atoms.get(read.next).is_some_and(|a| a.glued && a.word);
    let time = read.noun(atoms).is_some_and(atoms::is_time);
    // `three-way`, `two-time`, `six-figure` name a kind and count nothing.
    let kind = atoms.get(read.next).is_some_and(|a| a.hyphened)
        && matches!(after, "way" | "time" | "fold" | "figure" | "star");
    if time || kind || atoms::is_time(after) || (read.figure.unit == FigureUnit::Count && glued_letters) {
        return false;
    }
    let sentence_start = before.is_empty() || matches!(before, "." | "\"" | "?" | "!");
    let name = number.in_words && first.capital && (!sentence_start || atoms.get(read.next).is_some_and(|a| a.capital));
    if name {
        return false;
    }
    if read.figure.unit == FigureUnit::Ordinal {
        return is_rank(atoms, read, before, after);
    }
    if first.hyphened && number.in_words {
        return false;
    }
    if !number.in_words || number.factor > 1.0 {
        return true;
    }
    if number.value == 1.0 {
        let pronoun = lexicon::figures::BEFORE_ONE.contains(before);
        return !pronoun && around::is_countable_person(after);
    }
    read.figure.noun.is_some() || number.value >= 10.0
}

/// Whether an ordinal puts something in an order: `third-largest`, `the 20th victim`, but not `at first`, `20th Street`.
fn is_rank(atoms: &[FigureAtom], read: &FigureRead, before: &str, after: &str) -> bool {
    let Some(next) = atoms.get(read.next) else { return false };
    if next.hyphened {
        return after.ends_with("est") || matches!(after, "place" | "most" | "least" | "worst" | "best");
    }
    let ordered = matches!(before, "the" | "its" | "his" | "her" | "their" | "a" | "our" | "my" | "in" | "ranked");
    let phrase = lexicon::figures::NOT_RANKS.contains(after);
    ordered && next.word && !next.capital && !next.glued && !phrase
}

/// Marks the two ends of ranges, and gives the low end the unit that only the high end shows.
fn join_ranges(atoms: &[FigureAtom], figures: &mut [FigureRead]) {
    for at in 1..figures.len() {
        let (head, tail) = figures.split_at_mut(at);
        let (Some(low), Some(high)) = (head.last_mut(), tail.first_mut()) else { continue };
        if low.figure.range.is_some() || !is_pair(atoms, low, high) {
            continue;
        }
        let plain = low.figure.unit == FigureUnit::Count && low.figure.noun.is_none();
        let same = low.figure.unit == high.figure.unit;
        let money_left = matches!(low.figure.unit, FigureUnit::Money(_)) && high.figure.unit == FigureUnit::Count;
        if !(plain || same || money_left) {
            continue;
        }
        // `$5 to $10 million` and `5-10 million`: the multiplier is for both, unless the low end would pass the high.
        if low.number.factor == 1.0 && high.number.factor > 1.0 {
            let scaled = low.figure.value * high.number.factor;
            if scaled < high.figure.value {
                low.figure.value = scaled;
                low.figure.rounding *= high.number.factor;
            }
        }
        if low.figure.value >= high.figure.value {
            continue;
        }
        if money_left {
            high.figure.unit = low.figure.unit;
        } else {
            low.figure.unit = high.figure.unit;
        }
        if low.figure.noun.is_none() {
            low.figure.noun = high.figure.noun;
        }
        low.figure.range = Some(RangeEnd::Low);
        high.figure.range = Some(RangeEnd::High);
    }
}

/// Whether only `to`, a dash, or after `between` an `and`, is between the two.
fn is_pair(atoms: &[FigureAtom], low: &FigureRead, high: &FigureRead) -> bool {
    if low.next + 1 != high.first {
        return false;
    }
    let back = |n: usize| low.first.checked_sub(n).and_then(|b| atoms.get(b)).map_or("", |a| a.low);
    match atoms.get(low.next).map_or("", |a| a.low) {
        // “from 5 to 10” may be a change and not a range; “rose 5 to 10” cannot be told, so a range it is.
        "to" => back(1) != "from",
        "-" => true,
        "and" => back(1) == "between",
        _ => false,
    }
}

/// Lists the figures of the story.
pub fn link(paragraphs: &[Arc<ParagraphFacts>]) -> Vec<Figure> {
    link_part(paragraphs, 0..paragraphs.len())
}

/// Lists the figures of some of the paragraphs.
pub(super) fn link_part(paragraphs: &[Arc<ParagraphFacts>], part: Range<usize>) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (at, read) in paragraphs.iter().enumerate().take(part.end).skip(part.start) {
        let own = read.figures.figures.iter().enumerate();
        figures.extend(own.map(|(local, figure)| Figure { passage: Passage::new(at, figure.span), local }));
    }
    figures
}

#[cfg(test)]
mod tests;
