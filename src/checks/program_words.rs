//! The words of a story that are for programs: in code, in addresses, in names of files.

use rustc_hash::FxHashSet;

use crate::markup::Document;
use crate::text::hash;

/// The words in code, addresses and names of files of the story, as the hashes of their lower case.
pub(super) fn words_of_programs(document: &Document) -> FxHashSet<u64> {
    let links = document.links.iter().map(|link| &link.target);
    let images = document.images.iter().map(|image| &image.src);
    let mut found = FxHashSet::default();
    for text in links.chain(images).chain([&document.code]) {
        let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
        found.extend(words.map(|word| hash(word.to_ascii_lowercase().as_bytes())));
    }
    found
}
