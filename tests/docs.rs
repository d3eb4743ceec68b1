//! The generated pages of the rules say what the rules say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copydesk::report;
use copydesk::rules::{PACKS, RuleFile, load};

#[test]
fn the_pages_of_the_rules_are_current() {
    let files = PACKS.iter().map(|f| RuleFile { pack: f.pack, name: f.name, text: f.text, eager: false });
    let wanted = report::pages(&load(files).rules);
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
    assert!(
        stale.is_empty() && extra.is_empty(),
        "stale: {stale:?}, left over: {extra:?}; run `rm -r docs/rules && cargo run -- rules --docs docs/rules`"
    );
}

#[test]
fn the_schemas_are_current() {
    let files = PACKS.iter().map(|f| RuleFile { pack: f.pack, name: f.name, text: f.text, eager: false });
    let schemas = [
        ("copydesk.schema.json", "settings", report::settings_schema(&load(files).rules)),
        ("rules.schema.json", "rules", report::rules_schema()),
    ];
    for (file, of, schema) in schemas {
        let there = fs::read_to_string(Path::new("docs/schema").join(file)).unwrap_or_default();
        let current = there == format!("{schema:#}\n");
        assert!(current, "docs/schema/{file} is stale; run `cargo run -- schema {of} > docs/schema/{file}`");
    }
}

#[test]
fn the_page_of_settings_is_current() {
    let there = fs::read_to_string("docs/settings.md").unwrap_or_default();
    let stale = there != report::settings_page();
    assert!(!stale, "docs/settings.md is stale; run `cargo run -- config --keys > docs/settings.md`");
}
