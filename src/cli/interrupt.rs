//! Ctrl-C: files are written whole or not at all, and no temporary file is left behind.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// Held by whoever is writing a file; the end of the process waits for it.
static WRITING: RwLock<()> = RwLock::new(());

/// Holds off the end of the process by a signal while the guard lives.
pub(super) fn hold_off() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, ends the process at Ctrl-C or a request to terminate as soon as no file is half written.
///
/// To be called by commands that write files: any other may simply be killed, which is what happens without this.
pub(super) fn watch() {
    watch_saying(None);
}

/// As [`watch`], and says `goodbye` on standard error before the end.
pub(super) fn watch_saying(goodbye: Option<&'static str>) {
    // Without the thread, signals do what they did before: files may keep a temporary neighbor, but are never cut.
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let Some(code) = runtime.ok().and_then(|runtime| runtime.block_on(signal())) else { return };
        let _all_written = WRITING.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(goodbye) = goodbye {
            anstream::eprintln!("{goodbye}");
        }
        std::process::exit(code)
    });
}

/// Waits for a signal, and gives the exit code for it: 128 and its number, as shells have it.
#[cfg(unix)]
async fn signal() -> Option<i32> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).ok()?;
    let mut terminate = signal(SignalKind::terminate()).ok()?;
    tokio::select! {
        _ = interrupt.recv() => Some(130),
        _ = terminate.recv() => Some(143),
    }
}

#[cfg(not(unix))]
async fn signal() -> Option<i32> {
    tokio::signal::ctrl_c().await.ok()?;
    Some(130)
}
