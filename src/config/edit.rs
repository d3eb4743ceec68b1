//! Changes to `copydesk.toml`: a rule turned off, a word accepted.
//!
//! The file belongs to people, so a change touches one line and leaves the rest as it is, comments and all. Each result
//! is read again and compared with what was wanted; a file written in a way these lines do not foresee is left alone.

use std::path::Path;

use super::{Config, FILE_NAME};
use crate::finding::{Edit, Finding};
use crate::rules::{Engine, RuleSet};
use crate::text::LineIndex;

/// The edit of the file's `text` that turns `rule` off for every story.
pub fn turn_off(text: &str, rule: &str, rules: &RuleSet) -> Option<Edit> {
    let entry = format!("\"{rule}\" = \"off\"\n");
    let edit = match section(text, "[rules]") {
        Some(lines) => {
            let named =
                lines.clone().find(|range| text[range.clone()].trim_start().starts_with(&format!("\"{rule}\"")));
            match named {
                Some(range) => Edit { range, text: entry },
                None => {
                    let start = lines.clone().next().map_or(text.len(), |first| first.start);
                    Edit { range: start..start, text: format!("{}{entry}", break_before(text, start)) }
                }
            }
        }
        None => append(text, &format!("[rules]\n{entry}")),
    };
    checked(text, edit, |config| off(config, Path::new("any"), rule, rules))
}

/// The edit that turns `rule` off for the story at `path`, relative to the file's folder.
pub fn turn_off_for(text: &str, path: &Path, rule: &str, rules: &RuleSet) -> Option<Edit> {
    let glob = globset::escape(&path.to_str()?.replace('\\', "/"));
    let glob = toml::Value::String(glob);
    let edit = append(text, &format!("[[override]]\npaths = [{glob}]\nrules = {{ \"{rule}\" = \"off\" }}\n"));
    checked(text, edit, |config| off(config, path, rule, rules))
}

/// The longest text, in bytes, that can be a word of the house.
const LONGEST_TERM: usize = 40;

/// The words of `finding` in `source`, when they can become words of the house: those of a coded check or a pattern are no
/// wording.
pub fn acceptable<'s>(finding: &Finding, source: &'s str, rules: &RuleSet) -> Option<&'s str> {
    let wording = rules.get(&finding.rule).is_some_and(|rule| rule.check.is_of(Engine::Phrases));
    let words = source.get(finding.range.clone()).filter(|_| wording);
    words.filter(|words| (1..=LONGEST_TERM).contains(&words.len()))
}

/// The edit that adds `word` to the words of the house.
pub fn accept(text: &str, word: &str) -> Option<Edit> {
    let quoted = toml::Value::String(word.to_owned());
    let lines = LineIndex::new(text);
    let at_top = (0..lines.count()).map(|line| lines.range(line, text));
    let top = at_top.take_while(|range| !text[range.clone()].trim_start().starts_with('['));
    let list = top.clone().find(|range| is_key(&text[range.clone()], "accept"));
    let edit = match list {
        Some(line) => {
            let open = line.start + text[line.clone()].find('[')?;
            let close = open + text[open..].find(']')?;
            let inside = text[open + 1..close].trim_end();
            let at = open + 1 + inside.len();
            let comma = if inside.is_empty() || inside.ends_with(',') { "" } else { "," };
            let space = if inside.is_empty() { "" } else { " " };
            Edit { range: at..at, text: format!("{comma}{space}{quoted}") }
        }
        None => {
            let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
            Edit { range: start..start, text: format!("accept = [{quoted}]\n") }
        }
    };
    checked(text, edit, |config| config.accept().any(|accepted| accepted == word))
}

fn is_key(line: &str, key: &str) -> bool {
    line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// The lines of a table, without its header.
fn section<'t>(text: &'t str, header: &str) -> Option<impl Iterator<Item = std::ops::Range<usize>> + Clone + 't> {
    let lines = LineIndex::new(text);
    let ranges: Vec<_> = (0..lines.count()).map(|line| lines.range(line, text)).collect();
    let without_comment =
        |range: &std::ops::Range<usize>| text[range.clone()].split('#').next().unwrap_or_default().trim();
    let at = ranges.iter().position(|range| without_comment(range) == header)?;
    let inside = ranges.into_iter().skip(at + 1);
    Some(inside.take_while(move |range| !text[range.clone()].trim_start().starts_with('[')))
}

fn append(text: &str, entry: &str) -> Edit {
    let gap = if text.is_empty() { "" } else { "\n" };
    Edit { range: text.len()..text.len(), text: format!("{}{gap}{entry}", break_before(text, text.len())) }
}

/// The line break that is missing where a line is to start at `at`.
fn break_before(text: &str, at: usize) -> &'static str {
    let before = &text[..at];
    if before.is_empty() || before.ends_with(['\n', '\r']) { "" } else { "\n" }
}

fn off(config: &Config, path: &Path, rule: &str, rules: &RuleSet) -> bool {
    rules.get(rule).is_some_and(|known| config.settings(path, rules).severity(known).is_none())
}

/// The edit, when the file reads as well as before and says what was wanted.
fn checked(text: &str, edit: Edit, wanted: impl Fn(&Config) -> bool) -> Option<Edit> {
    let (_, before) = Config::parse(FILE_NAME, text);
    let mut changed = text.to_owned();
    changed.replace_range(edit.range.clone(), &edit.text);
    let (config, after) = Config::parse(FILE_NAME, &changed);
    (after.len() <= before.len() && wanted(&config)).then_some(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    const RULE: &str = "suppression/unused";

    fn core() -> RuleSet {
        load(PACKS, []).rules
    }

    fn applied(text: &str, edit: Option<Edit>) -> Option<String> {
        let edit = edit?;
        let mut text = text.to_owned();
        text.replace_range(edit.range, &edit.text);
        Some(text)
    }

    #[test]
    fn a_rule_is_turned_off_in_its_table() {
        let rules = core();
        let off = |text: &str| applied(text, turn_off(text, RULE, &rules));
        assert_eq!(off("").as_deref(), Some("[rules]\n\"suppression/unused\" = \"off\"\n"));
        let with = "accept = []\n\n[rules] # ours\n\"words/*\" = \"hint\" # why\n";
        let expected =
            "accept = []\n\n[rules] # ours\n\"suppression/unused\" = \"off\"\n\"words/*\" = \"hint\" # why\n";
        assert_eq!(off(with).as_deref(), Some(expected));
        let set = "[rules]\n\"suppression/unused\" = \"error\"\n\n[[override]]\npaths = [\"a\"]\n";
        assert_eq!(off(set), Some(set.replace("error", "off")));
        assert_eq!(off("[rules]").as_deref(), Some("[rules]\n\"suppression/unused\" = \"off\"\n"));
        assert_eq!(
            off("rules = { \"words/*\" = \"off\" }\n"),
            None,
            "a second table of that name would break the file"
        );
    }

    #[test]
    fn a_rule_is_turned_off_for_one_story() {
        let rules = core();
        let text = "[rules]\n";
        let changed =
            applied(text, turn_off_for(text, Path::new("news/a[1].txt"), RULE, &rules)).expect("it can be said");
        let (config, problems) = Config::parse(FILE_NAME, &changed);
        assert!(problems.is_empty(), "{problems:?}");
        assert!(off(&config, Path::new("news/a[1].txt"), RULE, &rules));
        assert!(!off(&config, Path::new("news/b.txt"), RULE, &rules));
    }

    #[test]
    fn a_word_is_accepted() {
        let add = |text: &str| applied(text, accept(text, "eyewitnessed"));
        assert_eq!(add("").as_deref(), Some("accept = [\"eyewitnessed\"]\n"));
        assert_eq!(add("accept = [\"a\"]\n").as_deref(), Some("accept = [\"a\", \"eyewitnessed\"]\n"));
        assert_eq!(add("accept = [\n  \"a\",\n]\n").as_deref(), Some("accept = [\n  \"a\", \"eyewitnessed\"\n]\n"));
        assert_eq!(add("[rules]\n").as_deref(), Some("accept = [\"eyewitnessed\"]\n[rules]\n"));
    }
}
