//! The framework's side: each message becomes a job for the desk.
//!
//! Handlers of notifications wait for nothing, or changes would be applied out of order. Handlers of requests wait for
//! the desk's answer and for nothing else.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;

use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, InitializeParams, InitializeResult,
};

use super::Life;
use super::desk::{Desk, Job};

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

    /// The answer of a job. A request that was cancelled before its turn costs nothing; one whose job panicked gets an
    /// internal error.
    async fn ask<T: Send + 'static>(&self, job: impl FnOnce(&mut Desk) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(move |desk| {
            if !reply.is_closed() {
                let _ = reply.send(job(desk));
            }
        });
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

impl LanguageServer for Front {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            super::watch(id, &self.life);
        }
        self.ask(move |desk| Ok(desk.initialize(params))).await
    }

    async fn shutdown(&self) -> Result<()> {
        self.life.shut_down.store(true, Ordering::Release);
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
        self.ask(move |desk| desk.diagnostic(&params).map(Into::into)).await
    }
}
