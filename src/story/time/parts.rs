//! Parts of periods and of days: `early May`, `the end of the year`, `the third quarter`, `the night of May 3`, seasons.

use super::calendar::calendar;
use super::form::{Count, DayPart, Form, Portion, Unit, Which, Written, YearRef};
use super::lexicon::Class;
use super::text::{AtomText, FormMatch};

/// How many tokens of a sentence are looked at on each side.
const SENTENCE: usize = 40;

impl AtomText<'_> {
    /// `early May`, `mid-1990s`, `late on Monday`, `late last year`.
    pub fn portion(&self, at: usize) -> Option<FormMatch> {
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
        // `by late morning`
        if let Class::Part(part) = self.class(next)
            && matches!(self.low_before(at), "by" | "until" | "since" | "from" | "in")
            && next > at
            && !linked
            && self.class(next + 1) != Class::Of
            && !self.noun_follows(next + 1)
        {
            let written = Written { portion: Some((portion, self.span(at, at + 1))), ..Written::default() };
            return Some(FormMatch::with(Form::Portion(portion, Box::new(Form::Part(part, None))), next + 1, written));
        }
        let mut inner = self.inner(next).or_else(|| {
            let whole = linked && self.class(next) == Class::The && self.class(at + 1) == Class::In;
            if whole { self.discourse_period(next) } else { self.part_of_day(next) }
        })?;
        if matches!(inner.form, Form::Calendar { day: Some(_), .. }) && linked && self.class(next) != Class::The {
            // “late on May 3” is about the time of day.
            inner.written.portion = Some((portion, self.span(at, at + 1)));
            return Some(FormMatch { form: Form::Portion(portion, Box::new(inner.form)), ..inner });
        }
        inner.written.portion = Some((portion, self.span(at, at + 1)));
        Some(FormMatch { form: Form::Portion(portion, Box::new(inner.form)), ..inner })
    }

    /// `beginning of May`, `end of the year`, `middle of the 1990s`: from the noun on.
    pub fn edge(&self, at: usize) -> Option<FormMatch> {
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
        Some(FormMatch { form: Form::Portion(portion, Box::new(inner.form)), ..inner })
    }

    /// `the year`, `month`: the one the text or the day is in.
    pub fn discourse_period(&self, at: usize) -> Option<FormMatch> {
        let next = self.skip(at, Class::The);
        let Class::Unit(unit, false) = self.class(next) else { return None };
        use super::form::Unit::*;
        let fits = matches!(unit, Day | Weekend | Week | Month | Quarter | Year | Decade | Century);
        (fits && self.class(next + 1) != Class::Dash).then(|| FormMatch::new(Form::Period(unit, Which::This), next + 1))
    }

    /// A period that `early`, `the end of` or `the first week of` can be part of.
    pub fn inner(&self, at: usize) -> Option<FormMatch> {
        let next = self.skip(at, Class::The);
        match self.class(next) {
            Class::Month(_) | Class::MonthShort(_) => self.month_date(next).or_else(|| {
                let month = self.month(next).filter(|_| self.capital(next))?;
                let written = Written { month: Some(month), ..Written::default() };
                Some(FormMatch::with(calendar(None, Some(month.number), None), next + 1, written))
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

    /// `morning of May 3`, `night of Feb. 2`; from the noun on, with `the` before.
    pub fn part_of_day(&self, at: usize) -> Option<FormMatch> {
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
        Some(FormMatch { form: Form::Part(part, Some(Box::new(inner.form))), ..inner })
    }

    /// `at night`, `in the morning`: from the noun on.
    pub fn bare_part(&self, at: usize) -> Option<FormMatch> {
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
        (fits && !noun && self.class(at + 1) != Class::Of).then(|| FormMatch::new(Form::Part(part, None), at + 1))
    }

    /// Whether a word that is in no expression, but could be a noun, follows.
    pub fn noun_follows(&self, at: usize) -> bool {
        self.is_word(at)
            && self.spaced(at)
            && !matches!(
                self.low(at),
                "and"
                    | "but"
                    | "with"
                    | "as"
                    | "when"
                    | "while"
                    | "because"
                    | "for"
                    | "by"
                    | "it"
                    | "he"
                    | "she"
                    | "they"
            )
            && matches!(self.class(at), Class::Other)
    }

    /// A season: with a year or where the words before make it one; `called` when they do.
    pub fn season(&self, at: usize, called: bool) -> Option<FormMatch> {
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
            return Some(FormMatch::with(Form::Season(season, Some(year), None), end, written));
        }
        if self.class(at + 1) == Class::Of
            && let Some((which, end)) = self.relative_year(at + 2)
        {
            return Some(FormMatch::with(Form::Season(season, Some(YearRef::Relative(which)), None), end, written));
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
            return Some(FormMatch::with(Form::Season(season, None, None), at + 1, written));
        }
        let name = capital && (the || self.capital(at + 1));
        let plain = preposition
            && !noun_follows
            && !name
            && self.class(at + 1) != Class::Dash
            && self.class(at + 1) != Class::Of;
        let bare = preposition || (the && matches!(season, super::form::Season::Summer | super::form::Season::Winter));
        let fits = if fall {
            plain
                && matches!(
                    if the { self.low_before(at - 1) } else { self.low_before(at) },
                    "in" | "during" | "since" | "until" | "by" | "throughout" | "through"
                )
                && the
        } else {
            bare && plain || (the && !noun_follows && !capital && self.class(at + 1) != Class::Of)
        };
        fits.then(|| FormMatch::with(Form::Season(season, None, None), at + 1, written))
    }

    /// `third quarter of 2017`, `first half`, `second half of next year`: from the ordinal on.
    pub fn fraction(&self, at: usize) -> Option<FormMatch> {
        let (number, of, end) = match (self.ordinal(at), self.class(at)) {
            (Some((number, next, _)), _) => {
                let next = if self.joined_dash(next) { next + 1 } else { next };
                match self.class(next) {
                    Class::Unit(Unit::Quarter, false) => (number, 4, next + 1),
                    Class::Half => (number, 2, next + 1),
                    _ => return None,
                }
            }
            (None, Class::Last) if self.class(at + 1) == Class::Half => (2, 2, at + 2),
            (None, _) if matches!(self.low(at), "latter") && self.class(at + 1) == Class::Half => (2, 2, at + 2),
            (None, class)
                if (class == Class::Last || self.low(at) == "final")
                    && self.class(at + 1) == Class::Unit(Unit::Quarter, false)
                    && self.class(at + 2) == Class::Of =>
            {
                (4, 4, at + 2)
            }
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
            return Some(FormMatch::with(Form::Fraction(number, of, Some(year)), after, written));
        }
        if linked {
            if let Some((which, after)) = self.relative_year(next) {
                return Some(FormMatch::with(
                    Form::Fraction(number, of, Some(YearRef::Relative(which))),
                    after,
                    written,
                ));
            }
            if let Some(inner) = self.whole_of(next).filter(|f| f.form_is_period()) {
                let portion = if number * 2 <= of { Portion::Early } else { Portion::Late };
                return Some(FormMatch { form: Form::Portion(portion, Box::new(inner.form)), ..inner });
            }
            if self.class(next) == Class::The && self.class(next + 1) == Class::Unit(Unit::Year, false) {
                return Some(FormMatch::with(
                    Form::Fraction(number, of, Some(YearRef::Relative(Which::That))),
                    next + 2,
                    written,
                ));
            }
        }
        // “the third quarter of the game”
        let free = !linked || self.class(next) == Class::The && self.low(next + 1) == "year";
        (free && self.is_business(at)).then(|| FormMatch::with(Form::Fraction(number, of, None), end, written))
    }

    /// Whether the sentence at `at` is about business, so that its quarters are parts of a year and not of a game.
    fn is_business(&self, at: usize) -> bool {
        let token = self.atoms.get(at).map_or(0, |atom| atom.token as usize);
        let start = self.paragraph.tokens.get(token).map_or(0, |token| token.span.start);
        let Some(sentence) = self.paragraph.sentence_at(start) else { return false };
        let has = |words: &crate::lexicon::WordList| {
            let near = token.saturating_sub(SENTENCE)..token.saturating_add(SENTENCE);
            sentence.tokens().filter(|at| near.contains(at)).any(|at| words.contains(self.paragraph.low(at)))
        };
        has(&crate::lexicon::time::BUSINESS) && !has(&crate::lexicon::time::GAMES)
    }

    /// The period that a fraction is part of. A fraction of a fraction is none, so that nothing here can nest without end.
    fn whole_of(&self, at: usize) -> Option<FormMatch> {
        let next = self.skip(at, Class::The);
        match self.class(next) {
            Class::Ordinal(..) | Class::First => self.century(next),
            _ => self.inner(at),
        }
    }

    /// `first week of 2015`, `last two months of the year`, `first 10 days of May`.
    pub fn piece(&self, at: usize) -> Option<FormMatch> {
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
                .then(|| FormMatch::new(Form::Period(whole, Which::That), next + 1))
        })?;
        Some(FormMatch { form: Form::Piece(from_start, skip, take, unit, Box::new(inner.form)), ..inner })
    }

    /// `week of April 10`: from the noun on.
    pub fn week_of(&self, at: usize) -> Option<FormMatch> {
        let Class::Unit(unit @ (Unit::Week | Unit::Weekend), false) = self.class(at) else { return None };
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
        Some(FormMatch { form: Form::WeekOf(Box::new(inner.form), unit), ..inner })
    }

    /// `later that month`, `earlier this year`, `later in 1943`.
    pub fn comparative(&self, at: usize) -> Option<FormMatch> {
        let portion = match self.class(at) {
            Class::Earlier => Portion::Earlier,
            Class::Later => Portion::Later,
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
                Some(FormMatch::new(Form::Period(unit, Which::This), next + 2))
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
            FormMatch { form: Form::Portion(portion, Box::new(found.form.clone())), written, ..found }
        })
    }
}

impl FormMatch {
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
