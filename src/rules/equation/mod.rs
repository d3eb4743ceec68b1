//! Equations: what the figures of a sentence say of each other, as rules about numbers have it.
//!
//! ```text
//! A:u _ compared with B:u _ , (an increase|a rise) of C:% => C = 100 * (A - B) / B ; from {B} to {A} is {actual}
//! ```
//!
//! Before `=>` is what the sentence looks like, behind it what must hold, and behind `;` how that is told. The parts of the
//! first:
//!
//! | part | what it is |
//! |---|---|
//! | `A:n`, `A:$`, `A:%` | a count, a sum of money, a per cent; the capital is its name in the equation |
//! | `A:s`, `A:f` | a share as a per cent, written as such or as a fraction (as a number of 100); only as a fraction |
//! | `A:m`, `A:p` | a measurement; percentage points |
//! | `A:u` | a count, a sum, a per cent or a measurement; all that have `u` are of one kind, and count the same thing |
//! | `A:v` | the same, but they may count different things |
//! | `A:d`, `A:o`, `A:y` | a bare number, `50th`, a year |
//! | `A:d-member` | a bare number with the rest of its word |
//! | `of`, `(or\|about)` | a word, one of several words or phrases; in lower case |
//! | `<(>`, `<)>` | a bracket of the sentence |
//! | `x?` | may be missing |
//! | `_`, `__` | at most six words, at most twelve words and commas, without figures; shorter ones first |
//! | `<first>` | no figure is before it in the sentence, such as another part of a total |
//! | `.` | the end of a sentence; what follows is in the next one |
//!
//! An equation has the name of a figure, one of `=`, `<=`, `>=`, and an expression of numbers, names, `+ - * /` and brackets;
//! or `A in x .. y`. `NOW` is the year in which the story appears.

mod parse;

use crate::text::ShapeSet;

/// What figures of a sentence say of each other.
#[derive(Debug)]
pub struct Equation {
    /// What the sentence looks like.
    pub parts: Vec<EquationPart>,
    /// The figure that the others must give.
    pub told: char,
    /// What it must be to the expression.
    pub relation: Relation,
    /// What is worked out.
    pub expression: Formula,
    /// How many figures the sentence has.
    pub figures: usize,
    /// Whether it goes on in the next sentence.
    pub goes_on: bool,
    /// How that is told, with `{A}` for the figures as written and `{actual}` for what they give.
    pub says: String,
}

/// A part of a sentence.
#[derive(Debug)]
pub enum EquationPart {
    /// A figure.
    Figure {
        /// Its name.
        name: char,
        /// What it is.
        kind: FigureKind,
    },
    /// One of several phrases, each with its words.
    Words {
        /// The phrases, longest first.
        phrases: Vec<Vec<String>>,
        /// The first word of each.
        firsts: ShapeSet,
        /// Whether it may be missing.
        optional: bool,
    },
    /// So many words at most, with commas among them or without.
    Gap {
        /// The most words.
        most: usize,
        /// Whether commas may be there.
        commas: bool,
    },
    /// The end of a sentence.
    End,
    /// No figure is before it in the sentence.
    First,
}

impl EquationPart {
    /// Whether a word of this shape may be where it starts. Nearly all places are told by this without being looked at.
    #[inline]
    pub fn may_start_with(&self, shape: u16) -> bool {
        match self {
            Self::Words { firsts, optional, .. } => *optional || firsts.may_have(shape),
            _ => true,
        }
    }
}

/// What a figure of an equation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// A count.
    Count,
    /// A sum of money.
    Money,
    /// A per cent.
    Percent,
    /// Percentage points.
    Points,
    /// A per cent or a fraction, as a per cent.
    Share,
    /// A fraction, as a per cent.
    Fraction,
    /// A measurement.
    Measure,
    /// Any of these but a fraction, of the same kind as all others, and counting the same thing.
    Same,
    /// As [`FigureKind::Same`], whatever is counted.
    SameUnit,
    /// A bare number, whatever it counts.
    Number,
    /// A bare number that starts a word with this end: `-member`.
    Compound(String),
    /// `50th`.
    Ordinal,
    /// A year.
    Year,
}

/// What a figure must be to what was worked out.
#[derive(Clone, Debug)]
pub enum Relation {
    /// The same.
    Equal,
    /// At most that.
    AtMost,
    /// At least that.
    AtLeast,
    /// From that to this.
    UpTo(Formula),
}

/// What is worked out.
#[derive(Clone, Debug)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A figure by its name.
    Figure(char),
    /// The year in which the story appears.
    Now,
    /// Two expressions with `+`, `-`, `*` or `/` between.
    Both(Box<Formula>, char, Box<Formula>),
}

/// All values between two numbers.
pub type Interval = (f64, f64);

impl Formula {
    /// The least and the greatest value, where `value` gives those of the figures; `None` where something is divided by what
    /// may be nothing, or a figure has no value.
    pub fn interval(&self, value: &impl Fn(char) -> Option<Interval>, now: Option<f64>) -> Option<Interval> {
        Some(match self {
            Self::Number(number) => (*number, *number),
            Self::Figure(name) => value(*name)?,
            Self::Now => (now?, now?),
            Self::Both(left, sign, right) => {
                let ((a, b), (c, d)) = (left.interval(value, now)?, right.interval(value, now)?);
                match sign {
                    '+' => (a + c, b + d),
                    '-' => (a - d, b - c),
                    _ if *sign == '/' && c <= 0.0 && d >= 0.0 => return None,
                    _ => {
                        let all = match sign {
                            '*' => [a * c, a * d, b * c, b * d],
                            _ => [a / c, a / d, b / c, b / d],
                        };
                        let start = (f64::INFINITY, f64::NEG_INFINITY);
                        all.iter().fold(start, |(low, high), x| (low.min(*x), high.max(*x)))
                    }
                }
            }
        })
    }

    /// Calls `each` with the name of each figure in it.
    fn figures(&self, each: &mut impl FnMut(char)) {
        match self {
            Self::Figure(name) => each(*name),
            Self::Both(left, _, right) => {
                left.figures(each);
                right.figures(each);
            }
            Self::Number(_) | Self::Now => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_give_all_values_that_can_be() {
        let equation = Equation::parse("A:n of B:n , or C:% => C = 100 * A / B").expect("it is one");
        let value = |name| match name {
            'A' => Some((9.5, 10.5)),
            _ => Some((40.0, 40.0)),
        };
        assert_eq!(equation.expression.interval(&value, None), Some((23.75, 26.25)));
        let none = Equation::parse("A:n of B:n => A = B / (B - 40)").expect("it is one");
        assert_eq!(none.expression.interval(&value, None), None, "nothing is divided by nothing");
        let now = Equation::parse("born in B:y is A:d => A in NOW - B - 1 .. NOW - B").expect("it is one");
        assert_eq!(now.expression.interval(&|_| Some((1970.0, 1970.0)), Some(2018.0)), Some((47.0, 47.0)));
    }

    #[test]
    fn what_is_too_long_is_told() {
        let sum = format!("A:n of B:n => A = B{}", " + B".repeat(5000));
        assert!(Equation::parse(&sum).is_err_and(|said| said.contains("at most 60")));
        let parts = format!("A:n{} B:n => A = B", " x?".repeat(50));
        assert!(Equation::parse(&parts).is_err_and(|said| said.contains("at most 40 parts")));
    }

    #[test]
    fn what_is_no_equation_is_told() {
        for (source, wrong) in [
            ("A:n of B:n", "needs `=>`"),
            ("A:n of B:n => A", "needs a relation"),
            ("A:n of B:n => A = C", "no figure `C`"),
            ("A:q of B:n => A = B", "`q` is no kind of figure"),
            ("A:n of B:n => A = (B", "`)`"),
            ("A:n of B:n => A = B + ", "ends"),
            ("_ A:n of B:n => A = B", "starts with"),
            ("A:n of B:n => A = B ; {D} is too much", "no figure `D`"),
        ] {
            let said = Equation::parse(source).map(|_| ()).expect_err(source);
            assert!(said.contains(wrong), "{source}: {said}");
        }
    }
}
