//! Diagnostics of all stories in the client's folders: what the thread that finds them is handed.

use std::sync::Arc;

use tower_lsp::ls_types::WorkspaceDiagnosticParams;

use super::Desk;
use crate::lsp::workspace::{Ask, OpenStory, ReportReply};

impl Desk {
    /// Hands a request on to the thread that answers it.
    pub fn report_workspace(&mut self, params: WorkspaceDiagnosticParams, reply: ReportReply) {
        if reply.is_closed() {
            return;
        }
        let open = self.open_stories();
        let ask = Ask {
            reply,
            params,
            abilities: self.abilities.clone(),
            settings: self.settings_for(None),
            own_settings: self.dated(),
            today: self.today,
            folders: self.folders.clone(),
            open: open.into_iter().map(|(uri, version, items)| OpenStory { uri, version, items }).collect(),
            unsaved: Arc::clone(self.projects.unsaved()),
            changes: self.changes,
        };
        // Without the thread the request is answered with an internal error, as its reply is dropped.
        let _ = self.workspace.send(ask);
    }
}
