//! `quote-pronoun`: `he said` where two or more people may be meant.

use crate::finding::Applicability;
use crate::prose::Passage;
use crate::rules::{Check, Hit, HitPlace, Rule, Run};
use crate::story::person::{Gender, MentionForm};
use crate::story::quote::{QuoteKind, Speaker};
use crate::story::{Quote, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("quote-pronoun", Run::Quotes(run), &[])];

/// How many mentions back a name is looked for; more would cost too much in a story of one paragraph.
const MOST_MENTIONS: usize = 12;
/// How many quotes back the last speaker is looked for.
const MOST_QUOTES: usize = 12;
/// How many words a word of saying has with those that help it: `had never publicly said`.
const MOST_HELPERS: usize = 4;
/// How many names are offered.
const MOST_NAMES: usize = 3;

/// Adds a hit for each pronoun that says a quote and may stand for several people.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    for quote in story.quotes {
        let spoken = matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial);
        let Some(speaker) = quote.speaker.as_ref().filter(|s| spoken && s.candidates.len() > 1) else { continue };
        // One pronoun may say several quotes.
        if out.last().is_some_and(|hit| hit.place == HitPlace::Prose(speaker.passage)) {
            continue;
        }
        let written = story.slice(speaker.passage);
        if !matches!(written.to_ascii_lowercase().as_str(), "he" | "she") {
            continue;
        }
        if is_named_beside(story, speaker) || goes_on(story, quote, speaker) {
            continue;
        }
        // Of somebody whose gender the story does not show, a reader who knows him does not ask.
        let known = |index: &usize| story.people.get(*index).is_some_and(|person| person.gender != Gender::Unknown);
        if !speaker.candidates.iter().all(known) {
            continue;
        }
        let names = names(story, quote);
        if names.len() != 2 || !are_named_together(story, speaker) {
            continue;
        }
        let cue = quote.cue.map_or("said", |cue| with_helpers(story, speaker.passage, cue));
        let mut hit = Hit::at(speaker.passage)
            .arg("found", written)
            .arg("cue", cue)
            .arg("people", super::wording::listed(&names));
        for name in names.iter().take(MOST_NAMES) {
            hit = hit.fix(
                format!("Name the speaker: “{name} {cue}”"),
                Applicability::Suggested,
                vec![(HitPlace::Prose(speaker.passage), name.clone())],
            );
        }
        out.push(hit);
    }
}

/// The word of saying with what is between the pronoun and it: `will say`, `had publicly stated`.
fn with_helpers<'s>(story: &'s Story, pronoun: Passage, cue: Passage) -> &'s str {
    let whole = Passage { span: Span { start: pronoun.span.end, end: cue.span.end }, ..cue };
    let near = pronoun.paragraph == cue.paragraph && pronoun.span.end <= cue.span.start;
    let words = if near { story.slice(whole).trim() } else { "" };
    let fits = !words.is_empty() && words.split(' ').count() <= MOST_HELPERS && !words.contains([',', '“', '"', '(']);
    if fits { words } else { story.slice(cue) }
}

fn is_quoted(story: &Story, passage: Passage) -> bool {
    let Some(read) = story.paragraphs.get(passage.paragraph()) else { return false };
    let behind = read.quotes.quoted.partition_point(|q| q.span.end <= passage.span.start);
    read.quotes.quoted.get(behind).is_some_and(|q| q.span.contains(passage.span))
}

/// Whether the paragraph itself names just one of them before the pronoun: then readers know who it is.
fn is_named_beside(story: &Story, speaker: &Speaker) -> bool {
    let at = speaker.passage;
    let named = |index: &&usize| {
        let mentions = story.people.get(**index).map(|person| person.mentions.as_slice()).unwrap_or_default();
        // Mentions are in reading order.
        let before = mentions.partition_point(|m| m.passage < at);
        let here =
            mentions[..before].iter().rev().take(MOST_MENTIONS).take_while(|m| m.passage.paragraph == at.paragraph);
        // A name inside a quote is whom the speaker speaks of.
        here.into_iter().any(|m| m.form != MentionForm::Pronoun && !is_quoted(story, m.passage))
    };
    speaker.candidates.iter().filter(named).count() == 1
}

/// Whether one sentence near the pronoun names all whom it may stand for: where they are apart, the nearest is meant.
fn are_named_together(story: &Story, speaker: &Speaker) -> bool {
    let at = speaker.passage;
    let mut sentences = speaker.candidates.iter().map(|&index| {
        let mentions = story.people.get(index).map(|person| person.mentions.as_slice()).unwrap_or_default();
        let before = mentions.partition_point(|m| m.passage < at);
        let last = mentions[..before]
            .iter()
            .rev()
            .take(MOST_MENTIONS)
            .find(|m| m.form != MentionForm::Pronoun && !is_quoted(story, m.passage))?;
        let sentence = story.paragraph(last.passage.paragraph()).sentence_at(last.passage.span.start)?;
        Some((last.passage.paragraph, sentence.span))
    });
    let Some(Some(first)) = sentences.next() else { return false };
    first.0 + 1 >= at.paragraph && sentences.all(|other| other == Some(first))
}

/// Whether the one who was quoted just before goes on, and nobody else who may be meant was named since.
fn goes_on(story: &Story, quote: &Quote, speaker: &Speaker) -> bool {
    let before = story.quotes.partition_point(|q| q.passage < quote.passage);
    let Some(last) = story.quotes[..before].iter().rev().take(MOST_QUOTES).find_map(|q| q.speaker.as_ref()) else {
        return false;
    };
    let Some(person) = last.person.filter(|index| speaker.candidates.contains(index)) else { return false };
    let near = last.passage.paragraph + 1 >= speaker.passage.paragraph;
    let named_since = |index: &usize| {
        let mentions = story.people.get(*index).map(|person| person.mentions.as_slice()).unwrap_or_default();
        let end = mentions.partition_point(|m| m.passage < speaker.passage);
        let since = mentions[..end].iter().rev().take(MOST_MENTIONS).take_while(|m| m.passage > last.passage);
        since.into_iter().any(|m| m.form != MentionForm::Pronoun)
    };
    near && !speaker.candidates.iter().filter(|&&index| index != person).any(named_since)
}

/// Surnames of the people the pronoun may stand for, the likeliest first.
fn names(story: &Story, quote: &Quote) -> Vec<String> {
    let Some(speaker) = &quote.speaker else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    // Whoever was quoted last is likely to go on.
    let before = story.quotes.partition_point(|q| q.passage < quote.passage);
    let last = story.quotes[..before].iter().rev().take(MOST_QUOTES).find_map(|q| q.speaker.as_ref().map(|s| s.person));
    let last = last.flatten().filter(|index| speaker.candidates.contains(index));
    for &index in speaker.person.iter().chain(&last).chain(&speaker.candidates) {
        let Some(person) = story.people.get(index) else { continue };
        let name = if person.surname.is_empty() { &person.name } else { &person.surname };
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
