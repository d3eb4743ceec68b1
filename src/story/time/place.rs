//! Calendar arithmetic that cannot fail or overflow, and TIMEX3 values.

use std::fmt;

use jiff::Span as Length;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::form::{Count, DayPart, Portion, Season, Unit};

/// `days` after `date`; `None` past the ends of the calendar.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Length::new().try_days(days).ok()?).ok()
}

/// `months` after `date`, on the last day of the month when the month is too short.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Length::new().try_months(months).ok()?).ok()
}

/// `count` units after `date`.
pub(super) fn add(date: Date, unit: Unit, count: i64) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(date),
        Unit::Day => add_days(date, count),
        Unit::Week | Unit::Weekend => add_days(date, count.checked_mul(7)?),
        Unit::Fortnight => add_days(date, count.checked_mul(14)?),
        Unit::Month => add_months(date, count),
        Unit::Quarter => add_months(date, count.checked_mul(3)?),
        Unit::Year => add_months(date, count.checked_mul(12)?),
        Unit::Decade => add_months(date, count.checked_mul(120)?),
        Unit::Century => add_months(date, count.checked_mul(1200)?),
    }
}

/// First and last day of the day, week, month … that holds `date`. Weeks start on Monday, as in ISO 8601.
pub(super) fn around(date: Date, unit: Unit) -> Option<(Date, Date)> {
    let since_monday = i64::from(date.weekday().to_monday_zero_offset());
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some((date, date)),
        Unit::Week => Some((add_days(date, -since_monday)?, add_days(date, 6 - since_monday)?)),
        Unit::Weekend => Some((add_days(date, 5 - since_monday)?, add_days(date, 6 - since_monday)?)),
        Unit::Fortnight => Some((add_days(date, -since_monday)?, add_days(date, 13 - since_monday)?)),
        Unit::Month => Some((date.first_of_month(), date.last_of_month())),
        Unit::Quarter => months(date.year(), (date.month() - 1) / 3 * 3 + 1, 3),
        Unit::Year => years(date.year(), date.year()),
        Unit::Decade => {
            let first = date.year().div_euclid(10) * 10;
            years(first, first + 9)
        }
        Unit::Century => {
            let first = date.year().div_euclid(100) * 100;
            years(first, first.checked_add(99)?)
        }
    }
}

/// First day of `first` to last day of `last`.
pub(super) fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// `count` months from `first` of `year` on.
pub(super) fn months(year: i16, first: i8, count: i64) -> Option<(Date, Date)> {
    let start = Date::new(year, first, 1).ok()?;
    Some((start, add_days(add_months(start, count)?, -1)?))
}

/// The days of a season; winter runs into the next year.
pub(super) fn season(season: Season, year: i16) -> Option<(Date, Date)> {
    let first = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Fall => 9,
        Season::Winter => 12,
    };
    months(year, first, 3)
}

/// The last day with `weekday` (1 is Monday) up to and including `date`.
pub(super) fn weekday_until(date: Date, weekday: i8) -> Option<Date> {
    let back = (date.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    add_days(date, -i64::from(back))
}

/// Number 1 (Monday) to 7 of the weekday of `date`.
pub(super) fn weekday_number(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The English name of weekday 1 (Monday) to 7.
pub(super) fn weekday_name(number: i8) -> &'static str {
    match Weekday::from_monday_one_offset(number) {
        Ok(Weekday::Monday) => "Monday",
        Ok(Weekday::Tuesday) => "Tuesday",
        Ok(Weekday::Wednesday) => "Wednesday",
        Ok(Weekday::Thursday) => "Thursday",
        Ok(Weekday::Friday) => "Friday",
        Ok(Weekday::Saturday) => "Saturday",
        _ => "Sunday",
    }
}

/// The third, or so, of a period that `early`, `mid-` or `late` means.
pub(super) fn cut((from, to): (Date, Date), unit: Option<Unit>, portion: Portion) -> Option<(Date, Date)> {
    let length = days_between(from, to) + 1;
    if unit == Some(Unit::Month) {
        return Some(match portion {
            Portion::Early | Portion::Earlier => (from, add_days(from, 14)?),
            Portion::Mid => (add_days(from, 10)?, add_days(from, 19)?),
            Portion::Late | Portion::Later => (add_days(from, 15)?, to),
        });
    }
    if unit == Some(Unit::Year) {
        return match portion {
            Portion::Early | Portion::Earlier => months(from.year(), 1, 4),
            Portion::Mid => months(from.year(), 5, 4),
            Portion::Late | Portion::Later => months(from.year(), 9, 4),
        };
    }
    if length < 3 {
        return Some((from, to));
    }
    let third = length / 3;
    Some(match portion {
        Portion::Early | Portion::Earlier => (from, add_days(from, third - 1)?),
        Portion::Mid => (add_days(from, third)?, add_days(to, -third)?),
        Portion::Late | Portion::Later => (add_days(to, 1 - third)?, to),
    })
}

/// `take` units of a period, after `skip` of them, from its start or its end. Weeks are those of ISO 8601.
pub(super) fn piece(
    (from, to): (Date, Date),
    from_start: bool,
    skip: u32,
    take: u32,
    unit: Unit,
) -> Option<(Date, Date)> {
    let (skip, take) = (i64::from(skip), i64::from(take));
    if unit == Unit::Week {
        // The week with the period's first Thursday is its first, as in ISO 8601.
        let first = around(add_days(weekday_until(add_days(from, 6)?, 4)?, 0)?, Unit::Week)?.0;
        let last = around(weekday_until(to, 4)?, Unit::Week)?.1;
        return if from_start {
            let begin = add_days(first, 7 * skip)?;
            Some((begin, add_days(begin, 7 * take - 1)?))
        } else {
            Some((add_days(last, 1 - 7 * take)?, last))
        };
    }
    if from_start {
        let begin = add(from, unit, skip)?;
        Some((begin, add_days(add(begin, unit, take)?, -1)?.min(to))).filter(|(a, b)| a <= b)
    } else {
        let begin = add(add_days(to, 1)?, unit, -take)?;
        Some((begin.max(from), to))
    }
}

/// How many days `to` is after `from`.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The first day of the period of `unit` that holds `date`.
pub(super) fn start_of(date: Date, unit: Unit) -> Option<Date> {
    around(date, unit).map(|(from, _)| from)
}

/// A year as values of days begin: `2018`, `BC0480`.
struct Year(i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0;
        if year > 0 { write!(f, "{year:04}") } else { write!(f, "BC{:04}", 1 - i32::from(year)) }
    }
}

/// `2018`, `BC0480`.
pub(super) fn year_value(year: i16) -> String {
    Year(year).to_string()
}

/// `2018-02`.
pub(super) fn month_value(year: i16, month: i8) -> String {
    format!("{}-{month:02}", Year(year))
}

/// `2018-02-20`.
pub(super) fn day_value(date: Date) -> String {
    format!("{}-{:02}-{:02}", Year(date.year()), date.month(), date.day())
}

/// The value of the day, week, month … that holds `date`.
pub(super) fn unit_value(date: Date, unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => day_value(date),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let week = ISOWeekDate::from(date);
            let suffix = if unit == Unit::Weekend { "-WE" } else { "" };
            format!("{}-W{:02}{suffix}", year_value(week.year()), week.week())
        }
        Unit::Month => month_value(date.year(), date.month()),
        Unit::Quarter => format!("{}-Q{}", year_value(date.year()), (date.month() - 1) / 3 + 1),
        Unit::Year => year_value(date.year()),
        Unit::Decade => shortened(date.year(), 1),
        Unit::Century => shortened(date.year(), 2),
    }
}

/// The year's value without its last `digits`: `199`, `19`.
fn shortened(year: i16, digits: usize) -> String {
    let mut value = year_value(year);
    value.truncate(value.len().saturating_sub(digits));
    value
}

/// `SP`, `SU`, `FA`, `WI`.
pub(super) fn season_value(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Fall => "FA",
        Season::Winter => "WI",
    }
}

/// `TMO`, `TAF`, `TEV`, `TNI`.
pub(super) fn part_value(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
    }
}

/// `P3D`, `PT2H`, `PXM`.
pub(super) fn duration_value(count: Count, unit: Unit) -> String {
    let number = |factor: u32| match count {
        Count::Exact(n) => n.saturating_mul(factor).to_string(),
        Count::AndHalf(n) if factor == 2 => n.saturating_mul(2).saturating_add(1).to_string(),
        Count::AndHalf(n) => format!("{n}.5"),
        Count::Some => "X".to_owned(),
    };
    match unit {
        Unit::Second => format!("PT{}S", number(1)),
        Unit::Minute => format!("PT{}M", number(1)),
        Unit::Hour => format!("PT{}H", number(1)),
        Unit::Day => format!("P{}D", number(1)),
        Unit::Weekend => format!("P{}WE", number(1)),
        Unit::Week => format!("P{}W", number(1)),
        Unit::Fortnight => format!("P{}W", number(2)),
        Unit::Month => format!("P{}M", number(1)),
        Unit::Quarter => format!("P{}Q", number(1)),
        Unit::Year => format!("P{}Y", number(1)),
        Unit::Decade => format!("P{}DE", number(1)),
        Unit::Century => format!("P{}CE", number(1)),
    }
}
