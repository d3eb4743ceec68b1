//! Claims: sentences whose truth a person should check.

mod acts;
mod cues;
mod words;

use std::ops::Range;
use std::sync::Arc;

use super::figure::FigureUnit;
use super::time::{Tense, TimeKind};
use super::trigger_words::{TriggerWords, Triggers};
use super::{ParagraphFacts, Source, figure, quote, time};
use crate::prose::{Paragraph, Passage, Sentence};
use crate::text::Span;

/// What a paragraph claims by itself.
#[derive(Debug, Default)]
pub struct LocalClaims {
    /// In order; a sentence that claims nothing is not among them.
    pub claims: Vec<LocalClaim>,
}

/// A sentence worth checking, in one paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalClaim {
    /// The sentence.
    pub span: Span,
    /// Why it is worth checking, each with the words that show it; ascending, a kind once, never empty.
    pub kinds: Vec<(ClaimKind, Span)>,
}

/// What makes a sentence worth checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// `first`, `only`, `largest`, `record`.
    Superlative,
    /// A number about the world.
    Statistic,
    /// A study, report or survey.
    Study,
    /// A law, treaty, resolution.
    Law,
    /// A dated event of the past.
    History,
    /// `caused`, `led to`, `allowing`.
    Cause,
    /// `more than`, `twice as`.
    Comparison,
    /// `will`, said as a fact.
    Prediction,
    /// Two events put in order.
    Sequence,
    /// Medicine and health.
    Health,
    /// `always`, `never`, `everyone`.
    Absolute,
    /// A smaller count or sum, or a loose one: `a third of them`, `billions of dollars`.
    Amount,
    /// What somebody in public life did: voted, vetoed, raised, spent.
    Act,
    /// What became of prices, jobs, crime: `wages have fallen`.
    Trend,
}

impl ClaimKind {
    /// How much the kind alone makes a sentence worth checking, from 0 to 1: higher where a mistake is likely and harmful,
    /// lower where the words are often a figure of speech. Set by judgement, not by measurement.
    fn weight(self) -> f32 {
        match self {
            ClaimKind::Superlative | ClaimKind::Study | ClaimKind::Health => 0.5,
            ClaimKind::Statistic | ClaimKind::Law | ClaimKind::Cause | ClaimKind::Prediction => 0.4,
            ClaimKind::History | ClaimKind::Comparison | ClaimKind::Sequence | ClaimKind::Act | ClaimKind::Trend => 0.3,
            ClaimKind::Absolute | ClaimKind::Amount => 0.2,
        }
    }
}

/// A claim of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The sentence.
    pub passage: Passage,
    /// Why it is worth checking, each with the first words that show it; ascending, a kind once, never empty.
    pub kinds: Vec<(ClaimKind, Span)>,
    /// How much it is worth checking, from 0 to 1: `1 − Π(1 − w)` over the weights of its kinds, halved when sourced.
    pub score: f32,
    /// Whether the sentence names a source.
    pub sourced: bool,
}

impl Claim {
    /// The words that show the claim to be of `kind`; none where it is not.
    pub fn shown_by(&self, kind: ClaimKind) -> Option<Passage> {
        let (_, span) = self.kinds.iter().find(|(own, _)| *own == kind)?;
        Some(Passage { span: *span, ..self.passage })
    }
}

/// The words that show claims, in lower case.
pub(super) fn trigger_words() -> impl Iterator<Item = &'static str> {
    cues::trigger_words().chain(acts::trigger_words())
}

/// What a paragraph claims by itself, outside quotes.
pub(super) fn read(
    paragraph: &Paragraph,
    triggers: &TriggerWords,
    quotes: &quote::LocalQuotes,
    figures: &figure::LocalFigures,
    times: &time::LocalTimes,
) -> LocalClaims {
    if !paragraph.kind.is_body() {
        return LocalClaims::default();
    }
    let claim = |sentence: &Sentence| {
        let kinds = kinds_of(paragraph, triggers, *sentence, quotes, figures, times);
        (!kinds.is_empty()).then_some(LocalClaim { span: sentence.span, kinds })
    };
    LocalClaims { claims: paragraph.sentences.iter().filter_map(claim).collect() }
}

fn kinds_of(
    paragraph: &Paragraph,
    triggers: &TriggerWords,
    sentence: Sentence,
    quotes: &quote::LocalQuotes,
    figures: &figure::LocalFigures,
    times: &time::LocalTimes,
) -> Vec<(ClaimKind, Span)> {
    let is_quoted = |span: Span| {
        let after = quotes.quoted.partition_point(|q| q.span.end <= span.start);
        quotes.quoted.get(after).is_some_and(|q| q.span.overlaps(span))
    };
    let has_quote = quotes.quoted.iter().any(|q| q.span.overlaps(sentence.span));
    let is_own = |at: usize| !has_quote || paragraph.tokens.get(at).is_some_and(|t| !is_quoted(t.span));
    let own = || sentence.tokens().filter(|&at| is_own(at));
    // Titles and fragments claim nothing, and a question asks.
    if own().take(5).count() < 5 || paragraph.slice(sentence.span).trim_end_matches(['”', '"']).ends_with('?') {
        return Vec::new();
    }
    let shows = |at: usize| triggers.at(at).any_of(Triggers::CLAIM);
    let mut kinds: Vec<(ClaimKind, Span)> = Vec::new();
    if triggers.any_of(Triggers::CLAIM) && sentence.tokens().any(shows) {
        let mut tokens = Vec::with_capacity(sentence.tokens().len());
        tokens.extend(own());
        let words = words::UnquotedWords { paragraph, tokens };
        let shown = |(at, &token): (usize, &usize)| Some((cues::kind_at(&words, at)?, paragraph.span_of(token, token)));
        kinds.extend(words.tokens.iter().enumerate().filter(|(_, token)| shows(**token)).filter_map(shown));
        let done = |(at, &token): (usize, &usize)| Some((acts::kind_at(&words, at)?, paragraph.span_of(token, token)));
        kinds.extend(words.tokens.iter().enumerate().filter(|(_, token)| shows(**token)).filter_map(done));
    }

    let first = figures.figures.partition_point(|f| f.span.end <= sentence.span.start);
    let own = figures.figures.iter().skip(first).take_while(|f| f.span.start < sentence.span.end);
    // `H.R. 1538`, `Resolution 242`: the number of a bill counts nothing.
    let is_number = |figure: &figure::LocalFigure| {
        let before = paragraph.token_at(figure.span.start).checked_sub(1).map_or("", |at| paragraph.low(at));
        matches!(
            before,
            "h.r." | "s." | "res." | "no." | "bill" | "resolution" | "proposition" | "section" | "act" | "route"
        )
    };
    let mut own = own.filter(|figure| !is_quoted(figure.span) && !is_number(figure)).peekable();
    let amount = own.peek().filter(|figure| is_amount(figure)).map(|figure| figure.span);
    if let Some(figure) = own.find(|figure| is_statistic(figure)) {
        kinds.push((ClaimKind::Statistic, figure.span));
    } else if let Some(span) = amount {
        kinds.push((ClaimKind::Amount, span));
    }
    kinds.extend(by_time(paragraph, sentence, times, &is_quoted));
    kinds.sort_unstable_by_key(|(kind, span)| (*kind, span.start, span.end));
    kinds.dedup_by_key(|(kind, _)| *kind);
    kinds
}

/// A share of something, or a large count of something.
fn is_statistic(figure: &figure::LocalFigure) -> bool {
    match figure.unit {
        FigureUnit::Percent | FigureUnit::PercentagePoints => true,
        FigureUnit::Fraction => figure.noun.is_some(),
        FigureUnit::Count => figure.noun.is_some() && figure.value >= 1000.0,
        FigureUnit::Money(_) => figure.value >= 1e6,
        _ => false,
    }
}

/// A count or sum that says something of the world, but less than a statistic.
fn is_amount(figure: &figure::LocalFigure) -> bool {
    match figure.unit {
        FigureUnit::Fraction => true,
        FigureUnit::Count => figure.noun.is_some() && figure.value >= 100.0 || figure.value >= 3000.0,
        FigureUnit::Money(_) => figure.value >= 100.0,
        _ => false,
    }
}

/// A past event with its year, and two events in an order.
fn by_time(
    paragraph: &Paragraph,
    sentence: Sentence,
    times: &time::LocalTimes,
    is_quoted: &impl Fn(Span) -> bool,
) -> Vec<(ClaimKind, Span)> {
    let first = times.expressions.partition_point(|e| e.span.end <= sentence.span.start);
    let own = times.expressions.iter().skip(first).take_while(|e| e.span.start < sentence.span.end);
    let mut dated = Vec::new();
    let mut history = None;
    for expression in own.filter(|e| !is_quoted(e.span)) {
        let in_calendar = matches!(expression.kind, TimeKind::Date | TimeKind::Period | TimeKind::Season);
        if !in_calendar {
            continue;
        }
        dated.push(expression.span);
        let year = paragraph.tokens_in(expression.span).any(|at| {
            let word = paragraph.word(at);
            word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
        });
        // “in 2016”, but not “the 2016 race”, which names the race.
        let placed = expression.preposition.is_some() || expression.kind == TimeKind::Date;
        if year && placed && expression.tense == Tense::Past {
            history = history.or(Some(expression.span));
        }
    }
    if dated.is_empty() {
        return Vec::new();
    }
    let order = sentence.tokens().skip(1).find(|&at| {
        matches!(paragraph.low(at), "after" | "before" | "following")
            && paragraph.tokens.get(at).is_some_and(|t| !is_quoted(t.span))
    });
    let mut kinds = Vec::new();
    kinds.extend(history.map(|span| (ClaimKind::History, span)));
    // The word that orders the two shows it best, and where there is none, the second date.
    let sequence = match order {
        Some(at) => Some(paragraph.span_of(at, at)),
        None => dated.get(1).copied().filter(|_| history.is_some()),
    };
    kinds.extend(sequence.map(|span| (ClaimKind::Sequence, span)));
    kinds
}

/// Lists the claims of the story, in reading order. `sources` are in reading order too.
pub fn link(paragraphs: &[Arc<ParagraphFacts>], sources: &[Source]) -> Vec<Claim> {
    link_part(paragraphs, 0..paragraphs.len(), sources)
}

/// The claims of some of the paragraphs.
pub(super) fn link_part(paragraphs: &[Arc<ParagraphFacts>], part: Range<usize>, sources: &[Source]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, read) in paragraphs.iter().enumerate().take(part.end).skip(part.start) {
        for local in &read.claims.claims {
            let passage = Passage::new(index, local.span);
            let sourced = is_sourced(passage, sources);
            let left: f32 = local.kinds.iter().map(|(kind, _)| 1.0 - kind.weight()).product();
            let score = (1.0 - left) * if sourced { 0.5 } else { 1.0 };
            claims.push(Claim { passage, kinds: local.kinds.clone(), score, sourced });
        }
    }
    claims
}

/// Whether a source that can be asked or looked up is in the sentence at `passage`.
fn is_sourced(passage: Passage, sources: &[Source]) -> bool {
    use super::source::SourceKind;
    let first = sources
        .partition_point(|s| (s.passage.paragraph, s.passage.span.start) < (passage.paragraph, passage.span.start));
    let own = sources
        .iter()
        .skip(first)
        .take_while(|s| s.passage.paragraph == passage.paragraph && s.passage.span.start < passage.span.end);
    own.into_iter().any(|s| !matches!(s.kind, SourceKind::Vague | SourceKind::NoAgent))
}

#[cfg(test)]
mod tests;
