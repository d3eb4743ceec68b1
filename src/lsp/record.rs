//! Recordings of all that client and server say to each other, for reports of bugs.
//!
//! A recording is made to be read by people and by [`super::replay`]. Each start of a server adds a line `copydesk
//! VERSION`, and then, for each message, a line with the side that sent it, the seconds since the start and the bytes of
//! the message, followed by the message and a line break.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

const START: &str = "copydesk ";

/// Writes a recording, when one is wanted.
#[derive(Clone)]
pub struct Recording {
    file: Option<Arc<Mutex<File>>>,
    start: Instant,
}

impl Recording {
    /// Goes on at the end of the file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let mut file = path.map(|path| File::options().create(true).append(true).open(path)).transpose()?;
        if let Some(file) = &mut file {
            writeln!(
                file,
                "{START}{} ({} {})",
                env!("CARGO_PKG_VERSION"),
                std::env::consts::OS,
                std::env::consts::ARCH
            )?;
        }
        Ok(Self { file: file.map(|file| Arc::new(Mutex::new(file))), start: Instant::now() })
    }

    /// Notes the body of a message of the client.
    pub fn client(&self, body: &[u8]) {
        self.write(Side::Client, body);
    }

    /// Notes the body of a message of the server.
    pub fn server(&self, body: &[u8]) {
        self.write(Side::Server, body);
    }

    fn write(&self, side: Side, body: &[u8]) {
        let Some(file) = &self.file else { return };
        let Ok(mut file) = file.lock() else { return };
        let seconds = self.start.elapsed().as_secs_f64();
        let mut entry = format!("{} {seconds:.6} {}\n", side.as_str(), body.len()).into_bytes();
        entry.extend_from_slice(body);
        entry.push(b'\n');
        // A full disk must not end the server.
        let _ = file.write_all(&entry);
    }
}

/// Who sent a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The editor.
    Client,
    /// copydesk.
    Server,
}

impl Side {
    fn as_str(self) -> &'static str {
        match self {
            Side::Client => "client",
            Side::Server => "server",
        }
    }
}

/// A message that was recorded.
#[derive(Debug, PartialEq, Eq)]
pub struct Recorded<'r> {
    /// Who sent it.
    pub side: Side,
    /// Its body.
    pub body: &'r [u8],
}

/// The sessions of a recording, each with its messages in their order. A last message that was cut off is left out.
///
/// # Errors
///
/// Says in which line something is that is no recording.
pub fn sessions(recording: &[u8]) -> Result<Vec<Vec<Recorded<'_>>>, String> {
    let mut sessions: Vec<Vec<Recorded>> = Vec::new();
    let mut rest = recording;
    while !rest.is_empty() {
        let line_number = || 1 + recording[..recording.len() - rest.len()].iter().filter(|&&b| b == b'\n').count();
        let Some(end) = rest.iter().position(|&byte| byte == b'\n') else { break };
        let line = String::from_utf8_lossy(&rest[..end]);
        if line.starts_with(START) {
            sessions.push(Vec::new());
            rest = &rest[end + 1..];
            continue;
        }
        let entry = entry(&line).zip(sessions.last_mut());
        let ((side, length), session) =
            entry.ok_or_else(|| format!("line {} is not of a recording by `copydesk lsp --log`", line_number()))?;
        let Some(body) = rest.get(end + 1..).and_then(|from| from.get(..length)) else { break };
        session.push(Recorded { side, body });
        rest = rest.get(end + 1 + length + 1..).unwrap_or_default();
    }
    Ok(sessions)
}

/// `client 0.120000 154`.
fn entry(line: &str) -> Option<(Side, usize)> {
    let mut words = line.split(' ');
    let side = match words.next()? {
        "client" => Side::Client,
        "server" => Side::Server,
        _ => return None,
    };
    words.next()?.parse::<f64>().ok()?;
    let length = words.next()?.parse().ok()?;
    words.next().is_none().then_some((side, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        for _ in 0..2 {
            let record = Recording::open(Some(&path)).expect("the folder is ours");
            record.client(b"{\n}");
            record.server(b"{}");
            record.server(b"[\n]");
        }
        let recording = std::fs::read(&path).expect("it was written");
        let sessions = super::sessions(&recording).expect("it is one");
        let message = |side, body| Recorded { side, body };
        let expected = [
            message(Side::Client, &b"{\n}"[..]),
            message(Side::Server, &b"{}"[..]),
            message(Side::Server, &b"[\n]"[..]),
        ];
        assert_eq!(sessions.len(), 2);
        assert!(sessions.iter().all(|session| session[..] == expected), "{sessions:?}");
        // The server was killed while it wrote.
        let cut = super::sessions(&recording[..recording.len() - 2]).expect("the rest is one");
        assert_eq!(cut[1].len(), 2);
        assert!(super::sessions(b"copydesk 1\nclient 0.1 2\n{}\nhello\n").is_err_and(|said| said.contains("line 4")));
        assert!(super::sessions(b"client 0.1 2\n{}\n").is_err());
    }
}
