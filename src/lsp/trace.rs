//! How long things take, as the client is told that wants to know (`$/setTrace`, `$/logTrace`).

use std::time::Instant;

/// The time since `start`, for people: `0.42 ms`.
pub fn milliseconds(start: Instant) -> String {
    format!("{:.2} ms", start.elapsed().as_secs_f64() * 1000.0)
}
