//! Running the examples that are in rule files: each is a test.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Analyzer;
use crate::finding::Finding;
use crate::fix::apply_edits;
use crate::markup::Format;
use crate::material::Material;
use crate::rules::schema::ExampleImage;
use crate::rules::{Engine, ExampleEntry, Rule};
use crate::settings::{RuleSetting, Settings};
use crate::story::checkable::Ledger;
use crate::story::{House, HousePerson, HousePlace, ImageMetadata, Library, Surroundings};
use crate::text::SourceRange;

/// What an example showed, beyond being right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// A finding offered fixes.
    pub has_fixes: bool,
    /// The example lists what they must give.
    pub lists_fixes: bool,
}

/// Runs one example of `rule`. Only findings of that rule are looked at, and it runs even if it is off.
///
/// # Errors
///
/// Says what the example expects and what came instead.
pub fn run(analyzer: &mut Analyzer, rule: &Rule, example: &ExampleEntry) -> Result<ExampleOutcome, String> {
    let (marked, is_bad) = match (&example.bad, &example.good) {
        (Some(bad), None) => (bad, true),
        (None, Some(good)) => (good, false),
        _ => return Err("an example has either `bad` or `good`".to_owned()),
    };
    let (text, expected) = take_marks(marked)?;
    if is_bad == expected.is_empty() {
        return Err("a bad example marks what is found ⟦so⟧, a good one marks nothing".to_owned());
    }
    let findings = findings(analyzer, rule, example, &text)?;
    let found: Vec<SourceRange> = findings.iter().map(|finding| finding.range.clone()).collect();
    if found != expected {
        let got = with_marks(&text, &found);
        return Err(format!("expected: {marked}\n     got: {got}"));
    }
    if let (Some(message), Some(finding)) = (&example.message, findings.first())
        && finding.message != *message
    {
        return Err(format!("expected message: {message}\n             got: {}", finding.message));
    }
    let fixes = findings.iter().flat_map(|finding| &finding.fixes);
    let fixed: Vec<String> = fixes.map(|fix| apply_edits(&text, &mut fix.edits.iter().collect::<Vec<_>>())).collect();
    if !example.fixed.is_empty() && fixed != example.fixed {
        return Err(format!("expected fixes: {:#?}\n           got: {fixed:#?}", example.fixed));
    }
    Ok(ExampleOutcome { has_fixes: !fixed.is_empty(), lists_fixes: !example.fixed.is_empty() })
}

fn findings(analyzer: &mut Analyzer, rule: &Rule, example: &ExampleEntry, text: &str) -> Result<Vec<Finding>, String> {
    let format = match example.format.as_deref() {
        None => Format::Plain,
        Some(name) => Format::of_name(name).ok_or_else(|| {
            let known = Format::ALL.map(Format::as_str).join(", ");
            format!("there is no format `{name}`; choose from {known}")
        })?,
    };
    let date = example.date.as_deref().map(day).transpose()?;
    let images = example.images.iter().map(|(src, image)| Ok((src.clone(), metadata(image)?)));
    let images = images.collect::<Result<_, String>>()?;
    let people = example.people.iter();
    let people = people.map(|p| HousePerson { name: p.name.clone(), title: p.title.clone() }).collect();
    let places = example.places.iter().map(|place| HousePlace {
        name: place.name.clone(),
        not: place.not.clone(),
        within: place.within.clone(),
        alone: place.alone,
    });
    let house = Arc::new(House::new(people, Vec::new(), places.collect()));
    let ledger = example.ledger.as_deref().map(|text| Arc::new(Ledger::parse(text)));
    let source = example.source.as_deref().map(|text| Material::read("source.txt", text.as_bytes()).map(Arc::new));
    let material = Arc::new(Library::new(source.transpose()?.into_iter().collect()));
    let around = Surroundings { date, images, house, ledger, material, ..Surroundings::default() };
    let setting = RuleSetting { severity: Some(Some(rule.severity)), message: None };
    let mut rules = HashMap::from([(rule.id.to_string(), setting)]);
    // Another pack, another list of words or a model may tell the same of the same words, and one thing is told once.
    let off = RuleSetting { severity: Some(None), message: None };
    let of_sequences = |rule: &Rule| rule.check.is_of(Engine::Sequences);
    let is_alike = |other: &Rule| {
        of_sequences(other) || (other.check.is_of_listed_words() || other.check.judges) && of_sequences(rule)
    };
    let others = analyzer
        .rules()
        .rules
        .iter()
        .filter(|other| other.pack != "core" && other.pack != rule.pack || is_alike(other) && other.id != rule.id);
    rules.extend(others.map(|other| (other.id.to_string(), off.clone())));
    let settings = Settings { rules, ..Settings::default() };
    let mut findings = analyzer.analyze(text, format, &around, &settings).findings;
    findings.retain(|finding| finding.rule == rule.id);
    Ok(findings)
}

fn metadata(image: &ExampleImage) -> Result<ImageMetadata, String> {
    let taken = image.taken.as_deref().map(day).transpose()?;
    let (creator, credit) = (image.creator.clone(), image.credit.clone());
    Ok(ImageMetadata { creator, credit, taken, digital_source: image.digital_source.clone(), ..Default::default() })
}

fn day(date: &str) -> Result<Date, String> {
    date.parse().map_err(|error| format!("`{date}` is not a date: {error}"))
}

/// The text without its ⟦marks⟧, and where they stood.
fn take_marks(marked: &str) -> Result<(String, Vec<SourceRange>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut ranges = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match (c, open) {
            ('⟦', None) => open = Some(text.len()),
            ('⟧', Some(start)) => {
                ranges.push(start..text.len());
                open = None;
            }
            ('⟦' | '⟧', _) => return Err(format!("the marks ⟦⟧ do not pair: {marked}")),
            _ => text.push(c),
        }
    }
    if open.is_some() {
        return Err(format!("the marks ⟦⟧ do not pair: {marked}"));
    }
    Ok((text, ranges))
}

fn with_marks(text: &str, ranges: &[SourceRange]) -> String {
    let mut marked = text.to_owned();
    for range in ranges.iter().rev() {
        for (at, mark) in [(range.end, "⟧"), (range.start, "⟦")] {
            if marked.is_char_boundary(at) {
                marked.insert_str(at, mark);
            }
        }
    }
    marked
}
