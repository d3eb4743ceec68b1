//! What each form of expression stands for, where that takes more than a line.

use jiff::civil::Date;

use super::distance::weekend_of;
use super::{Resolved, Resolver, keep};
use crate::story::time::Tense;
use crate::story::time::form::{Count, DayPart, Form, Portion, Season, Unit, Which, Written, YearRef};
use crate::story::time::holiday::Holiday;
use crate::story::time::place::{
    add_days, cut, day_value, duration_value, months, part_value, season, season_value, year_value, years,
};

impl Resolver<'_> {
    /// The 1930s, or the thirties.
    pub(super) fn decade(&self, first: i16, full: bool) -> Resolved {
        let first = if full { first } else { self.short_decade(first) };
        let value = if first < 0 { format!("BC{:03}", -i32::from(first) / 10) } else { format!("{:03}", first / 10) };
        let days = if first < 0 { years(1 - (-first + 9), 1 + first) } else { years(first, first + 9) };
        let mut resolved = Resolved::known(value, days, Unit::Decade);
        if !full {
            resolved.assumed = Some(format!("the decade from {first}"));
        }
        resolved
    }

    /// Last summer, the summer of 2012.
    pub(super) fn season_of(
        &self,
        kind: Season,
        year: Option<YearRef>,
        which: Option<Which>,
        tense: Tense,
    ) -> Resolved {
        let (year, mut resolved) = match self.year_of(year) {
            Some(year) => (Some(year), Resolved::default()),
            None => self.year_by(which, tense, |year| season(kind, year)),
        };
        let code = season_value(kind);
        let Some(year) = year else {
            resolved.value = Some(format!("XXXX-{code}"));
            return resolved;
        };
        let known = Resolved::known(format!("{}-{code}", year_value(year)), season(kind, year), Unit::Quarter);
        keep(known, resolved)
    }

    /// The third quarter, the first half of 2012.
    pub(super) fn fraction(
        &self,
        (number, of): (u8, u8),
        year: Option<YearRef>,
        written: &Written,
        tense: Tense,
    ) -> Resolved {
        let length = 12 / i64::from(of);
        let first = (i64::from(number) - 1) * length + 1;
        let piece = |year| months(year, first as i8, length);
        // What was earned in a quarter is told when it is over.
        let over = (tense == Tense::Past && !self.history).then_some(Which::Past);
        let (year, resolved) = match self.year_of(year) {
            Some(year) => (Some(year), Resolved::default()),
            None => self.year_by(over.or_else(|| self.to_begin(None, written)), tense, piece),
        };
        let Some(year) = year else { return resolved };
        let letter = if of == 4 { 'Q' } else { 'H' };
        let value = format!("{}-{letter}{number}", year_value(year));
        keep(Resolved::known(value, piece(year), Unit::Quarter), resolved)
    }

    /// Tuesday of last week.
    pub(super) fn weekday_of(&self, weekday: i8, which: Which) -> Resolved {
        let week = self.period(Unit::Week, which, true);
        let day = week.days.and_then(|(monday, _)| add_days(monday, i64::from(weekday) - 1));
        match day {
            Some(day) => keep(Resolved::unit(day, Unit::Day), week),
            None => Resolved::value(format!("XXXX-WXX-{weekday}")),
        }
    }

    /// The 9th of this month.
    pub(super) fn day_of(&self, day: u8, which: Which) -> Resolved {
        let month = self.period(Unit::Month, which, true);
        let placed = month.days.and_then(|(from, _)| Date::new(from.year(), from.month(), day as i8).ok());
        match placed {
            Some(day) => keep(Resolved::unit(day, Unit::Day), month),
            None => Resolved { impossible: month.days.is_some(), ..Resolved::default() },
        }
    }

    /// Yesterday, today, tomorrow.
    pub(super) fn day_off(&self, offset: i64) -> Resolved {
        let base = if self.history && !self.is_dated() { self.day } else { None };
        match base.or(self.published.map(|p| p.date)).and_then(|d| add_days(d, offset)) {
            Some(day) if base.is_some() => Resolved::unit(day, Unit::Day),
            Some(day) => self.because(Resolved::unit(day, Unit::Day), ""),
            None => Resolved::value("XXXX-XX-XX"),
        }
    }

    /// The morning, Tuesday night.
    pub(super) fn part(&self, part: DayPart, day: Option<&Form>, written: &Written, tense: Tense) -> Resolved {
        let inner = day.map(|day| self.resolve(day, written, tense)).unwrap_or_default();
        let date = inner.days.map_or_else(|| "XXXX-XX-XX".to_owned(), |(from, _)| day_value(from));
        Resolved { value: Some(format!("{date}{}", part_value(part))), ..inner }
    }

    /// Early May, later this week.
    pub(super) fn portion(&self, portion: Portion, inner: &Form, written: &Written, tense: Tense) -> Resolved {
        // “Earlier Tuesday, he says”
        let is_over = portion == Portion::Earlier && matches!(inner, Form::Weekday(..));
        let inner = self.resolve(inner, written, if is_over { Tense::Past } else { tense });
        let days =
            inner.days.and_then(|days| self.side_of_today(days, portion).or_else(|| cut(days, inner.unit, portion)));
        Resolved { days, ..inner }
    }

    /// The week of May 9, Easter weekend.
    pub(super) fn week_of(&self, day: &Form, unit: Unit, written: &Written, tense: Tense) -> Resolved {
        let inner = self.holiday_at_hand(day).unwrap_or_else(|| self.resolve(day, written, tense));
        match inner.days {
            Some((day, _)) if unit == Unit::Weekend => keep(weekend_of(day), inner),
            Some((day, _)) => keep(Resolved::unit(day, Unit::Week), inner),
            None => inner,
        }
    }

    /// Easter, last Christmas.
    pub(super) fn holiday(
        &self,
        holiday: Holiday,
        year: Option<YearRef>,
        which: Option<Which>,
        tense: Tense,
    ) -> Resolved {
        let day_in = |year| holiday.in_year(year).map(|day| (day, day));
        let (year, resolved) = match self.year_of(year) {
            Some(year) => (Some(year), Resolved::default()),
            None => self.year_by(which, tense, day_in),
        };
        match year.and_then(day_in) {
            Some((day, _)) => keep(Resolved::unit(day, Unit::Day), resolved),
            None => resolved,
        }
    }
}

/// The 19th century.
pub(super) fn century(number: u8, bc: bool) -> Resolved {
    let first = (i16::from(number) - 1) * 100;
    if bc {
        let days = years(1 - (first + 100), -first);
        return Resolved::known(format!("BC{:02}", number - 1), days, Unit::Century);
    }
    Resolved::known(format!("{:02}", number - 1), years(first.max(1), first + 99), Unit::Century)
}

/// The first two days of May, which are `days` of the `whole`.
pub(super) fn piece_of(whole: Resolved, days: Option<(Date, Date)>, take: u32, unit: Unit) -> Resolved {
    // `the first day of May`, `the last month of 1944`
    if unit != Unit::Week
        && let (1, Some((from, _))) = (take, days)
    {
        return keep(Resolved { unit: None, days, ..Resolved::unit(from, unit) }, whole);
    }
    Resolved { value: Some(duration_value(Count::Exact(take), unit)), days, unit: None, ..whole }
}
