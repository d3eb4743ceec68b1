//! What a writer sees come and go while a story is typed: next to nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, quiet};

const URI: &str = "untitled:typed";

/// The most findings that may come and go while all the stories are typed.
const MOST: usize = 3;

/// What is found in a document. The server may ask the client to ask again, which it does anyway.
fn pulled(client: &mut Client, uri: &str) -> Value {
    let id = client.start("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    loop {
        let message = client.next();
        if message["method"] == json!("workspace/diagnostic/refresh") {
            client.reply(&message["id"], Value::Null);
        } else {
            assert_eq!(message["id"], json!(id), "not expected: {message}");
            return message["result"].clone();
        }
    }
}

/// Types `text` letter by letter, and gives the rules of the findings that came and went, each time that they did.
///
/// A finding is told by its rule and by where it starts, which does not move while only its end is typed at.
fn transients(language: &str, text: &str) -> (usize, Vec<String>) {
    let mut client = Client::stdio();
    let mut capabilities = quiet();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    client.initialize(capabilities, json!({ "date": "2018-02-12", "packs": ["core", "ap"], "rest": 600 }));
    client.open(URI, language, "");
    let (mut line, mut column, mut keys) = (0, 0, 0);
    let mut shown: Vec<(String, Value)> = Vec::new();
    let mut gone = Vec::new();
    for (version, key) in (2..).zip(text.chars()) {
        let at = json!({ "line": line, "character": column });
        client.change(URI, version, json!([{ "range": { "start": at, "end": at }, "text": key.to_string() }]));
        (line, column) = if key == '\n' { (line + 1, 0) } else { (line, column + key.len_utf16()) };
        keys += 1;
        let report = pulled(&mut client, URI);
        let items = report["items"].as_array().expect("a list of diagnostics");
        let now: Vec<(String, Value)> = items
            .iter()
            .map(|d| (d["code"].as_str().expect("every finding has a rule").to_owned(), d["range"]["start"].clone()))
            .collect();
        gone.extend(shown.iter().filter(|known| !now.contains(known)).map(|(rule, _)| rule.clone()));
        shown = now;
    }
    // Whoever saves is told of everything, as if the story had just been opened.
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    let report = pulled(&mut client, URI);
    let saved = report["items"].clone();
    client.open("untitled:whole", language, text);
    let report = pulled(&mut client, "untitled:whole");
    let places = |items: &Value| -> Vec<(Value, Value)> {
        items.as_array().expect("a list").iter().map(|d| (d["code"].clone(), d["range"].clone())).collect()
    };
    assert_eq!(places(&saved), places(&report["items"]));
    client.shut_down();
    (keys, gone)
}

#[test]
fn stories_are_typed_in_silence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut stories: Vec<_> = fs::read_dir(root.join("tests/lsp/stories"))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    stories.push(root.join("examples/ferry-terminal.txt"));
    stories.sort();
    assert_eq!(stories.len(), 6);
    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    let (mut keys, mut all) = (0, 0);
    for path in &stories {
        let text = fs::read_to_string(path).expect("it is text");
        let is_markdown = path.extension().is_some_and(|extension| extension == "md");
        let (typed, gone) = transients(if is_markdown { "markdown" } else { "plaintext" }, &text);
        println!("{}: {typed} keys, came and went: {gone:?}", path.display());
        keys += typed;
        all += gone.len();
        gone.into_iter().for_each(|rule| *by_rule.entry(rule).or_default() += 1);
    }
    println!("{keys} keys, {all} findings came and went: {by_rule:?}");
    assert!(all <= MOST, "{all} findings came and went: {by_rule:?}");
}
