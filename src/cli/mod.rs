//! The command line. Only this folder and `report` print.

mod arguments;
mod check;
mod facts;
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
        Command::Lsp(options) => serve(&options),
    };
    ExitCode::from(code)
}

/// Runs the language server; its exit codes are those of the protocol.
fn serve(options: &arguments::LspOptions) -> u8 {
    match crate::lsp::run(&options.transport(), options.project.options(), options.client_process) {
        Ok(code) => code,
        Err(error) => {
            complain(format_args!("the client cannot be reached: {error}"));
            TROUBLE
        }
    }
}

/// Says on standard error what went wrong.
fn complain(message: impl std::fmt::Display) {
    anstream::eprintln!("copydesk: {message}");
}
