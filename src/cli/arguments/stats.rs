//! What `copydesk stats` takes.

use clap::Args;

use super::ListFormat;
use super::stories::{FilesArguments, ProjectArguments, ReadingOptions};

#[derive(Args)]
pub struct StatsOptions {
    #[command(flatten)]
    pub files: FilesArguments,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How the figures are written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub project: ProjectArguments,
}
