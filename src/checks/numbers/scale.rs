//! `million-billion`: the same number once in millions and once in billions.

use std::collections::HashMap;

use super::{Sentence, scale_of, sentences, written};
use crate::checks::Hit;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::Story;
use crate::story::figure::{LocalFigure, Unit};

/// Figures with the same digits, the same unit and words in common, a factor of 1,000 apart.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut seen: HashMap<(String, String), (f64, Passage, Vec<String>)> = HashMap::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        for sentence in sentences(read, 1) {
            for figure in sentence.figures {
                let Some(digits) = telling_digits(&sentence, figure) else { continue };
                let unit = format!("{:?}", figure.unit);
                let passage = Passage::new(number, figure.span);
                let scale = scale_of(sentence.text(figure));
                let context = words_around(&sentence, figure);
                match seen.get(&(digits.clone(), unit.clone())) {
                    None => {
                        seen.insert((digits, unit), (scale, passage, context));
                    }
                    Some((first_scale, first, words)) => {
                        let factor = (scale / first_scale).max(first_scale / scale);
                        let shared = context.iter().any(|word| words.contains(word));
                        if (factor - 1000.0).abs() < 0.5 && shared {
                            out.push(
                                Hit::at(passage)
                                    .arg("found", sentence.text(figure))
                                    .arg("first", story.slice(*first))
                                    .related(*first, format!("{} here", story.slice(*first))),
                            );
                        }
                    }
                }
            }
        }
    }
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
