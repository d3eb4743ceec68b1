//! `copydesk rules` and `copydesk explain`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{ExplainOptions, ListFormat, ProjectArguments, RulesOptions, SchemaOf, SchemaOptions};
use super::{CLEAN, FINDINGS, TROUBLE, complain, counted, finish, terminal};
use crate::analysis::{Analyzer, examples};
use crate::checks::load;
use crate::files;
use crate::project::{OWN_RULES, Project, Projects};
use crate::report;
use crate::rules::{Loaded, OWN_PACK, PACKS, Rule, RuleFile, RuleSet, meant};

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
    if let Some(path) = &options.test {
        return test(path.as_deref(), &options.project);
    }
    // With mistakes in the settings the list is that of what can be used; the exit code says that there are some.
    let (project, sound) = open(&options.project);
    let prefix = options.prefix.as_deref().unwrap_or_default();
    let rules: Vec<&Rule> = project.rules.rules.iter().filter(|rule| rule.id.starts_with(prefix)).collect();
    let mut out = terminal::stdout();
    let written = match options.format {
        ListFormat::Json => {
            let rules: Vec<_> = rules.iter().map(|rule| report::rule_json(rule)).collect();
            writeln!(out, "{}", serde_json::json!({ "rules": rules }))
        }
        ListFormat::Text => rules.iter().try_for_each(|rule| {
            let state = if rule.enabled { rule.severity.as_str() } else { "off" };
            let before = format!("{:<36} {:<8} {:<8} ", rule.id, state, rule.pack);
            let most = super::width().map_or(usize::MAX, |width| width.saturating_sub(before.chars().count()).max(20));
            writeln!(out, "{before}{}", report::fitted(&rule.title, most))
        }),
    };
    if rules.is_empty() {
        complain(format_args!("no rule in use starts with `{prefix}`; `copydesk rules` lists all"));
        return TROUBLE;
    }
    finish(written).max(if sound { CLEAN } else { TROUBLE })
}

/// Runs the examples of the rules at `path`, or of the newsroom's own.
fn test(path: Option<&Path>, options: &ProjectArguments) -> u8 {
    let (rules, sound) = match path.map(written).transpose() {
        Ok(Some(loaded)) => {
            loaded.problems.iter().for_each(complain);
            (Arc::new(loaded.rules), loaded.problems.is_empty())
        }
        Ok(None) => {
            // Examples that do not hold are told below.
            let project = Projects::new(options.options()).of_folder(Path::new("."));
            project.problems.iter().for_each(complain);
            (Arc::clone(&project.rules), project.problems.is_empty())
        }
        Err(trouble) => {
            complain(trouble);
            return TROUBLE;
        }
    };
    let own: Vec<&Rule> = rules.rules.iter().filter(|rule| rule.pack == OWN_PACK).collect();
    if own.is_empty() && sound {
        complain(format_args!("there are no rules of your own in {OWN_RULES}; name the file or folder that has them"));
        return TROUBLE;
    }
    let mut analyzer = Analyzer::new(Arc::clone(&rules));
    let (mut run, mut failed) = (0, 0);
    for rule in &own {
        let place = format!("{}:{}: {}", rule.file, rule.line, rule.id);
        if rule.examples.is_empty() {
            anstream::println!("{place}: no examples; add a `bad` one and a `good` one");
        }
        for (number, example) in rule.examples.iter().enumerate() {
            run += 1;
            if let Err(message) = examples::run(&mut analyzer, rule, example) {
                failed += 1;
                anstream::println!("{place}: example {} is not right\n{message}\n", number + 1);
            }
        }
    }
    let rules = counted(own.len(), "rule", "rules");
    anstream::println!("{rules}, {}: {failed} failed", counted(run, "example", "examples"));
    match (sound, failed) {
        (false, _) => TROUBLE,
        (true, 0) => CLEAN,
        (true, _) => FINDINGS,
    }
}

/// The rules that are written at `path`, a file or a folder of files, beside those of all packs.
fn written(path: &Path) -> Result<Loaded, String> {
    let why = |path: &Path, error: io::Error| format!("{}: {}", path.display(), files::why(&error));
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| why(path, error))?;
        paths = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
    }
    let read = |path: PathBuf| match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path.display().to_string(), text)),
        Err(error) => Err(why(&path, error)),
    };
    let texts = paths.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(load(PACKS, texts.iter().map(|(name, text)| RuleFile { name, text })))
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
    finish(write!(terminal::stdout(), "{}", report::explain(rule))).max(if sound { CLEAN } else { TROUBLE })
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
