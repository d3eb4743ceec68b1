//! What `copydesk facts` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::stories::{ProjectArguments, ReadingOptions};
use crate::story::checkable::{FactKind, FactStatus};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct FactsOptions {
    #[command(subcommand)]
    pub work: Option<FactsWork>,
    /// A story; `-` for standard input
    #[arg(required = true)]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// List every fact that could be wrong, with who checked it; without it, what the story says of people, times and figures
    #[arg(long)]
    pub all: bool,
    /// Only facts of this kind, such as `quote` or `figure`; may be given several times
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Vec<FactKind>,
    /// Only facts in this state: open, checked, changed, wrong, disputed or ask; may be given several times
    #[arg(long, value_name = "STATE", value_parser = state)]
    pub state: Vec<FactStatus>,
    /// Only facts for which neither the story nor the ledger names a source
    #[arg(long)]
    pub unsourced: bool,
    /// Group the facts by what they were checked against
    #[arg(long, conflicts_with = "by_person")]
    pub by_source: bool,
    /// Group the facts by whom they are about or who said them: what to read back to whom
    #[arg(long)]
    pub by_person: bool,
    /// How the fact sheet is written
    #[arg(long, value_enum, default_value_t = FactsFormat::Text)]
    pub format: FactsFormat,
    #[command(flatten)]
    pub project: ProjectArguments,
}

impl FactsOptions {
    /// Whether the sheet of every fact is asked for, by name or by what only that sheet has.
    pub fn is_of_all(&self) -> bool {
        let narrowed = !self.kind.is_empty() || !self.state.is_empty() || self.unsourced;
        let other = !matches!(self.format, FactsFormat::Text | FactsFormat::Json);
        self.all || narrowed || other || self.by_source || self.by_person
    }
}

/// What is done about facts.
#[derive(Subcommand)]
pub enum FactsWork {
    /// Mark facts as checked and found right
    Tick(MarkOptions),
    /// Mark facts as wrong
    Wrong(MarkOptions),
    /// Mark facts over which sources or people differ
    Dispute(MarkOptions),
    /// Mark facts about which the author is to be asked
    Ask(MarkOptions),
    /// Remove the marks from facts
    Reopen(MarkOptions),
    /// Add sources to facts, and leave their marks as they are
    Source(MarkOptions),
    /// Remove facts that are gone from the story from its ledger
    Prune(PruneOptions),
    /// Show which facts were added, changed and lost since another version of the story
    Diff(DiffOptions),
    /// Merge two versions of a ledger, for git: `copydesk facts merge %O %A %B`
    Merge(MergeOptions),
}

#[derive(Args)]
pub struct MarkOptions {
    /// The story
    pub path: PathBuf,
    /// The facts: their ids, as `copydesk facts --all` lists them, or their words
    #[arg(required = true, value_name = "FACT")]
    pub facts: Vec<String>,
    /// Who says so; without it, the name in git's settings
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// On which day; without it, today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// What it was checked against, and where in it: `budget.xlsx#B7`; may be given several times
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,
    /// Whatever else is to be said
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Args)]
pub struct PruneOptions {
    /// The story
    pub path: PathBuf,
}

#[derive(Args)]
pub struct DiffOptions {
    /// The story
    pub path: PathBuf,
    /// Compare with the story as it was in this revision, by git
    #[arg(long, value_name = "REV", required_unless_present = "against", conflicts_with = "against")]
    pub since: Option<String>,
    /// Compare with this version of the story
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = super::ListFormat::Text)]
    pub format: super::ListFormat,
}

#[derive(Args)]
pub struct MergeOptions {
    /// What both were made from
    pub base: PathBuf,
    /// Our version, which the result replaces
    pub ours: PathBuf,
    /// Their version
    pub theirs: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// A table for people
    Text,
    /// For programs: one JSON object
    Json,
    /// Markdown, with a box to tick for each fact
    Checklist,
    /// A table for spreadsheets
    Csv,
    /// A page with the numbered facts beside the story, to be printed
    Html,
}

fn kind(word: &str) -> Result<FactKind, String> {
    FactKind::parse(word).ok_or_else(|| {
        let kinds: Vec<&str> = FactKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("one of {}", kinds.join(", "))
    })
}

fn state(word: &str) -> Result<FactStatus, String> {
    FactStatus::parse(word).ok_or_else(|| "one of open, checked, changed, wrong, disputed, ask".to_owned())
}
