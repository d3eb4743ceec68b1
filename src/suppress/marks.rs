//! Where a mark could stand that leaves a finding alone: a comment before its block or at the top of the story, or
//! `(CQ)` behind its words.
//!
//! Not every place does: some would tear a list or a table apart. So there are several candidates, best first, and
//! [`first_that_silences`] takes the first that is seen to work.

use crate::analysis::Analysis;
use crate::finding::{Edit, Finding};
use crate::markup::{Format, byte_order_mark};
use crate::text::{SourceRange, line_break, line_start, next_line};

/// How many words behind a finding its `(CQ)` may stand: the mark speaks of the six words before it.
const MOST_WORDS_BEHIND: usize = 3;

/// What is counted before and after a mark is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    blocks: usize,
    findings: usize,
    of_rule: usize,
    /// Marks that silence nothing.
    unused: usize,
}

impl Counts {
    /// The blocks of `analysis`, and how many of `findings` there are, in all and of `rule`. Of a rule that reports once a
    /// story, all places count: behind the one that is silenced, the next comes to light.
    pub fn new(analysis: &Analysis, findings: &[Finding], rule: &str) -> Self {
        let places = |finding: &Finding| 1 + finding.more;
        let of = |rule: &str| findings.iter().filter(|finding| &*finding.rule == rule).map(places).sum();
        let (of_rule, unused) = (of(rule), of(super::UNUSED));
        let findings = findings.iter().map(places).sum();
        Self { blocks: analysis.document.blocks.len(), findings, of_rule, unused }
    }

    /// Whether a mark between these counts and `after` silenced a finding of the rule, brought no other, and left the
    /// story's blocks as they were. A mark in the midst of words that a rule looks for makes the finding go away, too, but
    /// is itself found as one that silences nothing.
    fn become_fewer(self, after: Counts) -> bool {
        let fewer = after.findings < self.findings && after.of_rule < self.of_rule;
        fewer && after.blocks == self.blocks && after.unused <= self.unused
    }
}

/// The first of the insertions `candidates` that silences what they are for. `trial` counts after one was made; `None`
/// where the text cannot be read then.
pub fn first_that_silences(
    candidates: Vec<Edit>,
    before: Counts,
    mut trial: impl FnMut(&Edit) -> Option<Counts>,
) -> Option<Edit> {
    candidates.into_iter().find(|edit| trial(edit).is_some_and(|after| before.become_fewer(after)))
}

/// The marks that may silence `finding` of `source` where it stands, best first.
pub fn here(format: Format, analysis: &Analysis, source: &str, finding: &Finding) -> Vec<Edit> {
    match format {
        Format::Plain => behind(source, &finding.range),
        Format::Markdown | Format::Html => before(format, analysis, source, finding),
    }
}

/// The marks that may silence `rule` in all of `source`, best first: a comment at the top, behind the front matter.
/// Plain text has no comments.
pub fn in_file(format: Format, analysis: &Analysis, source: &str, rule: &str) -> Vec<Edit> {
    if format == Format::Plain {
        return Vec::new();
    }
    let text = format!("<!-- copydesk-ignore-file {rule} -->{}", line_break(source));
    let front_matter = analysis.document.front_matter.as_ref().map(|front| front.end);
    let behind = front_matter.map(|end| if line_start(source, end) == end { end } else { next_line(source, end) });
    let mut places = vec![behind.unwrap_or(byte_order_mark(source))];
    places.extend(analysis.document.blocks.first().map(|block| line_start(source, block.range.start)));
    places.into_iter().map(|at| Edit { range: at..at, text: text.clone() }).collect()
}

/// `(CQ)` behind the words, or behind one of the next, because some rules look at what follows.
fn behind(source: &str, range: &SourceRange) -> Vec<Edit> {
    let Some(words) = source.get(range.clone()).map(str::trim_end).filter(|words| !words.is_empty()) else {
        return Vec::new();
    };
    let mut places = vec![range.start + words.len()];
    let rest = source.get(range.end..).unwrap_or_default();
    let line = rest.split(['\r', '\n']).next().unwrap_or_default();
    let mut at = range.end;
    for word in line.split(' ').take(MOST_WORDS_BEHIND + 1) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            places.push(at + bare.len());
        }
        if bare.len() < word.len() {
            break;
        }
        at += word.len() + 1;
    }
    places.into_iter().map(|at| Edit { range: at..at, text: " (CQ)".to_owned() }).collect()
}

/// A comment before the block or image of a finding: on a line of its own, or, where that would tear a list, a quotation
/// or a table apart, inside it. Front matter is data, which a comment of this kind would spoil.
fn before(format: Format, analysis: &Analysis, source: &str, finding: &Finding) -> Vec<Edit> {
    let at = finding.range.start;
    let document = &analysis.document;
    if document.front_matter.as_ref().is_some_and(|front| front.contains(&at)) {
        return Vec::new();
    }
    let block = document.blocks.iter().map(|block| &block.range).find(|range| range.start <= at && at <= range.end);
    let image = document.images.iter().map(|image| &image.range).find(|range| range.start <= at && at <= range.end);
    let Some(start) = block.or(image).map(|range| range.start) else { return Vec::new() };
    let comment = format!("<!-- copydesk-ignore {} -->", finding.rule);
    let line = line_start(source, start);
    let prefix = source.get(line..start).unwrap_or_default();
    let indent = &prefix[..prefix.len() - prefix.trim_start_matches([' ', '\t']).len()];
    let above = Edit { range: line..line, text: format!("{indent}{comment}{}", line_break(source)) };
    let inside = Edit { range: start..start, text: format!("{comment} ") };
    if prefix.trim().trim_matches('#').is_empty() {
        return vec![above, inside];
    }
    if format != Format::Markdown {
        return vec![inside, above];
    }
    let markers = |c: char| matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | ' ' | '\t') || c.is_ascii_digit();
    if !prefix.chars().all(markers) {
        // In a row of a table, or behind other text, a line of its own would end what it stands in.
        return vec![inside];
    }
    // A comment that opens a list item swallows its line, so the text goes on in the next one.
    let more: String = prefix.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
    let continued = Edit { range: start..start, text: format!("{comment}{}{more}", line_break(source)) };
    vec![continued, inside]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::checks::load;
    use crate::rules::RuleFile;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    const RULES: &str = r#"
[[rule]]
id = "house/pier"
title = "t"
check = "phrase"
severity = "warning"
message = "pier"
why = "w"
scope = ["all"]
phrases = [{ find = "old pier" }]

[[rule]]
id = "house/quay"
title = "t"
check = "phrase"
severity = "hint"
message = "quay"
why = "w"
once = true
phrases = [{ find = "quay" }]

[[rule]]
id = "suppression/unused"
title = "t"
check = "suppression"
severity = "hint"
message = "unused"
why = "w"
scope = ["all"]
"#;

    /// `source` with its first finding silenced; `None` where no mark would do it.
    fn silenced(format: Format, source: &str) -> Option<String> {
        let rules = load([], [RuleFile { name: "own.toml", text: RULES }]).rules;
        let mut analyzer = Analyzer::new(rules.into());
        let mut analyze = |text: &str| analyzer.analyze(text, format, &Surroundings::default(), &Settings::default());
        let analysis = analyze(source);
        let finding = analysis.findings.first().expect("there is one").clone();
        let count = |analysis: &Analysis| Counts::new(analysis, &analysis.findings, &finding.rule);
        let with = |edit: &Edit| {
            let mut text = source.to_owned();
            text.replace_range(edit.range.clone(), &edit.text);
            text
        };
        let candidates = here(format, &analysis, source, &finding);
        let edit = first_that_silences(candidates, count(&analysis), |edit| Some(count(&analyze(&with(edit)))))?;
        Some(with(&edit))
    }

    #[test]
    fn a_mark_tears_nothing_apart() {
        use Format::{Html, Markdown, Plain};
        const MARK: &str = "<!-- copydesk-ignore house/pier -->";
        for (format, source, expected) in [
            (Markdown, "The old pier.\n", Some("@\nThe old pier.\n")),
            (Markdown, "# The old pier\r\n\r\nIt is.\r\n", Some("@\r\n# The old pier\r\n\r\nIt is.\r\n")),
            (Markdown, "It is.\n\n> The old pier.\n", Some("It is.\n\n> @\n> The old pier.\n")),
            (Markdown, "1. One.\n2. The old pier.\n", Some("1. One.\n2. @\n   The old pier.\n")),
            (
                Markdown,
                "| who | what |\n|---|---|\n| Ana | the old pier |\n| Tom | it |\n",
                Some("| who | what |\n|---|---|\n| Ana | @ the old pier |\n| Tom | it |\n"),
            ),
            (Markdown, "---\ntitle: The old pier\n---\n\nIt is.\n", None),
            (
                Html,
                "<ul><li>One</li><li>The old pier</li></ul>\n",
                Some("<ul><li>One</li><li>@ The old pier</li></ul>\n"),
            ),
            (Plain, "The old pier, they say.\n", Some("The old pier (CQ), they say.\n")),
            // The next one comes to light then.
            (Plain, "The quay is wet, and the quay stays.\n", Some("The quay (CQ) is wet, and the quay stays.\n")),
        ] {
            assert_eq!(silenced(format, source), expected.map(|text| text.replace('@', MARK)), "{source}");
        }
    }
}
