//! `phrase`: words that should be other words.

use super::wording::{listed, with_capitals_of};
use crate::finding::Severity;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage};
use crate::rules::{Check, Engine, Hit, HitPlace, Param, PhraseMatch, Rule, RuleSet, Run, Scan, choice, phrase};
use crate::story::ParagraphFacts;
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] =
    &[Check::new("phrase", Run::Engine(Engine::Phrases), &[HEAD]).says(&["found", "use"]).reads(&["phrases"])];

/// What a rule says of the first word that it finds, for [`crate::analysis`].
pub(super) const HEAD: Param = choice(
    "head",
    &["verb", "adjective"],
    "what the first word is: where it reads like a noun, the rule asks and tells nothing",
);

/// Turns what the matcher found of the rules that are `on` into hits.
pub(super) fn run(set: &RuleSet, on: &[bool], scan: &Scan, read: &ParagraphFacts, out: &mut Vec<(u32, Hit)>) {
    let paragraph = &read.paragraph;
    let mut matches: Vec<&PhraseMatch> = scan
        .phrases
        .iter()
        .filter(|m| {
            let rule = &set.rules[m.rule as usize];
            on.get(m.rule as usize).is_some_and(|&on| on)
                && rule.scope.holds(paragraph.kind)
                && rule.phrases[m.phrase as usize].guards.allow(paragraph, m.span)
                && !paragraph.is_in_address(m.span)
                && !((rule.severity == Severity::Hint || joins(rule, m)) && !rule.case && is_in_name(paragraph, m.span))
        })
        .collect();
    // Of one rule's phrases that overlap, the longest stands: “for all intensive purposes” over “intensive purposes”.
    matches.sort_by_key(|m| (m.rule, m.span.start, std::cmp::Reverse(m.span.end)));
    let mut last: Option<&PhraseMatch> = None;
    for found in matches {
        if last.is_some_and(|last| last.rule == found.rule && last.span.overlaps(found.span)) {
            continue;
        }
        last = Some(found);
        out.push((found.rule, hit(set, found, paragraph)));
    }
}

/// Whether the words are to be one, and nothing else: `farm house`, which a name may write as it likes.
fn joins(rule: &Rule, found: &PhraseMatch) -> bool {
    let entry = &rule.phrases[found.phrase as usize];
    entry.find.contains(' ') && matches!(&entry.uses[..], [word] if *word == entry.find.replace(' ', ""))
}

/// Whether what is a matter of style is in a name: “the Center for Synergy”.
fn is_in_name(paragraph: &Paragraph, span: Span) -> bool {
    let tokens = paragraph.tokens_in(span);
    let is_capital = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.capital);
    // Of headings and deks nobody can tell.
    paragraph.kind == BlockKind::Paragraph
        && !tokens.is_empty()
        && tokens.clone().all(is_capital)
        && !paragraph.opens_sentence(tokens.start)
        && tokens.start.checked_sub(1).is_some_and(|before| {
            matches!(paragraph.low(before), "of" | "for" | "and" | "the" | "&") || is_capital(before)
        })
}

fn hit(set: &RuleSet, found: &PhraseMatch, paragraph: &Paragraph) -> Hit {
    let entry = &set.rules[found.rule as usize].phrases[found.phrase as usize];
    let expansion = phrase::expansion(&entry.find, found.literal as usize);
    let written = paragraph.slice(found.span);
    let first = paragraph.token_at(found.span.start);
    let after_auxiliary = first > 0 && lexicon::checks::AUXILIARIES.contains(paragraph.low(first - 1));
    let filled: Vec<String> = entry
        .uses
        .iter()
        .map(|template| {
            let text = phrase::fill(template, &expansion, after_auxiliary);
            // A rule that minds capitals says which its words have; only a sentence begins with one whatever the rule.
            if set.rules[found.rule as usize].case && !paragraph.opens_sentence(first) {
                text
            } else {
                with_capitals_of(written, &text)
            }
        })
        .collect();
    let mut hit = Hit::in_paragraph(found.span).arg("found", written).arg("use", listed(&filled));
    if let Some(message) = &entry.message {
        hit = hit.message(message.clone());
    }
    if filled.iter().all(String::is_empty) && !filled.is_empty() && entry.message.is_none() {
        hit = hit.message("“{found}” can go");
    }
    for text in filled {
        if !text.is_empty() {
            hit = hit.replace(Passage::new(0, found.span), typographic(text, written), entry.fix);
        } else if let Some(edits) = deletion(paragraph, found.span) {
            hit = hit.fix("Delete", entry.fix, edits);
        }
    }
    hit
}

/// The edits that delete the words at `span` and what they leave behind: a space, the commas that set them off, and the
/// small letter of the word that opens the sentence then. `None` between commas of which nobody can tell whether one stays.
fn deletion(paragraph: &Paragraph, span: Span) -> Option<Vec<(HitPlace, String)>> {
    let text = paragraph.text.as_bytes();
    let edit = |span: Span, text: String| (HitPlace::Prose(Passage::new(0, span)), text);
    let first = paragraph.token_at(span.start);
    let comma_behind = text.get(span.end()) == Some(&b',');
    if paragraph.opens_sentence(first) {
        let behind = span.end() + usize::from(comma_behind);
        let end = behind + usize::from(text.get(behind) == Some(&b' '));
        let mut edits = vec![edit(Span::new(span.start(), end), String::new())];
        let next = paragraph.text.get(end..).and_then(|rest| rest.chars().next());
        if let Some(letter) = next.filter(|letter| letter.is_lowercase()) {
            edits.push(edit(Span::new(end, end + letter.len_utf8()), letter.to_uppercase().collect()));
        }
        return Some(edits);
    }
    let before = paragraph.text.get(..span.start())?.trim_end_matches(' ');
    if !before.ends_with(',') {
        return Some(vec![edit(with_a_space(paragraph, span), String::new())]);
    }
    let comma = before.len() - 1;
    match text.get(span.end()) {
        // “the match is off, needless to say.”
        None | Some(b'.' | b'!' | b'?' | b';' | b':') => Some(vec![edit(Span::new(comma, span.end()), String::new())]),
        // “it was, needless to say, late”; in “when it rained, needless to say, the match” one comma would have to stay.
        Some(b',') => {
            let word = paragraph.token_at(comma as u32).checked_sub(1)?;
            let joins = lexicon::checks::AUXILIARIES.contains(paragraph.low(word));
            joins.then(|| vec![edit(Span::new(comma, span.end() + 1), String::new())])
        }
        _ => Some(vec![edit(with_a_space(paragraph, span), String::new())]),
    }
}

/// `span` with one of the spaces beside it, so that deleting it leaves no double space.
pub(super) fn with_a_space(paragraph: &Paragraph, span: Span) -> Span {
    let text = paragraph.text.as_bytes();
    if text.get(span.end()) == Some(&b' ') {
        Span { start: span.start, end: span.end + 1 }
    } else if span.start > 0 && text.get(span.start() - 1) == Some(&b' ') {
        Span { start: span.start - 1, end: span.end }
    } else {
        span
    }
}

/// Apostrophes as in the text that is replaced.
pub(super) fn typographic(text: String, written: &str) -> String {
    if written.contains('’') { text.replace('\'', "’") } else { text }
}
