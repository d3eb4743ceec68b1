//! JSON schemas of `copydesk.toml` and of rule files, for editors that complete and check TOML by them.
//!
//! They are generated, and published in `docs/schema`. Draft 7 is what editors for TOML know.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::checks;
use crate::rules::{RuleFileSchema, RuleSet, pack_names};

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of `copydesk.toml`. The rules are those that it completes; a newsroom's own are allowed as well.
pub fn settings_schema(rules: &RuleSet) -> Value {
    let mut ids = Map::new();
    let mut topics: Vec<&str> = rules.rules.iter().filter_map(|rule| Some(rule.id.split_once('/')?.0)).collect();
    topics.sort_unstable();
    topics.dedup();
    for topic in topics {
        ids.insert(format!("{topic}/*"), rule_of(&format!("All rules of the topic `{topic}`.")));
    }
    let mut sorted: Vec<_> = rules.rules.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    for rule in sorted {
        let state = if rule.enabled { rule.severity.as_str() } else { "off" };
        let text = format!("{}. {} (pack {}, {state} unless set)", rule.title, rule.why, rule.pack);
        ids.insert(rule.id.to_string(), rule_of(&text));
    }
    let rules = json!({
        "description": "Severities of rules by id, or of all rules of a topic: \"sources/*\".",
        "type": "object",
        "properties": ids,
        "patternProperties": { "^[a-z0-9-]+/([a-z0-9-]+|\\*)$": { "$ref": "#/definitions/rule" } },
        "additionalProperties": false,
    });
    json!({
        "$schema": DRAFT,
        "title": "copydesk.toml",
        "description": "Settings of copydesk for the stories in this folder and below.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "packs": {
                "description": "The packs of rules in use.",
                "type": "array",
                "items": { "enum": pack_names() },
                "uniqueItems": true,
                "default": ["core"],
            },
            "exclude": strings("Globs of files that a walk through folders leaves out, from the folder of this file."),
            "fail-on": {
                "description": "The lowest severity that makes `copydesk --check` end with exit code 1.",
                "enum": ["hint", "query", "warning", "error"],
                "default": "warning",
            },
            "accept": strings("Words of the house, never flagged."),
            "rules": rules,
            "override": {
                "description": "Settings of rules for some paths. Later ones win over earlier ones.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["paths"],
                    "properties": {
                        "paths": {
                            "description": "Globs of paths, from the folder of this file.",
                            "type": "array",
                            "items": { "type": "string" },
                            "minItems": 1,
                        },
                        "rules": { "$ref": "#/properties/rules" },
                    },
                },
            },
        },
        "definitions": {
            "severity": {
                "enum": ["off", "hint", "query", "warning", "error"],
                "description": "off: never shown. hint: a preference. query: a person must answer. warning: it should change. error: it must not be published.",
            },
            "rule": {
                "anyOf": [
                    { "$ref": "#/definitions/severity" },
                    {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                            "severity": { "$ref": "#/definitions/severity" },
                            "message": { "type": "string", "description": "What a finding says, instead of the rule's own words." },
                        },
                    },
                ],
            },
        },
    })
}

fn rule_of(description: &str) -> Value {
    // Draft 7 ignores what stands beside `$ref`, so the reference is wrapped.
    json!({ "description": description, "allOf": [{ "$ref": "#/definitions/rule" }] })
}

fn strings(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "string" } })
}

/// The schema of rule files, from the types that read them. The name of the check is one of those that there are.
pub fn rules_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<RuleFileSchema>().to_value();
    let mut names: Vec<&str> = checks::ALL.iter().map(|check| check.name).collect();
    names.sort_unstable();
    if let Some(check) = schema.pointer_mut("/definitions/RuleEntry/properties/check") {
        check["enum"] = json!(names);
    }
    schema
}
