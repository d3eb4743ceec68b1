//! EXIF fields, read with `kamadak-exif`.

use exif::{Context, Exif, In, Reader, Tag, Value};

use super::{clean, day, decode};
use crate::story::ImageMetadata;

/// IPTC-IIM records inside a TIFF file.
const IPTC: Tag = Tag(Context::Tiff, 33_723);
/// An XMP packet inside a TIFF file.
const XMP: Tag = Tag(Context::Tiff, 700);

/// What the EXIF block says, and in a TIFF file the blocks inside it.
#[derive(Debug, Default)]
pub(super) struct ExifFields {
    pub metadata: ImageMetadata,
    pub iptc: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
}

impl ExifFields {
    /// Reads a TIFF structure; what is damaged is left out.
    pub fn read(bytes: Vec<u8>) -> Self {
        let mut reader = Reader::new();
        reader.continue_on_error(true);
        let exif = reader.read_raw(bytes).or_else(|error| error.distill_partial_result(|_| {}));
        let Ok(exif) = exif else { return Self::default() };
        let taken = [Tag::DateTimeOriginal, Tag::DateTimeDigitized].iter().find_map(|&tag| text(&exif, tag));
        let metadata = ImageMetadata {
            creator: text(&exif, Tag::Artist),
            copyright: text(&exif, Tag::Copyright),
            taken: taken.as_deref().and_then(day),
            description: text(&exif, Tag::ImageDescription),
            ..ImageMetadata::default()
        };
        Self { metadata, iptc: bytes_of(&exif, IPTC), xmp: bytes_of(&exif, XMP) }
    }
}

/// The text of a field; several strings, as in a copyright notice of photographer and editor, are joined.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let parts: Vec<String> = parts.iter().filter_map(|part| clean(&decode(part))).collect();
    clean(&parts.join("; "))
}

fn bytes_of(exif: &Exif, tag: Tag) -> Option<Vec<u8>> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Byte(bytes) | Value::Undefined(bytes, _) => Some(bytes.clone()),
        // Some programs write the records as 32-bit numbers, in the order of the file.
        Value::Long(words) => {
            let bytes = |word: &u32| if exif.little_endian() { word.to_le_bytes() } else { word.to_be_bytes() };
            Some(words.iter().flat_map(bytes).collect())
        }
        _ => None,
    }
}
