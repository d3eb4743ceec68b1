//! Lists of English words are data, in `lexicon/en`, and not Rust; rules are data, in `rules`, and Rust knows none by its id.
//!
//! How many words still stand in Rust: `cargo test --test lexicon -- --nocapture`. `COPYDESK_SOURCES` names another folder
//! of sources to be counted, such as `src` of an older commit.

mod code;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use code::rust_files;
use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::config::Config;
use copydesk::markup::Format;
use copydesk::rules::{PACKS, RuleSet};
use copydesk::settings::Settings;
use copydesk::story::Surroundings;

/// Most words that a list may have in Rust: the few words that one condition asks for.
const MOST: usize = 15;

/// Where lists of strings are no lists of English words: names of options, of HTML elements, of formats.
const OTHER: [&str; 13] = [
    "/checks/mod.rs",
    "/markup/invariants.rs",
    "/cli/",
    "/lsp/",
    "/report/",
    "/assets/",
    "/config/",
    "/record/",
    "/markup/html/",
    "/markup/light/",
    "/markup/shortcodes.rs",
    "/material/mod.rs",
    "/files.rs",
];

/// Files with long lists that have still to move, and how many each has. No entry may be added, and no count may grow.
const STILL: [(&str, usize); 1] = [("model/context.rs", 2)];

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
    let mut lists = Vec::new();
    let mut list: Vec<String> = Vec::new();
    let is_text = |text: &String| words(text) >= 8 && !text.contains(['{', '.', ':', '(', '`', '\\', '[', '=', ',']);
    let mut end = |list: &mut Vec<String>| {
        // What is longer is a sentence beside them, such as the explanation of a param.
        let texts: Vec<String> =
            std::mem::take(list).into_iter().filter(|text| words(text) < 8 || is_text(text)).collect();
        if texts.len() >= 3 || texts.iter().any(&is_text) {
            lists.push(texts);
        }
    };
    for piece in pieces(source) {
        match piece {
            Piece::Literal(text) => list.push(text.to_owned()),
            Piece::Other(c) if c.is_whitespace() || matches!(c, ',' | '|' | '&' | '(' | ')' | '[' | ']') => {}
            Piece::Other(_) => end(&mut list),
        }
    }
    end(&mut list);
    lists
}

/// A part of a source: a literal without its marks, or a character between literals.
enum Piece<'s> {
    Literal(&'s str),
    Other(char),
}

/// The parts of `source` in their order, without comments and the module of tests at its end.
fn pieces(source: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    std::iter::from_fn(move || {
        while rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        }
        if let Some(text) = rest.strip_prefix('"') {
            let literal = literal(text);
            rest = text.get(literal.len() + 1..).unwrap_or_default();
            return Some(Piece::Literal(literal));
        }
        // A quotation mark as a character opens no literal.
        let mark = ["'\"'", "'\\''", "b'\"'"].into_iter().find(|mark| rest.starts_with(mark));
        let c = rest.chars().next()?;
        rest = &rest[mark.map_or(c.len_utf8(), str::len)..];
        Some(Piece::Other(c))
    })
}

/// The text of a literal, up to its closing mark.
fn literal(rest: &str) -> &str {
    let mut escaped = false;
    let end = rest.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// How many words of two letters or more `text` has.
fn words(text: &str) -> usize {
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.split_whitespace().filter(is_word).count()
}

/// What a check does or a rule asks for is told by fields of theirs: a newsroom's own rule has another id, and a renamed one
/// would lose what it did in silence.
#[test]
fn nothing_depends_on_the_name_of_a_rule_or_a_check() {
    let rules = load(PACKS, []).rules;
    let mut found = Vec::new();
    for file in rust_files(Path::new("src")) {
        let text = std::fs::read_to_string(&file).expect("the file is UTF-8");
        found.extend(named(&text, &rules).into_iter().map(|name| format!("{}: {name}", file.display())));
    }
    assert!(found.is_empty(), "ask for a field of the check or of its `run` instead:\n{}", found.join("\n"));
}

/// Ids of rules that are in `source` as literals, and literals that the name of a check is compared with.
fn named(source: &str, rules: &RuleSet) -> Vec<String> {
    let mut code = String::new();
    let mut found = Vec::new();
    for piece in pieces(source) {
        match piece {
            Piece::Literal(text) => {
                let is_one_of = code.contains("matches!(") && code.ends_with("check.name,");
                let is_name =
                    is_one_of || ["==", "!=", "{"].iter().any(|end| code.ends_with(&format!("check.name{end}")));
                if rules.get(text).is_some() || is_name {
                    found.push(text.to_owned());
                }
                code.clear();
            }
            Piece::Other(c) if c.is_whitespace() => {}
            Piece::Other(c) => code.push(c),
        }
    }
    found
}

#[test]
fn a_name_is_told_from_other_strings() {
    let rules = load(PACKS, []).rules;
    let source = "// \"suppression/unused\"\nif *finding.rule == *\"suppression/unused\" || rule.check.name == \"phrase\" {}\n\
                  matches!(rule.check.name, \"pattern\"); name == \"phrase\"; check(\"a/b\")";
    assert_eq!(named(source, &rules), ["suppression/unused", "phrase", "pattern"]);
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
