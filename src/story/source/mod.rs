//! Sources: who or what the story's information comes from.

mod lists;
mod phrases;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::person::{Mention, MentionForm};
use super::trigger_words::TriggerWords;
use super::{ParagraphFacts, Person, Quote, quote};
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::text::Span;

pub(super) use phrases::NO_AGENT;

/// What a paragraph says of sources by itself.
#[derive(Debug, Default)]
pub struct LocalSources {
    /// Outside quotes, in order; a named person is found when the story is linked.
    pub sources: Vec<LocalSource>,
}

/// A source in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalSource {
    /// The words that name it.
    pub span: Span,
    /// What kind it is.
    pub kind: SourceKind,
    /// The word of saying that goes with it.
    pub cue: Option<Span>,
    /// For people without a name: whether the sentence says why they are not named. `None` when nothing is said of names.
    pub reason_given: Option<bool>,
}

/// What kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A person with a name.
    Named,
    /// People without a name: `officials`, `sources`, `critics`.
    Unnamed,
    /// One person who is not named: `a senior official`.
    Anonymous,
    /// A newspaper, broadcaster or agency.
    Outlet,
    /// A report, study, survey, statement, law, court paper.
    Document,
    /// An organisation that speaks.
    Organisation,
    /// `social media`, `reports`, `the internet`: nobody who can be asked.
    Vague,
    /// `it was reported`, `is believed to`, `reportedly`: the text does not say by whom.
    NoAgent,
}

/// A source of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The words that name it.
    pub passage: Passage,
    /// What kind it is.
    pub kind: SourceKind,
    /// The word of saying that goes with it.
    pub cue: Option<Passage>,
    /// Index in the story's people, for a person with a name.
    pub person: Option<usize>,
    /// For people without a name: whether the sentence says why they are not named. `None` when nothing is said of names.
    pub reason_given: Option<bool>,
}

/// The words, in lower case, that are the main word of a phrase that names a source; outlets have names of their own.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    lists::trigger_words()
}

/// The words, in lower case, by which names of those start who cannot be asked.
pub(super) fn first_words_of_vague() -> impl Iterator<Item = &'static str> {
    lists::first_words_of_vague()
}

/// The words, in lower case, by which names of outlets start, and the article that may be before them.
pub(super) fn first_words_of_outlets() -> impl Iterator<Item = &'static str> {
    lists::first_words_of_outlets().chain(["the"])
}

/// What a paragraph says of sources by itself.
pub(super) fn read(paragraph: &Paragraph, triggers: &TriggerWords, quotes: &quote::LocalQuotes) -> LocalSources {
    LocalSources { sources: phrases::find(paragraph, triggers, quotes) }
}

/// Lists the sources of the story in reading order: those found by themselves, the speakers of quotes, and the people
/// whose name is beside a word of saying.
pub fn link(paragraphs: &[Arc<ParagraphFacts>], quotes: &[Quote], people: &[Person]) -> Vec<Source> {
    let mentions =
        people.iter().enumerate().flat_map(|(index, person)| person.mentions.iter().map(move |m| (index, m)));
    link_part(paragraphs, 0..paragraphs.len(), quotes.iter(), mentions)
}

/// The sources of some of the paragraphs, of which these are all the quotes and mentions. Mentions come person by person.
pub(super) fn link_part<'s>(
    paragraphs: &[Arc<ParagraphFacts>],
    part: Range<usize>,
    quotes: impl Iterator<Item = &'s Quote>,
    mentions: impl Iterator<Item = (usize, &'s Mention)>,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (index, read) in paragraphs.iter().enumerate().take(part.end).skip(part.start) {
        let passage = |span: Span| Passage::new(index, span);
        sources.extend(read.sources.sources.iter().map(|s| Source {
            passage: passage(s.span),
            kind: s.kind,
            cue: s.cue.map(passage),
            person: None,
            reason_given: s.reason_given,
        }));
    }
    // The cue tells one act of saying from another, whoever found it.
    let mut taken: FxHashSet<Passage> = sources.iter().filter_map(|s| s.cue).collect();
    let mut named: Vec<Source> = Vec::new();
    let speakers = quotes.filter_map(|q| Some((q.speaker.as_ref()?, q.cue)));
    let own = speakers.filter(|(speaker, _)| part.contains(&speaker.passage.paragraph()));
    for (speaker, cue) in own.filter(|(speaker, _)| speaker.person.is_some()) {
        if cue.is_none_or(|cue| taken.insert(cue)) {
            let (passage, person) = (speaker.passage, speaker.person);
            named.push(Source { passage, kind: SourceKind::Named, cue, person, reason_given: None });
        }
    }
    for (person, mention) in mentions.filter(|(_, m)| !matches!(m.form, MentionForm::Pronoun | MentionForm::Title)) {
        let Some(read) = paragraphs.get(mention.passage.paragraph()) else { continue };
        let Some(cue) = cue_beside(read, mention.passage.span) else { continue };
        let cue = Passage { span: cue, ..mention.passage };
        if taken.insert(cue) {
            named.push(Source {
                passage: mention.passage,
                kind: SourceKind::Named,
                cue: Some(cue),
                person: Some(person),
                reason_given: None,
            });
        }
    }
    sources.extend(named);
    sources.sort_by_key(|s| s.passage);
    sources
}

/// The word of saying beside the name at `name`, outside quotes: `Ruiz said`, `said Ruiz`, `according to Ruiz`.
fn cue_beside(read: &ParagraphFacts, name: Span) -> Option<Span> {
    let paragraph = &read.paragraph;
    if read.quotes.around(name).is_some() {
        return None;
    }
    let tokens = paragraph.tokens_in(name);
    let span = |at: usize| paragraph.tokens.get(at).map(|t| t.span);
    // “Ruiz’s” says nothing.
    if tokens.end.checked_sub(1).and_then(span).is_none_or(|last| last.end > name.end) {
        return None;
    }
    let says = |at: usize| lists::is_saying(paragraph.low(at)) && paragraph.tokens.get(at).is_some_and(|t| !t.capital);
    let skip = usize::from(matches!(paragraph.low(tokens.end), "also" | "has" | "had" | "later" | "then"));
    if says(tokens.end + skip) {
        return span(tokens.end + skip);
    }
    let before = tokens.start.checked_sub(1)?;
    // In “said Ruiz left” somebody else says it.
    let ends = paragraph.tokens.get(tokens.end).is_none_or(|t| t.kind == TokenKind::Punct)
        || matches!(paragraph.low(tokens.end), "who" | "of" | "in" | "at");
    if ends && matches!(paragraph.low(before), "said" | "says") {
        return span(before);
    }
    let according = before.checked_sub(1).filter(|&a| paragraph.low(a) == "according" && paragraph.low(before) == "to");
    according.and_then(span)
}

#[cfg(test)]
mod tests;
