//! Each event with what is done about it, and each request with its answer.

use std::time::Instant;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::{CompletionResponse, LogTraceParams, MessageType, TraceValue, Uri};

use super::Desk;
use crate::lsp::document::View;
use crate::lsp::event::{Event, Look, Reply, Request};
use crate::lsp::{completion, facts, hints, hover, outline, people, status, tokens, trace};

impl Desk {
    /// Does what an event asks for.
    pub(super) fn handle(&mut self, event: Event) {
        match event {
            Event::Initialized => self.initialized(),
            Event::SetTrace(value) => self.trace = value,
            Event::Opened(document) => self.open(document),
            Event::Changed(params) => self.change(params),
            Event::Closed(params) => self.close(&params),
            Event::Saved(uri) => self.saved(uri),
            Event::SettingsChanged(settings) => self.settings_changed(&settings),
            Event::FilesChanged(files) => self.files_changed(&files),
            Event::FoldersChanged(change) => self.folders_changed(&change),
            Event::Configured(settings) => self.configure(&settings),
            Event::ImagesRead { uri, sources, found } => {
                // The story may have other images by now.
                if self.document(&uri).is_some_and(|document| document.set_images(&sources, found)) {
                    self.check_soon(&uri);
                    self.refresh();
                }
            }
            Event::SourcesRead { uri, names, gathered, library } => {
                for problem in &gathered.problems {
                    self.log(MessageType::WARNING, problem);
                }
                if self.document(&uri).is_some_and(|document| document.set_sources(&names, gathered, library)) {
                    self.check_soon(&uri);
                    self.refresh();
                }
            }
            Event::SourceChosen { uri, fact, source } => {
                if let Err(error) = self.source_chosen(&uri, &fact, source) {
                    self.log(MessageType::ERROR, error.message);
                }
            }
            Event::Asked(request) => self.reply(request),
            Event::LookedFor(look) => self.look_for(look),
        }
    }

    fn reply(&mut self, request: Request) {
        match request {
            Request::Initialize(params, reply) => self.answer("initialize", reply, |desk| Ok(desk.initialize(*params))),
            Request::Diagnostic(params, reply) => {
                self.answer("textDocument/diagnostic", reply, |desk| desk.diagnostic(&params));
            }
            // Another thread answers, and tells itself what that took.
            Request::WorkspaceDiagnostic(params, reply) => self.report_workspace(params, reply),
            Request::CodeAction(params, reply) => {
                self.answer("textDocument/codeAction", reply, |desk| desk.code_actions(&params));
            }
            Request::Resolve(action, reply) => {
                self.answer("codeAction/resolve", reply, |desk| desk.resolve(*action));
            }
            Request::Execute(params, reply) => {
                self.answer("workspace/executeCommand", reply, |desk| desk.execute(params));
            }
            Request::Rename(params, reply) => self.answer("textDocument/rename", reply, |desk| desk.rename(&params)),
            Request::Status(uri, reply) => {
                self.answer("copydesk/status", reply, |desk| desk.look_at_story(&uri, status::status));
            }
            Request::Facts(uri, all, reply) => {
                self.look_at_ledger(&uri);
                self.answer("copydesk/facts", reply, |desk| desk.look_at_story(&uri, |view| status::facts(view, all)));
            }
        }
    }

    fn look_for(&mut self, look: Look) {
        match look {
            Look::Hover(params, reply) => {
                self.look_at_ledger(&params.text_document_position_params.text_document.uri);
                let at = params.text_document_position_params;
                let style = hover::TextStyle {
                    markdown: self.abilities.markdown,
                    findings_are_shown: self.abilities.hovers_findings,
                };
                self.show("textDocument/hover", reply, &at.text_document.uri, |view| {
                    hover::hover(view, at.position, style)
                });
            }
            Look::Symbols(params, reply) => {
                let nested = self.abilities.nested_symbols;
                self.show("textDocument/documentSymbol", reply, &params.text_document.uri, |view| {
                    Some(outline::symbols(view, nested))
                });
            }
            Look::Folds(params, reply) => {
                self.show("textDocument/foldingRange", reply, &params.text_document.uri, |view| {
                    Some(outline::folds(view))
                });
            }
            Look::Selections(params, reply) => {
                self.show("textDocument/selectionRange", reply, &params.text_document.uri, |view| {
                    Some(outline::selections(view, &params.positions))
                });
            }
            Look::Highlights(params, reply) => {
                let at = params.text_document_position_params;
                // Editors ask for highlights where the cursor is.
                self.cursor_at(&at.text_document.uri, at.position);
                self.show("textDocument/documentHighlight", reply, &at.text_document.uri, |view| {
                    people::highlights(view, at.position)
                });
            }
            Look::Definition(params, reply) => {
                let at = params.text_document_position_params;
                self.show("textDocument/definition", reply, &at.text_document.uri, |view| {
                    let named = people::definition(view, at.position);
                    let all: Vec<_> = named.into_iter().chain(facts::definitions(view, at.position)).collect();
                    match all.len() {
                        0 => None,
                        1 => all.into_iter().next().map(Into::into),
                        _ => Some(all.into()),
                    }
                });
            }
            Look::References(params, reply) => {
                let (at, with_first) = (params.text_document_position, params.context.include_declaration);
                self.show("textDocument/references", reply, &at.text_document.uri, |view| {
                    let named = people::references(view, at.position, with_first);
                    named.or_else(|| facts::references(view, at.position, with_first))
                });
            }
            Look::PrepareRename(at, reply) => {
                self.show("textDocument/prepareRename", reply, &at.text_document.uri, |view| {
                    people::prepare_rename(view, at.position)
                });
            }
            Look::Hints(params, reply) => {
                let wanted = self.settings.inlay_hints;
                self.show("textDocument/inlayHint", reply, &params.text_document.uri, |view| {
                    wanted.then(|| hints::inlay(view, params.range))
                });
            }
            Look::Lenses(params, reply) => {
                let wanted = self.settings.code_lens;
                self.look_at_ledger(&params.text_document.uri);
                self.show("textDocument/codeLens", reply, &params.text_document.uri, |view| {
                    wanted.then(|| hints::lenses(view))
                });
            }
            Look::Tokens(params, reply) => {
                let wanted = self.settings.fact_tokens;
                self.show("textDocument/semanticTokens/full", reply, &params.text_document.uri, |view| {
                    wanted.then(|| tokens::tokens(view).into())
                });
            }
            Look::Links(params, reply) => {
                self.show("textDocument/documentLink", reply, &params.text_document.uri, |view| {
                    Some(hints::links(view))
                });
            }
            Look::Completion(params, reply) => {
                let at = params.text_document_position;
                self.show("textDocument/completion", reply, &at.text_document.uri, |view| {
                    Some(CompletionResponse::Array(completion::complete(view, at.position)))
                });
            }
        }
    }

    /// Answers a request of `method` with what `look` sees of a document.
    fn show<T>(&mut self, method: &str, reply: Reply<T>, uri: &Uri, look: impl FnOnce(&View) -> T) {
        self.answer(method, reply, |desk| desk.look(uri, look));
    }

    /// Works out the answer to a request of `method`. One that was cancelled before its turn costs nothing; where the work
    /// panics the client gets an internal error, because `reply` is dropped.
    fn answer<T>(&mut self, method: &str, reply: Reply<T>, work: impl FnOnce(&mut Self) -> Result<T>) {
        if reply.is_closed() {
            return self.trace(|| format!("{method}: cancelled before its turn"), String::new);
        }
        let start = Instant::now();
        let answer = work(self);
        let outcome = if answer.is_ok() { "answered" } else { "refused" };
        self.trace(|| format!("{method}: {outcome} in {}", trace::milliseconds(start)), String::new);
        // The client may have cancelled it meanwhile.
        let _ = reply.send(answer);
    }

    /// Tells of one step, when the client wants that; `details` are for one who wants all.
    pub(super) fn trace(&self, message: impl FnOnce() -> String, details: impl FnOnce() -> String) {
        if self.trace == TraceValue::Off {
            return;
        }
        let details = (self.trace == TraceValue::Verbose).then(details).filter(|details| !details.is_empty());
        self.outbox.notify::<LogTrace>(&LogTraceParams { message: message(), verbose: details });
    }
}
