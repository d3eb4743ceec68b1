//! What shells and `man` are told of the command line, tried in a real bash; `tests/pipeline/run` has the other shells.

use std::path::Path;
use std::process::Command;

/// What `copydesk ARGUMENTS` prints.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments).output().expect("the program starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

/// What bash offers for the last of `words`, with the script of `copydesk completions bash` in force.
#[cfg(unix)]
fn offered(words: &[&str]) -> Vec<String> {
    // As bash calls the function: the program, the word to complete, the word before it.
    let call = r#"
        source "$1"; shift
        compopt() { :; }
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        function=$(complete -p copydesk)
        function=${function#*-F }
        "${function%% *}" copydesk "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let folder = tempfile::tempdir().expect("there is a folder");
    let script = folder.path().join("copydesk.bash");
    std::fs::write(&script, printed(&["completions", "bash"])).expect("the script can be written");
    let bash = Command::new("bash")
        .args(["--norc", "-c", call, "bash"])
        .arg(&script)
        .args(words)
        .current_dir(folder.path())
        .output()
        .expect("there is a bash");
    let said = String::from_utf8_lossy(&bash.stderr);
    assert!(bash.status.success() && said.is_empty(), "{words:?}: {said}");
    String::from_utf8_lossy(&bash.stdout).lines().filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_values_and_rules() {
    let formats = [
        "text",
        "concise",
        "docx-comments",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ]
    .as_slice();
    for (words, wanted) in [
        (["copydesk", "explain", "time/weekd"].as_slice(), ["time/weekday-mismatch"].as_slice()),
        (&["copydesk", "rules", "leftovers/tk"], &["leftovers/tk"]),
        (&["copydesk", "check", "--format", ""], formats),
        // The way newsrooms write it in pipelines.
        (&["copydesk", "--check", "--format", "sa"], &["sarif"]),
        (&["copydesk", "--check", "a.txt", "--stag"], &["--staged"]),
        (&["copydesk", "check", "--fail-on", ""], &["hint", "query", "warning", "error", "never"]),
        (&["copydesk", "check", "--show", "w"], &["warning"]),
        (&["copydesk", "check", "--packs", ""], &["ap", "british", "core"]),
        (&["copydesk", "check", "--color", "n"], &["never"]),
        (&["copydesk", "comp"], &["completions"]),
        (&["copydesk", "completions", "p"], &["powershell"]),
        (&["copydesk", "man", "bas"], &["baseline"]),
        (&["copydesk", "schema", "s"], &["settings"]),
        // No file is a day.
        (&["copydesk", "check", "--date", ""], &[]),
    ] {
        let mut offered = offered(words);
        let mut wanted: Vec<&str> = wanted.to_vec();
        offered.sort();
        wanted.sort_unstable();
        assert_eq!(offered, wanted, "{words:?}");
    }
    let quotes = offered(&["copydesk", "explain", "quotes/"]);
    assert!(quotes.len() > 10 && quotes.iter().all(|id| id.starts_with("quotes/")), "{quotes:?}");
}

#[test]
fn every_command_and_option_stands_in_a_manual_page() {
    let folder = tempfile::tempdir().expect("there is a folder");
    let place = folder.path().join("share/man/man1");
    printed(&["man", "--dir", place.to_str().expect("it is text")]);
    let program = copydesk::cli::description();
    let read = |name: &str| std::fs::read_to_string(Path::join(&place, name)).expect("the page is there");
    let whole = read("copydesk.1");
    assert_eq!(whole, printed(&["man"]));
    for command in program.get_subcommands() {
        let name = command.get_name();
        // In roff, `-` is written `\-`, so that it can be copied from the page.
        assert!(whole.contains(&format!("copydesk\\-{name}(1)")), "{name} in copydesk.1");
        let page = read(&format!("copydesk-{name}.1"));
        assert_eq!(page, printed(&["man", name]));
        for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
            let Some(long) = option.get_long() else { continue };
            let written = format!("\\-\\-{}", long.replace('-', "\\-"));
            assert!(page.contains(&written), "{written} in the page of {name}");
            let variable = option.get_env().map(|variable| variable.to_string_lossy().into_owned());
            assert!(variable.is_none_or(|variable| page.contains(&variable) && whole.contains(&variable)), "{written}");
        }
    }
    assert!(!whole.contains("copydesk\\-help"), "help needs no page");
}
