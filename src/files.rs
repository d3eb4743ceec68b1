//! Files that cannot be read or written, in words for whoever has to mend it.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::office::OfficeFormat;
use crate::text::LineIndex;

/// Why a file cannot be read or written: without the system's number for it, and the same on every system where it can be.
pub fn why(error: &io::Error) -> String {
    // What this program says itself is said in full.
    let by_the_system = error.raw_os_error().is_some();
    match error.kind() {
        ErrorKind::NotFound if by_the_system => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied if by_the_system => "permission denied; ask whoever owns it".to_owned(),
        ErrorKind::IsADirectory if by_the_system => "this is a folder, not a file".to_owned(),
        _ => {
            let said = error.to_string();
            said.split(" (os error ").next().unwrap_or(&said).to_owned()
        }
    }
}

/// What a file is that is no text, by its first bytes, and what to do with it: `a PDF`, `save its text as …`; `None` for text.
pub fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const AS_DOCX: &str = "save it as .docx";
    const AS_TEXT: &str = "save its text, or name it as a source of the story";
    const UNPACK: &str = "unpack it, and check what it holds";
    const NOT_A_STORY: &str = "leave it out";
    const KINDS: &[(&[u8], &str, &str)] = &[
        (b"%PDF-", "a PDF", AS_TEXT),
        (b"\x89PNG\r\n", "a picture (PNG)", NOT_A_STORY),
        (b"\xFF\xD8\xFF", "a picture (JPEG)", NOT_A_STORY),
        (b"GIF8", "a picture (GIF)", NOT_A_STORY),
        (b"II*\0", "a picture (TIFF)", NOT_A_STORY),
        (b"MM\0*", "a picture (TIFF)", NOT_A_STORY),
        (b"RIFF", "a recording or a picture", NOT_A_STORY),
        (b"ID3", "a recording (MP3)", NOT_A_STORY),
        (b"OggS", "a recording (Ogg)", NOT_A_STORY),
        (b"{\\rtf", "a rich text document (RTF)", AS_DOCX),
        (b"\xD0\xCF\x11\xE0", "an old Office document (.doc, .xls) or one with a password", AS_DOCX),
        (b"\x1F\x8B", "a compressed file (gzip)", UNPACK),
        (b"BZh", "a compressed file (bzip2)", UNPACK),
        (b"\xFD7zXZ", "a compressed file (xz)", UNPACK),
        (b"7z\xBC\xAF", "an archive (7z)", UNPACK),
        (b"\x7FELF", "a program", NOT_A_STORY),
        (b"SQLite format 3", "a database (SQLite)", NOT_A_STORY),
    ];
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(match crate::office::Manuscript::read(bytes) {
            Ok(manuscript) => match manuscript.format {
                OfficeFormat::Docx => ("a Word document under another name", "give it a name that ends in .docx"),
                OfficeFormat::Odt => ("an OpenDocument text under another name", "give it a name that ends in .odt"),
            },
            Err(_) => ("an archive (ZIP)", UNPACK),
        });
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(("a video or a picture (MP4, HEIC)", NOT_A_STORY));
    }
    KINDS.iter().find(|(start, ..)| bytes.starts_with(start)).map(|(_, kind, advice)| (*kind, *advice))
}

/// The name of a kind of markup that is text and is not read, by the name of its file: reading it as plain text would take its
/// commands for words of the story.
pub fn unread_markup(path: &Path) -> Option<&'static str> {
    unread_language(path.extension()?.to_str()?)
}

/// The same by what an editor calls its language, or by the ending of its name.
pub fn unread_language(name: &str) -> Option<&'static str> {
    const KINDS: [(&str, &str); 7] = [
        ("tex", "LaTeX"),
        ("latex", "LaTeX"),
        ("plaintex", "TeX"),
        ("typ", "Typst"),
        ("typst", "Typst"),
        ("fountain", "Fountain"),
        ("rtf", "a rich text document (RTF)"),
    ];
    KINDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

/// What to do with it.
pub const UNREAD_ADVICE: &str = "save it as Markdown, AsciiDoc, HTML or .docx";

/// Bytes that are no UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// 1-based line of the first bad byte.
    pub line: usize,
    /// 1-based column of it, in Unicode scalar values.
    pub column: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

/// The text that `bytes` are.
///
/// # Errors
///
/// Says where they are no UTF-8, and what to do.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return NotUtf8 { line: 1, column: 1, message: "this is UTF-16; save it as UTF-8".to_owned() };
        }
        let up_to = error.utf8_error().valid_up_to();
        let valid = String::from_utf8_lossy(bytes.get(..up_to).unwrap_or_default());
        let at = LineIndex::new(&valid).line_column(valid.len(), &valid);
        let byte = bytes.get(up_to).copied().unwrap_or_default();
        let message = format!(
            "not UTF-8 (byte 0x{byte:02X}); open it with its real encoding, often Windows-1252, and save it as UTF-8"
        );
        NotUtf8 { line: at.line, column: at.column, message }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_utf_8_says_where() {
        let error = decode(b"one\ncaf\xE9".to_vec()).expect_err("it is Latin-1");
        assert_eq!((error.line, error.column), (2, 4));
        assert!(error.message.starts_with("not UTF-8 (byte 0xE9)"), "{}", error.message);
        assert!(decode(vec![0xFF, 0xFE, b'a', 0]).is_err_and(|error| error.message.contains("UTF-16")));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let kind = |bytes: &[u8]| kind(bytes).map(|(name, _)| name);
        assert_eq!(kind(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), Some("a picture (JPEG)"));
        assert_eq!(kind(b"PK\x03\x04rest"), Some("an archive (ZIP)"));
        assert_eq!((kind(b""), kind(b"BZ is a firm"), kind("“PK”".as_bytes())), (None, None, None));
    }

    #[test]
    fn the_system_s_numbers_are_left_out() {
        let missing = std::fs::read("no such file").expect_err("it is not there");
        assert_eq!(why(&missing), "no such file or folder");
        assert_eq!(why(&io::Error::new(ErrorKind::NotFound, "gone")), "gone");
        assert!(!why(&io::Error::from_raw_os_error(28)).contains("os error"));
    }
}
