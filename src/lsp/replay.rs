//! Saying again what a client said in a recording, to see whether the server answers as it did then.
//!
//! The server under test is another process, so that its end, however it comes, is something to report. A message is sent
//! as soon as the server has answered all that it had answered before that message in the recording; no other time passes.

use std::collections::HashMap;
use std::io::{BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::framing::{Bodies, framed};
use super::record::{Recorded, Side, sessions};

/// How long the server may take for one answer, and to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the server may take to ask what it asked in the recording: it may have no reason to.
const PATIENCE_FOR_QUESTIONS: Duration = Duration::from_secs(2);

/// What came of it.
#[derive(Debug)]
pub struct Replayed {
    /// Which session of the recording was played, counted from 1.
    pub session: usize,
    /// How many sessions the recording holds.
    pub sessions: usize,
    /// How many messages were sent.
    pub sent: usize,
    /// How many requests were answered as they were in the recording.
    pub same: usize,
    /// What was different.
    pub differences: Vec<ReplayDifference>,
    /// How the server ended.
    pub status: ExitStatus,
}

impl Replayed {
    /// Whether the server ended in another way than a server may.
    pub fn crashed(&self) -> bool {
        !matches!(self.status.code(), Some(0 | 1))
    }
}

/// Something that is not as in the recording.
#[derive(Debug, PartialEq)]
pub struct ReplayDifference {
    /// What it is about: `textDocument/hover (7)`.
    pub about: String,
    /// What the recording has; `None` where nothing came.
    pub then: Option<Value>,
    /// What the server says now; `None` where nothing came.
    pub now: Option<Value>,
}

/// Sends the messages of a session to the server that `command` starts. `session` counts from 1; else it is the last.
///
/// # Errors
///
/// The recording cannot be read, or the server cannot be started.
pub fn replay(recording: &[u8], session: Option<usize>, mut command: Command) -> Result<Replayed, String> {
    let sessions = sessions(recording)?;
    let number = session.unwrap_or(sessions.len());
    let chosen = number.checked_sub(1).and_then(|index| sessions.get(index));
    let chosen = chosen.ok_or_else(|| match sessions.len() {
        0 => "nothing was recorded".to_owned(),
        count => format!("there is no session {number}; the recording holds {count}"),
    })?;
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| format!("the server cannot be started: {error}"))?;
    let mut player = Player::new(&mut child).ok_or("the server has no input or output")?;
    player.play(chosen);
    // A server that was never told to exit ends when its input does.
    drop(player.input.take());
    let Player { sent, same, differences, .. } = player;
    let status = end(&mut child).map_err(|error| format!("the server cannot be waited for: {error}"))?;
    Ok(Replayed { session: number, sessions: sessions.len(), sent, same, differences, status })
}

/// Waits for the end of a server whose input was closed; one that hangs is ended, which its status shows.
fn end(child: &mut Child) -> std::io::Result<ExitStatus> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill()?;
    child.wait()
}

struct Player {
    /// `None` once the server reads no more.
    input: Option<ChildStdin>,
    heard: Receiver<Vec<u8>>,
    /// The answers that came, by the ids of the requests.
    answers: HashMap<String, Value>,
    /// The ids of the server's questions that came, by method, in their order.
    questions: HashMap<String, Vec<Value>>,
    sent: usize,
    same: usize,
    differences: Vec<ReplayDifference>,
}

impl Player {
    fn new(child: &mut Child) -> Option<Self> {
        let (input, output) = (child.stdin.take()?, child.stdout.take()?);
        let (said, heard) = mpsc::channel();
        std::thread::spawn(move || {
            for body in Bodies::new(BufReader::new(output)) {
                if said.send(body).is_err() {
                    return;
                }
            }
        });
        Some(Self {
            input: Some(input),
            heard,
            answers: HashMap::new(),
            questions: HashMap::new(),
            sent: 0,
            same: 0,
            differences: Vec::new(),
        })
    }

    fn play(&mut self, session: &[Recorded]) {
        // The client's requests that the recording has no answer to, and the server's questions: method and which of them.
        let mut open: Vec<(String, String)> = Vec::new();
        let mut asked: HashMap<String, (String, usize)> = HashMap::new();
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut exits = false;
        for recorded in session {
            let message: Value = serde_json::from_slice(recorded.body).unwrap_or_default();
            let (method, id) = (message["method"].as_str(), message.get("id").filter(|id| !id.is_null()));
            match (recorded.side, method, id.map(Value::to_string)) {
                (Side::Client, None, Some(id)) if asked.contains_key(&id) => {
                    if let Some((method, number)) = asked.get(&id) {
                        self.reply(&message, method, *number);
                    }
                }
                (Side::Client, method, id) => {
                    exits |= method == Some("exit");
                    open.extend(method.zip(id).map(|(method, id)| (id, method.to_owned())));
                    self.send(recorded.body);
                }
                (Side::Server, Some(method), Some(id)) => {
                    let count = counts.entry(method.to_owned()).or_default();
                    asked.insert(id, (method.to_owned(), *count));
                    *count += 1;
                }
                (Side::Server, None, Some(id)) => {
                    let at = open.iter().position(|(known, _)| *known == id);
                    let method = at.map(|at| open.swap_remove(at).1).unwrap_or_default();
                    self.compare(&id, &method, Some(message));
                }
                (Side::Server, ..) => {}
            }
        }
        // What the recording leaves without an answer is what the report may be about.
        for (id, method) in open.into_iter().filter(|_| !exits) {
            self.compare(&id, &method, None);
        }
    }

    fn send(&mut self, body: &[u8]) {
        if let Some(input) = &mut self.input {
            let sent = input.write_all(&framed(body)).and_then(|()| input.flush());
            self.sent += usize::from(sent.is_ok());
            if sent.is_err() {
                self.input = None;
            }
        }
    }

    /// Sends the answer to the server's question number `number` of its method.
    fn reply(&mut self, answer: &Value, method: &str, number: usize) {
        self.hear(PATIENCE_FOR_QUESTIONS, |player| player.questions.get(method).is_some_and(|ids| ids.len() > number));
        match self.questions.get(method).and_then(|ids| ids.get(number)) {
            Some(id) => {
                let mut answer = answer.clone();
                answer["id"] = id.clone();
                self.send(answer.to_string().as_bytes());
            }
            None => self.differences.push(ReplayDifference {
                about: format!("{method}, which the server asked"),
                then: Some(answer.clone()),
                now: None,
            }),
        }
    }

    /// Waits for the answer to the request `id`, and holds it against that of the recording.
    fn compare(&mut self, id: &str, method: &str, then: Option<Value>) {
        self.hear(PATIENCE, |player| player.answers.contains_key(id));
        let now = self.answers.remove(id);
        if then.is_some() && then.as_ref().map(essence) == now.as_ref().map(essence) {
            self.same += 1;
        } else {
            self.differences.push(ReplayDifference { about: format!("{method} ({id})"), then, now });
        }
    }

    /// Listens until it is `enough`, the server closed its end, or `patience` ran out.
    fn hear(&mut self, patience: Duration, enough: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + patience;
        while !enough(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(body) = self.heard.recv_timeout(left) else { return };
            let message: Value = serde_json::from_slice(&body).unwrap_or_default();
            let Some(id) = message.get("id").filter(|id| !id.is_null()) else { continue };
            match message["method"].as_str() {
                Some(method) => self.questions.entry(method.to_owned()).or_default().push(id.clone()),
                None => drop(self.answers.insert(id.to_string(), message)),
            }
        }
    }
}

/// An answer without what only names it: the number of a report of diagnostics.
fn essence(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(result) = answer.get_mut("result").and_then(Value::as_object_mut) {
        result.remove("resultId");
    }
    answer
}
