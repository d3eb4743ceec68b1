//! Who says a quote, by the words behind it in its sentence.

use std::ops::Range;

use super::ahead::in_the_words_of;
use super::cues::{Saying, cue, is_adverb, is_auxiliary, is_strong};
use super::phrases::{capital, phrase_at, with_apposition};
use super::spans::{span, word_span};
use super::{Attribution, Basis};
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// How many words behind a quote its attribution may take: `“…,” Tom Okafor, the mayor of …, said`.
const REACH: usize = 40;

/// An attribution behind a quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind {
    /// The words that name the speaker.
    pub speaker: Option<Span>,
    cue: Option<Span>,
    /// It is right behind the comma that closes the quote: `“…,” Ruiz said`.
    pub near: bool,
}

impl Behind {
    /// It as the attribution of the quote.
    pub fn attribution(self) -> Attribution {
        Attribution { speaker: self.speaker, cue: self.cue, basis: Basis::Behind }
    }
}

/// The attribution in the words behind a quote.
pub(super) fn behind_quote(p: &Paragraph, place: Range<usize>, to: usize) -> Option<Behind> {
    let words = WordsBehind::of(p, place, to)?;
    words.signed().or_else(|| words.told_by_source()).or_else(|| words.verb_first()).or_else(|| words.speaker_first())
}

/// The words behind a quote.
struct WordsBehind<'p> {
    p: &'p Paragraph,
    /// The first token that is no mark.
    start: usize,
    /// One past the last that may be of the attribution.
    end: usize,
    /// One past the last of the sentence.
    sentence_end: usize,
    /// The splitter sees a sentence of its own in them.
    next_sentence: bool,
    /// The last word or mark between the quotation marks.
    last_inside: &'p str,
    /// They begin with a comma.
    comma: bool,
    /// They begin with a dash.
    dash: bool,
}

impl<'p> WordsBehind<'p> {
    fn of(p: &'p Paragraph, place: Range<usize>, to: usize) -> Option<Self> {
        let mut start = place.end;
        let last_inside = (place.start + 1..place.end)
            .rev()
            .take(3)
            .map(|i| p.word(i))
            .find(|w| !matches!(*w, "”" | "\"" | "’" | "'" | "''" | "“" | "»"));
        let sentence = p.tokens.get(place.end.saturating_sub(1)).and_then(|t| p.sentence_at(t.span.start))?;
        let mut sentence_end = sentence.last as usize;
        let mut end = sentence_end.min(to);
        let mut next_sentence = false;
        if end <= start {
            // The splitter sees a new sentence behind `?”` and a capital: `“Who won?” Ruiz asked.`
            let token = p.tokens.get(start)?;
            let next = p.sentence_at(token.span.start)?;
            sentence_end = next.last as usize;
            end = sentence_end.min(to);
            next_sentence = true;
        }
        end = end.min(start + REACH);
        let comma = p.word(start) == ",";
        let dash = matches!(p.word(start), "—" | "–" | "-" | "--" | "―");
        while start < end && matches!(p.word(start), "," | "—" | "–" | "-" | "…" | "..." | "." | ";" | "(" | "--" | "―")
        {
            start += 1;
        }
        let last_inside = last_inside.unwrap_or("");
        (start < end).then_some(Self { p, start, end, sentence_end, next_sentence, last_inside, comma, dash })
    }

    /// `“…” — Ana Ruiz, mayor`.
    fn signed(&self) -> Option<Behind> {
        let Self { p, start, end, .. } = *self;
        if !self.dash || self.last_inside == "," {
            return None;
        }
        let phrase = phrase_at(p, start, end)?;
        let ends = phrase.end >= p.tokens.len() || matches!(p.word(phrase.end), "," | "." | ")");
        let signed = || Behind { speaker: Some(span(p, &phrase)), cue: word_span(p, start - 1), near: true };
        (ends && capital(p, start)).then(signed)
    }

    /// `“…,” according to Okafor`, `“…,” in Okafor’s telling`.
    fn told_by_source(&self) -> Option<Behind> {
        let Self { p, start, end, .. } = *self;
        if p.low(start) == "according" && p.low(start + 1) == "to" {
            let phrase = phrase_at(p, start + 2, end).map(|r| with_apposition(p, r, end));
            return Some(Behind { speaker: phrase.map(|r| span(p, &r)), cue: word_span(p, start), near: false });
        }
        if p.low(start) != "in" {
            return None;
        }
        let (source, noun) = in_the_words_of(p, start, end.min(start + 12))?;
        Some(Behind { speaker: Some(span(p, &source)), cue: word_span(p, noun), near: true })
    }

    /// `said Tom Okafor, the mayor,`.
    fn verb_first(&self) -> Option<Behind> {
        let Self { p, start, end, last_inside, .. } = *self;
        let first = behind_adverbs(p, start, end);
        let found = cue(p.low(first)).filter(|c| !c.participle && !capital(p, first))?;
        let phrase = phrase_at(p, behind_adverbs(p, first + 1, end), end).map(|r| with_apposition(p, r, end))?;
        let is_object = matches!(p.low(phrase.start), "him" | "her" | "them" | "me" | "us" | "reporters");
        let strong = found.saying == Saying::Strong && !matches!(p.low(first), "told" | "tells");
        let is_said = strong || matches!(last_inside, "," | "?" | "!" | "—");
        let near = strong && self.ends_in_comma();
        let speaker = Some(span(p, &phrase));
        (is_said && !is_object).then(|| Behind { speaker, cue: word_span(p, first), near })
    }

    /// `Ruiz, the mayor, said`.
    fn speaker_first(&self) -> Option<Behind> {
        let Self { p, start, end, last_inside, .. } = *self;
        let phrase = phrase_at(p, start, end)?;
        let verb = trailing_verb(p, phrase.end, end)?;
        let found = cue(p.low(verb))?;
        let speaker = with_apposition(p, phrase.clone(), verb);
        let gap = verb - speaker.end;
        let near = gap <= 3 || p.word(speaker.end) == "," || p.word(phrase.end) == ",";
        // `“…?” the suit reads.`
        let reads = matches!(p.low(verb), "reads" | "read") && stops_at(p, verb + 1, end) && !capital(p, start);
        if found.saying == Saying::Weak
            && !reads
            && !(gap <= 2 && matches!(last_inside, "," | "?" | "!" | "—" | "-" | "…"))
        {
            return None;
        }
        if !near && !reads || self.is_another_sentence(verb) || self.is_in_a_clause(verb) {
            return None;
        }
        // `“…,” Ruiz recalled her father telling her`: the words are another's.
        let another = |r: &Range<usize>| matches!(p.low(r.end), "telling" | "saying") && r.len() > 1;
        if let Some(other) = phrase_at(p, verb + 1, end).filter(another) {
            return Some(Behind { speaker: Some(span(p, &other)), cue: word_span(p, other.end), near: true });
        }
        let near = self.ends_in_comma() && found.saying == Saying::Strong && !found.participle && gap <= 1;
        Some(Behind { speaker: Some(span(p, &speaker)), cue: word_span(p, verb), near })
    }

    /// The quote ends in a comma of its own.
    fn ends_in_comma(&self) -> bool {
        self.last_inside == "," && !self.comma
    }

    /// `“We won.” Ruiz said he was happy.` is another sentence; `“We won.” Ruiz said.` is a slip of the point.
    fn is_another_sentence(&self, verb: usize) -> bool {
        let Self { p, end, .. } = *self;
        let mut rest = verb + 1;
        while rest < end && (is_adverb(p.low(rest)) || p.low(rest).ends_with("ly") || p.low(rest).ends_with("day")) {
            rest += 1;
        }
        let stops = rest >= self.sentence_end || matches!(p.word(rest), "." | ";");
        self.next_sentence && matches!(self.last_inside, "." | "") && !stops
    }

    /// A partial quote inside a clause: `the “mess” Okafor said he saw` has its speaker before it.
    fn is_in_a_clause(&self, verb: usize) -> bool {
        let p = self.p;
        !self.next_sentence
            && !self.comma
            && !matches!(self.last_inside, "," | "?" | "!" | "—" | "–" | "-" | "…" | "..." | "." | "--")
            && is_strong(p.low(verb))
            && p.tokens.get(verb + 1).is_some_and(|t| t.kind == TokenKind::Word)
    }
}

/// The first token from `at` on that is no adverb.
fn behind_adverbs(p: &Paragraph, at: usize, end: usize) -> usize {
    let is_passed = |&at: &usize| (is_adverb(p.low(at)) || p.low(at).ends_with("ly")) && !capital(p, at);
    (at..end).find(|at| !is_passed(at)).unwrap_or(end.max(at))
}

/// Whether the sentence ends at token `at`.
fn stops_at(p: &Paragraph, at: usize, end: usize) -> bool {
    at >= end || matches!(p.word(at), "." | ";")
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

/// The attribution that ends the sentence of the quote at `place`: `“It is late” for the pier, Ruiz said.`, also
/// `…, said Ruiz, the mayor.`
pub(super) fn at_sentence_end(p: &Paragraph, place: Range<usize>) -> Option<Attribution> {
    let sentence = p.tokens.get(place.end.checked_sub(1)?).and_then(|t| p.sentence_at(t.span.start))?;
    let end = (sentence.last as usize).min(place.end + 2 * REACH);
    let said =
        |at: usize| !capital(p, at) && cue(p.low(at)).is_some_and(|c| c.saying == Saying::Strong && !c.participle);
    // The first comma behind which somebody says something, and behind which the sentence holds nothing else.
    for comma in place.end..end {
        if p.word(comma) != "," {
            continue;
        }
        // `…, as Ruiz said on the radio`.
        let start = comma + 1 + usize::from(p.low(comma + 1) == "as");
        if said(start)
            && let Some(phrase) = phrase_at(p, start + 1, end)
            && (capital(p, phrase.start) || phrase.len() > 1 || matches!(p.low(phrase.start), "he" | "she" | "they"))
        {
            let speaker = with_apposition(p, phrase, end);
            return Some(Attribution {
                speaker: Some(span(p, &speaker)),
                cue: word_span(p, start),
                basis: Basis::Behind,
            });
        }
        let Some(phrase) = phrase_at(p, start, end) else { continue };
        let speaker = with_apposition(p, phrase.clone(), end);
        let mut verb = speaker.end.max(phrase.end);
        while verb < end && (p.word(verb) == "," || is_adverb(p.low(verb)) || p.low(verb).ends_with("ly")) {
            verb += 1;
        }
        if verb < end && said(verb) && closes_there(p, verb + 1, end) {
            return Some(Attribution {
                speaker: Some(span(p, &speaker)),
                cue: word_span(p, verb),
                basis: Basis::Behind,
            });
        }
    }
    None
}

/// Whether nothing but the time, the place or the hearer of what was said follows to the end of the sentence.
fn closes_there(p: &Paragraph, from: usize, end: usize) -> bool {
    let low = p.low(from);
    from >= end
        || matches!(p.word(from), "." | "," | ";" | "—" | "–" | "-")
        || matches!(low, "in" | "on" | "at" | "during" | "after" | "before" | "when" | "as" | "last" | "this" | "by")
        || low.ends_with("day") && low.len() > 5
        || matches!(low, "recently" | "earlier" | "today" | "yesterday")
}
