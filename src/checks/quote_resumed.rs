//! `quote-resumed`: a speech that is closed at the end of a paragraph and goes on in the next.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::quote::QuoteKind;
use crate::story::{Quote, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-resumed", Run::Story(run), &[])];

/// Adds a hit for each closing mark at the end of a paragraph when the next opens with the same speech.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for pair in story.quotes.windows(2) {
        let [first, second] = pair else { continue };
        if !goes_on(story, first, second) {
            continue;
        }
        let mark = Span { start: first.inner.end, end: first.passage.span.end };
        let passage = Passage { span: mark, ..first.passage };
        let edit = vec![(HitPlace::Prose(passage), String::new())];
        let hit = Hit::at(passage).related(second.passage, "the speech goes on here");
        out.push(hit.fix("Leave the quote open", Applicability::Suggested, edit));
    }
}

fn goes_on(story: &Story, first: &Quote, second: &Quote) -> bool {
    let next = second.passage.paragraph == first.passage.paragraph + 1;
    if !next || !first.closed || first.kind != QuoteKind::Direct || second.kind != QuoteKind::Direct {
        return false;
    }
    let (p, q) = (story.paragraph(first.passage.paragraph()), story.paragraph(second.passage.paragraph()));
    let at_end = p.text.trim_end().len() == first.passage.span.end();
    let at_start = q.tokens.first().is_some_and(|t| t.span.start == second.passage.span.start);
    let (Some(one), Some(other)) = (&first.speaker, &second.speaker) else { return false };
    // Only when the second paragraph names nobody itself, and takes its speaker from the first.
    let named_before = other.passage == one.passage && one.passage.paragraph == first.passage.paragraph;
    p.kind.is_body() && q.kind.is_body() && at_end && at_start && named_before
}
