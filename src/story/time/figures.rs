//! Dates in figures: `2018-02-20`, `2/20/2018`, `20.02.2018`.

use super::calendar::calendar;
use super::form::{Written, WrittenNumber, YearRef};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};

impl AtomText<'_> {
    /// A date in figures: `2018-02-20`, `2/20/2018`, `20.02.2018`, `2018-02`, `5/17`.
    pub fn figures(&self, at: usize) -> Option<FormMatch> {
        if self.class(at) == Class::OtherNumber {
            return self.pointed(at);
        }
        let Class::Digits(first, first_digits) = self.class(at) else { return None };
        if first_digits == 8 {
            return self.unbroken(at, first);
        }
        // Part of a longer chain such as a phone number or a path.
        if at > 0 && !self.spaced(at) && matches!(self.class(at - 1), Class::Dash | Class::Slash | Class::Colon) {
            return None;
        }
        let separator = self.class(at + 1);
        if !matches!(separator, Class::Dash | Class::Slash) || self.spaced(at + 1) || self.spaced(at + 2) {
            return None;
        }
        if self.low_before(at) == "$" {
            return None;
        }
        let year_first = first_digits == 4 && (1000..=2199).contains(&first);
        if let Some(month) = self.month(at + 2) {
            return self.figures_with_month(at, month);
        }
        let Class::Digits(second, second_digits @ 1..=4) = self.class(at + 2) else { return None };
        if self.class(at + 3) == separator && !self.spaced(at + 3) && !self.spaced(at + 4) {
            let Class::Digits(third, third_digits) = self.class(at + 4) else { return None };
            if second_digits > 2 || self.chain_goes_on(at + 5) {
                return None;
            }
            let numbers = [first, second, third];
            return self.three_figures(at, numbers, year_first, third_digits);
        }
        if self.chain_goes_on(at + 3) {
            return None;
        }
        let (year, month) = if year_first && second_digits <= 2 && separator == Class::Dash {
            (first, second)
        } else if second_digits == 4 && first_digits <= 2 && (1000..=2199).contains(&second) {
            (second, first)
        } else {
            return self.month_and_day(at, first, second, separator);
        };
        // `2016-17` is a range of years, which the years' own rule reads.
        if !(1..=12).contains(&month)
            || (year_first && month > 12)
            || (year_first && month > first % 100 && second_digits == 2 && first % 100 != 0 && month == first % 100 + 1)
        {
            return None;
        }
        let written = in_figures();
        let form = calendar(Some(YearRef::Written(year as i16)), Some(month as u8), None);
        Some(FormMatch::with(form, at + 3, written))
    }

    /// `20180220`, as ISO 8601 writes it without hyphens.
    fn unbroken(&self, at: usize, digits: u32) -> Option<FormMatch> {
        let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
        let fits = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        let form = calendar(Some(YearRef::Written(year as i16)), Some(month as u8), Some(day as u8));
        (fits && self.low_before(at) != "$" && !self.chain_goes_on(at + 1))
            .then(|| FormMatch::with(form, at + 1, in_figures()))
    }

    pub fn chain_goes_on(&self, at: usize) -> bool {
        !self.spaced(at)
            && (matches!(self.class(at), Class::Slash | Class::Colon | Class::Dash) && !self.spaced(at + 1)
                || matches!(self.low(at), "%" | "°"))
    }

    /// `2018-Jan-3`, `22/Jan/2019`.
    fn figures_with_month(&self, at: usize, month: super::form::WrittenName) -> Option<FormMatch> {
        let Class::Digits(first, first_digits) = self.class(at) else { return None };
        let mut written = Written { month: Some(month), ..Written::default() };
        let Class::Digits(last, last_digits) = self.class(at + 4) else { return None };
        if self.class(at + 3) != self.class(at + 1) || self.spaced(at + 3) || self.spaced(at + 4) {
            return None;
        }
        let ((year, year_at), (day, day_at)) = if first_digits == 4 && last_digits <= 2 {
            ((first, at), (last, at + 4))
        } else if last_digits == 4 && first_digits <= 2 {
            ((last, at + 4), (first, at))
        } else {
            return None;
        };
        if !(1000..=2199).contains(&year) || !(1..=31).contains(&day) {
            return None;
        }
        written.year = Some(self.plain_number(year_at, year));
        written.day = Some(self.plain_number(day_at, day));
        let form = calendar(Some(YearRef::Written(year as i16)), Some(month.number), Some(day as u8));
        Some(FormMatch::with(form, at + 5, written))
    }

    pub fn plain_number(&self, at: usize, value: u32) -> WrittenNumber {
        WrittenNumber { span: self.span(at, at + 1), value: value as i32, ordinal: false, words: false }
    }

    fn three_figures(&self, at: usize, numbers: [u32; 3], year_first: bool, third_digits: u8) -> Option<FormMatch> {
        let mut written = in_figures();
        let [first, second, third] = numbers;
        if year_first {
            if !(1..=12).contains(&second) || !(1..=31).contains(&third) || third_digits > 2 {
                return None;
            }
            written.year = Some(self.plain_number(at, first));
            written.day = Some(self.plain_number(at + 4, third));
            let form = calendar(Some(YearRef::Written(first as i16)), Some(second as u8), Some(third as u8));
            return Some(FormMatch::with(form, at + 5, written));
        }
        let year = match third_digits {
            4 if (1000..=2199).contains(&third) => YearRef::Written(third as i16),
            2 => YearRef::Short(third as u8),
            _ => return None,
        };
        written.year = Some(self.plain_number(at + 4, third));
        let (month, day) = month_day(first, second, &mut written)?;
        let day_at = if month == first as u8 && first != second { at + 2 } else { at };
        written.day = Some(self.plain_number(day_at, u32::from(day)));
        Some(FormMatch::with(calendar(Some(year), Some(month), Some(day)), at + 5, written))
    }

    /// `5/17`, `7-6` behind a weekday: only where something says that it is a date.
    fn month_and_day(&self, at: usize, first: u32, second: u32, separator: Class) -> Option<FormMatch> {
        let before = self.low_before(at);
        // `Saturday, 5/26`
        let behind_comma = usize::from(before == ",");
        let cue = self.weekday(at.wrapping_sub(1 + behind_comma)).is_some()
            || (separator == Class::Slash
                && matches!(before, "on" | "from" | "this" | "by" | "until" | "since" | "next" | "between"));
        if !cue || second > 31 {
            return None;
        }
        let mut written = in_figures();
        let (month, day) = month_day(first, second, &mut written)?;
        written.day = Some(self.plain_number(if u32::from(day) == second { at + 2 } else { at }, u32::from(day)));
        Some(FormMatch::with(calendar(None, Some(month), Some(day)), at + 3, written))
    }

    /// `20.02.2018`: day first, as in the countries that write points.
    fn pointed(&self, at: usize) -> Option<FormMatch> {
        let mut parts = self.low(at).split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || day.len() > 2 || month.len() > 2 || !matches!(year.len(), 2 | 4) {
            return None;
        }
        let (day, month, number): (u32, u32, u32) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
        let year = if year.len() == 4 { YearRef::Written(number as i16) } else { YearRef::Short(number as u8) };
        if number > 2199
            || (year == YearRef::Written(number as i16) && number < 1000)
            || self.low_before(at) == "version"
        {
            return None;
        }
        // Two-digit years with points are version numbers and addresses too often, unless day and month are padded.
        if matches!(year, YearRef::Short(_)) && self.low(at).len() < 8 {
            return None;
        }
        let mut written = in_figures();
        let (month, day) = if (1..=12).contains(&month) && (1..=31).contains(&day) {
            (month as u8, day as u8)
        } else {
            month_day(day, month, &mut written)?
        };
        Some(FormMatch::with(calendar(Some(year), Some(month), Some(day)), at + 1, written))
    }
}

/// The parts of a date in figures, before they are known.
fn in_figures() -> Written {
    Written { numeric: true, ..Written::default() }
}

/// Month and day of two figures, month first as in the United States unless that cannot be.
fn month_day(first: u32, second: u32, written: &mut Written) -> Option<(u8, u8)> {
    let (a, b) = (first as u8, second as u8);
    if !(1..=31).contains(&first) || !(1..=31).contains(&second) {
        return None;
    }
    match (first <= 12, second <= 12) {
        (true, both) => {
            written.swapped = (both && first != second).then_some((b, a));
            written.figures = (!both).then_some(super::DateOrder::MonthFirst);
            Some((a, b))
        }
        (false, true) => {
            written.figures = Some(super::DateOrder::DayFirst);
            Some((b, a))
        }
        (false, false) => None,
    }
}
