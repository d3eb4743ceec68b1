//! Word and OpenDocument texts, as blocks: a paragraph a line of the text that stands for them.

use super::{Block, BlockKind, Document, SourceMap, is_ornament};
use crate::office::{Manuscript, Role};

/// Takes a document apart. `source` is [`Manuscript::text`], and all ranges count its bytes.
pub fn of_manuscript(source: &str, manuscript: &Manuscript) -> Document {
    let roles = manuscript.paragraphs.iter().map(|paragraph| paragraph.role);
    let mut document = of_lines(source, roles);
    let titled = manuscript.paragraphs.iter().any(|paragraph| paragraph.role == Role::Title);
    // Where nothing is called the title, a heading of the first level that opens the document is.
    let opens = manuscript.paragraphs.first().is_some_and(|paragraph| paragraph.role == Role::Heading(1));
    if let Some(first) = document.blocks.first_mut().filter(|_| !titled && opens) {
        first.kind = BlockKind::Headline;
    }
    super::finish(&mut document);
    document
}

/// The same, of a text whose paragraphs' roles are not known.
pub fn of_manuscript_text(source: &str) -> Document {
    let mut document = of_lines(source, std::iter::repeat(Role::Body));
    super::finish(&mut document);
    document
}

fn of_lines(source: &str, roles: impl Iterator<Item = Role>) -> Document {
    let mut document = Document::default();
    let mut start = 0;
    for (line, role) in source.split('\n').zip(roles) {
        let range = start + (line.len() - line.trim_start().len())..start + line.trim_end().len();
        start += line.len() + 1;
        let Some(prose) = source.get(range.clone()).filter(|prose| !is_ornament(prose)) else { continue };
        let kind = match role {
            Role::Title => BlockKind::Headline,
            Role::Subtitle => BlockKind::Dek,
            Role::Heading(_) => BlockKind::Heading,
            Role::Body => BlockKind::Paragraph,
            Role::ListItem => BlockKind::ListItem,
            Role::Quote => BlockKind::BlockQuote,
            Role::Caption => BlockKind::Caption,
            Role::Cell => BlockKind::Table,
            Role::Note => BlockKind::Footnote,
        };
        let prose = prose.into();
        document.blocks.push(Block { kind, prose, range, map: SourceMap::default(), image: None, foreign: false });
    }
    document
}
