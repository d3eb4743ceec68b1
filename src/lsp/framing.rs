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

/// The bodies of the messages in what a client sends, one after the other, until its end.
///
/// A wrong length costs at most its own message. A JSON object is over where its braces close, whatever length was said:
/// nothing but space may follow it, so a message that is shorter than it said is passed on at once, and takes nothing of
/// the next one with it. One that was cut off ends where the header of the next message is: a line that ends with
/// such a header is in no JSON text, because no string there holds a line break. Behind a message that was longer than
/// it said, its rest is before the next header, in the same line; so a header counts wherever it ends a line.
pub struct Bodies<R> {
    reader: R,
    /// The length that the header before the next body says, once that header was read.
    length: Option<u64>,
    /// The line that is being read; a broken body leaves its last line here, because a header may have begun in it.
    line: Vec<u8>,
    /// The last body's length as it was said and as it was.
    last: WrongLength,
    wrong: Option<WrongLength>,
}

/// A length, in bytes, that is not that of the message behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrongLength {
    /// What the header says.
    pub said: u64,
    /// How long the message is.
    pub came: u64,
}

impl<R: BufRead> Bodies<R> {
    /// What `reader` gives, from its start.
    pub fn new(reader: R) -> Self {
        Self { reader, length: None, line: Vec::new(), last: WrongLength::default(), wrong: None }
    }

    /// A length that was too large, if one was noticed since the last question.
    pub fn wrong_length(&mut self) -> Option<WrongLength> {
        self.wrong.take()
    }

    /// Reads lines up to the empty one behind a header, and gives the length that the header says; `None` at the end.
    /// What is no header is passed over.
    fn header(&mut self) -> Option<u64> {
        let mut owed = self.last.said - self.last.came;
        loop {
            let read = self.read_line()?;
            let text = self.line.trim_ascii();
            let (said, is_empty) = (said_length(text), text.is_empty());
            // Space behind a message may be part of its length; anything else within it shows that the length is wrong.
            let space = self.line.len() - self.line.trim_ascii_start().len();
            if !is_empty && owed > space as u64 {
                self.wrong = Some(self.last);
            }
            owed = if is_empty { owed.saturating_sub(read) } else { 0 };
            self.line.clear();
            match said {
                Some(length) => self.length = length,
                None if is_empty && self.length.is_some() => return self.length.take(),
                None => {}
            }
        }
    }

    /// Reads the next line with its end, or the last part of a line that is very long, behind what the line holds
    /// already, and gives how many bytes that took; `None` at the end.
    fn read_line(&mut self) -> Option<u64> {
        let mut read = 0;
        loop {
            let now = self.reader.by_ref().take(LONGEST_HEADER as u64).read_until(b'\n', &mut self.line).ok()?;
            read += now as u64;
            if now == 0 {
                return (read > 0).then_some(read);
            }
            if self.line.ends_with(b"\n") {
                return Some(read);
            }
            // A header may still end it.
            self.line.drain(..self.line.len().saturating_sub(LONGEST_HEADER));
        }
    }

    /// Reads a body that is said to be `length` bytes long.
    fn body(&mut self, length: u64) -> Option<Vec<u8>> {
        // The memory grows with what arrives, not with what was promised.
        let mut body = Vec::new();
        let mut json = Json::default();
        loop {
            let missing = usize::try_from(length - body.len() as u64).unwrap_or(usize::MAX);
            if missing == 0 {
                self.keep_last_line(&body);
                return Some(body);
            }
            let arrived = self.reader.fill_buf().ok().filter(|arrived| !arrived.is_empty())?;
            let taken = &arrived[..arrived.len().min(missing)];
            let before = body.len();
            body.extend_from_slice(taken);
            let taken = taken.len();
            let Some(end) = json.end(&body) else {
                self.reader.consume(taken);
                continue;
            };
            self.reader.consume(end.behind() - before);
            self.last = WrongLength { said: length, came: end.body() as u64 };
            if let JsonEnd::Header { length, .. } = end {
                self.length = Some(length);
                self.wrong = Some(self.last);
            }
            body.truncate(end.body());
            return Some(body);
        }
    }

    /// Keeps the end of a body that is not whole: where its length was wrong, a header may have begun in it.
    fn keep_last_line(&mut self, body: &[u8]) {
        self.line.extend_from_slice(&body[line_start(body)..]);
    }
}

impl<R: BufRead> Iterator for Bodies<R> {
    type Item = Vec<u8>;

    /// The next body; `None` at the end, also where that comes before the end of a body.
    fn next(&mut self) -> Option<Vec<u8>> {
        let length = self.header()?;
        self.last = WrongLength::default();
        self.body(length)
    }
}

/// How far the text of a JSON object or array was looked at.
#[derive(Default)]
struct Json {
    /// The next byte to look at.
    at: usize,
    /// How many braces and brackets are open.
    depth: usize,
    in_string: bool,
}

/// Where a JSON text ends before its length is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JsonEnd {
    /// Its last brace is the byte before this one.
    Whole(usize),
    /// It was cut off at the byte `start`, where a header is whose line ends before the byte `behind`.
    Header { start: usize, behind: usize, length: u64 },
}

impl JsonEnd {
    /// How many bytes belong to the text.
    fn body(self) -> usize {
        match self {
            JsonEnd::Whole(end) => end,
            JsonEnd::Header { start, .. } => start,
        }
    }

    /// Behind how many bytes the reading goes on.
    fn behind(self) -> usize {
        match self {
            JsonEnd::Whole(end) => end,
            JsonEnd::Header { behind, .. } => behind,
        }
    }
}

impl Json {
    /// Looks on in `text`, which holds all that was there before and more, for its end.
    fn end(&mut self, text: &[u8]) -> Option<JsonEnd> {
        while let Some(rest) = text.get(self.at..) {
            let next = if self.in_string {
                memchr::memchr3(b'"', b'\\', b'\n', rest)
            } else {
                rest.iter().position(|byte| b"\"{}[]\n".contains(byte))
            };
            let Some(next) = next else {
                self.at = text.len();
                return None;
            };
            let at = self.at + next;
            self.at = at + 1;
            match text[at] {
                // What is behind a backslash is part of the escape.
                b'\\' => self.at += 1,
                b'"' => self.in_string = !self.in_string,
                b'\n' => {
                    let line = line_start(&text[..at]);
                    if let Some((start, Some(length))) = header_at_end(&text[line..at]) {
                        return Some(JsonEnd::Header { start: line + start, behind: at + 1, length });
                    }
                }
                b'{' | b'[' => self.depth += 1,
                _ if self.depth == 1 => return Some(JsonEnd::Whole(at + 1)),
                _ => self.depth = self.depth.saturating_sub(1),
            }
        }
        None
    }
}

/// Where the last line of a text starts, or as much of it as may hold a header.
fn line_start(text: &[u8]) -> usize {
    let earliest = text.len().saturating_sub(LONGEST_HEADER);
    memchr::memrchr(b'\n', &text[earliest..]).map_or(earliest, |at| earliest + at + 1)
}

/// The length that a line ends with: `Some(None)` for a header whose number is none, `None` for what is no such header.
fn said_length(line: &[u8]) -> Option<Option<u64>> {
    match header_at_end(line)? {
        (_, Some(length)) => Some(Some(length)),
        (start, None) => (start == 0).then_some(None),
    }
}

/// The last header of a length in a line: where it starts, and its number, where all that follows is one.
fn header_at_end(line: &[u8]) -> Option<(usize, Option<u64>)> {
    let starts = line.len().checked_sub(LENGTH.len())?;
    let at = (0..=starts).rev().find(|&at| line[at..at + LENGTH.len()].eq_ignore_ascii_case(LENGTH))?;
    let number = std::str::from_utf8(&line[at + LENGTH.len()..]).ok();
    Some((at, number.and_then(|number| number.trim().parse().ok())))
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

    /// A reader that gives so many bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl std::io::Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let now = self.1.min(into.len()).min(self.0.len());
            into[..now].copy_from_slice(&self.0[..now]);
            self.0 = &self.0[now..];
            Ok(now)
        }
    }

    /// The bodies in some bytes, and the lengths that were wrong. However the bytes arrive, they are the same.
    fn bodies(input: &[u8]) -> (Vec<String>, Vec<WrongLength>) {
        let read = |at_a_time: usize| {
            let mut bodies = Bodies::new(std::io::BufReader::with_capacity(at_a_time, Slow(input, at_a_time)));
            let (mut found, mut wrong) = (Vec::new(), Vec::new());
            while let Some(body) = bodies.next() {
                wrong.extend(bodies.wrong_length());
                found.push(String::from_utf8_lossy(&body).into_owned());
            }
            wrong.extend(bodies.wrong_length());
            (found, wrong)
        };
        let at_once = read(input.len().max(1));
        for at_a_time in [1, 2, 3, 7, 64, 4096] {
            assert_eq!(read(at_a_time), at_once, "{at_a_time} bytes at a time");
        }
        at_once
    }

    #[test]
    fn messages_are_found_between_what_is_none() {
        let input =
            b"noise\r\n\r\ncontent-length: 2\r\nX: y\r\n\r\n{}Content-Length: 3\r\n\r\nabcContent-Length: 9\r\n\r\nab";
        assert_eq!(bodies(input), (vec!["{}".to_owned(), "abc".to_owned()], vec![]));
    }

    #[test]
    fn a_length_that_is_too_small_costs_one_message() {
        let input = b"Content-Length: 3\r\n\r\n{\"a\": \"Content-Length: x\"}Content-Length: 2\r\n\r\n{}";
        assert_eq!(bodies(input).0, ["{\"a", "{}"]);
        // However long the rest is, and wherever a reader's buffer ends.
        for long in [4000, 4090, 4096, 4100, 9000] {
            let mut input = b"Content-Length: 1\r\n\r\n{".to_vec();
            input.extend(vec![b' '; long]);
            input.extend(b"}Content-Length: 2\r\n\r\n{}");
            assert_eq!(bodies(&input).0, ["{", "{}"], "{long}");
        }
    }

    #[test]
    fn a_length_that_is_too_large_costs_no_message() {
        let next = b"Content-Length: 9\r\n\r\n{\"b\": 1}\nContent-Length: 2\r\n\r\n[]";
        for said in 9..100 {
            let first = format!("Content-Length: {said}\r\n\r\n{{\"a\": 1}}");
            let (found, wrong) = bodies(&[first.as_bytes(), next].concat());
            assert_eq!(found, ["{\"a\": 1}", "{\"b\": 1}", "[]"], "{said}");
            assert_eq!(wrong, [WrongLength { said, came: 8 }], "{said}");
        }
        // It does not wait for what never comes.
        let mut alone: &[u8] = b"Content-Length: 99\r\n\r\n{}";
        assert_eq!(Bodies::new(&mut alone).next().as_deref(), Some(&b"{}"[..]));
        // Space that was counted is no mistake.
        for (said, space) in [(3, " "), (4, "\r\n"), (6, "\r\n\r\n"), (6, "\r\n  ")] {
            let input = format!("Content-Length: {said}\r\n\r\n{{}}{space}Content-Length: 2\r\n\r\n[]");
            assert_eq!(bodies(input.as_bytes()), (vec!["{}".to_owned(), "[]".to_owned()], vec![]), "{space:?}");
        }
    }

    #[test]
    fn a_message_that_was_cut_off_costs_only_itself() {
        // It may be cut anywhere, in a string, in an escape or between two values, and its length may reach anywhere.
        let whole = br#"{"a": ["b\\", {"c": "d\"e"}], "f": 1}"#;
        let next = b"Content-Length: 8\r\nContent-Type: x\r\n\r\n{\"g\": 1}Content-Length: 2\r\n\r\n[]";
        for cut in 1..whole.len() {
            for said in cut..cut + 90 {
                let first = format!("Content-Length: {said}\r\n\r\n");
                let (found, _) = bodies(&[first.as_bytes(), &whole[..cut], next].concat());
                assert_eq!(found.len(), 3, "{cut} {said}: {found:?}");
                assert_eq!(found[1..], ["{\"g\": 1}", "[]"], "{cut} {said}");
                assert!(found[0].as_bytes().starts_with(&whole[..cut]), "{cut} {said}: {}", found[0]);
            }
        }
    }

    #[test]
    fn a_story_about_headers_is_no_header() {
        for text in [
            r#"{"text": "Content-Length: 2\r\n\r\n{}"}"#,
            r#"{"text": "}]Content-Length: 2\\"}"#,
            "{\"text\":\r\n\"Content-Length: 2\"\r\n}",
            "{\r\n\"Content-Length\"\r\n:\r\n2\r\n}",
            "{\"Content-Length:\":\r\n2\r\n}\r\n",
        ] {
            let input = format!("Content-Length: {}\r\n\r\n{text}Content-Length: 2\r\n\r\n[]", text.len());
            let (found, wrong) = bodies(input.as_bytes());
            assert_eq!(found.iter().map(|body| body.trim_end()).collect::<Vec<_>>(), [text.trim_end(), "[]"]);
            assert_eq!(wrong, []);
        }
    }

    #[test]
    fn a_message_says_its_length_in_bytes() {
        assert_eq!(framed("é".as_bytes()), b"Content-Length: 2\r\n\r\n\xC3\xA9");
    }

    #[test]
    fn the_last_line_is_looked_at_as_far_as_a_header_may_reach() {
        assert_eq!((line_start(b"{}\nContent"), line_start(b"Content"), line_start(b"{}\n")), (3, 0, 3));
        assert_eq!(line_start(&[b'x'; LONGEST_HEADER + 10]), 10);
    }
}
