//! What `copydesk lsp` takes.

use std::path::PathBuf;

use clap::Args;

use super::stories::ProjectArguments;
use crate::lsp::{ServerOptions, Transport};

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
    /// Write all that client and server say to each other into this file, for a bug report
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
    pub(super) fn transport(&self) -> Transport {
        match (self.socket, &self.pipe) {
            (Some(port), _) => Transport::Socket(port),
            (None, Some(path)) => Transport::Pipe(path.clone()),
            (None, None) => Transport::Stdio,
        }
    }
}

/// What `copydesk replay` plays.
#[derive(Args)]
pub struct ReplayOptions {
    /// A recording, made with `copydesk lsp --log FILE`
    pub file: PathBuf,
    /// Which start of the server in it, counted from 1 [default: the last]
    #[arg(long, value_name = "NUMBER")]
    pub session: Option<usize>,
    #[command(flatten)]
    pub project: ProjectArguments,
}
