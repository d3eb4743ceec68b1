//! Numerals of all kinds, each word once: what the readers of figures and times found, and what patterns show.

use super::{FactKind, FoundFact, numbers, patterns, words};
use crate::lexicon;
use crate::prose::{Paragraph, Passage};
use crate::story::figure::FigureUnit;
use crate::story::time::{TimeExpression, TimeKind};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// Numerals of all kinds, each word once.
pub(super) fn numerals(story: &Story, number: usize, read: &ParagraphFacts) -> Vec<FoundFact> {
    let paragraph = &read.paragraph;
    let passage = |span: Span| Passage::new(number, span);
    let mut all: Vec<FoundFact> = Vec::new();
    all.extend(patterns::addresses(paragraph).into_iter().map(|span| FoundFact::new(FactKind::Address, passage(span))));
    let times = story.times_in(number);
    for (index, time) in times.iter().enumerate() {
        // `May 2-5` is one fact.
        let joined = |index: usize| {
            let (Some(first), Some(last)) = (times.get(index), times.get(index + 1)) else { return None };
            let is_short = |time: &TimeExpression| is_part_of_date(paragraph.slice(time.passage.span));
            (first.until.is_some() && (is_short(first) || is_short(last))).then_some(last)
        };
        if index.checked_sub(1).is_some_and(|before| joined(before).is_some()) {
            continue;
        }
        let last = joined(index);
        let span = last.map_or(time.passage.span, |last| time.passage.span.to(last.passage.span));
        let kind = if time.kind == TimeKind::Duration { FactKind::Duration } else { FactKind::Date };
        if kind == FactKind::Duration && is_rate(read, time.passage.span) {
            continue;
        }
        if matches!(time.kind, TimeKind::Vague)
            && !paragraph.slice(time.passage.span).bytes().any(|b| b.is_ascii_digit())
        {
            continue;
        }
        let meaning = match (time.from, last.unwrap_or(time).to) {
            (Some(from), Some(to)) if from == to => Some(from.to_string()),
            (Some(from), Some(to)) => Some(format!("{from} to {to}")),
            _ => None,
        };
        // `Sunday` and `Feb. 11` are the same day.
        let key = match kind {
            // Noon and the day on which it comes are two facts.
            FactKind::Date if time.value.as_deref().is_some_and(|value| value.contains('T')) => time.value.clone(),
            FactKind::Date => meaning.clone().or_else(|| time.value.clone()),
            _ => time.value.clone(),
        };
        all.push(FoundFact { key, meaning, ..FoundFact::new(kind, passage(span)) });
    }
    for figure in &read.figures.figures {
        let kind = match figure.unit {
            FigureUnit::Age => FactKind::Age,
            FigureUnit::Ordinal => FactKind::Rank,
            FigureUnit::Percent | FigureUnit::PercentagePoints | FigureUnit::Fraction => FactKind::Share,
            _ => FactKind::Figure,
        };
        let noun = figure.noun.filter(|noun| noun.start >= figure.span.end && noun.start - figure.span.end <= 24);
        let span = noun.map_or(figure.span, |noun| figure.span.to(noun));
        let counted = figure.noun.map_or(String::new(), |noun| paragraph.slice(noun).to_lowercase());
        let key = Some(format!("{} {} {counted}", figure.value, unit(&figure.unit)).trim().to_owned());
        all.push(FoundFact { key, ..FoundFact::new(kind, passage(span)) });
    }
    for sentence in &paragraph.sentences {
        let outcomes = numbers::outcomes(paragraph, *sentence).into_iter();
        all.extend(outcomes.map(|(kind, span)| FoundFact::new(kind, passage(span))));
    }
    patterns::find(paragraph, |kind, span| {
        if matches!(kind, FactKind::Age | FactKind::Duration | FactKind::Share | FactKind::Figure) {
            all.push(FoundFact::new(kind, passage(span)));
        } else if kind == FactKind::Rank
            && let Some(span) = rank(paragraph, span)
        {
            all.push(FoundFact::new(kind, passage(span)));
        }
    });
    // The kind that says more has the words; of the same kind, the longest stretch, with what a shorter one knows.
    all.sort_by_key(|found| {
        let span = found.passage.span;
        (std::cmp::Reverse(found.kind.precedence()), std::cmp::Reverse(span.len()), found.key.is_none())
    });
    let mut kept: Vec<FoundFact> = Vec::new();
    for found in all {
        match kept.iter_mut().find(|other| other.passage.span.overlaps(found.passage.span)) {
            Some(other) if other.kind == found.kind && other.key.is_none() => {
                other.key = found.key;
                other.meaning = found.meaning;
            }
            Some(_) => {}
            None => kept.push(found),
        }
    }
    kept
}

/// Whether these words are a date only beside another one: `5, 2018` of `May 2-5, 2018`, `95` of `1990-95`.
fn is_part_of_date(words: &str) -> bool {
    let number = words.strip_prefix("the ").unwrap_or(words);
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = lexicon::numbers::ORDINAL_ENDINGS.iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && !rest.contains(char::is_alphabetic)
}

/// Whether a length of time is that of a rate: `2,300 children a year`, `two days a week`.
fn is_rate(read: &ParagraphFacts, span: Span) -> bool {
    let paragraph = &read.paragraph;
    let first = paragraph.tokens_in(span).start;
    let is_one = matches!(paragraph.low(first), "a" | "an");
    let Some(before) = first.checked_sub(1).and_then(|before| paragraph.tokens.get(before)) else { return false };
    let counted = read.figures.figures.iter().any(|figure| {
        figure.span.end == before.span.end || figure.noun.is_some_and(|noun| noun.end == before.span.end)
    });
    let timed = read.times.expressions.iter().any(|time| time.span.end == before.span.end);
    is_one && (counted || timed)
}

/// A place in an order without a small word behind it; `None` where it is a name, as of `Second Avenue`.
fn rank(paragraph: &Paragraph, span: Span) -> Option<Span> {
    let own = paragraph.tokens_in(span);
    let is_capital = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.capital);
    if is_capital(own.start) && is_capital(own.start + 1) && !paragraph.opens_sentence(own.start) {
        return None;
    }
    let last = own.end.checked_sub(1).filter(|&last| last > own.start && words::is_opener(paragraph.low(last)));
    Some(last.map_or(span, |last| paragraph.span_of(own.start, last - 1)))
}

/// What a figure is counted in.
fn unit(unit: &FigureUnit) -> String {
    match unit {
        FigureUnit::Money(currency) => currency.as_str().to_owned(),
        FigureUnit::Measure(measure) => measure.as_str().to_owned(),
        FigureUnit::Count | FigureUnit::Ordinal | FigureUnit::Age => String::new(),
        kind => format!("{kind:?}").to_lowercase(),
    }
}
