//! `copydesk config`: what is in force for a story, and where each value came from.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::{ConfigOptions, ListFormat};
use super::{CLEAN, TROUBLE, complain, finish, terminal};
use crate::config::{InForce, Origin, OwnList, RuleLine, Sourced};
use crate::finding::Severity;
use crate::project::{Project, Projects};
use crate::report;
use crate::rules::Rule;
use crate::settings::Part;
use crate::story::HousePlace;

/// Shows the settings of a story, or explains the keys of the file.
pub fn run(options: &ConfigOptions) -> u8 {
    let mut out = terminal::stdout();
    if options.keys {
        return finish(write!(out, "{}", report::settings_page()));
    }
    let path = options.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let folder = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_owned() };
    let mut projects = Projects::new(options.project.options());
    let project = projects.of_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder });
    let problems = projects.problems();
    for problem in &problems {
        complain(problem);
    }
    let mut force = project.in_force(&path);
    let environment = &options.environment;
    if let Some(said) = options.fail_on {
        let origin = environment.origin("fail_on", "--fail-on", "COPYDESK_FAIL_ON");
        force.fail_on = Sourced { value: said.severity(), origin };
    }
    let rows = rows(&project, &force, options);
    let written = match options.format {
        ListFormat::Text => text(&mut out, &path, &project, &force, &rows, options.project.no_config),
        ListFormat::Json => writeln!(out, "{:#}", in_json(&path, &project, &force, &rows)),
    };
    finish(written).max(if problems.is_empty() { CLEAN } else { TROUBLE })
}

/// A value in words, and where it came from.
struct ConfigRow {
    key: &'static str,
    value: String,
    origin: Origin,
}

fn rows(project: &Project, force: &InForce, options: &ConfigOptions) -> Vec<ConfigRow> {
    let packs = project.config.packs();
    let environment = &options.environment;
    let mut rows = vec![
        ConfigRow { key: "profile", value: force.profile.value.to_owned(), origin: force.profile.origin.clone() },
        ConfigRow { key: "packs", value: packs.value.join(", "), origin: packs.origin },
        ConfigRow { key: "fail-on", value: level(force.fail_on.value, "never"), origin: force.fail_on.origin.clone() },
    ];
    let mut row = |key, value: String, origin: &Origin| rows.push(ConfigRow { key, value, origin: origin.clone() });
    if let Some(folder) = project.config.ledgers() {
        row("ledgers", folder.value.clone(), &folder.origin);
    }
    for glob in project.config.exclude() {
        row("exclude", glob.value.clone(), &glob.origin);
    }
    if !force.skip.value.is_empty() {
        let parts: Vec<&str> = force.skip.value.iter().map(|part| Part::as_str(*part)).collect();
        row("skip", parts.join(", "), &force.skip.origin);
    }
    for term in &force.terms {
        row("house.terms", term.value.clone(), &term.origin);
    }
    for name in &force.names {
        row("house.names", name.value.clone(), &name.origin);
    }
    for person in &force.people {
        let title = person.value.title.as_ref().map_or(String::new(), |title| format!("{title} "));
        row("house.people", format!("{title}{}", person.value.name), &person.origin);
    }
    for place in &force.places {
        row("house.places", described(&place.value), &place.origin);
    }
    for (list, word) in &force.lexicon {
        row(lexicon_key(*list), word.value.clone(), &word.origin);
    }
    let sources: Vec<String> = force.date_sources.value.iter().map(ToString::to_string).collect();
    row("date.sources", sources.join(", "), &force.date_sources.origin);
    if let Some(date) = &force.date_default {
        row("date.default", date.value.to_string(), &date.origin);
    }
    if let Some(date) = options.day.date {
        row("date", date.to_string(), &environment.origin("date", "--date", "COPYDESK_DATE"));
    }
    if let Some(today) = options.day.today {
        row("today", today.to_string(), &environment.origin("today", "--today", "COPYDESK_TODAY"));
    }
    if let Some(file) = options.project.named_config() {
        rows.insert(0, ConfigRow { key: "config", value: file.value.display().to_string(), origin: file.origin });
    }
    rows
}

fn lexicon_key(list: OwnList) -> &'static str {
    match list {
        OwnList::VerbsOfSaying => "lexicon.verbs-of-saying",
        OwnList::Titles => "lexicon.titles",
        OwnList::Agencies => "lexicon.agencies",
        OwnList::GivenNames => "lexicon.given-names",
        OwnList::Organisations => "lexicon.organisations",
    }
}

/// `Port Ellery, Ore. (not Ellery Harbor)`.
fn described(place: &HousePlace) -> String {
    let mut said = place.name.clone();
    if let Some(within) = &place.within {
        said = format!("{said}, {within}");
    }
    if place.alone {
        said.push_str(", alone in datelines");
    }
    match place.not.is_empty() {
        true => said,
        false => format!("{said} (not {})", place.not.join(", ")),
    }
}

/// The rules for which something is said, each with what counts in the end.
fn rules<'p>(project: &'p Project, force: &'p InForce) -> Vec<(&'p Rule, &'p RuleLine)> {
    let said = |rule: &Rule| {
        let about = |entry: &&RuleLine| match entry.id.strip_suffix('*') {
            Some(topic) => rule.id.starts_with(topic),
            None => *entry.id == *rule.id,
        };
        force.rules.iter().rev().find(|entry| about(entry) && entry.severity.is_some())
    };
    project.rules.rules.iter().filter_map(|rule| Some((rule, said(rule)?))).collect()
}

fn level(severity: Option<Severity>, none: &'static str) -> String {
    severity.map_or(none, Severity::as_str).to_owned()
}

fn text(
    out: &mut impl Write,
    path: &Path,
    project: &Project,
    force: &InForce,
    rows: &[ConfigRow],
    no_config: bool,
) -> io::Result<()> {
    let file = project.file.as_deref().filter(|file| file.is_file());
    match file {
        Some(file) => writeln!(out, "{}: settings of {}\n", path.display(), file.display())?,
        None if no_config => writeln!(out, "{}: no settings of the newsroom's own\n", path.display())?,
        None => writeln!(out, "{}: there is no copydesk.toml here or above\n", path.display())?,
    }
    for ConfigRow { key, value, origin } in rows {
        writeln!(out, "{key:<14} {value:<44} {origin}")?;
    }
    let rules = rules(project, force);
    if !rules.is_empty() {
        writeln!(out, "\nrules that are set")?;
    }
    for (rule, entry) in rules {
        let severity = level(entry.severity.flatten(), "off");
        writeln!(out, "{:<36} {severity:<22} {}", rule.id, entry.origin)?;
    }
    Ok(())
}

fn in_json(path: &Path, project: &Project, force: &InForce, rows: &[ConfigRow]) -> Value {
    let origin = |origin: &Origin| match origin {
        Origin::File { file, line, .. } => json!({ "kind": origin.kind(), "file": **file, "line": line }),
        other => json!({ "kind": other.kind(), "name": other.to_string() }),
    };
    let values: Vec<Value> =
        rows.iter().map(|row| json!({ "key": row.key, "value": row.value, "origin": origin(&row.origin) })).collect();
    let rules: Vec<Value> = rules(project, force)
        .into_iter()
        .map(|(rule, entry)| {
            let severity = level(entry.severity.flatten(), "off");
            json!({ "id": *rule.id, "severity": severity, "origin": origin(&entry.origin) })
        })
        .collect();
    let file = project.file.as_deref().filter(|file| file.is_file());
    json!({ "path": path, "file": file, "values": values, "rules": rules })
}
