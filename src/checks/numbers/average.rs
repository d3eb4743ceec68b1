//! `average-total`: so many at so much each must give the total.

use super::interval;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::story::figure::{FigureUnit, LocalFigure};

/// “The 10 runners paid $5 each, for a total of $60”.
pub(in crate::checks) fn run(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 3) {
        let counts: Vec<_> = sentence.figures.iter().filter(|f| f.unit == FigureUnit::Count).collect();
        let money: Vec<_> = sentence.figures.iter().filter(|f| matches!(f.unit, FigureUnit::Money(_))).collect();
        let ([count], [a, b]) = (&counts[..], &money[..]) else { continue };
        let (each, total) =
            match (is_each(&sentence, a), is_total(&sentence, b), is_each(&sentence, b), is_total(&sentence, a)) {
                (true, true, false, false) => (a, b),
                (false, false, true, true) => (b, a),
                _ => continue,
            };
        if each.unit != total.unit || count.noun.is_none() || [count, a, b].iter().any(|f| f.range.is_some()) {
            continue;
        }
        let (each_low, each_high) = interval(sentence.text(each), each, 0.02);
        let (count_low, count_high) = interval(sentence.text(count), count, 0.02);
        let (total_low, total_high) = interval(sentence.text(total), total, 0.02);
        let exact = count.bound.is_none() && count.value < 100.0;
        let (count_low, count_high) = if exact { (count.value, count.value) } else { (count_low, count_high) };
        if total_low <= each_high * count_high && total_high >= each_low * count_low {
            continue;
        }
        out.push(
            Hit::in_paragraph(total.span)
                .arg("found", sentence.text(total))
                .arg("count", sentence.text(count))
                .arg("each", sentence.text(each))
                .arg("actual", written(each.value * count.value, 2)),
        );
    }
}

fn is_each(sentence: &FigureSentence, figure: &LocalFigure) -> bool {
    let next = sentence.next(figure);
    matches!((sentence.low(next), sentence.low(next + 1)), ("each" | "apiece", _) | ("a", "head" | "person" | "piece"))
        || sentence.head(figure).is_some_and(|at| sentence.low(at) == "averaging")
}

fn is_total(sentence: &FigureSentence, figure: &LocalFigure) -> bool {
    let next = sentence.next(figure);
    let head = sentence.head(figure);
    let back = |n: usize| head.and_then(|at| at.checked_sub(n)).map_or("", |at| sentence.low(at));
    matches!((sentence.low(next), sentence.low(next + 1)), ("in", "all" | "total") | ("altogether", _))
        || matches!((back(1), back(0)), ("total", "of") | (_, "totaling" | "totalling"))
}
