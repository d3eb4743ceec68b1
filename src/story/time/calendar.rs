//! Dates, months, years, decades and centuries.

use super::form::{DayPart, Form, Which, Written, WrittenNumber, YearRef};
use super::holiday;
use super::lexicon::{Class, is_counted};
use super::text::{AtomText, FormMatch};
use crate::lexicon;

impl AtomText<'_> {
    /// A date that starts with a month: `May 3, 2018`, `May 2018`, `May`.
    pub fn month_date(&self, at: usize) -> Option<FormMatch> {
        let month = self.month(at)?;
        let mut written = Written { month: Some(month), ..Written::default() };
        let mut next = at + 1;
        // `Oct/2`, `Dec-2018`
        if !self.spaced(next) && matches!(self.class(next), Class::Slash | Class::Dash) && !self.spaced(next + 1) {
            next += 1;
        }
        let comma = self.skip(next, Class::Comma);
        let day_at =
            if self.class(next) == Class::The && self.capital(next + 1) { next } else { self.skip(next, Class::The) };
        let day = self.day(day_at, true).or_else(|| {
            let ordinal = matches!(self.class(comma), Class::Ordinal(_, true));
            if ordinal { self.day(comma, false) } else { None }
        });
        if let Some((day, end)) = day.filter(|&(_, end)| !self.counts_something(end) || self.is_verb_with_toll(end)) {
            written.day = Some(day);
            let (mut year, end) = self.year_after(end, &mut written);
            // The attacks need no year in any newsroom.
            let attacks = matches!(self.low(end), "attack" | "attacks" | "terrorist" | "terrorists" | "hijackers");
            if year.is_none() && (month.number, day.value) == (9, 11) && attacks {
                year = Some(YearRef::Written(2001));
            }
            let form = calendar(year, Some(month.number), Some(day.value as u8));
            return Some(FormMatch::with(form, end, written));
        }
        let (year, end) = self.year_after(next, &mut written);
        if year.is_none() {
            if let Some((value, end)) = self.short_year(next) {
                written.year = Some(value);
                let form = calendar(Some(YearRef::Short(value.value as u8)), Some(month.number), None);
                return Some(FormMatch::with(form, end, written));
            }
            if !self.is_month_alone(at) {
                return None;
            }
            return Some(FormMatch::with(calendar(None, Some(month.number), None), at + 1, written));
        }
        if month.abbreviated && !self.capital(at) && year.is_none() {
            return None;
        }
        Some(FormMatch::with(calendar(year, Some(month.number), None), end, written))
    }

    /// `’87` behind a month.
    fn short_year(&self, at: usize) -> Option<(WrittenNumber, usize)> {
        let (_, written, end) = self.year(at)?;
        (self.class(at) == Class::Apostrophe).then_some((written, end))
    }

    /// Whether what is at `at` is counted by the number before it: a unit, a noun such as `people`, `%`.
    pub fn counts_something(&self, at: usize) -> bool {
        let low = self.low(at);
        is_counted(low)
            || matches!(low, "%" | "percent")
            || matches!(self.class(at), Class::Unit(..) | Class::Hundred | Class::Thousand)
            || (self.class(at) == Class::Colon && !self.spaced(at + 1))
    }

    /// `The bombings on Aug. 7 killed 259 people`: who was killed is told behind the verb.
    fn is_verb_with_toll(&self, at: usize) -> bool {
        matches!(self.low(at), "killed" | "wounded")
            && (matches!(
                self.class(at + 1),
                Class::Digits(..)
                    | Class::Cardinal(_)
                    | Class::More
                    | Class::At
                    | Class::A
                    | Class::The
                    | Class::Several
                    | Class::Hundred
                    | Class::Thousand
                    | Class::Approximately
                    | Class::Some
            ) || matches!(
                self.low(at + 1),
                "dozens" | "hundreds" | "thousands" | "scores" | "his" | "her" | "their" | "all"
            ))
    }

    /// A year behind a day or a month, and the end; without one, `at`.
    pub fn year_after(&self, at: usize, written: &mut Written) -> (Option<YearRef>, usize) {
        let mut next = self.skip(at, Class::Comma);
        let linked = matches!(self.class(next), Class::Of | Class::In);
        let of = self.class(next) == Class::Of;
        if linked {
            next += 1;
            if self.class(next) == Class::The && self.low(next + 1) == "year" {
                next += 2;
            }
        }
        if self.class(next) == Class::Dash && self.joined_dash(next) {
            next += 1;
        }
        if let Some((year, number, end)) = self.year(next) {
            let short = matches!(year, YearRef::Short(_));
            let words = number.words;
            let counts = is_counted(self.low(end)) || self.is_grouped(end);
            let unlikely = (short && linked) || (words && number.value < 1000);
            if !counts && !unlikely {
                written.year = Some(number);
                return (Some(year), end);
            }
        }
        if of && let Class::Digits(value, 2) = self.class(next) {
            let number =
                WrittenNumber { span: self.span(next, next + 1), value: value as i32, ordinal: false, words: false };
            written.year = Some(number);
            return (Some(YearRef::Short(value as u8)), next + 1);
        }
        if (of || next == at)
            && let Some((which, end)) = self.relative_year(next)
        {
            return (Some(YearRef::Relative(which)), end);
        }
        (None, at)
    }

    /// A digit group goes on behind, such as a time of day or a decimal.
    pub fn is_grouped(&self, at: usize) -> bool {
        self.class(at) == Class::Colon && !self.spaced(at) && !self.spaced(at + 1)
    }

    /// `last year`, `that same year`, `the following year`.
    pub fn relative_year(&self, at: usize) -> Option<(Which, usize)> {
        let found = self.which_words(at)?;
        (self.class(found.1) == Class::Unit(super::form::Unit::Year, false)).then_some((found.0, found.1 + 1))
    }

    pub fn is_meridiem(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Meridiem(_)) && !(self.low(at) == "am" && self.spaced(at))
    }

    /// A month without day and year: its name must not be a word or a person's name.
    fn is_month_alone(&self, at: usize) -> bool {
        let Some(month) = self.month(at) else { return false };
        let before = self.low_before(at);
        let cue = lexicon::time::BEFORE_MONTHS.contains(before)
            || (self.class_before(at) == Class::Dash && at >= 2 && !self.spaced(at) && self.early_or_month(at - 2));
        let beside_month = (matches!(before, "to" | "and" | "or" | "through" | "of" | "from") && self.near_month(at))
            || (matches!(self.class(at + 1), Class::Dash | Class::To) && self.month(at + 2).is_some());
        let edge = before == "of"
            && at >= 2
            && matches!(self.class(at - 2), Class::Start | Class::Middle | Class::End | Class::Part(_));
        let lower_ok = !matches!(month.number, 3 | 5 | 8) && !month.abbreviated;
        if !self.capital(at) {
            return lower_ok;
        }
        if month.abbreviated
            && matches!(self.low(at), "mar" | "jan" | "dec" | "jun" | "nov" | "oct" | "sep" | "apr" | "jul")
        {
            // Without its point and without a number, `Jan` or `Mar` is more often a name.
            return cue || beside_month;
        }
        // “May said”, “April Jones”, “the March on …”
        let next_capital =
            self.capital(at + 1) && self.is_word(at + 1) && self.spaced(at + 1) && self.class(at + 1) == Class::Other;
        match month.number {
            3..=6 | 8 => {
                let strong = matches!(
                    before,
                    "in" | "since" | "late" | "early" | "last" | "mid" | "this" | "next" | "previous" | "following"
                );
                let adjective = self.class_before(at) == Class::The
                    && month.number != 5
                    && self.is_word(at + 1)
                    && !self.capital(at + 1)
                    && !matches!(self.low(at + 1), "on" | "for" | "of" | "to" | "in" | "from" | "was" | "is" | "and");
                let free = month.number == 8 && !next_capital && !self.capital_before(at);
                (cue && (!next_capital || strong))
                    || month.number == 3 && before == "from" && !next_capital
                    || beside_month
                    || edge
                    || adjective
                    || free
                    || self.class(at + 1) == Class::Comma && self.year(at + 2).is_some()
            }
            _ => !self.capital_before(at) || cue || beside_month,
        }
    }

    fn early_or_month(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Mid | Class::Early | Class::Late) || self.month(at).is_some()
    }

    fn near_month(&self, at: usize) -> bool {
        let from = at.saturating_sub(5);
        (from..at).any(|i| self.month(i).is_some()) || (at + 1..at + 5).any(|i| self.month(i).is_some())
    }

    /// A capitalised word that is no preposition is right before, as in `Theresa May`.
    pub fn capital_before(&self, at: usize) -> bool {
        at > 0
            && self.spaced(at)
            && self.capital(at - 1)
            && self.is_word(at - 1)
            && self.class(at - 1) == Class::Other
            && !matches!(self.low(at - 1), "since" | "by" | "during" | "throughout")
    }

    /// A date that starts with its day: `3 May 2018`, `the 3rd of May`, `2–5 May`.
    pub fn day_date(&self, at: usize) -> Option<FormMatch> {
        let (day, mut next) = self.day(at, true)?;
        if let Some(first) = self.first_of_two_days(at, day, next) {
            return Some(first);
        }
        let direct = next;
        if self.low(next) == "day" {
            next += 1;
        }
        let of = self.class(next) == Class::Of;
        next = self.skip(next, Class::Of);
        if !self.spaced(next) && matches!(self.class(next), Class::Slash | Class::Dash) && next == direct {
            next += 1;
        }
        let month = self.month(next)?;
        // “second May”, “one March”: only figures, or words with `of` or a capital, make a date.
        let plain = of || (!day.words && !matches!(month.number, 3 | 5));
        if !self.capital(next) && !plain {
            return None;
        }
        if day.words && !of && !self.capital(next) {
            return None;
        }
        let mut written = Written { month: Some(month), day: Some(day), ..Written::default() };
        let (year, end) = self.year_after(next + 1, &mut written);
        Some(FormMatch::with(calendar(year, Some(month.number), Some(day.value as u8)), end, written))
    }

    /// A weekday, alone or before a date: `Monday`, `Monday, Feb. 19, 2018`, `Monday night`, `Monday the 5th`.
    pub fn weekday_phrase(&self, at: usize) -> Option<FormMatch> {
        let weekday = self.weekday(at)?;
        // “The Herald Sun, 12 March”: a newspaper.
        let is_paper = self.low(at) == "sun" && (self.capital_before(at) || self.class_before(at) == Class::The);
        if is_paper {
            return None;
        }
        let next = at + 1;
        let mut after = self.skip(next, Class::Comma);
        if self.joined_dash(next) {
            after = next + 1;
        }
        let date_at = self.skip(self.skip(after, Class::On), Class::The);
        let date = match self.class(date_at) {
            Class::Month(_) | Class::MonthShort(_) => self.month_date(date_at).filter(|f| f.written.day.is_some()),
            Class::Digits(..) | Class::Ordinal(..) | Class::First | Class::OtherNumber => {
                self.figures(date_at).or_else(|| self.day_date(date_at))
            }
            _ => None,
        };
        if let Some(mut found) = date {
            found.written.weekday = Some(weekday);
            return Some(found);
        }
        // `Monday the 5th`, `Fri 14th`
        if (after == next || self.class(date_at.saturating_sub(1)) == Class::The)
            && let Some((day, end)) =
                self.day(date_at, true).filter(|(d, _)| d.ordinal || self.ends_phrase(date_at + 1))
        {
            let free = !self.is_word(end) || self.class(end) != Class::Other || !self.spaced(end);
            if free && !self.counts_something(end) && !self.is_meridiem(end) && (day.ordinal || !day.words) {
                let written = Written { weekday: Some(weekday), day: Some(day), ..Written::default() };
                return Some(FormMatch::with(calendar(None, None, Some(day.value as u8)), end, written));
            }
        }
        let written = Written { weekday: Some(weekday), ..Written::default() };
        let form = Form::Weekday(weekday.number as i8, None);
        if weekday.abbreviated {
            return None;
        }
        if !self.capital(at)
            && !matches!(self.low_before(at), "on" | "last" | "next" | "this" | "until" | "by" | "every")
            && at != 0
            && self.class(next) != Class::Part(DayPart::Morning)
            && !matches!(self.low_before(at), "to" | "back")
        {
            return None;
        }
        if self.is_weekday_in_name(at) || self.is_any_weekday(at) {
            return None;
        }
        // `Monday next week`, `Tuesday of last week`
        let of = self.skip(next, Class::Of);
        if let Some((which, end)) = self.which_words(of)
            && self.class(end) == Class::Unit(super::form::Unit::Week, false)
            && !matches!(which, Which::That)
        {
            return Some(FormMatch::with(Form::WeekdayOf(weekday.number as i8, which), end + 1, written));
        }
        if let Class::Part(part) = self.class(next) {
            if self.capital(next) && self.capital(next + 1) {
                return None;
            }
            return Some(FormMatch::with(Form::Part(part, Some(Box::new(form))), next + 1, written));
        }
        Some(FormMatch::with(form, next, written))
    }

    fn ends_phrase(&self, at: usize) -> bool {
        !self.is_word(at) && !matches!(self.class(at), Class::Digits(..) | Class::Colon)
    }

    /// `on a Tuesday`, `the second Monday`, `one Friday night`: some day with that name. `At a Monday meeting` is one day.
    fn is_any_weekday(&self, at: usize) -> bool {
        // `Wednesday nights`
        if matches!(self.low(at + 1), "nights" | "mornings" | "evenings" | "afternoons") {
            return true;
        }
        let noun = if matches!(self.class(at + 1), Class::Part(_)) { at + 2 } else { at + 1 };
        let has_noun =
            self.class(noun) == Class::Other && self.is_word(noun) && self.spaced(noun) && !self.capital(noun);
        let has_noun = has_noun && !matches!(self.low(noun), "when" | "with" | "because" | "so" | "but" | "as");
        match self.class_before(at) {
            Class::A => !has_noun,
            Class::Ordinal(..) | Class::First => !has_noun || self.class(at + 1) == Class::Part(DayPart::Night),
            _ => matches!(self.low_before(at), "one" | "any" | "given" | "another" | "most" | "many" | "no" | "some"),
        }
    }

    /// `first Tuesday in May`, `last Friday of this month`, `second Monday of November 2018`: from the ordinal on.
    pub fn nth_weekday(&self, at: usize) -> Option<FormMatch> {
        let (nth, next) = match self.class(at) {
            Class::Last => (-1, at + 1),
            _ => self.ordinal(at).filter(|&(number, ..)| number <= 5).map(|(number, end, _)| (number as i8, end))?,
        };
        let weekday = self.weekday(next).filter(|weekday| !weekday.abbreviated)?;
        if !matches!(self.class(next + 1), Class::In | Class::Of) {
            return None;
        }
        let number = weekday.number as i8;
        let month = self.skip(next + 2, Class::The);
        if self.class(month) == Class::Every && matches!(self.class(month + 1), Class::Unit(..)) {
            return Some(FormMatch::new(Form::Each(Box::new(Form::Weekday(number, None))), month + 2));
        }
        let inner = match self.class(month) {
            Class::Month(_) | Class::MonthShort(_) => self.inner(month),
            Class::Unit(super::form::Unit::Month, false) => self.discourse_period(month),
            _ => self.which(month),
        }?;
        let is_month = match inner.form {
            Form::Calendar { month, day, .. } => month.is_some() && day.is_none(),
            Form::Period(unit, _) => unit == super::form::Unit::Month,
            _ => false,
        };
        is_month.then(|| FormMatch { form: Form::NthWeekday(nth, number, Box::new(inner.form)), ..inner })
    }

    /// `Sunday Times`, `Super Tuesday`, `Bloody Sunday`, `Saturday Night Live`.
    fn is_weekday_in_name(&self, at: usize) -> bool {
        let paper = lexicon::time::PAPERS_BEHIND_WEEKDAYS.contains(self.low(at + 1)) && self.capital(at + 1);
        let show = matches!(self.low(at + 1), "night" | "morning") && self.capital(at + 1) && self.capital(at + 2);
        let named = at > 0
            && self.spaced(at)
            && lexicon::time::BEFORE_NAMED_DAYS.contains(self.low(at - 1))
            && self.capital(at - 1);
        // `The Sunday Game`
        let titled = self.low_before(at) == "the" && self.capital(at) && self.is_word(at + 1) && self.capital(at + 1);
        paper || show || named || titled && !matches!(self.class(at + 1), Class::Part(_))
    }

    /// A named day, with a year behind it.
    pub fn holiday(&self, at: usize) -> Option<FormMatch> {
        if !self.opens_named_day(at) {
            return None;
        }
        let (holiday, words) = holiday::find(|i| self.low(at + i))?;
        // “labor day weekend”, “next easter”: in small letters, where nothing else can be meant.
        let pointed =
            matches!(self.class_before(at), Class::Next | Class::Last | Class::Previous | Class::Past | Class::Of);
        if !self.capital(at) && !(holiday.is_plain() && (words > 1 || pointed)) {
            return None;
        }
        let end = at + words;
        // “White Christmas”, the song
        if self.capital_before(at) && at >= 2 && !self.is_sentence_start(at - 1) {
            return None;
        }
        // `Labor Day weekend`, `Easter week`
        if let Class::Unit(unit @ (super::form::Unit::Week | super::form::Unit::Weekend), false) = self.class(end) {
            let year = self.year(end + 1).filter(|(y, n, _)| matches!(y, YearRef::Written(1500..)) && !n.words);
            let after = year.map_or(end + 1, |(_, _, after)| after);
            let day = Box::new(Form::Holiday(holiday, year.map(|(year, ..)| year), None));
            return Some(FormMatch::new(Form::WeekOf(day, unit), after));
        }
        if let Class::Part(part) = self.class(end) {
            let day = Form::Holiday(holiday, None, None);
            return Some(FormMatch::new(Form::Part(part, Some(Box::new(day))), end + 1));
        }
        if self.capital(end)
            && self.is_word(end)
            && self.spaced(end)
            && self.class(end) == Class::Other
            && !matches!(self.low(end), "i")
        {
            // “Christmas Island”, “Easter Road”
            return None;
        }
        let mut written = Written::default();
        if let Some((year, number, after)) =
            self.year(end).filter(|(y, n, _)| matches!(y, YearRef::Written(1500..)) && !n.words)
        {
            written.year = Some(number);
            return Some(FormMatch::with(Form::Holiday(holiday, Some(year), None), after, written));
        }
        if words == 1 && !self.spaced(end) && self.class(end) == Class::Dash {
            return None;
        }
        Some(FormMatch::with(Form::Holiday(holiday, None, None), end, written))
    }
}

/// A date by its parts.
pub(super) fn calendar(year: Option<YearRef>, month: Option<u8>, day: Option<u8>) -> Form {
    Form::Calendar { year, month, day, which: None }
}
