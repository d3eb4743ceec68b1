//! The fact sheet as JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::fact_names::FactName as _;
use crate::prose::Passage;
use crate::story::photo::{Credit, Photo};
use crate::story::quote::Speaker;
use crate::story::time::TimeKind;
use crate::story::{Figure, Organisation, Person, Quote, Source, Story, TimeExpression};
use crate::text::{SourceRange, Span};

/// The facts of `story` as JSON, with its places as `place` writes them.
pub fn facts_with_ranges<R: Serialize>(story: &Story, place: impl Fn(&SourceRange) -> R) -> Value {
    let sheet = Sheet { story, place };
    json!({
        "published": sheet.published(),
        "quotes": story.quotes.iter().map(|quote| sheet.quote(quote)).collect::<Vec<_>>(),
        "dates": with_their_days(story.times).map(|(time, passage)| sheet.date(time, passage)).collect::<Vec<_>>(),
        "people": story.people.iter().map(|person| sheet.person(person)).collect::<Vec<_>>(),
        "figures": story.figures.iter().filter_map(|figure| sheet.figure(figure)).collect::<Vec<_>>(),
        "photos": story.photos.iter().map(|photo| sheet.photo(photo)).collect::<Vec<_>>(),
        "organisations": story.organisations.iter().map(|one| sheet.organisation(one)).collect::<Vec<_>>(),
        "sources": story.sources.iter().map(|source| sheet.source(source)).collect::<Vec<_>>(),
        "claims": story.claims.iter().map(|claim| sheet.claim(claim)).collect::<Vec<_>>(),
    })
}

/// A story whose facts are written.
struct Sheet<'s, F> {
    story: &'s Story<'s>,
    place: F,
}

impl<R: Serialize, F: Fn(&SourceRange) -> R> Sheet<'_, F> {
    fn range(&self, passage: Passage) -> R {
        (self.place)(&passage.to_source(&self.story.document.blocks))
    }

    /// A passage with its words.
    fn text(&self, passage: Passage) -> Value {
        json!({ "range": self.range(passage), "text": self.story.slice(passage) })
    }

    fn published(&self) -> Option<Value> {
        let published = self.story.published?;
        Some(json!({
            "date": published.date.to_string(),
            "origin": published.origin,
            "range": published.range.as_ref().map(&self.place),
        }))
    }

    fn quote(&self, quote: &Quote) -> Value {
        json!({
            "range": self.range(quote.passage),
            "kind": quote.kind.fact_name(),
            "closed": quote.closed,
            "continued": quote.continued,
            "basis": quote.basis.fact_name(),
            "speaker": quote.speaker.as_ref().map(|speaker| self.speaker(speaker)),
            "cue": quote.cue.map(|cue| self.text(cue)),
        })
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

    fn date(&self, time: &TimeExpression, passage: Passage) -> Value {
        json!({
            "range": self.range(passage),
            "text": self.story.slice(passage),
            "kind": time.kind.fact_name(),
            "value": time.value,
            "from": time.from.map(|day| day.to_string()),
            "to": time.to.map(|day| day.to_string()),
            "assumed": time.assumed,
        })
    }

    fn person(&self, person: &Person) -> Value {
        let mention = |mention: &crate::story::person::Mention| {
            json!({
                "range": self.range(mention.passage),
                "text": self.story.slice(mention.passage),
                "form": mention.form.fact_name(),
            })
        };
        json!({
            "name": person.name,
            "titles": person.titles,
            "gender": person.gender.fact_name(),
            "mentions": person.mentions.iter().map(mention).collect::<Vec<_>>(),
        })
    }

    fn figure(&self, figure: &Figure) -> Option<Value> {
        let read = self.story.paragraphs.get(figure.passage.paragraph())?;
        let local = read.figures.figures.get(figure.local)?;
        Some(json!({
            "range": self.range(figure.passage),
            "text": self.story.slice(figure.passage),
            "value": local.value,
            "rounding": local.rounding,
            "unit": local.unit.fact_name(),
            "noun": local.noun.map(|noun| self.text(Passage { span: noun, ..figure.passage })),
            "inWords": local.in_words,
            "bound": local.bound.as_ref().map(|bound| bound.fact_name()),
            "rangeEnd": local.range.as_ref().map(|end| end.fact_name()),
        }))
    }

    fn photo(&self, photo: &Photo) -> Value {
        let image = photo.image.and_then(|image| self.story.document.images.get(image));
        json!({
            "image": image.map(|image| &image.src),
            "caption": photo.caption.map(|caption| self.text(caption)),
            "captionDate": photo.caption_date.map(|date| self.text(date)),
            "presentVerb": photo.present_verb.map(|verb| self.text(verb)),
            "credit": photo.credit.as_ref().map(|credit| self.credit(credit)),
            "metadata": photo.metadata.as_ref().map(|metadata| json!({
                "creator": metadata.creator,
                "credit": metadata.credit,
                "source": metadata.source,
                "copyright": metadata.copyright,
                "taken": metadata.taken.map(|day| day.to_string()),
                "description": metadata.description,
                "digitalSource": metadata.digital_source,
            })),
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

    fn organisation(&self, organisation: &Organisation) -> Value {
        let ranges = |mentions: &[Passage]| mentions.iter().map(|&mention| self.range(mention)).collect::<Vec<_>>();
        json!({
            "name": organisation.name,
            "acronym": organisation.acronym,
            "wellKnown": organisation.well_known,
            "introduced": organisation.introduced.map(|passage| json!({
                "range": self.range(passage),
                "fits": organisation.fits,
            })),
            "mentions": ranges(&organisation.full_mentions),
            "acronymMentions": ranges(&organisation.acronym_mentions),
        })
    }

    fn source(&self, source: &Source) -> Value {
        json!({
            "range": self.range(source.passage),
            "text": self.story.slice(source.passage),
            "kind": source.kind.fact_name(),
            "cue": source.cue.map(|cue| self.text(cue)),
            "person": source.person.and_then(|person| self.story.people.get(person)).map(|person| &person.name),
            "reasonGiven": source.reason_given,
        })
    }

    fn claim(&self, claim: &crate::story::Claim) -> Value {
        json!({
            "range": self.range(claim.passage),
            "text": self.story.slice(claim.passage),
            "kinds": claim.kinds.iter().map(|(kind, _)| kind.fact_name()).collect::<Vec<_>>(),
            // Two decimals are all the weights carry.
            "score": (f64::from(claim.score) * 100.0).round() / 100.0,
            "sourced": claim.sourced,
        })
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
