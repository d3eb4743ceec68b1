//! What a story lacks and the editor can add from what the story, or its files, say elsewhere: who says a quote, and who
//! took a photo.

use super::actions::{Change, Deed, Offer, quick_fix};
use super::diagnostics::FindingId;
use super::document::{OpenDocument, View};
use crate::checks::{attribution, credit_line};
use crate::finding::{Edit, Finding};
use crate::markup::Format;
use crate::prose::Passage;
use crate::story::person::MentionForm;
use crate::story::{Person, Quote, Story};
use crate::text::line_break;
use tower_lsp::ls_types::Diagnostic;

/// The most speakers that are offered for one quote.
const MOST_SPEAKERS: usize = 5;

/// What can be added where `finding` stands.
pub fn offer(view: &View, finding: &Finding, id: FindingId, diagnostic: &Diagnostic) -> Vec<Offer> {
    let check = view.document.project.rules.get(&finding.rule).map(|rule| rule.check.name);
    match check {
        Some("unattributed") => {
            let story = view.story();
            let Some(quote) = quote_at(view, &story, finding) else { return Vec::new() };
            let names = speakers(&story, quote).into_iter().filter(|name| attribution(&story, quote, name).is_some());
            // The check itself offers whom the paragraph before speaks of.
            let offered =
                |name: &String| finding.fixes.iter().any(|fix| fix.title == format!("Attribute it to {name}"));
            let attribute =
                |name: String| quick_fix(format!("Attribute it to {name}"), diagnostic, Deed::Attribute { id, name });
            names.filter(|name| !offered(name)).take(MOST_SPEAKERS).map(attribute).collect()
        }
        Some("photos-no-credit") if finding.fixes.is_empty() => {
            let credit = uncaptioned(view, finding);
            let title = credit.map(|(_, credit)| format!("Add the credit “{credit}” from the image file"));
            title.map(|title| quick_fix(title, diagnostic, Deed::AddCredit { id })).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The quote that a finding is about.
fn quote_at<'s>(view: &View, story: &'s Story, finding: &Finding) -> Option<&'s Quote> {
    story.quotes.iter().find(|quote| view.source_of(quote.passage) == finding.range)
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
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// How a person is called at a place: by surname once the full name stood before it.
fn name_at(person: &Person, here: Passage) -> String {
    let introduced = person.mentions.iter().any(|m| m.form == MentionForm::Full && m.passage < here);
    if introduced && !person.surname.is_empty() { person.surname.clone() } else { person.name.clone() }
}

/// Adds the words that say who said the quote of a finding.
pub fn attribute(document: &mut OpenDocument, finding: &Finding, name: &str) -> Option<Change> {
    let view = document.view(crate::text::PositionEncoding::Utf8);
    let story = view.story();
    let quote = quote_at(&view, &story, finding)?;
    let known = speakers(&story, quote).iter().any(|speaker| speaker == name);
    let edits = attribution(&story, quote, name).filter(|_| known)?;
    let edit = |(passage, text): (Passage, String)| Edit { range: view.source_of(passage), text };
    Some(Change::Story(edits.into_iter().map(edit).collect()))
}

/// The image of a finding, by the place of its source bytes, and the credit that its file gives, when it has no caption.
fn uncaptioned(view: &View, finding: &Finding) -> Option<(crate::text::SourceRange, String)> {
    let story = view.story();
    let at = finding.range.start;
    let photo = story.photos.iter().find(|photo| {
        let image = photo.image.and_then(|image| story.document.images.get(image));
        photo.caption.is_none() && image.is_some_and(|image| image.range.start <= at && at <= image.range.end)
    })?;
    let image = story.document.images.get(photo.image?)?;
    Some((image.range.clone(), credit_line(photo)?))
}

/// Writes the credit that the image file gives behind the image of a finding.
pub fn add_credit(document: &mut OpenDocument, finding: &Finding) -> Option<Change> {
    let format = document.format()?;
    let view = document.view(crate::text::PositionEncoding::Utf8);
    let (image, credit) = uncaptioned(&view, finding)?;
    let eol = line_break(view.source());
    let texts = match format {
        Format::Html => vec![format!("<figcaption>{credit}</figcaption>"), format!("{eol}<p>{credit}</p>")],
        Format::Markdown | Format::Plain => vec![format!("{eol}{eol}*{credit}*")],
    };
    let edits = texts.into_iter().map(|text| Edit { range: image.end..image.end, text });
    let gone = |edit: &Edit| {
        let count = |findings: &[Finding]| findings.iter().filter(|found| found.rule == finding.rule).count();
        let before = count(&document.checked().analysis.findings);
        count(&document.trial(std::slice::from_ref(edit)).findings) < before
    };
    edits.collect::<Vec<_>>().into_iter().find(gone).map(|edit| Change::Story(vec![edit]))
}
