//! Reading one file of settings. What is wrong is reported with its place, and the rest is used.

mod house;
mod lexicon;

use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

use super::keys::{self, Key};
use super::layer::{Extended, FilePart, Layer, Origin, Override, Partial, RuleLine, Sourced};
use super::profiles;
use crate::finding::Severity;
use crate::rules::{RuleProblem, pack_names};
use crate::settings::Part;
use crate::story::DateSource;
use crate::text::{LineIndex, SourceRange, in_words, nearest};

/// Reads `text`, the content of the file `name`, in which values are of the kind `origin` says.
pub(super) fn read(name: &str, text: &str, origin: ReadAs) -> (Layer, Vec<RuleProblem>) {
    read_with(name, text, origin, |reading, table| {
        for (key, value) in table {
            reading.top(key, value);
        }
    })
}

/// Reads `text`, the content of the file `name`, as the table `[lexicon]` of the newsroom's own file.
pub(super) fn read_lexicon(name: &str, text: &str) -> (Layer, Vec<RuleProblem>) {
    read_with(name, text, ReadAs::Own, |reading, table| {
        let mut settings = std::mem::take(&mut reading.layer.settings);
        reading.lists(table, &mut settings);
        reading.layer.settings = settings;
    })
}

fn read_with(
    name: &str,
    text: &str,
    origin: ReadAs,
    entries: impl FnOnce(&mut LayerReader, DeTable),
) -> (Layer, Vec<RuleProblem>) {
    let mut reading = LayerReader {
        file: Arc::from(name),
        lines: LineIndex::new(text),
        origin,
        part: FilePart::Own,
        mistakes: Vec::new(),
        layer: Layer { file: Arc::from(name), text: Arc::from(text), ..Layer::default() },
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    reading.mistakes.extend(errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())));
    entries(&mut reading, table.into_inner());
    let LayerReader { lines, mistakes, layer, .. } = reading;
    let problems = mistakes.into_iter().map(|(range, message)| problem(name, text, &lines, &range, message));
    (layer, problems.collect())
}

/// How the values of a file count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadAs {
    /// As what the newsroom's own file says.
    Own,
    /// As what a file says that `extends` names.
    Extended,
    /// As what a profile says.
    Profile(&'static str),
}

pub(super) fn problem(name: &str, text: &str, lines: &LineIndex, range: &SourceRange, message: String) -> RuleProblem {
    let at = lines.line_column(range.start, text);
    RuleProblem { file: name.to_owned(), line: at.line, column: at.column, message }
}

/// A rule's value: `"off"`, `"hint"` … or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum RuleValue {
    Level(Level),
    Table(RuleTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    severity: Option<Level>,
    message: Option<String>,
}

/// A severity, or none.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    Hint,
    Query,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Query => Some(Severity::Query),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

struct LayerReader {
    file: Arc<str>,
    lines: LineIndex,
    origin: ReadAs,
    part: FilePart,
    mistakes: Vec<(SourceRange, String)>,
    layer: Layer,
}

type KeyName<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

impl LayerReader {
    fn mistake(&mut self, at: SourceRange, message: impl Into<String>) {
        self.mistakes.push((at, message.into()));
    }

    fn origin(&self, at: &SourceRange) -> Origin {
        let part = match (self.origin, self.part) {
            (ReadAs::Profile(name), _) => return Origin::Profile(name),
            (_, FilePart::Override) => FilePart::Override,
            (ReadAs::Extended, _) => FilePart::Extended,
            (ReadAs::Own, part) => part,
        };
        Origin::File { file: Arc::clone(&self.file), line: self.lines.line_of(at.start) + 1, part }
    }

    fn sourced<T>(&self, value: T, at: &SourceRange) -> Sourced<T> {
        Sourced { value, origin: self.origin(at) }
    }

    /// A key at the top of the file.
    fn top(&mut self, key: KeyName, value: Value) {
        match key.get_ref().as_ref() {
            "extends" => {
                for name in self.strings(value) {
                    let (at, name) = (name.span(), name.into_inner());
                    self.layer.extends.push(Extended { name, origin: self.origin(&at), at });
                }
            }
            "exclude" => {
                let globs = self.strings(value);
                self.globs(&globs);
                let globs: Vec<_> = globs.into_iter().map(|g| self.sourced(g.get_ref().clone(), &g.span())).collect();
                self.layer.exclude.extend(globs);
            }
            "ledgers" => {
                let at = value.span();
                match self.value::<String>(value) {
                    Some(folder) if folder.trim().is_empty() => self.mistake(at, "an empty string means nothing"),
                    Some(folder) => self.layer.ledgers = Some(self.sourced(folder, &at)),
                    None => {}
                }
            }
            "override" => self.overrides(value),
            _ => {
                let mut settings = std::mem::take(&mut self.layer.settings);
                let message = |name: &str| format!("unknown key `{name}`{}", meant(name, keys::KEYS));
                if !self.shared(&key, value, &mut settings) {
                    self.mistake(key.span(), message(key.get_ref()));
                }
                self.layer.settings = settings;
            }
        }
    }

    /// A key that may be at the top and in an override. Says whether it is one.
    fn shared(&mut self, key: &KeyName, value: Value, settings: &mut Partial) -> bool {
        let at = value.span();
        match key.get_ref().as_ref() {
            "profile" => {
                let profile = self.value::<String>(value).and_then(|name| self.profile(&name, &at));
                settings.profile = profile.map(|name| self.sourced(name, &at)).or(settings.profile.take());
            }
            // One run has one set of rules, so their packs and params hold for all stories.
            "packs" if self.part == FilePart::Own => {
                let before = self.mistakes.len();
                let packs = self.strings(value);
                let known = self.packs(packs);
                // Where none of them can be used, no packs at all is not what was meant.
                if !known.is_empty() || self.mistakes.len() == before {
                    settings.packs = Some(self.sourced(known, &at));
                }
            }
            "fail-on" => settings.fail_on = self.fail_on(value).map(|level| self.sourced(level, &at)),
            "skip" => {
                let parts = self.words(
                    value,
                    "part of a story",
                    |word| Part::all().find(|part| part.as_str() == word),
                    || Part::all().map(Part::as_str).collect(),
                );
                settings.skip = Some(self.sourced(parts, &at));
            }
            "accept" => settings.terms.extend(self.sourced_strings(value)),
            "house" => self.house(value, settings),
            "lexicon" => self.lexicon(value, settings),
            "date" => self.date(value, settings),
            "rules" => settings.rules.extend(self.rules(value)),
            _ => return false,
        }
        true
    }

    fn value<'de, T: Deserialize<'de>>(&mut self, value: Value<'de>) -> Option<T> {
        let span = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(error) => {
                self.mistake(error.span().unwrap_or(span), in_words(error.message()));
                None
            }
        }
    }

    /// A list of texts, each with its place. An entry that is none costs only itself.
    fn strings(&mut self, value: Value) -> Vec<Spanned<String>> {
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.mistake(span, "this must be a list: [\"…\", \"…\"]");
            return Vec::new();
        };
        entries.into_iter().filter_map(|entry| self.value::<Spanned<String>>(entry)).collect()
    }

    fn sourced_strings(&mut self, value: Value) -> Vec<Sourced<String>> {
        let mut all = Vec::new();
        for word in self.strings(value) {
            if word.get_ref().trim().is_empty() {
                self.mistake(word.span(), "an empty string means nothing");
                continue;
            }
            all.push(self.sourced(word.get_ref().trim().to_owned(), &word.span()));
        }
        all
    }

    /// A list of words of which each must be `known`.
    fn words<T>(
        &mut self,
        value: Value,
        what: &str,
        known: impl Fn(&str) -> Option<T>,
        all: impl Fn() -> Vec<&'static str>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for word in self.strings(value) {
            match known(word.get_ref()) {
                Some(known) => found.push(known),
                None => {
                    let message = format!("there is no {what} `{}`{}", word.get_ref(), listed(word.get_ref(), &all()));
                    self.mistake(word.span(), message);
                }
            }
        }
        found
    }

    fn profile(&mut self, name: &str, at: &SourceRange) -> Option<&'static str> {
        let known = profiles::names().find(|known| *known == name);
        if known.is_none() {
            let message =
                format!("there is no profile `{name}`{}", listed(name, &profiles::names().collect::<Vec<_>>()));
            self.mistake(at.clone(), message);
        }
        known
    }

    fn packs(&mut self, packs: Vec<Spanned<String>>) -> Vec<String> {
        let known = pack_names();
        let mut found = Vec::new();
        for pack in packs {
            if known.contains(&pack.get_ref().as_str()) {
                found.push(pack.into_inner());
            } else {
                self.mistake(
                    pack.span(),
                    format!("there is no pack `{}`; choose from {}", pack.get_ref(), known.join(", ")),
                );
            }
        }
        found
    }

    fn fail_on(&mut self, value: Value) -> Option<Option<Severity>> {
        let at = value.span();
        let word = self.value::<String>(value)?;
        let level = Severity::ALL.into_iter().find(|level| level.as_str() == word);
        if level.is_none() && word != "never" {
            self.mistake(at, "`fail-on` takes \"hint\", \"query\", \"warning\", \"error\" or \"never\"");
            return None;
        }
        Some(level)
    }

    /// The entries of a table, or none with a mistake.
    fn table<'v>(&mut self, value: Value<'v>, message: &str) -> Vec<(KeyName<'v>, Value<'v>)> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(entries) => entries.into_iter().collect(),
            _ => {
                self.mistake(span, message);
                Vec::new()
            }
        }
    }

    fn date(&mut self, value: Value, settings: &mut Partial) {
        for (key, value) in self.table(value, "`date` must be a table: [date]") {
            let at = value.span();
            match key.get_ref().as_ref() {
                "sources" => {
                    let before = self.mistakes.len();
                    let known = || DateSource::ALL.iter().map(DateSource::as_str).chain(["front-matter:KEY"]).collect();
                    let sources = self.words(value, "source of a date", DateSource::parse, known);
                    if !sources.is_empty() || self.mistakes.len() == before {
                        settings.date_sources = Some(self.sourced(sources, &at));
                    }
                }
                "default" => {
                    let date = self.day(value);
                    settings.date_default = date.map(|date| self.sourced(date, &at));
                }
                other => {
                    self.mistake(key.span(), format!("unknown key `{other}` in [date]{}", meant(other, keys::DATE)))
                }
            }
        }
    }

    /// A day, as a date of TOML or as a text.
    fn day(&mut self, value: Value) -> Option<Date> {
        let at = value.span();
        let text = match value.get_ref() {
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let date = text.and_then(|text| text.parse().ok());
        if date.is_none() {
            self.mistake(at, "`default` takes a day: 2018-02-12");
        }
        date
    }

    fn rules(&mut self, value: Value) -> Vec<RuleLine> {
        let mut entries: Vec<RuleLine> = Vec::new();
        for (id, value) in self.table(value, "`rules` must be a table: [rules]") {
            let at = id.span();
            let id = id.into_inner().into_owned();
            if let Some((severity, message, params)) = self.rule(&id, value) {
                entries.push(RuleLine { id, origin: self.origin(&at), at, severity, message, params });
            }
        }
        // The order inside a table says nothing, so the rule that is named by itself comes after its topic.
        entries.sort_by_key(|entry| (!entry.id.ends_with("/*"), entry.at.start));
        entries
    }

    #[allow(clippy::type_complexity)] // The three parts of one entry, taken apart at once.
    fn rule(
        &mut self,
        id: &str,
        value: Value,
    ) -> Option<(Option<Option<Severity>>, Option<String>, Vec<(String, toml::Value, SourceRange)>)> {
        let at = value.span();
        let mut params = Vec::new();
        let value = match value.into_inner() {
            DeValue::Table(mut table) => {
                if let Some(value) = table.remove("params") {
                    if self.part == FilePart::Override {
                        self.mistake(value.span(), "`params` hold for all stories; they belong in [rules]");
                    }
                    for (name, value) in self.table(value, "`params` must be a table: { most = 40 }") {
                        let at = value.span();
                        if let Some(value) = self.value::<toml::Value>(value) {
                            params.push((name.into_inner().into_owned(), value, at));
                        }
                    }
                }
                const KNOWN: &[&str] = &["severity", "message", "params"];
                let is_known = |key: &Spanned<DeString>| KNOWN.contains(&key.get_ref().as_ref());
                let (table, unknown): (DeTable, DeTable) = table.into_iter().partition(|(key, _)| is_known(key));
                for key in unknown.into_iter().map(|(key, _)| key) {
                    let name = key.get_ref();
                    self.mistake(key.span(), format!("unknown key `{name}`{}", listed(name, KNOWN)));
                }
                Spanned::new(at.clone(), DeValue::Table(table))
            }
            other => Spanned::new(at.clone(), other),
        };
        match RuleValue::deserialize(ValueDeserializer::from(value)) {
            Ok(RuleValue::Level(level)) => Some((Some(level.severity()), None, params)),
            Ok(RuleValue::Table(table)) => Some((table.severity.map(Level::severity), table.message, params)),
            Err(_) => {
                let message = format!(
                    "`{id}` takes \"off\", \"hint\", \"query\", \"warning\" or \"error\", or a table with severity, message and params"
                );
                self.mistake(at, message);
                None
            }
        }
    }

    fn overrides(&mut self, value: Value) {
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.mistake(span, "`override` must be written as [[override]]");
            return;
        };
        for entry in entries {
            let at = entry.span();
            self.part = FilePart::Override;
            let mut globs = None;
            let mut settings = Partial::default();
            for (key, value) in self.table(entry, "`override` must be written as [[override]]") {
                match key.get_ref().as_ref() {
                    "paths" => globs = Some(self.strings(value)),
                    name => {
                        let known = self.shared(&key, value, &mut settings);
                        if !known {
                            let message = if keys::names(keys::KEYS).any(|key| key == name) {
                                format!("`{name}` applies to all stories, so it belongs at the top of the file")
                            } else {
                                let by_path: Vec<&str> = ["paths"]
                                    .into_iter()
                                    .chain(keys::KEYS.iter().filter(|key| key.by_path).map(|key| key.name))
                                    .collect();
                                format!("unknown key `{name}` in [[override]]{}", listed(name, &by_path))
                            };
                            self.mistake(key.span(), message);
                        }
                    }
                }
            }
            self.part = FilePart::Own;
            let globs = globs.unwrap_or_default();
            if globs.is_empty() {
                self.mistake(at, "an [[override]] needs `paths`, a list of globs");
            }
            let paths = self.globs(&globs);
            self.layer.overrides.push(Override { paths, settings });
        }
    }

    fn globs(&mut self, globs: &[Spanned<String>]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            match Glob::new(glob.get_ref()) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => self.mistake(glob.span(), error.to_string()),
            }
        }
        set.build().unwrap_or_else(|error| {
            self.mistake(0..0, error.to_string());
            GlobSet::empty()
        })
    }
}

/// What may have been meant by `name`, or what there is.
fn listed(name: &str, all: &[&str]) -> String {
    nearest(name, all.iter().copied())
        .map_or_else(|| format!("; choose from {}", all.join(", ")), |near| format!("; did you mean `{near}`?"))
}

fn meant(name: &str, keys: &[Key]) -> String {
    listed(name, &keys::names(keys).collect::<Vec<_>>())
}
