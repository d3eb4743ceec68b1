//! Reading what a sentence says of a change: “rose 20 percent to $120 million from $100 million”.

use super::comparable;
use crate::story::figure::sentence::FigureSentence;
use crate::story::figure::{FigureUnit, LocalFigure, RangeEnd};

/// Which way a word says that something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// A change from one figure to another.
pub(super) struct FigureChange<'s> {
    /// The value before.
    pub from: &'s LocalFigure,
    /// The value after.
    pub to: &'s LocalFigure,
    /// By how much, as the sentence says it.
    pub by: Option<&'s LocalFigure>,
    /// Index of the token that says which way, with the way.
    pub word: Option<(usize, Way)>,
    /// Index of the token that says how many fold (`doubled`), with the factor.
    pub multiple: Option<(usize, f64)>,
}

/// How many tokens may be between the two values.
const APART: usize = 12;
/// How many tokens before the first value the verb may be.
const VERB_REACH: usize = 9;

/// The changes that `sentence` speaks of.
pub(super) fn changes<'s>(sentence: &'s FigureSentence) -> Vec<FigureChange<'s>> {
    let mut found = Vec::new();
    let figures = sentence.figures;
    let mut at = 0;
    while at + 1 < figures.len() {
        let pair = pair_at(sentence, at).map(|(x, y, x_is_to)| {
            let (from, to) = if x_is_to { (&figures[y], &figures[x]) } else { (&figures[x], &figures[y]) };
            let mut change = FigureChange { from, to, by: None, word: None, multiple: None };
            lead(sentence, x, &mut change);
            trail(sentence, y, &mut change);
            (change, y)
        });
        match pair {
            Some((change, y)) => {
                if change.word.is_some() || change.multiple.is_some() || change.by.is_some() {
                    found.push(change);
                }
                at = y + 1;
            }
            None => {
                found.extend(up_from(sentence, at));
                at += 1;
            }
        }
    }
    found
}

/// The figure at `x` and its partner: `to X from Y` or `from X to Y`; and whether it is the first form.
fn pair_at(sentence: &FigureSentence, x: usize) -> Option<(usize, usize, bool)> {
    let first = sentence.figures.get(x)?;
    let lead = sentence.low(sentence.head(first)?);
    let partner = match lead {
        "to" => "from",
        "from" => "to",
        _ => return None,
    };
    // “from 5 to 7 percent” and “from about 5 to 7” may have been read as a range, and so may “3 cents to 9 cents from 6”;
    // any other range is none of ours.
    if first.range.is_some() && lead != "from" && amount_before(sentence, x).is_none() {
        return None;
    }
    let start = sentence.next(first);
    for (y, second) in sentence.figures.iter().enumerate().skip(x + 1) {
        let head = sentence.head(second)?;
        if head >= start + APART {
            return None;
        }
        // The same sum in another currency: “from £3.24bn ($6.13bn) in 2003 to £2.89bn”.
        let (breaks, in_brackets) = between(sentence, start..head + 1);
        if in_brackets && sentence.low(head) == "(" {
            continue;
        }
        if breaks {
            return None;
        }
        if second.range == Some(RangeEnd::Low) {
            return None;
        }
        if sentence.low(head) == partner {
            return matches(sentence, first, second).then_some((x, y, lead == "to"));
        }
        // Another `to` or `from` starts another story.
        if matches!(sentence.low(head), "to" | "from") {
            return None;
        }
    }
    None
}

/// Whether a stretch of the sentence, but for its last token, has a word that starts another thought outside brackets, and whether it
/// ends inside brackets.
fn between(sentence: &FigureSentence, tokens: std::ops::Range<usize>) -> (bool, bool) {
    let last = tokens.end.saturating_sub(1);
    let (mut breaks, mut opened) = (false, false);
    for at in tokens {
        match sentence.low(at) {
            "(" => opened = true,
            ")" if opened => opened = false,
            low => breaks |= !opened && at != last && is_break(low),
        }
    }
    (breaks || opened && sentence.low(last) != "(", opened)
}

/// Whether the two ends of a change measure the same thing.
fn matches(sentence: &FigureSentence, first: &LocalFigure, second: &LocalFigure) -> bool {
    if comparable(sentence, first, second) {
        // “from 3 to 5 million” leaves open whether it was three or three million.
        let open =
            first.unit == FigureUnit::Count && first.value < 1000.0 && super::scale_of(sentence.text(second)) > 1.0;
        return !open && !sentence.is_negative(first) && !sentence.is_negative(second);
    }
    false
}

/// `A, up 20 percent from B` and `A, down from B`, where `B` is figure number `at + 1` or the one after it.
fn up_from<'s>(sentence: &'s FigureSentence, at: usize) -> Option<FigureChange<'s>> {
    let figures = sentence.figures;
    let to = figures.get(at)?;
    let second = figures.get(at + 1)?;
    let word = (sentence.next(to)..sentence.first(second)).find(|&t| matches!(sentence.low(t), "up" | "down"))?;
    // The value is right before the word: “was 120 last year, up 20 percent”.
    let comma = word.checked_sub(1).filter(|&t| sentence.low(t) == ",")?;
    if comma > sentence.next(to) + 4 || (sentence.next(to)..comma).any(|t| is_break(sentence.low(t))) {
        return None;
    }
    let way = if sentence.low(word) == "up" { Way::Up } else { Way::Down };
    let after = |figure: &LocalFigure| {
        sentence.head(figure).is_some_and(|h| h == word || (sentence.low(h) == "by" && h == word + 1))
    };
    let (by, from) = if after(second) { (Some(second), figures.get(at + 2)?) } else { (None, second) };
    let mut head = sentence.head(from)?;
    let start = by.map_or(word + 1, |by| sentence.next(by));
    // “up 25 percent from the $100,000 that was put aside”.
    if sentence.low(head) == "the" && head > start {
        head -= 1;
    }
    if sentence.low(head) != "from" || head > start + 3 || to.range.is_some() || from.range.is_some() {
        return None;
    }
    // With two candidates for the value before, nobody can tell which is meant.
    let rivals = figures[..at].iter().any(|f| f.unit == to.unit);
    (!rivals && matches(sentence, to, from)).then_some(FigureChange {
        from,
        to,
        by,
        word: Some((word, way)),
        multiple: None,
    })
}

/// Reads the verb before figure number `x`, and the amount between.
fn lead<'s>(sentence: &'s FigureSentence, x: usize, change: &mut FigureChange<'s>) {
    let Some(head) = sentence.figures.get(x).and_then(|f| sentence.head(f)) else { return };
    for at in (head.saturating_sub(VERB_REACH)..head).rev() {
        let word = sentence.low(at);
        if word.is_empty() || is_break(word) || (word == "," && at + 1 != head) {
            break;
        }
        if let Some(factor) = multiple(word) {
            change.multiple = Some((at, factor));
            break;
        }
        if let Some(way) = way(sentence, at) {
            change.word = Some((at, way));
            break;
        }
    }
    let Some((verb, _)) = change.word else { return };
    // Backwards, so that a text without ends of sentences is not gone through from its start for each figure.
    let mut between = sentence.figures[..x].iter().rev().take_while(|f| sentence.first(f) > verb);
    let (Some(by), None) = (between.next(), between.next()) else { return };
    let beside = sentence.head(by).is_some_and(|h| h == verb || matches!(sentence.low(h), "by" | "of" | "another"));
    if beside && (is_amount(by, change) || amount_before(sentence, x) == Some(by)) {
        change.by = Some(by);
    }
}

/// Reads the amount after figure number `y`: `…, a 20 percent increase`, `…, an increase of 20 percent`, `…, or 20 percent`,
/// `… (20 percent)`, `…. That is a drop of 20 percent`.
fn trail<'s>(sentence: &'s FigureSentence, y: usize, change: &mut FigureChange<'s>) {
    let (Some(last), Some(by)) = (sentence.figures.get(y), sentence.figures.get(y + 1)) else { return };
    let start = sentence.next(last);
    let Some(head) = sentence.first(by).checked_sub(1) else { return };
    let Some(mark) = (start..head + 1).take(5).rev().find(|&t| matches!(sentence.low(t), "," | "(" | "-" | ".")) else {
        return;
    };
    if change.by.is_some() || !is_amount(by, change) || head > mark + 7 {
        return;
    }
    let next = sentence.next(by);
    let way_at = |t: usize| way(sentence, t).or_else(|| noun_way(sentence.low(t))).map(|way| (t, way));
    let behind = (next..next + 2).find_map(way_at);
    // “A drop of 20 percent”, “a sharp drop of about 20 percent”.
    let before =
        (mark + 1..head + 1).find_map(way_at).filter(|_| (mark + 1..head + 1).any(|t| sentence.low(t) == "of"));
    let bare = sentence.low(mark) == "(" && head == mark && sentence.low(next) == ")";
    let opens = match sentence.low(mark) {
        "." => {
            matches!(sentence.low(mark + 1), "that" | "this" | "it")
                && matches!(sentence.low(mark + 2), "is" | "was" | "represents" | "marks")
                && matches!(sentence.low(mark + 3), "a" | "an")
        }
        _ => matches!(sentence.low(mark + 1), "a" | "an" | "or" | "for"),
    };
    let or = sentence.low(mark + 1) == "or" && head <= mark + 4;
    let word = behind.or(before);
    if !(bare || opens && (or || word.is_some())) || before.is_none() && head > mark + 4 {
        return;
    }
    change.by = Some(by);
    if change.word.is_none() {
        change.word = word;
    }
}

/// The figure before number `x` that was read as the low end of a range with it, when it has a unit of its own.
fn amount_before<'s>(sentence: &'s FigureSentence, x: usize) -> Option<&'s LocalFigure> {
    let high = sentence.figures.get(x).filter(|f| f.range == Some(RangeEnd::High))?;
    let low = sentence.figures.get(x.checked_sub(1)?)?;
    let text = sentence.text(low);
    let own_unit = low.unit == high.unit
        && low.unit != FigureUnit::Count
        && text.contains(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    own_unit.then_some(low)
}

fn is_amount(by: &LocalFigure, change: &FigureChange) -> bool {
    let same = by.unit == change.to.unit && by.noun.is_none();
    by.range.is_none() && (matches!(by.unit, FigureUnit::Percent | FigureUnit::PercentagePoints) || same)
}

/// Words between two values that start another thought.
fn is_break(word: &str) -> bool {
    matches!(
        word,
        "." | ";" | ":" | "while" | "but" | "whereas" | "because" | "although" | "though" | "versus" | "\"" | "-" | "("
    )
}

/// `doubled`, `tripled`, `halved` and their factors.
fn multiple(word: &str) -> Option<f64> {
    Some(match word {
        "double" | "doubles" | "doubled" | "doubling" => 2.0,
        "triple" | "triples" | "tripled" | "tripling" | "trebled" => 3.0,
        "quadruple" | "quadrupled" | "quadrupling" => 4.0,
        "halve" | "halves" | "halved" | "halving" => 0.5,
        _ => return None,
    })
}

/// Which way the word at token `at` says that something went.
fn way(sentence: &FigureSentence, at: usize) -> Option<Way> {
    let word = sentence.low(at);
    let next = sentence.low(at + 1);
    // A figure's head is before it.
    let behind = || {
        let first = sentence.figures.partition_point(|f| sentence.first(f) <= at);
        sentence.figures[first..].iter().take_while(|f| sentence.head(f).is_none_or(|head| head <= at))
    };
    let number_next = || next == "by" || next == "from" || behind().any(|f| sentence.head(f) == Some(at));
    match word {
        "up" if next != "to" && number_next() => return Some(Way::Up),
        "down" if next != "to" && number_next() => return Some(Way::Down),
        // The season.
        "fall"
            if matches!(at.checked_sub(1).map_or("", |b| sentence.low(b)), "last" | "this" | "next" | "the" | "in") =>
        {
            return None;
        }
        _ => {}
    }
    way_of(word)
}

/// Which way `word` goes, whatever is round it.
pub(super) fn way_of(word: &str) -> Option<Way> {
    use crate::lexicon::figures::{FALLING, RISING};
    if RISING.contains(word) {
        return Some(Way::Up);
    }
    FALLING.contains(word).then_some(Way::Down)
}

fn noun_way(word: &str) -> Option<Way> {
    match word {
        "gain" | "growth" | "hike" => Some(Way::Up),
        "reduction" | "loss" => Some(Way::Down),
        _ => None,
    }
}

/// The word for the other way in the same form; `None` where there is no plain one.
pub(super) fn opposite(word: &str) -> Option<&'static str> {
    Some(match word {
        "rise" => "fall",
        "rises" => "falls",
        "rose" | "climbed" | "grew" => "fell",
        "risen" | "grown" => "fallen",
        "rising" | "growing" => "falling",
        "increase" => "decrease",
        "increases" => "decreases",
        "increased" => "decreased",
        "jumped" | "soared" => "dropped",
        "raised" => "lowered",
        "up" => "down",
        "fall" => "rise",
        "falls" => "rises",
        "fell" | "dropped" | "declined" | "slipped" | "sank" | "tumbled" => "rose",
        "fallen" => "risen",
        "falling" => "rising",
        "decrease" => "increase",
        "decreases" => "increases",
        "decreased" => "increased",
        "drop" | "decline" => "rise",
        "lowered" | "cut" | "reduced" => "raised",
        "down" => "up",
        _ => return None,
    })
}
