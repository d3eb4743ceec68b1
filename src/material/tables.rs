//! Tables and data: comma- and tab-separated values, JSON.

use serde_json::Value;

use super::{Piece, Place};

/// The most values that are read.
const MOST: usize = 1_000_000;

/// The cells of a table (RFC 4180), each with its name in a spreadsheet.
pub(super) fn separated(text: &str, separator: char) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut row, mut column) = (1, 0);
    // A cell may hold line breaks, so rows are not lines.
    let (mut line, mut first_line) = (1, 1);
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    let mut end = |cell: &mut String, row: usize, column: usize, line: usize| {
        if !cell.trim().is_empty() && pieces.len() < MOST {
            let place = Place::Cell(format!("{}{row}", letters(column)));
            pieces.push(Piece { place, line: Some(line), text: cell.trim().to_owned(), speaker: None, grid: None });
        }
        cell.clear();
    };
    while let Some(c) = characters.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\n' if !quoted => {
                end(&mut cell, row, column, first_line);
                (row, column, first_line) = (row + 1, 0, line);
            }
            c if c == separator && !quoted => {
                end(&mut cell, row, column, first_line);
                (column, first_line) = (column + 1, line);
            }
            c => cell.push(c),
        }
    }
    end(&mut cell, row, column, first_line);
    pieces
}

/// The letters of a column: `A` for 0, `AA` for 26.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// The texts and numbers of a JSON document, each with the pointer to it (RFC 6901).
///
/// # Errors
///
/// Says where it is not JSON. Values that lie deeper than the reader of JSON goes are none, either.
pub(super) fn json(text: &str) -> Result<Vec<Piece>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let mut pieces = Vec::new();
    // The order of the document, without recursion: what comes last is taken first.
    let mut left: Vec<(String, &Value)> = vec![(String::new(), &value)];
    while let Some((key, value)) = left.pop() {
        if pieces.len() >= MOST {
            break;
        }
        let place = |key: String| Place::Key(if key.is_empty() { "/".to_owned() } else { key });
        match value {
            Value::String(text) => {
                pieces.push(Piece { place: place(key), line: None, text: text.clone(), speaker: None, grid: None })
            }
            Value::Number(number) => pieces.push(Piece {
                place: place(key),
                line: None,
                text: number.to_string(),
                speaker: None,
                grid: None,
            }),
            Value::Array(items) => {
                left.extend(items.iter().enumerate().rev().map(|(at, item)| (format!("{key}/{at}"), item)));
            }
            Value::Object(entries) => {
                let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
                left.extend(entries.iter().rev().map(|(name, item)| (format!("{key}/{}", escaped(name)), item)));
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pieces: Vec<Piece>) -> Vec<(String, String)> {
        pieces.into_iter().map(|piece| (piece.place.to_string(), piece.text)).collect()
    }

    #[test]
    fn cells_have_names() {
        let cells = told(separated("name,cost\r\n\"Ferry, new\",\"4,200,000\"\n\"say \"\"no\"\"\",\n", ','));
        let wanted = [("A1", "name"), ("B1", "cost"), ("A2", "Ferry, new"), ("B2", "4,200,000"), ("A3", "say \"no\"")];
        assert_eq!(cells, wanted.map(|(place, text)| (place.to_owned(), text.to_owned())));
        assert_eq!([letters(0), letters(25), letters(26), letters(702)], ["A", "Z", "AA", "AAA"]);
    }

    #[test]
    fn values_have_pointers() {
        let values = told(json("{\"a/b\": [\"one\", {\"c\": 2}], \"d\": null}").expect("it is JSON"));
        let wanted = [("/a~1b/0", "one"), ("/a~1b/1/c", "2")];
        assert_eq!(values, wanted.map(|(place, text)| (place.to_owned(), text.to_owned())));
        assert!(json("{").is_err());
        assert!(json(&"[".repeat(100_000)).is_err(), "too deep");
    }
}
