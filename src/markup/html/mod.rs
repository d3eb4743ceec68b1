//! HTML: a whole page or a fragment from a content management system.
//!
//! The tokenizer of html5gum finds the tags as browsers do; [`reader`] turns them into blocks. There is no tree and
//! no recursion: a list of open elements is enough to know what a block is.

mod attributes;
mod classes;
mod image;
mod json_ld;
mod markdown;
mod reader;
mod text;

use std::borrow::Cow;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rustc_hash::FxHashMap;

use super::{Block, BlockKind, Document, Image, front_matter, push_in_order, shortcodes};
use crate::text::SourceRange;
use attributes::Attributes;
use reader::{HtmlReader, Region};
pub(super) use text::block_of_attribute;

/// How many attributes the tokenizer gets to see in one go. Few enough for a small stack in a build without
/// optimization.
const MOST_ATTRIBUTES: usize = 100;

/// Takes an HTML page or fragment apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let body = front_matter::read(source, &mut document);
    let range = body..source.len();
    let codes = shortcodes::tags(source, range.clone());
    read(source, range, codes, &mut document);
    document
}

/// Reads the HTML at `range` of `source` into `document`, after what is there already. `codes` are the tags and expressions of
/// templates in the whole text, in order.
pub(super) fn read_fragment(source: &str, range: SourceRange, codes: &[SourceRange], document: &mut Document) {
    let first = codes.partition_point(|code| code.end <= range.start);
    let within = codes.iter().skip(first).take_while(|code| code.start < range.end);
    let codes = within.cloned().collect();
    read(source, range, codes, document);
}

/// The image that the single tag at `range` of `source` shows.
pub(super) fn image_of_tag(source: &str, range: SourceRange) -> Option<Image> {
    let attributes = Attributes::new(source, range.clone());
    image::image_of(source, &attributes, range)
}

fn read(source: &str, range: SourceRange, codes: Vec<SourceRange>, document: &mut Document) {
    // What is between `{% comment %}` and `{% endcomment %}` has tags of its own, which no reader sees.
    let unread: Vec<SourceRange> = codes.iter().filter(|code| source[(*code).clone()].contains('<')).cloned().collect();
    let is_unread = |start: usize, end: usize| {
        let code = unread.get(unread.partition_point(|code| code.end <= start));
        code.is_some_and(|code| code.start <= start && end <= code.end)
    };
    let mut reader = HtmlReader::new(source, range.clone(), codes, document.images.len());
    let text = &*with_breaks(&source[range.clone()]);
    let base = range.start;
    let mut tag_start = base;
    let mut handle = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<std::convert::Infallible> {
        let (start, end) = (base + span.start, base + span.end);
        match event {
            CallbackEvent::CloseStartTag { .. } if is_unread(tag_start, end) => {}
            CallbackEvent::EndTag { .. } if is_unread(start, end) => {}
            CallbackEvent::OpenStartTag { .. } => tag_start = start,
            CallbackEvent::CloseStartTag { self_closing } => reader.start_tag(tag_start..end, self_closing),
            CallbackEvent::EndTag { .. } => reader.end_tag(start..end),
            CallbackEvent::Comment { value } => reader.comment(start..end, value),
            CallbackEvent::Doctype { .. } => reader.doctype(start..end),
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::<_, std::convert::Infallible, usize>::new(&mut handle);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    reader.end();
    open_layout(&mut reader.blocks);
    keep(source, reader, document);
}

/// A cell that holds so many blocks, and so many bytes of prose, holds the page and no figure of a table.
const LAYOUT: (usize, usize) = (3, 1000);

/// Makes copy of what is in the cells by which old pages are laid out.
fn open_layout(blocks: &mut [(Block, Region)]) {
    let mut cells: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for (block, region) in blocks.iter().filter(|(block, _)| block.kind == BlockKind::Table) {
        if let Some(cell) = region.cell {
            let (count, bytes) = cells.entry(cell).or_default();
            (*count, *bytes) = (*count + 1, *bytes + block.prose.len());
        }
    }
    for (block, region) in blocks.iter_mut().filter(|(block, _)| block.kind == BlockKind::Table) {
        let held = region.cell.and_then(|cell| cells.get(&cell));
        if held.is_some_and(|(count, bytes)| *count >= LAYOUT.0 && *bytes >= LAYOUT.1) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// `text` for the tokenizer, of the same length: now and then a `/` stands for the blank between two attributes.
///
/// The tokenizer calls itself once more for each `name="value"` of a tag, so that a tag with thousands of them would
/// exhaust the stack, and a `/` there says nothing but ends that. Only tags' places are taken from the tokenizer; what
/// is in them is read from the source.
fn with_breaks(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut broken: Option<Vec<u8>> = None;
    let mut values = 0;
    for quote in memchr::memchr_iter(b'"', bytes) {
        let after = bytes.get(quote + 1..).unwrap_or_default();
        let next = after.iter().find(|byte| !byte.is_ascii_whitespace());
        // Before the end of a tag, a `/` would say that the element is empty.
        if !after.first().is_some_and(u8::is_ascii_whitespace) || matches!(next, None | Some(b'/' | b'>')) {
            continue;
        }
        values += 1;
        if values % MOST_ATTRIBUTES == 0
            && let Some(byte) = broken.get_or_insert_with(|| bytes.to_vec()).get_mut(quote + 1)
        {
            *byte = b'/';
        }
    }
    match broken.map(String::from_utf8) {
        Some(Ok(broken)) => Cow::Owned(broken),
        _ => Cow::Borrowed(text),
    }
}

/// Moves what belongs to the story from `reader` to `document`.
fn keep(source: &str, reader: HtmlReader<'_>, document: &mut Document) {
    let story = if reader.is_page { story_region(&reader) } else { None };
    let belongs = |region: &Region| match story {
        None => true,
        Some(StoryRange::Article(number)) => region.article == Some(number),
        Some(StoryRange::Main) => region.main,
        Some(StoryRange::Body) => region.body,
    };
    // The headline may be over the article, and the page's title serves when there is none.
    let mut headline = reader
        .blocks
        .iter()
        .any(|(block, region)| block.kind == BlockKind::Headline && belongs(region) && !region.title);
    let first_image = document.images.len();
    let mut numbers = Vec::with_capacity(reader.images.len());
    for (image, region) in reader.images {
        numbers.push(belongs(&region).then_some(document.images.len()));
        if belongs(&region) {
            document.images.push(image);
        }
    }
    let over_article =
        !headline && reader.blocks.iter().any(|(block, region)| block.kind == BlockKind::Headline && !region.title);
    for (mut block, region) in reader.blocks {
        let is_headline = block.kind == BlockKind::Headline;
        let wanted =
            if region.title { !headline && !over_article } else { belongs(&region) || (is_headline && !headline) };
        if !wanted {
            continue;
        }
        headline |= is_headline && !region.title;
        block.image = block.image.and_then(|image| numbers.get(image.checked_sub(first_image)?).copied().flatten());
        push_in_order(&mut document.blocks, block);
    }
    document.links.extend(reader.links.into_iter().filter(|(_, region)| belongs(region)).map(|(link, _)| link));
    document.metadata.extend(reader.metadata);
    document.comments.extend(reader.comments);
    document.foreign.extend(reader.foreign);
    document.left_out.extend(reader.left_out);
    reader.code.into_iter().filter_map(|range| source.get(range)).for_each(|code| document.push_code(code));
}

/// Where a page's story is.
#[derive(Clone, Copy)]
enum StoryRange {
    /// In the article with this number.
    Article(usize),
    Main,
    Body,
}

/// The article with the most copy (others are teasers), else the main part, else what is marked as the article's body.
fn story_region(reader: &HtmlReader<'_>) -> Option<StoryRange> {
    let mut lengths = vec![0; reader.articles];
    let (mut main, mut body) = (false, false);
    for (block, region) in &reader.blocks {
        if let Some(length) = region.article.and_then(|article| lengths.get_mut(article)) {
            *length += block.prose.len();
        }
        main |= region.main;
        body |= region.body;
    }
    let longest = lengths.iter().enumerate().max_by_key(|(number, length)| (**length, usize::MAX - number));
    match longest {
        Some((number, length)) if *length > 0 => Some(StoryRange::Article(number)),
        _ if main => Some(StoryRange::Main),
        _ if body => Some(StoryRange::Body),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::MetadataOrigin;
    use crate::text::Span;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        parse(source).blocks.into_iter().map(|block| (block.kind, block.prose.to_string())).collect()
    }

    #[test]
    fn a_page_is_read_where_its_article_is() {
        use BlockKind::*;
        let source = "<!DOCTYPE html><html><head><title>Ferry – The Courier</title><style>p { x }</style>\
            <meta property=\"article:published_time\" content=\"2018-02-12T08:00:00Z\">\
            <script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Ferry \\\"stays\\\"\", \"datePublished\": \"2018-02-12\", \"author\": {\"name\": \"Ana Ruiz\"}}</script></head>\
            <body><header><nav><a href=/>Home</a></nav></header><main><h1>Ferry stays</h1><article><p class=\"article-byline\">By Ana Ruiz</p>\
            <time datetime=\"2018-02-12\">Feb. 12</time><figure><img src=\"a.jpg\" alt=\"A ferry\"><figcaption>The ferry leaves. <span class=credit>Ana Ruiz</span></figcaption></figure>\
            <p>The council voted.<br><br>It was late.</p><h2>Repairs</h2><ul><li>One<li>Two</ul><blockquote><p>No.</p></blockquote><script>x < y</script><pre>code</pre></article>\
            <article><p>Teaser</p></article></main><footer><p>Copyright</p></footer></body></html>";
        let document = parse(source);
        let found: Vec<_> = document.blocks.iter().map(|b| (b.kind, &*b.prose)).collect();
        assert_eq!(
            found,
            [
                (Headline, "Ferry stays"),
                (Byline, "By Ana Ruiz"),
                (Paragraph, "Feb. 12"),
                (Caption, "The ferry leaves. Ana Ruiz"),
                (Paragraph, "The council voted."),
                (Paragraph, "It was late."),
                (Heading, "Repairs"),
                (ListItem, "One"),
                (ListItem, "Two"),
                (BlockQuote, "No."),
            ]
        );
        assert_eq!(document.blocks[3].image, Some(0));
        assert_eq!((document.images[0].src.as_str(), document.images[0].alt.as_deref()), ("a.jpg", Some("A ferry")));
        let metadata: Vec<_> =
            document.metadata.iter().map(|m| (m.origin, m.key.as_str(), &source[m.range.clone()])).collect();
        use MetadataOrigin::*;
        assert_eq!(
            metadata,
            [
                (Meta, "article:published_time", "2018-02-12T08:00:00Z"),
                (JsonLd, "headline", "Ferry \\\"stays\\\""),
                (JsonLd, "datepublished", "2018-02-12"),
                (JsonLd, "author", "Ana Ruiz"),
                (Time, "time", "2018-02-12"),
            ]
        );
    }

    #[test]
    fn entities_and_white_space_are_mapped() {
        let source = "<p>Tom &amp; Ana&rsquo;s   <b>old</b>\n ferry&nbsp;&#8211; &bogus; R&D &copy2018.</p>";
        let document = parse(source);
        let block = &document.blocks[0];
        assert_eq!(&*block.prose, "Tom & Ana’s old ferry\u{a0}– &bogus; R&D ©2018.");
        let span = |word: &str| block.prose.find(word).map(|at| Span::new(at, at + word.len())).expect("it is there");
        assert_eq!(&source[block.to_source(span("&"))], "&amp;");
        assert_eq!(&source[block.to_source(span("’"))], "&rsquo;");
        assert_eq!(&source[block.to_source(span("old"))], "old");
        assert_eq!(&source[block.to_source(span("–"))], "&#8211;");
        assert!(block.map.is_verbatim(span("ferry")));
        assert!(!block.map.is_verbatim(span("s old")));
    }

    #[test]
    fn words_around_a_line_break_are_one_stretch_however_lines_end() {
        for line_break in ["\n", "\r\n", "\r"] {
            let source = format!("<p>It <b>rains</b>{line_break}and insists{line_break}of rain.</p>");
            let block = &parse(&source).blocks[0];
            let start = block.prose.find("and").map_or(0, |at| at - line_break.len());
            assert_eq!(block.prose[start..].split_whitespace().count(), 4);
            assert!(block.map.is_verbatim(Span::new(start, block.prose.len())), "{line_break:?}");
        }
    }

    #[test]
    fn links_comments_and_inline_code() {
        let source = "<div>See <a href=\"/a?b&amp;c\">the <i>plan</i></a>.<!-- copydesk: off --> Run <code>x <b></code> now.</div>after";
        let document = parse(source);
        assert_eq!(&*document.blocks[0].prose, "See the plan. Run \u{FFFC} now.");
        assert_eq!(&*document.blocks[1].prose, "after");
        assert_eq!((document.links[0].target.as_str(), document.links[0].text.as_str()), ("/a?b&c", "the plan"));
        assert_eq!(document.comments[0].text, " copydesk: off ");
    }

    #[test]
    fn unclosed_elements_end_where_browsers_end_them() {
        use BlockKind::*;
        assert_eq!(
            blocks("<h1>Ferry<p>One<p class=byline>By Ana Ruiz<p>Two<h2>Sub</b></i><p>Three"),
            [
                (Headline, "Ferry".to_owned()),
                (Paragraph, "One".to_owned()),
                (Byline, "By Ana Ruiz".to_owned()),
                (Paragraph, "Two".to_owned()),
                (Heading, "Sub".to_owned()),
                (Paragraph, "Three".to_owned()),
            ]
        );
    }
}
