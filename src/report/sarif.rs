//! Findings as SARIF 2.1.0 (OASIS), the exchange format of code scanning.
//!
//! The levels of SARIF are fewer than ours: an error and a warning are what they are, a query and a hint are a `note`;
//! `properties.severity` keeps the word.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{CheckedStory, ReportedFinding, place::uri};
use crate::finding::{Applicability, Fix, Severity};
use crate::rules::{Rule, topic_of};
use crate::text::{LineIndex, SourceRange};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the findings of `stories` that are at least as severe as `show`, with the rules they come from.
pub fn sarif(stories: &[CheckedStory], show: Severity, out: &mut impl Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, Option<&Rule>> = BTreeMap::new();
    for story in stories {
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            rules.entry(&finding.rule).or_insert_with(|| story.rules.get(&finding.rule));
        }
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut results = Vec::new();
    for story in stories {
        let lines = LineIndex::new(&story.source);
        for found in ReportedFinding::all(story, show) {
            results.push(result(&found, index.get(&*found.finding.rule), &lines));
        }
    }
    let report = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "copydesk",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(id, rule)| descriptor(id, *rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "%SRCROOT%": { "description": { "text": "The folder in which copydesk ran." } },
            },
            "results": results,
        }],
    });
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Query | Severity::Hint => "note",
    }
}

fn descriptor(id: &str, rule: Option<&Rule>) -> Value {
    let Some(rule) = rule else { return json!({ "id": id }) };
    let topic = topic_of(id);
    let why = rule.why.trim();
    // The format wants no tag twice, and the rules of a pack may be its only topic.
    let tags = if topic == rule.pack { vec![topic] } else { vec![topic, &*rule.pack] };
    let mut descriptor = json!({
        "id": id,
        "shortDescription": { "text": format!("{}.", rule.title) },
        "fullDescription": { "text": why },
        "help": { "text": format!("{}. {why}", rule.title), "markdown": super::explain(rule) },
        "defaultConfiguration": { "enabled": rule.enabled, "level": level(rule.severity) },
        "properties": { "tags": tags },
    });
    if let Some(link) = rule.links.first() {
        descriptor["helpUri"] = json!(link);
    }
    descriptor
}

/// Where the story is. A whole address has no folder that it starts from.
fn artifact(name: &str) -> Value {
    match uri(name) {
        whole if whole.starts_with("file:") => json!({ "uri": whole }),
        within => json!({ "uri": within, "uriBaseId": "%SRCROOT%" }),
    }
}

fn result(found: &ReportedFinding, rule: Option<&usize>, lines: &LineIndex) -> Value {
    let ReportedFinding { story, finding, .. } = found;
    let text = story.source.as_str();
    let artifact = artifact(&story.name);
    let place = |range| json!({ "artifactLocation": artifact, "region": region(range, text, lines) });
    let related = finding.related.iter().map(|related| {
        json!({
            "physicalLocation": place(&related.range),
            "message": { "text": related.message },
        })
    });
    // Only what a person may accept as it is; a question to the reporter is no replacement.
    let fixes = finding.fixes.iter().filter(|fix| fix.applicability != Applicability::Query && !fix.edits.is_empty());
    let fixes = fixes.map(|fix| one_fix(fix, &artifact, text, lines));
    let mut result = json!({
        "ruleId": *finding.rule,
        "level": level(finding.severity),
        "message": { "text": found.sentence() },
        "locations": [{ "physicalLocation": place(&finding.range) }],
        // The second name is the one by which GitHub follows an alert from commit to commit.
        "partialFingerprints": {
            "copydeskPassage/v1": found.fingerprint.to_string(),
            "primaryLocationLineHash": found.fingerprint.to_string(),
        },
        "properties": { "severity": finding.severity },
    });
    if let Some(at) = rule {
        result["ruleIndex"] = json!(at);
    }
    let (related, fixes) = (related.collect::<Vec<_>>(), fixes.collect::<Vec<_>>());
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn one_fix(fix: &Fix, artifact: &Value, text: &str, lines: &LineIndex) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(&edit.range, text, lines),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// 1-based lines and columns; the end column is the one after the last character (SARIF 3.30.8).
fn region(range: &SourceRange, text: &str, lines: &LineIndex) -> Value {
    let (start, end) = (lines.line_column(range.start, text), lines.line_column(range.end, text));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::checks::load;
    use crate::rules::PACKS;

    #[test]
    fn whole_addresses_name_no_folder() {
        assert_eq!(artifact("news/a.md"), json!({ "uri": "news/a.md", "uriBaseId": "%SRCROOT%" }));
        assert_eq!(artifact("/news/a.md"), json!({ "uri": "file:///news/a.md" }));
    }

    #[test]
    fn every_rule_of_every_pack_is_told_as_the_schema_wants_it() {
        let set = load(PACKS, []).rules;
        assert!(set.rules.iter().any(|rule| rule.pack == "ap") && set.rules.iter().any(|rule| rule.pack == "british"));
        for rule in &set.rules {
            let told = descriptor(&rule.id, Some(rule));
            let tags = told["properties"]["tags"].as_array().expect("tags are a list");
            let different: HashSet<&str> = tags.iter().filter_map(Value::as_str).collect();
            assert_eq!(different.len(), tags.len(), "{}: `uniqueItems` of the schema", rule.id);
            let typed: serde_sarif::sarif::ReportingDescriptor = serde_json::from_value(told).expect(&rule.id);
            assert_eq!(typed.id, *rule.id);
            assert!(typed.help_uri.is_none_or(|uri| uri.starts_with("https://")), "{}", rule.id);
        }
    }
}
