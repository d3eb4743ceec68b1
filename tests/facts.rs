//! The fact sheet, held to features in which a person marked every fact before the code was written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use copydesk::analysis::Analyzer;
use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::settings::Settings;
use copydesk::story::Surroundings;
use copydesk::story::checkable::{self as facts, FactKind};

/// A fact that a person marked: its kind and its bytes.
struct Marked {
    kind: FactKind,
    range: std::ops::Range<usize>,
}

/// The story without its marks, `[kind|words]`, which may stand inside each other.
fn unmarked(marked: &str) -> (String, Vec<Marked>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut found = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let kind = rest.strip_prefix('[').and_then(|rest| rest.split_once('|')).filter(|(kind, _)| kind.len() < 20);
        let kind = kind.and_then(|(kind, behind)| Some((FactKind::parse(kind)?, behind)));
        match (kind, c) {
            (Some((kind, behind)), _) => {
                open.push(Some((kind, text.len())));
                rest = behind;
                continue;
            }
            (None, '[') => open.push(None),
            (None, ']') => {
                if let Some((kind, start)) = open.pop().expect("a mark is closed that was opened") {
                    found.push(Marked { kind, range: start..text.len() });
                    rest = &rest[1..];
                    continue;
                }
            }
            _ => {}
        }
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    assert!(open.is_empty(), "all marks are closed");
    (text, found)
}

/// Kinds that only usage tells apart, for which either name is right.
fn family(kind: FactKind) -> u8 {
    match kind {
        FactKind::Name | FactKind::Organisation | FactKind::Place | FactKind::Work => 1,
        FactKind::Date | FactKind::Duration => 2,
        FactKind::Figure | FactKind::Share => 3,
        kind => 10 + kind as u8,
    }
}

fn features() -> Vec<(String, String, Vec<Marked>)> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new("tests/facts"))
        .expect("the features are there")
        .map(|file| file.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let (text, marked) = unmarked(&std::fs::read_to_string(path).expect("it can be read"));
        (path.file_name().expect("it has a name").to_string_lossy().into_owned(), text, marked)
    };
    files.iter().map(read).collect()
}

fn with_sheet<T>(text: &str, use_it: impl FnOnce(&copydesk::story::Story, &facts::FactSheet) -> T) -> T {
    let rules = Arc::new(load([], []).rules);
    let around = Surroundings { date: Some(jiff::civil::date(2018, 2, 13)), ..Surroundings::default() };
    let analysis = Analyzer::new(rules).analyze(text, Format::Markdown, &around, &Settings::default());
    let story = analysis.story();
    let sheet = facts::sheet(&story);
    use_it(&story, &sheet)
}

#[test]
fn what_a_person_marked_is_found() {
    let (mut all, mut any, mut right) = (0, 0, 0);
    let mut missed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, text, marked) in features() {
        assert!(text.split_whitespace().count() >= 560, "{name} is a feature");
        with_sheet(&text, |story, sheet| {
            let places: Vec<(FactKind, std::ops::Range<usize>)> = sheet
                .facts
                .iter()
                .flat_map(|fact| fact.places.iter().map(|p| (fact.kind, p.to_source(&story.document.blocks))))
                .collect();
            for mark in &marked {
                all += 1;
                let touches =
                    |range: &std::ops::Range<usize>| range.start < mark.range.end && mark.range.start < range.end;
                any += usize::from(places.iter().any(|(_, range)| touches(range)));
                if places.iter().any(|(kind, range)| family(*kind) == family(mark.kind) && touches(range)) {
                    right += 1;
                } else {
                    missed.entry(mark.kind.as_str()).or_default().push(text[mark.range.clone()].to_owned());
                }
            }
        });
    }
    println!("{all} marked, {any} touched by a fact, {right} found as their kind\n{missed:#?}");
    assert!(all > 500, "{all} facts are marked");
    assert!(right * 100 >= all * 95, "{right} of {all} are found as what they are: {missed:#?}");
}

#[test]
fn the_two_ends_of_a_range_are_one_fact_where_one_of_them_says_too_little() {
    let text =
        "The fair ran May 2-5, 2017, and he led the union (1990-95) before it opened from June 2 to July 3, 2016.\n";
    with_sheet(text, |story, sheet| {
        let places = sheet.facts.iter().filter(|fact| fact.kind == FactKind::Date).flat_map(|fact| &fact.places);
        let mut dates: Vec<_> = places.map(|place| place.to_source(&story.document.blocks)).collect();
        dates.sort_by_key(|range| range.start);
        let words: Vec<&str> = dates.into_iter().map(|range| &text[range]).collect();
        assert_eq!(words, ["May 2-5, 2017", "1990-95", "June 2", "July 3, 2016"]);
    });
}

#[test]
fn nobody_says_a_quote_that_no_verb_of_saying_goes_with() {
    for (text, wanted) in [
        ("Boxes were marked “not to be opened before Easter” by hand.", None),
        ("The board said “not to be opened before Easter” in a letter.", Some("said by The board")),
        ("Clerk: “It is not to be opened before Easter.”", Some("said by Clerk")),
        ("The road is rated “not to be driven on in winter” by the state.", None),
        ("Ezra Holm dug. He wrote that they “took him for a harmless old fool” there.", Some("said by Ezra Holm")),
    ] {
        with_sheet(text, |_, sheet| {
            let quote = sheet.facts.iter().find(|fact| fact.kind == FactKind::Quote).expect("a quote");
            assert_eq!(quote.meaning.as_deref(), wanted, "{text}");
        });
    }
}

/// What the sheet of `text` says, a line a fact: its kind, its words as they are written first, and how many places it has.
fn told(text: &str) -> Vec<String> {
    with_sheet(text, |story, sheet| {
        let line = |fact: &facts::Fact| {
            let words = &text[fact.first().to_source(&story.document.blocks)];
            format!("{} {words} {}", fact.kind, fact.places.len())
        };
        sheet.facts.iter().map(line).collect()
    })
}

#[test]
fn facts_have_their_kinds_and_all_of_their_words() {
    for (text, wanted, unwanted) in [
        ("Only Gloria Penhale, 71, lost.", &["age 71 1"][..], &["title 71 1"][..]),
        ("PORTSEA, Ore. — A clerk lost.", &["place PORTSEA 1"], &["organisation PORTSEA 1"]),
        (
            "He moved from Great Sorrel Island to New Brunswick.",
            &["place Great Sorrel Island 1"],
            &["name Brunswick 1"],
        ),
        ("They met New York City Mayor Bill Tanner.", &["title New York City Mayor 1"], &["name York City 1"]),
        ("She quoted the Second Amendment there.", &["name Second Amendment 1"], &["rank Second Amendment 1"]),
        ("Her father owned Restrepo & Sons Hardware.", &["organisation Restrepo & Sons Hardware 1"], &[]),
        ("They play in the final of the Women’s Cup.", &["name Women’s Cup 1"], &["name Cup 1"]),
        ("He is a Democrat from Salem.", &["organisation Democrat 1"], &["place Democrat 1"]),
        ("The U.S. District Court sat.", &["organisation U.S. District Court 1"], &["place U.S. 1"]),
        ("Profit fell by a third as prices rose.", &["share a third 1"], &["rank third as 1"]),
        ("It lies within a quarter-mile of the lot.", &["figure a quarter-mile 1"], &["share a quarter 1"]),
        ("That was a quarter in which all stopped.", &[], &["share a quarter 1"]),
        ("It is two and a half times as long.", &["figure two and a half times 1"], &["figure two 1"]),
        ("It treats 2,300 children a year.", &["figure 2,300 children 1"], &["duration a year 1"]),
        (
            "They came after more than four hours.",
            &["duration more than four hours 1"],
            &["comparison after more than four hours 1"],
        ),
        ("She left school at 14 to work there.", &["age 14 1"], &["figure 14 1"]),
        ("It lost 412 spaces. They closed the 412-space garage.", &["figure 412 spaces 2"], &[]),
        ("The council voted 6-3 to sell it. In the end, the council’s vote was 6-3.", &["vote 6-3 2"], &[]),
        ("The lane is called Long Way.", &[], &["reported The lane is called Long Way. 1"]),
        ("They saw Halley’s Comet from Route 9.", &["name Halley’s Comet 1", "place Route 9 1"], &["figure 9 1"]),
        (
            "It drew more than five times as many guests as in its last full year, 1997, when few came.",
            &["comparison more than five times as many guests as in its last full year 1", "date 1997 1"],
            &["figure five 1", "figure 1997 1"],
        ),
        ("Children under 12 get in free.", &["age under 12 1"], &["figure 12 1"]),
        (
            "It is open on the first Friday of each month from March 2 on.",
            &[],
            &["record first Friday of each month 1"],
        ),
        ("The rule cut glare by half within a year.", &["share half 1"], &[]),
        ("Most of the library burned.", &["share Most of 1"], &[]),
        ("The planning board met.", &["organisation planning board 1"], &[]),
        ("Ana Ruiz, a retired police sergeant, lost.", &["title retired police sergeant 1"], &[]),
        ("Ana Ruiz, a senior at the school, won.", &["title senior 1"], &[]),
        (
            "It cost less than a million dollars.",
            &["figure a million dollars 1"],
            &["comparison less than a million dollars 1"],
        ),
        (
            "It was the first in the state to run on batteries, and he came in third.",
            &["record first in the state to run on batteries 1", "rank third 1"],
            &["rank first 1"],
        ),
        (
            "PORTSEA, Ore. (CNS) — Fares will rise in May, the mayor said.",
            &["reported Fares will rise in May, the mayor said. 1"],
            &[],
        ),
        ("He has been admitted to the college.", &[], &["reported He has been admitted to the college. 1"]),
        (
            "ALDERTON, N.H. — The dome was shut. Alderton, a town of 3,900, has others.",
            &["place ALDERTON 2"],
            &["name Alderton 1"],
        ),
        (
            "She is president of the Friends of Alder Hill in Concord.",
            &["organisation Friends of Alder Hill 1", "place Concord 1"],
            &[],
        ),
    ] {
        let told = told(text);
        let missing: Vec<_> = wanted.iter().filter(|line| !told.iter().any(|known| known == *line)).collect();
        let wrong: Vec<_> = unwanted.iter().filter(|line| told.iter().any(|known| known == *line)).collect();
        assert!(missing.is_empty() && wrong.is_empty(), "{text}: {missing:?} are not there, {wrong:?} are: {told:#?}");
    }
}
