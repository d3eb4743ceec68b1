//! What a story says in whole clauses: quotations, reported speech, and the claims that words such as `because` show.

use std::collections::HashSet;

use super::{Fact, FactKind, FoundFact};
use crate::lexicon;
use crate::lexicon::grammar;
use crate::prose::{Paragraph, Passage, TokenKind, has_possessive_s};
use crate::story::claim::ClaimKind;
use crate::story::published::opening_dateline;
use crate::story::quote::{QuoteKind, cues};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// What the meaning of a quote starts with, before who says it.
const SAID_BY: &str = "said by ";

impl Fact {
    /// Who says it, if it is a quote of which the story tells that.
    pub fn said_by(&self) -> Option<&str> {
        self.meaning.as_deref().filter(|_| self.kind == FactKind::Quote)?.strip_prefix(SAID_BY)
    }
}

/// Quotations, with who says them; titles of works in quotation marks.
pub(super) fn quotes(story: &Story, number: usize, same: &[usize], out: &mut Vec<FoundFact>) {
    for quote in story.window(number..number + 1).quotes {
        let paragraph = story.paragraph(number);
        let work = quote.kind == QuoteKind::Title || is_title(paragraph, quote.inner, quote.words);
        let speaker = quote.speaker.as_ref();
        let person = speaker.and_then(|speaker| speaker.person);
        let says = person.and_then(|person| story.people.get(person)).map(|person| person.name.as_str());
        // `Boxes were marked “not to be opened”`: whatever the sentence is about says nothing where no verb says that it does.
        let said = speaker.map(|speaker| speaker.passage).filter(|passage| {
            let text = &story.paragraph(passage.paragraph()).text;
            quote.cue.is_some() || text.get(passage.span.end()..).is_some_and(|behind| behind.starts_with(':'))
        });
        // `The roads are rated “poor” by the state`: whoever is spoken of does not speak.
        let said = said.filter(|_| !quote.cue.is_some_and(|cue| is_passive(story, cue)));
        // `He wrote that they “took me for a lunatic.”`
        let meant = said
            .filter(|_| person.is_none())
            .and_then(|passage| super::whose::of_pronoun(story, passage.paragraph(), passage.span, same));
        let person = person.or(meant);
        let says = says.or_else(|| Some(story.people.get(meant?)?.name.as_str()));
        let says = says.or_else(|| said.map(|passage| story.slice(passage)));
        let kind = if work { FactKind::Work } else { FactKind::Quote };
        let meaning = says.filter(|_| !work).map(|says| format!("{SAID_BY}{says}"));
        let key = Some(super::identity::plain_key(paragraph.slice(quote.inner)));
        out.push(FoundFact { key, person, meaning, ..FoundFact::new(kind, quote.passage) });
    }
}

/// Whether a verb of saying stands in the passive: `was rated`.
fn is_passive(story: &Story, cue: Passage) -> bool {
    let paragraph = story.paragraph(cue.paragraph());
    let at = paragraph.token_at(cue.span.start);
    paragraph.low(at).ends_with("ed") && at.checked_sub(1).is_some_and(|before| is_of_passives(paragraph.low(before)))
}

/// Whether `low` is a form of *be* that makes a participle passive.
fn is_of_passives(low: &str) -> bool {
    matches!(low, "is" | "are" | "was" | "were" | "be" | "been" | "being")
}

/// Whether most of the words between quotation marks have capitals, as in the title of a book.
pub(super) fn is_title(paragraph: &Paragraph, inner: Span, words: usize) -> bool {
    let tokens = paragraph.tokens_in(inner).filter(|&at| paragraph.tokens[at].kind == TokenKind::Word);
    let mut long = tokens.filter(|&at| paragraph.word(at).len() > 3).peekable();
    (2..=14).contains(&words) && long.peek().is_some() && long.all(|at| paragraph.tokens[at].capital)
}

/// What somebody is reported to have said without quotation marks: the sentence, without the quotations in it. `cues_of_quotes`
/// are the words of saying that go with quotations.
pub(super) fn reported(
    story: &Story,
    number: usize,
    read: &ParagraphFacts,
    (cues_of_quotes, same): (&HashSet<Passage>, &[usize]),
    out: &mut Vec<FoundFact>,
) {
    let paragraph = &read.paragraph;
    if !paragraph.kind.is_body() {
        return;
    }
    for sentence in &paragraph.sentences {
        let is_quoted = |span: Span| read.quotes.around(span).is_some();
        let token = |at: usize| paragraph.tokens.get(at).map(|token| token.span);
        let says = |at: usize| {
            let low = paragraph.low(at);
            // `The lane is called Second Thought` says nothing of who said so.
            let before = at.checked_sub(1).map_or("", |before| paragraph.low(before));
            if low == "called" && matches!(before, "is" | "are" | "was" | "were" | "be" | "been" | "so") {
                return false;
            }
            // `The first found by an amateur`, `he has been admitted to the university`
            let (is_desk, next) = (lexicon::saying::FOR_THE_DESK.contains(low), paragraph.low(at + 1));
            if is_desk && next == "by" || low == "admitted" && is_of_passives(before) && matches!(next, "to" | "into") {
                return false;
            }
            let strong = cues::is_strong(low)
                && !cues::cue(low)
                    .is_some_and(|cue| cue.plain && !matches!(low, "say" | "says" | "argues" | "warns" | "believes"));
            strong || low == "according" && next == "to" || is_desk
        };
        let cue = sentence.tokens().find(|&at| {
            says(at)
                && token(at)
                    .is_some_and(|span| !is_quoted(span) && !cues_of_quotes.contains(&Passage::new(number, span)))
                && !is_noun(paragraph, at)
        });
        let Some(cue) = cue else { continue };
        let mut span = sentence.span;
        // `KESTREL BAY, Feb. 12 (CNS) — ` is no part of what is said.
        if span.start == 0
            && let Some(dateline) = opening_dateline(&paragraph.text)
        {
            let behind = paragraph.text[dateline.len()..].find(char::is_alphanumeric).unwrap_or_default();
            span.start = (dateline.len() + behind) as u32;
        }
        // Quotations are facts of their own: what is reported ends where the first one starts, or starts behind the last.
        for quoted in read.quotes.quoted.iter().filter(|quoted| quoted.span.overlaps(sentence.span) && quoted.words > 5)
        {
            let at = token(cue).map_or(span.start, |token| token.start);
            if quoted.span.start > at {
                span.end = span.end.min(quoted.span.start).max(span.start);
            } else if quoted.span.end <= at {
                span.start = span.start.max(quoted.span.end).min(span.end);
            }
        }
        let about = token(cue).and_then(|at| who_says(story, number, at, same));
        if span.len() > 8 {
            out.push(FoundFact { person: about, ..FoundFact::new(FactKind::Reported, Passage::new(number, span)) });
        }
    }
}

/// Tokens between a verb of saying and the name of who says so: `said the mayor, Ana Ruiz`.
const TO_NAME: usize = 6;

/// Who says what the verb of saying on `cue` tells: whose name follows it, or else who is named, or meant, before it.
fn who_says(story: &Story, number: usize, cue: Span, same: &[usize]) -> Option<usize> {
    let paragraph = story.paragraph(number);
    let at = paragraph.token_at(cue.start);
    let (is_according, next) = (paragraph.low(at) == "according", paragraph.tokens.get(at + 1));
    // `said Ana Ruiz`, `according to Ana Ruiz`, and not `said that Ana Ruiz left`
    let is_named_behind = is_according || next.is_some_and(|next| next.capital) || paragraph.low(at + 1) == "the";
    let sentence = paragraph.sentence_at(cue.start)?.span;
    let near = paragraph.tokens.get(at + TO_NAME).map_or(sentence.end, |token| token.span.start);
    let behind = story.people_at(number).filter(|(_, passage)| {
        is_named_behind && passage.span.start >= cue.end && passage.span.start < near && sentence.contains(passage.span)
    });
    let behind = behind.min_by_key(|(_, passage)| passage.span.start).map(|(person, _)| person);
    behind.or_else(|| (!is_according).then(|| super::whose::person_of(story, number, cue, same)).flatten())
}

/// Whether the form of a verb of saying is a noun here: `the report`, `a claim`.
fn is_noun(paragraph: &Paragraph, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| paragraph.low(before));
    grammar::ARTICLES_AND_POSSESSIVES.contains(before) || matches!(before, "this" | "that" | "to" | "of" | "as")
}

/// What the reader of claims shows.
pub(super) fn claims(read: &ParagraphFacts, number: usize, out: &mut Vec<FoundFact>) {
    let paragraph = &read.paragraph;
    for claim in &read.claims.claims {
        for (kind, span) in &claim.kinds {
            let kind = match kind {
                ClaimKind::Superlative => FactKind::Record,
                ClaimKind::Study => FactKind::Study,
                ClaimKind::Law => FactKind::Law,
                ClaimKind::Cause => FactKind::Cause,
                ClaimKind::Comparison | ClaimKind::Trend => FactKind::Comparison,
                ClaimKind::Prediction => FactKind::Prediction,
                ClaimKind::Sequence => FactKind::Order,
                ClaimKind::Health => FactKind::Health,
                ClaimKind::Absolute => FactKind::Absolute,
                // Figures and dates are facts of their own, and what was done is in the words beside them.
                ClaimKind::Statistic | ClaimKind::History | ClaimKind::Amount | ClaimKind::Act => continue,
            };
            if kind == FactKind::Order && !orders_events(paragraph, *span) {
                continue;
            }
            let span = Span { end: clause_end(paragraph, *span).max(span.end), ..*span };
            let span = if kind == FactKind::Comparison { with_multiple(paragraph, span) } else { span };
            out.push(FoundFact::new(kind, Passage::new(number, span)));
        }
    }
}

/// A comparison with the number before its `times`, and what bounds that: `more than five times as many`.
pub(super) fn with_multiple(paragraph: &Paragraph, span: Span) -> Span {
    let mut start = paragraph.tokens_in(span).start;
    if paragraph.low(start) == "times" {
        start = start.saturating_sub(1);
    }
    if !super::numbers::is_numeral(paragraph, start) {
        return span;
    }
    let bounds =
        |at: usize| paragraph.low(at) == "than" || crate::lexicon::checkable::ABOUT.contains(paragraph.low(at));
    if start.checked_sub(1).is_some_and(bounds) {
        start -= 1 + usize::from(paragraph.low(start - 1) == "than" && start >= 2);
    }
    paragraph.tokens.get(start).map_or(span, |token| Span { start: token.span.start, ..span })
}

/// Whether the word that shows an order stands before an event: `after the fire`, and not `after 39 years`.
fn orders_events(paragraph: &Paragraph, span: Span) -> bool {
    let at = paragraph.tokens_in(span).start;
    matches!(paragraph.low(at), "after" | "before" | "following") && !super::numbers::is_numeral(paragraph, at + 1)
}

/// Where the clause around `span` ends: before the next mark between clauses, and twelve words on at the latest.
pub(super) fn clause_end(paragraph: &Paragraph, span: Span) -> u32 {
    let start = paragraph.token_at(span.end);
    let sentence = paragraph.sentence_at(span.start).map_or(start, |sentence| sentence.last as usize);
    let ends = |at: &usize| {
        paragraph.tokens[*at].kind == TokenKind::Punct
            && !matches!(paragraph.low(*at), "$" | "€" | "£" | "-" | "'" | "%")
    };
    let last = (sentence).min(start + 12);
    let end = (start..last).find(ends).unwrap_or(last);
    end.checked_sub(1).and_then(|at| paragraph.tokens.get(at)).map_or(span.end, |token| token.span.end)
}

/// `span` with the determiner before it: `her nephew`.
pub(super) fn with_determiner(paragraph: &Paragraph, span: Span) -> Span {
    let first = paragraph.tokens_in(span).start;
    let mut start = first;
    while let Some(before) = start.checked_sub(1).filter(|before| first - before <= 2) {
        let low = paragraph.low(before);
        if paragraph.tokens[before].kind != TokenKind::Word {
            break;
        }
        start = before;
        if matches!(low, "his" | "her" | "their" | "my" | "our" | "your" | "whose" | "a" | "an" | "the")
            || has_possessive_s(low)
        {
            break;
        }
    }
    paragraph.tokens.get(start).map_or(span, |token| Span { start: token.span.start, ..span })
}
