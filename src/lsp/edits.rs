//! Changes as the client applies them.

use std::collections::HashMap;
use std::path::Path;

use tower_lsp::ls_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::client::Abilities;
use super::document::View;
use crate::finding::Edit;
use crate::text::Buffer;

/// Edits of an open document, for the version they were made for.
pub fn of_document(view: &View, edits: &[Edit], abilities: &Abilities) -> WorkspaceEdit {
    let edits = edits.iter().map(|edit| TextEdit::new(view.range(&edit.range), edit.text.clone())).collect();
    of_text(view.document.uri.clone(), Some(view.document.buffer.version()), edits, abilities)
}

/// Text edits of one document.
pub fn of_text(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>, abilities: &Abilities) -> WorkspaceEdit {
    if !abilities.versioned_edits {
        #[allow(clippy::mutable_key_type)] // The protocol's type; a URI's cache does not change what it equals.
        let changes = HashMap::from([(uri, edits)]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let changes = DocumentChanges::Edits(vec![versioned(uri, version, edits)]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

/// An edit of the file at `file`, whose text is `text` and which is open in `version` if at all; `None` when it would
/// have to be created and the client cannot.
pub fn of_file(
    file: &Path,
    version: Option<i32>,
    text: &str,
    new: bool,
    edit: &Edit,
    abilities: &Abilities,
) -> Option<WorkspaceEdit> {
    let uri = Uri::from_file_path(file)?;
    let buffer = Buffer::new(text, 0);
    let range = super::document::client_range(&buffer, &edit.range, abilities.encoding);
    let edits = vec![TextEdit::new(range, edit.text.clone())];
    if !new {
        return Some(of_text(uri, version, edits, abilities));
    }
    if !abilities.creates_files || !abilities.versioned_edits {
        return None;
    }
    let options = Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) });
    let create = ResourceOp::Create(CreateFile { uri: uri.clone(), options, annotation_id: None });
    let edit = DocumentChangeOperation::Edit(versioned(uri, None, edits));
    let changes = DocumentChanges::Operations(vec![DocumentChangeOperation::Op(create), edit]);
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

fn versioned(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    let edits = edits.into_iter().map(OneOf::Left).collect();
    TextDocumentEdit { text_document: OptionalVersionedTextDocumentIdentifier { uri, version }, edits }
}
