//! What may be given on the command line.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::finding::Severity;
use crate::lsp::{ServerOptions, Transport};
use crate::project::ProjectOptions;

/// Reads news copy as a copy desk does and says what it sees.
#[derive(Parser)]
#[command(
    name = "copydesk",
    version,
    arg_required_else_help = true,
    after_help = "`copydesk --check` is the same as `copydesk check`."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Check stories: exit code 0 clean, 1 findings, 2 trouble
    Check(CheckOptions),
    /// Write the findings of stories to a file, so that --baseline leaves them out
    Baseline(BaselineOptions),
    /// Show a story's fact sheet: who said what, when, which figures, which claims
    Facts(FactsOptions),
    /// List the rules
    Rules(RulesOptions),
    /// Explain a rule: what it finds, why it matters, how to fix it
    Explain(ExplainOptions),
    /// Run the language server; also what `copydesk` does by itself when standard input is not a terminal
    Lsp(LspOptions),
}

#[derive(Args)]
pub struct CheckOptions {
    #[command(flatten)]
    pub files: FilesArguments,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How findings are written to standard output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Write findings to a file as well; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<Output>,
    /// Count what each rule found, instead of showing it
    #[arg(long, conflicts_with_all = ["format", "diff", "quiet"])]
    pub statistics: bool,
    /// Write no findings to standard output
    #[arg(long, short)]
    pub quiet: bool,
    /// Apply the safe fixes to the files
    #[arg(long, group = "fixing", conflicts_with = "diff")]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, group = "fixing")]
    pub diff: bool,
    /// With --fix or --diff: apply what is probably right, too, where there is only one choice
    #[arg(long, requires = "fixing")]
    pub suggested: bool,
    /// Leave out the findings that this file holds; `copydesk baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Only findings on lines that changed since this branch left REV, by git
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub since: Option<String>,
    /// Only findings on lines that are staged for the next commit, by git
    #[arg(long, conflicts_with = "fix")]
    pub staged: bool,
    /// The lowest severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub fail_on: Option<FailOn>,
    /// The lowest severity that is shown
    #[arg(long, value_name = "SEVERITY", value_parser = shown, default_value = "hint")]
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

/// Which stories.
#[derive(Args)]
pub struct FilesArguments {
    /// Stories and folders of stories; `-` for standard input. Default: this folder
    #[arg(value_name = "PATH")]
    given: Vec<PathBuf>,
    /// Read more paths from this file, one a line or with NUL between them; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
}

impl FilesArguments {
    /// All paths that are named; this folder when none was to be named.
    ///
    /// # Errors
    ///
    /// Says why the list cannot be read.
    pub fn paths(&self) -> Result<Vec<PathBuf>, String> {
        let mut paths = self.given.clone();
        match &self.files_from {
            Some(list) => paths.extend(listed(list).map_err(|error| format!("{}: {error}", list.display()))?),
            None if paths.is_empty() => paths.push(PathBuf::from(".")),
            None => {}
        }
        Ok(paths)
    }
}

/// The paths that stand in the file `list`.
fn listed(list: &Path) -> std::io::Result<Vec<PathBuf>> {
    let text = match list.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin().lock())?,
        false => std::fs::read_to_string(list)?,
    };
    let separator = if text.contains('\0') { '\0' } else { '\n' };
    let names = text.split(separator).map(|name| if separator == '\n' { name.trim_end_matches('\r') } else { name });
    // In a list, `-` is the name of a file: standard input may be the list itself.
    let names = names.filter(|name| !name.is_empty()).map(|name| if name == "-" { "./-" } else { name });
    Ok(names.map(PathBuf::from).collect())
}

#[derive(Args)]
pub struct FactsOptions {
    /// A story; `-` for standard input
    pub path: PathBuf,
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// How the fact sheet is written
    #[arg(long, value_enum, default_value_t = FactsFormat::Text)]
    pub format: FactsFormat,
}

/// How stories are read.
#[derive(Args)]
pub struct ReadingOptions {
    /// The publication date, against which `Sunday` and `last month` are read
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
    /// Take this day where a story names no publication date; without a value, the day it is now
    #[arg(long, value_name = "YYYY-MM-DD", num_args = 0..=1, require_equals = true, default_missing_value = "now", value_parser = today)]
    pub today: Option<Date>,
    /// The name that standard input would have as a file; it decides the format
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// Where settings and rules come from.
#[derive(Args)]
pub struct ProjectArguments {
    /// Use this file of settings, and look for no other
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no settings and no rules of the newsroom's own
    #[arg(long)]
    pub no_config: bool,
    /// Use these rule packs, whatever the settings say
    #[arg(long, value_name = "PACK", value_delimiter = ',')]
    pub packs: Vec<String>,
}

impl ProjectArguments {
    /// The same, as the rest of the program takes it.
    pub fn options(&self) -> ProjectOptions {
        ProjectOptions { config: self.config.clone(), no_config: self.no_config, packs: self.packs.clone() }
    }
}

/// How the language server reaches its client.
#[derive(Args)]
pub struct LspOptions {
    /// Speak over standard input and output (the default)
    #[arg(long, conflicts_with_all = ["socket", "pipe"])]
    pub stdio: bool,
    /// Connect to this TCP port of this machine, on which the client listens
    #[arg(long, value_name = "PORT", conflicts_with = "pipe")]
    pub socket: Option<u16>,
    /// Connect to this Unix domain socket, on which the client listens
    #[arg(long, value_name = "PATH")]
    pub pipe: Option<PathBuf>,
    /// The client's process, as some clients give it here as well
    #[arg(long = "clientProcessId", value_name = "ID", hide = true)]
    pub client_process: Option<u32>,
    /// Write all that client and server say to each other into this file, for a report of a bug
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub project: ProjectArguments,
}

impl LspOptions {
    /// The same, as the server takes it.
    pub fn options(&self) -> ServerOptions {
        ServerOptions {
            transport: self.transport(),
            project: self.project.options(),
            client_process: self.client_process,
            log: self.log.clone(),
        }
    }

    /// The way that was chosen.
    fn transport(&self) -> Transport {
        match (self.socket, &self.pipe) {
            (Some(port), _) => Transport::Socket(port),
            (None, Some(path)) => Transport::Pipe(path.clone()),
            (None, None) => Transport::Stdio,
        }
    }
}

#[derive(Args)]
pub struct RulesOptions {
    /// Only rules whose id starts like this
    pub prefix: Option<String>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Write one page for each topic into this folder
    #[arg(long, value_name = "FOLDER")]
    pub docs: Option<PathBuf>,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Args)]
pub struct ExplainOptions {
    /// The rule's id, such as quotes/unattributed
    pub id: String,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: source lines, marks and what can be done
    Text,
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
}

/// A report that goes to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How it is written.
    pub format: CheckFormat,
    /// Where it goes.
    pub file: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table for people
    Text,
    /// For programs: one JSON object
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// A table for people
    Text,
    /// For programs: one JSON object
    Json,
}

/// The lowest severity that makes a run fail, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    Never,
    At(Severity),
}

fn severity(text: &str) -> Result<FailOn, String> {
    match text {
        "never" => Ok(FailOn::Never),
        _ => shown(text).map(FailOn::At).map_err(|message| format!("{message}, or never")),
    }
}

fn shown(text: &str) -> Result<Severity, String> {
    let all = [Severity::Hint, Severity::Query, Severity::Warning, Severity::Error];
    all.into_iter().find(|s| s.as_str() == text).ok_or_else(|| "one of hint, query, warning, error".to_owned())
}

fn output(text: &str) -> Result<Output, String> {
    let (format, file) = text.split_once('=').ok_or("it is written FORMAT=FILE, such as sarif=copydesk.sarif")?;
    let format = CheckFormat::from_str(format, false).map_err(|_| {
        let all = CheckFormat::value_variants().iter().filter_map(CheckFormat::to_possible_value);
        let all: Vec<String> = all.map(|value| value.get_name().to_owned()).collect();
        format!("there is no format `{format}`; there are {}", all.join(", "))
    })?;
    match file {
        "" | "-" => Err("it needs the name of a file; --format is for standard output".to_owned()),
        file => Ok(Output { format, file: PathBuf::from(file) }),
    }
}

fn today(text: &str) -> Result<Date, String> {
    match text {
        "now" => Ok(jiff::Zoned::now().date()),
        _ => text.parse().map_err(|error| format!("{error}")),
    }
}

/// Reads the process's arguments; on a mistake, says so and ends the process.
pub fn parse() -> Command {
    let arguments = with_check_as_command(std::env::args_os().collect());
    Arguments::parse_from(with_server_as_command(arguments, std::io::stdin().is_terminal())).command
}

/// Without arguments and a person to read the help, and with nothing but a way to reach a client, the command is `lsp`.
fn with_server_as_command(mut arguments: Vec<OsString>, person: bool) -> Vec<OsString> {
    let server = match arguments.get(1).map(|first| first.to_string_lossy()) {
        None => !person,
        Some(first) => ["--stdio", "--socket", "--pipe"].contains(&first.split('=').next().unwrap_or_default()),
    };
    if server {
        arguments.insert(1.min(arguments.len()), OsString::from("lsp"));
    }
    arguments
}

/// `--check`, the way newsrooms write it in pipelines, becomes the command `check`.
fn with_check_as_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let options = arguments.iter().take_while(|argument| *argument != "--");
    if let Some(at) = options.clone().position(|argument| argument == "--check") {
        arguments.remove(at);
        arguments.insert(1, OsString::from("check"));
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn check_may_be_written_as_an_option() {
        let given = ["copydesk", "--date", "2018-02-12", "--check", "a.txt"].map(OsString::from).to_vec();
        let command = Arguments::try_parse_from(with_check_as_command(given)).map(|a| a.command);
        let Ok(Command::Check(options)) = command else { panic!("not the check command") };
        assert_eq!(options.files.given, [PathBuf::from("a.txt")]);
        assert_eq!(options.reading.date, Some(jiff::civil::date(2018, 2, 12)));
    }

    #[test]
    fn the_server_needs_no_command_where_nobody_reads_help() {
        let given = |arguments: &[&str], person| {
            let arguments = arguments.iter().map(OsString::from).collect();
            Arguments::try_parse_from(with_server_as_command(arguments, person)).map(|a| a.command)
        };
        let transport = |command| match command {
            Ok(Command::Lsp(options)) => Some(options.transport()),
            _ => None,
        };
        assert_eq!(transport(given(&["copydesk"], false)), Some(Transport::Stdio));
        assert_eq!(transport(given(&["copydesk", "--stdio"], true)), Some(Transport::Stdio));
        assert_eq!(transport(given(&["copydesk", "--socket=7001"], false)), Some(Transport::Socket(7001)));
        assert_eq!(transport(given(&["copydesk", "lsp", "--pipe", "p"], false)), Some(Transport::Pipe("p".into())));
        assert_eq!(transport(given(&["copydesk"], true)), None);
        assert_eq!(transport(given(&["copydesk", "rules"], false)), None);
    }
}
