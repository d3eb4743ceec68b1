//! Checks of numbers: what the figures of a sentence say must agree.
//!
//! All of them compare figures as intervals: a figure stands for every value that rounds to what is shown.

pub(super) mod age;
pub(super) mod average;
pub(super) mod casualties;
mod change;
pub(super) mod change_checks;
mod computed;
pub(super) mod conversion;
pub(super) mod isbn;
pub(super) mod listed;
pub(super) mod margin;
pub(super) mod percent_style;
pub(super) mod ratio;
pub(super) mod scale;
pub(super) mod sentence_start;
pub(super) mod total;

pub use computed::{ComputedChange, computed_changes};

use crate::prose::Paragraph;
use crate::story::Read;
use crate::story::figure::{Bound, LocalFigure, Unit};

/// One sentence of a paragraph with the figures that stand in it.
pub(super) struct Sentence<'r> {
    /// The paragraph it belongs to.
    pub paragraph: &'r Paragraph,
    /// Indexes of its tokens in the paragraph.
    pub tokens: std::ops::Range<usize>,
    /// In order.
    pub figures: &'r [LocalFigure],
}

/// The sentences of a paragraph that hold at least `least` figures.
pub(super) fn sentences(read: &Read, least: usize) -> impl Iterator<Item = Sentence<'_>> {
    let paragraph = &read.paragraph;
    let all = &read.figures.figures;
    let enough = all.len() >= least;
    paragraph.sentences.iter().filter(move |_| enough).filter_map(move |sentence| {
        let first = all.partition_point(|f| f.span.start < sentence.span.start);
        let last = all.partition_point(|f| f.span.start < sentence.span.end);
        let figures = all.get(first..last)?;
        (figures.len() >= least).then(|| Sentence { paragraph, tokens: sentence.tokens(), figures })
    })
}

impl Sentence<'_> {
    /// Index of the first token of `figure`.
    pub fn first(&self, figure: &LocalFigure) -> usize {
        self.paragraph.token_at(figure.span.start)
    }

    /// Index of the token after `figure`.
    pub fn next(&self, figure: &LocalFigure) -> usize {
        self.paragraph.tokens_in(figure.span).end
    }

    /// Index of the last token before `figure` that does not make it approximate: `from` of `from about 20`.
    pub fn head(&self, figure: &LocalFigure) -> Option<usize> {
        let mut at = self.first(figure);
        for _ in 0..4 {
            at = at.checked_sub(1).filter(|at| self.tokens.contains(at))?;
            if !is_bound_word(self.low(at)) {
                return Some(at);
            }
        }
        None
    }

    /// Folded lower-case text of token `at`; empty outside the sentence.
    pub fn low(&self, at: usize) -> &str {
        if self.tokens.contains(&at) { self.paragraph.low(at) } else { "" }
    }

    /// Whether one of `words` stands in the sentence.
    pub fn has(&self, words: &[&str]) -> bool {
        self.tokens.clone().any(|at| words.contains(&self.paragraph.low(at)))
    }

    /// `figure` as written.
    pub fn text(&self, figure: &LocalFigure) -> &str {
        self.paragraph.slice(figure.span)
    }

    /// The counted noun of `figure`, in lower case.
    pub fn noun(&self, figure: &LocalFigure) -> Option<String> {
        figure.noun.map(|noun| self.paragraph.slice(noun).to_lowercase())
    }

    /// Whether `minus` or a minus sign stands before `figure`: the figures carry no sign.
    pub fn is_negative(&self, figure: &LocalFigure) -> bool {
        self.first(figure).checked_sub(1).is_some_and(|at| matches!(self.low(at), "minus" | "negative" | "-" | "sub"))
    }
}

/// Words between `from` and the figure that say how exact it is.
fn is_bound_word(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "around"
            | "roughly"
            | "approximately"
            | "nearly"
            | "almost"
            | "some"
            | "more"
            | "less"
            | "fewer"
            | "than"
            | "over"
            | "under"
            | "at"
            | "least"
            | "just"
            | "only"
            | "an"
            | "a"
            | "estimated"
            | "record"
            | "just-over"
            | "well"
            | "slightly"
            | "barely"
            | "close"
    )
}

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

/// The factor of `million` and its like in `text`; 1 when there is none.
pub(super) fn scale_of(text: &str) -> f64 {
    let text = text.to_lowercase();
    for (word, factor) in [("trillion", 1e12), ("billion", 1e9), ("million", 1e6), ("thousand", 1e3)] {
        if text.contains(word) {
            return factor;
        }
    }
    1.0
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

/// `value` with grouping commas and `decimals` decimals; `12.0` is `12`.
pub(super) fn written(value: f64, decimals: usize) -> String {
    let fixed = format!("{:.*}", decimals.min(6), value.abs());
    let (whole, part) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    text
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
    (number != "0").then(|| format!("{}{number}{after}", &text[..start]))
}

/// Whether two figures measure the same thing: unit, and noun where both have one.
pub(super) fn comparable(sentence: &Sentence, a: &LocalFigure, b: &LocalFigure) -> bool {
    let unit = a.unit == b.unit && !matches!(a.unit, Unit::Ordinal | Unit::Fraction);
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
