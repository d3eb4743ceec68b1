//! Where a mark could be that leaves a finding alone: a comment before its block or at the top of the story, or
//! `(CQ)` behind its words.
//!
//! Not every place does: some would tear a list or a table apart. So there are several candidates, best first, and
//! [`first_that_silences`] takes the first that is seen to work.

use crate::analysis::Analysis;
use crate::finding::{Edit, Finding};
use crate::markup::{Block, BlockKind, CommentForm, Format, byte_order_mark};
use crate::rules::RuleSet;
use crate::story::quote::Quoted;
use crate::text::{SourceRange, line_break, line_start, next_line};

/// How many words behind a finding its `(CQ)` may be: the mark speaks of the six words before it.
const MOST_WORDS_BEHIND: usize = 3;

/// The most words of a finding that a title repeats.
const MOST_TITLE_WORDS: usize = 4;

/// What is counted before and after a mark is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkCounts {
    blocks: usize,
    findings: usize,
    of_rule: usize,
    /// Marks that silence nothing.
    unused: usize,
}

impl MarkCounts {
    /// The blocks of `analysis`, and how many of `findings` there are, in all and of `rule`. Of a rule that reports once a
    /// story, all places count: behind the one that is silenced, the next comes to light.
    pub fn new(analysis: &Analysis, findings: &[Finding], rule: &str, rules: &RuleSet) -> Self {
        let places = |finding: &Finding| 1 + finding.more;
        let count = |counts: &dyn Fn(&&Finding) -> bool| findings.iter().filter(counts).map(places).sum();
        let of_rule = count(&|finding| &*finding.rule == rule);
        let unused = count(&|finding| super::is_about_marks(rules, finding));
        let findings = findings.iter().map(places).sum();
        Self { blocks: analysis.document.blocks.len(), findings, of_rule, unused }
    }

    /// Whether a mark between these counts and `after` silenced a finding of the rule, brought no other, and left the
    /// story's blocks as they were. A mark in the midst of words that a rule looks for makes the finding go away, too, but
    /// is itself found as one that silences nothing.
    fn become_fewer(self, after: MarkCounts) -> bool {
        let fewer = after.findings < self.findings && after.of_rule < self.of_rule;
        fewer && after.blocks == self.blocks && after.unused <= self.unused
    }
}

/// The first of the insertions `candidates` that silences what they are for. `trial` counts after one was made; `None`
/// where the text cannot be read then.
pub fn first_that_silences(
    candidates: Vec<Edit>,
    before: MarkCounts,
    mut trial: impl FnMut(&Edit) -> Option<MarkCounts>,
) -> Option<Edit> {
    candidates.into_iter().find(|edit| trial(edit).is_some_and(|after| before.become_fewer(after)))
}

/// The marks that may silence `finding` of `source` where it is, best first.
pub fn here(format: Format, analysis: &Analysis, source: &str, finding: &Finding) -> Vec<Edit> {
    match format.comments() {
        None => behind(analysis, source, &finding.range),
        Some(form) => before((format, form), analysis, source, finding),
    }
}

/// The marks that may silence `rule` in all of `source`, best first: a comment at the top, behind the front matter.
/// Plain text has no comments.
pub fn in_file(format: Format, analysis: &Analysis, source: &str, rule: &str) -> Vec<Edit> {
    let Some(form) = format.comments() else { return Vec::new() };
    let text = line_of(form, &format!("copydesk-ignore-file {rule}"), line_break(source));
    let front_matter = analysis.document.front_matter.as_ref().map(|front| front.end);
    let behind = front_matter.map(|end| if line_start(source, end) == end { end } else { next_line(source, end) });
    let mut places = vec![behind.unwrap_or(byte_order_mark(source))];
    // A title of the front matter is a block, too, and no place for a comment.
    let copy = |block: &&Block| front_matter.is_none_or(|end| end <= block.range.start);
    let first = analysis.document.blocks.iter().find(copy);
    places.extend(first.map(|block| line_start(source, block.range.start)));
    places.into_iter().map(|at| Edit { range: at..at, text: text.clone() }).collect()
}

/// A comment with its line, and the blank line that it may need.
fn line_of(form: CommentForm, text: &str, ending: &str) -> String {
    let more = if matches!(form, CommentForm::Block(_)) { ending } else { "" };
    format!("{}{ending}{more}", form.written(text))
}

/// `(CQ)` behind the words, or behind one of the next, because some rules look at what follows. Nothing is put between
/// quotation marks: there the mark goes behind the closing one, and one that is not closed has no place for it.
fn behind(analysis: &Analysis, source: &str, range: &SourceRange) -> Vec<Edit> {
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
    let quotes = quotes_at(analysis, range.start);
    let end =
        quotes.iter().find(|quote| quote.holds(range.end)).filter(|quote| quote.closed).map(|quote| quote.range.end);
    places.retain(|&at| !quotes.iter().any(|quote| quote.holds(at)));
    places.extend(end);
    places.into_iter().map(|at| Edit { range: at..at, text: " (CQ)".to_owned() }).collect()
}

/// The title of the action that puts `(CQ)` behind the words of a finding, or behind the quote that holds them: it names
/// what is marked, for a menu shows several.
pub fn checked_title(analysis: &Analysis, source: &str, finding: &Finding) -> String {
    let quote = quotes_at(analysis, finding.range.start).into_iter().find(|quote| quote.holds(finding.range.end));
    let what = if quote.is_some() { "the quote " } else { "" };
    let range = quote.map_or_else(|| finding.range.clone(), |quote| quote.range);
    let words = source.get(range).unwrap_or_default();
    // Marks alone name nothing, and quotation marks within such are hard to read.
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '£' | '€' | '%' | '#'));
    let first: Vec<&str> = words.split_whitespace().take(MOST_TITLE_WORDS + 1).collect();
    match first.len() {
        0 => "Mark it as checked: (CQ)".to_owned(),
        count if count > MOST_TITLE_WORDS => {
            format!("Mark {what}“{} …” as checked: (CQ)", first[..MOST_TITLE_WORDS].join(" "))
        }
        _ => format!("Mark {what}“{}” as checked: (CQ)", first.join(" ")),
    }
}

/// A quotation as the text has it, with its marks.
struct QuotePlace {
    /// Where it is.
    range: SourceRange,
    /// Whether it ends with a closing mark.
    closed: bool,
}

impl QuotePlace {
    /// Whether what is put in at `at` would be among its words.
    fn holds(&self, at: usize) -> bool {
        self.range.start < at && (at < self.range.end || at == self.range.end && !self.closed)
    }
}

/// The quotations in the block that holds byte `at`.
fn quotes_at(analysis: &Analysis, at: usize) -> Vec<QuotePlace> {
    let blocks = &analysis.document.blocks;
    let number = blocks.partition_point(|block| block.range.end < at);
    let (Some(block), Some(read)) = (blocks.get(number), analysis.paragraphs.get(number)) else { return Vec::new() };
    let place = |quoted: &Quoted| QuotePlace { range: block.to_source(quoted.span), closed: quoted.closed };
    read.quotes.quoted.iter().map(place).collect()
}

/// A comment before the block or image of a finding: on a line of its own, or, where that would tear a list, a quotation
/// or a table apart, inside it. Front matter is data, which a comment of this kind would spoil.
fn before((format, form): (Format, CommentForm), analysis: &Analysis, source: &str, finding: &Finding) -> Vec<Edit> {
    let at = finding.range.start;
    let document = &analysis.document;
    if document.front_matter.as_ref().is_some_and(|front| front.contains(&at)) {
        return Vec::new();
    }
    let block = document.blocks.iter().map(|block| &block.range).find(|range| range.start <= at && at <= range.end);
    let image = document.images.iter().map(|image| &image.range).find(|range| range.start <= at && at <= range.end);
    let Some(start) = block.or(image).map(|range| range.start) else { return Vec::new() };
    let said = format!("copydesk-ignore {}", finding.rule);
    let comment = form.written(&said);
    let line = line_start(source, start);
    let prefix = source.get(line..start).unwrap_or_default();
    let indent = &prefix[..prefix.len() - prefix.trim_start_matches([' ', '\t']).len()];
    let own_line = line_of(form, &said, line_break(source));
    let above = Edit { range: line..line, text: format!("{indent}{own_line}") };
    let CommentForm::Between(..) = form else {
        let is_cell = document.blocks.iter().any(|block| block.range.start == start && block.kind == BlockKind::Table);
        return if is_cell { Vec::new() } else { on_lines(form, source, (line, start), above, own_line) };
    };
    let inside = Edit { range: start..start, text: format!("{comment} ") };
    if prefix.trim().trim_matches('#').is_empty() {
        return vec![above, inside];
    }
    if !format.is_markdown() {
        return vec![inside, above];
    }
    let markers = |c: char| matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | ' ' | '\t') || c.is_ascii_digit();
    if !prefix.chars().all(markers) {
        // In a row of a table, or behind other text, a line of its own would end what it is in.
        return vec![inside];
    }
    // A comment that opens a list item swallows its line, so the text goes on in the next one.
    let more: String = prefix.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
    let continued = Edit { range: start..start, text: format!("{comment}{}{more}", line_break(source)) };
    vec![continued, inside]
}

/// The places for a comment that needs a line of its own, before the block that starts at byte `start` of the line that starts
/// at byte `line`: above it, inside the list's item that it opens, above the line over a title.
fn on_lines(
    form: CommentForm,
    source: &str,
    (line, start): (usize, usize),
    above: Edit,
    own_line: String,
) -> Vec<Edit> {
    let ending = line_break(source);
    let before = source.get(..line).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let last = line_start(source, before.len());
    let prefix = source.get(line..start).unwrap_or_default();
    let marker = prefix.trim();
    let signs = |c: char| matches!(c, '-' | '*' | '+' | '#' | '.' | '(' | ')') || c.is_ascii_digit();
    let is_item = !marker.is_empty() && marker.chars().all(signs);
    let mut places = Vec::new();
    match form {
        // Behind the marker, because a line at the margin would end the list.
        CommentForm::Block(_) if is_item => {
            places.push(Edit { range: start..start, text: format!("{own_line}{}", " ".repeat(prefix.len())) });
        }
        CommentForm::Block(_) => {
            // A line over a title, or a paragraph that has no blank line before it.
            let over = Edit { range: last..last, text: own_line.clone() };
            let apart = Edit { range: line..line, text: format!("{ending}{}", above.text) };
            let is_below_blank = source.get(before.len()..line).is_some_and(|gap| gap.matches('\n').count() > 1);
            return if before.is_empty() || is_below_blank { vec![above] } else { vec![over, apart] };
        }
        // Inside the item before, of which it is a part then.
        CommentForm::Line("#") if is_item && !prefix.starts_with('*') && !before.is_empty() => {
            let deeper = prefix.len() - prefix.trim_start().len() + 2;
            places.push(Edit { range: line..line, text: format!("{}{own_line}", " ".repeat(deeper)) });
        }
        _ => {}
    }
    places.push(above);
    places
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
        let rules = Arc::new(load([], [RuleFile { name: "own.toml", text: RULES }]).rules);
        let mut analyzer = Analyzer::new(Arc::clone(&rules));
        let mut analyze = |text: &str| analyzer.analyze(text, format, &Surroundings::default(), &Settings::default());
        let analysis = analyze(source);
        let finding = analysis.findings.first().expect("there is one").clone();
        let count = |analysis: &Analysis| MarkCounts::new(analysis, &analysis.findings, &finding.rule, &rules);
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
        use Format::{AsciiDoc, Html, Markdown, Mdx, Org, Plain, Rst};
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
            (Mdx, "The old pier.\n", Some("@\nThe old pier.\n")),
            (Mdx, "# The old pier\n\nIt is.\n", Some("@\n# The old pier\n\nIt is.\n")),
            (Mdx, "It is.\n\n> The old pier.\n", Some("It is.\n\n> @\n> The old pier.\n")),
            (Mdx, "1. One.\n2. The old pier.\n", Some("1. One.\n2. @\n   The old pier.\n")),
            (
                Mdx,
                "| who | what |\n|---|---|\n| Ana | the old pier |\n| Tom | it |\n",
                Some("| who | what |\n|---|---|\n| Ana | @ the old pier |\n| Tom | it |\n"),
            ),
            (Mdx, "<Note>\n\nThe old pier.\n\n</Note>\n", Some("<Note>\n\n@\nThe old pier.\n\n</Note>\n")),
            (
                Html,
                "<ul><li>One</li><li>The old pier</li></ul>\n",
                Some("<ul><li>One</li><li>@ The old pier</li></ul>\n"),
            ),
            (AsciiDoc, "= Pier\n\nThe old pier.\n", Some("= Pier\n\n@\nThe old pier.\n")),
            (AsciiDoc, "== The old pier\n", Some("@\n== The old pier\n")),
            (AsciiDoc, "* One.\n* The old pier.\n", Some("* One.\n@\n* The old pier.\n")),
            (Rst, "It is.\n\nThe old pier.\n", Some("It is.\n\n@\n\nThe old pier.\n")),
            (
                Rst,
                "============\nThe old pier\n============\n",
                Some("@\n\n============\nThe old pier\n============\n"),
            ),
            (Rst, "- One.\n- The old pier.\n", Some("- One.\n- @\n\n  The old pier.\n")),
            (Org, "* Pier\nThe old pier.\n", Some("* Pier\n@\nThe old pier.\n")),
            (Org, "- One.\n- The old pier.\n", Some("- One.\n  @\n- The old pier.\n")),
            (Org, "| Ana | the old pier |\n", None),
            (Plain, "The old pier, they say.\n", Some("The old pier (CQ), they say.\n")),
            // The next one comes to light then.
            (Plain, "The quay is wet, and the quay stays.\n", Some("The quay (CQ) is wet, and the quay stays.\n")),
        ] {
            let mark = format.comments().map(|form| form.written("copydesk-ignore house/pier")).unwrap_or_default();
            assert_eq!(silenced(format, source), expected.map(|text| text.replace('@', &mark)), "{source}");
        }
    }

    #[test]
    fn nothing_is_put_between_quotation_marks() {
        for (source, expected) in [
            (
                "“It is the old pier that the town wants,” Ruiz said.\n",
                Some("“It is the old pier that the town wants,” (CQ) Ruiz said.\n"),
            ),
            ("“It is the old pier,” Ruiz said.\n", Some("“It is the old pier,” (CQ) Ruiz said.\n")),
            (
                "\"It is the old pier that the town wants.\"\n",
                Some("\"It is the old pier that the town wants.\" (CQ)\n"),
            ),
            ("“It is the old pier that the town wants, Ruiz said.\n", None),
            ("The old pier “is not for sale.”\n", Some("The old pier (CQ) “is not for sale.”\n")),
        ] {
            assert_eq!(silenced(Format::Plain, source), expected.map(str::to_owned), "{source}");
        }
    }

    #[test]
    fn a_mark_may_bring_nothing_and_must_silence_something() {
        let before = MarkCounts { blocks: 3, findings: 5, of_rule: 2, unused: 0 };
        let silenced = MarkCounts { findings: 4, of_rule: 1, ..before };
        assert!(before.become_fewer(silenced));
        for other in [
            before,
            MarkCounts { of_rule: 2, ..silenced },
            MarkCounts { findings: 5, ..silenced },
            MarkCounts { blocks: 4, ..silenced },
            MarkCounts { unused: 1, ..silenced },
        ] {
            assert!(!before.become_fewer(other), "{other:?}");
        }
    }

    #[test]
    fn a_mark_for_the_whole_file_stands_behind_the_front_matter() {
        let places = |format, source: &str| {
            let analysis = Analyzer::new(std::sync::Arc::default()).analyze(
                source,
                format,
                &Surroundings::default(),
                &Settings::default(),
            );
            let marks = in_file(format, &analysis, source, "house/pier");
            assert!(marks.iter().all(|edit| edit.text == "<!-- copydesk-ignore-file house/pier -->\n"), "{marks:?}");
            marks.into_iter().map(|edit| edit.range).collect::<Vec<_>>()
        };
        assert_eq!(places(Format::Markdown, "---\ntitle: Pier\n---\n\nIt is.\n"), [20..20, 21..21]);
        assert_eq!(places(Format::Html, "<p>It is.</p>\n"), [0..0, 0..0]);
        assert!(places(Format::Plain, "It is.\n").is_empty());
    }
}
