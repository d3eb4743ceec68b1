//! The form of the files in `lexicon/en`, and the Rust that `build.rs` writes of them. Only `build.rs` uses this file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::words::SlotTable;

/// A list as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    /// What the list is for and who uses it.
    about: String,
    /// The words: one text, of which each word is one, or an array where some have more than one word.
    words: Option<WrittenWords>,
    /// Words that belong together, such as the forms of a verb: arrays of the same length.
    rows: Option<Vec<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenWords {
    Text(String),
    Array(Vec<String>),
}

/// The Rust of a module that holds the lists of one file; `Err` says what is wrong with it.
pub fn module(name: &str, text: &str) -> Result<String, String> {
    let lists: BTreeMap<String, WrittenList> = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut out = format!(
        "pub(crate) mod {} {{\n    #[allow(unused_imports, reason = \"a file may hold rows alone\")]\n    use super::WordList;\n",
        identifier(name)?
    );
    for (name, entry) in &lists {
        let wrong = |what: &str| format!("[{name}] {what}");
        if entry.about.trim().is_empty() {
            return Err(wrong("says nothing in `about`"));
        }
        for line in entry.about.trim().lines() {
            let _ = writeln!(out, "    /// {}", line.trim());
        }
        let constant = identifier(name)?.to_uppercase();
        match (&entry.words, &entry.rows) {
            (Some(words), None) => {
                let words: Vec<&str> = match words {
                    WrittenWords::Text(text) => text.split_whitespace().collect(),
                    WrittenWords::Array(words) => words.iter().map(String::as_str).collect(),
                };
                let list = list(&words).map_err(|what| wrong(&what))?;
                let _ = writeln!(out, "    pub(crate) static {constant}: WordList = {list};");
            }
            (None, Some(rows)) => {
                let length = rows.first().map_or(0, Vec::len);
                if length < 2 || rows.iter().any(|row| row.len() != length) {
                    return Err(wrong("has rows that are not of the same length, two words at least"));
                }
                let row = vec!["&str"; length].join(", ");
                let _ = writeln!(out, "    pub(crate) static {constant}: [({row}); {}] = [", rows.len());
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|word| format!("{word:?}")).collect();
                    let _ = writeln!(out, "        ({}),", cells.join(", "));
                }
                out.push_str("    ];\n");
            }
            _ => return Err(wrong("needs either `words` or `rows`")),
        }
    }
    out.push_str("}\n");
    Ok(out)
}

/// The expression that makes a list of `words`, each of which may be there once.
fn list(words: &[&str]) -> Result<String, String> {
    if words.is_empty() || words.len() > 1 << 16 {
        return Err(format!("has {} words; one to 65,536 can be looked up", words.len()));
    }
    let mut table = SlotTable::with_room_for(words.len());
    let (mut text, mut ends) = (String::new(), Vec::new());
    let (mut lengths, mut starts) = (0_u64, 0_u32);
    for (place, word) in words.iter().enumerate() {
        if word.trim_start() != *word || word.is_empty() {
            return Err(format!("has a word with a space before it, or an empty one: {word:?}"));
        }
        let word_at = |place: usize| words.get(place).map(|word| word.as_bytes());
        if table.slots().find(word.as_bytes(), word_at).is_some() {
            return Err(format!("holds {word:?} twice"));
        }
        table.insert(word.as_bytes(), place as u16);
        text.push_str(word);
        ends.push(text.len() as u32);
        lengths |= 1 << word.len().min(63);
        starts |= 1 << (word.as_bytes()[0] & 31);
    }
    let SlotTable { tags, places } = table;
    Ok(format!(
        "WordList {{ text: {text:?}, ends: &{ends:?}, lengths: {lengths}, starts: {starts}, tags: &{tags:?}, \
         places: &{places:?} }}"
    ))
}

/// The name of a file or list as Rust writes it.
fn identifier(name: &str) -> Result<String, String> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_plain { Ok(name.replace('-', "_")) } else { Err(format!("{name:?}: names are small letters with hyphens")) }
}
