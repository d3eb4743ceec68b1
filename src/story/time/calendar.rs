//! Dates, months, years, decades and centuries.

use super::form::{DayPart, Form, Portion, Which, Written, WrittenNumber, YearRef};
use super::holiday;
use super::lexicon::{Class, is_counted};
use super::text::{Found, Text};

impl Text<'_> {
    /// A date that starts with a month: `May 3, 2018`, `May 2018`, `May`.
    pub fn month_date(&self, at: usize) -> Option<Found> {
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
        if let Some((day, end)) = day.filter(|&(_, end)| !self.counts_something(end)) {
            written.day = Some(day);
            let (year, end) = self.year_after(end, &mut written);
            let form = calendar(year, Some(month.number), Some(day.value as u8));
            return Some(self.day_range(form, end, written));
        }
        let (year, end) = self.year_after(next, &mut written);
        if year.is_none() {
            if let Some((value, end)) = self.short_year(next) {
                written.year = Some(value);
                let form = calendar(Some(YearRef::Short(value.value as u8)), Some(month.number), None);
                return Some(Found::with(form, end, written));
            }
            if !self.is_month_alone(at) {
                return None;
            }
            return Some(Found::with(calendar(None, Some(month.number), None), at + 1, written));
        }
        if month.abbreviated && !self.capital(at) && year.is_none() {
            return None;
        }
        Some(Found::with(calendar(year, Some(month.number), None), end, written))
    }

    /// `’87` behind a month.
    fn short_year(&self, at: usize) -> Option<(WrittenNumber, usize)> {
        let (_, written, end) = self.year(at)?;
        (self.class(at) == Class::Apostrophe).then_some((written, end))
    }

    /// Whether what stands at `at` is counted by the number before it: a unit, a noun such as `people`, `%`.
    pub fn counts_something(&self, at: usize) -> bool {
        let low = self.low(at);
        is_counted(low)
            || matches!(low, "%" | "percent")
            || matches!(self.class(at), Class::Unit(..) | Class::Hundred | Class::Thousand)
            || (self.class(at) == Class::Colon && !self.spaced(at + 1))
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
    fn is_grouped(&self, at: usize) -> bool {
        self.class(at) == Class::Colon && !self.spaced(at) && !self.spaced(at + 1)
    }

    /// `last year`, `that same year`, `the following year`.
    pub fn relative_year(&self, at: usize) -> Option<(Which, usize)> {
        let found = self.which_words(at)?;
        (self.class(found.1) == Class::Unit(super::form::Unit::Year, false)).then_some((found.0, found.1 + 1))
    }

    /// The end of a range of days behind a date: `May 2-5`, `May 2 to 5`, `Nov. 18-Dec. 19, 2015`.
    fn day_range(&self, form: Form, end: usize, written: Written) -> Found {
        let single = Found::with(form, end, written);
        let Form::Calendar { year, month, day: Some(_), .. } = single.form else { return single };
        let dash = self.class(end) == Class::Dash && !self.spaced(end + 1);
        let to = self.class(end) == Class::To;
        if !(dash || to) || year.is_some() {
            return single;
        }
        let next = self.skip(end + 1, Class::The);
        let Some((last, after)) = self.day(next, false) else { return single };
        if self.counts_something(after) || self.month(after).is_some() || self.is_meridiem(after) {
            return single;
        }
        let mut written = single.written;
        let (year, after) = self.year_after(after, &mut written);
        let first = calendar(year, month, single.written.day.map(|d| d.value as u8));
        let last = calendar(year, month, Some(last.value as u8));
        Found::with(Form::Range(Box::new(first), Box::new(last)), after, written)
    }

    fn is_meridiem(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Meridiem(_)) && !(self.low(at) == "am" && self.spaced(at))
    }

    /// A month without day and year: its name must not be a word or a person's name.
    fn is_month_alone(&self, at: usize) -> bool {
        let Some(month) = self.month(at) else { return false };
        let before = self.low_before(at);
        let cue =
            matches!(
                before,
                "in" | "since"
                    | "until"
                    | "till"
                    | "during"
                    | "late"
                    | "early"
                    | "mid"
                    | "last"
                    | "this"
                    | "next"
                    | "by"
                    | "throughout"
                    | "between"
                    | "before"
                    | "after"
            ) || (self.class_before(at) == Class::Dash && at >= 2 && !self.spaced(at) && self.early_or_month(at - 2));
        let beside_month = (matches!(before, "to" | "and" | "or" | "through" | "of" | "from") && self.near_month(at))
            || (self.class(at + 1) == Class::Dash && self.month(at + 2).is_some());
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
                let strong = matches!(before, "in" | "since" | "late" | "early" | "last" | "mid" | "this" | "next");
                let adjective = self.class_before(at) == Class::The
                    && month.number != 5
                    && self.is_word(at + 1)
                    && !self.capital(at + 1)
                    && !matches!(self.low(at + 1), "on" | "for" | "of" | "to" | "in" | "from" | "was" | "is" | "and");
                let free = month.number == 8 && !next_capital && !self.capital_before(at);
                (cue && (!next_capital || strong))
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

    /// A capitalised word that is no preposition stands right before, as in `Theresa May`.
    fn capital_before(&self, at: usize) -> bool {
        at > 0
            && self.spaced(at)
            && self.capital(at - 1)
            && self.is_word(at - 1)
            && self.class(at - 1) == Class::Other
            && !matches!(self.low(at - 1), "since" | "by" | "during" | "throughout")
    }

    /// A date that starts with its day: `3 May 2018`, `the 3rd of May`, `2–5 May`.
    pub fn day_date(&self, at: usize) -> Option<Found> {
        let (day, mut next) = self.day(at, true)?;
        // `2–5 May 2018`
        if self.class(next) == Class::Dash
            && !day.words
            && let Some((_, after)) = self.day(next + 1, false)
            && self.month(self.skip(after, Class::Of)).is_some()
        {
            return self.days_before_month(at, next + 1);
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
        Some(Found::with(calendar(year, Some(month.number), Some(day.value as u8)), end, written))
    }

    fn days_before_month(&self, first: usize, last: usize) -> Option<Found> {
        let (first, _) = self.day(first, false)?;
        let found = self.day_date(last)?;
        let Form::Calendar { year, month, .. } = found.form else { return None };
        let start = calendar(year, month, Some(first.value as u8));
        Some(Found::with(Form::Range(Box::new(start), Box::new(found.form)), found.end, found.written))
    }

    /// A date in figures: `2018-02-20`, `2/20/2018`, `20.02.2018`, `2018-02`, `5/17`.
    pub fn figures(&self, at: usize) -> Option<Found> {
        if self.class(at) == Class::OtherNumber {
            return self.pointed(at);
        }
        let Class::Digits(first, first_digits) = self.class(at) else { return None };
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
        Some(Found::with(form, at + 3, written))
    }

    fn chain_goes_on(&self, at: usize) -> bool {
        !self.spaced(at)
            && (matches!(self.class(at), Class::Slash | Class::Colon | Class::Dash) && !self.spaced(at + 1)
                || matches!(self.low(at), "%" | "°"))
    }

    /// `2018-Jan-3`, `22/Jan/2019`.
    fn figures_with_month(&self, at: usize, month: super::form::WrittenName) -> Option<Found> {
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
        Some(Found::with(form, at + 5, written))
    }

    fn plain_number(&self, at: usize, value: u32) -> WrittenNumber {
        WrittenNumber { span: self.span(at, at + 1), value: value as i32, ordinal: false, words: false }
    }

    fn three_figures(&self, at: usize, numbers: [u32; 3], year_first: bool, third_digits: u8) -> Option<Found> {
        let mut written = in_figures();
        let [first, second, third] = numbers;
        if year_first {
            if !(1..=12).contains(&second) || !(1..=31).contains(&third) || third_digits > 2 {
                return None;
            }
            written.year = Some(self.plain_number(at, first));
            written.day = Some(self.plain_number(at + 4, third));
            let form = calendar(Some(YearRef::Written(first as i16)), Some(second as u8), Some(third as u8));
            return Some(Found::with(form, at + 5, written));
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
        Some(Found::with(calendar(Some(year), Some(month), Some(day)), at + 5, written))
    }

    /// `5/17`, `7-6` behind a weekday: only where something says that it is a date.
    fn month_and_day(&self, at: usize, first: u32, second: u32, separator: Class) -> Option<Found> {
        let before = self.low_before(at);
        let cue = self.weekday(at.wrapping_sub(1)).is_some()
            || (separator == Class::Slash
                && matches!(before, "on" | "from" | "this" | "by" | "until" | "since" | "next" | "between"));
        if !cue || second > 31 {
            return None;
        }
        let mut written = in_figures();
        let (month, day) = month_day(first, second, &mut written)?;
        written.day = Some(self.plain_number(if u32::from(day) == second { at + 2 } else { at }, u32::from(day)));
        Some(Found::with(calendar(None, Some(month), Some(day)), at + 3, written))
    }

    /// `20.02.2018`: day first, as in the countries that write points.
    fn pointed(&self, at: usize) -> Option<Found> {
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
        Some(Found::with(calendar(Some(year), Some(month), Some(day)), at + 1, written))
    }

    /// A year alone, `480 B.C.`, a range of years such as `2016–17`, `2018 Q1`.
    pub fn year_phrase(&self, at: usize) -> Option<Found> {
        let (year, number, end) = self.year(at)?;
        let mut written = Written { year: Some(number), ..Written::default() };
        if matches!(year, YearRef::Short(_)) {
            let cue = matches!(
                self.low_before(at),
                "in" | "since"
                    | "of"
                    | "from"
                    | "to"
                    | "until"
                    | "by"
                    | "summer"
                    | "spring"
                    | "fall"
                    | "winter"
                    | "and"
                    | "late"
                    | "early"
            );
            let date = self.month(end).is_some();
            return (cue && !date && !self.spaced_word(end))
                .then(|| Found::with(calendar(Some(year), None, None), end, written));
        }
        if number.words {
            let cue = matches!(self.low_before(at), "in" | "since" | "of" | "by" | "until" | "year" | "during");
            let plain = cue && !self.counts_something(end) && !self.plural_follows(end);
            return plain.then(|| Found::with(calendar(Some(year), None, None), end, written));
        }
        let bc = matches!(year, YearRef::Written(..=0));
        // `2018 April`, `2018 Q1`
        let part = if self.joined_dash(end) { end + 1 } else { end };
        if let Class::Fraction(n, of) = self.class(part) {
            return Some(Found::with(Form::Fraction(n, of, Some(year)), part + 1, written));
        }
        if let Some(month) = self.month(end) {
            let free = self.day(end + 1, false).is_none() && self.year(end + 1).is_none();
            if free && !bc && self.low_before(at) == "in" {
                written.month = Some(month);
                return Some(Found::with(calendar(Some(year), Some(month.number), None), end + 1, written));
            }
        }
        if let Some(found) = self.year_range(at, year, end, written) {
            return Some(found);
        }
        if !bc && !self.is_year_alone(at, end) {
            return None;
        }
        Some(Found::with(calendar(Some(year), None, None), end, written))
    }

    fn spaced_word(&self, at: usize) -> bool {
        self.is_word(at) && self.spaced(at) && matches!(self.class(at), Class::Unit(..))
    }

    /// `2016–17`, `1939-1945`, the second with both years in full.
    fn year_range(&self, at: usize, year: YearRef, end: usize, written: Written) -> Option<Found> {
        let YearRef::Written(first) = year else { return None };
        if self.class(end) != Class::Dash
            || self.spaced(end) != self.spaced(end + 1)
            || self.spaced(end)
            || first < 1000
        {
            return None;
        }
        if self.is_code(at) {
            return None;
        }
        // Two whole years are two expressions.
        let Class::Digits(second, 2) = self.class(end + 1) else { return None };
        if self.chain_goes_on(end + 2) || is_counted(self.low(end + 2)) {
            return None;
        }
        let last = i32::from(first) / 100 * 100 + second as i32;
        if last <= i32::from(first) || last - i32::from(first) > 300 || last > 2199 {
            return None;
        }
        let form = Form::Range(
            Box::new(calendar(Some(year), None, None)),
            Box::new(calendar(Some(YearRef::Written(last as i16)), None, None)),
        );
        Some(Found::with(form, end + 2, written))
    }

    /// `$1990`, `No. 1945`, `flight 1549`.
    fn is_code(&self, at: usize) -> bool {
        let before = self.low_before(at);
        matches!(
            before,
            "$" | "£"
                | "€"
                | "#"
                | "no."
                | "no"
                | "nos."
                | "number"
                | "page"
                | "p."
                | "pp."
                | "flight"
                | "room"
                | "route"
                | "highway"
                | "section"
                | "channel"
                | "article"
                | "resolution"
                | "bill"
                | "unit"
                | "model"
                | "a$"
                | "c$"
                | "bus"
                | "train"
                | "version"
                | "fm"
                | "c."
                | "rs"
                | "rs."
        ) && before != "c."
            || (at > 0
                && !self.spaced(at)
                && matches!(before, "." | "/" | "_" | "@" | ":" | "-")
                && self.is_word(at.wrapping_sub(2))
                && before != "-")
    }

    /// Whether a number of four digits is a year, by what stands around it.
    fn is_year_alone(&self, at: usize, end: usize) -> bool {
        let Class::Digits(value, _) = self.class(at) else { return false };
        let next = self.low(end);
        if self.is_code(at)
            || is_counted(next)
            || matches!(next, "%" | "°" | "°c")
            || matches!(self.class(end), Class::Unit(..))
        {
            return false;
        }
        if matches!(self.class(end), Class::Meridiem(_) | Class::Hundred | Class::Thousand) || next == "hrs" {
            return false;
        }
        let glued_after =
            !self.spaced(end) && matches!(next, "/" | "_" | "@" | "+" | "=") && self.low_before(at) != "(";
        let glued_before =
            at > 0 && !self.spaced(at) && matches!(self.low_before(at), "/" | "_" | "." | "," | "+" | "=" | "&" | "?");
        if glued_after || glued_before {
            return false;
        }
        if self.opens_years(at, end) {
            return true;
        }
        let before = self.low_before(at);
        let modern = (1700..=2060).contains(&value);
        let round = value % 100 == 0;
        let plural = self.plural_follows(end);
        match before {
            "in" | "since" | "during" | "until" | "till" | "throughout" | "circa" | "early" | "late" | "mid"
            | "year" | "years" | "ca." | "c." => !plural || modern && !round,
            "by" | "from" | "to" | "before" | "after" | "through" | "between" | "and" | "or" | "into" | "around"
            | "about" | "for" | "as" | "over" => {
                modern && !plural && !(round && value != 1900 && value != 2000 && value != 1800)
                    || (before == "and" && self.year_before(at))
            }
            "of" => (modern && !round || self.capital_before(at - 1) || at >= 2 && self.capital(at - 2)) && !plural,
            "the" | "'s" | "its" | "their" | "his" | "her" | "our" | "a" | "that" | "this" => {
                modern && !round && self.is_word(end)
                    || modern && round && matches!(before, "the" | "a") && self.is_word(end) && !plural
            }
            "(" | ";" | "-" | "," => modern && !plural && self.date_beside(at, end, before),
            "" => modern && !plural,
            _ => {
                let adjective = self.is_word(end) && !self.capital(end) && !plural && self.class(end) == Class::Other;
                let sentence_end = self.is_sentence_start(at);
                modern
                    && !round
                    && (1900..=2040).contains(&value)
                    && (adjective || sentence_end || self.possessive_before(at))
                    && !self.capital_before(at)
            }
        }
    }

    /// `1861` of `1861-1863`.
    fn opens_years(&self, at: usize, end: usize) -> bool {
        let (Class::Digits(first, 4), Class::Digits(last, 4)) = (self.class(at), self.class(end + 1)) else {
            return false;
        };
        self.joined_dash(end)
            && first < last
            && last <= first + 300
            && last < 2200
            && !self.chain_goes_on(end + 2)
            && !is_counted(self.low(end + 2))
            && !(first % 100 == 0 && self.plural_follows(end + 2))
    }

    fn possessive_before(&self, at: usize) -> bool {
        self.low_before(at).ends_with("'s")
    }

    fn is_sentence_start(&self, at: usize) -> bool {
        at == 0 || matches!(self.low_before(at), "." | "!" | "?")
    }

    /// A year between brackets, or behind a comma or dash next to other years.
    fn date_beside(&self, at: usize, end: usize, before: &str) -> bool {
        match before {
            "(" => true,
            "-" => at >= 2 && (self.year(at - 2).is_some() || self.month(at - 2).is_some()) || self.low(end) == ")",
            "," => {
                at >= 2
                    && (self.year(at - 2).is_some()
                        || self.month(at - 2).is_some()
                        || self.low_before(at - 1) == ")"
                        || matches!(self.low(end), "," | ")") && self.capital(at.saturating_sub(2)))
            }
            _ => self.low(end) == ")" || self.low(end) == ";",
        }
    }

    fn year_before(&self, at: usize) -> bool {
        at >= 2 && (self.year(at - 2).is_some())
    }

    /// A lower-case noun that looks plural follows, so that the number may count it.
    fn plural_follows(&self, at: usize) -> bool {
        let low = self.low(at);
        self.is_word(at)
            && !self.capital(at)
            && low.len() > 3
            && low.ends_with('s')
            && !low.ends_with("ss")
            && !low.ends_with("us")
            && !low.ends_with("is")
            && !matches!(
                low,
                "was"
                    | "has"
                    | "does"
                    | "sees"
                    | "thus"
                    | "always"
                    | "perhaps"
                    | "towards"
                    | "besides"
                    | "makes"
                    | "whereas"
                    | "series"
            )
    }

    /// `ca. 466 B.C.`
    pub fn circa(&self, at: usize) -> Option<Found> {
        let year = self.plain_year(at + 1)?;
        matches!(self.low(at), "ca." | "ca" | "circa").then_some(year)
    }

    /// A bare number of up to three digits that is a year if the story is about years B.C.
    pub fn ancient_year(&self, at: usize) -> Option<Found> {
        let Class::Digits(value, 2..=3) = self.class(at) else { return None };
        let cue = matches!(self.low_before(at), "in" | "of" | "by" | "since" | "until" | "after" | "before" | "from");
        let next_ok = matches!(self.low(at + 1), "," | "." | ";" | ")" | "")
            || (self.is_word(at + 1) && !self.plural_follows(at + 1) && !self.counts_something(at + 1));
        if !cue
            || !next_ok
            || value < 40
            || self.is_grouped(at + 1)
            || (self.class(at + 1) == Class::Other
                && self.is_word(at + 1)
                && !matches!(self.low(at + 1), "the" | "when" | "and" | "but" | "after" | "by" | "with"))
        {
            return None;
        }
        let written = Written { year: Some(self.plain_number(at, value)), ..Written::default() };
        let form = calendar(Some(YearRef::Written(1 - value as i16)), None, None);
        Some(Found { weak: true, ..Found::with(form, at + 1, written) })
    }

    /// `the 1990s`, `the ’90s`, `the nineties`: from the number on.
    pub fn decade(&self, at: usize) -> Option<Found> {
        match self.class(at) {
            Class::Decade(first) => {
                if self.class(at + 1) == Class::Bc {
                    return Some(Found::new(Form::Decade(-first, true), at + 2));
                }
                // `470s` is a decade only B.C.
                (first >= 1000).then(|| Found::new(Form::Decade(first, true), at + 1))
            }
            Class::ShortDecade(tens) => {
                let cue = matches!(
                    self.class_before(at),
                    Class::The | Class::Mid | Class::Early | Class::Late | Class::Apostrophe
                ) || self.class_before(at) == Class::Dash;
                // “in their twenties”, “temperatures in the 70s”, “the lower 80s”
                let age = matches!(self.low_before(at), "his" | "her" | "their" | "my" | "mid" | "late" | "early")
                    && self.low_before(at.wrapping_sub(1)).ends_with("is");
                let words = !self.low(at).starts_with(|c: char| c.is_ascii_digit());
                let quoted = self.class_before(at) == Class::Apostrophe;
                let personal = (1..4).any(|back| {
                    at >= back && matches!(self.low(at - back), "his" | "her" | "their" | "my" | "our" | "your")
                });
                (cue && !age && !personal && (quoted || words) && tens >= 20)
                    .then(|| Found::new(Form::Decade(1900 + i16::from(tens), false), at + 1))
            }
            _ => None,
        }
    }

    /// `19th century`, `fifth century B.C.`, `twenty-first-century`: from the ordinal on.
    pub fn century(&self, at: usize) -> Option<Found> {
        let (number, end, _) = self.ordinal(at)?;
        let next = if self.class(end) == Class::Dash { end + 1 } else { end };
        let Class::Unit(super::form::Unit::Century, _) = self.class(next) else { return None };
        let bc = self.class(next + 1) == Class::Bc;
        (number <= 30).then(|| Found::new(Form::Century(number, bc), next + 1 + usize::from(bc)))
    }

    /// A weekday, alone or before a date: `Monday`, `Monday, Feb. 19, 2018`, `Monday night`, `Monday the 5th`.
    pub fn weekday_phrase(&self, at: usize) -> Option<Found> {
        let weekday = self.weekday(at)?;
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
                return Some(Found::with(calendar(None, None, Some(day.value as u8)), end, written));
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
        if self.is_weekday_in_name(at) {
            return None;
        }
        if let Class::Part(part) = self.class(next) {
            if self.capital(next) && self.capital(next + 1) {
                return None;
            }
            return Some(Found::with(Form::Part(part, Some(Box::new(form))), next + 1, written));
        }
        // `Monday of next week`
        if self.class(next) == Class::Of
            && let Some((which, end)) = self.which_words(next + 1)
            && self.class(end) == Class::Unit(super::form::Unit::Week, false)
        {
            return Some(Found::with(Form::WeekdayOf(weekday.number as i8, which), end + 1, written));
        }
        Some(Found::with(form, next, written))
    }

    fn ends_phrase(&self, at: usize) -> bool {
        !self.is_word(at) && !matches!(self.class(at), Class::Digits(..) | Class::Colon)
    }

    /// `Sunday Times`, `Super Tuesday`, `Bloody Sunday`.
    fn is_weekday_in_name(&self, at: usize) -> bool {
        let paper = matches!(
            self.low(at + 1),
            "times"
                | "telegraph"
                | "mirror"
                | "express"
                | "mail"
                | "post"
                | "people"
                | "herald"
                | "independent"
                | "tribune"
        ) && self.capital(at + 1);
        let named = at > 0
            && self.spaced(at)
            && matches!(self.low(at - 1), "super" | "bloody" | "fat" | "shrove" | "wheeler")
            && self.capital(at - 1);
        paper || named
    }

    /// A named day, with a year behind it.
    pub fn holiday(&self, at: usize) -> Option<Found> {
        if !self.capital(at) {
            return None;
        }
        let (holiday, words) = holiday::find(|i| self.low(at + i))?;
        let end = at + words;
        // “White Christmas”, the song
        if self.capital_before(at) && at >= 2 && !self.is_sentence_start(at - 1) {
            return None;
        }
        if let Class::Part(part) = self.class(end) {
            let day = Form::Holiday(holiday, None, None);
            return Some(Found::new(Form::Part(part, Some(Box::new(day))), end + 1));
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
            return Some(Found::with(Form::Holiday(holiday, Some(year), None), after, written));
        }
        if words == 1 && !self.spaced(end) && self.class(end) == Class::Dash {
            return None;
        }
        Some(Found::with(Form::Holiday(holiday, None, None), end, written))
    }

    /// `early May`, `mid-1990s`, `late on Monday`, `late last year`.
    pub fn portion(&self, at: usize) -> Option<Found> {
        let portion = match self.class(at) {
            Class::Early => Portion::Early,
            Class::Mid => Portion::Mid,
            Class::Late => Portion::Late,
            _ => return None,
        };
        let mut next = if self.class(at + 1) == Class::Dash && !self.spaced(at + 2) { at + 2 } else { at + 1 };
        let linked = matches!(self.class(next), Class::In | Class::On) && next == at + 1;
        if linked {
            next += 1;
        }
        if self.class(next) == Class::To && self.class(next + 1) == Class::Dash {
            return None;
        }
        let mut inner = self.inner(next).or_else(|| {
            let whole = linked && self.class(next) == Class::The && self.class(at + 1) == Class::In;
            if whole { self.discourse_period(next) } else { self.part_of_day(next) }
        })?;
        if matches!(inner.form, Form::Calendar { day: Some(_), .. }) && linked && self.class(next) != Class::The {
            // “late on May 3” is about the time of day.
            inner.written.portion = Some((portion, self.span(at, at + 1)));
            return Some(Found { form: Form::Portion(portion, Box::new(inner.form)), ..inner });
        }
        inner.written.portion = Some((portion, self.span(at, at + 1)));
        Some(Found { form: Form::Portion(portion, Box::new(inner.form)), ..inner })
    }

    /// `beginning of May`, `end of the year`, `middle of the 1990s`: from the noun on.
    pub fn edge(&self, at: usize) -> Option<Found> {
        let portion = match self.class(at) {
            Class::Start => Portion::Early,
            Class::Middle => Portion::Mid,
            Class::End => Portion::Late,
            _ => return None,
        };
        if self.class(at + 1) != Class::Of {
            return None;
        }
        let mut inner = self.inner(at + 2).or_else(|| self.discourse_period(at + 2))?;
        inner.written.portion = Some((portion, self.span(at, at + 2)));
        Some(Found { form: Form::Portion(portion, Box::new(inner.form)), ..inner })
    }

    /// `the year`, `month`: the one the text or the day is in.
    fn discourse_period(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Class::The);
        let Class::Unit(unit, false) = self.class(next) else { return None };
        use super::form::Unit::*;
        let fits = matches!(unit, Day | Weekend | Week | Month | Quarter | Year | Decade | Century);
        (fits && self.class(next + 1) != Class::Dash).then(|| Found::new(Form::Period(unit, Which::This), next + 1))
    }

    /// A period that `early`, `the end of` or `the first week of` can be part of.
    pub fn inner(&self, at: usize) -> Option<Found> {
        let next = self.skip(at, Class::The);
        match self.class(next) {
            Class::Month(_) | Class::MonthShort(_) => self.month_date(next).or_else(|| {
                let month = self.month(next).filter(|_| self.capital(next))?;
                let written = Written { month: Some(month), ..Written::default() };
                Some(Found::with(calendar(None, Some(month.number), None), next + 1, written))
            }),
            Class::Digits(..) => self.figures(next).or_else(|| self.day_date(next)).or_else(|| self.plain_year(next)),
            Class::Decade(_) => self.decade(next),
            Class::ShortDecade(_) if next > at => self.decade(next),
            Class::Apostrophe => self.year_phrase(next).or_else(|| {
                if let Class::ShortDecade(_) = self.class(next + 1) { self.decade(next + 1) } else { None }
            }),
            Class::Season(_) => self.season(next, true),
            Class::Weekday(_) => self.weekday_phrase(next),
            Class::Ordinal(..) | Class::First => {
                self.century(next).or_else(|| self.day_date(next)).or_else(|| self.fraction(next))
            }
            Class::Cardinal(_) => self.century(next).or_else(|| self.plain_year(next)),
            Class::Day(..) => self.relative_day(next),
            Class::Part(_) if next > at => self.part_of_day(next),
            Class::Unit(super::form::Unit::Year, false) if self.plain_year(next + 1).is_some() => {
                self.plain_year(next + 1)
            }
            Class::This
            | Class::That
            | Class::Same
            | Class::Last
            | Class::Past
            | Class::Previous
            | Class::Next
            | Class::Coming
            | Class::Following
            | Class::Current => self.which(at),
            _ => self.holiday(next),
        }
    }

    /// A year where no guard is needed, because the words before it call for one.
    pub fn plain_year(&self, at: usize) -> Option<Found> {
        let (year, number, end) = self.year(at)?;
        let written = Written { year: Some(number), ..Written::default() };
        (!is_counted(self.low(end)) || self.low(end) == "or")
            .then(|| Found::with(calendar(Some(year), None, None), end, written))
    }
}

/// The parts of a date in figures, before they are known.
fn in_figures() -> Written {
    Written { numeric: true, ..Written::default() }
}

/// A date by its parts.
pub(super) fn calendar(year: Option<YearRef>, month: Option<u8>, day: Option<u8>) -> Form {
    Form::Calendar { year, month, day, which: None }
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
            Some((a, b))
        }
        (false, true) => Some((b, a)),
        (false, false) => None,
    }
}
