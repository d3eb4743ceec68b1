//! What a keystroke costs an editor: `cargo bench --bench latency`.
//!
//! Each is timed twice:
//!
//! - *change to findings*, which is what the budgets are about: from the change as it is when its message was received
//!   and decoded, through the buffer of the editor's text and the analysis, to the findings. This runs in the process of
//!   the benchmark, by the same calls as in the server, because a clock inside the server would measure itself as well.
//! - *sent to diagnostics read*, which is what a person waits for: from before the client writes the message until it has
//!   read the diagnostics of that version whole. The server runs as editors run it, over real pipes; its messages as
//!   JSON, the pipes and two wake-ups of processes come on top, and *empty round trip* tells what these cost alone.
//!   Decoding the diagnostics is the client's work, and left out.
//!
//! Three things are done in each story: a letter is typed and deleted by turns; a paragraph is written letter by letter,
//! with names, quotes, days and figures; a paragraph is broken in two and joined.
//!
//! Memory is that of the server's process, by the kernel's count. Behind each figure that has a budget stands how many
//! times the budget it is: 0.50 is half of it, 2.00 twice as much. Percentiles need the single times, so this measures by
//! itself.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::markup::Format;
use copydesk::project::{ProjectOptions, Projects};
use copydesk::settings::Settings;
use copydesk::story::Surroundings;
use copydesk::text::{Buffer, Position, PositionEncoding, TextEdit};
use serde_json::{Value, json};

const PARAGRAPHS: &[&str] = &[
    "“We heard nothing from the harbor board until Tuesday, and by then the boats had gone,” Ana Ruiz said.",
    "Mayor Dale Finch told reporters on Sunday that fares would rise 5 percent to $2.10 from $2 next month.",
    "The terminal, which opened in late 2009, served about 1.2 million passengers last year, according to the board.",
    "Tom Okafor, a spokesman for the Port Ellery Ferry Company (PEFC), declined to comment.",
    "“It is too early to say,” she added. “We’ll know more once the state’s engineers have been here.”",
    "The council votes on Feb. 20, two weeks after the hearing, and the first of four piers closes in March.",
    "Officials said the old pier was unsafe; Finch’s adviser called the report “close to useless.”",
];

/// Stands before a paragraph in which is typed. The finding in it moves with every letter typed before it, so that every
/// keystroke changes the list: where that stays the same the server rightly says nothing, and nothing could be timed.
const TYPED: &str = "Today the council insists of meeting. ";

/// The column at which a letter is typed and deleted by turns: the end of the first word.
const COLUMN: usize = 5;

/// A paragraph that is written letter by letter: people whom the story knows and others, a quote that it has and a new one,
/// days and figures, so that people, speakers and pairs of quotes change with every few letters.
const WRITTEN: &str = "Councilwoman Lena Hart told Mayor Dale Finch on Tuesday that Tom Okafor had left. “We heard nothing \
    from the harbor board until Tuesday,” Ruiz said. Hart, 42, a spokeswoman for the PEFC, counted 1,200 people on Feb. 20, \
    or 5 percent. “It’s going to be a long winter for all of us,” she added.";

/// What a keystroke may cost at the 99th percentile in a story of 10,000 words or less, in milliseconds.
const BUDGET: f64 = 1.0;
/// The same in a story of 1 MB.
const BUDGET_LONG: f64 = 5.0;
/// The memory that the server may take with a story of 1 MB open, in MB.
const BUDGET_MEMORY: f64 = 64.0;

/// A story of at least so many bytes, and its number of words.
fn story(bytes: usize) -> (String, usize) {
    let mut text = String::from("Ferry Terminal Plan Divides Port Ellery\n\n");
    for (number, paragraph) in PARAGRAPHS.iter().cycle().enumerate() {
        if text.len() >= bytes {
            break;
        }
        // Each paragraph differs, so that nothing is saved by its text alone.
        let _ = write!(text, "{paragraph} It was item {number}.\n\n");
    }
    let words = text.split_whitespace().count();
    (text, words)
}

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        let child = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let input = child.stdin.take().expect("it was piped");
        let output = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut server = Self { child, input, output };
        let options = json!({ "date": "2018-02-12" });
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": {}, "initializationOptions": options });
        server.request(1, "initialize", &params);
        server.notify("initialized", &json!({}));
        server
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(message.as_bytes()).expect("the server reads");
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn request(&mut self, id: i64, method: &str, params: &Value) -> Value {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message: Value = serde_json::from_slice(&self.read()).expect("the server sends JSON");
            if message["id"] == json!(id) {
                return message;
            }
        }
    }

    /// The body of the next message.
    fn read(&mut self) -> Vec<u8> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("it can be read"), 0, "the server ended");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(value) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("the whole message comes");
        body
    }

    /// Waits for the diagnostics of a document in a version, and gives how many there are.
    ///
    /// Reading them as JSON is the client's work and not timed here: the second value is when they were there.
    fn published(&mut self, uri: &str, version: i64) -> (usize, Instant) {
        loop {
            let body = self.read();
            let now = Instant::now();
            let message: Value = serde_json::from_slice(&body).expect("the server sends JSON");
            let params = &message["params"];
            if params["uri"] == json!(uri) && params["version"] == json!(version) {
                return (params["diagnostics"].as_array().map_or(0, Vec::len), now);
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 0, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    fn replace(&mut self, uri: &str, version: i64, line: usize, columns: (usize, usize), text: &str) {
        let range = json!({
            "start": { "line": line, "character": columns.0 }, "end": { "line": line, "character": columns.1 },
        });
        let changes = json!([{ "range": range, "text": text }]);
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Types a letter and deletes it again, so many keystrokes in all, and gives what each of them took. The line starts
    /// with [`TYPED`], and the document is in version 1.
    fn typing(&mut self, uri: &str, line: usize, keystrokes: i64) -> Vec<Duration> {
        let stroke = |version: i64| {
            let (end, letter) = if version % 2 == 0 { (COLUMN, "s") } else { (COLUMN + 1, "") };
            let began = Instant::now();
            self.replace(uri, version, line, (COLUMN, end), letter);
            self.published(uri, version).1.duration_since(began)
        };
        (2..2 + keystrokes).map(stroke).collect()
    }

    /// What the kernel says of the process's memory, in MB: its own now, and with the pages of files now and at most so far. `None`
    /// elsewhere than on Linux.
    fn memory(&self) -> Option<[f64; 3]> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let field = |name: &str| -> Option<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
        };
        Some([field("RssAnon:")?, field("VmRSS:")?, field("VmHWM:")?])
    }

    /// The time between a request for a small answer and that answer, when nothing was typed: what the pipe, the
    /// framework and a busy machine cost without any work of ours.
    fn round_trips(&mut self, count: i64) -> Vec<Duration> {
        (0..count)
            .map(|number| {
                let began = Instant::now();
                self.request(1000 + number, "copydesk/unknown", &json!({}));
                began.elapsed()
            })
            .collect()
    }

    fn end(mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
        while !self.read().windows(6).any(|bytes| bytes == b"\"id\":2") {}
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        let _ = std::io::copy(&mut self.output, &mut std::io::sink());
        let status = self.child.wait().expect("it is a child");
        assert!(status.success(), "the server ends well: {status}");
    }
}

/// A story that is edited without a server: by the same calls, in the process of the benchmark.
struct Here {
    analyzer: Analyzer,
    buffer: Buffer,
    source: String,
    analysis: Analysis,
    around: Surroundings,
    settings: Settings,
}

impl Here {
    fn open(text: &str) -> Self {
        let project =
            Projects::new(ProjectOptions { no_config: true, ..ProjectOptions::default() }).of_folder(".".as_ref());
        let mut around = Surroundings { date: Some(jiff::civil::date(2018, 2, 12)), ..Surroundings::default() };
        let path = "story.txt".as_ref();
        project.surround(path, &mut around);
        let settings = project.settings(path);
        let mut analyzer = Analyzer::new(project.rules.clone());
        let analysis = analyzer.analyze(text, Format::Plain, &around, &settings);
        Self { analyzer, buffer: Buffer::new(text, 0), source: text.to_owned(), analysis, around, settings }
    }

    /// Replaces columns of a line, and tells how long it took until the findings were there.
    fn replace(&mut self, line: usize, columns: (usize, usize), text: &str) -> Duration {
        self.change(at(line, columns.0)..at(line, columns.1), text)
    }

    fn change(&mut self, range: Range<Position>, text: &str) -> Duration {
        let edit = TextEdit { range: Some(range), text: text.to_owned() };
        let last: Analysis = std::mem::take(&mut self.analysis);
        let began = Instant::now();
        self.buffer.apply(&edit, PositionEncoding::Utf16);
        let text = self.buffer.text();
        let (format, around, settings) = (Format::Plain, &self.around, &self.settings);
        self.analysis = self.analyzer.analyze_again((&self.source, last), &text, format, around, settings);
        let took = began.elapsed();
        self.source = text;
        took
    }

    /// Types a letter and deletes it again, as [`Server::typing`] does.
    fn typing(&mut self, line: usize, keystrokes: i64) -> Vec<Duration> {
        let stroke = |number: i64| {
            let (end, letter) = if number % 2 == 0 { (COLUMN, "s") } else { (COLUMN + 1, "") };
            self.replace(line, (COLUMN, end), letter)
        };
        (0..keystrokes).map(stroke).collect()
    }

    /// Writes [`WRITTEN`] into an empty line, a letter at a time, with a line break behind it that is taken back, and deletes
    /// it whole, so many times. The letters that took longest in the median are printed, as a few decide the 99th percentile.
    fn writing(&mut self, line: usize, times: i64) -> Vec<Duration> {
        let mut all = Vec::new();
        for _ in 0..times {
            let mut column = 0;
            for letter in WRITTEN.chars() {
                all.push(self.replace(line, (column, column), letter.encode_utf8(&mut [0; 4])));
                column += letter.len_utf16();
            }
            all.push(self.replace(line, (column, column), "\n"));
            all.push(self.change(at(line, column)..at(line + 1, 0), ""));
            self.replace(line, (0, column), "");
        }
        print_slowest(&all);
        all
    }

    /// Breaks a line in two and joins it again.
    fn breaking(&mut self, line: usize, column: usize, keystrokes: i64) -> Vec<Duration> {
        let stroke = |number: i64| match number % 2 {
            0 => self.change(at(line, column)..at(line, column), "\n\n"),
            _ => self.change(at(line, column)..at(line + 2, 0), ""),
        };
        (0..keystrokes).map(stroke).collect()
    }
}

/// Prints behind which letters of [`WRITTEN`] a keystroke takes longest.
fn print_slowest(all: &[Duration]) {
    let strokes = WRITTEN.chars().count() + 2;
    let median = |letter: usize| {
        let mut times: Vec<Duration> = all.iter().skip(letter).step_by(strokes).copied().collect();
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    let mut letters: Vec<(Duration, usize)> = (0..strokes).map(|letter| (median(letter), letter)).collect();
    letters.sort();
    for (time, letter) in letters.iter().rev().take(6) {
        let written: Vec<char> = WRITTEN.chars().take(letter + 1).collect();
        let end: String = written[written.len().saturating_sub(24)..].iter().collect();
        println!("  {:8.3} ms behind “…{end}”", time.as_secs_f64() * 1e3);
    }
}

fn at(line: usize, column: usize) -> Position {
    Position { line: line as u32, column: column as u32 }
}

/// Prints the percentiles of some times, and how much of the budget the 99th is.
fn report(what: &str, mut times: Vec<Duration>, budget: Option<f64>) {
    times.sort();
    let at = |percent: usize| {
        let rank = (times.len() * percent).div_ceil(100).max(1) - 1;
        times.get(rank).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    };
    print!("{what:<52} p50 {:8.3} ms   p90 {:8.3} ms   p99 {:8.3} ms   n {:<5}", at(50), at(90), at(99), times.len());
    if let Some(budget) = budget {
        print!(" p50 {:.2}, p99 {:.2} times the {budget} ms of the budget", at(50) / budget, at(99) / budget);
    }
    println!();
}

/// Prints what the server takes, and how much of the budget that is.
fn report_memory(server: &Server, what: &str, budget: Option<f64>) {
    let Some([own, now, most]) = server.memory() else { return };
    print!("{what:<52} RssAnon {own:.1} MB   VmRSS {now:.1} MB   VmHWM {most:.1} MB");
    if let Some(budget) = budget {
        print!("   {:.2}, at most {:.2} times the {budget} MB of the budget", now / budget, most / budget);
    }
    println!();
}

/// Types in the middle of a story. The budgets are in milliseconds and MB.
fn keystrokes(name: &str, bytes: usize, rounds: i64, budget: f64, memory: Option<f64>) {
    let (text, words) = story(bytes);
    let uri = "file:///bench/story.txt";
    let mut server = Server::start();
    let opened = Instant::now();
    server.open(uri, &text);
    let (findings, ready) = server.published(uri, 0);
    println!(
        "{name}: {} bytes, {words} words, {findings} findings; opened in {:.1} ms",
        text.len(),
        ready.duration_since(opened).as_secs_f64() * 1e3
    );
    report(&format!("{name}: empty round trip"), server.round_trips(200), None);
    // Line 2n + 2 is the paragraph n; the faulty phrase is put before the one in the middle.
    let line = text.matches('\n').count() / 4 * 2;
    server.replace(uri, 1, line, (0, 0), TYPED);
    server.published(uri, 1);
    let times = server.typing(uri, line, rounds);
    report(&format!("{name}: keystroke, sent to diagnostics read"), times, Some(budget));
    report_memory(&server, &format!("{name}: memory"), memory);
    server.end();
    let mut here = Here::open(&text);
    here.replace(line, (0, 0), TYPED);
    report(&format!("{name}: keystroke, change to findings"), here.typing(line, rounds), Some(budget));
    here.replace(line, (0, 0), "\n\n\n\n");
    report(
        &format!("{name}: paragraph written, change to findings"),
        here.writing(line + 2, rounds / 100 + 1),
        Some(budget),
    );
    let times = here.breaking(line + 4, TYPED.len(), rounds / 5);
    report(&format!("{name}: paragraph broken and joined, same"), times, Some(budget));
}

/// Opens many documents of an ordinary length, then types in one of them.
fn many_documents(count: usize) {
    let (text, words) = story(6_000);
    let mut server = Server::start();
    report_memory(&server, "no document open: memory", None);
    let began = Instant::now();
    let uri = |number: usize| format!("file:///bench/{number}.txt");
    for number in 0..count {
        server.open(&uri(number), &text);
    }
    let (_, ready) = server.published(&uri(count - 1), 0);
    println!(
        "{count} documents of {words} words: opened and checked in {:.0} ms",
        ready.duration_since(began).as_secs_f64() * 1e3
    );
    report_memory(&server, &format!("{count} documents open: memory"), None);
    let uri = uri(count / 2);
    server.replace(&uri, 1, 2, (0, 0), TYPED);
    server.published(&uri, 1);
    let times = server.typing(&uri, 2, 300);
    report(&format!("{count} documents open: keystroke, sent to read"), times, Some(BUDGET));
    server.end();
}

fn main() {
    // `cargo test --benches` runs this too; there it only has to work.
    let quick = !std::env::args().any(|argument| argument == "--bench");
    let rounds = |full: i64| if quick { 4 } else { full };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores; load average before: {}", load.trim());
    keystrokes("10,000 words", 61_000, rounds(1000), BUDGET, None);
    keystrokes("1 MB", if quick { 50_000 } else { 1 << 20 }, rounds(500), BUDGET_LONG, Some(BUDGET_MEMORY));
    many_documents(if quick { 20 } else { 500 });
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load average after: {}", load.trim());
}
