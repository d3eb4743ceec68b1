//! The language server, as a client sees it: every message must be expected, and every exit code is looked at.

mod client;
mod documents;
mod transport;
