//! House text, known by its words: promotion, subscription, copyright, appeals for money.

use std::sync::LazyLock;

use super::{Openings, last_mark, start_of};
use crate::lexicon::{self, WordList};

// Whatever follows, nothing but house text starts so.

/// How any of these open, and notes of copyright.
static OPENINGS: LazyLock<Openings> = LazyLock::new(|| {
    use crate::lexicon::structure::{CONTACT, HOUSE_TEXT_LIKELY, HOUSE_TEXT_SURE, LABELS, ORIGIN};
    let lists = [&HOUSE_TEXT_SURE, &HOUSE_TEXT_LIKELY, &ORIGIN, &LABELS, &CONTACT];
    Openings::of(lists.into_iter().flat_map(WordList::iter).chain(["copyright", "c) 2"]))
});

/// House text that can be told by its own words: promotion, subscription, copyright.
pub(super) fn is_house_text(text: &str) -> bool {
    // Most paragraphs open otherwise than house text, and need no comparison with each phrase.
    let start = if OPENINGS.may_open(text) { start_of(text, 64) } else { String::new() };
    if lexicon::structure::HOUSE_TEXT_SURE.iter().any(|words| start.starts_with(words)) {
        return true;
    }
    if text.len() > 600 {
        return false;
    }
    if let Some(subject) = lexicon::structure::ORIGIN.iter().find(|subject| start.starts_with(subject)) {
        let rest = start[subject.len()..].trim_start_matches(" story").trim_start_matches(" article").trim_start();
        let publication = ["appeared", "published", "ran ", "posted", "from"].iter().any(|verb| rest.contains(verb));
        return publication && lexicon::structure::PRINTED_BEFORE.iter().any(|word| rest.starts_with(word));
    }
    let lower = || text.to_lowercase();
    if start.starts_with("copyright") || start.starts_with('©') || start.starts_with("c) 2") {
        return text.contains('©') || text.contains("(c)") || text.contains("20") || last_mark(text).is_none();
    }
    if text.contains("ll rights reserved") || text.contains("ALL RIGHTS RESERVED") {
        return true;
    }
    let opens = |list: &'static WordList| list.iter().any(|words| start.starts_with(words));
    let label = opens(&lexicon::structure::LABELS);
    let contact = opens(&lexicon::structure::CONTACT);
    let likely = opens(&lexicon::structure::HOUSE_TEXT_LIKELY);
    // Most paragraphs end here, and their words need not be counted.
    if !label && !contact && !likely {
        return false;
    }
    let words = text.split_whitespace().take(31).count();
    if words > 30 {
        return false;
    }
    if label {
        return !start.starts_with("watch:") || last_mark(text).is_none();
    }
    if contact {
        let lower = lower();
        return text.contains('@')
            || (start.starts_with("follow ") && (lower.contains(" on twitter") || lower.contains(" on facebook")));
    }
    let lower = lower();
    if lexicon::structure::APPEALS.iter().any(|words| lower.contains(words)) {
        return true;
    }
    start == "advertisement" || start == "read more" || start.starts_with("share this ") && words <= 6
}

/// A donation line or a nonprofit's notice. Stories also report on such bodies, so it counts only at the end.
pub(super) fn is_appeal(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |words: &'static WordList| words.iter().any(|word| lower.contains(word));
    let bracketed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    let ours = ["our ", "we ", "your ", "us "]
        .iter()
        .any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")));
    (has(&lexicon::structure::NONPROFITS)
        && (bracketed || (has(&lexicon::structure::GIFTS) && (ours || lower.starts_with("the ")))))
        || (bracketed && has(&lexicon::structure::GIFTS) && ours)
}
