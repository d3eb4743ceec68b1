//! What a client can learn of the server at work: recordings, their replay, and traces.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::client::{Client, able, program};

const URI: &str = "untitled:a";
const TEXT: &str = "Café 😀: the council insists of meeting on Sunday.\n";

fn replay(arguments: &[&str], log: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.arg("replay").args(arguments).arg(log).output().expect("the program starts")
}

fn recorded(log: &Path) -> Client {
    let mut child = program().arg("--log").arg(log).spawn().expect("the program starts");
    let (input, output) = (child.stdout.take().expect("piped"), child.stdin.take().expect("piped"));
    let client = Client::over(child, input, output);
    client.listen();
    client
}

#[test]
fn a_session_can_be_recorded_and_replayed() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    // One with questions of the server, which are answered in another order than they come.
    let mut client = recorded(&log);
    client.initialize(able(), json!({}));
    let questions = [client.next(), client.next()];
    for question in questions.iter().rev() {
        let settings = question["method"] == json!("workspace/configuration");
        let answer = if settings { json!([{ "date": "2018-02-12" }]) } else { Value::Null };
        client.reply(&question["id"].clone(), answer);
    }
    let hover = json!({ "textDocument": { "uri": URI }, "position": { "line": 0, "character": 25 } });
    client.open(URI, "plaintext", TEXT);
    client.messages_until("textDocument/hover", hover);
    client.send_bytes(b"Content-Length: 2\r\n\r\n{\r");
    while client.next()["error"].is_null() {}
    client.finish();
    let text = std::fs::read_to_string(&log).expect("it was written");
    let said = text.lines().filter(|line| line.starts_with("client ")).count();
    assert_eq!(said, 9, "{text}");
    assert!(text.contains("Café 😀") && text.contains("publishDiagnostics"), "{text}");

    let output = replay(&[], &log);
    let report = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert!(report.starts_with("session 1 of 1: messages sent: 9; answers as recorded: 3, others: 0;"), "{report}");

    // A client that crashed said no goodbye; its session can be played all the same.
    let goodbye = text.rfind("\nclient ").expect("it ended with `exit`");
    std::fs::write(&log, &text[..=goodbye]).expect("the folder is ours");
    let output = replay(&[], &log);
    let report = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert!(report.contains("messages sent: 8; answers as recorded: 3, others: 0; the server ended with"), "{report}");
    assert!(!report.contains("signal"), "{report}");

    // The server says something else than it did then.
    std::fs::write(&log, text.replace("insists on", "insists at")).expect("the folder is ours");
    let output = replay(&["--session", "1"], &log);
    let report = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.starts_with("textDocument/hover (2)\n  then: ") && report.contains("others: 1;"), "{report}");

    for (arguments, content, expected) in [
        (&["--session", "2"][..], text.as_str(), "there is no session 2; the recording holds 1"),
        (&[], "Content-Length: 7\n", "line 1 is not of a recording"),
        (&[], "", "nothing was recorded"),
    ] {
        std::fs::write(&log, content).expect("the folder is ours");
        let output = replay(arguments, &log);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(expected), "{said}");
    }
}

#[test]
fn a_client_that_wants_to_is_told_what_is_done() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "date": "2018-02-12" }));
    client.check(URI, "plaintext", TEXT);
    client.notify("$/setTrace", json!({ "value": "messages" }));
    client.change(URI, 2, json!([{ "text": "It rained.\n" }]));
    client.diagnostics(URI, 2);
    let told = client.notification("$/logTrace");
    assert!(told["message"].as_str().is_some_and(|m| m.starts_with("checked untitled:a in version 2")), "{told}");
    assert_eq!(told.get("verbose"), None);
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.change(URI, 3, json!([{ "text": "It rained on.\n" }]));
    let told = client.notification("$/logTrace");
    assert!(told["message"].as_str().is_some_and(|m| m.contains("version 3: nothing new")), "{told}");
    assert!(told["verbose"].as_str().is_some_and(|details| details.contains("diagnostics")), "{told}");
    let id = client.start("textDocument/foldingRange", json!({ "textDocument": { "uri": URI } }));
    let told = client.notification("$/logTrace");
    assert!(
        told["message"].as_str().is_some_and(|m| m.starts_with("textDocument/foldingRange: answered in")),
        "{told}"
    );
    assert_eq!(client.next()["id"], json!(id));
    client.notify("$/setTrace", json!({ "value": "loud" }));
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.change(URI, 4, json!([{ "text": "It rained on and on.\n" }]));
    client.shut_down();
}
