//! What the fixes would change, as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

use super::CheckedStory;

/// Writes a unified diff for each story that fixes would change.
pub fn diff(stories: &[CheckedStory], out: &mut impl Write) -> io::Result<()> {
    for story in stories {
        let Some(fixed) = &story.fixed else { continue };
        let diff = TextDiff::from_lines(story.source.as_str(), fixed.as_str());
        let (old, new) = (format!("a/{}", story.name), format!("b/{}", story.name));
        write!(out, "{}", diff.unified_diff().context_radius(1).header(&old, &new))?;
    }
    Ok(())
}
