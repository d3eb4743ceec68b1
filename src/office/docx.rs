//! Word's `.docx`: the paragraphs of its main part, then its footnotes and endnotes.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::styles::{Meaning, Styles};
use super::{Manuscript, OfficeError, OfficeFormat, Package, Role, Writing, attribute, broken, entity, position};

/// Where most documents have their words.
const USUAL_PART: &str = "word/document.xml";
/// The namespaces of WordprocessingML: that of Word, and that of the strict form of the standard.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A run: words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DocxRun {
    /// Bytes of its element in the main part.
    pub range: Range<usize>,
    /// Bytes of its properties; empty where it has none.
    pub properties: Range<usize>,
    /// Where its first words, break or tab are: before these, nothing of it is lost when it is cut.
    pub first: usize,
    /// It is in a footnote or endnote, whose part is another one.
    pub in_note: bool,
}

/// The name of the part that holds the words, as the package's relations say.
pub(super) fn main_part(package: &Package) -> Result<String, OfficeError> {
    let Some(relations) = package.text("_rels/.rels")? else { return Ok(USUAL_PART.to_owned()) };
    let mut reader = NsReader::from_str(&relations);
    loop {
        match reader.read_event().map_err(|error| broken("_rels/.rels", &error))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                if kind.ends_with("/officeDocument")
                    && let Some(target) = attribute(&tag, "Target")
                {
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Event::Eof => return Ok(USUAL_PART.to_owned()),
            _ => {}
        }
    }
}

/// Reads a document whose main part is `document`.
pub(super) fn read(package: &Package, document: &str) -> Result<Manuscript, OfficeError> {
    let styles = match package.text("word/styles.xml")? {
        Some(styles) => read_styles(&styles)?,
        None => Styles::default(),
    };
    let mut reading = DocxReader { styles: &styles, writing: Writing::default(), runs: Vec::new(), in_note: false };
    reading.part("word/document.xml", document)?;
    reading.in_note = true;
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = package.text(name)? {
            reading.part(name, &notes)?;
        }
    }
    Ok(Manuscript { format: OfficeFormat::Docx, paragraphs: reading.writing.done, runs: reading.runs })
}

fn read_styles(text: &str) -> Result<Styles, OfficeError> {
    let mut reader = NsReader::from_str(text);
    let mut styles = Styles::default();
    let (mut id, mut name, mut based_on) = (None, None, None);
    loop {
        match reader.read_event().map_err(|error| broken("word/styles.xml", &error))? {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => {
                (id, name, based_on) = (attribute(&tag, "styleId"), None, None);
            }
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "name" => name = attribute(&tag, "val"),
                "basedOn" => based_on = attribute(&tag, "val"),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "style" => {
                if let (Some(id), Some(name)) = (id.take(), name.take()) {
                    styles.add(id, &name, based_on.take());
                }
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

struct DocxReader<'a> {
    styles: &'a Styles,
    writing: Writing,
    runs: Vec<DocxRun>,
    in_note: bool,
}

/// What the reader is inside of, in one part.
#[derive(Default)]
struct DocxContext {
    /// Elements whose words are not read, one in the other.
    skipped: usize,
    tables: usize,
    paragraph_properties: bool,
    run_properties: bool,
    words: bool,
    hidden: bool,
    /// The runs that are open, one in the other where a text box is in one.
    runs: Vec<usize>,
    /// For each open paragraph, whether its style leaves it out.
    left_out: Vec<bool>,
}

impl DocxReader<'_> {
    fn part(&mut self, part: &str, text: &str) -> Result<(), OfficeError> {
        let mut reader = NsReader::from_str(text);
        let mut inside = DocxContext::default();
        loop {
            let from = position(&reader);
            let (namespace, event) = reader.read_resolved_event().map_err(|error| broken(part, &error))?;
            let words = is_words(&namespace);
            let range = from..position(&reader);
            match event {
                Event::Start(tag) if words || tag.local_name().as_ref() == "Fallback" => {
                    self.open(&mut inside, &tag, range, false);
                }
                Event::Empty(tag) if words => self.open(&mut inside, &tag, range, true),
                Event::End(tag) if words || tag.local_name().as_ref() == "Fallback" => {
                    self.close(&mut inside, tag.local_name().as_ref(), &range);
                }
                Event::Text(words) if inside.reads() => self.push(&inside, &words, range, true),
                Event::CData(words) if inside.reads() => self.push(&inside, &words, range, false),
                Event::GeneralRef(reference) if inside.reads() => {
                    self.push(&inside, &entity(&reference).unwrap_or_default(), range, false);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, inside: &mut DocxContext, tag: &BytesStart, range: Range<usize>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        let run = inside.run();
        match name {
            // What was moved away, and what occurs twice for older programs.
            "moveFrom" | "del" | "Fallback" if !empty => inside.skipped += 1,
            _ if inside.skipped > 0 => {}
            "footnote" | "endnote" if !empty && attribute(tag, "type").is_some_and(|kind| kind != "normal") => {
                inside.skipped += 1;
            }
            "tbl" if !empty => inside.tables += 1,
            "p" if !empty => {
                self.writing.start(inside.role(self.in_note));
                inside.left_out.push(false);
            }
            "pPr" => inside.paragraph_properties = !empty,
            "pStyle" => {
                let meaning = attribute(tag, "val").and_then(|id| self.styles.meaning(&id));
                match meaning {
                    Some(Meaning::Role(role)) if inside.tables == 0 && !self.in_note => self.writing.role(role),
                    Some(Meaning::LeftOut) => inside.leave_out(),
                    _ => {}
                }
            }
            "numPr"
                if !empty && inside.paragraph_properties && inside.tables == 0 && !self.in_note
                // Numbered headings are headings.
                && self.writing.open.last().is_some_and(|paragraph| paragraph.role == Role::Body) =>
            {
                self.writing.role(Role::ListItem);
            }
            "r" if !empty => {
                let first = range.end;
                let run = DocxRun { range, properties: first..first, first, in_note: self.in_note };
                inside.runs.push(self.runs.len());
                inside.hidden = false;
                self.runs.push(run);
            }
            "rPr" if !inside.paragraph_properties => {
                inside.run_properties = !empty;
                if let Some(run) = run.and_then(|run| self.runs.get_mut(run)) {
                    (run.properties, run.first) = (range.clone(), range.end);
                }
            }
            "vanish" if inside.run_properties => {
                inside.hidden = attribute(tag, "val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"));
            }
            "t" => inside.words = !empty,
            "tab" | "ptab" if run.is_some() && !inside.run_properties => self.push(inside, "\t", range, false),
            "noBreakHyphen" if run.is_some() => self.push(inside, "-", range, false),
            "br" | "cr" if attribute(tag, "type").is_none_or(|kind| kind == "textWrapping") => {
                if let Some(run) = run.filter(|_| !inside.hidden) {
                    self.writing.line_break(range, run);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, inside: &mut DocxContext, name: &str, range: &Range<usize>) {
        match name {
            "moveFrom" | "del" | "Fallback" => inside.skipped = inside.skipped.saturating_sub(1),
            // Only a note that was skipped is closed while something is.
            "footnote" | "endnote" => inside.skipped = 0,
            _ if inside.skipped > 0 => {}
            "tbl" => inside.tables = inside.tables.saturating_sub(1),
            "p" => match inside.left_out.pop() {
                Some(true) => self.writing.drop_open(),
                _ => self.writing.end(),
            },
            "pPr" => inside.paragraph_properties = false,
            "rPr" if inside.run_properties => {
                inside.run_properties = false;
                if let Some(run) = inside.run().and_then(|run| self.runs.get_mut(run)) {
                    (run.properties.end, run.first) = (range.end, range.end);
                }
            }
            "r" => {
                inside.hidden = false;
                if let Some(run) = inside.runs.pop().and_then(|run| self.runs.get_mut(run)) {
                    run.range.end = range.end;
                }
            }
            "t" => inside.words = false,
            _ => {}
        }
    }

    fn push(&mut self, inside: &DocxContext, words: &str, range: Range<usize>, verbatim: bool) {
        if let Some(run) = inside.run().filter(|_| !inside.hidden && inside.skipped == 0) {
            self.writing.push(words, range, verbatim, run);
        }
    }
}

impl DocxContext {
    fn reads(&self) -> bool {
        self.words && self.skipped == 0
    }

    /// Leaves the open paragraph out.
    fn leave_out(&mut self) {
        if let Some(left_out) = self.left_out.last_mut() {
            *left_out = true;
        }
    }

    fn run(&self) -> Option<usize> {
        self.runs.last().copied()
    }

    fn role(&self, in_note: bool) -> Role {
        match (in_note, self.tables) {
            (true, _) => Role::Note,
            (false, 0) => Role::Body,
            (false, _) => Role::Cell,
        }
    }
}

fn is_words(namespace: &ResolveResult) -> bool {
    matches!(namespace, ResolveResult::Bound(Namespace(name)) if NAMESPACES.contains(name))
}
