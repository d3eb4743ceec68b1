//! The XMP packet (ISO 16684-1), read with `roxmltree`.

use roxmltree::{Document, Node, ParsingOptions};

use super::{clean, day};
use crate::story::ImageMetadata;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const IPTC_EXTENSION: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Most nodes of a packet that are read; real ones have some hundred.
const MOST_NODES: u32 = 100_000;

/// Reads a packet; one that is no XML says nothing.
pub(super) fn read(bytes: &[u8]) -> ImageMetadata {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}'));
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else { return ImageMetadata::default() };
    // The properties of the image itself; deeper descriptions are of its ingredients.
    let root = document
        .root()
        .children()
        .filter(Node::is_element)
        .find_map(|top| std::iter::once(top).chain(top.children()).find(|node| node.has_tag_name((RDF, "RDF"))));
    let Some(root) = root else { return ImageMetadata::default() };
    let about: Vec<Node> = root.children().filter(|node| node.has_tag_name((RDF, "Description"))).collect();
    let value = |namespace: &str, name: &str| about.iter().find_map(|node| property(*node, namespace, name));
    let taken = value(PHOTOSHOP, "DateCreated").or_else(|| value(EXIF, "DateTimeOriginal"));
    let source_type = value(IPTC_EXTENSION, "DigitalSourceType");
    ImageMetadata {
        creator: value(DC, "creator"),
        credit: value(PHOTOSHOP, "Credit"),
        source: value(PHOTOSHOP, "Source"),
        copyright: value(DC, "rights"),
        taken: taken.as_deref().and_then(day),
        description: value(DC, "description"),
        // The code at the end of an address in IPTC's vocabulary, such as `trainedAlgorithmicMedia`.
        digital_source: source_type.and_then(|uri| clean(uri.rsplit('/').next().unwrap_or(&uri))),
    }
}

/// A property's value, whether it is written as an attribute, as text, as a reference or as a list.
fn property(description: Node, namespace: &str, name: &str) -> Option<String> {
    if let Some(value) = description.attribute((namespace, name)) {
        return clean(value);
    }
    let node = description.children().find(|node| node.has_tag_name((namespace, name)))?;
    if let Some(resource) = node.attribute((RDF, "resource")) {
        return clean(resource);
    }
    let list = node.children().find(|n| ["Alt", "Seq", "Bag"].iter().any(|&kind| n.has_tag_name((RDF, kind))));
    let Some(list) = list else { return clean(node.text().unwrap_or_default()) };
    let items: Vec<Node> = list.children().filter(|n| n.has_tag_name((RDF, "li"))).collect();
    if list.has_tag_name((RDF, "Alt")) {
        let default = items.iter().find(|item| item.attribute((XML, "lang")) == Some("x-default"));
        return default.or(items.first()).and_then(|item| clean(item.text().unwrap_or_default()));
    }
    let texts: Vec<String> = items.iter().filter_map(|item| clean(item.text().unwrap_or_default())).collect();
    clean(&texts.join(", "))
}
