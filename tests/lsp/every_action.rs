//! Every action of every finding of many texts, in every kind of document: it is done, and the result is looked at.
//!
//! The action can be done; the finding is gone or silenced, and nothing new stands at its place; what was not edited is
//! still read as it was.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use copydesk::markup::{self, Format};
use serde_json::{Value, json};

use crate::client::{Client, edited, position, quiet};
use crate::texts::{self, Text};

/// Servers that work side by side.
const SIDE_BY_SIDE: usize = 3;

/// Whether a person must still fill in or decide something: the finding may stay until that is done, but what was put in is
/// told as something that is left over, and not offered again.
fn is_to_be_filled_in(title: &str) -> bool {
    title.starts_with("Ask")
        || title.starts_with("Paraphrase")
        || title.contains("[photographer]")
        || title.contains("“[")
}

/// Findings that are true and told once others are mended: a day that is read only as the house writes it, a third spelling of
/// one name, and a surname that comes before the full name, which was spelled otherwise.
const COMES_TO_LIGHT: &[(&str, &str)] = &[
    ("british/date-order-year", "time/tense"),
    ("names/spelling-differs", "names/spelling-differs"),
    ("names/spelling-differs", "names/first-reference"),
];

/// A document that is open in the server.
struct Opened<'t> {
    client: &'t mut Client,
    /// The folder of the client.
    root: &'t Path,
    text: &'t Text,
    uri: String,
    version: i32,
}

/// A finding as its client knows it.
fn code(diagnostic: &Value) -> &str {
    diagnostic["code"].as_str().unwrap_or_default()
}

impl Opened<'_> {
    /// What is found now, all of it.
    fn found(&mut self) -> Vec<Value> {
        self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": self.uri } }));
        let id = self.client.start("textDocument/diagnostic", json!({ "textDocument": { "uri": self.uri } }));
        loop {
            let message = self.client.next();
            if message["method"] == json!("workspace/diagnostic/refresh") {
                self.client.reply(&message["id"], Value::Null);
            } else if message["id"] == json!(id) {
                return message["result"]["items"].as_array().expect("a list of diagnostics").clone();
            }
        }
    }

    /// What is found in another text of the document.
    fn found_in(&mut self, text: &str) -> Vec<Value> {
        self.version += 1;
        self.client.change(&self.uri, self.version, json!([{ "text": text }]));
        self.found()
    }

    /// The actions at a finding that are about it.
    fn offered(&mut self, diagnostic: &Value) -> Vec<Value> {
        let context = json!({ "diagnostics": [diagnostic], "only": ["quickfix"] });
        let document = json!({ "uri": self.uri });
        let params = json!({ "textDocument": document, "range": diagnostic["range"], "context": context });
        self.answered("textDocument/codeAction", params)["result"].as_array().expect("a list").clone()
    }

    /// The answer to a request, whatever the server asks meanwhile.
    fn answered(&mut self, method: &str, params: Value) -> Value {
        let id = self.client.start(method, params);
        loop {
            let message = self.client.next();
            if message["method"] == json!("workspace/diagnostic/refresh") {
                self.client.reply(&message["id"], Value::Null);
            } else if message["id"] == json!(id) {
                return message;
            }
        }
    }

    /// Does one action, and says what is wrong with it.
    fn judge(
        &mut self,
        finding: &Value,
        before: &[Value],
        action: &Value,
        is_new: impl Fn(String) -> bool,
    ) -> Option<String> {
        let title = action["title"].as_str().unwrap_or_default();
        let resolved = self.answered("codeAction/resolve", action.clone());
        if let Some(error) = resolved.get("error") {
            return Some(format!("cannot be done: {error}"));
        }
        let change = &resolved["result"]["edit"]["documentChanges"];
        let changes = change.as_array().map(Vec::as_slice).unwrap_or_default();
        let own = changes.iter().find(|change| change["textDocument"]["uri"] == json!(self.uri));
        match own {
            Some(change) => self.judge_edit(finding, before, title, &change["edits"]),
            // A server reads its settings anew for each of these, so each rule is tried once in each kind of document.
            None if is_new(format!("{} {} {}", self.text.language, code(finding), action["data"]["do"])) => {
                self.judge_settings(finding, changes)
            }
            None => None,
        }
    }

    /// The actions for the whole document: all safe fixes, the publication date.
    fn offered_for_all(&mut self) -> Vec<Value> {
        let start = json!({ "line": 0, "character": 0 });
        let context = json!({ "diagnostics": [], "only": ["source"] });
        let params = json!({
            "textDocument": { "uri": self.uri }, "range": { "start": start, "end": start }, "context": context,
        });
        self.answered("textDocument/codeAction", params)["result"].as_array().expect("a list").clone()
    }

    /// Does an action for the whole document, and says what is wrong with it: once it is done, it is not offered any more.
    fn judge_for_all(&mut self, action: &Value) -> Option<String> {
        let resolved = self.answered("codeAction/resolve", action.clone());
        if let Some(error) = resolved.get("error") {
            return Some(format!("cannot be done: {error}"));
        }
        let edits = &resolved["result"]["edit"]["documentChanges"][0]["edits"];
        let after = edited(&self.text.text, edits);
        let list = edits.as_array().map(Vec::as_slice).unwrap_or_default();
        let torn = torn(self.text, &after, list);
        self.found_in(&after);
        let again = self.offered_for_all();
        self.found_in(&self.text.text);
        let is_offered = again.iter().any(|other| other["kind"] == action["kind"]);
        torn.or_else(|| is_offered.then(|| "is offered again".to_owned())).map(|wrong| format!("{wrong}\n{after}"))
    }

    /// Looks at the document after edits.
    fn judge_edit(&mut self, finding: &Value, before: &[Value], title: &str, edits: &Value) -> Option<String> {
        let text = &self.text.text;
        let after = edited(text, edits);
        if after == *text {
            return Some("changes nothing".to_owned());
        }
        let list = edits.as_array().map(Vec::as_slice).unwrap_or_default();
        if title.starts_with("Ignore") && list.iter().any(|edit| edit["range"]["start"] != edit["range"]["end"]) {
            return Some(format!("takes words away: {edits}"));
        }
        if let Some(torn) = torn(self.text, &after, list) {
            return Some(format!("{torn}\n{after}"));
        }
        let found = self.found_in(&after);
        let is_same = |new: &&Value| code(new) == code(finding) && new["message"] == finding["message"];
        let count = |list: &[Value]| list.iter().filter(is_same).count();
        let mut wrong = None;
        if is_to_be_filled_in(title) {
            let again: Vec<&Value> = found.iter().filter(is_same).filter(|new| is_near(new, finding)).collect();
            let offers = again.into_iter().flat_map(|new| self.offered(new)).collect::<Vec<_>>();
            let stretch = changed(text, &after);
            let is_here = |new: &Value| {
                let is_told = new["severity"].as_u64().is_some_and(|severity| severity <= 3);
                is_told && place(&new["range"]["start"]) < stretch.1 && stretch.0 < place(&new["range"]["end"])
            };
            if offers.iter().any(|offer| offer["title"] == json!(title)) {
                wrong = Some(format!("is offered again\n{after}"));
            } else if !found.iter().any(is_here) {
                wrong = Some(format!("puts in what nobody is reminded of\n{after}"));
            }
        } else if count(&found) >= count(before) {
            wrong = Some(format!("the finding stays\n{after}"));
        } else {
            // What another rule told there before may quote the words that were changed: “There is no February 30”, “no Feb. 30”.
            let is_one = |old: &Value, new: &Value| {
                let is_quoted_anew = code(old) != code(finding) && old["range"]["start"] == new["range"]["start"];
                old["message"] == new["message"] || is_quoted_anew
            };
            let known = |new: &Value| before.iter().any(|old| code(old) == code(new) && is_one(old, new));
            let stretch = changed(text, &after);
            let is_here = |new: &&Value| {
                let is_told = new["severity"].as_u64().is_some_and(|severity| severity <= 2);
                let comes_to_light = COMES_TO_LIGHT.contains(&(code(finding), code(new)));
                (is_told && !comes_to_light || code(new).starts_with("suppression/"))
                    && (place(&new["range"]["start"]) < stretch.1 && stretch.0 < place(&new["range"]["end"]))
            };
            let new = found.iter().filter(is_here).find(|new| !known(new));
            wrong = wrong.or(new.map(|new| format!("brings {}: {}\n{after}", code(new), new["message"])));
        }
        self.found_in(text);
        wrong
    }

    /// Looks at what is found once the settings are written.
    fn judge_settings(&mut self, finding: &Value, changes: &[Value]) -> Option<String> {
        let file = self.root.join("copydesk.toml");
        let uri = format!("file://{}", file.display());
        let edits = changes.iter().find(|change| change["textDocument"]["uri"] == json!(uri));
        let Some(edits) = edits.map(|change| &change["edits"]) else { return Some(format!("edits {changes:?}")) };
        fs::write(&file, edited("", edits)).expect("the folder is ours");
        let told = |kind: u8| json!({ "changes": [{ "uri": uri, "type": kind }] });
        self.client.notify("workspace/didChangeWatchedFiles", told(1));
        let found = self.found();
        let settings = fs::read_to_string(&file).expect("it was written");
        fs::remove_file(&file).expect("it was written");
        self.client.notify("workspace/didChangeWatchedFiles", told(3));
        let is_same = |new: &&Value| code(new) == code(finding) && new["range"] == finding["range"];
        found.iter().any(|new| is_same(&new)).then(|| format!("the finding stays with\n{settings}"))
    }
}

/// A place as line and column, to be compared.
fn place(at: &Value) -> (u64, u64) {
    (at["line"].as_u64().unwrap_or_default(), at["character"].as_u64().unwrap_or_default())
}

/// Whether two findings start in the same line.
fn is_near(one: &Value, other: &Value) -> bool {
    one["range"]["start"]["line"] == other["range"]["start"]["line"]
}

/// The stretch of `after` in which it is not `before`, as places of the client.
fn changed(before: &str, after: &str) -> ((u64, u64), (u64, u64)) {
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(same).map(|(c, _)| c.len_utf8()).sum()
    };
    let start = length(&mut before.chars().zip(after.chars()));
    let behind = length(&mut before.chars().rev().zip(after.chars().rev()));
    let end = (after.len() - behind).max(start);
    (place(&position(after, start)), place(&position(after, end)))
}

/// What is not read any more as it was, beside what was edited.
fn torn(text: &Text, after: &str, edits: &[Value]) -> Option<String> {
    let format = Format::of_name(text.language)?;
    if format == Format::Mdx && after.contains("<!--") {
        return Some("is no MDX any more".to_owned());
    }
    let (old, new) = (markup::parse(&text.text, format), markup::parse(after, format));
    if new.problems.len() > old.problems.len() {
        return Some(format!("cannot be read: {:?}", new.problems));
    }
    if new.metadata.len() < old.metadata.len() {
        return Some("loses an entry of its front matter".to_owned());
    }
    let starts = copydesk::text::LineIndex::new(&text.text);
    let edited_lines: HashSet<u64> = edits
        .iter()
        .flat_map(|edit| {
            let line = |end: &str| edit["range"][end]["line"].as_u64().unwrap_or_default();
            line("start")..=line("end")
        })
        .collect();
    // A block of which no line was edited is there as it was, and of the same kind. House lines and the like are told by
    // what stands around them, and a deletion may join two paragraphs.
    for block in &old.blocks {
        let lines = |at: usize| starts.line_column(at, &text.text).line as u64 - 1;
        let (first, last) = (lines(block.range.start), lines(block.range.end));
        if edited_lines.iter().any(|line| (first..=last).contains(line)) {
            continue;
        }
        if !new.blocks.iter().any(|other| other.prose == block.prose) {
            return Some(format!("no longer reads “{}”", block.prose));
        }
    }
    None
}

/// Does all that is offered in these texts, and gives what is wrong with it.
fn failures(root: &Path, pack: &str, texts: &[&Text], tried: &Mutex<HashSet<String>>) -> (usize, Vec<String>) {
    let mut client = Client::stdio();
    let mut capabilities = quiet();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let params = json!({
        "processId": null, "rootUri": format!("file://{}", root.display()), "capabilities": capabilities,
        "initializationOptions": { "date": "2018-02-12", "packs": ["core", pack], "rest": 600 },
    });
    client.request("initialize", params);
    client.notify("initialized", json!({}));
    let (mut count, mut failures) = (0, Vec::new());
    for (number, text) in texts.iter().enumerate() {
        let uri = format!("file://{}/{pack}{number}.{}", root.display(), text.ending);
        client.open(&uri, text.language, &text.text);
        let mut opened = Opened { client: &mut client, root, text, uri: uri.clone(), version: 1 };
        let before = opened.found();
        for finding in &before {
            for action in opened.offered(finding) {
                count += 1;
                let is_new = |key: String| tried.lock().expect("no thread fails").insert(key);
                if let Some(wrong) = opened.judge(finding, &before, &action, is_new) {
                    let (rule, message) = (code(finding), &finding["message"]);
                    failures.push(format!("{}: {rule} {message}\n  {}: {wrong}", text.name, action["title"]));
                }
            }
        }
        for action in opened.offered_for_all() {
            count += 1;
            if let Some(wrong) = opened.judge_for_all(&action) {
                failures.push(format!("{}\n  {}: {wrong}", text.name, action["title"]));
            }
        }
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    client.shut_down();
    (count, failures)
}

#[test]
fn whatever_is_offered_can_be_done_and_leaves_nothing_to_say() {
    let all = texts::all();
    let folders: Vec<tempfile::TempDir> =
        (0..2 * SIDE_BY_SIDE).map(|_| tempfile::tempdir().expect("a folder")).collect();
    let tried = Mutex::new(HashSet::new());
    let results: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let work = folders.iter().enumerate().map(|(number, folder)| {
            let root: PathBuf = fs::canonicalize(folder.path()).expect("it is there");
            let pack = if number % 2 == 0 { "ap" } else { "british" };
            let own = all.iter().filter(|(of, _)| *of == pack).enumerate();
            let own: Vec<&Text> =
                own.filter(|(at, _)| at % SIDE_BY_SIDE == number / 2).map(|(_, (_, text))| text).collect();
            let tried = &tried;
            scope.spawn(move || failures(&root, pack, &own, tried))
        });
        let work: Vec<_> = work.collect();
        work.into_iter().map(|thread| thread.join().expect("it ends")).collect()
    });
    let count: usize = results.iter().map(|(count, _)| count).sum();
    let failures: Vec<String> = results.into_iter().flat_map(|(_, failures)| failures).collect();
    eprintln!("{count} actions in {} texts", all.len());
    assert!(count > 1000, "only {count} actions were offered");
    assert!(failures.is_empty(), "{} of {count} actions\n\n{}", failures.len(), failures.join("\n\n"));
}
