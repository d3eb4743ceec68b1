//! Files stay under 500 lines and functions under 100, as STYLE.md says: what is longer has more than one thing in it. Types that
//! are seen outside of their files have names of their own.

mod code;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use code::rust_files;

/// Most lines of a file.
const FILE: usize = 500;

/// Most lines of a function, from its name to its last brace.
const FUNCTION: usize = 100;

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for file in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("source files can be read");
        let lines = text.lines().count();
        if lines > FILE {
            long.push(format!("{}: {lines} lines", file.display()));
        }
        long.extend(
            functions(&text)
                .into_iter()
                .filter(|(_, lines)| *lines > FUNCTION)
                .map(|(name, lines)| format!("{}: {name} has {lines} lines", file.display())),
        );
    }
    assert!(long.is_empty(), "take these apart:\n{}", long.join("\n"));
}

#[test]
fn one_name_has_one_meaning() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("source files can be read");
        for name in text.lines().filter_map(seen_type) {
            files.entry(name.to_owned()).or_default().push(file.display().to_string());
        }
    }
    files.retain(|_, files| files.len() > 1);
    assert!(files.is_empty(), "name one of them otherwise: {files:#?}");
}

/// The name of the type that a line defines, where other files may see it.
fn seen_type(line: &str) -> Option<&str> {
    let (visible, rest) = line.strip_prefix("pub")?.split_once(' ')?;
    let name = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| rest.strip_prefix(kind))?;
    let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    (visible.is_empty() || visible.starts_with('(')).then(|| &name[..end])
}

/// The functions of a file with how many lines each has. `rustfmt` puts the last brace under the first word.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        let is_head = code.starts_with("fn ") || code.starts_with("pub") && code.contains(" fn ");
        let is_whole = line.ends_with(['}', ';']);
        if is_head && !is_whole {
            let end = format!("{indent}}}");
            let length = lines[at..].iter().position(|line| **line == end).map_or(0, |last| last + 1);
            let name = code.split("fn ").nth(1).unwrap_or_default().split(['(', '<']).next().unwrap_or_default();
            found.push((name.to_owned(), length));
        }
    }
    found
}

#[test]
fn lines_are_counted_from_name_to_brace() {
    let text = "pub(super) fn one(\n    x: u8,\n) -> u8 {\n    x\n}\n\nimpl A {\n    fn two<T>() {\n        if x {\n        }\n    }\n}\n";
    assert_eq!(functions(text), [("one".to_owned(), 5), ("two".to_owned(), 4)]);
}

#[test]
fn types_are_told_by_their_lines() {
    assert_eq!(seen_type("pub(super) enum QuoteMark {"), Some("QuoteMark"));
    assert_eq!(seen_type("pub type Offset = u32;"), Some("Offset"));
    assert_eq!(seen_type("struct Line {"), None);
    assert_eq!(seen_type("    pub fn struct_of() {"), None);
}
