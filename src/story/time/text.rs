//! A paragraph as the recogniser sees it, and the small phrases all its parts use: numbers, ordinals, names, years.

use super::atoms::{Atom, atoms};
use super::form::{Form, Written, WrittenName, WrittenNumber, YearRef};
use super::lexicon::Class;
use crate::prose::Paragraph;
use crate::story::trigger_words::{TriggerWords, Triggers};
use crate::text::Span;

/// A match: what it says, and the index one past its last atom.
#[derive(Clone, Debug)]
pub(super) struct FormMatch {
    pub form: Form,
    pub end: usize,
    pub written: Written,
    /// Only a time when the story says so elsewhere, such as `480` in a text about years B.C.
    pub weak: bool,
}

impl FormMatch {
    pub fn new(form: Form, end: usize) -> Self {
        Self { form, end, written: Written::default(), weak: false }
    }

    pub fn with(form: Form, end: usize, written: Written) -> Self {
        Self { form, end, written, weak: false }
    }
}

/// A paragraph's atoms. Positions count atoms; a position past the end reads as an empty word.
pub(super) struct AtomText<'p> {
    pub paragraph: &'p Paragraph,
    pub atoms: Vec<Atom>,
    triggers: &'p TriggerWords,
}

impl<'p> AtomText<'p> {
    pub fn new(paragraph: &'p Paragraph, triggers: &'p TriggerWords) -> Self {
        Self { paragraph, atoms: atoms(paragraph, triggers), triggers }
    }

    /// Whether the name of a day may start at `at`.
    pub fn opens_named_day(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| self.triggers.at(a.token as usize).any_of(Triggers::NAMED_DAY))
    }

    /// Whether the atom at `at` is a word that is in no expression.
    pub fn is_foreign(&self, at: usize) -> bool {
        let kinds = Triggers::TIME | Triggers::NUMBER | Triggers::NAMED_DAY;
        self.atoms.get(at).is_some_and(|a| a.word && !self.triggers.at(a.token as usize).any_of(kinds))
    }

    pub fn class(&self, at: usize) -> Class {
        self.atoms.get(at).map_or(Class::Other, |a| a.class)
    }

    /// The class of the atom before `at`.
    pub fn class_before(&self, at: usize) -> Class {
        at.checked_sub(1).map_or(Class::Other, |i| self.class(i))
    }

    pub fn low(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |a| &self.paragraph.folded.lower[a.fold.range()])
    }

    /// The text of the atom before `at`; empty at the start.
    pub fn low_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |i| self.low(i))
    }

    pub fn capital(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.capital)
    }

    pub fn spaced(&self, at: usize) -> bool {
        self.atoms.get(at).is_none_or(|a| a.spaced)
    }

    /// Whether a word, not a number or a mark, is at `at`.
    pub fn is_word(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.word)
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        match (self.atoms.get(first), end.checked_sub(1).and_then(|i| self.atoms.get(i))) {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end.max(first.span.start) },
            _ => Span::default(),
        }
    }

    /// Skips one atom of `class`.
    pub fn skip(&self, at: usize, class: Class) -> usize {
        if self.class(at) == class { at + 1 } else { at }
    }

    /// A number in figures or words: the value and the end.
    pub fn number(&self, at: usize) -> Option<(u32, usize)> {
        if let Class::Digits(value, digits) = self.class(at) {
            return (digits <= 6).then_some((value, at + 1));
        }
        if self.class(at) == Class::OtherNumber {
            return self.grouped(at).map(|value| (value, at + 1));
        }
        self.number_words(at)
    }

    /// `6,000`.
    fn grouped(&self, at: usize) -> Option<u32> {
        let mut groups = self.low(at).split(',');
        let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
        let mut value: u32 = first.parse().ok()?;
        let mut count = 0;
        for group in groups {
            count += 1;
            value = value.checked_mul(1000)?.checked_add(group.parse().ok().filter(|_| group.len() == 3)?)?;
        }
        (count > 0).then_some(value)
    }

    /// `twenty-nine`, `nineteen hundred ninety three`, `two thousand and eighteen`.
    pub fn number_words(&self, at: usize) -> Option<(u32, usize)> {
        let (mut value, mut end) = match self.under_hundred(at) {
            Some(found) => found,
            None if matches!(self.class(at), Class::Hundred | Class::Thousand) => (1, at),
            None => return None,
        };
        if self.class(end) == Class::Hundred {
            value *= 100;
            end += 1;
            (value, end) = self.plus_rest(value, end);
        }
        if self.class(end) == Class::Thousand && value < 1000 {
            value *= 1000;
            end += 1;
            (value, end) = self.plus_rest(value, end);
        }
        Some((value, end))
    }

    fn plus_rest(&self, value: u32, end: usize) -> (u32, usize) {
        match self.under_hundred(self.skip(end, Class::And)) {
            Some((rest, after)) => (value + rest, after),
            None => (value, end),
        }
    }

    fn under_hundred(&self, at: usize) -> Option<(u32, usize)> {
        let Class::Cardinal(value) = self.class(at) else { return None };
        if value >= 20 {
            let next = if self.joined_dash(at + 1) { at + 2 } else { at + 1 };
            if let Class::Cardinal(unit @ 1..=9) = self.class(next) {
                return Some((u32::from(value + unit), next + 1));
            }
        }
        Some((u32::from(value), at + 1))
    }

    /// A dash without spaces around it.
    pub fn joined_dash(&self, at: usize) -> bool {
        self.class(at) == Class::Dash && !self.spaced(at) && !self.spaced(at + 1)
    }

    /// `20th`, `twentieth`, `twenty-first`: value, end, in words.
    pub fn ordinal(&self, at: usize) -> Option<(u8, usize, bool)> {
        match self.class(at) {
            Class::Ordinal(value, figures) => Some((value, at + 1, !figures)),
            Class::First => Some((1, at + 1, true)),
            Class::Cardinal(tens @ (20 | 30 | 40 | 50)) => {
                let next = if self.joined_dash(at + 1) { at + 2 } else { at + 1 };
                match self.class(next) {
                    Class::First => Some((tens + 1, next + 1, true)),
                    Class::Ordinal(unit @ 1..=9, false) => Some((tens + unit, next + 1, true)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A day of the month: `20`, `20th`, and where `words` says so `twenty-nine` and `twentieth`.
    pub fn day(&self, at: usize, words: bool) -> Option<(WrittenNumber, usize)> {
        let written = |value: u32, end, ordinal, words| {
            let number = WrittenNumber { span: self.span(at, end), value: value as i32, ordinal, words };
            (1..=31).contains(&value).then_some((number, end))
        };
        if let Class::Digits(value, 1 | 2) = self.class(at) {
            return written(value, at + 1, false, false);
        }
        if let Some((value, end, in_words)) = self.ordinal(at) {
            return if words || !in_words { written(u32::from(value), end, true, in_words) } else { None };
        }
        if !words {
            return None;
        }
        let (value, end) = self.under_hundred(at)?;
        written(value, end, false, true)
    }

    /// A month's name, and whether it is one that is also a common word or a given name.
    pub fn month(&self, at: usize) -> Option<WrittenName> {
        let (number, abbreviated) = match self.class(at) {
            Class::Month(number) => (number, false),
            Class::MonthShort(number) => (number, true),
            _ => return None,
        };
        Some(self.name(at, number, abbreviated))
    }

    /// A weekday's name.
    pub fn weekday(&self, at: usize) -> Option<WrittenName> {
        match self.class(at) {
            Class::Weekday(number) => Some(self.name(at, number, false)),
            Class::WeekdayShort(number) => Some(self.name(at, number, true)),
            _ => None,
        }
    }

    fn name(&self, at: usize, number: u8, abbreviated: bool) -> WrittenName {
        WrittenName { span: self.span(at, at + 1), number, abbreviated, point: self.low(at).ends_with('.') }
    }

    /// A year that can be alone or end a date: `2018`, `480 B.C.`, `A.D. 43`, `’87`, and in words.
    pub fn year(&self, at: usize) -> Option<(YearRef, WrittenNumber, usize)> {
        let written = |value: i32, end: usize, words: bool| WrittenNumber {
            span: self.span(at, end),
            value,
            ordinal: false,
            words,
        };
        match self.class(at) {
            Class::Digits(value, digits) => {
                if digits <= 4 && value > 0 && self.class(at + 1) == Class::Bc {
                    let year = 1 - value as i16;
                    return Some((YearRef::Written(year), written(value as i32, at + 2, false), at + 2));
                }
                // `490-480 B.C.`, `496 and 495 B.C.`: the first shares it.
                let pair = matches!(self.class(at + 1), Class::Dash | Class::To | Class::And);
                if pair
                    && digits <= 4
                    && value > 0
                    && self.class(at + 3) == Class::Bc
                    && let Class::Digits(last, 1..=4) = self.class(at + 2)
                    && last <= value
                {
                    return Some((YearRef::Written(1 - value as i16), written(value as i32, at + 1, false), at + 1));
                }
                let ad = self.class(at + 1) == Class::Ad && self.low(at + 1) != "ad";
                if ad && digits <= 4 && value > 0 {
                    return Some((YearRef::Written(value as i16), written(value as i32, at + 2, false), at + 2));
                }
                let plausible = digits == 4 && (1000..=2199).contains(&value);
                plausible.then(|| (YearRef::Written(value as i16), written(value as i32, at + 1, false), at + 1))
            }
            Class::Ad if self.capital(at) => match self.class(at + 1) {
                Class::Digits(value, 1..=4) if value > 0 => {
                    Some((YearRef::Written(value as i16), written(value as i32, at + 2, false), at + 2))
                }
                _ => None,
            },
            Class::Apostrophe => match self.class(at + 1) {
                Class::Digits(value, 2) if !self.spaced(at + 1) && self.spaced(at) => {
                    Some((YearRef::Short(value as u8), written(value as i32, at + 2, false), at + 2))
                }
                _ => None,
            },
            Class::Cardinal(_) => {
                let (value, end) = self.year_words(at)?;
                Some((YearRef::Written(value), written(i32::from(value), end, true), end))
            }
            _ => None,
        }
    }

    /// `nineteen eighty-six`, `two thousand and eighteen`, `seventeen hundred thirty three`.
    fn year_words(&self, at: usize) -> Option<(i16, usize)> {
        let (value, end) = self.number_words(at)?;
        if (1000..=2199).contains(&value) {
            return Some((value as i16, end));
        }
        let (rest, after) = self.under_hundred(end)?;
        let year = value * 100 + rest;
        ((10..=21).contains(&value) && rest >= 10).then_some((year as i16, after))
    }
}
