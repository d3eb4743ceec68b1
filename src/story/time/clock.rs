//! Times of day and what comes again and again: `8:30 p.m. EST`, `0500 hours`, `every Monday`, `daily`.

use super::calendar::calendar;
use super::form::{Count, Form};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};
use crate::lexicon;

impl AtomText<'_> {
    /// A time of day: `8 p.m.`, `8:30 a.m. EST`, `20:00 GMT`, `0500 hours`, `noon`.
    pub fn clock(&self, at: usize) -> Option<FormMatch> {
        let clock = |hour: u32, minute: Option<u32>, end: usize| {
            let fits = hour <= 24 && minute.is_none_or(|m| m < 60);
            fits.then(|| FormMatch::new(Form::Clock(hour as u8, minute.map(|m| m as u8)), self.skip_zone(end)))
        };
        match self.class(at) {
            Class::NamedHour(hour) => Some(FormMatch::new(Form::Clock(hour, None), at + 1)),
            Class::GluedClock(hour) => clock(u32::from(hour), None, at + 1),
            Class::Digits(hour, 1 | 2) => {
                if let Class::Meridiem(pm) = self.class(at + 1) {
                    return clock(self.to_24(hour, pm, at + 1)?, None, at + 2);
                }
                if self.low(at + 1) == "o'clock" {
                    return self.by_part(hour, at + 2).or_else(|| clock(hour, None, at + 2));
                }
                if let Some(found) = self.hour_of_day(at, hour) {
                    return Some(found);
                }
                if self.class(at + 1) != Class::Colon || self.spaced(at + 1) || self.spaced(at + 2) {
                    return None;
                }
                if let Class::Digits(minute, 2) = self.class(at + 2) {
                    if let Class::Meridiem(pm) = self.class(at + 3) {
                        return clock(self.to_24(hour, pm, at + 3)?, Some(minute), at + 4);
                    }
                    let cue = matches!(
                        self.low_before(at),
                        "at" | "by" | "until" | "around" | "about" | "after" | "before" | "from" | "since" | "to"
                    );
                    let zone = self.skip_zone(at + 3) > at + 3;
                    let hours = matches!(self.low(at + 3), "hrs" | "hours" | "hrs.");
                    if hour > 23 || !(cue || zone || hours) || self.class(at + 3) == Class::Colon {
                        return None;
                    }
                    return clock(hour, Some(minute), if hours { at + 4 } else { at + 3 });
                }
                // `8:30pm`, `20:00hrs`
                let low = self.low(at + 2);
                let minute: u32 = low.get(..2)?.parse().ok()?;
                match low.get(2..)? {
                    "am" | "a.m." => clock(hour % 12, Some(minute), at + 3),
                    "pm" | "p.m." => clock(hour % 12 + 12, Some(minute), at + 3),
                    "hrs" => clock(hour, Some(minute), at + 3),
                    _ => None,
                }
            }
            // `(1430 GMT)`
            Class::Digits(value, 4) if matches!(self.low(at + 1), "gmt" | "utc") && self.capital(at + 1) => {
                clock(value / 100, Some(value % 100), at + 1)
            }
            Class::Digits(value, 4)
                if matches!(self.low(at + 1), "hours" | "hrs" | "hrs.") && value <= 2400 && value % 100 < 60 =>
            {
                let military = value < 1000
                    || matches!(self.low_before(at), "at" | "by" | "around" | "until" | "before" | "after" | "from");
                if military { clock(value / 100, Some(value % 100), at + 2) } else { None }
            }
            _ => None,
        }
    }

    /// The hour of a 12-hour time. A bare `am` apart from the number is the verb unless the time is plausible.
    fn to_24(&self, hour: u32, pm: bool, at: usize) -> Option<u32> {
        let verb = self.low(at) == "am" && self.spaced(at) && self.low(at + 1) == "i";
        ((1..=12).contains(&hour) && !verb).then(|| hour % 12 + if pm { 12 } else { 0 })
    }

    /// `at four in the morning`, `until 11 at night`: an hour without its sign, from the number on.
    pub fn hour_of_day(&self, at: usize, hour: u32) -> Option<FormMatch> {
        let cue = matches!(
            self.low_before(at),
            "at" | "by" | "until" | "till" | "around" | "about" | "before" | "after" | "from" | "to"
        );
        if cue { self.by_part(hour, at + 1) } else { None }
    }

    /// The hour that `in the morning`, `in the afternoon` or `at night` at `at` tells from its twin.
    fn by_part(&self, hour: u32, at: usize) -> Option<FormMatch> {
        let is_in = self.class(at) == Class::In && self.class(at + 1) == Class::The;
        let at_night = self.class(at) == Class::At && self.low(at + 1) == "night";
        let end = if at_night { at + 2 } else { at + 3 };
        let late = match self.low(end - 1) {
            "morning" if is_in => false,
            "afternoon" | "evening" if is_in => true,
            "night" if at_night => hour >= 6,
            _ => return None,
        };
        let midnight = at_night && hour == 12;
        let hour = (1..=12).contains(&hour).then_some(hour % 12 + if late && !midnight { 12 } else { 0 })?;
        Some(FormMatch::new(Form::Clock(hour as u8, None), end))
    }

    fn skip_zone(&self, at: usize) -> usize {
        let zone = lexicon::time::ZONES.contains(self.low(at)) && self.capital(at);
        if zone { at + 1 } else { at }
    }

    /// `every Monday`, `each year`, `per day`, `daily`, `Mondays`.
    pub fn repeated(&self, at: usize) -> Option<FormMatch> {
        match self.class(at) {
            Class::Adverb(unit) => {
                let name = self.capital(at) && at > 0 && !matches!(self.low_before(at), "." | "\"");
                (!name && !self.capital(at + 1)).then(|| FormMatch::new(Form::Every(Count::Exact(1), unit), at + 1))
            }
            Class::Weekdays(number) => {
                // “Happy Mondays”, the band
                let free = self.capital(at) && !self.capital_before(at) && !self.capital(at + 1);
                let end = if matches!(self.class(at + 1), Class::Part(_)) { at + 2 } else { at + 1 };
                free.then(|| FormMatch::new(each(Form::Weekday(number as i8, None)), end))
            }
            Class::Per => {
                let Class::Unit(unit, false) = self.class(at + 1) else { return None };
                Some(FormMatch::new(Form::Duration(Count::Exact(1), unit), at + 2))
            }
            Class::Every => self.every(at + 1),
            _ => None,
        }
    }

    /// What comes again and again, from behind `every`.
    fn every(&self, at: usize) -> Option<FormMatch> {
        if let Class::Unit(unit, false) = self.class(at) {
            // “every minute counts”: each of them.
            return Some(FormMatch::new(Form::Every(Count::Exact(1), unit), at + 1));
        }
        if let (true, Class::Unit(unit, false)) = (self.low(at) == "other", self.class(at + 1)) {
            return Some(FormMatch::new(Form::Every(Count::Exact(2), unit), at + 2));
        }
        // “every other Wednesday”
        let at = if self.low(at) == "other" && self.weekday(at + 1).is_some() { at + 1 } else { at };
        if let Some(weekday) = self.weekday(at).filter(|w| !w.abbreviated) {
            let end = if matches!(self.class(at + 1), Class::Part(_)) { at + 2 } else { at + 1 };
            return Some(FormMatch::new(each(Form::Weekday(weekday.number as i8, None)), end));
        }
        if let Some(month) = self.month(at).filter(|_| self.capital(at)) {
            let day = self.day(at + 1, false).filter(|&(_, end)| !self.counts_something(end));
            let end = day.map_or(at + 1, |(_, end)| end);
            let day = day.map(|(day, _)| day.value as u8);
            return Some(FormMatch::new(each(calendar(None, Some(month.number), day)), end));
        }
        match self.class(at) {
            Class::Part(part) => Some(FormMatch::new(each(Form::Part(part, None)), at + 1)),
            Class::Season(season) => Some(FormMatch::new(each(Form::Season(season, None, None)), at + 1)),
            _ => self.counted_units(at).map(|(count, unit, end)| FormMatch::new(Form::Every(count, unit), end)),
        }
    }
}

fn each(form: Form) -> Form {
    Form::Each(Box::new(form))
}
