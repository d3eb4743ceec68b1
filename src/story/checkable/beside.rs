//! What stands beside an amount in a story and in a source, and who says it: whether both are about the same.

use super::Fact;
use super::likeness::{are_a_slip, are_a_sure_slip, count_the_same, is_same_cell, is_same_line, is_same_thing};
use crate::story::Story;
use crate::story::evidence::{Amount, Evidence, Shared, Statement, Subject, amounts_of};
use crate::story::figure::FigureUnit;
use crate::text::Span;

/// An amount of the story, with what tells what it is said of.
pub(super) struct Own<'w> {
    pub story: &'w Story<'w>,
    pub fact: &'w Fact,
    pub subject: &'w Subject,
    pub amount: &'w Amount,
    /// The other amounts of its sentence.
    pub beside: &'w [&'w Amount],
    /// It is that of a part of something.
    pub is_part: bool,
}

impl Own<'_> {
    /// Whether a statement of a source is about the same as an amount of the story, with whose subject it has so much in common.
    pub(super) fn is_same(&self, source: usize, statement: &Statement, shared: Shared) -> bool {
        let (amount, other) = (self.amount, &statement.amount);
        if let Some(cell) = statement.cell.as_deref() {
            return is_same_cell(self.subject, cell, amount, other);
        }
        if self.is_part && !are_a_slip(amount, other) && shared.all * 4 < shared.of * 3 {
            return false;
        }
        // Another amount that both sentences have shows that they are about the same.
        let has_another = || shared.all >= 2 && count_the_same(amount, other) && self.agree_beside(source, statement);
        let is_told = || is_same_thing(amount, other, shared) || is_same_line(amount, statement);
        has_another() || is_told() && self.agrees_beside(source, statement) || are_a_sure_slip(amount, other)
    }

    /// Whether a sentence of a source says one of the amounts that stand beside a fact, too.
    fn agree_beside(&self, source: usize, held: &Statement) -> bool {
        let evidence = self.story.material.evidence().get(source);
        let others = evidence.map_or(&[][..], |evidence| evidence.of_sentence(held.sentence)).iter();
        let mut others = others.filter(|other| !std::ptr::eq(*other, held));
        others.any(|other| self.beside.iter().any(|own| own.agrees(&other.amount)))
    }

    /// Whether a sentence of a source says at least one of the amounts that stand beside a fact, where both have others:
    /// where all of them differ, it is about something else.
    fn agrees_beside(&self, source: usize, held: &Statement) -> bool {
        let Some(evidence) = self.story.material.evidence().get(source) else { return false };
        let others = evidence.of_sentence(held.sentence).iter().filter(|other| !std::ptr::eq(*other, held));
        let like = others.flat_map(|other| self.beside.iter().map(move |own| (own, &other.amount)));
        // A number that counts nothing by name is told of anything.
        let is_bare = |amount: &Amount| match amount {
            Amount::Number(number) => number.unit == Some(FigureUnit::Count) && number.noun.is_none(),
            _ => false,
        };
        let is_rival = |own: &Amount, other: &Amount| own.is_like(other) && !is_bare(own) && !is_bare(other);
        let mut like = like.filter(|(own, other)| is_rival(own, other) || own.agrees(other)).peekable();
        (like.peek().is_none() || like.any(|(own, other)| own.agrees(other))) && self.is_same_poll(evidence, held)
    }

    /// Whether the shares told in the same breath may be those of one poll: of two polls, hardly any share is the same.
    fn is_same_poll(&self, evidence: &Evidence, held: &Statement) -> bool {
        let is_share =
            |amount: &Amount| matches!(amount, Amount::Number(number) if number.unit == Some(FigureUnit::Percent));
        if !is_share(&held.amount) {
            return true;
        }
        let read = &self.story.paragraphs[self.fact.first().paragraph()];
        let own: Vec<Amount> = amounts_of(read).into_iter().map(|(_, amount)| amount).filter(is_share).collect();
        let others = evidence.statements.iter().filter(|other| other.piece == held.piece && is_share(&other.amount));
        let others: Vec<&Amount> = others.map(|other| &other.amount).collect();
        let is_told = own.len() >= 2 && others.len() >= 2;
        !is_told || own.iter().any(|own| others.iter().any(|other| own.agrees(other)))
    }
}

/// Whether the sentence of the story names who speaks in the source.
pub(super) fn names_speaker(
    story: &Story,
    paragraph: usize,
    sentence: Span,
    source: usize,
    statement: &Statement,
) -> bool {
    let piece = story.material.get(source).and_then(|material| material.pieces.get(statement.piece as usize));
    let Some(speaker) = piece.and_then(|piece| piece.speaker.as_deref()) else { return false };
    let surname = speaker.split_whitespace().last().unwrap_or_default().to_lowercase();
    let mut own = story.people_at(paragraph).filter(|(_, passage)| sentence.contains(passage.span));
    own.any(|(person, _)| story.people.get(person).is_some_and(|person| person.surname.to_lowercase() == surname))
}
