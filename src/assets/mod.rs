//! What image files say of themselves: EXIF, IPTC-IIM and XMP.
//!
//! This folder reads files. The command line and the language server call it and hand the result to the core in
//! [`crate::story::Surroundings::images`]; the core never does.

mod cache;
mod container;
mod exif;
mod iptc;
mod paths;
mod xmp;

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub use cache::ImageCache;

use crate::markup::Document;
use crate::story::ImageMetadata;

/// Why an image file could not be read.
#[derive(Debug)]
pub enum AssetError {
    /// It is not there, is no file, or could not be read.
    Io(io::Error),
    /// Neither JPEG nor PNG, WebP or TIFF.
    UnknownFormat,
    /// A TIFF file over the limit: its tags may be anywhere in it, so it would have to be read as a whole.
    TooLarge,
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssetError::Io(error) => error.fmt(f),
            AssetError::UnknownFormat => f.write_str("not a JPEG, PNG, WebP or TIFF image"),
            AssetError::TooLarge => f.write_str("the TIFF image is too large to be read"),
        }
    }
}

impl std::error::Error for AssetError {}

impl From<io::Error> for AssetError {
    fn from(error: io::Error) -> Self {
        AssetError::Io(error)
    }
}

/// The file on this machine that a link or an image of the story at `story` names; `None` for a network address and for
/// what is not there.
pub fn file_of(target: &str, story: &Path) -> Option<PathBuf> {
    paths::resolve(target, story)
}

/// Reads what the image file at `path` says of itself. A damaged file gives what could be read of it.
pub fn read_image(path: &Path) -> Result<ImageMetadata, AssetError> {
    // Opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(AssetError::Io(io::Error::new(io::ErrorKind::InvalidInput, "not a file")));
    }
    read_from(&mut BufReader::new(File::open(path)?))
}

/// What an image file of these bytes says of itself.
///
/// # Errors
///
/// They are no image of a kind that is read.
pub fn read_bytes(bytes: &[u8]) -> Result<ImageMetadata, AssetError> {
    read_from(&mut io::Cursor::new(bytes))
}

/// Reads the images of a story that are files on this machine, by their `src` as written.
///
/// Network addresses are left alone, and so is what cannot be read: the caller has no use for a broken picture's error.
/// `story_path` is the story's own file, against which relative paths are read.
pub fn for_story(document: &Document, story_path: &Path) -> HashMap<String, ImageMetadata> {
    let mut images = HashMap::new();
    for image in &document.images {
        if images.contains_key(&image.src) {
            continue;
        }
        let Some(path) = paths::resolve(&image.src, story_path) else { continue };
        if let Ok(metadata) = read_image(&path) {
            images.insert(image.src.clone(), metadata);
        }
    }
    images
}

/// Reads an image's metadata blocks and merges them: XMP before IPTC before EXIF.
fn read_from(reader: &mut (impl Read + Seek)) -> Result<ImageMetadata, AssetError> {
    let raw = container::split(reader)?;
    let exif = raw.exif.map(exif::ExifFields::read).unwrap_or_default();
    // In a TIFF file the other two are tags of the first.
    let iptc = raw.iptc.or(exif.iptc).map(|bytes| iptc::read(&bytes)).unwrap_or_default();
    let xmp = raw.xmp.or(exif.xmp).map(|bytes| xmp::read(&bytes)).unwrap_or_default();
    Ok(merge(merge(xmp, iptc), exif.metadata))
}

fn merge(first: ImageMetadata, second: ImageMetadata) -> ImageMetadata {
    ImageMetadata {
        creator: first.creator.or(second.creator),
        credit: first.credit.or(second.credit),
        source: first.source.or(second.source),
        copyright: first.copyright.or(second.copyright),
        taken: first.taken.or(second.taken),
        description: first.description.or(second.description),
        digital_source: first.digital_source.or(second.digital_source),
    }
}

/// Longest text that is kept, in characters.
const LONGEST_TEXT: usize = 4_000;

/// The text without surrounding space and NULs; `None` when nothing is left.
fn clean(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty()).then(|| text.chars().take(LONGEST_TEXT).collect())
}

/// The text of bytes that should be UTF-8 but in old files are often Latin-1.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// The day in `20180203`, `2018-02-03T10:00:00`, `2018:02:03 10:00:00`.
fn day(text: &str) -> Option<Date> {
    let digits: String = text.trim().chars().take(10).filter(char::is_ascii_digit).collect();
    if digits.len() < 8 {
        return None;
    }
    let year = digits.get(..4)?.parse().ok()?;
    let (month, day) = (digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?);
    Date::new(year, month, day).ok().filter(|date| date.year() >= 1800)
}

#[cfg(test)]
mod tests;
