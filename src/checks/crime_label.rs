//! `crime-label`: somebody is called the killer before a court has found so.

use super::Hit;
use crate::finding::Applicability;
use crate::prose::{Passage, TokenKind};
use crate::rules::Rule;
use crate::story::Read;
use crate::story::Story;
use crate::story::gist::Signs;
use crate::story::openers::Kinds;
use crate::text::Span;

const LABELS: &[&str] = &[
    "killer",
    "murderer",
    "rapist",
    "robber",
    "thief",
    "arsonist",
    "kidnapper",
    "molester",
    "abuser",
    "burglar",
    "attacker",
];

/// A case that is still open.
const OPEN: &[&str] =
    &["arrested", "charged", "suspect", "suspected", "accused", "arraigned", "custody", "detained", "indicted"];

/// A case that was decided, or that no court will hear.
const CLOSED: &[&str] = &[
    "convicted",
    "conviction",
    "convictions",
    "guilty",
    "sentenced",
    "sentence",
    "jury",
    "verdict",
    "admitted",
    "confessed",
    "confession",
    "executed",
    "imprisoned",
    "parole",
    "suicide",
    "novel",
    "film",
    "movie",
    "series",
    "fictional",
];

/// What the words of one paragraph say of a crime.
#[derive(Debug, Default)]
pub(super) struct Cues {
    open: bool,
    closed: bool,
    /// `the killer`, where it is said of somebody.
    labels: Vec<Span>,
}

/// The words by which [`Cues`] are found.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    [LABELS, OPEN, CLOSED].into_iter().flatten().copied()
}

impl Cues {
    pub(super) const NONE: Self = Self { open: false, closed: false, labels: Vec::new() };

    pub(super) fn is_empty(&self) -> bool {
        !self.open && !self.closed && self.labels.is_empty()
    }

    pub(super) fn of(read: &Read) -> Self {
        let p = &read.paragraph;
        let mut cues = Self::default();
        for at in read.openers.of_kind(Kinds::CRIME) {
            let low = p.low(at);
            cues.closed |= CLOSED.contains(&low);
            cues.open |= OPEN.contains(&low);
            if at == 0 || !LABELS.contains(&low) || p.low(at - 1) != "the" || !p.kind.is_body() {
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

/// Adds a hit for each label of a crime on somebody whose case is open, when the story knows of no conviction.
pub(super) fn run(_rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut open = false;
    let mut labels = Vec::new();
    for (number, read) in story.paragraphs_with(Signs::CRIME) {
        let cues = &read.kept.rare().crimes;
        if cues.closed {
            return;
        }
        open |= cues.open;
        labels.extend(cues.labels.iter().map(|label| Passage::new(number, *label)));
    }
    for label in labels.into_iter().filter(|_| open) {
        let written = story.slice(label);
        let noun = written.rsplit(' ').next().unwrap_or(written);
        let the = written.split(' ').next().unwrap_or("the");
        let hit = Hit::at(label).arg("found", noun);
        out.push(hit.replace(label, format!("{the} suspected {noun}"), Applicability::Suggested));
    }
}
