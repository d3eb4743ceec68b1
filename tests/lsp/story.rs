//! What the server knows of a story, beside its findings.

use serde_json::{Value, json};

use crate::client::{Client, edited, quiet, range};
use crate::documents::of_rule;

const URI: &str = "untitled:story";

const STORY: &str = "---
title: Café 😀 Bridge Opens
date: 2018-02-12
---

Mayor Dale Finch met Ana Ruiz, a spokeswoman for the harbor, on Sunday.

“We will not leave this bridge to anyone,” Finch said. 😀 “It opens next month,” he said.

## What Comes Next

Ruiz said the harbor has no plan.
See [the plan](https://example.org/plan).
";

fn start() -> Client {
    let mut client = Client::stdio();
    let document = json!({
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        "hover": { "contentFormat": ["markdown"] },
        "rename": { "prepareSupport": true },
    });
    client.initialize(json!({ "textDocument": document }), json!({ "inlayHints": true }));
    client.check(URI, "markdown", STORY);
    client
}

fn here(words: &str) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": range(STORY, words)["start"] })
}

fn whole() -> Value {
    json!({ "textDocument": { "uri": URI } })
}

#[test]
fn a_story_can_be_asked_about() {
    let mut client = start();
    let hover = |client: &mut Client, words: &str| {
        let hover = client.request("textDocument/hover", here(words));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover(&mut client, "Sunday").contains("2018-02-11 (Sunday)"), "{}", hover(&mut client, "Sunday"));
    let later = hover(&mut client, "Finch said");
    assert!(later.contains("**Dale Finch**") && later.contains("line 6"), "{later}");
    let quote = hover(&mut client, "leave this bridge");
    assert!(quote.contains("Said by **Dale Finch**"), "{quote}");
    assert_eq!(client.request("textDocument/hover", here("has no plan")), Value::Null);

    let places = |answer: &Value| -> Vec<Value> {
        answer.as_array().expect("a list").iter().map(|place| place["range"].clone()).collect()
    };
    let ruiz = client.request("textDocument/documentHighlight", here("Ruiz said"));
    assert_eq!(
        places(&ruiz),
        [
            range(STORY, "Ana Ruiz"),
            json!({
                "start": { "line": 11, "character": 0 }, "end": { "line": 11, "character": 4 },
            })
        ]
    );
    let first = client.request("textDocument/definition", here("Ruiz said"));
    assert_eq!(first, json!({ "uri": URI, "range": range(STORY, "Ana Ruiz") }));
    let mut params = here("Ana Ruiz");
    params["context"] = json!({ "includeDeclaration": false });
    assert_eq!(client.request("textDocument/references", params).as_array().map(Vec::len), Some(1));
    client.shut_down();
}

#[test]
fn a_person_is_renamed_in_all_forms() {
    let mut client = start();
    assert_eq!(client.request("textDocument/prepareRename", here("has no plan")), Value::Null);
    let prepared = client.request("textDocument/prepareRename", here("Ana Ruiz"));
    assert_eq!(prepared, json!({ "range": range(STORY, "Ana Ruiz"), "placeholder": "Ana Ruiz" }));
    let rename = |client: &mut Client, words: &str, name: &str| {
        let mut params = here(words);
        params["newName"] = json!(name);
        client.answer("textDocument/rename", params)
    };
    let renamed = rename(&mut client, "Ana Ruiz", "Anna de Ruyter")["result"]["changes"][URI].clone();
    let expected = STORY.replace("Ana Ruiz", "Anna de Ruyter").replace("Ruiz", "Ruyter");
    assert_eq!(edited(STORY, &renamed), expected);
    let renamed = rename(&mut client, "Ruiz said", "Ruyter")["result"]["changes"][URI].clone();
    assert_eq!(edited(STORY, &renamed), STORY.replace("Ruiz", "Ruyter"));
    assert_eq!(rename(&mut client, "Ana Ruiz", "?!")["error"]["code"], json!(-32602));
    assert_eq!(rename(&mut client, "has no plan", "Ruyter")["error"]["code"], json!(-32602));
    client.shut_down();
}

#[test]
fn an_organisation_is_renamed_apart_from_its_acronym() {
    let mut client = Client::stdio();
    let document = json!({ "rename": { "prepareSupport": true }, "hover": { "contentFormat": ["markdown"] } });
    client.initialize(json!({ "textDocument": document }), json!({}));
    let text = "😀 The Harbor Fishing Council (HFC) met. The H.F.C. left, and so did the Harbor Fishing Council’s *mayor*.\n\n\
        The HFC’s boat sank.\n";
    client.check("untitled:b", "markdown", text);
    let place =
        |words: &str| json!({ "textDocument": { "uri": "untitled:b" }, "position": range(text, words)["start"] });
    let hover = client.request("textDocument/hover", place("H.F.C. left"));
    let expected = "**Harbor Fishing Council** (HFC)\n\nFirst in line 1, named 5 times";
    assert_eq!(hover["contents"]["value"], json!(expected));
    let prepared = client.request("textDocument/prepareRename", place("HFC’s boat"));
    assert_eq!(prepared["placeholder"], json!("HFC"));
    let mut rename = |words: &str, name: &str| {
        let mut params = place(words);
        params["newName"] = json!(name);
        client.answer("textDocument/rename", params)
    };
    let renamed = |answer: Value| edited(text, &answer["result"]["changes"]["untitled:b"]);
    let name = text.replace("Harbor Fishing Council", "Port Ellery Fishing Board");
    assert_eq!(renamed(rename("Fishing Council (", "Port Ellery Fishing Board")), name);
    let acronym = text.replace("HFC", "PEFB").replace("H.F.C.", "P.E.F.B.");
    assert_eq!(renamed(rename("HFC’s boat", "PEFB")), acronym);
    let both = name.replace("HFC", "PEFB").replace("H.F.C.", "P.E.F.B.");
    assert_eq!(renamed(rename("Harbor Fishing Council’s", "Port Ellery Fishing Board (PEFB)")), both);
    assert_eq!(rename("HFC’s boat", "Port Ellery Fishing Board")["error"]["code"], json!(-32602));
    client.shut_down();
}

#[test]
fn changes_are_computed_beside_the_words() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "inlayHints": true }));
    let text = "Café 😀: The fare rose 5 percent to $2.10 from $2. Sales fell from 400 to 300.\n";
    client.check("untitled:b", "plaintext", text);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": "untitled:b" }, "range": whole });
    let hints = client.request("textDocument/inlayHint", params);
    let shown: Vec<Value> = hints
        .as_array()
        .expect("a list")
        .iter()
        .map(|hint| json!([hint["label"], hint["position"], hint["tooltip"]]))
        .collect();
    assert_eq!(
        shown,
        [
            json!(["= +5 percent", range(text, "5 percent")["end"], "from $2 to $2.10"]),
            json!(["= −25 percent", range(text, "300")["end"], "from 400 to 300"]),
        ]
    );
    client.shut_down();
}

#[test]
fn a_story_has_a_shape() {
    let mut client = start();
    let symbols = client.request("textDocument/documentSymbol", whole());
    let names: Vec<&str> =
        symbols.as_array().expect("a list").iter().map(|symbol| symbol["name"].as_str().expect("a name")).collect();
    assert_eq!(names.first(), Some(&"Café 😀 Bridge Opens"));
    assert_eq!(names.last(), Some(&"What Comes Next"));
    assert!(names.contains(&"“We will not leave this bridge to anyone,”"), "{names:?}");

    let folds = client.request("textDocument/foldingRange", whole());
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .expect("a list")
        .iter()
        .map(|fold| (fold["startLine"].as_u64().expect("a line"), fold["endLine"].as_u64().expect("a line")))
        .collect();
    assert!(lines.contains(&(0, 3)) && lines.contains(&(9, 12)), "{lines:?}");

    let at = range(STORY, "bridge to")["start"].clone();
    let grown =
        client.request("textDocument/selectionRange", json!({ "textDocument": { "uri": URI }, "positions": [at] }));
    let mut ranges = Vec::new();
    let mut selection = &grown[0];
    while !selection.is_null() {
        ranges.push(selection["range"].clone());
        selection = &selection["parent"];
    }
    assert_eq!(ranges[0], range(STORY, "bridge"));
    assert!(ranges.contains(&range(STORY, "“We will not leave this bridge to anyone,”")), "{ranges:?}");
    assert_eq!(ranges.last().map(|range| &range["start"]), Some(&json!({ "line": 0, "character": 0 })));

    let links = client.request("textDocument/documentLink", whole());
    assert_eq!(
        links[0],
        json!({ "range": range(STORY, "https://example.org/plan"), "target": "https://example.org/plan" })
    );
    client.shut_down();
}

#[test]
fn what_is_shown_and_offered_while_writing() {
    let mut client = start();
    let mut params = whole();
    params["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = client.request("textDocument/inlayHint", params);
    let labels: Vec<&Value> = hints.as_array().expect("a list").iter().map(|hint| &hint["label"]).collect();
    assert!(labels.contains(&&json!("= 2018-02-11")) && labels.contains(&&json!("= 2018-03")), "{labels:?}");

    let lenses = client.request("textDocument/codeLens", whole());
    let title = lenses[0]["command"]["title"].as_str().expect("a title");
    assert!(title.contains("2 quotes") && title.contains("words"), "{title}");
    let sheet = client.request(
        "workspace/executeCommand",
        json!({ "command": lenses[0]["command"]["command"], "arguments": lenses[0]["command"]["arguments"] }),
    );
    assert!(sheet.as_str().is_some_and(|sheet| sheet.starts_with("Published: 2018-02-12")), "{sheet}");
    let page = client.request(
        "workspace/executeCommand",
        json!({ "command": "copydesk.explainRule", "arguments": ["time/weekday-mismatch"] }),
    );
    assert!(page.as_str().is_some_and(|page| page.starts_with("# time/weekday-mismatch")), "{page}");
    let unknown = client.answer("workspace/executeCommand", json!({ "command": "copydesk.brew" }));
    assert_eq!(unknown["error"]["code"], json!(-32602));

    let end = json!({ "line": 13, "character": 0 });
    client.change(URI, 2, json!([{ "range": { "start": end, "end": end }, "text": "\n😀 Rui" }]));
    let at = json!({ "textDocument": { "uri": URI }, "position": { "line": 14, "character": 6 } });
    let offered = client.messages_until("textDocument/completion", at);
    let names: Vec<&Value> = offered.as_array().expect("a list").iter().map(|item| &item["label"]).collect();
    assert_eq!(names, ["Ana Ruiz", "Ruiz"]);
    assert_eq!(offered[1]["textEdit"]["range"]["start"], json!({ "line": 14, "character": 3 }));
    let end = json!({ "line": 14, "character": 6 });
    client.change(URI, 3, json!([{ "range": { "start": end, "end": end }, "text": "z <!-- copydesk-ignore time/" }]));
    let at = json!({ "textDocument": { "uri": URI }, "position": { "line": 14, "character": 99 } });
    let offered = client.messages_until("textDocument/completion", at);
    assert!(offered.as_array().expect("a list").iter().any(|item| item["label"] == json!("time/weekday-mismatch")));
    client.finish();
}

#[test]
fn links_lead_to_files_beside_the_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    std::fs::create_dir_all(root.join("news/static/img")).expect("the folder is ours");
    std::fs::write(root.join("copydesk.toml"), "").expect("the folder is ours");
    for name in ["news/a b.jpg", "news/plan.md", "news/static/img/c.jpg"] {
        std::fs::write(root.join(name), "x").expect("the folder is ours");
    }
    let uri = |name: &str| format!("file://{}", root.join(name).display());
    let text = "# Café 😀\n\n![A](a%20b.jpg) ![B](<a b.jpg>) ![C](/img/c.jpg) [plan](plan.md#costs) [none](none.md) [top](#caf%C3%A9)\n\n\
        [one](https://example.org/caf\u{e9}?a=1&b=2) [mail](mailto:desk@example.org) [two][2] [again][2]\n\n[2]: https://example.org/two\n";
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    client.check(&uri("news/a.md"), "markdown", text);
    let links = |client: &mut Client, uri: &str| -> Vec<(Value, Value)> {
        let links = client.request("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
        let links = links.as_array().expect("a list").iter();
        links.map(|link| (link["range"].clone(), link["target"].clone())).collect()
    };
    let image = uri("news/a%20b.jpg");
    let expected = [
        ("a%20b.jpg", &*image),
        ("a b.jpg", &*image),
        ("/img/c.jpg", &*uri("news/static/img/c.jpg")),
        ("plan.md#costs", &*uri("news/plan.md")),
        ("https://example.org/caf\u{e9}?a=1&b=2", "https://example.org/caf%C3%A9?a=1&b=2"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://example.org/two", "https://example.org/two"),
    ];
    let expected: Vec<(Value, Value)> =
        expected.iter().map(|(words, target)| (range(text, words), json!(target))).collect();
    assert_eq!(links(&mut client, &uri("news/a.md")), expected);
    let page = "<p><a href=\"https://example.org/?a=1&amp;b=2\">A</a> <img src=\"a%20b.jpg\" alt=\"A\"></p>\n";
    client.check(&uri("news/a.html"), "html", page);
    assert_eq!(
        links(&mut client, &uri("news/a.html")),
        [
            (range(page, "https://example.org/?a=1&amp;b=2"), json!("https://example.org/?a=1&b=2")),
            (range(page, "a%20b.jpg"), json!(image)),
        ]
    );
    client.shut_down();
}

#[test]
fn names_are_renamed_in_the_writing_of_the_page() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let text = "<h1>Caf&eacute; &#x1F600;</h1>\n<p>Mayor Jos&eacute; N&uacute;&ntilde;ez met Ana <b>Ruiz</b>.</p>\n\
        <p>&ldquo;We stay,&rdquo; N&uacute;&ntilde;ez said. Ruiz left.</p>\n";
    client.check("untitled:b", "html", text);
    let hover = json!({ "textDocument": { "uri": "untitled:b" }, "position": range(text, "N&uacute;&ntilde;ez said")["start"] });
    let hover = client.request("textDocument/hover", hover);
    assert!(hover["contents"]["value"].as_str().is_some_and(|text| text.contains("José Núñez")), "{hover}");
    assert_eq!(hover["range"]["end"], range(text, " said")["start"]);
    let mut rename = |words: &str, name: &str| {
        let position = range(text, words)["start"].clone();
        let params = json!({ "textDocument": { "uri": "untitled:b" }, "position": position, "newName": name });
        client.answer("textDocument/rename", params)
    };
    let renamed = rename("Jos&eacute;", "José & <Nadal>");
    let expected = text.replace("Jos&eacute; N&uacute;&ntilde;ez", "José &amp; &lt;Nadal&gt;");
    let expected = expected.replace("N&uacute;&ntilde;ez", "&lt;Nadal&gt;");
    assert_eq!(edited(text, &renamed["result"]["changes"]["untitled:b"]), expected);
    // Tags inside a name are left to a person.
    let refused = rename("Ruiz left", "Ruyter");
    assert!(refused["error"]["message"].as_str().is_some_and(|said| said.contains("line 2")), "{refused}");
    client.shut_down();
}

#[test]
fn a_new_name_has_the_possessive_that_it_needs() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let text = "# Café 😀\n\nMayor James Rios left.\n\nRios’ car and Rios's dog stayed at the Rios’. “I heard ‘I met Rios’ twice,” Ana Ruiz said.\n";
    client.check("untitled:b", "markdown", text);
    let position = range(text, "James Rios")["start"].clone();
    let mut rename = |name: &str| {
        let params = json!({ "textDocument": { "uri": "untitled:b" }, "position": position, "newName": name });
        edited(text, &client.request("textDocument/rename", params)["changes"]["untitled:b"])
    };
    let smith = rename("James Smith");
    assert!(smith.contains("Smith’s car and Smith's dog"), "{smith}");
    assert!(smith.contains("‘I met Smith’ twice"), "{smith}");
    assert_eq!(rename("James Pires"), text.replace("Rios", "Pires"));
    client.shut_down();
}

#[test]
fn hints_are_shown_in_the_lines_that_are_asked_for() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({ "inlayHints": true, "date": "2018-02-12" }));
    let text = "😀 It came on Sunday.\r\n\r\nIt left on Saturday. It rained on Friday.\r\n";
    client.check("untitled:b", "plaintext", text);
    let mut hints = |range: Value| -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": "untitled:b" }, "range": range });
        let hints = client.request("textDocument/inlayHint", params);
        hints.as_array().expect("a list").iter().map(|hint| hint["label"].clone()).collect()
    };
    assert_eq!(hints(range(text, "It left on Saturday. It rained on Friday")), ["= 2018-02-10", "= 2018-02-09"]);
    assert_eq!(hints(range(text, "It left on Saturday")), ["= 2018-02-10"]);
    assert_eq!(hints(range(text, "It came")), [] as [Value; 0]);
    client.shut_down();
}

#[test]
fn a_selection_grows_at_each_of_several_places() {
    let mut client = start();
    let places: Vec<Value> =
        ["Sunday", "plan", "leave"].iter().map(|words| range(STORY, words)["start"].clone()).collect();
    let beyond = json!({ "line": 999, "character": 7 });
    let positions: Vec<&Value> = places.iter().chain([&beyond]).collect();
    let params = json!({ "textDocument": { "uri": URI }, "positions": positions });
    let grown = client.request("textDocument/selectionRange", params);
    let ranges: Vec<&Value> = grown.as_array().expect("a list").iter().map(|selection| &selection["range"]).collect();
    let words = ["Sunday", "plan", "leave"].map(|word| range(STORY, word));
    assert_eq!(ranges[..3], words.iter().collect::<Vec<_>>());
    assert_eq!((ranges.len(), &grown[3]["parent"]), (4, &Value::Null), "the whole story, and nothing around it");
    client.shut_down();
}

#[test]
fn a_name_that_is_a_common_word_is_renamed_where_it_is_a_name() {
    let mut client = Client::stdio();
    client.initialize(json!({ "textDocument": { "rename": { "prepareSupport": true } } }), json!({}));
    let text = "# Café 😀\n\nMayor Rose Hill met the press on Tuesday. The prices rose on the hill.\n\n\
        “Rose Hill is right,” Ana Ruiz said. “Hill will not go up the hill,” Ruiz added.\n\n\
        Mrs. Hill’s car stood on Hill Street. Hill's dog barked.\n";
    client.check("untitled:b", "markdown", text);
    let at = |words: &str| json!({ "textDocument": { "uri": "untitled:b" }, "position": range(text, words)["start"] });
    assert_eq!(client.request("textDocument/prepareRename", at("rose on")), Value::Null);
    assert_eq!(client.request("textDocument/prepareRename", at("Hill Street")), Value::Null);
    let mut rename = |words: &str, name: &str| {
        let mut params = at(words);
        params["newName"] = json!(name);
        client.answer("textDocument/rename", params)
    };
    let expected =
        text.replace("Rose Hill", "Ruth Mount").replace("Hill", "Mount").replace("Mount Street", "Hill Street");
    for words in ["Rose Hill met", "Rose Hill is right"] {
        let renamed = rename(words, " Ruth\n Mount ");
        assert_eq!(edited(text, &renamed["result"]["changes"]["untitled:b"]), expected, "{words}");
    }
    for name in ["", " ", "?!", "Ruth"] {
        assert_eq!(rename("Rose Hill met", name)["error"]["code"], json!(-32602), "{name:?}");
    }
    client.shut_down();
}

#[test]
fn names_and_phrases_go_on_in_the_next_line() {
    const WRAPPED: &str = "The ferry stops, said Mayor Ana\nRios, who insists\nof meeting.\n\nThe Port Ellery\nFishing Board (PEFB) met. The \
        Port Ellery Fishing Board and the PEFB left.\n\n“It is late,” Rios said.\n\n“It will stay late.”\n\nShe asked Ric\n";
    for (language, line_break) in [("markdown", "\n"), ("markdown", "\r\n"), ("html", "\n"), ("html", "\r\n")] {
        let text = match language {
            "html" => format!("<p>{}</p>\n", WRAPPED.trim_end().replace("\n\n", "</p>\n<p>")),
            _ => WRAPPED.to_owned(),
        };
        let text = text.replace('\n', line_break);
        let mut client = Client::stdio();
        client.initialize(quiet(), json!({ "date": "2018-02-12", "inlayHints": true }));
        let found = client.check(URI, language, &text);
        let insists = of_rule(&found, "words/verb-preposition");
        assert_eq!(insists[0]["message"], json!("“insists of” should be “insists on” or “consists of”"));
        let params = json!({
            "textDocument": { "uri": URI }, "range": insists[0]["range"],
            "context": { "diagnostics": insists, "only": ["quickfix"] },
        });
        let fix = client.request("textDocument/codeAction", params)[0].clone();
        let fix = client.request("codeAction/resolve", fix)["edit"]["documentChanges"][0]["edits"].clone();
        let of = format!("insists{line_break}of");
        assert_eq!(edited(&text, &fix), text.replace(&of, "insists on"), "{language} {line_break:?}");

        let at = |words: &str| json!({ "textDocument": { "uri": URI }, "position": range(&text, words)["start"] });
        let prepared = client.request("textDocument/prepareRename", at("Ana"));
        assert_eq!(prepared["placeholder"], json!("Ana Rios"));
        let renamed = |client: &mut Client, words: &str, new: &str| {
            let mut params = at(words);
            params["newName"] = json!(new);
            edited(&text, &client.request("textDocument/rename", params)["documentChanges"][0]["edits"])
        };
        let lund = text.replace("Ana", "Bo").replace("Rios", "Lund");
        assert_eq!(renamed(&mut client, "Ana", "Bo Lund"), lund);
        let guild = text.replace(&format!("Port Ellery{line_break}Fishing Board"), "Net Guild");
        let guild = guild.replace("Port Ellery Fishing Board", "Net Guild");
        assert_eq!(renamed(&mut client, "Port", "Net Guild"), guild);
        let params = json!({ "textDocument": { "uri": URI }, "range": { "start": range(&text, "The")["start"], "end": range(&text, "asked")["end"] } });
        let hints = client.request("textDocument/inlayHint", params);
        let labels: Vec<&Value> = hints.as_array().expect("a list").iter().map(|hint| &hint["label"]).collect();
        assert_eq!(labels, ["— Ana Rios"]);
        client.shut_down();
    }
}
