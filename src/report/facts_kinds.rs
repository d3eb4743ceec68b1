//! The kinds of facts in sheets: for programs and for people. Each kind is one entry here, with all that is shown of it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::prose::Passage;
use crate::story::figure::FigureUnit;
use crate::story::photo::Credit;
use crate::story::quote::Speaker;
use crate::story::time::TimeKind;
use crate::story::{Claim, FactName as _, Figure, Organisation, Person, Photo, Quote, Source, Story, TimeExpression};
use crate::text::{SourceRange, Span, grouped};

/// A kind of fact, as sheets show it.
pub(super) trait SheetFact: Sized {
    /// Its key in JSON. Programs know it, so it never changes.
    const KEY: &'static str;
    /// What is over the facts of this kind.
    const TITLE: &'static str;

    /// The fact as JSON; `None` where its paragraph does not have it, which no story that was linked shows.
    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value>;

    /// The fact as one line of a table; `None` where it has no place in the text.
    fn row(&self, story: &Story) -> Option<TableRow>;

    /// All facts of the kind as JSON.
    fn all_json<R: Serialize, F: Fn(&SourceRange) -> R>(
        facts: &[Self],
        sheet: &Sheet<F>,
    ) -> impl Iterator<Item = Value> {
        facts.iter().filter_map(|fact| fact.json(sheet))
    }
}

/// What `$show` makes of the facts of each kind, in the order of sheets. A kind that is missing here does not compile.
macro_rules! each_kind {
    ($story:expr, $show:ident($($with:expr),*)) => {{
        let $crate::story::FactLists { quotes, times, people, figures, photos, organisations, sources, claims } =
            $story.lists();
        [
            $show(quotes, $($with),*),
            $show(times, $($with),*),
            $show(people, $($with),*),
            $show(figures, $($with),*),
            $show(photos, $($with),*),
            $show(organisations, $($with),*),
            $show(sources, $($with),*),
            $show(claims, $($with),*),
        ]
    }};
}
pub(super) use each_kind;

/// One line of a table.
pub(super) struct TableRow {
    /// Where the fact is, or stands first.
    pub place: Passage,
    /// What it is about.
    pub first: String,
    /// What kind it is of, or how often it is there.
    pub second: String,
    /// Its words.
    pub text: String,
}

/// A story whose facts are written.
pub(super) struct Sheet<'s, F> {
    pub story: &'s Story<'s>,
    /// Writes a place of the source.
    pub place: F,
}

impl<R: Serialize, F: Fn(&SourceRange) -> R> Sheet<'_, F> {
    fn range(&self, passage: Passage) -> R {
        (self.place)(&passage.to_source(&self.story.document.blocks))
    }

    fn text(&self, passage: Passage) -> Value {
        json!({ "range": self.range(passage), "text": self.story.slice(passage) })
    }

    /// The publication date, and where it came from.
    pub fn published(&self) -> Option<Value> {
        let published = self.story.published?;
        Some(json!({
            "date": published.date.to_string(),
            "origin": published.origin,
            "range": published.range.as_ref().map(&self.place),
        }))
    }

    fn speaker(&self, speaker: &Speaker) -> Value {
        let name = |person: &usize| self.story.people.get(*person).map(|person| &person.name);
        json!({
            "range": self.range(speaker.passage),
            "name": self.story.slice(speaker.passage),
            "person": speaker.person.as_ref().and_then(name),
            "candidates": speaker.candidates.iter().filter_map(name).collect::<Vec<_>>(),
        })
    }

    fn credit(&self, credit: &Credit) -> Value {
        let part = |span: Option<Span>| span.map(|span| self.story.slice(Passage { span, ..credit.passage }));
        json!({
            "range": self.range(credit.passage),
            "text": self.story.slice(credit.passage),
            "label": part(credit.label),
            "photographer": part(credit.photographer),
            "agency": part(credit.agency),
            "owner": credit.owner.as_ref().map(|owner| owner.fact_name()),
            "via": part(credit.via),
            "file": part(credit.file),
            "date": part(credit.date),
        })
    }
}

impl SheetFact for Quote {
    const KEY: &'static str = "quotes";
    const TITLE: &'static str = "Quotes";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        Some(json!({
            "range": sheet.range(self.passage),
            "kind": self.kind.fact_name(),
            "closed": self.closed,
            "continued": self.continued,
            "basis": self.basis.fact_name(),
            "speaker": self.speaker.as_ref().map(|speaker| sheet.speaker(speaker)),
            "cue": self.cue.map(|cue| sheet.text(cue)),
        }))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let speaker = match &self.speaker {
            Some(speaker) => match speaker.person.and_then(|index| story.people.get(index)) {
                Some(person) => person.name.clone(),
                None => story.slice(speaker.passage).to_owned(),
            },
            None => "-".to_owned(),
        };
        let text = story.slice(self.passage).to_owned();
        Some(TableRow { place: self.passage, first: speaker, second: self.kind.fact_name().to_owned(), text })
    }
}

impl TimeExpression {
    /// The expression, of which the words at `passage` are shown.
    fn json_at<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>, passage: Passage) -> Value {
        json!({
            "range": sheet.range(passage),
            "text": sheet.story.slice(passage),
            "kind": self.kind.fact_name(),
            "value": self.value,
            "from": self.from.map(|day| day.to_string()),
            "to": self.to.map(|day| day.to_string()),
            "assumed": self.assumed,
        })
    }
}

impl SheetFact for TimeExpression {
    const KEY: &'static str = "dates";
    const TITLE: &'static str = "Dates";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        Some(self.json_at(sheet, self.passage))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let day = match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => self.value.as_deref().and_then(for_people).unwrap_or_else(|| "-".to_owned()),
        };
        let text = story.slice(self.passage).to_owned();
        Some(TableRow { place: self.passage, first: day, second: self.kind.fact_name().to_owned(), text })
    }

    fn all_json<R: Serialize, F: Fn(&SourceRange) -> R>(
        facts: &[Self],
        sheet: &Sheet<F>,
    ) -> impl Iterator<Item = Value> {
        with_their_days(facts).map(|(time, passage)| time.json_at(sheet, passage))
    }
}

/// The value of a time expression that is no known day, for people: `P3D` as `3 days`, the hour of `XXXX-XX-XXT12:00`.
/// `None` where its own words, which are in the same row, say more than the value does: `every Monday` is `XXXX-WXX-1`.
fn for_people(value: &str) -> Option<String> {
    if let Some(period) = value.strip_prefix('P') {
        let (clock, period) = period.strip_prefix('T').map_or((false, period), |rest| (true, rest));
        let digits = period.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, unit) = period.split_at(digits);
        let unit = match (unit, clock) {
            ("Y", false) => "year",
            ("M", false) => "month",
            ("W", false) => "week",
            ("D", false) => "day",
            ("DE", false) => "decade",
            ("CE", false) => "century",
            ("H", true) => "hour",
            ("M", true) => "minute",
            ("S", true) => "second",
            _ => return None,
        };
        return match amount {
            "" => None,
            "1" => Some(format!("1 {unit}")),
            _ if unit == "century" => Some(format!("{amount} centuries")),
            _ => Some(format!("{amount} {unit}s")),
        };
    }
    if !value.contains('X') {
        return Some(value.to_owned());
    }
    let (_, hour) = value.split_once('T')?;
    hour.starts_with(|c: char| c.is_ascii_digit()).then(|| hour.to_owned())
}

impl SheetFact for Person {
    const KEY: &'static str = "people";
    const TITLE: &'static str = "People";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        let mention = |mention: &crate::story::person::Mention| {
            json!({
                "range": sheet.range(mention.passage),
                "text": sheet.story.slice(mention.passage),
                "form": mention.form.fact_name(),
            })
        };
        Some(json!({
            "name": self.name,
            "titles": self.titles,
            "gender": self.gender.fact_name(),
            "mentions": self.mentions.iter().map(mention).collect::<Vec<_>>(),
        }))
    }

    fn row(&self, _: &Story) -> Option<TableRow> {
        let place = self.mentions.first()?.passage;
        let mentions = super::counted(self.mentions.len(), "mention");
        Some(TableRow { place, first: self.name.clone(), second: mentions, text: self.titles.join("; ") })
    }
}

impl SheetFact for Figure {
    const KEY: &'static str = "figures";
    const TITLE: &'static str = "Figures";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        let read = sheet.story.paragraphs.get(self.passage.paragraph())?;
        let local = read.figures.figures.get(self.local)?;
        Some(json!({
            "range": sheet.range(self.passage),
            "text": sheet.story.slice(self.passage),
            "value": local.value,
            "rounding": local.rounding,
            "unit": local.unit.fact_name(),
            "noun": local.noun.map(|noun| sheet.text(Passage { span: noun, ..self.passage })),
            "inWords": local.in_words,
            "bound": local.bound.as_ref().map(|bound| bound.fact_name()),
            "rangeEnd": local.range.as_ref().map(|end| end.fact_name()),
        }))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let read = story.paragraphs.get(self.passage.paragraph())?;
        let local = read.figures.figures.get(self.local)?;
        // Of four digits, most are years.
        let is_fraction = local.unit == FigureUnit::Fraction;
        let value = if is_fraction { (local.value * 1000.0).round() / 1000.0 } else { local.value }.to_string();
        let first = if value.split('.').next().is_some_and(|whole| whole.len() > 4) { grouped(&value) } else { value };
        let second = local.unit.fact_name().to_owned();
        Some(TableRow { place: self.passage, first, second, text: story.slice(self.passage).to_owned() })
    }
}

impl SheetFact for Photo {
    const KEY: &'static str = "photos";
    const TITLE: &'static str = "Photos";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        let image = self.image.and_then(|image| sheet.story.document.images.get(image));
        Some(json!({
            "image": image.map(|image| &image.src),
            "caption": self.caption.map(|caption| sheet.text(caption)),
            "captionDate": self.caption_date.map(|date| sheet.text(date)),
            "presentVerb": self.present_verb.map(|verb| sheet.text(verb)),
            "credit": self.credit.as_ref().map(|credit| sheet.credit(credit)),
            "metadata": self.metadata.as_ref().map(|metadata| json!({
                "creator": metadata.creator,
                "credit": metadata.credit,
                "source": metadata.source,
                "copyright": metadata.copyright,
                "taken": metadata.taken.map(|day| day.to_string()),
                "description": metadata.description,
                "digitalSource": metadata.digital_source,
            })),
        }))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let place = self.caption.or(self.credit.as_ref().map(|credit| credit.passage))?;
        let credit = self.credit.as_ref().map_or("-", |credit| story.slice(credit.passage)).to_owned();
        let text = self.caption.map_or("", |caption| story.slice(caption)).to_owned();
        Some(TableRow { place, first: credit, second: String::new(), text })
    }
}

impl SheetFact for Organisation {
    const KEY: &'static str = "organisations";
    const TITLE: &'static str = "Organisations";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        let ranges = |mentions: &[Passage]| mentions.iter().map(|&mention| sheet.range(mention)).collect::<Vec<_>>();
        Some(json!({
            "name": self.name,
            "acronym": self.acronym,
            "wellKnown": self.well_known,
            "introduced": self.introduced.map(|passage| json!({
                "range": sheet.range(passage),
                "fits": self.fits,
            })),
            "mentions": ranges(&self.full_mentions),
            "acronymMentions": ranges(&self.acronym_mentions),
        }))
    }

    fn row(&self, _: &Story) -> Option<TableRow> {
        let mentions = self.full_mentions.iter().chain(&self.acronym_mentions);
        let place = *mentions.clone().min()?;
        let first = self.acronym.as_deref().unwrap_or("-").to_owned();
        let second = super::counted(mentions.count(), "mention");
        Some(TableRow { place, first, second, text: self.name.as_deref().unwrap_or("-").to_owned() })
    }
}

impl SheetFact for Source {
    const KEY: &'static str = "sources";
    const TITLE: &'static str = "Sources";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        Some(json!({
            "range": sheet.range(self.passage),
            "text": sheet.story.slice(self.passage),
            "kind": self.kind.fact_name(),
            "cue": self.cue.map(|cue| sheet.text(cue)),
            "person": self.person.and_then(|person| sheet.story.people.get(person)).map(|person| &person.name),
            "reasonGiven": self.reason_given,
        }))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let person = self.person.and_then(|index| story.people.get(index));
        let words = story.slice(self.passage);
        // Whom `he` means.
        let named = person.filter(|person| !words.contains(person.name.as_str()));
        let text = named.map_or_else(|| words.to_owned(), |person| format!("{words} ({})", person.name));
        Some(TableRow { place: self.passage, first: self.kind.fact_name().to_owned(), second: String::new(), text })
    }
}

impl SheetFact for Claim {
    const KEY: &'static str = "claims";
    const TITLE: &'static str = "To verify";

    fn json<R: Serialize, F: Fn(&SourceRange) -> R>(&self, sheet: &Sheet<F>) -> Option<Value> {
        Some(json!({
            "range": sheet.range(self.passage),
            "text": sheet.story.slice(self.passage),
            "kinds": self.kinds.iter().map(|(kind, _)| kind.fact_name()).collect::<Vec<_>>(),
            // Two decimals are all the weights carry.
            "score": (f64::from(self.score) * 100.0).round() / 100.0,
            "sourced": self.sourced,
        }))
    }

    fn row(&self, story: &Story) -> Option<TableRow> {
        let kinds: Vec<&str> = self.kinds.iter().map(|(kind, _)| kind.fact_name()).collect();
        let sourced = if self.sourced { "sourced" } else { "no source" };
        let text = story.slice(self.passage).to_owned();
        Some(TableRow { place: self.passage, first: kinds.join(", "), second: sourced.to_owned(), text })
    }
}

/// The times, each with its place. A time of day and the day right behind it are one: `10 p.m. Wednesday`.
fn with_their_days(times: &[TimeExpression]) -> impl Iterator<Item = (&TimeExpression, Passage)> {
    let is_joined = |clock: &TimeExpression, day: &TimeExpression| {
        clock.kind == TimeKind::Clock
            && matches!(day.kind, TimeKind::Weekday | TimeKind::Date | TimeKind::Relative)
            && clock.from.is_some()
            && (clock.from, clock.to) == (day.from, day.to)
            && clock.passage.paragraph == day.passage.paragraph
            && clock.passage.span.end + 1 == day.passage.span.start
    };
    times.iter().enumerate().filter_map(move |(index, time)| {
        let before = index.checked_sub(1).and_then(|before| times.get(before));
        if before.is_some_and(|clock| is_joined(clock, time)) {
            return None;
        }
        let behind = times.get(index + 1).filter(|day| is_joined(time, day));
        let span = behind.map_or(time.passage.span, |day| time.passage.span.to(day.passage.span));
        Some((time, Passage { span, ..time.passage }))
    })
}

#[cfg(test)]
mod tests {
    use super::for_people;

    #[test]
    fn no_code_stands_in_a_row_for_people() {
        let shown = ["P3D", "P1Y", "P2.5Y", "PT30M", "P2CE", "XXXX-XX-XXT12:00", "2018-02"].map(for_people);
        let wanted = ["3 days", "1 year", "2.5 years", "30 minutes", "2 centuries", "12:00", "2018-02"];
        assert_eq!(shown, wanted.map(|words| Some(words.to_owned())));
        assert_eq!(["PXDE", "XXXX-WXX-7", "XXXX-XX-XXTMO", "P"].map(for_people), [None, None, None, None]);
    }
}
