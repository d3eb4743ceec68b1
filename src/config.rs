//! `copydesk.toml`: what a newsroom sets for its stories. Reading the file from disk is the caller's work.

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::analysis::{RuleSetting, Settings};
use crate::finding::Severity;
use crate::rules::{RuleProblem, RuleSet, pack_names};
use crate::text::{LineIndex, SourceRange, nearest};

/// The name of the file.
pub const FILE_NAME: &str = "copydesk.toml";

/// What `copydesk.toml` says.
#[derive(Debug, Default)]
pub struct Config {
    /// The packs whose rules run.
    pub packs: Vec<String>,
    /// Globs of paths, relative to the file's folder, that a walk leaves out.
    pub exclude: Vec<String>,
    /// The lowest severity that makes a run fail.
    pub fail_on: Option<Severity>,
    /// Words of the house that are never flagged.
    pub accept: Vec<String>,
    /// Settings of rules for every file.
    rules: RuleTable,
    /// Settings of rules by path.
    overrides: Vec<Override>,
    /// Severities that the user set in the editor; they win over the file.
    preferred: RuleTable,
    /// Rule ids with their places in the file, to be held against the rules there are.
    named: Vec<(String, SourceRange)>,
}

type RuleTable = BTreeMap<String, RuleSetting>;

#[derive(Debug)]
struct Override {
    paths: GlobSet,
    rules: RuleTable,
}

/// A rule's value: `"off"`, `"hint"` … or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum RuleValue {
    Level(Level),
    Table(RuleTableEntry),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTableEntry {
    severity: Option<Level>,
    message: Option<String>,
}

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

/// The keys at the top of the file.
pub const KEYS: &[&str] = &["accept", "exclude", "fail-on", "override", "packs", "rules"];

impl Config {
    /// What holds where there is no file.
    pub fn standard() -> Self {
        Self { packs: vec!["core".to_owned()], ..Self::default() }
    }

    /// Reads `text`, the content of the file `name`. What is wrong is reported, and the rest is used.
    pub fn parse(name: &str, text: &str) -> (Self, Vec<RuleProblem>) {
        let mut reading = Reading { config: Self::standard(), mistakes: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        reading.mistakes.extend(errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())));
        for (key, value) in table.into_inner() {
            reading.key(&key.get_ref().clone(), key.span(), value);
        }
        let lines = LineIndex::new(text);
        let problems =
            reading.mistakes.into_iter().map(|(range, message)| problem(name, text, &lines, &range, message));
        let problems = problems.collect();
        (reading.config, problems)
    }

    /// The rules that the file names and that do not exist, with what may have been meant.
    pub fn unknown_rules(&self, name: &str, text: &str, rules: &RuleSet) -> Vec<RuleProblem> {
        let lines = LineIndex::new(text);
        let unknown = self.named.iter().filter(|(id, _)| !names_a_rule(id, rules));
        unknown
            .map(|(id, range)| {
                let near = nearest(id, rules.rules.iter().map(|rule| &*rule.id));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                problem(name, text, &lines, range, format!("there is no rule `{id}` in the packs in use{hint}"))
            })
            .collect()
    }

    /// Takes over severities by rule or topic (`sources/*`) that win over those of the file; `None` turns a rule off.
    pub fn prefer(&mut self, severities: &BTreeMap<String, Option<Severity>>) {
        let setting = |severity: &Option<Severity>| RuleSetting { severity: Some(*severity), message: None };
        self.preferred = severities.iter().map(|(id, severity)| (id.clone(), setting(severity))).collect();
    }

    /// The settings for the file at `path`, relative to the folder of `copydesk.toml`.
    pub fn settings(&self, path: &std::path::Path, rules: &RuleSet) -> Settings {
        let mut settings =
            Settings { accepted: self.accept.iter().map(|word| word.to_lowercase()).collect(), ..Settings::default() };
        add(&mut settings, &self.rules, rules);
        for over in self.overrides.iter().filter(|over| over.paths.is_match(path)) {
            add(&mut settings, &over.rules, rules);
        }
        add(&mut settings, &self.preferred, rules);
        settings
    }
}

fn names_a_rule(id: &str, rules: &RuleSet) -> bool {
    match id.strip_suffix("/*") {
        Some(topic) => rules.rules.iter().any(|rule| rule.id.split_once('/').is_some_and(|(t, _)| t == topic)),
        None => rules.get(id).is_some(),
    }
}

/// Adds `table` to `settings`: topics first, so that a rule named by itself wins over its topic.
fn add(settings: &mut Settings, table: &RuleTable, rules: &RuleSet) {
    let (topics, single): (Vec<_>, Vec<_>) = table.iter().partition(|(id, _)| id.ends_with("/*"));
    for (id, setting) in topics {
        let topic = id.trim_end_matches('*');
        for rule in rules.rules.iter().filter(|rule| rule.id.starts_with(topic)) {
            settings.rules.insert(rule.id.to_string(), setting.clone());
        }
    }
    for (id, setting) in single {
        let known = settings.rules.entry(id.clone()).or_default();
        known.severity = setting.severity.or(known.severity);
        known.message = setting.message.clone().or_else(|| known.message.take());
    }
}

fn problem(name: &str, text: &str, lines: &LineIndex, range: &SourceRange, message: String) -> RuleProblem {
    let at = lines.line_column(range.start, text);
    RuleProblem { file: name.to_owned(), line: at.line, column: at.column, message }
}

struct Reading {
    config: Config,
    mistakes: Vec<(SourceRange, String)>,
}

impl Reading {
    fn key(&mut self, key: &str, at: SourceRange, value: Spanned<DeValue>) {
        match key {
            "packs" => {
                let span = value.span();
                if let Some(packs) = self.read::<Vec<String>>(value) {
                    self.packs(packs, span);
                }
            }
            "exclude" => self.config.exclude = self.read(value).unwrap_or_default(),
            "accept" => self.config.accept = self.read(value).unwrap_or_default(),
            "fail-on" => self.config.fail_on = self.read(value),
            "rules" => self.config.rules = self.rule_table(value),
            "override" => self.overrides(value),
            _ => {
                let hint = nearest(key, KEYS.iter().copied()).map_or_else(
                    || format!("; there are {}", KEYS.join(", ")),
                    |near| format!("; did you mean `{near}`?"),
                );
                self.mistakes.push((at, format!("unknown key `{key}`{hint}")));
            }
        }
    }

    fn read<'de, T: Deserialize<'de>>(&mut self, value: Spanned<DeValue<'de>>) -> Option<T> {
        let span = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(error) => {
                self.mistakes.push((error.span().unwrap_or(span), error.message().to_owned()));
                None
            }
        }
    }

    fn packs(&mut self, packs: Vec<String>, span: SourceRange) {
        let known = pack_names();
        for unknown in packs.iter().filter(|pack| !known.contains(&pack.as_str())) {
            let message = format!("there is no pack `{unknown}`; there are {}", known.join(", "));
            self.mistakes.push((span.clone(), message));
        }
        self.config.packs = packs.into_iter().filter(|pack| known.contains(&pack.as_str())).collect();
    }

    fn rule_table(&mut self, value: Spanned<DeValue>) -> RuleTable {
        let span = value.span();
        let DeValue::Table(entries) = value.into_inner() else {
            self.mistakes.push((span, "`rules` must be a table: [rules]".to_owned()));
            return RuleTable::new();
        };
        let mut table = RuleTable::new();
        for (id, value) in entries {
            let at = value.span();
            let setting = match RuleValue::deserialize(ValueDeserializer::from(value)) {
                Ok(RuleValue::Level(level)) => RuleSetting { severity: Some(level.severity()), message: None },
                Ok(RuleValue::Table(entry)) => {
                    RuleSetting { severity: entry.severity.map(Level::severity), message: entry.message }
                }
                Err(_) => {
                    let message = format!(
                        "`{}` takes \"off\", \"hint\", \"query\", \"warning\" or \"error\", or a table with severity and message",
                        id.get_ref()
                    );
                    self.mistakes.push((at, message));
                    continue;
                }
            };
            self.config.named.push((id.get_ref().to_string(), id.span()));
            table.insert(id.into_inner().into_owned(), setting);
        }
        table
    }

    fn overrides(&mut self, value: Spanned<DeValue>) {
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.mistakes.push((span, "`override` must be written as [[override]]".to_owned()));
            return;
        };
        for entry in entries {
            let at = entry.span();
            let DeValue::Table(table) = entry.into_inner() else {
                self.mistakes.push((at, "`override` must be written as [[override]]".to_owned()));
                continue;
            };
            let mut globs = Vec::new();
            let mut rules = RuleTable::new();
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "paths" => globs = self.read::<Vec<Spanned<String>>>(value).unwrap_or_default(),
                    "rules" => rules = self.rule_table(value),
                    other => {
                        let message = format!("unknown key `{other}` in [[override]]; it has paths and rules");
                        self.mistakes.push((key.span(), message));
                    }
                }
            }
            if globs.is_empty() {
                self.mistakes.push((at, "an [[override]] needs `paths`, a list of globs".to_owned()));
            }
            let paths = self.globs(&globs);
            self.config.overrides.push(Override { paths, rules });
        }
    }

    fn globs(&mut self, globs: &[Spanned<String>]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            match Glob::new(glob.get_ref()) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => self.mistakes.push((glob.span(), error.to_string())),
            }
        }
        set.build().unwrap_or_else(|error| {
            self.mistakes.push((0..0, error.to_string()));
            GlobSet::empty()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::rules::{PACKS, RuleFile, load};

    fn core() -> RuleSet {
        load(PACKS.iter().map(|f| RuleFile { pack: f.pack, name: f.name, text: f.text, eager: false })).rules
    }

    fn severity(config: &Config, path: &str) -> Option<Severity> {
        let rules = core();
        let rule = rules.get(crate::suppress::UNUSED).expect("the rule is there");
        config.settings(Path::new(path), &rules).severity(rule)
    }

    #[test]
    fn a_rule_is_set_for_all_files_for_a_topic_and_for_some_paths() {
        let text = "[rules]\n\"suppression/*\" = \"off\"\n\n[[override]]\npaths = [\"opinion/**\"]\nrules = { \"suppression/unused\" = { severity = \"error\" } }\n";
        let (config, problems) = Config::parse(FILE_NAME, text);
        assert_eq!(problems, []);
        assert_eq!(severity(&config, "news/a.md"), None);
        assert_eq!(severity(&config, "opinion/a.md"), Some(Severity::Error));
        assert_eq!(severity(&Config::standard(), "a.md"), Some(Severity::Hint));
    }

    #[test]
    fn mistakes_say_where_and_what_was_meant_and_the_rest_is_used() {
        let text = "exclud = []\nfail-on = \"error\"\npacks = [\"core\", \"nope\"]\n[rules]\n\"suppression/unusd\" = \"off\"\n\"a/b\" = 3\n";
        let (config, problems) = Config::parse(FILE_NAME, text);
        assert_eq!(config.fail_on, Some(Severity::Error));
        let said: Vec<String> = problems.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.message)).collect();
        assert!(said.iter().any(|s| s == "1:1 unknown key `exclud`; did you mean `exclude`?"), "{said:?}");
        assert!(said.iter().any(|s| s.starts_with("3:9 there is no pack `nope`")), "{said:?}");
        assert!(said.iter().any(|s| s.starts_with("6:9 `a/b` takes \"off\"")), "{said:?}");
        let unknown = config.unknown_rules(FILE_NAME, text, &core());
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].message.contains("did you mean `suppression/unused`?"), "{unknown:?}");
    }

    #[test]
    fn broken_syntax_is_one_mistake_with_its_place() {
        let (_, problems) = Config::parse(FILE_NAME, "packs = [\"core\"\n[rules]\n");
        assert!(!problems.is_empty());
    }
}
