//! Documents and what is found in them.

use serde_json::{Value, json};

use crate::client::{Client, quiet};

/// A wide character and an accent stand before both findings, so that a wrong encoding moves them.
const STORY: &str = "Café 😀 Row: the council insists of meeting on Monday, Feb. 20, 2018.\n";

/// How many units of an encoding a character takes.
type Width = fn(char) -> usize;

/// Where `words` stand on the only line of `text`, in units that `width` gives for a character.
fn range(text: &str, words: &str, width: Width) -> Value {
    let start = text.find(words).expect("the words are there");
    let column = |end: usize| text[..end].chars().map(width).sum::<usize>();
    let (start, end) = (column(start), column(start + words.len()));
    json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": end } })
}

pub fn of_rule<'d>(diagnostics: &'d [Value], rule: &str) -> Vec<&'d Value> {
    diagnostics.iter().filter(|d| d["code"] == json!(rule)).collect()
}

#[test]
fn columns_are_in_the_encoding_that_was_agreed_on() {
    let cases: [(Value, Value, &str, Width); 6] = [
        (json!(["utf-16", "utf-32", "utf-8"]), Value::Null, "utf-8", char::len_utf8),
        (json!(["utf-16", "utf-32"]), Value::Null, "utf-32", |_| 1),
        (json!(["utf-16"]), Value::Null, "utf-16", char::len_utf16),
        (Value::Null, Value::Null, "utf-16", char::len_utf16),
        // Clients that know nothing of this and count otherwise than the specification says.
        (Value::Null, json!("utf-8"), "utf-8", char::len_utf8),
        (Value::Null, json!("utf-32"), "utf-32", |_| 1),
    ];
    for (offered, set, agreed, width) in cases {
        let mut client = Client::stdio();
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let server = client.initialize(capabilities, json!({ "positionEncoding": set }));
        assert_eq!(server["positionEncoding"], json!(agreed));
        let found = client.check("file:///nowhere/a.txt", "plaintext", STORY);
        let preposition = of_rule(&found, "words/verb-preposition");
        assert_eq!(preposition.len(), 1, "{found:?}");
        assert_eq!(preposition[0]["range"], range(STORY, "insists of", width));
        assert_eq!(preposition[0]["source"], json!("copydesk"));
        let weekday = of_rule(&found, "time/weekday-mismatch");
        assert_eq!(weekday[0]["range"], range(STORY, "Monday, Feb. 20, 2018", width));
        assert_eq!(weekday[0]["severity"], json!(1));
        // The client did not say that it knows what to do with these.
        assert_eq!((weekday[0].get("data"), weekday[0].get("codeDescription")), (None, None));
        // An edit after the emoji lands where it should: it takes the fault out.
        let of = range(STORY, "of", width);
        client.change("file:///nowhere/a.txt", 2, json!([{ "range": of, "text": "on" }]));
        let found = client.diagnostics("file:///nowhere/a.txt", 2);
        assert_eq!(of_rule(&found, "words/verb-preposition"), [] as [&Value; 0]);
        assert_eq!(of_rule(&found, "time/weekday-mismatch").len(), 1);
        client.shut_down();
    }
}

#[test]
fn what_is_the_same_is_not_sent_again() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    client.check("untitled:a", "markdown", STORY);
    // Past the end of the line and of the text is the end; the edits of one message follow each other.
    let end = json!({ "start": { "line": 7, "character": 99 }, "end": { "line": 8, "character": 0 } });
    client.change(
        "untitled:a",
        2,
        json!([{ "range": end, "text": "\nMore\n" }, { "range": end, "text": "follows.\n" }]),
    );
    client.change("untitled:a", 3, json!([{ "range": end, "text": " \n" }]));
    // Nothing came for these, or it would come before this.
    client.check("untitled:b", "plaintext", "Nothing here.\n");
    client.change("untitled:a", 4, json!([{ "text": "All gone.\n" }]));
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 4), "words/verb-preposition"), [] as [&Value; 0]);
    client.change("untitled:a", 5, json!([{ "text": STORY }]));
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 5), "words/verb-preposition").len(), 1);
    // What is closed has no findings; a document that is no story never had any.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:a" } }));
    assert_eq!(client.diagnostics("untitled:a", 5), [] as [Value; 0]);
    client.open("file:///nowhere/copydesk.toml", "toml", STORY);
    // An editor without TOML calls it plain text.
    client.open("file:///nowhere/.copydesk/rules/house.toml", "plaintext", STORY);
    client.shut_down();
}

#[test]
fn findings_about_a_word_that_is_being_typed_come_by_themselves() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let text = "Café 😀: the council insists o meeting.\n";
    client.check("untitled:a", "plaintext", text);
    let end = text.find(" meeting").map_or(0, |at| text[..at].encode_utf16().count());
    let at = json!({ "line": 0, "character": end });
    client.change("untitled:a", 2, json!([{ "range": { "start": at, "end": at }, "text": "f" }]));
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 2), "words/verb-preposition").len(), 1);
    client.shut_down();
}

#[test]
fn a_client_that_asks_is_told_when_the_word_is_done() {
    let mut client = Client::stdio();
    let workspace = json!({ "diagnostics": { "refreshSupport": true } });
    client.initialize(json!({ "textDocument": { "diagnostic": {} }, "workspace": workspace }), json!({}));
    let text = "Café 😀: the council insists o meeting.\n";
    client.open("untitled:a", "plaintext", text);
    let about = json!({ "textDocument": { "uri": "untitled:a" } });
    let count = |report: &Value| of_rule(report["items"].as_array().expect("a list"), "words/verb-preposition").len();
    let first = client.request("textDocument/diagnostic", about.clone());
    assert_eq!(count(&first), 0);
    let end = text.find(" meeting").map_or(0, |at| text[..at].encode_utf16().count());
    let at = json!({ "line": 0, "character": end });
    client.change("untitled:a", 2, json!([{ "range": { "start": at, "end": at }, "text": "f" }]));
    // A machine that was held up for half a second between the two messages may answer in full, and says nothing more.
    let mut asked = client.answer("textDocument/diagnostic", about.clone())["result"].clone();
    if count(&asked) == 0 {
        let (question, _) = client.asked("workspace/diagnostic/refresh");
        client.reply(&question, Value::Null);
        asked = client.request("textDocument/diagnostic", about);
    }
    assert_eq!(count(&asked), 1);
    client.shut_down();
}

#[test]
fn a_client_that_asks_is_not_told() {
    let mut client = Client::stdio();
    let diagnostic = json!({ "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true });
    let server = client.initialize(json!({ "textDocument": { "diagnostic": diagnostic } }), json!({}));
    assert_eq!(server["diagnosticProvider"]["interFileDependencies"], json!(false));
    client.open("untitled:a", "plaintext", STORY);
    let ask = |client: &mut Client, previous: Value| {
        let params = json!({ "textDocument": { "uri": "untitled:a" }, "previousResultId": previous });
        client.request("textDocument/diagnostic", params)
    };
    let first = ask(&mut client, Value::Null);
    assert_eq!(first["kind"], json!("full"));
    let items = first["items"].as_array().expect("a list");
    assert!(of_rule(items, "words/verb-preposition")[0]["data"].is_u64(), "{items:?}");
    let again = ask(&mut client, first["resultId"].clone());
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.change("untitled:a", 2, json!([{ "text": "All gone.\n" }]));
    let changed = ask(&mut client, first["resultId"].clone());
    assert_eq!(changed["kind"], json!("full"));
    // Closed and opened again, the document does not pass for the one before.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:a" } }));
    client.open("untitled:a", "plaintext", STORY);
    assert_eq!(ask(&mut client, first["resultId"].clone())["kind"], json!("full"));
    let unknown = client.answer("textDocument/diagnostic", json!({ "textDocument": { "uri": "untitled:z" } }));
    assert_eq!(unknown["error"]["code"], json!(-32602));
    client.shut_down();
}

#[test]
fn thousands_of_findings_are_cut_to_those_that_matter() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let text = "The council insists of meeting.\n\n".repeat(1500) + STORY;
    let found = client.check("untitled:a", "plaintext", &text);
    assert!(found.len() <= 1000, "{}", found.len());
    assert_eq!(of_rule(&found, "time/weekday-mismatch").len(), 1, "the error is the last of the text, and stays");
    client.shut_down();
}

#[test]
fn random_edits_end_where_a_fresh_start_does() {
    const PIECES: &[&str] = &[
        "insists of ",
        "Monday, Feb. 20, 2018",
        "“We will go,” she said. ",
        "”",
        "😀",
        "é",
        "\r\n",
        "\n\n",
        "\r",
        "(CQ)",
        "Mayor Dale Finch ",
        "<!-- copydesk-ignore all -->",
        "![](a.jpg)",
        "# ",
        "\u{2028}",
        "x",
        "",
    ];
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "date": "2018-02-12" }));
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut roll = move |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let mut mirror = copydesk::text::Buffer::new(STORY, 1);
    let mut known = client.check("untitled:a", "markdown", STORY);
    for round in 0..40 {
        let mut version = 1;
        for _ in 0..25 {
            let start = (roll(8) as u32, roll(60) as u32);
            let end = if roll(3) == 0 { (start.0 + roll(3) as u32, roll(60) as u32) } else { start };
            let text: String = (0..roll(4)).map(|_| PIECES[roll(PIECES.len() as u64) as usize]).collect();
            let at = |(line, column)| copydesk::text::Position { line, column };
            let edit = copydesk::text::TextEdit { range: Some(at(start)..at(end)), text: text.clone() };
            mirror.apply(&edit, copydesk::text::PositionEncoding::Utf16);
            let at = |(line, character)| json!({ "line": line, "character": character });
            version = mirror.version() + 1;
            mirror.set_version(version);
            client.change(
                "untitled:a",
                version,
                json!([{ "range": { "start": at(start), "end": at(end) }, "text": text }]),
            );
        }
        // New findings wait while somebody types, but not for one who saves.
        let end = copydesk::text::Position { line: u32::MAX, column: 0 };
        let edit = copydesk::text::TextEdit { range: Some(end..end), text: "\n".to_owned() };
        mirror.apply(&edit, copydesk::text::PositionEncoding::Utf16);
        version += 1;
        mirror.set_version(version);
        let end = json!({ "line": i32::MAX, "character": 0 });
        client.change("untitled:a", version, json!([{ "range": { "start": end, "end": end }, "text": "\n" }]));
        client.notify("textDocument/didSave", json!({ "textDocument": { "uri": "untitled:a" } }));
        let fresh_uri = format!("untitled:fresh-{round}");
        client.open(&fresh_uri, "markdown", &mirror.text());
        // Some of the edits may have been published one by one; the last list before the fresh one counts.
        let fresh = loop {
            let params = client.notification("textDocument/publishDiagnostics");
            let list = params["diagnostics"].as_array().expect("a list").clone();
            if params["uri"] == json!(fresh_uri) {
                break list;
            }
            assert!(params["version"].as_i64().expect("a version") <= i64::from(version));
            known = list;
        };
        assert_eq!(known, fresh, "round {round}: {:?}", mirror.text());
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": fresh_uri } }));
        if !fresh.is_empty() {
            client.diagnostics(&fresh_uri, 1);
        }
    }
    client.shut_down();
}

#[test]
fn hundreds_of_open_documents_are_kept_apart() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "date": "2018-02-12" }));
    let uri = |number: usize| format!("untitled:{number}");
    for number in 0..500 {
        let text = format!("{}The council insists of meeting.\n", "It rained. ".repeat(number % 7));
        let found = client.check(&uri(number), "plaintext", &text);
        assert_eq!(of_rule(&found, "words/verb-preposition").len(), 1);
    }
    // An edit of one says nothing of the others.
    client.change(&uri(250), 2, json!([{ "text": "It rained.\n" }]));
    assert_eq!(of_rule(&client.diagnostics(&uri(250), 2), "words/verb-preposition"), [] as [&Value; 0]);
    // Settings change all of them, once each.
    let off = json!({ "date": "2018-02-12", "rules": { "words/verb-preposition": "off" } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "copydesk": off } }));
    let mut told = std::collections::BTreeSet::new();
    for _ in 0..499 {
        let params = client.notification("textDocument/publishDiagnostics");
        let found = params["diagnostics"].as_array().expect("a list");
        assert_eq!(of_rule(found, "words/verb-preposition"), [] as [&Value; 0]);
        assert!(told.insert(params["uri"].as_str().expect("a URI").to_owned()), "told twice: {params}");
    }
    assert!(!told.contains(&uri(250)));
    client.shut_down();
}

#[test]
fn of_too_many_findings_the_most_severe_are_sent() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    let text = format!("{}The end is TK.\n", "The council insists of meeting.\n\n".repeat(1500));
    let found = client.check("untitled:long", "plaintext", &text);
    assert_eq!(found.len(), 1000);
    assert_eq!(of_rule(&found, "leftovers/tk").len(), 1, "the last of the text, and the worst");
    let lines: Vec<u64> = found.iter().map(|d| d["range"]["start"]["line"].as_u64().expect("a number")).collect();
    assert!(lines.is_sorted(), "in the order of the text");
    // An editor asks for actions when everything is selected; what mends the whole story is what counts then.
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
    let document = json!({ "uri": "untitled:long" });
    let params = json!({ "textDocument": document, "range": all, "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", params);
    let count = actions.as_array().map_or(0, Vec::len);
    assert!((100..300).contains(&count), "{count}");
    client.shut_down();
}

#[test]
fn a_diagnostic_says_all_that_its_client_can_show() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    let text = "# Café 😀\r\n\r\nThe adviser left.\r\n\r\nAn advisor stayed.\r\n\r\n<!-- copydesk-ignore words/wordy -->\r\nIt rained.\r\n";
    let found = client.check("untitled:a", "markdown", text);
    let spelling = of_rule(&found, "consistency/spelling")[0];
    assert_eq!(spelling["range"], crate::client::range(text, "advisor"));
    let related = &spelling["relatedInformation"][0];
    assert_eq!(related["location"], json!({ "uri": "untitled:a", "range": crate::client::range(text, "adviser") }));
    assert!(related["message"].as_str().is_some_and(|message| message.contains("adviser")), "{related}");
    assert!(spelling["data"].is_u64() && spelling.get("tags").is_none(), "{spelling}");
    let page = spelling["codeDescription"]["href"].as_str().expect("an address");
    assert!(page.ends_with("/docs/rules/consistency.md#consistencyspelling"), "{page}");
    let unused = of_rule(&found, "suppression/unused")[0];
    assert_eq!(unused["tags"], json!([1]), "unnecessary");
    client.shut_down();
    // A client that says nothing of itself gets none of it.
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "date": "2018-02-12" }));
    let found = client.check("untitled:a", "markdown", text);
    for diagnostic in &found {
        for more in ["relatedInformation", "tags", "codeDescription", "data"] {
            assert_eq!(diagnostic.get(more), None, "{diagnostic}");
        }
    }
    assert_eq!(of_rule(&found, "suppression/unused").len(), 1);
    client.shut_down();
}

#[test]
fn a_change_that_is_lost_is_not_lost_in_silence() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    client.check("untitled:a", "plaintext", STORY);
    let changes = json!([{ "text": "It rained.\n" }]);
    for document in [json!({ "uri": "untitled:a" }), json!({ "uri": "untitled:a", "version": null })] {
        client.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        let complaint = client.notification("window/logMessage");
        assert_eq!(complaint["type"], json!(2));
        assert!(complaint["message"].as_str().is_some_and(|said| said.contains("A change could not be read")));
    }
    // Versions may be given again and jump, and a change may change nothing.
    client.change("untitled:a", 1, json!([]));
    client.change("untitled:a", 99, changes);
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 99), "words/verb-preposition"), [] as [&Value; 0]);
    client.change("untitled:a", 7, json!([{ "range": null, "text": STORY }]));
    assert_eq!(of_rule(&client.diagnostics("untitled:a", 7), "words/verb-preposition").len(), 1);
    client.shut_down();
}

#[test]
fn a_document_whose_address_is_none_is_complained_about() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    // A blank must be written `%20`.
    client.open("file:///stories/the ferry.md", "markdown", STORY);
    let complaint = client.notification("window/logMessage");
    assert_eq!(complaint["type"], json!(2));
    assert!(complaint["message"].as_str().is_some_and(|said| said.contains("could not be opened")), "{complaint}");
    client.shut_down();
}

#[test]
fn markup_that_is_not_read_is_named_once() {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({}));
    let uri = "file:///nowhere/story.tex";
    client.open(uri, "latex", "The council insists of meeting.\n");
    let told = client.notification("window/showMessage");
    assert!(told["message"].as_str().is_some_and(|message| message.contains("LaTeX")), "{told}");
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.open(uri, "latex", "The council insists of meeting.\n");
    // What is read is not named.
    client.check("file:///nowhere/story.rst", "restructuredtext", "The council insists of meeting.\n");
    client.shut_down();
}
