//! Settings: the client's, the newsroom's, and their changes while stories are open.

use serde_json::{Value, json};

use crate::client::{Client, able, edited, quiet, range};
use crate::documents::of_rule;

const STORY: &str = "Café 😀 Row: the council insists of meeting.\n";

#[test]
fn the_clients_settings_are_asked_for_and_followed() {
    let mut client = Client::stdio();
    client.initialize(able(), json!({ "date": "2018-02-12" }));
    // Which of the two comes first is open.
    for _ in 0..2 {
        let message = client.next();
        let id = message["id"].clone();
        match message["method"].as_str() {
            Some("client/registerCapability") => {
                let methods: Vec<&Value> = message["params"]["registrations"]
                    .as_array()
                    .expect("a list")
                    .iter()
                    .map(|r| &r["method"])
                    .collect();
                assert_eq!(methods, ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
                client.reply(&id, Value::Null);
            }
            Some("workspace/configuration") => {
                assert_eq!(message["params"]["items"], json!([{ "section": "copydesk" }]));
                client.reply(&id, json!([{ "date": "2018-02-12", "inlayHints": false }]));
            }
            _ => panic!("not expected: {message}"),
        }
    }
    let text = "The council met on Sunday, Café 😀.\n";
    client.open("untitled:a", "plaintext", text);
    client.diagnostics("untitled:a", 1);
    let hints = |client: &mut Client| {
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
        client.request("textDocument/inlayHint", json!({ "textDocument": { "uri": "untitled:a" }, "range": whole }))
    };
    assert_eq!(hints(&mut client), Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let (id, _) = client.asked("workspace/configuration");
    client.reply(&id, json!([{ "date": "2018-02-12", "inlayHints": true }]));
    // The answer to the reply is nothing that can be waited for; asking again until it counts is.
    let shown = loop {
        let shown = hints(&mut client);
        if !shown.is_null() {
            break shown;
        }
    };
    assert_eq!(shown[0]["label"], json!("= 2018-02-11"));
    assert_eq!(shown[0]["position"], range(text, "Sunday")["end"]);
    client.shut_down();
}

#[test]
fn the_settings_of_the_start_hold_where_the_client_has_no_others() {
    let mut capabilities = quiet();
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({ "date": "2018-02-12" }));
    let (id, _) = client.asked("workspace/configuration");
    // Not `null`, so that it can be seen when the answer counts.
    client.reply(&id, json!([{ "date": "2018-03-05" }]));
    client.check("untitled:a", "plaintext", "It rained.\n");
    let about = json!({ "textDocument": { "uri": "untitled:a" } });
    let until = |client: &mut Client, day: &str| {
        while client.request("copydesk/status", about.clone())["published"]["date"] != json!(day) {}
    };
    until(&mut client, "2018-03-05");
    for nothing in [json!([null]), json!([{}]), json!([])] {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        let (id, _) = client.asked("workspace/configuration");
        client.reply(&id, nothing);
        until(&mut client, "2018-02-12");
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        let (id, _) = client.asked("workspace/configuration");
        client.reply(&id, json!([{ "date": "2018-03-05" }]));
        until(&mut client, "2018-03-05");
    }
    client.shut_down();
}

#[test]
fn the_newsrooms_settings_are_followed_edited_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    // The system may name the folder by way of a link.
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let (story, settings) = (uri("a.txt"), uri("copydesk.toml"));
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities["workspace"]["didChangeConfiguration"] = Value::Null;
    capabilities["workspace"]["didChangeWatchedFiles"] = Value::Null;
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({ "date": "2018-02-12" }));
    let found = client.check(&story, "plaintext", STORY);
    let params = json!({
        "textDocument": { "uri": story },
        "range": range(STORY, "insists"),
        "context": { "diagnostics": [of_rule(&found, "words/verb-preposition")[0]] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let titled = |start: &str| {
        let actions = actions.as_array().expect("a list").iter();
        actions
            .clone()
            .find(|a| a["title"].as_str().is_some_and(|t| t.starts_with(start)))
            .expect("it is offered")
            .clone()
    };
    // There is no file yet: it is made, by the editor, as part of the edit.
    let edit =
        client.request("codeAction/resolve", titled("Ignore words/verb-preposition in the project"))["edit"].clone();
    assert_eq!(edit["documentChanges"][0]["kind"], json!("create"));
    let written = edited("", &edit["documentChanges"][1]["edits"]);
    assert_eq!(written, "[rules]\n\"words/verb-preposition\" = \"off\"\n");
    std::fs::write(root.join("copydesk.toml"), &written).expect("the folder is ours");
    let changed = json!({ "changes": [{ "uri": settings, "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(of_rule(&client.diagnostics(&story, 1), "words/verb-preposition"), [] as [&Value; 0]);
    // By command as well, and into what is there.
    let accept = json!({ "command": "copydesk.apply", "arguments": [titled("Add “insists of”")["data"]] });
    std::fs::write(root.join("copydesk.toml"), "accept = [\"Café\"] # ours\n").expect("the folder is ours");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": settings } }));
    client.diagnostics(&story, 1);
    // The answer does not wait for the edit, so either may come first.
    let command = client.start("workspace/executeCommand", accept);
    let messages = [client.next(), client.next()];
    let answer = messages.iter().find(|message| message["id"] == json!(command) && message.get("method").is_none());
    assert_eq!(answer.map(|answer| &answer["result"]), Some(&Value::Null), "{messages:?}");
    let asked = messages.iter().find(|message| message["method"] == json!("workspace/applyEdit")).expect("it asks");
    let applied = asked["params"].clone();
    client.reply(&asked["id"].clone(), json!({ "applied": true }));
    let change = &applied["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": settings, "version": null }));
    assert_eq!(
        edited("accept = [\"Café\"] # ours\n", &change["edits"]),
        "accept = [\"Café\", \"insists of\"] # ours\n"
    );
    // A mistake in the file is shown in the file, and goes when it is mended.
    std::fs::write(root.join("copydesk.toml"), "accept = [\"Café 😀\"]\nexclud = []\n").expect("the folder is ours");
    client.notify("workspace/didChangeWatchedFiles", changed.clone());
    let problems = client.notification("textDocument/publishDiagnostics");
    assert_eq!(problems["uri"], json!(settings));
    assert_eq!(problems["diagnostics"][0]["range"]["start"], json!({ "line": 1, "character": 0 }));
    std::fs::remove_file(root.join("copydesk.toml")).expect("it is there");
    client.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(client.notification("textDocument/publishDiagnostics"), json!({ "uri": settings, "diagnostics": [] }));
    client.shut_down();
}

#[test]
fn settings_count_as_they_stand_in_the_editor() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let (story, settings) = (uri("a.txt"), uri("copydesk.toml"));
    std::fs::write(root.join("copydesk.toml"), "").expect("the folder is ours");
    let mut client = quiet_in(&root, json!({ "date": "2018-02-12" }));
    let severities = |found: &[Value]| -> Vec<Value> {
        of_rule(found, "words/verb-preposition").iter().map(|found| found["severity"].clone()).collect()
    };
    assert_eq!(severities(&client.check(&story, "plaintext", STORY)), [json!(2)]);
    client.open(&settings, "toml", "");
    // What an action writes there is not saved, and counts at once.
    let with = |severity: &str| format!("# Café 😀\n[rules]\n\"words/verb-preposition\" = \"{severity}\"\n");
    client.change(&settings, 2, json!([{ "text": with("off") }]));
    assert_eq!(severities(&client.diagnostics(&story, 1)), [] as [Value; 0]);
    // A mistake is shown where it stands in the editor, and changes nothing in the stories.
    client.change(&settings, 3, json!([{ "text": with("of") }]));
    let problems = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&problems["uri"], &problems["version"]), (&json!(settings), &json!(3)));
    assert_eq!(problems["diagnostics"][0]["range"]["start"], range(&with("of"), "\"of\"")["start"]);
    // What is typed is read once its writer pauses.
    let end = range(&with("of"), "of")["end"].clone();
    client.change(&settings, 4, json!([{ "range": { "start": end, "end": end }, "text": "f" }]));
    let mended = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&mended["uri"], &mended["diagnostics"]), (&json!(settings), &json!([])));
    client.change(&settings, 5, json!([{ "text": with("error") }]));
    assert_eq!(severities(&client.diagnostics(&story, 1)), [json!(1)]);
    // What is thrown away counts no more.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": settings } }));
    assert_eq!(severities(&client.diagnostics(&story, 1)), [json!(2)]);
    client.shut_down();
}

#[test]
fn what_the_user_prefers_wins_over_the_newsroom() {
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities["workspace"]["didChangeConfiguration"] = Value::Null;
    capabilities["workspace"]["didChangeWatchedFiles"] = Value::Null;
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({ "rules": { "words/verb-preposition": "error" } }));
    let found = client.check("untitled:a", "plaintext", STORY);
    assert_eq!(of_rule(&found, "words/verb-preposition")[0]["severity"], json!(1));
    let set = |rules: Value| json!({ "settings": { "copydesk": { "rules": rules } } });
    client.notify("workspace/didChangeConfiguration", set(json!({ "words/*": "off" })));
    let found = client.diagnostics("untitled:a", 1);
    assert_eq!(of_rule(&found, "words/verb-preposition"), Vec::<&Value>::new());
    // In the stories of one language; plain text and Markdown differ.
    client.notify(
        "workspace/didChangeConfiguration",
        set(json!({ "[plaintext]": { "words/verb-preposition": "error" } })),
    );
    let found = client.diagnostics("untitled:a", 1);
    assert_eq!(of_rule(&found, "words/verb-preposition")[0]["severity"], json!(1));
    let found = client.check("untitled:b", "markdown", STORY);
    assert_eq!(of_rule(&found, "words/verb-preposition")[0]["severity"], json!(2));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:b" } }));
    client.diagnostics("untitled:b", 1);
    client.notify("workspace/didChangeConfiguration", set(json!({ "words/verb-prepositon": "off" })));
    let message = client.next();
    assert!(
        message["params"]["message"]
            .as_str()
            .is_some_and(|said| said.contains("did you mean `words/verb-preposition`")),
        "{message}"
    );
    client.diagnostics("untitled:a", 1);
    client.notify("workspace/didChangeConfiguration", set(json!({ "words/verb-preposition": "loud" })));
    let message = client.next();
    assert_eq!(message["method"], json!("window/logMessage"), "{message}");
    assert!(message["params"]["message"].as_str().is_some_and(|said| said.contains("not `loud`")), "{message}");
    client.shut_down();
}

#[test]
fn settings_that_are_extended_are_followed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).expect("it can be written");
    write("copydesk.toml", "extends = [\"desk.toml\"]\n");
    write("desk.toml", "[rules]\n\"words/*\" = \"off\"\n");
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities["workspace"]["didChangeConfiguration"] = Value::Null;
    capabilities["workspace"]["didChangeWatchedFiles"] = Value::Null;
    let mut client = Client::stdio();
    client.initialize(capabilities, json!({ "date": "2018-02-12" }));
    let story = uri("a.txt");
    let found = client.check(&story, "plaintext", STORY);
    assert_eq!(of_rule(&found, "words/verb-preposition"), Vec::<&Value>::new());
    write("desk.toml", "[rules]\n\"words/*\" = \"error\"\n");
    let changes = json!({ "changes": [{ "uri": uri("desk.toml"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    let found = client.diagnostics(&story, 1);
    assert_eq!(of_rule(&found, "words/verb-preposition")[0]["severity"], json!(1));
    client.shut_down();
}

/// A client that asks no questions, in a folder of its own.
fn quiet_in(root: &std::path::Path, options: Value) -> Client {
    let mut client = Client::stdio();
    let folders = json!([{ "uri": format!("file://{}", root.display()), "name": "newsroom" }]);
    client.request(
        "initialize",
        json!({
            "processId": null, "rootUri": null, "workspaceFolders": folders,
            "capabilities": quiet(), "initializationOptions": options,
        }),
    );
    client.notify("initialized", json!({}));
    client
}

#[test]
fn a_language_that_holds_no_stories_any_more_has_no_findings() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "languages": { "mail": "plain" } }));
    let found = client.check("untitled:a", "mail", STORY);
    assert_eq!(of_rule(&found, "words/verb-preposition").len(), 1);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "copydesk": {} } }));
    assert_eq!(client.diagnostics("untitled:a", 1), [] as [Value; 0]);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "languages": { "mail": "plain" } } }));
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 1), "words/verb-preposition").len(), 1);
    client.shut_down();
}

#[test]
fn mistakes_that_have_no_line_are_told_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let settings = format!("file://{}", root.join("copydesk.toml").display());
    std::fs::write(root.join("copydesk.toml"), b"accept = [\"caf\xE9\"]\n").expect("the folder is ours");
    let mut client = quiet_in(&root, json!({ "packs": ["core", "brew"] }));
    client.open(&format!("file://{}", root.join("a.txt").display()), "plaintext", "It rained.\n");
    let complaint = client.notification("window/logMessage");
    assert_eq!(complaint["type"], json!(2));
    assert!(complaint["message"].as_str().is_some_and(|said| said.contains("there is no pack `brew`")), "{complaint}");
    let problems = client.notification("textDocument/publishDiagnostics");
    assert_eq!(problems["uri"], json!(settings));
    assert!(problems["diagnostics"][0]["message"].as_str().is_some_and(|m| m.contains("UTF-8")), "{problems}");
    client.notification("textDocument/publishDiagnostics");
    // What was said is not said again.
    std::fs::write(root.join("copydesk.toml"), "").expect("the folder is ours");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": settings, "type": 2 }] }));
    assert_eq!(client.notification("textDocument/publishDiagnostics"), json!({ "uri": settings, "diagnostics": [] }));
    client.shut_down();
}

#[test]
fn rules_that_break_are_told_and_go_with_their_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let (story, rules) = (uri("a.txt"), uri(".copydesk/rules/own.toml"));
    let rule = |severity: &str| {
        format!(
            "# Café 😀\n[[rule]]\nid = \"house/row\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"{severity}\"\n\
             message = \"M\"\nwhy = \"W\"\nphrases = [{{ find = \"Row\", use = [\"Fight\"] }}]\n"
        )
    };
    let write = |text: &str| std::fs::write(root.join(".copydesk/rules/own.toml"), text).expect("the folder is ours");
    std::fs::create_dir_all(root.join(".copydesk/rules")).expect("the folder is ours");
    write(&rule("warning"));
    let mut client = quiet_in(&root, json!({ "date": "2018-02-12" }));
    assert_eq!(of_rule(&client.check(&story, "plaintext", STORY), "house/row").len(), 1);
    let changed = |client: &mut Client, uri: &str, kind: u8| {
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": kind }] }));
    };
    write(&rule("loud"));
    changed(&mut client, &rules, 2);
    let problems = client.notification("textDocument/publishDiagnostics");
    assert_eq!(problems["uri"], json!(rules));
    assert_eq!(problems["diagnostics"][0]["range"], range(&rule("loud"), "\"loud\""));
    assert_eq!(of_rule(&client.diagnostics(&story, 1), "house/row"), [] as [&Value; 0]);
    write(&rule("error"));
    changed(&mut client, &rules, 2);
    assert_eq!(client.notification("textDocument/publishDiagnostics"), json!({ "uri": rules, "diagnostics": [] }));
    assert_eq!(of_rule(&client.diagnostics(&story, 1), "house/row")[0]["severity"], json!(1));
    // A system that deletes a folder may tell of the folder alone.
    std::fs::remove_dir_all(root.join(".copydesk")).expect("it is there");
    changed(&mut client, &uri(".copydesk"), 3);
    assert_eq!(of_rule(&client.diagnostics(&story, 1), "house/row"), [] as [&Value; 0]);
    client.shut_down();
}

#[test]
fn each_workspace_folder_has_its_own_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    for (name, severity) in [("one", "error"), ("two", "off")] {
        std::fs::create_dir_all(root.join(name).join("sub")).expect("the folder is ours");
        let settings = format!("[rules]\n\"words/verb-preposition\" = \"{severity}\"\n");
        std::fs::write(root.join(name).join("copydesk.toml"), settings).expect("the folder is ours");
    }
    let mut client = quiet_in(&root.join("one"), json!({ "date": "2018-02-12" }));
    let mut severities = |name: &str| -> Vec<Value> {
        let found = client.check(&uri(name), "plaintext", STORY);
        of_rule(&found, "words/verb-preposition").iter().map(|found| found["severity"].clone()).collect()
    };
    assert_eq!(severities("one/sub/a.txt"), [json!(1)]);
    assert_eq!(severities("two/a.txt"), [] as [Value; 0]);
    assert_eq!(severities("a.txt"), [json!(2)], "outside of all folders the defaults hold");
    // A story outside of all folders has its settings beside it; in a folder that is opened, they are made there.
    let made = |client: &mut Client| {
        let params = json!({
            "textDocument": { "uri": uri("three/sub/a.txt") }, "range": range(STORY, "insists"),
            "context": { "diagnostics": [], "only": ["quickfix"] },
        });
        let actions = client.request("textDocument/codeAction", params).as_array().expect("a list").clone();
        let chosen = actions.iter().find(|a| a["title"] == json!("Ignore words/verb-preposition in the project"));
        let resolved = client.request("codeAction/resolve", chosen.expect("it is offered").clone());
        resolved["edit"]["documentChanges"][0]["uri"].clone()
    };
    client.check(&uri("three/sub/a.txt"), "plaintext", STORY);
    assert_eq!(made(&mut client), json!(uri("three/sub/copydesk.toml")));
    let event = |added: Value, removed: Value| json!({ "event": { "added": added, "removed": removed } });
    let three = json!([{ "uri": uri("three"), "name": "three" }]);
    client.notify("workspace/didChangeWorkspaceFolders", event(three.clone(), json!([])));
    assert_eq!(made(&mut client), json!(uri("three/copydesk.toml")));
    client.notify("workspace/didChangeWorkspaceFolders", event(json!([]), three));
    assert_eq!(made(&mut client), json!(uri("three/sub/copydesk.toml")));
    client.shut_down();
}

#[test]
fn what_is_wrong_in_a_folder_goes_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    std::fs::write(root.join("copydesk.toml"), "acept = []\n").expect("the folder is ours");
    let mut client = quiet_in(&root, json!({ "date": "2018-02-12" }));
    client.open(&uri("a.txt"), "plaintext", "It rained.\n");
    let wrong = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&wrong["uri"], wrong["diagnostics"].as_array().map(Vec::len)), (&json!(uri("copydesk.toml")), Some(1)));
    assert_eq!(client.diagnostics(&uri("a.txt"), 1), [] as [Value; 0]);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri("a.txt") } }));
    let removed = json!([{ "uri": format!("file://{}", root.display()), "name": "stories" }]);
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": removed } }));
    let mended = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&mended["uri"], &mended["diagnostics"]), (&json!(uri("copydesk.toml")), &json!([])));
    client.shut_down();
}
