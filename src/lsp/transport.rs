//! Bytes in and out.
//!
//! Reading and writing each have a thread of their own with an unbounded queue between it and the server, so that a
//! client that writes megabytes before it reads, or that does not read for a while, never stops the server from reading.
//!
//! What comes in is taken apart here, message by message, because the framework ends at the first one it cannot read;
//! only whole, readable messages reach it, and the others are answered with the error the specification has for them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Instant;

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::ls_types::notification::Notification;

/// The longest header line that is kept; what is longer is no header.
const LONGEST_HEADER: u64 = 4096;

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
                let stream = std::net::TcpStream::connect(("127.0.0.1", *port))?;
                stream.set_nodelay(true)?;
                Ok((Box::new(stream.try_clone()?), Box::new(stream)))
            }
            #[cfg(unix)]
            Transport::Pipe(path) => {
                let stream = std::os::unix::net::UnixStream::connect(path)?;
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

/// The open connection.
pub struct Connection {
    /// Whole messages with their headers, as the framework reads them.
    pub input: Input,
    /// What the framework writes.
    pub output: Output,
    /// What the server writes past the framework.
    pub outbox: Outbox,
    /// Told when the client closed its end.
    pub closed: Arc<Notify>,
    writer: JoinHandle<()>,
    finished: mpsc::Receiver<()>,
}

impl Connection {
    /// Opens `transport` and starts the two threads. All that is said is written into the file `record` as well.
    ///
    /// # Errors
    ///
    /// The socket, the pipe or the file cannot be opened, or no thread can be started.
    pub fn open(transport: &Transport, record: Option<&Path>) -> io::Result<Self> {
        let record = Record::open(record)?;
        let (reader, writer) = transport.open()?;
        let (to_writer, from_server) = mpsc::channel();
        let outbox = Outbox { queue: to_writer };
        let (to_server, from_reader) = unbounded_channel();
        let closed = Arc::new(Notify::new());
        let (answers, told, heard) = (outbox.clone(), Arc::clone(&closed), record.clone());
        std::thread::Builder::new().name("reader".to_owned()).spawn(move || {
            read_messages(reader, &to_server, &answers, &heard);
            drop(to_server);
            told.notify_one();
        })?;
        let (done, finished) = mpsc::channel();
        let writer = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            write_messages(writer, &from_server, &record);
            let _ = done.send(());
        })?;
        let input = Input { queue: from_reader, rest: Vec::new(), at: 0 };
        Ok(Self { input, output: Output { outbox: outbox.clone() }, outbox, closed, writer, finished })
    }

    /// Takes the writing side apart into what the server needs while it runs, and what waits for the end.
    pub fn split(self) -> (Input, Output, Ending) {
        let ending = Ending { outbox: self.outbox, writer: self.writer, finished: self.finished };
        (self.input, self.output, ending)
    }
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
    Bytes(Vec<u8>),
    End,
}

/// Sends notifications to the client, past the framework: encoding a long list of diagnostics as the framework does,
/// by way of a tree of values, is the dearest step of a keystroke.
#[derive(Clone)]
pub struct Outbox {
    queue: mpsc::Sender<Outgoing>,
}

impl Outbox {
    /// Sends a notification.
    pub fn notify<N: Notification>(&self, params: &N::Params)
    where
        N::Params: Serialize,
    {
        #[derive(Serialize)]
        struct Message<'p, P> {
            jsonrpc: &'static str,
            method: &'static str,
            params: &'p P,
        }
        self.message(&Message { jsonrpc: "2.0", method: N::METHOD, params });
    }

    fn message(&self, message: &impl Serialize) {
        let Ok(body) = serde_json::to_vec(message) else { return };
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        let _ = self.queue.send(Outgoing::Bytes(bytes));
    }
}

/// Writes down all that is said, for reports of bugs: which side, seconds since the start, and the bytes as they are.
#[derive(Clone)]
struct Record {
    file: Option<Arc<Mutex<File>>>,
    start: Instant,
}

impl Record {
    fn open(path: Option<&Path>) -> io::Result<Self> {
        let open = |path: &Path| File::options().create(true).append(true).open(path);
        let file = path.map(open).transpose()?.map(|file| Arc::new(Mutex::new(file)));
        Ok(Self { file, start: Instant::now() })
    }

    fn write(&self, side: &str, bytes: &[u8]) {
        let Some(file) = &self.file else { return };
        let Ok(mut file) = file.lock() else { return };
        let mut entry = format!("{side} {:.6}\n", self.start.elapsed().as_secs_f64()).into_bytes();
        entry.extend_from_slice(bytes);
        entry.push(b'\n');
        // A full disk must not end the server.
        let _ = file.write_all(&entry);
    }
}

fn write_messages(mut writer: Box<dyn Write + Send>, queue: &mpsc::Receiver<Outgoing>, record: &Record) {
    while let Ok(Outgoing::Bytes(bytes)) = queue.recv() {
        record.write("server", &bytes);
        if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
            return;
        }
    }
}

fn read_messages(reader: Box<dyn Read + Send>, inbox: &UnboundedSender<Vec<u8>>, outbox: &Outbox, record: &Record) {
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    while let Some(mut body) = read_body(&mut reader) {
        record.write("client", &body);
        mend_lone_surrogates(&mut body);
        if let Err(error) = readable(&body) {
            let (code, message) = if error.is_data() { (-32600, "Invalid request") } else { (-32700, "Parse error") };
            let error = serde_json::json!({ "code": code, "message": format!("{message}: {error}") });
            outbox.message(&serde_json::json!({ "jsonrpc": "2.0", "id": null, "error": error }));
            continue;
        }
        let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        message.append(&mut body);
        if inbox.send(message).is_err() {
            return;
        }
    }
}

/// The body of the next message; `None` at the end. What is no header is passed over.
fn read_body(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if let Some((name, value)) = text.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        } else if text.is_empty()
            && let Some(length) = length
        {
            let mut body = Vec::new();
            // The memory grows with what arrives, not with what was promised.
            let read = reader.by_ref().take(length).read_to_end(&mut body).ok()?;
            return (read as u64 == length).then_some(body);
        }
    }
}

/// Whether the framework can read the message.
fn readable(body: &[u8]) -> Result<(), serde_json::Error> {
    let request: Request = serde_json::from_slice(body)?;
    if request.method().is_empty() {
        // It has no method, so it must be an answer.
        serde_json::from_slice::<Response>(body)?;
    }
    Ok(())
}

/// Turns escapes of half a surrogate pair (`\ud83d` alone) into the replacement character.
///
/// JavaScript's strings may hold them, and a client that cuts an emoji in two sends them; a message must not be lost
/// over it. The replacement is one code unit of UTF-16 as well, so positions stay right.
fn mend_lone_surrogates(body: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = body.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        match escape(body, at) {
            Some(0xD800..=0xDBFF) if matches!(escape(body, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                if let Some(digits) = body.get_mut(at + 2..at + 6) {
                    digits.copy_from_slice(b"FFFD");
                }
                at += 6;
            }
            // The character behind the backslash is part of the escape, even when it is a backslash.
            _ => at += 2,
        }
    }
}

/// The code unit that the escape `\uXXXX` at `at` stands for.
fn escape(body: &[u8], at: usize) -> Option<u16> {
    let escape = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(escape).ok()?, 16).ok()
}

/// The reading end as the framework wants it.
pub struct Input {
    queue: UnboundedReceiver<Vec<u8>>,
    rest: Vec<u8>,
    at: usize,
}

impl AsyncRead for Input {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.at >= self.rest.len() {
            match self.queue.poll_recv(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(message)) => (self.rest, self.at) = (message, 0),
            }
        }
        let rest = self.rest.get(self.at..).unwrap_or_default();
        let taken = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..taken]);
        self.at += taken;
        Poll::Ready(Ok(()))
    }
}

/// The writing end as the framework wants it.
///
/// The framework hands over whole messages at a time and all of them are taken, so that what the [`Outbox`] sends never
/// lands inside one.
pub struct Output {
    outbox: Outbox,
}

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.outbox.queue.send(Outgoing::Bytes(bytes.to_vec())) {
            Ok(()) => Poll::Ready(Ok(bytes.len())),
            Err(_) => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut body = text.as_bytes().to_vec();
        mend_lone_surrogates(&mut body);
        String::from_utf8(body).expect("only ASCII was replaced")
    }

    #[test]
    fn only_half_pairs_are_replaced() {
        assert_eq!(mended(r#""\ud83d\ude00 é \ud83d x \ude00""#), r#""\ud83d\ude00 é \uFFFD x \uFFFD""#);
        assert_eq!(mended(r#""\\ud83d \uD83D""#), r#""\\ud83d \uFFFD""#);
        assert_eq!(mended(r#""\ud83d"#), r#""\uFFFD"#);
        assert_eq!(mended(r#"\ud8"#), r#"\ud8"#);
    }

    #[test]
    fn messages_are_found_between_what_is_none() {
        let mut input: &[u8] =
            b"noise\r\n\r\ncontent-length: 2\r\nX: y\r\n\r\n{}Content-Length: 3\r\n\r\nabcContent-Length: 9\r\n\r\nab";
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"{}"[..]));
        assert_eq!(read_body(&mut input).as_deref(), Some(&b"abc"[..]));
        assert_eq!(read_body(&mut input), None);
    }
}
