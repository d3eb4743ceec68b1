//! `age-birth-year`: “was born in 1970 and is 60” in a story of 2024; “turned 101 on Monday”, and further down “was born in
//! 1923”.

use std::collections::HashMap;

use crate::lexicon;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::Story;
use crate::story::person::MentionForm;

/// How many tokens behind `born` its year may be: `born on a farm near Salem in May 1970`.
const REACH: usize = 12;

/// An age, with the year of birth of the same person.
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
        let (low, high) = (ages.start(), ages.end());
        let may_be = if low == high { high.to_string() } else { format!("{low} or {high}") };
        out.push(
            Hit::at(place)
                .arg("found", age.to_string())
                .arg("year", born.to_string())
                .arg("ages", may_be)
                .arg("now", (born + high).to_string()),
        );
    }
}

/// The ages beside which a year of birth stands, and birthdays of these days whose year of birth the story tells.
pub(super) fn ages_and_births(story: &Story) -> Vec<AgeAndBirth> {
    let mut found = Vec::new();
    let Some(published) = story.published else { return found };
    let birthdays = birthdays(story);
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
        let is_told = paragraph.low(born.saturating_sub(1)) == "was";
        if let Some(&(age, place)) = named_before(story, number, born - usize::from(is_told))
            .filter(|_| is_told)
            .and_then(|person| birthdays.get(&person))
        {
            // In January the birthday may have been in December, and in December it may be in January.
            let years = this_year - year;
            let month = published.date.month();
            let ages = years - i32::from(month == 1)..=years + i32::from(month == 12);
            found.push(AgeAndBirth { place, age, born: year, ages });
            continue;
        }
        let Some((at, age)) = tokens.clone().find_map(|at| age(paragraph, at)) else { continue };
        let years = this_year - year;
        let Some(place) = paragraph.tokens.get(at) else { continue };
        found.push(AgeAndBirth { place: Passage::new(number, place.span), age, born: year, ages: years - 1..=years });
    }
    found
}

/// Who has which birthday in these days, and where that is told: `Ruiz turned 101 on Monday`.
fn birthdays(story: &Story) -> HashMap<usize, (i32, Passage)> {
    let mut found = HashMap::new();
    let turned = ["turned", "turns", "turn"].iter().flat_map(|word| story.places_of(word).as_ref().clone());
    let kept = story.places_of("birthday").as_ref().clone();
    for (number, at) in turned.chain(kept) {
        let (number, at) = (number as usize, at as usize);
        let paragraph = story.paragraph(number);
        let before = |n: usize| at.checked_sub(n).map_or("", |before| paragraph.low(before));
        // Its verb, its age and the word behind.
        let (verb, age, behind) = if paragraph.low(at) == "birthday" {
            if !matches!(before(2), "his" | "her")
                || !matches!(before(3), "celebrated" | "celebrates" | "marked" | "marks")
            {
                continue;
            }
            (at - 3, at - 1, at + 1)
        } else {
            (at - usize::from(before(1) == "will"), at + 1, at + 2)
        };
        let digits = paragraph.low(age).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (Ok(years), Some(token)) = (digits.parse(), paragraph.tokens.get(age)) else { continue };
        if is_these_days(paragraph, behind)
            && let Some(person) = named_before(story, number, verb)
        {
            found.insert(person, (years, Passage::new(number, token.span)));
        }
    }
    found
}

/// Whether a day near the publication date is at token `at`: `on Monday`, `last week`.
fn is_these_days(paragraph: &Paragraph, at: usize) -> bool {
    let is_day = |at| {
        let low = paragraph.low(at);
        lexicon::time::WEEKDAYS.contains(low) || matches!(low, "today" | "yesterday" | "tomorrow")
    };
    let near = matches!(paragraph.low(at), "last" | "this" | "next");
    is_day(at)
        || paragraph.low(at) == "on" && is_day(at + 1)
        || near && (is_day(at + 1) || paragraph.low(at + 1) == "week")
}

/// The person whose name ends right before token `at`, or before `, who` there.
fn named_before(story: &Story, number: usize, at: usize) -> Option<usize> {
    let read = story.paragraphs.get(number)?;
    let who = at
        .checked_sub(2)
        .filter(|&before| read.paragraph.low(before) == "," && read.paragraph.low(before + 1) == "who");
    let last = read.paragraph.tokens.get(who.unwrap_or(at).checked_sub(1)?)?;
    let name = read.names.names.iter().find(|name| name.span.end == last.span.end)?;
    let (person, mention) = story.mention_at(Passage::new(number, name.span))?;
    (!mention.quoted && matches!(mention.form, MentionForm::Full | MentionForm::Surname)).then_some(person)
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
