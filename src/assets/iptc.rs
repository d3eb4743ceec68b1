//! IPTC-IIM records (IPTC-NAA Information Interchange Model, version 4): the fields that news agencies fill.

use super::{clean, day, decode};
use crate::story::ImageMetadata;

/// Reads the records of the application record (number 2); stops at the first that is damaged.
pub(super) fn read(mut bytes: &[u8]) -> ImageMetadata {
    let mut found = ImageMetadata::default();
    while let Some((record, dataset, value, rest)) = next(bytes) {
        bytes = rest;
        if record != 2 {
            continue;
        }
        let Some(text) = clean(&decode(value)) else { continue };
        match dataset {
            // A by-line for each photographer.
            80 => {
                let creator = found.creator.take().map_or_else(|| text.clone(), |other| format!("{other}, {text}"));
                found.creator = clean(&creator);
            }
            110 => found.credit = Some(text),
            115 => found.source = Some(text),
            116 => found.copyright = Some(text),
            55 => found.taken = day(&text),
            120 => found.description = Some(text),
            _ => {}
        }
    }
    found
}

/// Record number, dataset number and value of the first record, and what follows it.
fn next(bytes: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let [0x1C, record, dataset, high, low, rest @ ..] = bytes else { return None };
    let short = u16::from_be_bytes([*high, *low]);
    // With the first bit set the field holds the length of the length.
    let (len, rest) = if short & 0x8000 == 0 {
        (usize::from(short), rest)
    } else {
        let digits = usize::from(short & 0x7FFF);
        let len = rest.get(..digits).filter(|d| d.len() <= 4)?;
        (len.iter().fold(0usize, |sum, &byte| sum << 8 | usize::from(byte)), rest.get(digits..)?)
    };
    Some((*record, *dataset, rest.get(..len)?, rest.get(len..)?))
}
