//! Which year a date without one, or with two digits, means.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{LastDate, Resolved, Resolver};
use crate::story::time::Tense;
use crate::story::time::form::{Unit, Which, Written, YearRef};
use crate::story::time::place::{days_between, weekday_number};

/// Days from which a date without a year is far from the publication date, when another one is near.
const FAR: i64 = 240;

/// Days up to which it is near.
const NEAR: i64 = 92;

/// Years between two leap days, at most: around 1900 they are eight. Whatever else comes once a year comes each year, and
/// begins no earlier than in the year before.
const BETWEEN_LEAP_DAYS: i16 = 8;

/// How many days a story goes back, and on, without naming another year.
const BACK: i64 = 31;
const ON: i64 = 31;

/// A year, and the first and the last day that something has in it.
type Placed = (i16, (Date, Date));

impl Resolver<'_> {
    /// The year that is written or pointed at.
    pub(super) fn year_of(&self, year: Option<YearRef>) -> Option<i16> {
        match year? {
            YearRef::Written(year) => Some(year),
            YearRef::Short(two) => {
                let Some(base) = self.base_year() else {
                    // As POSIX reads two digits where nothing says which century.
                    return Some(i16::from(two) + if two < 69 { 2000 } else { 1900 });
                };
                let century = base.div_euclid(100) * 100;
                let same = century + i16::from(two);
                // A year more than ten years ahead is one of the century before.
                Some(if same > base + 10 { same - 100 } else { same })
            }
            YearRef::Relative(which) => self.period(Unit::Year, which, true).days.map(|(from, _)| from.year()),
        }
    }

    fn base_year(&self) -> Option<i16> {
        let mark = self.mark.filter(|_| self.history).map(|m| m.date.year());
        mark.or(self.published.map(|p| p.date.year()))
    }

    pub(super) fn short_decade(&self, first: i16) -> i16 {
        let base = self.base_year().unwrap_or(2000);
        let century = base.div_euclid(100) * 100;
        let same = century + first.rem_euclid(100);
        if same > base { same - 100 } else { same }
    }

    /// `which`; where the text says nothing and something is to come before it, it has not begun: in a February, `before
    /// winter` is not the winter of that day.
    pub(super) fn to_begin(&self, which: Option<Which>, written: &Written) -> Option<Which> {
        which.or((written.ahead && !self.history).then_some(Which::Coming))
    }

    /// The old date that the text is at, where it tells mostly of old years and named nothing of today since.
    fn old_mark(&self, today: Date) -> Option<LastDate> {
        let is_old = |mark: &LastDate| mark.date.year() < today.year().saturating_sub(1);
        let story = self.story.filter(|_| self.narrative).filter(is_old)?;
        self.mark.filter(is_old)?;
        Some(story)
    }

    /// The date that the story goes on from to what `place` places: the last one told, or a year that was named since where
    /// the story would have to go back or wait for long. “In 1975 they hoped to win by 1976. On March 11 …” is of 1975.
    fn told(&self, place: impl Fn(i16) -> Option<(Date, Date)>) -> Option<LastDate> {
        let (Some(story), Some(aside)) = (self.story, self.aside) else { return self.story };
        let goes_on =
            place(story.date.year()).is_some_and(|(from, _)| (-BACK..=ON).contains(&days_between(story.date, from)));
        Some(if goes_on { story } else { aside })
    }

    /// The year in which a day has the weekday that is written beside it, where that day is nearer to the publication date than
    /// the one in `picked`: “Monday, Oct. 26” on the day before it.
    pub(super) fn year_of_weekday(
        &self,
        picked: Option<i16>,
        written: &Written,
        place: impl Fn(i16) -> Option<(Date, Date)>,
    ) -> Option<i16> {
        let (weekday, today) = (written.weekday?, self.published?.date);
        let picked = picked?;
        let fits = |year: i16| {
            let (day, _) = place(year)?;
            (weekday_number(day) == weekday.number as i8).then_some(day)
        };
        let gap = |day: Date| days_between(day.min(today), day.max(today));
        if fits(picked).is_some() {
            return None;
        }
        let far = place(picked).map_or(i64::MAX, |(day, _)| gap(day));
        let years = [picked.checked_sub(1), picked.checked_add(1)];
        let near = years.into_iter().flatten().filter_map(|year| Some((year, gap(fits(year)?))));
        near.min_by_key(|&(_, gap)| gap).filter(|&(_, gap)| gap < far).map(|(year, _)| year)
    }

    /// The year of something that comes once a year, by `which`, the tense and the nearest date.
    pub(super) fn year_by(
        &self,
        which: Option<Which>,
        tense: Tense,
        place: impl Fn(i16) -> Option<(Date, Date)>,
    ) -> (Option<i16>, Resolved) {
        // What is still to come from a day of publication that is given lies behind it, whatever the text tells of.
        let to_come = self.is_dated() && self.tense_is_sure && matches!(tense, Tense::Present | Tense::Future);
        if (self.history && !to_come || matches!(which, Some(Which::That | Which::Following | Which::Preceding)))
            && let Some(mark) = if which.is_none() { self.told(&place) } else { self.mark }
        {
            return (Some(history_year(mark, which, place)), Resolved::default());
        }
        let Some(published) = self.published else { return (None, Resolved::default()) };
        let goes_on = which.is_none() && (tense == Tense::Past || !self.tense_is_sure);
        if let Some(mark) = self.old_mark(published.date).and_then(|_| self.told(&place)).filter(|_| goes_on) {
            return (Some(history_year(mark, None, place)), Resolved::default());
        }
        // “He came on May 3, 2011. On May 9 he left.”
        if which.is_none()
            && !to_come
            && tense != Tense::Future
            && let Some(day) = self.day.filter(|day| day.year() < published.date.year())
            && place(day.year()).is_some_and(|(from, _)| (0..=ON).contains(&days_between(day, from)))
        {
            return (Some(day.year()), Resolved::default());
        }
        let (today, year) = (published.date, published.date.year());
        let in_years = |offsets: RangeInclusive<i16>| {
            offsets.filter_map(|offset| year.checked_add(offset)).filter_map(|year| Some((year, place(year)?)))
        };
        let is_over = |&(_, (_, to)): &Placed| to < today;
        let has_begun = |&(_, (from, _)): &Placed| from <= today;
        let last = in_years(-BETWEEN_LEAP_DAYS..=1).rev().find(has_begun);
        let next = in_years(-1..=BETWEEN_LEAP_DAYS).find(|placed| !is_over(placed));
        let gap = |placed: Option<Placed>| match placed {
            Some((_, (_, to))) if to < today => days_between(to, today),
            Some((_, (from, _))) => days_between(today, from).max(0),
            None => i64::MAX,
        };
        let nearest = if gap(next) < gap(last) { next } else { last };
        let (picked, why) = match (which, tense) {
            (Some(Which::Last | Which::Past | Which::Preceding), _) => {
                (in_years(-1..=1).rev().find(is_over), "the last one that is over")
            }
            (Some(Which::Next | Which::Coming | Which::Following), _) => {
                (in_years(-1..=1).find(|placed| !has_begun(placed)), "the next one to begin")
            }
            (Some(Which::This), _) => (in_years(0..=0).next(), "that year’s"),
            // Where no finite verb speaks against it, news copy gives the year of what is not near, so a date far back or ahead gives way to one close by.
            (_, Tense::Past) if !self.tense_is_sure && gap(last) > FAR && gap(next) < NEAR => (next, "the nearest one"),
            (_, Tense::Future) if !self.tense_is_sure && gap(next) > FAR && gap(last) < NEAR => {
                (last, "the nearest one")
            }
            (_, Tense::Past) => (last, "past tense, so the last one"),
            (_, Tense::Future) => (next, "future, so the next one"),
            _ => (nearest, "the nearest one"),
        };
        let picked = picked.map(|(year, _)| year);
        let mut resolved = self.because(Resolved::default(), why);
        let others = [last, next].into_iter().flatten().filter(|&(year, _)| Some(year) != picked);
        resolved.alternatives = others.map(|(_, days)| days).collect();
        resolved.alternatives.dedup();
        (picked, resolved)
    }
}

/// The year of a month, season or holiday in a text that tells history: near the date before it.
fn history_year(mark: LastDate, which: Option<Which>, place: impl Fn(i16) -> Option<(Date, Date)>) -> i16 {
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
