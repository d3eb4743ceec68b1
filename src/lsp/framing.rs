//! Messages between bytes: finding where each one starts and ends, in what clients really send.

use std::io::{BufRead, Read as _};

/// The longest header line that is looked at as a whole.
const LONGEST_HEADER: usize = 4096;

const LENGTH: &[u8] = b"content-length:";

/// A message as it is sent.
pub fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

/// The body of the next message; `None` at the end. What is no header is passed over.
///
/// Behind a message that was longer than it said, its rest stands before the next header, in the same line. So a header
/// counts wherever it ends a line, and one wrong length costs one message.
pub fn read_body(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        read_line(reader, &mut line)?;
        let text = line.trim_ascii();
        if let Some(said) = said_length(text) {
            length = said;
        } else if text.is_empty()
            && let Some(length) = length
        {
            let mut body = Vec::new();
            // The memory grows with what arrives, not with what was promised.
            let read = reader.by_ref().take(length).read_to_end(&mut body).ok()?;
            return (read as u64 == length).then_some(body);
        }
    }
}

/// The next line with its end, or the last part of a line that is very long; `None` at the end.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Option<()> {
    line.clear();
    loop {
        let read = reader.by_ref().take(LONGEST_HEADER as u64).read_until(b'\n', line).ok()?;
        if read == 0 {
            return (!line.is_empty()).then_some(());
        }
        if line.ends_with(b"\n") {
            return Some(());
        }
        // A header may still end it.
        line.drain(..line.len().saturating_sub(LONGEST_HEADER));
    }
}

/// The length that a line ends with: `Some(None)` for a header whose number is none, `None` for what is no such header.
fn said_length(line: &[u8]) -> Option<Option<u64>> {
    let starts = line.len().checked_sub(LENGTH.len())?;
    let at = (0..=starts).rev().find(|&at| line[at..at + LENGTH.len()].eq_ignore_ascii_case(LENGTH))?;
    let number = std::str::from_utf8(&line[at + LENGTH.len()..]).ok()?.trim();
    match number.parse() {
        Ok(length) => Some(Some(length)),
        Err(_) => (at == 0).then_some(None),
    }
}

/// Turns escapes of half a surrogate pair (`\ud83d` alone) into the replacement character.
///
/// JavaScript's strings may hold them, and a client that cuts an emoji in two sends them; a message must not be lost
/// over it. The replacement is one code unit of UTF-16 as well, so positions stay right.
pub fn mend_lone_surrogates(body: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = body.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        match escape(body, at) {
            Some(0xD800..=0xDBFF) if matches!(escape(body, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                if let Some(digits) = body.get_mut(at + 2..at + 6) {
                    digits.copy_from_slice(b"FFFD");
                }
                at += 6;
            }
            // The character behind the backslash is part of the escape, even when it is a backslash.
            _ => at += 2,
        }
    }
}

/// The code unit that the escape `\uXXXX` at `at` stands for.
fn escape(body: &[u8], at: usize) -> Option<u16> {
    let escape = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut body = text.as_bytes().to_vec();
        mend_lone_surrogates(&mut body);
        String::from_utf8(body).expect("only ASCII was replaced")
    }

    #[test]
    fn only_half_pairs_are_replaced() {
        assert_eq!(mended(r#""\ud83d\ude00 é \ud83d x \ude00""#), r#""\ud83d\ude00 é \uFFFD x \uFFFD""#);
        assert_eq!(mended(r#""\\ud83d \uD83D""#), r#""\\ud83d \uFFFD""#);
        assert_eq!(mended(r#""\ud83d"#), r#""\uFFFD"#);
        assert_eq!(mended(r#"\ud8"#), r#"\ud8"#);
    }

    #[test]
    fn messages_are_found_between_what_is_none() {
        let mut input: &[u8] =
            b"noise\r\n\r\ncontent-length: 2\r\nX: y\r\n\r\n{}Content-Length: 3\r\n\r\nabcContent-Length: 9\r\n\r\nab";
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"{}"[..]));
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"abc"[..]));
        assert_eq!(read_body(&mut input), None);
    }

    #[test]
    fn a_wrong_length_costs_one_message() {
        let mut input: &[u8] = b"Content-Length: 3\r\n\r\n{\"a\": \"Content-Length: x\"}Content-Length: 2\r\n\r\n{}";
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"{\"a"[..]));
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"{}"[..]));
        // However long the rest is, and wherever a reader's buffer ends.
        for long in [4000, 4090, 4096, 4100, 9000] {
            let mut input = b"Content-Length: 1\r\n\r\n{".to_vec();
            input.extend(vec![b' '; long]);
            input.extend(b"}Content-Length: 2\r\n\r\n{}");
            let mut input = input.as_slice();
            assert_eq!(read_body(&mut input).as_deref(), Some(&b"{"[..]));
            assert_eq!(read_body(&mut input).as_deref(), Some(&b"{}"[..]), "{long}");
        }
    }
}
