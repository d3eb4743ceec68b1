//! copydesk reads a news story as a copy desk does and says what it sees.
//!
//! The way data flows: source → [`markup`] blocks → [`prose`] paragraphs → [`story`] facts → checks → findings.
//! The core does no I/O, takes no clock and does not panic; see ARCHITECTURE.md for the invariants.

#![warn(missing_docs)]

pub mod additions;
pub mod analysis;
#[cfg(feature = "host")]
pub mod assets;
pub mod checks;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod dictionary;
pub mod files;
pub mod finding;
pub mod fix;
#[cfg(feature = "host")]
pub mod ledgers;
mod lexicon;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod markup;
pub mod material;
pub mod model;
pub mod office;
#[cfg(feature = "host")]
pub mod project;
pub mod prose;
pub mod record;
#[cfg(feature = "host")]
pub mod report;
pub mod rules;
pub mod settings;
#[cfg(feature = "host")]
pub mod sources;
#[cfg(feature = "host")]
pub mod stamp;
pub mod story;
pub mod suppress;
pub mod text;
#[cfg(feature = "host")]
pub mod walk;
