//! What stories measure, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::JsonRange;
use crate::story::measures::Measures;
use crate::text::{LineIndex, SourceRange, on_one_line, shortened};

/// A story with what it measures.
#[derive(Clone, Debug)]
pub struct MeasuredStory {
    /// Its path, or `<stdin>`.
    pub name: String,
    /// Its text.
    pub source: String,
    /// What it measures.
    pub measures: Measures,
    /// Bytes of `source` for each of the longest sentences.
    pub longest: Vec<SourceRange>,
}

/// Characters of a long sentence that are shown.
const SHOWN: usize = 56;

/// Writes what stories measure, for people.
///
/// # Errors
///
/// Those of `out`.
pub fn stats_text(stories: &[MeasuredStory], out: &mut impl Write) -> io::Result<()> {
    for (number, story) in stories.iter().enumerate() {
        let (measures, body) = (&story.measures, &story.measures.body);
        let blank = if number > 0 { "\n" } else { "" };
        writeln!(out, "{blank}{}", story.name)?;
        let minutes = super::counted(measures.minutes(), "minute");
        writeln!(out, "  {:<20}{:>7}   {minutes} to read", "words", measures.words)?;
        writeln!(out, "  {:<20}{:>7}", "paragraphs", measures.paragraphs)?;
        let mean = body.words as f64 / body.sentences.max(1) as f64;
        writeln!(out, "  {:<20}{:>7}   {mean:.1} words each", "sentences", body.sentences)?;
        writeln!(
            out,
            "  {:<20}{:>6} %   {} words",
            "in direct quotes",
            measures.quoted_share(),
            measures.quoted_words
        )?;
        for (name, measure) in [
            ("Flesch-Kincaid grade", body.flesch_kincaid()),
            ("Gunning fog index", body.gunning_fog()),
            ("Coleman-Liau index", body.coleman_liau()),
            ("Flesch reading ease", body.reading_ease()),
        ] {
            if let Some(measure) = measure {
                writeln!(out, "  {name:<20}{measure:>7.1}")?;
            }
        }
        let lines = LineIndex::new(&story.source);
        for (range, (_, words)) in story.longest.iter().zip(&measures.longest) {
            let line = lines.line_column(range.start, &story.source).line;
            let shown = shortened(&on_one_line(story.source.get(range.clone()).unwrap_or_default()), SHOWN);
            writeln!(out, "  line {line}, {words} words: {shown}")?;
        }
    }
    Ok(())
}

/// What stories measure, for programs.
pub fn stats_json(stories: &[MeasuredStory]) -> Value {
    let story = |story: &MeasuredStory| {
        let (measures, body) = (&story.measures, &story.measures.body);
        let lines = LineIndex::new(&story.source);
        let tenth = |measure: Option<f64>| measure.map(|measure| (measure * 10.0).round() / 10.0);
        let longest: Vec<Value> = story
            .longest
            .iter()
            .zip(&measures.longest)
            .map(|(range, (_, words))| json!({ "words": words, "range": JsonRange::new(range, &story.source, &lines) }))
            .collect();
        json!({
            "path": story.name,
            "words": measures.words,
            "minutes": measures.minutes(),
            "paragraphs": measures.paragraphs,
            "sentences": body.sentences,
            "body_words": body.words,
            "quoted_words": measures.quoted_words,
            "flesch_kincaid_grade": tenth(body.flesch_kincaid()),
            "gunning_fog_index": tenth(body.gunning_fog()),
            "coleman_liau_index": tenth(body.coleman_liau()),
            "flesch_reading_ease": tenth(body.reading_ease()),
            "longest_sentences": longest,
        })
    };
    json!({ "stories": stories.iter().map(story).collect::<Vec<_>>() })
}
