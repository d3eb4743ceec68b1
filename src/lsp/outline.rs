//! The shape of a story: its outline, what folds, and what a selection grows to.

use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Location, Position, SelectionRange,
    SymbolInformation, SymbolKind,
};

use super::document::View;
use super::hover::speaker;
use crate::markup::{Block, BlockKind};
use crate::story::FactName as _;
use crate::story::quote::QuoteKind;
use crate::story::source::SourceKind;
use crate::text::{SourceRange, on_one_line, shortened, single_spaced};

/// Characters of a quote or heading that are shown.
const SHOWN: usize = 60;

/// One line of the outline.
struct OutlineEntry {
    /// What it covers; a section runs to the next heading.
    range: SourceRange,
    /// The words that name it.
    name_range: SourceRange,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    opens_section: bool,
}

/// The outline, nested where the client can show that.
pub fn symbols(view: &View, nested: bool) -> DocumentSymbolResponse {
    let entries = entries(view);
    if !nested {
        let location = |entry: &OutlineEntry| Location::new(view.document.uri.clone(), view.range(&entry.range));
        #[allow(deprecated)] // The field that replaced `deprecated` is not for old clients, and this is.
        let flat = entries.iter().map(|entry| SymbolInformation {
            name: entry.name.clone(),
            kind: entry.kind,
            tags: None,
            deprecated: None,
            location: location(entry),
            container_name: entry.detail.clone(),
        });
        return DocumentSymbolResponse::Flat(flat.collect());
    }
    let mut top: Vec<DocumentSymbol> = Vec::new();
    let mut section: Option<DocumentSymbol> = None;
    for entry in entries {
        let opens = entry.opens_section;
        let symbol = symbol(view, entry);
        if opens {
            top.extend(section.replace(symbol));
        } else if let Some(open) = &mut section {
            open.children.get_or_insert_default().push(symbol);
        } else {
            top.push(symbol);
        }
    }
    top.extend(section);
    DocumentSymbolResponse::Nested(top)
}

fn symbol(view: &View, entry: OutlineEntry) -> DocumentSymbol {
    #[allow(deprecated)] // The field must be there; `tags` replaced it.
    DocumentSymbol {
        name: entry.name,
        detail: entry.detail,
        kind: entry.kind,
        tags: None,
        deprecated: None,
        range: view.range(&entry.range),
        selection_range: view.range(&entry.name_range),
        children: None,
    }
}

fn entries(view: &View) -> Vec<OutlineEntry> {
    let story = view.story();
    let blocks = &story.document.blocks;
    let mut entries = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let (kind, detail) = match block.kind {
            BlockKind::Headline => (SymbolKind::FILE, "headline"),
            BlockKind::Byline => (SymbolKind::PROPERTY, "byline"),
            BlockKind::Dateline => (SymbolKind::PROPERTY, "dateline"),
            BlockKind::Heading => (SymbolKind::NAMESPACE, "section"),
            _ => continue,
        };
        let range = if block.kind == BlockKind::Heading { section(blocks, index) } else { block.range.clone() };
        entries.push(OutlineEntry {
            range,
            name_range: block.range.clone(),
            name: shown(&block.prose),
            detail: Some(detail.to_owned()),
            kind,
            opens_section: block.kind == BlockKind::Heading,
        });
    }
    let mut add = |range: SourceRange, name: String, detail: Option<String>, kind: SymbolKind| {
        entries.push(OutlineEntry { name_range: range.clone(), range, name, detail, kind, opens_section: false });
    };
    for photo in story.photos {
        let image = photo.image.and_then(|index| story.document.images.get(index));
        let passage = photo.caption.or(photo.credit.as_ref().map(|credit| credit.passage));
        let Some(range) = image.map(|image| image.range.clone()).or(passage.map(|p| view.source_of(p))) else {
            continue;
        };
        let name = passage.map(|p| shown(story.slice(p))).or(image.map(|image| shown(&image.src)));
        let credit = photo.credit.as_ref().map(|credit| on_one_line(story.slice(credit.passage)).into_owned());
        add(range, name.unwrap_or_default(), credit.or(Some("no credit".to_owned())), SymbolKind::OBJECT);
    }
    for quote in story.quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Partial)) {
        let said = speaker(&story, quote).unwrap_or_else(|| "speaker not named".to_owned());
        add(view.source_of(quote.passage), shown(story.slice(quote.passage)), Some(said), SymbolKind::STRING);
    }
    for source in story.sources.iter().filter(|source| source.kind != SourceKind::Named) {
        let kind = format!("{} source", source.kind.fact_name());
        add(view.source_of(source.passage), shown(story.slice(source.passage)), Some(kind), SymbolKind::INTERFACE);
    }
    // A client refuses a symbol without a name.
    entries.retain(|entry| !entry.name.is_empty());
    entries.sort_by_key(|entry| (entry.name_range.start, !entry.opens_section));
    entries
}

/// From the heading at `index` to the end of the last block before the next heading.
fn section(blocks: &[Block], index: usize) -> SourceRange {
    let start = blocks.get(index).map_or(0, |block| block.range.start);
    let inside = blocks.iter().enumerate().skip(index);
    let last = inside.take_while(|(at, block)| *at == index || block.kind != BlockKind::Heading).last();
    start..last.map_or(start, |(_, block)| block.range.end)
}

fn shown(text: &str) -> String {
    shortened(&single_spaced(text), SHOWN)
}

/// What folds: front matter, sections, runs of house text, long comments.
pub fn folds(view: &View) -> Vec<FoldingRange> {
    let document = &view.checked.analysis.document;
    let blocks = &document.blocks;
    let mut folds: Vec<(SourceRange, Option<FoldingRangeKind>)> = Vec::new();
    folds.extend(document.front_matter.clone().map(|range| (range, Some(FoldingRangeKind::Region))));
    let headings = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading);
    folds.extend(headings.map(|(index, _)| (section(blocks, index), None)));
    folds.extend(document.comments.iter().map(|c| (c.range.clone(), Some(FoldingRangeKind::Comment))));
    for run in blocks.chunk_by(|a, b| a.kind == b.kind).filter(|run| run[0].kind == BlockKind::Boilerplate) {
        let range = run[0].range.start..run[run.len() - 1].range.end;
        folds.push((range, Some(FoldingRangeKind::Region)));
    }
    let fold = |(range, kind): (SourceRange, Option<FoldingRangeKind>)| {
        let trimmed = view.source().get(range.clone()).unwrap_or_default().trim_end().len();
        let lines = view.range(&(range.start..range.start + trimmed));
        (lines.start.line < lines.end.line).then(|| FoldingRange {
            start_line: lines.start.line,
            end_line: lines.end.line,
            kind,
            ..FoldingRange::default()
        })
    };
    let mut folds: Vec<FoldingRange> = folds.into_iter().filter_map(fold).collect();
    folds.sort_by_key(|fold| (fold.start_line, fold.end_line));
    folds
}

/// What a selection grows to, for each position: word, sentence, quote, paragraph, section, story.
pub fn selections(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|&at| selection(view, at)).collect()
}

fn selection(view: &View, at: Position) -> SelectionRange {
    let offset = view.offset(at);
    let analysis = &view.checked.analysis;
    let blocks = &analysis.document.blocks;
    let mut ranges: Vec<SourceRange> = Vec::new();
    let block = blocks.iter().position(|block| block.range.start <= offset && offset <= block.range.end);
    if let Some(index) = block {
        let heading = (0..=index).rev().find(|&i| blocks[i].kind == BlockKind::Heading);
        ranges.extend(heading.map(|heading| section(blocks, heading)));
        ranges.push(blocks[index].range.clone());
        let read = &analysis.paragraphs[index];
        let source = |span| blocks[index].to_source(span);
        ranges.extend(read.paragraph.sentences.iter().map(|sentence| source(sentence.span)));
        ranges.extend(read.quotes.quoted.iter().flat_map(|quoted| [source(quoted.span), source(quoted.inner)]));
        ranges.extend(read.paragraph.tokens.iter().map(|token| source(token.span)));
    }
    ranges.retain(|range| range.start <= offset && offset <= range.end);
    ranges.sort_by_key(|range| std::cmp::Reverse(range.len()));
    let mut selection = SelectionRange { range: view.range(&(0..view.source().len())), parent: None };
    let mut outer = 0..view.source().len();
    for range in ranges {
        // A sentence and a quote may overlap without one holding the other; then the first, which is longer, stands.
        let inside = outer.start <= range.start && range.end <= outer.end && range != outer && !range.is_empty();
        if inside {
            selection = SelectionRange { range: view.range(&range), parent: Some(Box::new(selection)) };
            outer = range;
        }
    }
    selection
}
