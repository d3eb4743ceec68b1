//! Reading a number, in digits or in words, with its multiplier.

use super::atoms::FigureAtom;
use crate::lexicon;

/// What kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKind {
    Cardinal,
    Ordinal,
    Fraction,
}

/// A number that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// Index of the atom after it.
    pub next: usize,
    pub value: f64,
    /// Half of the last digit shown.
    pub rounding: f64,
    pub kind: NumberKind,
    pub in_words: bool,
    /// The factor of `million`, `dozen` and so on; 1 when there is none.
    pub factor: f64,
    /// Digits only: no point, no grouping comma, no multiplier.
    pub bare_digits: bool,
}

/// Reads the number that starts at atom `at`. `money`: a currency sign is before it, so `5m` is five million.
pub(super) fn read(atoms: &[FigureAtom], at: usize, money: bool) -> Option<Number> {
    let first = atoms.get(at)?;
    let number = if first.number { digits(atoms, at, money)? } else { words(atoms, at)? };
    Some(ratio(atoms, number).unwrap_or(number))
}

fn low<'a>(atoms: &[FigureAtom<'a>], at: usize) -> &'a str {
    atoms.get(at).map_or("", |a| a.low)
}

fn digits(atoms: &[FigureAtom], at: usize, money: bool) -> Option<Number> {
    let text = atoms[at].low;
    if text.matches('.').count() > 1 || text.len() > 20 {
        return None;
    }
    let plain: String = text.chars().filter(|&c| c != ',').collect();
    let mut value: f64 = plain.parse().ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, after)| after.len());
    let mut rounding = 0.5 / 10f64.powi(decimals as i32);
    let mut bare_digits = plain == text && decimals == 0;
    let mut next = at + 1;
    if let Some(atom) = atoms.get(next) {
        let ordinal = atom.glued && lexicon::numbers::ORDINAL_ENDINGS.contains(atom.low);
        if ordinal {
            return Some(Number {
                next: next + 1,
                value,
                rounding: 0.0,
                kind: NumberKind::Ordinal,
                in_words: false,
                factor: 1.0,
                bare_digits: false,
            });
        }
        if let Some(part) = vulgar_fraction(atom.low) {
            (value, rounding, bare_digits, next) = (value + part, part_rounding(part), false, next + 1);
        } else if let Some((part, after)) = written_fraction(atoms, next) {
            (value, rounding, bare_digits, next) = (value + part, part_rounding(part), false, after);
        }
    }
    let mut number =
        Number { next, value, rounding, kind: NumberKind::Cardinal, in_words: false, factor: 1.0, bare_digits };
    multiply(atoms, &mut number, money);
    Some(number)
}

/// `½`, `¾` …
fn vulgar_fraction(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        _ => return None,
    })
}

/// `1/2` after a whole number and a space.
fn written_fraction(atoms: &[FigureAtom], at: usize) -> Option<(f64, usize)> {
    let [above, slash, below] = atoms.get(at..at + 3)? else { return None };
    let joined = above.number && !above.glued && slash.low == "/" && slash.glued && below.number && below.glued;
    let (above, below): (f64, f64) = (above.low.parse().ok()?, below.low.parse().ok()?);
    let proper = joined && above < below && matches!(below as u32, 2 | 3 | 4 | 5 | 8 | 16);
    proper.then_some((above / below, at + 3))
}

/// A whole number with a half or a quarter is exact to half of that part, an eighth at the least.
fn part_rounding(part: f64) -> f64 {
    if part == 0.5 { 0.25 } else { 0.125 }
}

/// Takes `million`, `hundred million`, `dozen`, and after digits `bn`, `m`.
fn multiply(atoms: &[FigureAtom], number: &mut Number, money: bool) {
    while let Some(atom) = atoms.get(number.next) {
        let factor = match scale(atom.low) {
            Some(factor) => factor,
            None if atom.glued || money => match atom.low {
                "m" if money && !number.in_words => 1e6,
                "b" | "k" if !money || number.in_words => break,
                "b" => 1e9,
                "k" => 1e3,
                "mn" => 1e6,
                "bn" => 1e9,
                "tn" => 1e12,
                _ => break,
            },
            None => break,
        };
        number.value *= factor;
        number.rounding *= factor;
        number.factor *= factor;
        number.bare_digits = false;
        number.next += 1;
        if number.factor > 1e15 {
            break;
        }
    }
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "lakh" => 1e5,
        "million" | "millions" => 1e6,
        "crore" => 1e7,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// The words by which a number in words starts, and those behind `a` and `an`.
pub(super) fn words_of_numbers() -> impl Iterator<Item = &'static str> {
    let behind_an_article =
        "half quarter dozen hundred thousand lakh million crore billion trillion third fifth tenth".split(' ');
    use lexicon::numbers::{ORDINALS, SMALL, TENS};
    behind_an_article.chain(SMALL.iter()).chain(TENS.iter()).chain(ORDINALS.iter())
}

/// `one` to `nineteen`.
fn small(word: &str) -> Option<f64> {
    lexicon::numbers::SMALL.position(word).map(|at| at as f64)
}

fn tens(word: &str) -> Option<f64> {
    lexicon::numbers::TENS.position(word).map(|at| (at as f64 + 2.0) * 10.0)
}

/// `first` to `twentieth`.
fn ordinal(word: &str) -> Option<f64> {
    lexicon::numbers::ORDINALS.position(word).map(|at| at as f64 + 1.0)
}

/// The denominator that `thirds` or `quarter` names.
fn denominator(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" | "fourth" | "fourths" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixth" | "sixths" => 6.0,
        "eighth" | "eighths" => 8.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    })
}

/// A share `value` with `denominator` parts. Its rounding reaches half-way to the next simple share, 1/d − 1/(d+1).
fn share(next: usize, value: f64, denominator: f64, in_words: bool) -> Number {
    let rounding = 0.5 / (denominator * (denominator + 1.0));
    Number { next, value, rounding, kind: NumberKind::Fraction, in_words, factor: 1.0, bare_digits: false }
}

fn words(atoms: &[FigureAtom], at: usize) -> Option<Number> {
    let cardinal = |next, value, rounding| {
        let mut number = Number {
            next,
            value,
            rounding,
            kind: NumberKind::Cardinal,
            in_words: true,
            factor: 1.0,
            bare_digits: false,
        };
        multiply(atoms, &mut number, false);
        number
    };
    let word = atoms[at].low;
    let second = low(atoms, at + 1);
    match word {
        // `a million`, `a dozen`, `a half-million`, `a third of`, `a quarter of`.
        "a" | "an" => {
            if scale(second).is_some() {
                return Some(cardinal(at + 1, 1.0, 0.5));
            }
            if second == "half" && scale(low(atoms, at + 2)).is_some() {
                return Some(cardinal(at + 2, 0.5, 0.05));
            }
            let of = low(atoms, at + 2) == "of";
            let parts = denominator(second).filter(|_| of && matches!(second, "third" | "quarter" | "fifth" | "tenth"));
            return parts.map(|d| share(at + 2, 1.0 / d, d, true));
        }
        // `half a million`, `half a dozen`, `half of the`, `half the`.
        "half" => {
            let skip = usize::from(matches!(second, "a"));
            if scale(low(atoms, at + 1 + skip)).is_some() {
                return Some(cardinal(at + 1 + skip, 0.5, 0.05));
            }
            let part = matches!(second, "of" | "the" | "its" | "their" | "all") && !atoms[at].hyphened;
            return part.then(|| share(at + 1, 0.5, 2.0, true));
        }
        _ => {}
    }
    if let Some(value) = ordinal(word) {
        return Some(ordinal_number(at + 1, value));
    }
    let (mut value, mut next) = if let Some(value) = small(word) {
        (value, at + 1)
    } else {
        let value = tens(word)?;
        match atoms.get(at + 1).filter(|a| a.hyphened) {
            Some(a) => match (small(a.low).filter(|&v| (1.0..10.0).contains(&v)), ordinal(a.low)) {
                (Some(unit), _) => (value + unit, at + 2),
                (_, Some(unit)) if unit < 10.0 => return Some(ordinal_number(at + 2, value + unit)),
                _ => (value, at + 1),
            },
            None => (value, at + 1),
        }
    };
    // `two-thirds`, `two thirds`, but not `two third-graders`.
    if let Some(parts) = denominator(low(atoms, next)) {
        let plural = low(atoms, next).ends_with('s');
        let one = value == 1.0 && !plural && atoms[next].hyphened | (low(atoms, next + 1) == "of");
        if value < parts && (one || (value > 1.0 && plural)) {
            return Some(share(next + 1, value / parts, parts, true));
        }
    }
    let mut rounding = 0.5;
    // `two and a half million`
    if low(atoms, next) == "and" && low(atoms, next + 1) == "a" && low(atoms, next + 2) == "half" {
        (value, rounding, next) = (value + 0.5, 0.25, next + 3);
    }
    // `three hundred and twenty`, `three hundred twenty-one thousand`: one more part after a hundred.
    if low(atoms, next) == "hundred" {
        let skip = usize::from(low(atoms, next + 1) == "and");
        let rest = low(atoms, next + 1 + skip);
        if let Some(rest) = tens(rest).or_else(|| small(rest)) {
            let mut after = next + 2 + skip;
            value = value * 100.0 + rest;
            let unit = atoms.get(after).filter(|a| a.hyphened && rest >= 20.0).and_then(|a| small(a.low));
            if let Some(unit) = unit {
                (value, after) = (value + unit, after + 1);
            }
            next = after;
        }
    }
    Some(cardinal(next, value, rounding))
}

fn ordinal_number(next: usize, value: f64) -> Number {
    Number { next, value, rounding: 0.0, kind: NumberKind::Ordinal, in_words: true, factor: 1.0, bare_digits: false }
}

/// `one in four`, `nine out of 10`, `one-in-five`.
fn ratio(atoms: &[FigureAtom], above: Number) -> Option<Number> {
    if above.kind != NumberKind::Cardinal || above.factor != 1.0 || !(1.0..100.0).contains(&above.value) {
        return None;
    }
    let at = match (low(atoms, above.next), low(atoms, above.next + 1)) {
        ("in", "every") => above.next + 2,
        ("in", _) => above.next + 1,
        ("out", "of") => above.next + 2,
        _ => return None,
    };
    let first = atoms.get(at)?;
    let below = if first.number { digits(atoms, at, false)? } else { words(atoms, at)? };
    let year = below.bare_digits && below.value >= 1900.0;
    let fits = below.kind == NumberKind::Cardinal && above.value < below.value && !year;
    let after = low(atoms, below.next);
    let time = super::atoms::is_time(after) || matches!(after, "a.m." | "p.m." | "percent" | "%");
    (fits && !time).then(|| share(below.next, above.value / below.value, below.value, above.in_words))
}
