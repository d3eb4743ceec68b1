//! The connection: what comes in pieces, too fast or broken, and how the server ends.

use serde_json::{Value, json};

use crate::client::{Client, program};

#[test]
fn exit_codes_say_whether_the_client_said_goodbye() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    client.notify_exit();
    assert_eq!(client.exit_code(), Some(1), "exit without shutdown");

    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    client.hang_up();
    assert_eq!(client.exit_code(), Some(1), "the end of standard input");

    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    client.request("shutdown", Value::Null);
    let refused = client.answer("textDocument/diagnostic", json!({ "textDocument": { "uri": "untitled:a" } }));
    assert_eq!(refused["error"]["code"], json!(-32600), "after shutdown only exit is served");
    client.notify_exit();
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn broken_messages_are_answered_and_cost_nothing_else() {
    let mut client = Client::stdio();
    let early = client.answer("textDocument/diagnostic", json!({}));
    assert_eq!(early["error"]["code"], json!(-32002), "before initialize");
    client.initialize(json!({}), json!({}));
    for (body, code) in
        [("{\"jsonrpc\":", -32700), ("[1, 2]", -32600), ("{\"jsonrpc\":\"1.0\",\"method\":\"x\"}", -32600)]
    {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        let answer = client.next();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(code)), "{body}");
    }
    let unknown = client.answer("textDocument/brew", json!({}));
    assert_eq!(unknown["error"]["code"], json!(-32601));
    // Noise, a header in small letters, half of an emoji, and all of it one byte at a time.
    let body = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"plaintext","version":1,"text":"half \ud83d of it"}}}"#;
    for byte in format!("noise\r\n\r\ncontent-length: {}\r\n\r\n{body}", body.len()).bytes() {
        client.send_bytes(&[byte]);
    }
    client.diagnostics("untitled:a", 1);
    client.shut_down();
}

#[test]
fn a_client_that_writes_megabytes_before_it_reads_is_served() {
    let mut client = Client::deaf();
    client.start("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    // Each of them is answered, with an error, so that more waits to be written than a pipe holds.
    let filler = "x".repeat(1000);
    for _ in 0..2000 {
        client.start("copydesk/unknown", json!({ "filler": filler }));
    }
    client.listen();
    for _ in 0..=2000 {
        client.next();
    }
    client.shut_down();
}

#[test]
fn many_requests_may_be_cancelled() {
    let mut client = Client::stdio();
    client.initialize(json!({ "textDocument": { "diagnostic": {} } }), json!({ "date": "2018-02-12" }));
    client.open("untitled:a", "plaintext", &"The council insists of meeting.\n\n".repeat(200));
    let document = json!({ "uri": "untitled:a" });
    let ids: Vec<i64> =
        (0..300).map(|_| client.start("textDocument/diagnostic", json!({ "textDocument": document }))).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    let mut answered: Vec<i64> = ids
        .iter()
        .map(|_| {
            let answer = client.next();
            let cancelled = answer["error"]["code"] == json!(-32800);
            assert!(cancelled || answer["result"]["kind"] == json!("full"), "{answer}");
            answer["id"].as_i64().expect("a number")
        })
        .collect();
    answered.sort();
    assert_eq!(answered, ids, "every request is answered once");
    client.shut_down();
}

#[test]
fn the_server_ends_with_its_client() {
    let mut parent = program().spawn().expect("the program starts");
    let mut client = Client::stdio();
    client.request("initialize", json!({ "processId": parent.id(), "rootUri": null, "capabilities": {} }));
    parent.kill().expect("it runs");
    parent.wait().expect("it is a child");
    if cfg!(unix) {
        assert_eq!(client.exit_code(), Some(1));
    }
}

#[test]
fn what_is_said_can_be_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let mut child = program().arg("--log").arg(&log).spawn().expect("the program starts");
    let (input, output) = (child.stdout.take().expect("piped"), child.stdin.take().expect("piped"));
    let mut client = Client::over(child, input, output);
    client.listen();
    client.initialize(json!({}), json!({}));
    client.check("untitled:a", "plaintext", "Café 😀\n");
    client.shut_down();
    let log = std::fs::read_to_string(log).expect("it was written");
    let said: Vec<&str> =
        log.lines().filter(|line| line.starts_with("client ") || line.starts_with("server ")).collect();
    assert_eq!(said.iter().filter(|line| line.starts_with("client ")).count(), 5, "{log}");
    assert!(log.contains("\"text\":\"Café 😀\\n\"") && log.contains("publishDiagnostics"), "{log}");
}

#[test]
fn sockets_and_pipes_work_as_well() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    let child = program().arg(format!("--socket={port}")).spawn().expect("the program starts");
    let (stream, _) = listener.accept().expect("the server connects");
    let mut client = Client::over(child, stream.try_clone().expect("it is open"), stream);
    client.listen();
    client.initialize(json!({}), json!({}));
    client.shut_down();

    #[cfg(unix)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let listener = std::os::unix::net::UnixListener::bind(&path).expect("it is new");
        let child = program().arg("--pipe").arg(&path).spawn().expect("the program starts");
        let (stream, _) = listener.accept().expect("the server connects");
        let mut client = Client::over(child, stream.try_clone().expect("it is open"), stream);
        client.listen();
        client.initialize(json!({}), json!({}));
        client.shut_down();
    }
}
