//! Which lines of which files changed, by what git says.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files;
use crate::finding::{Edit, Finding};
use crate::project::canonical;
use crate::text::SourceRange;

/// The changed lines of a working folder.
#[derive(Debug)]
pub struct ChangedLines {
    files: HashMap<PathBuf, Vec<Lines>>,
    staged: bool,
}

/// A half-open range of 1-based lines, as git counts them: only a line feed ends one.
type Lines = std::ops::Range<usize>;

/// The lines of a file that is new.
const ALL: Lines = 1..usize::MAX;

impl ChangedLines {
    /// What changed since this branch left `revision`, in the repositories of `paths`: committed, staged or not, and files
    /// that git does not know yet.
    ///
    /// # Errors
    ///
    /// Says why git cannot tell.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, String> {
        let mut files = HashMap::new();
        for folder in repositories(paths) {
            files.extend(since_in(&folder, revision)?);
        }
        Ok(Self { files, staged: false })
    }

    /// What is staged for the next commit, in the repositories of `paths`.
    ///
    /// # Errors
    ///
    /// Says why git cannot tell.
    pub fn staged(paths: &[PathBuf]) -> Result<Self, String> {
        let mut files = HashMap::new();
        for folder in repositories(paths) {
            files.extend(diff(&folder, &top(&folder)?, &["--cached"])?);
        }
        Ok(Self { files, staged: true })
    }

    /// The changed lines of `file`; `None` when it did not change.
    pub fn of(&self, file: &Path) -> Option<&[Lines]> {
        self.files.get(&canonical(file)).map(Vec::as_slice)
    }

    /// The text of `file` that will be committed, where that is what counts; the file may hold later changes.
    pub fn staged_text(&self, file: &Path) -> Option<Result<Vec<u8>, String>> {
        let name = file.file_name()?.to_str()?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.staged.then(|| git_in(folder, &["cat-file", "blob", &format!(":./{name}")]))
    }
}

/// `lines` of `text` as byte ranges, in ascending order.
pub fn ranges(lines: &[Lines], text: &str) -> Vec<SourceRange> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
    let start = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
    lines.iter().map(|lines| start(lines.start)..start(lines.end)).collect()
}

/// Keeps the findings that lie on `changed` ranges, or that are explained by a place there: whoever changes the first
/// mention of a number must hear that the second no longer agrees.
pub fn keep(findings: &mut Vec<Finding>, changed: &[SourceRange]) {
    let touches = |range: &SourceRange| {
        let next = changed.partition_point(|changed| changed.end <= range.start);
        changed.get(next).is_some_and(|changed| changed.start < range.end.max(range.start + 1))
    };
    findings.retain(|finding| touches(&finding.range) || finding.related.iter().any(|related| touches(&related.range)));
}

/// Where `changed` ranges are after `edits`, which are in ascending order and do not overlap.
pub fn carried(changed: &[SourceRange], edits: &[&Edit]) -> Vec<SourceRange> {
    let mut ends = Vec::with_capacity(edits.len());
    // How many bytes the text gained and lost up to the end of each edit.
    let (mut gained, mut lost) = (0, 0);
    for edit in edits {
        gained += edit.text.len();
        lost += edit.range.len();
        ends.push((gained, lost));
    }
    // An edit at the very edge of a range belongs to the range, so a start is before it and an end is behind it.
    let after = |offset: usize, count: usize| {
        let (gained, lost) = count.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or_default();
        (offset + gained).saturating_sub(lost)
    };
    let carry = |range: &SourceRange| {
        let before = edits.partition_point(|edit| edit.range.end < range.start);
        let start = edits.get(before).map_or(range.start, |edit| range.start.min(edit.range.start));
        let within = edits.partition_point(|edit| edit.range.start < range.end);
        let end =
            within.checked_sub(1).and_then(|last| edits.get(last)).map_or(range.end, |e| range.end.max(e.range.end));
        after(start, before)..after(end, within)
    };
    changed.iter().map(carry).collect()
}

/// A folder in each of the repositories that hold `paths`; for the one that holds the current folder, that folder, because
/// a hook's variables name git's files from there.
///
/// The nearest `.git` above tells them apart, so that git is not started for each of the many files that a hook names.
fn repositories(paths: &[PathBuf]) -> Vec<PathBuf> {
    let top = |folder: &Path| {
        let real = canonical(folder);
        real.ancestors().find(|above| above.join(".git").exists()).map_or(real.clone(), Path::to_owned)
    };
    let here = Path::new(".");
    let current = top(here);
    let mut folders: Vec<(PathBuf, PathBuf)> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let folder = folder.filter(|folder| folder.is_dir()).unwrap_or(here);
        let top = top(folder);
        if folders.iter().all(|(known, _)| *known != top) {
            let folder = if top == current { here } else { folder };
            folders.push((top, folder.to_owned()));
        }
    }
    folders.into_iter().map(|(_, folder)| folder).collect()
}

/// What changed since this branch left `revision`, in the repository that `folder` is in.
fn since_in(folder: &Path, revision: &str) -> Result<HashMap<PathBuf, Vec<Lines>>, String> {
    let top = top(folder)?;
    let commit = format!("{revision}^{{commit}}");
    if revision.starts_with('-') || git_in(folder, &["rev-parse", "--verify", "--quiet", &commit]).is_err() {
        return Err(format!("git knows no revision `{revision}`; name a branch, a tag or a commit"));
    }
    // The last common commit, so that what others changed on their branch is not taken for a change on this one.
    let base = git_in(folder, &["merge-base", revision, "HEAD"])
        .map_err(|_| format!("HEAD and `{revision}` have no commit in common; a shallow clone needs more history"))?;
    let mut files = diff(folder, &top, &[String::from_utf8_lossy(&base).trim()])?;
    let new = git_in(folder, &["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"])?;
    for name in new.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
        files.insert(canonical(&top.join(path_of(name))), Vec::from([ALL]));
    }
    Ok(files)
}

/// The folder that holds the files of the repository that `folder` is in.
fn top(folder: &Path) -> Result<PathBuf, String> {
    let top = git_in(folder, &["rev-parse", "--show-toplevel"])?;
    Ok(path_of(top.strip_suffix(b"\n").unwrap_or(&top)))
}

/// The changed lines by file, for `git diff` with `what` in `folder`, whose repository has its files in `top`.
fn diff(folder: &Path, top: &Path, what: &[&str]) -> Result<HashMap<PathBuf, Vec<Lines>>, String> {
    // Every setting of the user's that changes the form of a diff is set aside.
    let mut arguments = vec!["-c", "core.quotePath=false", "-c", "diff.relative=false", "diff", "--unified=0"];
    arguments.extend(["--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules"]);
    arguments.extend(["--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/"]);
    arguments.extend(what);
    arguments.push("--");
    let output = git_in(folder, &arguments)?;
    Ok(parse(&output).into_iter().map(|(name, lines)| (canonical(&top.join(path_of(&name))), lines)).collect())
}

/// Names of files, and their lines, in a unified diff without context.
fn parse(diff: &[u8]) -> Vec<(Vec<u8>, Vec<Lines>)> {
    let mut files: Vec<(Vec<u8>, Vec<Lines>)> = Vec::new();
    let mut lines = diff.split(|&byte| byte == b'\n');
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix(b"+++ ") {
            files.push((file_name(name), Vec::new()));
        } else if let Some((removed, added)) = hunk(line) {
            if let Some((_, lines)) = files.last_mut().filter(|_| !added.is_empty()) {
                lines.push(added.clone());
            }
            // Lines of the hunk may look like headers, so they are counted, not read.
            let mut left = removed.len() + added.len();
            while left > 0 {
                let Some(line) = lines.next() else { break };
                left -= usize::from(!line.starts_with(b"\\"));
            }
        }
    }
    // Deleted files, whose name is `/dev/null`, have no lines left to check.
    files.retain(|(name, _)| !name.is_empty());
    files
}

/// The old and the new lines of `@@ -12,0 +13,2 @@`.
fn hunk(line: &[u8]) -> Option<(Lines, Lines)> {
    let line = std::str::from_utf8(line.strip_prefix(b"@@ -")?.split(|&byte| byte == b'@').next()?).ok()?;
    let (old, new) = line.trim().split_once(" +")?;
    Some((range(old)?, range(new)?))
}

/// `12` or `12,3`.
fn range(text: &str) -> Option<Lines> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    Some(start..start.checked_add(count)?)
}

/// The file behind `b/name`, which git puts in quotation marks when it holds special characters.
fn file_name(name: &[u8]) -> Vec<u8> {
    // A tab ends a name with spaces.
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let name = match name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) {
        Some(quoted) => unquoted(quoted),
        None => name.to_vec(),
    };
    name.strip_prefix(b"b/").map(<[u8]>::to_vec).unwrap_or_default()
}

/// A name without the escapes of C: `\"`, `\\`, `\t`, `\303`.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            plain.push(byte);
            continue;
        }
        let octal = rest.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            plain.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        } else if let Some((&escaped, after)) = rest.split_first() {
            let control = [(b'a', 7), (b'b', 8), (b't', 9), (b'n', 10), (b'v', 11), (b'f', 12), (b'r', 13)];
            plain.push(control.iter().find(|(letter, _)| *letter == escaped).map_or(escaped, |(_, byte)| *byte));
            rest = after;
        }
    }
    plain
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// The text of `file` as it was in `revision`.
///
/// # Errors
///
/// Says why git cannot tell.
pub fn text_at(revision: &str, file: &Path) -> Result<Vec<u8>, String> {
    if revision.starts_with('-') {
        return Err(format!("git knows no revision `{revision}`; name a branch, a tag or a commit"));
    }
    let name = file.file_name().and_then(|name| name.to_str()).ok_or("the file's name cannot be passed to git")?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    git_in(folder, &["cat-file", "blob", &format!("{revision}:./{name}")])
        .map_err(|error| format!("{} as it was in `{revision}`: {error}", file.display()))
}

fn git_in(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").current_dir(folder).args(arguments).stdin(std::process::Stdio::null()).output();
    let output = output.map_err(|error| match error.kind() {
        ErrorKind::NotFound => "git is not installed, or not on the PATH; --since and --staged need it".to_owned(),
        _ => format!("git could not be run: {}", files::why(&error)),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if said.starts_with("fatal: not a git repository") {
        return Err("this folder is in no git repository; --since and --staged need one".to_owned());
    }
    Err(format!("git: {}", said.lines().next().unwrap_or("it failed").trim_start_matches("fatal: ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_lines_are_read_and_content_is_not() {
        let diff = b"diff --git a/x y.txt b/x y.txt\n--- a/x y.txt\t\n+++ b/x y.txt\t\n@@ -2 +2,2 @@ head\n-old\n+++ b/trap\n+two\n\\ No newline at end of file\n@@ -9,2 +9,0 @@\n-a\n-b\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n--- \"a/\\303\\251\\\".txt\"\n+++ \"b/\\303\\251\\\".txt\"\n@@ -0,0 +1 @@\n+z\n";
        let files = parse(diff);
        let (two_to_three, one) = (2..4, 1..2);
        let wanted = [(b"x y.txt".to_vec(), vec![two_to_three]), ("é\".txt".as_bytes().to_vec(), vec![one])];
        assert_eq!(files, wanted);
    }

    #[test]
    fn changed_lines_are_found_again_after_a_fix() {
        let (old, new) = ("one\ntwo\nthree\nfour\n", "1\ntwo\n3\nand\nfour\n");
        let changed = ranges(&[1..2, 3..4], old);
        assert_eq!(changed, [0..4, 8..14]);
        let edits = [(0..3, "1"), (8..13, "3\nand")].map(|(range, text)| Edit { range, text: text.to_owned() });
        let carried = carried(&changed, &edits.each_ref());
        assert_eq!(carried.iter().map(|range| &new[range.clone()]).collect::<Vec<_>>(), ["1\n", "3\nand\n"]);
    }
}
