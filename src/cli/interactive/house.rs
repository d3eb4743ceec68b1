//! What answers change in `copydesk.toml`, until it is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::edit;
use crate::finding::{Edit, Finding};
use crate::fix;
use crate::rules::RuleSet;

/// A file of settings as it was when a story was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    pub path: PathBuf,
    /// `None` where it is not there yet.
    pub text: Option<String>,
}

/// The files of settings that were changed, and what that means for the rest of the run.
#[derive(Clone, Debug, Default)]
pub struct HouseFiles {
    files: BTreeMap<PathBuf, Changed>,
    /// Words, in lower case, by the settings that have them now.
    accepted: Vec<(PathBuf, String)>,
    /// Rules that are off now, by the settings and the story in these.
    off: Vec<(PathBuf, PathBuf, Arc<str>)>,
}

/// A file of settings that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What is on disk; `None` where there is no such file.
    pub before: Option<String>,
    pub now: String,
}

impl HouseFiles {
    /// Adds `words` to the words of the house.
    ///
    /// # Errors
    ///
    /// Says why the file cannot be changed, and what to do.
    pub fn accept(&mut self, file: &SettingsFile, words: &str) -> Result<(), String> {
        self.change(file, |text| edit::accept(text, words))?;
        self.accepted.push((file.path.clone(), words.to_lowercase()));
        Ok(())
    }

    /// Turns `rule` off for the story at `story`.
    ///
    /// # Errors
    ///
    /// Says why the file cannot be changed, and what to do.
    pub fn turn_off(
        &mut self,
        file: &SettingsFile,
        story: &Path,
        rule: &Arc<str>,
        rules: &RuleSet,
    ) -> Result<(), String> {
        let relative = relative(story, &file.path);
        self.change(file, |text| edit::turn_off_for(text, &relative, rule, rules))?;
        self.off.push((file.path.clone(), story.to_owned(), Arc::clone(rule)));
        Ok(())
    }

    fn change(&mut self, file: &SettingsFile, edit: impl FnOnce(&str) -> Option<Edit>) -> Result<(), String> {
        let known = self.files.get(&file.path).map(|changed| changed.now.as_str());
        let text = known.or(file.text.as_deref()).unwrap_or_default();
        let Some(edit) = edit(text) else {
            return Err(format!("{} is written in a way that is left alone; change it by hand", file.path.display()));
        };
        let now = fix::apply_edits(text, &mut [&edit]);
        let before = file.text.clone();
        self.files
            .entry(file.path.clone())
            .and_modify(|changed| changed.now.clone_from(&now))
            .or_insert(Changed { before, now });
        Ok(())
    }

    /// Whether what was changed silences `finding` in the story at `story`, which goes by `file` and holds `source`.
    pub fn silences(&self, file: &SettingsFile, story: &Path, source: &str, finding: &Finding) -> bool {
        let off = self.off.iter().any(|(f, s, rule)| *f == file.path && s == story && *rule == finding.rule);
        off || (!self.accepted.is_empty() && {
            let words = source.get(finding.range.clone()).unwrap_or_default().to_lowercase();
            self.accepted.iter().any(|(f, accepted)| *f == file.path && *accepted == words)
        })
    }

    /// The files that are still to be written.
    pub fn unwritten(&self) -> impl Iterator<Item = (&Path, &Changed)> {
        let changed = self.files.iter().filter(|(_, changed)| changed.before.as_ref() != Some(&changed.now));
        changed.map(|(path, changed)| (path.as_path(), changed))
    }

    /// Takes note that the file at `path` was written.
    pub fn written(&mut self, path: &Path) {
        if let Some(changed) = self.files.get_mut(path) {
            changed.before = Some(changed.now.clone());
        }
    }
}

/// The path of `story` from the folder of `file`, by which settings name it.
fn relative(story: &Path, file: &Path) -> PathBuf {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (story, file) = (absolute(story), absolute(file));
    file.parent().and_then(|folder| story.strip_prefix(folder).ok()).unwrap_or(&story).to_owned()
}
