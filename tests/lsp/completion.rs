//! What the server offers to write next, in stories and in `copydesk.toml`.

use serde_json::{Value, json};

use crate::client::{Client, edited};

#[test]
fn terms_of_the_house_are_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    std::fs::write(root.join("copydesk.toml"), "accept = [\"quayside café\"]\n").expect("the folder is ours");
    std::fs::create_dir_all(root.join(".copydesk/rules")).expect("the folder is ours");
    let rule = "[[rule]]\nid = \"house/quay\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"hint\"\nmessage = \"M\"\n\
        why = \"W\"\nphrases = [{ find = \"dock side\", use = [\"Quay Street pier\"] }, { find = \"{quay}\", use = [\"{quash}\"] }]\n";
    std::fs::write(root.join(".copydesk/rules/own.toml"), rule).expect("the folder is ours");
    let uri = format!("file://{}", root.join("a.txt").display());
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "date": "2018-02-12" }));
    client.check(&uri, "plaintext", "😀 At the qua");
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 13 } });
    let offered = client.request("textDocument/completion", at);
    let offered: Vec<(&Value, &Value)> =
        offered.as_array().expect("a list").iter().map(|item| (&item["label"], &item["detail"])).collect();
    let detail = json!("term of the house");
    assert_eq!(offered, [(&json!("Quay Street pier"), &detail), (&json!("quayside café"), &detail)]);
    client.shut_down();
}

/// What is offered between two halves of a document of this name, as label and edit.
fn offered_between(
    client: &mut Client,
    uri: &str,
    language: &str,
    (before, behind): (&str, &str),
) -> Vec<(String, Value)> {
    client.open(uri, language, &format!("{before}{behind}"));
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().map_or(0, |line| line.trim_end_matches('\r').encode_utf16().count());
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": column } });
    let items = client.request("textDocument/completion", at);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    let items = items.as_array().expect("a list").iter();
    items.map(|item| (item["label"].as_str().expect("a label").to_owned(), item["textEdit"].clone())).collect()
}

#[test]
fn settings_are_completed_while_they_are_broken() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let uri = "file:///nowhere/copydesk.toml";
    let mut labels = |text: &str| -> Vec<String> {
        offered_between(&mut client, uri, "plaintext", (text, "")).into_iter().map(|(label, _)| label).collect()
    };
    let has = |labels: &[String], label: &str| labels.iter().any(|known| known == label);
    for text in ["pac", "accept = [\"é😀\r\nfa", "x = \n[rules\n\n[[override]]\n"] {
        let keys = labels(text);
        assert!(has(&keys, "skip") && has(&keys, "house"), "{text:?}: {keys:?}");
        assert_eq!(has(&keys, "paths"), text.contains("override"), "{text:?}: {keys:?}");
        assert_eq!(has(&keys, "packs"), !text.contains("override"), "{text:?}: {keys:?}");
    }
    assert_eq!(labels("[house] # ours\n"), ["terms", "names", "dictionary", "people", "places"]);
    assert_eq!(labels("[override.date]\nd"), ["sources", "default"]);
    assert_eq!(labels("[rules.\"words/wordy\"]\nse"), ["severity", "message", "params"]);
    for text in ["[rules]\n\"wo", "[ rules ]\nwo", "profile = \n[rules\n\"wo", "[[override]]\n[override.rules]\n\"wo"] {
        let ids = labels(text);
        assert!(has(&ids, "words/wordy") && has(&ids, "time/*"), "{text:?}: {ids:?}");
    }
    let severities = ["off", "hint", "query", "warning", "error"];
    for text in ["\"words/wordy\" = ", "\"words/wordy\" = \"wa", "\"words/wordy\" = { severity = \""] {
        assert_eq!(labels(&format!("[rules]\n{text}")), severities, "{text:?}");
    }
    assert_eq!(labels("profile = \"n"), ["news", "magazine", "docs"]);
    assert!(has(&labels("packs = [\"core\", \"a"), "ap"));
    assert!(has(&labels("skip = ["), "quotes"));
    for text in
        ["packs = [\n  \"", "packs = [ # [\"\r\n  \"core\",\r\n  ", "[[override]]\nfail-on = \"\"\n\npacks = [\n\n\""]
    {
        let packs = labels(text);
        assert!(has(&packs, "ap") && !has(&packs, "house"), "{text:?}: {packs:?}");
    }
    for text in
        ["packs = [\n  \"core\",\n]\n", "exclude = [\"[a]\"]\n\n", "house = { people = [\n{ name = \"A\" }] }\n"]
    {
        assert!(has(&labels(text), "house"), "{text:?}");
    }
    for text in [
        "accept = [\"",
        "packs = [\"core\"",
        "[rules]\n\"words/wordy\" = { message = \"",
        "[nothing]\nx",
        "[date]\ndefault = ",
    ] {
        assert_eq!(labels(text), [] as [String; 0], "{text:?}");
    }
    // What was begun is replaced, with the rest of it and with the mark that an editor has put behind the cursor.
    for (before, behind, label, expected) in [
        ("[rules]\n\"wo", "", "words/wordy", "[rules]\n\"words/wordy\""),
        ("[rules]\n\"wo", "\"\n", "words/wordy", "[rules]\n\"words/wordy\"\n"),
        ("[rules]\n\"time/", "*\" = \"off\"\n", "words/wordy", "[rules]\n\"words/wordy\" = \"off\"\n"),
        ("profile = ", "\n", "docs", "profile = \"docs\"\n"),
        ("fail-on = \"", "hint\" # é\n", "error", "fail-on = \"error\" # é\n"),
        ("packs = [\n  \"core\",\n  \"br", "\",\n]\n", "british", "packs = [\n  \"core\",\n  \"british\",\n]\n"),
        ("packs = [\"core\", \"", ", \"ap\"]\n", "british", "packs = [\"core\", \"british\", \"ap\"]\n"),
    ] {
        let offered = offered_between(&mut client, uri, "toml", (before, behind));
        let (_, edit) = offered.iter().find(|(known, _)| known == label).expect("it is offered");
        assert_eq!(edited(&format!("{before}{behind}"), &json!([edit])), expected);
    }
    client.shut_down();
}

#[test]
fn the_rest_of_a_name_is_offered_once_its_beginning_is_written() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let story = "# Café 😀\n\nMayor Seán O’Brien met Anna-Lena de Vries and Adele de Groot.\n\n";
    // What is written, the name that is chosen, what stands there then.
    for (written, name, expected) in [
        ("😀 Anna-Lena de V", "Anna-Lena de Vries", "😀 Anna-Lena de Vries"),
        ("😀 de V", "de Vries", "😀 de Vries"),
        ("😀 It made V", "de Vries", "😀 It made de Vries"),
        ("😀 Adele de", "Adele de Groot", "😀 Adele de Groot"),
        ("😀 Vr", "Anna-Lena de Vries", "😀 Anna-Lena de Vries"),
        ("😀 o'b", "O’Brien", "😀 O’Brien"),
        ("😀 Seán O'B", "Seán O’Brien", "😀 Seán O’Brien"),
    ] {
        let text = format!("{story}{written}");
        client.open("untitled:b", "markdown", &text);
        client.diagnostics("untitled:b", 1);
        let at = json!({ "line": 4, "character": written.encode_utf16().count() });
        let params = json!({ "textDocument": { "uri": "untitled:b" }, "position": at });
        let items = client.request("textDocument/completion", params);
        let items = items.as_array().expect("a list");
        let item =
            items.iter().find(|item| item["label"] == json!(name)).unwrap_or_else(|| panic!("{written}: {items:?}"));
        assert_eq!(edited(&text, &json!([item["textEdit"]])), format!("{story}{expected}"));
        // An editor shows it only if what would be replaced begins what it filters by.
        let start = item["textEdit"]["range"]["start"]["character"].as_u64().and_then(|at| usize::try_from(at).ok());
        let replaced =
            String::from_utf16_lossy(&written.encode_utf16().skip(start.expect("a column")).collect::<Vec<_>>());
        let filter = item["filterText"].as_str().expect("a text");
        assert!(filter.to_lowercase().starts_with(&replaced.to_lowercase()), "{replaced}: {filter}");
    }
    // Small letters are words of the story: “an” is no Anna-Lena.
    for written in ["an", "ad", "and", "the v"] {
        client.open("untitled:b", "markdown", &format!("{story}{written}"));
        client.diagnostics("untitled:b", 1);
        let at = json!({ "line": 4, "character": written.len() });
        let params = json!({ "textDocument": { "uri": "untitled:b" }, "position": at });
        assert_eq!(client.request("textDocument/completion", params), json!([]), "{written}");
    }
    client.finish();
}
