//! What is told by its distance from another day: `Sunday`, `last week`, `two years ago`, `the next five days`.

use jiff::civil::Date;

use super::{Resolved, Resolver, keep, rank};
use crate::story::time::Tense;
use crate::story::time::form::{Count, Form, Start, Unit, Which, Written};
use crate::story::time::place::{
    add, add_days, around, days_between, duration_value, start_of, weekday_name, weekday_number, weekday_until,
};

impl Resolver<'_> {
    /// `Sunday`, `next Friday`.
    pub(super) fn weekday(&self, weekday: i8, which: Option<Which>, tense: Tense) -> Resolved {
        let unknown = || Resolved::value(format!("XXXX-WXX-{weekday}"));
        let discourse = self.history || matches!(which, Some(Which::That | Which::Following | Which::Preceding));
        let mark = self.mark.filter(|m| m.unit == Unit::Day && discourse);
        let Some(base) = mark.map(|m| m.date).or(self.published.map(|p| p.date).filter(|_| !self.history)) else {
            return unknown();
        };
        let Some(until) = weekday_until(base, weekday) else { return unknown() };
        let monday = around(base, Unit::Week).map(|(monday, _)| monday);
        let in_week = |offset: i64| monday.and_then(|m| add_days(m, 7 * offset + i64::from(weekday) - 1));
        let next = if until == base { Some(until) } else { add_days(until, 7) };
        let name = weekday_name(weekday);
        let (day, why, other) = match (which, tense) {
            (Some(Which::Past), _) => {
                let before = if until == base { add_days(until, -7) } else { Some(until) };
                (before, format!("the {name} before"), None)
            }
            (Some(Which::Coming), _) => (add_days(until, 7), format!("the {name} after"), None),
            (Some(Which::Last | Which::Preceding), _) => {
                (in_week(-1), format!("the {name} of the week before"), Some(until).filter(|&d| d < base))
            }
            (Some(Which::Next | Which::Following), _) => {
                (in_week(1), format!("the {name} of the week after"), next.filter(|&d| d > base))
            }
            (Some(Which::This), _) => (in_week(0), format!("the {name} of that week"), None),
            (Some(Which::That), _) => (Some(until), format!("the {name} before"), None),
            (None, Tense::Future) => (next, format!("future, so the {name} after"), Some(until)),
            (None, Tense::Past) => (Some(until), format!("past tense, so the {name} before"), next),
            // “They hail her speech on Thursday”, told the day after.
            (None, Tense::Present) if !self.tense_is_sure && add_days(until, 1) == Some(base) => {
                (Some(until), format!("no tense to go by, so the {name} before"), next)
            }
            (None, Tense::Present) => (next, format!("present tense, so the {name} after"), Some(until)),
            (None, _) => (Some(until), format!("no tense to go by, so the {name} before"), next),
        };
        let why = if day == Some(base) && which.is_none() { "the same day".to_owned() } else { why };
        let Some(day) = day else { return unknown() };
        let mut resolved = Resolved::unit(day, Unit::Day);
        resolved.alternatives.extend(other.filter(|&o| o != day).map(|o| (o, o)));
        if mark.is_some() { resolved } else { self.because(resolved, &why) }
    }

    /// `last week`, `that year`, `the following day`.
    ///
    /// `points` says that a word does: `this year`, not `the end of the year`.
    pub(super) fn period(&self, unit: Unit, which: Which, points: bool) -> Resolved {
        let pointing = matches!(which, Which::That | Which::Following | Which::Preceding);
        let history = self.history && !(points && self.is_dated());
        let mark = self.mark.filter(|_| history || pointing);
        let step = match which {
            Which::Last | Which::Past | Which::Preceding => -1,
            Which::This | Which::That => 0,
            Which::Next | Which::Coming | Which::Following => 1,
        };
        if let Some(mark) = mark {
            // “the next day” after “in May” names no day.
            if rank(unit) < rank(mark.unit) {
                let day_date = self.day.filter(|_| unit == Unit::Day && !self.history);
                let Some(day) = day_date.and_then(|d| add(d, unit, step)) else { return Resolved::default() };
                return Resolved::unit(day, unit);
            }
            return match add(mark.date, unit, step) {
                Some(date) => Resolved::unit(date, unit),
                None => Resolved::default(),
            };
        }
        if history {
            return Resolved::default();
        }
        let of_published = |published: Date| {
            let start = start_of(published, unit)?;
            // On a Sunday, the weekend that is past is the one that ends.
            let is_now = unit == Unit::Weekend && which == Which::Past && start <= published;
            add(start, unit, if is_now { 0 } else { step })
        };
        match self.published.and_then(|p| of_published(p.date)) {
            Some(date) => self.because(Resolved::unit(date, unit), ""),
            None => Resolved::default(),
        }
    }

    /// `two years ago`, `three days later`.
    pub(super) fn offset(&self, count: Count, unit: Unit, later: bool, start: &Start, tense: Tense) -> Resolved {
        let (number, unit) = match (count, unit) {
            (Count::Exact(number), _) => (number, unit),
            (Count::AndHalf(years), Unit::Year) => (years.saturating_mul(12).saturating_add(6), Unit::Month),
            _ => return Resolved::value(if later { "FUTURE_REF" } else { "PAST_REF" }),
        };
        let signed = if later { i64::from(number) } else { -i64::from(number) };
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
            return Resolved::value(duration_value(count, unit));
        }
        match start {
            Start::Form(form) => {
                // “two weeks ago Tuesday” counts from the Tuesday before.
                let tense = if !later && matches!(**form, Form::Weekday(_, None)) { Tense::Past } else { tense };
                let inner = self.resolve(form, &Written::default(), tense);
                match inner.days.and_then(|(from, _)| add(from, unit, signed)) {
                    Some(day) => keep(Resolved::unit(day, inner.unit.unwrap_or(Unit::Day)), inner),
                    None => inner,
                }
            }
            Start::Discourse if self.mark.is_some() => {
                let Some(mark) = self.mark else { return Resolved::default() };
                let base = if rank(unit) < rank(Unit::Month) {
                    self.day.or((mark.unit == Unit::Day).then_some(mark.date))
                } else {
                    Some(mark.date)
                };
                let named = named_by(unit);
                match base.and_then(|date| add(date, unit, signed)) {
                    Some(date) if rank(named) >= rank(mark.unit) || named == Unit::Day => Resolved::unit(date, named),
                    Some(date) => Resolved::unit(date, mark.unit),
                    None => Resolved::default(),
                }
            }
            Start::Published | Start::Discourse => {
                if self.history && matches!(start, Start::Discourse) {
                    return Resolved::default();
                }
                let Some(date) = self.published.and_then(|p| add(p.date, unit, signed)) else {
                    return Resolved::default();
                };
                let named = named_by(unit);
                let mut resolved = self.because(Resolved::unit(date, named), "");
                if named != Unit::Day {
                    resolved.alternatives.push((date, date));
                }
                resolved
            }
        }
    }

    /// `the last three months`: up to the day of publication; `the next five days`: from the day after.
    pub(super) fn stretch(&self, count: Count, unit: Unit, to_come: bool) -> Resolved {
        let mut resolved = Resolved::value(duration_value(count, unit));
        let Count::Exact(number) = count else { return resolved };
        let Some(published) = self.published.filter(|_| !self.history) else { return resolved };
        let today = published.date;
        let number = i64::from(number);
        if matches!(unit, Unit::Second | Unit::Minute) {
            return resolved;
        }
        // `the past 24 hours` are today and yesterday.
        if unit == Unit::Hour {
            let far = number.saturating_add(23) / 24;
            let days =
                if to_come { Some(today).zip(add_days(today, far)) } else { add_days(today, -far).zip(Some(today)) };
            resolved.days = days;
            return self.because(resolved, "");
        }
        let whole = matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century);
        let days = if whole {
            around(today, unit).and_then(|(first, last)| {
                if to_come {
                    let from = add_days(last, 1)?;
                    Some((from, add_days(add(from, unit, number)?, -1)?))
                } else {
                    Some((add(first, unit, -number)?, add_days(first, -1)?))
                }
            })
        } else if to_come {
            add_days(today, 1).and_then(|from| Some((from, add_days(add(from, unit, number)?, -1)?)))
        } else {
            add(today, unit, -number).and_then(|from| Some((from, add_days(today, -1)?)))
        };
        resolved.days = days;
        self.because(resolved, "")
    }

    /// `the first Tuesday in May`.
    pub(super) fn nth_weekday(&self, nth: i8, weekday: i8, month: &Form, written: &Written, tense: Tense) -> Resolved {
        let month = self.resolve(month, written, tense);
        let day = month.days.filter(|(from, to)| days_between(*from, *to) < 31).and_then(|(from, to)| {
            let day = if nth < 0 {
                weekday_until(to, weekday)
            } else {
                let first = weekday_until(add_days(from, 6)?, weekday)?;
                add_days(first, 7 * (i64::from(nth) - 1))
            };
            day.filter(|day| (from..=to).contains(day))
        });
        match day {
            Some(day) => keep(Resolved::unit(day, Unit::Day), month),
            None => Resolved::value(format!("XXXX-WXX-{weekday}")),
        }
    }
}

/// What a count of units says when something was: `two decades ago` the year, `three weeks ago` the day.
fn named_by(unit: Unit) -> Unit {
    match unit {
        Unit::Quarter => Unit::Quarter,
        _ if rank(unit) < rank(Unit::Month) => Unit::Day,
        Unit::Month => Unit::Month,
        _ => Unit::Year,
    }
}

/// The first day with `weekday` (1 is Monday) behind `before`.
pub(in crate::story::time) fn weekday_behind(before: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - weekday_number(before)).rem_euclid(7);
    add_days(before, i64::from(if ahead == 0 { 7 } else { ahead }))
}

/// The weekend that a day names: the one it is in, the next one for a day from Tuesday on, and for a Monday, as Labor Day
/// is, the one that it makes longer.
pub(super) fn weekend_of(day: Date) -> Resolved {
    let saturday = match weekday_number(day) {
        1 => add_days(day, -2),
        7 => add_days(day, -1),
        number => add_days(day, 6 - i64::from(number)),
    };
    let Some(saturday) = saturday else { return Resolved::default() };
    let last = add_days(saturday, if weekday_number(day) == 1 { 2 } else { 1 });
    let mut found = Resolved::unit(saturday, Unit::Weekend);
    found.days = last.map(|last| (if weekday_number(day) == 5 { day } else { saturday }, last));
    found
}
