//! `house-place`: places that the newsroom's settings name, named otherwise in the story or in its dateline.

use super::capitals::is_day;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::paragraph_index::ParagraphIndex;
use crate::story::published::opening_dateline;
use crate::story::{HousePlace, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "house-place",
    Run::Story(run),
    &[choice(
        "kind",
        &["name", "dateline", "alone"],
        "name (one that the house does not use), dateline (its state or country is missing) or alone (it needs none)",
    )],
)];

/// The param `kind` says what is looked for: `name`, `dateline` or `alone`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    match rule.text("kind") {
        Some("dateline") => datelines(story, false, out),
        Some("alone") => datelines(story, true, out),
        _ => names(story, out),
    }
}

/// Names of places that the house does not use.
fn names(story: &Story, out: &mut Vec<Hit>) {
    if !story.house.has_unused_names() {
        return;
    }
    for (number, read) in story.paragraphs.iter().enumerate() {
        let paragraph = &read.paragraph;
        let capitals = read.cues.capitals.get_or_init(|| capitals(paragraph));
        for &at in capitals {
            let at = at as usize;
            let Some((words, place)) = story
                .house
                .unused_names(paragraph.bare_low(at))
                .find(|(words, _)| words.iter().enumerate().all(|(more, word)| paragraph.bare_low(at + more) == word))
            else {
                continue;
            };
            let last = at + words.len() - 1;
            // “Gale Bay, formerly Galeville” says what it means to say.
            let is_told =
                at.checked_sub(1).is_some_and(|before| lexicon::checks::TELL_A_NAME.contains(paragraph.low(before)));
            if is_told || is_part_of_a_name(paragraph, at, last) {
                continue;
            }
            let passage = Passage::new(number, paragraph.without_possessive(paragraph.span_of(at, last)));
            let found = story.slice(passage);
            let name = as_written(&place.name, found);
            let hit = Hit::at(passage).arg("found", found).arg("use", place.name.clone());
            out.push(hit.replace(passage, name, Applicability::Suggested));
        }
    }
}

/// The words with a capital.
fn capitals(paragraph: &Paragraph) -> Box<[u32]> {
    let tokens = paragraph.tokens.iter().enumerate();
    tokens.filter(|(_, token)| token.capital && token.kind == TokenKind::Word).map(|(at, _)| at as u32).collect()
}

/// Whether another name is right before or after: a dish, a club or a newspaper keeps the name that it has.
fn is_part_of_a_name(paragraph: &Paragraph, first: usize, last: usize) -> bool {
    let named = |at: usize| {
        let token = paragraph.tokens.get(at)?;
        (token.capital && token.kind == TokenKind::Word && !is_day(paragraph.low(at))).then_some(token)
    };
    // In a headline that has capitals everywhere they say nothing.
    if matches!(paragraph.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dateline) {
        return false;
    }
    // A name in the possessive ends there.
    let goes_on = paragraph.is_possessive(last);
    let before = first.checked_sub(1).filter(|&at| !paragraph.opens_sentence(at)).and_then(named);
    let after = named(last + 1).filter(|token| token.spaced && !goes_on);
    // “United States of America”, “Bank of America”.
    let of_a_name =
        first.checked_sub(1).filter(|&at| paragraph.low(at) == "of").and_then(|at| named(at.checked_sub(1)?));
    // All capitals are how a dateline is written.
    let shouted = |at: usize| paragraph.word(at).chars().all(|c| !c.is_lowercase());
    (before.is_some() || after.is_some() || of_a_name.is_some()) && !shouted(first)
}

/// `name` in capitals where what it replaces is in capitals.
fn as_written(name: &str, found: &str) -> String {
    match found.chars().any(char::is_lowercase) {
        true => name.to_owned(),
        false => name.to_uppercase(),
    }
}

/// Datelines of places of the house: those that lack the state or country, or have one that is not needed.
fn datelines(story: &Story, alone: bool, out: &mut Vec<Hit>) {
    let Some((number, dateline)) = dateline(story) else { return };
    let end = dateline.find([',', '(']).unwrap_or(dateline.len());
    let written = dateline.get(..end).unwrap_or_default();
    let name = written.trim();
    let start = written.len() - written.trim_start().len();
    let Some(place) = story.house.place(name) else { return };
    let Some(within) = place.within.as_deref().map(str::trim).filter(|within| !within.is_empty()) else { return };
    let follower = dateline.get(end..).and_then(|rest| rest.strip_prefix(',')).map(|rest| {
        let length = rest.find([',', '(']).unwrap_or(rest.len());
        rest.get(..length).unwrap_or_default()
    });
    let name_end = start + name.len();
    let follows = follower.map(str::trim).filter(|follower| !is_date(follower));
    let hit = match (alone, place.alone, follows) {
        // Another state is another place of the same name.
        (false, false, None) => missing(number, place, name, start..name_end, within),
        (true, true, Some(state)) if same(state, within) => {
            let after = end + 1 + follower.map_or(0, |follower| follower.trim_end().len());
            superfluous(number, name, state, name_end..after)
        }
        _ => return,
    };
    out.push(hit);
}

/// The paragraph with the dateline, and the dateline, which starts it.
fn dateline<'s>(story: &'s Story) -> Option<(usize, &'s str)> {
    let opens = |entry: &ParagraphIndex| matches!(entry.kind, BlockKind::Dateline | BlockKind::Paragraph);
    let (number, read) = story.paragraphs_where(opens).next()?;
    let text: &str = &read.paragraph.text;
    match read.paragraph.kind {
        BlockKind::Dateline => Some((number, text.trim_end_matches(['—', '–', '-', ' ']))),
        _ => Some((number, opening_dateline(text)?)),
    }
}

fn missing(number: usize, place: &HousePlace, name: &str, at: std::ops::Range<usize>, within: &str) -> Hit {
    let passage = Passage::new(number, Span::from(at));
    let whole = format!("{}, {within}", as_written(&place.name, name));
    Hit::at(passage).arg("found", name).arg("use", whole.clone()).replace(passage, whole, Applicability::Suggested)
}

fn superfluous(number: usize, name: &str, state: &str, at: std::ops::Range<usize>) -> Hit {
    let passage = Passage::new(number, Span::from(at));
    Hit::at(passage).arg("found", state).arg("name", name).replace(passage, "", Applicability::Suggested)
}

/// Whether what follows the place's name is when and not where: `Feb. 12`, `Monday`.
fn is_date(text: &str) -> bool {
    let low = text.to_lowercase();
    low.starts_with(|c: char| c.is_ascii_digit())
        || is_day(&low)
        || (lexicon::time::MONTHS.iter().chain(lexicon::time::WEEKDAYS.iter()).any(|name| low.starts_with(&name[..3]))
            && low.contains(|c: char| c.is_ascii_digit()))
}

/// Whether two names of a state are one: `Ore.` and `ORE`.
fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    bare(a) == bare(b)
}
