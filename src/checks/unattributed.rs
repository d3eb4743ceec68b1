//! `unattributed`: a direct quote of which a reader cannot tell who says it.

use crate::finding::{Applicability, Severity};
use crate::lexicon;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Lack, Rule, Run};
use crate::story::quote::{Basis, QuoteKind, Reason, needs_attribution};
use crate::story::{Quote, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("unattributed", Run::Story(run), &[]).lacking(Lack::Speaker)];

/// Adds a hit for each direct quote that needs an attribution.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    // “Why?” I asked: whoever tells what happened to him leaves it to the turns of the talk who speaks.
    let is_told_by_me = |quote: &Quote| {
        let said = quote.kind == QuoteKind::Direct;
        said && quote.speaker.as_ref().is_some_and(|speaker| story.slice(speaker.passage) == "I")
    };
    let told_by_me = story.quotes.iter().any(is_told_by_me);
    let is_in_talk = |index: usize| {
        let near = |other: &Quote, number: u32| other.kind == QuoteKind::Direct && other.passage.paragraph == number;
        let number = story.quotes[index].passage.paragraph;
        let before = index.checked_sub(1).and_then(|at| story.quotes.get(at));
        before.is_some_and(|other| near(other, number.wrapping_sub(1)))
            || story.quotes[index + 1..].iter().take(4).any(|other| near(other, number + 1))
    };
    let is_fiction = story.reads_as_fiction();
    for (index, quote) in story.quotes.iter().enumerate() {
        let Some(reason) = needs_attribution(story, index) else { continue };
        if told_by_me && is_in_talk(index) {
            continue;
        }
        let paragraph = story.paragraph(quote.passage.paragraph());
        // Tags that were left in the text hold marks of their own.
        if paragraph.slice(quote.inner).contains(['<', '>']) {
            continue;
        }
        // “Would you use it?” → “Have you used it?”: words to be put for others.
        let before = paragraph.text.get(..quote.passage.span.start()).unwrap_or_default().trim_end();
        if before.ends_with(['→', '➔', '⇒', '>']) || is_answered(story, quote) {
            continue;
        }
        // A pull quote repeats words that the story attributes elsewhere.
        let repeats =
            |other: &Quote| other.basis != Basis::Paraphrase && other.speaker.is_some() && other.said == quote.said;
        if story.quotes.iter().any(repeats) {
            continue;
        }
        let mut hit = Hit::at(quote.passage).insert(
            quote.passage,
            quote.passage.span.end,
            " [who said this?]",
            "Ask who said this",
            Applicability::Query,
        );
        if let Some(name) = quote.guess.as_ref().and_then(|speaker| likely_name(story, speaker.person))
            && let Some(edits) = attribution(story, quote, &name)
        {
            let edits = edits.into_iter().map(|(passage, text)| (HitPlace::Prose(passage), text)).collect();
            hit = hit.fix(format!("Attribute it to {name}"), Applicability::Suggested, edits);
        }
        if is_fiction {
            hit = hit.at_most(Severity::Hint);
        }
        if reason == Reason::Guessable {
            hit = hit.at_most(Severity::Query);
            if let Some(guess) = &quote.guess {
                hit = hit.related(guess.passage, "The paragraph before speaks of this");
            }
        }
        out.push(hit);
    }
}

/// Whether the quote is a question that is a paragraph, and the next one answers it in the story's own words: what a reader
/// might ask, and nobody did.
fn is_answered(story: &Story, quote: &Quote) -> bool {
    let number = quote.passage.paragraph();
    let is_whole = quote.passage.span.range() == (0..story.paragraph(number).text.trim_end().len());
    let asks = story.slice(Passage { span: quote.inner, ..quote.passage }).trim_end().ends_with('?');
    let answer = story.paragraphs.get(number + 1).map_or("", |next| next.paragraph.low(0));
    is_whole && asks && lexicon::quotes::ANSWERS.contains(answer)
}

/// The name a later reference uses: the surname.
fn likely_name(story: &Story, person: Option<usize>) -> Option<String> {
    let person = story.people.get(person?)?;
    Some(person.surname.clone()).filter(|name| !name.is_empty())
}

/// The edits that attribute a quote: `,” NAME said.` in the place of `.”`, with the marks in their order. `None` for a quote
/// that is still open, or that does not end its sentence.
///
/// Edits are in ascending order. They change the stop inside the marks, so a person must choose them.
pub fn attribution(story: &Story, quote: &Quote, name: &str) -> Option<Vec<(Passage, String)>> {
    if !quote.closed {
        return None;
    }
    let here = |start: u32, end: u32| Passage { span: Span { start, end }, ..quote.passage };
    let end = quote.passage.span.end;
    let inner = story.slice(Passage { span: quote.inner, ..quote.passage });
    let after = story.paragraph(quote.passage.paragraph()).text.get(end as usize..).unwrap_or_default();
    // British copy may have the stop behind the mark.
    if after.starts_with('.') && !inner.ends_with(['.', '?', '!', ',']) {
        return Some(vec![(here(end, end), format!(", {name} said"))]);
    }
    let next = after.trim_start().chars().next();
    if next.is_some_and(|next| !next.is_uppercase() && !is_opening(next))
        || (next.is_some() && after.trim_start() == after)
    {
        return None;
    }
    let said = (here(end, end), format!(" {name} said."));
    let trimmed = inner.trim_end();
    if trimmed.ends_with('.') && !trimmed.ends_with("..") {
        let point = quote.inner.start + trimmed.len() as u32 - 1;
        return Some(vec![(here(point, point + 1), ",".to_owned()), said]);
    }
    Some(vec![said])
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '(' | '[')
}
