//! A long day at the desk: ten documents edited again and again, others opened and closed. Memory must be at the end what it
//! was at the start, within a tenth.
//!
//! `COPYDESK_SOAK=50` does fifty times as much, 50,000 edits and 10,000 documents; `COPYDESK_PROGRAM` names the program.

use serde_json::{Value, json};

use crate::client::{Client, quiet};

/// Edits when nothing else is wanted; as many documents as a fifth of that are opened and closed.
const EDITS: usize = 1_000;
/// Documents that stay open.
const OPEN: usize = 10;
/// Edits between two questions, whose answers show that the server has come so far.
const BETWEEN: usize = 10;
/// Bytes that the allocator may keep over and above, whatever was done: pages of arenas that it has not given back.
const SLACK: u64 = 2 * 1024 * 1024;

/// Bytes of memory that the process has, where the system tells it.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// A story with facts of all kinds, with names of its own.
fn story(number: usize) -> String {
    let name = ["Okafor", "Ruiz", "Finch", "Quill", "Venn"][number % 5];
    let paragraph = |at: usize| {
        format!(
            "Mayor Ana {name} met Dale Finch{number} on Monday, Feb. {}, 2018, and said that the ferry {at} would cost ${at}.2 \
             million, 5 percent more than in 2017. “We will not leave this bridge to anyone,” she said on Sunday.",
            at % 28 + 1,
        )
    };
    (0..40).map(paragraph).collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Waits until the server has done all that it was sent.
fn catch_up(client: &mut Client, uri: &str) {
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 8 } });
    client.messages_until("textDocument/hover", place);
}

/// What is typed, and taken back by the next edit of the document.
const TYPED: [&str; 6] = ["x", "Ana Ruiz ", "\n\n", "“No,” he said. ", "(CQ)", "on Sunday, "];

/// Edits the documents; what one edit of a document puts there the next one takes away.
fn edit(client: &mut Client, versions: &mut [i32], edits: usize) {
    for edit in 0..edits {
        let (number, round) = (edit % OPEN, edit / OPEN);
        let uri = format!("untitled:{number}");
        let typed = TYPED[round / 2 % TYPED.len()];
        let (line, character) = (2 * (round / 2 % 40), 10 + round / 2 % 7);
        let start = json!({ "line": line, "character": character });
        let (breaks, letters) = (typed.matches('\n').count(), typed.encode_utf16().count());
        let end = match (round % 2, breaks) {
            (0, _) => start.clone(),
            (_, 0) => json!({ "line": line, "character": character + letters }),
            (_, breaks) => json!({ "line": line + breaks, "character": 0 }),
        };
        let text = if round % 2 == 0 { typed } else { "" };
        versions[number] += 1;
        client.change(&uri, versions[number], json!([{ "range": { "start": start, "end": end }, "text": text }]));
        if edit % BETWEEN == BETWEEN - 1 {
            catch_up(client, &uri);
        }
    }
}

/// Opens documents, each with a story of its own, and closes them.
fn open_and_close(client: &mut Client, documents: std::ops::Range<usize>) {
    for number in documents {
        let uri = format!("untitled:passing-{number}");
        client.open(&uri, "plaintext", &story(number));
        catch_up(client, &uri);
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    catch_up(client, "untitled:0");
}

#[test]
fn memory_is_in_the_evening_what_it_was_in_the_morning() {
    let times: usize = std::env::var("COPYDESK_SOAK").map_or(1, |times| times.parse().expect("a whole number"));
    let edits = EDITS * times;
    let mut client = Client::stdio();
    client.initialize(quiet(), Value::Null);
    let mut versions = [1; OPEN];
    for number in 0..OPEN {
        client.open(&format!("untitled:{number}"), "plaintext", &story(number));
    }
    // Whatever is made once is made, and the allocator has seen documents come and go.
    edit(&mut client, &mut versions, 2 * OPEN * TYPED.len());
    open_and_close(&mut client, 0..OPEN);
    let Some(start) = memory(client.process()) else { return };
    edit(&mut client, &mut versions, edits);
    let edited = memory(client.process()).expect("it still runs");
    open_and_close(&mut client, OPEN..OPEN + edits / 5);
    let end = memory(client.process()).expect("it still runs");
    let shown = [start, edited, end].map(|bytes| bytes / 1024);
    println!("{edits} edits, {} documents: KiB at the start, after the edits, at the end: {shown:?}", edits / 5);
    assert!(end <= start + start / 10 + SLACK, "KiB at the start, after the edits, at the end: {shown:?}");
    client.finish();
}
