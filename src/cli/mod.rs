//! The command line. Only this folder and `report` print.

mod arguments;
mod check;
mod facts;
mod project;
mod replace;
mod rules;
mod stories;

use std::process::ExitCode;

use arguments::Command;

/// Exit code when nothing was found that makes a run fail.
const CLEAN: u8 = 0;
/// Exit code when findings at or over `--fail-on` remain.
const FINDINGS: u8 = 1;
/// Exit code for wrong arguments, unreadable files and broken settings.
const TROUBLE: u8 = 2;

/// Runs the program on the process's arguments.
pub fn run() -> ExitCode {
    let code = match arguments::parse() {
        Command::Check(options) => check::run(&options),
        Command::Facts(options) => facts::run(&options),
        Command::Rules(options) => rules::list(&options),
        Command::Explain(options) => rules::explain(&options),
    };
    ExitCode::from(code)
}

/// Says on standard error what went wrong.
fn complain(message: impl std::fmt::Display) {
    anstream::eprintln!("copydesk: {message}");
}
