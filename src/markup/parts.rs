//! Stories that come in parts, such as the fields of a record: one text and one document of all of them.

use super::{Block, BlockKind, Document, Format, Image, SourceMap, is_ornament, languages, parse_alone, structure};
use crate::text::SourceRange;

/// What a part of a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// One block of this kind, without markup.
    Block(BlockKind),
    /// Copy with blocks of its own, in this format.
    Copy(Format),
    /// The address of an image. The captions and credits that follow belong to it.
    Image,
    /// Words that belong to the next part's block and that nobody wrote, such as the label of a credit.
    Label,
}

/// A part of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryPart {
    /// What it is.
    pub kind: PartKind,
    /// What it says.
    pub text: String,
}

/// What parts are together.
#[derive(Debug, Default)]
pub struct Joined {
    /// The parts one after another, with blank lines between.
    pub text: String,
    /// Where each part is in the text.
    pub places: Vec<SourceRange>,
    /// The document that they make; its ranges are bytes of the text.
    pub document: Document,
}

/// Puts parts together in the order in which they are read.
pub fn join(parts: &[StoryPart]) -> Joined {
    let mut joined = Joined::default();
    let mut label = None;
    for part in parts {
        if !joined.text.is_empty() && label.is_none() {
            joined.text.push_str("\n\n");
        }
        let start = joined.text.len();
        joined.text.push_str(&part.text);
        let range = start..joined.text.len();
        joined.places.push(range.clone());
        let document = &mut joined.document;
        match part.kind {
            PartKind::Label => {
                label = Some(start);
                continue;
            }
            PartKind::Block(kind) => {
                let from = label.unwrap_or(start);
                let text = joined.text.get(from..).unwrap_or_default();
                document.blocks.extend(block(kind, text, from));
            }
            PartKind::Copy(format) => append(document, parse_alone(&part.text, format), start),
            PartKind::Image => document.images.push(Image {
                range: range.clone(),
                src: part.text.clone(),
                src_range: range.clone(),
                // Records of photos have no alternative text beside the caption, so none is missing.
                alt: Some("\u{FFFC}".to_owned()),
                alt_range: range.end..range.end,
                graphic: false,
                credit: None,
            }),
        }
        label = None;
    }
    structure::classify(&mut joined.document, &[]);
    languages::mark(&mut joined.document, &[]);
    joined
}

/// A block of all of `text`, which is at byte `at`; `None` when nothing in it is read.
fn block(kind: BlockKind, text: &str, at: usize) -> Option<Block> {
    let prose = text.trim();
    if is_ornament(prose) {
        return None;
    }
    let start = at + (text.len() - text.trim_start().len());
    Some(Block {
        kind,
        range: start..start + prose.len(),
        prose: prose.into(),
        map: SourceMap::default(),
        image: None,
        foreign: false,
    })
}

/// Appends `other`, whose text begins at byte `at`.
fn append(document: &mut Document, mut other: Document, at: usize) {
    let shift = |range: &mut SourceRange| *range = range.start + at..range.end + at;
    let images = document.images.len();
    for block in &mut other.blocks {
        shift(&mut block.range);
        block.image = block.image.map(|image| image + images);
    }
    for image in &mut other.images {
        [&mut image.range, &mut image.src_range, &mut image.alt_range].into_iter().for_each(shift);
    }
    for link in &mut other.links {
        [&mut link.range, &mut link.target_range].into_iter().for_each(shift);
    }
    other.metadata.iter_mut().for_each(|entry| shift(&mut entry.range));
    other.comments.iter_mut().for_each(|comment| shift(&mut comment.range));
    other.problems.iter_mut().for_each(|problem| shift(&mut problem.range));
    if let Some(mut front_matter) = other.front_matter {
        shift(&mut front_matter);
        document.front_matter.get_or_insert(front_matter);
    }
    other.foreign.iter_mut().chain(&mut other.left_out).for_each(shift);
    document.foreign.append(&mut other.foreign);
    document.left_out.append(&mut other.left_out);
    document.holds_images |= other.holds_images;
    document.push_code(&other.code);
    document.blocks.append(&mut other.blocks);
    document.images.append(&mut other.images);
    document.links.append(&mut other.links);
    document.metadata.append(&mut other.metadata);
    document.comments.append(&mut other.comments);
    document.problems.append(&mut other.problems);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: PartKind, text: &str) -> StoryPart {
        StoryPart { kind, text: text.to_owned() }
    }

    #[test]
    fn parts_are_one_document_with_places_in_one_text() {
        let parts = [
            part(PartKind::Block(BlockKind::Headline), " Council keeps the ferry. "),
            part(PartKind::Block(BlockKind::Byline), "Ana Ruiz"),
            part(PartKind::Copy(Format::Html), "<p>The <b>ferry</b> stays.</p><img src=a.jpg alt=''><!-- x -->"),
            part(PartKind::Image, "b.jpg"),
            part(PartKind::Block(BlockKind::Caption), "The ferry leaves."),
            part(PartKind::Label, "Photo: "),
            part(PartKind::Block(BlockKind::Credit), "Tom Okafor"),
        ];
        let joined = join(&parts);
        let text = |range: &SourceRange| joined.text.get(range.clone()).unwrap_or_default().to_owned();
        for (part, place) in parts.iter().zip(&joined.places) {
            assert_eq!(text(place), part.text);
        }
        let blocks: Vec<_> = joined.document.blocks.iter().map(|b| (b.kind, text(&b.range), b.image)).collect();
        let wanted = [
            (BlockKind::Headline, "Council keeps the ferry.", None),
            (BlockKind::Byline, "Ana Ruiz", None),
            (BlockKind::Paragraph, "The <b>ferry</b> stays.", None),
            (BlockKind::Caption, "The ferry leaves.", Some(1)),
            (BlockKind::Credit, "Photo: Tom Okafor", Some(1)),
        ];
        assert_eq!(blocks, wanted.map(|(kind, text, image)| (kind, text.to_owned(), image)));
        assert_eq!(&*joined.document.blocks[2].prose, "The ferry stays.");
        assert_eq!(joined.document.images.iter().map(|i| text(&i.src_range)).collect::<Vec<_>>(), ["a.jpg", "b.jpg"]);
        assert_eq!(text(&joined.document.comments[0].range), "<!-- x -->");
    }

    #[test]
    fn empty_parts_make_no_blocks() {
        let joined = join(&[part(PartKind::Block(BlockKind::Headline), " "), part(PartKind::Copy(Format::Plain), "")]);
        assert!(joined.document.blocks.is_empty());
    }
}
