//! What a time expression says, before it is placed in the calendar.

use super::holiday::Holiday;
use crate::text::Span;

/// A unit of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `second`, only where a number or `few` counts it.
    Second,
    /// `minute`.
    Minute,
    /// `hour`.
    Hour,
    /// `day`.
    Day,
    /// `weekend`: Saturday and Sunday.
    Weekend,
    /// `week`: Monday to Sunday, as in ISO 8601.
    Week,
    /// `fortnight`: two weeks.
    Fortnight,
    /// `month`.
    Month,
    /// `quarter`: three months.
    Quarter,
    /// `year`.
    Year,
    /// `decade`.
    Decade,
    /// `century`.
    Century,
}

/// Which of a row of days, weeks, months … is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// `last`: the one before that of the publication date.
    Last,
    /// `past`, `this past`: the nearest one before the publication date.
    Past,
    /// `this`, `current`: around the publication date.
    This,
    /// `next`: the one after that of the publication date.
    Next,
    /// `coming`, `this coming`: the nearest one after the publication date.
    Coming,
    /// `that`, `the same`: the one the text last spoke of.
    That,
    /// `the following`, `the next`: after the one the text last spoke of.
    Following,
    /// `the previous`, `the preceding`: before the one the text last spoke of.
    Preceding,
}

/// Which part of a period is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Portion {
    /// `early`, `the beginning of`.
    Early,
    /// `mid-`, `the middle of`.
    Mid,
    /// `late`, `the end of`.
    Late,
    /// `earlier this year`: before the day of publication.
    Earlier,
    /// `later this year`: from the day of publication on.
    Later,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// `morning`, `dawn`.
    Morning,
    /// `afternoon`.
    Afternoon,
    /// `evening`, `dusk`.
    Evening,
    /// `night`.
    Night,
}

/// A season; winter is counted to the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
    /// December to February.
    Winter,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// A number.
    Exact(u32),
    /// A number and a half: `2 1/2 years`, `a year and a half`.
    AndHalf(u32),
    /// `a few`, `several`, or only the plural.
    Some,
}

/// A year as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearRef {
    /// Astronomical year number: 480 B.C. is -479.
    Written(i16),
    /// Two digits, as in `’87`.
    Short(u8),
    /// `last year`, `that year`.
    Relative(Which),
}

/// Where a count of units starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The publication date: `ago`, `from now`.
    Published,
    /// The date the text last spoke of: `later`, `earlier`.
    Discourse,
    /// A date that is named: `two days after May 3`.
    Form(Box<Form>),
}

/// How vague expressions point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `recently`.
    Past,
    /// `now`, `currently`.
    Present,
    /// `soon`.
    Future,
    /// `at the time`.
    Unknown,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A day, month or year by its name or number; parts that are not given are `None`. A weekday that is beside
    /// the date is in [`Written`].
    Calendar {
        /// The year.
        year: Option<YearRef>,
        /// 1 to 12.
        month: Option<u8>,
        /// 1 to 31; may be more than the month has.
        day: Option<u8>,
        /// `last May`, `this May 3`.
        which: Option<Which>,
    },
    /// `the 1990s`; the first year, and whether the century was written.
    Decade(i16, bool),
    /// `the 19th century`: the number, and whether B.C.
    Century(u8, bool),
    /// `the summer of 2017`, `last winter`.
    Season(Season, Option<YearRef>, Option<Which>),
    /// `the third quarter of 2017`, `the first half`: number, of how many, year.
    Fraction(u8, u8, Option<YearRef>),
    /// `Monday`, 1 (Monday) to 7, with `last` or `next`.
    Weekday(i8, Option<Which>),
    /// `Monday of next week`: weekday and week.
    WeekdayOf(i8, Which),
    /// `the first Tuesday in May`, `the last Friday of this month`: 1 to 5, or -1 for the last; 1 (Monday) to 7; the month.
    NthWeekday(i8, i8, Box<Form>),
    /// `the 21st of this month`.
    DayOf(u8, Which),
    /// `today` 0, `yesterday` -1, in days from the publication date.
    Day(i32),
    /// `last week`, `that year`.
    Period(Unit, Which),
    /// `two years ago`, `three days later`: positive is later.
    Offset(Count, Unit, bool, Start),
    /// `the last three months`, `the next five days`; true is to come.
    Stretch(Count, Unit, bool),
    /// `three days`.
    Duration(Count, Unit),
    /// `every week`, `every two years`.
    Every(Count, Unit),
    /// `every Monday`, `Mondays`, `every October`, `every night`: what comes again and again.
    Each(Box<Form>),
    /// Hour 0 to 24 and minute.
    Clock(u8, Option<u8>),
    /// `Monday night`, `the morning of May 3`; without a day, the one the text last spoke of.
    Part(DayPart, Option<Box<Form>>),
    /// `early May`, `the end of the year`.
    Portion(Portion, Box<Form>),
    /// `the week of April 10`, `Labor Day weekend`: the day, and whether a week or a weekend is meant.
    WeekOf(Box<Form>, Unit),
    /// `fiscal 2018`: twelve months that begin when the firm or the state says, so no days are known.
    FiscalYear(Option<YearRef>),
    /// `the first week of 2015`, `the last two months of the year`: from the start (true) or the end; the number of
    /// units to leave out, the number to take.
    Piece(bool, u32, u32, Unit, Box<Form>),
    /// `recently`.
    Vague(Direction),
    /// `Christmas`, `Thanksgiving 2018`.
    Holiday(Holiday, Option<YearRef>, Option<Which>),
}

/// A month or weekday as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenName {
    /// Bytes of the paragraph's prose, with a point that belongs to it.
    pub span: Span,
    /// Month 1 to 12, or weekday 1 (Monday) to 7.
    pub number: u8,
    /// It is not the full name.
    pub abbreviated: bool,
    /// An abbreviation that ends in a point.
    pub point: bool,
}

/// A day of the month or a year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenNumber {
    /// Bytes of the paragraph's prose, with an ordinal suffix.
    pub span: Span,
    /// The number; of a year with two digits, these two.
    pub value: i32,
    /// `20th`, `twentieth`.
    pub ordinal: bool,
    /// Written in words.
    pub words: bool,
}

/// The parts of a date as written, for checks of style and of agreement. All spans count bytes of the paragraph's prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The weekday that is with a date, or alone.
    pub weekday: Option<WrittenName>,
    /// The month's name.
    pub month: Option<WrittenName>,
    /// The day of the month.
    pub day: Option<WrittenNumber>,
    /// The year.
    pub year: Option<WrittenNumber>,
    /// `early`, `mid-`, `late` or `the end of`, with its words.
    pub portion: Option<(Portion, Span)>,
    /// `last`, `this`, `next` …, with its word.
    pub which: Option<(Which, Span)>,
    /// `before`, `by` or `until` is before it, of something that is still to come, so that it has not begun yet:
    /// `must be mended before winter`.
    pub ahead: bool,
    /// A date in figures only, such as `03/04/2018`.
    pub numeric: bool,
    /// Of a date in figures: the other reading as (month, day), when day and month can be exchanged.
    pub swapped: Option<(u8, u8)>,
    /// Of a date in figures: the order, when day and month cannot be exchanged, as in `31/03/2014`.
    pub figures: Option<super::DateOrder>,
}
