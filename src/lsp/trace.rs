//! What the server does and how long it takes, told to a client that wants to know (`$/setTrace`, `$/logTrace`).

use std::time::Instant;

use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{LogTraceParams, TraceValue};

use super::desk::Desk;

impl Desk {
    /// Takes over how much the client wants to be told.
    pub fn set_trace(&mut self, value: TraceValue) {
        self.trace = value;
    }

    /// Tells of one step, when the client wants that; `details` are for one who wants all.
    pub fn trace(&self, message: impl FnOnce() -> String, details: impl FnOnce() -> String) {
        if self.trace == TraceValue::Off {
            return;
        }
        let details = (self.trace == TraceValue::Verbose).then(details).filter(|details| !details.is_empty());
        self.outbox.notify::<LogTrace>(&LogTraceParams { message: message(), verbose: details });
    }
}

/// The time since `start`, for people: `0.42 ms`.
pub fn milliseconds(start: Instant) -> String {
    format!("{:.2} ms", start.elapsed().as_secs_f64() * 1000.0)
}
