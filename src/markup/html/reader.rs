//! Tags and character data to blocks.

use rustc_hash::FxHashMap;

use super::super::builder::{BlockBuilder, PLACEHOLDER};
use super::super::{Block, BlockKind, Comment, Image, Link, MetadataEntry, MetadataOrigin, pictures, shortcodes};
use super::attributes::Attributes;
use super::image::image_of;
use super::text::append;
use super::{classes, json_ld, markdown};
use crate::text::SourceRange;
use crate::text::language::is_foreign_tag;

/// Where in the page something is, by which the story is told from what surrounds it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Region {
    /// Number of the outermost article.
    pub article: Option<usize>,
    /// Inside the page's main part.
    pub main: bool,
    /// Inside what is marked as the article's body.
    pub body: bool,
    /// The page's title.
    pub title: bool,
    /// In another language than English, by the nearest `lang`.
    pub foreign: Option<bool>,
    /// In an element whose class says that its pictures are no photos.
    pub drawn: bool,
    /// In an element that says that Markdown is in it, as kramdown reads it: `<p markdown="span">`.
    pub markdown: bool,
    /// The byte at which the innermost cell of a table begins.
    pub cell: Option<usize>,
}

/// An element that is open.
struct OpenElement {
    name: Box<str>,
    /// The kind of the blocks in it, when it says one.
    kind: Option<BlockKind>,
    /// Nothing in it is read.
    skipped: bool,
    /// The region around it.
    region: Region,
    /// Number of images before it, when it is a figure.
    figure: Option<usize>,
    /// Where its words begin, when it is in a block and says that they are in another language.
    foreign_from: Option<usize>,
}

/// A link whose text is being read.
struct OpenLink {
    range: SourceRange,
    target: String,
    target_range: SourceRange,
    /// Bytes of the block's prose before the link's text.
    text_start: usize,
    /// [`HtmlReader::flushed`] when it was opened: after that its text started in an earlier block.
    flushed: usize,
}

/// What was read so far, and where in the markup the reader is.
pub(super) struct HtmlReader<'a> {
    source: &'a str,
    /// Source bytes from the end of the last tag on are character data.
    text_start: usize,
    end: usize,
    builder: BlockBuilder,
    open: Vec<OpenElement>,
    /// How many elements of each name are open: an end tag without one is passed over at once.
    counts: FxHashMap<Box<str>, usize>,
    /// Index in `open` of the paragraph or heading that the next block ends.
    leaf: Option<usize>,
    skipped: usize,
    /// Kinds of the open elements that say one, innermost last.
    kinds: Vec<BlockKind>,
    figures: Vec<usize>,
    region: Region,
    /// A line break without text after it: a second one ends the block.
    broken: bool,
    links_open: Vec<OpenLink>,
    /// How many blocks were ended, with or without text.
    flushed: usize,
    /// Start of the character data of a JSON-LD script.
    json_start: Option<usize>,
    first_image: usize,
    /// Tags of templates in the text.
    codes: Vec<SourceRange>,
    /// A doctype, `html`, `head` or `body` was seen.
    pub is_page: bool,
    pub articles: usize,
    pub blocks: Vec<(Block, Region)>,
    pub images: Vec<(Image, Region)>,
    pub links: Vec<(Link, Region)>,
    pub metadata: Vec<MetadataEntry>,
    pub comments: Vec<Comment>,
    /// Source bytes of words in blocks that are in another language than English.
    pub foreign: Vec<SourceRange>,
    /// What was left out, for whoever asks why something is not read: the elements' names.
    pub left_out: Vec<SourceRange>,
    /// Source bytes of what is in code.
    pub code: Vec<SourceRange>,
}

impl<'a> HtmlReader<'a> {
    /// A reader of the bytes `range` of `source`, in which `codes` are no prose, for a document with `first_image` images so far.
    pub(super) fn new(source: &'a str, range: SourceRange, codes: Vec<SourceRange>, first_image: usize) -> Self {
        Self {
            source,
            text_start: range.start,
            end: range.end,
            codes,
            builder: BlockBuilder::default(),
            open: Vec::new(),
            counts: FxHashMap::default(),
            leaf: None,
            skipped: 0,
            kinds: Vec::new(),
            figures: Vec::new(),
            region: Region::default(),
            broken: false,
            links_open: Vec::new(),
            flushed: 0,
            json_start: None,
            first_image,
            is_page: false,
            articles: 0,
            blocks: Vec::new(),
            images: Vec::new(),
            links: Vec::new(),
            metadata: Vec::new(),
            comments: Vec::new(),
            foreign: Vec::new(),
            left_out: Vec::new(),
            code: Vec::new(),
        }
    }

    /// A start tag at `range`.
    pub(super) fn start_tag(&mut self, range: SourceRange, self_closing: bool) {
        self.text_before(range.start);
        self.text_start = range.end;
        let source = self.source;
        let attributes = Attributes::new(source, range.clone());
        let name = attributes.name.to_ascii_lowercase();
        match name.as_str() {
            "html" | "head" | "body" => self.is_page = true,
            "meta" => self.meta(&attributes),
            "link" => self.canonical(&attributes),
            "time" => self.time(&attributes),
            _ => {}
        }
        if self.skipped == 0 && classes::is_block(&name) {
            self.flush();
            if let Some(leaf) = self.leaf {
                self.close_to(leaf);
            }
        }
        if classes::is_void(&name) {
            if self.skipped == 0 {
                self.void(&name, &attributes, range);
            }
            return;
        }
        if self.skipped > 0 && self_closing {
            return;
        }
        self.push(name, &attributes, range);
    }

    /// An end tag at `range`.
    pub(super) fn end_tag(&mut self, range: SourceRange) {
        self.text_before(range.start);
        self.text_start = range.end;
        let name = Attributes::new(self.source, range).name.to_ascii_lowercase();
        if self.counts.get(name.as_str()).is_none_or(|count| *count == 0) {
            return;
        }
        if self.skipped == 0 && classes::is_block(&name) {
            self.flush();
        }
        if let Some(index) = self.open.iter().rposition(|open| *open.name == *name) {
            self.close_to(index);
        }
    }

    /// A comment at `range`.
    pub(super) fn comment(&mut self, range: SourceRange, value: &[u8]) {
        self.text_before(range.start);
        self.text_start = range.end.min(self.end);
        let Some(raw) = self.source.get(range.clone()) else { return };
        let text = match raw.strip_prefix("<!--") {
            Some(inner) => inner.strip_suffix("-->").unwrap_or(inner).to_owned(),
            None => String::from_utf8_lossy(value).into_owned(),
        };
        self.comments.push(Comment { range, text });
    }

    /// A doctype at `range`.
    pub(super) fn doctype(&mut self, range: SourceRange) {
        self.text_before(range.start);
        self.text_start = range.end.min(self.end);
        self.is_page = true;
    }

    /// The end of the text.
    pub(super) fn end(&mut self) {
        self.text_before(self.end);
        self.flush();
        self.open.clear();
    }

    fn text_before(&mut self, end: usize) {
        let range = self.text_start..end;
        if range.start >= range.end || self.source.get(range.clone()).is_none() {
            return;
        }
        if self.skipped > 0 {
            let is_open = |name: &&str| self.counts.get(*name).is_some_and(|&count| count > 0);
            if ["code", "pre", "kbd", "samp", "tt"].iter().any(is_open) {
                self.code.push(range);
            }
            return;
        }
        if self.source[range.clone()].contains(|c: char| !c.is_ascii_whitespace()) {
            self.broken = false;
        }
        // Tags of templates are no words, in HTML as in Markdown.
        let mut at = range.start;
        let first = self.codes.partition_point(|code| code.end <= range.start);
        let last = first + self.codes[first..].partition_point(|code| code.start < range.end);
        for index in first..last {
            let code = &self.codes[index].clone();
            if at < code.start {
                self.append(at..code.start);
            }
            let shown = code.start.max(at)..code.end.min(range.end);
            let shown_as = shortcodes::stand_in(self.source, code);
            let is_said = shown_as == " " && self.builder.prose().ends_with(char::is_whitespace);
            if !shown.is_empty() && !is_said {
                self.builder.opaque(shown_as, shown);
            }
            at = at.max(code.end);
        }
        if at < range.end {
            self.append(at..range.end);
        }
    }

    /// Appends character data, without the marks of Markdown where that is read.
    fn append(&mut self, range: SourceRange) {
        if !self.region.markdown {
            append(&mut self.builder, self.source, range);
            return;
        }
        let (words, links) = markdown::words_and_links(self.source, range);
        for part in words {
            append(&mut self.builder, self.source, part);
        }
        let region = self.region;
        self.links.extend(links.into_iter().map(|link| (link, region)));
    }

    fn push(&mut self, name: String, attributes: &Attributes<'_>, range: SourceRange) {
        let tag_end = range.end;
        let block = classes::is_block(&name);
        let region = self.region;
        // The header, footer and sidebar of the page are not the story's; those of an article are.
        let of_page = matches!(name.as_str(), "header" | "footer" | "aside")
            && self.is_page
            && region.article.is_none()
            && !region.main;
        let besides = classes::is_beside(&name, attributes, self.is_page);
        if besides && self.skipped == 0 {
            self.left_out.push(range.clone());
        }
        let skipped = classes::is_skipped(&name) || of_page || besides;
        if skipped && self.skipped == 0 {
            if matches!(name.as_str(), "code" | "samp" | "kbd" | "tt" | "math" | "del" | "s" | "strike") {
                self.broken = false;
                self.builder.opaque(PLACEHOLDER, range.clone());
            }
            if name == "script"
                && attributes
                    .value("type")
                    .is_some_and(|(kind, _)| kind.trim().eq_ignore_ascii_case("application/ld+json"))
            {
                self.json_start = Some(range.end);
            }
        }
        let kind = if skipped || self.skipped > 0 { None } else { self.kind(&name, attributes, block) };
        match name.as_str() {
            "article" if region.article.is_none() && self.skipped == 0 => {
                self.region.article = Some(self.articles);
                self.articles += 1;
            }
            "main" => self.region.main = true,
            "title" => self.region.title = true,
            "td" | "th" => self.region.cell = Some(range.start),
            "a" if self.skipped == 0 => {
                let (target, target_range) = attributes.value("href").unwrap_or((String::new(), range.end..range.end));
                let (text_start, flushed) = (self.builder.len(), self.flushed);
                self.links_open.push(OpenLink { range, target, target_range, text_start, flushed });
            }
            _ => {}
        }
        if block && attributes.value("itemprop").is_some_and(|(value, _)| value.eq_ignore_ascii_case("articlebody")) {
            self.region.body = true;
        }
        if let Some((value, _)) = attributes.value("markdown") {
            self.region.markdown = value != "0";
        }
        let mut foreign_from = None;
        let lang = attributes.value("lang").or_else(|| attributes.value("xml:lang"));
        if let Some(foreign) = lang.and_then(|(lang, _)| is_foreign_tag(&lang)) {
            self.region.foreign = Some(foreign);
            foreign_from = (foreign && !block && self.skipped == 0).then_some(tag_end);
        }
        self.region.drawn |= block_or_span(&name)
            && attributes.value("class").is_some_and(|(class, _)| pictures::is_drawn_class(&class));
        let figure = (name == "figure").then_some(self.first_image + self.images.len());
        self.figures.extend(figure);
        self.kinds.extend(kind);
        self.skipped += usize::from(skipped);
        if self.skipped == 0 && classes::is_leaf(&name) {
            self.leaf = Some(self.open.len());
        }
        let name = name.into_boxed_str();
        *self.counts.entry(name.clone()).or_default() += 1;
        self.open.push(OpenElement { name, kind, skipped, region, figure, foreign_from });
    }

    /// The kind of the blocks in an element, when it says one.
    fn kind(&self, name: &str, attributes: &Attributes<'_>, block: bool) -> Option<BlockKind> {
        if name == "title" {
            return Some(BlockKind::Headline);
        }
        // A heading keeps its level whatever its class; a word in a sentence is no block of its own.
        let alone = block
            || (self.leaf.is_none()
                && self.builder.is_empty()
                && self.kinds.is_empty()
                && matches!(name, "span" | "address" | "cite" | "time" | "a"));
        // `<p><small>Photo by Ana Ruiz</small></p>` right under a picture is its caption.
        let small = matches!(name, "small" | "figcaption") && self.builder.is_empty() && self.kinds.is_empty();
        if small && self.image_of_caption().is_some() {
            return Some(BlockKind::Caption);
        }
        let large = matches!(name, "body" | "html" | "main" | "article");
        // “headline” on a box says what is in it, not that all of it is the headline.
        let fits = |kind: &BlockKind| *kind != BlockKind::Headline || name.starts_with('h');
        let named = if alone && !large { classes::kind_of_class(attributes).filter(fits) } else { None };
        named.or_else(|| classes::kind_of_name(name))
    }

    /// Closes the open elements from number `index` on.
    fn close_to(&mut self, index: usize) {
        while self.open.len() > index {
            let Some(open) = self.open.pop() else { break };
            if let Some(count) = self.counts.get_mut(&open.name) {
                *count = count.saturating_sub(1);
            }
            if open.kind.is_some() {
                // A kind of an inline element ends its block with it.
                if self.skipped == 0 {
                    self.flush();
                }
                self.kinds.pop();
            }
            if open.figure.is_some() {
                self.figures.pop();
            }
            if open.skipped {
                self.skipped = self.skipped.saturating_sub(1);
                if let Some(start) = self.json_start.take().filter(|_| &*open.name == "script") {
                    let tag = self.source[..self.text_start].rfind("</").unwrap_or(start);
                    self.metadata.extend(json_ld::read(self.source, start..tag.max(start)));
                }
            }
            if &*open.name == "a" && self.skipped == 0 {
                self.end_link();
            }
            if let Some(from) = open.foreign_from {
                self.foreign.push(from..self.text_start.max(from));
            }
            self.region = open.region;
            if self.leaf.is_some_and(|leaf| leaf >= self.open.len()) {
                self.leaf = None;
            }
        }
    }

    fn end_link(&mut self) {
        let Some(OpenLink { range, target, target_range, text_start, flushed }) = self.links_open.pop() else { return };
        if target_range.is_empty() {
            return;
        }
        let text_start = if flushed == self.flushed { text_start } else { 0 };
        let text = self.builder.prose().get(text_start..).unwrap_or_default().trim().to_owned();
        let range = range.start..self.text_start.max(range.end);
        self.links.push((Link { range, target, target_range, text }, self.region));
    }

    fn void(&mut self, name: &str, attributes: &Attributes<'_>, range: SourceRange) {
        match name {
            "br" => {
                if self.broken {
                    self.flush();
                } else if !self.builder.is_empty() {
                    self.builder.opaque("\n", range);
                    self.broken = true;
                }
            }
            "wbr" => {}
            "img" => {
                if let Some(mut image) = image_of(self.source, attributes, range.clone()) {
                    let teaser = self.figures.is_empty()
                        && self.links_open.last().is_some_and(|link| pictures::is_teaser(&link.target));
                    image.graphic |= self.region.drawn || teaser;
                    self.images.push((image, self.region));
                    self.builder.opaque(PLACEHOLDER, range);
                }
            }
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &Attributes<'_>) {
        let name = ["property", "name", "itemprop"].iter().find_map(|name| attributes.value(name));
        let (Some((key, _)), Some((value, range))) = (name, attributes.value("content")) else { return };
        if !value.is_empty() {
            self.metadata.push(MetadataEntry {
                key: key.trim().to_lowercase(),
                value,
                range,
                origin: MetadataOrigin::Meta,
            });
        }
    }

    /// The address that the page gives as its own.
    fn canonical(&mut self, attributes: &Attributes<'_>) {
        let is_own = attributes.value("rel").is_some_and(|(rel, _)| rel.trim().eq_ignore_ascii_case("canonical"));
        if let Some((value, range)) = attributes.value("href").filter(|(value, _)| is_own && !value.is_empty()) {
            let key = "canonical".to_owned();
            self.metadata.push(MetadataEntry { key, value, range, origin: MetadataOrigin::Meta });
        }
    }

    fn time(&mut self, attributes: &Attributes<'_>) {
        if let Some((value, range)) = attributes.value("datetime").filter(|(value, _)| !value.is_empty()) {
            self.metadata.push(MetadataEntry { key: "time".to_owned(), value, range, origin: MetadataOrigin::Time });
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        self.broken = false;
        let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        self.flushed += 1;
        let Some(mut block) = self.builder.finish(kind) else { return };
        if matches!(kind, BlockKind::Caption | BlockKind::Credit) {
            block.image = self.image_of_caption();
        }
        // A word in a sentence does not make its block foreign.
        block.foreign = self.region_of_block().foreign == Some(true);
        self.blocks.push((block, self.region));
    }

    /// The region around the innermost open element that makes blocks.
    fn region_of_block(&self) -> Region {
        let inline = self.open.iter().rev().take_while(|open| !classes::is_block(&open.name));
        inline.last().map_or(self.region, |outermost| outermost.region)
    }

    /// The last image of the open figure, or the image right before a caption without a figure.
    fn image_of_caption(&self) -> Option<usize> {
        let last = (self.first_image + self.images.len()).checked_sub(1)?;
        match self.figures.last() {
            Some(before) => (last >= *before).then_some(last),
            None => {
                let (image, _) = self.images.last()?;
                let nothing_between = self
                    .blocks
                    .last()
                    .is_none_or(|(block, _)| block.range.end <= image.range.start || block.image.is_some());
                nothing_between.then_some(last)
            }
        }
    }
}

/// Whether a class of this element may say what the pictures in it are.
fn block_or_span(name: &str) -> bool {
    matches!(name, "div" | "span" | "a" | "p" | "li" | "td" | "figure" | "section")
}
