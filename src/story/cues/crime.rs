//! Words of crimes and of courts, and minors who may be named beside them.

use crate::lexicon;
use crate::prose::TokenKind;
use crate::story::ParagraphFacts;
use crate::story::trigger_words::Triggers;
use crate::text::Span;

/// What the words of one paragraph say of a crime.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// A case that is still open.
    pub(crate) open: bool,
    /// A case that was decided, or that no court will hear.
    pub(crate) closed: bool,
    /// `the killer`, where it is said of somebody.
    pub(crate) labels: Vec<Span>,
}

/// The words by which [`Cues`] are found.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    use crate::lexicon::checks::{CASE_CLOSED, CASE_OPEN, CRIME_LABELS};
    CRIME_LABELS.iter().chain(CASE_OPEN.iter()).chain(CASE_CLOSED.iter())
}

impl Cues {
    pub(crate) const NONE: Self = Self { open: false, closed: false, labels: Vec::new() };

    pub(crate) fn is_empty(&self) -> bool {
        !self.open && !self.closed && self.labels.is_empty()
    }

    pub(crate) fn of(read: &ParagraphFacts) -> Self {
        let p = &read.paragraph;
        let mut cues = Self::default();
        for at in read.triggers.of_kind(Triggers::CRIME) {
            let low = p.low(at);
            cues.closed |= lexicon::checks::CASE_CLOSED.contains(low);
            cues.open |= lexicon::checks::CASE_OPEN.contains(low);
            if at == 0 || !lexicon::checks::CRIME_LABELS.contains(low) || p.low(at - 1) != "the" || !p.kind.is_body() {
                continue;
            }
            let on_somebody = p.low(at + 1) == ","
                && p.tokens.get(at + 2).is_some_and(|t| t.capital || t.kind == TokenKind::Number)
                || p.tokens.get(at + 1).is_some_and(|t| t.capital && t.spaced && t.kind == TokenKind::Word);
            if on_somebody {
                cues.labels.push(p.span_of(at - 1, at));
            }
        }
        cues
    }
}

/// The ages of minors, in years.
pub(crate) const AGES: std::ops::Range<u32> = 1..18;

/// Whether the paragraph is copy that has such an age and a word of crime.
pub(crate) fn may_name_a_minor(read: &ParagraphFacts) -> bool {
    let p = &read.paragraph;
    let is_age = |at: usize| {
        let low = p.low(at);
        let age =
            low.strip_suffix("-year-old").or_else(|| at.checked_sub(1).filter(|&at| p.word(at) == ",").map(|_| low));
        age.and_then(|age| age.parse().ok()).is_some_and(|age| AGES.contains(&age))
    };
    p.kind.is_body()
        && read.triggers.of_kind(Triggers::NUMBER).any(is_age)
        && (0..p.tokens.len()).any(|at| lexicon::checks::CRIME.contains(p.low(at)))
}
