//! Full calendar dates as they are written: `2018-02-12`, `Feb. 12, 2018`, `12 February 2018`.
//!
//! Only dates that can be read in one way are read: `02/12/2018` is either in February or in December.

use crate::lexicon;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

const MONTH: &str = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
                     oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

static MONTH_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i-u)\b{MONTH}\.?[ \t]+([0-9]{{1,2}})(?:st|nd|rd|th)?(?:,[ \t]*|[ \t]+)([0-9]{{4}})\b")).ok()
});
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i-u)\b([0-9]{{1,2}})(?:st|nd|rd|th)?(?:[ \t]+of)?[ \t-]+{MONTH}\.?(?:,[ \t]*|[ \t-]+)([0-9]{{4}})\b"
    ))
    .ok()
});
static YEAR_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)\b([0-9]{4})([-/._])([0-9]{1,2})[-/._]([0-9]{1,2})(?:\b|[Tt_])").ok());

/// `Mon Feb 12 21:30:09 EST 2018`, as C's `ctime` writes it.
static YEAR_BEHIND_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i-u)^[a-z]{{3}},? {MONTH} {{1,2}}([0-9]{{1,2}}) [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?: [a-z]{{2,5}})? ([0-9]{{4}})$"
    ))
    .ok()
});

static YEAR_LAST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?-u)([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:$|[ \t,])").ok());

/// The first full date in `text` and its bytes; `None` when there is none that can be read in only one way.
pub fn find_date(text: &str) -> Option<(Date, Range<usize>)> {
    // Every form has a year from 1900 to 2099, and few texts do.
    let is_year = |digits: &[u8]| matches!(digits, [b'1', b'9', rest @ ..] | [b'2', b'0', rest @ ..] if rest.iter().all(u8::is_ascii_digit));
    if !text.as_bytes().windows(4).any(is_year) {
        return None;
    }
    let month_first = find(&MONTH_FIRST, text, |c| date(number(c, 3)?, month(c.get(1)?.as_str())?, number(c, 2)?));
    let day_first = find(&DAY_FIRST, text, |c| date(number(c, 3)?, month(c.get(2)?.as_str())?, number(c, 1)?));
    let year_first = find(&YEAR_FIRST, text, |c| date(number(c, 1)?, number(c, 3)?, number(c, 4)?));
    [month_first, day_first, year_first].into_iter().flatten().min_by_key(|(_, range)| range.start)
}

/// The date that `text` as a whole stands for, with or without a weekday before it and a time after it.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return compact_date(text);
    }
    if let [only] = date_readings(text)[..] {
        return Some(only);
    }
    if let Some((day, _)) =
        find(&YEAR_BEHIND_TIME, text, |c| date(number(c, 3)?, month(c.get(1)?.as_str())?, number(c, 2)?))
    {
        return Some(day);
    }
    let (date, range) = find_date(text)?;
    let before = text[..range.start].trim_end_matches(|c: char| c == ',' || c == '.' || c.is_whitespace());
    (before.is_empty() || is_weekday(before)).then_some(date)
}

/// The days that a date in figures with its year at the end may stand for, the month read first before the day read
/// first: two for `02/12/2018`, one for `31.12.2018` and `02/02/2018`. A time may follow.
pub fn date_readings(text: &str) -> Vec<Date> {
    let Some(captures) = YEAR_LAST.as_ref().and_then(|pattern| pattern.captures(text.trim())) else {
        return Vec::new();
    };
    let reading = |month, day| date(number(&captures, 3)?, number(&captures, month)?, number(&captures, day)?);
    let mut readings: Vec<Date> = [reading(1, 2), reading(2, 1)].into_iter().flatten().collect();
    readings.dedup();
    readings
}

/// The date that eight digits stand for: `20180212`.
pub fn compact_date(digits: &str) -> Option<Date> {
    date(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)
}

/// A day of the years 1900 to 2099: anything else is a slip of the pen or not a date at all.
pub fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1900..=2099).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn find(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    read: impl Fn(&Captures<'_>) -> Option<Date>,
) -> Option<(Date, Range<usize>)> {
    let pattern = LazyLock::force(pattern).as_ref()?;
    pattern.captures_iter(text).find_map(|captures| Some((read(&captures)?, captures.get(0)?.range())))
}

fn number(captures: &Captures<'_>, group: usize) -> Option<i16> {
    captures.get(group)?.as_str().parse().ok()
}

/// 1 to 12 for a month's English name or its abbreviation; three letters tell them apart.
fn month(name: &str) -> Option<i16> {
    let start = name.get(..3)?.to_ascii_lowercase();
    lexicon::time::MONTHS.iter().zip(1..).find(|(month, _)| month.starts_with(&start)).map(|(_, number)| number)
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && lexicon::time::WEEKDAYS.iter().any(|name| name.starts_with(&word))
}

/// The weekday of `date` in English: `Sunday`.
pub fn weekday_name(date: Date) -> &'static str {
    match date.weekday() {
        jiff::civil::Weekday::Monday => "Monday",
        jiff::civil::Weekday::Tuesday => "Tuesday",
        jiff::civil::Weekday::Wednesday => "Wednesday",
        jiff::civil::Weekday::Thursday => "Thursday",
        jiff::civil::Weekday::Friday => "Friday",
        jiff::civil::Weekday::Saturday => "Saturday",
        jiff::civil::Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn forms_that_can_be_read_in_one_way() {
        for text in [
            "2018-02-12",
            "2018-02-12T08:30:00+02:00",
            "Mon Feb 12 21:30:09 EST 2018",
            "2018-02-12 08:30:00 -0500",
            "2018/02/12",
            "2018-2-12",
            "20180212",
            "Feb. 12, 2018",
            "February 12 2018",
            "12 February 2018",
            "12th of February, 2018",
            "12-Feb-2018",
            "Mon, 12 Feb 2018 10:00:00 GMT",
            "Monday, Feb. 12, 2018, 5:30 p.m.",
        ] {
            assert_eq!(parse_date(text), Some(date(2018, 2, 12)), "{text}");
        }
        for text in ["31.12.2018", "12/31/2018 8:30", "31-12-2018"] {
            assert_eq!(parse_date(text), Some(date(2018, 12, 31)), "{text}");
        }
        assert_eq!(parse_date("02/02/2018"), Some(date(2018, 2, 2)));
        assert_eq!(date_readings("02/12/2018"), [date(2018, 2, 12), date(2018, 12, 2)]);
    }

    #[test]
    fn no_guess_and_no_day_that_does_not_exist() {
        for text in [
            "02/12/2018",
            "12.02.2018",
            "31.13.2018",
            "31.12.20188",
            "2018-02-30",
            "Feb. 30, 2018",
            "20181301",
            "1812-06-24",
            "soon",
            "2018",
            "not 2018-02-12",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_found_inside_a_line() {
        let text = "KESTREL BAY, Feb. 12, 2018 (CNS)";
        let (found, range) = find_date(text).expect("there is a date");
        assert_eq!((found, &text[range]), (date(2018, 2, 12), "Feb. 12, 2018"));
    }
}
