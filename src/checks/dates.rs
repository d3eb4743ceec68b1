//! Writing dates in the order of the story, for the fixes of date checks.

use jiff::civil::Date;

use crate::lexicon;
use crate::story::time::DateOrder;
pub(super) use crate::text::weekday_name as weekday;

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
pub(super) fn month(date: Date) -> String {
    date.strftime("%B").to_string()
}

fn abbreviated_month(date: Date) -> &'static str {
    month_before_day(date.month() as u8)
}

/// Month 1 to 12 as US news style writes it before a day: `Feb.`, `April`.
pub(super) fn month_before_day(number: u8) -> &'static str {
    lexicon::time::MONTHS_BEFORE_DAYS.iter().nth(usize::from(number).wrapping_sub(1)).unwrap_or_default()
}
