//! Lists of English words are data, in `lexicon/en`, and not Rust.
//!
//! How many words still stand in Rust: `cargo test --test lexicon -- --nocapture`. `COPYDESK_SOURCES` names another folder
//! of sources to be counted, such as `src` of an older commit.

mod code;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::rust_files;
use copydesk::analysis::{Analysis, Analyzer};
use copydesk::config::Config;
use copydesk::markup::Format;
use copydesk::rules::RuleSet;
use copydesk::settings::Settings;
use copydesk::story::Surroundings;

/// Most words that a list may have in Rust: the few words that one condition asks for.
const MOST: usize = 24;

/// Where lists of strings are no lists of English words: names of options, of HTML elements, of formats.
const OTHER: [&str; 9] = [
    "/checks/mod.rs",
    "/markup/invariants.rs",
    "/cli/",
    "/lsp/",
    "/report/",
    "/assets/",
    "/config/",
    "/record/",
    "/markup/html/",
];

/// Files with long lists that have still to move, and how many each has. No entry may be added, and no count may grow.
const STILL: [(&str, usize); 1] = [("model/context.rs", 1)];

#[test]
fn long_lists_of_words_are_data() {
    let root = std::env::var_os("COPYDESK_SOURCES").map_or_else(|| PathBuf::from("src"), PathBuf::from);
    let (mut all, mut files, mut long) = (0, 0, Vec::new());
    for file in rust_files(&root) {
        let text = std::fs::read_to_string(&file).expect("the file is UTF-8");
        let name = file.to_string_lossy().replace('\\', "/");
        let lists = lists(&text);
        if OTHER.iter().any(|other| name.contains(other)) || name.ends_with("tests.rs") || lists.is_empty() {
            continue;
        }
        let words = |list: &Vec<String>| list.iter().map(|text| words(text)).sum::<usize>();
        let total: usize = lists.iter().map(words).sum();
        all += total;
        files += usize::from(total > 0);
        println!("{total:6} {name}");
        let still = STILL.iter().find(|(file, _)| name.ends_with(file)).map_or(0, |(_, count)| *count);
        let lists: Vec<&Vec<String>> = lists.iter().filter(|list| words(list) > MOST).collect();
        if lists.len() > still {
            long.extend(lists.iter().map(|list| format!("{name}: {list:?}")));
        }
    }
    println!("{all:6} words in lists of {files} files");
    let older = std::env::var_os("COPYDESK_SOURCES").is_some();
    assert!(older || long.is_empty(), "move these lists to lexicon/en:\n{}", long.join("\n"));
}

/// The lists of strings in `source`: three literals or more with nothing but commas, strokes and brackets between them,
/// and texts of eight words or more in small letters, which are split at spaces. Comments and tests are left out.
fn lists(source: &str) -> Vec<Vec<String>> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut lists = Vec::new();
    let mut list: Vec<String> = Vec::new();
    let is_text = |text: &String| words(text) >= 8 && !text.contains(['{', '.', ':', '(', '`', '\\', '[', '=']);
    let mut end = |list: &mut Vec<String>| {
        // What is longer is a sentence beside them, such as the explanation of a param.
        let texts: Vec<String> =
            std::mem::take(list).into_iter().filter(|text| words(text) < 8 || is_text(text)).collect();
        if texts.len() >= 3 || texts.iter().any(&is_text) {
            lists.push(texts);
        }
    };
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let line = rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with("//") {
            rest = &rest[line..];
        } else if let Some(character) = ["'\"'", "'\\''", "b'\"'"].iter().find(|c| rest.starts_with(**c)) {
            end(&mut list);
            rest = &rest[character.len()..];
        } else if c == '"' {
            let (text, behind) = literal(&rest[1..]);
            list.push(text.to_owned());
            rest = behind;
        } else {
            if !c.is_whitespace() && !matches!(c, ',' | '|' | '&' | '(' | ')' | '[' | ']') {
                end(&mut list);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    end(&mut list);
    lists
}

/// The text of a literal and what is behind its closing mark.
fn literal(rest: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (&rest[..at], &rest[at + 1..]),
            _ => {}
        }
    }
    (rest, "")
}

/// How many words of two letters or more `text` has.
fn words(text: &str) -> usize {
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.split_whitespace().filter(is_word).count()
}

#[test]
fn a_list_is_told_from_other_strings() {
    let source = "// \"x\" \"y\" \"z\"\nconst A: &[&str] = &[\"one two\", \"three\", \"four\"]; say(\"five\"); \
                  matches!(low, \"six\" | \"seven\" | \"eight\") '\"' \"nine\"\n#[cfg(test)]\nmod tests {\"a\",\"b\",\"c\"}";
    let found = lists(source);
    assert_eq!(found, [vec!["one two", "three", "four"], vec!["six", "seven", "eight"]]);
    assert_eq!(words("one two - a"), 2);
}

/// The analysis of `text` with these settings.
fn analyze(analyzer: &mut Analyzer, settings: &str, text: &str) -> Analysis {
    let (config, problems) = Config::parse("copydesk.toml", settings);
    assert_eq!(problems, []);
    let house = config.house(Path::new("story.txt")).0;
    analyzer.analyze(text, Format::Plain, &Surroundings { house, ..Surroundings::default() }, &Settings::default())
}

#[test]
fn a_newsroom_adds_to_the_lists() {
    const OWN: &str = "[lexicon]\nverbs-of-saying = [\"josh\"]\ntitles = [\"Taoiseach\"]\n";
    const TEXT: &str = "“Nobody needs a second bridge here,” joshed Taoiseach Dale Finch.\n";
    // The analyzer keeps what it read, and reads again when the words change.
    let mut analyzer = Analyzer::new(Arc::new(RuleSet::default()));
    for (settings, knows) in [("", false), (OWN, true), ("", false), (OWN, true)] {
        let analysis = analyze(&mut analyzer, settings, TEXT);
        let facts = &analysis.facts;
        assert_eq!(facts.quotes.first().is_some_and(|quote| quote.cue.is_some()), knows, "{settings}");
        let titles: Vec<&str> = facts.people.iter().flat_map(|person| &person.titles).map(String::as_str).collect();
        assert_eq!(titles.contains(&"Taoiseach"), knows, "{settings}: {titles:?}");
    }
}

#[test]
fn mistakes_in_own_lists_are_told_with_their_place() {
    let text =
        "[lexicon]\ntitels = [\"Mayor\"]\ntitles = [\"First Minister\", \"\"]\nagencies = [\"Harbour Pictures\"]\n";
    let (_, problems) = Config::parse("copydesk.toml", text);
    let told: Vec<String> = problems.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.message)).collect();
    assert_eq!(
        told,
        [
            "2:1 unknown key `titels` in [lexicon]; did you mean `titles`?",
            "3:11 `First Minister` is more than one word, and `titles` takes single words",
            "3:29 an empty string means nothing",
        ]
    );
}
