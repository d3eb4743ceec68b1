//! `capitals`: headlines and headings in the style of the house.

use crate::dictionary;
use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind, without_possessive};
use crate::rules::{Check, Hit, HitPlace, Rule, RuleEntry, Run, Scope, choice, words};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "capitals",
    Run::Story(run),
    &[
        choice(
            "style",
            &["sentence", "ap", "chicago", "upper"],
            "sentence (the first word and names), ap or chicago (principal words), or upper (all letters)",
        ),
        words("keep", "words that stay as they are, whatever the style: `[\"adidas\"]`"),
    ],
)
.says(&["found", "use"])
.fits(fits)
.of_form()];

fn fits(entry: &RuleEntry) -> Result<(), String> {
    let message = "the check `capitals` needs a style: params = { style = \"sentence\" }, or ap, chicago, upper";
    if entry.params.contains_key("style") { Ok(()) } else { Err(message.to_owned()) }
}

/// Words from which on a heading shows that all its words have capitals.
const LEAST_CAPITALS: usize = 3;

fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for (number, read) in story.paragraphs.iter().enumerate() {
        let paragraph = &read.paragraph;
        let is_heading = matches!(paragraph.kind, BlockKind::Headline | BlockKind::Heading);
        let is_wanted = if rule.scope == Scope::ALL { is_heading } else { rule.scope.holds(paragraph.kind) };
        if !is_wanted || paragraph.foreign {
            continue;
        }
        let wrong: Vec<(usize, String)> = match rule.text("style") {
            Some("sentence") => in_sentence_style(rule, story, number, paragraph),
            Some("upper") => in_capitals(rule, paragraph),
            style => in_title_style(rule, paragraph, style == Some("chicago")),
        };
        out.extend(hit(number, paragraph, &wrong));
    }
}

/// Marks the first word that is wrong; the fix changes all of them.
fn hit(number: usize, paragraph: &Paragraph, wrong: &[(usize, String)]) -> Option<Hit> {
    let (first, _) = wrong.first()?;
    let place = |at: usize| Passage::new(number, paragraph.span_of(at, at));
    let mut title = paragraph.text.to_string();
    for (at, word) in wrong.iter().rev() {
        title.replace_range(paragraph.tokens.get(*at)?.span.range(), word);
    }
    let edits = wrong.iter().map(|(at, word)| (HitPlace::Prose(place(*at)), word.clone())).collect();
    let hit = Hit::at(place(*first)).arg("found", paragraph.word(*first)).arg("use", format!("“{title}”"));
    Some(hit.fix(format!("Write “{title}”"), Applicability::Suggested, edits))
}

/// The words that a style may change: no names with capitals of their own kind, no addresses, no figures.
fn plain_words<'p>(rule: &'p Rule, paragraph: &'p Paragraph) -> impl Iterator<Item = usize> + use<'p> {
    (0..paragraph.tokens.len()).filter(move |&at| {
        let word = paragraph.word(at);
        let plain = paragraph.tokens[at].kind == TokenKind::Word
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            && !word.chars().skip(1).any(char::is_uppercase);
        // `p.m.` and `e-mail@example.org` hold together.
        let glued = |other: usize| {
            paragraph.tokens.get(other).is_some_and(|t| !t.spaced) && matches!(paragraph.low(other), "." | "@" | "/")
        };
        plain && !glued(at + 1) && !rule.strings("keep").any(|kept| kept == word)
    })
}

/// Whether a new sentence or part of the heading begins with the token.
fn opens(paragraph: &Paragraph, at: usize) -> bool {
    let mut before = (0..at).rev().skip_while(|&at| matches!(paragraph.low(at), "\"" | "'" | "("));
    match before.next() {
        Some(before) => matches!(paragraph.low(before), ":" | "." | "?" | "!" | "-" | ";" | "|"),
        None => true,
    }
}

fn in_title_style(rule: &Rule, paragraph: &Paragraph, chicago: bool) -> Vec<(usize, String)> {
    let all: Vec<usize> = plain_words(rule, paragraph).collect();
    let last = (0..paragraph.tokens.len()).rfind(|&at| paragraph.tokens[at].kind != TokenKind::Punct);
    let mut wrong = Vec::new();
    for at in all {
        let low = paragraph.low(at);
        let at_edge = opens(paragraph, at) || Some(at) == last;
        let small = lexicon::structure::SMALL_IN_TITLES.contains(low)
            || chicago && lexicon::structure::SMALL_IN_LONG_TITLES.contains(low);
        if !at_edge && !small && lexicon::structure::EITHER_WAY_IN_TITLES.contains(low) {
            continue;
        }
        let capital = at_edge || !small;
        // Endings such as `'s` and `'ll` stand by themselves in some texts.
        if low.starts_with('\'') || paragraph.tokens[at].capital == capital {
            continue;
        }
        wrong.push((at, with_first(paragraph.word(at), capital)));
    }
    wrong
}

fn in_capitals(rule: &Rule, paragraph: &Paragraph) -> Vec<(usize, String)> {
    let all = plain_words(rule, paragraph).filter(|&at| paragraph.word(at).chars().any(char::is_lowercase));
    all.map(|at| (at, paragraph.word(at).to_uppercase())).collect()
}

/// Words with a capital that are no names, as the rest of the story shows.
fn in_sentence_style(rule: &Rule, story: &Story, number: usize, paragraph: &Paragraph) -> Vec<(usize, String)> {
    let all: Vec<usize> = plain_words(rule, paragraph).filter(|&at| !opens(paragraph, at)).collect();
    let long = |at: &&usize| paragraph.low(**at).chars().count() > 3;
    let capitals = all.iter().filter(long).filter(|&&at| paragraph.tokens[at].capital).count();
    let titled = capitals >= LEAST_CAPITALS && all.iter().filter(long).all(|&at| paragraph.tokens[at].capital);
    let is_person = |at: usize| {
        let span = paragraph.span_of(at, at);
        story.mentions_in(number).any(|(passage, _)| passage.span.overlaps(span))
    };
    let mut wrong = Vec::new();
    for at in all.into_iter().filter(|&at| paragraph.tokens[at].capital) {
        let low = paragraph.low(at);
        let bare = without_possessive(low);
        let known = dictionary::entry(bare).is_some_and(|entry| !entry.is_name());
        let (small, capital) = elsewhere(story, bare);
        if known && capital == 0 && (small > 0 || titled) && !is_person(at) && !is_day(bare) {
            wrong.push((at, with_first(paragraph.word(at), false)));
        }
    }
    wrong
}

/// How often the body has the word small, and with a capital where no sentence begins.
fn elsewhere(story: &Story, low: &str) -> (usize, usize) {
    let (mut small, mut capital) = (0, 0);
    for &(number, token) in story.places_of(low).iter() {
        let paragraph = story.paragraph(number as usize);
        let at = token as usize;
        if !paragraph.kind.is_body() || paragraph.opens_sentence(at) {
            continue;
        }
        match paragraph.tokens.get(at).is_some_and(|token| token.capital) {
            true => capital += 1,
            false => small += 1,
        }
    }
    (small, capital)
}

/// Whether a word is the name of a month or of a weekday.
pub(super) fn is_day(low: &str) -> bool {
    lexicon::time::MONTHS.contains(low) || lexicon::time::WEEKDAYS.contains(low)
}

fn with_first(word: &str, capital: bool) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    if capital { first.to_uppercase().chain(letters).collect() } else { first.to_lowercase().chain(letters).collect() }
}
