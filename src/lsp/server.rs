//! The framework's side: each message becomes an event for the desk.
//!
//! Handlers of notifications wait for nothing, or changes would be applied out of order. Handlers of requests wait for
//! the desk's answer and for nothing else.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::notification::{DidChangeTextDocument, DidOpenTextDocument, Notification as _};
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, PrepareRenameResponse, ReferenceParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensParams, SemanticTokensResult, SetTraceParams,
    TextDocumentPositionParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit,
};

use super::Life;
use super::event::{Event, Look, Reply, Request};
use super::status::{About, StoryStatus};

/// What a client says of the text of a document.
#[derive(Clone, Copy, Debug)]
pub enum DocumentText {
    /// `textDocument/didOpen`
    Opened,
    /// `textDocument/didChange`
    Changed,
}

impl DocumentText {
    /// What a notification says of a text, if it does.
    pub fn of(call: &tower_lsp::jsonrpc::Request) -> Option<Self> {
        match call.method() {
            _ if call.id().is_some() => None,
            DidOpenTextDocument::METHOD => Some(Self::Opened),
            DidChangeTextDocument::METHOD => Some(Self::Changed),
            _ => None,
        }
    }
}

/// What the framework calls.
pub struct Front {
    events: Sender<Event>,
    life: Arc<Life>,
}

impl Front {
    /// Sends what happens to `events`.
    pub fn new(events: Sender<Event>, life: Arc<Life>) -> Self {
        Self { events, life }
    }

    fn tell(&self, event: Event) {
        // The desk is gone only when the process ends.
        let _ = self.events.send(event);
    }

    /// The answer to a request; an internal error where working it out panicked.
    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T> {
        self.answer(|reply| Event::Asked(request(reply))).await
    }

    /// The same, of what is seen by a look at one document.
    async fn look<T>(&self, look: impl FnOnce(Reply<T>) -> Look) -> Result<T> {
        self.answer(|reply| Event::LookedFor(look(reply))).await
    }

    async fn answer<T>(&self, event: impl FnOnce(Reply<T>) -> Event) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(event(reply));
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

/// What does not come by way of the framework, and what it does not know.
impl Front {
    /// A document was opened or changed, which the framework would pass over where it cannot read it. Of all notifications
    /// these are the ones whose loss nobody would notice: a story without findings seems to be in order, and edits land in
    /// the wrong place only later.
    ///
    /// # Errors
    ///
    /// Says that it cannot be read, and why.
    pub fn text(&self, text: DocumentText, params: Value) -> std::result::Result<(), String> {
        let event = match text {
            DocumentText::Opened => serde_json::from_value::<DidOpenTextDocumentParams>(params)
                .map(|params| Event::Opened(params.text_document))
                .map_err(|why| format!("A document could not be opened, because the message cannot be read: {why}")),
            DocumentText::Changed => serde_json::from_value(params).map(Event::Changed).map_err(|why| {
                format!(
                    "A change could not be read and is lost; reopen the story, or findings will be misplaced: {why}"
                )
            }),
        };
        event.map(|event| self.tell(event))
    }

    /// `$/setTrace`.
    pub async fn set_trace(&self, params: SetTraceParams) {
        self.tell(Event::SetTrace(params.value));
    }

    /// `copydesk/status`.
    pub async fn status(&self, about: About) -> Result<Option<StoryStatus>> {
        self.ask(|reply| Request::Status(about.text_document.uri, reply)).await
    }

    /// `copydesk/facts`.
    pub async fn facts(&self, about: About) -> Result<Option<LSPAny>> {
        self.ask(|reply| Request::Facts(about.text_document.uri, about.all, reply)).await
    }
}

impl LanguageServer for Front {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            super::watch(id, &self.life);
        }
        self.ask(|reply| Request::Initialize(Box::new(params), reply)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Closed(params));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.ask(|reply| Request::Diagnostic(params, reply)).await.map(Into::into)
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.ask(|reply| Request::WorkspaceDiagnostic(params, reply)).await
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::Saved(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::SettingsChanged(params.settings));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::FilesChanged(params.changes.into_iter().map(|change| change.uri).collect()));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::FoldersChanged(params.event));
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask(|reply| Request::CodeAction(params, reply)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.ask(|reply| Request::Resolve(Box::new(action), reply)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.ask(|reply| Request::Execute(params, reply)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.look(|reply| Look::Hover(params, reply)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.look(|reply| Look::Symbols(params, reply)).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.look(|reply| Look::Folds(params, reply)).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.look(|reply| Look::Selections(params, reply)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.look(|reply| Look::Highlights(params, reply)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.look(|reply| Look::Definition(params, reply)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.look(|reply| Look::References(params, reply)).await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.look(|reply| Look::PrepareRename(at, reply)).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.ask(|reply| Request::Rename(params, reply)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.look(|reply| Look::Hints(params, reply)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.look(|reply| Look::Lenses(params, reply)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.look(|reply| Look::Links(params, reply)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        self.look(|reply| Look::Tokens(params, reply)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.look(|reply| Look::Completion(params, reply)).await
    }
}
