//! Expressions that count or point: `two years ago`, `last week`, `the next day`, `three days`, `8 p.m.`, `recently`.

use super::form::{Count, DayPart, Direction, Form, Portion, Start, Unit, Which, Written, YearRef};
use super::lexicon::Class;
use super::text::{Found, Text};

impl Text<'_> {
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
    pub fn which(&self, at: usize) -> Option<Found> {
        let the = self.class(at) == Class::The;
        let (which, next) = self.which_words(at)?;
        let mut written = Written { which: Some((which, self.span(at, next))), ..Written::default() };
        let stretch_end = |which| matches!(which, Which::Next | Which::Coming | Which::Following);
        if let Some((count, unit, end)) = self.counted_units(next) {
            let countable = !matches!(which, Which::This | Which::That);
            return countable.then(|| Found::with(Form::Stretch(count, unit, stretch_end(which)), end, written));
        }
        match self.class(next) {
            Class::Unit(unit, false) => {
                if matches!(unit, Unit::Second | Unit::Minute)
                    || (self.class(next + 1) == Class::Dash && !self.spaced(next + 1) && !self.spaced(next + 2))
                {
                    return None;
                }
                let end = next + 1;
                if which == Which::That && matches!(unit, Unit::Hour) {
                    return None;
                }
                if unit == Unit::Day && matches!(which, Which::Last | Which::Past) {
                    return None;
                }
                // `the past year`: twelve months, not last year.
                if the && which == Which::Past {
                    return Some(Found::with(Form::Stretch(Count::Exact(1), unit, false), end, written));
                }
                // `over the next decade`: ten years from now.
                if the
                    && matches!(which, Which::Following | Which::Coming)
                    && matches!(unit, Unit::Decade | Unit::Century)
                {
                    return Some(Found::with(Form::Stretch(Count::Exact(1), unit, true), end, written));
                }
                // “This Week”, the programme
                let mark = |low: &str| matches!(low, "\"" | "'" | "“" | "”" | "‘" | "’");
                let named =
                    self.capital(next) && self.capital(next - 1) && mark(self.low_before(at)) && !self.spaced(at);
                if named && (mark(self.low(end)) || mark(self.low(end + 1))) {
                    return None;
                }
                let period = Form::Period(unit, which);
                if let (Unit::Week, Some(weekday)) = (unit, self.weekday(end).filter(|w| !w.abbreviated)) {
                    written.weekday = Some(weekday);
                    let found = Form::WeekdayOf(weekday.number as i8, which);
                    return Some(Found::with(found, end + 1, written));
                }
                Some(Found::with(period, end, written))
            }
            // `in the coming weeks`, `the following days`
            Class::Unit(unit, true) if self.class(next.wrapping_sub(1)) != Class::That => {
                let countable = !matches!(which, Which::This | Which::That);
                (countable && !matches!(unit, Unit::Second | Unit::Weekend))
                    .then(|| Found::with(Form::Stretch(Count::Some, unit, stretch_end(which)), next + 1, written))
            }
            Class::Weekday(_) | Class::WeekdayShort(_) => {
                let possessive =
                    self.atoms.get(next).is_some_and(|a| self.paragraph.folded.lower[a.fold.end()..].starts_with("'s"));
                if which == Which::Following && possessive {
                    return None;
                }
                let mut found = self.weekday_phrase(next)?;
                found.written.which = written.which;
                match &mut found.form {
                    Form::Weekday(_, slot) => *slot = Some(which),
                    Form::Part(_, Some(day)) => {
                        if let Form::Weekday(_, slot) = day.as_mut() {
                            *slot = Some(which);
                        }
                    }
                    Form::Calendar { which: slot, .. } => *slot = Some(which),
                    _ => {}
                }
                Some(found)
            }
            Class::Month(_) | Class::MonthShort(_) if which != Which::Following || !the => {
                let mut found = self.month_date(next)?;
                found.written.which = written.which;
                if let Form::Calendar { which: slot, .. } = &mut found.form {
                    *slot = Some(which);
                }
                Some(found)
            }
            Class::Season(season) => {
                let free = self.class(next + 1) != Class::Dash && !matches!(self.low(next + 1), "'s");
                free.then(|| Found::with(Form::Season(season, None, Some(which)), next + 1, written))
            }
            Class::Part(part) => {
                let form = match which {
                    Which::This => Form::Part(part, Some(Box::new(Form::Day(0)))),
                    Which::Last if part == DayPart::Night => Form::Part(part, Some(Box::new(Form::Day(-1)))),
                    Which::That => Form::Part(part, Some(Box::new(Form::Period(Unit::Day, Which::That)))),
                    Which::Following | Which::Next | Which::Coming => {
                        Form::Part(part, Some(Box::new(Form::Period(Unit::Day, Which::Following))))
                    }
                    Which::Preceding => Form::Part(part, Some(Box::new(Form::Period(Unit::Day, Which::Preceding)))),
                    Which::Last | Which::Past => return None,
                };
                Some(Found::with(form, next + 1, written))
            }
            Class::Digits(..) => {
                let mut found = self.figures(next).or_else(|| self.day_date(next))?;
                found.written.which = written.which;
                if let Form::Calendar { which: slot, year: None, .. } = &mut found.form {
                    *slot = Some(which);
                }
                Some(found)
            }
            _ => match self.low(next) {
                "time" | "moment"
                    if matches!(which, Which::That | Which::This)
                        && matches!(
                            self.low_before(at),
                            "at" | "by"
                                | "until"
                                | "during"
                                | "since"
                                | "around"
                                | "this"
                                | "that"
                                | "up"
                                | "to"
                                | "from"
                        ) =>
                {
                    Some(Found::with(Form::Vague(Direction::Unknown), next + 1, written))
                }
                "period" if matches!(which, Which::That | Which::This) => {
                    Some(Found::with(Form::Vague(Direction::Unknown), next + 1, written))
                }
                _ => {
                    let mut found = self.holiday(next)?;
                    if let Form::Holiday(_, None, slot) = &mut found.form {
                        *slot = Some(which);
                    }
                    found.written.which = written.which;
                    Some(found)
                }
            },
        }
    }

    /// `three days`, `few weeks`, `10-year`, `two and a half years`, `three full months`: count, unit and end.
    fn counted_units(&self, at: usize) -> Option<(Count, Unit, usize)> {
        let (count, mut next) = self.count(at)?;
        if self.class(next) == Class::And && self.class(next + 1) == Class::A && self.class(next + 2) == Class::Half {
            next += 3;
        }
        next = self.skip(next, Class::Of);
        if self.class(next) == Class::Dash && !self.spaced(next) && !self.spaced(next + 1) {
            next += 1;
        }
        // `two upcoming months`, `three straight days`
        if matches!(
            self.low(next),
            "more"
                | "full"
                | "whole"
                | "straight"
                | "consecutive"
                | "additional"
                | "long"
                | "short"
                | "business"
                | "other"
                | "solid"
                | "entire"
        ) {
            next += 1;
        }
        let Class::Unit(unit, plural) = self.class(next) else { return None };
        let joined = self.class(next - 1) == Class::Dash;
        // “one weekend”, “2 day” is a slip; `a day` and `10-day` are not.
        if !plural
            && !joined
            && !matches!(count, Count::Exact(1))
            && self.class(next + 1) != Class::Dash
            && self.low(next + 1) != "period"
            && self.low(next + 1) != "long"
        {
            return None;
        }
        if unit == Unit::Quarter && joined && plural {
            return None;
        }
        if unit == Unit::Quarter && !joined && self.class(next + 1) == Class::Of {
            return None;
        }
        Some((count, unit, next + 1))
    }

    fn count(&self, at: usize) -> Option<(Count, usize)> {
        match self.class(at) {
            Class::Few | Class::Several if self.low(at) != "many" || matches!(self.class(at + 1), Class::Unit(..)) => {
                Some((Count::Some, at + 1))
            }
            Class::A => match self.class(at + 1) {
                Class::Few => Some((Count::Some, at + 2)),
                Class::Hundred | Class::Thousand => {
                    self.number_words(at + 1).map(|(value, end)| (Count::Exact(value), end))
                }
                _ if matches!(self.low(at + 1), "dozen") => Some((Count::Exact(12), at + 2)),
                _ => Some((Count::Exact(1), at + 1)),
            },
            _ => self.number(at).map(|(value, end)| (Count::Exact(value), end)),
        }
    }

    /// A count of units and where it starts: `two years ago`, `three days after May 3`, or only a length of time.
    pub fn quantity(&self, at: usize) -> Option<Found> {
        let mut start = at;
        for _ in 0..2 {
            match self.class(start) {
                Class::Approximately | Class::Some if self.class(start + 1) != Class::The => start += 1,
                Class::More | Class::Less if self.class(start + 1) == Class::Than => start += 2,
                _ if start == at && self.class(at) == Class::At && self.low(at + 1) == "least" => start += 2,
                _ => break,
            }
        }
        let bounded = start > at;
        let (count, unit, end) = match self.counted_units(start) {
            Some(found) => found,
            None => {
                let Class::Unit(unit, true) = self.class(start) else { return None };
                (Count::Some, unit, start + 1)
            }
        };
        if self.money_before(at)
            || self.low(end) == "old"
            || (self.class(end) == Class::Dash && self.low(end + 1) == "old")
            || self.low(end) == "of" && self.low(end + 1) == "age"
        {
            return None;
        }
        let some_only = count == Count::Some && matches!(self.class(start), Class::Unit(..));
        let end_dash = if self.joined_dash(end) && self.class(end + 1) == Class::Long { end + 2 } else { end };
        let singular_article = self.class(start) == Class::A;
        if let Some(found) = self.offset(count, unit, end) {
            return Some(found);
        }
        if matches!(unit, Unit::Second | Unit::Weekend) || (unit == Unit::Quarter && singular_article) {
            return None;
        }
        if singular_article && matches!(unit, Unit::Minute) {
            return None;
        }
        if some_only {
            let cue =
                matches!(self.low_before(at), "for" | "within" | "after" | "in" | "took" | "lasted") || end_dash > end;
            if !cue || bounded {
                return None;
            }
            if unit == Unit::Hour && self.low_before(at) != "for" {
                return None;
            }
        }
        // `$5 a day`, `twice a year`
        Some(Found::new(Form::Duration(count, unit), end_dash))
    }

    fn money_before(&self, at: usize) -> bool {
        matches!(self.low_before(at), "$" | "£" | "€" | ":" | "." | "#") && !self.spaced(at)
            || (at > 0 && !self.spaced(at) && matches!(self.class_before(at), Class::Dash | Class::Slash))
    }

    /// `ago`, `later`, `before`, `from now`, `after May 3` behind a count of units.
    fn offset(&self, count: Count, unit: Unit, end: usize) -> Option<Found> {
        let offset = |later, start, end| Some(Found::new(Form::Offset(count, unit, later, start), end));
        match self.class(end) {
            Class::Ago => offset(false, Start::Published, end + 1),
            Class::Later => offset(true, Start::Discourse, end + 1),
            Class::Earlier => offset(false, Start::Discourse, end + 1),
            Class::Previous if self.low(end) == "prior" => offset(false, Start::Discourse, end + 1),
            Class::From => {
                if self.class(end + 1) == Class::Now {
                    return offset(true, Start::Published, end + 2);
                }
                let inner = self.anchor(end + 1)?;
                offset(true, Start::Form(Box::new(inner.form)), inner.end)
            }
            Class::After | Class::Before => {
                let later = self.class(end) == Class::After;
                if let Some(inner) = self.anchor(end + 1) {
                    return offset(later, Start::Form(Box::new(inner.form)), inner.end);
                }
                // `two years before` at the end of its clause
                let alone = !self.is_word(end + 1) && !matches!(self.class(end + 1), Class::Digits(..));
                (!later && alone).then(|| Found::new(Form::Offset(count, unit, false, Start::Discourse), end + 1))
            }
            _ => match self.low(end) {
                "afterward" | "afterwards" | "thereafter" => offset(true, Start::Discourse, end + 1),
                "previously" => offset(false, Start::Discourse, end + 1),
                "hence" => offset(true, Start::Published, end + 1),
                _ => None,
            },
        }
    }

    /// A date by name that units are counted from.
    fn anchor(&self, at: usize) -> Option<Found> {
        let at = self.skip(at, Class::The);
        match self.class(at) {
            Class::Day(..) => self.relative_day(at),
            Class::Month(_) | Class::MonthShort(_) => self.month_date(at).filter(|f| f.written.day.is_some()),
            Class::Digits(..) => self.figures(at).or_else(|| self.day_date(at)),
            Class::Ordinal(..) => self.day_date(at),
            _ => self.holiday(at),
        }
    }

    /// `in two weeks`, `in a month` about the future, with its preposition.
    pub fn in_future(&self, at: usize) -> Option<Found> {
        let (count, unit, end) = self.counted_units(at + 1)?;
        if self.class(end) == Class::From && matches!(self.class(end + 1), Class::Day(..) | Class::Now) {
            return None;
        }
        // “in seven weeks they built it” is a length of time.
        let token = |atom: usize| self.atoms.get(atom).map_or(0, |a| a.token as usize);
        if super::tense::around(self.paragraph, token(at), token(end.saturating_sub(1))) == super::Tense::Past {
            return None;
        }
        let ends = !self.is_word(end) || matches!(self.class(end), Class::Or | Class::And);
        let joined = self.class(end.saturating_sub(2)) == Class::Dash;
        let length = matches!(unit, Unit::Day | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Year);
        (ends
            && !joined
            && length
            && matches!(count, Count::Exact(_))
            && !matches!(self.class(end), Class::Ago | Class::Later))
        .then(|| Found::new(Form::Offset(count, unit, true, Start::Published), end))
    }

    /// `today`, `yesterday morning`, `tonight`.
    pub fn relative_day(&self, at: usize) -> Option<Found> {
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
            return Some(Found::new(Form::Part(DayPart::Night, Some(Box::new(day))), at + 1));
        }
        if let Class::Part(part) = self.class(at + 1) {
            return Some(Found::new(Form::Part(part, Some(Box::new(day))), at + 2));
        }
        Some(Found::new(day, at + 1))
    }

    /// `morning of May 3`, `night of Feb. 2`; from the noun on, with `the` before.
    pub fn part_of_day(&self, at: usize) -> Option<Found> {
        let Class::Part(part) = self.class(at) else { return None };
        let of = if self.low(at + 1) == "hours" { at + 2 } else { at + 1 };
        if self.class(of) != Class::Of {
            return None;
        }
        let next = self.skip(of + 1, Class::The);
        let inner = match self.class(next) {
            Class::Month(_) | Class::MonthShort(_) => self.month_date(next).filter(|f| f.written.day.is_some()),
            Class::Digits(..) | Class::Ordinal(..) | Class::First => {
                self.figures(next).or_else(|| self.day_date(next)).or_else(|| self.ordinal_day(next))
            }
            Class::Weekday(_) => self.weekday_phrase(next),
            _ => None,
        }?;
        Some(Found { form: Form::Part(part, Some(Box::new(inner.form))), ..inner })
    }

    /// `at night`, `in the morning`: from the noun on.
    pub fn bare_part(&self, at: usize) -> Option<Found> {
        let Class::Part(part) = self.class(at) else { return None };
        let the = self.class_before(at) == Class::The && at >= 2;
        let fits = match part {
            DayPart::Night => self.low_before(at) == "at" && matches!(self.low(at), "night"),
            _ => {
                the && matches!(self.low_before(at - 1), "in")
                    && matches!(self.low(at), "morning" | "afternoon" | "evening")
            }
        };
        let noun = self.is_word(at + 1)
            && self.spaced(at + 1)
            && self.class(at + 1) == Class::Other
            && self.low(at + 1).ends_with('s');
        (fits && !noun && self.class(at + 1) != Class::Of).then(|| Found::new(Form::Part(part, None), at + 1))
    }

    /// `the 20th`, from the ordinal on: only in figures and where no noun follows.
    pub fn ordinal_day(&self, at: usize) -> Option<Found> {
        let (day, end) = self.day(at, false)?;
        if !day.ordinal {
            return None;
        }
        let before = if at > 0 { self.low_before(at - 1) } else { "" };
        let cue = matches!(before, "on" | "by" | "until" | "since" | "from" | "around" | "before" | "after" | "of");
        let free = !self.is_word(end)
            || matches!(self.low(end), "and" | "at" | "to" | "when" | "with" | "for" | "the" | "this");
        let place = self.capital(end);
        let mut end = end;
        if self.class(end) == Class::This || (self.class(end) == Class::Of && self.which_words(end + 1).is_some()) {
            let next = self.skip(end, Class::Of);
            if let Some((_, after)) = self.which_words(next)
                && self.class(after) == Class::Unit(Unit::Month, false)
            {
                end = after + 1;
            }
        }
        (cue && free && !place).then(|| {
            let written = Written { day: Some(day), ..Written::default() };
            Found::with(super::calendar::calendar(None, None, Some(day.value as u8)), end, written)
        })
    }

    /// A season: with a year or where the words before make it one; `called` when they do.
    pub fn season(&self, at: usize, called: bool) -> Option<Found> {
        let Class::Season(season) = self.class(at) else { return None };
        let mut written = Written::default();
        let linked = matches!(self.class(at + 1), Class::Of | Class::In) || self.class(at + 1) == Class::Comma;
        let next = if linked { at + 2 } else { at + 1 };
        let next_the = if self.class(next) == Class::The && self.low(next + 1) == "year" { next + 2 } else { next };
        if let Some((year, number, end)) = self.year(next_the)
            && !number.words
        {
            // `winter 2016-17`
            let mut end = end;
            if self.joined_dash(end) && matches!(self.class(end + 1), Class::Digits(_, 2 | 4)) {
                end += 2;
            }
            written.year = Some(number);
            return Some(Found::with(Form::Season(season, Some(year), None), end, written));
        }
        if self.class(at + 1) == Class::Of
            && let Some((which, end)) = self.relative_year(at + 2)
        {
            return Some(Found::with(Form::Season(season, Some(YearRef::Relative(which)), None), end, written));
        }
        let the = self.class_before(at) == Class::The;
        let preposition = matches!(
            if the { self.low_before(at - 1) } else { self.low_before(at) },
            "in" | "by"
                | "during"
                | "since"
                | "until"
                | "through"
                | "throughout"
                | "before"
                | "after"
                | "of"
                | "and"
                | "for"
        );
        let fall = self.low(at) == "fall";
        let noun_follows = self.is_word(at + 1)
            && self.class(at + 1) == Class::Other
            && !matches!(
                self.low(at + 1),
                "when" | "after" | "with" | "by" | "as" | "he" | "she" | "they" | "it" | "was"
            );
        let capital = self.capital(at) && at > 0;
        if called && !(fall && self.class(at + 1) == Class::Of) {
            return Some(Found::with(Form::Season(season, None, None), at + 1, written));
        }
        let plain = preposition
            && !noun_follows
            && !capital
            && self.class(at + 1) != Class::Dash
            && self.class(at + 1) != Class::Of;
        let bare = preposition || (the && matches!(season, super::form::Season::Summer | super::form::Season::Winter));
        let fits = if fall {
            plain
                && matches!(
                    if the { self.low_before(at - 1) } else { self.low_before(at) },
                    "in" | "during" | "since" | "until" | "by"
                )
                && the
        } else {
            bare && plain || (the && !noun_follows && !capital && self.class(at + 1) != Class::Of)
        };
        fits.then(|| Found::with(Form::Season(season, None, None), at + 1, written))
    }

    /// `third quarter of 2017`, `first half`, `second half of next year`: from the ordinal on.
    pub fn fraction(&self, at: usize) -> Option<Found> {
        let (number, of, end) = match (self.ordinal(at), self.class(at)) {
            (Some((number, next, _)), _) => match self.class(next) {
                Class::Unit(Unit::Quarter, false) => (number, 4, next + 1),
                Class::Half => (number, 2, next + 1),
                _ => return None,
            },
            (None, Class::Last) if self.class(at + 1) == Class::Half => (2, 2, at + 2),
            (None, _) if matches!(self.low(at), "latter") && self.class(at + 1) == Class::Half => (2, 2, at + 2),
            (None, Class::Fraction(number, of)) => (number, of, at + 1),
            _ => return None,
        };
        if number > of {
            return None;
        }
        let mut written = Written::default();
        let next = self.skip(end, Class::Of);
        let linked = next > end;
        let next = self.skip(next, Class::Comma);
        if let Some((year, number_written, after)) = self.year(next).filter(|(_, n, _)| !n.words) {
            written.year = Some(number_written);
            return Some(Found::with(Form::Fraction(number, of, Some(year)), after, written));
        }
        if linked {
            if let Some((which, after)) = self.relative_year(next) {
                return Some(Found::with(Form::Fraction(number, of, Some(YearRef::Relative(which))), after, written));
            }
            if let Some(inner) = self.inner(next).filter(|f| f.form_is_period()) {
                let portion = if number * 2 <= of { Portion::Early } else { Portion::Late };
                return Some(Found { form: Form::Portion(portion, Box::new(inner.form)), ..inner });
            }
            if self.class(next) == Class::The && self.class(next + 1) == Class::Unit(Unit::Year, false) {
                return Some(Found::with(
                    Form::Fraction(number, of, Some(YearRef::Relative(Which::That))),
                    next + 2,
                    written,
                ));
            }
        }
        // A quarter without a year: in business copy, but not in a game.
        let business = of == 4
            && self.low_before(at) == "the"
            && matches!(self.low_before(at.saturating_sub(1)), "in" | "for" | "during" | "of")
            && matches!(self.low(end), "results" | "earnings" | "profit" | "sales" | "revenue");
        business.then(|| Found::with(Form::Fraction(number, of, None), end, written))
    }

    /// `first week of 2015`, `last two months of the year`, `first 10 days of May`.
    pub fn piece(&self, at: usize) -> Option<Found> {
        let (from_start, skip, next) = match self.class(at) {
            Class::Last => (false, 0, at + 1),
            _ if self.low(at) == "final" => (false, 0, at + 1),
            _ => {
                let (number, end, _) = self.ordinal(at)?;
                (true, u32::from(number) - 1, end)
            }
        };
        let (take, unit, end) = match self.class(next) {
            Class::Unit(unit, false) => (1, unit, next + 1),
            _ => match self.counted_units(next)? {
                (Count::Exact(n), unit, end) if skip == 0 => (n, unit, end),
                _ => return None,
            },
        };
        if self.class(end) != Class::Of
            || !matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Weekend)
        {
            return None;
        }
        let inner = self.inner(end + 1).filter(|f| f.form_is_period()).or_else(|| {
            let next = self.skip(end + 1, Class::The);
            let Class::Unit(whole @ (Unit::Year | Unit::Month | Unit::Decade | Unit::Century), false) =
                self.class(next)
            else {
                return None;
            };
            (next > end + 1 && self.class(next + 1) != Class::Dash)
                .then(|| Found::new(Form::Period(whole, Which::That), next + 1))
        })?;
        Some(Found { form: Form::Piece(from_start, skip, take, unit, Box::new(inner.form)), ..inner })
    }

    /// `week of April 10`: from the noun on.
    pub fn week_of(&self, at: usize) -> Option<Found> {
        let Class::Unit(Unit::Week | Unit::Weekend, false) = self.class(at) else { return None };
        if !(self.class(at + 1) == Class::Of
            || matches!(self.low(at + 1), "beginning" | "starting" | "commencing" | "ending"))
            || self.low(at + 1) == "ending"
        {
            return None;
        }
        let next = self.skip(at + 2, Class::The);
        let inner = match self.class(next) {
            Class::Month(_) | Class::MonthShort(_) => self.month_date(next).filter(|f| f.written.day.is_some()),
            Class::Digits(..) | Class::Ordinal(..) => {
                self.figures(next).or_else(|| self.day_date(next)).or_else(|| self.ordinal_day(next))
            }
            _ => self.holiday(next),
        }?;
        Some(Found { form: Form::WeekOf(Box::new(inner.form)), ..inner })
    }

    /// `every Monday`, `each year`, `per day`, `daily`.
    pub fn repeated(&self, at: usize) -> Option<Found> {
        match self.class(at) {
            Class::Adverb(unit) => {
                let name = self.capital(at) && at > 0 && !matches!(self.low_before(at), "." | "\"");
                (!name && !self.capital(at + 1)).then(|| Found::new(Form::Every(unit), at + 1))
            }
            Class::Every | Class::Per => {
                if let Class::Unit(unit, false) = self.class(at + 1) {
                    let rate = self.class(at) == Class::Per;
                    let form = if rate { Form::Duration(Count::Exact(1), unit) } else { Form::Every(unit) };
                    return Some(Found::new(form, at + 2));
                }
                if let Some(weekday) = self.weekday(at + 1).filter(|w| !w.abbreviated) {
                    let end = if matches!(self.class(at + 2), Class::Part(_)) { at + 3 } else { at + 2 };
                    return Some(Found::new(Form::EveryWeekday(weekday.number as i8), end));
                }
                if self.class(at) == Class::Every {
                    if let Class::Part(_) = self.class(at + 1) {
                        return Some(Found::new(Form::Every(Unit::Day), at + 2));
                    }
                    if let Class::Season(_) = self.class(at + 1) {
                        return Some(Found::new(Form::Every(Unit::Year), at + 2));
                    }
                    if let Some((_, unit, end)) = self.counted_units(at + 1) {
                        return Some(Found::new(Form::Every(unit), end));
                    }
                }
                None
            }
            _ => None,
        }
    }

    /// A time of day: `8 p.m.`, `8:30 a.m. EST`, `20:00 GMT`, `0500 hours`, `noon`.
    pub fn clock(&self, at: usize) -> Option<Found> {
        let clock = |hour: u32, minute: Option<u32>, end: usize| {
            let fits = hour <= 24 && minute.is_none_or(|m| m < 60);
            fits.then(|| Found::new(Form::Clock(hour as u8, minute.map(|m| m as u8)), self.skip_zone(end)))
        };
        match self.class(at) {
            Class::NamedHour(hour) => Some(Found::new(Form::Clock(hour, None), at + 1)),
            Class::GluedClock(hour) => clock(u32::from(hour), None, at + 1),
            Class::Digits(hour, 1 | 2) => {
                if let Class::Meridiem(pm) = self.class(at + 1) {
                    return clock(self.to_24(hour, pm, at + 1)?, None, at + 2);
                }
                if self.low(at + 1) == "o'clock" {
                    return clock(hour, None, at + 2);
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

    fn skip_zone(&self, at: usize) -> usize {
        let zone = matches!(
            self.low(at),
            "gmt"
                | "utc"
                | "bst"
                | "cet"
                | "cest"
                | "est"
                | "edt"
                | "et"
                | "cst"
                | "cdt"
                | "ct"
                | "mst"
                | "mdt"
                | "pst"
                | "pdt"
                | "pt"
                | "ist"
        ) && self.capital(at);
        if zone { at + 1 } else { at }
    }

    /// `recently`, `now`, `recent months`, `the past`, `the future`, `the time being`.
    pub fn vague(&self, at: usize) -> Option<Found> {
        let vague = |direction, end| Some(Found::new(Form::Vague(direction), end));
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
                        && !matches!(self.low(at + 2), "and" | "with" | "but" | "as" | "of" | "to" | "for" | "by");
                    if noun || self.class(at + 2) == Class::Of { None } else { vague(Direction::Future, at + 2) }
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
                    Some(Found::new(Form::Offset(Count::Exact(1), Unit::Day, false, Start::Discourse), at + 3))
                }
                (_, "day", "after") if !self.is_word(at + 3) => {
                    Some(Found::new(Form::Offset(Count::Exact(1), Unit::Day, true, Start::Discourse), at + 3))
                }
                (_, "day", "before" | "after") => {
                    let later = self.low(at + 2) == "after";
                    let inner = self.anchor(at + 3)?;
                    let start = Start::Form(Box::new(inner.form));
                    Some(Found::new(Form::Offset(Count::Exact(1), Unit::Day, later, start), inner.end))
                }
                _ => None,
            },
            _ if self.low(at) == "these" && self.low(at + 1) == "days" => vague(Direction::Present, at + 2),
            _ => None,
        }
    }

    /// A verb in the past follows, as in `soon found`.
    fn verb_follows(&self, at: usize) -> bool {
        let token = self.atoms.get(at).map_or(0, |a| a.token as usize);
        self.is_word(at) && super::tense::is_past(self.paragraph.low(token))
    }

    /// `later that month`, `earlier this year`, `later in 1943`.
    pub fn comparative(&self, at: usize) -> Option<Found> {
        let portion = match self.class(at) {
            Class::Earlier => Portion::Early,
            Class::Later => Portion::Late,
            _ => return None,
        };
        let next = self.skip(at + 1, Class::In);
        let linked = next > at + 1;
        let found = match self.class(next) {
            Class::This | Class::That | Class::Same | Class::Last | Class::Next => self.which(next),
            Class::The
                if linked
                    && matches!(
                        self.class(next + 1),
                        Class::Unit(
                            Unit::Week | Unit::Month | Unit::Year | Unit::Day | Unit::Decade | Unit::Century,
                            false
                        )
                    ) =>
            {
                let Class::Unit(unit, _) = self.class(next + 1) else { return None };
                Some(Found::new(Form::Period(unit, Which::This), next + 2))
            }
            Class::The => self.which(next).or_else(|| if linked { self.inner(next) } else { None }),
            Class::Month(_) | Class::Digits(..) | Class::Season(_) | Class::Previous if linked => self.inner(next),
            Class::Day(..) | Class::Weekday(_) if !linked => self.inner(next),
            _ => None,
        }?;
        let day = matches!(found.form, Form::Vague(_) | Form::Stretch(..));
        (!day).then(|| {
            let mut written = found.written;
            written.portion = Some((portion, self.span(at, at + 1)));
            Found { form: Form::Portion(portion, Box::new(found.form.clone())), written, ..found }
        })
    }
}

impl Found {
    /// A month, a year or something longer.
    pub fn form_is_period(&self) -> bool {
        match &self.form {
            Form::Calendar { day, .. } => day.is_none(),
            Form::Decade(..) | Form::Century(..) | Form::Season(..) | Form::Fraction(..) => true,
            Form::Period(unit, _) => {
                matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century)
            }
            _ => false,
        }
    }
}
