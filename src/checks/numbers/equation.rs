//! `equation`: figures of a sentence that say of each other what does not hold: “from 400 to 500, a rise of 50 percent”.
//!
//! What sentences are looked for, and what must hold in each, are the rule's `equations`, in the language of
//! [`crate::rules::Equation`]. A figure stands for every value that rounds to what is shown, so only what cannot be is told.

use super::{comparable, interval, with_value};
use crate::lexicon;
use crate::prose::{Passage, TokenKind};
use crate::rules::{
    Check, Equation, EquationPart, FigureKind, Hit, Interval, Param, Relation, Rule, Run, choice, equations,
};
use crate::story::figure::sentence::{FigureSentence, sentence_pairs, written};
use crate::story::figure::{FigureUnit, LocalFigure};
use crate::story::trigger_words::Triggers;
use crate::story::{ParagraphFacts, Window};
use crate::text::Span;

const PARAMS: &[Param] = &[
    equations("equations", "which sentences, and what must hold in them; docs/writing-rules.md has the language"),
    choice("in", &["paragraph", "story"], "`story` where an equation has `NOW`, the year in which the story appears"),
];

/// The check of this file, as rules name it.
pub(in crate::checks) const CHECK: Check = Check::new("equation", Run::Paragraph(run), PARAMS).in_story(&IN_STORY);

static IN_STORY: Check = Check::new("equation", Run::Local(in_story), PARAMS);

/// Adds a hit for each equation of the rule that a sentence of the paragraph breaks.
pub(in crate::checks) fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    each_broken(rule, read, None, |broken| out.push(broken.hit(rule, 0)));
}

/// The same where the year in which the story appears is known.
fn in_story(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let Some(published) = window.published else { return };
    let year = f64::from(published.date.year());
    for (number, read) in window.own_paragraphs().filter(|(_, read)| rule.scope.holds(read.paragraph.kind)) {
        each_broken(rule, read, Some(year), |broken| out.push(broken.hit(rule, number)));
    }
}

/// A figure that is not what the others give.
struct Broken<'p> {
    sentence: &'p FigureSentence<'p>,
    equation: &'p Equation,
    found: Found<'p>,
    told: PartValue<'p>,
    actual: f64,
    /// The greatest value that it may be, where it is one of a range.
    upper: Option<f64>,
}

fn each_broken(rule: &Rule, read: &ParagraphFacts, now: Option<f64>, mut each: impl FnMut(Broken)) {
    let least = rule.equations().iter().map(|equation| equation.figures).min().unwrap_or(usize::MAX);
    let words: Vec<usize> = read.triggers.of_kind(Triggers::NUMBER).collect();
    if words.len() < least {
        return;
    }
    for (sentence, end) in sentence_pairs(read) {
        let before = |end: usize| words.partition_point(|&at| at < end);
        if before(sentence.tokens.end) - before(sentence.tokens.start) < least {
            continue;
        }
        let numbers = Numbers::of(&sentence);
        let own =
            numbers.marks.iter().take(end - sentence.tokens.start).filter(|&&mark| mark != TokenRole::Other).count();
        let mut told: Vec<Span> = Vec::new();
        for equation in rule.equations() {
            if equation.figures > if equation.goes_on { numbers.count } else { own } {
                continue;
            }
            let Some(first) = equation.parts.first() else { continue };
            let may_start = |&start: &usize| {
                let shape = read.paragraph.tokens.get(start).map_or(0, |token| token.shape);
                first.may_start_with(shape) && numbers.may_start(first, start - sentence.tokens.start)
            };
            for start in (sentence.tokens.start..end).filter(may_start) {
                let mut found = Found { sentence: &sentence, numbers: &numbers, values: Vec::new(), steps: 0 };
                if !found.goes_on(&equation.parts, start) {
                    continue;
                }
                let Some(broken) = broken(&sentence, equation, found, now) else { continue };
                if !told.contains(&broken.told.span) {
                    told.push(broken.told.span);
                    each(broken);
                }
            }
        }
    }
}

/// What is wrong, where what the figures give cannot be what is told.
fn broken<'p>(
    sentence: &'p FigureSentence<'p>,
    equation: &'p Equation,
    found: Found<'p>,
    now: Option<f64>,
) -> Option<Broken<'p>> {
    let told = found.value(equation.told)?.clone();
    let value = |name: char| found.value(name).map(|value| value.interval);
    let middle = |name: char| found.value(name).map(|value| (value.middle, value.middle));
    let (low, high) = equation.expression.interval(&value, now)?;
    let (least, most) = match &equation.relation {
        Relation::Equal => (low, high),
        Relation::AtMost => (f64::NEG_INFINITY, high),
        Relation::AtLeast => (low, f64::INFINITY),
        Relation::UpTo(upper) => (low, upper.interval(&value, now)?.1),
    };
    // Per cents are rounded once more than their last digit says: “35 percent” of 34.4.
    let is_share = matches!(told.unit, Some(FigureUnit::Percent | FigureUnit::Fraction));
    let slack = if is_share { 0.5 } else { (told.middle * 1e-6).abs() };
    let (told_low, told_high) = (told.interval.0 - slack, told.interval.1 + slack);
    if told_low <= most && told_high >= least {
        return None;
    }
    let actual = equation.expression.interval(&middle, now)?.0;
    let upper = match &equation.relation {
        Relation::UpTo(upper) => Some(upper.interval(&middle, now)?.0),
        _ => None,
    };
    (actual >= 0.0).then_some(Broken { sentence, equation, found, told, actual, upper })
}

impl Broken<'_> {
    fn hit(&self, rule: &Rule, paragraph: usize) -> Hit {
        let place = |span| Passage::new(paragraph, span);
        let written_so = |span| self.sentence.paragraph.slice(span);
        let text = written_so(self.told.span);
        let replaced = with_value(text, self.actual);
        // A fraction in words is held to per cents: “two-thirds” to 50 percent.
        let unit = if self.told.unit == Some(FigureUnit::Fraction) { " percent" } else { "" };
        let bare = |value: f64| format!("{}{unit}", written(value, usize::from(value < 10.0)));
        let shown = |value: f64| with_value(text, value).unwrap_or_else(|| bare(value));
        let range = self.upper.map(|upper| format!("{} to {}", shown(self.actual), shown(upper)));
        let actual = range.unwrap_or_else(|| shown(self.actual));
        let mut says = self.equation.says.replace("{actual}", &actual);
        for value in &self.found.values {
            says = says.replace(&format!("{{{}}}", value.name), written_so(value.span));
        }
        let hit = Hit::at(place(self.told.span)).arg("found", text).arg("sum", says);
        // “A 20 percent rise”, “an 18 percent rise”: the article would have to follow the number.
        let first = self.sentence.paragraph.token_at(self.told.span.start);
        let article = first.checked_sub(1).is_some_and(|at| matches!(self.sentence.low(at), "a" | "an"));
        let exact = (self.actual.round() - self.actual).abs() < 0.05 && self.told.unit != Some(FigureUnit::Fraction);
        match replaced {
            Some(text) if exact && !article && matches!(self.equation.relation, Relation::Equal) => {
                hit.replace(place(self.told.span), text, rule.fix)
            }
            _ => hit,
        }
    }
}

/// The figure of a part.
#[derive(Clone)]
struct PartValue<'p> {
    name: char,
    span: Span,
    middle: f64,
    interval: Interval,
    unit: Option<FigureUnit>,
    /// The figure, where it must be of one kind with others.
    alike: Option<&'p LocalFigure>,
}

/// Where numbers are in a sentence. It is worked out once for all equations, as a text without stops is one sentence.
struct Numbers {
    /// For each token what it is.
    marks: Vec<TokenRole>,
    /// How many tokens are numbers, or parts of figures.
    count: usize,
    /// The first of them, as an index into `marks`.
    first: usize,
    /// The tokens of each figure: that of the first word which says how exact it is, its own first, and the one behind it.
    figures: Vec<(usize, usize, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TokenRole {
    Other,
    /// A number, in digits or in words, that is no figure: a year, a length of time.
    Number,
    /// A part of a figure.
    Figure,
}

impl Numbers {
    fn of(sentence: &FigureSentence) -> Self {
        let mark = |at| if is_number(sentence.low(at)) { TokenRole::Number } else { TokenRole::Other };
        let mut marks: Vec<TokenRole> = sentence.tokens.clone().map(mark).collect();
        let mut figures = Vec::with_capacity(sentence.figures.len());
        for figure in sentence.figures {
            let head = sentence.head(figure).map_or(sentence.tokens.start, |head| head + 1);
            let (first, next) = (sentence.first(figure), sentence.next(figure));
            let place = |at: usize| at.saturating_sub(sentence.tokens.start).min(marks.len());
            let own = place(first)..place(next);
            marks[own].fill(TokenRole::Figure);
            figures.push((head, first, next));
        }
        let first = marks.iter().position(|&mark| mark != TokenRole::Other).unwrap_or(marks.len());
        Self { count: marks.iter().filter(|&&mark| mark != TokenRole::Other).count(), marks, first, figures }
    }

    /// Whether the first part may be at this place: where it is a figure, there is one, with few words such as `about` before.
    fn may_start(&self, first: &EquationPart, place: usize) -> bool {
        let near = self.marks.iter().skip(place).take(MOST_BOUNDS + 1);
        !matches!(first, EquationPart::Figure { .. }) || near.into_iter().any(|&mark| mark != TokenRole::Other)
    }
}

/// The figures of the parts that were found so far.
struct Found<'p> {
    sentence: &'p FigureSentence<'p>,
    numbers: &'p Numbers,
    values: Vec<PartValue<'p>>,
    /// How often a part was looked for.
    steps: usize,
}

/// So often at most parts are looked for from one place: gaps beside gaps could be filled in more ways than anybody can wait for.
const MOST_STEPS: usize = 10_000;

impl<'p> Found<'p> {
    fn value(&self, name: char) -> Option<&PartValue<'p>> {
        self.values.iter().find(|value| value.name == name)
    }

    /// Whether the parts follow from token `at` on. The values of those that do are kept.
    fn goes_on(&mut self, parts: &[EquationPart], at: usize) -> bool {
        let Some((part, rest)) = parts.split_first() else { return true };
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        match part {
            EquationPart::Figure { name, kind } => {
                let Some((value, next)) = self.figure(*name, kind, at) else { return false };
                self.values.push(value);
                let goes_on = self.goes_on(rest, next);
                if !goes_on {
                    self.values.pop();
                }
                goes_on
            }
            EquationPart::Words { phrases, optional, .. } => {
                let low = |at| self.sentence.low(at);
                let is_there = |phrase: &&Vec<String>| (at..).zip(*phrase).all(|(at, word)| low(at) == word);
                let ends: Vec<usize> = phrases.iter().filter(is_there).map(|phrase| at + phrase.len()).collect();
                ends.into_iter().any(|end| self.goes_on(rest, end)) || *optional && self.goes_on(rest, at)
            }
            EquationPart::Gap { most, commas } => {
                let mut next = at;
                for _ in 0..=*most {
                    if self.goes_on(rest, next) {
                        return true;
                    }
                    let Some(behind) = self.behind(next, *commas) else { return false };
                    next = behind;
                }
                false
            }
            EquationPart::First => at <= self.sentence.tokens.start + self.numbers.first && self.goes_on(rest, at),
            EquationPart::End => {
                matches!(self.sentence.low(at), "." | ";" | "!" | "?") && {
                    let quote = usize::from(self.sentence.low(at + 1) == "\"");
                    self.goes_on(rest, at + 1 + quote)
                }
            }
        }
    }

    /// The token behind the word at token `at`, or behind what is there in brackets, such as a sum in another currency; with
    /// `commas` also behind a comma and a year or a length of time. `None` where there is anything else, a figure above all.
    fn behind(&self, at: usize, commas: bool) -> Option<usize> {
        let token = self.sentence.paragraph.tokens.get(at).filter(|_| self.sentence.tokens.contains(&at))?;
        match (token.kind, self.sentence.low(at)) {
            (TokenKind::Word | TokenKind::Number, _) => {
                let mark = self.numbers.marks.get(at - self.sentence.tokens.start);
                let may_be = mark == Some(&TokenRole::Other) || commas && mark == Some(&TokenRole::Number);
                may_be.then_some(at + 1)
            }
            (TokenKind::Punct, ",") => commas.then_some(at + 1),
            (TokenKind::Punct, "(") => {
                (at + 1..at + MOST_IN_BRACKETS).find(|&end| self.sentence.low(end) == ")").map(|end| end + 1)
            }
            _ => None,
        }
    }

    /// The figure at token `at` and the token after it, where it is of this kind.
    fn figure(&self, name: char, kind: &FigureKind, at: usize) -> Option<(PartValue<'p>, usize)> {
        let sentence = self.sentence;
        if let FigureKind::Number | FigureKind::Compound(_) | FigureKind::Ordinal | FigureKind::Year = kind {
            let value = bare(sentence, kind, at)?;
            let span = sentence.paragraph.tokens.get(at)?.span;
            let interval = (value, value);
            return Some((PartValue { name, span, middle: value, interval, unit: None, alike: None }, at + 1));
        }
        // Words such as `about` belong to the figure.
        let number = self.numbers.figures.partition_point(|&(_, first, _)| first < at);
        let &(head, first, next) =
            self.numbers.figures.get(number).filter(|figure| figure.0 == at || figure.1 == at)?;
        let figure = sentence.figures.get(number).filter(|_| head <= first)?;
        let same = |exactly: bool| {
            let able = matches!(
                figure.unit,
                FigureUnit::Count | FigureUnit::Money(_) | FigureUnit::Percent | FigureUnit::Measure(_)
            );
            let others = self.values.iter().filter_map(|value| value.alike);
            able && others.into_iter().all(|other| match exactly {
                true => comparable(sentence, other, figure),
                false => other.unit == figure.unit,
            })
        };
        let fits = match kind {
            FigureKind::Count => figure.unit == FigureUnit::Count,
            FigureKind::Money => matches!(figure.unit, FigureUnit::Money(_)),
            FigureKind::Percent => figure.unit == FigureUnit::Percent,
            FigureKind::Points => figure.unit == FigureUnit::PercentagePoints,
            FigureKind::Share => matches!(figure.unit, FigureUnit::Percent | FigureUnit::Fraction),
            FigureKind::Fraction => figure.unit == FigureUnit::Fraction,
            FigureKind::Measure => matches!(figure.unit, FigureUnit::Measure(_)),
            FigureKind::Same => same(true),
            FigureKind::SameUnit => same(false),
            _ => false,
        };
        if !fits || figure.range.is_some() || sentence.is_negative(figure) {
            return None;
        }
        let scale = if figure.unit == FigureUnit::Fraction { 100.0 } else { 1.0 };
        let (low, high) = match figure.unit {
            // A count that shows all its digits is exact.
            FigureUnit::Count if figure.bound.is_none() && figure.rounding <= 0.5 && figure.value < 1000.0 => {
                (figure.value, figure.value)
            }
            FigureUnit::Fraction if figure.bound.is_none() => (figure.value * 0.97, figure.value * 1.03),
            _ => interval(sentence.text(figure), figure, 0.005),
        };
        let value = PartValue {
            name,
            span: figure.span,
            middle: figure.value * scale,
            interval: (low * scale, high * scale),
            unit: Some(figure.unit),
            alike: matches!(kind, FigureKind::Same | FigureKind::SameUnit).then_some(figure),
        };
        Some((value, next))
    }
}

/// The most words that say how exact a figure is: `not more than about`.
const MOST_BOUNDS: usize = 4;

/// What is in brackets between two figures is no longer than that.
const MOST_IN_BRACKETS: usize = 14;

/// A number by itself, an ordinal or a year at token `at`.
fn bare(sentence: &FigureSentence, kind: &FigureKind, at: usize) -> Option<f64> {
    let low = sentence.low(at);
    let low = match kind {
        FigureKind::Compound(end) => low.strip_suffix(end.as_str())?,
        FigureKind::Ordinal => lexicon::numbers::ORDINAL_ENDINGS
            .iter()
            .find_map(|end| low.strip_suffix(end))
            .filter(|low| !low.is_empty())?,
        _ => low,
    };
    let digits = low.replace(',', "").parse::<f64>().ok();
    let value = match kind {
        FigureKind::Ordinal => digits,
        FigureKind::Year => {
            digits.filter(|year| low.len() == 4 && (1000.0..2200.0).contains(year) && year.fract() == 0.0)
        }
        _ => digits.or_else(|| lexicon::numbers::SMALL.position(low).map(|number| number as f64)),
    }?;
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// Whether a word is a number, in digits or in words.
fn is_number(low: &str) -> bool {
    low.starts_with(|c: char| c.is_ascii_digit())
        || lexicon::numbers::SMALL.contains(low.split('-').next().unwrap_or(low))
}
