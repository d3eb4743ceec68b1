//! What a story lacks and can be added from what the story, or its files, say elsewhere: who says a quote, and who took a
//! photo. The editor offers these beside a finding's fixes, and so do the questions on the command line.

use std::collections::HashSet;

use crate::checks::{attribution, credit_line};
use crate::finding::{Edit, Finding};
use crate::markup::Format;
use crate::prose::Passage;
use crate::rules::{Lack, RuleSet};
use crate::story::person::MentionForm;
use crate::story::{Person, Quote, Story};
use crate::text::{SourceRange, line_break};

/// The most speakers that are offered for one quote.
const MOST_SPEAKERS: usize = 5;

/// Something that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// Who says a quote.
    Speaker {
        /// The name, as it is to be written.
        name: String,
    },
    /// The credit that the image file of a photo without a caption gives.
    Credit {
        /// The line, as it is to be written.
        line: String,
    },
}

impl Addition {
    /// For a menu.
    pub fn title(&self) -> String {
        match self {
            Addition::Speaker { name } => format!("Attribute it to {name}"),
            Addition::Credit { line } => format!("Add the credit “{line}” from the image file"),
        }
    }
}

/// What can be added where `finding` is, the best first. What the finding's own fixes do is left out.
pub fn offered(story: &Story, rules: &RuleSet, finding: &Finding) -> Vec<Addition> {
    match rules.get(&finding.rule).and_then(|rule| rule.check.lacks) {
        Some(Lack::Speaker) => {
            let Some(quote) = quote_at(story, finding) else { return Vec::new() };
            // The check itself offers whom the paragraph before speaks of.
            let is_new = |edits: Vec<Edit>| finding.fixes.iter().all(|fix| fix.edits != edits);
            let names = speakers(story, quote).into_iter();
            let names = names.filter(|name| said_by(story, quote, name).is_some_and(is_new));
            names.take(MOST_SPEAKERS).map(|name| Addition::Speaker { name }).collect()
        }
        Some(Lack::Credit) if finding.fixes.is_empty() => {
            uncaptioned(story, finding).map(|(_, line)| Addition::Credit { line }).into_iter().collect()
        }
        Some(Lack::Credit | Lack::Date) | None => Vec::new(),
    }
}

/// The ways to write an addition into `source`, in which the story stands: of each its edits, in ascending order. The
/// first after which the finding is gone is the right one; empty where the story has no room for it any more.
pub fn ways(addition: &Addition, story: &Story, format: Format, source: &str, finding: &Finding) -> Vec<Vec<Edit>> {
    match addition {
        Addition::Speaker { name } => attribute(story, finding, name).into_iter().collect(),
        Addition::Credit { line } => add_credit(story, format, source, finding, line),
    }
}

/// The quote that a finding is about.
fn quote_at<'s>(story: &'s Story, finding: &Finding) -> Option<&'s Quote> {
    story.quotes.iter().find(|quote| quote.passage.to_source(&story.document.blocks) == finding.range)
}

/// Who may have said a quote, as a reader of the story up to it would know them: those who speak elsewhere in the story
/// before those who are only named, and of these the nearest first.
fn speakers(story: &Story, quote: &Quote) -> Vec<String> {
    let here = quote.passage;
    let speaks = |index: usize| {
        story.quotes.iter().any(|quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.person == Some(index)))
            || story.sources.iter().any(|source| source.person == Some(index))
    };
    let distance = |person: &Person| {
        let mentions = person.mentions.iter().map(|mention| mention.passage.paragraph().abs_diff(here.paragraph()));
        mentions.min().unwrap_or(usize::MAX)
    };
    let mut people: Vec<(bool, usize, String)> = story
        .people
        .iter()
        .enumerate()
        .map(|(index, person)| (!speaks(index), distance(person), name_at(person, here)))
        .collect();
    people.sort();
    let mut names: Vec<String> = people.into_iter().map(|(.., name)| name).filter(|name| !name.is_empty()).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// How a person is called at a place: by surname once the full name stood before it.
fn name_at(person: &Person, here: Passage) -> String {
    let introduced = person.mentions.iter().any(|m| m.form == MentionForm::Full && m.passage < here);
    if introduced && !person.surname.is_empty() { person.surname.clone() } else { person.name.clone() }
}

/// The words that say who said the quote of a finding.
fn attribute(story: &Story, finding: &Finding, name: &str) -> Option<Vec<Edit>> {
    let quote = quote_at(story, finding)?;
    let known = speakers(story, quote).iter().any(|speaker| speaker == name);
    said_by(story, quote, name).filter(|_| known)
}

/// The edits that say that `name` said a quote.
fn said_by(story: &Story, quote: &Quote, name: &str) -> Option<Vec<Edit>> {
    let edit = |(passage, text): (Passage, String)| Edit { range: passage.to_source(&story.document.blocks), text };
    Some(attribution(story, quote, name)?.into_iter().map(edit).collect())
}

/// The image of a finding, by the place of its source bytes, and the credit that its file gives, when it has no caption.
fn uncaptioned(story: &Story, finding: &Finding) -> Option<(SourceRange, String)> {
    let at = finding.range.start;
    let photo = story.photos.iter().find(|photo| {
        let image = photo.image.and_then(|image| story.document.images.get(image));
        photo.caption.is_none() && image.is_some_and(|image| image.range.start <= at && at <= image.range.end)
    })?;
    let image = story.document.images.get(photo.image?)?;
    Some((image.range.clone(), credit_line(photo)?))
}

/// The credit that the image file gives, behind the image of a finding, as long as it still is `line`.
fn add_credit(story: &Story, format: Format, source: &str, finding: &Finding, line: &str) -> Vec<Vec<Edit>> {
    let found = uncaptioned(story, finding).filter(|(_, credit)| credit == line);
    let Some((image, credit)) = found else { return Vec::new() };
    let eol = line_break(source);
    let behind_image = |text: String| vec![Edit { range: image.end..image.end, text }];
    match (format, end_of_figure(source, &image)) {
        (Format::Html, Some(end)) => {
            let opens_line = source[..end].trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
            let text = format!("<figcaption>{credit}</figcaption>{}", if opens_line { eol } else { "" });
            vec![vec![Edit { range: end..end, text }], behind_image(format!("<figcaption>{credit}</figcaption>"))]
        }
        (Format::Html, None) => vec![behind_image(format!("{eol}<p>{credit}</p>"))],
        (Format::Rst, _) => vec![behind_image(format!("{eol}{eol}   {credit}"))],
        (Format::AsciiDoc | Format::Org, _) => vec![behind_image(format!("{eol}{eol}{credit}"))],
        (Format::Markdown | Format::Mdx | Format::Plain, _) => vec![behind_image(format!("{eol}{eol}*{credit}*"))],
    }
}

/// Where the `figure` element of an image ends: the byte before its end tag. `None` for an image that is in none.
fn end_of_figure(source: &str, image: &SourceRange) -> Option<usize> {
    let before = source.get(..image.start)?.to_ascii_lowercase();
    if before.rfind("<figure") <= before.rfind("</figure") {
        return None;
    }
    let after = source.get(image.end..)?.to_ascii_lowercase();
    after.find("</figure").map(|at| image.end + at)
}
