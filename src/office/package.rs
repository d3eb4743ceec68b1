//! ZIP archives in memory, held to limits: the parts of an office document by their names.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchive, ZipArchiveWriter, ZipSliceArchive};

use super::OfficeError;

/// The most parts that an archive may have.
const MOST_PARTS: usize = 10_000;
/// The largest part that is read, in bytes after it was unpacked. A long book is a tenth of it.
const LARGEST_PART: u64 = 64 << 20;
/// The start of a compound file, which old Word documents are, and new ones that have a password.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// An archive of parts.
pub struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    parts: Vec<PackagePart>,
}

/// A file in the archive.
struct PackagePart {
    name: String,
    method: CompressionMethod,
    encrypted: bool,
    place: rawzip::ZipArchiveEntryWayfinder,
    crc: u32,
    size: u64,
}

impl<'a> Package<'a> {
    /// Reads the table of an archive.
    ///
    /// # Errors
    ///
    /// Says that the bytes are no archive, or that it is damaged or has too many parts.
    pub fn open(bytes: &'a [u8]) -> Result<Self, OfficeError> {
        if bytes.starts_with(COMPOUND) {
            let message = "an old Word document (.doc), or one with a password; save it as .docx without one";
            return Err(OfficeError::new(message));
        }
        if !bytes.starts_with(b"PK") {
            return Err(OfficeError::new("not an office document"));
        }
        let archive = ZipArchive::from_slice(bytes).map_err(damaged)?;
        let mut parts: Vec<PackagePart> = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(damaged)? {
            if parts.len() == MOST_PARTS {
                return Err(OfficeError::new(format!("an archive of more than {MOST_PARTS} files is not read")));
            }
            let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
            // A second file of the same name is for whoever wants to fool a reader.
            if entry.is_dir() || parts.iter().any(|part| part.name == name) {
                continue;
            }
            parts.push(PackagePart {
                name,
                method: entry.compression_method(),
                encrypted: entry.flags().is_encrypted(),
                place: entry.wayfinder(),
                crc: entry.crc32(),
                size: entry.uncompressed_size_hint(),
            });
        }
        Ok(Self { archive, parts })
    }

    /// The names of the parts, in the order of the archive.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// The bytes of the part `name`; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Says that the part is damaged, encrypted or too large.
    pub fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(part) = self.parts.iter().find(|part| part.name == name) else { return Ok(None) };
        if part.encrypted {
            return Err(OfficeError::new("the document has a password; save it without one"));
        }
        let too_large =
            || OfficeError::new(format!("its {name} is larger than the {} MB that are read", LARGEST_PART >> 20));
        if part.size > LARGEST_PART {
            return Err(too_large());
        }
        let entry = self.archive.get_entry(part.place).map_err(damaged)?;
        let mut bytes = Vec::new();
        // The size that the table gives may be a lie.
        let read = match part.method {
            CompressionMethod::STORE => entry.data().take(LARGEST_PART + 1).read_to_end(&mut bytes),
            CompressionMethod::DEFLATE => {
                DeflateDecoder::new(entry.data()).take(LARGEST_PART + 1).read_to_end(&mut bytes)
            }
            _ => {
                return Err(OfficeError::new(format!("its {name} is packed in a way that office programs do not use")));
            }
        };
        read.map_err(damaged)?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(too_large());
        }
        Ok(Some(bytes))
    }

    /// The text of the part `name`; `None` where there is none.
    ///
    /// # Errors
    ///
    /// As [`Package::bytes`], and says that the part is no UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<String>, OfficeError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes)
            .map_err(|_| OfficeError::new(format!("its {name} is not UTF-8, as office programs write it")))?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(text) => text.to_owned(),
            None => text,
        }))
    }

    /// The archive with these parts in the place of those with the same names, or behind the others. All others are
    /// copied as they are packed.
    ///
    /// # Errors
    ///
    /// Says that the archive is damaged.
    pub fn with_parts(&self, changed: &[(&str, String)]) -> Result<Vec<u8>, OfficeError> {
        let mut out = ZipArchiveWriter::new(Vec::new());
        for part in &self.parts {
            if let Some((name, text)) = changed.iter().find(|(name, _)| *name == part.name) {
                pack(&mut out, name, text)?;
                continue;
            }
            let entry = self.archive.get_entry(part.place).map_err(damaged)?;
            let (mut file, _) = out.new_file(&part.name).compression_method(part.method).start().map_err(damaged)?;
            file.write_all(entry.data()).map_err(damaged)?;
            file.finish(DataDescriptorOutput::new(part.crc, part.size)).map_err(damaged)?;
        }
        for (name, text) in changed.iter().filter(|(name, _)| !self.parts.iter().any(|part| part.name == *name)) {
            pack(&mut out, name, text)?;
        }
        out.finish().map_err(damaged)
    }
}

fn pack(out: &mut ZipArchiveWriter<Vec<u8>>, name: &str, text: &str) -> Result<(), OfficeError> {
    let file = out.new_file(name).compression_method(CompressionMethod::DEFLATE).start();
    let (mut file, config) = file.map_err(damaged)?;
    let mut writer = config.wrap(DeflateEncoder::new(&mut file, Compression::default()));
    writer.write_all(text.as_bytes()).map_err(damaged)?;
    let (encoder, descriptor) = writer.finish().map_err(damaged)?;
    encoder.finish().map_err(damaged)?;
    file.finish(descriptor).map_err(damaged)?;
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> OfficeError {
    OfficeError::new(format!("the document is damaged ({error}); open it in a word processor and save it again"))
}
