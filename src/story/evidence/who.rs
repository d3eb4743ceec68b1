//! Of whom a source says how old they are, when they were born and how many children they have.

use super::amount::CountedNumber;
use super::{before_else_behind, is_of_another};
use crate::lexicon::people;
use crate::prose::{Paragraph, TokenKind};
use crate::story::checkable::words::is_kin;
use crate::story::figure::FigureUnit;
use crate::story::person::pronoun::{antecedent, subject_before};
use crate::story::person::{Gender, Name};
use crate::text::Span;

/// A paragraph of a source with those whom it names.
pub(super) struct Whose<'p> {
    pub paragraph: &'p Paragraph,
    pub names: &'p [Name],
    pub pronouns: &'p [(Span, Gender)],
    /// Who speaks.
    pub speaker: Option<&'p str>,
}

/// Somebody of whom a source says something, in lower case.
#[derive(Debug, Default)]
pub(super) struct Who {
    /// Empty where that is somebody without a name.
    pub surname: String,
    /// The first word of the given name.
    pub given: Option<String>,
}

/// The most names before a pronoun that are looked at.
const MOST_NAMES: usize = 32;

/// Whether the number on `span` counts brothers, sisters, children or the like.
pub(crate) fn counts_kin(paragraph: &Paragraph, span: Span) -> bool {
    let end = paragraph.tokens_in(span).end;
    let is_of_kin = |at: usize| {
        let low = paragraph.low(at);
        is_kin(low) || low.strip_suffix('s').is_some_and(is_kin) || people::COUNTED_KIN.contains(low)
    };
    let is_word = paragraph.tokens.get(end).is_some_and(|next| next.kind == TokenKind::Word);
    (end.saturating_sub(1)..=end).any(is_of_kin) || is_word && is_of_kin(end + 1)
}

/// Whether the age on `span` is that of another day: `was 31 when she came`, `at 31, he left`.
pub(crate) fn is_of_then(paragraph: &Paragraph, span: Span) -> bool {
    let own = paragraph.tokens_in(span);
    let before = |words: fn(&str) -> bool| {
        let near = own.start.saturating_sub(3)..own.start;
        near.into_iter().any(|at| words(paragraph.low(at)))
    };
    let when = (own.start.saturating_sub(4)..own.start).any(|at| paragraph.low(at) == "when");
    let behind = when
        || (own.end..own.end + 3).any(|at| matches!(paragraph.low(at), "when" | "then"))
        || paragraph.low(own.end) == "at" && paragraph.low(own.end + 1) == "the";
    before(|low| people::BEFORE_AGES_OF_THEN.contains(low)) && behind
        || before(|low| people::BEFORE_AGES_AT_EVENTS.contains(low))
}

impl Whose<'_> {
    /// Of whom something is said on `span`.
    pub fn of(&self, span: Span) -> Option<Who> {
        self.speaks_of_himself(span).or_else(|| self.nearest(span)).or_else(|| self.by_pronoun(span))
    }

    /// Somebody by this name.
    fn named(&self, name: &Name) -> Option<Who> {
        let given = name.given.and_then(|given| first_word(self.paragraph.slice(given)));
        Some(Who { surname: last_word(self.paragraph.slice(name.surname))?, given })
    }

    /// Whether a verb behind somebody tells that the number on `span` is an age: `She is 43.`
    pub fn is_age(&self, span: Span, number: &CountedNumber) -> bool {
        let is_count = number.unit == Some(FigureUnit::Count) && number.noun.is_none() && number.value.fract() == 0.0;
        let p = self.paragraph;
        let own = p.tokens_in(span);
        let behind = p.low(own.end);
        let ends = p.tokens.get(own.end).is_none_or(|next| next.kind == TokenKind::Punct)
            || people::BEHIND_AGES.contains(behind);
        let is_contraction = |at: usize| matches!(p.low(at), "i'm" | "he's" | "she's");
        let is_subject = |at: usize| {
            matches!(p.low(at), "i" | "he" | "she" | "who" | "they")
                || p.tokens.get(at).is_some_and(|token| self.names.iter().any(|name| name.span.end == token.span.end))
        };
        let before = own.start.checked_sub(1);
        let told = before.is_some_and(|verb| {
            is_contraction(verb)
                || people::BEFORE_AGES.contains(p.low(verb)) && verb.checked_sub(1).is_some_and(is_subject)
        });
        // `Marcus Yoo, 18, will study`
        let is_mark = |at: usize, marks: &[&str]| marks.contains(&p.low(at));
        let apposed = own.start >= 2
            && own.len() == 1
            && (is_mark(own.start - 1, &[","]) && is_mark(own.end, &[",", ".", ";"])
                || is_mark(own.start - 1, &["("]) && is_mark(own.end, &[")"]))
            && self.names.iter().any(|name| name.given.is_some() && name.span.end == p.tokens[own.start - 2].span.end);
        is_count && (1.0..=115.0).contains(&number.value) && (ends && told || apposed)
    }

    /// The surname of who speaks, where that stands as `I` before `span` in its sentence.
    fn speaks_of_himself(&self, span: Span) -> Option<Who> {
        let p = self.paragraph;
        let sentence = p.sentence_at(span.start)?;
        let own = sentence.first as usize..p.tokens_in(span).start;
        let is_own = own.rev().find(|&at| matches!(p.low(at), "i" | "i'm" | "i've" | "he" | "she" | "who"));
        is_own.filter(|&at| p.low(at).starts_with('i'))?;
        let speaker = self.speaker?;
        Some(Who { surname: last_word(speaker)?, given: first_word(speaker).filter(|_| speaker.contains(' ')) })
    }

    /// The surname, in lower case, of who stands nearest before `span` in its sentence, or else behind it; empty where it is said
    /// of somebody without a name.
    fn nearest(&self, span: Span) -> Option<Who> {
        let (paragraph, names) = (self.paragraph, self.names);
        let sentence = paragraph.sentence_at(span.start)?.span;
        let own = names.iter().filter(|name| sentence.contains(name.span) && !name.span.overlaps(span));
        let mut own = own.peekable();
        // Whoever is told by others only has no name: “a 78-year-old Ruiz supporter”.
        own.peek()?;
        let own = own.filter(|name| !is_of_another(paragraph, name.span));
        match own.min_by_key(|name| before_else_behind(name.span, span)) {
            Some(name) => self.named(name),
            None => Some(Who::default()),
        }
    }

    /// Somebody who was named before, where a pronoun stands for them.
    fn by_pronoun(&self, span: Span) -> Option<Who> {
        let (paragraph, names) = (self.paragraph, self.names);
        let sentence = paragraph.sentence_at(span.start)?.span;
        let gender = subject_before(paragraph, self.pronouns, (sentence, span))?;
        let before = || names.iter().rev().filter(|name| name.span.end <= sentence.start);
        let fits = |name: &&Name| name.given_gender == gender || name.given_gender == Gender::Unknown;
        let surname = |name: &Name| paragraph.slice(name.surname).to_lowercase();
        let named = before().take(MOST_NAMES).filter(fits).filter_map(|name| {
            let of = paragraph.sentence_at(name.span.start)?.span;
            Some((surname(name), of))
        });
        let only = antecedent(named, |_| false, |_, _| false)?;
        let own = || before().filter(fits).filter(|name| surname(name) == only);
        own().find(|name| name.given.is_some()).or_else(|| own().next()).and_then(|name| self.named(name))
    }
}

/// The last word of a name, in lower case.
fn last_word(name: &str) -> Option<String> {
    name.split_whitespace().last().map(str::to_lowercase)
}

/// The first word of a name, in lower case.
fn first_word(name: &str) -> Option<String> {
    name.split_whitespace().next().map(str::to_lowercase)
}
