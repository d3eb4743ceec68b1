//! The fact-checker's desk: marks, sources, passages and what of it is shown, in the real program.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, able, quiet, range};

const STORY: &str = "---\nsources: hearing.srt, budget.csv\n---\n\n# Board keeps the ferry\n\nThe Harbor Board voted on Monday to spend $4.2 million on a ferry.\n\n“We keep the ferry,” said Ana Ruiz, 54.\n";
const HEARING: &str = "1\n00:14:01,000 --> 00:14:04,000\nRUIZ: It was a long winter.\n\n2\n00:14:05,000 --> 00:14:08,000\nWe keep, um, the ferry.\n";

/// A story with what it was written from, and a client in which it is open.
struct Newsroom {
    folder: tempfile::TempDir,
    root: PathBuf,
    client: Client,
}

impl Newsroom {
    fn new(capabilities: Value, settings: Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = std::fs::canonicalize(folder.path()).expect("it is there");
        for (name, text) in
            [("ferry.md", STORY), ("hearing.srt", HEARING), ("budget.csv", "item,cost\npier,900\nferry,$4.2 million\n")]
        {
            std::fs::write(root.join(name), text).expect("it is written");
        }
        let mut client = Client::stdio();
        client.initialize(capabilities, settings);
        Self { folder, root, client }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.root.join(name).display())
    }

    /// Opens the story and waits until what it was written from is read: that is told by the same diagnostics or others.
    fn open(&mut self) -> String {
        let story = self.uri("ferry.md");
        self.client.open(&story, "markdown", STORY);
        story
    }

    fn ledger(&self) -> String {
        std::fs::read_to_string(self.root.join("ferry.md.facts.toml")).unwrap_or_default()
    }

    /// The answer to a request, whatever else is told meanwhile.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.client.answer_and_news(method, params);
        assert!(answer.get("error").is_none(), "{method} failed: {answer}");
        answer["result"].clone()
    }

    fn actions(&mut self, words: &str) -> Vec<Value> {
        let uri = self.uri("ferry.md");
        let params = json!({ "textDocument": { "uri": uri }, "range": range(STORY, words), "context": { "diagnostics": [], "triggerKind": 1 } });
        self.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
    }

    /// Does what the action with this title does, as an editor would: it runs the command.
    fn choose(&mut self, words: &str, title: &str) -> Value {
        let actions = self.actions(words);
        let action = actions.iter().find(|action| action["title"].as_str().is_some_and(|t| t.starts_with(title)));
        let action = action.unwrap_or_else(|| panic!("no {title:?} in {:?}", titles(&actions)));
        let command = &action["command"];
        self.ask(
            "workspace/executeCommand",
            json!({ "command": command["command"], "arguments": command["arguments"] }),
        )
    }

    fn at(&self, words: &str) -> Value {
        json!({ "textDocument": { "uri": self.uri("ferry.md") }, "position": range(STORY, words)["start"] })
    }

    fn hover(&mut self, words: &str) -> String {
        let at = self.at(words);
        self.ask("textDocument/hover", at)["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    fn lenses(&mut self) -> Vec<String> {
        let params = json!({ "textDocument": { "uri": self.uri("ferry.md") } });
        let lenses = self.ask("textDocument/codeLens", params);
        lenses
            .as_array()
            .expect("a list")
            .iter()
            .map(|lens| lens["command"]["title"].as_str().expect("a title").to_owned())
            .collect()
    }

    /// Asks until what it was written from was read, on another thread.
    fn wait_for_sources(&mut self) {
        let params = json!({ "textDocument": { "uri": self.uri("ferry.md") }, "all": true });
        while self.ask("copydesk/facts", params.clone())["checkup"]["material"].as_array().is_none_or(Vec::is_empty) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    fn command_line(&self, arguments: &[&str]) {
        let done = Command::new(env!("CARGO_BIN_EXE_copydesk")).current_dir(&self.root).args(arguments).output();
        let done = done.expect("it runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn finish(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        drop(self.client);
        drop(self.folder);
    }
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

fn marks(actions: &[Value]) -> Vec<&str> {
    let marks = actions.iter().filter(|action| action["kind"] == json!("copydesk.fact"));
    marks.map(|action| action["title"].as_str().expect("a title")).collect()
}

#[test]
fn marks_are_offered_where_facts_are_checked_and_behind_all_fixes() {
    let mut room = Newsroom::new(quiet(), json!({ "date": "2018-02-12", "by": "Ana Ruiz" }));
    let story = room.open();
    assert_eq!(marks(&room.actions("$4.2 million")), [] as [&str; 0], "an ordinary story has an ordinary menu");
    assert_eq!(room.lenses().len(), 1);
    assert!(!room.hover("$4.2 million").contains("Figure"));
    let started = room
        .ask("workspace/executeCommand", json!({ "command": "copydesk.checkFacts", "arguments": [{ "uri": story }] }));
    let total = started["summary"].as_str().and_then(|summary| summary.split(' ').nth(2)).expect("a count").to_owned();
    assert_eq!(started["summary"], json!(format!("0 of {total} checked")));
    room.wait_for_sources();
    let actions = room.actions("$4.2 million");
    assert_eq!(
        marks(&actions),
        [
            "Checked against budget.csv, B3: figure “$4.2 million”",
            "Checked: figure “$4.2 million”",
            "Disputed: figure “$4.2 million”",
            "Ask the author: figure “$4.2 million”",
            "Wrong: figure “$4.2 million”",
            "Add a source …: figure “$4.2 million”",
        ]
    );
    let first_mark = actions.iter().position(|action| action["kind"] == json!("copydesk.fact"));
    let last_fix = actions.iter().rposition(|action| action["kind"] == json!("quickfix"));
    assert!(last_fix < first_mark, "{:?}", titles(&actions));
    // A light bulb that nobody asked for says nothing of facts.
    let params = json!({ "textDocument": { "uri": story }, "range": range(STORY, "$4.2 million"), "context": { "diagnostics": [], "triggerKind": 2 } });
    let by_itself = room.ask("textDocument/codeAction", params.clone());
    assert_eq!(marks(by_itself.as_array().expect("a list")), [] as [&str; 0]);
    let mut only = params;
    only["context"] = json!({ "diagnostics": [], "only": ["quickfix"] });
    assert_eq!(marks(room.ask("textDocument/codeAction", only).as_array().expect("a list")), [] as [&str; 0]);
    // All that is selected, at once.
    let done = room.choose("voted on Monday to spend $4.2 million", "Checked: all 2 facts in the selection");
    assert_eq!(done["summary"], json!(format!("2 of {total} checked")));
    room.finish();
}

#[test]
fn a_tick_is_on_disk_and_shows_everywhere() {
    let mut room = Newsroom::new(
        quiet(),
        json!({ "date": "2018-02-12", "by": "Ana Ruiz", "factChecking": true, "factTokens": true }),
    );
    room.open();
    room.wait_for_sources();
    room.choose("$4.2 million", "Checked against budget.csv, B3");
    let ledger = room.ledger();
    assert!(ledger.contains("words = \"$4.2 million\"") && ledger.contains("by = \"Ana Ruiz\""), "{ledger}");
    assert!(ledger.contains("sources = [{ in = \"budget.csv\", at = \"B3\" }]"), "{ledger}");
    let hover = room.hover("$4.2 million");
    assert!(hover.contains("**Figure**: checked by Ana Ruiz on 20"), "{hover}");
    assert!(hover.contains("budget.csv, B3](file://") && hover.contains(": $4.2 million"), "{hover}");
    assert!(room.lenses()[1].starts_with("1 of "), "{:?}", room.lenses());
    // A second mark by the command line: both stand, and both show.
    room.command_line(&["facts", "dispute", "ferry.md", "Harbor Board", "--by", "Dale Finch"]);
    let lenses = room.lenses();
    assert!(lenses[1].contains("1 disputed"), "a client that watches no files sees it when it asks: {lenses:?}");
    room.choose("“We keep", "Checked against hearing.srt, 00:14:05");
    let ledger = room.ledger();
    assert_eq!(ledger.matches("[[fact]]").count(), 3, "{ledger}");
    assert!(ledger.contains("by = \"Dale Finch\"") && ledger.contains("at = \"00:14:05\""), "{ledger}");
    let hover = room.hover("“We keep");
    assert!(hover.contains("We keep, um, the ferry"), "{hover}");
    // The passage in its file, counted from 0.
    let at = room.at("We keep the ferry");
    let passage = room.ask("textDocument/definition", at);
    assert_eq!(passage["uri"], json!(room.uri("hearing.srt")));
    assert_eq!(passage["range"]["start"], json!({ "line": 6, "character": 0 }));
    // A fact that is nobody's name has its places, too.
    let mut at = room.at("$4.2 million");
    at["context"] = json!({ "includeDeclaration": true });
    assert_eq!(room.ask("textDocument/references", at)[0]["range"], range(STORY, "$4.2 million"));
    // Colours: the figure is checked, and the sentence round it open.
    let params = json!({ "textDocument": { "uri": room.uri("ferry.md") } });
    let data = room.ask("textDocument/semanticTokens/full", params)["data"].as_array().expect("numbers").clone();
    let kinds: Vec<u64> = data.chunks(5).map(|token| token[3].as_u64().expect("a number")).collect();
    assert!(kinds.contains(&0) && kinds.contains(&2) && kinds.contains(&3), "{kinds:?}");
    // And off again.
    room.choose("$4.2 million", "Take the tick off");
    assert_eq!(room.ledger().matches("[[fact]]").count(), 2);
    room.finish();
}

#[test]
fn an_edit_unticks_and_undoing_it_ticks_again() {
    let mut room = Newsroom::new(quiet(), json!({ "date": "2018-02-12", "by": "Ana Ruiz", "factChecking": true }));
    let story = room.open();
    room.choose("$4.2 million", "Checked: figure");
    let changed = STORY.replace("$4.2 million", "$4.5 million");
    room.client.change(&story, 2, json!([{ "text": changed }]));
    let lenses = room.lenses();
    assert!(lenses[1].starts_with("0 of ") && lenses[1].contains("1 changed"), "{lenses:?}");
    let params = json!({ "textDocument": { "uri": story }, "position": range(&changed, "$4.5")["start"] });
    let hover = room.ask("textDocument/hover", params)["contents"]["value"].clone();
    assert!(hover.as_str().is_some_and(|text| text.contains("checked as “$4.2 million” by Ana Ruiz")), "{hover}");
    // The next that needs somebody, from the start: of those that changed.
    let next = json!({ "command": "copydesk.nextFact", "arguments": [{ "uri": story, "states": ["changed"] }] });
    assert_eq!(room.ask("workspace/executeCommand", next), range(&changed, "$4.5 million"));
    room.client.change(&story, 3, json!([{ "text": STORY }]));
    assert!(room.lenses()[1].starts_with("1 of "));
    room.finish();
}

#[test]
fn a_watched_ledger_is_read_again() {
    let mut capabilities = able();
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities["workspace"]["didChangeConfiguration"] = Value::Null;
    let mut room = Newsroom::new(capabilities, json!({ "date": "2018-02-12", "by": "Ana Ruiz" }));
    let (id, asked) = room.client.asked("client/registerCapability");
    let globs = asked["registrations"][0]["registerOptions"]["watchers"].to_string();
    assert!(globs.contains("**/*.toml") && globs.contains("srt"), "{globs}");
    room.client.reply(&id, Value::Null);
    room.open();
    assert_eq!(room.lenses().len(), 1);
    room.command_line(&["facts", "tick", "ferry.md", "$4.2 million", "--by", "Dale Finch"]);
    let ledger = room.uri("ferry.md.facts.toml");
    room.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": ledger, "type": 1 }] }));
    assert!(room.lenses()[1].starts_with("1 of "), "{:?}", room.lenses());
    room.finish();
}

#[test]
fn sources_are_chosen_from_those_that_are_known_or_written_into_the_ledger() {
    let mut room = Newsroom::new(quiet(), json!({ "date": "2018-02-12", "by": "Ana Ruiz", "factChecking": true }));
    room.open();
    room.wait_for_sources();
    let choice = |room: &mut Newsroom, title: &str| {
        room.choose("$4.2 million", "Add a source …");
        let (id, asked) = loop {
            let message = room.client.next();
            if message["method"] == json!("window/showMessageRequest") {
                break (message["id"].clone(), message["params"].clone());
            }
        };
        let titles: Vec<&str> = asked["actions"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|a| a["title"].as_str().expect("a title"))
            .collect();
        assert_eq!(titles, ["hearing.srt", "budget.csv", "Another: write it into the ledger"]);
        room.client.reply(&id, json!({ "title": title }));
    };
    choice(&mut room, "budget.csv");
    while !room.ledger().contains("in = \"budget.csv\"") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // A source alone decides nothing.
    assert!(room.ledger().contains("state = \"open\""), "{}", room.ledger());
    choice(&mut room, "Another: write it into the ledger");
    let (id, shown) = loop {
        let message = room.client.next();
        if message["method"] == json!("window/showDocument") {
            break (message["id"].clone(), message["params"].clone());
        }
    };
    room.client.reply(&id, json!({ "success": true }));
    assert_eq!(shown["uri"], json!(room.uri("ferry.md.facts.toml")));
    let ledger = room.ledger();
    assert_eq!(
        shown["selection"]["start"]["character"],
        json!(ledger.lines().find_map(|line| line.find("in = \"\"")).expect("it is there") + 6)
    );
    room.finish();
}

#[test]
fn what_cannot_be_marked_says_why() {
    let mut room = Newsroom::new(quiet(), json!({ "date": "2018-02-12", "by": "Ana Ruiz", "factChecking": true }));
    let story = room.open();
    let facts = room.ask("copydesk/facts", json!({ "textDocument": { "uri": story }, "all": true }));
    let fact = facts["checkup"]["facts"][0].clone();
    assert_eq!((&fact["state"], fact["places"][0]["start"].is_object()), (&json!("open"), true), "{fact}");
    let mark = |uri: &str, fact: &str, state: &str| json!({ "command": "copydesk.markFacts", "arguments": [{ "uri": uri, "facts": [fact], "state": state }] });
    let id = fact["id"].as_str().expect("an id").to_owned();
    let refused = |room: &mut Newsroom, params: Value| {
        let answer = room.client.answer_and_news("workspace/executeCommand", params);
        answer["error"]["message"].as_str().expect("it is refused").to_owned()
    };
    assert!(refused(&mut room, mark(&story, &id, "good")).contains("no state `good`"));
    assert!(refused(&mut room, mark(&story, "nope", "checked")).contains("no longer has this fact"));
    assert!(refused(&mut room, mark("untitled:z", &id, "checked")).contains("not open"));
    room.client.open("untitled:a", "plaintext", "The ferry cost $4.2 million.\n");
    assert!(refused(&mut room, mark("untitled:a", &id, "checked")).contains("save the story first"));
    // A ledger that somebody edits by hand is not written over.
    let ledger = room.uri("ferry.md.facts.toml");
    std::fs::write(Path::new(&room.root).join("ferry.md.facts.toml"), "# mine\n").expect("it is written");
    room.client.open(&ledger, "toml", "# mine, and more\n");
    assert!(refused(&mut room, mark(&story, &id, "checked")).contains("save it first"));
    assert_eq!(room.ledger(), "# mine\n");
    room.finish();
}

#[test]
fn two_editors_and_a_command_line_lose_no_tick() {
    let mut room = Newsroom::new(quiet(), json!({ "date": "2018-02-12", "by": "Ana Ruiz", "factChecking": true }));
    let story = room.open();
    let mut other = Client::stdio();
    other.initialize(quiet(), json!({ "date": "2018-02-12", "by": "Dale Finch" }));
    other.open(&story, "markdown", STORY);
    let facts = room.ask("copydesk/facts", json!({ "textDocument": { "uri": story }, "all": true }));
    let ids: Vec<String> = facts["checkup"]["facts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|fact| fact["id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(ids.len() >= 6, "{ids:?}");
    let mark = |id: &str| json!({ "command": "copydesk.markFacts", "arguments": [{ "uri": story, "facts": [id], "state": "checked" }] });
    let (root, last) = (room.root.clone(), ids.last().expect("there are some").clone());
    let command_line = std::thread::spawn(move || {
        let by = ["facts", "tick", "ferry.md", last.as_str(), "--by", "Kim Okafor"];
        let done = Command::new(env!("CARGO_BIN_EXE_copydesk")).current_dir(root).args(by).status();
        assert!(done.expect("it runs").success());
    });
    // Nobody waits for anybody.
    let others = &ids[..ids.len() - 1];
    for (number, id) in others.iter().enumerate() {
        let client = if number % 2 == 0 { &mut room.client } else { &mut other };
        client.start("workspace/executeCommand", mark(id));
    }
    for client in [&mut room.client, &mut other] {
        client.answer_and_news("copydesk/status", json!({ "textDocument": { "uri": story } }));
    }
    command_line.join().expect("it ends well");
    let ledger = room.ledger();
    for id in &ids {
        assert!(ledger.contains(&format!("id = \"{id}\"")), "{id} is lost:\n{ledger}");
    }
    assert_eq!(ledger.matches("[[fact]]").count(), ids.len(), "{ledger}");
    drop(other);
    room.finish();
}
