//! Who says a quote, by the words before it in its sentence.

use std::ops::Range;

use super::cues::{Saying, cue, is_adverb, is_auxiliary, is_determiner, is_strong, is_subject_pronoun};
use super::phrases::{capital, clause_subject, phrase_at, subject_of, with_apposition};
use super::spans::{span, word_span};
use super::{Attribution, Basis};
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, TokenKind, has_possessive_s};
use crate::story::person::lists::{NameWord, class_of};

/// So many words and marks before a quote may lead to it: more than the longest sentences of news have, and few enough
/// for a line of thousands of quotes of a word each.
const FARTHEST: usize = 256;

/// The attribution in the words before a quote (or in any stretch of one sentence).
pub(super) fn before_quote(p: &Paragraph, lead: Range<usize>) -> Option<Attribution> {
    let lead = lead.start.max(lead.end.saturating_sub(FARTHEST))..lead.end;
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
    if colon && let Some(label) = label(p, lead.start, end) {
        return Some(Attribution { speaker: Some(span(p, &label)), cue: colon_span, basis: Basis::Ahead });
    }
    if let Some((source, noun)) = in_the_words_of(p, lead.start, end) {
        return Some(Attribution { speaker: Some(span(p, &source)), cue: word_span(p, noun), basis: Basis::Ahead });
    }
    if let Some(to) = according_to(p, lead.start, end)
        && let Some(phrase) = phrase_at(p, to + 1, end)
    {
        return Some(Attribution {
            speaker: Some(span(p, &with_apposition(p, phrase, end))),
            cue: word_span(p, to - 1),
            basis: Basis::Ahead,
        });
    }
    // `In short, explained Tom Okafor:`: the words end with the name.
    let inverted = (lead.start..end).rev().take(12).find(|&at| {
        (at == lead.start || p.word(at - 1) == ",")
            && !capital(p, at)
            && is_strong(p.low(at))
            && cue(p.low(at)).is_some_and(|c| !c.participle && !c.plain)
    });
    if let Some(verb) = inverted
        && matches!(p.word(end), ":" | ",")
        && let Some(phrase) = phrase_at(p, verb + 1, end).filter(|r| capital(p, r.end - 1))
        && with_apposition(p, phrase.clone(), end).end == end
        && p.low(verb) != "told"
    {
        let speaker = span(p, &with_apposition(p, phrase, end));
        return Some(Attribution { speaker: Some(speaker), cue: word_span(p, verb), basis: Basis::Ahead });
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
        let speaker = agent(p, verb, end)
            .or_else(|| thing_that_reads(p, verb, lead.start))
            .or_else(|| subject_of(p, verb, lead.start));
        if let Some((verb, outer)) = speaker.as_ref().and_then(|own| told_of_oneself(p, own, lead.start)) {
            return Some(Attribution { speaker: Some(span(p, &outer)), cue: word_span(p, verb), basis: Basis::Ahead });
        }
        return Some(Attribution {
            speaker: speaker.map(|r| span(p, &r)),
            cue: word_span(p, verb),
            basis: Basis::Ahead,
        });
    }
    let subject = clause_subject(p, lead.start, end)?;
    // `Ruiz: “…”`, `the statement:`; without any cue the subject is only a guess.
    let noun = (lead.start..end).rev().take(6).find(|&i| is_cue_noun(p.low(i)));
    let subject = noun.and_then(|noun| thing_with_words(p, noun, lead.start)).unwrap_or(subject);
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

pub(super) fn is_cue_noun(word: &str) -> bool {
    lexicon::quotes::CUE_NOUNS.contains(word)
}

/// Weak verbs that tell what somebody calls a thing.
fn describes(word: &str) -> bool {
    lexicon::quotes::NAMING_VERBS.contains(word)
}

/// The verb of saying that a quote after `end` depends on: the last strong one, else the last weak one.
fn leading_verb(p: &Paragraph, from: usize, end: usize) -> Option<usize> {
    let mut weak: Option<usize> = None;
    let mut first_strong_plain = None;
    for i in (from..end).rev() {
        if let Some(later) = weak.filter(|&later| later > i + 1) {
            // `…, and he accused`: a clause of its own. `said that Ana Ruiz had called`: Ruiz did, whoever said so.
            let clause = matches!(p.low(i), "and" | "but") && i > from && p.word(i - 1) == ",";
            let told = p.low(i) == "that" && capital(p, i + 1) && describes(p.low(later)) && later - i < 10;
            if clause && has_subject(p, i + 1) || told {
                break;
            }
        }
        if p.tokens[i].kind != TokenKind::Word || capital(p, i) && i > from {
            continue;
        }
        let low = p.low(i);
        let Some(found) = cue(low) else { continue };
        if found.plain && !follows_subject(p, i, from) {
            continue;
        }
        // `at one point`.
        if low == "point" && i > from && p.low(i - 1) == "one" {
            continue;
        }
        // `was told`, `was asked`: somebody else speaks, or nobody.
        let passive = i > from && (p.low(i - 1) == "got" || lexicon::tense::PASSIVE.contains(p.low(i - 1)));
        if passive && matches!(low, "told" | "asked" | "informed") {
            continue;
        }
        // `the said man`, `a noted lawyer`, `the alleged theft`.
        let adjective = i > from
            && (grammar::ARTICLES_AND_POSSESSIVES.contains(p.low(i - 1))
                || matches!(p.low(i - 1), "of" | "so" | "most"));
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

/// Whether a subject is at `at`: a pronoun, a name, an article.
fn has_subject(p: &Paragraph, at: usize) -> bool {
    capital(p, at) || is_subject_pronoun(p.low(at)) || is_determiner(p.low(at))
}

/// Whether a form such as `say`, `claims`, `report` is a verb here: a pronoun, name, modal or `to` is before it.
fn follows_subject(p: &Paragraph, at: usize, from: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&b| b >= from) else { return false };
    let low = p.low(before);
    let third = p.low(at).ends_with('s');
    // `those states`, `some reports`: a noun.
    if third && matches!(low, "those" | "these" | "some" | "many" | "several" | "both" | "most" | "few" | "such") {
        return false;
    }
    if is_subject_pronoun(low) || is_auxiliary(low) || low == "to" || low == "who" || low == "which" || low == "and" {
        return true;
    }
    if is_adverb(low) || low.ends_with("ly") {
        return true;
    }
    if capital(p, before) && third && !has_possessive_s(low) {
        return true;
    }
    if p.low(at) == "put" || p.low(at) == "read" {
        return true;
    }
    low == "," && third
        || !third && low.ends_with('s') && !has_possessive_s(low)
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
    let passive = at > 0 && lexicon::tense::PASSIVE.contains(p.low(at - 1));
    if !passive {
        return None;
    }
    let by = (verb + 1..end.min(verb + 12)).find(|&i| p.low(i) == "by")?;
    phrase_at(p, by + 1, end)
}

/// `Tom Okafor:`, `More from Okafor:` and `A long count — Tom Okafor:`: a name that a colon follows, and nothing else
/// before it.
fn label(p: &Paragraph, from: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > from && end - start < 7 {
        let low = p.low(start - 1);
        let joins = matches!(low, "and" | "of" | "the" | "&") && start < end;
        let particle = class_of(low) == Some(NameWord::Particle) && start < end;
        if !(capital(p, start - 1) || joins || particle) {
            break;
        }
        start -= 1;
    }
    while start < end && !capital(p, start) {
        start += 1;
    }
    let opens =
        start == 0 || matches!(p.word(start - 1), "—" | "–" | "-" | "--" | "―" | "|") || p.low(start - 1) == "from";
    let is_name = |at: usize| capital(p, at) && class_of(p.low(at)).is_none();
    (start < end && opens && (start..end).any(is_name) && !(start..end).any(|at| cue(p.low(at)).is_some()))
        .then_some(start..end)
}

/// What `in Okafor’s words` and `in the words of Tom Okafor` call what somebody says.
fn is_manner_of_saying(word: &str) -> bool {
    lexicon::quotes::MANNERS_OF_SAYING.contains(word)
}

/// Whose words they are in `in Okafor’s words` or `in the words of Tom Okafor`, and where the noun is.
pub(super) fn in_the_words_of(p: &Paragraph, from: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let noun = (from..end).rev().find(|&at| is_manner_of_saying(p.low(at)))?;
    if p.low(noun + 1) == "of" && matches!(p.low(noun.checked_sub(2)?), "in") {
        let phrase = phrase_at(p, noun + 2, end)?;
        return Some((with_apposition(p, phrase, end), noun));
    }
    if noun + 1 < end && p.tokens[noun + 1].kind != TokenKind::Punct {
        return None;
    }
    let own = noun - usize::from(noun > from && p.low(noun - 1) == "own");
    let into = (from..own).rev().take(8).find(|&at| p.low(at) == "in")?;
    let last = own.checked_sub(1).filter(|&at| at > into)?;
    let owner = if has_possessive_s(p.low(last)) {
        into + 1..last + 1
    } else if matches!(p.word(last), "’" | "'") && last > into + 1 {
        into + 1..last
    } else {
        return None;
    };
    Some((owner, noun))
}

/// `Ruiz said she thinks that “…”`: the pronoun is the one who says so, and the name tells more.
fn told_of_oneself(p: &Paragraph, own: &Range<usize>, from: usize) -> Option<(usize, Range<usize>)> {
    let pronoun = own.len() == 1 && matches!(p.low(own.start), "he" | "she" | "they");
    let verb = own.start.checked_sub(1 + usize::from(own.start > 0 && p.low(own.start - 1) == "that"))?;
    if !pronoun || verb <= from || !cue(p.low(verb)).is_some_and(|c| c.saying == Saying::Strong && !c.participle) {
        return None;
    }
    let subject = subject_of(p, verb, from)?;
    let named = capital(p, subject.end - 1) || with_apposition(p, subject.clone(), verb).end > subject.end;
    named.then_some((verb, subject))
}

/// `wore a shirt with the words`: what bears them.
fn thing_with_words(p: &Paragraph, noun: usize, from: usize) -> Option<Range<usize>> {
    let before = noun.checked_sub(2).filter(|&at| at > from && p.low(at + 1) == "the")?;
    let bears = matches!(p.low(before), "with" | "bearing" | "carrying" | "showing");
    let thing = before.checked_sub(1).filter(|&at| bears && is_thing_that_says(p.low(at)))?;
    Some(thing..thing + 1)
}

/// Whether words are written on what `low` names.
fn is_thing_that_says(low: &str) -> bool {
    lexicon::quotes::THINGS_THAT_SAY.contains(low.strip_suffix('s').unwrap_or(low))
}

/// `held a sign saying`, `a hat that reads`: what bears the words, right before the verb.
fn thing_that_reads(p: &Paragraph, verb: usize, from: usize) -> Option<Range<usize>> {
    if !lexicon::quotes::VERBS_OF_SIGNS.contains(p.low(verb)) {
        return None;
    }
    let noun = verb.checked_sub(1)?;
    let noun = if matches!(p.low(noun), "that" | "which") { noun.checked_sub(1)? } else { noun };
    let thing = is_thing_that_says(p.low(noun));
    let article = (from..noun).rev().take(6).find(|&at| is_determiner(p.low(at)));
    (thing && noun >= from).then(|| article.unwrap_or(noun)..noun + 1)
}
