//! What a person can choose to have changed, and the edits once it is chosen.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, NumberOrString, RenameParams, Uri,
    WorkspaceEdit,
};

use super::Desk;
use super::settings::is_settings;
use crate::lsp::actions::{self, Action, Carried, StoryChange};
use crate::lsp::{edits, facts, people};
use crate::rules::topic_of;

/// The longest story, in bytes, in which actions are tried before they are offered: trying one checks the story again.
const LONGEST_TRIED: usize = 100_000;

/// Whether an action is about what was found of a fact.
fn is_about_fact(action: &CodeAction) -> bool {
    let found = action.diagnostics.iter().flatten().filter_map(|found| found.code.as_ref());
    found.into_iter().any(|code| matches!(code, NumberOrString::String(rule) if topic_of(rule) == "facts"))
}

impl Desk {
    /// What can be done at a place.
    pub fn code_actions(&mut self, params: &CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.cursor_at(&uri, params.range.start);
        self.look_at_ledger(&uri);
        let abilities = self.abilities.clone();
        let today = self.today;
        let offers = self.look(&uri, |view| {
            if view.document.is_story() { actions::offer(view, params, &abilities, today) } else { Vec::new() }
        })?;
        let format = self.document(&uri).and_then(|document| document.format());
        let length = self.document(&uri).map_or(0, |document| document.checked().source.len());
        let mut response = CodeActionResponse::new();
        // Whoever checks facts decides before they silence: of what is found about a fact, the decisions stand before what leaves it
        // alone.
        let mut decisions = None;
        for (mut action, chosen) in offers {
            if decisions.is_none() && chosen.leaves_alone() && is_about_fact(&action) {
                decisions = Some(response.len());
            }
            // What the settings cannot take is no offer: there may be no folder for them, a client that cannot create
            // files, or a mistake in them that must be mended first. Whether a story can take a mark is found by a try, which
            // is dear in a very long one.
            let is_tried = chosen.is_in_settings(format) || chosen.must_be_tried() && length <= LONGEST_TRIED;
            if is_tried && self.edit(&uri, &chosen).is_none() {
                continue;
            }
            if abilities.resolves_edits {
                action.data = serde_json::to_value(Carried { uri: uri.clone(), chosen }).ok();
            } else {
                let Some(edit) = self.edit(&uri, &chosen) else { continue };
                action.edit = Some(edit);
            }
            response.push(CodeActionOrCommand::CodeAction(action));
        }
        let marks = self.look(&uri, |view| facts::offer(view, params))?;
        let at = decisions.unwrap_or(response.len());
        response.splice(at..at, marks.into_iter().map(CodeActionOrCommand::CodeAction));
        Ok(Some(response))
    }

    /// Works out the edit of a chosen action.
    pub fn resolve(&mut self, mut action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        action.edit = Some(self.carried(data)?);
        Ok(action)
    }

    pub fn carried(&mut self, data: Value) -> Result<WorkspaceEdit> {
        let carried: Carried =
            serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))?;
        self.edit(&carried.uri, &carried.chosen).ok_or_else(|| {
            let mut error = Error::content_modified();
            error.message = "this cannot be done to the text as it is now".into();
            error
        })
    }

    pub fn edit(&mut self, uri: &Uri, chosen: &Action) -> Option<WorkspaceEdit> {
        // A settings file that is open is edited as it is in the editor.
        let open: HashMap<PathBuf, (String, i32)> = self
            .documents
            .values()
            .filter(|entry| entry.document.path.as_deref().is_some_and(is_settings))
            .filter_map(|entry| {
                let buffer = &entry.document.buffer;
                Some((entry.document.path.clone()?, (buffer.text(), buffer.version())))
            })
            .collect();
        let text =
            |file: &Path| open.get(file).map(|(text, _)| text.clone()).or_else(|| std::fs::read_to_string(file).ok());
        let document = &mut self.documents.get_mut(uri)?.document;
        let is_kept = chosen.must_be_tried() && !chosen.is_in_settings(document.format());
        let key = serde_json::to_string(chosen).ok().filter(|_| is_kept);
        let change = match key.as_ref().and_then(|key| document.tried(key)) {
            Some(edits) => edits.map(StoryChange::Story),
            None => {
                let change = actions::change(document, chosen, text);
                match (key, &change) {
                    (Some(key), Some(StoryChange::Story(edits))) => document.keep_tried(key, Some(edits.clone())),
                    (Some(key), None) => document.keep_tried(key, None),
                    _ => {}
                }
                change
            }
        };
        match change? {
            StoryChange::Story(edits) => {
                Some(edits::of_document(&document.view(self.abilities.encoding), &edits, &self.abilities))
            }
            StoryChange::Settings { file, text, new, edit } => {
                let version = open.get(&file).map(|(_, version)| *version);
                edits::of_file(&file, version, &text, new, &edit, &self.abilities)
            }
        }
    }

    /// Gives the person at a place a new name.
    pub fn rename(&mut self, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = &params.text_document_position;
        let abilities = self.abilities.clone();
        self.look(&at.text_document.uri, |view| {
            let edits = people::rename(view, at.position, &params.new_name).map_err(Error::invalid_params)?;
            Ok(Some(edits::of_document(view, &edits, &abilities)))
        })?
    }
}
