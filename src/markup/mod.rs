//! Source text to blocks: what is a headline, a paragraph, a caption, code, front matter.
//!
//! Each format has one file that turns a source into [`Block`]s; [`structure`] then gives news kinds to what
//! the markup alone cannot tell (byline, dateline, caption, credit, boilerplate).

mod align;
mod builder;
mod credits;
mod date_place;
mod format;
mod front_matter;
mod html;
#[cfg(test)]
mod invariants;
mod kramdown;
mod languages;
mod light;
mod long;
mod manuscript;
mod markdown;
mod moved;
mod parts;
mod pictures;
mod plain;
mod shortcodes;
mod structure;

use std::fmt;
use std::sync::Arc;

pub use date_place::{DATE_KEYS, DatePlace, is_date_key};
pub use format::{CommentForm, Format};
pub use manuscript::{of_manuscript, of_manuscript_text};
pub(crate) use moved::EditedBlocks;
pub use parts::{Joined, PartKind, StoryPart, join};
pub(crate) use pictures::says_drawn;
pub(crate) use structure::Alone;

use crate::text::{Shift, SourceRange, Span};

/// What a block is in the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The story's headline (from the text, the front matter or the page's title).
    Headline,
    /// The summary line under the headline; also spelled deck or standfirst.
    Dek,
    /// Who wrote it: “By Ana Ruiz”.
    Byline,
    /// A line that holds only place and date. A dateline that opens a paragraph is part of that paragraph.
    Dateline,
    /// A subheading in the body.
    Heading,
    /// Body copy.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A block quotation or pull quote.
    BlockQuote,
    /// The text under or over a photo, with the credit when both are in one block.
    Caption,
    /// A photo credit that stands alone.
    Credit,
    /// A cell or row of a table.
    Table,
    /// A footnote's text.
    Footnote,
    /// A sourcing line such as “(Reuters, staff)”.
    SourceLine,
    /// House text that is not part of the story: promotion, donation line, copyright.
    Boilerplate,
    /// A fact box's or an update's or a correction's note.
    Note,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [BlockKind; 15] = [
        BlockKind::Headline,
        BlockKind::Dek,
        BlockKind::Byline,
        BlockKind::Dateline,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::BlockQuote,
        BlockKind::Caption,
        BlockKind::Credit,
        BlockKind::Table,
        BlockKind::Footnote,
        BlockKind::SourceLine,
        BlockKind::Boilerplate,
        BlockKind::Note,
    ];

    /// Whether the block is part of what the story tells in full sentences.
    pub fn is_body(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::BlockQuote | BlockKind::Note)
    }

    /// The word used in rule files (`scope`), in JSON and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Dek => "dek",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list-item",
            BlockKind::BlockQuote => "block-quote",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Table => "table",
            BlockKind::Footnote => "footnote",
            BlockKind::SourceLine => "source-line",
            BlockKind::Boilerplate => "boilerplate",
            BlockKind::Note => "note",
        }
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One block of a document: its kind, where it is, and its prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is in the story.
    pub kind: BlockKind,
    /// Source bytes from the first to the last character of its prose. Markup around it (`## `, `<p>`) is outside.
    pub range: SourceRange,
    /// The text without markup. Line breaks inside a block are kept as they are; an inline thing that is not prose
    /// (code, an image, a shortcode, math) is one U+FFFC object replacement character.
    ///
    /// Shared with the paragraph that is read from it.
    pub prose: Arc<str>,
    /// How the prose maps to the source.
    pub map: SourceMap,
    /// Index into [`Document::images`] of the image this caption or credit belongs to.
    pub image: Option<usize>,
    /// It is in another language than English, by its tag or by its words: its words are not read.
    pub foreign: bool,
}

/// How offsets of a block's prose map to the source.
///
/// Source offsets are relative to the start of the block's range, so that a block that merely moved keeps its map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SourceMap {
    /// Ascending and without gaps in the prose. Empty means that prose and source are the same.
    segments: Vec<Segment>,
}

/// A stretch of prose and the stretch of source it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Segment {
    prose: u32,
    prose_len: u32,
    source: u32,
    source_len: u32,
    /// The prose is not the source: a decoded entity, a placeholder, collapsed white space.
    opaque: bool,
}

impl Segment {
    /// Whether the prose is the source, byte for byte.
    fn verbatim(self) -> bool {
        !self.opaque
    }
}

impl SourceMap {
    /// Appends `prose_len` bytes of prose that came from `source` (relative to the block).
    ///
    /// Stretches of equal length are taken as verbatim; an entity, an escape or a placeholder differs in length or
    /// must be added with [`SourceMap::push_opaque`].
    pub fn push(&mut self, prose_len: usize, source: std::ops::Range<usize>) {
        let opaque = prose_len != source.len();
        self.push_segment(prose_len, source, opaque);
    }

    /// Appends `prose_len` bytes of prose that stand for `source` (relative to the block) without being it, even when
    /// both have the same length.
    pub fn push_opaque(&mut self, prose_len: usize, source: std::ops::Range<usize>) {
        self.push_segment(prose_len, source, true);
    }

    fn push_segment(&mut self, prose_len: usize, source: std::ops::Range<usize>, opaque: bool) {
        if prose_len == 0 {
            return;
        }
        let prose = self.segments.last().map_or(0, |s| s.prose + s.prose_len);
        let (source, source_len) = (source.start as u32, source.len() as u32);
        if let Some(last) = self.segments.last_mut()
            && !opaque
            && last.verbatim()
            && last.source + last.source_len == source
        {
            last.prose_len += prose_len as u32;
            last.source_len += source_len;
            return;
        }
        self.segments.push(Segment { prose, prose_len: prose_len as u32, source, source_len, opaque });
    }

    /// The range of the block's source that `span` of its prose came from.
    ///
    /// A span that starts or ends inside an entity or placeholder covers the whole of it.
    pub fn to_block(&self, span: Span) -> std::ops::Range<usize> {
        if self.segments.is_empty() {
            return span.range();
        }
        let start = self.source_of(span.start, false);
        if span.is_empty() {
            return start..start;
        }
        start..self.source_of(span.end, true).max(start)
    }

    /// Whether the source of `span` is the prose itself, so that an edit may replace it without losing markup.
    pub fn is_verbatim(&self, span: Span) -> bool {
        if self.segments.is_empty() {
            return true;
        }
        // Neighboring verbatim stretches were joined when they were pushed, so a verbatim span lies in one segment.
        let first = self.segments.partition_point(|s| s.prose <= span.start).saturating_sub(1);
        let inside = |s: &Segment| s.verbatim() && s.prose <= span.start && span.end <= s.prose + s.prose_len;
        if self.segments.get(first).is_some_and(inside) {
            return true;
        }
        // An insertion point at a seam may belong to the stretch before it.
        span.is_empty() && first > 0 && self.segments.get(first - 1).is_some_and(inside)
    }

    /// `at_end`: the offset ends a span, so at a seam it belongs to the segment before it.
    fn source_of(&self, prose: u32, at_end: bool) -> usize {
        let after = self.segments.partition_point(|s| if at_end { s.prose < prose } else { s.prose <= prose });
        let Some(s) = self.segments.get(after.saturating_sub(1)) else { return prose as usize };
        let into = prose.saturating_sub(s.prose);
        let source = if s.verbatim() {
            s.source + into.min(s.source_len)
        } else if into >= s.prose_len || at_end {
            s.source + s.source_len
        } else {
            s.source
        };
        source as usize
    }
}

/// Whether it is a paragraph or a subheading, which are told apart by their length and by what is beside them.
fn is_open(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Heading)
}

impl Block {
    /// The source bytes that `span` of the prose came from.
    pub fn to_source(&self, span: Span) -> SourceRange {
        let range = self.map.to_block(span);
        self.range.start + range.start..self.range.start + range.end
    }
}

/// An image of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Source bytes of the whole element.
    pub range: SourceRange,
    /// Where the file is, as written.
    pub src: String,
    /// Source bytes of `src`.
    pub src_range: SourceRange,
    /// Alternative text, as written; `None` when there is no such attribute.
    pub alt: Option<String>,
    /// Source bytes of the alternative text (empty range where it would go when there is none).
    pub alt_range: SourceRange,
    /// It is no photo: a chart, map, logo, icon, screenshot, illustration, by its name, size, text or place.
    pub graphic: bool,
    /// A credit in its own markup: `data-credit`, or at the end of the alternative text.
    pub credit: Option<String>,
}

/// A link of the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Source bytes of the whole link.
    pub range: SourceRange,
    /// Its target, as written.
    pub target: String,
    /// Source bytes of the target.
    pub target_range: SourceRange,
    /// Its text.
    pub text: String,
}

/// One entry of the front matter or of the page's metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataEntry {
    /// Name in lower case: `date`, `title`, `author`, `article:published_time`, `datepublished`, `time`.
    pub key: String,
    /// Its value as text.
    pub value: String,
    /// Source bytes of the value.
    pub range: SourceRange,
    /// Where it is.
    pub origin: MetadataOrigin,
}

/// Where a metadata entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataOrigin {
    /// YAML or TOML front matter.
    FrontMatter,
    /// An HTML `<meta>` element.
    Meta,
    /// JSON-LD in an HTML page.
    JsonLd,
    /// An HTML `<time>` element.
    Time,
}

/// A comment of the markup, such as `<!-- … -->`, where suppressions may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Source bytes of the whole comment.
    pub range: SourceRange,
    /// What is between the delimiters.
    pub text: String,
}

/// Something in the markup that could not be read; the rest was.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkupProblem {
    /// Source bytes.
    pub range: SourceRange,
    /// What is wrong and what to do.
    pub message: String,
}

/// A document taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// In the order of the source. Code, comments and raw markup are in no block.
    pub blocks: Vec<Block>,
    /// In the order of the source.
    pub images: Vec<Image>,
    /// In the order of the source.
    pub links: Vec<Link>,
    /// In the order of the source.
    pub metadata: Vec<MetadataEntry>,
    /// In the order of the source.
    pub comments: Vec<Comment>,
    /// Source bytes of the front matter with its fences, if there is any.
    pub front_matter: Option<SourceRange>,
    /// Where a publication date would be written; `None` where there is no room for it.
    pub date_place: Option<DatePlace>,
    /// What could not be read.
    pub problems: Vec<MarkupProblem>,
    /// Source bytes of words inside blocks that the markup says are in another language than English.
    pub foreign: Vec<SourceRange>,
    /// Source bytes of the tags whose elements were left out because they are not told in the story: what is hidden,
    /// advertisements, posts of others and parts of a page.
    pub left_out: Vec<SourceRange>,
    /// What is in code of the story, with blanks between: names of programs and commands, which prose then uses as words.
    pub(crate) code: String,
    /// The format has images of its own, so that a caption without one is none of a photo.
    pub(crate) holds_images: bool,
    /// Plain text whose paragraphs run over several lines.
    hard_wrapped: bool,
}

/// Takes `source` apart.
pub fn parse(source: &str, format: Format) -> Document {
    parse_again(source, format, &[]).0
}

/// The same, with the prose of the `last` text's blocks and what it made them, to save work; gives the like for this one.
pub(crate) fn parse_again(source: &str, format: Format, last: &[(&str, Alone)]) -> (Document, Vec<Alone>) {
    let mut document = parse_alone(source, format);
    long::cut(&mut document.blocks);
    let alone = structure::classify(&mut document, last);
    languages::mark(&mut document, &alone);
    if document.date_place.is_none() {
        document.date_place = Some(date_place::find(source, format, &document));
    }
    (document, alone)
}

/// Names what the markup of `document` does not tell.
fn finish(document: &mut Document) {
    long::cut(&mut document.blocks);
    let alone = structure::classify(document, &[]);
    languages::mark(document, &alone);
}

/// Brings `document` up to date after an edit of plain text in block number `number`, or in the blanks behind it. `None` when
/// the whole text must be taken apart.
///
/// `alone` is what each block's own words make it.
pub(crate) fn follow(
    source: &str,
    document: &mut Document,
    (number, shift): (usize, &Shift),
    alone: &mut [Alone],
) -> Option<()> {
    let now = plain::block_again(source, document, number, shift)?;
    // What is foreign depends on all blocks together.
    if document.blocks.iter().any(|block| block.foreign) || languages::may_be_foreign(&now.prose) {
        return None;
    }
    structure::put(&mut document.blocks, number, now, alone)?;
    // Links, images and comments have no place in plain text, so there is nothing else that moves.
    for block in document.blocks.get_mut(number + 1..)? {
        // They start behind the edit.
        block.range = shift.range(&block.range).unwrap_or_default();
    }
    document.date_place = Some(date_place::find(source, Format::Plain, document));
    Some(())
}

/// Takes `source` apart by its markup alone.
fn parse_alone(source: &str, format: Format) -> Document {
    let document = match format {
        Format::Plain => plain::parse(source),
        Format::Markdown => markdown::parse(source),
        Format::Mdx => markdown::parse_mdx(source),
        Format::Html => html::parse(source),
        Format::AsciiDoc => light::asciidoc::parse(source),
        Format::Rst => light::rst::parse(source),
        Format::Org => light::org::parse(source),
    };
    Document { holds_images: format != Format::Plain, ..document }
}

/// Most bytes of code that are kept of a document.
const MOST_CODE: usize = 64 * 1024;

impl Document {
    /// Keeps `text`, which is in code.
    fn push_code(&mut self, text: &str) {
        if self.code.len() + text.len() <= MOST_CODE {
            self.code.push_str(text);
            self.code.push(' ');
        }
    }
}

/// Whether a caption ends in a photo's credit.
pub fn ends_in_credit(prose: &str) -> bool {
    credits::trailing_credit(prose).is_some()
}

/// Length in bytes of the byte order mark at the start of `source`: 3 or 0.
pub(crate) fn byte_order_mark(source: &str) -> usize {
    if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}

/// Whether `text` holds nothing that is read: a rule such as `* * *`, stray bullets, placeholders.
///
/// A lone quotation mark is kept, because it opens or closes a quote.
fn is_ornament(text: &str) -> bool {
    !text.chars().any(|c| c.is_alphanumeric() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’'))
}

/// Blocks never overlap, whatever the markup.
fn push_in_order(blocks: &mut Vec<Block>, block: Block) {
    if blocks.last().is_none_or(|last| last.range.end <= block.range.start) {
        blocks.push(block);
    }
}
