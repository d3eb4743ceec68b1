//! `copydesk.toml`: what a newsroom sets for its stories. Reading files from disk is the caller's work.
//!
//! Settings come in layers: the profile, what `extends` names, the newsroom's own file, what the user prefers in the
//! editor. A later layer wins over an earlier one; lists of words and globs add up. Each value knows where it came from.

pub mod edit;
mod keys;
mod layer;
mod profile_layers;
mod profiles;
mod read;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use keys::{DATE, HOUSE, KEYS, Key, KeyKind, LEXICON, PERSON, PLACE, RULE, fail_levels, names, severities};
pub use layer::{Extended, FilePart, Layer, Origin, Override, Partial, RuleLine, Sourced};
pub use profiles::{PROFILES, Profile};

use crate::finding::Severity;
pub use crate::lexicon::OwnList;
use crate::lexicon::OwnWords;
use crate::rules::{RuleProblem, RuleSet};
use crate::settings::{Part, RuleSetting, Settings};
use crate::story::{DateRules, House, HouseWords};
use crate::text::LineIndex;
use read::ReadAs;

/// The name of the file.
pub const FILE_NAME: &str = "copydesk.toml";

/// How messages call what the user of an editor set in it.
pub const EDITOR: &str = "the editor's settings";

/// What holds for a newsroom's stories.
#[derive(Debug, Default)]
pub struct Config {
    /// Files that the newsroom's own builds upon, in order, and then its own.
    layers: Vec<Layer>,
    /// Severities that the user set in the editor; they win over the files.
    preferred: Vec<RuleLine>,
    /// Those for the stories of one language, by the editor's name of it; they win over all others.
    preferred_in: BTreeMap<String, Vec<RuleLine>>,
    /// Packs that were chosen elsewhere; they win over the files.
    packs: Option<Sourced<Vec<String>>>,
    /// The words of the house's dictionary.
    dictionary: Arc<HouseWords>,
}

/// What is in force for one story, each value with where it came from.
#[derive(Debug)]
pub struct InForce {
    /// The kind of text.
    pub profile: Sourced<&'static str>,
    /// The lowest severity that makes a run fail; `None` for never.
    pub fail_on: Sourced<Option<Severity>>,
    /// Parts of the story in which nothing is reported.
    pub skip: Sourced<Vec<Part>>,
    /// Terms of the house.
    pub terms: Vec<Sourced<String>>,
    /// Names of the house.
    pub names: Vec<Sourced<String>>,
    /// People of the house.
    pub people: Vec<Sourced<crate::story::HousePerson>>,
    /// Places of the house.
    pub places: Vec<Sourced<crate::story::HousePlace>>,
    /// What is added to lists of the lexicon.
    pub lexicon: Vec<(OwnList, Sourced<String>)>,
    /// Where the publication date may be.
    pub date_sources: Sourced<Vec<crate::story::DateSource>>,
    /// The publication date of a story that names none.
    pub date_default: Option<Sourced<jiff::civil::Date>>,
    /// What is said of rules and topics, in order; later entries win.
    pub rules: Vec<RuleLine>,
}

impl Config {
    /// What holds where there is no file.
    pub fn standard() -> Self {
        Self::default()
    }

    /// Reads `text`, the content of the file `name`, without what it extends. What is wrong is reported, and the rest is
    /// used.
    pub fn parse(name: &str, text: &str) -> (Self, Vec<RuleProblem>) {
        let (layer, problems) = read::read(name, text, ReadAs::Own);
        (Self { layers: vec![layer], ..Self::default() }, problems)
    }

    /// Reads a file of words for the lexicon, with the keys of `[lexicon]` at its top.
    pub fn parse_lexicon(name: &str, text: &str) -> (Layer, Vec<RuleProblem>) {
        read::read_lexicon(name, text)
    }

    /// Reads the content of a file that `extends` names.
    pub fn parse_extended(name: &str, text: &str) -> (Layer, Vec<RuleProblem>) {
        read::read(name, text, ReadAs::Extended)
    }

    /// Puts layers below the newsroom's own; the last of them wins over those before it.
    pub fn build_upon(&mut self, mut below: Vec<Layer>) {
        below.append(&mut self.layers);
        self.layers = below;
    }

    /// What the newsroom's own file extends.
    pub fn extended(&self) -> &[Extended] {
        self.layers.last().map_or(&[], |layer| &layer.extends)
    }

    /// Takes over severities that win over those of the files.
    pub fn prefer(&mut self, preferred: &PreferredRules) {
        self.preferred = Self::preferred(&preferred.all);
        let by_language = preferred.by_language.iter();
        self.preferred_in = by_language.map(|(name, rules)| (name.clone(), Self::preferred(rules))).collect();
    }

    fn preferred(severities: &Severities) -> Vec<RuleLine> {
        let entry = |(id, severity): (&String, &Option<Severity>)| RuleLine {
            id: id.clone(),
            origin: Origin::CommandLine(EDITOR),
            at: 0..0,
            severity: Some(*severity),
            message: None,
            params: Vec::new(),
        };
        let mut preferred: Vec<RuleLine> = severities.iter().map(entry).collect();
        // A rule that is named by itself wins over its topic.
        preferred.sort_by_key(|entry| !entry.id.ends_with("/*"));
        preferred
    }

    /// Takes over packs that win over those of the files.
    pub fn use_packs(&mut self, packs: Sourced<Vec<String>>) {
        self.packs = Some(packs);
    }

    /// The packs whose rules run.
    pub fn packs(&self) -> Sourced<Vec<String>> {
        let profile = profile_layers::of(self.profile(None).value);
        let said = self.layers.iter().rev().find_map(|layer| layer.settings.packs.clone());
        let packs = self.packs.clone().or(said).or_else(|| profile.settings.packs.clone());
        let mut packs = packs.unwrap_or_else(|| Sourced::default_of(vec!["core".to_owned()]));
        // What was chosen elsewhere is all that is wanted.
        if self.packs.is_none() {
            let known = crate::rules::pack_names();
            let extended = self.layers.iter().flat_map(|layer| &layer.extends);
            for pack in extended.filter(|extended| known.contains(&extended.name.as_str())) {
                if !packs.value.contains(&pack.name) {
                    packs.value.push(pack.name.clone());
                }
            }
        }
        packs
    }

    /// The files of words that the house uses, each with the file of settings that names it.
    pub fn dictionaries(&self) -> impl Iterator<Item = (&Layer, &Sourced<String>)> {
        self.layers.iter().flat_map(|layer| layer.settings.dictionary.iter().map(move |file| (layer, file)))
    }

    /// Takes over the words of the house's dictionary.
    pub fn know_words(&mut self, words: HouseWords) {
        self.dictionary = Arc::new(words);
    }

    /// The folder in which ledgers are kept, from the folder of the newsroom's own file; without one, beside their stories.
    pub fn ledgers(&self) -> Option<&Sourced<String>> {
        self.layers.iter().rev().find_map(|layer| layer.ledgers.as_ref())
    }

    /// Globs of paths that a walk leaves out, relative to the folder of the newsroom's own file.
    pub fn exclude(&self) -> impl Iterator<Item = &Sourced<String>> {
        self.layers.iter().flat_map(|layer| &layer.exclude)
    }

    /// Words that are never flagged, of the newsroom's own file.
    pub fn accept(&self) -> impl Iterator<Item = &str> {
        self.layers.last().into_iter().flat_map(|layer| &layer.settings.terms).map(|term| term.value.as_str())
    }

    /// Names, people and places of the house, each with what it is.
    pub fn known_names(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.layers.iter().map(|layer| &layer.settings).flat_map(|settings| {
            let names = settings.names.iter().map(|name| (name.value.as_str(), "name of the house"));
            let people = settings.people.iter().map(|person| (person.value.name.as_str(), "person of the house"));
            let places = settings.places.iter().map(|place| (place.value.name.as_str(), "place of the house"));
            names.chain(people).chain(places)
        })
    }

    /// What files say for the story at `path`, lowest first; without a path what they say for every story.
    fn said(&self, path: Option<&Path>) -> Vec<&Partial> {
        let mut all = Vec::new();
        for layer in &self.layers {
            all.push(&layer.settings);
            let here = layer.overrides.iter().filter(|over| path.is_some_and(|path| over.paths.is_match(path)));
            all.extend(here.map(|over| &over.settings));
        }
        all
    }

    fn profile(&self, path: Option<&Path>) -> Sourced<&'static str> {
        let said = self.said(path).into_iter().rev().find_map(|settings| settings.profile.clone());
        said.unwrap_or_else(|| Sourced::default_of(profiles::STANDARD))
    }

    /// What is in force for the story at `path`, relative to the folder of the newsroom's own file.
    pub fn in_force(&self, path: &Path) -> InForce {
        let profile = self.profile(Some(path));
        let mut said = vec![&profile_layers::of(profile.value).settings];
        said.extend(self.said(Some(path)));
        let mut force = InForce {
            profile,
            fail_on: Sourced::default_of(Some(Severity::Warning)),
            skip: Sourced::default_of(Vec::new()),
            terms: Vec::new(),
            names: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            lexicon: Vec::new(),
            date_sources: Sourced::default_of(DateRules::default().sources),
            date_default: None,
            rules: Vec::new(),
        };
        for settings in said {
            set(&mut force.fail_on, &settings.fail_on);
            set(&mut force.skip, &settings.skip);
            set(&mut force.date_sources, &settings.date_sources);
            force.date_default = settings.date_default.clone().or(force.date_default.take());
            force.terms.extend_from_slice(&settings.terms);
            force.names.extend_from_slice(&settings.names);
            force.people.extend_from_slice(&settings.people);
            force.places.extend_from_slice(&settings.places);
            force.lexicon.extend_from_slice(&settings.lexicon);
            force.rules.extend_from_slice(&settings.rules);
        }
        force.rules.extend_from_slice(&self.preferred);
        force
    }

    /// What checks need to know for the story at `path`, relative to the folder of the newsroom's own file.
    pub fn settings(&self, path: &Path, rules: &RuleSet) -> Settings {
        let force = self.in_force(path);
        // A name of the house is as little at fault as a term.
        let words = force.terms.iter().chain(&force.names).map(|word| word.value.to_lowercase());
        let people = force.people.iter().map(|person| person.value.name.to_lowercase());
        let mut settings = Settings { accepted: words.chain(people).collect(), ..Settings::default() };
        settings.skip = force.skip.value;
        for entry in &force.rules {
            apply(&mut settings, entry, rules);
        }
        settings
    }

    /// Adds to the settings of a story what the user set for its language, which has the names that `is_named` knows.
    pub fn prefer_in(&self, settings: &mut Settings, rules: &RuleSet, is_named: impl Fn(&str) -> bool) {
        let named = self.preferred_in.iter().filter(|(name, _)| is_named(name));
        named.flat_map(|(_, entries)| entries).for_each(|entry| apply(settings, entry, rules));
    }

    /// What the house knows, and where dates may be, for the story at `path`.
    pub fn house(&self, path: &Path) -> (Arc<House>, DateRules) {
        let force = self.in_force(path);
        let people = force.people.into_iter().map(|person| person.value).collect();
        let names = force.names.into_iter().map(|name| name.value).collect();
        let places = force.places.into_iter().map(|place| place.value).collect();
        let dates = DateRules { sources: force.date_sources.value, default: force.date_default.map(|date| date.value) };
        let words = OwnWords::new(force.lexicon.iter().map(|(list, word)| (*list, word.value.as_str())));
        let house = House::new(people, names, places).with_words(words).with_dictionary(Arc::clone(&self.dictionary));
        (Arc::new(house), dates)
    }

    /// Gives rules the params that the files set for them. What is wrong with those and with messages is reported.
    pub fn set_params(&self, rules: &mut RuleSet) -> Vec<RuleProblem> {
        let mut problems = Vec::new();
        for layer in &self.layers {
            let lines = LineIndex::new(&layer.text);
            let overrides = layer.overrides.iter().flat_map(|over| &over.settings.rules);
            for entry in layer.settings.rules.iter().chain(overrides) {
                let Some(rule) = rules.rules.iter_mut().find(|rule| *rule.id == *entry.id) else { continue };
                if let Some(fault) = entry.message.as_deref().and_then(|message| rule.wrong_placeholder(message)) {
                    problems.push(read::problem(&layer.file, &layer.text, &lines, &entry.at, fault));
                }
                for (name, value, at) in &entry.params {
                    let fault = match rule.check.param(name) {
                        None => Err(rule.check.no_param(name)),
                        Some(param) if !param.is_setting() => {
                            Err(format!("`{name}` makes the rule what it is, and cannot be set"))
                        }
                        Some(param) => param.check(value),
                    };
                    match fault {
                        Ok(()) => drop(rule.params.insert(name.clone(), value.clone())),
                        Err(message) => {
                            problems.push(read::problem(&layer.file, &layer.text, &lines, at, message));
                        }
                    }
                }
            }
        }
        problems
    }

    /// The rules that the files name and that do not exist, with what may have been meant.
    pub fn unknown_rules(&self, rules: &RuleSet) -> Vec<RuleProblem> {
        let mut problems = Vec::new();
        for layer in &self.layers {
            let lines = LineIndex::new(&layer.text);
            let overrides = layer.overrides.iter().map(|over| &over.settings);
            let entries = std::iter::once(&layer.settings).chain(overrides).flat_map(|settings| &settings.rules);
            for entry in entries.filter(|entry| !rules.has(&entry.id)) {
                let message = no_rule(&entry.id, rules);
                problems.push(read::problem(&layer.file, &layer.text, &lines, &entry.at, message));
            }
        }
        problems
    }

    /// What is wrong with what the user set in the editor: rules that do not exist.
    pub fn unknown_preferred<'c>(&'c self, rules: &'c RuleSet) -> impl Iterator<Item = String> + 'c {
        let entries = self.preferred.iter().chain(self.preferred_in.values().flatten());
        entries.filter(|entry| !rules.has(&entry.id)).map(|entry| no_rule(&entry.id, rules))
    }
}

/// Severities by rule or topic (`sources/*`); `None` turns a rule off.
pub type Severities = BTreeMap<String, Option<Severity>>;

/// What the user of an editor wants of rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreferredRules {
    /// In every story.
    pub all: Severities,
    /// In the stories of a language, by the editor's name of it.
    pub by_language: BTreeMap<String, Severities>,
}

fn no_rule(id: &str, rules: &RuleSet) -> String {
    let near = crate::rules::meant(id, rules.rules.iter().map(|rule| &*rule.id));
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    format!("there is no rule `{id}` in the packs in use{hint}")
}

fn set<T: Clone>(value: &mut Sourced<T>, said: &Option<Sourced<T>>) {
    if let Some(said) = said {
        *value = said.clone();
    }
}

/// Adds what is said of a rule, or of all rules of a topic.
fn apply(settings: &mut Settings, entry: &RuleLine, rules: &RuleSet) {
    let mut add = |id: &str| {
        let known: &mut RuleSetting = settings.rules.entry(id.to_owned()).or_default();
        known.severity = entry.severity.or(known.severity);
        known.message = entry.message.clone().or_else(|| known.message.take());
    };
    match entry.id.strip_suffix('*') {
        Some(topic) => rules.rules.iter().filter(|rule| rule.id.starts_with(topic)).for_each(|rule| add(&rule.id)),
        None => add(&entry.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    /// The rules of all packs.
    pub fn all_rules() -> RuleSet {
        load(PACKS, []).rules
    }

    fn severity(config: &Config, path: &str) -> Option<Severity> {
        let rules = all_rules();
        let rule = rules.get("suppression/unused").expect("the rule is there");
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
        let text = "exclud = []\nfail-on = \"error\"\npacks = [\"core\", \"nope\"]\nskip = [\"quote\"]\nprofile = \"new\"\n[rules]\n\"suppression/unusd\" = \"off\"\n\"a/b\" = 3\n[house]\npeople = [3]\n[date]\ndefault = \"soon\"\n[[override]]\npaths = [\"a/**\"]\npacks = []\n";
        let (config, problems) = Config::parse(FILE_NAME, text);
        assert_eq!(config.in_force(Path::new("a.md")).fail_on.value, Some(Severity::Error));
        let said: Vec<String> = problems.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.message)).collect();
        for start in [
            "1:1 unknown key `exclud`; did you mean `exclude`?",
            "3:18 there is no pack `nope`",
            "4:9 there is no part of a story `quote`; did you mean `quotes`?",
            "5:11 there is no profile `new`; did you mean `news`?",
            "8:9 `a/b` takes \"off\"",
            "10:11 a person is a name",
            "12:11 `default` takes a day",
            "15:1 `packs` applies to all stories",
        ] {
            assert!(said.iter().any(|s| s.starts_with(start)), "{start}: {said:#?}");
        }
        let unknown = config.unknown_rules(&all_rules());
        let unknown: Vec<String> = unknown.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.message)).collect();
        assert!(
            unknown[0].starts_with("7:1 ") && unknown[0].contains("did you mean `suppression/unused`?"),
            "{unknown:?}"
        );
    }

    #[test]
    fn broken_syntax_is_one_mistake_with_its_place() {
        let (_, problems) = Config::parse(FILE_NAME, "packs = [\"core\"\n[rules]\n");
        assert!(!problems.is_empty());
    }

    #[test]
    fn later_layers_win_and_values_know_where_they_came_from() {
        let (below, problems) = Config::parse_extended(
            "desk.toml",
            "fail-on = \"error\"\naccept = [\"a\"]\n[rules]\n\"suppression/unused\" = \"error\"\n",
        );
        assert_eq!(problems, []);
        let own = "profile = \"magazine\"\naccept = [\"b\"]\n\n[[override]]\npaths = [\"x/**\"]\nfail-on = \"never\"\n";
        let (mut config, problems) = Config::parse(FILE_NAME, own);
        assert_eq!(problems, []);
        config.build_upon(vec![below]);
        let force = config.in_force(Path::new("a.md"));
        assert_eq!(
            (force.fail_on.value, force.fail_on.origin.to_string()),
            (Some(Severity::Error), "desk.toml:1".into())
        );
        assert_eq!(force.profile.origin.to_string(), "copydesk.toml:1");
        assert_eq!(force.terms.iter().map(|term| &*term.value).collect::<Vec<_>>(), ["a", "b"]);
        let there = config.in_force(Path::new("x/a.md"));
        assert_eq!(
            (there.fail_on.value, there.fail_on.origin.to_string()),
            (None, "copydesk.toml:6 (override)".into())
        );
        assert!(force.rules.iter().any(|entry| entry.origin == Origin::Profile("magazine")));
        assert_eq!(severity(&config, "a.md"), Some(Severity::Error));
        config
            .prefer(&PreferredRules { all: [("suppression/*".to_owned(), None)].into(), ..PreferredRules::default() });
        assert_eq!(severity(&config, "a.md"), None);
    }

    #[test]
    fn messages_are_held_against_what_the_check_fills_in() {
        for (rule, message, fault) in [
            ("words/wordy", "{foundd}", Some("there is no `{foundd}` to fill in; did you mean `{found}`?")),
            ("photos/no-credit", "{foundd}", Some("there is no `{foundd}` to fill in; did you mean `{found}`?")),
            ("photos/no-credit", "The photo desk needs a credit for {image}", None),
        ] {
            let text =
                format!("[[override]]\npaths = [\"a\"]\nrules = {{ \"{rule}\" = {{ message = \"{message}\" }} }}\n");
            let (config, _) = Config::parse(FILE_NAME, &text);
            let problems = config.set_params(&mut all_rules());
            assert_eq!(problems.first().map(|p| (&*p.message, p.line)), fault.map(|fault| (fault, 3)), "{rule}");
        }
    }

    #[test]
    fn params_are_held_against_what_the_check_takes() {
        let text = "[rules]\n\"structure/long-lead\" = { params = { most = 40 } }\n";
        let (config, problems) = Config::parse(FILE_NAME, text);
        assert_eq!(problems, []);
        let mut rules = all_rules();
        assert_eq!(config.set_params(&mut rules), []);
        assert_eq!(rules.get("structure/long-lead").and_then(|rule| rule.integer("most")), Some(40));
        for (params, fault) in [
            ("{ most = 0 }", "the param `most` takes a whole number, 1 or more"),
            ("{ least = 3 }", "the check `lead` has no param `least`; it has fault, most"),
            ("{ fault = \"no-time\" }", "`fault` makes the rule what it is, and cannot be set"),
        ] {
            let text = format!("[rules]\n\"structure/long-lead\" = {{ params = {params} }}\n");
            let (config, _) = Config::parse(FILE_NAME, &text);
            let problems = config.set_params(&mut all_rules());
            assert_eq!(problems.iter().map(|p| &*p.message).collect::<Vec<_>>(), [fault]);
            assert_eq!(problems[0].line, 2);
        }
    }
}
