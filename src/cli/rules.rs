//! `copydesk rules` and `copydesk explain`.

use std::io::{self, Write as _};
use std::path::Path;

use super::arguments::{ExplainOptions, ListFormat, ProjectArguments, RulesOptions, SchemaOf, SchemaOptions};
use super::{CLEAN, TROUBLE, complain};
use crate::checks::load;
use crate::files;
use crate::project::{Project, Projects};
use crate::report;
use crate::rules::{PACKS, Rule, RuleSet, meant};

/// Lists the rules, or writes their pages.
pub fn list(options: &RulesOptions) -> u8 {
    if let Some(folder) = &options.docs {
        return match write_pages(folder) {
            Ok(count) => {
                anstream::println!("{count} pages written to {}", folder.display());
                CLEAN
            }
            Err(error) => {
                complain(format_args!("{}: {}", folder.display(), files::why(&error)));
                TROUBLE
            }
        };
    }
    // With mistakes in the settings the list is that of what can be used; the exit code says that there are some.
    let (project, sound) = open(&options.project);
    let prefix = options.prefix.as_deref().unwrap_or_default();
    let rules: Vec<&Rule> = project.rules.rules.iter().filter(|rule| rule.id.starts_with(prefix)).collect();
    let mut out = io::stdout().lock();
    let written = match options.format {
        ListFormat::Json => {
            let rules: Vec<_> = rules.iter().map(|rule| report::rule_json(rule)).collect();
            writeln!(out, "{}", serde_json::json!({ "rules": rules }))
        }
        ListFormat::Text => rules.iter().try_for_each(|rule| {
            let state = if rule.enabled { rule.severity.as_str() } else { "off" };
            writeln!(out, "{:<36} {:<8} {:<8} {}", rule.id, state, rule.pack, rule.title)
        }),
    };
    if rules.is_empty() {
        complain(format_args!("no rule in use starts with `{prefix}`; `copydesk rules` lists all"));
        return TROUBLE;
    }
    finish(written).max(if sound { CLEAN } else { TROUBLE })
}

/// Prints a JSON schema.
pub fn schema(options: &SchemaOptions) -> u8 {
    let schema = match options.of {
        SchemaOf::Settings => report::settings_schema(&all_packs()),
        SchemaOf::Rules => report::rules_schema(),
    };
    finish(writeln!(io::stdout().lock(), "{schema:#}"))
}

/// Explains one rule.
pub fn explain(options: &ExplainOptions) -> u8 {
    let (project, sound) = open(&options.project);
    // A rule of a pack that is not in use can be explained as well.
    let all = all_packs();
    let Some(rule) = project.rules.get(&options.id).or_else(|| all.get(&options.id)) else {
        let near = meant(&options.id, all.rules.iter().map(|rule| &*rule.id));
        let hint = near.map_or("; `copydesk rules` lists them".to_owned(), |near| format!("; did you mean `{near}`?"));
        complain(format_args!("there is no rule `{}`{hint}", options.id));
        return TROUBLE;
    };
    finish(write!(io::stdout().lock(), "{}", report::explain(rule))).max(if sound { CLEAN } else { TROUBLE })
}

/// The project of the working folder, and whether its files have no mistakes. Those that they have are said.
fn open(options: &ProjectArguments) -> (std::sync::Arc<Project>, bool) {
    let mut projects = Projects::new(options.options());
    let project = projects.of_folder(Path::new("."));
    let problems = projects.problems();
    for problem in &problems {
        complain(problem);
    }
    (project, problems.is_empty())
}

fn all_packs() -> RuleSet {
    load(PACKS, []).rules
}

/// Writes one page for each topic of the packs that the program carries, and gives how many there are.
fn write_pages(folder: &Path) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let pages = report::pages(&all_packs());
    for (name, page) in &pages {
        std::fs::write(folder.join(name), page)?;
    }
    Ok(pages.len())
}

fn finish(written: io::Result<()>) -> u8 {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(error);
            TROUBLE
        }
        _ => CLEAN,
    }
}
