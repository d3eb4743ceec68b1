//! What stories are checked by: the user's settings, the newsroom's files, the folders, dates that were set.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;
use tower_lsp::ls_types::{InitializeParams, MessageType, Uri, WorkspaceFoldersChangeEvent};

use super::Desk;
use crate::config::FILE_NAME;
use crate::ledgers;
use crate::lsp::asking::Question;
use crate::lsp::client::ClientSettings;
use crate::lsp::document::file_path;
use crate::material;
use crate::project::{OWN_LEXICON, OWN_RULES, Project, Unsaved, canonical};

impl Desk {
    /// Takes over the user's settings; wrong ones are logged and change nothing.
    pub(super) fn set(&mut self, value: &serde_json::Value) {
        match ClientSettings::read(value) {
            Ok((settings, complaints)) => {
                complaints.into_iter().for_each(|complaint| self.log(MessageType::WARNING, complaint));
                self.projects_read |= settings.preferences() != self.settings.preferences();
                self.projects.prefer(&settings.preferences());
                self.settings = settings;
            }
            Err(error) => self.log(MessageType::WARNING, format!("settings not used: {error}")),
        }
    }

    /// The client says that its settings changed: asks for them, or takes those that it sent along.
    pub fn settings_changed(&mut self, value: &Value) {
        if self.abilities.configuration {
            self.ask(Question::Configuration);
        } else {
            self.configure(value);
        }
    }

    /// Takes over the user's settings and checks everything by them.
    ///
    /// Helix and Sublime Text send settings with `initialize`, and have none when they are asked for them by their section:
    /// then those of the start hold.
    pub fn configure(&mut self, value: &Value) {
        let before = self.settings.clone();
        if ClientSettings::says_nothing(value) {
            let initial = std::mem::take(&mut self.initial_settings);
            self.set(&initial);
            self.initial_settings = initial;
        } else {
            self.set(value);
        }
        if self.settings != before {
            self.check_again();
        }
    }

    /// Files changed on disk.
    pub fn files_changed(&mut self, files: &[Uri]) {
        let paths: Vec<PathBuf> = files.iter().filter_map(file_path).collect();
        if paths.iter().any(|path| is_settings(path) || self.is_extended(path)) {
            let unsaved = self.unsaved();
            self.projects.read_unsaved(Arc::new(unsaved));
            self.projects.forget();
            self.check_by_projects();
            return;
        }
        self.ledgers_changed(&paths);
        let is_beside = |path: &PathBuf| !path.to_string_lossy().ends_with(ledgers::SUFFIX);
        let paths: Vec<&PathBuf> = paths.iter().filter(|path| is_beside(path)).collect();
        if paths.is_empty() {
            return;
        }
        let (readable, others) = paths.iter().partition::<Vec<&PathBuf>, _>(|path| material::can_read(path));
        self.changes.images += u64::from(!others.is_empty());
        self.changes.sources += u64::from(!readable.is_empty());
        for entry in self.documents.values_mut().filter(|entry| entry.document.is_story()) {
            // Stories are saved all the time, and are nobody's images.
            if !others.is_empty() {
                entry.document.forget_images();
            }
            if paths.iter().any(|path| entry.document.is_source(path)) {
                entry.document.forget_sources();
            }
            entry.document.checked();
            self.readers.read_for(&mut entry.document);
        }
    }

    /// Whether settings in use extend this file.
    fn is_extended(&self, path: &Path) -> bool {
        let path = canonical(path);
        self.projects.all().any(|project| project.extended.contains(&path))
    }

    /// Reads settings and rules as they are in the editor. By what has mistakes no story is checked before it is saved, so
    /// that nothing flickers while it is written; the mistakes are shown.
    pub(super) fn read_edited_settings(&mut self) {
        let unsaved = self.unsaved();
        if unsaved == **self.projects.unsaved() && self.mistyped.is_none() {
            return;
        }
        let saved = unsaved.is_empty();
        let projects = self.projects.with_unsaved(unsaved);
        if saved || projects.problems().is_empty() {
            self.projects = projects;
            return self.check_by_projects();
        }
        self.mistyped = Some(projects);
        self.projects_read = true;
    }

    /// Checks everything by the projects, which were read again.
    fn check_by_projects(&mut self) {
        (self.mistyped, self.projects_read) = (None, true);
        self.check_again();
    }

    /// The settings and rule files that are open and differ from what is on disk.
    fn unsaved(&self) -> Unsaved {
        let others = self.documents.values().map(|entry| &entry.document).filter(|document| !document.is_story());
        let unsaved = others.filter_map(|document| {
            let path = document.path.as_deref().filter(|path| is_settings(path) || self.is_extended(path))?;
            let (path, text) = (canonical(path), document.buffer.text());
            (std::fs::read_to_string(&path).ok().as_ref() != Some(&text)).then_some((path, text))
        });
        unsaved.collect()
    }

    /// A document was saved: a client that watches no files tells of settings in this way only.
    pub fn saved(&mut self, uri: Uri) {
        self.settle(&uri);
        let is_read = |path: PathBuf| {
            is_settings(&path)
                || self.is_extended(&path)
                || self.documents.values().any(|e| e.document.is_source(&path))
        };
        if let Some(ledger) = self.is_ledger(&uri) {
            self.ledgers_changed(&[ledger]);
        } else if file_path(&uri).is_some_and(is_read) {
            self.files_changed(&[uri]);
        }
    }

    /// The client opened or closed folders.
    pub fn folders_changed(&mut self, change: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> = change.removed.iter().filter_map(|folder| file_path(&folder.uri)).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in change.added.iter().filter_map(|folder| file_path(&folder.uri)) {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        // What is wrong with the settings of a folder that was closed is no longer shown.
        self.projects.forget();
        self.settings_edited = true;
        self.check_by_projects();
    }

    /// Checks everything anew when the day is another than before.
    pub(super) fn turn_to(&mut self, today: Date) {
        if std::mem::replace(&mut self.today, today) != today && self.settings.today {
            self.check_again();
        }
    }

    /// Checks all open documents by the settings and rules as they are now.
    pub(super) fn check_again(&mut self) {
        self.changes.settings += 1;
        let uris: Vec<Uri> = self.documents.keys().cloned().collect();
        for uri in uris {
            let path = file_path(&uri);
            let (project, home) = (self.project(path.as_deref()), self.home(path.as_deref()));
            let settings = self.settings_for(Some(&uri));
            if let Some(entry) = self.documents.get_mut(&uri) {
                entry.document.configure(project, home, &settings, self.today);
            }
            if !self.changed.contains(&uri) {
                self.changed.push_back(uri);
            }
        }
        self.refresh();
    }

    /// The project of a document: that of its folder, or of the first workspace folder for one that is no file.
    pub fn project(&mut self, path: Option<&Path>) -> Arc<Project> {
        let folder = path.and_then(Path::parent).map(Path::to_owned).or_else(|| self.folders.first().cloned());
        let before = self.projects.all().count();
        let project = self.projects.of_folder(&folder.unwrap_or_default());
        self.projects_read |= self.projects.all().count() != before;
        project
    }

    /// The folder in which settings would be made for a document: the workspace folder around it, or its own folder.
    pub(super) fn home(&self, path: Option<&Path>) -> Option<PathBuf> {
        let Some(path) = path else { return self.folders.first().cloned() };
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        let nearest = around.max_by_key(|folder| folder.components().count());
        nearest.cloned().or_else(|| path.parent().map(Path::to_owned))
    }

    /// The user's settings for a document, or for those that have none of their own, with the publication date that was
    /// set by command.
    pub fn settings_for(&self, uri: Option<&Uri>) -> ClientSettings {
        let set = self.dates.get(&uri.cloned()).or_else(|| self.dates.get(&None));
        ClientSettings { date: set.copied().or(self.settings.date), ..self.settings.clone() }
    }

    /// The files for which a publication date was set by command, with their settings.
    pub fn dated(&self) -> HashMap<PathBuf, ClientSettings> {
        let file = |uri: &Uri| Some((file_path(uri)?, self.settings_for(Some(uri))));
        self.dates.keys().flatten().filter_map(file).collect()
    }

    /// Sets the publication date of one document, or of all; `None` goes back to what the settings and the story say.
    pub fn set_date(&mut self, uri: Option<Uri>, date: Option<Date>) {
        match date {
            Some(date) => drop(self.dates.insert(uri, date)),
            // Whoever takes back the date of all stories wants no single one to keep its own.
            None if uri.is_none() => self.dates.clear(),
            None => drop(self.dates.remove(&uri)),
        }
        self.check_again();
    }

    /// Tells a client that asks to ask again.
    pub fn refresh(&self) {
        if self.abilities.pulls && self.abilities.refreshes_diagnostics {
            self.ask(Question::RefreshDiagnostics);
        }
        if self.abilities.refreshes_hints {
            self.ask(Question::RefreshHints);
        }
        if self.abilities.refreshes_lenses {
            self.ask(Question::RefreshLenses);
        }
        if self.abilities.refreshes_tokens && self.settings.fact_tokens {
            self.ask(Question::RefreshTokens);
        }
    }
}

/// Whether a file holds settings or rules of a newsroom, or is a folder around rules.
pub(super) fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME)
        || path.parent().is_some_and(|folder| folder.ends_with(OWN_RULES) || folder.ends_with(OWN_LEXICON))
        || [".copydesk", OWN_RULES, OWN_LEXICON].iter().any(|folder| path.ends_with(folder))
}

pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().filter_map(|folder| file_path(&folder.uri));
    let folders: Vec<PathBuf> = folders.collect();
    if !folders.is_empty() {
        return folders;
    }
    #[allow(deprecated)] // Clients older than workspace folders say it this way.
    let root = params.root_uri.as_ref().and_then(file_path);
    root.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use jiff::civil::date;
    use tower_lsp::ls_types::TextDocumentItem;

    use super::*;

    #[test]
    fn a_new_day_is_a_new_publication_date() {
        let mut desk = Desk::alone();
        desk.turn_to(date(2018, 2, 12));
        let uri = Uri::from_str("untitled:a").expect("it is a URI");
        let text = "The council met.\n\nIt left on Sunday.\n".to_owned();
        desk.open(TextDocumentItem::new(uri.clone(), "plaintext".to_owned(), 1, text));
        let mut published = |day: Date| {
            desk.turn_to(day);
            desk.look(&uri, |view| view.published().map(|published| published.date))
        };
        assert_eq!(published(date(2018, 2, 12)), Ok(Some(date(2018, 2, 12))));
        assert_eq!(published(date(2018, 2, 13)), Ok(Some(date(2018, 2, 13))));
    }
}
