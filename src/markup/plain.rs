//! Plain text: a paragraph a line.

use super::{Block, BlockKind, Document, SourceMap};

/// Takes a plain text apart.
pub fn parse(source: &str) -> Document {
    let mut document = Document::default();
    let mut start = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        if !text.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            document.blocks.push(Block {
                kind: if document.blocks.is_empty() { BlockKind::Headline } else { BlockKind::Paragraph },
                range: from..from + text.len(),
                prose: text.to_owned(),
                map: SourceMap::default(),
                image: None,
            });
        }
        start += line.len();
    }
    document
}
