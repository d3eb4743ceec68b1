//! Which findings of which stories count: all, or those of some rules, of changed lines, or that no baseline knows.

use std::path::PathBuf;

use super::arguments::CheckOptions;
use super::changes::{self, ChangedLines};
use super::known::Baseline;
use super::stories::StoryPath;
use crate::finding::Finding;
use crate::project::Projects;
use crate::rules;
use crate::text::SourceRange;

/// Which findings count: all, unless a baseline or git says otherwise.
#[derive(Debug, Default)]
pub(super) struct FindingScope {
    baseline: Option<Baseline>,
    changes: Option<ChangedLines>,
    /// Ids and topics of the rules that count; none for all.
    rules: Vec<String>,
    /// Facts that nobody checked are findings.
    pub require_checked: bool,
}

impl FindingScope {
    /// The paths that options name, and the scope that they give for what these hold.
    ///
    /// # Errors
    ///
    /// Says what of them cannot be read.
    pub(super) fn with_paths(options: &CheckOptions) -> Result<(Vec<PathBuf>, Self), String> {
        let paths = options.files.paths(&options.project)?;
        let scope = Self::of(options, &paths)?;
        Ok((paths, scope))
    }

    /// The scope that options give for what `paths` hold.
    ///
    /// # Errors
    ///
    /// Says what of it cannot be read.
    pub(super) fn of(options: &CheckOptions, paths: &[PathBuf]) -> Result<Self, String> {
        let changes = match &options.since {
            Some(revision) => Some(ChangedLines::since(revision, paths)?),
            None if options.staged => Some(ChangedLines::staged(paths)?),
            None => None,
        };
        let baseline = options.baseline.as_deref().map(Baseline::read).transpose()?;
        Ok(Self { baseline, changes, rules: options.rules.clone(), require_checked: options.require_checked })
    }

    /// Whether the story at `path` is in it at all.
    pub(super) fn holds(&self, path: &StoryPath) -> bool {
        let Some(changes) = &self.changes else { return true };
        path.path().is_some_and(|path| changes.of(path).is_some())
    }

    /// Whether findings of the rule `id` count.
    pub(super) fn counts_rule(&self, id: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|pattern| rules::names(pattern, id))
    }

    /// The text of the story at `path`.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read.
    pub(super) fn read(&self, path: &StoryPath) -> Result<String, String> {
        match (&self.changes, path) {
            (Some(changes), StoryPath::File(file)) => match changes.staged_text(file) {
                Some(bytes) => path.decode(bytes.map_err(|error| format!("{}: {error}", path.shown()))?),
                None => path.read(),
            },
            _ => path.read(),
        }
    }

    /// The changed ranges of the story's `text`; `None` when all of it counts.
    pub(super) fn changed(&self, path: &StoryPath, text: &str) -> Option<Vec<SourceRange>> {
        let lines = self.changes.as_ref()?.of(path.path()?)?;
        Some(changes::ranges(lines, text))
    }

    /// Takes out of `findings` what does not count, and gives how many of them the baseline holds.
    pub(super) fn narrow(
        &self,
        path: &StoryPath,
        text: &str,
        changed: Option<&[SourceRange]>,
        findings: &mut Vec<Finding>,
    ) -> usize {
        keep_rules(findings, &self.rules);
        let known = self.baseline.as_ref().map_or(0, |baseline| baseline.take_out(path, text, findings));
        if let Some(changed) = changed {
            changes::keep(findings, changed);
        }
        known
    }
}

/// Leaves the findings of the rules that `wanted` names, by id or topic; all where it names none.
pub(super) fn keep_rules(findings: &mut Vec<Finding>, wanted: &[String]) {
    if !wanted.is_empty() {
        findings.retain(|finding| wanted.iter().any(|pattern| rules::names(pattern, &finding.rule)));
    }
}

/// Which of the rules that `wanted` names are in none of `projects`, with what may have been meant.
pub(super) fn unknown_rules(wanted: &[String], projects: &Projects) -> Vec<String> {
    let unknown = wanted.iter().filter(|pattern| !projects.all().any(|project| project.rules.has(pattern)));
    let message = |pattern: &String| {
        let ids = projects.all().flat_map(|project| project.rules.rules.iter().map(|rule| &*rule.id));
        let near = rules::meant(pattern, ids);
        let hint = near.map_or("; `copydesk rules` lists them".to_owned(), |near| format!("; did you mean `{near}`?"));
        format!("--rule: there is no rule `{pattern}` in the packs in use{hint}")
    };
    unknown.map(message).collect()
}
