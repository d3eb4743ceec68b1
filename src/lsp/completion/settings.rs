//! What may be written next in `copydesk.toml`: keys, rule ids, and the values of keys that take one of a few.
//!
//! The file is read line by line up to the cursor, and not as TOML: while somebody writes, it is hardly ever whole.

use tower_lsp::ls_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};

use super::{is_of_id, rule_ids, trailing};
use crate::config::{KEYS, Key, KeyKind, PROFILES, RULE, fail_levels, severities};
use crate::lsp::document::View;
use crate::rules::pack_names;
use crate::settings::Part;
use crate::story::DateSource;
use crate::text::SourceRange;

/// What may be written at byte `offset`.
pub fn complete(view: &View, offset: usize) -> Vec<CompletionItem> {
    let text = view.source().get(..offset).unwrap_or_default();
    let (before, entry) = text.split_at(start_of_entry(text));
    let table: Vec<&str> = before.lines().rev().find_map(header).unwrap_or_default();
    let in_override = table.first() == Some(&"override");
    let path = table.get(usize::from(in_override)..).unwrap_or_default();
    let written = entry.trim_start();
    if let Some((front, value)) = written.rsplit_once('=') {
        // In `"words/wordy" = { severity = ` the key is the last.
        let is_inline = front.contains('{');
        let key = trailing(front.trim_end().trim_end_matches('"'), is_of_id);
        return in_quotes(view, value, offset, &values_of(path, key, is_inline));
    }
    if path == ["rules"] {
        return rule(view, written, offset);
    }
    if !written.chars().all(is_of_id) {
        return Vec::new();
    }
    let range = offset - written.len()..offset;
    if let ["rules", _] = path {
        return RULE.iter().map(|(name, meaning)| item(view, &range, name, Some(meaning))).collect();
    }
    let Some(keys) = keys_of(path) else { return Vec::new() };
    let known = keys.iter().filter(|key| key.by_path || !in_override);
    let mut items: Vec<CompletionItem> = known.map(|key| item(view, &range, key.name, Some(key.meaning))).collect();
    if in_override && path.is_empty() {
        items.push(item(view, &range, "paths", Some("Globs of the paths that these settings are for.")));
    }
    items
}

/// Where the last entry of `text` begins: with its last line, or, inside an array of several lines, with the key of that.
fn start_of_entry(text: &str) -> usize {
    let last_line = text.rfind('\n').map_or(0, |at| at + 1);
    let (mut start, mut open) = (last_line, 0);
    for line in text[..last_line].split_inclusive('\n').rev() {
        // A text that no mark closes is half-written, and what follows is none of it.
        let Some(opened) = brackets(line).filter(|_| header(line).is_none()) else { break };
        start -= line.len();
        open += opened;
        if line.split_once('=').is_some_and(|(key, _)| !key.contains('{')) {
            return if open > 0 { start } else { last_line };
        }
    }
    last_line
}

/// How many arrays a line opens more than it closes; `None` for a line that ends inside quotation marks.
fn brackets(line: &str) -> Option<isize> {
    let mut open = 0;
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '[' => open += 1,
            ']' => open -= 1,
            '#' => break,
            _ => {}
        }
    }
    (!is_quoted).then_some(open)
}

/// The parts of a table's name in the line that opens it: `[override.rules]`, `[[override]]`. The brackets behind it may
/// still be missing.
fn header(line: &str) -> Option<Vec<&str>> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let name = line.strip_prefix('[')?.trim_start_matches('[').trim_end_matches(']').trim();
    // An array over several lines may hold a line that begins so.
    let is_name = !name.is_empty() && name.chars().all(|c| is_of_id(c) || matches!(c, '.' | ' ' | '"'));
    is_name.then(|| name.split('.').map(str::trim).collect())
}

/// The keys of a table, by the parts of its name behind `override`.
fn keys_of(path: &[&str]) -> Option<&'static [Key]> {
    let Some((first, rest)) = path.split_first() else { return Some(KEYS) };
    match KEYS.iter().find(|key| key.name == *first)?.kind {
        KeyKind::Table(keys) if rest.is_empty() => Some(keys),
        _ => None,
    }
}

/// The words that a key takes.
fn values_of(path: &[&str], key: &str, is_inline: bool) -> Vec<&'static str> {
    if let ["rules", rest @ ..] = path {
        // Of a rule with a table of its own, `severity` alone takes one of a few.
        let is_severity = key == "severity" || (rest.is_empty() && !is_inline);
        return if is_severity { severities() } else { Vec::new() };
    }
    if is_inline {
        return Vec::new();
    }
    let kind = keys_of(path).and_then(|keys| keys.iter().find(|known| known.name == key)).map(|key| key.kind);
    match kind {
        Some(KeyKind::Profile) => PROFILES.iter().map(|profile| profile.name).collect(),
        Some(KeyKind::Packs | KeyKind::Extends) => pack_names(),
        Some(KeyKind::FailOn) => fail_levels(),
        Some(KeyKind::Parts) => Part::all().map(Part::as_str).collect(),
        Some(KeyKind::DateSources) => DateSource::ALL.iter().map(DateSource::as_str).collect(),
        _ => Vec::new(),
    }
}

/// `values` in quotation marks, in place of the last text that begins in `written`.
fn in_quotes(view: &View, written: &str, offset: usize, values: &[&str]) -> Vec<CompletionItem> {
    let begun = trailing(written, is_of_id);
    let front = &written[..written.len() - begun.len()];
    // The lines before the last one are whole.
    let front = front.rsplit('\n').next().unwrap_or_default();
    let opened = front.ends_with('"');
    // An even number of marks before a word means that it is between texts, where only a new one can begin.
    let inside = front.matches('"').count() % 2 == 1;
    if opened != inside || (!inside && !front.trim_end().is_empty() && !front.trim_end().ends_with(['[', ','])) {
        return Vec::new();
    }
    let end = if opened { end_of_quoted(view, offset) } else { offset };
    let range = offset - begun.len() - usize::from(opened)..end;
    let item = |value: &&str| CompletionItem {
        label: (*value).to_owned(),
        filter_text: opened.then(|| format!("\"{value}\"")),
        kind: Some(CompletionItemKind::ENUM_MEMBER),
        ..item(view, &range, &format!("\"{value}\""), None)
    };
    values.iter().map(item).collect()
}

/// Rule ids where a line of a table of rules begins, with or without the quotation mark that they need.
fn rule(view: &View, written: &str, offset: usize) -> Vec<CompletionItem> {
    let begun = written.strip_prefix('"').unwrap_or(written);
    if !begun.chars().all(is_of_id) {
        return Vec::new();
    }
    let opened = begun.len() < written.len();
    let end = if opened { end_of_quoted(view, offset) } else { offset };
    let range = offset - written.len()..end;
    let mut items = rule_ids(view, &view.document.project.rules, range, "\"");
    if !opened {
        // Clients filter by what is replaced, which has no quotation mark then.
        items.iter_mut().for_each(|item| item.filter_text = None);
    }
    items
}

/// Where the text in quotation marks ends that the cursor is in, with its mark: the rest of a word that is written
/// already, or the mark alone that an editor has put behind the cursor. The cursor itself where no mark closes the text.
fn end_of_quoted(view: &View, offset: usize) -> usize {
    let rest = view.source().get(offset..).unwrap_or_default();
    let behind = rest.trim_start_matches(is_of_id);
    if behind.starts_with('"') { offset + rest.len() - behind.len() + 1 } else { offset }
}

fn item(view: &View, range: &SourceRange, text: &str, detail: Option<&str>) -> CompletionItem {
    CompletionItem {
        label: text.to_owned(),
        detail: detail.map(str::to_owned),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(view.range(range), text.to_owned()))),
        kind: Some(CompletionItemKind::PROPERTY),
        ..CompletionItem::default()
    }
}
