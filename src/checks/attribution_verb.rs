//! `attribution-verb`: verbs of saying that color what is said, as the cue of a quote.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run, words};
use crate::story::quote::{Basis, QuoteKind};
use crate::story::{Quote, Window};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] =
    &[Check::new("attribution-verb", Run::Local(run), &[words("verbs", "the forms that are found, in lower case")])];

/// Adds a hit for each cue of a quote that is among the param `verbs` (in lower case, each form by itself).
pub(super) fn run(rule: &Rule, window: &Window, out: &mut Vec<Hit>) {
    let mut last = None;
    for quote in window.quotes {
        let beside = matches!(quote.basis, Basis::Ahead | Basis::Behind);
        let Some(cue) = quote.cue.filter(|_| beside && matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial))
        else {
            continue;
        };
        if last == Some(cue) || !window.paragraph(cue.paragraph()).kind.is_body() {
            continue;
        }
        last = Some(cue);
        let written = window.slice(cue);
        let low = written.to_lowercase();
        if !rule.strings("verbs").any(|verb| verb == low)
            || is_noun(window, quote, cue)
            || is_object(window, quote, cue)
        {
            continue;
        }
        // `asked to explain, Ruiz …`: only finite forms are listed, so the tense shows in the ending.
        let plain = if low.ends_with('s') { "says" } else { "said" };
        let hit = Hit::at(cue).arg("found", written).arg("use", plain);
        out.push(hit.fix(
            format!("Replace with “{plain}”"),
            Applicability::Suggested,
            vec![(HitPlace::Prose(cue), plain.to_owned())],
        ));
    }
}

/// Whether the word is the noun of the same form: `the envoy’s comments`, `in many states`. A verb is beside who speaks.
fn is_noun(window: &Window, quote: &Quote, cue: Passage) -> bool {
    if !window.slice(cue).ends_with('s') {
        return false;
    }
    // “the judge’s recent comments that …”
    let p = window.paragraph(cue.paragraph());
    let at = p.token_at(cue.span.start);
    if (1..=2).any(|back| at.checked_sub(back).is_some_and(|before| p.is_possessive(before))) {
        return true;
    }
    let Some(speaker) = quote.speaker.as_ref().filter(|speaker| speaker.passage < cue) else { return false };
    // A word of the speaker's own name is one as well: “Ruiz’s comments”.
    if speaker.passage.paragraph != cue.paragraph || speaker.passage.span.end > cue.span.start {
        return true;
    }
    let between = Span { start: speaker.passage.span.end, end: cue.span.start };
    let words = window.paragraph(cue.paragraph()).slice(between).trim();
    words.starts_with(['\'', '’']) || words.split_whitespace().count() > 1 && !words.starts_with([',', '—', '–'])
}

/// Whether the quoted words are what somebody made with the verb, and not what they said: `declared a “caliphate”`.
fn is_object(window: &Window, quote: &Quote, cue: Passage) -> bool {
    if quote.words > 2 || cue.paragraph != quote.passage.paragraph || cue.span.end > quote.passage.span.start {
        return false;
    }
    let between = Span { start: cue.span.end, end: quote.passage.span.start };
    matches!(window.paragraph(cue.paragraph()).slice(between).trim(), "a" | "an" | "the" | "its" | "their")
}
