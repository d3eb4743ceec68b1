//! Reports, read by what others wrote for reading them.

use std::process::Command;

/// A story with findings of every severity, names and words that need escapes, and characters no XML may hold.
const STORY: &str = "😀 <b> \u{1}& \"ferry\"]]> TK\n\n“The operators insists of it 100%,” Tom Okafor said.\n\n\
                     The hearing is set for Monday, Feb. 20, 2018. Social media said so | a::b.\n";

fn report(format: &str) -> String {
    let folder = tempfile::tempdir().expect("there is room");
    let name = "a, b & 50%.txt";
    std::fs::write(folder.path().join(name), STORY).expect("the folder takes files");
    std::fs::write(folder.path().join("clean.txt"), "Nothing.\n").expect("the folder takes files");
    let program = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .current_dir(folder.path())
        .args(["--check", "--no-config", "--date", "2018-02-12", "--format", format])
        .output()
        .expect("copydesk runs");
    assert_eq!(program.status.code(), Some(1), "{}", String::from_utf8_lossy(&program.stderr));
    String::from_utf8(program.stdout).expect("reports are UTF-8")
}

fn findings() -> usize {
    let json: serde_json::Value = serde_json::from_str(&report("json")).expect("JSON");
    json["findings"].as_array().map_or(0, Vec::len)
}

#[test]
fn sarif_has_the_types_of_its_schema() {
    // The types are generated from the official schema and know no other properties than it does.
    let sarif: serde_sarif::sarif::Sarif = serde_json::from_str(&report("sarif")).expect("SARIF 2.1.0");
    let run = &sarif.runs[0];
    let results = run.results.as_deref().unwrap_or_default();
    let rules = run.tool.driver.rules.as_deref().unwrap_or_default();
    assert_eq!(results.len(), findings());
    for result in results {
        let at = usize::try_from(result.rule_index.expect("every result has its rule")).expect("it is in the list");
        assert_eq!(Some(&rules[at].id), result.rule_id.as_ref());
        assert!(rules[at].help.is_some());
    }
    let uri = results[0].locations.as_ref().and_then(|places| places[0].physical_location.as_ref());
    let uri = uri.and_then(|place| place.artifact_location.as_ref()).and_then(|artifact| artifact.uri.as_deref());
    assert_eq!(uri, Some("a%2C%20b%20%26%2050%25.txt"));
}

#[test]
fn checkstyle_is_well_formed_and_complete() {
    let text = report("checkstyle");
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let files: Vec<_> = xml.root_element().children().filter(|node| node.has_tag_name("file")).collect();
    assert_eq!(
        files.iter().filter_map(|file| file.attribute("name")).collect::<Vec<_>>(),
        ["a, b & 50%.txt", "clean.txt"]
    );
    assert_eq!(xml.descendants().filter(|node| node.has_tag_name("error")).count(), findings());
}

#[test]
fn junit_is_well_formed_and_counts_right() {
    let text = report("junit");
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let count = |name: &str| xml.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
    let root = xml.root_element();
    assert_eq!(root.attribute("failures"), Some(count("failure").as_str()));
    assert_eq!(root.attribute("tests"), Some(count("testcase").as_str()));
    assert_ne!(root.attribute("failures"), Some("0"));
    assert_eq!(count("system-out"), "1");
}

#[test]
fn gitlab_tells_findings_apart() {
    let all: Vec<serde_json::Value> = serde_json::from_str(&report("gitlab")).expect("JSON");
    let mut prints: Vec<&str> = all.iter().filter_map(|one| one["fingerprint"].as_str()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), findings());
}

#[test]
fn every_command_for_github_is_one_line() {
    let text = report("github");
    let commands = text.lines().filter(|line| line.starts_with("::")).count();
    assert_eq!(commands, findings());
    assert!(text.contains("file=a%2C b & 50%25.txt,"), "{text}");
}
