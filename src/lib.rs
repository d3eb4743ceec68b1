//! copydesk reads a news story as a copy desk does and says what it sees.
//!
//! The way data flows: source → [`markup`] blocks → [`prose`] paragraphs → [`story`] facts → checks → findings.
//! The core does no I/O, takes no clock and does not panic; see ARCHITECTURE.md for the invariants.

#![warn(missing_docs)]

pub mod additions;
pub mod analysis;
pub mod assets;
pub mod checks;
pub mod cli;
pub mod config;
pub mod files;
pub mod finding;
pub mod fix;
mod lexicon;
pub mod lsp;
pub mod markup;
pub mod project;
pub mod prose;
pub mod record;
pub mod report;
pub mod rules;
pub mod settings;
pub mod story;
pub mod suppress;
pub mod text;
pub mod walk;
