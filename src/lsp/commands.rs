//! Commands, for editors that bind keys and menus to them.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use super::document::View;
use crate::report;

/// Does what a code action does: takes what the action carries in its `data`.
pub const APPLY: &str = "copydesk.apply";
/// Gives the fact sheet of the document whose URI it takes, and shows it where the client can.
pub const FACT_SHEET: &str = "copydesk.factSheet";
/// Gives the page, in Markdown, of the rule whose id it takes.
pub const EXPLAIN: &str = "copydesk.explainRule";

/// All commands.
pub const ALL: [&str; 3] = [APPLY, EXPLAIN, FACT_SHEET];

/// The text of the first argument.
pub fn text(arguments: &[Value]) -> Option<&str> {
    arguments.first()?.as_str()
}

/// The fact sheet of a story.
pub fn fact_sheet(view: &View) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = report::facts_text(&view.story(), view.source(), &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// Writes a text into a file of its own that the client can show; it is kept until the system clears such files.
pub fn to_file(text: &str) -> std::io::Result<PathBuf> {
    let mut file = tempfile::Builder::new().prefix("copydesk-facts-").suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    Ok(path)
}
