//! The sums behind what a story says, for whoever wants to see them beside the words: right or wrong, a fact-checker does them
//! again.

use super::birth::ages_and_births;
use super::computed::computed_changes;
use super::total;
use crate::checks::year_arithmetic;
use crate::prose::Passage;
use crate::story::figure::sentence::{sentences, written};
use crate::story::figure::{FigureUnit, LocalFigure};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// A sum that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What it is the sum of.
    pub at: Passage,
    /// The sum: `4 + 5 + 2 = 11`, `born in 1970: 47 or 48 in 2018`.
    pub text: String,
}

/// The sums of a story, in reading order: changes, totals of parts, parts of wholes, ages, spans of years.
pub fn sums(story: &Story) -> Vec<Sum> {
    let mut all = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        let mut add = |span: Span, text: String| all.push(Sum { at: Passage::new(number, span), text });
        for change in computed_changes(read) {
            add(change.at, format!("{}: {}", change.sum, change.change));
        }
        for (span, text) in total::sums(read).into_iter().chain(parts_of_wholes(read)).chain(times_as_many(read)) {
            add(span, text);
        }
    }
    all.extend(ages_and_births(story).into_iter().map(|age| {
        let (low, high) = age.ages.into_inner();
        Sum { at: age.place, text: format!("born in {}: {low} or {high} in {}", age.born, age.born + high) }
    }));
    let window = story.window(0..story.paragraphs.len());
    all.extend(year_arithmetic::all(&window).into_iter().map(|years| {
        let count = years.real();
        let unit = if count == 1 { "year" } else { "years" };
        Sum { at: years.at, text: format!("{} to {}: {count} {unit}", years.from, years.to) }
    }));
    all.sort_by_key(|sum| sum.at);
    all.dedup();
    all
}

/// `120 of the 400 workers`: what share of the whole the part is.
fn parts_of_wholes(read: &ParagraphFacts) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for sentence in sentences(read, 2) {
        for pair in sentence.figures.windows(2) {
            let [part, whole] = pair else { continue };
            let is_whole = |figure: &LocalFigure| figure.range.is_none() && figure.value > 0.0;
            let counts = matches!(part.unit, FigureUnit::Count | FigureUnit::Money(_));
            if !counts || part.unit != whole.unit || !is_whole(part) || !is_whole(whole) || part.value >= whole.value {
                continue;
            }
            let between = sentence.next(part)..sentence.first(whole);
            let is_of = sentence.low(between.start) == "of"
                && between.len() <= 3
                && between.clone().skip(1).all(|at| {
                    matches!(sentence.low(at), "the" | "its" | "their" | "his" | "her" | "our" | "all" | "$")
                });
            if is_of {
                let percent = part.value / whole.value * 100.0;
                let share = written(percent, 1);
                found
                    .push((part.span, format!("{} of {}: {share} percent", sentence.text(part), sentence.text(whole))));
            }
        }
    }
    found
}

/// `11,400 visitors, five times as many as the 2,150 of 1997`: how many times the smaller figure the larger one is.
fn times_as_many(read: &ParagraphFacts) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for sentence in sentences(read, 2) {
        let paragraph = &read.paragraph;
        let is_multiple = |low: &str, next: &str| match low {
            "times" => matches!(next, "as" | "that" | "the" | "more" | "those"),
            low => matches!(low, "twice" | "double" | "triple" | "doubled" | "tripled"),
        };
        let Some(at) = sentence.tokens.clone().find(|&at| is_multiple(paragraph.low(at), paragraph.low(at + 1))) else {
            continue;
        };
        let counts = |figure: &&LocalFigure| {
            figure.range.is_none()
                && figure.value > 0.0
                && matches!(figure.unit, FigureUnit::Count | FigureUnit::Money(_))
                && paragraph.tokens_in(figure.span).end != at
        };
        let figures: Vec<&LocalFigure> = sentence.figures.iter().filter(counts).collect();
        let [one, other] = figures[..] else { continue };
        if one.unit != other.unit || one.value == other.value {
            continue;
        }
        let (large, small) = if one.value > other.value { (one, other) } else { (other, one) };
        let times = written(large.value / small.value, 1);
        let place = paragraph.tokens[at].span;
        found.push((place, format!("{} / {}: {times} times", sentence.text(large), sentence.text(small))));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Analyzer;
    use crate::checks::load;
    use crate::markup::Format;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    fn told(text: &str) -> Vec<(String, String)> {
        let around = Surroundings { date: Some(jiff::civil::date(2018, 2, 13)), ..Surroundings::default() };
        let analysis =
            Analyzer::new(Arc::new(load([], []).rules)).analyze(text, Format::Plain, &around, &Settings::default());
        let story = analysis.story();
        sums(&story).into_iter().map(|sum| (story.slice(sum.at).to_owned(), sum.text)).collect()
    }

    #[test]
    fn sums_are_done_whether_right_or_wrong() {
        for (text, at, sum) in [
            ("The fire killed 12 people: four men, five women and two children.", "12", "4 + 5 + 2 = 11"),
            ("The fare rose 5 percent to $2.10 from $2.", "5 percent", "from $2 to $2.10: +5 percent"),
            ("Ana Ruiz was born in 1970 and is 60.", "60", "born in 1970: 47 or 48 in 2018"),
            ("In 2012, eight years ago, the mill closed.", "eight years ago", "2012 to 2018: 6 years"),
            ("The mill let 120 of its 400 workers go.", "120", "120 of 400: 30 percent"),
            ("It drew 11,400 visitors, five times as many as the 2,150 of 1997.", "times", "11,400 / 2,150: 5.3 times"),
        ] {
            assert_eq!(told(text), [(at.to_owned(), sum.to_owned())], "{text}");
        }
        assert_eq!(told("The mill has 400 workers and 12 looms."), []);
    }
}
