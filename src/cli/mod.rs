//! The command line. Only this folder and `report` print.

mod archive;
mod arguments;
mod baseline;
mod changes;
mod check;
mod config;
mod facts;
mod init;
mod interactive;
mod interrupt;
mod known;
mod progress;
mod quotes;
mod reader;
mod replace;
mod rules;
mod run;
mod scope;
#[cfg(feature = "lsp")]
mod server;
mod shell;
mod stats;
mod stories;
mod terminal;

use std::io::Write as _;
use std::process::ExitCode;

use crate::text::counted;
pub use arguments::description;
use arguments::{Command, InputFormat};

/// Exit code when nothing was found that makes a run fail.
const CLEAN: u8 = 0;
/// Exit code when findings at or over `--fail-on` remain.
const FINDINGS: u8 = 1;
/// Exit code for wrong arguments, unreadable files and broken settings.
const TROUBLE: u8 = 2;

/// Runs the program on the process's arguments.
pub fn run() -> ExitCode {
    keep_quiet_about_damaged_files();
    let code = match arguments::parse() {
        Command::Check(options) if options.interactive => interactive::run(&options),
        Command::Check(options) if options.reading.input == Some(InputFormat::Jsonl) => archive::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Baseline(options) => baseline::run(&options),
        Command::Facts(options) => facts::run(&options),
        Command::Quotes(options) => quotes::run(&options),
        Command::Stats(options) => stats::run(&options),
        Command::Rules(options) => rules::list(&options),
        Command::Explain(options) => rules::explain(&options),
        Command::Init(options) => init::run(&options),
        Command::Config(options) => config::run(&options),
        Command::Schema(options) => rules::schema(&options),
        #[cfg(feature = "lsp")]
        Command::Lsp(options) => server::serve(&options),
        #[cfg(feature = "lsp")]
        Command::Replay(options) => server::replay(&options),
        Command::Completions(options) => shell::completions(&options),
        Command::Man(options) => shell::man(&options),
    };
    ExitCode::from(code)
}

/// What `work` on one story gives; a defect in this program costs that story only.
fn unless_it_panics<T>(story: &str, work: impl FnOnce() -> T) -> Result<T, String> {
    // What a panic left half done belongs to that story alone, and nobody looks at it again.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|_| {
        format!("{story}: not checked: copydesk has a defect that this text brings out (see above); please report it")
    })
}

/// The exit code once something was written. A reader that went away, such as `head`, is no trouble.
fn finish(written: std::io::Result<()>) -> u8 {
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(error);
            TROUBLE
        }
        _ => CLEAN,
    }
}

/// How many columns the terminal has or, where standard output goes elsewhere, `COLUMNS` asks for, as in clap's help.
fn width() -> Option<usize> {
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(columns, _)| usize::from(columns.0));
    terminal.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok()).filter(|&columns| columns > 0)
}

/// Lets a library that panics on a damaged source print nothing: what reads the source says so in words, with its name.
fn keep_quiet_about_damaged_files() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::material::is_reading() {
            told(panic);
        }
    }));
}

/// Says on standard error what went wrong.
fn complain(message: impl std::fmt::Display) {
    // Names and what others wrote are a part of most messages. A line of their own could be a command to what reads the log.
    let message = message.to_string();
    let lines: Vec<_> = message.lines().map(crate::text::plain_line).collect();
    let _ = writeln!(terminal::stderr(), "copydesk: {}", lines.join("\n  | "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_story() {
        assert_eq!(unless_it_panics("a.txt", || 7), Ok(7));
        let message = unless_it_panics("b.txt", || -> i32 { panic!("a defect") });
        assert!(message.is_err_and(|message| message.starts_with("b.txt: not checked")));
    }
}
