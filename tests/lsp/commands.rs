//! Commands and the server's own messages.

use serde_json::{Value, json};

use crate::client::{Client, able, edited, quiet, range};
use crate::documents::of_rule;

const URI: &str = "untitled:a";
const TEXT: &str = "Café 😀: the council insists of meeting on Sunday.\n";

fn run(client: &mut Client, command: &str, argument: Value) -> Value {
    client.answer_and_news("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }))
}

/// The text after an edit that the server asks for with its answer; either may come first.
fn applied(client: &mut Client, command: &str, argument: Value) -> String {
    let id = client.start("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }));
    let messages = [client.next(), client.next()];
    let answer = messages.iter().find(|m| m["id"] == json!(id) && m.get("method").is_none()).expect("it is answered");
    assert_eq!(answer["result"], Value::Null, "{answer}");
    let asked = messages.iter().find(|m| m["method"] == json!("workspace/applyEdit")).expect("it asks");
    client.reply(&asked["id"].clone(), json!({ "applied": true }));
    edited(TEXT, &asked["params"]["edit"]["documentChanges"][0]["edits"])
}

#[test]
fn the_status_is_told_when_it_changes() {
    let mut capabilities = quiet();
    capabilities["experimental"] = json!({ "copydesk": { "status": true } });
    let mut client = Client::stdio();
    let server = client.initialize(capabilities, json!({ "today": false }));
    assert_eq!(server["experimental"]["copydesk"]["requests"], json!(["copydesk/facts", "copydesk/status"]));
    client.open(URI, "plaintext", TEXT);
    let status = client.notification("copydesk/didChangeStatus");
    assert_eq!((&status["uri"], &status["version"]), (&json!(URI), &json!(1)));
    assert_eq!(status["published"], Value::Null);
    let found = client.diagnostics(URI, 1);
    let counts = &status["findings"];
    let severities = ["error", "warning", "query", "hint"].map(|severity| counts[severity].as_u64().expect("a number"));
    assert_eq!(severities.iter().sum::<u64>(), found.len() as u64, "{status} {found:?}");
    assert_eq!(counts["warning"], json!(found.iter().filter(|d| d["severity"] == json!(2)).count()));
    // A date that is given for this document alone.
    run(&mut client, "copydesk.setDate", json!({ "uri": URI, "date": "2018-02-12" }));
    let status = client.notification("copydesk/didChangeStatus");
    let given = json!({ "date": "2018-02-12", "origin": "given", "label": "given", "range": null });
    assert_eq!(status["published"], given);
    let found = client.diagnostics(URI, 1);
    assert_eq!(of_rule(&found, "time/no-publication-date"), [] as [&Value; 0]);
    let asked = client.request("copydesk/status", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(asked, status);
    // One that stands in the text, once the other is taken back.
    run(&mut client, "copydesk.setDate", json!({ "date": null }));
    assert_eq!(client.notification("copydesk/didChangeStatus")["published"], Value::Null);
    client.diagnostics(URI, 1);
    let dated = format!("---\ndate: 2018-02-12\n---\n\n{TEXT}");
    client.change(URI, 2, json!([{ "text": dated }]));
    let status = client.notification("copydesk/didChangeStatus");
    assert_eq!(status["published"]["origin"], json!("frontMatter"));
    assert_eq!(status["published"]["range"], range(&dated, "2018-02-12"));
    client.diagnostics(URI, 2);
    client.shut_down();
}

#[test]
fn facts_have_the_clients_positions() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    let text = "😀 “We will go on,” Mayor Dale Finch said on Sunday.\n";
    client.check(URI, "plaintext", text);
    let facts = client.request("copydesk/facts", json!({ "textDocument": { "uri": URI } }));
    assert_eq!((&facts["uri"], &facts["version"], &facts["words"]), (&json!(URI), &json!(1), &json!(10)));
    assert_eq!(facts["quotes"][0]["range"], range(text, "“We will go on,”"));
    assert_eq!(facts["quotes"][0]["speaker"]["person"], json!("Dale Finch"));
    assert_eq!(facts["dates"][0]["from"], json!("2018-02-11"));
    assert_eq!(facts["published"], json!({ "date": "2018-02-12", "origin": "given", "range": null }));
    let settings = "file:///nowhere/copydesk.toml";
    client.open(settings, "toml", "");
    for method in ["copydesk/facts", "copydesk/status"] {
        let about = |uri: &str| json!({ "textDocument": { "uri": uri } });
        assert_eq!(client.request(method, about(settings)), Value::Null, "no story");
        assert_eq!(client.answer(method, about("untitled:z"))["error"]["code"], json!(-32602), "not open");
        assert_eq!(client.answer(method, json!({}))["error"]["code"], json!(-32602));
    }
    client.shut_down();
}

#[test]
fn commands_change_the_story_through_the_client() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    client.check(URI, "plaintext", TEXT);
    let dated = applied(&mut client, "copydesk.insertDate", json!({ "uri": URI }));
    assert_eq!(dated, format!("---\ndate: 2018-02-12\n---\n\n{TEXT}"));
    let dated = applied(&mut client, "copydesk.insertDate", json!({ "uri": URI, "date": "2018-02-13" }));
    assert!(dated.starts_with("---\ndate: 2018-02-13\n"), "{dated}");
    let here = |scope: &str, rule: Value| json!({ "uri": URI, "position": range(TEXT, "of meeting")["start"], "rule": rule, "where": scope });
    let ignored = applied(&mut client, "copydesk.ignore", here("here", Value::Null));
    assert_eq!(ignored, TEXT.replace("of meeting", "of meeting (CQ)"));
    let wrong = [
        ("copydesk.ignore", here("here", json!("time/relative-weekday"))),
        ("copydesk.ignore", here("everywhere", Value::Null)),
        ("copydesk.insertDate", json!({ "uri": URI, "date": "soon" })),
        ("copydesk.insertDate", json!({ "uri": "untitled:z" })),
        ("copydesk.setDate", json!({ "date": "2018-02-30" })),
        ("copydesk.setDate", json!("2018-02-12")),
        ("copydesk.addTerm", json!({ "uri": URI, "term": " " })),
        // There is no folder for settings.
        ("copydesk.addTerm", json!({ "uri": URI, "term": "Café" })),
        ("copydesk.apply", json!({})),
        ("copydesk.factSheet", Value::Null),
    ];
    for (command, argument) in wrong {
        let answer = run(&mut client, command, argument.clone());
        assert_eq!(answer["error"]["code"], json!(-32602), "{command} {argument}: {answer}");
    }
    client.shut_down();
}

#[test]
fn words_are_added_to_those_of_the_house() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    std::fs::write(root.join("copydesk.toml"), "accept = [\"Café\"]\n").expect("the folder is ours");
    let uri = format!("file://{}", root.join("a.txt").display());
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    client.check(&uri, "plaintext", TEXT);
    let argument = json!({ "uri": uri, "term": "insists of" });
    let id =
        client.start("workspace/executeCommand", json!({ "command": "copydesk.addTerm", "arguments": [argument] }));
    let messages = [client.next(), client.next()];
    assert!(messages.iter().any(|message| message["id"] == json!(id) && message["result"].is_null()), "{messages:?}");
    let asked = messages.iter().find(|m| m["method"] == json!("workspace/applyEdit")).expect("it asks");
    let change = &asked["params"]["edit"]["documentChanges"][0];
    assert_eq!(edited("accept = [\"Café\"]\n", &change["edits"]), "accept = [\"Café\", \"insists of\"]\n");
    client.reply(&asked["id"].clone(), json!({ "applied": true }));
    client.shut_down();

    // A client that makes no edits is told so.
    let mut capabilities = able();
    for question in ["applyEdit", "configuration", "didChangeConfiguration", "didChangeWatchedFiles"] {
        capabilities["workspace"][question] = Value::Null;
    }
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({}));
    client.check(URI, "plaintext", TEXT);
    let refused = run(&mut client, "copydesk.insertDate", json!({ "uri": URI }));
    assert_eq!(refused["error"]["code"], json!(-32600), "{refused}");
    client.shut_down();
}

#[test]
fn the_fact_sheet_is_shown_where_documents_can_be() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    client.check(URI, "plaintext", TEXT);
    let id = client.start("workspace/executeCommand", json!({ "command": "copydesk.factSheet", "arguments": [URI] }));
    let messages = [client.next(), client.next()];
    let answer = messages.iter().find(|m| m["id"] == json!(id) && m.get("method").is_none()).expect("it is answered");
    let shown = messages.iter().find(|m| m["method"] == json!("window/showDocument")).expect("it is shown");
    client.reply(&shown["id"].clone(), json!({ "success": true }));
    let file = shown["params"]["uri"].as_str().and_then(|uri| uri.strip_prefix("file://")).expect("a file");
    let sheet = std::fs::read_to_string(file).expect("it is there");
    assert_eq!(answer["result"], json!(sheet));
    assert!(sheet.contains("2018-02-11"), "{sheet}");
    // It is no story, and it is gone with the server.
    let uri = shown["params"]["uri"].as_str().expect("a file").to_owned();
    client.open(&uri, "plaintext", &sheet);
    client.check("untitled:b", "plaintext", TEXT);
    client.shut_down();
    assert!(!std::path::Path::new(file).exists());
}

#[test]
fn what_stands_beside_the_text_is_asked_for_again() {
    let mut capabilities = quiet();
    for beside in ["codeLens", "inlayHint"] {
        capabilities["workspace"][beside] = json!({ "refreshSupport": true });
    }
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({ "today": false }));
    client.check(URI, "plaintext", TEXT);
    let lens = |client: &mut Client| client.request("textDocument/codeLens", json!({ "textDocument": { "uri": URI } }));
    let title = |lens: &Value| lens[0]["command"]["title"].as_str().expect("a title").to_owned();
    let before = title(&lens(&mut client));
    // An edit needs no refresh: clients ask after each.
    client.change(URI, 2, json!([{ "text": "It rained.\n" }]));
    client.diagnostics(URI, 2);
    assert_ne!(title(&lens(&mut client)), before);
    assert!(title(&lens(&mut client)).contains("2 words"), "{}", title(&lens(&mut client)));
    let off = json!({ "settings": { "copydesk": { "today": false, "codeLens": false } } });
    client.notify("workspace/didChangeConfiguration", off);
    let mut asked = [(); 2].map(|()| client.next());
    asked.sort_by_key(|question| question["method"].as_str().map(str::to_owned));
    for (question, method) in asked.iter().zip(["workspace/codeLens/refresh", "workspace/inlayHint/refresh"]) {
        assert_eq!(question["method"], json!(method));
        client.reply(&question["id"].clone(), Value::Null);
    }
    assert_eq!(lens(&mut client), Value::Null);
    client.shut_down();
}
