//! The way of messages to the framework and back.
//!
//! The framework is given messages that were read already, and each goes as far as it can before the next one is looked
//! at, so that the desk hears of all in the order in which they came.

use std::future::poll_fn;
use std::time::Duration;

use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, SinkExt as _, StreamExt as _};
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::{ClientSocket, LspService};
use tower_service::Service as _;

use super::order::Message;
use super::server::{DocumentText, Front};
use super::transport::Outbox;

/// How long the answer to `initialize` may hold up what comes after it.
const LONGEST_START: Duration = Duration::from_secs(10);

/// Serves what comes through `inbox` until its end, and then answers what is still asked.
pub async fn serve(
    mut service: LspService<Front>,
    socket: ClientSocket,
    mut inbox: UnboundedReceiver<Message>,
    outbox: Outbox,
) {
    let (mut questions, mut answers) = socket.split();
    let mut asked = FuturesUnordered::new();
    loop {
        let message = tokio::select! {
            message = inbox.recv() => message,
            Some(question) = questions.next() => {
                outbox.message(&question);
                continue;
            }
            Some(answer) = asked.next() => {
                send(answer, &outbox);
                continue;
            }
        };
        let call = match message {
            Some(Message::Call(call)) => call,
            Some(Message::Answer(answer)) => {
                let _ = answers.send(answer).await;
                continue;
            }
            None => break,
        };
        if let Some(text) = DocumentText::of(&call) {
            let (_, _, params) = call.into_parts();
            if let Err(lost) = service.inner().text(text, params.unwrap_or_default()) {
                outbox.warn(&lost);
            }
            continue;
        }
        if poll_fn(|context| service.poll_ready(context)).await.is_err() {
            return;
        }
        let starts = call.method() == "initialize";
        let mut answer = service.call(call);
        let now = if starts {
            // The framework refuses what comes before it has answered; a client that waits for nothing is served too.
            tokio::time::timeout(LONGEST_START, &mut answer).await.ok()
        } else {
            (&mut answer).now_or_never()
        };
        match now {
            Some(answer) => send(answer, &outbox),
            None => asked.push(answer),
        }
    }
    while let Some(answer) = asked.next().await {
        send(answer, &outbox);
    }
}

/// Sends the answer to a request; a notification has none.
fn send<E>(answer: Result<Option<tower_lsp::jsonrpc::Response>, E>, outbox: &Outbox) {
    if let Ok(Some(answer)) = answer {
        outbox.message(&answer);
    }
}
