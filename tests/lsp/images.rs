//! What image files say of themselves: read beside the story, and again when they change.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, edited, quiet};
use crate::documents::of_rule;

const TEXT: &str =
    "# Café 😀 Opens\n\n![Walkers](bridge.jpg)\n\n*Walkers cross the bridge. (Photo: Ana Ruiz/Reuters)*\n";

/// A picture of nothing, which says who took it.
fn write_image(path: &Path, creator: &str) {
    let xmp = format!(
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/"
        ps:Credit="Reuters"><dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description></rdf:RDF></x:xmpmeta>"#
    );
    let content = [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat();
    let length = u16::try_from(content.len() + 2).expect("it is short").to_be_bytes();
    let bytes = [&[0xFF, 0xD8, 0xFF, 0xE1], &length[..], &content, &[0xFF, 0xD9]].concat();
    std::fs::write(path, bytes).expect("the folder is ours");
}

/// Listens until the findings of a rule are as many as expected: images are read when there is time.
fn until(client: &mut Client, uri: &str, rule: &str, count: usize) -> Vec<Value> {
    loop {
        let params = client.notification("textDocument/publishDiagnostics");
        assert_eq!(params["uri"], json!(uri));
        let found = params["diagnostics"].as_array().expect("a list").clone();
        if of_rule(&found, rule).len() == count {
            return found;
        }
    }
}

#[test]
fn credits_are_held_against_the_image_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = format!("file://{}", root.join("a.md").display());
    let image = root.join("bridge.jpg");
    write_image(&image, "Helen Brandt");
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    client.open(&uri, "markdown", TEXT);
    let found = until(&mut client, &uri, "photos/credit-differs", 1);
    assert!(
        of_rule(&found, "photos/credit-differs")[0]["message"].as_str().is_some_and(|m| m.contains("Helen Brandt"))
    );
    // Typing elsewhere keeps what is known.
    let start = json!({ "line": 0, "character": 0 });
    client.change(&uri, 2, json!([{ "range": { "start": start, "end": start }, "text": "\n" }]));
    assert_eq!(of_rule(&client.diagnostics(&uri, 2), "photos/credit-differs").len(), 1);
    // The file changes, and the client says so.
    write_image(&image, "Ana Ruiz");
    let changed = json!({ "changes": [{ "uri": format!("file://{}", image.display()), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed);
    until(&mut client, &uri, "photos/credit-differs", 0);
    // The credit that is missing is offered with the file's names.
    let bare = TEXT.replace(" (Photo: Ana Ruiz/Reuters)", "");
    client.change(&uri, 3, json!([{ "text": bare }]));
    let found = client.diagnostics(&uri, 3);
    let missing = of_rule(&found, "photos/no-credit")[0].clone();
    let params = json!({
        "textDocument": { "uri": uri }, "range": missing["range"], "context": { "diagnostics": [missing] },
    });
    let actions = client.request("textDocument/codeAction", params);
    assert_eq!(actions[0]["title"], json!("Add the credit “(Photo: Ana Ruiz/Reuters)”"));
    assert_eq!(actions[0]["isPreferred"], json!(true));
    let resolved = client.request("codeAction/resolve", actions[0].clone());
    assert_eq!(edited(&bare, &resolved["edit"]["documentChanges"][0]["edits"]), TEXT);
    // Without a caption it gets a line of its own.
    let bare = "# Café 😀 Opens\n\n![Walkers](bridge.jpg)\n\nThe bridge opened.\n";
    client.change(&uri, 4, json!([{ "text": bare }]));
    let found = client.diagnostics(&uri, 4);
    let missing = of_rule(&found, "photos/no-credit")[0].clone();
    let params = json!({
        "textDocument": { "uri": uri }, "range": missing["range"], "context": { "diagnostics": [missing] },
    });
    let actions = client.request("textDocument/codeAction", params);
    assert_eq!(actions[0]["title"], json!("Add the credit “Photo: Ana Ruiz/Reuters” from the image file"));
    let resolved = client.request("codeAction/resolve", actions[0].clone());
    let credited = edited(bare, &resolved["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(credited, bare.replace("bridge.jpg)", "bridge.jpg)\n\n*Photo: Ana Ruiz/Reuters*"));
    client.change(&uri, 5, json!([{ "text": credited }]));
    assert_eq!(of_rule(&client.diagnostics(&uri, 5), "photos/no-credit"), [] as [&Value; 0]);
    client.shut_down();
}

#[test]
fn a_client_that_asks_is_told_when_images_were_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let uri = format!("file://{}", root.join("a.md").display());
    write_image(&root.join("bridge.jpg"), "Helen Brandt");
    let mut client = Client::stdio();
    let mut capabilities = quiet();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    client.initialize(capabilities, json!({ "date": "2018-02-12" }));
    client.open(&uri, "markdown", TEXT);
    let about = json!({ "textDocument": { "uri": uri } });
    let id = client.start("textDocument/diagnostic", about.clone());
    let mut answer = client.next();
    if answer["id"] != json!(id) || answer.get("method").is_some() {
        assert_eq!(answer["method"], json!("workspace/diagnostic/refresh"), "{answer}");
        client.reply(&answer["id"].clone(), Value::Null);
        answer = client.next();
    } else {
        let (question, _) = client.asked("workspace/diagnostic/refresh");
        client.reply(&question, Value::Null);
    }
    assert_eq!(answer["id"], json!(id));
    let report = client.request("textDocument/diagnostic", about);
    let items = report["items"].as_array().expect("a list");
    assert_eq!(of_rule(items, "photos/credit-differs").len(), 1, "{items:?}");
    client.shut_down();
}
