//! The `copydesk` program: arguments to the command line or the language server, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    copydesk::cli::run()
}
