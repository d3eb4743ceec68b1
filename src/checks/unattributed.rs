//! `unattributed`: a direct quote of which a reader cannot tell who says it.

use rustc_hash::FxHashSet;

use super::Hit;
use super::quote_words::words;
use crate::finding::{Applicability, Severity};
use crate::prose::Passage;
use crate::rules::Rule;
use crate::story::Story;
use crate::story::quote::{Reason, needs_attribution};
use crate::text::Span;

/// Adds a hit for each direct quote that needs an attribution.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut attributed: Option<FxHashSet<Vec<&str>>> = None;
    for (index, quote) in story.quotes.iter().enumerate() {
        let Some(reason) = needs_attribution(story, index) else { continue };
        let paragraph = story.paragraph(quote.passage.paragraph());
        // Tags that were left in the text hold marks of their own.
        if paragraph.slice(quote.inner).contains(['<', '>']) {
            continue;
        }
        // A pull quote repeats words that the story attributes elsewhere.
        let attributed = attributed.get_or_insert_with(|| attributed_words(story));
        if attributed.contains(&words(paragraph, quote.inner)) {
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
            && quote.closed
        {
            hit = attribute_to(hit, story, quote.passage, quote.inner, &name);
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

/// The words of all quotes of which the story says who said them.
fn attributed_words<'s>(story: &'s Story) -> FxHashSet<Vec<&'s str>> {
    let attributed = story.quotes.iter().filter(|quote| quote.speaker.is_some());
    attributed.map(|quote| words(story.paragraph(quote.passage.paragraph()), quote.inner)).collect()
}

/// The name a later reference uses: the surname.
fn likely_name(story: &Story, person: Option<usize>) -> Option<String> {
    let person = story.people.get(person?)?;
    Some(person.surname.clone()).filter(|name| !name.is_empty())
}

/// Offers `,” NAME said.` in the place of `.”`.
fn attribute_to(hit: Hit, story: &Story, quote: Passage, inner: Span, name: &str) -> Hit {
    let text = story.slice(Passage { span: inner, ..quote });
    let stop = text.trim_end().ends_with('.') && !text.trim_end().ends_with("..");
    let title = format!("Attribute it to {name}");
    if !stop {
        let place = Passage { span: Span { start: quote.span.end, end: quote.span.end }, ..quote };
        let edit = (super::Place::Prose(place), format!(" {name} said."));
        return hit.fix(title, Applicability::Suggested, vec![edit]);
    }
    let point = inner.start + text.trim_end().len() as u32 - 1;
    let comma = Passage { span: Span { start: point, end: point + 1 }, ..quote };
    let end = Passage { span: Span { start: quote.span.end, end: quote.span.end }, ..quote };
    let edits =
        vec![(super::Place::Prose(comma), ",".to_owned()), (super::Place::Prose(end), format!(" {name} said."))];
    hit.fix(title, Applicability::Suggested, edits)
}
