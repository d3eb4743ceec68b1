//! Comments of Word: words of a document, with what is said of them at the margin.
//!
//! The document is not written anew: what a comment needs is put in between, so that all else stays byte for byte.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::escape::escape;
use quick_xml::events::Event;
use quick_xml::reader::NsReader;

use super::docx::{self, DocxRun};
use super::{Manuscript, OfficeError, OfficeFormat, OfficePiece, Package, attribute, broken};

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// A comment to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeComment {
    /// The number of the paragraph that it is about, in [`Manuscript::paragraphs`].
    pub paragraph: usize,
    /// Bytes of the paragraph's text; nothing stands for the whole paragraph.
    pub range: Range<usize>,
    /// What it says; each line is a paragraph.
    pub text: String,
}

/// A copy of the Word document `bytes` with these comments by `author`. Those that it has stay.
///
/// A comment on a footnote is at the last paragraph before the notes, since Word has none inside notes.
///
/// # Errors
///
/// Says that the bytes are no Word document, or what is damaged.
pub fn with_comments(bytes: &[u8], comments: &[OfficeComment], author: &str) -> Result<Vec<u8>, OfficeError> {
    let package = Package::open(bytes)?;
    let manuscript = Manuscript::read(bytes)?;
    if manuscript.format != OfficeFormat::Docx {
        return Err(OfficeError::new("comments are written into Word documents (.docx) only"));
    }
    let main = docx::main_part(&package)?;
    let Some(document) = package.text(&main)? else { return Err(OfficeError::new("the document has no text")) };
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations_part = format!("{folder}/_rels/{file}.rels");
    let relations = package.text(&relations_part)?.unwrap_or_default();
    let part = comments_part(&relations, folder)?;
    let known = match &part {
        Some(part) => package.text(part)?,
        None => None,
    };
    let first = known.as_deref().map(highest_id).transpose()?.flatten().map_or(0, |highest| highest + 1);
    let mut marking =
        Marking { document: &document, manuscript: &manuscript, insertions: Vec::new(), kept: BTreeSet::new() };
    let mut written = String::new();
    for (id, comment) in (first..).zip(comments) {
        if marking.mark(comment, id) {
            written.push_str(&comment_element(comment, id, author));
        }
    }
    let mut changed = vec![(main.as_str(), marking.apply())];
    let new_part = format!("{folder}/comments.xml");
    let new_part = new_part.trim_start_matches('/');
    let all = match known.as_deref().and_then(|known| Some((known, known.rfind("</")?))) {
        Some((known, end)) => format!("{}{written}{}", &known[..end], &known[end..]),
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{WORDS}\">{written}</w:comments>"
        ),
    };
    changed.push((part.as_deref().unwrap_or(new_part), all));
    if part.is_none() {
        let own = format!("<Relationship Id=\"copydeskComments\" Type=\"{RELATION}\" Target=\"comments.xml\"/>");
        changed.push((
            &relations_part,
            added(&relations, "Relationships", &own, "http://schemas.openxmlformats.org/package/2006/relationships"),
        ));
        let types = package.text("[Content_Types].xml")?.unwrap_or_default();
        let own = format!("<Override PartName=\"/{new_part}\" ContentType=\"{CONTENT_TYPE}\"/>");
        changed.push((
            "[Content_Types].xml",
            added(&types, "Types", &own, "http://schemas.openxmlformats.org/package/2006/content-types"),
        ));
    }
    package.with_parts(&changed)
}

/// `xml` with `own` as the last element inside its root.
fn added(xml: &str, root: &str, own: &str, namespace: &str) -> String {
    match xml.rfind("</") {
        Some(end) => format!("{}{own}{}", &xml[..end], &xml[end..]),
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{root} xmlns=\"{namespace}\">{own}</{root}>"
        ),
    }
}

/// The part that holds the comments of the document, if it has some.
fn comments_part(relations: &str, folder: &str) -> Result<Option<String>, OfficeError> {
    let mut reader = NsReader::from_str(relations);
    loop {
        match reader.read_event().map_err(|error| broken("its relations", &error))? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship"
                    && attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/relationships/comments")) =>
            {
                let target = attribute(&tag, "Target").unwrap_or_default();
                return Ok(Some(match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("{folder}/{target}").trim_start_matches('/').to_owned(),
                }));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// The highest id of the comments that are there.
fn highest_id(comments: &str) -> Result<Option<u32>, OfficeError> {
    let mut reader = NsReader::from_str(comments);
    let mut highest = None;
    loop {
        match reader.read_event().map_err(|error| broken("its comments", &error))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "comment" => {
                highest = highest.max(attribute(&tag, "id").and_then(|id| id.parse().ok()));
            }
            Event::Eof => return Ok(highest),
            _ => {}
        }
    }
}

fn comment_element(comment: &OfficeComment, id: u32, author: &str) -> String {
    let initials: String = author.chars().take(2).collect();
    let lines = comment
        .text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line)));
    let (author, initials) = (escape(author), escape(&initials).into_owned());
    format!(
        "<w:comment xmlns:w=\"{WORDS}\" w:id=\"{id}\" w:author=\"{author}\" w:initials=\"{initials}\">{}</w:comment>",
        lines.collect::<String>()
    )
}

/// The marks of comments that are to be put into the main part.
struct Marking<'a> {
    document: &'a str,
    manuscript: &'a Manuscript,
    /// Byte, whether a comment starts there (those that end come first), and what is put in.
    insertions: Vec<(usize, bool, String)>,
    /// Bytes of the openings of `t` whose blanks must be kept once they are cut.
    kept: BTreeSet<usize>,
}

impl Marking<'_> {
    /// Puts a comment round its words; `false` where the document has no place for it.
    fn mark(&mut self, comment: &OfficeComment, id: u32) -> bool {
        let Some((paragraph, range)) = self.place(comment) else { return false };
        let Some(paragraph) = self.manuscript.paragraphs.get(paragraph) else { return false };
        let pieces = &paragraph.pieces;
        let first = pieces.iter().find(|piece| piece.text.end > range.start);
        let last = pieces.iter().rfind(|piece| piece.text.start < range.end);
        let (Some(first), Some(last)) = (first, last) else { return false };
        let from = range.start.max(first.text.start) - first.text.start;
        let start = first.xml.start + if first.verbatim { from } else { 0 };
        let until = range.end.min(last.text.end) - last.text.start;
        let end = if last.verbatim { last.xml.start + until } else { last.xml.end };
        let (Some(prefix), Some(end_prefix)) = (self.prefix(first.run), self.prefix(last.run)) else { return false };
        let opening = format!("<{prefix}commentRangeStart {prefix}id=\"{id}\"/>");
        let closing = format!(
            "<{p}commentRangeEnd {p}id=\"{id}\"/><{p}r><{p}commentReference {p}id=\"{id}\"/></{p}r>",
            p = end_prefix
        );
        let opens_run = from == 0 && self.pieces_of(first.run).all(|other| other.xml.start >= first.xml.start);
        let closes_run = end == last.xml.end && self.pieces_of(last.run).all(|other| other.xml.end <= last.xml.end);
        self.put(first, start, opens_run.then(|| self.manuscript.runs[first.run].range.start), true, &opening, &prefix);
        self.put(last, end, closes_run.then(|| self.manuscript.runs[last.run].range.end), false, &closing, &end_prefix);
        true
    }

    /// The paragraph and the words at which a comment is put.
    fn place(&self, comment: &OfficeComment) -> Option<(usize, Range<usize>)> {
        let paragraph = self.manuscript.paragraphs.get(comment.paragraph)?;
        let in_note = paragraph
            .pieces
            .first()
            .and_then(|piece| self.manuscript.runs.get(piece.run))
            .is_some_and(|run| run.in_note);
        if in_note {
            let body = self.manuscript.paragraphs.iter().rposition(|p| p.role != super::Role::Note)?;
            return Some((body, 0..self.manuscript.paragraphs.get(body)?.text.len()));
        }
        let whole = 0..paragraph.text.len();
        let range = comment.range.start.min(whole.end)..comment.range.end.min(whole.end);
        Some((comment.paragraph, if range.is_empty() { whole } else { range }))
    }

    /// Puts a mark at `at`, which is in `piece`: beside its run, where it is at an edge, else between its halves.
    fn put(&mut self, piece: &OfficePiece, at: usize, beside: Option<usize>, starts: bool, mark: &str, prefix: &str) {
        if let Some(edge) = beside {
            self.insertions.push((edge, starts, mark.to_owned()));
            return;
        }
        let properties = self.manuscript.runs.get(piece.run).map_or(0..0, |run| run.properties.clone());
        let properties = self.document.get(properties).unwrap_or_default();
        let own = self.document.get(piece.xml.clone()).unwrap_or_default();
        // Tabs and breaks are elements beside the words.
        let is_element = own.starts_with('<') && !own.starts_with("<![CDATA[");
        let cut = if is_element {
            format!("</{prefix}r>{mark}<{prefix}r>{properties}")
        } else {
            if let Some(opening) = self.document.get(..at).and_then(|before| before.rfind(&format!("<{prefix}t"))) {
                self.kept.insert(opening);
            }
            format!("</{prefix}t></{prefix}r>{mark}<{prefix}r>{properties}<{prefix}t xml:space=\"preserve\">")
        };
        self.insertions.push((at, starts, cut));
    }

    fn pieces_of(&self, run: usize) -> impl Iterator<Item = &OfficePiece> {
        self.manuscript.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces).filter(move |piece| piece.run == run)
    }

    /// What is before the names of elements: `w:`.
    fn prefix(&self, run: usize) -> Option<String> {
        let DocxRun { range, .. } = self.manuscript.runs.get(run)?;
        let name = self.document.get(range.clone())?.strip_prefix('<')?;
        let name = name.split(['>', ' ', '/', '\n', '\r', '\t']).next()?;
        Some(name.strip_suffix('r')?.to_owned())
    }

    fn apply(mut self) -> String {
        for opening in std::mem::take(&mut self.kept) {
            let tag = self.document.get(opening..).and_then(|rest| rest.get(..=rest.find('>')?)).unwrap_or_default();
            if !tag.contains("xml:space") {
                let name =
                    tag.trim_start_matches('<').split(['>', ' ', '\n', '\r', '\t']).next().unwrap_or_default().len();
                self.insertions.push((opening + 1 + name, false, " xml:space=\"preserve\"".to_owned()));
            }
        }
        self.insertions.sort_by_key(|(at, starts, _)| (*at, *starts));
        let mut text = String::with_capacity(self.document.len() + self.insertions.len() * 200);
        let mut from = 0;
        for (at, _, mark) in &self.insertions {
            text.push_str(self.document.get(from..*at).unwrap_or_default());
            text.push_str(mark);
            from = *at;
        }
        text.push_str(self.document.get(from..).unwrap_or_default());
        text
    }
}
