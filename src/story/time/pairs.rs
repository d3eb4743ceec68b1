//! Two dates that share a month or a century: `April 24 and 25`, `May 2-5`, `from 2 to 5 May`, `1990-95`. Each end is an
//! expression of its own; [`super::link`] joins the ends of a range.

use super::calendar::calendar;
use super::form::{Form, Written, WrittenNumber, YearRef};
use super::lexicon::{Class, is_counted};
use super::text::{AtomText, FormMatch};

impl AtomText<'_> {
    /// The second end of what `hit`, which starts at `first`, is the first end of, where it shares the month or the century
    /// with it: where it starts, and what it is.
    pub fn second_end(&self, first: usize, hit: &FormMatch) -> Option<(usize, FormMatch)> {
        match hit.form {
            Form::Calendar { month: Some(_), day: Some(_), .. } => self.second_day(hit),
            Form::Calendar { year: Some(YearRef::Written(_)), month: None, day: None, .. } => {
                let digits = if self.class(first) == Class::The { hit.end - 1 } else { first };
                let (year, number, end) = self.short_end_of_years(digits, hit.end)?;
                let written = Written { year: Some(number), ..Written::default() };
                Some((hit.end + 1, FormMatch::with(calendar(Some(YearRef::Written(year)), None, None), end, written)))
            }
            _ => None,
        }
    }

    /// The second day of `April 24 and 25` or `May 2-5`, which takes month and year from the first.
    fn second_day(&self, hit: &FormMatch) -> Option<(usize, FormMatch)> {
        let Form::Calendar { year, month: month @ Some(_), day: Some(first), .. } = hit.form else { return None };
        let is_range = match self.class(hit.end) {
            Class::And | Class::Or => false,
            Class::To => true,
            Class::Dash => !self.spaced(hit.end + 1),
            _ => return None,
        };
        // In `18 and 19 June` the second has the month beside it.
        let month_first = hit.written.month?.span.start < hit.written.day?.span.start;
        let at = hit.end + 1;
        let number = self.skip(at, Class::The);
        let (day, end) = self
            .day(number, number > at)
            .filter(|(day, _)| month_first && day.value > i32::from(first) && (!day.words || number > at))?;
        let ends = if is_range { year.is_none() && self.month(end).is_none() } else { self.ends_second_day(end) };
        if !ends
            || self.counts_something(end)
            || self.is_meridiem(end)
            || matches!(self.class(end), Class::Colon | Class::Slash | Class::Dash)
            || self.low(end) == "." && matches!(self.class(end + 1), Class::Digits(..)) && !self.spaced(end + 1)
        {
            return None;
        }
        let mut written = Written { day: Some(day), ..Written::default() };
        let (own, end) = match year {
            Some(year) => (Some(year), end),
            None => self.year_after(end, &mut written),
        };
        Some((at, FormMatch::with(calendar(own, month, Some(day.value as u8)), end, written)))
    }

    /// Whether the day that ends at `end` is no number of something else: `April 24 and 25 at the pier`.
    fn ends_second_day(&self, end: usize) -> bool {
        !self.is_word(end)
            || matches!(
                self.low(end),
                "at" | "in"
                    | "on"
                    | "for"
                    | "and"
                    | "from"
                    | "to"
                    | "with"
                    | "by"
                    | "but"
                    | "as"
                    | "when"
                    | "after"
                    | "were"
                    | "was"
            )
    }

    /// `18` of `18 and 19 June`, `2` of `2-5 May` and of `from the 2nd to the 5th of May`: the month is told once. The number
    /// at `at` is `day`, which ends at `end`.
    pub fn first_of_two_days(&self, at: usize, day: WrittenNumber, end: usize) -> Option<FormMatch> {
        let opens = |at: usize| matches!(self.class_before(at), Class::From | Class::Between);
        let opened = opens(at) || self.class_before(at) == Class::The && opens(at - 1);
        let linked = match self.class(end) {
            Class::And | Class::Or => !day.words || opened,
            Class::To => opened || !day.words,
            Class::Dash => !day.words,
            _ => false,
        };
        if !linked {
            return None;
        }
        let last = self.skip(end + 1, Class::The);
        let (last, after) = self.day(last, opened || last > end + 1)?;
        let month_at = self.skip(after, Class::Of);
        let month = self.month(month_at).filter(|_| last.value > day.value)?;
        if !self.capital(month_at) && !opened {
            return None;
        }
        let mut written = Written { month: Some(month), day: Some(day), ..Written::default() };
        let (year, _) = self.year_after(month_at + 1, &mut written);
        Some(FormMatch::with(calendar(year, Some(month.number), Some(day.value as u8)), end, written))
    }

    /// `95` of `1990-95`, of which the four figures are at `first` and end at `end`: the year, as written, and the end.
    pub fn short_end_of_years(&self, first: usize, end: usize) -> Option<(i16, WrittenNumber, usize)> {
        let (Class::Digits(from, 4), Class::Digits(to, 2)) = (self.class(first), self.class(end + 1)) else {
            return None;
        };
        let joined = self.class(end) == Class::Dash && !self.spaced(end) && !self.spaced(end + 1);
        if !joined || self.is_code(first) || self.chain_goes_on(end + 2) || is_counted(self.low(end + 2)) {
            return None;
        }
        let year = from / 100 * 100 + to;
        let fits = (1000..=2199).contains(&from) && year > from && year <= 2199;
        fits.then(|| (year as i16, self.plain_number(end + 1, to), end + 2))
    }
}
