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
    write!(out, "{}", diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")))
}
