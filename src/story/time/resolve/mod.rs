//! Placing what an expression says in the calendar.

mod date;
mod distance;
mod forms;
mod year;

pub(super) use self::distance::weekday_behind;
use self::forms::{century, piece_of};

use jiff::civil::Date;

use super::form::{Direction, Form, Portion, Start, Unit, Which, Written};
use super::place::{
    add_days, around, day_value, days_between, duration_value, part_value, piece, season_value, unit_value, year_value,
};
use super::{Expression, Tense};
use crate::story::{Published, PublishedOrigin};

/// What an expression stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub value: Option<String>,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// The unit it names, when the text can go on from it.
    pub unit: Option<Unit>,
    pub depends_on_published: bool,
    pub assumed: Option<String>,
    pub alternatives: Vec<(Date, Date)>,
    pub impossible: bool,
}

impl Resolved {
    fn known(value: String, days: Option<(Date, Date)>, unit: Unit) -> Self {
        Self { value: Some(value), days, unit: Some(unit), ..Self::default() }
    }

    fn value(value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), ..Self::default() }
    }

    fn unit(date: Date, unit: Unit) -> Self {
        Self::known(unit_value(date, unit), around(date, unit), unit)
    }
}

/// The date the text last spoke of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LastDate {
    /// Its first day.
    date: Date,
    /// Day, month, year …
    unit: Unit,
}

/// By how many years a date leaves the story.
const LEAP: i32 = 4;

/// What the resolution goes by; moves along the text.
pub(super) struct Resolver<'a> {
    published: Option<&'a Published>,
    /// What days that depend on the publication date are said to assume.
    assumed: String,
    /// The text tells history: its own dates count, not the publication date.
    history: bool,
    /// The text tells mostly of old years.
    narrative: bool,
    mark: Option<LastDate>,
    /// The date that months without a year are read by in history: the last one that was no leap.
    story: Option<LastDate>,
    /// A date far from the story's, until a second one confirms it.
    leapt: Option<LastDate>,
    /// A year that was named since `story`, which is finer: where the text goes on there, it is the story's.
    aside: Option<LastDate>,
    /// The last day the text named.
    day: Option<Date>,
    /// Whether a finite verb gives the tense of the expression at hand.
    tense_is_sure: bool,
}

/// What a resolver remembers of the text before, on which its next answers depend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Memory {
    mark: Option<LastDate>,
    story: Option<LastDate>,
    leapt: Option<LastDate>,
    aside: Option<LastDate>,
    day: Option<Date>,
}

impl<'a> Resolver<'a> {
    pub fn new(published: Option<&'a Published>, history: bool, narrative: bool) -> Self {
        let assumed = published.map(|published| format!("published {}", published.describe())).unwrap_or_default();
        Self {
            published,
            assumed,
            history,
            narrative,
            mark: None,
            story: None,
            leapt: None,
            aside: None,
            day: None,
            tense_is_sure: false,
        }
    }

    /// What it remembers.
    pub fn memory(&self) -> Memory {
        Memory { mark: self.mark, story: self.story, leapt: self.leapt, aside: self.aside, day: self.day }
    }

    /// Makes it remember what another one did.
    pub fn recall(&mut self, memory: Memory) {
        (self.mark, self.story, self.leapt) = (memory.mark, memory.story, memory.leapt);
        (self.aside, self.day) = (memory.aside, memory.day);
    }

    /// Resolves `expression` and remembers it for those that follow.
    pub fn next(&mut self, expression: &Expression) -> Resolved {
        let ahead = expression.written.ahead && !self.history;
        let tense = if ahead { Tense::Future } else { expression.tense };
        self.tense_is_sure = expression.tense_is_sure && !ahead;
        let mut resolved = self.resolve(&expression.form, &expression.written, tense);
        self.weekday_readings(expression, &mut resolved);
        if let (Some((from, _)), Some(unit)) = (resolved.days, resolved.unit) {
            // “Profit fell from a year earlier” compares; the text goes on from the day before it.
            let pointing = matches!(
                expression.form,
                Form::Stretch(..)
                    | Form::Piece(..)
                    | Form::Offset(_, Unit::Year | Unit::Quarter, false, Start::Discourse)
                    | Form::Period(Unit::Year, Which::Preceding)
            );
            if !pointing {
                self.remember(LastDate { date: from, unit }, expression.leads);
                if unit == Unit::Day {
                    self.day = Some(from);
                }
            }
        }
        resolved
    }

    /// Makes `mark` the date the text last spoke of; `leads` says that it opens its sentence.
    fn remember(&mut self, mark: LastDate, leads: bool) {
        let year_only = rank(mark.unit) >= rank(Unit::Year);
        if let Some(story) = self.story {
            let near = |a: LastDate, b: LastDate| (i32::from(a.date.year()) - i32::from(b.date.year())).abs() <= LEAP;
            // “December 7, the worst day of 1941”: the year says nothing new.
            let repeats = year_only && mark.date.year() == story.date.year();
            // A story that jumps by many years comes back, unless the next date stays there.
            let leaps = !near(mark, story) && !self.leapt.is_some_and(|leapt| near(mark, leapt));
            if leaps {
                self.leapt = Some(mark);
            } else if year_only && !leads && rank(story.unit) < rank(Unit::Year) {
                self.aside = (!repeats).then_some(mark);
            } else if !repeats {
                (self.story, self.leapt, self.aside) = (Some(mark), None, None);
            }
        } else {
            self.story = Some(mark);
        }
        self.mark = Some(mark);
    }

    /// Whether `day` lies behind the publication date.
    pub fn is_ahead(&self, day: Date) -> bool {
        self.published.is_some_and(|published| day > published.date)
    }

    /// Whether the story says when it was published, so that what points at that day, such as `last year`, means it.
    fn is_dated(&self) -> bool {
        self.published.is_some_and(|published| is_explicit(published.origin))
    }

    /// The day in the sentence or the paragraph is over.
    pub fn next_paragraph(&mut self) {
        self.day = None;
    }

    fn resolve(&self, form: &Form, written: &Written, tense: Tense) -> Resolved {
        match form {
            Form::Calendar { year, month, day, which } => self.calendar(*year, *month, *day, *which, written, tense),
            Form::Decade(first, full) => self.decade(*first, *full),
            Form::Century(number, bc) => century(*number, *bc),
            Form::Season(kind, year, which) => self.season_of(*kind, *year, self.to_begin(*which, written), tense),
            Form::Fraction(number, of, year) => self.fraction((*number, *of), *year, written, tense),
            Form::Weekday(weekday, which) => self.weekday(*weekday, *which, tense),
            Form::WeekdayOf(weekday, which) => self.weekday_of(*weekday, *which),
            Form::NthWeekday(nth, weekday, month) => self.nth_weekday(*nth, *weekday, month, written, tense),
            Form::FiscalYear(year) => match self.year_of(*year) {
                Some(year) => Resolved::value(format!("FY{}", year_value(year))),
                None => Resolved::default(),
            },
            Form::DayOf(day, which) => self.day_of(*day, *which),
            Form::Day(offset) => self.day_off(i64::from(*offset)),
            // `from this day on, the war was`: the day that the text is at.
            Form::Period(Unit::Day, Which::This) if tense == Tense::Past => self.period(Unit::Day, Which::That, false),
            Form::Period(unit, which) => self.period(*unit, *which, written.which.is_some()),
            Form::Offset(count, unit, later, start) => self.offset(*count, *unit, *later, start, tense),
            Form::Stretch(count, unit, to_come) => self.stretch(*count, *unit, *to_come),
            Form::Duration(count, unit) => Resolved::value(duration_value(*count, *unit)),
            Form::Every(count, unit) => Resolved::value(duration_value(*count, *unit)),
            Form::Each(form) => Resolved { value: open_value(form), ..Resolved::default() },
            Form::Clock(hour, minute) => {
                let day = self.day.map_or_else(|| "XXXX-XX-XX".to_owned(), day_value);
                Resolved::value(format!("{day}T{hour:02}:{:02}", minute.unwrap_or(0)))
            }
            Form::Part(part, day) => self.part(*part, day.as_deref(), written, tense),
            Form::Portion(portion, inner) => self.portion(*portion, inner, written, tense),
            Form::WeekOf(day, unit) => self.week_of(day, *unit, written, tense),
            Form::Piece(from_start, skip, take, unit, whole) => {
                let whole = self.resolve(whole, written, tense);
                let days = whole.days.and_then(|days| piece(days, *from_start, *skip, *take, *unit));
                piece_of(whole, days, *take, *unit)
            }
            Form::Vague(direction) => match direction {
                Direction::Past => Resolved::value("PAST_REF"),
                Direction::Present => Resolved::value("PRESENT_REF"),
                Direction::Future => Resolved::value("FUTURE_REF"),
                Direction::Unknown => Resolved::default(),
            },
            Form::Holiday(holiday, year, which) => self.holiday(*holiday, *year, self.to_begin(*which, written), tense),
        }
    }

    /// A holiday without a year a few days off: “as Easter week began” is told before Easter.
    fn holiday_at_hand(&self, day: &Form) -> Option<Resolved> {
        let (Form::Holiday(holiday, None, None), Some(published)) = (day, self.published) else { return None };
        let day = holiday.in_year(published.date.year())?;
        let is_near = days_between(published.date, day).abs() < 8;
        is_near.then(|| self.because(Resolved::unit(day, Unit::Day), ""))
    }

    /// `earlier this year`, `later this week`: the days of a period that holds today on one side of it.
    fn side_of_today(&self, (from, to): (Date, Date), portion: Portion) -> Option<(Date, Date)> {
        let today = self.published.filter(|_| !self.history || self.is_dated())?.date;
        let side = match portion {
            Portion::Earlier => (from, add_days(today, -1)?),
            Portion::Later => (today, to),
            _ => return None,
        };
        ((from..=to).contains(&today) && from < to && side.0 <= side.1).then_some(side)
    }

    /// Marks `resolved` as read against the publication date.
    fn because(&self, mut resolved: Resolved, why: &str) -> Resolved {
        if self.published.is_none() {
            return resolved;
        }
        resolved.depends_on_published = true;
        let stop = if why.is_empty() { "" } else { "; " };
        resolved.assumed = Some([self.assumed.as_str(), stop, why].concat());
        resolved
    }
}

/// Whether the story or whoever runs the check says this date, which then holds whatever years the text tells of.
pub(super) fn is_explicit(origin: PublishedOrigin) -> bool {
    !matches!(origin, PublishedOrigin::Settings | PublishedOrigin::Today)
}

/// The value of what comes again and again: `XXXX-WXX-1`, `XXXX-10`.
fn open_value(form: &Form) -> Option<String> {
    Some(match form {
        Form::Weekday(weekday, _) => format!("XXXX-WXX-{weekday}"),
        Form::Calendar { month: Some(month), day: Some(day), .. } => format!("XXXX-{month:02}-{day:02}"),
        Form::Calendar { month: Some(month), .. } => format!("XXXX-{month:02}"),
        Form::Season(kind, ..) => format!("XXXX-{}", season_value(*kind)),
        Form::Part(part, _) => format!("XXXX-XX-XX{}", part_value(*part)),
        _ => return None,
    })
}

/// `found` with what `reason` says it depends on.
fn keep(mut found: Resolved, reason: Resolved) -> Resolved {
    found.depends_on_published = reason.depends_on_published;
    found.assumed = reason.assumed.or(found.assumed);
    found.alternatives.extend(reason.alternatives);
    found
}

fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 0,
        Unit::Day => 1,
        Unit::Weekend | Unit::Week | Unit::Fortnight => 2,
        Unit::Month => 3,
        Unit::Quarter => 4,
        Unit::Year => 5,
        Unit::Decade => 6,
        Unit::Century => 7,
    }
}
