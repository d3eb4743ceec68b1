//! `percent-change`, `percentage-points`, `change-direction`, `change-multiple`: a change against its two values.

use super::change::{FigureChange, Way, changes, opposite};
use super::{interval, with_value};
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Hit, HitPlace, Rule};
use crate::story::ParagraphFacts;
use crate::story::figure::sentence::{FigureSentence, scale_of, sentences, sentences_with_sequel, written};
use crate::story::figure::{Bound, FigureUnit, LocalFigure};

/// How much of a large number its zeros may hide, as a share of the value.
const ZEROS: f64 = 0.005;

/// A stated change that the two values do not give: “rose 27 percent to $120 million from $100 million”.
pub(in crate::checks) fn percent(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences_with_sequel(read, 3) {
        for change in changes(&sentence) {
            let Some(by) = change.by else { continue };
            let hit = match &by.unit {
                FigureUnit::Percent if change.to.unit == FigureUnit::Percent => {
                    if points_for_percent(&sentence, &change, by).is_some() {
                        continue;
                    }
                    points_or_percent(&sentence, &change, by)
                }
                FigureUnit::Percent => relative(&sentence, &change, by),
                _ => difference(&sentence, &change, by),
            };
            if let Some(wrong) = hit {
                let mut hit = Hit::in_paragraph(by.span)
                    .arg("found", sentence.text(by))
                    .arg("from", sentence.text(change.from))
                    .arg("to", sentence.text(change.to))
                    .arg("actual", wrong.says);
                if let Some(text) = wrong.text {
                    let mut edits = vec![(HitPlace::Prose(Passage::new(0, by.span)), text.clone())];
                    edits.extend(article_edit(&sentence, by, &text));
                    hit = hit.fix(format!("Replace with “{text}”"), rule.fix, edits);
                }
                out.push(hit);
            }
        }
    }
}

/// `a` or `an` before the figure made to fit the number that replaces it: `a 20 percent rise`, `an 18 percent rise`.
fn article_edit(sentence: &FigureSentence, by: &LocalFigure, text: &str) -> Option<(HitPlace, String)> {
    let at = sentence.first(by).checked_sub(1).filter(|&at| matches!(sentence.low(at), "a" | "an"))?;
    let number = text.split(['.', ' ', '-', '%']).next().unwrap_or_default();
    let vowel = number.starts_with('8') || matches!(number, "11" | "18");
    let article = if vowel { "an" } else { "a" };
    let span = sentence.paragraph.tokens.get(at)?.span;
    (sentence.low(at) != article).then(|| (HitPlace::Prose(Passage::new(0, span)), article.to_owned()))
}

/// What a stated change should have been.
struct Wrong {
    /// For the message.
    says: String,
    /// Instead of the figure, where that is plain.
    text: Option<String>,
}

/// The least and the most percent by which the values shown can differ; without sign.
fn percent_between(sentence: &FigureSentence, change: &FigureChange) -> Option<(f64, f64)> {
    let (from_low, from_high) = interval(sentence.text(change.from), change.from, ZEROS);
    let (to_low, to_high) = interval(sentence.text(change.to), change.to, ZEROS);
    if from_low <= 0.0 {
        return None;
    }
    let (low, high) = ((to_low / from_high - 1.0) * 100.0, (to_high / from_low - 1.0) * 100.0);
    Some(match (low < 0.0, high < 0.0) {
        (true, true) => (-high, -low),
        (false, false) => (low, high),
        _ => (0.0, high.max(-low)),
    })
}

/// Whether the stated amount lies outside `low..high` by more than desks round by.
fn is_outside(sentence: &FigureSentence, by: &LocalFigure, low: f64, high: f64) -> bool {
    let (by_low, by_high) = interval(sentence.text(by), by, 0.0);
    let slack = by.rounding.min(0.25) + by.value * 0.01;
    by_low - slack > high || by_high + slack < low
}

fn relative(sentence: &FigureSentence, change: &FigureChange, by: &LocalFigure) -> Option<Wrong> {
    let (low, high) = percent_between(sentence, change)?;
    if !is_outside(sentence, by, low, high) || change.from.value <= 0.0 {
        return None;
    }
    let actual = ((change.to.value / change.from.value - 1.0) * 100.0).abs();
    let places = super::decimals(sentence.text(by));
    let shown = written(actual, places);
    // Where the rounding of the values leaves the last digit open, a person has to look at the source.
    let sure = high - low < 6.0 * by.rounding.max(0.5);
    let text = in_unit(sentence.text(by), &shown).filter(|_| sure && shown != "0");
    Some(Wrong { says: format!("{}{shown} percent", if sure { "" } else { "about " }), text })
}

fn points_or_percent(sentence: &FigureSentence, change: &FigureChange, by: &LocalFigure) -> Option<Wrong> {
    let (low, high) = percent_between(sentence, change)?;
    let points = (change.to.value - change.from.value).abs();
    if !is_outside(sentence, by, low, high) {
        return None;
    }
    let places = super::decimals(sentence.text(by)).max(super::decimals(sentence.text(change.to)));
    let actual = ((change.to.value / change.from.value - 1.0) * 100.0).abs();
    let says = format!("{} percentage points, or {} percent", written(points, places), written(actual, 0));
    Some(Wrong { says, text: None })
}

/// The amount in the values' own unit: “rose 20 cents to 120 cents from 90”, “rose 3 percentage points to 7 percent from 5”.
fn difference(sentence: &FigureSentence, change: &FigureChange, by: &LocalFigure) -> Option<Wrong> {
    if by.unit == FigureUnit::PercentagePoints && change.to.unit != FigureUnit::Percent {
        return None;
    }
    let (from_low, from_high) = interval(sentence.text(change.from), change.from, ZEROS);
    let (to_low, to_high) = interval(sentence.text(change.to), change.to, ZEROS);
    let apart = change.to.value - change.from.value;
    let (low, high) =
        if apart >= 0.0 { (to_low - from_high, to_high - from_low) } else { (from_low - to_high, from_high - to_low) };
    if !is_outside(sentence, by, low.max(0.0), high) {
        return None;
    }
    let text = with_value(sentence.text(by), apart.abs());
    let says = text.clone().unwrap_or_else(|| written(apart.abs() / scale_of(sentence.text(by)), 1));
    Some(Wrong { says, text })
}

/// `number` with the unit of `text`: `27 percent` and `20` give `20 percent`.
fn in_unit(text: &str, number: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let unit = ["percentage", "percent", "per cent", "pct", "%"].iter().find_map(|unit| lower.find(unit))?;
    let space = text.get(..unit)?.len() - text.get(..unit)?.trim_end_matches([' ', '-', '\u{a0}']).len();
    Some(format!("{number}{}", text.get(unit - space..)?))
}

/// “Rose from 5 percent to 7 percent, a 2 percent rise”: two percentage points, and 40 percent.
pub(in crate::checks) fn points(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 3) {
        for change in changes(&sentence) {
            let Some(by) = change.by else { continue };
            let Some(points) = points_for_percent(&sentence, &change, by) else { continue };
            let text = sentence.text(by);
            let noun_follows = sentence.low(sentence.next(by)).chars().next().is_some_and(char::is_alphabetic)
                && sentence.first(by).checked_sub(1).is_some_and(|at| matches!(sentence.low(at), "a" | "an"));
            let hyphen = text.contains('-');
            let one = (points - 1.0).abs() < 1e-9;
            let number = written(points, super::decimals(text));
            let text = match (hyphen, one || noun_follows) {
                (true, _) => format!("{number}-percentage-point"),
                (false, true) => format!("{number} percentage point"),
                (false, false) => format!("{number} percentage points"),
            };
            let percent = (change.to.value / change.from.value - 1.0).abs() * 100.0;
            let hit = Hit::in_paragraph(by.span)
                .arg("found", sentence.text(by))
                .arg("from", sentence.text(change.from))
                .arg("to", sentence.text(change.to))
                .arg("use", text.clone())
                .arg("points", format!("{number} percentage point{}", if one { "" } else { "s" }))
                .arg("actual", format!("{} percent", written(percent, 0)));
            out.push(hit.replace(Passage::new(0, by.span), text, rule.fix));
        }
    }
}

/// The percentage points between the two values, when the stated per cent is these and not the relative change.
fn points_for_percent(sentence: &FigureSentence, change: &FigureChange, by: &LocalFigure) -> Option<f64> {
    if by.unit != FigureUnit::Percent
        || change.to.unit != FigureUnit::Percent
        || change.from.unit != FigureUnit::Percent
    {
        return None;
    }
    let points = (change.to.value - change.from.value).abs();
    let near = (by.value - points).abs() <= by.rounding.min(0.5) * 0.99 + 1e-9;
    let (low, high) = percent_between(sentence, change)?;
    (points > 0.0 && near && is_outside(sentence, by, low, high)).then_some(by.value)
}

/// A word that says up where the values go down: “fell to 120 from 100”.
pub(in crate::checks) fn direction(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 2) {
        if sentence.tokens.clone().any(|at| turns_round(sentence.low(at))) {
            continue;
        }
        for change in changes(&sentence) {
            let Some((word, way)) = change.word else { continue };
            let (from_low, from_high) = interval(sentence.text(change.from), change.from, 0.0);
            let (to_low, to_high) = interval(sentence.text(change.to), change.to, 0.0);
            let wrong = match way {
                // Where the two meet, as those of 3 and 4 do, values that differ still went the other way.
                Way::Up => to_high <= from_low && change.to.value < change.from.value,
                Way::Down => to_low >= from_high && change.to.value > change.from.value,
            };
            if !wrong || rivals(&sentence, word, way) {
                continue;
            }
            let Some(token) = sentence.paragraph.tokens.get(word) else { continue };
            let says = if way == Way::Up { "up" } else { "down" };
            let mut hit = Hit::in_paragraph(token.span)
                .arg("found", sentence.paragraph.word(word))
                .arg("from", sentence.text(change.from))
                .arg("to", sentence.text(change.to))
                .arg("way", says)
                .arg("actual", if way == Way::Up { "down" } else { "up" });
            if let Some(other) = opposite(sentence.low(word)) {
                let other = crate::checks::wording::with_capitals_of(sentence.paragraph.word(word), other);
                hit = hit.replace(Passage::new(0, token.span), other, rule.fix);
            }
            out.push(swap(hit, &sentence, &change, rule));
        }
    }
}

/// With the fix that exchanges the two values.
fn swap(hit: Hit, sentence: &FigureSentence, change: &FigureChange, rule: &Rule) -> Hit {
    let place = |figure: &LocalFigure| HitPlace::Prose(Passage::new(0, figure.span));
    let (from, to) = (sentence.text(change.from), sentence.text(change.to));
    let edits = vec![(place(change.from), to.to_owned()), (place(change.to), from.to_owned())];
    hit.fix(format!("Exchange “{from}” and “{to}”"), rule.fix, edits)
}

/// Words with which up and down are not what the figures do: ranks, exchange rates, slowing growth, losses.
fn turns_round(word: &str) -> bool {
    lexicon::figures::TURN_ROUND.contains(word)
}

/// Whether a word for the other way is near: “the increase fell to 2 percent from 3 percent”.
fn rivals(sentence: &FigureSentence, word: usize, way: Way) -> bool {
    let near = word.saturating_sub(8)..word + 8;
    near.filter(|&at| at != word).any(|at| super::change::way_of(sentence.low(at)).is_some_and(|other| other != way))
}

/// “Tripled from 5 to 10”.
pub(in crate::checks) fn multiple(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    for sentence in sentences(read, 2) {
        for change in changes(&sentence) {
            let Some((word, factor)) = change.multiple else { continue };
            let (from_low, from_high) = interval(sentence.text(change.from), change.from, 0.05);
            let (to_low, to_high) = interval(sentence.text(change.to), change.to, 0.05);
            if from_low <= 0.0 {
                continue;
            }
            let (low, high) = (to_low / from_high, to_high / from_low);
            if fits(&sentence, word, factor, low, high) {
                continue;
            }
            let Some(token) = sentence.paragraph.tokens.get(word) else { continue };
            let ratio = change.to.value / change.from.value;
            let mut hit = Hit::in_paragraph(token.span)
                .arg("found", sentence.paragraph.word(word))
                .arg("from", sentence.text(change.from))
                .arg("to", sentence.text(change.to))
                .arg("actual", written(ratio, 1));
            if let Some(other) = word_for(ratio, sentence.low(word)) {
                hit = hit.replace(Passage::new(0, token.span), other, rule.fix);
            }
            out.push(hit);
        }
    }
}

/// Whether a ratio between `low` and `high` may be called by the word for `factor`, with the words before it.
fn fits(sentence: &FigureSentence, word: usize, factor: f64, low: f64, high: f64) -> bool {
    let back = |n: usize| word.checked_sub(n).map_or("", |at| sentence.low(at));
    let bound = match (back(2), back(1)) {
        ("more", "than") => Some(Bound::Above),
        (_, "nearly" | "almost" | "roughly" | "about" | "virtually") => Some(Bound::Below),
        ("at", "least") => Some(Bound::AtLeast),
        _ => None,
    };
    // Halving runs the other way: more than halved is less than half.
    let (least, most) = match (bound, factor < 1.0) {
        (Some(Bound::Above | Bound::AtLeast), false) => (factor * 0.97, f64::INFINITY),
        (Some(Bound::Above | Bound::AtLeast), true) => (0.0, factor * 1.03),
        (Some(_), false) => (factor * 0.8, factor * 1.1),
        (Some(_), true) => (factor * 0.9, factor * 1.25),
        (None, false) => (factor * 0.88, factor * 1.25),
        (None, true) => (factor * 0.75, factor * 1.12),
    };
    high >= least && low <= most
}

/// The word in the form of `model` for a ratio that is near a whole number.
fn word_for(ratio: f64, model: &str) -> Option<&'static str> {
    let past = model.ends_with("ed");
    if !past {
        return None;
    }
    [(2.0, "doubled"), (3.0, "tripled"), (4.0, "quadrupled"), (0.5, "halved")]
        .iter()
        .find(|(factor, _)| (ratio / factor - 1.0).abs() < 0.05)
        .map(|&(_, word)| word)
}
