//! The language server. The only folder that knows LSP types.
//!
//! `transport` moves bytes on threads of its own and reads messages, each once. `serving` hands them to the framework and
//! `server` turns each into an event and waits for its answer; they decide nothing and keep nothing. One thread, in
//! `desk`, owns all state and handles the events strictly in the order in which they came; when the queue is empty it
//! analyses what changed and publishes. Everything else here is functions from a checked document to an answer.

mod actions;
mod asking;
mod capabilities;
mod client;
mod commands;
mod completion;
mod desk;
mod diagnostics;
mod document;
mod edits;
mod event;
mod facts;
pub mod framing;
mod hints;
mod hover;
mod images;
mod language;
mod lenient;
mod material;
mod order;
mod outline;
mod people;
mod record;
mod replay;
mod server;
mod serving;
mod status;
mod tokens;
mod trace;
mod transport;
mod typing;
mod workspace;

pub use replay::{ReplayDifference, Replayed, replay};
pub use transport::Transport;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempPath;
use tokio::sync::Notify;
use tower_lsp::LspService;

use crate::project::ProjectOptions;
use desk::Desk;
use server::Front;
use transport::Connection;

/// How long answers may take once the client closed its end.
const GRACE: Duration = Duration::from_secs(2);
/// How often the client's process is looked for.
const WATCH: Duration = Duration::from_secs(1);

/// What the server's end depends on.
#[derive(Debug, Default)]
struct Life {
    /// The client asked the server to shut down, so that ending is no failure.
    shut_down: AtomicBool,
    /// Told when the server is to end now: its client's process is gone, or said `exit` without `shutdown`.
    over: Notify,
    /// Told when the client closed its end, or said `exit`: what is being answered may still be.
    closed: Notify,
    /// Files that were written for the client to show; they are gone when the server ends.
    shown: Mutex<Vec<TempPath>>,
}

impl Life {
    /// Keeps a file as long as the server runs.
    fn keep(&self, file: TempPath) {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    }

    /// Takes away what was written to be shown.
    fn clear(&self) {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The client said `exit`.
    fn exit(&self) {
        if !self.shut_down.load(Ordering::Acquire) {
            self.over.notify_one();
        }
    }
}

/// What the server is started with.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// How the client is reached.
    pub transport: Transport,
    /// Where settings and rules come from.
    pub project: ProjectOptions,
    /// The client's process, where the command line names it.
    pub client_process: Option<u32>,
    /// The file in which all that is said is recorded.
    pub log: Option<PathBuf>,
}

/// Runs the server until its client ends it, and gives the exit code: 0 after `shutdown`, else 1.
///
/// # Errors
///
/// The client cannot be reached, or the log cannot be opened.
pub fn run(options: ServerOptions) -> std::io::Result<u8> {
    let life = Arc::new(Life::default());
    let connection = Connection::open(&options.transport, options.log.as_deref(), &life)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (inbox, outbox, ending) = connection.split();
    runtime.block_on(async {
        let (watched, desk_outbox) = (Arc::clone(&life), outbox.clone());
        let (service, socket) = LspService::build(|client| {
            let (questions, asked) = tokio::sync::mpsc::unbounded_channel();
            let events = Desk::start(options.project, desk_outbox, questions, Arc::clone(&watched));
            tokio::spawn(asking::ask_all(client, asked, events.clone()));
            Front::new(events, watched)
        })
        .custom_method("$/setTrace", Front::set_trace)
        .custom_method(status::STATUS, Front::status)
        .custom_method(status::FACTS, Front::facts)
        .finish();
        if let Some(id) = options.client_process {
            watch(id, &life);
        }
        tokio::select! {
            () = serving::serve(service, socket, inbox, outbox) => {}
            () = life.over.notified() => {}
            () = async { life.closed.notified().await; tokio::time::sleep(GRACE).await } => {}
        }
    });
    // A job that still runs must not keep the process.
    runtime.shutdown_background();
    life.clear();
    ending.flush();
    Ok(if life.shut_down.load(Ordering::Acquire) { 0 } else { 1 })
}

/// Ends the server when the process `id` is gone: a client that crashed closes nothing.
///
/// A process that cannot be seen now, as from inside a container, is not watched.
fn watch(id: u32, life: &Arc<Life>) {
    if !is_running(id) {
        return;
    }
    let life = Arc::clone(life);
    tokio::spawn(async move {
        while is_running(id) {
            tokio::time::sleep(WATCH).await;
        }
        life.over.notify_one();
    });
}

#[cfg(unix)]
fn is_running(id: u32) -> bool {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    // A process of somebody else exists too, though it may not be signalled.
    id.is_some_and(|id| rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of standard input tells.
#[cfg(not(unix))]
fn is_running(_: u32) -> bool {
    false
}
