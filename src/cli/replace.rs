//! Putting a fixed text in the place of a file.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes `fixed` to `file`, which must still hold `checked`: whole or not at all, with its permissions kept.
///
/// # Errors
///
/// The file changed since it was checked, or cannot be written.
pub fn replace(file: &Path, checked: &str, fixed: &str) -> io::Result<()> {
    // The file behind a symbolic link is replaced, not the link.
    let file = std::fs::canonicalize(file)?;
    if std::fs::read(&file)? != checked.as_bytes() {
        return Err(io::Error::other("the file changed while it was checked; run again"));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let permissions = std::fs::metadata(&file)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let mut temporary = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder)?;
    temporary.write_all(fixed.as_bytes())?;
    temporary.as_file().set_permissions(permissions)?;
    temporary.as_file().sync_all()?;
    temporary.persist(&file)?;
    Ok(())
}
