//! Figures: numbers with their units and what they count.

use std::sync::Arc;

use super::{Read, time};
use crate::prose::{Paragraph, Passage};
use crate::text::Span;

/// What a paragraph says of figures by itself.
#[derive(Debug, Default)]
pub struct Local {
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
    pub rounding: f64,
    /// What it measures.
    pub unit: Unit,
    /// The noun it counts, when one follows: `people`.
    pub noun: Option<Span>,
    /// Written in words (`twelve`) and not in digits.
    pub in_words: bool,
    /// `about`, `nearly`, `more than` and the like stand before it.
    pub approximate: bool,
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A bare count.
    Count,
    /// `percent`, `%`, `per cent`.
    Percent,
    /// `percentage points`.
    PercentagePoints,
    /// Money, with its ISO 4217 code or symbol: `USD`, `EUR`.
    Money(String),
    /// A unit of measurement in its singular short form: `km`, `mi`, `kg`, `lb`, `°C`, `ha`.
    Measure(String),
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
    /// Where it stands.
    pub passage: Passage,
    /// Index in its paragraph's [`Local::figures`].
    pub local: usize,
}

/// What a paragraph says of figures by itself. Dates and clock times are no figures.
pub fn read(_paragraph: &Paragraph, _times: &time::Local) -> Local {
    Local::default()
}

/// Lists the figures of the story.
pub fn link(paragraphs: &[Arc<Read>]) -> Vec<Figure> {
    let figures = |(at, read): (usize, &Arc<Read>)| {
        read.figures
            .figures
            .iter()
            .enumerate()
            .map(|(local, f)| Figure { passage: Passage::new(at, f.span), local })
            .collect::<Vec<_>>()
    };
    paragraphs.iter().enumerate().flat_map(figures).collect()
}
