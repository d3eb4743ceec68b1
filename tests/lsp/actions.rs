//! Code actions: what is offered, what it changes, and that nothing comes back after it.

use serde_json::{Value, json};

use crate::client::{Client, edited, quiet, range};
use crate::documents::of_rule;

const URI: &str = "untitled:a";

fn start(language: &str, text: &str) -> (Client, Vec<Value>) {
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    let found = client.check(URI, language, text);
    (client, found)
}

fn offered(client: &mut Client, range: &Value, context: Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.request("textDocument/codeAction", params).as_array().expect("a list").clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

/// The text after the action with this title, which is resolved first.
fn chosen(client: &mut Client, text: &str, actions: &[Value], title: &str) -> String {
    let action = actions.iter().find(|action| action["title"].as_str().is_some_and(|t| t.starts_with(title)));
    let action = action.unwrap_or_else(|| panic!("no {title:?} in {:?}", titles(actions)));
    assert_eq!(action.get("edit"), None, "edits are made when they are wanted");
    let resolved = client.request("codeAction/resolve", action.clone());
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    edited(text, &change["edits"])
}

#[test]
fn a_finding_can_be_mended_or_left_alone() {
    let text = "# Café 😀\n\n- The council insists of meeting.\n- It adjourned.\n\nMayor Dale Finch agreed.\n";
    let (mut client, found) = start("markdown", text);
    let diagnostic = of_rule(&found, "words/verb-preposition")[0].clone();
    let by_diagnostic = offered(&mut client, &range(text, "insists of"), json!({ "diagnostics": [diagnostic] }));
    let by_range = offered(&mut client, &range(text, "insists"), json!({ "diagnostics": [] }));
    assert_eq!(titles(&by_diagnostic)[0], titles(&by_range)[0]);
    // ALE gives back no more than these.
    let bare = json!({ "range": diagnostic["range"], "code": diagnostic["code"], "message": diagnostic["message"] });
    let by_bare = offered(&mut client, &range(text, "insists of"), json!({ "diagnostics": [bare] }));
    assert_eq!(titles(&by_diagnostic), titles(&by_bare));
    assert_eq!(by_diagnostic[0]["diagnostics"][0], diagnostic, "the action goes with the client's own diagnostic");
    let fix = titles(&by_diagnostic)[0].to_owned();
    assert_eq!(chosen(&mut client, text, &by_diagnostic, &fix), text.replace("insists of", "insists on"));
    // A comment on a line of its own would cut the list in two.
    let ignored = chosen(&mut client, text, &by_diagnostic, "Ignore words/verb-preposition here");
    assert_eq!(ignored, text.replace("The council", "<!-- copydesk-ignore words/verb-preposition -->\n  The council"));
    let in_file = chosen(&mut client, text, &by_diagnostic, "Ignore words/verb-preposition in this file");
    assert_eq!(in_file, format!("<!-- copydesk-ignore-file words/verb-preposition -->\n{text}"));
    for silenced in [ignored, in_file] {
        let found = client.check("untitled:silenced", "markdown", &silenced);
        let left = [of_rule(&found, "words/verb-preposition"), of_rule(&found, "suppression/unused")].concat();
        assert_eq!(left, [] as [&Value; 0], "{silenced}");
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:silenced" } }));
        if !found.is_empty() {
            client.diagnostics("untitled:silenced", 1);
        }
    }
    // Only what was asked for.
    let only = |only: &[&str]| json!({ "diagnostics": [], "only": only });
    let source = offered(&mut client, &range(text, "insists"), only(&["source"]));
    assert!(source.iter().all(|action| action["kind"].as_str().is_some_and(|kind| kind.starts_with("source."))));
    assert_eq!(offered(&mut client, &range(text, "insists"), only(&["refactor"])), [] as [Value; 0]);
    // A diagnostic of somebody else is not ours to mend.
    let others = json!({ "diagnostics": [{ "range": range(text, "insists"), "message": "?", "source": "other" }] });
    assert!(
        offered(&mut client, &range(text, "insists"), others).iter().all(|action| action["kind"] != json!("quickfix"))
    );
    client.shut_down();
}

#[test]
fn quotes_offer_choices_and_plain_text_is_marked() {
    let text = "Café 😀 Row: “The council insists of meeting,” Mayor Dale Finch said.\n\nThe council insists of it.\n";
    let (mut client, _) = start("plaintext", text);
    let inside = offered(&mut client, &range(text, "insists of meeting"), json!({ "diagnostics": [] }));
    assert!(inside.iter().all(|action| action.get("isPreferred").is_none()), "{inside:?}");
    let sic = chosen(&mut client, text, &inside, "Keep “insists of” and mark it [sic]");
    assert_eq!(sic, text.replacen("insists of", "insists of [sic]", 1));
    // Nothing is put between the quotation marks to say that they were checked.
    let checked = chosen(&mut client, text, &inside, "Mark the quote “The council insists of …” as checked: (CQ)");
    assert_eq!(checked, text.replacen("meeting,”", "meeting,” (CQ)", 1));
    let outside = offered(&mut client, &range(text, "insists of it"), json!({ "diagnostics": [] }));
    // Without a file there are no settings in which plain text could be left alone.
    assert!(titles(&outside).iter().all(|title| !title.starts_with("Ignore")), "{outside:?}");
    let checked = chosen(&mut client, text, &outside, "Mark “insists of” as checked");
    assert_eq!(checked, text.replace("insists of it", "insists of it (CQ)"));
    // Fix-all leaves the quote as it is.
    let all = offered(&mut client, &range(text, "Café"), json!({ "diagnostics": [], "only": ["source.fixAll"] }));
    if !all.is_empty() {
        let mended = chosen(&mut client, text, &all, "Make");
        assert!(mended.contains("“The council insists of meeting,”"), "{mended}");
    }
    client.shut_down();
}

#[test]
fn the_first_of_several_places_can_be_left_alone() {
    let text = "# Café 😀\n\nIt came on Sunday.\n\nIt left on Saturday. It rained on Friday.\n";
    let (mut client, found) = start("markdown", text);
    let first = of_rule(&found, "time/relative-weekday")[0].clone();
    let said = |diagnostic: &Value, words: &str| diagnostic["message"].as_str().is_some_and(|m| m.contains(words));
    assert!(said(&first, "and 2 more like it"), "{first}");
    let offered = offered(&mut client, &first["range"], json!({ "diagnostics": [first] }));
    let ignored = chosen(&mut client, text, &offered, "Ignore time/relative-weekday here");
    assert_eq!(ignored, text.replace("It came", "<!-- copydesk-ignore time/relative-weekday -->\nIt came"));
    // The next one comes to light.
    client.change(URI, 2, json!([{ "text": ignored }]));
    let found = client.diagnostics(URI, 2);
    let next = of_rule(&found, "time/relative-weekday")[0];
    assert!(said(next, "“Saturday”") && said(next, "and 1 more like it"), "{next}");
    client.shut_down();
}

#[test]
fn a_date_goes_where_the_format_keeps_it() {
    let cases = [
        (
            "markdown",
            "---\r\ntitle: Café\r\n---\r\n\r\nIt rained on Sunday.\r\n",
            "---\r\n",
            "---\r\ndate: 2018-02-12\r\n",
        ),
        ("markdown", "It rained on Sunday.\n", "", "---\ndate: 2018-02-12\n---\n\n"),
        (
            "markdown",
            "+++\r\ntitle = \"Café\"\r\n[extra]\r\na = 1\r\n+++\r\nIt rained on Sunday.\r\n",
            "+++\r\n",
            "+++\r\ndate = 2018-02-12\r\n",
        ),
        ("markdown", "---\ndate:\n---\nIt rained on Sunday.\n", "date:", "date: 2018-02-12"),
        (
            "html",
            "<html><head><title>Café</title></head><body><p>It rained on Sunday.</p></body></html>",
            "<head>",
            "<head>\n<meta property=\"article:published_time\" content=\"2018-02-12\">",
        ),
    ];
    for (language, text, from, to) in cases {
        let (mut client, _) = start(language, text);
        let context = json!({ "diagnostics": [], "only": ["source.insertPublicationDate"] });
        let actions = offered(&mut client, &range(text, "It rained"), context);
        assert_eq!(titles(&actions), ["Insert the publication date, 2018-02-12"]);
        assert_eq!(chosen(&mut client, text, &actions, "Insert"), text.replacen(from, to, 1));
        client.shut_down();
    }
}

#[test]
fn an_action_that_came_too_late_changes_nothing() {
    let text = "The council insists of meeting.\n";
    let (mut client, _) = start("plaintext", text);
    let actions = offered(&mut client, &range(text, "insists"), json!({ "diagnostics": [] }));
    client.change(URI, 2, json!([{ "text": "Nothing is left of it.\n" }]));
    client.diagnostics(URI, 2);
    let answer = client.answer("codeAction/resolve", actions[0].clone());
    assert_eq!(answer["error"]["code"], json!(-32801));
    client.shut_down();
}

#[test]
fn a_client_that_cannot_resolve_gets_the_edit_at_once() {
    let text = "The council insists of meeting.\n";
    let mut client = Client::stdio();
    let literals = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    client.initialize(json!({ "textDocument": { "codeAction": literals } }), json!({ "date": "2018-02-12" }));
    client.check(URI, "plaintext", text);
    let actions = offered(&mut client, &range(text, "insists"), json!({ "diagnostics": [] }));
    assert_eq!(edited(text, &actions[0]["edit"]["changes"][URI]), "The council insists on meeting.\n");
    client.shut_down();
}

/// The document after an action of a story in a file.
fn chosen_in(client: &mut Client, uri: &str, text: &str, range: &Value, only: &str, title: &str) -> String {
    let context = json!({ "diagnostics": [], "only": [only] });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params).as_array().expect("a list").clone();
    let action = actions.iter().find(|action| action["title"].as_str().is_some_and(|t| t.starts_with(title)));
    let action = action.unwrap_or_else(|| panic!("no {title:?} in {:?}", titles(&actions))).clone();
    let resolved = client.request("codeAction/resolve", action);
    edited(text, &resolved["edit"]["documentChanges"][0]["edits"])
}

#[test]
fn fixes_that_uncover_fixes_are_made_in_one_edit() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::fs::canonicalize(folder.path()).expect("it is there");
    let rule = |name: &str, find: &str, to: &str| {
        format!(
            "[[rule]]\nid = \"house/{name}\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"warning\"\nfix = \"safe\"\n\
             message = \"M\"\nwhy = \"W\"\nphrases = [{{ find = \"{find}\", use = [\"{to}\"] }}]\n\n"
        )
    };
    std::fs::create_dir_all(root.join(".copydesk/rules")).expect("the folder is ours");
    let rules = rule("one", "old quay side", "quay side") + &rule("two", "quay side", "quayside");
    std::fs::write(root.join(".copydesk/rules/own.toml"), rules).expect("the folder is ours");
    let uri = format!("file://{}", root.join("a.txt").display());
    let text =
        "Café 😀 opened on the old quay side. “The old quay side is ours,” Ana Ruiz said.\n\nThe quay side is wet.\n";
    let mut client = Client::stdio();
    client.initialize(quiet(), json!({ "date": "2018-02-12" }));
    let found = client.check(&uri, "plaintext", text);
    assert!(!of_rule(&found, "house/one").is_empty(), "{found:?}");
    let fixed = chosen_in(&mut client, &uri, text, &range(text, "Café"), "source.fixAll", "Make");
    assert_eq!(
        fixed,
        "Café 😀 opened on the quayside. “The old quay side is ours,” Ana Ruiz said.\n\nThe quayside is wet.\n"
    );
    client.shut_down();
}

#[test]
fn a_quote_can_be_given_to_a_speaker_of_the_story() {
    let text = "Mayor Dale Finch spoke on the bridge 😀, and Ana Ruiz, a spokeswoman for the harbor, was there.\n\n\
        “We will not leave this bridge to anyone,” Finch said.\n\n\
        Some left early. The market closed at noon.\n\n\
        “It opens next month and it will stay open for years.”\n";
    let (mut client, _) = start("plaintext", text);
    let inside = offered(&mut client, &range(text, "It opens"), json!({ "diagnostics": [], "only": ["quickfix"] }));
    let speakers: Vec<&str> = titles(&inside).into_iter().filter(|title| title.starts_with("Attribute")).collect();
    assert_eq!(speakers, ["Attribute it to Finch", "Attribute it to Ruiz"], "who speaks comes first");
    let fixed = chosen(&mut client, text, &inside, "Attribute it to Ruiz");
    assert_eq!(fixed, text.replace("for years.”", "for years,” Ruiz said."));
    // Nobody can be made to speak who is not in the story.
    let mut forged =
        inside.iter().find(|a| a["title"] == json!("Attribute it to Ruiz")).expect("it is offered").clone();
    forged["data"]["name"] = json!("Brandt");
    assert_eq!(client.answer("codeAction/resolve", forged)["error"]["code"], json!(-32801));
    let found = client.check("untitled:fixed", "plaintext", &fixed);
    assert_eq!(of_rule(&found, "quotes/unattributed"), [] as [&Value; 0]);
    client.shut_down();
}

#[test]
fn diagnostics_may_come_back_in_any_order_and_without_their_data() {
    let text = "Café 😀: the council insists of meeting. It insists of it.\n\nThe end is TK.\n";
    let (mut client, found) = start("plaintext", text);
    let mut preposition: Vec<Value> = of_rule(&found, "words/verb-preposition").into_iter().cloned().collect();
    preposition.reverse();
    for diagnostic in &mut preposition {
        diagnostic.as_object_mut().expect("an object").remove("data");
    }
    // The range is elsewhere: what the client names counts.
    let by_name =
        offered(&mut client, &range(text, "The end"), json!({ "diagnostics": preposition, "only": ["quickfix"] }));
    let fixed = chosen(&mut client, text, &by_name, "Replace with “insists on”");
    assert_eq!(fixed, text.replace("insists of it", "insists on it"), "the first named is the second of the text");
    // Named twice, it is offered once.
    let twice = json!({ "diagnostics": [preposition[0], preposition[0]], "only": ["quickfix"] });
    let once = json!({ "diagnostics": [preposition[0]], "only": ["quickfix"] });
    assert_eq!(
        offered(&mut client, &range(text, "The end"), twice),
        offered(&mut client, &range(text, "The end"), once)
    );
    // The text moves on while the menu is open: the edit is made for the text as it is.
    let action = by_name[0].clone();
    let start = json!({ "line": 0, "character": 0 });
    client.change(URI, 2, json!([{ "range": { "start": start, "end": start }, "text": "It rained 😀.\n\n" }]));
    client.diagnostics(URI, 2);
    let resolved = client.request("codeAction/resolve", action.clone());
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], json!(2));
    let now = format!("It rained 😀.\n\n{text}");
    assert_eq!(edited(&now, &change["edits"]), now.replace("insists of it", "insists on it"));
    // Of a document that was closed nothing can be done.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.diagnostics(URI, 2), [] as [Value; 0]);
    assert_eq!(client.answer("codeAction/resolve", action)["error"]["code"], json!(-32801));
    client.shut_down();
}
