//! Holidays and other named days, and the day they fall on.

use jiff::civil::{Date, Weekday};

/// A named day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// January 1.
    NewYear,
    /// December 31.
    NewYearEve,
    /// Third Monday of January.
    KingDay,
    /// February 14.
    Valentine,
    /// Third Monday of February.
    Presidents,
    /// March 17.
    Patrick,
    /// Wednesday, 46 days before Easter.
    AshWednesday,
    /// Sunday before Easter.
    PalmSunday,
    /// Friday before Easter.
    GoodFriday,
    /// By the Gregorian computus.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// April 22.
    Earth,
    /// May 1.
    MayDay,
    /// Second Sunday of May.
    Mothers,
    /// Last Monday of May.
    Memorial,
    /// Third Sunday of June.
    Fathers,
    /// June 19.
    Juneteenth,
    /// July 4.
    Independence,
    /// July 14.
    Bastille,
    /// First Monday of September.
    Labor,
    /// Second Monday of October.
    Columbus,
    /// October 31.
    Halloween,
    /// November 11.
    Veterans,
    /// Fourth Thursday of November.
    Thanksgiving,
    /// The day after Thanksgiving.
    BlackFriday,
    /// The Monday after Thanksgiving.
    CyberMonday,
    /// The Saturday after Thanksgiving.
    SmallBusiness,
    /// The Tuesday after Thanksgiving.
    GivingTuesday,
    /// The Tuesday after the first Monday of November.
    Election,
    /// November 1.
    AllSaints,
    /// December 24.
    ChristmasEve,
    /// December 25.
    Christmas,
    /// December 26.
    Boxing,
}

impl Holiday {
    /// Whether its name means nothing else in small letters, as `election day` and `mother's day` can.
    pub fn is_plain(self) -> bool {
        use Holiday::*;
        !matches!(self, Election | Mothers | Fathers | MayDay | BlackFriday | GoodFriday | Boxing | GivingTuesday)
    }

    /// The day it falls on in `year` (US law for the movable ones; Gregorian calendar).
    pub fn in_year(self, year: i16) -> Option<Date> {
        use Holiday::*;
        let day = |month, day| Date::new(year, month, day).ok();
        let nth = |month, n, weekday| Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok();
        let from_easter = |days: i64| easter(year)?.checked_add(jiff::Span::new().days(days)).ok();
        match self {
            NewYear => day(1, 1),
            NewYearEve => day(12, 31),
            KingDay => nth(1, 3, Weekday::Monday),
            Valentine => day(2, 14),
            Presidents => nth(2, 3, Weekday::Monday),
            Patrick => day(3, 17),
            AshWednesday => from_easter(-46),
            PalmSunday => from_easter(-7),
            GoodFriday => from_easter(-2),
            Easter => from_easter(0),
            EasterMonday => from_easter(1),
            Earth => day(4, 22),
            MayDay => day(5, 1),
            Mothers => nth(5, 2, Weekday::Sunday),
            Memorial => nth(5, -1, Weekday::Monday),
            Fathers => nth(6, 3, Weekday::Sunday),
            Juneteenth => day(6, 19),
            Independence => day(7, 4),
            Bastille => day(7, 14),
            Labor => nth(9, 1, Weekday::Monday),
            Columbus => nth(10, 2, Weekday::Monday),
            Halloween => day(10, 31),
            Veterans => day(11, 11),
            Thanksgiving => nth(11, 4, Weekday::Thursday),
            BlackFriday => Thanksgiving.in_year(year)?.tomorrow().ok(),
            CyberMonday => Thanksgiving.in_year(year)?.checked_add(jiff::Span::new().days(4)).ok(),
            SmallBusiness => Thanksgiving.in_year(year)?.checked_add(jiff::Span::new().days(2)).ok(),
            GivingTuesday => Thanksgiving.in_year(year)?.checked_add(jiff::Span::new().days(5)).ok(),
            Election => nth(11, 1, Weekday::Monday)?.tomorrow().ok(),
            AllSaints => day(11, 1),
            ChristmasEve => day(12, 24),
            Christmas => day(12, 25),
            Boxing => day(12, 26),
        }
    }
}

/// Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let wide = i32::from(year);
    let (golden, century, rest) = (wide % 19, wide / 100, wide % 100);
    let correction = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let sum = moon + weekday - 7 * late + 114;
    Date::new(year, (sum / 31) as i8, (sum % 31 + 1) as i8).ok()
}

/// The first word of each name.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    NAMES.iter().filter_map(|(name, _)| name.split(' ').next())
}

/// The longest holiday name that starts with the words `word(0)`, `word(1)` …, and how many words it has.
pub(super) fn find<'t>(word: impl Fn(usize) -> &'t str) -> Option<(Holiday, usize)> {
    let first = word(0);
    if first.is_empty() {
        return None;
    }
    let mut best = None;
    let from = NAMES.partition_point(|&(name, _)| name < first);
    for &(name, holiday) in NAMES.iter().skip(from).take_while(|(name, _)| name.starts_with(first)) {
        let mut count = 0;
        let all = name.split(' ').all(|part| {
            count += 1;
            word(count - 1) == part
        });
        if all && best.is_none_or(|(_, length)| count > length) {
            best = Some((holiday, count));
        }
    }
    best
}

/// In the order of their bytes.
const NAMES: &[(&str, Holiday)] = &[
    ("all saints' day", Holiday::AllSaints),
    ("ash wednesday", Holiday::AshWednesday),
    ("bastille day", Holiday::Bastille),
    ("black friday", Holiday::BlackFriday),
    ("boxing day", Holiday::Boxing),
    ("christmas", Holiday::Christmas),
    ("christmas day", Holiday::Christmas),
    ("christmas eve", Holiday::ChristmasEve),
    ("columbus day", Holiday::Columbus),
    ("cyber monday", Holiday::CyberMonday),
    ("earth day", Holiday::Earth),
    ("easter", Holiday::Easter),
    ("easter day", Holiday::Easter),
    ("easter monday", Holiday::EasterMonday),
    ("easter sunday", Holiday::Easter),
    ("election day", Holiday::Election),
    ("father's day", Holiday::Fathers),
    ("fourth of july", Holiday::Independence),
    ("giving tuesday", Holiday::GivingTuesday),
    ("good friday", Holiday::GoodFriday),
    ("halloween", Holiday::Halloween),
    ("independence day", Holiday::Independence),
    ("juneteenth", Holiday::Juneteenth),
    ("labor day", Holiday::Labor),
    ("martin luther king day", Holiday::KingDay),
    ("martin luther king jr. day", Holiday::KingDay),
    ("may day", Holiday::MayDay),
    ("memorial day", Holiday::Memorial),
    ("mother's day", Holiday::Mothers),
    ("new year day", Holiday::NewYear),
    ("new year's day", Holiday::NewYear),
    ("new year's eve", Holiday::NewYearEve),
    ("palm sunday", Holiday::PalmSunday),
    ("presidents day", Holiday::Presidents),
    ("presidents' day", Holiday::Presidents),
    ("saint patrick's day", Holiday::Patrick),
    ("small business saturday", Holiday::SmallBusiness),
    ("st. patrick's day", Holiday::Patrick),
    ("thanksgiving", Holiday::Thanksgiving),
    ("thanksgiving day", Holiday::Thanksgiving),
    ("valentine's day", Holiday::Valentine),
    ("veterans day", Holiday::Veterans),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn movable_holidays() {
        assert_eq!(Holiday::Easter.in_year(2018), Some(date(2018, 4, 1)));
        assert_eq!(Holiday::Easter.in_year(2019), Some(date(2019, 4, 21)));
        assert_eq!(Holiday::Easter.in_year(1954), Some(date(1954, 4, 18)));
        assert_eq!(Holiday::Easter.in_year(2049), Some(date(2049, 4, 18)));
        assert_eq!(Holiday::Thanksgiving.in_year(2018), Some(date(2018, 11, 22)));
        assert_eq!(Holiday::Memorial.in_year(2018), Some(date(2018, 5, 28)));
    }

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn the_longest_name_wins() {
        let words = ["christmas", "eve", "in"];
        assert_eq!(find(|i| words.get(i).copied().unwrap_or("")), Some((Holiday::ChristmasEve, 2)));
        assert_eq!(find(|_| ""), None);
    }
}
