//! Expressions that point: `last week`, `the next day`, `yesterday`, `the 20th`, `recently`.

use super::form::{Count, DayPart, Direction, Form, Start, Unit, Which, Written};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};
use crate::lexicon;

impl AtomText<'_> {
    /// `last`, `this past`, `the next`, `that same` …: which, and the end.
    pub fn which_words(&self, at: usize) -> Option<(Which, usize)> {
        let the = self.class(at) == Class::The;
        let next = if the { at + 1 } else { at };
        let which = match self.class(next) {
            Class::Last => Which::Last,
            Class::Past => Which::Past,
            Class::Previous if the => Which::Preceding,
            Class::Previous => Which::Preceding,
            Class::Next if the => Which::Following,
            Class::Next => Which::Next,
            Class::Coming => Which::Coming,
            Class::Following => Which::Following,
            Class::Current => Which::This,
            Class::Same => Which::That,
            Class::That if !the => {
                let end = self.skip(next + 1, Class::Same);
                return Some((Which::That, end));
            }
            Class::This if !the => {
                return Some(match self.class(next + 1) {
                    Class::Past | Class::Last => (Which::Past, next + 2),
                    Class::Coming | Class::Next => (Which::Coming, next + 2),
                    Class::Same => (Which::That, next + 2),
                    _ => (Which::This, next + 1),
                });
            }
            _ => return None,
        };
        Some((which, next + 1))
    }

    /// `last week`, `next Monday`, `that day`, `the past three months`, `this May`, `the following spring`.
    pub fn which(&self, at: usize) -> Option<FormMatch> {
        let the = self.class(at) == Class::The;
        let (which, next) = self.which_words(at)?;
        let written = Written { which: Some((which, self.span(at, next))), ..Written::default() };
        let countable = !matches!(which, Which::This | Which::That);
        if let Some((count, unit, end)) = self.counted_units(next) {
            return countable.then(|| FormMatch::with(Form::Stretch(count, unit, is_to_come(which)), end, written));
        }
        let mut found = match self.class(next) {
            Class::Unit(unit, false) => return self.which_unit(at, (which, next), unit, written),
            // `in the coming weeks`, `the following days`
            Class::Unit(unit, true) if self.class(next.wrapping_sub(1)) != Class::That => {
                let form = Form::Stretch(Count::Some, unit, is_to_come(which));
                return (countable && !matches!(unit, Unit::Second | Unit::Weekend))
                    .then(|| FormMatch::with(form, next + 1, written));
            }
            Class::Weekday(_) | Class::WeekdayShort(_) => self.which_weekday(which, next)?,
            Class::Month(_) | Class::MonthShort(_) if which != Which::Following || !the => {
                let mut found = self.month_date(next)?;
                if let Form::Calendar { which: slot, .. } = &mut found.form {
                    *slot = Some(which);
                }
                found
            }
            Class::Season(season) => {
                let free = self.class(next + 1) != Class::Dash && !matches!(self.low(next + 1), "'s");
                return free.then(|| FormMatch::with(Form::Season(season, None, Some(which)), next + 1, written));
            }
            Class::Part(part) => {
                let day = Box::new(day_of_part(which, part)?);
                return Some(FormMatch::with(Form::Part(part, Some(day)), next + 1, written));
            }
            Class::Digits(..) | Class::Ordinal(..) | Class::First => {
                let mut found = self.figures(next).or_else(|| self.day_date(next))?;
                if let Form::Calendar { which: slot, year: None, .. } = &mut found.form {
                    *slot = Some(which);
                }
                found
            }
            _ if self.is_vague(at, (which, next)) => {
                return Some(FormMatch::with(Form::Vague(Direction::Unknown), next + 1, written));
            }
            _ => {
                let mut found = self.holiday(next)?;
                if let Form::Holiday(_, None, slot) = &mut found.form {
                    *slot = Some(which);
                }
                found
            }
        };
        found.written.which = written.which;
        Some(found)
    }

    /// `last week`, `the past year`, `Monday of next week`: the words at `at` say which, the unit is at `next`.
    fn which_unit(
        &self,
        at: usize,
        (which, next): (Which, usize),
        unit: Unit,
        mut written: Written,
    ) -> Option<FormMatch> {
        let the = self.class(at) == Class::The;
        let end = next + 1;
        let compound = self.class(end) == Class::Dash && !self.spaced(end) && !self.spaced(end + 1);
        let is_none = match unit {
            Unit::Second | Unit::Minute => true,
            Unit::Hour => compound || which == Which::That,
            Unit::Day => compound || matches!(which, Which::Last | Which::Past),
            _ => compound,
        };
        if is_none {
            return None;
        }
        let one = |to_come| Some(FormMatch::with(Form::Stretch(Count::Exact(1), unit, to_come), end, written));
        // `the past year`: twelve months, not last year.
        if the && which == Which::Past {
            return one(false);
        }
        // `over the next decade`: ten years from now.
        let long = matches!(unit, Unit::Decade | Unit::Century);
        if the && matches!(which, Which::Following | Which::Coming) && long {
            return one(true);
        }
        // “This Week”, the programme
        let mark = |low: &str| matches!(low, "\"" | "'" | "“" | "”" | "‘" | "’");
        let named = self.capital(next) && self.capital(next - 1) && mark(self.low_before(at)) && !self.spaced(at);
        if named && (mark(self.low(end)) || mark(self.low(end + 1))) {
            return None;
        }
        let day = self.skip(end, Class::On);
        if let (Unit::Week, Some(weekday)) = (unit, self.weekday(day).filter(|w| !w.abbreviated)) {
            written.weekday = Some(weekday);
            let found = Form::WeekdayOf(weekday.number as i8, which);
            return Some(FormMatch::with(found, day + 1, written));
        }
        Some(FormMatch::with(Form::Period(unit, which), end, written))
    }

    /// `next Monday`, `last Friday night`, of which the weekday is at `next`.
    fn which_weekday(&self, which: Which, next: usize) -> Option<FormMatch> {
        let behind = |fold: usize| self.paragraph.folded.lower[fold..].starts_with("'s");
        if which == Which::Following && self.atoms.get(next).is_some_and(|atom| behind(atom.fold.end())) {
            return None;
        }
        let mut found = self.weekday_phrase(next)?;
        match &mut found.form {
            Form::Weekday(_, slot) | Form::Calendar { which: slot, .. } => *slot = Some(which),
            Form::Part(_, Some(day)) => {
                if let Form::Weekday(_, slot) = day.as_mut() {
                    *slot = Some(which);
                }
            }
            _ => {}
        }
        Some(found)
    }

    /// `at that time`, `this period`: nobody can say when.
    fn is_vague(&self, at: usize, (which, next): (Which, usize)) -> bool {
        if !matches!(which, Which::That | Which::This) {
            return false;
        }
        let ahead = ["at", "by", "until", "during", "since", "around", "this", "that", "up", "to", "from"];
        match self.low(next) {
            "time" | "moment" => {
                ahead.contains(&self.low_before(at))
                    && !(self.class(next - 1) == Class::Same && self.class(next + 1) == Class::Comma)
            }
            "period" => true,
            _ => false,
        }
    }

    /// `today`, `yesterday morning`, `tonight`.
    pub fn relative_day(&self, at: usize) -> Option<FormMatch> {
        let Class::Day(offset, night) = self.class(at) else { return None };
        let day = Form::Day(i32::from(offset));
        // “USA Today”, “Today” the programme
        if self.capital(at)
            && at > 0
            && self.capital(at - 1)
            && self.is_word(at - 1)
            && self.spaced(at)
            && self.low_before(at) != "on"
        {
            return None;
        }
        if night {
            return Some(FormMatch::new(Form::Part(DayPart::Night, Some(Box::new(day))), at + 1));
        }
        if let Class::Part(part) = self.class(at + 1) {
            return Some(FormMatch::new(Form::Part(part, Some(Box::new(day))), at + 2));
        }
        Some(FormMatch::new(day, at + 1))
    }

    /// `the 20th`, from the ordinal on: only in figures and where no noun follows.
    pub fn ordinal_day(&self, at: usize) -> Option<FormMatch> {
        let (day, end) = self.day(at, false)?;
        if !day.ordinal {
            return None;
        }
        let before = if at > 0 { self.low_before(at - 1) } else { "" };
        let cue = matches!(before, "on" | "by" | "until" | "since" | "from" | "around" | "before" | "after" | "of");
        let free = !self.is_word(end)
            || matches!(self.low(end), "and" | "at" | "to" | "when" | "with" | "for" | "the" | "this");
        let place = self.capital(end);
        if let Some((which, after)) = self.which_words(self.skip(end, Class::Of))
            && self.class(after) == Class::Unit(Unit::Month, false)
        {
            let written = Written { day: Some(day), ..Written::default() };
            return Some(FormMatch::with(Form::DayOf(day.value as u8, which), after + 1, written));
        }
        (cue && free && !place).then(|| {
            let written = Written { day: Some(day), ..Written::default() };
            FormMatch::with(super::calendar::calendar(None, None, Some(day.value as u8)), end, written)
        })
    }

    /// `recently`, `now`, `recent months`, `the past`, `the future`, `the time being`.
    pub fn vague(&self, at: usize) -> Option<FormMatch> {
        let vague = |direction, end| Some(FormMatch::new(Form::Vague(direction), end));
        match self.class(at) {
            Class::Vague(Direction::Future) if self.low(at) == "soon" => {
                let as_soon = self.low_before(at) == "as" || self.low(at + 1) == "as";
                // “soon after”, “soon learned”: an order of events, nothing to come.
                let token = self.atoms.get(at).map_or(0, |a| a.token as usize);
                let past = super::tense::around(self.paragraph, token, token) == super::Tense::Past;
                let order = matches!(self.class(at + 1), Class::After) || self.low(at + 1).starts_with("afterward");
                if as_soon || past || order || self.verb_follows(at + 1) {
                    None
                } else {
                    vague(Direction::Future, at + 1)
                }
            }
            Class::Vague(direction) => vague(direction, at + 1),
            Class::Now => {
                let joined = self.class(at + 1) == Class::Dash && !self.spaced(at + 1);
                if joined || self.low(at + 1) == "that" { None } else { vague(Direction::Present, at + 1) }
            }
            Class::Recent => match self.class(at + 1) {
                Class::Unit(_, true) => vague(Direction::Past, at + 2),
                _ => None,
            },
            Class::The => match (self.class(at + 1), self.low(at + 1), self.low(at + 2)) {
                (Class::Past, _, next)
                    if !matches!(
                        self.class(at + 2),
                        Class::Unit(..) | Class::Few | Class::Several | Class::Cardinal(_) | Class::Digits(..)
                    ) =>
                {
                    let noun = self.is_word(at + 2)
                        && self.spaced(at + 2)
                        && !matches!(next, "and" | "with" | "but" | "as" | "is" | "was" | "to" | "for" | "by");
                    if noun { None } else { vague(Direction::Past, at + 2) }
                }
                (_, "future", _) => {
                    let noun = self.is_word(at + 2)
                        && self.spaced(at + 2)
                        && !matches!(
                            self.low(at + 2),
                            "and" | "with" | "but" | "as" | "of" | "to" | "for" | "by" | "that" | "is" | "was"
                        );
                    if noun { None } else { vague(Direction::Future, at + 2) }
                }
                (_, "time", "being") => vague(Direction::Present, at + 3),
                (_, "time", next)
                    if matches!(self.low_before(at), "at" | "by")
                        && (next.is_empty() || matches!(next, "," | "." | ";" | ")" | "and" | "was" | "were")) =>
                {
                    vague(Direction::Unknown, at + 2)
                }
                (_, "near", "future") => vague(Direction::Future, at + 3),
                (_, "day", "before") if !self.is_word(at + 3) => {
                    Some(FormMatch::new(Form::Offset(Count::Exact(1), Unit::Day, false, Start::Discourse), at + 3))
                }
                (_, "day", "after") if !self.is_word(at + 3) => {
                    Some(FormMatch::new(Form::Offset(Count::Exact(1), Unit::Day, true, Start::Discourse), at + 3))
                }
                (_, "day", "before" | "after") => {
                    let later = self.low(at + 2) == "after";
                    let inner = self.anchor(at + 3)?;
                    let start = Start::Form(Box::new(inner.form));
                    Some(FormMatch::new(Form::Offset(Count::Exact(1), Unit::Day, later, start), inner.end))
                }
                _ => None,
            },
            _ if self.low(at) == "these" && self.low(at + 1) == "days" => vague(Direction::Present, at + 2),
            _ => None,
        }
    }

    /// `current`, `future` before what is so.
    pub fn of_now(&self, at: usize) -> Option<FormMatch> {
        let direction = match self.low(at) {
            "current" => Direction::Present,
            "future" => Direction::Future,
            _ => return None,
        };
        // “the Future Fund”, “current affairs”, “the current was strong”
        let noun = self.is_word(at + 1) && self.spaced(at + 1);
        let named = self.capital(at) && (self.capital(at + 1) || self.capital_before(at));
        let set = lexicon::time::BEHIND_OTHER_CURRENTS.contains(self.low(at + 1));
        let fits = noun && self.class(at + 1) == Class::Other && !set || direction == Direction::Future;
        (fits && !named).then(|| FormMatch::new(Form::Vague(direction), at + 1))
    }

    /// A verb in the past follows, as in `soon found`.
    fn verb_follows(&self, at: usize) -> bool {
        let token = self.atoms.get(at).map_or(0, |a| a.token as usize);
        self.is_word(at) && super::tense::is_past(self.paragraph.low(token))
    }
}

/// Whether a stretch of time is behind or ahead: `the next three months`.
fn is_to_come(which: Which) -> bool {
    matches!(which, Which::Next | Which::Coming | Which::Following)
}

/// The day of a part of it: `this morning`, `last night`, `the following evening`.
fn day_of_part(which: Which, part: DayPart) -> Option<Form> {
    Some(match which {
        Which::This => Form::Day(0),
        Which::Last if part == DayPart::Night => Form::Day(-1),
        Which::That => Form::Period(Unit::Day, Which::That),
        Which::Following | Which::Next | Which::Coming => Form::Period(Unit::Day, Which::Following),
        Which::Preceding => Form::Period(Unit::Day, Which::Preceding),
        Which::Last | Which::Past => return None,
    })
}
