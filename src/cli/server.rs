//! `copydesk lsp` and `copydesk replay`.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::Command;

use serde_json::Value;

use super::arguments::{LspOptions, ProjectArguments, ReplayOptions};
use super::{CLEAN, FINDINGS, TROUBLE, complain};
use crate::files;
use crate::lsp::{self, Replayed};

/// Runs the language server; its exit codes are those of the protocol.
pub fn serve(options: &LspOptions) -> u8 {
    match lsp::run(options.options()) {
        Ok(code) => code,
        Err(error) => {
            complain(format_args!("the server cannot start: {}", files::why(&error)));
            TROUBLE
        }
    }
}

/// Plays a recording: exit code 0 when the server answers as it did then, 1 when it does not.
pub fn replay(options: &ReplayOptions) -> u8 {
    let replayed = std::fs::read(&options.file).map_err(|error| files::why(&error)).and_then(|recording| {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut command = Command::new(program);
        command.arg("lsp").args(arguments(&options.project));
        lsp::replay(&recording, options.session, command)
    });
    let replayed = match replayed {
        Ok(replayed) => replayed,
        Err(error) => {
            complain(format_args!("{}: {error}", options.file.display()));
            return TROUBLE;
        }
    };
    match report(&replayed, &mut io::stdout().lock()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(format_args!("the report cannot be written: {error}"));
            TROUBLE
        }
        _ if replayed.differences.is_empty() && !replayed.crashed() => CLEAN,
        _ => FINDINGS,
    }
}

/// The arguments that mean the same settings to another process.
fn arguments(project: &ProjectArguments) -> Vec<OsString> {
    let mut arguments = Vec::new();
    if let Some(config) = &project.config {
        arguments.extend(["--config".into(), config.into()]);
    }
    if project.no_config {
        arguments.push("--no-config".into());
    }
    if !project.packs.is_empty() {
        arguments.extend(["--packs".into(), project.packs.join(",").into()]);
    }
    arguments
}

fn report(replayed: &Replayed, out: &mut impl Write) -> io::Result<()> {
    for difference in &replayed.differences {
        writeln!(out, "{}", difference.about)?;
        for (when, answer) in [("then", &difference.then), ("now", &difference.now)] {
            let said = answer.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
            writeln!(out, "  {when}: {said}")?;
        }
    }
    let Replayed { session, sessions, sent, same, differences, status } = replayed;
    writeln!(
        out,
        "session {session} of {sessions}: messages sent: {sent}; answers as recorded: {same}, others: {}; the server ended with {status}",
        differences.len()
    )
}
