//! What may be given on the command line.

mod check;
mod environment;
mod facts;
#[cfg(feature = "lsp")]
mod lsp;
mod quotes;
mod stats;
mod stories;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use environment::FromEnvironment;

pub use check::{BaselineOptions, CheckFormat, CheckOptions, FailOn};
pub use facts::{DiffOptions, FactsFormat, FactsOptions, FactsWork, MarkOptions, MergeOptions, PruneOptions};
#[cfg(feature = "lsp")]
pub use lsp::{LspOptions, ReplayOptions};
pub use quotes::QuotesOptions;
pub use stats::StatsOptions;
pub use stories::{DayOptions, InputFormat, ProjectArguments, ReadingOptions};

/// Reads news copy as a copy desk does and says what it sees.
#[derive(Parser)]
#[command(
    name = "copydesk",
    version,
    arg_required_else_help = true,
    after_help = "`copydesk STORY` and `copydesk --check STORY` are the same as `copydesk check STORY`."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Whether there is colour; without it, the terminal and its variables decide
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto, display_order = 900)]
    color: Color,
}

/// Whether there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR, CLICOLOR=0 or TERM=dumb forbids it; anywhere with CLICOLOR_FORCE
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

#[derive(Subcommand)]
pub enum Command {
    /// Check stories: exit code 0 clean, 1 findings, 2 trouble
    Check(CheckOptions),
    /// Write the findings of stories to a file, so that --baseline leaves them out
    Baseline(BaselineOptions),
    /// Show a story's fact sheet: who said what, when, which figures, which claims
    Facts(FactsOptions),
    /// Compare a story's quotes with transcripts and documents: verbatim, with differences, or not found
    Quotes(QuotesOptions),
    /// Count words, sentences and quotes of stories, and say how hard they are to read
    Stats(StatsOptions),
    /// List the rules
    Rules(RulesOptions),
    /// Explain a rule: what it finds, why it matters, how to fix it
    Explain(ExplainOptions),
    /// Look at the stories of a folder and write a copydesk.toml that fits them
    Init(InitOptions),
    /// Show which settings are in force for a story, and where each came from
    Config(ConfigOptions),
    /// Print a JSON schema, for editors that complete and check TOML by it
    Schema(SchemaOptions),
    /// Run the language server; also what `copydesk` does by itself when standard input is not a terminal
    #[cfg(feature = "lsp")]
    Lsp(LspOptions),
    /// Play a recording of `lsp --log` to the server, and compare its answers
    #[cfg(feature = "lsp")]
    Replay(ReplayOptions),
    /// Print a script by which a shell completes commands, options and rules
    Completions(CompletionsOptions),
    /// Print the manual page, or write all of them into a folder
    Man(ManOptions),
}

#[derive(Args)]
pub struct RulesOptions {
    /// Only rules whose id starts like this
    pub prefix: Option<String>,
    /// Run the examples of your newsroom's own rules, or of the rules in this file or folder
    #[arg(long, value_name = "PATH", num_args = 0..=1, conflicts_with_all = ["prefix", "format", "docs"])]
    pub test: Option<Option<PathBuf>>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Write one page for each topic into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["prefix", "format"])]
    pub docs: Option<PathBuf>,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Args)]
pub struct InitOptions {
    /// The folder; default: this one
    pub folder: Option<PathBuf>,
    /// Overwrite the file if there is one
    #[arg(long)]
    pub force: bool,
}

#[derive(Args)]
pub struct ConfigOptions {
    /// Which of the options came from variables; it is first, because clap takes values out as it goes.
    #[command(flatten)]
    pub environment: FromEnvironment,
    /// A story, or a folder; default: this folder
    pub path: Option<PathBuf>,
    /// How the settings are written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Explain every key of copydesk.toml, in Markdown
    #[arg(long, conflicts_with_all = ["path", "format"])]
    pub keys: bool,
    /// The lowest severity that makes the exit code of `copydesk check` 1
    #[arg(long, value_name = "SEVERITY", value_parser = check::severity, env = "COPYDESK_FAIL_ON", hide_env_values = true)]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    pub day: DayOptions,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Args)]
pub struct SchemaOptions {
    /// The files that it describes
    #[arg(value_enum)]
    pub of: SchemaOf,
}

/// What there is a schema of.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// copydesk.toml
    Settings,
    /// Rule files
    Rules,
}

#[derive(Args)]
pub struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Args)]
pub struct ManOptions {
    /// The command whose page is printed; default: the page of the whole program
    #[arg(conflicts_with = "dir")]
    pub command: Option<String>,
    /// Write all pages into this folder
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

#[derive(Args)]
pub struct ExplainOptions {
    /// The rule's id, such as quotes/unattributed
    pub id: String,
    #[command(flatten)]
    pub project: ProjectArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table for people
    Text,
    /// For programs: one JSON object
    Json,
}

/// All commands and options, for those who list them.
pub fn description() -> clap::Command {
    Arguments::command()
}

/// Reads the process's arguments, and heeds what they say of colour; on a mistake, says so and ends the process.
pub fn parse() -> Command {
    let arguments = with_check_as_command(std::env::args_os().collect());
    let arguments = with_story_as_command(arguments, |path| std::path::Path::new(path).exists());
    let arguments = with_server_as_command(arguments, std::io::stdin().is_terminal());
    // Before anything is read: help and mistakes have colours, too.
    color(&arguments).write_global();
    let read = environment::read(description(), &arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    match read {
        Ok(arguments) => arguments.command,
        Err(error) => with_a_way_on(error).exit(),
    }
}

/// A word that is like no command is perhaps what somebody wants done to a story: the message shows how that is written.
fn with_a_way_on(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::InvalidSubcommand && error.get(ContextKind::SuggestedSubcommand).is_none() {
        let way = "`copydesk story.txt` checks a story, and `copydesk --fix story.txt` makes its safe fixes";
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![way.into()]));
    }
    error
}

/// What `--color` says; what is no answer to it is left for a message about all mistakes.
fn color(arguments: &[OsString]) -> anstream::ColorChoice {
    let mut options = arguments.iter().take_while(|argument| *argument != "--").filter_map(|a| a.to_str());
    let mut said = None;
    while let Some(option) = options.next() {
        match option.strip_prefix("--color") {
            Some("") => said = options.next(),
            Some(value) => said = value.strip_prefix('=').or(said),
            None => {}
        }
    }
    match said.and_then(|said| Color::from_str(said, false).ok()) {
        Some(Color::Always) => anstream::ColorChoice::Always,
        Some(Color::Never) => anstream::ColorChoice::Never,
        Some(Color::Auto) | None => anstream::ColorChoice::Auto,
    }
}

/// Without arguments and a person to read the help, and with nothing but a way to reach a client, the command is `lsp`.
fn with_server_as_command(mut arguments: Vec<OsString>, person: bool) -> Vec<OsString> {
    let server = cfg!(feature = "lsp")
        && match arguments.get(1).map(|first| first.to_string_lossy()) {
            None => !person,
            Some(first) => is_way_to_client(&first),
        };
    if server {
        arguments.insert(1.min(arguments.len()), OsString::from("lsp"));
    }
    arguments
}

/// `copydesk story.txt` and `copydesk --fix story.txt` check the story: what is no command, and is there or named as files
/// are, is to be read.
fn with_story_as_command(mut arguments: Vec<OsString>, exists: impl Fn(&OsString) -> bool) -> Vec<OsString> {
    // Describing all commands takes a while, and most starts do not ask for it.
    let description = std::cell::LazyCell::new(description);
    let is_command =
        |name: &str| name == "help" || description.get_subcommands().any(|command| command.get_name() == name);
    let has_command = || {
        let mut after = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
        after.any(is_command)
    };
    let is_story = arguments.get(1).is_some_and(|first| {
        let name = first.to_string_lossy();
        match name.starts_with('-') {
            // Options of `check`, unless a command or a question about the program follows.
            true => {
                let asks = ["-h", "--help", "-V", "--version"].contains(&name.as_ref());
                !asks && arguments.len() > 2 && !is_way_to_client(&name) && !has_command()
            }
            false => !is_command(&name) && (exists(first) || name.contains(['.', '/', '\\'])),
        }
    });
    if is_story {
        arguments.insert(1, OsString::from("check"));
    }
    arguments
}

/// Whether an option says how a client is reached.
fn is_way_to_client(option: &str) -> bool {
    ["--stdio", "--socket", "--pipe"].contains(&option.split('=').next().unwrap_or_default())
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

    #[cfg(feature = "lsp")]
    use crate::lsp::Transport;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_last_word_on_colour_counts() {
        let said = |arguments: &[&str]| color(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(said(&["copydesk", "check"]), anstream::ColorChoice::Auto);
        assert_eq!(said(&["copydesk", "--color=never", "check", "--color", "always"]), anstream::ColorChoice::Always);
        assert_eq!(said(&["copydesk", "check", "--", "--color=never"]), anstream::ColorChoice::Auto);
    }

    #[test]
    fn check_may_be_written_as_an_option() {
        let given = ["copydesk", "--date", "2018-02-12", "--check", "a.txt"].map(OsString::from).to_vec();
        let command = Arguments::try_parse_from(with_check_as_command(given)).map(|a| a.command);
        let Ok(Command::Check(options)) = command else { panic!("not the check command") };
        assert_eq!(options.files.given, [PathBuf::from("a.txt")]);
        assert_eq!(options.reading.day.date, Some(jiff::civil::date(2018, 2, 12)));
    }

    #[cfg(feature = "lsp")]
    #[test]
    fn a_story_by_itself_is_checked() {
        let given = |arguments: &[&str]| {
            let arguments = arguments.iter().map(OsString::from).collect();
            Arguments::try_parse_from(with_story_as_command(arguments, |path| path != "not-there")).map(|a| a.command)
        };
        let Ok(Command::Check(options)) = given(&["copydesk", "story.txt", "--quiet"]) else { panic!("not checked") };
        assert_eq!(options.files.given, [PathBuf::from("story.txt")]);
        let Ok(Command::Check(options)) = given(&["copydesk", "--fix", "story.txt"]) else { panic!("not checked") };
        assert_eq!(options.files.given, [PathBuf::from("story.txt")]);
        // What is named as files are is missed by its name, not taken for a command.
        assert!(matches!(given(&["copydesk", "not-there.txt"]), Ok(Command::Check(_))));
        assert!(matches!(given(&["copydesk", "--color", "never", "man"]), Ok(Command::Man(_))));
        // A command wins over a file of its name, and what is not there is a mistake.
        assert!(matches!(given(&["copydesk", "man"]), Ok(Command::Man(_))));
        assert!(given(&["copydesk", "not-there"]).is_err());
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
