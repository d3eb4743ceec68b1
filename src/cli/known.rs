//! The file of a baseline: the findings that a newsroom knows of and does not want to hear again.

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::stories::StoryPath;
use crate::files;
use crate::finding::Finding;
use crate::report::{CheckedStory, fingerprints};

/// The form of the file that this program writes and reads.
const VERSION: u32 = 1;

/// The known findings of stories, by what they are and not by where they are.
#[derive(Debug)]
pub struct Baseline {
    folder: PathBuf,
    file: File,
}

/// What is in the file, sorted, so that versions of it can be compared.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    stories: BTreeMap<String, KnownStory>,
}

/// By rule, how often each fingerprint's hash occurs.
type KnownStory = BTreeMap<String, BTreeMap<String, usize>>;

impl Baseline {
    /// Reads the file at `path`.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read, and what to do.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{shown}: {}; `copydesk baseline -o {shown}` writes one", files::why(&error)))?;
        let again = format!("`copydesk baseline -o {shown}` writes one");
        let file: File =
            serde_json::from_str(&text).map_err(|error| format!("{shown}: not a baseline ({error}); {again}"))?;
        if file.version != VERSION {
            return Err(format!("{shown}: a baseline of version {}, not {VERSION}; {again}", file.version));
        }
        Ok(Self { folder: folder_of(path), file })
    }

    /// The findings of `stories`, for a file at `path`.
    pub fn of(path: &Path, stories: &[(StoryPath, CheckedStory)]) -> Self {
        let folder = folder_of(path);
        let stories = stories.iter().filter_map(|(path, story)| entry(path, story, &folder)).collect();
        Self { folder, file: File { version: VERSION, stories } }
    }

    /// What is in the file.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Takes out of `findings`, which are about `text`, those that are known, and says how many they were.
    pub fn take_out(&self, story: &StoryPath, text: &str, findings: &mut Vec<Finding>) -> usize {
        let Some(known) = self.file.stories.get(&key(story, &self.folder)) else { return 0 };
        let before = findings.len();
        let mut seen = fingerprints(text, findings).into_iter();
        findings.retain(|finding| {
            let Some(by) = seen.next() else { return true };
            let count = known.get(&*finding.rule).and_then(|hashes| hashes.get(&hex(by.hash)));
            count.is_none_or(|&count| by.nth > count)
        });
        before - findings.len()
    }
}

/// The story's entry; none for a story without findings.
fn entry(path: &StoryPath, story: &CheckedStory, folder: &Path) -> Option<(String, KnownStory)> {
    let mut counts: HashMap<(&str, u64), usize> = HashMap::new();
    for (finding, by) in story.findings.iter().zip(fingerprints(&story.source, &story.findings)) {
        *counts.entry((&*finding.rule, by.hash)).or_default() += 1;
    }
    let mut rules = KnownStory::new();
    for ((rule, hash), count) in counts {
        rules.entry(rule.to_owned()).or_default().insert(hex(hash), count);
    }
    (!rules.is_empty()).then(|| (key(path, folder), rules))
}

fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}

fn folder_of(file: &Path) -> PathBuf {
    plain(file).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// The story's path from the folder of the baseline, with slashes: the same from whatever folder, on whatever machine
/// the program runs.
fn key(story: &StoryPath, folder: &Path) -> String {
    let Some(path) = story.path() else { return story.shown() };
    let plain = plain(path);
    let relative = plain.strip_prefix(folder).unwrap_or(&plain);
    relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// `path` from the root, without `..`.
fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts: Vec<Component> = Vec::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.into_iter().collect()
}
