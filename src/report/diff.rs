//! What the fixes would change, as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

use super::CheckedStory;

/// Writes a unified diff for each story that fixes would change.
pub fn diff(stories: &[CheckedStory], out: &mut impl Write) -> io::Result<()> {
    for story in stories {
        let Some(fixed) = &story.fixed else { continue };
        patch(&story.name, &story.source, fixed, out)?;
    }
    Ok(())
}

/// Writes what makes `new` of `old`, the text of the file `name`, as a unified diff.
pub fn patch(name: &str, old: &str, new: &str, out: &mut impl Write) -> io::Result<()> {
    let diff = TextDiff::from_lines(old, new);
    let name = name.trim_start_matches('/');
    write!(out, "{}", diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")))
}

#[cfg(test)]
mod tests {
    use super::patch;

    #[test]
    fn whole_paths_have_one_slash() {
        let mut out = Vec::new();
        patch("/news/a.md", "a\n", "b\n", &mut out).expect("memory takes all");
        let text = String::from_utf8(out).expect("it is text");
        assert!(text.starts_with("--- a/news/a.md\n+++ b/news/a.md\n"), "{text}");
    }
}
