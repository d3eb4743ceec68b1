//! What a story was written from: transcripts, documents and tables, read for the words that can be held to the story's.
//!
//! All of it is pure: bytes and a name go in. Whoever reads the files is `cli` or `lsp`. No file is trusted: what is larger
//! than [`LARGEST`] is not read, what an archive unpacks to is counted while it is unpacked, and nothing here recurses into what
//! a file holds. Whoever reads files of formats that are no text sets a limit of time as well: see `sources`.

mod align;
#[cfg(feature = "host")]
mod mail;
mod numerals;
mod passages;
#[cfg(feature = "host")]
mod pdf;
mod quotes;
mod speech;
mod spreadsheets;
mod subtitles;
mod tables;
mod words;

use std::fmt;
use std::path::Path;

pub use align::{Difference, DifferenceKind};
pub use passages::{Spot, find};
pub use quotes::{QuoteCheck, QuoteStatus, check_quote};

use crate::markup::{self, BlockKind, Format};
use crate::office::{Manuscript, OfficeParagraph};
use words::WordIndex;

/// The ends of names of files that are read.
pub const EXTENSIONS: &[&str] = &[
    "csv", "docm", "docx", "eml", "htm", "html", "json", "markdown", "md", "ods", "odt", "pdf", "srt", "text", "tsv",
    "txt", "vtt", "xlsm", "xlsx",
];

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Whether a library reads a damaged file on this thread, so that its panic is caught and told in words.
#[cfg(feature = "host")]
pub fn is_reading() -> bool {
    pdf::is_reading()
}

/// Whether the file at `path` is, by its name, something that [`Material::read`] reads.
pub fn can_read(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str())
}

/// Where a stretch of a source is, in the way that people find it there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// 1-based line of a text.
    Line(usize),
    /// 1-based page of a document.
    Page(usize),
    /// 1-based paragraph of a document whose pages are made anew by each program, those without words not counted.
    Paragraph(usize),
    /// Time in a recording, as its transcript writes it: `00:14:05`.
    Time(String),
    /// Cell of a table: `B7`.
    Cell(String),
    /// The key of a value in JSON: `/results/3/name`.
    Key(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Page(page) => write!(f, "page {page}"),
            Place::Paragraph(paragraph) => write!(f, "paragraph {paragraph}"),
            Place::Time(time) | Place::Cell(time) | Place::Key(time) => f.write_str(time),
        }
    }
}

/// A stretch of a source, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts.
    pub place: Place,
    /// The 1-based line of the file, where the file has lines that an editor shows.
    pub line: Option<usize>,
    /// Its words, without labels of speakers and time codes.
    pub text: String,
    /// Who speaks, where a label says so.
    pub speaker: Option<String>,
    /// The table of a page in which it is a cell, its row and its column, each from 0.
    grid: Option<(usize, usize, usize)>,
}

impl Piece {
    /// Of a cell, the sheet or the table, the row and the column, the last two from 0.
    pub fn cell(&self) -> Option<(String, usize, usize)> {
        match (self.grid, &self.place) {
            (Some((table, row, column)), _) => Some((table.to_string(), row, column)),
            (None, Place::Cell(name)) => {
                let (sheet, cell) = name.rsplit_once('!').unwrap_or(("", name));
                let (column, row) = spreadsheets::place_of(cell)?;
                Some((sheet.to_owned(), row.saturating_sub(1), column))
            }
            _ => None,
        }
    }
}

/// A source that was read.
#[derive(Clone, Debug)]
pub struct Material {
    /// What reports call it.
    pub name: String,
    /// In order.
    pub pieces: Vec<Piece>,
    /// Who speaks in it, by its labels, each once.
    speakers: Vec<String>,
    /// Its words, ready to be searched.
    words: WordIndex,
}

impl Material {
    /// Reads a source. Its name tells what it is written in.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LARGEST {
            return Err(format!("larger than the {} MB that are read", LARGEST >> 20));
        }
        let path = Path::new(name);
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let extension = extension.to_ascii_lowercase();
        if let Some(read) = reader(&extension) {
            return Ok(Self::new(name, read(bytes)?));
        }
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let pieces = match extension.as_str() {
            "srt" | "vtt" => subtitles::read(text),
            "csv" => tables::separated(text, ','),
            "tsv" => tables::separated(text, '\t'),
            "json" => tables::json(text)?,
            _ if bytes.contains(&0) => {
                return Err(match extension.as_str() {
                    "doc" | "rtf" | "pages" => format!("copydesk cannot read `.{extension}` files; save it as .docx"),
                    "xls" | "xlsb" | "numbers" => {
                        format!("copydesk cannot read `.{extension}` files; save it as .xlsx")
                    }
                    _ => format!("copydesk cannot read `.{extension}` files"),
                });
            }
            _ => match Format::of_path(path) {
                None | Some(Format::Plain) => lines(text),
                Some(format) => of_markup(text, format),
            },
        };
        Ok(Self::new(name, pieces))
    }

    /// A source of these pieces.
    pub fn new(name: &str, pieces: Vec<Piece>) -> Self {
        let words = WordIndex::of(pieces.iter().map(|piece| piece.text.as_str()));
        let mut speakers: Vec<String> = pieces.iter().filter_map(|piece| piece.speaker.clone()).collect();
        speakers.sort();
        speakers.dedup();
        Self { name: name.to_owned(), pieces, speakers, words }
    }

    /// Who speaks in it, by its labels, each once.
    pub fn speakers(&self) -> &[String] {
        &self.speakers
    }

    /// Whether it is a report that quotes people, rather than a record of what they said: another newsroom's story.
    pub fn is_report(&self) -> bool {
        self.words.has_quotes
    }

    /// How many words it has.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }
}

/// Reads the bytes of a file, or says why it cannot.
type ReadPieces = fn(&[u8]) -> Result<Vec<Piece>, String>;

/// What reads files of this kind, which are no text.
fn reader(extension: &str) -> Option<ReadPieces> {
    Some(match extension {
        "docx" | "docm" | "odt" => manuscript,
        "ods" => spreadsheets::ods,
        "xlsx" | "xlsm" => spreadsheets::xlsx,
        #[cfg(feature = "host")]
        "pdf" => pdf::read,
        #[cfg(feature = "host")]
        "eml" => mail::read,
        _ => return None,
    })
}

/// The paragraphs of a document of a word processor. Their pages are made anew by each program, so they are told by number.
fn manuscript(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let manuscript = Manuscript::read(bytes).map_err(|error| error.to_string())?;
    let piece = |(number, paragraph): (usize, &OfficeParagraph)| {
        let (speaker, rest) = label(&paragraph.text);
        let (place, speaker) = (Place::Paragraph(number + 1), speaker.map(str::to_owned));
        Piece { place, line: None, text: rest.to_owned(), speaker, grid: None }
    };
    Ok(manuscript.paragraphs.iter().enumerate().map(piece).filter(|piece| !piece.text.is_empty()).collect())
}

/// The lines of a text, with labels of speakers and time codes taken off.
fn lines(text: &str) -> Vec<Piece> {
    let mut speaker: Option<String> = None;
    let mut time: Option<String> = None;
    let mut pieces = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (code, rest) = time_code(line.trim());
        if let Some(code) = code {
            time = Some(code.to_owned());
        }
        let (label, rest) = label(rest);
        if let Some(label) = label {
            speaker = Some(label.to_owned());
        }
        if rest.trim().is_empty() {
            continue;
        }
        let place = time.clone().map_or(Place::Line(number + 1), Place::Time);
        let text = rest.trim().to_owned();
        pieces.push(Piece { place, line: Some(number + 1), text, speaker: speaker.clone(), grid: None });
    }
    pieces
}

/// The time code that opens a line of a transcript: `[00:14:05]`, `(14:05)`, `00:14:05`.
fn time_code(line: &str) -> (Option<&str>, &str) {
    let open = line.trim_start_matches(['[', '(']);
    let end = open.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(open.len());
    let code = &open[..end];
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    if code.contains(':') && (3..=9).contains(&digits) && code.starts_with(|c: char| c.is_ascii_digit()) {
        return (
            Some(code.trim_end_matches([':', '.', ','])),
            open[end..].trim_start_matches([']', ')', ' ', '-', '–']),
        );
    }
    (None, line)
}

/// The label of a speaker that opens a line: `RUIZ:`, `Ana Ruiz:`, `Q:`.
fn label(line: &str) -> (Option<&str>, &str) {
    let Some((label, rest)) = line.split_once(':') else { return (None, line) };
    let words: Vec<&str> = label.split_whitespace().collect();
    let named = (1..=4).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || word.starts_with('('))
        && label.len() <= 40;
    // Behind the label of a speaker, something is said.
    if named && (rest.starts_with(' ') || rest.is_empty()) {
        (Some(label.trim()), rest.trim_start())
    } else {
        (None, line)
    }
}

/// The blocks of a page, by their lines in the source.
fn of_markup(text: &str, format: Format) -> Vec<Piece> {
    let lines = crate::text::LineIndex::new(text);
    let document = markup::parse(text, format);
    let mut grid = Grid::default();
    let piece = |block: &markup::Block| {
        let line = lines.line_column(block.range.start, text).line;
        let place = Place::Line(line);
        if block.kind == BlockKind::Table {
            let grid = Some(match format {
                Format::Html => grid.in_html(text, block.range.start),
                _ => grid.in_markdown(line, text, block.range.start),
            });
            return Piece { place, line: Some(line), text: block.prose.to_string(), speaker: None, grid };
        }
        let (label, rest) = label(&block.prose);
        Piece { place, line: Some(line), text: rest.to_owned(), speaker: label.map(str::to_owned), grid: None }
    };
    document.blocks.iter().map(piece).collect()
}

/// Counts tables, rows and cells of a page, by the marks before each cell.
#[derive(Default)]
struct Grid {
    /// Up to where marks were counted.
    at: usize,
    table: usize,
    row: usize,
    column: usize,
}

impl Grid {
    /// The table, the row and the column of the cell that starts at byte `start` of `html`.
    fn in_html(&mut self, html: &str, start: usize) -> (usize, usize, usize) {
        let marks = html.as_bytes().get(self.at..start).unwrap_or_default();
        for (at, _) in marks.iter().enumerate().filter(|(_, byte)| **byte == b'<') {
            let is = |name: &[u8]| marks.get(at + 1..at + 1 + name.len()).is_some_and(|m| m.eq_ignore_ascii_case(name));
            if is(b"table") {
                (self.table, self.row, self.column) = (self.table + 1, 0, 0);
            } else if is(b"tr") {
                (self.row, self.column) = (self.row + 1, 0);
            } else if is(b"td") || is(b"th>") || is(b"th ") {
                self.column += 1;
            }
        }
        self.at = start;
        (self.table, self.row, self.column.saturating_sub(1))
    }

    /// The same of a table in Markdown, whose rows are lines.
    fn in_markdown(&mut self, line: usize, text: &str, start: usize) -> (usize, usize, usize) {
        // Below the heads is a line of dashes.
        if line > self.row + 2 {
            self.table += 1;
        }
        self.row = line;
        let before = text.get(..start).unwrap_or_default();
        let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let bars = before.matches('|').count() - before.matches("\\|").count();
        let outer = usize::from(before.trim_start().starts_with('|'));
        (self.table, line, bars.saturating_sub(outer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_pages_know_their_rows() {
        let html =
            "<table><caption>Staff</caption><tr><th>Name</th><th>Age</th></tr><tr><td></td><td>39</td></tr></table>";
        let markdown = "| Name | Age |\n|---|---|\n| Rao | 39 |\n";
        for (name, text, wanted) in [
            ("a.html", html, &[("Staff", 0, 0), ("Name", 1, 0), ("Age", 1, 1), ("39", 2, 1)][..]),
            ("a.md", markdown, &[("Name", 1, 0), ("Age", 1, 1), ("Rao", 3, 0), ("39", 3, 1)]),
        ] {
            let pieces = Material::read(name, text.as_bytes()).expect("it is read").pieces;
            let cells: Vec<(&str, usize, usize)> = pieces
                .iter()
                .filter_map(|piece| piece.cell().map(|(_, row, column)| (piece.text.as_str(), row, column)))
                .collect();
            assert_eq!(cells, wanted, "{name}");
        }
    }

    #[test]
    fn labels_and_time_codes_are_no_words() {
        let text = "[00:14:05] RUIZ: We keep the ferry.\nAnd we pay for it.\n\nQ: How much?\nNote: at 5:30 we left.\n";
        let material = Material::read("council.txt", text.as_bytes()).expect("it is read");
        let pieces: Vec<(String, &str, Option<&str>)> =
            material.pieces.iter().map(|p| (p.place.to_string(), p.text.as_str(), p.speaker.as_deref())).collect();
        assert_eq!(
            pieces,
            [
                ("00:14:05".to_owned(), "We keep the ferry.", Some("RUIZ")),
                ("00:14:05".to_owned(), "And we pay for it.", Some("RUIZ")),
                ("00:14:05".to_owned(), "How much?", Some("Q")),
                ("00:14:05".to_owned(), "at 5:30 we left.", Some("Note")),
            ]
        );
        assert!(Material::read("scan.pdf", b"%PDF\0").is_err());
    }
}
