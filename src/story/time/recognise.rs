//! Finds the time expressions of a paragraph: one pass over its atoms, the first atom's class says what can start there.

use super::form::{Form, Unit};
use super::lexicon::Class;
use super::text::{Found, Text};

/// One match: first atom, and what was found.
pub(super) fn all(text: &Text) -> Vec<(usize, Found)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.atoms.len() {
        let atom = text.atoms[at];
        if !atom.opens || (atom.class == Class::Other && !atom.capital && !starts_other(text.low(at))) {
            at += 1;
            continue;
        }
        match text.match_at(at) {
            Some(hit) if hit.end > at && text.atoms.get(hit.end - 1).is_some_and(|a| a.closes) => {
                let end = hit.end;
                found.push((at, hit));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The few words outside the lexicon's classes that start an expression.
fn starts_other(low: &str) -> bool {
    matches!(low, "these" | "latter" | "final")
}

impl Text<'_> {
    /// The expression that starts with the atom `at`.
    fn match_at(&self, at: usize) -> Option<Found> {
        match self.class(at) {
            Class::Month(_) | Class::MonthShort(_) => {
                self.holiday(at).or_else(|| self.month_date(at)).map(|f| self.extend_range(f))
            }
            Class::Weekday(_) | Class::WeekdayShort(_) => self.weekday_phrase(at),
            Class::OtherNumber => self.figures(at),
            Class::Digits(..) => self
                .clock(at)
                .or_else(|| self.figures(at))
                .or_else(|| self.day_date(at))
                .or_else(|| self.quantity(at))
                .or_else(|| self.year_phrase(at))
                .or_else(|| self.ancient_year(at)),
            Class::GluedClock(_) | Class::NamedHour(_) => self.clock(at),
            Class::Ordinal(..) | Class::First => {
                self.day_date(at).or_else(|| self.century(at)).or_else(|| self.fraction(at)).or_else(|| self.piece(at))
            }
            Class::Cardinal(_) => self
                .century(at)
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
            | Class::At => self.quantity(at),
            Class::Unit(unit, plural) => {
                if plural || (self.class(at + 1) == Class::Dash && self.class(at + 2) == Class::Long) {
                    self.quantity(at).or_else(|| self.long_unit(at, unit))
                } else {
                    self.week_of(at)
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
            Class::Adverb(_) | Class::Every | Class::Per => self.repeated(at),
            Class::Vague(_) | Class::Now | Class::Recent => self.vague(at),
            Class::Early | Class::Mid | Class::Late => self.portion(at),
            Class::Start | Class::Middle | Class::End => self.edge(at),
            Class::Earlier | Class::Later => self.comparative(at),
            Class::Last => self.piece(at).or_else(|| self.which(at)),
            Class::This
            | Class::That
            | Class::Same
            | Class::Past
            | Class::Previous
            | Class::Next
            | Class::Coming
            | Class::Following
            | Class::Current => self.which(at),
            Class::The => self.after_the(at),
            Class::From | Class::Between => self.range(at),
            Class::In => self.in_future(at),
            Class::Part(_) => self.part_of_day(at),
            Class::Other => self.holiday(at).or_else(|| self.vague(at)).or_else(|| match self.low(at) {
                "latter" => self.fraction(at),
                "final" => self.piece(at),
                _ => None,
            }),
            _ => None,
        }
    }

    /// `year-long`, `month-long`.
    fn long_unit(&self, at: usize, unit: Unit) -> Option<Found> {
        let long = self.joined_dash(at + 1) && self.class(at + 2) == Class::Long;
        long.then(|| Found::new(Form::Duration(super::form::Count::Exact(1), unit), at + 3))
    }

    /// Expressions that start with `the`.
    fn after_the(&self, at: usize) -> Option<Found> {
        let next = at + 1;
        match self.class(next) {
            Class::Last => self.piece(next).or_else(|| self.which(at)),
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
                .or_else(|| self.piece(next))
                .or_else(|| self.ordinal_day(next)),
            Class::Cardinal(_) => self.day_date(next).or_else(|| self.century(next)),
            Class::Digits(..) => self.day_date(next),
            Class::Decade(_) | Class::ShortDecade(_) => self.decade(next),
            Class::Apostrophe => self.decade(next + 1).filter(|_| !self.spaced(next + 1)),
            Class::Season(_) => self.season(next, false),
            Class::Part(_) => self.part_of_day(next),
            Class::Unit(Unit::Year, false) => {
                self.plain_year(next + 1).filter(|f| !f.written.year.is_some_and(|y| y.words))
            }
            Class::Unit(Unit::Week | Unit::Weekend, false) => self.week_of(next),
            Class::Unit(Unit::Day, false) | Class::Other => self.vague(at).or_else(|| match self.low(next) {
                "latter" => self.fraction(next),
                "final" => self.piece(next),
                _ => None,
            }),
            _ => None,
        }
    }

    /// `from May 2 to 5`, `between 2014 and 2018`, `from Monday to Friday`.
    fn range(&self, at: usize) -> Option<Found> {
        let between = self.class(at) == Class::Between;
        let first = self.end_of_range(at + 1)?;
        if let Form::Range(..) = first.form {
            return Some(first);
        }
        let link = self.class(first.end);
        let linked =
            if between { matches!(link, Class::And) } else { matches!(link, Class::To) } || (link == Class::Dash);
        if !linked {
            return None;
        }
        let last_at = first.end + 1;
        let partial = match first.form {
            Form::Calendar { year, month: Some(month), day: Some(_), .. } if first.written.month.is_some() => self
                .day(self.skip(last_at, Class::The), false)
                .map(|(day, end)| Found::new(super::calendar::calendar(year, Some(month), Some(day.value as u8)), end)),
            _ => None,
        };
        let last = self.end_of_range(last_at).or(partial)?;
        let form = Form::Range(Box::new(first.form), Box::new(last.form));
        Some(Found::with(form, last.end, first.written))
    }

    fn end_of_range(&self, at: usize) -> Option<Found> {
        let found = match self.class(at) {
            Class::Now => Some(Found::new(Form::Day(0), at + 1)),
            Class::Start | Class::Middle | Class::End => self.edge(at),
            Class::Early | Class::Mid | Class::Late => self.portion(at),
            Class::The if matches!(self.class(at + 1), Class::Start | Class::Middle | Class::End) => self.edge(at + 1),
            Class::Month(_) | Class::MonthShort(_) => self.month_date(at).or_else(|| self.inner(at)),
            Class::Weekday(_) | Class::Day(_, false) | Class::Digits(..) => self.inner(at),
            Class::The | Class::This | Class::Last | Class::Next => self.inner(at),
            Class::Season(_) => self.season(at, false),
            _ => None,
        }?;
        Some(found)
    }

    /// `Nov. 18-Dec. 19, 2015`, `May-September 2017`: a second month glued to the first.
    fn extend_range(&self, first: Found) -> Found {
        let joined = self.class(first.end) == Class::Dash && self.month(first.end + 1).is_some();
        if !joined {
            return first;
        }
        let Form::Calendar { year: None, day, .. } = first.form else { return first };
        let last_at = first.end + 1;
        let Some(last) = self.month_date(last_at).or_else(|| self.inner(last_at)) else { return first };
        let same = matches!(last.form, Form::Calendar { day: last_day, .. } if last_day.is_some() == day.is_some());
        if !same {
            return first;
        }
        Found::with(Form::Range(Box::new(first.form), Box::new(last.form)), last.end, first.written)
    }
}
