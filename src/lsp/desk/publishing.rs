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

use super::{ClientDocument, Desk, not_open};
use crate::finding::Severity;
use crate::lsp::client::Abilities;
use crate::lsp::status::{self, StatusChanged};
use crate::lsp::{diagnostics, trace, typing};

/// [`PublishDiagnosticsParams`], borrowed.
#[derive(Serialize)]
struct PublishedDiagnostics<'p> {
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
            let version = entry.document.buffer.version();
            let changed = entry.refresh(&self.abilities, self.settings.show, &mut self.results);
            self.readers.read_for(&mut entry.document);
            if changed {
                let diagnostics = entry.sent.as_deref().unwrap_or_default();
                self.outbox.notify_as::<PublishDiagnostics>(&PublishedDiagnostics { uri: &uri, diagnostics, version });
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
        entry.refresh(&self.abilities, self.settings.show, &mut self.results);
        self.readers.read_for(&mut entry.document);
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
        let report = |(uri, entry): (&Uri, &mut ClientDocument)| {
            entry.refresh(&self.abilities, self.settings.show, &mut self.results);
            (uri.clone(), entry.document.buffer.version(), entry.sent.clone().unwrap_or_default())
        };
        stories.map(report).collect()
    }
}

impl ClientDocument {
    /// Brings `sent` up to date and says whether that changed it. What depends on words that are still being typed waits.
    pub(super) fn refresh(&mut self, abilities: &Abilities, show: Severity, results: &mut u64) -> bool {
        // A client that asks is told later only if it can be told to ask again.
        let is_told_later = !abilities.pulls || abilities.refreshes_diagnostics;
        let is_resting = self.rests_at().is_none_or(|rests_at| rests_at <= Instant::now());
        let typing = self.typing.as_mut().filter(|_| is_told_later && !is_resting);
        let view = self.document.view(abilities.encoding);
        let mut told = typing::told(&view, typing, &self.shown);
        self.waits = told.contains(&false);
        for (told, finding) in told.iter_mut().zip(view.findings()) {
            *told &= finding.severity >= show;
        }
        let now = diagnostics::all(&view, abilities, &told);
        self.shown =
            view.findings().iter().zip(told).filter(|(_, told)| *told).map(|(found, _)| found.into()).collect();
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
    use std::str::FromStr as _;

    use tower_lsp::ls_types::{DidChangeTextDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem};
    use tower_lsp::ls_types::{Position, Range, VersionedTextDocumentIdentifier};

    use super::*;

    /// A desk on which a story is typed, and how many of its findings by `rule` the client is told of.
    struct Typed {
        desk: Desk,
        uri: Uri,
        text: String,
    }

    impl Typed {
        fn new(text: &str) -> Self {
            let mut desk = Desk::alone();
            let uri = Uri::from_str("untitled:a").expect("it is a URI");
            desk.open(TextDocumentItem::new(uri.clone(), "plaintext".to_owned(), 1, text.to_owned()));
            let mut typed = Self { desk, uri, text: text.to_owned() };
            typed.count("");
            typed
        }

        /// Types at the end.
        fn key(&mut self, text: &str) {
            let line = u32::try_from(self.text.matches('\n').count()).expect("few lines");
            let column = self.text.chars().rev().take_while(|&c| c != '\n').count();
            let at = Position::new(line, u32::try_from(column).expect("a short line"));
            let change = TextDocumentContentChangeEvent {
                range: Some(Range::new(at, at)),
                range_length: None,
                text: text.to_owned(),
            };
            let text_document = VersionedTextDocumentIdentifier { uri: self.uri.clone(), version: 2 };
            self.desk.change(DidChangeTextDocumentParams { text_document, content_changes: vec![change] });
            self.text += text;
        }

        fn write(&mut self, text: &str) {
            text.chars().for_each(|c| self.key(&c.to_string()));
        }

        fn count(&mut self, rule: &str) -> usize {
            let stories = self.desk.open_stories();
            let all = stories.iter().flat_map(|(_, _, found)| found);
            let is_of = |d: &&Diagnostic| matches!(&d.code, Some(tower_lsp::ls_types::NumberOrString::String(id)) if id.starts_with(rule));
            all.filter(is_of).count()
        }
    }

    #[test]
    fn words_are_judged_once_the_next_one_stands() {
        let mut typed = Typed::new("Board meets on bridge\n\nThe council ");
        typed.write("insists of meet");
        assert_eq!(typed.count("words/verb-preposition"), 0);
        typed.write("ing ");
        assert_eq!(typed.count("words/verb-preposition"), 1);
        // What was told does not flicker while somebody types on.
        typed.write("aga");
        assert_eq!(typed.count("words/verb-preposition"), 1);
    }

    #[test]
    fn a_quote_is_judged_when_its_writer_has_gone_on() {
        const START: &str = "Board meets on bridge\n\nThe board met on Monday to talk about the bridge.\n\n";
        const QUOTE: &str = "“The bridge is late and nobody knows why it is so.”";
        let mut typed = Typed::new(START);
        typed.write(QUOTE);
        assert_eq!(typed.count("quotes/"), 0);
        let uri = typed.uri.clone();
        typed.desk.settle(&uri);
        assert_eq!(typed.count("quotes/unattributed"), 1);

        // Two paragraphs on, nobody will say any more who said it.
        let mut typed = Typed::new(START);
        for words in [QUOTE, "\n\nThe board met on the bridge again.", "\n\nIt r"] {
            typed.write(words);
            typed.count("");
        }
        assert_eq!(typed.count("quotes/unattributed"), 1);
    }
}
