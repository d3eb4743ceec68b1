//! Years, ranges of years, decades and centuries; and which numbers of four digits are no years.

use super::calendar::calendar;
use super::form::{Form, Written, YearRef};
use super::lexicon::{Class, is_counted};
use super::text::{AtomText, FormMatch};
use crate::lexicon;
use crate::prose::has_possessive_s;

impl AtomText<'_> {
    /// A year alone, `480 B.C.`, a range of years such as `2016–17`, `2018 Q1`.
    pub fn year_phrase(&self, at: usize) -> Option<FormMatch> {
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
                .then(|| FormMatch::with(calendar(Some(year), None, None), end, written));
        }
        if number.words {
            let cue = matches!(self.low_before(at), "in" | "since" | "of" | "by" | "until" | "year" | "during");
            let plain = cue && !self.counts_something(end) && !self.plural_follows(end);
            return plain.then(|| FormMatch::with(calendar(Some(year), None, None), end, written));
        }
        let bc = matches!(year, YearRef::Written(..=0));
        // `2018 April`, `2018 Q1`
        let part = if self.joined_dash(end) { end + 1 } else { end };
        if let Class::Fraction(n, of) = self.class(part) {
            return Some(FormMatch::with(Form::Fraction(n, of, Some(year)), part + 1, written));
        }
        if let Some(month) = self.month(end) {
            let free = self.day(end + 1, false).is_none() && self.year(end + 1).is_none();
            if free && !bc && self.low_before(at) == "in" {
                written.month = Some(month);
                return Some(FormMatch::with(calendar(Some(year), Some(month.number), None), end + 1, written));
            }
        }
        if !bc && !self.is_year_alone(at, end) {
            return None;
        }
        Some(FormMatch::with(calendar(Some(year), None, None), end, written))
    }

    fn spaced_word(&self, at: usize) -> bool {
        self.is_word(at) && self.spaced(at) && matches!(self.class(at), Class::Unit(..))
    }

    /// `$1990`, `No. 1945`, `flight 1549`.
    pub fn is_code(&self, at: usize) -> bool {
        let before = self.low_before(at);
        lexicon::time::BEFORE_CODES.contains(before)
            || (at > 0
                && !self.spaced(at)
                && matches!(before, "." | "/" | "_" | "@" | ":" | "-")
                && self.is_word(at.wrapping_sub(2))
                && before != "-")
    }

    /// Whether a number of four digits is a year, by what is around it.
    fn is_year_alone(&self, at: usize, end: usize) -> bool {
        let Class::Digits(value, _) = self.class(at) else { return false };
        let next = self.low(end);
        // “before 2010 or after 2018”: an end, not a number that counts.
        let either = next == "or"
            && matches!(
                self.low_before(at),
                "before" | "after" | "since" | "until" | "through" | "to" | "and" | "in" | "of"
            );
        // “below 1990 levels”
        if lexicon::time::BEHIND_YEARS.contains(next) && (1900..=2060).contains(&value) && !self.is_code(at) {
            return true;
        }
        if self.is_code(at)
            || is_counted(next) && !either
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
        if self.opens_years(at, end) || self.is_possessive(at) && (1900..=2060).contains(&value) {
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
            // `no later than 2020`
            "than" => matches!(self.class(at.wrapping_sub(2)), Class::Earlier | Class::Later) && modern && !plural,
            "of" => (modern && !round || self.capital_before(at - 1) || at >= 2 && self.capital(at - 2)) && !plural,
            "the" | "'s" | "its" | "their" | "his" | "her" | "our" | "a" | "that" | "this" => {
                modern && !round && (self.is_word(end) || self.low(end) == "\"")
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
                    && (self.possessive_before(at) && !self.capital(end)
                        || (adjective || sentence_end) && !self.capital_before(at))
            }
        }
    }

    /// `1861` of `1861-1863`, `1990` of `1990-95`.
    fn opens_years(&self, at: usize, end: usize) -> bool {
        if self.short_end_of_years(at, end).is_some() {
            return true;
        }
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

    /// `2003's`.
    fn is_possessive(&self, at: usize) -> bool {
        let (mark, letter) = (at + 1, at + 2);
        self.class(mark) == Class::Apostrophe && self.low(letter) == "s" && !self.spaced(mark) && !self.spaced(letter)
    }

    fn possessive_before(&self, at: usize) -> bool {
        has_possessive_s(self.low_before(at))
    }

    pub fn is_sentence_start(&self, at: usize) -> bool {
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
    pub fn plural_follows(&self, at: usize) -> bool {
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
                    | "onwards"
            )
    }

    /// `ca. 466 B.C.`
    pub fn circa(&self, at: usize) -> Option<FormMatch> {
        let next = if self.low(at + 1) == "." { at + 2 } else { at + 1 };
        let year = self.plain_year(next)?;
        matches!(self.low(at), "ca." | "ca" | "circa").then_some(year)
    }

    /// A bare number of up to three digits that is a year if the story is about years B.C.
    pub fn ancient_year(&self, at: usize) -> Option<FormMatch> {
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
        Some(FormMatch { weak: true, ..FormMatch::with(form, at + 1, written) })
    }

    /// `the 1990s`, `the ’90s`, `the nineties`: from the number on.
    pub fn decade(&self, at: usize) -> Option<FormMatch> {
        match self.class(at) {
            Class::Decade(first) => {
                if self.class(at + 1) == Class::Bc {
                    return Some(FormMatch::new(Form::Decade(-first, true), at + 2));
                }
                // `470s` is a decade only B.C.
                (first >= 1000).then(|| FormMatch::new(Form::Decade(first, true), at + 1))
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
                    .then(|| FormMatch::new(Form::Decade(1900 + i16::from(tens), false), at + 1))
            }
            _ => None,
        }
    }

    /// `19th century`, `fifth century B.C.`, `twenty-first-century`: from the ordinal on.
    pub fn century(&self, at: usize) -> Option<FormMatch> {
        let (number, end, _) = self.ordinal(at)?;
        let next = if self.class(end) == Class::Dash { end + 1 } else { end };
        let Class::Unit(super::form::Unit::Century, _) = self.class(next) else { return None };
        let bc = self.class(next + 1) == Class::Bc;
        (number <= 30).then(|| FormMatch::new(Form::Century(number, bc), next + 1 + usize::from(bc)))
    }

    /// A year where no guard is needed, because the words before it call for one.
    pub fn plain_year(&self, at: usize) -> Option<FormMatch> {
        let (year, number, end) = self.year(at)?;
        let written = Written { year: Some(number), ..Written::default() };
        (!is_counted(self.low(end)) || self.low(end) == "or")
            .then(|| FormMatch::with(calendar(Some(year), None, None), end, written))
    }
}
