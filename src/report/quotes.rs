//! Quotes, held to what the story was written from.

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Value, json};

use super::{JsonRange, hanging};
use crate::material::{Difference, DifferenceKind, Material, QuoteCheck, QuoteStatus};
use crate::text::{LineIndex, SourceRange};

/// A quote of a story with what the material says of it.
#[derive(Clone, Debug)]
pub struct CheckedQuote {
    /// Bytes of the text that was read, with the marks.
    pub range: SourceRange,
    /// Its words, on one line.
    pub text: String,
    /// Who says it.
    pub speaker: Option<String>,
    /// What the material says.
    pub check: QuoteCheck,
    /// Bytes of the text that was read, for each of its differences.
    pub differing: Vec<SourceRange>,
}

/// Writes the quotes, for people, in lines of `width` columns where that is known.
///
/// # Errors
///
/// Those of `out`.
pub fn quotes_text(
    quotes: &[CheckedQuote],
    materials: &[Arc<Material>],
    text: &str,
    lines: &LineIndex,
    width: Option<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    let count = |status: QuoteStatus| quotes.iter().filter(|quote| quote.check.status == status).count();
    writeln!(
        out,
        "{} of {} verbatim, {} with differences, {} not found",
        count(QuoteStatus::Verbatim),
        quotes.len(),
        count(QuoteStatus::Differs),
        count(QuoteStatus::NotFound)
    )?;
    for quote in quotes {
        let line = lines.line_column(quote.range.start, text).line;
        let speaker = quote.speaker.as_deref().unwrap_or("nobody is named");
        writeln!(out)?;
        hanging("  ", &format!("line {line}, {speaker}: “{}”", quote.text), width, out)?;
        let found = quote.check.source.and_then(|at| materials.get(at)).map(|material| material.name.as_str());
        match (quote.check.status, found, &quote.check.place) {
            (QuoteStatus::NotFound, ..) => writeln!(out, "    not found")?,
            (status, Some(name), Some(place)) => {
                hanging("    ", &format!("{}: {name}, {place}", status.as_str()), width, out)?;
            }
            (status, ..) => writeln!(out, "    {}", status.as_str())?,
        }
        for difference in &quote.check.differences {
            hanging("      ", &told(difference), width, out)?;
        }
    }
    Ok(())
}

/// A difference in a sentence.
fn told(difference: &Difference) -> String {
    let Difference { kind, quote, source, .. } = difference;
    match kind {
        DifferenceKind::Changed => format!("“{quote}” is “{source}” in the source"),
        DifferenceKind::Added => format!("“{quote}” is not in the source"),
        DifferenceKind::Dropped => format!("the source has “{source}” here"),
        DifferenceKind::Beyond => format!("“{quote}” is beyond what the source quotes"),
        DifferenceKind::TurnedByCut => format!("the cut takes out “{source}”, which turns what was said"),
    }
}

/// The quotes, for programs.
pub fn quotes_json(
    name: &str,
    quotes: &[CheckedQuote],
    materials: &[Arc<Material>],
    text: &str,
    lines: &LineIndex,
) -> Value {
    let range = |range: &SourceRange| JsonRange::new(range, text, lines);
    let one = |quote: &CheckedQuote| {
        let differences = quote.check.differences.iter().zip(&quote.differing);
        let differences: Vec<Value> = differences
            .map(|(difference, at)| {
                json!({
                    "kind": difference.kind.as_str(),
                    "range": range(at),
                    "quote": difference.quote,
                    "source": difference.source,
                })
            })
            .collect();
        json!({
            "range": range(&quote.range),
            "text": quote.text,
            "speaker": quote.speaker,
            "status": quote.check.status.as_str(),
            "source": quote.check.source.and_then(|at| materials.get(at)).map(|material| &material.name),
            "place": quote.check.place.as_ref().map(ToString::to_string),
            "words": quote.check.words,
            "differences": differences,
        })
    };
    json!({
        "story": name,
        "sources": materials.iter().map(|material| &material.name).collect::<Vec<_>>(),
        "quotes": quotes.iter().map(one).collect::<Vec<_>>(),
    })
}
