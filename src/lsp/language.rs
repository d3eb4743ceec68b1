//! What a document is by the name of its language and of its file.

use std::path::Path;

use super::client::ClientSettings;
use crate::files;
use crate::markup::Format;

/// How the names of the server's own fact sheets begin, in the system's folder for temporary files.
pub const SHEET_NAME: &str = "copydesk-facts-";

/// The format of a story; `None` for what is none.
///
/// The client's language id decides, except that plain text is what editors call everything they do not know. An editor
/// without TOML calls the newsroom's settings and rules so, and they are no stories; nor is a fact sheet that the server wrote.
pub fn format(language: &str, path: Option<&Path>, client: &ClientSettings) -> Option<Format> {
    if path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        return None;
    }
    if path.is_some_and(is_fact_sheet) {
        return None;
    }
    if let Some(set) = client.languages.get(language) {
        return Some(*set);
    }
    // What copydesk does not read is no plain text, whatever an editor without a name for it says.
    if path.is_some_and(|path| files::unread_markup(path).is_some()) {
        return None;
    }
    let by_name = path.and_then(Format::of_path);
    match Format::of_name(language) {
        Some(Format::Plain) | None => by_name.or_else(|| Format::of_name(language)),
        // Editors without MDX call it Markdown.
        Some(Format::Markdown) if by_name == Some(Format::Mdx) => by_name,
        named => named,
    }
}

fn is_fact_sheet(path: &Path) -> bool {
    let is_named_so = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(SHEET_NAME));
    is_named_so && path.parent() == Some(&*std::env::temp_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_id_decides_and_then_the_name() {
        let of = |language, path| format(language, Some(Path::new(path)), &ClientSettings::default());
        assert_eq!(of("markdown", "a.txt"), Some(Format::Markdown));
        assert_eq!(of("plaintext", "a.md"), Some(Format::Markdown));
        assert_eq!(of("plaintext", "draft"), Some(Format::Plain));
        assert_eq!(of("toml", "copydesk.toml"), None);
        assert_eq!(of("plaintext", ".copydesk/rules/house.toml"), None);
        assert_eq!(of("", "a.html"), Some(Format::Html));
        assert_eq!((of("plaintext", "a.tex"), of("restructuredtext", "a")), (None, Some(Format::Rst)));
        assert_eq!((of("mdx", "a"), of("markdown", "a.mdx")), (Some(Format::Mdx), Some(Format::Mdx)));
    }
}
