//! What may be written next: names that are already in the story, names and terms of the house, and rule ids where rules are named.

mod settings;

use std::collections::BTreeMap;

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Position, TextEdit};

use super::document::View;
use crate::config::FILE_NAME;
use crate::dictionary;
use crate::project::OWN_PACK;
use crate::rules::{RuleSet, topic_of};
use crate::text::SourceRange;

/// From how many letters on a word in small letters may be the beginning of a name.
const SHORTEST: usize = 3;

/// What may be written at a position.
pub fn complete(view: &View, at: Position) -> Vec<CompletionItem> {
    let offset = view.offset(at);
    let source = view.source();
    let before = source.get(..offset).unwrap_or_default();
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    if !view.document.is_story() {
        let is_settings = view.document.path.as_deref().and_then(|path| path.file_name()?.to_str()) == Some(FILE_NAME);
        return if is_settings { settings::complete(view, offset) } else { Vec::new() };
    }
    if let Some(at) = line.rfind("<!--")
        && line[at..].contains("copydesk-ignore")
        && !line[at..].contains("-->")
    {
        let prefix = trailing(line, is_of_id);
        return rule_ids(view, &view.document.project.rules, offset - prefix.len()..offset, "");
    }
    names(view, trailing(line, |c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.')), offset)
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '*')
}

/// The longest end of `text` whose characters are all of a kind.
fn trailing(text: &str, is_of: impl Fn(char) -> bool) -> &str {
    let start = text.char_indices().rev().take_while(|&(_, c)| is_of(c)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// Names of people and organisations, and names and terms of the house, that begin, or have a word that begins, like the word
/// before the cursor.
fn names(view: &View, prefix: &str, offset: usize) -> Vec<CompletionItem> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let start = offset - prefix.len();
    let written = view.source().get(..start).unwrap_or_default();
    // A writer types a straight apostrophe where the story has a curly one.
    let folded = |words: &str| words.to_lowercase().replace('’', "'");
    let low = folded(prefix);
    let known = known_names(view, &(start..offset));
    // Enter and Tab take what is offered: behind a word that is whole they must mean what they always do.
    // A particle is not: “de” goes on to “de Vries”.
    let is_finished = |name: &String| {
        folded(name) == low || name.split(' ').any(|word| folded(word) == low && !word.starts_with(char::is_lowercase))
    };
    if known.keys().any(is_finished) {
        return Vec::new();
    }
    let is_small = prefix.starts_with(char::is_lowercase);
    let writes_words = is_small
        && (prefix.chars().count() < SHORTEST || dictionary::entry(&low).is_some_and(|entry| entry.is_common()));
    let item = |(name, (kind, detail)): (String, (CompletionItemKind, String))| {
        let starts_of_words = std::iter::once(0).chain(name.match_indices(' ').map(|(space, _)| space + 1));
        let begun: Vec<usize> = starts_of_words.filter(|&at| folded(&name[at..]).starts_with(&low)).collect();
        let first = *begun.first().filter(|_| name != prefix)?;
        // Whoever goes on in small letters writes words: “an”, “and” and “a” offer no Ana.
        if writes_words && kind != CompletionItemKind::TEXT && name[first..].starts_with(char::is_uppercase) {
            return None;
        }
        // What is before the word in the name may have been written already: “Ana Ru”.
        let front = begun.iter().rev().map(|&at| &name[..at]).find(|front| ends_in_words(written, front));
        // The client filters by what is replaced: the whole name so far, or the word that the writer began.
        let filter = match (front, name[first..].split(' ').next()) {
            (None, Some(word)) => format!("{word} {name}"),
            _ => name.clone(),
        };
        let range = view.range(&(start - front.map_or(0, str::len)..offset));
        Some(CompletionItem {
            filter_text: Some(if prefix.contains('\'') { filter.replace('’', "'") } else { filter }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, name.clone()))),
            // What begins as the writer began comes first, a surname before a whole name that ends in it.
            sort_text: Some(format!("{}{name}", if front.is_some() || first == 0 { 0 } else { 1 })),
            kind: Some(kind),
            detail: (!detail.is_empty()).then_some(detail),
            label: name,
            ..CompletionItem::default()
        })
    };
    known.into_iter().filter_map(item).collect()
}

/// Whether `text` ends in `words`, the first of them whole: “made ” does not end in “de ”.
fn ends_in_words(text: &str, words: &str) -> bool {
    let before = text.strip_suffix(words).filter(|_| !words.is_empty());
    before.is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// The names of the story, and names and terms of the house, each with what is known of it. A name that is only in
/// `cursor` is being written.
fn known_names(view: &View, cursor: &SourceRange) -> BTreeMap<String, (CompletionItemKind, String)> {
    let story = view.story();
    let mut known: BTreeMap<String, (CompletionItemKind, String)> = BTreeMap::new();
    let elsewhere = |passage| {
        let range = view.source_of(passage);
        range.end < cursor.start || cursor.end < range.start
    };
    for person in story.people.iter().filter(|p| p.mentions.iter().any(|m| elsewhere(m.passage))) {
        let detail = person.titles.first().cloned().unwrap_or_default();
        let surname = person.surname.clone();
        known.insert(person.name.clone(), (CompletionItemKind::VALUE, detail));
        if !surname.is_empty() {
            known.entry(surname).or_insert((CompletionItemKind::VALUE, person.name.clone()));
        }
    }
    for organisation in story.organisations {
        let written = |passages: &[_]| passages.iter().any(|&passage| elsewhere(passage));
        if let Some(name) = organisation.name.as_ref().filter(|_| written(&organisation.full_mentions)) {
            let detail = organisation.acronym.clone().unwrap_or_default();
            known.insert(name.clone(), (CompletionItemKind::MODULE, detail));
        }
        if let Some(acronym) = organisation.acronym.as_ref().filter(|_| written(&organisation.acronym_mentions)) {
            let detail = organisation.name.clone().unwrap_or_default();
            known.insert(acronym.clone(), (CompletionItemKind::MODULE, detail));
        }
    }
    for (name, what) in view.document.project.config.known_names() {
        known.entry(name.to_owned()).or_insert((CompletionItemKind::VALUE, what.to_owned()));
    }
    for term in terms(view) {
        known.entry(term).or_insert((CompletionItemKind::TEXT, "term of the house".to_owned()));
    }
    known
}

/// What the newsroom accepts, and what its own rules put in the place of other words.
fn terms(view: &View) -> Vec<String> {
    let project = &view.document.project;
    let own = project.rules.rules.iter().filter(|rule| rule.pack == OWN_PACK);
    let uses = own.flat_map(|rule| &rule.phrases).flat_map(|phrase| &phrase.uses);
    // Forms that follow the word they replace are no terms.
    let whole = uses.filter(|term| !term.is_empty() && !term.contains(['{', '$', '(']));
    project.config.accept().map(str::to_owned).chain(whole.cloned()).collect()
}

/// All rules and topics, in place of `range`, in `quotes`.
fn rule_ids(view: &View, rules: &RuleSet, range: SourceRange, quotes: &str) -> Vec<CompletionItem> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for rule in &rules.rules {
        ids.insert(rule.id.to_string(), rule.title.clone());
        ids.entry(format!("{}/*", topic_of(&rule.id))).or_insert_with(|| "all rules of the topic".to_owned());
    }
    let range = view.range(&range);
    let item = |(id, title): (String, String)| CompletionItem {
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, format!("{quotes}{id}{quotes}")))),
        filter_text: (!quotes.is_empty()).then(|| format!("{quotes}{id}")),
        kind: Some(CompletionItemKind::CONSTANT),
        detail: Some(title),
        label: id,
        ..CompletionItem::default()
    };
    ids.into_iter().map(item).collect()
}
