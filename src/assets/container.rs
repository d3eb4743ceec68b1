//! Image containers: where in a JPEG, PNG, WebP or TIFF file the metadata blocks are.
//!
//! Only the headers are read, and pixels are skipped, so that a folder of photos costs little.

use std::io::{self, Read, Seek, SeekFrom};

use super::AssetError;

/// The metadata blocks of a file, as they are in it.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// A TIFF structure.
    pub exif: Option<Vec<u8>>,
    /// IPTC-IIM records.
    pub iptc: Option<Vec<u8>>,
    /// An XMP packet.
    pub xmp: Option<Vec<u8>>,
}

/// Largest metadata block that is read, in bytes.
const LARGEST_BLOCK: u64 = 4 << 20;
/// Largest TIFF file that is read, in bytes.
const LARGEST_TIFF: u64 = 64 << 20;
/// Most segments or chunks of a file that are looked at.
const MOST_PARTS: usize = 100_000;

/// Finds the metadata blocks. A file that ends early gives those found so far.
pub(super) fn split(reader: &mut (impl Read + Seek)) -> Result<Raw, AssetError> {
    let mut start = Vec::new();
    reader.take(12).read_to_end(&mut start)?;
    let found = match start.as_slice() {
        [0xFF, 0xD8, ..] => jpeg(reader),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => png(reader),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => webp(reader),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => return tiff(reader),
        _ => return Err(AssetError::UnknownFormat),
    };
    Ok(found?)
}

/// Reads the next `N` bytes; `None` at the end of the file.
fn next<const N: usize>(reader: &mut impl Read) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match reader.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads a block of `len` bytes, or what there is of it.
fn block(reader: &mut impl Read, len: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(len).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// JPEG (ITU T.81, annex B): segments up to the start of the scan. EXIF and XMP are in APP1, IPTC is in APP13.
fn jpeg(reader: &mut (impl Read + Seek)) -> io::Result<Raw> {
    const EXIF: &[u8] = b"Exif\0\0";
    const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
    const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
    reader.seek(SeekFrom::Start(2))?;
    let mut raw = Raw::default();
    let mut resources = Vec::new();
    for _ in 0..MOST_PARTS {
        let Some([prefix, mut marker]) = next(reader)? else { break };
        if prefix != 0xFF {
            break;
        }
        // Any number of fill bytes may be before a marker.
        while marker == 0xFF {
            let Some([byte]) = next(reader)? else { break };
            marker = byte;
        }
        match marker {
            0x01 | 0xD0..=0xD7 => continue,
            0xD9 | 0xDA => break,
            _ => {}
        }
        let Some(len) = next::<2>(reader)? else { break };
        let Some(len) = u16::from_be_bytes(len).checked_sub(2) else { break };
        if !matches!(marker, 0xE1 | 0xED) {
            reader.seek(SeekFrom::Current(i64::from(len)))?;
            continue;
        }
        let bytes = block(reader, u64::from(len))?;
        if let Some(exif) = bytes.strip_prefix(EXIF) {
            raw.exif.get_or_insert_with(|| exif.to_vec());
        } else if let Some(xmp) = bytes.strip_prefix(XMP) {
            raw.xmp.get_or_insert_with(|| xmp.to_vec());
        } else if let Some(part) = bytes.strip_prefix(PHOTOSHOP)
            && (resources.len() as u64) < LARGEST_BLOCK
        {
            // A resource may go on in the next segment.
            resources.extend_from_slice(part);
        }
    }
    raw.iptc = iptc_resource(&resources);
    Ok(raw)
}

/// The IPTC records among Photoshop's image resources (8BIM, id 0x0404).
fn iptc_resource(mut bytes: &[u8]) -> Option<Vec<u8>> {
    while let Some(rest) = bytes.strip_prefix(b"8BIM") {
        let id = u16::from_be_bytes([*rest.first()?, *rest.get(1)?]);
        // A name with its length before it, then the data; both are padded to an even length.
        let name = 1 + usize::from(*rest.get(2)?);
        let at = 2 + name + name % 2;
        let len = rest.get(at..at + 4)?;
        let len = u32::from_be_bytes([len[0], len[1], len[2], len[3]]) as usize;
        let data = rest.get(at + 4..)?;
        let data = data.get(..len).unwrap_or(data);
        if id == 0x0404 {
            return Some(data.to_vec());
        }
        bytes = rest.get(at + 4 + len + len % 2..)?;
    }
    None
}

/// PNG (W3C, third edition): EXIF is in `eXIf`, XMP in an `iTXt` chunk with its own keyword.
fn png(reader: &mut (impl Read + Seek)) -> io::Result<Raw> {
    reader.seek(SeekFrom::Start(8))?;
    let mut raw = Raw::default();
    for _ in 0..MOST_PARTS {
        let Some([a, b, c, d, kind @ ..]) = next::<8>(reader)? else { break };
        let len = u64::from(u32::from_be_bytes([a, b, c, d]));
        let wanted = len <= LARGEST_BLOCK && matches!(&kind, b"eXIf" | b"iTXt");
        if !wanted {
            if &kind == b"IEND" {
                break;
            }
            reader.seek(SeekFrom::Current(len as i64 + 4))?;
            continue;
        }
        let bytes = block(reader, len)?;
        reader.seek(SeekFrom::Current(4))?;
        if &kind == b"eXIf" {
            raw.exif.get_or_insert(bytes);
        } else if let Some(xmp) = xmp_of_text(&bytes) {
            raw.xmp.get_or_insert_with(|| xmp.to_vec());
        }
    }
    Ok(raw)
}

/// The XMP packet in an `iTXt` chunk: keyword, compression flag and method, language, translated keyword, text.
/// The XMP specification asks writers not to compress it.
fn xmp_of_text(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"XML:com.adobe.xmp\0")?;
    let [0, _, rest @ ..] = rest else { return None };
    let language = memchr::memchr(0, rest)?;
    let rest = rest.get(language + 1..)?;
    let keyword = memchr::memchr(0, rest)?;
    rest.get(keyword + 1..)
}

/// WebP (RFC 9649): chunks `EXIF` and `XMP ` in a RIFF file.
fn webp(reader: &mut (impl Read + Seek)) -> io::Result<Raw> {
    reader.seek(SeekFrom::Start(12))?;
    let mut raw = Raw::default();
    for _ in 0..MOST_PARTS {
        let Some([k, i, n, dd, len @ ..]) = next::<8>(reader)? else { break };
        let len = u64::from(u32::from_le_bytes(len));
        let padding = len % 2;
        let kind = [k, i, n, dd];
        if len > LARGEST_BLOCK || !matches!(&kind, b"EXIF" | b"XMP ") {
            reader.seek(SeekFrom::Current((len + padding) as i64))?;
            continue;
        }
        let bytes = block(reader, len)?;
        reader.seek(SeekFrom::Current(padding as i64))?;
        if &kind == b"EXIF" {
            let exif = bytes.strip_prefix(b"Exif\0\0").unwrap_or(&bytes);
            raw.exif.get_or_insert_with(|| exif.to_vec());
        } else {
            raw.xmp.get_or_insert(bytes);
        }
    }
    Ok(raw)
}

/// TIFF: the whole file is one structure of tags.
fn tiff(reader: &mut (impl Read + Seek)) -> Result<Raw, AssetError> {
    if reader.seek(SeekFrom::End(0))? > LARGEST_TIFF {
        return Err(AssetError::TooLarge);
    }
    reader.seek(SeekFrom::Start(0))?;
    Ok(Raw { exif: Some(block(reader, LARGEST_TIFF)?), ..Raw::default() })
}
