//! What is told by its name in the calendar: `2018`, `February`, `Feb. 12`, `the 20th`, and the weekday beside it.

use jiff::civil::Date;

use super::{Resolved, Resolver, keep};
use crate::story::time::form::{Unit, Which, Written, YearRef};
use crate::story::time::place::{
    add, add_days, day_value, days_between, month_value, months, weekday_number, weekday_until, year_value, years,
};
use crate::story::time::{Expression, Tense};

impl Resolver<'_> {
    /// A year, a month, a day of a month, as far as they are written.
    pub(super) fn calendar(
        &self,
        year: Option<YearRef>,
        month: Option<u8>,
        day: Option<u8>,
        which: Option<Which>,
        written: &Written,
        tense: Tense,
    ) -> Resolved {
        let Some(month) = month else {
            return match day {
                Some(day) => self.day_of_month(day, written, tense),
                None => match self.year_of(year) {
                    Some(year) => Resolved::known(year_value(year), years(year, year), Unit::Year),
                    None => Resolved::default(),
                },
            };
        };
        let place = |year: i16| match day {
            Some(day) => Date::new(year, month as i8, day as i8).ok().map(|d| (d, d)),
            None => months(year, month as i8, 1),
        };
        // The longest February decides whether a day can exist at all.
        let longest = Date::new(2000, month as i8, 1).map_or(31, |d| d.days_in_month() as u8);
        if day.is_some_and(|d| d > longest || d == 0) {
            return Resolved { impossible: true, ..Resolved::default() };
        }
        let (known_year, mut resolved) = match self.year_of(year) {
            Some(year) => (Some(year), Resolved::default()),
            None if day.is_some() => {
                let (year, resolved) = self.year_by(which, tense, place);
                match self.year_of_weekday(year, written, place) {
                    Some(nearer) => {
                        (Some(nearer), self.because(Resolved::default(), "the nearest one with that weekday"))
                    }
                    None => (year, resolved),
                }
            }
            None => self.year_by(self.to_begin(which, written), tense, place),
        };
        let Some(known_year) = known_year else {
            resolved.value = Some(match day {
                Some(day) => format!("XXXX-{month:02}-{day:02}"),
                None => format!("XXXX-{month:02}"),
            });
            return resolved;
        };
        let Some(days) = place(known_year) else {
            return Resolved { impossible: true, ..Resolved::default() };
        };
        let mut found = match day {
            Some(_) => Resolved::known(day_value(days.0), Some(days), Unit::Day),
            None => Resolved::known(month_value(known_year, month as i8), Some(days), Unit::Month),
        };
        if let Some((month, day)) = written.swapped {
            found.alternatives.extend(Date::new(known_year, month as i8, day as i8).ok().map(|d| (d, d)));
        }
        keep(found, resolved)
    }

    /// `the 20th`, `Friday the 13th`: the month is the one at hand, or the nearest with that weekday.
    fn day_of_month(&self, day: u8, written: &Written, tense: Tense) -> Resolved {
        let published = self.published.map(|p| p.date);
        let base = match self.mark {
            Some(mark) if self.history && !matches!(mark.unit, Unit::Year | Unit::Decade | Unit::Century) => {
                Some(mark.date)
            }
            _ => published,
        };
        let Some(base) = base else { return Resolved::value(format!("XXXX-XX-{day:02}")) };
        let in_month = |offset: i64| {
            let first = add(base.first_of_month(), Unit::Month, offset)?;
            let date = Date::new(first.year(), first.month(), day as i8).ok()?;
            let fits = written.weekday.is_none_or(|w| weekday_number(date) == w.number as i8);
            fits.then_some(date)
        };
        let before = (-12..=0).rev().filter_map(in_month).find(|&d| d <= base);
        let behind = (0..=12).filter_map(in_month).find(|&d| d >= base);
        let pick = match (tense, before, behind) {
            _ if self.history => in_month(0),
            (Tense::Future, _, Some(day)) => Some(day),
            (Tense::Past, Some(day), _) => Some(day),
            (_, Some(a), Some(b)) => Some(if base.duration_since(a) <= b.duration_since(base) { a } else { b }),
            (_, a, b) => a.or(b),
        };
        match pick {
            Some(day) => self.because(Resolved::unit(day, Unit::Day), "the nearest month that fits"),
            None => Resolved::value(format!("XXXX-XX-{day:02}")),
        }
    }

    /// A weekday beside a date: when the two disagree, the nearest day with that weekday is the other reading.
    pub(super) fn weekday_readings(&self, expression: &Expression, resolved: &mut Resolved) {
        let Some(weekday) = expression.written.weekday else { return };
        let (Some((day, last)), true) = (resolved.days, expression.written.day.is_some()) else { return };
        if day != last || weekday_number(day) == weekday.number as i8 {
            return;
        }
        let Some(before) = weekday_until(day, weekday.number as i8) else { return };
        let Some(behind) = add_days(before, 7) else { return };
        let near = if days_between(before, day) <= days_between(day, behind) { before } else { behind };
        resolved.alternatives.push((near, near));
    }
}
