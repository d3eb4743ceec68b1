//! Who says each quote of one paragraph, as far as the paragraph itself shows.
//!
//! For each quote, the words before it in its sentence and the words behind it are looked at; a quote that has neither
//! takes the speaker of the quote before it in the paragraph, or of the sentence before it.

use std::ops::Range;

use super::cues::{Saying, cue, is_adverb, is_auxiliary, is_strong, is_subject_pronoun};
use super::phrases::{capital, clause_subject, phrase_at, subject_of, with_apposition};
use super::{Attribution, Basis, Closing, Quoted};
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::story::published::opening_dateline;
use crate::text::Span;

/// How many words behind a quote its attribution may take: `“…,” Tom Okafor, the mayor of …, said`.
const REACH: usize = 40;

/// Fills in the attribution of each quote of `quoted`.
pub(super) fn attribute(p: &Paragraph, quoted: &mut [Quoted]) {
    let places: Vec<Range<usize>> = quoted.iter().map(|q| p.tokens_in(q.span)).collect();
    let copy = if quoted.is_empty() { 0 } else { behind_dateline(p) };
    for index in 0..quoted.len() {
        let from = index.checked_sub(1).and_then(|i| places.get(i)).map_or(copy, |r| r.end);
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
        if let Some(q) = quoted.get_mut(index - 1)
            && q.attribution.is_none()
            && matches!(later.basis, Basis::Behind | Basis::Running)
        {
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
    if introduced
        && let Some(found) = ahead
        && found.speaker.is_some()
        && let Some(cue) = found.cue
    {
        // `The answer: “No,” Ruiz said.`: a colon or a noun leads to the quote, and a verb of saying names who says it.
        let by_verb = p.slice(cue) != ":" && !is_cue_noun(&p.slice(cue).to_lowercase());
        let behind = if by_verb { None } else { behind_quote(p, place, to) };
        return behind.filter(|behind| behind.speaker.is_some()).or(Some(found));
    }
    if let Some(found) = behind_quote(p, place, to) {
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
    // The sentence goes on from the quote before: `called it “a” and “b”`.
    let same_sentence = from > sentence_start && from > 0;
    if let Some(previous) = previous
        && (same_sentence || lead.is_empty())
    {
        let between = sentence_between(p, from, start);
        return Some(between.unwrap_or(Attribution { basis: Basis::Running, ..*previous }));
    }
    if let Some(found) = ahead {
        return Some(found);
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

/// The attribution of a whole sentence that stands between two quotes and says something itself.
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

fn span(p: &Paragraph, range: &Range<usize>) -> Span {
    let end = range.end.min(p.tokens.len());
    if range.start >= end {
        return Span::default();
    }
    p.without_possessive(p.span_of(range.start, end - 1))
}

fn word_span(p: &Paragraph, at: usize) -> Option<Span> {
    p.tokens.get(at).map(|t| t.span)
}

/// The attribution in the words before a quote (or in any stretch of one sentence).
pub(super) fn before_quote(p: &Paragraph, lead: Range<usize>) -> Option<Attribution> {
    let mut end = lead.end.min(p.tokens.len());
    let colon = end > lead.start && p.word(end - 1) == ":";
    while end > lead.start
        && p.tokens[end - 1].kind == TokenKind::Punct
        && !matches!(p.word(end - 1), ")" | "]" | "”" | "\"")
    {
        end -= 1;
    }
    if end <= lead.start {
        return None;
    }
    let colon_span = colon.then(|| word_span(p, lead.end - 1)).flatten();
    if let Some(to) = according_to(p, lead.start, end)
        && let Some(phrase) = phrase_at(p, to + 1, end)
    {
        return Some(Attribution {
            speaker: Some(span(p, &with_apposition(p, phrase, end))),
            cue: word_span(p, to - 1),
            basis: Basis::Ahead,
        });
    }
    // `Said Tom Okafor: “…”`.
    if capital(p, lead.start)
        && is_strong(p.low(lead.start))
        && cue(p.low(lead.start)).is_some_and(|c| !c.participle)
        && let Some(phrase) = phrase_at(p, lead.start + 1, end).filter(|r| capital(p, r.start))
    {
        let phrase = with_apposition(p, phrase, end);
        return Some(Attribution {
            speaker: Some(span(p, &phrase)),
            cue: word_span(p, lead.start),
            basis: Basis::Ahead,
        });
    }
    let verb = leading_verb(p, lead.start, end);
    if let Some(verb) = verb {
        let speaker = agent(p, verb, end).or_else(|| subject_of(p, verb, lead.start));
        return Some(Attribution {
            speaker: speaker.map(|r| span(p, &r)),
            cue: word_span(p, verb),
            basis: Basis::Ahead,
        });
    }
    let subject = clause_subject(p, lead.start, end)?;
    // `Ruiz: “…”`, `the statement:`; without any cue the subject is only a guess.
    let noun = (lead.start..end).rev().take(6).find(|&i| is_cue_noun(p.low(i)));
    let cue = colon_span.or(noun.and_then(|n| word_span(p, n)));
    Some(Attribution {
        speaker: Some(span(p, &subject)),
        cue,
        basis: if cue.is_some() { Basis::Ahead } else { Basis::Nearby },
    })
}

/// Index of the `to` of the last `according to` in `from..end`.
fn according_to(p: &Paragraph, from: usize, end: usize) -> Option<usize> {
    (from + 1..end).rev().find(|&i| p.low(i) == "to" && p.low(i - 1) == "according")
}

fn is_cue_noun(word: &str) -> bool {
    lexicon::quotes::CUE_NOUNS.contains(word)
}

/// The verb of saying that a quote after `end` depends on: the last strong one, else the last weak one.
fn leading_verb(p: &Paragraph, from: usize, end: usize) -> Option<usize> {
    let mut weak = None;
    let mut first_strong_plain = None;
    for i in (from..end).rev() {
        if p.tokens[i].kind != TokenKind::Word || capital(p, i) && i > from {
            continue;
        }
        let low = p.low(i);
        let Some(found) = cue(low) else { continue };
        if found.plain && !follows_subject(p, i, from) {
            continue;
        }
        // `was told`, `was asked`: somebody else speaks, or nobody.
        let passive =
            i > from && matches!(p.low(i - 1), "was" | "were" | "been" | "being" | "be" | "is" | "are" | "got");
        if passive && matches!(low, "told" | "asked" | "informed") {
            continue;
        }
        // `the said man`, `a noted lawyer`, `the alleged theft`.
        let adjective = i > from
            && matches!(p.low(i - 1), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "of" | "so" | "most");
        if adjective && !found.participle {
            continue;
        }
        match found.saying {
            Saying::Strong if found.participle && i + 1 < end && end - i > 12 => {
                first_strong_plain = first_strong_plain.or(Some(i))
            }
            Saying::Strong => return Some(i),
            Saying::Weak => weak = weak.or(Some(i)),
        }
    }
    first_strong_plain.or(weak)
}

/// Whether a form such as `say`, `claims`, `report` is a verb here: a pronoun, name, modal or `to` stands before it.
fn follows_subject(p: &Paragraph, at: usize, from: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&b| b >= from) else { return false };
    let low = p.low(before);
    let third = p.low(at).ends_with('s');
    if is_subject_pronoun(low) || is_auxiliary(low) || low == "to" || low == "who" || low == "which" || low == "and" {
        return true;
    }
    if is_adverb(low) || low.ends_with("ly") {
        return true;
    }
    if capital(p, before) && third && !low.ends_with("'s") {
        return true;
    }
    if p.low(at) == "put" || p.low(at) == "read" {
        return true;
    }
    low == "," && third
        || !third && low.ends_with('s') && !low.ends_with("'s")
        || third
            && p.tokens[before].kind == TokenKind::Word
            && at + 2 < p.tokens.len()
            && matches!(p.word(at + 1), ":" | "," | "that")
}

/// `was called a mess by Ruiz`: the speaker of a passive.
fn agent(p: &Paragraph, verb: usize, end: usize) -> Option<Range<usize>> {
    let mut at = verb;
    while at > 0 && (is_adverb(p.low(at - 1)) || p.low(at - 1).ends_with("ly")) {
        at -= 1;
    }
    let passive = at > 0 && matches!(p.low(at - 1), "was" | "were" | "is" | "are" | "been" | "being" | "be");
    if !passive {
        return None;
    }
    let by = (verb + 1..end.min(verb + 12)).find(|&i| p.low(i) == "by")?;
    phrase_at(p, by + 1, end)
}

/// The attribution in the words behind a quote.
fn behind_quote(p: &Paragraph, place: Range<usize>, to: usize) -> Option<Attribution> {
    let mut start = place.end;
    let last_inside = (place.start + 1..place.end)
        .rev()
        .take(3)
        .map(|i| p.word(i))
        .find(|w| !matches!(*w, "”" | "\"" | "’" | "'" | "''" | "“" | "»"));
    let last_inside = last_inside.unwrap_or("");
    let sentence = p.tokens.get(place.end.saturating_sub(1)).and_then(|t| p.sentence_at(t.span.start))?;
    let mut end = (sentence.last as usize).min(to);
    let mut next_sentence = false;
    if end <= start {
        // The splitter sees a new sentence behind `?”` and a capital: `“Who won?” Ruiz asked.`
        let token = p.tokens.get(start)?;
        let next = p.sentence_at(token.span.start)?;
        end = (next.last as usize).min(to);
        next_sentence = true;
    }
    end = end.min(start + REACH);
    let comma = p.word(start) == ",";
    let dash = matches!(p.word(start), "—" | "–" | "-" | "--" | "―");
    while start < end && matches!(p.word(start), "," | "—" | "–" | "-" | "…" | "..." | "." | ";" | "(" | "--" | "―")
    {
        start += 1;
    }
    if start >= end {
        return None;
    }
    if dash
        && last_inside != ","
        && let Some(phrase) = phrase_at(p, start, end)
    {
        let ends = phrase.end >= p.tokens.len() || matches!(p.word(phrase.end), "," | "." | ")");
        if ends && capital(p, start) {
            return Some(Attribution {
                speaker: Some(span(p, &phrase)),
                cue: word_span(p, start - 1),
                basis: Basis::Behind,
            });
        }
    }
    if p.low(start) == "according" && p.low(start + 1) == "to" {
        let phrase = phrase_at(p, start + 2, end).map(|r| with_apposition(p, r, end));
        return Some(Attribution {
            speaker: phrase.map(|r| span(p, &r)),
            cue: word_span(p, start),
            basis: Basis::Behind,
        });
    }
    let mut first = start;
    while first < end && (is_adverb(p.low(first)) || p.low(first).ends_with("ly")) && !capital(p, first) {
        first += 1;
    }
    // `said Tom Okafor, the mayor,`.
    if let Some(found) = cue(p.low(first)).filter(|c| !c.participle && !capital(p, first)) {
        let mut noun = first + 1;
        while noun < end && (is_adverb(p.low(noun)) || p.low(noun).ends_with("ly")) && !capital(p, noun) {
            noun += 1;
        }
        let phrase = phrase_at(p, noun, end).map(|r| with_apposition(p, r, end));
        let object = phrase
            .as_ref()
            .is_some_and(|r| matches!(p.low(r.start), "him" | "her" | "them" | "me" | "us" | "reporters"));
        let strong = found.saying == Saying::Strong && !matches!(p.low(first), "told" | "tells");
        if strong || matches!(last_inside, "," | "?" | "!" | "—") {
            let speaker = phrase.filter(|_| !object).map(|r| span(p, &r));
            if speaker.is_some() {
                return Some(Attribution { speaker, cue: word_span(p, first), basis: Basis::Behind });
            }
        }
    }
    // `Ruiz, the mayor, said`.
    let phrase = phrase_at(p, start, end)?;
    let verb = trailing_verb(p, phrase.end, end)?;
    let found = cue(p.low(verb))?;
    let speaker = with_apposition(p, phrase.clone(), verb);
    let gap = verb - speaker.end;
    let ended = matches!(last_inside, "." | "");
    let near = gap <= 3 || p.word(speaker.end) == "," || p.word(phrase.end) == ",";
    if found.saying == Saying::Weak && !(gap <= 2 && matches!(last_inside, "," | "?" | "!" | "—" | "-" | "…")) {
        return None;
    }
    if !near {
        return None;
    }
    // `“We won.” Ruiz said he was happy.` is another sentence; `“We won.” Ruiz said.` is a slip of the point.
    if next_sentence && ended && !(verb + 1 >= end || p.tokens[verb + 1].kind == TokenKind::Punct) {
        return None;
    }
    // A partial quote inside a clause: `the “mess” Okafor said he saw` has its speaker before it.
    if !next_sentence
        && !comma
        && !matches!(last_inside, "," | "?" | "!" | "—" | "–" | "-" | "…" | "..." | "." | "--")
        && is_strong(p.low(verb))
        && p.tokens.get(verb + 1).is_some_and(|t| t.kind == TokenKind::Word)
    {
        return None;
    }
    Some(Attribution { speaker: Some(span(p, &speaker)), cue: word_span(p, verb), basis: Basis::Behind })
}

/// The verb of the speaker whose phrase ends at `from`: the first strong one, unless another clause begins before it.
fn trailing_verb(p: &Paragraph, from: usize, end: usize) -> Option<usize> {
    let mut weak = None;
    for i in from..end {
        let low = p.low(i);
        if matches!(low, "because" | "but" | "while" | "although") || matches!(p.word(i), ";" | ":") {
            break;
        }
        if p.tokens[i].kind != TokenKind::Word || capital(p, i) {
            continue;
        }
        let Some(found) = cue(low) else { continue };
        if found.plain
            && !low.ends_with('s')
            && low != "read"
            && low != "put"
            && !(i > from && is_auxiliary(p.low(i - 1)))
            && i > from + 1
        {
            continue;
        }
        if found.participle {
            weak = weak.or(Some(i));
            continue;
        }
        match found.saying {
            Saying::Strong => return Some(i),
            Saying::Weak => weak = weak.or(Some(i)),
        }
    }
    weak
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
