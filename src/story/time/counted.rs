//! Lengths of time, and days told by them: `three days`, `two years ago`, `a week after May 3`, `in two months`.

use super::form::{Count, Form, Start, Unit, Which};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};
use crate::lexicon;

/// How many words before a length of time are looked at for what it measures.
const LONGEST_CLAUSE: usize = 12;

/// Words of records, which are told of a length of time.
fn is_superlative(low: &str) -> bool {
    lexicon::time::SUPERLATIVES.contains(low)
}

impl AtomText<'_> {
    /// `three days`, `few weeks`, `10-year`, `two and a half years`, `three full months`: count, unit and end.
    pub fn counted_units(&self, at: usize) -> Option<(Count, Unit, usize)> {
        let (count, next) = self.count(at)?;
        let (mut count, mut next) = (count, next);
        if let Some(end) = self.and_a_half(next).or_else(|| self.half_in_figures(next)) {
            next = end;
            if let Count::Exact(number) = count {
                count = Count::AndHalf(number);
            }
        }
        next = self.skip(next, Class::Of);
        if self.class(next) == Class::Dash && !self.spaced(next) && !self.spaced(next + 1) {
            next += 1;
        }
        // `two upcoming months`, `three straight days`
        if lexicon::time::BEFORE_UNITS.contains(self.low(next)) {
            next += 1;
        }
        // `two bloody weeks`, `ten hard months`
        let plural_behind = matches!(self.class(next + 1), Class::Unit(_, true)) && self.spaced(next + 1);
        let adjective = self.class(next) == Class::Other && self.is_word(next) && !self.capital(next);
        if plural_behind && adjective && matches!(count, Count::Exact(2..=99)) && self.spaced(next) {
            next += 1;
        }
        let Class::Unit(unit, plural) = self.class(next) else { return None };
        let joined = self.class(next - 1) == Class::Dash;
        // “one weekend”, “2 day” is a slip; `a day`, `10-day` and `a six year fight` are not.
        let describes = self.class(next + 1) == Class::Other
            && self.is_word(next + 1)
            && self.spaced(next + 1)
            && !self.low(next + 1).starts_with("old");
        if !plural
            && !joined
            && !describes
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
        // `a year and a half`
        match (count, self.and_a_half(next + 1)) {
            (Count::Exact(number), Some(end)) => Some((Count::AndHalf(number), unit, end)),
            _ => Some((count, unit, next + 1)),
        }
    }

    /// The end of `and a half` or `-and-a-half`.
    fn and_a_half(&self, at: usize) -> Option<usize> {
        let next = self.skip(at, Class::Dash);
        let a = self.skip(next + 1, Class::Dash);
        let half = self.skip(a + 1, Class::Dash);
        let is_it = self.class(next) == Class::And && self.class(a) == Class::A && self.class(half) == Class::Half;
        is_it.then_some(half + 1)
    }

    /// The end of the `1/2` of `2 1/2 years`.
    fn half_in_figures(&self, at: usize) -> Option<usize> {
        let half = matches!(self.class(at), Class::Digits(1, 1))
            && self.class(at + 1) == Class::Slash
            && matches!(self.class(at + 2), Class::Digits(2, 1));
        half.then_some(at + 3)
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

    /// `half an hour`, `half a century`, `half-hour`, from `half` on; `quarter-century`, `quarter of a century`.
    fn half_unit(&self, at: usize) -> Option<(Count, Unit, usize)> {
        if self.class(at) == Class::Unit(Unit::Quarter, false) {
            let of = self.class(at + 1) == Class::Of && self.class(at + 2) == Class::A;
            let next = if of { at + 3 } else { at + 2 };
            let is_it = (of || self.joined_dash(at + 1)) && self.class(next) == Class::Unit(Unit::Century, false);
            return is_it.then_some((Count::Exact(25), Unit::Year, next + 1));
        }
        if self.class(at) != Class::Half {
            return None;
        }
        let next = if self.class(at + 1) == Class::A || self.joined_dash(at + 1) { at + 2 } else { return None };
        let Class::Unit(unit, false) = self.class(next) else { return None };
        let (number, unit) = match unit {
            Unit::Minute => (30, Unit::Second),
            Unit::Hour => (30, Unit::Minute),
            Unit::Day => (12, Unit::Hour),
            Unit::Year => (6, Unit::Month),
            Unit::Decade => (5, Unit::Year),
            Unit::Century => (50, Unit::Year),
            _ => return None,
        };
        Some((Count::Exact(number), unit, next + 1))
    }

    /// A count of units and where it starts: `two years ago`, `three days after May 3`, or only a length of time.
    pub fn quantity(&self, at: usize) -> Option<FormMatch> {
        let mut start = at;
        for _ in 0..2 {
            match self.class(start) {
                Class::Approximately | Class::Some if self.class(start + 1) != Class::The => start += 1,
                Class::More | Class::Less if self.class(start + 1) == Class::Than => start += 2,
                _ if start == at && self.class(at) == Class::At && self.low(at + 1) == "least" => start += 2,
                _ => break,
            }
        }
        // `a year-long strike`: without the article.
        if self.class(start) == Class::A && self.joined_dash(start + 2) && self.class(start + 3) == Class::Long {
            return None;
        }
        let bounded = start > at;
        let half = self.half_unit(start).or_else(|| {
            // `a half-century`
            if self.class(start) == Class::A { self.half_unit(start + 1) } else { None }
        });
        let (count, unit, end) = match half.or_else(|| self.counted_units(start)) {
            Some(found) => found,
            None if start == at && self.counted_stretch(at).is_some() => return self.counted_stretch(at),
            None => {
                let Class::Unit(unit, true) = self.class(start) else { return None };
                (Count::Some, unit, start + 1)
            }
        };
        // “60 Minutes”, “48 Hours”: programs.
        let program = matches!(unit, Unit::Minute | Unit::Hour)
            && matches!(self.class(start), Class::Digits(..))
            && self.capital(end.saturating_sub(1))
            && !self.capital_before(start);
        if self.money_before(at)
            || program
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
        // `2 weeks and 2 days ago`: the one is counted from the other.
        if self.class(end) == Class::And
            && let Some((less, smaller, behind)) = self.counted_units(end + 1)
            && let Some(FormMatch { form: Form::Offset(_, _, later, start), end, .. }) =
                self.offset(less, smaller, behind)
            && matches!(start, Start::Published | Start::Discourse)
        {
            let inner = Form::Offset(less, smaller, later, start);
            return Some(FormMatch::new(Form::Offset(count, unit, later, Start::Form(Box::new(inner))), end));
        }
        // `the three next weeks`, `2 past years`
        if let Some(found) = self.counted_stretch(start) {
            return Some(found);
        }
        if (matches!(unit, Unit::Second | Unit::Weekend) || unit == Unit::Quarter && singular_article) && half.is_none()
        {
            return None;
        }
        if singular_article && unit == Unit::Minute && half.is_none() {
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
        Some(FormMatch::new(Form::Duration(count, unit), end_dash))
    }

    /// `2 next days`, `five past years`: a count, which ones, and units.
    fn counted_stretch(&self, at: usize) -> Option<FormMatch> {
        let (count, next) = self.count(at)?;
        let to_come = match self.class(next) {
            Class::Next | Class::Coming | Class::Following => true,
            Class::Past | Class::Previous if self.low(next) != "prior" => false,
            _ => return None,
        };
        let Class::Unit(unit, true) = self.class(next + 1) else { return None };
        let counts = matches!(count, Count::Exact(2..)) && !matches!(unit, Unit::Second | Unit::Weekend);
        counts.then(|| FormMatch::new(Form::Stretch(count, unit, to_come), next + 2))
    }

    fn money_before(&self, at: usize) -> bool {
        matches!(self.low_before(at), "$" | "£" | "€" | ":" | "." | "#") && !self.spaced(at)
            || (at > 0 && !self.spaced(at) && matches!(self.class_before(at), Class::Dash | Class::Slash))
    }

    /// `ago`, `later`, `before`, `from now`, `after May 3` behind a count of units.
    fn offset(&self, count: Count, unit: Unit, end: usize) -> Option<FormMatch> {
        let offset = |later, start, end| Some(FormMatch::new(Form::Offset(count, unit, later, start), end));
        match self.class(end) {
            // `three years ago this month`, `20 years ago next week`, `two weeks ago Tuesday`
            Class::Ago => match self.pointing_day(end + 1) {
                Some(inner) => offset(false, Start::Form(Box::new(inner.form)), inner.end),
                None => offset(false, Start::Published, end + 1),
            },
            Class::Later => offset(true, Start::Discourse, end + 1),
            Class::Earlier => offset(false, Start::Discourse, end + 1),
            Class::Previous if self.low(end) == "prior" => offset(false, Start::Discourse, end + 1),
            Class::From => {
                if self.class(end + 1) == Class::Now {
                    return offset(true, Start::Published, end + 2);
                }
                let mut inner = self.anchor(end + 1).or_else(|| self.weekday_alone(end + 1))?;
                if let Form::Weekday(_, which @ None) = &mut inner.form {
                    *which = Some(Which::Coming);
                }
                // “It lasted 64 days from May 3 to July 6”: a length and two ends.
                let ends = self.class(self.skip(inner.end, Class::Comma)) == Class::To;
                if ends { None } else { offset(true, Start::Form(Box::new(inner.form)), inner.end) }
            }
            Class::After | Class::Before => {
                let later = self.class(end) == Class::After;
                if let Some(inner) = self.anchor(end + 1) {
                    return offset(later, Start::Form(Box::new(inner.form)), inner.end);
                }
                // `two years before` at the end of its clause
                let alone = !self.is_word(end + 1) && !matches!(self.class(end + 1), Class::Digits(..));
                (!later && alone).then(|| FormMatch::new(Form::Offset(count, unit, false, Start::Discourse), end + 1))
            }
            _ => match self.low(end) {
                "afterward" | "afterwards" | "thereafter" => offset(true, Start::Discourse, end + 1),
                "previously" => offset(false, Start::Discourse, end + 1),
                "hence" => offset(true, Start::Published, end + 1),
                _ => None,
            },
        }
    }

    /// A weekday without a date, or a day, week, month or year told from the publication date, behind `ago`.
    fn pointing_day(&self, at: usize) -> Option<FormMatch> {
        match self.class(at) {
            Class::Weekday(_) => self.weekday_alone(at),
            Class::Day(..) => self.relative_day(at),
            Class::This | Class::Next | Class::Last => self.which(at).filter(|found| {
                matches!(found.form, Form::Period(Unit::Weekend | Unit::Week | Unit::Month, _) | Form::Weekday(..))
            }),
            _ => None,
        }
    }

    fn weekday_alone(&self, at: usize) -> Option<FormMatch> {
        match self.class(at) {
            Class::Weekday(_) => self.weekday_phrase(at).filter(|found| matches!(found.form, Form::Weekday(_, None))),
            _ => None,
        }
    }

    /// A date by name that units are counted from.
    pub fn anchor(&self, at: usize) -> Option<FormMatch> {
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
    pub fn in_future(&self, at: usize) -> Option<FormMatch> {
        let (count, unit, end) = self.counted_units(at + 1)?;
        if self.class(end) == Class::From && matches!(self.class(end + 1), Class::Day(..) | Class::Now) {
            return None;
        }
        // “in seven weeks they built it” is a length of time.
        let token = |atom: usize| self.atoms.get(atom).map_or(0, |a| a.token as usize);
        if super::tense::around(self.paragraph, token(at), token(end.saturating_sub(1))) == super::Tense::Past {
            return None;
        }
        // “Never in thirty years”, “the worst fire in ten years” are as well.
        let is_record = |atom: usize| {
            is_superlative(self.low(atom)) || self.low(atom) == "first" && self.class_before(atom) == Class::The
        };
        if (at.saturating_sub(LONGEST_CLAUSE)..at).any(is_record) {
            return None;
        }
        // `in a week's time`, `in two years' time`
        let time = if self.class(end) == Class::Apostrophe { end + 1 } else { end };
        let (end, ends) = match self.low(time) {
            "time" => (time + 1, true),
            _ => (end, !self.is_word(end) || matches!(self.class(end), Class::Or | Class::And)),
        };
        let joined = self.class(end.saturating_sub(2)) == Class::Dash;
        let length = matches!(unit, Unit::Day | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Year);
        (ends
            && !joined
            && length
            && matches!(count, Count::Exact(_))
            && !matches!(self.class(end), Class::Ago | Class::Later))
        .then(|| FormMatch::new(Form::Offset(count, unit, true, Start::Published), end))
    }
}
