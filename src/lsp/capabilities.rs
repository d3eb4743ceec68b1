//! What the server tells the client it can do.

use tower_lsp::ls_types::{
    DiagnosticOptions, DiagnosticServerCapabilities, InitializeResult, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
};

use super::client::{Abilities, SECTION, encoding_kind};

/// The answer to `initialize`.
pub fn answer(abilities: &Abilities) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        ..TextDocumentSyncOptions::default()
    };
    let pulled = DiagnosticOptions {
        identifier: Some(SECTION.to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: false,
        ..DiagnosticOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding_kind(abilities.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        diagnostic_provider: abilities.pulls.then_some(DiagnosticServerCapabilities::Options(pulled)),
        ..ServerCapabilities::default()
    };
    let server_info = ServerInfo { name: SECTION.to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(server_info), ..InitializeResult::default() }
}
