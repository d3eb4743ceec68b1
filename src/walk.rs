//! Finding the stories below a folder, for the command line and the language server.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use crate::markup::Format;
use crate::project::Project;
use crate::sources::FOLDER_SUFFIX;

/// The stories below `folder` that no ignore file and no `exclude` of `project` leaves out, as they are found.
///
/// What cannot be read on the way is an error that the walk goes on after. `troubles` takes what is wrong with the globs.
pub fn stories(
    folder: &Path,
    project: &Project,
    troubles: &mut Vec<String>,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let exclude = globs(project.config.exclude().map(|glob| &*glob.value), troubles);
    let root = project.root.clone();
    // Ignore files count whether or not the folder is a repository, as people expect of a folder they copied.
    let mut walk = WalkBuilder::new(folder);
    // What stories were written from is no story.
    let is_of_sources = |name: &std::ffi::OsStr| name.to_str().is_some_and(|name| name.ends_with(FOLDER_SUFFIX));
    walk.require_git(false).filter_entry(move |entry| {
        entry.depth() == 0 || !(is_of_sources(entry.file_name()) && entry.file_type().is_some_and(|kind| kind.is_dir()))
    });
    walk.build().filter_map(move |entry| {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(error.to_string())),
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if !is_file || Format::of_path(entry.path()).is_none() {
            return None;
        }
        (!exclude.is_match(relative(entry.path(), root.as_deref()))).then(|| Ok(entry.into_path()))
    })
}

/// Whether `exclude` of `project` leaves out the file at `path`. Wrong globs are told by those who walk.
pub fn is_excluded(path: &Path, project: &Project) -> bool {
    let exclude = globs(project.config.exclude().map(|glob| &*glob.value), &mut Vec::new());
    exclude.is_match(relative(path, project.root.as_deref()))
}

/// The path from the folder of the settings, by which globs name files.
fn relative(path: &Path, root: Option<&Path>) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    root.and_then(|root| absolute.strip_prefix(root).ok()).unwrap_or(path).to_owned()
}

fn globs<'g>(patterns: impl Iterator<Item = &'g str>, troubles: &mut Vec<String>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        match Glob::new(pattern) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => troubles.push(format!("exclude: {error}")),
        }
    }
    set.build().unwrap_or_else(|error| {
        troubles.push(format!("exclude: {error}"));
        GlobSet::empty()
    })
}
