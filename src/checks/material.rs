//! `material`: quotes, held to what the story was written from.

use crate::finding::{Applicability, Severity};
use crate::material::{Difference, DifferenceKind, QuoteCheck, QuoteStatus};
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Hit, Rule, Run, choice};
use crate::story::quote::QuoteKind;
use crate::story::{Quote, Story};
use crate::text::{Span, on_one_line};

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "material",
    Run::Quotes(run),
    &[choice(
        "kind",
        &["differs", "absent"],
        "differs (words that differ from the source) or absent (words that are in no source)",
    )],
)];

/// The fewest words of a quote that are held to the sources: fewer are somewhere by chance.
const LEAST_WORDS: u32 = 5;

/// Of a quote's words, one in so many may differ before it may as well be another sentence.
const SURE: usize = 5;

/// The param `kind` says what is looked for.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // Most stories name no sources.
    if story.material.is_empty() {
        return;
    }
    let absent = rule.text("kind") == Some("absent");
    let said = |quote: &&Quote| {
        quote.closed
            && quote.words >= LEAST_WORDS as usize
            && matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial)
    };
    for quote in story.quotes.iter().filter(said) {
        let paragraph = story.paragraph(quote.passage.paragraph());
        let check = story.material.check_quote(paragraph.slice(quote.inner));
        match (check.status, absent) {
            (QuoteStatus::Differs, false) => differs(story, quote, paragraph, &check, out),
            (QuoteStatus::NotFound, true) => out.extend(not_there(story, quote)),
            _ => {}
        }
    }
}

fn differs(story: &Story, quote: &Quote, paragraph: &Paragraph, check: &QuoteCheck, out: &mut Vec<Hit>) {
    let material = check.source.and_then(|at| story.material.get(at));
    let source = material.map_or("the source", |material| &material.name);
    // What others quote may itself be wrong, or leave out more.
    let is_report = material.is_some_and(|material| material.is_report());
    let place = check.place.as_ref().map(|place| format!("{source}, {place}")).unwrap_or_default();
    // A source that quotes less than the story does contradicts nothing.
    for difference in check.differences.iter().filter(|difference| difference.kind != DifferenceKind::Beyond) {
        let gap =
            Span { start: quote.inner.start + difference.span.start, end: quote.inner.start + difference.span.end };
        let shown = Passage { span: shown(paragraph, quote.inner, gap), ..quote.passage };
        let here = Passage { span: gap, ..quote.passage };
        let said = &difference.source;
        let message = match difference.kind {
            DifferenceKind::Changed => "The source has “{said}” here, and not “{found}”: {place}",
            DifferenceKind::Added => "The source does not have “{found}” here: {place}",
            DifferenceKind::Beyond => continue,
            DifferenceKind::Dropped => "The source has “{said}” here, and nothing shows that it was left out: {place}",
            DifferenceKind::TurnedByCut => {
                "The words cut here include “{said}”, which changes the meaning of the rest: {place}"
            }
        };
        let mut hit = Hit::at(shown)
            .arg("found", on_one_line(&difference.quote).into_owned())
            .arg("said", said.clone())
            .arg("place", place.clone())
            .message(message);
        if is_report || check.differences.len() * SURE > quote.words {
            hit = hit.at_most(Severity::Query);
        }
        out.push(with_choices(hit, paragraph, here, difference, shown.span.end));
    }
}

/// What can be done: nothing by itself, since the words are somebody's.
fn with_choices(hit: Hit, paragraph: &Paragraph, here: Passage, difference: &Difference, end: u32) -> Hit {
    let hit = hit.insert(
        here,
        end,
        " [check against recording]",
        "Ask the reporter to check it against the recording",
        Applicability::Query,
    );
    let said = on_one_line(&difference.source).into_owned();
    match difference.kind {
        DifferenceKind::Changed => {
            let title = format!("Take the source’s words: “{said}”");
            hit.fix(title, Applicability::Suggested, vec![(crate::rules::HitPlace::Prose(here), said)])
        }
        DifferenceKind::Added => {
            // With the blank before or behind it.
            let behind = paragraph.text.get(here.span.end()..).is_some_and(|rest| rest.starts_with(' '));
            let span = Span { end: here.span.end + u32::from(behind), ..here.span };
            let title = format!("Delete “{}”, as in the source", on_one_line(&difference.quote));
            hit.fix(
                title,
                Applicability::Suggested,
                vec![(crate::rules::HitPlace::Prose(Passage { span, ..here }), String::new())],
            )
        }
        DifferenceKind::Dropped => {
            let start = here.span.start == here.span.end
                && paragraph.text.get(here.span.end()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            let words = if start { format!("{said} ") } else { format!(" {said}") };
            hit.insert(
                here,
                here.span.end,
                words,
                format!("Insert “{said}”, as in the source"),
                Applicability::Suggested,
            )
        }
        DifferenceKind::TurnedByCut | DifferenceKind::Beyond => hit,
    }
}

/// Words to point at: those that differ, or for a gap the words round it.
fn shown(paragraph: &Paragraph, inner: Span, gap: Span) -> Span {
    if !gap.is_empty() {
        return gap;
    }
    let tokens: Vec<Span> =
        paragraph.tokens_in(inner).filter_map(|at| paragraph.tokens.get(at)).map(|token| token.span).collect();
    let before = tokens.iter().rev().find(|token| token.end <= gap.start);
    let behind = tokens.iter().find(|token| token.start >= gap.start);
    match (before, behind) {
        (Some(before), Some(behind)) => before.to(*behind),
        (Some(one), None) | (None, Some(one)) => *one,
        (None, None) => inner,
    }
}

/// Only whoever was recorded can be missed in the recording.
fn not_there(story: &Story, quote: &Quote) -> Option<Hit> {
    let speaker = quote.speaker.as_ref()?;
    let name = match speaker.person.and_then(|at| story.people.get(at)) {
        Some(person) => person.name.clone(),
        None => on_one_line(story.slice(speaker.passage)).into_owned(),
    };
    story.material.has_words_of(&name).then(|| Hit::at(quote.passage).arg("who", name))
}
