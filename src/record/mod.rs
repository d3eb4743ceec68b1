//! Stories that come as data: an IPTC ninjs document, or an object of an archive with a story a line.
//!
//! The fields are put together as one story (headline, byline, copy, photos with captions and credits) and checked as
//! such. What is found in it is then told in bytes of the JSON text, and as a field with a place in it.

mod json;
mod line;
mod ninjs;

use jiff::civil::Date;

pub use json::JsonError;
pub use line::StoryLine;

use crate::finding::{Edit, Finding, Fix, Related};
use crate::markup::{Document, Joined, PartKind, StoryPart, join};
use crate::text::SourceRange;
pub use json::escaped;
use json::{JsonText, JsonValue, StringMap};

/// A story made of the fields of a JSON object.
#[derive(Debug, Default)]
pub struct Record {
    /// The story as one text, in the order in which it is read.
    pub text: String,
    /// The document that the text is.
    pub document: Document,
    /// The publication date that the object names.
    pub date: Option<Date>,
    /// Where the fields are.
    pub fields: Fields,
}

/// The fields that a story was made of.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<Field>);

#[derive(Clone, Debug)]
struct Field {
    /// A JSON pointer (RFC 6901), such as `/associations/0/description_text`.
    pointer: String,
    /// What it says.
    value: String,
    /// Bytes of the story's text.
    place: SourceRange,
    map: StringMap,
}

/// A place in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlace<'f> {
    /// A JSON pointer (RFC 6901) to the field.
    pub pointer: &'f str,
    /// What the field says, without the escapes of JSON.
    pub value: &'f str,
    /// UTF-8 bytes of `value`.
    pub range: SourceRange,
}

impl Record {
    /// Reads a ninjs document of any version from 1.0 to 3.x.
    ///
    /// # Errors
    ///
    /// Says where the text is no JSON, or what it lacks.
    pub fn ninjs(source: &str) -> Result<Self, JsonError> {
        ninjs::read(&JsonValue::parse(source)?)
    }

    fn new(fields: Builder, date: Option<Date>) -> Self {
        let Joined { text, places, document } = join(&fields.parts);
        let place = |number: usize| places.get(number).cloned().unwrap_or_default();
        let fields = fields.fields.into_iter().map(|(number, pointer, text)| Field {
            pointer,
            value: text.value,
            place: place(number),
            map: text.map,
        });
        Self { text, document, date, fields: Fields(fields.collect()) }
    }

    /// `findings` about [`Record::text`], told in bytes of the JSON text.
    pub fn to_source(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = findings.into_iter().map(|finding| self.finding(finding)).collect();
        findings.sort_by_key(|finding| finding.range.start);
        findings
    }

    fn finding(&self, mut finding: Finding) -> Finding {
        finding.range = self.fields.to_source(&finding.range);
        for Related { range, .. } in &mut finding.related {
            *range = self.fields.to_source(range);
        }
        finding.fixes = finding.fixes.into_iter().filter_map(|fix| self.fix(fix)).collect();
        finding
    }

    /// The fix in the JSON text; `None` when it would change what is in no field.
    fn fix(&self, mut fix: Fix) -> Option<Fix> {
        for edit in &mut fix.edits {
            let Edit { range, text } = edit;
            let field = self.fields.around(range)?;
            *range = field.source(range);
            *text = escaped(text);
        }
        fix.edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        Some(fix)
    }
}

impl Field {
    /// `range` of the story's text in bytes of the JSON text.
    fn source(&self, range: &SourceRange) -> SourceRange {
        let carry = |offset: usize| self.map.to_source(offset.saturating_sub(self.place.start));
        let start = carry(range.start);
        start..carry(range.end.min(self.place.end)).max(start)
    }
}

impl Fields {
    /// The field that holds all of `range` of the story's text.
    fn around(&self, range: &SourceRange) -> Option<&Field> {
        self.0.iter().find(|field| field.place.start <= range.start && range.end <= field.place.end)
    }

    /// `range` of the story's text in bytes of the JSON text. What goes beyond a field is cut at its end; what stands
    /// between two fields is the start of the next.
    pub fn to_source(&self, range: &SourceRange) -> SourceRange {
        let field = self.0.iter().find(|field| range.start < field.place.end || range.end <= field.place.end);
        let Some(field) = field.or(self.0.last()) else { return 0..0 };
        field.source(&(range.start.max(field.place.start)..range.end.max(field.place.start)))
    }

    /// The field that holds the start of `range` of the JSON text, and the place in it.
    pub fn place(&self, range: &SourceRange) -> Option<FieldPlace<'_>> {
        let holds = |field: &&Field| {
            let source = field.map.source();
            source.start <= range.start && range.start <= source.end
        };
        let field = self.0.iter().find(holds)?;
        let start = field.map.to_value(range.start);
        let end = field.map.to_value(range.end).max(start);
        Some(FieldPlace { pointer: &field.pointer, value: &field.value, range: start..end })
    }
}

/// The parts of a story while its object is read, with the fields that they came from.
#[derive(Default)]
struct Builder {
    parts: Vec<StoryPart>,
    /// By number of the part.
    fields: Vec<(usize, String, JsonText)>,
}

impl Builder {
    fn add(&mut self, kind: PartKind, pointer: &str, text: JsonText) {
        self.fields.push((self.parts.len(), pointer.to_owned(), text.clone()));
        self.parts.push(StoryPart { kind, text: text.value });
    }

    /// Adds words that are in no field.
    fn label(&mut self, text: &str) {
        self.parts.push(StoryPart { kind: PartKind::Label, text: text.to_owned() });
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The pointer of member or item `key` below `pointer`.
fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
