//! Where a sequence is, and what it writes.

use std::ops::Range;

use super::super::guard::article;
use super::{Element, LONGEST, ReplacementPiece, What};
use crate::dictionary::{self, Forms};
use crate::lexicon;
use crate::model::{TaggedSentence, tag_bit};
use crate::prose::{Paragraph, TokenKind};

/// What `pieces` make of the marked tokens; `None` where a word does not have the form.
pub(super) fn write(pieces: &[ReplacementPiece], p: &Paragraph, (first, last): (usize, usize)) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            ReplacementPiece::Text(own) => text.push_str(own),
            ReplacementPiece::Article => text.push_str(article(p.low(first))),
            ReplacementPiece::Word(number, form) => {
                let at = number.map_or(last, |number| first + number);
                let word = (at <= last).then(|| p.low(at))?;
                match form {
                    Some(form) => text.push_str(&form.of(word).filter(|formed| formed != word)?),
                    None => text.push_str(word),
                }
            }
        }
    }
    Some(text)
}

pub(super) struct Walk<'w> {
    pub p: &'w Paragraph,
    pub bounds: Range<usize>,
    pub elements: &'w [Element],
    /// The element by whose words the sequence was found, and the token that is one of them.
    pub trigger: (usize, usize),
    /// What words are where they are; `None` while it is only asked what they can be.
    pub reading: Option<&'w TaggedSentence>,
    /// The token where each element starts.
    pub places: [usize; LONGEST + 1],
}

impl Walk<'_> {
    /// Whether the elements from `number` on are from token `at` on.
    pub fn stands(&mut self, number: usize, at: usize) -> bool {
        if let Some(place) = self.places.get_mut(number) {
            *place = at;
        }
        let Some(element) = self.elements.get(number) else { return true };
        if element.not {
            // What only the tagger can refute is not asked of words alone.
            if self.reading.is_none() && element.what.is_read() {
                return self.stands(number + 1, at);
            }
            let place = if number == 0 { at.checked_sub(1).filter(|at| *at >= self.bounds.start) } else { Some(at) };
            return !place.is_some_and(|place| self.is(&element.what, place)) && self.stands(number + 1, at);
        }
        if matches!(element.what, What::Start) {
            return self.opens(at) && self.stands(number + 1, at);
        }
        // As many as can be, then fewer.
        let most = if (number, at) == self.trigger && matches!(element.what, What::Words(_)) {
            usize::from(!self.is_a_name(at))
        } else {
            (0..element.most).take_while(|i| self.is(&element.what, at + i)).count()
        };
        (element.least..=most).rev().any(|times| self.stands(number + 1, at + times))
    }

    /// Whether only marks are between the start of the sentence and token `at`.
    fn opens(&self, at: usize) -> bool {
        (self.bounds.start..at).all(|i| self.p.tokens[i].kind == TokenKind::Punct)
    }

    /// A capital inside a sentence makes a name of any word but one.
    fn is_a_name(&self, at: usize) -> bool {
        self.p.tokens[at].capital && self.p.low(at) != "i" && !self.opens(at)
    }

    /// Whether token `at` is this.
    pub fn is(&self, what: &What, at: usize) -> bool {
        if let What::Any(all) = what {
            return all.iter().any(|what| self.is(what, at));
        }
        if matches!(what, What::End) {
            return at >= self.bounds.end || matches!(self.p.low(at), "." | "!" | "?" | ";" | "\"");
        }
        if !self.bounds.contains(&at) {
            return false;
        }
        let token = &self.p.tokens[at];
        let low = self.p.low(at);
        // What most walks end with.
        if let What::Words(words) = what
            && !words.have(low, token.shape)
        {
            return false;
        }
        if let What::Class(class) = what
            && !class.is_of_nouns()
        {
            return class.holds(self.p, at);
        }
        if self.is_a_name(at) {
            return false;
        }
        match what {
            What::Words(_) => true,
            What::Class(class) => class.holds(self.p, at),
            What::Forms { any, none, reads } => {
                let can_be = *any == Forms::default() || {
                    let forms = dictionary::forms(low);
                    forms.has(*any) && !forms.has(*none)
                };
                let read = |reading: &TaggedSentence| reading.tag(at).is_some_and(|tag| reads & tag_bit(tag) != 0);
                can_be && (*reads == 0 || self.reading.is_none_or(read))
            }
            What::Many if token.kind == TokenKind::Number => {
                // What is longer, and has no comma, may be a year.
                low.contains(',') || low.parse::<u32>().is_ok_and(|number| (2..1000).contains(&number))
            }
            What::Many => match lexicon::numbers::SMALL.position(low) {
                Some(number) => number > 1,
                None => lexicon::grammar::NUMBER_WORDS.contains(low) && low != "half",
            },
            What::Word => token.kind == TokenKind::Word,
            What::Any(_) | What::Start | What::End => false,
        }
    }
}
