//! What a caption says of its time: a date, and a verb in the present tense.

use super::credit::date_end;
use crate::lexicon;
use crate::prose::{Paragraph, has_possessive_s};
use crate::text::Span;

/// The first date, month, year or weekday of `span`.
pub(super) fn date(paragraph: &Paragraph, span: Span) -> Option<Span> {
    paragraph.tokens_in(span).find_map(|at| {
        if let Some(end) = date_end(paragraph, at) {
            return Some(paragraph.span_of(at, end - 1));
        }
        let weekday = lexicon::time::WEEKDAYS.contains(paragraph.low(at).trim_end_matches('.'));
        weekday.then(|| paragraph.span_of(at, at))
    })
}

/// The verb in the present tense that the caption's first sentence is built on: `heads`, `is speaking`.
///
/// `is seen` and `is shown` speak of the photo and not of the event, and are none.
pub(super) fn present_verb(paragraph: &Paragraph, span: Span) -> Option<Span> {
    let first = paragraph.sentence_at(span.start)?;
    let tokens = paragraph.tokens_in(span);
    for at in tokens.start + 1..tokens.end.min(first.tokens().end) {
        let low = paragraph.low(at);
        let token = paragraph.tokens.get(at)?;
        if matches!(low, "was" | "were" | "had" | "will" | "did" | "would") {
            return None;
        }
        // What a picture shows happens on no day.
        if matches!(low, "show" | "shows" | "depicts" | "illustrates" | "represents") {
            return None;
        }
        if token.capital {
            continue;
        }
        let after_name = paragraph.tokens.get(at - 1).is_some_and(|t| t.capital);
        if after_name && low.ends_with("ed") {
            return None;
        }
        if matches!(low, "is" | "are") {
            let next = paragraph.low(at + 1);
            return next.ends_with("ing").then(|| paragraph.span_of(at, at + 1));
        }
        if is_present(low) && can_follow(paragraph, at, low) {
            return Some(paragraph.span_of(at, at));
        }
    }
    None
}

fn is_present(low: &str) -> bool {
    let base = third_person_base(low);
    base.is_some_and(|b| lexicon::photos::CAPTION_VERBS.contains(b.as_str()))
        || lexicon::photos::CAPTION_VERBS.contains(low)
}

/// `heads` → `head`, `watches` → `watch`, `carries` → `carry`.
fn third_person_base(low: &str) -> Option<String> {
    let stem = low.strip_suffix('s')?;
    if let Some(stem) = stem.strip_suffix("ie") {
        let y = format!("{stem}y");
        return Some(if lexicon::photos::CAPTION_VERBS.contains(y.as_str()) { y } else { format!("{stem}ie") });
    }
    let es = stem.strip_suffix('e').filter(|s| s.ends_with(['h', 's', 'x']));
    Some(es.unwrap_or(stem).to_owned())
}

/// Whether a verb may be after the token before `at`: after a name or a noun, not after `to`, `the`, `of`.
fn can_follow(paragraph: &Paragraph, at: usize, low: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = paragraph.low(before);
    let singular = low.ends_with('s') && !lexicon::photos::CAPTION_VERBS.contains(low);
    let capital = paragraph.tokens.get(before).is_some_and(|t| t.capital);
    let bracket = matches!(word, ")" | ",");
    if singular {
        let closed = lexicon::photos::BEHIND_CAPTION_VERBS.contains(word);
        return !closed && (capital || bracket || word.chars().all(char::is_alphabetic));
    }
    // The plural form looks like the noun and the infinitive: only right after a plural noun or a list of names.
    let plural = word.ends_with('s') && !word.ends_with("ss") && !has_possessive_s(word);
    plural || matches!(word, "people" | "men" | "women" | "children" | "police")
}
