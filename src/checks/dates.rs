//! Writing dates in the order of the story, for the fixes of date checks.

use jiff::civil::Date;

use crate::story::time::DateOrder;
pub(super) use crate::text::weekday_name as weekday;

/// The months as US news style abbreviates them before a day; March to July are never abbreviated.
const AMERICAN_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `Feb. 11` or `11 February`.
pub(super) fn day(date: Date, order: DateOrder) -> String {
    match order {
        DateOrder::MonthFirst => format!("{} {}", abbreviated_month(date), date.day()),
        DateOrder::DayFirst => format!("{} {}", date.day(), month(date)),
    }
}

/// `Feb. 11, 2018` or `11 February 2018`.
pub(super) fn day_and_year(date: Date, order: DateOrder) -> String {
    match order {
        DateOrder::MonthFirst => format!("{}, {}", day(date, order), date.year()),
        DateOrder::DayFirst => format!("{} {}", day(date, order), date.year()),
    }
}

/// `February`.
pub(super) fn month(date: Date) -> &'static str {
    MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default()
}

fn abbreviated_month(date: Date) -> &'static str {
    month_before_day(date.month() as u8)
}

/// Month 1 to 12 as US news style writes it before a day: `Feb.`, `April`.
pub(super) fn month_before_day(number: u8) -> &'static str {
    AMERICAN_MONTHS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or_default()
}
