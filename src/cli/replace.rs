//! Putting a changed text in the place of a file, and writing reports: whole or not at all.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes `changed` to `file`, which must still hold `checked`: whole or not at all. Its permissions, its owner and its
/// extended attributes are kept as far as the system lets us, and a symbolic link to it stays one.
///
/// A file that has other names (hard links) is replaced under this name only, and gives how many others there are.
///
/// # Errors
///
/// The file changed since it was checked, or may not or cannot be written; it is as it was then.
pub fn replace(file: &Path, checked: &str, changed: &str) -> io::Result<u64> {
    // The file behind a symbolic link is replaced, not the link.
    let file = std::fs::canonicalize(file)?;
    let before = may_be_written(&file)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder);
    let mut temporary = temporary.map_err(|error| {
        // The name of the temporary file, which the error holds, says nothing to anybody.
        io::Error::new(error.kind(), format!("its folder cannot be written to ({})", error.kind()))
    })?;
    temporary.write_all(changed.as_bytes())?;
    keep_owner(temporary.as_file(), &before);
    temporary.as_file().set_permissions(before.permissions())?;
    keep_attributes(temporary.as_file(), &file);
    temporary.as_file().sync_all()?;
    // Asked as late as can be, so that nobody's change is lost.
    if std::fs::read(&file)? != checked.as_bytes() {
        return Err(io::Error::other("the file changed while it was checked; run again"));
    }
    temporary.persist(&file)?;
    Ok(other_names(&before))
}

/// What is to be said of a file that was replaced under one of its names; nothing when it has no other.
pub fn note(name: &str, others: u64) -> Option<String> {
    match others {
        0 => None,
        1 => Some(format!("{name}: written under this name; its other name (a hard link) keeps the text from before")),
        _ => Some(format!(
            "{name}: written under this name; its {others} other names (hard links) keep the text from before"
        )),
    }
}

/// What is known of `file` when it may be written; whether it may is asked of the system, because a new file in its place
/// would pass by its permissions.
///
/// # Errors
///
/// The file is read-only, or not ours to change.
pub fn may_be_written(file: &Path) -> io::Result<Metadata> {
    let metadata = std::fs::metadata(file)?;
    // For the administrator everything may be written; who made a file read-only meant it.
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    OpenOptions::new().write(true).open(file)?;
    Ok(metadata)
}

/// Gives `new` the owner and the group of the file that it is to replace, where that is allowed.
#[cfg(unix)]
fn keep_owner(new: &File, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let (owner, group) = (Some(before.uid()), Some(before.gid()));
    // Nobody but the administrator may give files away, and others only to groups that they are in.
    if fchown(new, owner, group).is_err() {
        let _ = fchown(new, None, group);
    }
}

#[cfg(not(unix))]
fn keep_owner(_new: &File, _before: &Metadata) {}

/// Gives `new` the extended attributes of the file that it is to replace: labels, and on Linux its access control list.
/// Some belong to the system, which sets them itself; these and those of other systems' disks are passed over.
#[cfg(unix)]
fn keep_attributes(new: &File, before: &Path) {
    use xattr::FileExt as _;
    let Ok(names) = xattr::list(before) else { return };
    for name in names {
        if let Ok(Some(value)) = xattr::get(before, &name) {
            let _ = new.set_xattr(&name, &value);
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_new: &File, _before: &Path) {}

/// How many other names (hard links) the file has.
#[cfg(unix)]
fn other_names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file).saturating_sub(1)
}

#[cfg(not(unix))]
fn other_names(_file: &Metadata) -> u64 {
    0
}

/// Writes `bytes` to `file`, whole or not at all. What is no regular file, such as a pipe, is written to directly.
///
/// # Errors
///
/// The file cannot be written.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if std::fs::metadata(file).is_ok_and(|there| !there.is_file()) {
        return OpenOptions::new().write(true).open(file)?.write_all(bytes);
    }
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Asked first, because an error about the temporary file would name a file that nobody knows.
    std::fs::metadata(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist; create it first"),
        _ => error,
    })?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copydesk-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.persist(&file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("there is room");
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "theirs").expect("the folder takes files");
        let error = replace(&file, "as it was checked", "ours").expect_err("it is not what was checked");
        assert_eq!(error.to_string(), "the file changed while it was checked; run again");
        assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "theirs");
        assert_eq!(replace(&file, "theirs", "ours").expect("it is what was checked"), 0);
        assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "ours");
        let names = std::fs::read_dir(folder.path()).expect("it is there").count();
        assert_eq!(names, 1, "no temporary file stays");
    }

    #[cfg(unix)]
    #[test]
    fn labels_stay_on_the_file() {
        let folder = tempfile::tempdir().expect("there is room");
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "before").expect("the folder takes files");
        // Not every disk has room for them.
        if xattr::set(&file, "user.copydesk.test", b"for the metro desk").is_err() {
            return;
        }
        replace(&file, "before", "after").expect("it is what was checked");
        assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "after");
        let label = xattr::get(&file, "user.copydesk.test").expect("it can be asked");
        assert_eq!(label.as_deref(), Some(&b"for the metro desk"[..]));
    }
}
