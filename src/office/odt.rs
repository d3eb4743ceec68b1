//! OpenDocument text: the paragraphs and headings of its content, then its notes.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::NsReader;

use super::styles::{Meaning, Styles};
use super::{Manuscript, OfficeError, OfficeFormat, Package, Role, Writing, attribute, broken, entity, position};

/// Elements whose words are none of the text: comments, what was deleted, tables of contents, marks of notes, scripts.
const LEFT_OUT: &[&str] = &[
    "annotation",
    "tracked-changes",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "note-citation",
    "sequence-decls",
    "script",
    "ruby-text",
    "hidden-text",
    "forms",
];

/// The most blanks that one element stands for.
const MOST_BLANKS: usize = 100;

/// Reads a document whose content is `content`.
pub(super) fn read(package: &Package, content: &str) -> Result<Manuscript, OfficeError> {
    let mut styles = Styles::default();
    if let Some(common) = package.text("styles.xml")? {
        read_styles("styles.xml", &common, &mut styles)?;
    }
    read_styles("content.xml", content, &mut styles)?;
    let mut reading =
        OdtReader { styles, writing: Writing::default(), notes: Vec::new(), inside: OdtContext::default() };
    reading.content(content)?;
    let mut paragraphs = reading.writing.done;
    paragraphs.append(&mut reading.notes);
    Ok(Manuscript { format: OfficeFormat::Odt, paragraphs, runs: Vec::new() })
}

fn read_styles(part: &str, text: &str, styles: &mut Styles) -> Result<(), OfficeError> {
    let mut reader = NsReader::from_str(text);
    loop {
        match reader.read_event().map_err(|error| broken(part, &error))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "style" => {
                if let Some(id) = attribute(&tag, "name") {
                    // Names for people are in the language of the program; the ids, such as `Heading_20_1`, are not.
                    let name = id.replace("_20_", " ");
                    styles.add(id, &name, attribute(&tag, "parent-style-name"));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What the reader is inside of.
#[derive(Default)]
struct OdtContext {
    body: bool,
    skipped: usize,
    tables: usize,
    lists: usize,
    notes: usize,
    /// For each open paragraph, whether its style leaves it out.
    left_out: Vec<bool>,
}

struct OdtReader {
    styles: Styles,
    writing: Writing,
    notes: Vec<super::OfficeParagraph>,
    inside: OdtContext,
}

impl OdtReader {
    fn content(&mut self, text: &str) -> Result<(), OfficeError> {
        let mut reader = NsReader::from_str(text);
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| broken("content.xml", &error))?;
            let range = from..position(&reader);
            match event {
                Event::Start(tag) => self.open(&tag, range, false),
                Event::Empty(tag) => self.open(&tag, range, true),
                Event::End(tag) => self.close(tag.name().as_ref()),
                Event::Text(words) => self.push(&words, range, true),
                Event::CData(words) => self.push(&words, range, false),
                Event::GeneralRef(reference) => {
                    self.push(&entity(&reference).unwrap_or_default(), range, false);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: &BytesStart, range: Range<usize>, empty: bool) {
        let full = tag.name();
        let name = tag.local_name();
        let inside = &mut self.inside;
        match (full.as_ref(), name.as_ref()) {
            (_, "body") => inside.body = !empty,
            (_, name) if LEFT_OUT.contains(&name) && !empty => inside.skipped += 1,
            _ if inside.skipped > 0 || !inside.body => {}
            ("table:table", _) if !empty => inside.tables += 1,
            ("text:list", _) if !empty => inside.lists += 1,
            ("text:note-body", _) if !empty => inside.notes += 1,
            ("text:p" | "text:h", name) if !empty => {
                let role = self.role(tag, name == "h");
                self.writing.start(role.unwrap_or(Role::Body));
                self.inside.left_out.push(role.is_none());
            }
            ("text:s", _) => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.writing.push(&" ".repeat(count.min(MOST_BLANKS)), range, false, 0);
            }
            ("text:tab", _) => self.writing.push("\t", range, false, 0),
            ("text:line-break", _) => self.writing.line_break(range, 0),
            _ => {}
        }
    }

    /// What a paragraph is; `None` where it is no part of the text.
    fn role(&self, tag: &BytesStart, heading: bool) -> Option<Role> {
        let inside = &self.inside;
        if inside.notes > 0 {
            return Some(Role::Note);
        }
        let meaning = attribute(tag, "style-name").and_then(|id| self.styles.meaning(&id));
        match meaning {
            Some(Meaning::LeftOut) => None,
            _ if inside.tables > 0 => Some(Role::Cell),
            Some(Meaning::Role(role)) if heading || role != Role::ListItem || inside.lists > 0 => Some(role),
            _ if heading => {
                let level = attribute(tag, "outline-level").and_then(|level| level.parse().ok());
                Some(Role::Heading(level.unwrap_or(1)))
            }
            _ if inside.lists > 0 => Some(Role::ListItem),
            _ => Some(Role::Body),
        }
    }

    fn close(&mut self, full: &str) {
        let inside = &mut self.inside;
        let name = full.split_once(':').map_or(full, |(_, name)| name);
        match (full, name) {
            (_, "body") => inside.body = false,
            (_, name) if LEFT_OUT.contains(&name) => inside.skipped = inside.skipped.saturating_sub(1),
            _ if inside.skipped > 0 || !inside.body => {}
            ("table:table", _) => inside.tables = inside.tables.saturating_sub(1),
            ("text:list", _) => inside.lists = inside.lists.saturating_sub(1),
            ("text:note-body", _) => inside.notes = inside.notes.saturating_sub(1),
            ("text:p" | "text:h", _) => {
                let in_note = inside.notes > 0;
                match inside.left_out.pop() {
                    Some(true) => self.writing.drop_open(),
                    _ => self.writing.end(),
                }
                if in_note {
                    self.notes.extend(self.writing.done.pop_if(|paragraph| paragraph.role == Role::Note));
                }
            }
            _ => {}
        }
    }

    /// Adds words. White space in the XML is one blank, and none at a paragraph's start.
    fn push(&mut self, words: &str, range: Range<usize>, verbatim: bool) {
        if self.inside.skipped > 0 || !self.inside.body {
            return;
        }
        let Some(paragraph) = self.writing.open.last() else { return };
        let mut blank = paragraph.text.is_empty() || paragraph.text.ends_with(char::is_whitespace);
        let mut collapsed = String::with_capacity(words.len());
        for letter in words.chars() {
            let white = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !(white && blank) {
                collapsed.push(if white { ' ' } else { letter });
            }
            blank = white;
        }
        let same = verbatim && collapsed == words;
        self.writing.push(&collapsed, range, same, 0);
    }
}
