//! The pages say what the program does, stand in the book, and lead where they say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk::checks::load;
use copydesk::report;
use copydesk::rules::PACKS;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

#[test]
fn the_pages_of_the_rules_are_current() {
    let wanted = report::pages(&load(PACKS, []).rules);
    let folder = Path::new("docs/rules");
    let mut there = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("docs/rules is there") {
        let path = entry.expect("the entry can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        there.insert(name, fs::read_to_string(&path).expect("the page can be read"));
    }
    let stale: Vec<&String> =
        wanted.iter().filter(|(name, page)| there.get(*name) != Some(page)).map(|(n, _)| n).collect();
    let extra: Vec<&String> = there.keys().filter(|name| !wanted.contains_key(*name)).collect();
    assert!(stale.is_empty() && extra.is_empty(), "stale: {stale:?}, left over: {extra:?}; run `scripts/pages`");
}

#[test]
fn the_schemas_are_current() {
    let schemas = [
        ("copydesk.schema.json", report::settings_schema(&load(PACKS, []).rules)),
        ("rules.schema.json", report::rules_schema()),
    ];
    for (file, schema) in schemas {
        let there = fs::read_to_string(Path::new("docs/schema").join(file)).unwrap_or_default();
        let current = there == format!("{schema:#}\n");
        assert!(current, "docs/schema/{file} is stale; run `scripts/pages`");
    }
}

#[test]
fn the_page_of_settings_is_current() {
    let there = fs::read_to_string("docs/settings.md").unwrap_or_default();
    let stale = there != report::settings_page();
    assert!(!stale, "docs/settings.md is stale; run `scripts/pages`");
}

/// All pages of the book, as paths from the repository.
fn pages() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("docs")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// Where the links and images of a text lead to, as written.
fn links(text: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    Parser::new_ext(text, Options::all()).filter_map(link).collect()
}

/// The anchors of a text's headings, as mdBook and the usual code hosts make them.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let written = heading.take().unwrap_or_default().to_lowercase();
                let kept = written.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                anchors.push(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
            }
            _ => {}
        }
    }
    anchors
}

/// Links of `text`, which stands at `path`, that lead to no file or to no heading.
fn broken(path: &Path, text: &str) -> Vec<String> {
    let folder = path.parent().expect("a file has a folder");
    let leads_nowhere = |link: &String| {
        if link.contains("://") || link.starts_with("mailto:") {
            return false;
        }
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = if file.is_empty() { path.to_owned() } else { folder.join(file) };
        if anchor.is_empty() || target.extension().is_none_or(|extension| extension != "md") {
            return !target.exists();
        }
        let other = if file.is_empty() { Ok(text.to_owned()) } else { fs::read_to_string(&target) };
        other.map_or(true, |other| !anchors(&other).iter().any(|known| known == anchor))
    };
    links(text).into_iter().filter(leads_nowhere).map(|link| format!("{}: {link}", path.display())).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let others = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "STYLE.md"].map(PathBuf::from);
    let read = |path: &PathBuf| fs::read_to_string(path).expect("the page can be read");
    let bad: Vec<String> = pages().iter().chain(&others).flat_map(|path| broken(path, &read(path))).collect();
    assert!(bad.is_empty(), "links that lead nowhere:\n{}", bad.join("\n"));
}

#[test]
fn a_broken_link_is_noticed() {
    let text = "# One *two*: `three`\n\n[a](#one-two-three) [b](#four) [c](ci.md#reports) [d](ci.md#no) [e](no.md) [f](https://a.org/no)";
    let bad = broken(Path::new("docs/page.md"), text);
    assert_eq!(bad, ["docs/page.md: #four", "docs/page.md: ci.md#no", "docs/page.md: no.md"]);
}

#[test]
fn rules_that_the_pages_name_are_there() {
    let rules = load(PACKS, []).rules;
    let topics: Vec<&str> = rules.rules.iter().filter_map(|rule| rule.id.split('/').next()).collect();
    // Rules of a newsroom's own stand under this topic in examples.
    let is_known = |id: &str| rules.has(id) || id.starts_with("house/");
    let mut unknown = Vec::new();
    for path in pages() {
        let text = fs::read_to_string(&path).expect("the page can be read");
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            let Event::Code(code) = event else { continue };
            let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            let named = code.split_once('/').is_some_and(|(topic, name)| topics.contains(&topic) && letters(name));
            if named && !is_known(&code) {
                unknown.push(format!("{}: {code}", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_page_stands_in_the_book() {
    let summary = fs::read_to_string("docs/SUMMARY.md").expect("the summary can be read");
    let listed: Vec<PathBuf> = links(&summary).iter().map(|link| Path::new("docs").join(link)).collect();
    let missing: Vec<PathBuf> =
        pages().into_iter().filter(|page| !page.ends_with("SUMMARY.md") && !listed.contains(page)).collect();
    assert!(missing.is_empty(), "not in docs/SUMMARY.md: {missing:?}; add a line for each");
}

#[test]
fn the_picture_shows_what_the_program_prints() {
    let arguments = "--check --date 2018-02-12 --rule words/verb-preposition --rule numbers/percent-change \
        --rule time/weekday-mismatch examples/ferry-terminal.txt";
    let program =
        std::process::Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments.split_whitespace()).output();
    let printed = String::from_utf8(program.expect("the program starts").stdout).expect("findings are text");
    let picture = fs::read_to_string("docs/images/findings.svg").expect("the picture can be read");
    let drawn: Vec<String> = picture.lines().filter(|line| line.starts_with("<text")).map(words_of).collect();
    let current: Vec<String> = printed.lines().map(squeezed).filter(|line| !line.is_empty()).collect();
    // Above the findings stands the command, below them that there are more; the program ends with their number.
    assert_eq!(
        drawn.get(1..drawn.len() - 1),
        current.get(..current.len() - 1),
        "run `scripts/picture target/debug/copydesk > docs/images/findings.svg`"
    );
}

/// The words of a line of the picture.
fn words_of(line: &str) -> String {
    let words: String = line.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words).collect();
    squeezed(&words.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
}

/// A line without its blanks, which the picture does not keep.
fn squeezed(line: &str) -> String {
    line.split_whitespace().collect()
}

#[test]
fn every_command_has_its_page() {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("--help").output();
    let help = String::from_utf8(help.expect("the program starts").stdout).expect("the help is text");
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    // A command stands two columns in; what goes on from the line before stands further in.
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.contains(&"check"), "the list of commands is read: {names:?}");
    for name in names {
        let page = fs::read_to_string(format!("docs/commands/{name}.md")).unwrap_or_default();
        let shown = format!("$ copydesk {name} --help\n");
        // That what it shows is current, tests/cli.rs sees to.
        assert!(page.contains(&shown), "docs/commands/{name}.md is missing or does not show `{}`", shown.trim());
    }
}
