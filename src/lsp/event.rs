//! What happens, one event after the other: what the client sends, what it answers, what other threads found out.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult, InlayHint, InlayHintParams,
    Location, PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange, SelectionRangeParams,
    SemanticTokensParams, SemanticTokensResult, TextDocumentItem, TextDocumentPositionParams, TraceValue, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceFoldersChangeEvent,
};

use super::status::StoryStatus;
use crate::sources::{Gathered, SourceName};
use crate::story::{ImageMetadata, Library};

/// Where the answer to a request goes.
pub type Reply<T> = oneshot::Sender<Result<T>>;

/// Something that the desk is told.
#[derive(Debug)]
pub enum Event {
    /// The client is ready.
    Initialized,
    /// `$/setTrace`: how much the client wants to be told of what is done.
    SetTrace(TraceValue),
    /// A document was opened.
    Opened(TextDocumentItem),
    /// A document was changed in the editor.
    Changed(DidChangeTextDocumentParams),
    /// A document was closed.
    Closed(DidCloseTextDocumentParams),
    /// A document was saved.
    Saved(Uri),
    /// The client's settings changed.
    SettingsChanged(Value),
    /// Files changed on disk.
    FilesChanged(Vec<Uri>),
    /// Folders were opened or closed.
    FoldersChanged(WorkspaceFoldersChangeEvent),
    /// The client answered what its settings are.
    Configured(Value),
    /// The image files of a story were read.
    ImagesRead {
        /// The story.
        uri: Uri,
        /// The images as the story named them when they were asked for.
        sources: Vec<String>,
        /// What their files say of themselves.
        found: HashMap<String, ImageMetadata>,
    },
    /// The sources of a story were read.
    SourcesRead {
        /// The story.
        uri: Uri,
        /// The sources as the story named them when they were asked for.
        names: Vec<SourceName>,
        /// What they say.
        gathered: Gathered,
        /// The same, to be searched.
        library: Arc<Library>,
    },
    /// The client's user chose a source for a fact.
    SourceChosen {
        /// The story.
        uri: Uri,
        /// The fact's id.
        fact: String,
        /// The source; `None` for one that is still to be written.
        source: Option<String>,
    },
    /// Something is asked, and the client waits for the answer.
    Asked(Request),
    /// The same, about one document as it is.
    LookedFor(Look),
}

/// What a client may ask, with where the answer goes.
#[derive(Debug)]
pub enum Request {
    /// `initialize`
    Initialize(Box<InitializeParams>, Reply<InitializeResult>),
    /// `textDocument/diagnostic`
    Diagnostic(DocumentDiagnosticParams, Reply<DocumentDiagnosticReport>),
    /// `workspace/diagnostic`
    WorkspaceDiagnostic(WorkspaceDiagnosticParams, Reply<WorkspaceDiagnosticReportResult>),
    /// `textDocument/codeAction`
    CodeAction(CodeActionParams, Reply<Option<CodeActionResponse>>),
    /// `codeAction/resolve`
    Resolve(Box<CodeAction>, Reply<CodeAction>),
    /// `workspace/executeCommand`
    Execute(ExecuteCommandParams, Reply<Option<Value>>),
    /// `textDocument/rename`
    Rename(RenameParams, Reply<Option<WorkspaceEdit>>),
    /// `copydesk/status`
    Status(Uri, Reply<Option<StoryStatus>>),
    /// `copydesk/facts`, with whether every fact is wanted
    Facts(Uri, bool, Reply<Option<Value>>),
}

/// What is answered by a look at one document.
#[derive(Debug)]
pub enum Look {
    /// `textDocument/hover`
    Hover(HoverParams, Reply<Option<Hover>>),
    /// `textDocument/documentSymbol`
    Symbols(DocumentSymbolParams, Reply<Option<DocumentSymbolResponse>>),
    /// `textDocument/foldingRange`
    Folds(FoldingRangeParams, Reply<Option<Vec<FoldingRange>>>),
    /// `textDocument/selectionRange`
    Selections(SelectionRangeParams, Reply<Option<Vec<SelectionRange>>>),
    /// `textDocument/documentHighlight`
    Highlights(DocumentHighlightParams, Reply<Option<Vec<DocumentHighlight>>>),
    /// `textDocument/definition`
    Definition(GotoDefinitionParams, Reply<Option<GotoDefinitionResponse>>),
    /// `textDocument/references`
    References(ReferenceParams, Reply<Option<Vec<Location>>>),
    /// `textDocument/prepareRename`
    PrepareRename(TextDocumentPositionParams, Reply<Option<PrepareRenameResponse>>),
    /// `textDocument/inlayHint`
    Hints(InlayHintParams, Reply<Option<Vec<InlayHint>>>),
    /// `textDocument/codeLens`
    Lenses(CodeLensParams, Reply<Option<Vec<CodeLens>>>),
    /// `textDocument/documentLink`
    Links(DocumentLinkParams, Reply<Option<Vec<DocumentLink>>>),
    /// `textDocument/semanticTokens/full`
    Tokens(SemanticTokensParams, Reply<Option<SemanticTokensResult>>),
    /// `textDocument/completion`
    Completion(CompletionParams, Reply<Option<CompletionResponse>>),
}
