//! The framework's side: each message becomes a job for the desk.
//!
//! Handlers of notifications wait for nothing, or changes would be applied out of order. Handlers of requests wait for
//! the desk's answer and for nothing else.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange,
    FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, PrepareRenameResponse,
    ReferenceParams, RenameParams, SelectionRange, SelectionRangeParams, SetTraceParams, TextDocumentPositionParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit,
};

use super::Life;
use super::desk::{Desk, Job};
use super::status::{self, About, Status};
use super::{completion, hints, hover, outline, people, trace};

/// What the framework calls.
pub struct Front {
    jobs: Sender<Job>,
    life: Arc<Life>,
}

impl Front {
    /// Sends its jobs to `jobs`.
    pub fn new(jobs: Sender<Job>, life: Arc<Life>) -> Self {
        Self { jobs, life }
    }

    fn tell(&self, job: impl FnOnce(&mut Desk) + Send + 'static) {
        // The desk is gone only when the process ends.
        let _ = self.jobs.send(Box::new(job));
    }

    /// The answer of a job, which is for a request of `method`. A request that was cancelled before its turn costs
    /// nothing; one whose job panicked gets an internal error.
    async fn ask<T: Send + 'static>(
        &self,
        method: &'static str,
        job: impl FnOnce(&mut Desk) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(move |desk| {
            if reply.is_closed() {
                return desk.trace(|| format!("{method}: cancelled before its turn"), String::new);
            }
            let start = Instant::now();
            let answer = job(desk);
            let outcome = if answer.is_ok() { "answered" } else { "refused" };
            desk.trace(|| format!("{method}: {outcome} in {}", trace::milliseconds(start)), String::new);
            let _ = reply.send(answer);
        });
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

/// What the framework does not know.
impl Front {
    /// `$/setTrace`.
    pub async fn set_trace(&self, params: SetTraceParams) {
        self.tell(move |desk| desk.set_trace(params.value));
    }

    /// `copydesk/status`.
    pub async fn status(&self, about: About) -> Result<Option<Status>> {
        self.ask("copydesk/status", move |desk| desk.look_at_story(&about.text_document.uri, status::status)).await
    }

    /// `copydesk/facts`.
    pub async fn facts(&self, about: About) -> Result<Option<LSPAny>> {
        self.ask("copydesk/facts", move |desk| desk.look_at_story(&about.text_document.uri, status::facts)).await
    }
}

impl LanguageServer for Front {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            super::watch(id, &self.life);
        }
        self.ask("initialize", move |desk| Ok(desk.initialize(params))).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Desk::initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(move |desk| desk.open(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(move |desk| desk.change(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(move |desk| desk.close(&params));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.ask("textDocument/diagnostic", move |desk| desk.diagnostic(&params).map(Into::into)).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        self.tell(move |desk| desk.report_workspace(params, reply));
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(move |desk| desk.saved(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(move |desk| desk.settings_changed(&params.settings));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let files: Vec<_> = params.changes.into_iter().map(|change| change.uri).collect();
        self.tell(move |desk| desk.files_changed(&files));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(move |desk| desk.folders_changed(&params.event));
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask("textDocument/codeAction", move |desk| desk.code_actions(&params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.ask("codeAction/resolve", move |desk| desk.resolve(action)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.ask("workspace/executeCommand", move |desk| desk.execute(params)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.ask("textDocument/hover", move |desk| {
            let markdown = desk.abilities.markdown;
            desk.look(&at.text_document.uri, |view| hover::hover(view, at.position, markdown))
        })
        .await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask("textDocument/documentSymbol", move |desk| {
            let nested = desk.abilities.nested_symbols;
            desk.look(&params.text_document.uri, |view| Some(outline::symbols(view, nested)))
        })
        .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask("textDocument/foldingRange", move |desk| {
            desk.look(&params.text_document.uri, |view| Some(outline::folds(view)))
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask("textDocument/selectionRange", move |desk| {
            desk.look(&params.text_document.uri, |view| Some(outline::selections(view, &params.positions)))
        })
        .await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.ask("textDocument/documentHighlight", move |desk| {
            desk.look(&at.text_document.uri, |view| people::highlights(view, at.position))
        })
        .await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.ask("textDocument/definition", move |desk| {
            desk.look(&at.text_document.uri, |view| people::definition(view, at.position).map(Into::into))
        })
        .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let with_first = params.context.include_declaration;
        self.ask("textDocument/references", move |desk| {
            desk.look(&at.text_document.uri, |view| people::references(view, at.position, with_first))
        })
        .await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask("textDocument/prepareRename", move |desk| {
            desk.look(&at.text_document.uri, |view| people::prepare_rename(view, at.position))
        })
        .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.ask("textDocument/rename", move |desk| desk.rename(&params)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask("textDocument/inlayHint", move |desk| {
            let wanted = desk.settings.inlay_hints;
            desk.look(&params.text_document.uri, |view| wanted.then(|| hints::inlay(view, params.range)))
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask("textDocument/codeLens", move |desk| {
            let wanted = desk.settings.code_lens;
            desk.look(&params.text_document.uri, |view| wanted.then(|| hints::lenses(view)))
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask("textDocument/documentLink", move |desk| {
            desk.look(&params.text_document.uri, |view| Some(hints::links(view)))
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        self.ask("textDocument/completion", move |desk| {
            desk.look(&at.text_document.uri, |view| {
                Some(CompletionResponse::Array(completion::complete(view, at.position)))
            })
        })
        .await
    }
}
