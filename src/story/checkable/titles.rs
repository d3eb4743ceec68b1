//! What people are: titles beside their names, and the words round them.

use super::words;
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, Sentence, TokenKind, has_possessive_s};
use crate::story::person::lists::{NameWord, class_of};
use crate::story::quote::cues;
use crate::text::Span;

/// Words that say what somebody beside them is, where the reader of people saw no title: `captain Freya Dunmore`,
/// `their manager, Pat Ogilvie`, `a nurse at`.
pub(super) fn roles(paragraph: &Paragraph, sentence: Sentence, names: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in sentence.tokens() {
        let low = paragraph.low(at);
        let is_pupil = words::is_pupil(low) && matches!(paragraph.low(at + 1), "at" | "in" | "from" | ",");
        if !is_pupil && !matches!(class_of(low), Some(NameWord::Role(_))) {
            continue;
        }
        if words::is_kin(low) {
            continue;
        }
        let Some(token) = paragraph.tokens.get(at) else { continue };
        let comma = usize::from(paragraph.low(at + 1) == ",");
        let before_name =
            paragraph.tokens.get(at + 1 + comma).is_some_and(|next| names.iter().any(|n| n.start == next.span.start));
        // `Ana Ruiz, a nurse at …`, `Ana Ruiz, president of …`
        let mut start = at;
        while start > sentence.first as usize && at - start < 4 && is_modifier(paragraph, start - 1) {
            start -= 1;
        }
        // `, a retired boat builder,`: whatever stands between the article and the role belongs to it.
        let limit = (sentence.first as usize).max(at.saturating_sub(4));
        let lead = (limit..start).rev().take_while(|&before| is_plain_word(paragraph, before));
        let lead = lead.last().filter(|&lead| {
            lead >= 2 && matches!(paragraph.low(lead - 1), "a" | "an") && paragraph.low(lead - 2) == ","
        });
        start = lead.unwrap_or(start);
        let determiner = start.checked_sub(1).map_or("", |before| paragraph.low(before));
        let article = usize::from(matches!(determiner, "a" | "an" | "the" | "its" | "their"));
        let lead = start.checked_sub(article + 1).map_or("", |before| paragraph.low(before));
        let named = start.checked_sub(article + 2).and_then(|before| paragraph.tokens.get(before));
        let apposed = lead == ","
            && named
                .is_some_and(|named| names.iter().any(|n| n.overlaps(named.span)) || named.kind == TokenKind::Number);
        if before_name || apposed {
            let mut end = at;
            // `professor of economics`
            if paragraph.low(at + 1) == "of"
                && paragraph.tokens.get(at + 2).is_some_and(|next| next.kind == TokenKind::Word)
            {
                end = at + 2;
                while paragraph.tokens.get(end + 1).is_some_and(|next| next.capital && next.kind == TokenKind::Word) {
                    end += 1;
                }
            }
            let span = paragraph.span_of(start, end.max(at));
            found.push(Span { end: span.end.max(token.span.end), ..span });
        }
    }
    found
}

/// Whether token `at` is a word that may describe what somebody is: no small word, and no verb of saying.
fn is_plain_word(paragraph: &Paragraph, at: usize) -> bool {
    let low = paragraph.low(at);
    paragraph.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
        && !words::is_opener(low)
        && cues::cue(low).is_none()
}

/// Whether token `at` may stand before a role as a part of the title.
fn is_modifier(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let low = paragraph.low(at);
    token.kind == TokenKind::Word
        && !words::is_opener(low)
        && !has_possessive_s(low)
        && cues::cue(low).is_none()
        && (token.capital
            || matches!(class_of(low), Some(NameWord::Role(_) | NameWord::Modifier))
            || matches!(
                low,
                "state" | "city" | "head" | "general" | "vice" | "chief" | "assistant" | "former" | "retired"
            ))
}

/// `title` without `and`, `his` and articles before it.
pub(super) fn without_lead(paragraph: &Paragraph, title: Span) -> Span {
    let lead = |low: &str| {
        grammar::ARTICLES_AND_POSSESSIVES.contains(low) || matches!(low, "and" | "," | "who" | "is" | "was")
    };
    let first = paragraph.tokens_in(title).find(|&at| !lead(paragraph.low(at)));
    first.map_or(title, |first| Span { start: paragraph.tokens[first].span.start.max(title.start), ..title })
}

/// `Mr.` and `Ms.` say nothing of what somebody does, and how somebody is related is another fact.
pub(super) fn is_said(paragraph: &Paragraph, title: Span) -> bool {
    if paragraph.tokens_in(title).any(|at| words::is_kin(paragraph.low(at))) {
        return false;
    }
    let low = paragraph.slice(title).to_lowercase();
    let only = low.trim_end_matches('.');
    // How old somebody is stands where a title may.
    low.contains(char::is_alphabetic) && !lexicon::people::NO_DESCRIPTIONS.contains(only)
}

/// A title without what it is of: `president` of `president of the Friends of Alder Hill`.
pub(super) fn up_to_preposition(paragraph: &Paragraph, title: Span) -> Span {
    let mut own = paragraph.tokens_in(title);
    let first = own.start;
    let of = own.find(|&at| at > first && matches!(paragraph.low(at), "of" | "at" | "in" | "for" | "with"));
    of.map_or(title, |of| Span { end: paragraph.tokens[of].span.start, ..title })
}
