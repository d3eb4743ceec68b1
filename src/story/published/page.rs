//! The publication date in the metadata of a web page.

use super::path::date_in_path;
use super::{Published, PublishedOrigin, of_entry};
use crate::markup::{Document, MetadataOrigin};

/// Names of a page's metadata that hold the publication date, in order of trust.
const PAGE_KEYS: [(MetadataOrigin, &[&str]); 3] = [
    (MetadataOrigin::JsonLd, &["datepublished"]),
    (MetadataOrigin::Meta, &["article:published_time", "datepublished"]),
    (
        MetadataOrigin::Meta,
        &[
            "date",
            "pubdate",
            "publishdate",
            "dc.date",
            "dc.date.issued",
            "dcterms.date",
            "dcterms.issued",
            "parsely-pub-date",
            "sailthru.date",
            "citation_publication_date",
            "citation_date",
        ],
    ),
];

/// The date of a page: what its metadata name so, a time element above the copy, its own address.
pub(super) fn in_page(document: &Document) -> Option<Published> {
    for (origin, keys) in PAGE_KEYS {
        for key in keys {
            let mut entries = document.metadata.iter().filter(|e| e.origin == origin && e.key == *key);
            if let Some(found) = entries.find_map(|entry| of_entry(entry, PublishedOrigin::Page)) {
                return Some(found);
            }
        }
    }
    // `article:publicationdate`, `og:published_time`, `bt:pubdate`: each publishing system has a name of its own.
    let mut named = document.metadata.iter().filter(|e| e.origin == MetadataOrigin::Meta && names_publication(&e.key));
    if let Some(found) = named.find_map(|entry| of_entry(entry, PublishedOrigin::Page)) {
        return Some(found);
    }
    // A time element inside the copy names some day of the story; one above the copy is its date.
    let copy = document.blocks.iter().find(|block| block.kind.is_body()).map_or(usize::MAX, |block| block.range.start);
    let mut times = document.metadata.iter().filter(|e| e.origin == MetadataOrigin::Time && e.range.start < copy);
    times.find_map(|entry| of_entry(entry, PublishedOrigin::Page)).or_else(|| in_canonical_link(document))
}

/// Whether a name of a page's metadata says that its value is when the page was published.
fn names_publication(key: &str) -> bool {
    let letters: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_date = ["date", "time", "published"].iter().any(|end| letters.ends_with(end));
    let other = ["modif", "updat", "expir", "unpublish", "revis", "review"].iter().any(|word| letters.contains(word));
    is_date && !other && (letters.contains("publi") || letters.contains("pubdate"))
}

/// The date in the address that the page gives as its own: `https://news.example/2018/02/12/ferry/`.
fn in_canonical_link(document: &Document) -> Option<Published> {
    let own = |key: &str| document.metadata.iter().find(|e| e.origin == MetadataOrigin::Meta && e.key == key);
    ["canonical", "og:url"].into_iter().filter_map(own).find_map(|entry| {
        let date = date_in_path(entry.value.split(['?', '#']).next()?)?;
        Some(Published { date, origin: PublishedOrigin::Page, range: None })
    })
}
