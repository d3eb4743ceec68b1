//! Diagnostics of stories that are not open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::Client;

const WRONG: &str = "Café 😀: the council insists of meeting on Monday, Feb. 20, 2018.\n";
const CLEAN: &str = "It rained.\n";

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A folder with stories, by its real name, which is deleted with the first of the pair.
fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    for (name, content) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("it is below")).expect("the folder is ours");
        std::fs::write(path, content).expect("the folder is ours");
    }
    (folder, root)
}

fn start(root: &Path, options: Value) -> (Client, Value) {
    let mut client = Client::stdio();
    let folders = json!([{ "uri": uri(root), "name": "stories" }]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let answer = client.request(
        "initialize",
        json!({
            "processId": null, "rootUri": null, "workspaceFolders": folders,
            "capabilities": capabilities, "initializationOptions": options,
        }),
    );
    client.notify("initialized", json!({}));
    (client, answer["capabilities"]["diagnosticProvider"].clone())
}

/// Reports by the names of their files.
fn by_name(items: &Value, root: &Path) -> BTreeMap<String, Value> {
    let items = items.as_array().expect("a list").iter();
    let named = items.map(|item| {
        let uri_of_root = uri(root);
        let name = item["uri"].as_str().and_then(|uri| uri.strip_prefix(&uri_of_root)).expect("it is below");
        (name.trim_start_matches('/').to_owned(), item.clone())
    });
    let count = named.len();
    let map: BTreeMap<String, Value> = named.collect();
    assert_eq!(map.len(), count, "each file is reported once");
    map
}

fn previous(reports: &BTreeMap<String, Value>) -> Vec<Value> {
    reports.values().map(|report| json!({ "uri": report["uri"], "value": report["resultId"] })).collect()
}

fn ask(client: &mut Client, root: &Path, previous: &[Value]) -> BTreeMap<String, Value> {
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": previous }));
    by_name(&report["items"], root)
}

fn codes(report: &Value) -> Vec<&str> {
    report["items"].as_array().expect("a list").iter().filter_map(|item| item["code"].as_str()).collect()
}

#[test]
fn stories_on_disk_are_reported_once_and_then_when_they_change() {
    let (_folder, root) = folder(&[
        ("copydesk.toml", b"exclude = [\"archive/**\"]\n"),
        (".ignore", b"draft.txt\n"),
        ("a.txt", WRONG.as_bytes()),
        ("news/b café.md", CLEAN.as_bytes()),
        ("archive/old.txt", WRONG.as_bytes()),
        ("draft.txt", WRONG.as_bytes()),
        ("latin.txt", b"caf\xE9\n"),
        ("notes.csv", b"a,b\n"),
    ]);
    let (mut client, offered) = start(&root, json!({ "date": "2018-02-12" }));
    assert_eq!(offered["workspaceDiagnostics"], json!(true));
    let first = ask(&mut client, &root, &[]);
    assert_eq!(first.keys().collect::<Vec<_>>(), ["a.txt", "latin.txt", "news/b%20caf%C3%A9.md"]);
    assert!(first.values().all(|report| report["kind"] == json!("full") && report["version"].is_null()), "{first:?}");
    assert!(codes(&first["a.txt"]).contains(&"time/weekday-mismatch"), "{first:?}");
    let hints = |report: &Value| report["items"].as_array().expect("a list").iter().any(|d| d["severity"] == json!(4));
    assert!(!hints(&first["a.txt"]), "hints are for open stories: {first:?}");
    assert!(first["latin.txt"]["items"][0]["message"].as_str().is_some_and(|m| m.contains("not UTF-8")), "{first:?}");

    // Known reports are not sent again, however the client writes the address.
    let mut known = previous(&first);
    known[2]["uri"] = json!(uri(&root.join("news")) + "/b%20caf%c3%a9.md");
    let second = ask(&mut client, &root, &known);
    assert!(second.values().all(|report| report["kind"] == json!("unchanged")), "{second:?}");
    assert_eq!(second["a.txt"]["resultId"], first["a.txt"]["resultId"]);

    // What is open counts as it stands in the editor; what is gone has no findings; what changed on disk is read again.
    client.open(&uri(&root.join("a.txt")), "plaintext", CLEAN);
    std::fs::remove_file(root.join("latin.txt")).expect("it is there");
    std::fs::write(root.join("news/b café.md"), WRONG).expect("the folder is ours");
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&root.join("copydesk.toml")), "type": 2 }] }),
    );
    let third = ask(&mut client, &root, &known);
    assert_eq!((&third["a.txt"]["version"], codes(&third["a.txt"])), (&json!(1), Vec::new()));
    assert_eq!(third["latin.txt"]["items"], json!([]));
    assert!(codes(&third["news/b%20caf%C3%A9.md"]).contains(&"time/weekday-mismatch"), "{third:?}");

    // Settings change what is found everywhere.
    std::fs::write(root.join("copydesk.toml"), "[rules]\n\"time/*\" = \"off\"\n").expect("the folder is ours");
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&root.join("copydesk.toml")), "type": 2 }] }),
    );
    let fourth = ask(&mut client, &root, &previous(&third));
    assert!(!codes(&fourth["news/b%20caf%C3%A9.md"]).contains(&"time/weekday-mismatch"), "{fourth:?}");
    assert!(fourth.contains_key("archive/old.txt") && !fourth.contains_key("latin.txt"), "{fourth:?}");
    client.shut_down();
}

#[test]
fn a_date_that_was_set_counts_however_the_client_writes_the_address() {
    let (_folder, root) = folder(&[("ferry (new).txt", b"The ferry left on Monday, Feb. 13.\n")]);
    let (mut client, _) = start(&root, json!({ "date": "2018-02-12" }));
    let uri = uri(&root.join("ferry%20(new).txt"));
    let command = json!({ "command": "copydesk.setDate", "arguments": [{ "uri": uri, "date": "2018-02-21" }] });
    client.request("workspace/executeCommand", command);
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let said = report["items"][0]["items"].to_string();
    assert!(said.contains("2018-02-21") && !said.contains("2018-02-12"), "{said}");
    client.shut_down();
}

#[test]
fn a_long_report_comes_in_parts_and_can_be_cancelled() {
    let stories: Vec<String> = (0..300).map(|number| format!("{number}.txt")).collect();
    let text = WRONG.repeat(20);
    let files: Vec<(&str, &[u8])> = stories.iter().map(|name| (name.as_str(), text.as_bytes())).collect();
    let (_folder, root) = folder(&files);
    let (mut client, _) = start(&root, json!({ "date": "2018-02-12" }));
    let params = json!({ "previousResultIds": [], "partialResultToken": "part", "workDoneToken": 7 });
    let id = client.start("workspace/diagnostic", params);
    let (mut items, mut steps) = (Vec::new(), Vec::new());
    let answer = loop {
        let message = client.next();
        if message["id"] == json!(id) {
            break message;
        }
        assert_eq!(message["method"], json!("$/progress"), "not expected: {message}");
        let value = &message["params"]["value"];
        match &message["params"]["token"] {
            token if *token == json!("part") => items.extend(value["items"].as_array().expect("a list").clone()),
            token => {
                assert_eq!(*token, json!(7));
                steps.push(value["kind"].as_str().expect("a kind").to_owned());
            }
        }
    };
    assert_eq!(answer["result"], json!({ "items": [] }), "all came in parts");
    assert_eq!(by_name(&json!(items), &root).len(), 300);
    assert_eq!((steps.first().map(String::as_str), steps.last().map(String::as_str)), (Some("begin"), Some("end")));
    assert!(steps[1..steps.len() - 1].iter().all(|kind| kind == "report"), "{steps:?}");

    // Of a request that is taken back nothing more is told once it is answered.
    let params = json!({ "previousResultIds": [], "partialResultToken": "part", "workDoneToken": 8 });
    let id = client.start("workspace/diagnostic", params);
    // `$/cancelRequest` takes it back; a button of the progress itself would do nothing.
    assert_eq!(
        client.notification("$/progress")["value"],
        json!({ "kind": "begin", "title": "Checking stories", "percentage": 0 })
    );
    client.notify("$/cancelRequest", json!({ "id": id }));
    while client.next()["id"] != json!(id) {}

    // Of many requests that are taken back, each is answered once, and the desk goes on meanwhile.
    let ids: Vec<i64> =
        (0..20).map(|_| client.start("workspace/diagnostic", json!({ "previousResultIds": [] }))).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    let last = client.start("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let mut answered = Vec::new();
    while answered.len() < ids.len() + 1 {
        let message = client.next();
        let cancelled = message["error"]["code"] == json!(-32800);
        assert!(cancelled || message["result"]["items"].as_array().map(Vec::len) == Some(300), "{message}");
        answered.push(message["id"].as_i64().expect("a number"));
        assert!(message["id"] != json!(last) || !cancelled);
    }
    answered.sort_unstable();
    assert_eq!(answered[..ids.len()], ids);
    // The end does not wait for a report.
    client.start("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let goodbye = client.start("shutdown", Value::Null);
    client.notify_exit();
    let mut ids = Vec::new();
    while let Some(message) = client.last_words() {
        ids.extend(message["id"].as_i64());
    }
    assert!(ids.contains(&goodbye), "{ids:?}");
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn what_the_user_prefers_holds_for_all_stories() {
    let (_folder, root) = folder(&[("a.txt", WRONG.as_bytes())]);
    let (mut client, _) = start(&root, json!({ "rules": { "time/*": "off" } }));
    let report = ask(&mut client, &root, &[]);
    assert!(!codes(&report["a.txt"]).contains(&"time/weekday-mismatch"), "{report:?}");
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "copydesk": {} } }));
    let report = ask(&mut client, &root, &previous(&report));
    assert!(codes(&report["a.txt"]).contains(&"time/weekday-mismatch"), "{report:?}");
    client.shut_down();
}

#[test]
fn who_does_not_want_it_is_not_offered_it() {
    let (_folder, root) = folder(&[("a.txt", WRONG.as_bytes())]);
    let (client, offered) = start(&root, json!({ "workspaceDiagnostics": false }));
    assert_eq!(offered["workspaceDiagnostics"], json!(false));
    client.shut_down();
}
