//! JSON schemas of `copydesk.toml` and of rule files, for editors that complete and check TOML by them.
//!
//! They are generated, and published in `docs/schema`. Draft 7 is what editors for TOML know.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::checks;
use crate::config::{KEYS, Key, KeyKind, PERSON, PLACE, PROFILES, RULE, fail_levels, severities};
use crate::rules::{RuleFileSchema, RuleSet, pack_names, topic_of};
use crate::settings::Part;
use crate::story::DateSource;

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of `copydesk.toml`. The rules are those that it completes; a newsroom's own are allowed as well.
pub fn settings_schema(rules: &RuleSet) -> Value {
    let mut ids = Map::new();
    let mut topics: Vec<&str> = rules.rules.iter().map(|rule| topic_of(&rule.id)).collect();
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
        "properties": properties(KEYS, false),
        "definitions": {
            "rules": rules,
            "severity": {
                "enum": severities(),
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
                            "message": { "type": "string", "description": RULE[1].1 },
                            "params": { "type": "object", "description": RULE[2].1 },
                        },
                    },
                ],
            },
        },
    })
}

/// The properties of a table with these keys; in an override only those that may be set by path.
fn properties(keys: &[Key], by_path: bool) -> Value {
    let keys = keys.iter().filter(|key| key.by_path || !by_path);
    Value::Object(keys.map(|key| (key.name.to_owned(), property(key))).collect())
}

fn property(key: &Key) -> Value {
    let strings = |items: Value| json!({ "type": "array", "items": items, "uniqueItems": true });
    let mut property = match key.kind {
        KeyKind::Profile => json!({ "enum": PROFILES.iter().map(|profile| profile.name).collect::<Vec<_>>() }),
        KeyKind::Packs => strings(json!({ "enum": pack_names() })),
        KeyKind::Extends | KeyKind::Globs | KeyKind::Words => strings(json!({ "type": "string", "minLength": 1 })),
        KeyKind::Folder => json!({ "type": "string", "minLength": 1 }),
        KeyKind::FailOn => json!({ "enum": fail_levels() }),
        KeyKind::Parts => strings(json!({ "enum": Part::all().map(Part::as_str).collect::<Vec<_>>() })),
        KeyKind::DateSources => {
            let known: Vec<&str> = DateSource::ALL.iter().map(DateSource::as_str).collect();
            strings(json!({ "anyOf": [{ "enum": known }, { "type": "string", "pattern": "^front-matter:\\s*\\S" }] }))
        }
        // A validator sees a date of TOML as a text or as something of its own.
        KeyKind::Date => json!({}),
        KeyKind::People => {
            let fields: Map<String, Value> = PERSON
                .iter()
                .map(|(name, meaning)| ((*name).to_owned(), json!({ "type": "string", "description": meaning })))
                .collect();
            let table =
                json!({ "type": "object", "properties": fields, "required": ["name"], "additionalProperties": false });
            strings(json!({ "anyOf": [{ "type": "string", "minLength": 1 }, table] }))
        }
        KeyKind::Places => {
            let of = |name: &str| match name {
                "not" => strings(json!({ "type": "string", "minLength": 1 })),
                "alone" => json!({ "type": "boolean" }),
                _ => json!({ "type": "string", "minLength": 1 }),
            };
            let field = |(name, meaning): &(&str, &str)| {
                let mut field = of(name);
                field["description"] = json!(meaning);
                ((*name).to_owned(), field)
            };
            let fields: Map<String, Value> = PLACE.iter().map(field).collect();
            let table =
                json!({ "type": "object", "properties": fields, "required": ["name"], "additionalProperties": false });
            strings(json!({ "anyOf": [{ "type": "string", "minLength": 1 }, table] }))
        }
        KeyKind::Table(keys) => {
            json!({ "type": "object", "properties": properties(keys, false), "additionalProperties": false })
        }
        KeyKind::Rules => json!({ "allOf": [{ "$ref": "#/definitions/rules" }] }),
        KeyKind::Overrides => {
            let mut properties = properties(KEYS, true);
            properties["paths"] = json!({
                "description": "Globs of paths, from the folder of this file.",
                "type": "array",
                "items": { "type": "string" },
                "minItems": 1,
            });
            let table = json!({ "type": "object", "properties": properties, "required": ["paths"], "additionalProperties": false });
            json!({ "type": "array", "items": table })
        }
    };
    property["description"] = json!(format!("{} Default: {}.", key.meaning, key.default));
    property
}

fn rule_of(description: &str) -> Value {
    // Draft 7 ignores what is beside `$ref`, so the reference is wrapped.
    json!({ "description": description, "allOf": [{ "$ref": "#/definitions/rule" }] })
}

/// The schema of rule files, from the types that read them. The name of the check is one of those that there are.
pub fn rules_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<RuleFileSchema>().to_value();
    let mut names: Vec<&str> = checks::all().map(|check| check.name).collect();
    names.sort_unstable();
    if let Some(check) = schema.pointer_mut("/definitions/RuleEntry/properties/check") {
        check["enum"] = json!(names);
    }
    schema
}
