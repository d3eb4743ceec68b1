//! What a terminal gets: text, line breaks and colours, and nothing else that it would obey.
//!
//! Stories, their names and a newsroom's rules come from others. An escape sequence in them could set the title of the window,
//! write to the clipboard or hide what was printed, so on a terminal each control character is shown as a picture of it. What
//! goes to files and to other programs stays as it is.

use std::io::{self, IsTerminal, Write};

use crate::text::picture_of;

/// Standard output.
pub(super) fn stdout() -> TerminalWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    TerminalWriter::new(anstream::stdout().lock(), io::stdout().is_terminal())
}

/// Standard output for what only people read: it is shown in the log of a pipeline as on a terminal.
pub(super) fn for_people() -> TerminalWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    TerminalWriter::new(anstream::stdout().lock(), true)
}

/// Standard error, which only people read.
pub(super) fn stderr() -> TerminalWriter<anstream::AutoStream<io::StderrLock<'static>>> {
    TerminalWriter::new(anstream::stderr().lock(), true)
}

/// The longest sequence that sets a colour: `ESC [ 38;2;255;255;255;48;2;255;255;255 m` and some more.
const LONGEST: usize = 48;

/// Writes text to a terminal with pictures in the place of control characters.
pub(super) struct TerminalWriter<W: Write> {
    out: W,
    for_people: bool,
    /// The start of what is not whole yet: a character, or a sequence that may set a colour.
    rest: Vec<u8>,
}

impl<W: Write> TerminalWriter<W> {
    fn new(out: W, for_people: bool) -> Self {
        Self { out, for_people, rest: Vec::new() }
    }

    /// Writes what is whole of `bytes`, and keeps the rest; with `last`, all of it.
    fn show(&mut self, bytes: &[u8], last: bool) -> io::Result<()> {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let mut shown = Vec::with_capacity(all.len());
        let mut at = 0;
        while let Some(&byte) = all.get(at) {
            let rest = &all[at..];
            let length = match byte {
                0x1B => match colour(rest) {
                    Colour::Whole(length) => {
                        shown.extend_from_slice(&rest[..length]);
                        at += length;
                        continue;
                    }
                    Colour::Begun if !last => break,
                    Colour::Begun | Colour::None => 1,
                },
                b'\r' if rest.len() == 1 && !last => break,
                b'\r' if rest.get(1) == Some(&b'\n') => {
                    shown.push(b'\r');
                    at += 1;
                    continue;
                }
                0xC2.. if rest.len() < character(byte) && !last => break,
                0xC2.. => character(byte).min(rest.len()),
                _ => 1,
            };
            let picture = std::str::from_utf8(&rest[..length]).ok().and_then(|text| picture_of(text.chars().next()?));
            match picture.filter(|_| !matches!(byte, b'\n' | b'\t')) {
                Some(picture) => shown.extend_from_slice(picture.encode_utf8(&mut [0; 4]).as_bytes()),
                None => shown.extend_from_slice(&rest[..length]),
            }
            at += length;
        }
        self.rest = all.split_off(at);
        self.out.write_all(&shown)
    }
}

impl<W: Write> Write for TerminalWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.for_people {
            return self.out.write(bytes);
        }
        self.show(bytes, false)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.rest.is_empty() {
            self.show(&[], true)?;
        }
        self.out.flush()
    }
}

impl<W: Write> Drop for TerminalWriter<W> {
    fn drop(&mut self) {
        // Whoever wants to know whether all was written flushes.
        let _ = self.flush();
    }
}

/// How many bytes the character has that begins with `byte`.
fn character(byte: u8) -> usize {
    match byte {
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Whether a sequence is one that sets colours and weights.
enum Colour {
    /// It is, with so many bytes.
    Whole(usize),
    /// It may be, with more bytes.
    Begun,
    None,
}

fn colour(bytes: &[u8]) -> Colour {
    if bytes.len() > 1 && bytes[1] != b'[' {
        return Colour::None;
    }
    let digits = bytes.iter().skip(2).take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    match bytes.get(2 + digits) {
        Some(b'm') => Colour::Whole(3 + digits),
        None if bytes.len() < LONGEST => Colour::Begun,
        _ => Colour::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let mut stream = TerminalWriter::new(&mut out, true);
        pieces.iter().for_each(|piece| stream.write_all(piece.as_bytes()).expect("memory takes all"));
        drop(stream);
        String::from_utf8(out).expect("text stays text")
    }

    #[test]
    fn a_terminal_gets_colours_and_nothing_else_to_obey() {
        let coloured = "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m: “é 😀”\tx\r\ny\n";
        assert_eq!(shown(&[coloured]), coloured);
        let hostile = "\u{1b}]0;title\u{7}\u{1b}[2J\u{1b}[31;1Hx\u{9b}5n\rover\u{8}\u{7f}\u{1b}";
        assert_eq!(shown(&[hostile]), "␛]0;title␇␛[2J␛[31;1Hx\u{FFFD}5n␍over␈␡␛");
    }

    #[test]
    fn pieces_are_put_together() {
        let text = "\u{1b}[1mé😀\u{1b}[2J\r\n\u{9b}\rx";
        let bytes: Vec<u8> = text.bytes().collect();
        for size in 1..5 {
            let mut out = Vec::new();
            let mut stream = TerminalWriter::new(&mut out, true);
            bytes.chunks(size).for_each(|piece| stream.write_all(piece).expect("memory takes all"));
            drop(stream);
            assert_eq!(String::from_utf8(out).expect("text stays text"), shown(&[text]));
        }
    }

    #[test]
    fn other_programs_get_every_byte() {
        let mut out = Vec::new();
        TerminalWriter::new(&mut out, false).write_all(b"\x1b]0;x\x07\xff").expect("memory takes all");
        assert_eq!(out, b"\x1b]0;x\x07\xff");
    }
}
