//! PDF files that hold text.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Piece, Place};

/// The most pages that are read.
const MOST_PAGES: usize = 3_000;

thread_local! {
    /// A library reads a file on this thread, and a panic of it is caught.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread is that of a library on a damaged file, which becomes an error in words. A program's
/// panic hook has nothing to print then.
pub(super) fn is_reading() -> bool {
    READING.get()
}

/// The paragraphs of the pages. Words that are broken at the end of a line are put together again.
///
/// # Errors
///
/// Says why there is nothing to read: it is locked, damaged, or has pictures of text only.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    if !bytes.starts_with(b"%PDF") {
        return Err("it is not a PDF".to_owned());
    }
    // The library gives up on what it does not know by a panic.
    READING.set(true);
    let pages = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(bytes)));
    READING.set(false);
    let pages = match pages {
        Ok(Ok(pages)) => pages,
        Ok(Err(error)) => {
            let said = error.to_string();
            return Err(match said.to_lowercase().contains("password") || said.to_lowercase().contains("encrypt") {
                true => "it is locked with a password: save it without".to_owned(),
                false => format!("it is damaged: {said}"),
            });
        }
        Err(_) => return Err("it is damaged, or uses what copydesk cannot read: save its text as .txt".to_owned()),
    };
    let mut pieces = Vec::new();
    for (number, page) in pages.iter().take(MOST_PAGES).enumerate() {
        let mut paragraph = String::new();
        for line in page.lines().map(str::trim).chain([""]) {
            if !line.is_empty() {
                join(&mut paragraph, line);
            } else if !paragraph.is_empty() {
                let text = std::mem::take(&mut paragraph);
                pieces.push(Piece { place: Place::Page(number + 1), line: None, text, speaker: None, grid: None });
            }
        }
    }
    match pieces.is_empty() {
        true => Err("there is no text in it: a scan must be read by a program for text recognition first".to_owned()),
        false => Ok(pieces),
    }
}

/// Puts a line behind those before it.
fn join(paragraph: &mut String, line: &str) {
    let is_broken = paragraph.ends_with(['-', '\u{AD}', '‐'])
        && paragraph.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if is_broken {
        paragraph.pop();
    } else if !paragraph.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_put_together() {
        let mut paragraph = String::new();
        for line in ["The har-", "bor board met in 2017-", "2018 with the", "well-", "Known"] {
            join(&mut paragraph, line);
        }
        assert_eq!(paragraph, "The harbor board met in 2017- 2018 with the well- Known");
    }
}
