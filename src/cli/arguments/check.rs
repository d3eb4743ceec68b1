//! What `copydesk check` and `copydesk baseline` take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::environment::FromEnvironment;
use super::stories::{FilesArguments, ProjectArguments, ReadingOptions};
use crate::finding::Severity;

#[derive(Args)]
pub struct CheckOptions {
    /// Which of the options came from variables; it is first, because clap takes values out as it goes.
    #[command(flatten)]
    pub environment: FromEnvironment,
    #[command(flatten)]
    pub files: FilesArguments,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How findings are written to standard output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, env = "COPYDESK_FORMAT", hide_env_values = true)]
    pub format: CheckFormat,
    /// Write findings to a file as well; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<ReportFile>,
    /// Write findings to this file instead of standard output
    #[arg(short = 'o', long, value_name = "FILE", conflicts_with_all = ["statistics", "quiet", "diff"])]
    pub to_file: Option<PathBuf>,
    /// Count what each rule found, instead of showing it
    #[arg(long, conflicts_with_all = ["format", "diff", "quiet"])]
    pub statistics: bool,
    /// Write no findings to standard output
    #[arg(long, short)]
    pub quiet: bool,
    /// Say on standard error what is read, with which settings, and how long it takes
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Apply the safe fixes to the files
    #[arg(long, group = "fixing", conflicts_with = "diff")]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, group = "fixing")]
    pub diff: bool,
    /// Ask about one finding after the other, and write what you decide
    #[arg(
        long,
        conflicts_with_all = ["fix", "diff", "suggested", "format", "output", "statistics", "quiet", "verbose", "staged", "stdin_filename"]
    )]
    pub interactive: bool,
    /// With --fix or --diff: also apply what is probably right, where there is only one choice
    #[arg(long, requires = "fixing")]
    pub suggested: bool,
    /// Leave out the findings that this file holds; `copydesk baseline` writes it
    #[arg(long, value_name = "FILE", env = "COPYDESK_BASELINE", hide_env_values = true)]
    pub baseline: Option<PathBuf>,
    /// Only findings on lines that changed since this branch left REV, by git
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub since: Option<String>,
    /// Only findings on lines that are staged for the next commit, by git
    #[arg(long, conflicts_with = "fix")]
    pub staged: bool,
    /// Only findings of this rule, or of the rules of a topic (`words/*`); may be given several times
    #[arg(long = "rule", value_name = "ID")]
    pub rules: Vec<String>,
    /// Report every fact that nobody checked, that changed since, or that is disputed, as an error (`facts/unchecked`)
    #[arg(long)]
    pub require_checked: bool,
    /// The lowest severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = severity, env = "COPYDESK_FAIL_ON", hide_env_values = true)]
    pub fail_on: Option<FailOn>,
    /// The lowest severity that is shown
    #[arg(long, value_name = "SEVERITY", value_parser = shown, default_value = "hint", env = "COPYDESK_SHOW", hide_env_values = true)]
    pub show: Severity,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Args)]
pub struct BaselineOptions {
    #[command(flatten)]
    pub files: FilesArguments,
    /// The file to write
    #[arg(long, short, value_name = "FILE", default_value = "copydesk-baseline.json")]
    pub output: PathBuf,
    #[command(flatten)]
    pub reading: ReadingOptions,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: source lines, marks and what can be done
    Text,
    /// One line a finding: file:line:column: severity rule message
    Concise,
    /// For programs: one JSON object
    Json,
    /// For programs: one JSON object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in GitHub Actions
    Github,
    /// Code Quality in GitLab
    Gitlab,
    /// JUnit, for reports of tests
    Junit,
    /// Checkstyle, for review tools
    Checkstyle,
    /// Reviewdog, with suggestions
    Rdjson,
    /// Markdown, for the summary of a job
    Markdown,
    /// The Word document that is checked (.docx), with the findings as comments
    DocxComments,
}

/// A report that goes to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// How it is written.
    pub format: CheckFormat,
    /// Where it goes.
    pub file: PathBuf,
}

/// The lowest severity that makes a run fail, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    Never,
    At(Severity),
}

impl FailOn {
    /// The severity; `None` for never.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Never => None,
            FailOn::At(severity) => Some(severity),
        }
    }
}

pub(super) fn severity(text: &str) -> Result<FailOn, String> {
    match text {
        "never" => Ok(FailOn::Never),
        _ => shown(text).map(FailOn::At).map_err(|message| format!("{message}, or never")),
    }
}

fn shown(text: &str) -> Result<Severity, String> {
    Severity::ALL
        .into_iter()
        .find(|s| s.as_str() == text)
        .ok_or_else(|| "one of hint, query, warning, error".to_owned())
}

fn output(text: &str) -> Result<ReportFile, String> {
    let (format, file) = text.split_once('=').ok_or("it is written FORMAT=FILE, such as sarif=copydesk.sarif")?;
    let format = CheckFormat::from_str(format, false).map_err(|_| {
        let all = CheckFormat::value_variants().iter().filter_map(CheckFormat::to_possible_value);
        let all: Vec<String> = all.map(|value| value.get_name().to_owned()).collect();
        format!("there is no format `{format}`; choose from {}", all.join(", "))
    })?;
    match file {
        "" | "-" => Err("it needs the name of a file; --format is for standard output".to_owned()),
        file => Ok(ReportFile { format, file: PathBuf::from(file) }),
    }
}
