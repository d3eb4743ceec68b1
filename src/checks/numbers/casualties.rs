//! `casualties`: the dead and the injured of one story, counted twice and differently.

use super::{Sentence, sentences, written};
use crate::checks::Hit;
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::rules::Rule;
use crate::story::figure::{LocalFigure, Unit};
use crate::story::gist::Signs;
use crate::story::{Read, Story};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::checks) enum Kind {
    Dead,
    Injured,
}

/// Where body paragraphs still belong to the opening of the story.
const OPENING: usize = 2;

/// Tolls that differ from the one that opens the story.
pub(in crate::checks) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut first: [Option<(f64, Passage)>; 2] = [None, None];
    // Once a story gives a second toll on purpose (“the toll rose to 14”), it has more than one.
    let mut several = [false; 2];
    let mut body = 0;
    for (number, (gist, read)) in story.gists.iter().zip(story.paragraphs).enumerate() {
        let kind = gist.kind;
        if !(kind.is_body() || matches!(kind, BlockKind::Headline | BlockKind::Dek)) {
            continue;
        }
        body += usize::from(kind.is_body());
        let opening = body <= OPENING;
        if !gist.signs.any_of(Signs::TOLL) {
            continue;
        }
        for toll in &read.kept.rare().tolls {
            let slot = toll.kind as usize;
            let passage = Passage::new(number, toll.span);
            match first[slot] {
                None if opening && toll.firm => first[slot] = Some((toll.value, passage)),
                None => several[slot] = true,
                Some((value, _)) if value == toll.value => {}
                Some(_) if !toll.firm => several[slot] = true,
                Some((value, at))
                    if !several[slot]
                        && (toll.definite || number > at.paragraph() && is_headline(story, at) && opening) =>
                {
                    let word = if toll.kind == Kind::Dead { "dead" } else { "injured" };
                    out.push(
                        Hit::at(passage)
                            .arg("found", story.slice(passage))
                            .arg("kind", word)
                            .arg("first", written(value, 0))
                            .related(at, format!("{} {word} here", written(value, 0))),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

/// How many are dead or injured, as one paragraph has it.
#[derive(Debug)]
pub(in crate::checks) struct Toll {
    span: Span,
    kind: Kind,
    value: f64,
    /// It is exact, and the sentence speaks of no change and of no other count.
    firm: bool,
    /// `the 12`, `all 12`.
    definite: bool,
}

/// The counts of dead and injured in one paragraph.
pub(in crate::checks) fn tolls(read: &Read) -> Vec<Toll> {
    let mut found = Vec::new();
    for sentence in sentences(read, 1) {
        let changing = sentence.tokens.clone().any(|at| is_other_count(sentence.low(at)));
        for figure in sentence.figures {
            let Some(kind) = toll(&sentence, figure) else { continue };
            let exact = figure.bound.is_none() && figure.range.is_none() && figure.rounding <= 0.5;
            let definite = is_definite(&sentence, figure);
            found.push(Toll { span: figure.span, kind, value: figure.value, firm: exact && !changing, definite });
        }
    }
    found
}

fn is_headline(story: &Story, passage: Passage) -> bool {
    matches!(story.kind(passage.paragraph()), BlockKind::Headline | BlockKind::Dek)
}

/// Whether `figure` counts the dead or the injured of an event.
fn toll(sentence: &Sentence, figure: &LocalFigure) -> Option<Kind> {
    if figure.unit != Unit::Count || figure.value < 2.0 {
        return None;
    }
    let word = |word: &str| match word {
        "dead" | "killed" | "died" | "deaths" | "dies" => Some(Kind::Dead),
        "injured" | "wounded" | "hurt" | "injuries" => Some(Kind::Injured),
        _ => None,
    };
    let noun = sentence.noun(figure);
    if let Some(kind) = noun.as_deref().and_then(word) {
        return Some(kind);
    }
    let noun_end = figure.noun.map_or(sentence.next(figure), |noun| sentence.paragraph.token_at(noun.end));
    let people =
        noun.as_deref().is_none_or(|n| matches!(n, "people" | "persons" | "civilians" | "victims" | "passengers"));
    if !people {
        return None;
    }
    // “12 people died”, “12 people were killed”, “killed 12 people”, “left 12 dead”, “the 12 victims”.
    let after = match sentence.low(noun_end) {
        "were" | "was" | "have" | "who" => (noun_end + 1..noun_end + 3).find_map(|at| word(sentence.low(at))),
        low => word(low),
    };
    let before = sentence.head(figure).filter(|_| noun.is_some()).and_then(|at| match sentence.low(at) {
        "killed" | "killing" | "kills" => Some(Kind::Dead),
        "injured" | "injuring" | "wounded" | "wounding" | "injures" => Some(Kind::Injured),
        _ => None,
    });
    after.or(before)
}

/// Whether the sentence says that this is the same count again: `the 14 people killed`, `all 14 dead`.
fn is_definite(sentence: &Sentence, figure: &LocalFigure) -> bool {
    sentence.first(figure).checked_sub(1).is_some_and(|at| matches!(sentence.low(at), "the" | "all"))
}

/// Words that make a toll another one than the story's: earlier, other, partial or changing.
fn is_other_count(word: &str) -> bool {
    matches!(
        word,
        "other"
            | "others"
            | "another"
            | "more"
            | "including"
            | "among"
            | "earlier"
            | "initially"
            | "initial"
            | "previous"
            | "previously"
            | "rose"
            | "risen"
            | "rise"
            | "revised"
            | "since"
            | "year"
            | "years"
            | "ago"
            | "last"
            | "first"
            | "also"
            | "separate"
            | "separately"
            | "then"
            | "later"
            | "similar"
            | "attacks"
            | "deadliest"
            | "worst"
            | "bombings"
            | "month"
            | "week"
            | "accidents"
            | "shootings"
            | "so"
            | "far"
            | "now"
            | "climbed"
            | "grew"
    )
}
