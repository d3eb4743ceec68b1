//! Documents of word processors: Word's `.docx` and the OpenDocument `.odt`, read for their words.
//!
//! All of it is pure: bytes go in, paragraphs come out. No file is trusted: [`Package`] holds archives to limits, and
//! the XML in them is read event by event, so nothing here recurses into what a file holds.

mod comments;
mod docx;
mod odt;
mod package;
mod styles;

use std::fmt;
use std::ops::Range;

pub use comments::{OfficeComment, with_comments};
pub use package::Package;

/// Why a document cannot be read: what it is, or what is wrong with it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeError(String);

impl OfficeError {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for OfficeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which word processor's format a document is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfficeFormat {
    /// Office Open XML, as Word writes it: `.docx`.
    Docx,
    /// OpenDocument text, as LibreOffice writes it: `.odt`.
    Odt,
}

impl OfficeFormat {
    /// The format that a file name's extension stands for.
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "docx" | "docm" => Some(Self::Docx),
            "odt" => Some(Self::Odt),
            _ => None,
        }
    }
}

/// What a paragraph's style makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The title of the document.
    Title,
    /// The line under it.
    Subtitle,
    /// A heading; its level counts from 1.
    Heading(u8),
    /// Running text.
    Body,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// The caption of a picture or table.
    Caption,
    /// In a table.
    Cell,
    /// A footnote's or an endnote's text.
    Note,
}

/// A line break inside a paragraph: U+2028 LINE SEPARATOR, so that a paragraph stays one line.
pub const LINE_BREAK: char = '\u{2028}';

/// A paragraph that has words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeParagraph {
    /// What its style makes it.
    pub role: Role,
    /// Its words, on one line. Two breaks or more in a row part it into two paragraphs, as readers see them.
    pub text: String,
    /// Where the words are in the XML; ascending.
    pieces: Vec<OfficePiece>,
}

/// A stretch of a paragraph's words and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OfficePiece {
    /// Bytes of the paragraph's text.
    text: Range<usize>,
    /// Bytes of the XML that it stands for.
    xml: Range<usize>,
    /// The XML is the text, byte for byte: no entity and no element.
    verbatim: bool,
    /// The run that it is in.
    run: usize,
}

/// A document of a word processor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manuscript {
    /// Which format it is in.
    pub format: OfficeFormat,
    /// Its paragraphs, in order; footnotes come last.
    pub paragraphs: Vec<OfficeParagraph>,
    /// The runs of a Word document, by which comments are put round words.
    runs: Vec<docx::DocxRun>,
}

impl Manuscript {
    /// Reads a document. What is deleted, hidden, or a comment, and what is at the head or foot of pages, is left out.
    ///
    /// # Errors
    ///
    /// Says what the bytes are, where they are no such document, and what is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, OfficeError> {
        let package = Package::open(bytes)?;
        if let Some(document) = package.text(&docx::main_part(&package)?)? {
            return docx::read(&package, &document);
        }
        match package.text("content.xml")? {
            Some(content) if package.text("mimetype")?.is_some_and(|kind| kind.contains("opendocument.text")) => {
                odt::read(&package, &content)
            }
            _ => Err(OfficeError::new("a ZIP archive that holds neither a Word document nor an OpenDocument text")),
        }
    }

    /// The words, a paragraph a line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (number, paragraph) in self.paragraphs.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            text.push_str(&paragraph.text);
        }
        text
    }
}

/// Paragraphs as they are read, one inside the other where a text box is in a paragraph.
#[derive(Default)]
struct Writing {
    done: Vec<OfficeParagraph>,
    open: Vec<OfficeParagraph>,
}

impl Writing {
    fn start(&mut self, role: Role) {
        self.open.push(OfficeParagraph { role, text: String::new(), pieces: Vec::new() });
    }

    fn role(&mut self, role: Role) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.role = role;
        }
    }

    /// Adds words that are at `xml`.
    fn push(&mut self, words: &str, xml: Range<usize>, verbatim: bool, run: usize) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let from = paragraph.text.len();
        // Line breaks inside XML text are blanks.
        paragraph.text.extend(words.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        let text = from..paragraph.text.len();
        paragraph.pieces.push(OfficePiece { text, xml, verbatim, run });
    }

    /// Adds a line break; the second in a row parts the paragraph.
    fn line_break(&mut self, xml: Range<usize>, run: usize) {
        let Some(paragraph) = self.open.last_mut() else { return };
        if paragraph.text.trim_end_matches([' ', '\t']).ends_with(LINE_BREAK) {
            let role = paragraph.role;
            self.end();
            self.start(role);
        } else if !paragraph.text.trim().is_empty() {
            self.push(&LINE_BREAK.to_string(), xml, false, run);
        }
    }

    /// Ends the open paragraph, which is kept if it has words.
    fn end(&mut self) {
        let Some(mut paragraph) = self.open.pop() else { return };
        let end = paragraph.text.trim_end().len();
        paragraph.text.truncate(end);
        paragraph.pieces.retain_mut(|piece| {
            // What is cut off a piece is cut off its XML as well, where that is the same.
            let cut = piece.text.end.saturating_sub(end);
            piece.text.end -= cut;
            piece.xml.end -= if piece.verbatim { cut.min(piece.xml.len()) } else { 0 };
            piece.text.start < piece.text.end
        });
        if end > 0 {
            self.done.push(paragraph);
        }
    }

    /// Leaves the open paragraph out.
    fn drop_open(&mut self) {
        self.open.pop();
    }
}

/// What an entity stands for.
fn entity(reference: &quick_xml::events::BytesRef) -> Option<String> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter.to_string());
    }
    quick_xml::escape::resolve_xml_entity(reference).map(str::to_owned)
}

/// The value of the attribute with this local name.
pub(crate) fn attribute(tag: &quick_xml::events::BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// How far the document was read, in bytes.
fn position(reader: &quick_xml::NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// XML that cannot be read on.
fn broken(part: &str, error: &quick_xml::Error) -> OfficeError {
    OfficeError::new(format!(
        "the document is damaged ({part}: {error}); open it in a word processor and save it again"
    ))
}

#[cfg(test)]
mod tests;
