//! Who says each quote of one paragraph, as far as the paragraph itself shows.
//!
//! For each quote, the words before it in its sentence and the words behind it are looked at; a quote that has neither
//! takes the speaker of the quote before it in the paragraph, or of the sentence before it.

use std::ops::Range;

use super::ahead::{before_quote, is_cue_noun};
use super::behind::{at_sentence_end, behind_quote};
use super::cues::is_auxiliary;
use super::phrases::capital;
use super::{Attribution, Basis, Closing, Quoted};
use crate::prose::{Paragraph, TokenKind};
use crate::story::person::lists::{class_of, is_role};
use crate::story::published::opening_dateline;
use crate::text::Span;

/// Fills in the attribution of each quote of `quoted`.
pub(super) fn attribute(p: &Paragraph, quoted: &mut [Quoted]) {
    let places: Vec<Range<usize>> = quoted.iter().map(|q| p.tokens_in(q.span)).collect();
    let copy = if quoted.is_empty() { 0 } else { behind_dateline(p) };
    for index in 0..quoted.len() {
        let from = lead_from(p, &places, index).unwrap_or(copy);
        // A nickname or a title of a work inside the attribution is passed over.
        let next = places.iter().skip(index + 1).take(3).find(|r| r.len() > 6);
        let to = next.or(places.get(index + 4)).map_or(p.tokens.len(), |r| r.start);
        let Some(place) = places.get(index).cloned() else { continue };
        let Some(this) = quoted.get(index) else { continue };
        let before = index.checked_sub(1).and_then(|i| quoted.get(i)).and_then(|q| q.attribution);
        let own = of_quote(p, this, place, from, to, before.as_ref());
        if let Some(q) = quoted.get_mut(index) {
            q.attribution = own;
        }
    }
    // `“We won.” “At last,” said Ruiz.`: the first quote waits for the attribution of the second.
    for index in (1..quoted.len()).rev() {
        let Some(later) = quoted.get(index).and_then(|q| q.attribution) else { continue };
        let Some(q) = quoted.get_mut(index - 1) else { continue };
        let end = q.span.end;
        // `“I doubt the plan” — it is dear — “will work,” Ruiz said.`: one sentence in two parts.
        let parts = q.attribution.is_some_and(|own| own.cue.is_none() || own.basis == Basis::SentenceBefore)
            && later.basis == Basis::Behind
            && later.speaker.is_some_and(|speaker| speaker.start > end)
            && p.sentence_at(end).is_some_and(|own| {
                later.speaker.is_some_and(|speaker| speaker.end <= own.span.end) && own.span.start >= q.span.start
            });
        if (q.attribution.is_none() || parts) && matches!(later.basis, Basis::Behind | Basis::Running) {
            q.attribution = Some(Attribution { basis: Basis::Running, ..later });
        }
    }
}

/// The token behind the dateline that opens the paragraph: `PORT ELLERY (CNS) —` is a place, and says nothing.
fn behind_dateline(p: &Paragraph) -> usize {
    let Some(dateline) = opening_dateline(&p.text) else { return 0 };
    let dash = p.tokens.partition_point(|token| token.span.start() < dateline.len());
    let dashes = (dash..p.tokens.len()).take_while(|&at| matches!(p.word(at), "—" | "–" | "-" | "--"));
    dash + dashes.count()
}

/// The token from which words may lead to quote number `index`: behind the quote before it. A title, a nickname or a few
/// words in marks inside the same sentence are passed over.
fn lead_from(p: &Paragraph, places: &[Range<usize>], index: usize) -> Option<usize> {
    let own = p.tokens.get(places.get(index)?.start).and_then(|t| p.sentence_at(t.span.start))?.first as usize;
    let passed = |place: &Range<usize>| place.start > own && place.len() <= 6 && p.low(place.end) != "and";
    let before = places.get(..index)?.iter().rev().take(3).find(|place| !passed(place))?;
    Some(before.end)
}

fn of_quote(
    p: &Paragraph,
    quoted: &Quoted,
    place: Range<usize>,
    from: usize,
    to: usize,
    previous: Option<&Attribution>,
) -> Option<Attribution> {
    let sentence = p.sentence_at(quoted.span.start);
    let sentence_start = sentence.map_or(0, |s| s.first as usize);
    let start = sentence_start.max(from);
    let lead = start..place.start;
    let introduced = place.start > 0 && matches!(p.word(place.start - 1), ":" | ",") && lead.end > lead.start;
    let ahead = before_quote(p, lead.clone());
    let behind = behind_quote(p, place.clone(), to);
    // `Ruiz gave her reason: “It rained,” she said.`: what is right behind the comma is the attribution.
    if let Some(found) = behind.filter(|found| found.speaker.is_some() && found.near) {
        return Some(found.attribution());
    }
    let behind = behind.map(|found| found.attribution());
    if introduced
        && let Some(found) = ahead
        && found.speaker.is_some()
        && let Some(cue) = found.cue
    {
        // `The answer: “No,” Ruiz said.`: a colon or a noun leads to the quote, and a verb of saying names who says it.
        let by_verb = p.slice(cue) != ":" && !is_cue_noun(&p.slice(cue).to_lowercase());
        let behind = if by_verb { None } else { behind };
        return behind.filter(|behind| behind.speaker.is_some()).or(Some(found));
    }
    if let Some(found) = behind {
        return Some(found);
    }
    if let Some(found) = ahead
        && found.cue.is_some()
    {
        return Some(match previous {
            Some(previous) if found.speaker.is_none() => {
                Attribution { cue: found.cue, basis: Basis::Running, ..*previous }
            }
            _ => found,
        });
    }
    // `“It is late” for the pier, Ruiz said.`: the sentence ends with who says all of it.
    if let Some(found) = at_sentence_end(p, place.clone()) {
        return Some(found);
    }
    // The sentence goes on from the quote before: `called it “a” and “b”`.
    let same_sentence = from > sentence_start && from > 0;
    if let Some(previous) = previous
        && (same_sentence || lead.is_empty())
    {
        let between = sentence_between(p, from, start);
        return Some(between.unwrap_or(Attribution { basis: Basis::Running, ..*previous }));
    }
    if let Some(found) = ahead {
        // `Ruiz said no. It “is not the time for it.”`: what cannot speak passes the word on to who did.
        let speaks = found.speaker.is_some_and(|speaker| may_speak(p, speaker));
        return match previous.filter(|previous| !speaks && previous.cue.is_some()) {
            Some(previous) => Some(Attribution { basis: Basis::Running, ..*previous }),
            None => Some(found),
        };
    }
    if lead.end > lead.start && lead.clone().any(|i| p.tokens[i].kind != TokenKind::Punct) {
        return previous.map(|previous| Attribution { basis: Basis::Running, ..*previous });
    }
    // A quote that is a sentence of its own goes with the sentence before it.
    let earlier =
        p.sentences.partition_point(|s| s.last as usize <= start).checked_sub(1).and_then(|i| p.sentences.get(i))?;
    let earlier = (earlier.first as usize).max(from)..(earlier.last as usize).min(start);
    let found = before_quote(p, earlier)?;
    Some(Attribution { basis: if found.cue.is_some() { Basis::SentenceBefore } else { Basis::Nearby }, ..found })
}

/// Whether the words at `speaker` may name somebody: a person's pronoun, a name, an office.
fn may_speak(p: &Paragraph, speaker: Span) -> bool {
    let mut words = p.tokens_in(speaker);
    let first = words.start;
    matches!(p.low(first), "he" | "she" | "they" | "who" | "i" | "we")
        || words
            .any(|at| is_role(p.low(at)) || capital(p, at) && class_of(p.low(at)).is_none() && !p.opens_sentence(at))
        || capital(p, first) && class_of(p.low(first)).is_none() && is_auxiliary(p.low(words.end))
}

/// The attribution of a whole sentence that is between two quotes and says something itself.
fn sentence_between(p: &Paragraph, from: usize, to: usize) -> Option<Attribution> {
    let last =
        p.sentences.partition_point(|s| s.last as usize <= to).checked_sub(1).and_then(|i| p.sentences.get(i))?;
    // The sentence in which the earlier quote ends holds that quote's attribution.
    if (last.first as usize) < from || last.last as usize > to {
        return None;
    }
    let found = before_quote(p, last.tokens())?;
    let pronoun = found
        .speaker
        .is_some_and(|s| matches!(p.slice(s), "he" | "she" | "He" | "She" | "They" | "they" | "It" | "it"));
    (found.cue.is_some() && found.speaker.is_some() && !pronoun)
        .then_some(Attribution { basis: Basis::SentenceBefore, ..found })
}

/// What the end of the paragraph leaves to the next one: its last sentence's speaker, and whether a colon ends it.
pub(super) fn closing(p: &Paragraph, quoted: &[Quoted]) -> Closing {
    let mut last = p.tokens.len();
    while last > 0 && matches!(p.word(last - 1), "”" | "\"" | ")" | "’") {
        last -= 1;
    }
    let colon = last > 0 && p.word(last - 1) == ":";
    let outside = |range: &Range<usize>| {
        let from = p.tokens.get(range.start).map_or(0, |t| t.span.start);
        quoted.last().is_none_or(|q| q.span.end <= from)
    };
    let attribution = p.sentences.last().map(|s| s.tokens()).filter(outside).and_then(|range| before_quote(p, range));
    Closing { colon, attribution }
}
