//! Facts held to sources: stories with what they were written from, in which a person marked which facts the sources have
//! (`=`) and which they have otherwise (`!`).

use std::sync::Arc;

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::material::Material;
use copydesk::settings::Settings;
use copydesk::story::checkable::FactKind;
use copydesk::story::{Library, Surroundings};

/// A story with its sources, and the marked bytes of it: whether a source has them as they are.
struct Case {
    name: String,
    text: String,
    marks: Vec<(bool, std::ops::Range<usize>)>,
    sources: Vec<Arc<Material>>,
}

/// A workbook of one sheet with these rows: numbers where cells are numbers.
fn workbook(csv: &str) -> Vec<u8> {
    let cells = Material::read("sheet.csv", csv.as_bytes()).expect("it is read").pieces;
    let mut rows: Vec<(usize, String)> = Vec::new();
    for cell in cells {
        let (_, row, _) = cell.cell().expect("a cell");
        let plain = cell.text.replace(',', "");
        let xml = match plain.parse::<f64>() {
            Ok(_) => format!(r#"<c r="{}"><v>{plain}</v></c>"#, cell.place),
            Err(_) => format!(r#"<c r="{}" t="inlineStr"><is><t>{}</t></is></c>"#, cell.place, cell.text),
        };
        match rows.last_mut().filter(|(last, _)| *last == row) {
            Some((_, cells)) => cells.push_str(&xml),
            None => rows.push((row, xml)),
        }
    }
    let rows: String = rows.iter().map(|(row, cells)| format!(r#"<row r="{}">{cells}</row>"#, row + 1)).collect();
    packed(&[
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Budget" r:id="rId1"/></sheets></workbook>"#.to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// A document of a word processor with a paragraph for each line.
fn document(text: &str) -> Vec<u8> {
    let paragraphs: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let xml = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>"#
    );
    packed(&[("word/document.xml", xml)])
}

/// An office document of these parts.
fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let empty = rawzip::ZipArchiveWriter::new(Vec::new()).finish().expect("an empty archive is written");
    let package = copydesk::office::Package::open(&empty).expect("it is opened");
    package.with_parts(parts).expect("it is packed")
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> =
        std::fs::read_dir("tests/held").expect("a folder").map(|f| f.expect("a file").path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| case(&std::fs::read_to_string(file).expect("it is read"), &file.display().to_string()))
        .collect()
}

fn case(text: &str, name: &str) -> Case {
    let mut parts = text.split("=== ").skip(1).map(|part| part.split_once('\n').expect("a name on a line of its own"));
    let (_, marked) = parts.next().expect("a story");
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find(['[']) {
        text.push_str(&rest[..open]);
        let (inner, behind) = rest[open + 1..].split_once(']').expect("a mark ends");
        let words = &inner[2..];
        marks.push((inner.starts_with('='), text.len()..text.len() + words.len()));
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    let read = |(name, text): (&str, &str)| {
        let material = match (name.strip_suffix(".xlsx.csv"), name.strip_suffix(".docx.txt")) {
            (Some(stem), _) => Material::read(&format!("{stem}.xlsx"), &workbook(text)),
            (_, Some(stem)) => Material::read(&format!("{stem}.docx"), &document(text)),
            _ => Material::read(name, text.as_bytes()),
        };
        Arc::new(material.expect("it is read"))
    };
    Case { name: name.to_owned(), text, marks, sources: parts.map(read).collect() }
}

fn read(text: &str, sources: &[Arc<Material>]) -> Analysis {
    let rules = Arc::new(load([], []).rules);
    let material = Arc::new(Library::new(sources.to_vec()));
    let date = Some(jiff::civil::date(2018, 2, 13));
    let around = Surroundings { date, material, ..Surroundings::default() };
    Analyzer::new(rules).analyze(text, Format::Plain, &around, &Settings::default())
}

/// The facts of a story of which a source says something: their bytes, whether it agrees, and both in words.
fn said(analysis: &Analysis) -> Vec<(std::ops::Range<usize>, bool, String)> {
    let story = analysis.story();
    let checkup = story.checkup();
    let facts = checkup.sheet.facts.iter().zip(&checkup.says).filter(|(fact, _)| fact.kind != FactKind::Quote);
    facts
        .filter_map(|(fact, says)| {
            let says = says.as_ref()?;
            let piece = &story.material[says.source].pieces[says.piece];
            let told = format!(
                "{} {:?}: {:?} at {} of {}",
                fact.kind, fact.words, says.words, piece.place, story.material[says.source].name
            );
            let places = fact.places.iter().map(|place| place.to_source(&story.document.blocks));
            Some(places.map(|range| (range, says.agrees, told.clone())).collect::<Vec<_>>())
        })
        .flatten()
        .collect()
}

#[test]
fn what_sources_have_is_found_and_what_they_have_otherwise_is_asked_about() {
    let (mut found, mut right, mut caught, mut wrong, mut alarms) = (0, 0, 0, 0, Vec::new());
    let mut missed = Vec::new();
    for case in cases() {
        let analysis = read(&case.text, &case.sources);
        let said = said(&analysis);
        for (is_right, range) in &case.marks {
            let here = said.iter().filter(|(at, ..)| at.start < range.end && range.start < at.end);
            let hit = here.clone().any(|(_, agrees, _)| agrees == is_right);
            *if *is_right { &mut right } else { &mut wrong } += 1;
            *if *is_right { &mut found } else { &mut caught } += usize::from(hit);
            if !hit {
                let told: Vec<&String> = here.map(|(.., told)| told).collect();
                missed.push(format!(
                    "{}: {:?} {} {told:?}",
                    case.name,
                    &case.text[range.clone()],
                    if *is_right { "=" } else { "!" }
                ));
            }
        }
        for (at, agrees, told) in &said {
            let is_planted =
                case.marks.iter().any(|(right, range)| !right && at.start < range.end && range.start < at.end);
            if !agrees && !is_planted {
                alarms.push(format!("{}: {told}", case.name));
            }
        }
    }
    println!("found {found} of {right}; asked about {caught} of {wrong}; wrongly asked about {}", alarms.len());
    missed.iter().for_each(|missed| println!("missed: {missed}"));
    alarms.iter().for_each(|alarm| println!("wrong: {alarm}"));
    assert!(alarms.is_empty(), "{alarms:#?}");
    assert!(found * 20 >= right * 19, "{found} of {right}");
    assert!(caught * 10 >= wrong * 7, "{caught} of {wrong}");
}

#[test]
fn what_is_about_other_things_is_silent() {
    let cases = cases();
    let mut alarms = Vec::new();
    for story in &cases {
        for other in cases.iter().filter(|other| other.name != story.name) {
            let analysis = read(&story.text, &other.sources);
            let wrong = said(&analysis).into_iter().filter(|(_, agrees, _)| !agrees);
            alarms.extend(wrong.map(|(.., told)| format!("{} and {}: {told}", story.name, other.name)));
        }
    }
    assert!(alarms.is_empty(), "{alarms:#?}");
}
