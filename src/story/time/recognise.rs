//! Finds the time expressions of a paragraph: one pass over its atoms, the first atom's class says what can start there.

use super::form::{Count, Form, Portion, Start, Unit, Which, Written, YearRef};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};

/// One match: first atom, and what was found.
pub(super) fn all(text: &AtomText) -> Vec<(usize, FormMatch)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.atoms.len() {
        if !may_start(text, at) {
            at += 1;
            continue;
        }
        match text.match_at(at) {
            Some(hit) if hit.end > at => {
                let (mut end, second) = (hit.end, text.second_end(at, &hit));
                found.push((at, hit));
                if let Some((start, hit)) = second {
                    end = hit.end;
                    found.push((start, hit));
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether an expression may start at `at`: a quick look, because at most places none does.
fn may_start(text: &AtomText, at: usize) -> bool {
    match text.class(at) {
        Class::Other => {
            text.is_word(at) && !text.is_foreign(at) && (text.opens_named_day(at) || starts_other(text.low(at)))
        }
        // These start an expression together with what follows.
        Class::The
        | Class::A
        | Class::This
        | Class::That
        | Class::Same
        | Class::In
        | Class::At
        | Class::Some
        | Class::Several
        | Class::Few
        | Class::More
        | Class::Less
        | Class::Approximately => !text.is_foreign(at + 1),
        Class::Of
        | Class::On
        | Class::From
        | Class::Between
        | Class::To
        | Class::And
        | Class::Or
        | Class::Than
        | Class::Comma
        | Class::Dash
        | Class::Slash
        | Class::Colon => false,
        _ => true,
    }
}

/// The few words outside the lexicon's classes that start an expression.
fn starts_other(low: &str) -> bool {
    matches!(low, "these" | "latter" | "final" | "fiscal" | "future" | "ca." | "ca" | "circa")
}

impl AtomText<'_> {
    /// The expression that starts with the atom `at`.
    fn match_at(&self, at: usize) -> Option<FormMatch> {
        match self.class(at) {
            Class::Month(_) | Class::MonthShort(_) => self.holiday(at).or_else(|| self.month_date(at)),
            Class::Weekday(_) | Class::WeekdayShort(_) => self.weekday_phrase(at),
            Class::OtherNumber => self.figures(at).or_else(|| self.quantity(at)),
            Class::Digits(..) => self
                .clock(at)
                .or_else(|| self.figures(at))
                .or_else(|| self.day_date(at))
                .or_else(|| self.quantity(at))
                .or_else(|| self.year_phrase(at))
                .or_else(|| self.ancient_year(at)),
            Class::GluedClock(_) | Class::NamedHour(_) => self.clock(at),
            Class::Ordinal(..) | Class::First => self
                .day_date(at)
                .or_else(|| self.century(at))
                .or_else(|| self.fraction(at))
                .or_else(|| self.nth_weekday(at))
                .or_else(|| self.piece(at)),
            Class::Cardinal(hour) => self
                .hour_of_day(at, u32::from(hour))
                .or_else(|| self.century(at))
                .or_else(|| self.quantity(at))
                .or_else(|| self.day_date(at))
                .or_else(|| self.year_phrase(at)),
            Class::Hundred
            | Class::Thousand
            | Class::A
            | Class::Few
            | Class::Several
            | Class::Some
            | Class::Approximately
            | Class::More
            | Class::Less
            | Class::Half
            | Class::At => self.quantity(at),
            Class::Unit(unit, plural) => {
                if plural || (self.class(at + 1) == Class::Dash && self.class(at + 2) == Class::Long) {
                    self.quantity(at).or_else(|| self.long_unit(at, unit))
                } else {
                    self.year_ago(at).or_else(|| self.week_of(at)).or_else(|| self.units_end(at, unit))
                }
            }
            Class::Decade(_) | Class::ShortDecade(_) => self.decade(at),
            Class::Apostrophe => {
                if self.spaced(at + 1) {
                    return None;
                }
                let decade = self.decade(at + 1);
                decade.or_else(|| self.year_phrase(at))
            }
            Class::Ad => self.year_phrase(at),
            Class::Season(_) => self.season(at, false),
            Class::Fraction(..) => self.fraction(at).filter(|f| f.end > at + 1),
            Class::Day(..) => self.relative_day(at),
            Class::Adverb(_) | Class::Every | Class::Per | Class::Weekdays(_) => self.repeated(at),
            Class::Vague(_) | Class::Now | Class::Recent => self.vague(at),
            Class::Early | Class::Mid | Class::Late => self.portion(at),
            Class::Start | Class::Middle | Class::End => self.edge(at),
            Class::Earlier | Class::Later => self.comparative(at),
            Class::Last => self
                .nth_weekday(at)
                .or_else(|| self.piece(at))
                .or_else(|| self.fraction(at))
                .or_else(|| self.fiscal_year(at))
                .or_else(|| self.which(at)),
            Class::This
            | Class::That
            | Class::Same
            | Class::Past
            | Class::Previous
            | Class::Next
            | Class::Coming
            | Class::Following
            | Class::Current => self.fiscal_year(at).or_else(|| self.which(at)).or_else(|| self.of_now(at)),
            Class::The => self.fiscal_year(at).or_else(|| self.after_the(at)),
            Class::In => self.in_future(at),
            Class::Part(_) => self.part_of_day(at).or_else(|| self.bare_part(at)),
            Class::Other => {
                self.holiday(at).or_else(|| self.vague(at)).or_else(|| self.of_now(at)).or_else(|| match self.low(at) {
                    "latter" => self.fraction(at),
                    "fiscal" => self.fiscal_year(at),
                    "final" => self.piece(at),
                    "ca." | "ca" | "circa" => self.circa(at),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// `the week after next`, `the month after next`: from the unit on.
    fn after_next(&self, at: usize, unit: Unit) -> Option<FormMatch> {
        let is_it = self.class(at + 1) == Class::After && self.class(at + 2) == Class::Next && !self.is_unit(at + 3);
        let next = Form::Period(unit, Which::Next);
        is_it.then(|| FormMatch::new(Form::Offset(Count::Exact(1), unit, true, Start::Form(Box::new(next))), at + 3))
    }

    fn is_unit(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Unit(..))
    }

    /// `during the year`, `in the month`: the one the text is at.
    fn period_told_of(&self, at: usize, unit: Unit) -> Option<FormMatch> {
        let end = at + 2;
        let cue = matches!(self.low_before(at), "during" | "in" | "for" | "over" | "ended" | "closed");
        let free = !self.is_word(end)
            && !matches!(self.class(end), Class::Dash | Class::Digits(..) | Class::OtherNumber)
            || matches!(self.low(end), "and" | "but" | "as" | "with" | "while" | "when" | "at");
        (cue && free).then(|| FormMatch::new(Form::Period(unit, Which::That), end))
    }

    /// `over the weekend`: the one that is past or the one that comes, by the tense.
    fn weekend_at_hand(&self, at: usize) -> Option<FormMatch> {
        let cue = matches!(self.low_before(at), "over" | "during" | "through" | "throughout" | "for" | "before" | "by");
        if !cue || self.joined_dash(at + 2) {
            return None;
        }
        let token = |atom: usize| self.atoms.get(atom).map_or(0, |a| a.token as usize);
        let which = match super::tense::around(self.paragraph, token(at), token(at + 1)) {
            super::Tense::Past => Which::Past,
            super::Tense::Present | super::Tense::Future => Which::This,
            super::Tense::Unknown => return None,
        };
        Some(FormMatch::new(Form::Period(Unit::Weekend, which), at + 2))
    }

    /// `fiscal 2018`, `fiscal year 2018`, from the word on; `last fiscal year` from `last` on.
    fn fiscal_year(&self, at: usize) -> Option<FormMatch> {
        let (which, next) = match self.which_words(at) {
            Some((which, next)) => (Some(which), next),
            None => (None, at),
        };
        if self.low(next) != "fiscal" {
            return None;
        }
        // `the fiscal third quarter`: each firm has its own.
        if let Some(quarter) = self.fraction(next + 1).filter(|found| matches!(found.form, Form::Fraction(..))) {
            return Some(FormMatch::new(Form::FiscalYear(None), quarter.end));
        }
        let year_at = if self.class(next + 1) == Class::Unit(Unit::Year, false) { next + 2 } else { next + 1 };
        let found = self.year(year_at).filter(|(_, number, _)| !number.words && which.is_none());
        if let Some((year, number, end)) = found {
            let written = Written { year: Some(number), ..Written::default() };
            return Some(FormMatch::with(Form::FiscalYear(Some(year)), end, written));
        }
        (which.is_some() && year_at == next + 2)
            .then(|| FormMatch::new(Form::FiscalYear(which.map(YearRef::Relative)), year_at))
    }

    /// `year-ago quarter`, `year-earlier period`: from `year` on.
    fn year_ago(&self, at: usize) -> Option<FormMatch> {
        if !self.joined_dash(at + 1) || !matches!(self.class(at + 2), Class::Ago | Class::Earlier) {
            return None;
        }
        let noun = matches!(self.class(at + 3), Class::Unit(Unit::Quarter | Unit::Month | Unit::Week, false))
            || self.low(at + 3) == "period";
        let form = Form::Offset(Count::Exact(1), Unit::Year, false, Start::Discourse);
        Some(FormMatch::new(form, if noun { at + 4 } else { at + 3 }))
    }

    /// `year-long`, `month-long`, `years-old`.
    fn long_unit(&self, at: usize, unit: Unit) -> Option<FormMatch> {
        let plural = matches!(self.class(at), Class::Unit(_, true));
        // `a years-old feud`
        let old = plural && self.low(at + 2) == "old";
        let long = self.joined_dash(at + 1) && (self.class(at + 2) == Class::Long || old);
        let count = if plural { Count::Some } else { Count::Exact(1) };
        long.then(|| FormMatch::new(Form::Duration(count, unit), at + 3))
    }

    /// `month’s end`, `year’s end`.
    fn units_end(&self, at: usize, unit: Unit) -> Option<FormMatch> {
        let fits =
            matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade) && self.class(at + 1) == Class::End;
        let whole = Form::Period(unit, Which::This);
        (fits && self.low(at + 1) == "end")
            .then(|| FormMatch::new(Form::Portion(Portion::Late, Box::new(whole)), at + 2))
    }

    /// Expressions that start with `the`.
    fn after_the(&self, at: usize) -> Option<FormMatch> {
        let next = at + 1;
        match self.class(next) {
            Class::Last => self
                .nth_weekday(next)
                .or_else(|| self.piece(next))
                .or_else(|| self.fraction(next))
                .or_else(|| self.which(at)),
            Class::Past
            | Class::Previous
            | Class::Next
            | Class::Coming
            | Class::Following
            | Class::Current
            | Class::Same => self.vague(at).or_else(|| self.which(at)),
            Class::Start | Class::Middle | Class::End => self.edge(next),
            Class::Early | Class::Mid | Class::Late => self.portion(next),
            Class::Ordinal(..) | Class::First => self
                .day_date(next)
                .or_else(|| self.century(next))
                .or_else(|| self.fraction(next))
                .or_else(|| self.nth_weekday(next))
                .or_else(|| self.piece(next))
                .or_else(|| self.ordinal_day(next)),
            Class::Cardinal(_) => self.day_date(next).or_else(|| self.century(next)),
            Class::Digits(..) => self.day_date(next),
            Class::Decade(_) | Class::ShortDecade(_) => self.decade(next),
            Class::Apostrophe => self.decade(next + 1).filter(|_| !self.spaced(next + 1)),
            Class::Season(_) => self.season(next, false),
            Class::Part(_) => self.part_of_day(next).or_else(|| self.bare_part(next)),
            Class::Unit(Unit::Year, false) if self.plain_year(next + 1).is_some() => {
                self.plain_year(next + 1).filter(|f| !f.written.year.is_some_and(|y| y.words))
            }
            Class::Unit(Unit::Week, false) => self.week_of(next).or_else(|| self.after_next(next, Unit::Week)),
            Class::Unit(Unit::Month, false) => {
                self.after_next(next, Unit::Month).or_else(|| self.period_told_of(at, Unit::Month))
            }
            Class::Unit(Unit::Weekend, false) => self.week_of(next).or_else(|| self.weekend_at_hand(at)),
            Class::Unit(Unit::Day, false) | Class::Other => self.vague(at).or_else(|| match self.low(next) {
                "latter" => self.fraction(next),
                "final" => self.piece(next).or_else(|| self.fraction(next)),
                _ => None,
            }),
            Class::Unit(unit @ (Unit::Quarter | Unit::Year), false) => self.period_told_of(at, unit),
            _ => None,
        }
    }
}
