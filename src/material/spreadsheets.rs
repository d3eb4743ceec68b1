//! Spreadsheets: the workbooks of Excel (`.xlsx`, Office Open XML, ECMA-376) and of OpenDocument (`.ods`, ISO/IEC 26300), cell
//! by cell. A sheet may say that it has billions of cells; only those that hold something are looked at.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tables::letters;
use super::{Piece, Place};
use crate::office::{Package, attribute};

/// The most cells that are read.
const MOST_CELLS: usize = 500_000;

/// The most bytes of text that are read: one text may be in any number of cells.
const MOST_TEXT: usize = 64 << 20;

/// The cells of a workbook that hold something, up to what is read of one.
#[derive(Default)]
struct Cells {
    /// With the number of the sheet; rows and columns count from 0.
    all: Vec<(usize, usize, usize, String)>,
    sheets: Vec<String>,
    bytes: usize,
}

impl Cells {
    /// Takes a cell of the last sheet; says whether more are wanted.
    fn push(&mut self, row: usize, column: usize, text: &str) -> bool {
        let text = text.trim();
        if !text.is_empty() && self.bytes + text.len() <= MOST_TEXT {
            self.bytes += text.len();
            self.all.push((self.sheets.len().saturating_sub(1), row, column, text.to_owned()));
        }
        self.all.len() < MOST_CELLS
    }

    /// By their names, with the sheet's where several have cells.
    fn into_pieces(self) -> Vec<Piece> {
        let first = self.all.first().map(|(sheet, ..)| *sheet);
        let one = self.all.iter().all(|(sheet, ..)| Some(*sheet) == first);
        let sheets = self.sheets;
        let piece = |(sheet, row, column, text): (usize, usize, usize, String)| {
            let cell = format!("{}{}", letters(column), row.saturating_add(1));
            let name = sheets.get(sheet).filter(|_| !one).map_or(String::new(), |sheet| format!("{sheet}!"));
            Piece { place: Place::Cell(format!("{name}{cell}")), line: None, text, speaker: None, grid: None }
        };
        self.all.into_iter().map(piece).collect()
    }
}

/// The cells of a workbook of Excel.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let package = Package::open(bytes).map_err(|error| error.to_string())?;
    let part = |name: &str| package.text(name).map_err(|error| error.to_string());
    let Some(book) = part("xl/workbook.xml")? else { return Err("it is not an Excel workbook".to_owned()) };
    let targets = part("xl/_rels/workbook.xml.rels")?.map_or(Ok(HashMap::new()), |relations| targets(&relations))?;
    let shared = part("xl/sharedStrings.xml")?.map_or(Ok(Vec::new()), |shared| shared_texts(&shared))?;
    let dates = part("xl/styles.xml")?.map_or(Ok(Vec::new()), |styles| date_styles(&styles))?;
    let mut sheets = Vec::new();
    // Workbooks that were made on old Macs count days from 1904 on.
    let mut from_1904 = false;
    events(&book, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match tag.local_name().as_ref() {
                "sheet" => sheets.push((attribute(tag, "name"), attribute(tag, "id"))),
                "workbookPr" => {
                    from_1904 = attribute(tag, "date1904").is_some_and(|value| value != "0" && value != "false")
                }
                _ => {}
            }
        }
        true
    })?;
    let mut cells = Cells::default();
    for (name, id) in sheets {
        let Some(target) = id.and_then(|id| targets.get(&id)) else { continue };
        let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let Some(sheet) = part(&target)? else { continue };
        cells.sheets.push(name.unwrap_or_default());
        sheet_cells(&sheet, &shared, &dates, from_1904, &mut cells)?;
    }
    Ok(cells.into_pieces())
}

/// The parts that relations name, by their ids.
fn targets(relations: &str) -> Result<HashMap<String, String>, String> {
    let mut targets = HashMap::new();
    events(relations, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            targets.insert(id, target);
        }
        true
    })?;
    Ok(targets)
}

/// The texts that cells share. How a word is to be spoken (`rPh`) is no part of it.
fn shared_texts(xml: &str) -> Result<Vec<String>, String> {
    let (mut texts, mut text) = (Vec::new(), String::new());
    let (mut in_text, mut spoken) = (false, false);
    events(xml, |event| {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = !spoken,
                "rPh" => spoken = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => spoken = false,
                "si" => texts.push(std::mem::take(&mut text)),
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => texts.push(String::new()),
            other if in_text => push_text(other, &mut text),
            _ => {}
        }
        true
    })?;
    Ok(texts)
}

/// For each style of cells, whether it shows a number as a day.
fn date_styles(xml: &str) -> Result<Vec<bool>, String> {
    let mut own: HashMap<String, bool> = HashMap::new();
    let (mut styles, mut in_cells) = (Vec::new(), false);
    events(xml, |event| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(tag, "formatCode").unwrap_or_default();
                    own.insert(attribute(tag, "numFmtId").unwrap_or_default(), shows_day(&code));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(tag, "numFmtId").unwrap_or_default();
                    // The numbers of the formats that every program knows (ECMA-376, part 1, 18.8.30).
                    let known = id.parse::<u32>().is_ok_and(|id| matches!(id, 14..=17 | 22));
                    styles.push(own.get(&id).copied().unwrap_or(known));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
            _ => {}
        }
        true
    })?;
    Ok(styles)
}

/// Whether a format shows a year or a day: not in quotation marks, and not in the brackets of a colour.
fn shows_day(code: &str) -> bool {
    let (mut quoted, mut bracket) = (false, false);
    code.chars().any(|c| {
        match c {
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
        !quoted && !bracket && matches!(c, 'y' | 'Y' | 'd' | 'D')
    })
}

fn sheet_cells(xml: &str, shared: &[String], dates: &[bool], from_1904: bool, cells: &mut Cells) -> Result<(), String> {
    let (mut row, mut column) = (0usize, 0usize);
    let (mut kind, mut style) = (String::new(), 0usize);
    let (mut text, mut in_value) = (String::new(), false);
    events(xml, |event| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => {
                    // Rows that have no number follow the one before.
                    let said = attribute(tag, "r").and_then(|row| row.parse::<usize>().ok());
                    row = said.map_or(row + 1, |row| row).max(1);
                    column = 0;
                }
                "c" => {
                    let said = attribute(tag, "r").and_then(|name| place_of(&name));
                    if let Some((there, in_row)) = said {
                        (column, row) = (there + 1, in_row);
                    } else {
                        column += 1;
                    }
                    kind = attribute(tag, "t").unwrap_or_default();
                    style = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
                    text.clear();
                }
                "v" | "t" => in_value = matches!(event, Event::Start(_)),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "c" => {
                    let is_day = dates.get(style).copied().unwrap_or_default();
                    let shown = match kind.as_str() {
                        "s" => {
                            text.trim().parse::<usize>().ok().and_then(|at| shared.get(at)).cloned().unwrap_or_default()
                        }
                        "b" | "e" => String::new(),
                        "str" | "inlineStr" | "d" => std::mem::take(&mut text),
                        _ => match text.trim().parse::<f64>() {
                            Ok(number) if is_day => day(number, from_1904),
                            Ok(number) => plain_number(number),
                            Err(_) => std::mem::take(&mut text),
                        },
                    };
                    return cells.push(row.saturating_sub(1), column.saturating_sub(1), &shown);
                }
                _ => {}
            },
            other if in_value => push_text(other, &mut text),
            _ => {}
        }
        true
    })
}

/// The column, from 0, and the row, from 1, that a name such as `B7` stands for.
pub(super) fn place_of(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0usize;
    for letter in name.get(..digits)?.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(usize::from(value) + 1)?;
    }
    Some((column.checked_sub(1)?, name.get(digits..)?.parse().ok()?))
}

/// The day that a number of Excel's stands for; what is less than a day is left as it is. Days count from December 30, 1899,
/// because Excel takes 1900 for a leap year, as the program did that it took over from.
fn day(number: f64, from_1904: bool) -> String {
    let first = if from_1904 { civil::date(1904, 1, 1) } else { civil::date(1899, 12, 30) };
    // The last day that Excel knows is December 31, 9999.
    let day = (1.0..2_958_466.0).contains(&number).then(|| first.checked_add((number as i64).days()).ok()).flatten();
    day.map_or_else(|| plain_number(number), |day| day.to_string())
}

/// A number without what comes from adding binary fractions: 0.1 + 0.2 is 0.3.
fn plain_number(number: f64) -> String {
    let rounded = format!("{number:.9}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The cells of a workbook of OpenDocument.
pub(super) fn ods(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let package = Package::open(bytes).map_err(|error| error.to_string())?;
    let content = package.text("content.xml").map_err(|error| error.to_string())?;
    let Some(content) = content else { return Err("it is not an OpenDocument file".to_owned()) };
    let mut cells = Cells::default();
    let (mut row, mut column) = (0usize, 0usize);
    let (mut rows, mut columns) = (1usize, 1usize);
    let (mut text, mut in_text, mut aside) = (String::new(), 0usize, 0usize);
    events(&content, |event| {
        let mut goes_on = true;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_empty = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "table" => {
                        cells.sheets.push(attribute(tag, "name").unwrap_or_default());
                        (row, column) = (0, 0);
                    }
                    "table-row" => {
                        rows = repeated(tag, "number-rows-repeated");
                        column = 0;
                        row = if is_empty { row.saturating_add(rows) } else { row };
                    }
                    "table-cell" | "covered-table-cell" => {
                        columns = repeated(tag, "number-columns-repeated");
                        column = if is_empty { column.saturating_add(columns) } else { column };
                        text.clear();
                    }
                    // Comments at cells.
                    "annotation" if !is_empty => aside += 1,
                    "p" if !is_empty => {
                        in_text += 1;
                        if !text.is_empty() {
                            text.push(' ');
                        }
                    }
                    "s" | "tab" | "line-break" if is_empty => text.push(' '),
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "annotation" => aside = aside.saturating_sub(1),
                "p" => in_text = in_text.saturating_sub(1),
                "table-row" => row = row.saturating_add(rows),
                "table-cell" | "covered-table-cell" => {
                    // What is repeated is read once: it says no more the second time.
                    goes_on = cells.push(row, column, &text);
                    column = column.saturating_add(columns);
                    text.clear();
                }
                _ => {}
            },
            other if in_text > 0 && aside == 0 => push_text(other, &mut text),
            _ => {}
        }
        goes_on
    })?;
    Ok(cells.into_pieces())
}

/// Calls `take` with the events of `xml`, which are flat: nothing recurses, however deep it goes. It ends where `take` says
/// that it has enough.
fn events(xml: &str, mut take: impl FnMut(Event) -> bool) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => {
                if !take(event) {
                    return Ok(());
                }
            }
            Err(error) => return Err(format!("it is damaged: {error}")),
        }
    }
}

/// Adds what is text, with the entities that XML itself has; a document's own are not resolved.
fn push_text(event: &Event, text: &mut String) {
    match event {
        Event::Text(words) => text.push_str(&words.xml10_content()),
        Event::CData(words) => text.push_str(&words.xml10_content()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            _ => text.push_str(quick_xml::escape::resolve_xml_entity(name).unwrap_or_default()),
        },
        _ => {}
    }
}

fn repeated(tag: &BytesStart, name: &str) -> usize {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of these parts.
    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let empty = rawzip::ZipArchiveWriter::new(Vec::new()).finish().expect("an empty archive is written");
        let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        Package::open(&empty).and_then(|package| package.with_parts(&parts)).expect("it is packed")
    }

    fn told(pieces: Vec<Piece>) -> Vec<(String, String)> {
        pieces.into_iter().map(|piece| (piece.place.to_string(), piece.text)).collect()
    }

    #[test]
    fn a_workbook_of_excel_has_its_cells() {
        let bytes = packed(&[
            (
                "xl/workbook.xml",
                r#"<workbook xmlns:r="r"><sheets><sheet name="Budget" r:id="rId1"/><sheet name="Empty" r:id="rId2"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#,
            ),
            (
                "xl/sharedStrings.xml",
                r#"<sst><si><t>Ferry &amp; pier</t></si><si><r><t>in </t></r><r><t>thousands</t></r><rPh><t>x</t></rPh></si></sst>"#,
            ),
            (
                "xl/styles.xml",
                r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[Red]dd.mm.yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#,
            ),
            (
                "xl/worksheets/sheet1.xml",
                r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="7"><c r="B7"><v>4200.3000000000002</v></c><c r="C7" s="1"><v>43143</v></c><c r="AA7" t="inlineStr"><is><t>late</t></is></c><c r="AB7" t="b"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#,
            ),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
        ]);
        let wanted = [
            ("A1", "Ferry & pier"),
            ("B1", "in thousands"),
            ("B7", "4200.3"),
            ("C7", "2018-02-12"),
            ("AA7", "late"),
            ("XFD1048576", "1"),
        ];
        assert_eq!(told(xlsx(&bytes).expect("it is read")), wanted.map(|(p, t)| (p.to_owned(), t.to_owned())));
        assert!(xlsx(&packed(&[("a.txt", "")])).is_err());
        assert!(xlsx(b"PK nothing").is_err());
    }

    #[test]
    fn a_workbook_of_opendocument_has_its_cells() {
        let bytes = packed(&[(
            "content.xml",
            r#"<office:document-content><office:body><office:spreadsheet>
            <table:table table:name="One"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
            <table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value-type="float" office:value="4200000" table:number-columns-repeated="1000000"><text:p>4,200,000</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
            <table:table table:name="Two"><table:table-row><table:table-cell><office:annotation><text:p>why?</text:p></office:annotation><text:p>the <text:span>ferry</text:span></text:p><text:p>again</text:p></table:table-cell></table:table-row></table:table>
            </office:spreadsheet></office:body></office:document-content>"#,
        )]);
        let wanted = [("One!D3", "4,200,000"), ("Two!A1", "the ferry again")];
        assert_eq!(told(ods(&bytes).expect("it is read")), wanted.map(|(p, t)| (p.to_owned(), t.to_owned())));
    }

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(place_of("B7"), Some((1, 7)));
        assert_eq!(place_of("AA10"), Some((26, 10)));
        assert_eq!(place_of("7"), None);
        assert_eq!(place_of("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ1"), None);
        assert_eq!(place_of(&format!("{}1", "Z".repeat(40))), None);
    }
}
