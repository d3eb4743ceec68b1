//! What is shown beside the text without being asked for: inlay hints, the line above the headline, links.

use std::path::Path;
use std::str::FromStr;

use tower_lsp::ls_types::{CodeLens, Command, DocumentLink, InlayHint, InlayHintLabel, InlayHintTooltip, Range, Uri};

use super::commands::FACT_SHEET;
use super::document::View;
use super::facts;
use super::hover::speaker;
use crate::assets;
use crate::checks::computed_changes;
use crate::markup::BlockKind;
use crate::prose::Passage;
use crate::story::measures::Length;
use crate::story::quote::{Basis, QuoteKind};
use crate::story::source::SourceKind;
use crate::text::SourceRange;
use crate::text::counted;

/// The days that dates resolve to, what changes compute to, and who says a quote whose attribution is elsewhere, in a
/// range.
pub fn inlay(view: &View, range: Range) -> Vec<InlayHint> {
    let shown = view.bytes(range);
    let story = view.story();
    let mut hints: Vec<(usize, String, Option<String>)> = Vec::new();
    for time in story.times.iter().filter(|time| time.depends_on_published) {
        if let (Some(value), Some(_)) = (&time.value, time.from) {
            hints.push((view.source_of(time.passage).end, format!("= {}", in_words(value)), time.assumed.clone()));
        }
    }
    for (number, read) in story.paragraphs.iter().enumerate() {
        for change in computed_changes(read) {
            let at = view.source_of(Passage::new(number, change.at)).end;
            hints.push((at, format!("= {}", change.change), Some(change.sum)));
        }
    }
    for quote in story.quotes {
        let beside = matches!(quote.basis, Basis::Ahead | Basis::Behind | Basis::Nothing);
        if !beside
            && matches!(quote.kind, QuoteKind::Direct | QuoteKind::Partial)
            && let Some(name) = speaker(&story, quote)
        {
            hints.push((view.source_of(quote.passage).end, format!("— {name}"), None));
        }
    }
    hints.retain(|(at, ..)| shown.start <= *at && *at <= shown.end);
    hints.sort_by_key(|(at, ..)| *at);
    let hint = |(at, label, tooltip): (usize, String, Option<String>)| InlayHint {
        position: view.range(&(at..at)).start,
        label: InlayHintLabel::String(label),
        kind: None,
        text_edits: None,
        tooltip: tooltip.map(InlayHintTooltip::String),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    hints.into_iter().map(hint).collect()
}

/// A TIMEX3 value as people write it, where its own form says little to them: `2017-WI` is the winter of 2017.
fn in_words(value: &str) -> String {
    const PARTS: &[(&str, &str)] = &[
        ("-SP", "spring"),
        ("-SU", "summer"),
        ("-FA", "fall"),
        ("-WI", "winter"),
        ("TMO", " morning"),
        ("TAF", " afternoon"),
        ("TEV", " evening"),
        ("TNI", " night"),
    ];
    if let Some((week, year)) = value.split_once("-W").and_then(|(year, week)| Some((week.parse::<u8>().ok()?, year))) {
        return format!("week {week} of {year}");
    }
    if value.len() == 3 && value.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{value}0s");
    }
    let part = PARTS.iter().find_map(|(end, words)| Some((value.strip_suffix(end)?, words)));
    part.map_or_else(
        || value.to_owned(),
        |(rest, words)| if words.starts_with(' ') { format!("{rest}{words}") } else { format!("{words} {rest}") },
    )
}

/// What the story holds, above its headline or its first line.
pub fn lenses(view: &View) -> Vec<CodeLens> {
    let story = view.story();
    let blocks = &story.document.blocks;
    let headline = blocks.iter().find(|block| block.kind == BlockKind::Headline).or(blocks.first());
    // A headline or a list alone is no story yet.
    let tells = blocks.iter().any(|block| block.kind == BlockKind::Paragraph);
    let Some(headline) = headline.filter(|_| tells) else { return Vec::new() };
    let length = Length::of(&story);
    let quotes = story.quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Partial)).count();
    let mut people: Vec<usize> = story.sources.iter().filter_map(|source| source.person).collect();
    people.sort_unstable();
    people.dedup();
    let unnamed = |kind| matches!(kind, SourceKind::Unnamed | SourceKind::Anonymous | SourceKind::Vague);
    let unnamed = story.sources.iter().filter(|source| unnamed(source.kind)).count();
    let parts = [
        format!("{}, {} min", counted(length.words, "word", "words"), length.minutes()),
        counted(length.body.sentences, "sentence", "sentences"),
        format!("sources: {} named, {unnamed} unnamed", people.len()),
        counted(quotes, "quote", "quotes"),
        counted(view.findings().len(), "finding", "findings"),
    ];
    let grade = length.grade().map(|grade| format!("grade {grade:.0}"));
    let start = headline.range.start;
    let command = Command {
        title: parts.into_iter().chain(grade).collect::<Vec<_>>().join(" · "),
        command: FACT_SHEET.to_owned(),
        arguments: Some(vec![view.document.uri.as_str().into()]),
    };
    let line = view.range(&(start..start));
    let holds = CodeLens { range: line, command: Some(command), data: None };
    std::iter::once(holds).chain(facts::lens(view, line)).collect()
}

/// Images and links, where they lead somewhere.
pub fn links(view: &View) -> Vec<DocumentLink> {
    let document = &view.checked.analysis.document;
    let images = document.images.iter().map(|image| (&image.src_range, &image.src));
    let targets = document.links.iter().map(|link| (&link.target_range, &link.target));
    let mut links: Vec<(&SourceRange, &String)> = images.chain(targets).collect();
    links.sort_by_key(|(range, _)| range.start);
    let link = |(range, target): (&SourceRange, &String)| {
        let target = target_uri(target, view.document.path.as_deref())?;
        Some(DocumentLink { range: view.range(range), target: Some(target), tooltip: None, data: None })
    };
    // Several links may go by the same definition.
    links.dedup_by_key(|(range, _)| *range);
    links.into_iter().filter(|(range, _)| !range.is_empty()).filter_map(link).collect()
}

/// The address that `target` stands for in the story at `story`; `None` for an anchor, or for a file that is not there.
fn target_uri(target: &str, story: Option<&Path>) -> Option<Uri> {
    let target = target.trim();
    if target.contains("://") || target.starts_with("mailto:") || target.starts_with("tel:") {
        return Uri::from_str(&encoded(target)).ok();
    }
    Uri::from_file_path(assets::file_of(target, story?)?)
}

/// An address as browsers send it: what may not be in one is written in hexadecimal digits.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_in_words() {
        let pairs = [
            ("2018-02-11", "2018-02-11"),
            ("2017-WI", "winter 2017"),
            ("2018-W07", "week 7 of 2018"),
            ("199", "1990s"),
            ("2018-02-11TEV", "2018-02-11 evening"),
            ("2018-Q1", "2018-Q1"),
        ];
        for (value, words) in pairs {
            assert_eq!(in_words(value), words);
        }
    }
}
