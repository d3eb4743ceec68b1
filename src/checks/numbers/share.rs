//! `part-of-whole`: a part, its whole and its share, as one sentence tells them: “15 of the 60 buses, or 35 percent”.

use super::ratio::explains;
use super::{interval, with_value};
use crate::prose::Passage;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::story::figure::{Bound, FigureUnit, LocalFigure};

/// A part, a whole and a share that do not go together.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 3) {
        for three in sentence.figures.windows(3) {
            let [a, b, c] = three else { continue };
            let Some((part, whole, share)) = told(&sentence, a, b, c) else { continue };
            let plain = |figure: &LocalFigure| {
                figure.range.is_none() && matches!(figure.bound, None | Some(Bound::About)) && figure.value > 0.0
            };
            if ![part, whole, share].into_iter().all(plain) || part.unit != whole.unit || part.value > whole.value {
                continue;
            }
            // “Half of the 300, or 146” explains; a fraction that comes last may be rounded to a simple one.
            let of = |figure: &LocalFigure| match figure.unit {
                FigureUnit::Fraction if !std::ptr::eq(figure, c) => (figure.value * 0.96, figure.value * 1.04),
                _ => interval(sentence.text(figure), figure, 0.005),
            };
            let ((part_low, part_high), (whole_low, whole_high), (share_low, share_high)) =
                (of(part), of(whole), of(share));
            let hundred = if share.unit == FigureUnit::Percent { 100.0 } else { 1.0 };
            let slack = hundred * 0.005;
            if share_low - slack <= part_high / whole_low * hundred
                && share_high + slack >= part_low / whole_high * hundred
            {
                continue;
            }
            // What is last says again what is before.
            let actual = if std::ptr::eq(c, share) {
                part.value / whole.value * hundred
            } else {
                whole.value * share.value / hundred
            };
            let shown = match (std::ptr::eq(c, share), share.unit) {
                (true, FigureUnit::Percent) => format!("{} percent", written(actual, 0)),
                (true, _) => format!("{} percent", written(actual * 100.0, 0)),
                (false, _) => with_value(sentence.text(c), actual).unwrap_or_else(|| written(actual, 0)),
            };
            let mut hit = Hit::in_paragraph(c.span)
                .arg("found", sentence.text(c))
                .arg("first", sentence.text(a))
                .arg("second", sentence.text(b))
                .arg("actual", shown);
            let digits = with_value(sentence.text(c), actual)
                .filter(|_| c.unit != FigureUnit::Fraction && (actual.round() - actual).abs() < 0.05);
            if let Some(text) = digits {
                hit = hit.replace(Passage::new(0, c.span), text, rule.fix);
            }
            out.push(hit);
        }
    }
}

/// The part, the whole and the share among three figures of which the last says again what the others do.
fn told<'f>(
    sentence: &FigureSentence,
    a: &'f LocalFigure,
    b: &'f LocalFigure,
    c: &'f LocalFigure,
) -> Option<(&'f LocalFigure, &'f LocalFigure, &'f LocalFigure)> {
    let counts = |figure: &LocalFigure| matches!(figure.unit, FigureUnit::Count | FigureUnit::Money(_));
    let is_share = |figure: &LocalFigure| matches!(figure.unit, FigureUnit::Percent | FigureUnit::Fraction);
    if !explains(sentence, b, c) {
        return None;
    }
    let next = sentence.next(a);
    // “30 percent of the 500 workers”, “15 of the 60 buses”, “half the 300 homes”.
    let of = sentence.low(next) == "of" || a.unit == FigureUnit::Fraction && sentence.low(next) == "the";
    let joined = of
        && sentence.first(b).saturating_sub(next) <= 3
        && (next + 1..sentence.first(b)).all(|at| is_determiner(sentence.low(at)));
    if joined && counts(b) {
        return match () {
            () if is_share(a) && counts(c) => Some((c, b, a)),
            () if counts(a) && is_share(c) => Some((a, b, c)),
            () => None,
        };
    }
    // “200 beds, 150 of which, or 75 percent”, “400 pupils, 20 percent of them, or 80”.
    let next = sentence.next(b);
    let back = sentence.low(next) == "of" && matches!(sentence.low(next + 1), "which" | "whom" | "them");
    let near = sentence.first(b).saturating_sub(sentence.next(a)) <= 6;
    if !(back && near && counts(a)) {
        return None;
    }
    match () {
        () if is_share(b) && counts(c) => Some((c, a, b)),
        () if counts(b) && is_share(c) => Some((b, a, c)),
        () => None,
    }
}

fn is_determiner(low: &str) -> bool {
    matches!(low, "the" | "its" | "their" | "his" | "her" | "our" | "all" | "those" | "these")
}
