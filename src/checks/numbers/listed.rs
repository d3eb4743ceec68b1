//! `count-listed`: “five reasons” and a list of four.

use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Hit, Rule};
use crate::story::Window;
use crate::story::figure::sentence::{sentences, written};
use crate::story::figure::{FigureUnit, LocalFigure};

/// A number of things, and a list with another number of them.
pub(in crate::checks) fn run(_rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    for (number, read) in window.own_paragraphs() {
        if read.figures.figures.is_empty() {
            continue;
        }
        let paragraph = &read.paragraph;
        let items = window.kinds_behind(number).take_while(|kind| *kind == BlockKind::ListItem).count();
        if items > 1 && paragraph.kind != BlockKind::ListItem && paragraph.text.trim_end().ends_with(':') {
            let figures = &read.figures.figures;
            let last = paragraph.sentences.last().map_or(0, |s| s.span.start);
            let mut counted = figures.iter().filter(|f| f.span.start >= last && is_promise(paragraph, f));
            if let (Some(figure), None) = (counted.next(), counted.next())
                && figure.value != items as f64
            {
                out.push(hit(paragraph, number, figure, items));
            }
            continue;
        }
        for sentence in sentences(read, 1) {
            for figure in sentence.figures {
                let end = sentence.tokens.end;
                if let Some(names) = names_after(paragraph, figure, end).or_else(|| kin_after(paragraph, figure, end))
                    && figure.value != names as f64
                {
                    out.push(hit(paragraph, number, figure, names));
                }
            }
        }
    }
}

fn hit(paragraph: &Paragraph, number: usize, figure: &LocalFigure, items: usize) -> Hit {
    let span = figure.noun.map_or(figure.span, |noun| figure.span.to(noun));
    Hit::at(Passage::new(number, span))
        .arg("found", paragraph.slice(span))
        .arg("promised", written(figure.value, 0))
        .arg("listed", items.to_string())
}

/// Whether `figure` may say how long the list is: a small, exact count of things, or of items that lists are made of.
fn is_promise(paragraph: &Paragraph, figure: &LocalFigure) -> bool {
    let Some(noun) = figure.noun else { return false };
    let small = (2.0..=50.0).contains(&figure.value) && figure.value.fract() == 0.0;
    let plain = figure.unit == FigureUnit::Count && figure.range.is_none() && figure.bound.is_none();
    let noun = paragraph.slice(noun).to_lowercase();
    small && plain && lexicon::figures::LISTED.contains(noun.as_str())
}

/// How many names the list after `figure` and its noun holds: “three men: Ana Ruiz and Tom Okafor”.
///
/// `None` unless every item is a plain name, because appositions (“Ruiz, 42, of Springfield”) have commas of their own.
fn names_after(paragraph: &Paragraph, figure: &LocalFigure, end: usize) -> Option<usize> {
    let noun = figure.noun.filter(|_| is_small(figure))?;
    let colon = paragraph.token_at(noun.end);
    // `The three suspects, Dale Finch and Tim Cole, were held.`
    let first = paragraph.token_at(figure.span.start);
    let all =
        first.checked_sub(1).is_some_and(|before| matches!(paragraph.low(before), "the" | "all" | "these" | "those"));
    let apposed = paragraph.low(colon) == "," && all;
    if paragraph.low(colon) != ":" && !apposed {
        return None;
    }
    let (mut items, mut words, mut at) = (0, 0, colon + 1);
    let mut of_things = false;
    while at < end {
        let token = paragraph.tokens.get(at)?;
        match (paragraph.low(at), token.kind) {
            (",", _) if words > 0 && paragraph.low(at + 1) == "and" => {
                (items, words, at, of_things) = (items + 1, 0, at + 1, false);
            }
            // A list of full names between commas ends before the verb.
            (",", _) if apposed && words > 1 && items > 0 && behind_list(paragraph, at + 1) => {
                return Some(items + 1);
            }
            _ if apposed && words == 0 && !token.capital => return None,
            ("," | "and", _) if apposed && words < 2 => return None,
            ("," | "and", _) if words > 0 => (items, words, of_things) = (items + 1, 0, false),
            (".", _) if words > 0 && at + 1 == end && !apposed => break,
            (_, TokenKind::Word) if token.capital && words < 4 => words += 1,
            // `a ticket hall, a pier and a car park`: things, each with its article.
            ("a" | "an" | "one" | "another", _) if words == 0 => (words, of_things) = (1, true),
            (low, TokenKind::Word) if of_things && words < 4 && !is_joint(low) => words += 1,
            _ => return None,
        }
        at += 1;
    }
    (words > 0 && items > 0).then_some(items + 1)
}

/// A small, exact count.
fn is_small(figure: &LocalFigure) -> bool {
    let small = (2.0..=12.0).contains(&figure.value) && figure.unit == FigureUnit::Count;
    small && figure.range.is_none() && figure.bound.is_none() && figure.value.fract() == 0.0
}

/// How many names are listed behind a number of children, brothers or sisters: “three sons, Travis and Cody”.
///
/// `None` unless the list has one *and*, as couples have more, and is over where the sentence is, at a semicolon, or before
/// another relative: “Travis and Cody, who live in Salem, and Ann” goes on.
fn kin_after(paragraph: &Paragraph, figure: &LocalFigure, end: usize) -> Option<usize> {
    let noun = figure.noun.filter(|_| is_small(figure))?;
    let comma = paragraph.token_at(noun.end);
    let kin = paragraph.low(comma.checked_sub(1)?);
    if !lexicon::figures::LISTED_KIN.contains(kin) || !matches!(paragraph.low(comma), "," | ":") {
        return None;
    }
    let (mut names, mut words, mut last) = (0, 0, false);
    for at in comma + 1..end {
        let token = paragraph.tokens.get(at)?;
        let behind = paragraph.low(at + 1);
        match (paragraph.low(at), token.kind) {
            (_, TokenKind::Word) if token.capital && words < 2 => words += 1,
            ("." | ")", _) if words > 0 && last => return Some(names + 1),
            (";", _) if words > 0 && last => {
                let goes_on = paragraph.tokens.get(at + if behind == "and" { 2 } else { 1 })?.capital;
                return (!goes_on).then_some(names + 1);
            }
            (",", _) if words > 0 && last => {
                let other = at + if behind == "and" { 2 } else { 1 };
                let counted = lexicon::numbers::SMALL.contains(paragraph.low(other)) || paragraph.low(other) == "a";
                let is_kin = lexicon::checkable::KIN.contains(paragraph.low(other + 1));
                return (counted && is_kin && !kin.starts_with(paragraph.low(other + 1))).then_some(names + 1);
            }
            // `Tom, Dale, and Peter`: the comma before was the end of a name.
            ("and", _) if !last && (words > 0 || names > 0) => {
                (names, words, last) = (names + usize::from(words > 0), 0, true);
            }
            (",", _) if words > 0 => (names, words) = (names + 1, 0),
            _ => return None,
        }
    }
    None
}

/// Words that begin a clause or a phrase, so that the list may be more than a list of things.
fn is_joint(low: &str) -> bool {
    lexicon::figures::JOINTS_BEHIND_LIST.contains(low)
}

/// Whether the verb of the sentence is at token `at`.
fn behind_list(paragraph: &Paragraph, at: usize) -> bool {
    lexicon::figures::BEHIND_LIST.contains(paragraph.low(at))
}
