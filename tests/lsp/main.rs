//! The language server, as a client sees it: every message must be expected, and every exit code is looked at.

mod actions;
mod checking;
mod client;
mod commands;
mod completion;
mod documents;
mod every_action;
mod images;
mod newsroom;
mod recording;
mod soak;
mod story;
mod texts;
mod torture;
mod transport;
mod typing;
mod workspace;
