//! A small client that drives the real program and accepts no message it did not expect.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than anything takes; it turns a hang into a failure.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    /// Messages to the server, written by a thread so that a server that does not read is noticed, not waited for.
    writer: Option<Sender<Vec<u8>>>,
    written: Receiver<()>,
    messages: Receiver<Value>,
    /// Starts the reading.
    ears: Sender<()>,
    next_id: i64,
    /// What came before an answer that was waited for, and is still to be looked at.
    early: VecDeque<Value>,
}

/// The program, ready to run as a server: the one that was built for the tests, or what `COPYDESK_PROGRAM` names.
pub fn program() -> Command {
    let built = env!("CARGO_BIN_EXE_copydesk");
    let mut command = Command::new(std::env::var_os("COPYDESK_PROGRAM").unwrap_or_else(|| built.into()));
    command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

impl Client {
    /// Runs the server over its standard input and output.
    pub fn stdio() -> Self {
        let client = Self::deaf();
        client.listen();
        client
    }

    /// The same, but nothing is read before [`Client::listen`].
    pub fn deaf() -> Self {
        let mut child = program().spawn().expect("the program starts");
        let input = child.stdin.take().expect("it was piped");
        let output = child.stdout.take().expect("it was piped");
        Self::over(child, output, input)
    }

    /// Talks to `child` over the given ends.
    pub fn over(child: Child, input: impl Read + Send + 'static, mut output: impl Write + Send + 'static) -> Self {
        let (writer, to_write) = mpsc::channel::<Vec<u8>>();
        let (done, written) = mpsc::channel();
        std::thread::spawn(move || {
            for bytes in to_write {
                if output.write_all(&bytes).and_then(|()| output.flush()).is_err() {
                    return;
                }
                let _ = done.send(());
            }
        });
        let (ears, gate) = mpsc::channel();
        let (to_test, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut input = BufReader::new(input);
            if gate.recv().is_ok() {
                while let Some(message) = read(&mut input) {
                    let _ = to_test.send(message);
                }
            }
        });
        Self { child, writer: Some(writer), written, messages, ears, next_id: 0, early: VecDeque::new() }
    }

    pub fn listen(&self) {
        self.ears.send(()).expect("the reader waits");
    }

    /// The number of the server's process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Initializes with these capabilities and options, and gives the server's capabilities.
    pub fn initialize(&mut self, capabilities: Value, options: Value) -> Value {
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": options });
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result["capabilities"].clone()
    }

    pub fn send(&mut self, message: &Value) {
        self.send_bytes(&framed(message));
    }

    /// Sends bytes as they are, and waits until the server took them.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_ref().expect("the client did not hang up");
        writer.send(bytes.to_vec()).expect("the writer runs");
        self.written.recv_timeout(PATIENCE).expect("the server reads what it is sent");
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting for its answer, and gives its id.
    pub fn start(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let message = json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params });
        // `shutdown` takes no parameters at all.
        let mut message = message;
        if message["params"].is_null() {
            message.as_object_mut().expect("it is an object").remove("params");
        }
        self.send(&message);
        self.next_id
    }

    /// The next message, whatever it is.
    pub fn next(&mut self) -> Value {
        let early = self.early.pop_front();
        early.unwrap_or_else(|| self.messages.recv_timeout(PATIENCE).expect("the server says something"))
    }

    /// The next message, if one is there already.
    pub fn poll(&mut self) -> Option<Value> {
        self.early.pop_front().or_else(|| self.messages.try_recv().ok())
    }

    /// The next message of a server that is ending; `None` once it closed its end.
    pub fn last_words(&mut self) -> Option<Value> {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(message) => Some(message),
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("the server does not end"),
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
        }
    }

    /// The whole answer to a request that changes something. What the server tells of the change may come before the
    /// answer, and is kept for [`Client::next`].
    pub fn answer_and_news(&mut self, method: &str, params: Value) -> Value {
        let id = self.start(method, params);
        let mut early = VecDeque::new();
        loop {
            let message = self.next();
            if message["id"] == json!(id) && message.get("method").is_none() {
                self.early = early;
                return message;
            }
            early.push_back(message);
        }
    }

    /// The whole answer to a request; nothing else may come before it.
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        let id = self.start(method, params);
        let message = self.next();
        assert_eq!(message["id"], json!(id), "not the answer to {method}: {message}");
        message
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method} failed: {answer}");
        answer["result"].clone()
    }

    /// The id and parameters of the next message, which must be this request.
    pub fn asked(&mut self, method: &str) -> (Value, Value) {
        let message = self.next();
        assert_eq!(message["method"], json!(method), "not expected: {message}");
        assert!(!message["id"].is_null(), "a question has an id: {message}");
        (message["id"].clone(), message["params"].clone())
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, id: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    /// The parameters of the next message, which must be this notification.
    pub fn notification(&mut self, method: &str) -> Value {
        let message = self.next();
        assert_eq!(message["method"], json!(method), "not expected: {message}");
        message["params"].clone()
    }

    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// The diagnostics of the next message, which must be about this document and this version.
    pub fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let params = self.notification("textDocument/publishDiagnostics");
        assert_eq!(params["uri"], json!(uri), "another document: {params}");
        assert_eq!(params["version"], json!(version), "another version: {params}");
        params["diagnostics"].as_array().expect("a list").clone()
    }

    /// Opens a document, and gives what was found in it.
    pub fn check(&mut self, uri: &str, language: &str, text: &str) -> Vec<Value> {
        self.open(uri, language, text);
        self.diagnostics(uri, 1)
    }

    /// The result of a request that comes right after edits, with the diagnostics of these, in any order.
    pub fn messages_until(&mut self, method: &str, params: Value) -> Value {
        let id = self.start(method, params);
        loop {
            let message = self.next();
            if message["id"] == json!(id) {
                return message["result"].clone();
            }
            assert_eq!(message["method"], json!("textDocument/publishDiagnostics"), "not expected: {message}");
        }
    }

    /// Ends the server while diagnostics of the last edits may still come.
    pub fn finish(mut self) {
        assert_eq!(self.messages_until("shutdown", Value::Null), Value::Null);
        self.notify_exit();
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) => assert_eq!(message["method"], json!("textDocument/publishDiagnostics"), "{message}"),
                Err(mpsc::RecvTimeoutError::Timeout) => panic!("the server does not end"),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        assert_eq!(self.child.wait().expect("the server is a child").code(), Some(0));
    }

    /// Ends the server as the protocol wants it; nothing unexpected may be left.
    pub fn shut_down(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify_exit();
        assert_eq!(self.exit_code(), Some(0));
    }

    pub fn notify_exit(&mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    }

    pub fn hang_up(&mut self) {
        self.writer = None;
    }

    /// The exit code, once the server closed its end and said nothing more.
    pub fn exit_code(&mut self) -> Option<i32> {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(message) => panic!("not expected at the end: {message}"),
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("the server does not end"),
            Err(mpsc::RecvTimeoutError::Disconnected) => {}
        }
        self.child.wait().expect("the server is a child").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A message as it is sent.
pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a length"),
            Some(header) => panic!("not a header of the protocol: {header:?}"),
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server sends JSON"))
}

/// The capabilities of a client that can do everything the server makes use of, except that it does not ask for
/// diagnostics.
pub fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": {
            "applyEdit": true,
            "configuration": true,
            "didChangeConfiguration": { "dynamicRegistration": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        },
        "window": { "showDocument": { "support": true } },
        "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } },
                "dataSupport": true,
                "isPreferredSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": {
                "codeDescriptionSupport": true, "dataSupport": true, "relatedInformation": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "rename": { "prepareSupport": true },
        },
    })
}

/// The same, without questions to answer on the way.
pub fn quiet() -> Value {
    let mut capabilities = able();
    let workspace = capabilities["workspace"].as_object_mut().expect("an object");
    for question in ["configuration", "didChangeConfiguration", "didChangeWatchedFiles"] {
        workspace.remove(question);
    }
    capabilities
}

/// The position of byte `offset` of `text`, in UTF-16.
pub fn position(text: &str, offset: usize) -> Value {
    let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = text[..line_start].matches('\n').count();
    json!({ "line": line, "character": text[line_start..offset].encode_utf16().count() })
}

/// The range of `words` in a text, in UTF-16.
pub fn range(text: &str, words: &str) -> Value {
    let start = text.find(words).expect("the words are there");
    json!({ "start": position(text, start), "end": position(text, start + words.len()) })
}

/// `text` after these text edits of the protocol, in UTF-16.
pub fn edited(text: &str, edits: &Value) -> String {
    use copydesk::text::{Buffer, Position, PositionEncoding::Utf16};
    let buffer = Buffer::new(text, 0);
    let number = |value: &Value| u32::try_from(value.as_u64().expect("a number")).expect("a small one");
    let offset =
        |at: &Value| buffer.offset(Position { line: number(&at["line"]), column: number(&at["character"]) }, Utf16);
    let mut changes: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("a list")
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().expect("a text");
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), new)
        })
        .collect();
    changes.sort();
    let mut text = text.to_owned();
    for (start, end, new) in changes.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
