//! `--fix` on files as they are: permissions, links, line ends, files that cannot be written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const RULES: &str = r#"
[[rule]]
id = "house/bridge"
title = "Name of the bridge"
check = "phrase"
severity = "error"
fix = "safe"
message = "Its name is {use}"
why = "It was named after the engineer."
phrases = [{ find = "harbor bridge", use = ["Finch Bridge"] }]

[[rule]]
id = "house/old"
title = "An old bridge"
check = "pattern"
severity = "error"
fix = "safe"
message = "Write “{use}”"
why = "All bridges are old."
pattern = '\bold harbor\b'
use = ["harbor"]
"#;

/// A folder with rules of its own, which anybody may enter.
fn newsroom() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::create_dir_all(folder.path().join(".copydesk/rules")).expect("the folder takes folders");
    write(folder.path(), ".copydesk/rules/house.toml", RULES);
    write(folder.path(), "copydesk.toml", "packs = []\n");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("the folder takes files");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it is there")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).arg("--check").args(arguments);
    command
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("copydesk runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn marks_and_line_ends_stay_and_a_second_run_changes_nothing() {
    let folder = newsroom();
    let at = folder.path();
    for (name, before, after) in [
        ("crlf.txt", "\u{FEFF}A harbor bridge.\r\n\r\nEnd.\r\n", "\u{FEFF}A Finch Bridge.\r\n\r\nEnd.\r\n"),
        ("cr.txt", "A harbor bridge.\r\rEnd.\r", "A Finch Bridge.\r\rEnd.\r"),
        ("mixed.md", "A harbor\r\nbridge.\n\n- The harbor bridge.\r\n", "A Finch Bridge.\n\n- The Finch Bridge.\r\n"),
        ("no-end.txt", "\u{FEFF}A harbor bridge", "\u{FEFF}A Finch Bridge"),
        // Each of the two fixes takes a word from the other.
        ("overlap.txt", "The old harbor bridge is old harbor.\n", "The Finch Bridge is harbor.\n"),
    ] {
        write(at, name, before);
        let output = check(at, &["--fix", name]);
        assert_eq!(read(at, name), after, "{name}: {}", said(&output.stderr));
        let written = fs::metadata(at.join(name)).and_then(|file| file.modified()).expect("files have times");
        check(at, &["--fix", name]);
        assert_eq!(read(at, name), after, "{name} again");
        let again = fs::metadata(at.join(name)).and_then(|file| file.modified()).expect("files have times");
        assert_eq!(written, again, "{name} is not written again");
    }
}

#[test]
fn every_example_is_done_after_one_run() {
    let folder = tempfile::tempdir().expect("there is room");
    let examples = fs::read_dir("examples").expect("there are examples").flatten();
    let stories: Vec<_> =
        examples.filter(|entry| entry.path().extension().is_some_and(|e| e == "txt" || e == "md")).collect();
    assert!(!stories.is_empty());
    for story in stories {
        let copy = folder.path().join(story.file_name());
        for how in [&["--fix"][..], &["--fix", "--suggested"]] {
            fs::copy(story.path(), &copy).expect("the folder takes files");
            let arguments = [how, &["--no-config", "--packs", "core,ap", "."]].concat();
            check(folder.path(), &arguments);
            let once = fs::read_to_string(&copy).expect("it is there");
            check(folder.path(), &arguments);
            assert_eq!(once, fs::read_to_string(&copy).expect("it is there"), "{}", copy.display());
        }
    }
}

#[test]
fn a_diff_changes_nothing_and_reports_go_by_the_text_that_is_there() {
    let folder = newsroom();
    let at = folder.path();
    // The fixes before it move the last finding by several bytes, and onto another column.
    let story = "An old harbor and the harbor bridge, and “the harbor bridge,” he said.\n";
    write(at, "a.txt", story);
    let places = |report: &str| -> Vec<(u64, u64)> {
        let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
        let findings = report["findings"].as_array().expect("findings").clone();
        let place = |finding: &serde_json::Value| {
            let offset = |end: &str| finding["range"][end]["offset"].as_u64().expect("an offset");
            (offset("start"), offset("end"))
        };
        findings.iter().map(place).collect()
    };
    let now = places(&said(&check(at, &["--format", "json", "a.txt"]).stdout));
    assert_eq!(now.len(), 3);
    let diff = check(at, &["--diff", "--output", "json=a.json", "--output", "text=a.out", "a.txt"]);
    assert!(said(&diff.stdout).contains("+An harbor and the Finch Bridge, and “the harbor bridge,” he said."));
    assert_eq!(diff.status.code(), Some(1));
    assert_eq!(read(at, "a.txt"), story);
    assert_eq!(places(&read(at, "a.json")), now, "what is reported is in the text on disk");
    let text = read(at, "a.out");
    assert!(text.contains("a.txt:1:23") && text.contains("the harbor bridge, and"), "{text}");
    assert!(text.ends_with("; 2 fixable with --fix.\n"), "nothing was fixed: {text}");

    check(at, &["--fix", "--quiet", "--output", "json=fixed.json", "a.txt"]);
    let fixed = read(at, "a.txt");
    let [(start, end)] = places(&read(at, "fixed.json"))[..] else { panic!("one remains") };
    assert_eq!(&fixed[start as usize..end as usize], "harbor bridge", "in the text that --fix wrote");
    assert_eq!(places(&said(&check(at, &["--format", "json", "a.txt"]).stdout)), [(start, end)]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::os::unix::process::CommandExt as _;

    use super::*;

    /// A user who may not do everything, as the administrator may.
    const NOBODY: u32 = 65534;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }

    fn is_administrator(folder: &Path) -> bool {
        fs::metadata(folder).expect("it is there").uid() == 0
    }

    #[test]
    fn permissions_stay() {
        let folder = newsroom();
        let at = folder.path();
        for wanted in [0o600, 0o640, 0o664, 0o755] {
            write(at, "a.txt", "A harbor bridge.\n");
            set_mode(&at.join("a.txt"), wanted);
            check(at, &["--fix", "a.txt"]);
            assert_eq!(read(at, "a.txt"), "A Finch Bridge.\n");
            assert_eq!(mode(&at.join("a.txt")), wanted);
        }
    }

    #[test]
    fn the_owner_stays_when_the_administrator_fixes() {
        let folder = newsroom();
        let at = folder.path();
        if !is_administrator(at) {
            return;
        }
        write(at, "a.txt", "A harbor bridge.\n");
        std::os::unix::fs::chown(at.join("a.txt"), Some(NOBODY), Some(NOBODY)).expect("the administrator may");
        check(at, &["--fix", "a.txt"]);
        let file = fs::metadata(at.join("a.txt")).expect("it is there");
        assert_eq!((file.uid(), file.gid()), (NOBODY, NOBODY));
        assert_eq!(read(at, "a.txt"), "A Finch Bridge.\n");
    }

    #[test]
    fn the_file_behind_a_symbolic_link_is_changed_and_the_link_stays() {
        let folder = newsroom();
        let at = folder.path();
        fs::create_dir(at.join("desk")).expect("the folder takes folders");
        write(at, "desk/real.txt", "A harbor bridge.\n");
        symlink("desk/real.txt", at.join("link.txt")).expect("the folder takes links");
        let output = check(at, &["--fix", "link.txt"]);
        assert_eq!(said(&output.stderr), "");
        assert_eq!(fs::read_link(at.join("link.txt")).expect("it is a link still"), Path::new("desk/real.txt"));
        assert_eq!(read(at, "desk/real.txt"), "A Finch Bridge.\n");
        // Under both names it is one story.
        write(at, "desk/real.txt", "A harbor bridge.\n");
        let output = check(at, &["--fix", "link.txt", "desk/real.txt"]);
        assert!(said(&output.stdout).starts_with("1 safe fix applied. nothing in 1 story"), "{}", said(&output.stdout));
        assert_eq!(read(at, "desk/real.txt"), "A Finch Bridge.\n");
    }

    #[test]
    fn another_name_of_a_file_keeps_its_text_and_that_is_said() {
        let folder = newsroom();
        let at = folder.path();
        write(at, "a.txt", "A harbor bridge.\n");
        fs::hard_link(at.join("a.txt"), at.join("backup")).expect("the folder takes links");
        let output = check(at, &["--fix", "a.txt"]);
        assert_eq!(output.status.code(), Some(0));
        let note =
            "copydesk: a.txt: written under this name; its other name (a hard link) keeps the text from before\n";
        assert_eq!(said(&output.stderr), note);
        assert_eq!(read(at, "a.txt"), "A Finch Bridge.\n");
        assert_eq!(read(at, "backup"), "A harbor bridge.\n");
    }

    #[test]
    fn what_may_not_be_written_is_said_and_reported_as_it_is_and_the_rest_goes_on() {
        let folder = newsroom();
        let at = folder.path();
        write(at, "a.txt", "A harbor bridge.\n");
        write(at, "b.txt", "A harbor bridge.\n");
        set_mode(&at.join("a.txt"), 0o444);
        let output = check(at, &["--fix", "--format", "jsonl", "."]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(said(&output.stderr), "copydesk: a.txt: not fixed: the file is read-only\n");
        let finding: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one finding");
        assert_eq!((&finding["file"], &finding["range"]["start"]["offset"]), (&"a.txt".into(), &2.into()));
        assert_eq!(read(at, "a.txt"), "A harbor bridge.\n");
        assert_eq!(read(at, "b.txt"), "A Finch Bridge.\n");
    }

    #[test]
    fn somebody_elses_file_and_a_closed_folder_are_left_as_they_are() {
        let folder = newsroom();
        let at = folder.path();
        set_mode(at, 0o755);
        for open in [".copydesk", ".copydesk/rules"] {
            set_mode(&at.join(open), 0o755);
        }
        // The administrator may do everything, so there the program runs as somebody who may not.
        // Another process makes the copy. What this one writes to, a program that a test beside this one starts may hold
        // open for a moment, and nothing runs that is open for writing.
        let program = at.join("program");
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_copydesk")).arg(&program).status();
        assert!(copied.is_ok_and(|status| status.success()), "there is room");
        set_mode(&program, 0o755);
        let closed = at.join("closed");
        fs::create_dir(&closed).expect("the folder takes folders");
        write(&closed, "a.txt", "A harbor bridge.\n");
        set_mode(&closed, 0o555);
        let run = |path: &str| {
            let mut command = Command::new(&program);
            command.current_dir(at).args(["--check", "--fix", path]);
            if is_administrator(at) {
                command.uid(NOBODY).gid(NOBODY);
            }
            command.output().expect("copydesk runs")
        };
        if is_administrator(at) {
            set_mode(&closed.join("a.txt"), 0o666);
            // A folder in which everybody may make files, and a file in it that only its owner may write.
            let shared = at.join("shared");
            fs::create_dir(&shared).expect("the folder takes folders");
            write(&shared, "b.txt", "A harbor bridge.\n");
            set_mode(&shared, 0o777);
            let output = run("shared/b.txt");
            assert_eq!(output.status.code(), Some(2));
            let message = "copydesk: shared/b.txt: not fixed: Permission denied (os error 13)\n";
            assert_eq!(said(&output.stderr), message);
            assert_eq!(read(&shared, "b.txt"), "A harbor bridge.\n");
        }
        let output = run("closed/a.txt");
        assert_eq!(output.status.code(), Some(2));
        let message = "copydesk: closed/a.txt: not fixed: its folder cannot be written to (permission denied)\n";
        assert_eq!(said(&output.stderr), message);
        assert_eq!(read(&closed, "a.txt"), "A harbor bridge.\n");
        set_mode(&closed, 0o755);
        let names: Vec<_> = fs::read_dir(&closed).expect("it is open").flatten().map(|e| e.file_name()).collect();
        assert_eq!(names, ["a.txt"], "nothing is left behind");
    }
}
