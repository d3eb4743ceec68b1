//! From the `src` of an image to a file on this machine.

use std::path::{Path, PathBuf};

/// How many folders above the story are tried for a path from the site's root.
const HIGHEST: usize = 16;
/// Folders that site generators serve as the site's root.
const ROOTS: [&str; 4] = ["", "static", "public", "assets"];

/// What is in the top folder of a newsroom's stories: its settings, its rules, its repository.
const TOP: [&str; 3] = ["copydesk.toml", ".copydesk", ".git"];

/// The file that `src` names, for a story at `story_path`; `None` for a network address, for what is not there, and for what
/// lies outside of the newsroom's folder: a story that somebody sent says nothing of the other files on this machine.
pub(super) fn resolve(src: &str, story_path: &Path) -> Option<PathBuf> {
    let local = local_path(src)?;
    let folder = story_path.parent()?;
    let path = Path::new(&local);
    let top = top_of(folder)?;
    // A link in the folder may lead anywhere.
    let is_inside = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path.starts_with(&top));
    let is_file = |path: PathBuf| Some(path).filter(|path| path.is_file() && is_inside(path));
    if !local.starts_with('/') {
        return is_file(folder.join(path));
    }
    if let Some(path) = is_file(path.to_path_buf()) {
        return Some(path);
    }
    // “/img/port.jpg” counts from the site's root, which is some folder above the story.
    let below = local.trim_start_matches('/');
    let above = std::path::absolute(folder).ok()?;
    above.ancestors().take(HIGHEST).flat_map(|top| ROOTS.map(|root| top.join(root).join(below))).find_map(is_file)
}

/// The folder below which files of a story in `folder` are read: the nearest one at or above it that a newsroom's settings, rules
/// or repository make its top, else `folder` itself. Without links.
fn top_of(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok()?;
    let is_top = |folder: &&Path| TOP.iter().any(|name| folder.join(name).exists());
    let top = folder.ancestors().take(HIGHEST).find(is_top).map(Path::to_owned);
    Some(top.unwrap_or(folder))
}

/// The path in `src` without query and fragment, decoded; `None` when it has a scheme or names another machine.
fn local_path(src: &str) -> Option<String> {
    let src = src.trim();
    let src = match src.strip_prefix("file://") {
        // What is between the second and the third slash is a machine.
        Some(file) => file.starts_with('/').then_some(file)?,
        None => src,
    };
    if src.starts_with("//") || src.starts_with("\\\\") || src.contains('\0') {
        return None;
    }
    let scheme = src.split(['/', '\\', '?', '#']).next().and_then(|first| first.split_once(':'));
    // One letter before a colon is a drive.
    if scheme.is_some_and(|(scheme, _)| scheme.len() != 1) {
        return None;
    }
    let path = src.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode(path)?;
    // An escaped slash must not turn a path into another machine's.
    (!path.is_empty() && !path.starts_with("//") && !path.starts_with("\\\\")).then_some(path)
}

/// Decodes `%20` and the like; `None` when the result is no text.
fn percent_decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = text.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(escape.unwrap_or(byte));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).ok().filter(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_on_this_machine() {
        assert_eq!(local_path("img/the%20port.jpg?w=5#a").as_deref(), Some("img/the port.jpg"));
        assert_eq!(local_path("../port.jpg").as_deref(), Some("../port.jpg"));
        assert_eq!(local_path("file:///a/b.jpg").as_deref(), Some("/a/b.jpg"));
        for other in ["https://example.org/a.jpg", "//example.org/a.jpg", "data:image/png;base64,AA", "\\\\host\\a.jpg"]
        {
            assert_eq!(local_path(other), None, "{other}");
        }
        assert_eq!(local_path("%2F%2Fhost/a.jpg"), None);
        assert_eq!(local_path("file://host/a.jpg"), None);
    }
}
