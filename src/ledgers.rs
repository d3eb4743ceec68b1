//! Ledgers on disk, for the command line and the language server: read, and changed whole or not at all.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What is put behind the name of a story for the name of its ledger.
pub const SUFFIX: &str = ".facts.toml";

/// The largest ledger that is read: ten thousand facts fit several times.
const LARGEST: u64 = 64 << 20;

/// Where the ledger of the story at `story` is, where settings name no folder: beside it, as `ferry.md.facts.toml` beside `ferry.md`.
pub fn path_of(story: &Path) -> PathBuf {
    let mut name = story.file_name().map_or_else(OsString::new, OsString::from);
    name.push(SUFFIX);
    story.with_file_name(name)
}

/// The text of the ledger at `path`; `None` where there is none.
///
/// # Errors
///
/// Says why it cannot be read.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    let length = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        metadata => metadata?.len(),
    };
    if length > LARGEST {
        return Err(io::Error::other("the ledger is larger than any that was written by copydesk"));
    }
    std::fs::read_to_string(path).map(Some)
}

/// Changes the ledger at `path`, which is that of the story at `story`, by `change`, which is given its text, and gives what is there now.
///
/// Nobody else who does it this way changes it meanwhile, in this process or another: who comes later waits, and sees what
/// was written before. The file is whole at any time.
///
/// # Errors
///
/// What `change` says, or why the ledger cannot be read or written; it is as it was then.
pub fn update(
    path: &Path,
    story: &Path,
    change: impl FnOnce(&str) -> Result<String, String>,
) -> Result<String, String> {
    let told = |error: io::Error| format!("{}: {}", path.display(), crate::files::why(&error));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(told)?;
    let lock = lock_file(folder, path).map_err(told)?;
    lock.lock().map_err(told)?;
    let before = read(path).map_err(told)?.unwrap_or_default();
    let after = change(&before)?;
    if after == before {
        return Ok(after);
    }
    if after.is_empty() {
        std::fs::remove_file(path).map_err(told)?;
        return Ok(after);
    }
    let write = || -> io::Result<()> {
        let mut temporary = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder)?;
        temporary.write_all(after.as_bytes())?;
        // A temporary file is for its owner only; the ledger is for all who may read the story.
        if let Some(model) = [path, story].iter().find_map(|model| std::fs::metadata(model).ok()) {
            temporary.as_file().set_permissions(model.permissions())?;
        }
        temporary.as_file().sync_all()?;
        temporary.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(told)?;
    Ok(after)
}

/// Who works in this folder, by git's settings: whoever marks facts without saying who does. `None` without git, too.
pub fn user_name(folder: &Path) -> Option<String> {
    let mut git = std::process::Command::new("git");
    git.args(["config", "user.name"]).stdin(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    if folder.is_dir() {
        git.current_dir(folder);
    }
    let output = git.output().ok().filter(|output| output.status.success())?;
    let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// What is locked while a ledger changes: its folder, so that nothing is left lying there.
#[cfg(unix)]
fn lock_file(folder: &Path, _ledger: &Path) -> io::Result<File> {
    File::open(folder)
}

/// What is locked while a ledger changes: a file among those for a time, because folders cannot be locked here.
#[cfg(not(unix))]
fn lock_file(_folder: &Path, ledger: &Path) -> io::Result<File> {
    let ledger = std::path::absolute(ledger)?;
    let name = format!("copydesk-{:016x}.lock", crate::text::hash(ledger.as_os_str().as_encoded_bytes()));
    File::options().create(true).truncate(false).write(true).open(std::env::temp_dir().join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_lies_beside_the_story() {
        assert_eq!(path_of(Path::new("news/ferry.md")), Path::new("news/ferry.md.facts.toml"));
    }

    #[test]
    fn nobody_s_change_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let story = folder.path().join("ferry.txt");
        std::fs::write(&story, "The ferry stays.").expect("it is written");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let story = &story;
                let path = path_of(story);
                scope.spawn(move || {
                    for change in 0..20 {
                        update(&path, story, |text| Ok(format!("{text}# {writer} {change}\n"))).expect("it is changed");
                    }
                });
            }
        });
        let text = read(&path_of(&story)).expect("it can be read").expect("it is there");
        assert_eq!(text.lines().count(), 160);
        let names: Vec<_> =
            std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
        assert_eq!(names.len(), 2, "nothing else is left lying there: {names:?}");
    }

    #[test]
    fn a_change_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let story = folder.path().join("ferry.txt");
        let path = folder.path().join("facts/news/ferry.txt.facts.toml");
        update(&path, &story, |_| Ok("# one\n".to_owned())).expect("it is written, and its folder made");
        assert_eq!(update(&path, &story, |_| Err("no".to_owned())), Err("no".to_owned()));
        assert_eq!(read(&path).ok().flatten().as_deref(), Some("# one\n"));
        assert_eq!(update(&path, &story, |_| Ok(String::new())).as_deref(), Ok(""));
        assert_eq!(read(&path).ok().flatten(), None);
    }
}
