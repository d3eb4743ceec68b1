//! Reading rule files. A mistake is reported with its line and column, and the other rules are kept.

mod build;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::schema::{PackedRule, RuleEntry};
use super::{Check, Matcher, PackFile, Rule, RuleSet};
use crate::text::{LineIndex, in_words};
use build::{Fault, ListValue, RulePlace, build};

/// The name of the pack that a newsroom's own rules are.
pub const OWN_PACK: &str = "own";

/// A newsroom's own rule file.
#[derive(Clone, Copy, Debug)]
pub struct RuleFile<'a> {
    /// Its path, for messages.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// A mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The file.
    pub file: String,
    /// 1-based line; 0 when it is about the file as a whole.
    pub line: usize,
    /// 1-based column in Unicode scalar values; 0 when it is about the file as a whole.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for RuleProblem {
    /// `copydesk.toml:3:1: unknown key …`; without a place where it is about the file as a whole.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, column, message } = self;
        match line {
            0 => write!(f, "{file}: {message}"),
            _ => write!(f, "{file}:{line}:{column}: {message}"),
        }
    }
}

/// What came of reading rule files.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The rules that are whole.
    pub rules: RuleSet,
    /// The mistakes in the others.
    pub problems: Vec<RuleProblem>,
}

/// Reads files of packs, and then those of the newsroom; `checks` are those that rules may name. A rule whose id was seen before is a mistake, whichever file it
/// is in.
///
/// Patterns of the newsroom's own rules are compiled at once, so that mistakes in them are reported. The packs that the
/// program carries are tested before they ship, so theirs are compiled when they are needed.
pub fn load<'a>(
    checks: &'static [&'static [Check]],
    packs: impl IntoIterator<Item = &'a PackFile>,
    own: impl IntoIterator<Item = RuleFile<'a>>,
) -> Loaded {
    let mut reading = RuleReader { checks, ..RuleReader::default() };
    packs.into_iter().for_each(|file| reading.packed(file));
    own.into_iter().for_each(|file| reading.written(file));
    let matcher = Matcher::new(&reading.rules, &reading.needs).unwrap_or_else(|message| {
        reading.problems.push(RuleProblem { file: String::new(), line: 1, column: 1, message });
        Matcher::default()
    });
    Loaded { rules: RuleSet::new(reading.rules, matcher), problems: reading.problems }
}

/// A mistake at a place of the file that is being read.
type Mistake = (Range<usize>, String);

/// The bytes of the rule file that hold the value of `key`, or that `item` of the values, where `entry` is the rule.
fn value_range(entry: &Spanned<DeValue>, key: &str, item: Option<&ListValue>) -> Range<usize> {
    let value = entry.get_ref().get(key);
    let item = item.and_then(|item| match item {
        ListValue::Nth(number) => value?.get_ref().get(*number),
        ListValue::Named(name) => value?.get_ref().get(name.as_str()),
    });
    item.or(value).unwrap_or(entry).span()
}

#[derive(Default)]
struct RuleReader {
    checks: &'static [&'static [Check]],
    rules: Vec<Rule>,
    needs: Vec<(u32, String)>,
    /// File and line of each id.
    seen: HashMap<Arc<str>, (String, usize)>,
    problems: Vec<RuleProblem>,
}

impl RuleReader {
    /// Reads a file as the build script packed it.
    fn packed(&mut self, file: &PackFile) {
        let problem = |line, message: String| RuleProblem { file: file.name.to_owned(), line, column: 1, message };
        let packed: Vec<PackedRule> = match rmp_serde::from_slice(file.packed) {
            Ok(packed) => packed,
            Err(error) => return self.problems.push(problem(1, format!("the pack cannot be read: {error}"))),
        };
        for PackedRule { line, entry } in packed {
            let place = RulePlace { pack: file.pack, file: file.name, line };
            if let Err(fault) = self.rule(entry, place, false) {
                self.problems.push(problem(line, fault.message));
            }
        }
    }

    /// Reads a file as people write it.
    fn written(&mut self, file: RuleFile) {
        let lines = OnceLock::new();
        let (table, errors) = DeTable::parse_recoverable(file.text);
        let mut mistakes: Vec<Mistake> =
            errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())).collect();
        for (key, value) in table.into_inner() {
            if key.get_ref() != "rule" {
                let message = format!("unknown key `{}`; a rule file holds [[rule]] entries", key.get_ref());
                mistakes.push((key.span(), message));
                continue;
            }
            let span = value.span();
            let DeValue::Array(entries) = value.into_inner() else {
                mistakes.push((span, "`rule` must be written as [[rule]]".to_owned()));
                continue;
            };
            for entry in entries {
                mistakes.extend(self.entry(file, entry, &lines).err());
            }
        }
        let lines = lines.get_or_init(|| LineIndex::new(file.text));
        for (range, message) in mistakes {
            let at = lines.line_column(range.start, file.text);
            self.problems.push(RuleProblem { file: file.name.to_owned(), line: at.line, column: at.column, message });
        }
    }

    fn entry(&mut self, file: RuleFile, written: Spanned<DeValue>, lines: &OnceLock<LineIndex>) -> Result<(), Mistake> {
        let entry = RuleEntry::deserialize(ValueDeserializer::from(written.clone()))
            .map_err(|e| (e.span().unwrap_or(written.span()), in_words(e.message())))?;
        let id = value_range(&written, "id", None);
        let line = lines.get_or_init(|| LineIndex::new(file.text)).line_of(id.start) + 1;
        self.rule(entry, RulePlace { pack: OWN_PACK, file: file.name, line }, true)
            .map_err(|fault| (value_range(&written, fault.key, fault.item.as_ref()), fault.message))
    }

    /// Adds a rule, unless there is a fault in it.
    fn rule(&mut self, entry: RuleEntry, place: RulePlace, eager: bool) -> Result<(), Fault> {
        if !is_id(&entry.id) {
            let message = format!("`{}` is not a rule id; write topic/name in lower case with hyphens", entry.id);
            return Err(Fault::at("id", message));
        }
        if let Some((other, at)) = self.seen.get(entry.id.as_str()) {
            let message = format!("`{}` is already the id of a rule ({other}, line {at})", entry.id);
            return Err(Fault::at("id", message));
        }
        let index = self.rules.len() as u32;
        let needs: Vec<(u32, String)> = entry.needs.iter().map(|need| (index, need.clone())).collect();
        let rule = build(self.checks, entry, place, eager)?;
        self.seen.insert(Arc::clone(&rule.id), (place.file.to_owned(), place.line));
        self.needs.extend(needs);
        self.rules.push(rule);
        Ok(())
    }
}

fn is_id(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    id.split_once('/').is_some_and(|(topic, name)| part(topic) && part(name))
}

#[cfg(test)]
mod tests {
    use super::{RuleFile, RuleProblem};
    use crate::checks::load;
    use crate::rules::PACKS;

    fn problems(text: &str) -> Vec<RuleProblem> {
        load([], [RuleFile { name: "own.toml", text }]).problems
    }

    const WHOLE: &str = "[[rule]]\nid = \"own/a\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"hint\"\nmessage = \"m\"\nwhy = \"w\"\nphrases = [{ find = \"x\" }]\n";

    #[test]
    fn a_mistake_costs_one_rule_and_says_where() {
        let text = format!("{WHOLE}[[rule]]\nid = \"own/b\"\ntypo = 1\n{}", WHOLE.replace("own/a", "own/c"));
        let loaded = load([], [RuleFile { name: "own.toml", text: &text }]);
        assert_eq!(loaded.rules.rules.iter().map(|r| &*r.id).collect::<Vec<_>>(), ["own/a", "own/c"]);
        let [problem] = &loaded.problems[..] else { panic!("{:?}", loaded.problems) };
        assert_eq!((problem.line, problem.column), (11, 1), "{problem:?}");
        assert!(problem.message.contains("typo"), "{problem:?}");
    }

    #[test]
    fn syntax_errors_duplicates_and_bad_patterns_are_mistakes() {
        assert!(problems(&format!("{WHOLE}[[rule]\n"))[0].line >= 9);
        let twice = problems(&format!("{WHOLE}{WHOLE}"));
        assert!(twice[0].message.contains("already the id of a rule (own.toml, line 2)"), "{twice:?}");
        let pattern =
            WHOLE.replace("phrases = [{ find = \"x\" }]", "pattern = '('").replace("\"phrase\"", "\"pattern\"");
        assert_eq!(problems(&pattern)[0].line, 8);
        assert!(problems(&WHOLE.replace("\"phrase\"", "\"phrse\""))[0].message.contains("did you mean `phrase`"));
    }

    #[test]
    fn each_mistake_says_which_value_is_wrong() {
        let place = |from: &str, to: &str| {
            let text = WHOLE.replace(from, to);
            let problems = problems(&text);
            let [problem] = &problems[..] else { panic!("{problems:?}") };
            (problem.line, problem.column)
        };
        assert_eq!(place("own/a", "own"), (2, 6));
        assert_eq!(place("\"phrase\"", "\"lead\"\nparams = { least = 1 }"), (5, 20));
        assert_eq!(place("\"phrase\"", "\"lead\"\nparams = { most = \"x\" }"), (5, 19));
        assert_eq!(place("}]", "}, { find = \"y\", use = [\"{z\"] }]"), (8, 28));
        assert_eq!(place("why = \"w\"", "why = \"w\"\nscope = [\"none\"]"), (8, 9));
    }

    #[test]
    fn mistakes_are_told_in_words_that_help() {
        let told = |from: &str, to: &str| {
            let problems = problems(&WHOLE.replace(from, to));
            let [problem] = &problems[..] else { panic!("{problems:?}") };
            (problem.line, problem.column, problem.message.clone())
        };
        let at = |line, column, message: &str| (line, column, message.to_owned());
        let phrases = "phrases = [{ find = \"x\" }]";
        for (from, to, line, column, message) in [
            (phrases, "phrases = [\"x\"]", 8, 12, "this must be a table: { find = \"…\", use = [\"…\"] }"),
            ("\"m\"", "\"“{foundd}” is wrong\"", 6, 11, "there is no `{foundd}` to fill in; did you mean `{found}`?"),
            ("why = \"w\"", "why = \"w\"\nparams = 3", 8, 10, "this must be a table: { name = value }"),
            ("why = \"w\"", "why = \"w\"\nuse = \"y\"", 8, 7, "this must be a list: [\"…\", \"…\"]"),
            ("why = \"w\"", "why = \"w\"\nonce = \"yes\"", 8, 8, "this must be true or false"),
            ("why = \"w\"", "why = \"w\"\nneeds = [\"x\"]", 8, 9, "the check `phrase` does not look at `needs`"),
            (
                "\"hint\"",
                "\"warn\"",
                5,
                12,
                "`warn` is not one of the values allowed here; choose from hint, query, warning, error",
            ),
            (
                "check = \"phrase\"",
                "check = \"occurrence\"",
                4,
                9,
                "the check `occurrence` needs `pattern`, which says what is counted",
            ),
            ("[[rule]]", "[rule]", 1, 1, "`rule` must be written as [[rule]]"),
        ] {
            assert_eq!(told(from, to), at(line, column, message), "{to}");
        }
        let length = WHOLE.replace("\"phrase\"", "\"length\"").replace(phrases, "params = { mst = 3 }");
        assert_eq!(problems(&length)[0].message, "the check `length` has no param `mst`; did you mean `most`?");
        let blocks = WHOLE.replace("\"phrase\"", "\"required\"").replace(phrases, "params = { blocks = [\"bylin\"] }");
        assert!(
            problems(&blocks)[0].message.starts_with("the param `blocks` takes a list of kinds of block: headline")
        );
    }

    #[test]
    fn the_packs_inside_have_no_mistakes() {
        let loaded = load(PACKS, []);
        assert_eq!(loaded.problems, []);
        let patterns = loaded.rules.rules.iter().filter_map(|rule| Some((&rule.id, rule.pattern.as_ref()?)));
        let wrong: Vec<_> = patterns.filter(|(_, pattern)| pattern.regex().is_err()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
