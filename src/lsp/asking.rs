//! What the server asks of its client. Each question runs by itself with a limit of time, so that a client that never
//! answers holds nothing up.

use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::Client;
use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageActionItem,
    MessageType, Range, Registration, ShowDocumentParams, Uri, WorkspaceEdit,
};

use super::client::{Abilities, SECTION};
use super::event::Event;
use crate::material::EXTENSIONS;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long somebody may think about a choice.
const THOUGHT: Duration = Duration::from_secs(600);
/// What is chosen by whoever knows another source than those that are listed.
const OTHER_SOURCE: &str = "Another: write it into the ledger";

/// Settings may extend files of any name, so all of this kind are watched; ledgers are of this kind as well.
const SETTINGS: &str = "**/*.toml";
/// The folders around rules: of one that is deleted, a system need not tell file by file.
const RULES: &str = "**/{.copydesk,.copydesk/lexicon,.copydesk/rules}";
/// Images, in capitals as well, as cameras name them.
const IMAGES: &str = "**/*.{avif,gif,heic,jpeg,jpg,png,tif,tiff,webp,AVIF,GIF,HEIC,JPEG,JPG,PNG,TIF,TIFF,WEBP}";

/// A question.
#[derive(Debug)]
pub enum Question {
    /// Tell of changed settings and files.
    Register(Vec<Registration>),
    /// What are the settings?
    Configuration,
    /// Ask for the diagnostics again.
    RefreshDiagnostics,
    /// Ask for the inlay hints again.
    RefreshHints,
    /// Ask for the code lenses again.
    RefreshLenses,
    /// Ask for the semantic tokens again.
    RefreshTokens,
    /// Apply this edit.
    Apply(Box<WorkspaceEdit>),
    /// Show this document, with this selected.
    Show(Uri, Option<Range>),
    /// Which of these sources is a fact to have?
    ChooseSource {
        /// The story.
        uri: Uri,
        /// The fact's id.
        fact: String,
        /// What the story calls the sources that are known.
        names: Vec<String>,
    },
}

/// Asks the client what comes through `questions`; answers that matter become events.
pub async fn ask_all(client: Client, mut questions: UnboundedReceiver<Question>, events: Sender<Event>) {
    while let Some(question) = questions.recv().await {
        let (client, events) = (client.clone(), events.clone());
        let patience = if matches!(question, Question::ChooseSource { .. }) { THOUGHT } else { PATIENCE };
        tokio::spawn(tokio::time::timeout(patience, ask(client, question, events)));
    }
}

async fn ask(client: Client, question: Question, events: Sender<Event>) {
    // A client that refuses goes without; there is nobody to tell but itself.
    match question {
        Question::Register(registrations) => drop(client.register_capability(registrations).await),
        Question::Configuration => {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            if let Ok(values) = client.configuration(vec![item]).await {
                let value = values.into_iter().next().unwrap_or_default();
                let _ = events.send(Event::Configured(value));
            }
        }
        Question::RefreshDiagnostics => drop(client.workspace_diagnostic_refresh().await),
        Question::RefreshHints => drop(client.inlay_hint_refresh().await),
        Question::RefreshTokens => drop(client.semantic_tokens_refresh().await),
        Question::RefreshLenses => drop(client.code_lens_refresh().await),
        Question::Apply(edit) => drop(client.apply_edit(*edit).await),
        Question::Show(uri, selection) => {
            let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection };
            drop(client.show_document(params).await);
        }
        Question::ChooseSource { uri, fact, names } => {
            let titles = names.iter().map(String::as_str).chain([OTHER_SOURCE]);
            let actions = titles.map(|title| MessageActionItem { title: title.to_owned(), properties: HashMap::new() });
            let question = "Which source says so?";
            let answer = client.show_message_request(MessageType::INFO, question, Some(actions.collect())).await;
            if let Ok(Some(chosen)) = answer {
                let source = Some(chosen.title).filter(|title| title != OTHER_SOURCE);
                let _ = events.send(Event::SourceChosen { uri, fact, source });
            }
        }
    }
}

/// What the client is asked to tell of, as far as it can be asked.
pub fn registrations(abilities: &Abilities) -> Vec<Registration> {
    let mut registrations = Vec::new();
    if abilities.registers_configuration {
        registrations.push(Registration {
            id: "copydesk-settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(serde_json::json!({ "section": SECTION })),
        });
    }
    if abilities.registers_watchers {
        let sources = format!("**/*.{{{}}}", EXTENSIONS.join(","));
        let watcher = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
        let watchers = [SETTINGS, RULES, IMAGES, &sources].map(watcher).to_vec();
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        registrations.push(Registration {
            id: "copydesk-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        });
    }
    registrations
}
