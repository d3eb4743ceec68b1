//! The words that time expressions are made of.

use std::sync::LazyLock;

use super::form::{self, DayPart, Direction};
use crate::lexicon::{self, WordList};
use crate::text::WordMap;

/// What a piece of text can do in a time expression. Most words are [`Class::Other`] and start nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Any other word.
    Other,
    /// A month's full name.
    Month(u8),
    /// A month's abbreviation.
    MonthShort(u8),
    /// A weekday's full name, 1 (Monday) to 7.
    Weekday(u8),
    /// A weekday's abbreviation.
    WeekdayShort(u8),
    /// `Mondays`, 1 (Monday) to 7.
    Weekdays(u8),
    /// `day`, `days`; true is the plural (or a possessive).
    Unit(form::Unit, bool),
    /// A number word under 100.
    Cardinal(u8),
    /// `hundred`.
    Hundred,
    /// `thousand`.
    Thousand,
    /// `third` or `3rd`; true is in figures.
    Ordinal(u8, bool),
    /// Digits without comma and point: the value, and how many there are.
    Digits(u32, u8),
    /// `1990s`: the first year.
    Decade(i16),
    /// `90s`, `nineties`: 90.
    ShortDecade(u8),
    /// `20.02.2018`, `5.12`, `1,200`.
    OtherNumber,
    /// `spring`.
    Season(form::Season),
    /// `morning`.
    Part(DayPart),
    /// `q1` (1 of 4), `h2` (2 of 2).
    Fraction(u8, u8),
    /// `quarter` when it may be a part of the year is a unit; this is `half`.
    Half,
    /// `today` 0, `yesterday` -1, `tomorrow` 1; true is `tonight`.
    Day(i8, bool),
    /// Words that are vague by themselves.
    Vague(Direction),
    /// `daily`.
    Adverb(form::Unit),
    /// `noon` 12, `midnight` 0.
    NamedHour(u8),
    /// `a.m.` false, `p.m.` true.
    Meridiem(bool),
    /// `8pm`: hour in 24-hour time.
    GluedClock(u8),
    The,
    A,
    This,
    That,
    Same,
    Last,
    Past,
    Previous,
    Next,
    Coming,
    Following,
    Current,
    Early,
    Mid,
    Late,
    Earlier,
    Later,
    Ago,
    Before,
    After,
    Now,
    Recent,
    Few,
    Several,
    Some,
    Approximately,
    More,
    Less,
    Than,
    Every,
    Per,
    In,
    Of,
    On,
    At,
    From,
    Between,
    To,
    And,
    Or,
    Bc,
    Ad,
    Start,
    Middle,
    End,
    First,
    Long,
    Comma,
    Dash,
    Slash,
    Colon,
    Apostrophe,
}

impl Class {
    /// Whether a word of this class may make others an expression. All others are in expressions only beside such a
    /// word: `the` beside `day`, `last` beside `week`, `first` beside `half` and `of` and `June`.
    fn is_anchor(self) -> bool {
        match self {
            Self::Month(_)
            | Self::MonthShort(_)
            | Self::Weekday(_)
            | Self::WeekdayShort(_)
            | Self::Weekdays(_)
            | Self::Unit(..)
            | Self::Hundred
            | Self::Thousand
            | Self::Digits(..)
            | Self::Decade(_)
            | Self::ShortDecade(_)
            | Self::OtherNumber
            | Self::Season(_)
            | Self::Part(_)
            | Self::Fraction(..)
            | Self::Day(..)
            | Self::Vague(_)
            | Self::Adverb(_)
            | Self::NamedHour(_)
            | Self::GluedClock(_)
            | Self::Half
            | Self::Current
            | Self::Past
            | Self::Now
            | Self::Recent => true,
            // `nineteen eighty-six` opens with a number from ten on.
            Self::Cardinal(value) => value >= 10,
            _ => false,
        }
    }
}

/// The words of times beside those of the lexicon: months, weekdays, units and numbers.
const WORDS: &[(&str, Class)] = {
    use super::form::Unit as U;
    use Class::*;
    &[
        ("seconds", Unit(U::Second, true)),
        ("first", First),
        ("hundred", Hundred),
        ("thousand", Thousand),
        ("thirtieth", Ordinal(30, false)),
        ("twenties", ShortDecade(20)),
        ("thirties", ShortDecade(30)),
        ("forties", ShortDecade(40)),
        ("fifties", ShortDecade(50)),
        ("sixties", ShortDecade(60)),
        ("seventies", ShortDecade(70)),
        ("eighties", ShortDecade(80)),
        ("nineties", ShortDecade(90)),
        ("spring", Season(form::Season::Spring)),
        ("summer", Season(form::Season::Summer)),
        ("fall", Season(form::Season::Fall)),
        ("autumn", Season(form::Season::Fall)),
        ("winter", Season(form::Season::Winter)),
        ("morning", Part(DayPart::Morning)),
        ("dawn", Part(DayPart::Morning)),
        ("afternoon", Part(DayPart::Afternoon)),
        ("evening", Part(DayPart::Evening)),
        ("night", Part(DayPart::Night)),
        ("q1", Fraction(1, 4)),
        ("q2", Fraction(2, 4)),
        ("q3", Fraction(3, 4)),
        ("q4", Fraction(4, 4)),
        ("h1", Fraction(1, 2)),
        ("h2", Fraction(2, 2)),
        ("half", Half),
        ("today", Day(0, false)),
        ("yesterday", Day(-1, false)),
        ("tomorrow", Day(1, false)),
        ("tmrw", Day(1, false)),
        ("tonight", Day(0, true)),
        ("recently", Vague(Direction::Past)),
        ("lately", Vague(Direction::Past)),
        ("currently", Vague(Direction::Present)),
        ("nowadays", Vague(Direction::Present)),
        ("presently", Vague(Direction::Present)),
        ("present-day", Vague(Direction::Present)),
        ("modern-day", Vague(Direction::Present)),
        ("soon", Vague(Direction::Future)),
        ("daily", Adverb(U::Day)),
        ("nightly", Adverb(U::Day)),
        ("weekly", Adverb(U::Week)),
        ("monthly", Adverb(U::Month)),
        ("quarterly", Adverb(U::Quarter)),
        ("yearly", Adverb(U::Year)),
        ("annually", Adverb(U::Year)),
        ("noon", NamedHour(12)),
        ("midday", NamedHour(12)),
        ("midnight", NamedHour(0)),
        ("a.m", Meridiem(false)),
        ("am", Meridiem(false)),
        ("p.m", Meridiem(true)),
        ("pm", Meridiem(true)),
        ("the", The),
        ("a", A),
        ("an", A),
        ("this", This),
        ("that", That),
        ("same", Same),
        ("last", Last),
        ("past", Past),
        ("previous", Previous),
        ("preceding", Previous),
        ("prior", Previous),
        ("next", Next),
        ("coming", Coming),
        ("upcoming", Coming),
        ("following", Following),
        ("subsequent", Following),
        ("current", Current),
        ("early", Early),
        ("mid", Mid),
        ("late", Late),
        ("earlier", Earlier),
        ("later", Later),
        ("ago", Ago),
        ("before", Before),
        ("after", After),
        ("now", Now),
        ("recent", Recent),
        ("few", Few),
        ("couple", Few),
        ("several", Several),
        ("many", Several),
        ("some", Some),
        ("about", Approximately),
        ("around", Approximately),
        ("nearly", Approximately),
        ("almost", Approximately),
        ("roughly", Approximately),
        ("approximately", Approximately),
        ("over", Approximately),
        ("under", Approximately),
        ("barely", Approximately),
        ("more", More),
        ("less", Less),
        ("fewer", Less),
        ("than", Than),
        ("every", Every),
        ("each", Every),
        ("per", Per),
        ("in", In),
        ("of", Of),
        ("on", On),
        ("at", At),
        ("from", From),
        ("between", Between),
        ("to", To),
        ("until", To),
        ("till", To),
        ("through", To),
        ("and", And),
        ("or", Or),
        ("bc", Bc),
        ("b.c", Bc),
        ("bce", Bc),
        ("b.c.e", Bc),
        ("ad", Ad),
        ("a.d", Ad),
        ("ce", Ad),
        ("beginning", Start),
        ("start", Start),
        ("middle", Middle),
        ("end", End),
        ("close", End),
        ("long", Long),
    ]
};

/// The units of the lexicon, in its order.
const UNITS: [form::Unit; 11] = {
    use super::form::Unit::*;
    [Minute, Hour, Day, Weekend, Week, Fortnight, Month, Quarter, Year, Decade, Century]
};

/// All words, each with what it can do.
fn table() -> impl Iterator<Item = (&'static str, Class)> {
    use lexicon::numbers::{ORDINALS, SMALL, TENS};
    use lexicon::time::{MONTHS, MONTHS_ABBREVIATED, UNITS as UNIT_WORDS, WEEKDAYS, WEEKDAYS_ABBREVIATED};
    // An abbreviation is the start of a name, and the names start differently.
    let number =
        |names: &'static WordList, short: &str| names.iter().zip(1..).find(|(name, _)| name.starts_with(short));
    let months = MONTHS.iter().zip(1..).map(|(word, number)| (word, Class::Month(number)));
    let short_months =
        MONTHS_ABBREVIATED.iter().filter_map(move |word| Some((word, Class::MonthShort(number(&MONTHS, word)?.1))));
    let weekdays = WEEKDAYS.iter().zip(1..).map(|(word, number)| (word, Class::Weekday(number)));
    let short_weekdays = WEEKDAYS_ABBREVIATED
        .iter()
        .filter_map(move |word| Some((word, Class::WeekdayShort(number(&WEEKDAYS, word)?.1))));
    let many = lexicon::time::WEEKDAYS_PLURAL.iter().zip(1..).map(|(word, number)| (word, Class::Weekdays(number)));
    let units = UNIT_WORDS
        .iter()
        .zip(UNITS)
        .flat_map(|(&(one, many), unit)| [(one, Class::Unit(unit, false)), (many, Class::Unit(unit, true))]);
    let small = SMALL.iter().zip(0..).skip(1).map(|(word, value)| (word, Class::Cardinal(value)));
    let tens = TENS.iter().zip(2..).map(|(word, tens)| (word, Class::Cardinal(tens * 10)));
    // `first` has a class of its own.
    let ordinals = ORDINALS.iter().zip(1..).skip(1).map(|(word, value)| (word, Class::Ordinal(value, false)));
    let listed = WORDS.iter().copied();
    listed
        .chain(months)
        .chain(short_months)
        .chain(weekdays)
        .chain(short_weekdays)
        .chain(many)
        .chain(units)
        .chain(small)
        .chain(tens)
        .chain(ordinals)
}

static CLASSES: LazyLock<WordMap<Class>> = LazyLock::new(|| WordMap::new(table()));

/// The words that may be in an expression.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    table().map(|(word, _)| word).chain(lexicon::time::ASKED_FOR.iter())
}

/// The words of which each expression has one, apart from numbers in figures and names of days.
pub(super) fn anchors() -> impl Iterator<Item = &'static str> {
    let of_table = table().filter(|(_, class)| class.is_anchor()).map(|(word, _)| word);
    of_table.chain(["future", "moment", "period", "time"])
}

/// The longest word in the table; longer ones need no look-up.
const LONGEST: usize = 13;

/// What the word or number `low` (lower case, folded) can do.
pub(super) fn classify(low: &str) -> Class {
    let Some(&first) = low.as_bytes().first() else { return Class::Other };
    if first.is_ascii_digit() {
        return classify_figures(low);
    }
    if low.len() > LONGEST + 1 || !first.is_ascii_alphabetic() {
        return Class::Other;
    }
    CLASSES.get(low.strip_suffix('.').unwrap_or(low)).unwrap_or(Class::Other)
}

fn classify_figures(low: &str) -> Class {
    let digits = low.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = low.split_at(digits);
    let Ok(value) = number.parse::<u32>() else { return Class::OtherNumber };
    match suffix {
        "" => Class::Digits(value, digits as u8),
        ending if lexicon::numbers::ORDINAL_ENDINGS.contains(ending) && (1..=99).contains(&value) => {
            Class::Ordinal(value as u8, true)
        }
        "s" | "'s" if digits == 4 && value % 10 == 0 && (1000..=2090).contains(&value) => Class::Decade(value as i16),
        "s" | "'s" if digits == 3 && value % 10 == 0 => Class::Decade(value as i16),
        "s" | "'s" if digits == 2 && value % 10 == 0 => Class::ShortDecade(value as u8),
        "am" | "a.m." if (1..=12).contains(&value) => Class::GluedClock((value % 12) as u8),
        "pm" | "p.m." if (1..=12).contains(&value) => Class::GluedClock((value % 12) as u8 + 12),
        "bc" => Class::OtherNumber,
        _ if suffix.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) => Class::OtherNumber,
        _ => Class::Other,
    }
}

/// Lower-case nouns that years or four-figure numbers count; `in 1500 people` is no year.
pub(super) fn is_counted(low: &str) -> bool {
    lexicon::time::COUNTED.contains(low)
}
