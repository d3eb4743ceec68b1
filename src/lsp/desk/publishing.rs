//! Telling the client what was found, when it asks and when it does not.

use std::time::Instant;

use serde::Serialize;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::notification::PublishDiagnostics;
use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, MessageType,
    PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri,
};

use super::{Desk, Entry, PAUSE, not_open};
use crate::lsp::client::Abilities;
use crate::lsp::status::{self, StatusChanged};
use crate::lsp::{diagnostics, trace};

/// [`PublishDiagnosticsParams`], borrowed.
#[derive(Serialize)]
struct Published<'p> {
    uri: &'p Uri,
    diagnostics: &'p [Diagnostic],
    version: i32,
}

impl Desk {
    /// Sends the diagnostics of what changed, unless they are those that were sent last or the client asks itself.
    pub(super) fn publish(&mut self) {
        if std::mem::take(&mut self.settings_edited) {
            self.read_edited_settings();
        }
        if std::mem::take(&mut self.projects_read) {
            self.publish_problems();
        }
        while let Some(uri) = self.changed.pop_front() {
            let start = Instant::now();
            let Some(entry) = self.documents.get_mut(&uri) else { continue };
            if !entry.document.is_story() && entry.sent.is_none() {
                continue;
            }
            if self.abilities.shows_status {
                let status = status::status(&entry.document.view(self.abilities.encoding));
                if entry.status.as_ref() != Some(&status) {
                    self.outbox.notify::<StatusChanged>(&status);
                    entry.status = Some(status);
                }
            }
            if self.abilities.pulls {
                continue;
            }
            let word = entry.typing.map(|(at, _)| at);
            let version = entry.document.buffer.version();
            let changed = entry.refresh(&self.abilities, &mut self.results, word);
            entry.document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
            if changed {
                let diagnostics = entry.sent.as_deref().unwrap_or_default();
                self.outbox.notify_as::<PublishDiagnostics>(&Published { uri: &uri, diagnostics, version });
            }
            let count = entry.sent.as_ref().map_or(0, Vec::len);
            let news = if changed { "published" } else { "nothing new" };
            self.trace(
                || format!("checked {} in version {version}: {news}, in {}", uri.as_str(), trace::milliseconds(start)),
                || format!("{count} diagnostics; the next in line: {}", self.changed.len()),
            );
        }
    }

    /// Sends what is wrong with settings and rule files. They are no stories, so nobody pulls it.
    fn publish_problems(&mut self) {
        let mut files: Vec<(Uri, Vec<Diagnostic>)> = Vec::new();
        let mut elsewhere: Vec<String> = Vec::new();
        let projects = self.mistyped.as_ref().unwrap_or(&self.projects);
        for problem in projects.problems() {
            let path = std::path::absolute(&problem.file).unwrap_or_default();
            let uri = Uri::from_file_path(&path).filter(|_| path.is_file());
            let Some(uri) = uri else {
                // In the user's settings, or in a file that is gone.
                let complaint = format!("{}: {}", problem.file, problem.message);
                if !elsewhere.contains(&complaint) {
                    elsewhere.push(complaint);
                }
                continue;
            };
            // What is wrong may be that it is no UTF-8, and then it has no lines.
            let text = projects.text(&path);
            let diagnostic = diagnostics::of_problem(problem, &text, self.abilities.encoding);
            match files.iter_mut().find(|(known, _)| *known == uri) {
                Some((_, diagnostics)) => diagnostics.push(diagnostic),
                None => files.push((uri, vec![diagnostic])),
            }
        }
        for complaint in elsewhere.iter().filter(|complaint| !self.complaints.contains(complaint)) {
            self.log(MessageType::WARNING, complaint);
        }
        self.complaints = elsewhere;
        let mended = self.faulty.iter().filter(|uri| !files.iter().any(|(faulty, _)| faulty == *uri));
        let mended: Vec<Uri> = mended.cloned().collect();
        self.faulty = files.iter().map(|(uri, _)| uri.clone()).collect();
        for (uri, diagnostics) in mended.into_iter().map(|uri| (uri, Vec::new())).chain(files) {
            let version = self.documents.get(&uri).map(|entry| entry.document.buffer.version());
            self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(uri, diagnostics, version));
        }
    }

    /// Answers a client that asks for diagnostics.
    pub fn diagnostic(&mut self, params: &DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let entry = self.documents.get_mut(&params.text_document.uri).ok_or_else(not_open)?;
        entry.refresh(&self.abilities, &mut self.results, entry.unfinished_word(&self.abilities));
        entry.document.images_wanted().into_iter().for_each(|wanted| drop(self.images.send(wanted)));
        let result = entry.result.to_string();
        if params.previous_result_id.as_ref() == Some(&result) {
            let report = UnchangedDocumentDiagnosticReport { result_id: result };
            return Ok(DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: report,
            }));
        }
        let items = entry.sent.clone().unwrap_or_default();
        Ok(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result), items },
        }))
    }

    /// The stories that are open, with their versions and diagnostics.
    pub fn open_stories(&mut self) -> Vec<(Uri, i32, Vec<Diagnostic>)> {
        let stories = self.documents.iter_mut().filter(|(_, entry)| entry.document.is_story());
        let report = |(uri, entry): (&Uri, &mut Entry)| {
            entry.refresh(&self.abilities, &mut self.results, entry.unfinished_word(&self.abilities));
            (uri.clone(), entry.document.buffer.version(), entry.sent.clone().unwrap_or_default())
        };
        stories.map(report).collect()
    }
}

impl Entry {
    /// The byte up to which a word is being typed, for a client that asks: what waits for the rest of the word is asked for
    /// again only by one that can be told to.
    fn unfinished_word(&self, abilities: &Abilities) -> Option<usize> {
        let (at, since) = self.typing.filter(|_| abilities.refreshes_diagnostics)?;
        (since.elapsed() < PAUSE).then_some(at)
    }

    /// Brings `sent` up to date and says whether that changed it.
    ///
    /// New findings about the word that is being typed up to byte `word` wait: half a word is mostly wrong. Those that
    /// were there before the typing stay, so that nothing flickers.
    pub(super) fn refresh(&mut self, abilities: &Abilities, results: &mut u64, word: Option<usize>) -> bool {
        let view = self.document.view(abilities.encoding);
        let mut now = diagnostics::all(&view, abilities);
        self.waits = false;
        if let Some(word) = word {
            let at = view.range(&(word..word)).start;
            let known = self.sent.as_deref().unwrap_or_default();
            let is_known = |d: &Diagnostic| known.iter().any(|k| (&k.code, &k.message) == (&d.code, &d.message));
            let all = now.len();
            now.retain(|d| at < d.range.start || d.range.end < at || d.range.start == d.range.end || is_known(d));
            self.waits = now.len() < all;
        }
        let changed = self.sent.as_ref() != Some(&now);
        if changed {
            self.sent = Some(now);
            *results += 1;
            self.result = *results;
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::str::FromStr as _;

    use tower_lsp::ls_types::{ClientCapabilities, TextDocumentItem};

    use super::*;
    use crate::lsp::client::ClientSettings;
    use crate::lsp::document::OpenDocument;
    use crate::project::{ProjectOptions, Projects};

    #[test]
    fn new_findings_wait_for_the_rest_of_the_word() {
        let options = ProjectOptions { no_config: true, ..ProjectOptions::default() };
        let project = Projects::new(options).of_folder(Path::new(""));
        let uri = Uri::from_str("untitled:a").expect("it is a URI");
        let text = "The council insists of meeting.";
        let item = TextDocumentItem::new(uri, "plaintext".to_owned(), 1, text.to_owned());
        let document =
            OpenDocument::new(item, project, None, &ClientSettings::default(), jiff::civil::date(2018, 2, 12));
        let mut entry = Entry::new(document);
        let abilities = Abilities::new(&ClientCapabilities::default());
        let mut results = 0;
        let mut found = |entry: &mut Entry, word| {
            entry.refresh(&abilities, &mut results, word);
            let code = Some(tower_lsp::ls_types::NumberOrString::String("words/verb-preposition".to_owned()));
            entry.sent.iter().flatten().filter(|d| d.code == code).count()
        };
        let word = text.find(" meeting");
        assert_eq!((found(&mut entry, word), entry.waits), (0, true));
        assert_eq!(found(&mut entry, None), 1);
        // What was known before does not flicker.
        assert_eq!((found(&mut entry, word), entry.waits), (1, false));
    }

    #[test]
    fn a_report_of_all_stories_waits_for_the_rest_of_the_word() {
        let mut desk = Desk::alone();
        desk.abilities.refreshes_diagnostics = true;
        let uri = Uri::from_str("untitled:a").expect("it is a URI");
        let text = "The council insists of meeting.";
        desk.open(TextDocumentItem::new(uri.clone(), "plaintext".to_owned(), 1, text.to_owned()));
        let mut found = |typing: Option<(usize, Instant)>| {
            desk.documents.get_mut(&uri).expect("it is open").typing = typing;
            let stories = desk.open_stories();
            stories.iter().flat_map(|(_, _, found)| found).filter(|d| d.message.contains("insists")).count()
        };
        // Typed in the future, so that no pause of the machine counts.
        let word = text.find(" meeting").map(|at| (at, Instant::now() + 1000 * PAUSE));
        assert_eq!(found(word), 0);
        assert_eq!(found(None), 1);
    }
}
