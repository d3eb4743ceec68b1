//! Bytes in and out.
//!
//! Reading and writing each have a thread of their own with an unbounded queue between it and the server, so that a
//! client that writes megabytes before it reads, or that does not read for a while, never stops the server from reading.
//!
//! What comes in is taken apart and read here, message by message; only readable messages in their right order are passed
//! on, and the others are answered with the error the specification has for them.

use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread::JoinHandle;

use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::Id;
use tower_lsp::ls_types::notification::{LogMessage, Notification};
use tower_lsp::ls_types::{LogMessageParams, MessageType};

use super::Life;
use super::framing::{Bodies, WrongLength, framed, mend_lone_surrogates};
use super::order::{Admission, Message, Order};
use super::record::Recording;
use crate::files::why;

/// How the client is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Standard input and output.
    Stdio,
    /// A TCP port of this machine on which the client listens.
    Socket(u16),
    /// A Unix domain socket on which the client listens.
    Pipe(std::path::PathBuf),
}

type Ends = (Box<dyn Read + Send>, Box<dyn Write + Send>);

impl Transport {
    /// The two ends, opened.
    fn open(&self) -> io::Result<Ends> {
        match self {
            Transport::Stdio => Ok((Box::new(io::stdin()), Box::new(io::stdout()))),
            Transport::Socket(port) => {
                let stream = std::net::TcpStream::connect(("127.0.0.1", *port))
                    .map_err(|error| naming(&format!("no client at port {port} of this machine"), &error))?;
                stream.set_nodelay(true)?;
                Ok((Box::new(stream.try_clone()?), Box::new(stream)))
            }
            #[cfg(unix)]
            Transport::Pipe(path) => {
                let stream = std::os::unix::net::UnixStream::connect(path)
                    .map_err(|error| naming(&format!("no client at {}", path.display()), &error))?;
                Ok((Box::new(stream.try_clone()?), Box::new(stream)))
            }
            #[cfg(not(unix))]
            Transport::Pipe(_) => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "--pipe needs a Unix domain socket; use --stdio or --socket",
            )),
        }
    }
}

/// `error`, which says what it is about.
fn naming(what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {}", why(error)))
}

/// The open connection.
pub struct Connection {
    /// What the client says.
    pub inbox: UnboundedReceiver<Message>,
    /// What is said to the client.
    pub outbox: Outbox,
    writer: JoinHandle<()>,
    finished: mpsc::Receiver<()>,
}

impl Connection {
    /// Opens `transport` and starts the two threads. All that is said is written into the file `record` as well.
    ///
    /// # Errors
    ///
    /// The socket, the pipe or the file cannot be opened, or no thread can be started.
    pub fn open(transport: &Transport, record: Option<&Path>, life: &Arc<Life>) -> io::Result<Self> {
        let record = Recording::open(record).map_err(|error| {
            let file = record.unwrap_or(Path::new("the recording"));
            naming(&format!("{} cannot be written", file.display()), &error)
        })?;
        let (reader, writer) = transport.open()?;
        let (to_writer, from_server) = mpsc::channel();
        let outbox = Outbox { queue: to_writer };
        let (inbox, from_reader) = unbounded_channel();
        let reading = ThreadEnds { inbox, outbox: outbox.clone(), record: record.clone(), life: Arc::clone(life) };
        std::thread::Builder::new().name("reader".to_owned()).spawn(move || {
            read_messages(reader, &reading);
            let life = Arc::clone(&reading.life);
            drop(reading);
            life.closed.notify_one();
        })?;
        let (done, finished) = mpsc::channel();
        let writer = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            write_messages(writer, &from_server, &record);
            let _ = done.send(());
        })?;
        Ok(Self { inbox: from_reader, outbox, writer, finished })
    }

    /// What the client says, the way to answer, and what waits for the end.
    pub fn split(self) -> (UnboundedReceiver<Message>, Outbox, Ending) {
        let ending = Ending { outbox: self.outbox.clone(), writer: self.writer, finished: self.finished };
        (self.inbox, self.outbox, ending)
    }
}

/// What the reading thread works with.
struct ThreadEnds {
    inbox: UnboundedSender<Message>,
    outbox: Outbox,
    record: Recording,
    life: Arc<Life>,
}

/// Waits until all that was sent is written.
pub struct Ending {
    outbox: Outbox,
    writer: JoinHandle<()>,
    finished: mpsc::Receiver<()>,
}

impl Ending {
    /// Gives a client that still reads the time to read all; one that does not must not keep the process alive.
    pub fn flush(self) {
        let _ = self.outbox.queue.send(Outgoing::End);
        if self.finished.recv_timeout(std::time::Duration::from_secs(2)).is_ok() {
            let _ = self.writer.join();
        }
    }
}

enum Outgoing {
    /// The body of a message.
    Body(Vec<u8>),
    End,
}

/// Sends messages to the client. Notifications come here past the framework: encoding a long list of diagnostics as it
/// does, by way of a tree of values, is the dearest step of a keystroke.
#[derive(Clone)]
pub struct Outbox {
    queue: mpsc::Sender<Outgoing>,
}

impl Outbox {
    /// For tests: what is sent is lost.
    #[cfg(test)]
    pub fn to_nobody() -> Self {
        Self { queue: mpsc::channel().0 }
    }

    /// Sends a notification.
    pub fn notify<N: Notification>(&self, params: &N::Params)
    where
        N::Params: Serialize,
    {
        self.notify_as::<N>(params);
    }

    /// The same, with params that look like those of `N` once they are JSON, so that a long list need not be copied.
    pub fn notify_as<N: Notification>(&self, params: &impl Serialize) {
        #[derive(Serialize)]
        struct Notice<'p, P> {
            jsonrpc: &'static str,
            method: &'static str,
            params: &'p P,
        }
        self.message(&Notice { jsonrpc: "2.0", method: N::METHOD, params });
    }

    /// Answers the request `id` with an error.
    fn refuse(&self, id: Option<&Id>, code: i64, message: &str) {
        let error = serde_json::json!({ "code": code, "message": message });
        self.message(&serde_json::json!({ "jsonrpc": "2.0", "id": id, "error": error }));
    }

    /// Writes a warning into the client's log.
    pub fn warn(&self, message: &str) {
        self.notify::<LogMessage>(&LogMessageParams { typ: MessageType::WARNING, message: message.to_owned() });
    }

    /// Sends a message as it is.
    pub fn message(&self, message: &impl Serialize) {
        let Ok(body) = serde_json::to_vec(message) else { return };
        let _ = self.queue.send(Outgoing::Body(body));
    }
}

fn write_messages(mut writer: Box<dyn Write + Send>, queue: &mpsc::Receiver<Outgoing>, record: &Recording) {
    while let Ok(Outgoing::Body(body)) = queue.recv() {
        record.server(&body);
        if writer.write_all(&framed(&body)).and_then(|()| writer.flush()).is_err() {
            return;
        }
    }
}

/// What the client's log says of a message that is shorter than its header says.
fn length_complaint(wrong: WrongLength) -> String {
    let WrongLength { said, came } = wrong;
    format!(
        "The header of a message said Content-Length: {said}, but the message is {came} bytes long. It was read up to its \
         end, and so are all others; the client should count bytes of UTF-8, not characters."
    )
}

/// Hands messages on until the client closes its end or asks for it.
fn read_messages(reader: Box<dyn Read + Send>, ends: &ThreadEnds) {
    let mut bodies = Bodies::new(BufReader::with_capacity(64 * 1024, reader));
    let mut order = Order::default();
    let mut complained = false;
    while let Some(mut body) = bodies.next() {
        if let Some(wrong) = bodies.wrong_length().filter(|_| !complained) {
            // Once: a client that counts wrong does so all the time.
            complained = true;
            ends.outbox.warn(&length_complaint(wrong));
        }
        ends.record.client(&body);
        mend_lone_surrogates(&mut body);
        let message = match Message::read(&body) {
            Ok(message) => message,
            Err(error) => {
                let (code, about) = if error.is_data() { (-32600, "Invalid request") } else { (-32700, "Parse error") };
                ends.outbox.refuse(None, code, &format!("{about}: {error}"));
                continue;
            }
        };
        match order.admit(&message) {
            Admission::Pass => {}
            Admission::Drop => continue,
            Admission::Refuse(code, reason) => {
                ends.outbox.refuse(message.id(), code, reason);
                continue;
            }
            Admission::End => return ends.life.exit(),
        }
        if order.is_shut_down() {
            ends.life.shut_down.store(true, Ordering::Release);
        }
        if ends.inbox.send(message).is_err() {
            return;
        }
    }
}
