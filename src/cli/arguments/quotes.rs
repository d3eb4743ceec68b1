//! What `copydesk quotes` takes.

use std::path::PathBuf;

use clap::Args;

use super::ListFormat;
use super::stories::{ProjectArguments, ReadingOptions};

#[derive(Args)]
pub struct QuotesOptions {
    /// A story; `-` for standard input
    pub path: PathBuf,
    /// A transcript, a document or a table, or a folder of them; without it, those that the story's front matter (`sources`)
    /// and its ledger name
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub against: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How the quotes are written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub project: ProjectArguments,
}
