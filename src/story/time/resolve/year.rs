//! Which year a date without one, or with two digits, means.

use jiff::civil::Date;

use super::{Mark, Resolved, Resolver};
use crate::story::time::Tense;
use crate::story::time::form::{Unit, Which, Written, YearRef};
use crate::story::time::place::days_between;

/// Days from which a date without a year is far from the publication date, when another one is near.
const FAR: i64 = 240;

/// Days up to which it is near.
const NEAR: i64 = 92;

impl Resolver<'_> {
    /// The year that is written or pointed at.
    pub(super) fn year_of(&self, year: Option<YearRef>) -> Option<i16> {
        match year? {
            YearRef::Written(year) => Some(year),
            YearRef::Short(two) => {
                let base = self.base_year();
                let century = base.div_euclid(100) * 100;
                let same = century + i16::from(two);
                // A year more than ten years ahead is one of the century before.
                Some(if same > base + 10 { same - 100 } else { same })
            }
            YearRef::Relative(which) => self.period(Unit::Year, which).days.map(|(from, _)| from.year()),
        }
    }

    fn base_year(&self) -> i16 {
        let mark = self.mark.filter(|_| self.history).map(|m| m.date.year());
        mark.or(self.published.map(|p| p.date.year())).unwrap_or(2000)
    }

    pub(super) fn short_decade(&self, first: i16) -> i16 {
        let base = self.base_year();
        let century = base.div_euclid(100) * 100;
        let same = century + first.rem_euclid(100);
        if same > base { same - 100 } else { same }
    }

    /// `which`; where the text says nothing and something is to come before it, it has not begun: in a February, `before
    /// winter` is not the winter of that day.
    pub(super) fn to_begin(&self, which: Option<Which>, written: &Written) -> Option<Which> {
        which.or((written.ahead && !self.history).then_some(Which::Coming))
    }

    /// The year of something that comes once a year, by `which`, the tense and the nearest date.
    pub(super) fn year_by(
        &self,
        which: Option<Which>,
        tense: Tense,
        place: impl Fn(i16) -> Option<(Date, Date)>,
    ) -> (Option<i16>, Resolved) {
        if (self.history || matches!(which, Some(Which::That | Which::Following | Which::Preceding)))
            && let Some(mark) = if which.is_none() { self.story } else { self.mark }
        {
            return (Some(history_year(mark, which, place)), Resolved::default());
        }
        let Some(published) = self.published else { return (None, Resolved::default()) };
        let (today, year) = (published.date, published.date.year());
        let candidates =
            || [year.saturating_sub(1), year, year.saturating_add(1)].into_iter().filter_map(|y| Some((y, place(y)?)));
        let wide = || (-8..=8).filter_map(|o| year.checked_add(o)).filter_map(|y| Some((y, place(y)?)));
        let last = || wide().filter(|(_, (from, _))| *from <= today).last().map(|(y, _)| y);
        let next = || wide().find(|(_, (_, to))| *to >= today).map(|(y, _)| y);
        let distance = |(from, to): (Date, Date)| {
            if to < today {
                days_between(to, today)
            } else if from > today {
                days_between(today, from)
            } else {
                0
            }
        };
        let nearest = || wide().min_by_key(|&(_, days)| distance(days)).map(|(y, _)| y);
        let gap = |year: Option<i16>| year.and_then(&place).map_or(i64::MAX, distance);
        let (picked, why) = match (which, tense) {
            (Some(Which::Last | Which::Past | Which::Preceding), _) => {
                (candidates().filter(|(_, (_, to))| *to < today).last().map(|(y, _)| y), "the last one that is over")
            }
            (Some(Which::Next | Which::Coming | Which::Following), _) => {
                (candidates().find(|(_, (from, _))| *from > today).map(|(y, _)| y), "the next one to begin")
            }
            (Some(Which::This), _) => (place(year).map(|_| year), "that year’s"),
            // News copy gives the year of what is not near, so a date far back or ahead gives way to one close by.
            (_, Tense::Past) if gap(last()) > FAR && gap(next()) < NEAR => (next(), "the nearest one"),
            (_, Tense::Future) if gap(next()) > FAR && gap(last()) < NEAR => (last(), "the nearest one"),
            (_, Tense::Past) => (last(), "past tense, so the last one"),
            (_, Tense::Future) => (next(), "future, so the next one"),
            _ => (nearest(), "the nearest one"),
        };
        let mut resolved = self.because(Resolved::default(), why);
        resolved.alternatives =
            [last(), next()].into_iter().flatten().filter(|&y| Some(y) != picked).filter_map(place).collect();
        resolved.alternatives.dedup();
        (picked, resolved)
    }
}

/// The year of a month, season or holiday in a text that tells history: near the date before it.
fn history_year(mark: Mark, which: Option<Which>, place: impl Fn(i16) -> Option<(Date, Date)>) -> i16 {
    let year = mark.date.year();
    if matches!(mark.unit, Unit::Year | Unit::Decade | Unit::Century) {
        return match which {
            Some(Which::Following | Which::Next | Which::Coming) => year.saturating_add(1),
            Some(Which::Preceding | Which::Last | Which::Past) => year.saturating_sub(1),
            _ => year,
        };
    }
    let Some((from, _)) = place(year) else { return year };
    let ahead = days_between(mark.date, from);
    match which {
        Some(Which::Following | Which::Next | Which::Coming) if ahead <= 0 => year.saturating_add(1),
        Some(Which::Preceding | Which::Last | Which::Past) if ahead >= 0 => year.saturating_sub(1),
        Some(_) => year,
        // Stories go forward: in a text that was in November, January is the next one.
        None if ahead < -200 => year.saturating_add(1),
        None => year,
    }
}
