//! Putting a fixed text in the place of a file, and writing reports: whole or not at all.

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

/// Writes `bytes` to `file`, whole or not at all. What is no regular file, such as a pipe, is written to directly.
///
/// # Errors
///
/// The file cannot be written.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if std::fs::metadata(file).is_ok_and(|there| !there.is_file()) {
        return std::fs::OpenOptions::new().write(true).open(file)?.write_all(bytes);
    }
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Asked first, because an error about the temporary file would name a file that nobody knows.
    std::fs::metadata(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copydesk-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.persist(&file)?;
    Ok(())
}
