//! Checks of numbers: what the figures of a sentence say must agree.
//!
//! All of them compare figures as intervals: a figure stands for every value that rounds to what is shown.

pub(super) mod age;
pub(super) mod average;
pub(super) mod birth;
pub(super) mod casualties;
mod change;
pub(super) mod change_checks;
mod computed;
pub(super) mod conversion;
pub(super) mod equation;
pub(super) mod isbn;
pub(super) mod listed;
pub(super) mod malformed;
pub(super) mod margin;
pub(super) mod percent_style;
pub(super) mod ratio;
pub(super) mod scale;
pub(super) mod sentence_start;
pub(super) mod share;
mod sums;
pub(super) mod total;

pub use computed::{ComputedChange, computed_changes};
pub use sums::{Sum, sums};

use crate::lexicon;
use crate::rules::{Check, Run};
use crate::story::figure::sentence::{FigureSentence, scale_of, written};
use crate::story::figure::{Bound, FigureUnit, LocalFigure};

/// The checks of this folder, as rules name them.
pub(super) const CHECKS: &[Check] = &[
    Check::new("age-birth-year", Run::Story(birth::run), &[]),
    Check::new("age-differs", Run::Story(age::run), &[]),
    Check::new("average-total", Run::Paragraph(average::run), &[]),
    Check::new("bound-side", Run::Paragraph(ratio::side), &[]),
    Check::new("casualties", Run::Story(casualties::run), &[]),
    Check::new("change-direction", Run::Paragraph(change_checks::direction), &[]),
    Check::new("change-multiple", Run::Paragraph(change_checks::multiple), &[]),
    Check::new("conversion", Run::Paragraph(conversion::run), &[]),
    Check::new("count-listed", Run::Local(listed::run), &[]),
    equation::CHECK,
    Check::new("false-precision", Run::Paragraph(conversion::false_precision), &[]),
    Check::new("isbn", Run::Paragraph(isbn::run), &[]),
    Check::new("malformed-number", Run::Paragraph(malformed::run), &[]),
    Check::new("million-billion", Run::Story(scale::run), &[]),
    Check::new("part-of-whole", Run::Paragraph(share::run), &[]),
    Check::new("parts-total", Run::Paragraph(total::parts), &[]),
    Check::new("percent-change", Run::Paragraph(change_checks::percent), &[]),
    Check::new("percent-style", Run::Story(percent_style::run), &[]),
    Check::new("percentage-points", Run::Paragraph(change_checks::points), &[]),
    Check::new("ratio-percent", Run::Paragraph(ratio::percent), &[]),
    Check::new("sentence-start-numeral", Run::Paragraph(sentence_start::run), &[]),
    Check::new("shares-over-100", Run::Paragraph(total::shares), &[]),
    Check::new("vote-losing", Run::Paragraph(margin::losing), &[]),
    Check::new("vote-margin", Run::Paragraph(margin::run), &[]),
];

/// The values that `figure` may stand for: what rounds to the digits shown, and more where words make it approximate.
///
/// Desks round `10,437` to `10,400` as well as to `10,000`, so the zeros at the end of large numbers count as rounded, up
/// to `zeros` (a share of the value).
pub(super) fn interval(text: &str, figure: &LocalFigure, zeros: f64) -> (f64, f64) {
    let value = figure.value;
    let rounding = figure.rounding.max(zeros_rounding(text, value).min(value * zeros));
    let (low, high) = (value - rounding, value + rounding);
    match figure.bound {
        None => (low, high),
        Some(Bound::About) => (low - value * 0.05, high + value * 0.05),
        Some(Bound::Below | Bound::AtMost) => (low - value * 0.1, high),
        Some(Bound::Above | Bound::AtLeast) => (low, high + value * 0.1),
    }
}

/// Half of the place of the last digit that is not zero, for whole numbers in digits.
fn zeros_rounding(text: &str, value: f64) -> f64 {
    if text.contains('.') || value < 10.0 {
        return 0.0;
    }
    let digits = text.chars().filter(char::is_ascii_digit).collect::<String>();
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    if zeros == 0 || zeros > 12 { 0.0 } else { 0.5 * 10f64.powi(zeros as i32) * scale_of(text) }
}

/// How many decimals the number in `text` shows.
pub(super) fn decimals(text: &str) -> usize {
    let number: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(is_digit_or_mark).collect();
    let number = number.trim_end_matches(['.', ',']);
    number.split_once('.').map_or(0, |(_, after)| after.len())
}

fn is_digit_or_mark(c: &char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// `text` of a figure in digits with its number replaced by `value`: `$100 million` to `$120 million`.
///
/// `None` for numbers in words, and where the value cannot be shown with the decimals at hand.
pub(super) fn with_value(text: &str, value: f64) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].find(|c: char| !is_digit_or_mark(&c)).unwrap_or(text.len() - start);
    let after = &text[start + length..];
    let shown = value / scale_of(text);
    let mut places = decimals(text);
    // “0.4 million” rather than “0 million”.
    if shown < 1.0 && places == 0 {
        places = 1;
    }
    let number = written(shown, places);
    // `100th` becomes `102nd`.
    let ordinal = lexicon::numbers::ORDINAL_ENDINGS.iter().find_map(|ending| after.strip_prefix(ending));
    let (ending, after) = ordinal.map_or(("", after), |rest| (ordinal_ending(&number), rest));
    (number != "0").then(|| format!("{}{number}{ending}{after}", &text[..start]))
}

/// The ending of an ordinal: `rd` of `143`.
fn ordinal_ending(digits: &str) -> &'static str {
    let teens = digits.len() > 1 && digits.as_bytes()[digits.len() - 2] == b'1';
    match digits.bytes().last() {
        Some(b'1') if !teens => "st",
        Some(b'2') if !teens => "nd",
        Some(b'3') if !teens => "rd",
        _ => "th",
    }
}

/// Whether two figures measure the same thing: unit, and noun where both have one.
pub(super) fn comparable(sentence: &FigureSentence, a: &LocalFigure, b: &LocalFigure) -> bool {
    let unit = a.unit == b.unit && !matches!(a.unit, FigureUnit::Ordinal | FigureUnit::Fraction);
    let noun = match (sentence.noun(a), sentence.noun(b)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    unit && noun
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_desks_write_them() {
        assert_eq!(written(1609.34, 0), "1,609");
        assert_eq!(written(12.0, 2), "12");
        assert_eq!(with_value("$100 million", 1.2e8).as_deref(), Some("$120 million"));
        assert_eq!(with_value("3.5-mile", 4.26).as_deref(), Some("4.3-mile"));
        assert_eq!(with_value("twenty percent", 4.0), None);
    }

    #[test]
    fn zeros_at_the_end_may_be_rounding() {
        assert_eq!(zeros_rounding("1,600", 1600.0), 50.0);
        assert_eq!(zeros_rounding("$20 million", 2e7), 5e6);
        assert_eq!(zeros_rounding("1.50", 1.5), 0.0);
    }
}
