//! What the client can do, and what its user set there.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tower_lsp::ls_types::{
    ClientCapabilities, DiagnosticTag, MarkupKind, PositionEncodingKind, ResourceOperationKind,
    TextDocumentClientCapabilities,
};

use crate::config::PreferredRules;
use crate::finding::Severity;
use crate::markup::Format;
use crate::project::Preferences;
use crate::text::{PositionEncoding, in_words};

/// The name of the settings' section in the client, and the `source` of all diagnostics.
pub const SECTION: &str = "copydesk";

/// What the client can do, as far as answers depend on it.
#[derive(Clone, Debug)]
pub struct Abilities {
    /// What columns count.
    pub encoding: PositionEncoding,
    /// It asks for diagnostics, so none are pushed.
    pub pulls: bool,
    /// It shows related places of a diagnostic.
    pub related: bool,
    /// It shows what is unnecessary as such.
    pub unnecessary: bool,
    /// It follows a diagnostic's link.
    pub code_description: bool,
    /// It gives a diagnostic's `data` back.
    pub diagnostic_data: bool,
    /// It takes code actions that are not commands.
    pub code_actions: bool,
    /// It asks for the edit of a code action when the action is chosen.
    pub resolves_edits: bool,
    /// It takes edits that say which version they are for.
    pub versioned_edits: bool,
    /// It creates files as part of an edit.
    pub creates_files: bool,
    /// It shows Markdown.
    pub markdown: bool,
    /// It asks whether, and what, it may rename.
    pub prepares_rename: bool,
    /// It takes symbols inside symbols.
    pub nested_symbols: bool,
    /// It answers `workspace/configuration`.
    pub configuration: bool,
    /// It can be asked to tell of changed settings.
    pub registers_configuration: bool,
    /// It can be asked to watch files.
    pub registers_watchers: bool,
    /// It asks again for diagnostics when told to.
    pub refreshes_diagnostics: bool,
    /// It asks again for inlay hints when told to.
    pub refreshes_hints: bool,
    /// It asks again for code lenses when told to.
    pub refreshes_lenses: bool,
    /// It asks again for semantic tokens when told to.
    pub refreshes_tokens: bool,
    /// It applies edits that the server asks for.
    pub applies_edits: bool,
    /// It shows a document that the server asks for.
    pub shows_documents: bool,
    /// It shows a story's status, and is told when that changes.
    pub shows_status: bool,
    /// It shows the findings at a place above what it is answered for a hover there.
    pub hovers_findings: bool,
}

impl Abilities {
    /// Reads what the client says of itself.
    pub fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let published = document.and_then(|d| d.publish_diagnostics.as_ref());
        let pulled = document.and_then(|d| d.diagnostic.as_ref());
        let workspace = capabilities.workspace.as_ref();
        let actions = document.and_then(|d| d.code_action.as_ref());
        let edits = workspace.and_then(|w| w.workspace_edit.as_ref());
        let window = capabilities.window.as_ref().and_then(|w| w.show_document.as_ref());
        let own = |name: &str| {
            let announced = capabilities.experimental.as_ref().and_then(|all| all.get(SECTION)?.get(name)?.as_bool());
            announced.unwrap_or(false)
        };
        let flag = |pushed: Option<bool>, pulled: Option<bool>| pushed.or(pulled).unwrap_or(false);
        Self {
            encoding: encoding(capabilities),
            pulls: pulled.is_some(),
            related: flag(published.and_then(|p| p.related_information), pulled.and_then(|p| p.related_information)),
            unnecessary: knows_unnecessary(document),
            code_description: flag(
                published.and_then(|p| p.code_description_support),
                pulled.and_then(|p| p.code_description_support),
            ),
            diagnostic_data: flag(published.and_then(|p| p.data_support), pulled.and_then(|p| p.data_support)),
            code_actions: actions.is_some_and(|a| a.code_action_literal_support.is_some()),
            resolves_edits: actions.is_some_and(|a| {
                let resolved = a.resolve_support.as_ref();
                a.data_support == Some(true) && resolved.is_some_and(|r| r.properties.iter().any(|p| p == "edit"))
            }),
            versioned_edits: edits.and_then(|e| e.document_changes) == Some(true),
            creates_files: edits
                .and_then(|e| e.resource_operations.as_ref())
                .is_some_and(|known| known.contains(&ResourceOperationKind::Create)),
            markdown: document
                .and_then(|d| d.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            prepares_rename: document.and_then(|d| d.rename.as_ref()?.prepare_support).unwrap_or(false),
            nested_symbols: document
                .and_then(|d| d.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            configuration: workspace.and_then(|w| w.configuration).unwrap_or(false),
            registers_configuration: workspace
                .and_then(|w| w.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            registers_watchers: workspace
                .and_then(|w| w.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            refreshes_diagnostics: workspace.and_then(|w| w.diagnostics.as_ref()?.refresh_support).unwrap_or(false),
            refreshes_hints: workspace.and_then(|w| w.inlay_hint.as_ref()?.refresh_support).unwrap_or(false),
            refreshes_lenses: workspace.and_then(|w| w.code_lens.as_ref()?.refresh_support).unwrap_or(false),
            refreshes_tokens: workspace.and_then(|w| w.semantic_tokens.as_ref()?.refresh_support).unwrap_or(false),
            applies_edits: workspace.and_then(|w| w.apply_edit).unwrap_or(false),
            shows_documents: window.is_some_and(|show| show.support),
            shows_status: own("status"),
            hovers_findings: own("hoversFindings"),
        }
    }
}

fn knows_unnecessary(document: Option<&TextDocumentClientCapabilities>) -> bool {
    let pushed = document.and_then(|d| d.publish_diagnostics.as_ref()).and_then(|p| p.tag_support.as_ref());
    pushed.is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY))
}

/// The encoding that costs least among those the client offers: UTF-8 is what the buffer holds.
fn encoding(capabilities: &ClientCapabilities) -> PositionEncoding {
    let offered = capabilities.general.as_ref().and_then(|g| g.position_encodings.as_deref()).unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        PositionEncoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32) {
        PositionEncoding::Utf32
    } else {
        PositionEncoding::Utf16
    }
}

/// The protocol's name of an encoding.
pub fn encoding_kind(encoding: PositionEncoding) -> PositionEncodingKind {
    match encoding {
        PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
        PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// What the user set in the client.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientSettings {
    /// The publication date of every story that is open; for a client that sets it by workspace.
    #[serde(deserialize_with = "date")]
    pub date: Option<Date>,
    /// Read a story that names no publication date as one that is published today.
    pub today: bool,
    /// Show what dates resolve to and who says quotes, beside them.
    pub inlay_hints: bool,
    /// Show what the story holds, above its headline.
    pub code_lens: bool,
    /// Who checks facts here; nobody for whom git's settings name.
    #[serde(deserialize_with = "or_none")]
    pub by: Option<String>,
    /// Offer the marks of fact-checkers in stories without a ledger, too.
    pub fact_checking: bool,
    /// Show in colours how far facts are checked.
    pub fact_tokens: bool,
    /// Offer the diagnostics of stories that are not open. Read when the server starts.
    pub workspace_diagnostics: bool,
    /// The rule packs in use; none for those of the newsroom's settings.
    #[serde(deserialize_with = "or_none")]
    pub packs: Vec<String>,
    /// Severities by rule or topic, over those of the newsroom's settings; for one language below its id in brackets.
    #[serde(deserialize_with = "preferred")]
    pub rules: PreferredRules,
    /// More language ids that hold stories, with their formats.
    #[serde(deserialize_with = "formats")]
    pub languages: HashMap<String, Format>,
    /// The lowest severity that is shown.
    pub show: Severity,
    /// When new findings are told.
    pub check_on: CheckOn,
    /// How many seconds a writer rests before unfinished sentences are judged as they are.
    pub rest: u32,
    /// What columns count, for a client that counts otherwise than it says (ALE and lsp-mode do); it is looked at only
    /// when the server starts.
    pub position_encoding: Option<CountedUnit>,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            date: None,
            today: true,
            inlay_hints: false,
            code_lens: true,
            by: None,
            fact_checking: false,
            fact_tokens: false,
            workspace_diagnostics: true,
            packs: Vec::new(),
            rules: PreferredRules::default(),
            languages: HashMap::new(),
            show: Severity::Hint,
            check_on: CheckOn::Type,
            rest: 3,
            position_encoding: None,
        }
    }
}

impl ClientSettings {
    /// Reads settings: the section itself, or an object that holds it. `null` gives the defaults. A setting that cannot be
    /// used costs only itself; the second result says for each of them what is wrong.
    ///
    /// # Errors
    ///
    /// The settings are no object.
    pub fn read(value: &Value) -> Result<(Self, Vec<String>), String> {
        let section = value.get(SECTION).unwrap_or(value);
        let Some(written) = section.as_object() else {
            return match section {
                Value::Null => Ok((Self::default(), Vec::new())),
                _ => Err("settings are an object, such as { \"packs\": [\"core\", \"ap\"] }".to_owned()),
            };
        };
        let mut usable = Map::new();
        let mut complaints = Vec::new();
        for (key, value) in written {
            let alone = Map::from_iter([(key.clone(), value.clone())]);
            match Self::deserialize(Value::Object(alone)) {
                Ok(_) => drop(usable.insert(key.clone(), value.clone())),
                Err(error) => {
                    complaints.push(format!("the setting `{key}` is not used: {}", in_words(&error.to_string())))
                }
            }
        }
        let settings = Self::deserialize(Value::Object(usable)).map_err(|error| error.to_string())?;
        Ok((settings, complaints))
    }

    /// Whether `value`, which [`ClientSettings::read`] could read, is what a client sends that has no such section. A section
    /// that is there and empty means the defaults.
    pub fn says_nothing(value: &Value) -> bool {
        match value.get(SECTION) {
            Some(section) => section.is_null(),
            None => value.is_null() || value.as_object().is_some_and(Map::is_empty),
        }
    }

    /// What waits while somebody types, and how long.
    pub fn wish(&self) -> Wish {
        Wish { rest: Duration::from_secs(self.rest.into()), until_saved: self.check_on == CheckOn::Save }
    }

    /// What is preferred to the newsroom's settings.
    pub fn preferences(&self) -> Preferences {
        Preferences { packs: self.packs.clone(), rules: self.rules.clone() }
    }
}

/// A value that may be `null`, as clients write what is not set.
fn or_none<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// `{ "words/*": "hint", "[markdown]": { "words/cliche": "off" } }`
fn preferred<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PreferredRules, D::Error> {
    let written: BTreeMap<String, Value> = or_none(deserializer)?;
    let mut preferred = PreferredRules::default();
    for (key, value) in &written {
        let language = key.strip_prefix('[').and_then(|key| key.strip_suffix(']'));
        let in_language = match (language, value.as_object()) {
            (Some(language), Some(rules)) => Some((language, rules)),
            (Some(_), None) => {
                let message = format!("rules: `{key}` holds severities of rules, and is not `{value}`");
                return Err(serde::de::Error::custom(message));
            }
            (None, _) => None,
        };
        let Some((language, rules)) = in_language else {
            preferred.all.insert(key.clone(), severity(key, value).map_err(serde::de::Error::custom)?);
            continue;
        };
        let read = rules.iter().map(|(id, value)| Ok((id.clone(), severity(id, value)?)));
        let read = read.collect::<Result<_, String>>().map_err(serde::de::Error::custom)?;
        preferred.by_language.insert(language.to_owned(), read);
    }
    Ok(preferred)
}

fn severity(id: &str, value: &Value) -> Result<Option<Severity>, String> {
    match value.as_str() {
        Some("off") => Ok(None),
        _ => Severity::deserialize(value).map(Some).map_err(|_| {
            let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("rules: `{id}` takes off, hint, query, warning or error, and not `{written}`")
        }),
    }
}

fn formats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, Format>, D::Error> {
    let written: HashMap<String, String> = or_none(deserializer)?;
    let read = |(id, name): (String, String)| match Format::ALL.into_iter().find(|format| format.as_str() == name) {
        Some(format) => Ok((id, format)),
        None => {
            let known = Format::ALL.map(Format::as_str).join(", ");
            Err(format!("`{id}` is read as one of {known}, and not as `{name}`"))
        }
    };
    written.into_iter().map(read).collect::<Result<_, String>>().map_err(serde::de::Error::custom)
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

/// How the client wants to be told of what is new while somebody types.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// How long a writer rests before unfinished sentences are judged as they are.
    pub rest: Duration,
    /// Whether all that is new waits until the story is saved.
    pub until_saved: bool,
}

/// When new findings are told.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum CheckOn {
    /// While the story is written, once the words that they are about are finished.
    #[default]
    Type,
    /// When the story is opened or saved.
    Save,
}

/// What columns count, as the protocol names it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum CountedUnit {
    /// Bytes.
    #[serde(rename = "utf-8")]
    Utf8,
    /// Code units of UTF-16.
    #[serde(rename = "utf-16")]
    Utf16,
    /// Characters.
    #[serde(rename = "utf-32")]
    Utf32,
}

impl CountedUnit {
    /// The buffer's name for it.
    pub fn encoding(self) -> PositionEncoding {
        match self {
            CountedUnit::Utf8 => PositionEncoding::Utf8,
            CountedUnit::Utf16 => PositionEncoding::Utf16,
            CountedUnit::Utf32 => PositionEncoding::Utf32,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_read_with_and_without_their_section() {
        let set = ClientSettings::read(&json!({ "copydesk": { "date": "2018-02-12", "today": false } }));
        let bare = ClientSettings::read(&json!({ "date": "2018-02-12", "today": false }));
        assert_eq!(set, bare);
        assert_eq!(set.map(|(s, _)| s.date), Ok(Some(jiff::civil::date(2018, 2, 12))));
        assert_eq!(ClientSettings::read(&Value::Null), Ok((ClientSettings::default(), Vec::new())));
        assert!(ClientSettings::read(&json!(["core"])).is_err());
    }

    #[test]
    fn a_wrong_setting_costs_only_itself() {
        let written = json!({ "date": "soon", "show": "warning", "checkOn": "save", "rules": { "a/b": "loud" } });
        let (settings, complaints) = ClientSettings::read(&written).expect("it is an object");
        assert_eq!((settings.show, settings.check_on), (Severity::Warning, CheckOn::Save));
        assert_eq!((settings.date, &settings.rules), (None, &PreferredRules::default()));
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints.iter().any(|complaint| complaint.contains("`date`")), "{complaints:?}");
    }

    #[test]
    fn preferences_are_packs_and_severities() {
        let read = |value| ClientSettings::read(&value).map(|(settings, _)| settings.preferences());
        let set = read(json!({ "packs": ["core", "ap"], "rules": { "a/b": "off", "c/*": "hint" } }));
        let rules = [("a/b".to_owned(), None), ("c/*".to_owned(), Some(Severity::Hint))];
        let packs = vec!["core".to_owned(), "ap".to_owned()];
        let rules = PreferredRules { all: rules.into(), ..PreferredRules::default() };
        assert_eq!(set, Ok(Preferences { packs, rules }));
        let set = read(json!({ "rules": { "[markdown]": { "a/b": "off" } } })).map(|set| set.rules.by_language);
        assert_eq!(set, Ok([("markdown".to_owned(), [("a/b".to_owned(), None)].into())].into()));
        assert_eq!(read(json!({ "packs": null, "rules": null })), Ok(Preferences::default()));
        let (_, complaints) = ClientSettings::read(&json!({ "rules": { "a/b": "loud" } })).expect("it is an object");
        assert!(complaints.iter().any(|complaint| complaint.contains("`a/b` takes off")), "{complaints:?}");
    }
}
