//! The connection: what comes in pieces, too fast or broken, and how the server ends.

use serde_json::{Value, json};

use crate::client::{Client, framed, program};

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
fn a_client_need_not_wait_for_answers() {
    // The whole session in one write: what comes first counts first, however long its answer takes to make.
    for _ in 0..20 {
        let mut client = Client::stdio();
        let document = json!({ "uri": "untitled:a", "languageId": "plaintext", "version": 1, "text": "It rained.\n" });
        let said = [
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }),
            json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
            json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
            json!({ "jsonrpc": "2.0", "id": 2, "method": "copydesk/unknown" }),
            json!({ "jsonrpc": "2.0", "id": 3, "method": "shutdown" }),
            json!({ "jsonrpc": "2.0", "method": "textDocument/didClose", "params": {} }),
            json!({ "jsonrpc": "2.0", "id": 4, "method": "textDocument/hover", "params": {} }),
            json!({ "jsonrpc": "2.0", "method": "exit" }),
            json!({ "jsonrpc": "2.0", "id": 5, "method": "textDocument/hover", "params": {} }),
        ];
        let bytes: Vec<u8> = said.iter().flat_map(framed).collect();
        client.send_bytes(&bytes);
        let mut answers = std::collections::BTreeMap::new();
        while let Some(message) = client.last_words() {
            match message["id"].as_i64() {
                Some(id) => assert_eq!(answers.insert(id, message.clone()), None, "answered twice: {message}"),
                None => assert_eq!(message["method"], json!("textDocument/publishDiagnostics"), "{message}"),
            }
        }
        assert_eq!(answers.keys().collect::<Vec<_>>(), [&1, &2, &3, &4], "nothing is answered after exit");
        assert!(answers[&1]["result"]["capabilities"].is_object(), "{answers:?}");
        assert_eq!(answers[&2]["error"]["code"], json!(-32601));
        assert_eq!(answers[&3]["result"], Value::Null);
        assert_eq!(answers[&4]["error"]["code"], json!(-32600), "after shutdown");
        assert_eq!(client.exit_code(), Some(0));
    }
}

#[test]
fn a_capability_that_nobody_knows_costs_itself_only() {
    let mut client = Client::stdio();
    let unknown = json!({
        "textDocument": { "hover": { "contentFormat": ["asciidoc"] } },
        "workspace": { "workspaceEdit": { "failureHandling": "hope" } },
        "general": { "positionEncodings": ["utf-64", "utf-8"] },
    });
    let server = client.initialize(unknown, json!({}));
    assert_eq!(server["positionEncoding"], json!("utf-8"));
    client.shut_down();
}

#[test]
fn nothing_is_served_before_initialize() {
    let mut client = Client::stdio();
    for method in ["textDocument/hover", "copydesk/status", "copydesk/unknown", "$/unknown", "shutdown"] {
        let early = client.answer(method, json!({}));
        assert_eq!(early["error"]["code"], json!(-32002), "{method}");
    }
    client.open("untitled:a", "plaintext", "It rained.\n");
    // A request to initialize that cannot be read begins nothing.
    let wrong = client.answer("initialize", json!({ "capabilities": 7 }));
    assert_eq!(wrong["error"]["code"], json!(-32602));
    assert_eq!(client.answer("copydesk/status", json!({}))["error"]["code"], json!(-32002));
    client.initialize(json!({}), json!({}));
    let twice = client.answer("initialize", json!({ "capabilities": {} }));
    assert_eq!(twice["error"]["code"], json!(-32600), "only once");
    client.shut_down();
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
    // What starts with a dollar may be passed over, but not when it is a request.
    client.notify("$/brew", json!({}));
    for method in ["textDocument/brew", "$/brew"] {
        let unknown = client.answer(method, json!({}));
        assert_eq!(unknown["error"]["code"], json!(-32601), "{method}");
    }
    // Noise, a header in small letters, half of an emoji, and all of it one byte at a time.
    let body = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"plaintext","version":1,"text":"half \ud83d of it"}}}"#;
    for byte in format!("noise\r\n\r\ncontent-length: {}\r\n\r\n{body}", body.len()).bytes() {
        client.send_bytes(&[byte]);
    }
    client.diagnostics("untitled:a", 1);
    // A length that is too short costs that message, and not those behind it.
    let question = json!({ "jsonrpc": "2.0", "id": 77, "method": "copydesk/unknown" });
    let whole = framed(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": { "filler": "x".repeat(5000) } }));
    let body = whole.iter().position(|&byte| byte == b'{').expect("there is a body");
    client.send_bytes(&[b"Content-Length: 20\r\n\r\n", &whole[body..], &framed(&question)].concat());
    assert_eq!(client.next()["error"]["code"], json!(-32700));
    assert_eq!(client.next()["id"], json!(77));
    client.shut_down();
}

#[test]
fn lengths_that_are_too_large_swallow_nothing() {
    let mut client = Client::stdio();
    client.initialize(json!({}), json!({}));
    let ask = |id: i64| json!({ "jsonrpc": "2.0", "id": id, "method": "copydesk/unknown" }).to_string();
    // A whole message is answered at once, though its header promises more.
    for (id, more) in [(70, 1), (71, 9), (72, 40), (73, 5000)] {
        let body = ask(id);
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len() + more).as_bytes());
        if id == 71 {
            // Only when something else than space comes is it certain, and it is said once.
            let complaint = client.notification("window/logMessage");
            assert_eq!(complaint["type"], json!(2));
            let message = complaint["message"].as_str().expect("a text");
            let lengths = format!("Content-Length: {}, but the message is {} bytes long", body.len() + 1, body.len());
            assert!(message.contains(&lengths), "{message}");
        }
        assert_eq!(client.next()["id"], json!(id));
    }
    // One that breaks off is answered with an error when the next one comes, which is served.
    for cut in [1, 15, 30, 45] {
        let whole = ask(80);
        let text = format!("Content-Length: {}\r\n\r\n{}", whole.len() + 20, &whole[..cut]);
        client.send_bytes(&[text.as_bytes(), &framed(&serde_json::from_str(&ask(81)).expect("JSON"))].concat());
        let refused = client.next();
        assert_eq!((&refused["id"], &refused["error"]["code"]), (&Value::Null, &json!(-32700)), "{cut}");
        assert_eq!(client.next()["id"], json!(81), "{cut}");
    }
    // A story that shows a header is one message.
    let story = "The log says:\r\nContent-Length: 2\r\n\r\n{}\r\nThe council insists of meeting.\r\n";
    assert_eq!(client.check("untitled:a", "plaintext", story).len(), 1);
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
