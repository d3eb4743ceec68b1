//! Messages of e-mail, as mail programs save them (`.eml`).

use mail_parser::{Address, MessageParser};

use super::{Piece, Place};

/// The most parts of a message whose text is read.
const MOST_PARTS: usize = 50;

/// Bytes that a line of a message and a line of its file have in common at its start, so that they are the same: lines of files may
/// be broken.
const LEAST: usize = 40;

/// Who wrote to whom, about what, and the lines of the text. Attachments are files of their own.
///
/// # Errors
///
/// Says that it is no message.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let message = MessageParser::default().parse(bytes).ok_or("it is not an e-mail")?;
    let mut pieces = Vec::new();
    let mut header = |name: &str, text: String| {
        if !text.trim().is_empty() {
            pieces.push(Piece { place: Place::Key(name.to_owned()), line: None, text, speaker: None, grid: None });
        }
    };
    header("From", message.from().map(people).unwrap_or_default());
    header("To", message.to().map(people).unwrap_or_default());
    header("Date", message.date().map(|date| date.to_rfc3339()).unwrap_or_default());
    header("Subject", message.subject().unwrap_or_default().to_owned());
    let from = message.from().and_then(Address::first);
    let speaker = from.and_then(|from| from.name()).map(str::to_owned);
    let raw = String::from_utf8_lossy(bytes);
    let mut written = raw.lines().enumerate();
    // Behind the headers.
    written.find(|(_, line)| line.is_empty());
    let mut number = 0;
    for part in 0..message.text_body_count().min(MOST_PARTS) {
        let Some(text) = message.body_text(part) else { continue };
        for line in text.lines() {
            number += 1;
            // What an answer quotes is another's, as its marks say.
            let answered = line.trim_start().starts_with('>');
            let text = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            if !text.is_empty() {
                let speaker = speaker.clone().filter(|_| !answered);
                // The line of the file, where it is written there as it is read; else one that is further on may be.
                let begins = &text[..text.find(|c: char| !c.is_ascii() || c == '=').unwrap_or(text.len()).min(LEAST)];
                let mut further = written.clone();
                let is_it = |(_, line): &(usize, &str)| !begins.is_empty() && line.contains(begins);
                let line = further.find(is_it).map(|(at, _)| at + 1);
                if line.is_some() {
                    written = further;
                }
                let (place, text) = (Place::Line(number), text.to_owned());
                pieces.push(Piece { place, line, text, speaker, grid: None });
            }
        }
    }
    match number {
        0 => Err("there is no text in it".to_owned()),
        _ => Ok(pieces),
    }
}

fn people(address: &Address) -> String {
    let one = |person: &mail_parser::Addr| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_writer_and_its_lines() {
        let message = "From: Ana Ruiz <ana@example.org>\r\nTo: desk@example.org\r\nSubject: =?utf-8?Q?The_ferry_=E2=80=93_at_last?=\r\nDate: Mon, 12 Feb 2018 09:30:00 -0500\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nWe keep the ferry, and we pay =E2=82=AC4 for=\r\n it.\r\n\r\n> Do you?\r\n";
        let pieces = read(message.as_bytes()).expect("it is read");
        let told: Vec<(String, &str)> = pieces.iter().map(|p| (p.place.to_string(), p.text.as_str())).collect();
        assert_eq!(told[0], ("From".to_owned(), "Ana Ruiz <ana@example.org>"));
        assert_eq!(told[3], ("Subject".to_owned(), "The ferry – at last"));
        assert_eq!(told[4], ("line 1".to_owned(), "We keep the ferry, and we pay €4 for it."));
        assert_eq!(pieces[4].speaker.as_deref(), Some("Ana Ruiz"));
        assert_eq!((pieces[4].line, pieces[5].line), (Some(8), Some(11)));
        assert_eq!((told[5].1, pieces[5].speaker.as_deref()), ("Do you?", None));
        assert!(read(b"").is_err());
    }
}
