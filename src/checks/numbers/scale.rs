//! `million-billion`: the same number once in millions and once in billions.

use rustc_hash::FxHashMap;

use super::{Sentence, scale_of, sentences, written};
use crate::checks::Hit;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::figure::{LocalFigure, Unit};
use crate::story::gist::Signs;
use crate::story::{Read, Story};
use crate::text::Span;

/// Figures with the same digits, the same unit and words in common, a factor of 1,000 apart.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut seen: FxHashMap<(&str, &str), (Passage, &Large)> = FxHashMap::default();
    for (number, read) in story.paragraphs_with(Signs::LARGE_FIGURE) {
        for large in &read.kept.rare().large {
            let passage = Passage::new(number, large.span);
            let Some(&(first, earlier)) = seen.get(&(&*large.digits, &*large.unit)) else {
                seen.insert((&large.digits, &large.unit), (passage, large));
                continue;
            };
            let factor = (large.scale / earlier.scale).max(earlier.scale / large.scale);
            let shared = || large.context.iter().any(|word| earlier.context.contains(word));
            if (factor - 1000.0).abs() < 0.5 && shared() {
                out.push(
                    Hit::at(passage)
                        .arg("found", story.slice(passage))
                        .arg("first", story.slice(first))
                        .related(first, format!("{} here", story.slice(first))),
                );
            }
        }
    }
}

/// No telling figure in millions is less: `0.05 million`.
const SMALLEST: f64 = 1e4;

/// A figure of a million and more.
#[derive(Debug)]
pub(in crate::checks) struct Large {
    span: Span,
    digits: String,
    unit: String,
    scale: f64,
    /// The longer words around it.
    context: Vec<String>,
}

/// The figures of a million and more in one paragraph.
pub(in crate::checks) fn large_figures(read: &Read) -> Vec<Large> {
    let mut found = Vec::new();
    if !read.figures.figures.iter().any(|figure| figure.value >= SMALLEST) {
        return found;
    }
    for sentence in sentences(read, 1) {
        for figure in sentence.figures {
            let Some(digits) = telling_digits(&sentence, figure) else { continue };
            found.push(Large {
                span: figure.span,
                digits,
                unit: format!("{:?}", figure.unit),
                scale: scale_of(sentence.text(figure)),
                context: words_around(&sentence, figure),
            });
        }
    }
    found
}

/// The digits of a figure in thousands, millions, billions or trillions, when there are two or more of them.
fn telling_digits(sentence: &Sentence, figure: &LocalFigure) -> Option<String> {
    let text = sentence.text(figure);
    let scale = scale_of(text);
    let counted = matches!(figure.unit, Unit::Money(_) | Unit::Count);
    if scale < 1e6 || !counted || figure.in_words || figure.range.is_some() {
        return None;
    }
    let digits = written(figure.value / scale, 6);
    let telling = digits.trim_end_matches('0').chars().filter(char::is_ascii_digit).count();
    (telling >= 2).then_some(digits)
}

/// The longer words within a few tokens of the figure, in lower case.
fn words_around(sentence: &Sentence, figure: &LocalFigure) -> Vec<String> {
    let (first, next) = (sentence.first(figure), sentence.next(figure));
    (first.saturating_sub(7)..next + 7)
        .filter(|at| !(first..next).contains(at) && sentence.tokens.contains(at))
        .filter(|&at| sentence.paragraph.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word))
        .map(|at| sentence.low(at).to_owned())
        .filter(|word| word.len() >= 5 && !is_common(word))
        .collect()
}

fn is_common(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "nearly"
            | "almost"
            | "roughly"
            | "would"
            | "could"
            | "should"
            | "which"
            | "their"
            | "there"
            | "after"
            | "before"
            | "since"
            | "about,"
            | "million"
            | "billion"
            | "dollars"
            | "company"
            | "according"
            | "other"
            | "under"
            | "these"
            | "those"
            | "where"
            | "while"
            | "years"
            | "worth"
            | "total"
            | "estimated"
            | "percent"
    )
}
