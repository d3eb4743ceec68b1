//! Which messages may come when: nothing is served before `initialize`, and nothing but `exit` after `shutdown`.
//!
//! This is decided where messages arrive, in the order in which they arrive, so that no answer that is still being made
//! changes what happens to the next message.

use serde::Deserialize;
use serde::de::Error as _;
use serde_json::Value;
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::lenient::readable;

/// A message of the client, read once.
#[derive(Debug)]
pub enum Message {
    /// A request or a notification.
    Call(Request),
    /// The answer to something that the server asked.
    Answer(Response),
}

impl Message {
    /// Reads the body of a message.
    ///
    /// # Errors
    ///
    /// It is no JSON, or no message.
    pub fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Body {
            jsonrpc: String,
            #[serde(default)]
            method: String,
            #[serde(default, deserialize_with = "present")]
            params: Option<Value>,
            #[serde(default, deserialize_with = "present")]
            id: Option<Id>,
            #[serde(default, deserialize_with = "present")]
            result: Option<Value>,
            error: Option<Value>,
        }
        let Body { jsonrpc, method, params, id, result, error } = serde_json::from_slice(body)?;
        if jsonrpc != "2.0" {
            return Err(serde_json::Error::custom("the version of JSON-RPC is not 2.0"));
        }
        if method.is_empty() {
            // Without a method it must be an answer.
            let id = id.ok_or_else(|| serde_json::Error::missing_field("id"))?;
            let said = match (result, error) {
                (Some(result), _) => Ok(result),
                (None, Some(error)) => Err(serde_json::from_value(error)?),
                (None, None) => return Err(serde_json::Error::missing_field("method")),
            };
            return Ok(Self::Answer(Response::from_parts(id, said)));
        }
        let is_first = method == "initialize";
        let mut call = Request::build(method);
        if let Some(mut params) = params {
            if is_first && let Some(capabilities) = params.get_mut("capabilities") {
                *capabilities = readable(capabilities);
            }
            call = call.params(params);
        }
        if let Some(id) = id {
            call = call.id(id);
        }
        Ok(Self::Call(call.finish()))
    }

    /// Empty for an answer.
    fn method(&self) -> &str {
        match self {
            Message::Call(call) => call.method(),
            Message::Answer(_) => "",
        }
    }

    /// What the client waits for an answer by.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Message::Call(call) => call.id().filter(|id| **id != Id::Null),
            Message::Answer(_) => None,
        }
    }

    fn is_request(&self) -> bool {
        self.id().is_some()
    }

    fn is_answer(&self) -> bool {
        matches!(self, Message::Answer(_))
    }
}

/// Tells `null` from what is not there.
fn present<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// What happens to a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Admission {
    /// The server gets it.
    Pass,
    /// It is answered with this error.
    Refuse(i64, &'static str),
    /// It is passed over: a notification at the wrong time.
    Drop,
    /// The client wants the process to end.
    End,
}

/// Where in the life of a session the next message is.
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
    pub fn admit(&mut self, message: &Message) -> Admission {
        if message.method() == "exit" && !message.is_request() {
            return Admission::End;
        }
        match self.phase {
            Phase::Starting if message.is_request() && message.method() == "initialize" => {
                self.phase = Phase::Running;
                Admission::Pass
            }
            Phase::Starting if message.is_request() => Admission::Refuse(-32002, "the server is not initialized yet"),
            Phase::Starting => Admission::Drop,
            // The framework passes them over, request or not, and the client would wait for ever.
            Phase::Running if message.is_request() && message.method().starts_with("$/") => {
                Admission::Refuse(-32601, "there is no such request")
            }
            Phase::Running => {
                if message.is_request() && message.method() == "shutdown" {
                    self.phase = Phase::ShutDown;
                }
                Admission::Pass
            }
            Phase::ShutDown if message.is_request() => Admission::Refuse(-32600, "the server was shut down"),
            // The server may still wait for an answer.
            Phase::ShutDown if message.is_answer() || message.method() == "$/cancelRequest" => Admission::Pass,
            Phase::ShutDown => Admission::Drop,
        }
    }

    /// Whether the client asked the server to shut down.
    pub fn is_shut_down(&self) -> bool {
        self.phase == Phase::ShutDown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Message, serde_json::Error> {
        Message::read(text.as_bytes())
    }

    #[test]
    fn each_message_has_its_time() {
        let mut order = Order::default();
        let mut admit = |id: u64, method: &str| {
            let id = if id == 0 { Value::Null } else { id.into() };
            let body = serde_json::json!({ "jsonrpc": "2.0", "id": id, "method": method });
            order.admit(&read(&body.to_string()).expect("it is a message"))
        };
        assert_eq!(admit(1, "textDocument/hover"), Admission::Refuse(-32002, "the server is not initialized yet"));
        assert_eq!(admit(2, "shutdown"), Admission::Refuse(-32002, "the server is not initialized yet"));
        assert_eq!(admit(0, "initialize"), Admission::Drop, "a notification begins nothing");
        assert_eq!(admit(3, "initialize"), Admission::Pass);
        assert_eq!(admit(0, "initialized"), Admission::Pass);
        assert_eq!(admit(0, "shutdown"), Admission::Pass, "the framework passes it over");
        assert_eq!(admit(0, "$/unknown"), Admission::Pass);
        assert_eq!(admit(4, "$/unknown"), Admission::Refuse(-32601, "there is no such request"));
        assert_eq!(admit(4, "shutdown"), Admission::Pass);
        assert_eq!(admit(5, "shutdown"), Admission::Refuse(-32600, "the server was shut down"));
        assert_eq!(admit(0, "textDocument/didChange"), Admission::Drop);
        assert_eq!(admit(0, "exit"), Admission::End);
        let answer = read(r#"{"jsonrpc":"2.0","id":1,"result":null}"#).expect("it is an answer");
        assert_eq!(order.admit(&answer), Admission::Pass);
    }

    #[test]
    fn each_message_is_read_or_refused() {
        let call = |text: &str| match read(text) {
            Ok(Message::Call(call)) => call,
            other => panic!("{text}: {other:?}"),
        };
        let answer = |text: &str| match read(text) {
            Ok(Message::Answer(answer)) => answer,
            other => panic!("{text}: {other:?}"),
        };
        let hover = call(r#"{"jsonrpc":"2.0","id":"a","method":"textDocument/hover","params":{"x":[1]},"more":1}"#);
        assert_eq!(hover.id(), Some(&Id::from("a")));
        assert_eq!(hover.params(), Some(&serde_json::json!({ "x": [1] })));
        assert_eq!(call(r#"{"jsonrpc":"2.0","method":"m","params":null}"#).params(), Some(&Value::Null));
        assert_eq!(call(r#"{"jsonrpc":"2.0","method":"m"}"#).params(), None);
        assert_eq!(call(r#"{"jsonrpc":"2.0","method":"m"}"#).id(), None);
        assert_eq!(answer(r#"{"jsonrpc":"2.0","id":7,"result":null}"#).result(), Some(&Value::Null));
        let error = answer(r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}"#);
        assert_eq!(error.error().map(|error| &*error.message), Some("no"));
        for (text, is_json) in [
            ("{", false),
            ("7", true),
            (r#"{"jsonrpc":"1.0","method":"m"}"#, true),
            (r#"{"method":"m"}"#, true),
            (r#"{"jsonrpc":"2.0","method":7}"#, true),
            (r#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, true),
            (r#"{"jsonrpc":"2.0","id":1}"#, true),
            (r#"{"jsonrpc":"2.0","result":1}"#, true),
            (r#"{"jsonrpc":"2.0","id":1,"error":7}"#, true),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(error.is_data(), is_json, "{text}: {error}");
        }
    }
}
