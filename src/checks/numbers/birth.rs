//! `age-birth-year`: “was born in 1970 and is 60” in a story of 2024.

use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::Story;

/// How many tokens behind `born` its year may be: `born on a farm near Salem in May 1970`.
const REACH: usize = 12;

/// An age, with the year of birth in the same sentence.
pub(super) struct AgeAndBirth {
    /// Where the age is.
    pub place: Passage,
    /// In years.
    pub age: i32,
    /// The year of birth.
    pub born: i32,
    /// The ages of whoever was born in that year, in the year in which the story appears.
    pub ages: std::ops::RangeInclusive<i32>,
}

/// Ages that do not fit the year of birth in the same sentence.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for AgeAndBirth { place, age, born, ages } in ages_and_births(story) {
        if ages.contains(&age) {
            continue;
        }
        out.push(
            Hit::at(place)
                .arg("found", story.slice(place))
                .arg("year", born.to_string())
                .arg("low", ages.start().to_string())
                .arg("high", ages.end().to_string())
                .arg("now", (born + ages.end()).to_string()),
        );
    }
}

/// The ages beside which a year of birth stands.
pub(super) fn ages_and_births(story: &Story) -> Vec<AgeAndBirth> {
    let mut found = Vec::new();
    let Some(published) = story.published else { return found };
    for &(number, token) in story.places_of("born").iter() {
        let (number, born) = (number as usize, token as usize);
        let paragraph = story.paragraph(number);
        let Some(sentence) = paragraph.tokens.get(born).and_then(|token| paragraph.sentence_at(token.span.start))
        else {
            continue;
        };
        let tokens = sentence.tokens();
        // The age is that of another day where the sentence tells of one.
        if tokens.clone().any(|at| matches!(paragraph.low(at), "died" | "when" | "was" | "were" | "aged") && at > born)
        {
            continue;
        }
        let this_year = i32::from(published.date.year());
        let year = (born + 1..(born + REACH).min(tokens.end)).find_map(|at| year(paragraph, at, this_year));
        let Some(year) = year else { continue };
        let Some((at, age)) = tokens.clone().find_map(|at| age(paragraph, at)) else { continue };
        let years = this_year - year;
        let Some(place) = paragraph.tokens.get(at) else { continue };
        found.push(AgeAndBirth { place: Passage::new(number, place.span), age, born: year, ages: years - 1..=years });
    }
    found
}

/// The year at token `at`, if somebody who lives now can be born in it.
fn year(paragraph: &Paragraph, at: usize, this_year: i32) -> Option<i32> {
    let token = paragraph.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let year: i32 = paragraph.slice(token.span).parse().ok()?;
    (this_year - 115..=this_year).contains(&year).then_some(year)
}

/// The age at token `at`: `is 60`, `is now 60`, `turns 60`, `Ruiz, 60,`.
fn age(paragraph: &Paragraph, at: usize) -> Option<(usize, i32)> {
    let token = paragraph.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let age: i32 = paragraph.slice(token.span).parse().ok().filter(|age| (1..=115).contains(age))?;
    let before = |n: usize| at.checked_sub(n).map_or("", |before| paragraph.low(before));
    let after = paragraph.low(at + 1);
    let ends = matches!(after, "" | "." | "," | ";" | ")" | "and");
    let old = matches!(after, "years" | "year") && paragraph.low(at + 2) == "old";
    let is = matches!(before(1), "is" | "turns" | "turned") || before(1) == "now" && before(2) == "is";
    let apposed = before(1) == "," && after == "," && at > 1 && paragraph.tokens.get(at - 2).is_some_and(|t| t.capital);
    (is && (ends || old) || apposed).then_some((at, age))
}
