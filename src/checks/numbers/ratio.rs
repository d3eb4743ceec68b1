//! `ratio-percent` and `bound-side`: the same thing said in two ways, “one in four, or 25 percent”, “nearly 100 (98)”.

use super::{interval, with_value};
use crate::lexicon::grammar;
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::story::figure::{Bound, FigureUnit, LocalFigure};

/// A fraction and a per cent, one explaining the other, that are not the same.
pub(in crate::checks) fn percent(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 2) {
        for pair in sentence.figures.windows(2) {
            let [first, second] = pair else { continue };
            let (share, percent) = match (&first.unit, &second.unit) {
                (FigureUnit::Fraction, FigureUnit::Percent) => (first, second),
                (FigureUnit::Percent, FigureUnit::Fraction) => (second, first),
                _ => continue,
            };
            if !explains(&sentence, first, second) || is_one_sided(share) || is_one_sided(percent) {
                continue;
            }
            let (low, high) = interval(sentence.text(share), share, 0.0);
            let (percent_low, percent_high) = interval(sentence.text(percent), percent, 0.0);
            if percent_low - 0.5 <= high * 100.0 && percent_high + 0.5 >= low * 100.0 {
                continue;
            }
            let actual = written(share.value * 100.0, usize::from(share.value < 0.1));
            let mut hit = Hit::in_paragraph(first.span.to(second.span))
                .arg("share", sentence.text(share))
                .arg("percent", sentence.text(percent))
                .arg("actual", format!("{actual} percent"));
            if let Some(text) = with_value(sentence.text(percent), share.value * 100.0) {
                hit = hit.replace(Passage::new(0, percent.span), text, rule.fix);
            }
            out.push(hit);
        }
    }
}

fn is_one_sided(figure: &LocalFigure) -> bool {
    matches!(figure.bound, Some(Bound::Above | Bound::Below | Bound::AtLeast | Bound::AtMost)) || figure.range.is_some()
}

/// Whether `second` says again what `first` said: `first noun, or second` or `first noun (second`.
pub(super) fn explains(sentence: &FigureSentence, first: &LocalFigure, second: &LocalFigure) -> bool {
    let (start, Some(head)) = (sentence.next(first), sentence.head(second)) else { return false };
    // “5% (half the budget)”: the share of another whole.
    let of_another = second.unit == FigureUnit::Fraction && is_determiner(sentence.low(sentence.next(second)));
    if of_another {
        return false;
    }
    let plain = |range: std::ops::Range<usize>| {
        range.len() <= 4
            && range.clone().all(|at| !matches!(sentence.low(at), "," | ";" | "(" | ")" | "and" | "while" | "\""))
    };
    match sentence.low(head) {
        "(" => plain(start..head),
        "or" => {
            head.checked_sub(1).is_some_and(|comma| sentence.low(comma) == "," && comma >= start && plain(start..comma))
        }
        _ => false,
    }
}

/// “Nearly 100 (101)”: the exact figure lies on the other side.
pub(in crate::checks) fn side(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 1) {
        for (at, round) in sentence.figures.iter().enumerate() {
            let (Some(bound), None) = (round.bound, round.range) else { continue };
            let Some((value, shown)) = bare_in_brackets(&sentence, round).or_else(|| exact_after(&sentence, at)) else {
                continue;
            };
            let near = value > round.value * 0.5 && value < round.value * 2.0;
            let wrong = match bound {
                Bound::Below => value > round.value,
                Bound::Above => value < round.value,
                _ => false,
            };
            let first = sentence.head(round).map_or(sentence.tokens.start, |head| head + 1);
            let Some(start) = sentence.paragraph.tokens.get(first).map(|t| t.span) else { continue };
            let found = start.to(round.span);
            let words = crate::text::Span { start: start.start, end: round.span.start };
            if !wrong || !near || words.is_empty() {
                continue;
            }
            let instead = if bound == Bound::Below { "more than" } else { "nearly" };
            let instead = crate::checks::wording::with_capitals_of(sentence.paragraph.slice(words), instead);
            let text = format!("{instead} {}", sentence.text(round));
            out.push(
                Hit::in_paragraph(found)
                    .arg("found", sentence.paragraph.slice(found))
                    .arg("exact", shown)
                    .arg("use", text.clone())
                    .replace(Passage::new(0, found), text, rule.fix),
            );
        }
    }
}

/// `(101)` right after the figure: digits alone in brackets are no figure of their own.
fn bare_in_brackets(sentence: &FigureSentence, round: &LocalFigure) -> Option<(f64, String)> {
    let at = sentence.next(round);
    if round.unit != FigureUnit::Count || sentence.low(at) != "(" || sentence.low(at + 2) != ")" {
        return None;
    }
    let shown = sentence.low(at + 1);
    Some((shown.replace(',', "").parse().ok()?, shown.to_owned()))
}

/// The exact figure that explains figure number `at`, in its unit: `more than half of the votes (48 percent)`.
fn exact_after(sentence: &FigureSentence, at: usize) -> Option<(f64, String)> {
    let (round, exact) = (sentence.figures.get(at)?, sentence.figures.get(at + 1)?);
    // In brackets the exact figure ends the bracket: “more than 100 (12 of them children)” says another thing.
    let closes = matches!(sentence.low(sentence.next(exact)), ")" | ",");
    if exact.bound.is_some() || exact.range.is_some() || !closes || !explains(sentence, round, exact) {
        return None;
    }
    let value = match (&round.unit, &exact.unit) {
        (FigureUnit::Fraction, FigureUnit::Percent) => exact.value / 100.0,
        (a, b)
            if a == b
                && matches!(
                    a,
                    FigureUnit::Count | FigureUnit::Money(_) | FigureUnit::Percent | FigureUnit::Measure(_)
                ) =>
        {
            exact.value
        }
        _ => return None,
    };
    Some((value, sentence.text(exact).to_owned()))
}

fn is_determiner(low: &str) -> bool {
    grammar::ARTICLES_AND_POSSESSIVES.contains(low) || low == "our"
}
