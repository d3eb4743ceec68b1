//! The fact sheet as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::facts_kinds::{Sheet, SheetFact, each_kind};
use crate::story::Story;
use crate::text::SourceRange;

/// The facts of `story` as JSON, with its places as `place` writes them.
pub fn facts_with_ranges<R: Serialize>(story: &Story, place: impl Fn(&SourceRange) -> R) -> Value {
    let sheet = Sheet { story, place };
    let published = ("published".to_owned(), json!(sheet.published()));
    Value::Object(std::iter::once(published).chain(each_kind!(story, list(&sheet))).collect())
}

/// The facts of one kind under their key.
fn list<T: SheetFact, R: Serialize, F: Fn(&SourceRange) -> R>(facts: &[T], sheet: &Sheet<F>) -> (String, Value) {
    (T::KEY.to_owned(), T::all_json(facts, sheet).collect())
}

/// Writes what [`facts_with_ranges`] gives, as text. A long story has facts by the ten thousand, so only one at a time is held
/// as JSON.
///
/// # Errors
///
/// Those of `out`.
pub fn write_facts<R: Serialize>(
    story: &Story,
    place: impl Fn(&SourceRange) -> R,
    out: &mut impl Write,
) -> io::Result<()> {
    let sheet = Sheet { story, place };
    let published = ("published", json!(sheet.published()).to_string());
    let mut kinds: Vec<(&str, String)> = each_kind!(story, written(&sheet)).into_iter().chain([published]).collect();
    kinds.sort_unstable();
    for (number, (key, facts)) in kinds.iter().enumerate() {
        write!(out, "{}\"{key}\":{facts}", if number == 0 { "{" } else { "," })?;
    }
    out.write_all(b"}")
}

/// The facts of one kind as text behind their key.
fn written<T: SheetFact, R: Serialize, F: Fn(&SourceRange) -> R>(
    facts: &[T],
    sheet: &Sheet<F>,
) -> (&'static str, String) {
    let mut text = String::from("[");
    for (number, fact) in T::all_json(facts, sheet).enumerate() {
        let _ = write!(text, "{}{fact}", if number == 0 { "" } else { "," });
    }
    text.push(']');
    (T::KEY, text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Analyzer;
    use crate::markup::Format;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    #[test]
    fn what_is_written_is_what_is_given() {
        for text in
            ["", "Mayor Dale Finch said on Monday, Feb. 12, 2018, that it cost $1.2 million.\n\n“We will go,” he said."]
        {
            let mut analyzer = Analyzer::new(Arc::default());
            let analysis = analyzer.analyze(text, Format::Plain, &Surroundings::default(), &Settings::default());
            let (story, mut out) = (analysis.story(), Vec::new());
            write_facts(&story, Clone::clone, &mut out).expect("a list takes all");
            let given = facts_with_ranges(&story, Clone::clone).to_string();
            assert_eq!(String::from_utf8(out).as_deref(), Ok(given.as_str()));
        }
    }
}
