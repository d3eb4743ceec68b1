//! Markdown: CommonMark with tables, footnotes, math, front matter and shortcodes.

mod images;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Event, Options, Parser, RefDefs, Tag, TagEnd};

use super::align::without_link_marks;
use super::builder::{BlockBuilder, PLACEHOLDER};
use super::{
    Block, BlockKind, Comment, Document, Image, Link, front_matter, html, kramdown, pictures, push_in_order, shortcodes,
};
use crate::text::SourceRange;

/// Longest line directly under an image, in words, that is taken for its caption.
const LONGEST_CAPTION: usize = 60;

/// Takes a Markdown text apart.
pub fn parse(source: &str) -> Document {
    read(source, false)
}

/// Takes an MDX text apart.
pub fn parse_mdx(source: &str) -> Document {
    read(source, true)
}

fn read(source: &str, is_mdx: bool) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    document.blocks = std::mem::take(&mut document.blocks).into_iter().map(without_link_marks).collect();
    let codes = shortcodes::find(source, body, is_mdx);
    let masked = kramdown::opened(shortcodes::mask(source, &codes));
    let comment = |code: &SourceRange| {
        let text = shortcodes::mdx_comment(source, code)?.to_owned();
        Some(Comment { range: code.clone(), text })
    };
    document.comments.extend(codes.iter().filter_map(comment));
    let plain = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    // Where `$1000 … [the plan](…/$file/…)` or `$7 million.<br /> … $3` reads as mathematics, dollar signs are none of it.
    let is_markup = |math: &str| math.contains("](") || math.contains('<') && !is_formula(math);
    let holds_markup = |event: Event<'_>| matches!(event, Event::InlineMath(math) if is_markup(&math));
    let math = plain | Options::ENABLE_MATH;
    let money = masked[body..].contains('$') && Parser::new_ext(&masked[body..], math).any(holds_markup);
    let parser = Parser::new_ext(&masked[body..], if money { plain } else { math });
    let title =
        document.blocks.iter().find(|block| block.kind == BlockKind::Headline).map(|block| block.prose.to_string());
    let mut reader = MarkdownReader {
        source,
        masked: &masked,
        codes: &codes,
        next_code: 0,
        body,
        document,
        builder: BlockBuilder::default(),
        containers: Vec::new(),
        heading: None,
        title,
        seen_h1: false,
        skipping: 0,
        struck: false,
        image_depth: 0,
        last_end: body,
        emphasis: 0,
        plain_text: false,
        slanted: false,
        links: Vec::new(),
        only_image: None,
        captioned: None,
        caption_blocks: Vec::new(),
    };
    let mut events = parser.into_offset_iter();
    while let Some((event, range)) = events.next() {
        let range = range.start + body..range.end + body;
        reader.event(event, range, events.reference_definitions());
    }
    reader.flush();
    reader.document.comments.sort_by_key(|comment| comment.range.start);
    reader.document
}

/// The document so far and where in the markup the reader is.
struct MarkdownReader<'a> {
    source: &'a str,
    /// The source with letters in place of shortcodes: what the parser sees.
    masked: &'a str,
    codes: &'a [SourceRange],
    /// Index of the first shortcode that is not behind the reader.
    next_code: usize,
    /// Byte at which the body starts.
    body: usize,
    document: Document,
    builder: BlockBuilder,
    /// Lists' items, quotes, footnotes and tables that are open, outermost first.
    containers: Vec<BlockKind>,
    /// Level of the open heading.
    heading: Option<u8>,
    /// The front matter's title.
    title: Option<String>,
    seen_h1: bool,
    /// How many code blocks, HTML blocks and the like are open.
    skipping: usize,
    /// Text that is struck out is open.
    struck: bool,
    /// How many images are open: an image's alternative text may hold images.
    image_depth: usize,
    /// End of the last piece of inline markup.
    last_end: usize,
    /// How many emphases are open.
    emphasis: usize,
    /// The block holds text that is not emphasized.
    plain_text: bool,
    /// The block holds text in italics: bold alone makes a heading.
    slanted: bool,
    links: Vec<OpenLink>,
    /// The image that opened the block, as long as nothing but images is in it.
    only_image: Option<usize>,
    /// The image whose caption the block is: it is on the line above.
    captioned: Option<usize>,
    /// Captions from an image's own markup, used when the image stands alone.
    caption_blocks: Vec<Block>,
}

/// A link whose text is being read.
struct OpenLink {
    range: SourceRange,
    target: String,
    target_range: SourceRange,
    /// Bytes of the block's prose before the link's text.
    text_start: usize,
}

impl MarkdownReader<'_> {
    fn event(&mut self, event: Event<'_>, range: SourceRange, definitions: &RefDefs<'_>) {
        if self.image_depth > 0 {
            return self.event_in_image(&event, range.end);
        }
        if self.struck {
            if matches!(event, Event::End(TagEnd::Strikethrough)) {
                self.struck = false;
                self.last_end = range.end;
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag, range),
            // Text of a code block; of an HTML block, the reader of HTML keeps it.
            Event::Text(text) if self.skipping > 0 => self.document.push_code(&text),
            _ if self.skipping > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.document.push_code(&code);
                self.placeholder(range);
            }
            Event::InlineMath(math) | Event::DisplayMath(math) => {
                // Dollar signs in news are money: “$5-$6 million” is no formula.
                if is_formula(&math) {
                    self.placeholder(range);
                } else {
                    let raw = &self.masked[range.clone()];
                    self.text(raw, range);
                }
            }
            Event::InlineHtml(_) => self.inline_html(range),
            Event::SoftBreak | Event::HardBreak => self.line_break(range),
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Html(_) => self.last_end = range.end,
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: SourceRange, definitions: &RefDefs<'_>) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(_) => self.open(BlockKind::BlockQuote),
            Tag::Item => self.open(BlockKind::ListItem),
            Tag::FootnoteDefinition(_) => self.open(BlockKind::Footnote),
            Tag::TableCell => self.open(BlockKind::Table),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.skipping += 1;
            }
            Tag::HtmlBlock => {
                self.flush();
                self.skipping += 1;
                self.html_block(range);
            }
            Tag::Emphasis | Tag::Strong => {
                // `![](a.jpg)*Photo by Ana Ruiz*`.
                self.end_image_line();
                self.slanted |= tag == Tag::Emphasis;
                self.emphasis += 1;
            }
            // What is struck out is no longer said. One tilde strikes nothing out where `~5` means about five.
            Tag::Strikethrough if self.source[range.clone()].starts_with("~~") => {
                self.placeholder(range);
                self.struck = true;
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                let (target, target_range) = self.target(link_type, &dest_url, &id, &range, definitions);
                self.links.push(OpenLink { range, target, target_range, text_start: self.builder.len() });
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.image_depth = 1;
                let (src, src_range) = self.target(link_type, &dest_url, &id, &range, definitions);
                self.start_image(range, src, src_range, &title);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: SourceRange) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::TableCell => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Table => self.flush(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipping = self.skipping.saturating_sub(1);
                self.last_end = range.end;
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.emphasis = self.emphasis.saturating_sub(1);
                self.last_end = range.end;
            }
            TagEnd::Link => {
                self.last_end = range.end;
                let Some(link) = self.links.pop() else { return };
                let text = self.builder.prose().get(link.text_start..).unwrap_or_default().trim().to_owned();
                let OpenLink { range, target, target_range, .. } = link;
                self.document.links.push(Link { range, target, target_range, text });
            }
            _ => self.last_end = range.end,
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.flush();
        self.containers.push(kind);
    }

    /// Text of the source, escapes and entities decoded.
    fn text(&mut self, text: &str, range: SourceRange) {
        let mut at = range.start;
        // A shortcode may be in the middle of a text, or go on from the one before.
        while let Some(code) = self.codes.get(self.next_code).filter(|code| code.start < range.end) {
            let code = code.clone();
            if code.end > at {
                if at < code.start {
                    self.literal(at..code.start);
                }
                if code.start >= range.start {
                    // A shortcode may run over lines, and these may be of several blocks: the first holds it.
                    self.shortcode(&code, code.start..code.end.min(range.end));
                }
                at = code.end;
            }
            if code.end > range.end {
                self.last_end = range.end;
                return;
            }
            self.next_code += 1;
        }
        if at > range.start {
            if at < range.end {
                self.literal(at..range.end);
            }
        } else if self.masked[range.clone()] == *text {
            self.literal(range.clone());
        } else {
            self.note_text(text);
            self.builder.opaque(text, range.clone());
        }
        self.last_end = range.end;
    }

    /// Text that is written as it is read. A backslash right before it escapes its first character.
    fn literal(&mut self, range: SourceRange) {
        let source = self.source;
        let (text, mut start) = (&source[range.clone()], range.start);
        self.note_text(text);
        let escaped = start > self.last_end
            && source.as_bytes()[start - 1] == b'\\'
            && text.starts_with(|c: char| c.is_ascii_punctuation());
        if escaped {
            self.builder.opaque(&text[..1], start - 1..start + 1);
            start += 1;
        }
        self.collapsed(&source[start..range.end], start);
    }

    /// Text at byte `at`, with one blank for each run of blanks, as the page shows it.
    fn collapsed(&mut self, text: &str, mut at: usize) {
        let mut rest = text;
        while let Some(open) = rest.find("  ") {
            self.builder.verbatim(&rest[..open], at);
            let blanks = rest[open..].len() - rest[open..].trim_start_matches(' ').len();
            self.builder.opaque(" ", at + open..at + open + blanks);
            (at, rest) = (at + open + blanks, &rest[open + blanks..]);
        }
        self.builder.verbatim(rest, at);
    }

    /// Keeps in mind what tells a caption: whether there is text, and whether it is emphasized.
    fn note_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.only_image = None;
            self.plain_text |= self.emphasis == 0;
        }
    }

    fn placeholder(&mut self, range: SourceRange) {
        self.note_text("x");
        self.last_end = range.end;
        self.builder.opaque(PLACEHOLDER, range);
    }

    fn line_break(&mut self, range: SourceRange) {
        self.last_end = range.end;
        if self.end_image_line() {
            return;
        }
        if self.codes.get(self.next_code).is_some_and(|code| code.start < range.start && range.start < code.end) {
            return;
        }
        // `<br>` at the end of a line broke it already.
        if self.builder.prose().ends_with('\n') {
            return;
        }
        let raw = &self.source[range.clone()];
        if matches!(raw, "\n" | "\r\n" | "\r") {
            self.builder.verbatim(raw, range.start);
        } else {
            self.builder.opaque("\n", range);
        }
    }

    /// The image has the line to itself, or the caption's own markup follows: what comes next in its paragraph is its caption.
    fn end_image_line(&mut self) -> bool {
        let Some(image) = self.only_image.take() else { return false };
        self.builder.clear();
        for caption in std::mem::take(&mut self.caption_blocks) {
            push_in_order(&mut self.document.blocks, caption);
        }
        self.captioned = Some(image);
        true
    }

    fn shortcode(&mut self, code: &SourceRange, shown: SourceRange) {
        if shortcodes::mdx_comment(self.source, code).is_some() {
            return;
        }
        let was_empty = self.builder.is_empty();
        self.builder.opaque(shortcodes::stand_in(self.source, code), shown);
        let parameters = shortcodes::figure_parameters(self.source, code);
        let value = |names: &[&str]| parameters.iter().find(|p| names.contains(&p.name)).map(|p| p.range.clone());
        let Some(src_range) = value(&["src", "url", "image", "image_path", "file", "link"]) else { return };
        let (alt, index) = (value(&["alt"]), self.document.images.len());
        let text_of = |range: &SourceRange| &self.source[range.clone()];
        let graphic = pictures::is_drawn(text_of(&src_range))
            || alt.as_ref().is_some_and(|alt| pictures::says_drawn(text_of(alt)))
            || value(&["class"]).is_some_and(|class| pictures::is_drawn_class(text_of(&class)))
            || self.links.last().is_some_and(|link| pictures::is_teaser(&link.target));
        self.document.images.push(Image {
            range: code.clone(),
            src: self.source[src_range.clone()].to_owned(),
            src_range: src_range.clone(),
            alt: alt.clone().map(|range| self.source[range].to_owned()),
            alt_range: alt.unwrap_or(src_range.end..src_range.end),
            graphic,
            credit: None,
        });
        if !was_empty {
            return;
        }
        self.only_image = Some(index);
        let mut parts = [
            (
                BlockKind::Caption,
                value(&["caption", "cutline", "figcaption"]).or_else(|| value(&["description", "title"])),
            ),
            (
                BlockKind::Credit,
                value(&["credit", "attr", "attribution", "photographer", "byline", "source", "copyright"]),
            ),
        ];
        parts.sort_by_key(|(_, range)| range.as_ref().map(|range| range.start));
        for (kind, range) in parts {
            let Some(range) = range else { continue };
            self.caption_blocks.extend(
                html::block_of_attribute(kind, self.source, range)
                    .map(|b| without_link_marks(Block { image: Some(index), ..b })),
            );
        }
    }

    fn inline_html(&mut self, range: SourceRange) {
        self.last_end = range.end;
        let raw = &self.source[range.clone()];
        let name = raw.trim_start_matches('<').to_ascii_lowercase();
        if let Some(text) = raw.strip_prefix("<!--").and_then(|raw| raw.strip_suffix("-->")) {
            self.document.comments.push(Comment { range, text: text.to_owned() });
        } else if name.starts_with("br") && !name[2..].starts_with(|c: char| c.is_alphanumeric()) {
            self.builder.opaque("\n", range);
        } else if name.starts_with("img")
            && let Some(image) = html::image_of_tag(self.source, range.clone())
        {
            let alone = self.builder.is_empty();
            self.only_image = alone.then_some(self.document.images.len());
            self.document.images.push(image);
            self.builder.opaque(PLACEHOLDER, range);
        } else if self.only_image.is_some()
            && ["small", "figcaption", "sub", "cite", "em>", "i>", "em ", "i "].iter().any(|tag| name.starts_with(tag))
        {
            // `![](a.jpg)<small>Photo by Ana Ruiz</small>`.
            self.end_image_line();
        }
    }

    fn html_block(&mut self, range: SourceRange) {
        // Inside a quote or a list the lines of the block have markers that HTML does not know.
        if self.containers.is_empty() {
            html::read_fragment(self.source, range, self.codes, &mut self.document);
            return;
        }
        let raw = &self.source[range.clone()];
        if let Some(open) = raw.find("<!--")
            && let Some(close) = raw[open..].find("-->")
        {
            let text = raw[open + 4..(open + close).max(open + 4)].to_owned();
            self.document.comments.push(Comment { range: range.start + open..range.start + open + close + 3, text });
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let captioned = self.captioned.take();
        let only_image = self.only_image.take();
        let emphasized = !std::mem::take(&mut self.plain_text);
        let slanted = std::mem::take(&mut self.slanted);
        let captions = std::mem::take(&mut self.caption_blocks);
        self.links.clear();
        if only_image.is_some() {
            self.builder.clear();
            for caption in captions {
                push_in_order(&mut self.document.blocks, caption);
            }
            return;
        }
        let kind = match self.heading {
            Some(level) => self.heading_kind(level),
            None => self.containers.last().copied().unwrap_or(BlockKind::Paragraph),
        };
        let Some(mut block) = self.builder.finish(kind) else { return };
        if block.kind == BlockKind::Paragraph {
            let words = block.prose.split_whitespace().take(LONGEST_CAPTION + 1).count();
            let image = captioned.or_else(|| self.image_above(&block).filter(|_| emphasized && slanted));
            if image.is_some() && words <= LONGEST_CAPTION {
                block.kind = BlockKind::Caption;
                block.image = image;
            } else if emphasized && words <= 12 && !block.prose.ends_with(['.', '!', '?', ':', ',', ')', '”', '"', '…'])
            {
                block.kind = BlockKind::Heading;
            }
        }
        push_in_order(&mut self.document.blocks, block);
    }

    /// The first heading of level 1 is the headline, unless the front matter names another.
    fn heading_kind(&mut self, level: u8) -> BlockKind {
        if level != 1 || self.seen_h1 {
            return BlockKind::Heading;
        }
        self.seen_h1 = true;
        match &self.title {
            Some(title) if *title != self.builder.prose().trim() => BlockKind::Heading,
            _ => BlockKind::Headline,
        }
    }
}

/// Whether what is between dollar signs is mathematics.
fn is_formula(text: &str) -> bool {
    let letter = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
    !text.contains('\n') && (letter || text.contains(['\\', '^', '_', '{', '=']))
}
