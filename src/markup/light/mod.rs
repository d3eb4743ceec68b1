//! Markup that is read line by line: AsciiDoc, reStructuredText and Org.
//!
//! Each has a reader of blocks, which says what lines are, and a reader of what is inside lines ([`inline`]). They know
//! what texts of newsrooms and documentation use; what they do not know is taken for words only where a line looks like prose.

pub(super) mod asciidoc;
mod inline;
pub(super) mod org;
pub(super) mod rst;
#[cfg(test)]
mod tests;

use self::inline::Find;
use super::{
    BlockKind, Comment, DatePlace, Document, Image, MetadataEntry, MetadataOrigin, is_date_key, pictures, push_in_order,
};
use crate::text::SourceRange;

/// Deepest nesting of lists and quotations that is followed; what is deeper is read as part of what it is in.
const DEEPEST: usize = 20;

/// A line, without its line break and the blanks at its ends.
#[derive(Clone, Debug)]
struct Line {
    /// Source byte at which the line begins, with its indentation.
    begin: usize,
    /// Source byte at which its words begin; a reader moves it behind a list's marker.
    start: usize,
    /// Source byte at which its words end.
    end: usize,
}

impl Line {
    fn range(&self) -> SourceRange {
        self.start..self.end
    }

    fn is_blank(&self) -> bool {
        self.start >= self.end
    }

    /// In bytes.
    fn indent(&self) -> usize {
        self.start - self.begin
    }
}

/// The lines of `source` from byte `from` on. LF, CRLF and CR end a line.
fn lines(source: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut begin = from;
    let bytes = source.as_bytes();
    let breaks = memchr::memchr2_iter(b'\n', b'\r', &bytes[from..]).map(|at| from + at);
    for end in breaks.chain(std::iter::once(source.len())) {
        if end == begin && end > from && bytes[end - 1..].starts_with(b"\r\n") {
            begin = end + 1;
            continue;
        }
        let raw = &source[begin..end];
        let start = begin + (raw.len() - raw.trim_start_matches([' ', '\t']).len());
        let end_of_words = (begin + raw.trim_end().len()).max(start);
        lines.push(Line { begin, start, end: end_of_words });
        begin = end + 1;
    }
    lines
}

/// What has been read so far.
struct Writer<'s> {
    source: &'s str,
    document: Document,
    find: Find,
    /// Where a line with the date would go, and what is before and after the date.
    date_place: Option<(usize, String, String)>,
}

impl<'s> Writer<'s> {
    fn new(source: &'s str, document: Document, find: Find) -> Self {
        Self { source, document, find, date_place: None }
    }

    fn text(&self, range: SourceRange) -> &'s str {
        self.source.get(range).unwrap_or_default()
    }

    /// Adds the block that is in these stretches of lines.
    fn block(&mut self, kind: BlockKind, lines: &[SourceRange]) {
        self.block_of(kind, lines, None);
    }

    /// The same of one stretch.
    fn line(&mut self, kind: BlockKind, line: SourceRange) {
        self.block(kind, std::slice::from_ref(&line));
    }

    /// The same for the caption of an image.
    fn block_of(&mut self, kind: BlockKind, lines: &[SourceRange], image: Option<usize>) {
        if let Some(mut block) = inline::read(self.source, lines, kind, self.find, &mut self.document) {
            block.image = image;
            push_in_order(&mut self.document.blocks, block);
        }
    }

    /// Adds the first title as the headline, and others as subheadings.
    fn title(&mut self, range: SourceRange) {
        let has_headline = self.document.blocks.iter().any(|block| block.kind == BlockKind::Headline);
        let kind = if has_headline { BlockKind::Heading } else { BlockKind::Headline };
        self.line(kind, range);
    }

    fn has_words(&self) -> bool {
        self.document.blocks.iter().any(|block| block.kind != BlockKind::Headline)
    }

    fn comment(&mut self, range: SourceRange, text: SourceRange) {
        let text = self.text(text).to_owned();
        self.document.comments.push(Comment { range, text });
    }

    /// An entry of the document's own header: `:revdate: 2018-02-12`, `#+DATE: 2018-02-12`.
    fn entry(&mut self, key: &str, range: SourceRange) {
        let value = self.text(range.clone());
        let value = value.trim_matches(['<', '>', '[', ']', '"']);
        // A time stamp names its weekday behind the day: `<2018-02-12 Mon>`.
        let day = value.split(' ').next().filter(|day| crate::text::parse_date(day).is_some());
        let value = day.unwrap_or(value);
        let at = range.start + (self.text(range).find(value).unwrap_or_default());
        let key = match key.to_ascii_lowercase().as_str() {
            "revdate" | "docdate" | "pubdate" => "date".to_owned(),
            key => key.to_owned(),
        };
        let range = at..at + value.len();
        let origin = MetadataOrigin::FrontMatter;
        self.document.metadata.push(MetadataEntry { key, value: value.to_owned(), range, origin });
    }

    /// Adds an image, and gives its number.
    fn image(&mut self, range: SourceRange, src: SourceRange, alt: Option<SourceRange>) -> usize {
        let alt_text = alt.as_ref().map(|alt| self.text(alt.clone()).trim_matches('"').to_owned());
        let graphic =
            pictures::is_drawn(self.text(src.clone())) || alt_text.as_deref().is_some_and(pictures::says_drawn);
        self.document.images.push(Image {
            range,
            src: self.text(src.clone()).to_owned(),
            src_range: src.clone(),
            alt_range: alt.unwrap_or(src.end..src.end),
            alt: alt_text,
            graphic,
            credit: None,
        });
        self.document.images.len() - 1
    }

    /// The document, once all is read.
    fn finish(mut self) -> Document {
        self.document.images.sort_by_key(|image| image.range.start);
        self.document.links.sort_by_key(|link| link.range.start);
        let has_date = self.document.metadata.iter().any(|entry| is_date_key(&entry.key));
        if self.document.front_matter.is_none()
            && !has_date
            && let Some((at, before, after)) = self.date_place.take()
        {
            self.document.date_place = Some(DatePlace::new(at..at, before, after));
        }
        self.document
    }
}

/// The bytes of the first word of `text` that a blank follows, with the blanks: how long a list's marker is.
fn with_blanks(text: &str, marker: usize) -> Option<usize> {
    let rest = text.get(marker..)?;
    let words = rest.trim_start_matches([' ', '\t']);
    (words.len() < rest.len() && !words.is_empty()).then(|| text.len() - words.len())
}

/// How long the marker `1. ` or `1) ` is that starts `text`. Four digits are a year.
fn number_marker(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let closes = text.get(digits..)?.starts_with(['.', ')']);
    if (1..=3).contains(&digits) && closes { with_blanks(text, digits + 1) } else { None }
}

/// The stretches of the cells in a row that starts and ends with `|`, or only starts so.
fn cells(source: &str, row: SourceRange) -> Vec<SourceRange> {
    let text = source.get(row.clone()).unwrap_or_default();
    let mut cells = Vec::new();
    let mut start = None;
    for at in memchr::memchr_iter(b'|', text.as_bytes()).chain(std::iter::once(text.len())) {
        if let Some(start) = start {
            let cell: &str = text.get(start..at).unwrap_or_default();
            let lead = cell.len() - cell.trim_start().len();
            let (from, len) = (row.start + start + lead, cell.trim().len());
            if len > 0 {
                cells.push(from..from + len);
            }
        }
        start = Some(at + 1);
    }
    cells
}
