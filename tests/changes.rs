//! `--since` and `--staged` in a repository of their own.

use std::path::Path;
use std::process::{Command, Output};

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Ana Ruiz", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output();
    let output = output.expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_copydesk");
    let all = ["--check", "--format", "jsonl"].iter().chain(arguments);
    Command::new(program).current_dir(folder).args(all).output().expect("copydesk runs")
}

/// `file:line` of each finding.
fn places(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let places = text.lines().map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("a line is an object");
        format!("{}:{}", finding["file"].as_str().unwrap_or_default(), finding["range"]["start"]["line"])
    });
    places.collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("the folder takes files");
}

const RULE: &str = r#"
[[rule]]
id = "house/bridge"
title = "Name of the bridge"
check = "phrase"
severity = "error"
fix = "safe"
message = "Its name is {use}"
why = "It was named after the engineer."
phrases = [{ find = "harbor bridge", use = ["Finch Bridge"] }]
"#;

/// A repository whose main branch has two stories with known findings.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let at = folder.path();
    std::fs::create_dir_all(at.join(".copydesk/rules")).expect("the folder takes folders");
    write(at, ".copydesk/rules/house.toml", RULE);
    write(at, "copydesk.toml", "packs = []\n");
    write(at, "old é.txt", "One harbor bridge.\n\nTwo harbor bridge.\n\nThree.\n");
    write(at, "other.txt", "A harbor bridge.\n");
    git(at, &["init", "--quiet", "--initial-branch", "main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message", "Start"]);
    folder
}

#[test]
fn only_changed_lines_and_new_files_since_the_branch_began() {
    let folder = repository();
    let at = folder.path();
    git(at, &["switch", "--quiet", "--create", "story"]);
    write(at, "old é.txt", "One harbor bridge.\n\nTwo harbor bridge.\n\nThree at the harbor bridge.\n");
    git(at, &["commit", "--quiet", "--all", "--message", "Change"]);
    write(at, "new.txt", "Four harbor bridge.\n");
    // What others did to the main branch in the meantime is none of this branch's changes.
    git(at, &["switch", "--quiet", "main"]);
    write(at, "other.txt", "A bridge.\n");
    git(at, &["commit", "--quiet", "--message", "Elsewhere", "other.txt"]);
    git(at, &["switch", "--quiet", "story"]);

    let output = check(at, &["--since", "main", "."]);
    assert_eq!(places(&output), ["new.txt:1", "old é.txt:5"]);
    assert_eq!(output.status.code(), Some(1));

    let fixed = check(at, &["--since", "main", "--fix", "."]);
    assert_eq!(places(&fixed), [""; 0]);
    let text = std::fs::read_to_string(at.join("old é.txt")).expect("it is there");
    assert_eq!(text, "One harbor bridge.\n\nTwo harbor bridge.\n\nThree at the Finch Bridge.\n");
}

#[test]
fn what_is_staged_is_checked_and_not_what_the_file_holds_later() {
    let folder = repository();
    let at = folder.path();
    write(at, "old é.txt", "New.\n\nOne harbor bridge.\n\nA staged harbor bridge.\n\nThree.\n");
    git(at, &["add", "."]);
    write(at, "old é.txt", "Later harbor bridge.\n");
    let output = check(at, &["--staged", "."]);
    assert_eq!(places(&output), ["old é.txt:5"]);
}

#[test]
fn without_changes_nothing_is_found() {
    let folder = repository();
    let output = check(folder.path(), &["--since", "HEAD", "."]);
    assert_eq!((places(&output), output.status.code()), (Vec::new(), Some(0)));
}

#[test]
fn what_git_cannot_tell_is_trouble() {
    let folder = repository();
    let at = folder.path();
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    let unknown = check(at, &["--since", "mian", "."]);
    assert_eq!(
        (said(&unknown).as_str(), unknown.status.code()),
        ("copydesk: git knows no revision `mian`; name a branch, a tag or a commit", Some(2))
    );
    git(at, &["switch", "--quiet", "--orphan", "alone"]);
    git(at, &["commit", "--quiet", "--allow-empty", "--message", "Alone"]);
    let apart = check(at, &["--since", "main", "."]);
    assert!(said(&apart).contains("no commit in common"), "{}", said(&apart));
    let outside = tempfile::tempdir().expect("there is room");
    let none = check(outside.path(), &["--staged", "."]);
    assert!(said(&none).contains("is in no git repository"), "{}", said(&none));
}

#[test]
fn the_repository_is_that_of_the_path_and_not_of_the_folder_in_which_it_runs() {
    let (one, other) = (repository(), repository());
    let elsewhere = tempfile::tempdir().expect("there is room");
    write(one.path(), "new.txt", "The harbor bridge.\n");
    write(other.path(), "late.txt", "At the harbor bridge.\n");
    let [first, second] = [&one, &other].map(|folder| folder.path().to_str().expect("a name in UTF-8"));
    let single = format!("{first}/new.txt");
    for (paths, wanted) in [(vec![first], 1), (vec![single.as_str()], 1), (vec![first, second], 2)] {
        let mut arguments = vec!["--since", "main"];
        arguments.extend(&paths);
        let found = check(elsewhere.path(), &arguments);
        assert_eq!(places(&found).len(), wanted, "{paths:?}: {}", String::from_utf8_lossy(&found.stderr));
    }
}
