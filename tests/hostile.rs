//! What a newsroom's folder, a story or its neighbours can do at worst.
//!
//! Each test tries it. SECURITY.md says in a table who is trusted with what.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::analysis::{Analysis, Analyzer};
use copydesk::checks::load;
use copydesk::markup::Format;
use copydesk::rules::{RuleFile, RuleSet};
use copydesk::settings::Settings;
use copydesk::story::Surroundings;

/// Rules of a newsroom's own with these patterns, `own/p0` and so on.
fn patterns(patterns: &[&str]) -> Arc<RuleSet> {
    let rule = |(number, pattern): (usize, &&str)| {
        format!(
            "[[rule]]\nid = \"own/p{number}\"\ntitle = \"T\"\ncheck = \"pattern\"\nseverity = \"warning\"\n\
             message = \"found it\"\nwhy = \"w\"\npattern = '{pattern}'\n"
        )
    };
    let text: String = patterns.iter().enumerate().map(rule).collect();
    let loaded = load([], [RuleFile { name: "own.toml", text: &text }]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    Arc::new(loaded.rules)
}

fn told(analysis: &Analysis) -> Vec<(&str, &str)> {
    analysis.findings.iter().map(|finding| (&*finding.rule, &*finding.message)).collect()
}

/// A back-reference behind a repeated repetition: each letter more doubles the steps.
const ENDLESS: &str = r"(\w|\w\w)+\1;";

#[test]
fn a_pattern_that_takes_too_many_steps_is_told_once_and_hangs_nothing() {
    let rules = patterns(&[ENDLESS, r"\bpier\b"]);
    let hard = "a pier aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!;\n\n";
    let numbered: String = (0..400).map(|number| hard.replace('!', &format!("!{number}!"))).collect();
    let story = format!("bb;\n\n{numbered}cc;");
    let started = Instant::now();
    let mut analyzer = Analyzer::new(rules);
    let analyze = |analyzer: &mut Analyzer, text: &str| {
        analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default())
    };
    let analysis = analyze(&mut analyzer, &story);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    let (endless, others): (Vec<_>, Vec<_>) = told(&analysis).into_iter().partition(|(rule, _)| *rule == "own/p0");
    assert_eq!(endless.len(), 1, "{endless:?}");
    assert!(endless[0].1.contains("takes too many steps"), "{endless:?}");
    assert_eq!(others.len(), 400, "the other rule finds what it finds");
    // What was left out is looked for once nothing is in its way, as if the rest had never been there.
    let easy = "bb;\n\ncc;\n\na pier.";
    let again = analyze(&mut analyzer, easy);
    let rules = Arc::clone(analyzer.rules());
    let fresh = Analyzer::new(rules).analyze(easy, Format::Plain, &Surroundings::default(), &Settings::default());
    assert_eq!(told(&again), told(&fresh));
    assert_eq!(told(&again), [("own/p0", "found it"), ("own/p0", "found it"), ("own/p1", "found it")]);
}

#[test]
fn edits_round_a_pattern_that_takes_too_many_steps_tell_what_a_fresh_look_tells() {
    let rules = patterns(&[ENDLESS]);
    let hard = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!;";
    let texts = [
        "One bb; two.",
        "One bb; two.\n\nAnd cc; too.",
        &format!("One bb; two.\n\n{hard}\n\nAnd cc; too."),
        &format!("One bb; twos.\n\n{hard}\n\nAnd cc; too."),
        "One bb; twos.\n\nNone!\n\nAnd cc; too.",
        "One bb; twos.\n\nNone!",
    ];
    let mut analyzer = Analyzer::new(Arc::clone(&rules));
    let (around, settings) = (Surroundings::default(), Settings::default());
    let mut last = (String::new(), analyzer.analyze("", Format::Plain, &around, &settings));
    for text in texts {
        let before = std::mem::take(&mut last.0);
        let now = analyzer.analyze_again((&before, last.1), text, Format::Plain, &around, &settings);
        let fresh = Analyzer::new(Arc::clone(&rules)).analyze(text, Format::Plain, &around, &settings);
        assert_eq!(told(&now), told(&fresh), "{text}");
        last = (text.to_owned(), now);
    }
}

/// Runs the program in `folder`, and gives what it printed: to standard output, and to standard error.
fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.current_dir(folder).args(arguments).output().expect("it is built");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// A folder with a rule and a story that would make terminals, logs and pages do things.
#[cfg(unix)]
fn hostile_newsroom() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join(".copydesk/rules")).expect("a folder");
    let rule = r####"
        [[rule]]
        id = "own/evil"
        title = "T \u001b]0;title\u0007"
        check = "phrase"
        severity = "error"
        message = "evil \u001b[2J\u0007\n::error::message\u2028::x <script>alert(1)</script> ]]> `x` [a](javascript:b) %0A {found}"
        why = "w \u001b[2J"
        phrases = [{ find = "evil", use = ["ev\u001b[2Jil", "<b>|`"] }]
    "####;
    std::fs::write(folder.path().join(".copydesk/rules/own.toml"), rule).expect("a file");
    let story = "The evil\u{1b}[2J\u{9b}5n thing is <b>evil</b> ]]> here.\n::error::story\n";
    std::fs::write(folder.path().join("a\u{1b}[2J\n::error::name<img src=x>,|`a`.txt"), story).expect("a file");
    folder
}

#[cfg(unix)]
#[test]
fn nothing_printed_is_obeyed_by_a_terminal() {
    let newsroom = hostile_newsroom();
    for format in
        ["text", "concise", "github", "markdown", "json", "jsonl", "sarif", "gitlab", "rdjson", "junit", "checkstyle"]
    {
        // Colours are asked for, as where there is a terminal.
        let (out, error) = run(newsroom.path(), &["--color", "always", "--check", "--format", format, "."]);
        for (at, rest) in out.match_indices('\u{1b}').map(|(at, _)| (at, &out[at + 1..])) {
            let is_colour = rest
                .strip_prefix('[')
                .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'));
            assert!(is_colour, "{format}, byte {at}: {rest:.40}");
        }
        assert!(!out.contains(['\u{7}', '\u{9b}', '\u{8}']), "{format}: {out}");
        assert!(error.is_empty(), "{error}");
    }
    for arguments in
        [&["explain", "own/evil"][..], &["rules", "own/"], &["--check", "nowhere\u{1b}[2J\n::error::x.txt"]]
    {
        let (_, error) = run(newsroom.path(), arguments);
        assert!(!error.contains(['\u{1b}', '\u{7}']) && !error.contains("\n::"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn no_name_and_no_message_is_a_command_to_a_workflow() {
    let newsroom = hostile_newsroom();
    for format in ["text", "concise", "github", "markdown", "json", "jsonl", "sarif", "gitlab", "rdjson", "checkstyle"]
    {
        let (out, error) = run(newsroom.path(), &["--check", "--format", format, "."]);
        for line in out.lines().chain(error.lines()) {
            // GitHub obeys lines that start so, whatever blanks stand before.
            let own = format == "github" && line.starts_with("::error title=own/evil,file=a");
            assert!(own || !line.trim_start().starts_with("::"), "{format}: {line}");
        }
    }
}

#[cfg(unix)]
#[test]
fn no_markup_gets_into_reports_and_pages() {
    let newsroom = hostile_newsroom();
    let (markdown, _) = run(newsroom.path(), &["--check", "--format", "markdown", "."]);
    let raw = markdown.replace("\\<", "");
    assert!(!raw.contains("<script") && !raw.contains("<img"), "{markdown}");
    assert!(!markdown.replace("\\[", "").contains("[a]("), "{markdown}");
    assert!(!markdown.replace("\\`", "").replace("`own/evil`", "").contains('`'), "{markdown}");
    let (sarif, _) = run(newsroom.path(), &["--check", "--format", "sarif", "."]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("it is JSON");
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = place.as_str().expect("there is a result");
    assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"`|\\^{}".contains(&byte)), "{uri}");
    let name = std::fs::read_dir(newsroom.path()).expect("it is there").flatten().map(|entry| entry.file_name());
    let name = name.filter_map(|name| name.into_string().ok()).find(|name| name.ends_with(".txt")).expect("the story");
    let (page, error) = run(newsroom.path(), &["facts", "--all", "--format", "html", &name]);
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"), "{error}{page}");
    assert!(!page.contains("<img") && !page.contains("<b>evil") && !page.contains("<script"), "{page}");
}

#[test]
fn extended_settings_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    // Two files that extend each other, and a chain in which each names the next one twice.
    write("a.toml", "extends = [\"b.toml\"]\n");
    write("b.toml", "extends = [\"a.toml\"]\n");
    for number in 0..30 {
        write(&format!("c{number}.toml"), &format!("extends = [\"c{0}.toml\", \"c{0}.toml\"]\n", number + 1));
    }
    write("c30.toml", "");
    write("copydesk.toml", "extends = [\"a.toml\", \"c0.toml\"]\n");
    write("story.txt", "The council met.\n");
    let started = Instant::now();
    let (_, error) = run(folder.path(), &["--check", "story.txt"]);
    assert!(error.contains("extends this file") && error.contains("64 files are read"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[cfg(unix)]
#[test]
fn settings_and_rules_that_are_no_files_are_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join(".copydesk/rules")).expect("a folder");
    std::fs::write(folder.path().join("copydesk.toml"), "extends = [\"/dev/zero\"]\n").expect("a file");
    std::fs::write(folder.path().join("story.txt"), "The council met.\n").expect("a file");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join(".copydesk/rules/own.toml")).expect("a link");
    let large = std::fs::File::create(folder.path().join(".copydesk/rules/two.toml")).expect("a file");
    large.set_len(1 << 30).expect("a file with a hole");
    let (_, error) = run(folder.path(), &["--check", "story.txt"]);
    assert_eq!(error.matches("not a file").count(), 2, "{error}");
    assert!(error.contains("larger than the 8 MB"), "{error}");
}

#[test]
fn a_phrase_that_stands_for_too_much_text_is_a_mistake() {
    let choice = format!("({})", vec!["x"; 390].join("|"));
    let phrase = format!("{choice} {}", "a very long phrase ".repeat(2000));
    let rule = format!(
        "[[rule]]\nid = \"own/x\"\ntitle = \"T\"\ncheck = \"phrase\"\nseverity = \"hint\"\nmessage = \"m\"\n\
         why = \"w\"\nphrases = [{{ find = \"{phrase}\" }}]\n"
    );
    let loaded = load([], [RuleFile { name: "own.toml", text: &rule }]);
    assert!(loaded.rules.rules.is_empty());
    assert!(loaded.problems[0].message.contains("more text than"), "{:?}", loaded.problems);
}
