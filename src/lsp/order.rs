//! Which messages may come when: nothing is served before `initialize`, and nothing but `exit` after `shutdown`.
//!
//! This is decided where messages arrive, in the order in which they arrive, so that no answer that is still being made
//! changes what happens to the next message.

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::ls_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams};

/// As much of a message as its place in the order depends on.
#[derive(Debug, Default, Deserialize)]
pub struct Incoming {
    /// Empty for an answer.
    #[serde(default)]
    pub method: String,
    /// `null` for a notification.
    #[serde(default)]
    pub id: Value,
}

impl Incoming {
    /// Reads a message that the framework can read as well.
    ///
    /// # Errors
    ///
    /// It is no JSON, or no message.
    pub fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        let request: Request = serde_json::from_slice(body)?;
        if request.method().is_empty() {
            // It has no method, so it must be an answer.
            serde_json::from_slice::<Response>(body)?;
            return Ok(Self::default());
        }
        serde_json::from_slice(body)
    }

    fn is_request(&self) -> bool {
        !self.method.is_empty() && !self.id.is_null()
    }

    fn is_answer(&self) -> bool {
        self.method.is_empty()
    }
}

/// Why a document cannot be opened or changed; `None` where it can be, and for any other message.
///
/// The framework passes over notifications that it cannot read. Of all of them these are the ones whose loss nobody would
/// notice: a story without findings seems to be in order, and edits land in the wrong place only later.
pub fn lost_text(message: &Incoming, body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct With<P> {
        #[serde(rename = "params")]
        _params: P,
    }
    if message.is_request() {
        return None;
    }
    match &*message.method {
        "textDocument/didOpen" => {
            let error = serde_json::from_slice::<With<DidOpenTextDocumentParams>>(body).err()?;
            Some(format!("A document could not be opened, because the message cannot be read: {error}"))
        }
        "textDocument/didChange" => {
            let error = serde_json::from_slice::<With<DidChangeTextDocumentParams>>(body).err()?;
            Some(format!(
                "A change could not be read and is lost; open the story again, or findings are misplaced: {error}"
            ))
        }
        _ => None,
    }
}

/// What happens to a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server gets it.
    Pass,
    /// It is answered with this error.
    Refuse(i64, &'static str),
    /// It is passed over: a notification at the wrong time.
    Drop,
    /// The client wants the process to end.
    End,
}

/// Where in the life of a session the next message stands.
#[derive(Debug, Default)]
pub struct Order {
    phase: Phase,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Starting,
    Running,
    ShutDown,
}

impl Order {
    /// Decides about the next message.
    pub fn admit(&mut self, message: &Incoming) -> Verdict {
        if message.method == "exit" && !message.is_request() {
            return Verdict::End;
        }
        match self.phase {
            Phase::Starting if message.is_request() && message.method == "initialize" => {
                self.phase = Phase::Running;
                Verdict::Pass
            }
            Phase::Starting if message.is_request() => Verdict::Refuse(-32002, "the server is not initialized yet"),
            Phase::Starting => Verdict::Drop,
            // The framework passes them over, request or not, and the client would wait for ever.
            Phase::Running if message.is_request() && message.method.starts_with("$/") => {
                Verdict::Refuse(-32601, "there is no such request")
            }
            Phase::Running => {
                if message.is_request() && message.method == "shutdown" {
                    self.phase = Phase::ShutDown;
                }
                Verdict::Pass
            }
            Phase::ShutDown if message.is_request() => Verdict::Refuse(-32600, "the server was shut down"),
            // The server may still wait for an answer.
            Phase::ShutDown if message.is_answer() || message.method == "$/cancelRequest" => Verdict::Pass,
            Phase::ShutDown => Verdict::Drop,
        }
    }

    /// Whether the client asked the server to shut down.
    pub fn is_shut_down(&self) -> bool {
        self.phase == Phase::ShutDown
    }

    /// Whether this message, which was admitted, begins the session.
    pub fn begins(&self, message: &Incoming) -> bool {
        self.phase == Phase::Running && message.method == "initialize"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_has_its_time() {
        let mut order = Order::default();
        let mut admit = |id: u64, method: &str| {
            let id = if id == 0 { Value::Null } else { id.into() };
            order.admit(&Incoming { method: method.to_owned(), id })
        };
        assert_eq!(admit(1, "textDocument/hover"), Verdict::Refuse(-32002, "the server is not initialized yet"));
        assert_eq!(admit(2, "shutdown"), Verdict::Refuse(-32002, "the server is not initialized yet"));
        assert_eq!(admit(0, "initialize"), Verdict::Drop, "a notification begins nothing");
        assert_eq!(admit(3, "initialize"), Verdict::Pass);
        assert_eq!(admit(0, "initialized"), Verdict::Pass);
        assert_eq!(admit(0, "shutdown"), Verdict::Pass, "the framework passes it over");
        assert_eq!(admit(0, "$/unknown"), Verdict::Pass);
        assert_eq!(admit(4, "$/unknown"), Verdict::Refuse(-32601, "there is no such request"));
        assert_eq!(admit(4, "shutdown"), Verdict::Pass);
        assert_eq!(admit(5, "shutdown"), Verdict::Refuse(-32600, "the server was shut down"));
        assert_eq!(admit(0, "textDocument/didChange"), Verdict::Drop);
        assert_eq!(admit(0, ""), Verdict::Pass);
        assert_eq!(admit(0, "exit"), Verdict::End);
    }
}
