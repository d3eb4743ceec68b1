//! Random messages, good and bad: the server must stay up, answer every request once, and have the client's text after.
//!
//! `COPYDESK_TORTURE=100000` sends that many, `COPYDESK_TORTURE_SEED` starts another sequence.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, able};

/// How many messages are sent when nothing else is wanted.
const MESSAGES: usize = 3_000;
/// How many of them one server gets.
const SESSION: usize = 1_500;
/// The time that a session may take; it turns a hang that still says something into a failure.
const LIMIT: Duration = Duration::from_secs(600);
/// Documents are cut back when they grow over this, in bytes.
const LONG: usize = 2_000;

const PIECES: &[&str] = &[
    "The council insists of meeting. ",
    "on Monday, Feb. 20, 2018, ",
    "“We will go,” she said. ",
    "Mayor Dale Finch ",
    "Ana Ruiz, a spokeswoman, ",
    "the Port Ellery Ferry Company (PEFC) ",
    "rose 5 percent to $2.10 from $2 ",
    "”",
    "“",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "\r\n",
    "\n\n",
    "\r",
    "\u{2028}",
    "\u{85}",
    "\u{0}",
    "\t",
    "(CQ)",
    "<!-- copydesk-ignore all -->",
    "![](a.jpg)",
    "[plan](https://example.org/plan)",
    "# ",
    "---\n",
    "<p>",
    "```\n",
    "x",
];

const LANGUAGES: &[&str] = &["plaintext", "markdown", "html", "toml", ""];

const QUESTIONS: &[&str] = &[
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/diagnostic",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/prepareRename",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/selectionRange",
    "workspace/diagnostic",
    "workspace/executeCommand",
    "workspace/symbol",
    "copydesk/facts",
    "copydesk/status",
    "copydesk/unknown",
];

/// Bodies that are no messages; the server answers each with an error that names no request, or passes over it.
const BROKEN: &[&[u8]] = &[
    b"",
    b"{",
    b"null",
    b"[]",
    b"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]",
    b"\"exit\"",
    b"{\"jsonrpc\":\"1.0\",\"method\":\"exit\"}",
    b"{\"method\":\"exit\"",
    b"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}",
    b"{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"shutdown\"}",
    b"{\"jsonrpc\":\"2.0\",\"method\":7}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":[]}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":null}}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":\"\"}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"\"}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"$/setTrace\",\"params\":{\"value\":\"loud\"}}",
    b"{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":123456789}}",
    b"{\"jsonrpc\":\"2.0\",\"id\":987654321,\"result\":null}",
    b"{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-1,\"message\":\"\"}}",
    b"{\"jsonrpc\":\"2.0\",\"id\":\"\",\"result\":{},\"error\":{}}",
];

/// Lines between messages that are no header.
const NOISE: &[&[u8]] = &[
    b"\r\n",
    b"\n\n\n",
    b"Content-Length\r\n\r\n",
    b"Content-Length: -1\r\n\r\n",
    b"Content-Length: 99999999999999999999999\r\n\r\n",
    b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
    b"\xff\xfe\x00:\r\n",
    b": : :\r\n\r\n",
];

/// The generator xorshift64, after Marsaglia (2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }

    fn text(&mut self, pieces: usize) -> String {
        (0..self.below(pieces + 1)).map(|_| self.one(PIECES)).collect()
    }
}

/// What the client knows of a document. It is kept apart from the server's own buffer, in the plainest way.
struct Mirror {
    language: &'static str,
    version: i32,
    text: String,
}

/// The byte of a position in UTF-16, as the specification has it: behind the end of a line is its end.
fn offset(text: &str, line: u32, character: u32) -> usize {
    let mut start = 0;
    for _ in 0..line {
        let Some(end) = text[start..].find(['\n', '\r']) else { return text.len() };
        start += end + if text[start + end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        // Inside a character is its start.
        if c == '\n' || c == '\r' || units + c.len_utf16() > character as usize {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}

struct Torture {
    client: Client,
    random: Random,
    open: BTreeMap<String, Mirror>,
    /// Requests that were not answered yet, with their methods.
    waiting: HashMap<i64, &'static str>,
    answered: HashSet<i64>,
    actions: Vec<Value>,
    sent: usize,
    began: Instant,
}

impl Torture {
    fn new(seed: u64) -> Self {
        let mut client = Client::stdio();
        let mut random = Random(seed);
        // What comes before `initialize` is refused, and does no harm.
        for _ in 0..random.below(5) {
            client.notify("textDocument/didOpen", json!({ "textDocument": null }));
            let early = client.answer(random.one(QUESTIONS), json!({}));
            assert_eq!(early["error"]["code"], json!(-32002), "{early}");
        }
        let mut capabilities = able();
        capabilities["experimental"] = json!({ "copydesk": { "status": random.below(2) == 0 } });
        capabilities["window"] = json!({});
        if random.below(2) == 0 {
            capabilities["textDocument"]["diagnostic"] = json!({ "relatedInformation": true });
            capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
        }
        if random.below(2) == 0 {
            capabilities["textDocument"]["codeAction"]["resolveSupport"] = Value::Null;
        }
        client.initialize(capabilities, settings());
        Self {
            client,
            random,
            open: BTreeMap::new(),
            waiting: HashMap::new(),
            answered: HashSet::new(),
            actions: Vec::new(),
            sent: 0,
            began: Instant::now(),
        }
    }

    fn uri(&mut self) -> String {
        let names = ["untitled:a", "untitled:b.md", "file:///nowhere/c.html", "file:///nowhere/d%20%C3%A9.txt", "x:y"];
        self.random.one(&names).to_owned()
    }

    fn place(&mut self) -> Value {
        if self.random.below(30) == 0 {
            let far = [u32::MAX, u32::MAX - 1, i32::MAX as u32, 1 << 16];
            return json!({ "line": far[self.random.below(4)], "character": far[self.random.below(4)] });
        }
        json!({ "line": self.random.below(12), "character": self.random.below(70) })
    }

    /// One random message.
    fn step(&mut self) {
        self.sent += 1;
        match self.random.below(100) {
            0..40 => self.edit(),
            40..46 => self.open(),
            46..49 => self.close(),
            49..79 => self.question(),
            79..83 => self.resolve(),
            83..86 => self.cancel(),
            86..93 => self.broken(),
            93..95 => self.news(),
            95..97 => self.halves(),
            97 => self.huge(),
            98 => self.stray(),
            _ => {
                let noise = self.random.one(NOISE);
                self.client.send_bytes(noise);
            }
        }
        self.listen();
    }

    fn open(&mut self) {
        let uri = self.uri();
        let language = self.random.one(LANGUAGES);
        let (version, text) = (self.random.below(100) as i32, self.random.text(30));
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.open.insert(uri, Mirror { language, version, text });
    }

    fn close(&mut self) {
        let uri = self.uri();
        self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        self.open.remove(&uri);
    }

    fn edit(&mut self) {
        let uri = self.uri();
        let mut changes = Vec::new();
        let mut text = self.open.get(&uri).map_or_else(String::new, |mirror| mirror.text.clone());
        for _ in 0..self.random.below(4) {
            let new = self.random.text(3);
            if text.len() > LONG || self.random.below(40) == 0 {
                text.clone_from(&new);
                changes.push(json!({ "text": new }));
                continue;
            }
            let (one, other) = (self.place(), self.place());
            let at = |place: &Value| {
                offset(&text, place["line"].as_u64().unwrap() as u32, place["character"].as_u64().unwrap() as u32)
            };
            // Mostly short deletions; the start comes first, as the specification wants it.
            let other = if self.random.below(4) == 0 { other } else { one.clone() };
            let (start, end) = if at(&one) <= at(&other) { (one, other) } else { (other, one) };
            text.replace_range(at(&start)..at(&end), &new);
            changes.push(json!({ "range": { "start": start, "end": end }, "text": new }));
        }
        // Versions need not be one apart, and a careless client's go back.
        let version = match self.open.get(&uri) {
            Some(mirror) if self.random.below(50) != 0 => mirror.version + 1 + self.random.below(3) as i32,
            _ => 0,
        };
        self.client.change(&uri, version, json!(changes));
        if let Some(mirror) = self.open.get_mut(&uri) {
            (mirror.version, mirror.text) = (version, text);
        }
    }

    fn ask(&mut self, method: &'static str, params: Value) -> i64 {
        let id = self.client.start(method, params);
        self.waiting.insert(id, method);
        id
    }

    fn question(&mut self) {
        let method = self.random.one(QUESTIONS);
        let mut params = json!({
            "textDocument": { "uri": self.uri() },
            "position": self.place(),
            "range": { "start": self.place(), "end": self.place() },
            "positions": [self.place(), self.place()],
            "context": { "diagnostics": [], "includeDeclaration": true },
            "newName": self.random.text(2),
            "query": "a",
            "previousResultIds": [{ "uri": self.uri(), "value": "1" }],
            "partialResultToken": "part",
            "workDoneToken": self.random.below(9),
        });
        if method == "workspace/executeCommand" {
            let uri = self.uri();
            let (command, argument) = match self.random.below(9) {
                0 => ("copydesk.explainRule", json!("words/verb-preposition")),
                1 => ("copydesk.factSheet", json!(uri)),
                2 => ("copydesk.apply", self.actions.first().map_or(Value::Null, |action| action["data"].clone())),
                3 => ("copydesk.addTerm", json!({ "uri": uri, "term": self.random.text(2) })),
                4 => ("copydesk.ignore", json!({ "uri": uri, "position": self.place(), "where": "here" })),
                5 => ("copydesk.insertDate", json!({ "uri": uri, "date": "2018-02-12" })),
                6 => ("copydesk.setDate", json!({ "date": self.random.one(&["2018-02-12", "2018-02-13"]) })),
                7 => ("copydesk.setDate", json!({ "date": null })),
                _ => ("none", json!({ "uri": 7 })),
            };
            params = json!({ "command": command, "arguments": [argument] });
        }
        // Now and then something that belongs there is missing or wrong.
        if self.random.below(12) == 0 {
            let keys: Vec<String> = params.as_object().expect("an object").keys().cloned().collect();
            let key = &keys[self.random.below(keys.len())];
            params[key] = [Value::Null, json!(-1), json!({}), json!("")][self.random.below(4)].clone();
        }
        self.ask(method, params);
    }

    /// Resolves an action that was offered, perhaps long ago and for another text.
    fn resolve(&mut self) {
        if self.actions.is_empty() {
            return;
        }
        let chosen = self.random.below(self.actions.len());
        let mut action = self.actions.swap_remove(chosen);
        if self.random.below(10) == 0 {
            action["data"] = json!({ "uri": 7 });
        }
        self.ask("codeAction/resolve", action);
    }

    fn cancel(&mut self) {
        let id = self.waiting.keys().min().copied().unwrap_or(-1);
        self.client.notify("$/cancelRequest", json!({ "id": id }));
    }

    fn broken(&mut self) {
        let mut body = self.random.one(BROKEN).to_vec();
        if self.random.below(3) == 0 {
            // A good message that was cut, at any byte.
            let whole = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": { "text": "é😀" } });
            body = whole.to_string().into_bytes();
            body.truncate(self.random.below(body.len()));
        } else if self.random.below(20) == 0 {
            body = vec![b"[{\""[self.random.below(3)]; 100_000];
        }
        self.send_body(&body);
    }

    fn send_body(&mut self, body: &[u8]) {
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        self.client.send_bytes(&bytes);
    }

    /// What else a client tells.
    fn news(&mut self) {
        let uri = self.uri();
        match self.random.below(6) {
            5 => {
                let value = ["off", "messages", "verbose"][self.random.below(3)];
                self.client.notify("$/setTrace", json!({ "value": value }));
            }
            0 => self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } })),
            1 => self.client.notify("workspace/didChangeConfiguration", json!({ "settings": { "copydesk": 7 } })),
            2 => {
                let changes = json!([{ "uri": "file:///nowhere/copydesk.toml", "type": 2 }, { "uri": uri, "type": 3 }]);
                self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
            }
            3 => {
                let event = json!({ "added": [{ "uri": "file:///nowhere", "name": "n" }], "removed": [] });
                self.client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
            }
            _ => self.client.notify("copydesk/unknown", json!({ "uri": uri })),
        }
    }

    /// A message that comes in pieces, with pauses of no length between them.
    fn halves(&mut self) {
        let uri = self.uri();
        let version = self.random.below(9) as i32;
        let text = self.random.text(6);
        let language = self.random.one(LANGUAGES);
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        let params = json!({ "textDocument": document });
        let body = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }).to_string();
        // A careless client counts more than it sends.
        let said = body.len() + if self.random.below(3) == 0 { self.random.below(200) } else { 0 };
        let bytes = format!("content-length: {said}\r\n\r\n{body}").into_bytes();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(1 + self.random.below(rest.len()));
            self.client.send_bytes(now);
            rest = later;
        }
        self.open.insert(uri, Mirror { language, version, text });
    }

    /// A megabyte that is no story, and now and then a long story.
    fn huge(&mut self) {
        match self.random.below(6) {
            0 => {
                let text = "The council insists of meeting.\n\n".repeat(1_000);
                let document = json!({ "uri": "untitled:huge", "languageId": "plaintext", "version": 1, "text": text });
                self.client.notify("textDocument/didOpen", json!({ "textDocument": document }));
                self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:huge" } }));
            }
            1 => drop(self.ask("copydesk/unknown", json!({ "filler": "é".repeat(1 << 19) }))),
            2 => self.client.notify("copydesk/unknown", json!(vec![0; 1 << 18])),
            3 => self.send_body(&vec![b' '; 1 << 20]),
            4 => {
                let mut line = vec![b'x'; 1 << 20];
                line.extend(b"\r\n");
                self.client.send_bytes(&line);
            }
            _ => {
                let changes: Vec<Value> = (0..2_000).map(|_| json!({ "text": "The end." })).collect();
                let uri = self.uri();
                self.client.change(&uri, 1, json!(changes));
                if let Some(mirror) = self.open.get_mut(&uri) {
                    (mirror.version, mirror.text) = (1, "The end.".to_owned());
                }
            }
        }
    }

    /// What comes a second time or too early in life: it is refused, or nobody waits for it.
    fn stray(&mut self) {
        match self.random.below(3) {
            0 => drop(self.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }))),
            1 => self.client.notify("initialized", json!({})),
            _ => self.client.reply(&json!(self.sent + 1_000_000), json!({ "a": [1, 2] })),
        }
    }

    /// Reads what came so far.
    fn listen(&mut self) {
        while let Some(message) = self.client.poll() {
            self.hear(message);
        }
        assert!(self.began.elapsed() < LIMIT, "the session takes too long");
    }

    fn hear(&mut self, message: Value) {
        let method = message["method"].as_str();
        match (method, message["id"].as_i64()) {
            (Some("window/logMessage"), None) => {
                assert_ne!(message["params"]["type"], json!(1), "the server logs an error: {message}");
            }
            (
                Some("textDocument/publishDiagnostics" | "copydesk/didChangeStatus" | "$/logTrace" | "$/progress"),
                None,
            ) => {}
            (Some(_), Some(_)) => self.serve(&message),
            (None, Some(id)) => {
                let asked = self.waiting.remove(&id);
                assert!(asked.is_some() && self.answered.insert(id), "not asked, or answered twice: {message}");
                assert_ne!(message["error"]["code"], json!(-32603), "an internal error: {message}");
                if asked == Some("textDocument/codeAction") && self.actions.len() < 200 {
                    self.actions.extend(message["result"].as_array().into_iter().flatten().cloned());
                }
            }
            (None, None) => assert!(message["error"]["code"].is_i64(), "neither fish nor fowl: {message}"),
            _ => panic!("not expected: {message}"),
        }
    }

    /// Answers a question of the server: well, badly, or not at all.
    fn serve(&mut self, question: &Value) {
        let id = &question["id"];
        match self.random.below(4) {
            0 => {}
            1 => self.client.reply(id, json!("?!")),
            2 => {
                let error = json!({ "code": -32601, "message": "no" });
                self.client.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error }));
            }
            _ if question["method"] == json!("workspace/configuration") => self.client.reply(id, json!([settings()])),
            _ => self.client.reply(id, Value::Null),
        }
    }

    /// Asks, and waits for the answer.
    fn answer(&mut self, method: &'static str, params: Value) -> Value {
        let id = self.client.start(method, params);
        loop {
            let message = self.client.next();
            if message["id"] == json!(id) && message.get("method").is_none() {
                return message["result"].clone();
            }
            self.hear(message);
        }
    }

    /// All that the server says of a document; what names the document itself is left out.
    fn all_about(&mut self, uri: &str, text: &str) -> BTreeMap<&'static str, Value> {
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": u32::MAX, "character": 0 } });
        // Every line and every column of some, so that a difference anywhere in the text shows.
        let lines = text.split(['\r', '\n']).count();
        let positions: Vec<Value> = (0..=lines)
            .flat_map(|line| [0, 7, 23, 999].map(|column| json!({ "line": line, "character": column })))
            .collect();
        let params = json!({
            "textDocument": { "uri": uri }, "range": whole, "positions": positions,
            "context": { "diagnostics": [], "only": ["quickfix", "source.fixAll"] },
        });
        let mut all = BTreeMap::new();
        for method in [
            "textDocument/codeLens",
            "textDocument/diagnostic",
            "textDocument/documentLink",
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/inlayHint",
            "textDocument/selectionRange",
        ] {
            let answer = self.answer(method, params.clone());
            all.insert(method, answer);
        }
        let arguments = json!([uri]);
        let sheet =
            self.answer("workspace/executeCommand", json!({ "command": "copydesk.factSheet", "arguments": arguments }));
        all.insert("facts", sheet);
        let report = all.get_mut("textDocument/diagnostic").expect("it was asked for");
        report["resultId"] = Value::Null;
        let told = |all: BTreeMap<_, Value>| -> BTreeMap<_, Value> {
            all.into_iter()
                .map(|(method, answer)| {
                    let text = answer.to_string().replace(uri, "DOCUMENT");
                    (method, serde_json::from_str(&text).expect("it was JSON"))
                })
                .collect()
        };
        told(all)
    }

    /// Everything is answered, and what is open has the client's text: the server says of it what it says of the same
    /// text freshly opened.
    fn settle(&mut self) {
        // A line of its own ends whatever noise came last.
        self.client.send_bytes(b"\r\n");
        self.answer("copydesk/last", json!({}));
        while let Some(id) = self.waiting.keys().next().copied() {
            let message = self.client.next();
            let method = self.waiting[&id];
            assert!(self.began.elapsed() < LIMIT, "{method} is never answered");
            self.hear(message);
        }
        // Settings that did not arrive must not make a difference between the documents.
        for (number, (uri, mirror)) in std::mem::take(&mut self.open).into_iter().enumerate() {
            // The name decides the format as well, so the other document ends like this one.
            let name = uri.rsplit(['/', ':']).next().unwrap_or_default();
            let fresh = match uri.strip_suffix(name) {
                Some(start) => format!("{start}fresh{number}-{name}"),
                None => continue,
            };
            let document = json!({ "uri": fresh, "languageId": mirror.language, "version": 1, "text": mirror.text });
            self.client.notify("textDocument/didOpen", json!({ "textDocument": document }));
            // What waits while somebody types is told to one who saves.
            self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
            let (kept, new) = (self.all_about(&uri, &mirror.text), self.all_about(&fresh, &mirror.text));
            for (method, answer) in &kept {
                assert_eq!(answer, &new[method], "{method} of {uri}, whose text is {:?}", mirror.text);
            }
            self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": fresh } }));
        }
    }

    /// Ends the session in one of the ways in which clients end.
    fn end(mut self) {
        match self.random.below(4) {
            0 => {
                self.client.send_bytes(b"Content-Length: 100\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":");
                self.client.hang_up();
            }
            1 => self.client.notify_exit(),
            _ => {
                self.answer("shutdown", Value::Null);
                self.client.notify_exit();
                return self.ends_with(0);
            }
        }
        self.ends_with(1);
    }

    fn ends_with(mut self, code: i32) {
        while let Some(message) = self.client.last_words() {
            self.hear(message);
        }
        assert_eq!(self.client.exit_code(), Some(code));
    }
}

fn settings() -> Value {
    json!({ "date": "2018-02-12", "inlayHints": true })
}

#[test]
fn random_messages_do_no_harm() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<usize>().expect("a number"));
    let messages = number("COPYDESK_TORTURE").unwrap_or(MESSAGES);
    let seed = number("COPYDESK_TORTURE_SEED").unwrap_or(1);
    let mut sent = 0;
    while sent < messages {
        let part = SESSION.min(messages - sent);
        let session = (seed + sent / SESSION) as u64;
        // Shown when the test fails: the seed of this session alone, for `COPYDESK_TORTURE_SEED`.
        println!("session with seed {session}");
        let mut torture = Torture::new(session.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..part {
            torture.step();
        }
        torture.settle();
        torture.end();
        sent += part;
    }
}
