//! What is fuzzed; `targets` is the same as in `tests/fuzz.rs`.

pub mod targets;
