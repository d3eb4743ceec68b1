//! The fact sheet for people.

use std::io::{self, Write};

use super::fact_names::FactName as _;
use crate::prose::Passage;
use crate::story::{PublishedOrigin, Story};
use crate::text::{LineIndex, SourceRange, on_one_line};

/// Characters of a quote or claim that are shown.
const SHOWN: usize = 72;

/// Writes the facts of `story` as tables, with the lines of `text`, in which `place` says where something stands.
pub fn facts_text(
    story: &Story,
    text: &str,
    place: impl Fn(&SourceRange) -> SourceRange,
    out: &mut impl Write,
) -> io::Result<()> {
    let lines = LineIndex::new(text);
    let line = |passage: Passage| {
        let range = place(&passage.to_source(&story.document.blocks));
        lines.line_column(range.start, text).line
    };
    match &story.published {
        Some(published) => writeln!(out, "Published: {} ({})", published.date, origin(published.origin))?,
        None => writeln!(out, "Published: not known; relative dates are not resolved (give --date)")?,
    }
    section(out, "Quotes", story.quotes.len())?;
    for quote in story.quotes {
        let speaker = match &quote.speaker {
            Some(speaker) => match speaker.person.and_then(|index| story.people.get(index)) {
                Some(person) => person.name.clone(),
                None => story.slice(speaker.passage).to_owned(),
            },
            None => "-".to_owned(),
        };
        row(out, line(quote.passage), &speaker, quote.kind.fact_name(), story.slice(quote.passage))?;
    }
    section(out, "Dates", story.times.len())?;
    for time in story.times {
        let day = match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => time.value.clone().unwrap_or_else(|| "-".to_owned()),
        };
        row(out, line(time.passage), &day, time.kind.fact_name(), story.slice(time.passage))?;
    }
    section(out, "People", story.people.len())?;
    for person in story.people {
        let first = person.mentions.first().map_or(0, |mention| line(mention.passage));
        let mentions = super::counted(person.mentions.len(), "mention");
        row(out, first, &person.name, &mentions, &person.titles.join("; "))?;
    }
    section(out, "Figures", story.figures.len())?;
    for figure in story.figures {
        let local =
            story.paragraphs.get(figure.passage.paragraph()).and_then(|read| read.figures.figures.get(figure.local));
        let Some(local) = local else { continue };
        row(out, line(figure.passage), &local.value.to_string(), local.unit.fact_name(), story.slice(figure.passage))?;
    }
    section(out, "Photos", story.photos.len())?;
    for photo in story.photos {
        let Some(place) = photo.caption.or(photo.credit.as_ref().map(|credit| credit.passage)) else { continue };
        let credit = photo.credit.as_ref().map_or("-", |credit| story.slice(credit.passage));
        row(out, line(place), credit, "", photo.caption.map_or("", |caption| story.slice(caption)))?;
    }
    section(out, "Organisations", story.organisations.len())?;
    for organisation in story.organisations {
        let mentions = organisation.full_mentions.iter().chain(&organisation.acronym_mentions);
        let first = mentions.clone().min().map_or(0, |&passage| line(passage));
        let count = super::counted(mentions.count(), "mention");
        let name = organisation.name.as_deref().unwrap_or("-");
        row(out, first, organisation.acronym.as_deref().unwrap_or("-"), &count, name)?;
    }
    section(out, "Sources", story.sources.len())?;
    for source in story.sources {
        row(out, line(source.passage), source.kind.fact_name(), "", story.slice(source.passage))?;
    }
    section(out, "To verify", story.claims.len())?;
    for claim in story.claims {
        let kinds: Vec<&str> = claim.kinds.iter().map(|(kind, _)| kind.fact_name()).collect();
        let sourced = if claim.sourced { "sourced" } else { "no source" };
        row(out, line(claim.passage), &kinds.join(", "), sourced, story.slice(claim.passage))?;
    }
    Ok(())
}

fn origin(origin: PublishedOrigin) -> &'static str {
    match origin {
        PublishedOrigin::Given => "given",
        PublishedOrigin::Record => "date of the record",
        PublishedOrigin::FrontMatter => "front matter",
        PublishedOrigin::Page => "page metadata",
        PublishedOrigin::Dateline => "dateline",
        PublishedOrigin::Byline => "byline",
        PublishedOrigin::Path => "file name",
        PublishedOrigin::Settings => "settings",
        PublishedOrigin::Today => "no date in the story: today",
    }
}

fn section(out: &mut impl Write, title: &str, count: usize) -> io::Result<()> {
    writeln!(out, "\n{title} ({count})")
}

/// One row: line in the source, two columns and the text, cut to what fits.
fn row(out: &mut impl Write, line: usize, first: &str, second: &str, text: &str) -> io::Result<()> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if text.chars().count() > SHOWN {
        format!("{}…", text.chars().take(SHOWN).collect::<String>())
    } else {
        text
    };
    let first = on_one_line(first);
    writeln!(out, "{}", format!("  {line:>4}  {first:<26}  {second:<10}  {shown}").trim_end())
}
