//! `parts-total` and `shares-over-100`: parts that do not make the whole.

use super::interval;
use crate::lexicon;
use crate::rules::{Hit, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, sentences, written};
use crate::story::figure::{FigureUnit, LocalFigure};
use crate::text::Span;

/// “Killed 12 people: four men, five women and two children”.
pub(in crate::checks) fn parts(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    each_total(read, |sentence, total, parts| {
        let (low, high) = interval(sentence.text(total), total, 0.0);
        if (low..=high).contains(&parts.sum) || (parts.low..=parts.high).contains(&total.value) {
            return;
        }
        out.push(
            Hit::in_paragraph(total.span)
                .arg("found", sentence.text(total))
                .arg("parts", parts.shown.join(" + "))
                .arg("actual", written(parts.sum, 2)),
        );
    });
}

/// What the parts of totals make: where the total is, and the sum.
pub(super) fn sums(read: &ParagraphFacts) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    each_total(read, |_, total, parts| {
        found.push((total.span, format!("{} = {}", parts.shown.join(" + "), written(parts.sum, 2))));
    });
    found
}

fn each_total(read: &ParagraphFacts, mut take: impl FnMut(&FigureSentence, &LocalFigure, &TotalParts)) {
    for sentence in sentences(read, 2) {
        for (at, total) in sentence.figures.iter().enumerate() {
            if let Some(parts) = parts_of(&sentence, at, total) {
                take(&sentence, total, &parts);
            }
        }
    }
}

/// The parts that a list after a total names.
struct TotalParts {
    sum: f64,
    low: f64,
    high: f64,
    shown: Vec<String>,
}

/// The list after `total` and its noun, when each of its items is a number of something.
fn parts_of(sentence: &FigureSentence, at: usize, total: &LocalFigure) -> Option<TotalParts> {
    let summed = matches!(total.unit, FigureUnit::Count | FigureUnit::Money(_))
        && total.range.is_none()
        && total.bound.is_none();
    if !summed || (total.unit == FigureUnit::Count && total.noun.is_none()) {
        return None;
    }
    let start = total.noun.map_or(sentence.next(total), |noun| sentence.paragraph.token_at(noun.end));
    if !(sentence.low(start) == ":" || (sentence.low(start) == "-" && sentence.low(start + 1) != "-")) {
        return None;
    }
    let dash = sentence.low(start) == "-";
    let mut parts = TotalParts { sum: 0.0, low: 0.0, high: 0.0, shown: Vec::new() };
    let mut rest = sentence.figures.get(at + 1..)?.iter().peekable();
    let mut token = start + 1;
    loop {
        // One item: a number and up to five words.
        match rest.peek() {
            Some(figure) if sentence.first(figure) == token => {
                if figure.range.is_some() || figure.bound.is_some() || figure.unit != total.unit {
                    return None;
                }
                let (low, high) = interval(sentence.text(figure), figure, 0.0);
                parts.sum += figure.value;
                // Whole counts are exact; sums of money are rounded.
                let exact = figure.unit == FigureUnit::Count && figure.rounding <= 0.5;
                parts.low += if exact { figure.value } else { low };
                parts.high += if exact { figure.value } else { high };
                parts.shown.push(written(figure.value, 2));
                token = sentence.next(figure);
                rest.next();
            }
            _ if matches!(sentence.low(token), "a" | "an" | "one") && total.unit == FigureUnit::Count => {
                parts.sum += 1.0;
                parts.low += 1.0;
                parts.high += 1.0;
                parts.shown.push("1".to_owned());
                token += 1;
            }
            _ => return None,
        }
        let item = token;
        while !matches!(sentence.low(token), "" | "," | "and" | ";" | "." | "-" | ")" | ":") {
            if lexicon::figures::BEHIND_PARTS.contains(sentence.low(token)) || token > item + 5 {
                return None;
            }
            token += 1;
        }
        match sentence.low(token) {
            "." | "" => break,
            "-" if dash => break,
            "," | ";" if sentence.low(token + 1) == "and" => token += 2,
            "," | ";" | "and" => token += 1,
            _ => return None,
        }
    }
    (parts.shown.len() >= 2).then_some(parts)
}

/// “40 percent were for, 45 percent against and the remaining 25 percent undecided”.
pub(in crate::checks) fn shares(_rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 2) {
        let shares: Vec<&LocalFigure> = sentence.figures.iter().filter(|f| f.unit == FigureUnit::Percent).collect();
        let (Some(first), Some(last)) = (shares.first(), shares.last()) else { continue };
        let plain = shares.iter().all(|f| f.range.is_none() && f.bound.is_none());
        let head = sentence.head(last).map_or("", |at| sentence.low(at));
        let next = sentence.next(last);
        let rest = matches!(head, "remaining" | "other")
            || (next..next + 3).any(|at| matches!(sentence.low(at), "undecided" | "unsure"));
        let compared = sentence.has(&["from", "than", "compared", "up", "down", "rose", "fell", "turnout", "of"]);
        let of_votes = is_one_vote(&sentence, &shares);
        if !plain || !(of_votes || shares.len() > 2 && rest && !compared) {
            continue;
        }
        let sum: f64 = shares.iter().map(|f| f.value).sum();
        let slack: f64 = shares.iter().map(|f| f.rounding).sum::<f64>() + 0.1;
        if sum > 100.0 + slack {
            out.push(Hit::in_paragraph(first.span.to(last.span)).arg("sum", written(sum, 1)));
        }
    }
}

/// Whether the shares are those of rivals in one vote: “He got 51% of the vote and she got 52%”.
fn is_one_vote(sentence: &FigureSentence, shares: &[&LocalFigure]) -> bool {
    let gains = |figure: &&LocalFigure| {
        let head = sentence.head(figure).map_or("", |at| sentence.low(at));
        matches!(head, "got" | "won" | "received" | "took" | "had" | "has" | "with" | "drew" | "earned" | "to")
    };
    let told_apart = [
        "from", "than", "compared", "in", "last", "year", "years", "turnout", "among", "while", "poll", "polls", "who",
    ];
    shares.len() > 1
        && sentence.has(&["vote", "votes", "ballots"])
        && shares.iter().all(gains)
        && !sentence.has(&told_apart)
}
