//! The command line, a file a case; what README.md and the pages for each role show are cases too.
//!
//! `tests/cli/NAME.trycmd` or `NAME.toml` runs in a copy of `tests/cli/NAME.in`, where there is such a folder, else in
//! the repository. With `NAME.out` it runs in a copy, and leaves what stands there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;

#[test]
fn every_case_prints_and_exits_as_written() {
    let cases = trycmd::TestCases::new();
    // What is printed is as wide here as everywhere.
    cases.env("COLUMNS", "");
    if let Some(git) = git() {
        cases.register_bin("git", git.as_path());
    }
    for place in ["tests/cli/*.trycmd", "tests/cli/*.toml", "tests/cli/*/*.trycmd", "docs/commands/*.md"] {
        cases.case(place);
    }
    cases.case(with_exit_codes(Path::new("README.md")));
    for entry in fs::read_dir("docs/roles").expect("the folder can be read") {
        cases.case(with_exit_codes(&entry.expect("an entry").path()));
    }
}

/// A page as a case. Readers need not know how a case says that the program ends with 1, so this is told to a copy.
fn with_exit_codes(page: &Path) -> PathBuf {
    let text = fs::read_to_string(page).expect("the page can be read");
    assert!(!text.contains("\n? "), "{} is for readers, who do not know what `? 1` says", page.display());
    let mut copy = String::new();
    let mut is_case = false;
    for line in text.lines() {
        // What is printed ends with a line break, which a case shows as a blank line.
        if is_case && line.starts_with("```") && !copy.ends_with("\n\n") {
            copy.push('\n');
        }
        is_case = if line.starts_with("```") { line == "```console" } else { is_case };
        copy.push_str(line);
        copy.push_str(if is_case && line.starts_with("$ copydesk --check") { "\n? 1\n" } else { "\n" });
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(page.file_name().expect("a page has a name"));
    fs::write(&path, copy).expect("the copy can be written");
    path
}

/// The program with which cases make a repository; without one, they fail.
fn git() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// Options, and values of options, that no case uses, each as `command --option` or `command --option value`. It stays
/// empty: who adds an option adds a case that uses it, in any file below `tests/cli`.
const WITHOUT_CASE: [&str; 0] = [];

#[test]
fn every_option_has_a_case() {
    let used: BTreeSet<String> = cases().iter().flat_map(|path| used_in(path)).collect();
    let missing: Vec<String> = wanted().into_iter().filter(|one| !used.contains(one)).collect();
    assert_eq!(missing, WITHOUT_CASE, "no case in tests/cli uses these, or one does and they are still listed");
}

#[test]
fn an_option_without_a_case_is_noticed() {
    let wanted = wanted();
    for one in ["check --fix", "check --format sarif", "baseline --output", "lsp --socket", "schema rules"] {
        assert!(wanted.iter().any(|known| known == one), "{one} is not asked for");
    }
    let used = used("copydesk --date=2018-02-12 --check --input jsonl -q a.txt --no-config -- --fix");
    let wanted = ["check --date", "check --input", "check --input jsonl", "check --no-config", "check --quiet"];
    for one in wanted {
        assert!(used.iter().any(|known| known == one), "{one} is used: {used:?}");
    }
    assert!(!used.iter().any(|known| known == "check --fix"), "{used:?}");
}

/// Every option of every command, and every value of those that take one of a few: `check --format sarif`.
fn wanted() -> Vec<String> {
    let mut wanted = Vec::new();
    for command in copydesk::cli::description().get_subcommands() {
        for argument in command.get_arguments() {
            let name = match argument.get_long() {
                Some(long) => format!("{} --{long}", command.get_name()),
                None => command.get_name().to_owned(),
            };
            if argument.get_long().is_some() {
                wanted.push(name.clone());
            }
            let values = argument.get_possible_values();
            if argument.get_action().takes_values() {
                wanted.extend(values.iter().map(PossibleValue::get_name).map(|value| format!("{name} {value}")));
            }
        }
    }
    wanted
}

/// The files that hold cases.
fn cases() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        entries.map(|entry| entry.expect("the entry can be read").path()).collect()
    };
    let top = inside(Path::new("tests/cli"));
    let folders = top.iter().filter(|path| path.is_dir() && path.extension().is_none());
    let below: Vec<PathBuf> = folders.flat_map(|folder| inside(folder)).collect();
    let is_case = |path: &PathBuf, ending: &str| path.is_file() && path.extension().is_some_and(|own| own == ending);
    let tables = top.iter().filter(|path| is_case(path, "toml"));
    let lines = top.iter().chain(&below).filter(|path| is_case(path, "trycmd"));
    lines.chain(tables).cloned().collect()
}

/// What the commands in a file of cases use.
fn used_in(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case).expect("the case can be read");
    if case.extension().is_some_and(|ending| ending == "toml") {
        let table: toml::Table = text.parse().expect("the case is TOML");
        let arguments = table["args"].as_array().expect("a case has arguments");
        let words: Vec<&str> = arguments.iter().filter_map(toml::Value::as_str).collect();
        return used(&format!("copydesk {}", words.join(" ")));
    }
    let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
    commands.flat_map(used).collect()
}

/// What a line uses, as in [`wanted`]: of `copydesk check --format json a.txt`, among others `check --format json`.
fn used(line: &str) -> Vec<String> {
    let words = line.split_whitespace().skip_while(|word| *word != "copydesk").skip(1);
    let words: Vec<&str> = words.take_while(|word| *word != "--").collect();
    let program = copydesk::cli::description();
    let named = if words.contains(&"--check") { Some("check") } else { words.first().copied() };
    let Some(command) = program.get_subcommands().find(|command| Some(command.get_name()) == named) else {
        return Vec::new();
    };
    let mut used = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let (option, joined) = word.split_once('=').map_or((*word, None), |(option, value)| (option, Some(value)));
        let known = command.get_arguments().find(|argument| {
            let short = argument.get_short().map(|short| format!("-{short}"));
            let long = argument.get_long().map(|long| format!("--{long}"));
            [short, long].contains(&Some(option.to_owned()))
        });
        let Some(long) = known.and_then(clap::Arg::get_long) else {
            used.push(format!("{} {word}", command.get_name()));
            continue;
        };
        let name = format!("{} --{long}", command.get_name());
        let value = joined.or_else(|| words.get(at + 1).copied()).unwrap_or_default();
        // Of `--output sarif=a.sarif` too, the value is the word before the sign.
        let value = value.split('=').next().unwrap_or_default();
        used.extend([format!("{name} {value}"), name]);
    }
    used
}
