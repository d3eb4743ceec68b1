//! Saying “leave this alone”, and being told when that is no longer needed.
//!
//! In Markdown and HTML by comment, in any text by the newsroom's `(CQ)` mark behind a fact that was checked:
//!
//! ```text
//! <!-- copydesk-ignore quotes/unattributed: the speaker is named in the box -->     the next block
//! <!-- copydesk-ignore-start time/relative-month --> … <!-- copydesk-ignore-end -->  everything between
//! <!-- copydesk-ignore-file words/cliche, words/wordy -->                            the whole file
//! ```
//!
//! In MDX the same is between `{/*` and `*/}`, in AsciiDoc behind `//`, in reStructuredText behind `..`, in Org behind `#`.
//!
//! Several rules are separated by commas or spaces; `topic/*` stands for a topic and `all` for every rule.

pub mod marks;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::markup::Comment;
use crate::prose::Paragraph;
use crate::rules::{Engine, RuleSet, topic_of};
use crate::settings::Settings;
use crate::story::{Story, checkable};
use crate::text::{SourceRange, Span, next_line};

/// How many words before `(CQ)` count as the fact that was checked.
const CQ_WORDS: usize = 6;

/// For how many unknown rules a similar one is looked for: comparing with all rules is slow, and nobody mistypes more.
const MOST_SUGGESTIONS: usize = 50;

/// One suppression of the story.
struct Suppression {
    /// The comment or mark itself.
    own: SourceRange,
    /// Where it silences.
    covers: SourceRange,
    /// Rule ids, `topic/*` or `all`; empty for every rule.
    rules: Vec<String>,
    /// It says that a fact was checked, whether there is a finding or not.
    is_tick: bool,
}

impl Suppression {
    /// The patterns it silences: rule ids, `topic/*`, `all`.
    fn patterns(&self) -> impl Iterator<Item = &str> {
        let every = self.rules.is_empty().then_some("all");
        self.rules.iter().map(String::as_str).chain(every)
    }

    fn reach(&self) -> MarkRange {
        MarkRange { first: 2 * self.covers.start, last: 2 * self.covers.end }
    }
}

/// The patterns that silence findings of `rule`.
fn patterns_for(rule: &str) -> [String; 3] {
    [rule.to_owned(), format!("{}/*", topic_of(rule)), "all".to_owned()]
}

/// Where a finding or a suppression lies, with both ends included, in half bytes.
///
/// Gaps between bytes have even numbers and bytes odd ones. So a finding that is only a point in the text touches what
/// ends or begins there, and one that holds bytes does not.
#[derive(Clone, Copy)]
struct MarkRange {
    first: usize,
    last: usize,
}

impl MarkRange {
    fn of_finding(range: &SourceRange) -> Self {
        match range.is_empty() {
            true => MarkRange { first: 2 * range.start, last: 2 * range.start },
            false => MarkRange { first: 2 * range.start + 1, last: 2 * range.end - 1 },
        }
    }
}

/// Many reaches, to be asked whether one of them touches another: by their starts, and how far those up to each go.
#[derive(Default)]
struct Reaches(Vec<MarkRange>);

impl Reaches {
    /// To be called once all are in.
    fn arrange(&mut self) {
        self.0.sort_by_key(|reach| reach.first);
        let mut farthest = 0;
        for reach in &mut self.0 {
            farthest = farthest.max(reach.last);
            reach.last = farthest;
        }
    }

    fn touch(&self, other: MarkRange) -> bool {
        let before = self.0.partition_point(|reach| reach.first <= other.last);
        before.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|reach| reach.last >= other.first)
    }
}

/// Reaches by the pattern they are for.
#[derive(Default)]
struct ByPattern(HashMap<String, Reaches>);

impl ByPattern {
    fn collect<S: Into<String>>(reaches: impl Iterator<Item = (S, MarkRange)>) -> Self {
        let mut all = Self::default();
        for (pattern, reach) in reaches {
            all.0.entry(pattern.into()).or_default().0.push(reach);
        }
        all.0.values_mut().for_each(Reaches::arrange);
        all
    }

    fn touch(&self, pattern: &str, reach: MarkRange) -> bool {
        self.0.get(pattern).is_some_and(|reaches| reaches.touch(reach))
    }
}

/// Whether a finding is about a mark that silences nothing.
pub fn is_about_marks(rules: &RuleSet, finding: &Finding) -> bool {
    rules.get(&finding.rule).is_some_and(|rule| rule.check.is_of(Engine::Suppressions))
}

/// Takes out the findings that the story's own marks silence, and adds a hint for each mark that silenced none.
pub fn apply(source: &str, story: &Story, rules: &RuleSet, settings: &Settings, findings: &mut Vec<Finding>) -> bool {
    let mut unknown = Vec::new();
    let mut suppressions = from_comments(source, story, rules, &mut unknown);
    suppressions.extend(from_cq_marks(story));
    if suppressions.is_empty() && unknown.is_empty() {
        return false;
    }
    let found = ByPattern::collect(findings.iter().flat_map(|finding| {
        let reach = MarkRange::of_finding(&finding.range);
        patterns_for(&finding.rule).map(|pattern| (pattern, reach))
    }));
    let covered = ByPattern::collect(suppressions.iter().flat_map(|s| s.patterns().map(|p| (p, s.reach()))));
    findings.retain(|finding| {
        let reach = MarkRange::of_finding(&finding.range);
        !patterns_for(&finding.rule).iter().any(|pattern| covered.touch(pattern, reach))
    });
    let Some(rule) = rules.rules.iter().find(|rule| rule.check.is_of(Engine::Suppressions)) else { return true };
    let Some(severity) = settings.severity(rule) else { return true };
    let hint = |range: SourceRange, message: String| Finding {
        rule: Arc::clone(&rule.id),
        severity: severity.min(Severity::Warning),
        message,
        assumed: None,
        more: 0,
        related: Vec::new(),
        fixes: vec![Fix {
            title: "Remove it".to_owned(),
            applicability: Applicability::Suggested,
            edits: vec![Edit { range: with_its_line(source, &range), text: String::new() }],
        }],
        range,
    };
    findings.extend(unknown.into_iter().map(|(range, message)| hint(range, message)));
    let is_used = |s: &Suppression| s.patterns().any(|pattern| found.touch(pattern, s.reach()));
    for suppression in suppressions.iter().filter(|s| !s.is_tick && !is_used(s)) {
        let rules = if suppression.rules.is_empty() { "any rule".to_owned() } else { suppression.rules.join(", ") };
        findings.push(hint(suppression.own.clone(), rule.message.replace("{rules}", &rules)));
    }
    true
}

/// The range with its whole line, where nothing else is there; else with the blanks before it, when something is
/// before these on the line. Only the blanks around it are read: a line may be all of the text.
fn with_its_line(source: &str, range: &SourceRange) -> SourceRange {
    let blank = |c: char| c.is_whitespace() && !matches!(c, '\r' | '\n');
    let above = source.get(..range.start).unwrap_or_default();
    let before = above.trim_end_matches(blank);
    let behind = source.get(range.end..).unwrap_or_default().trim_start_matches(blank);
    let opens = before.is_empty() || before.ends_with(['\r', '\n']);
    if opens && (behind.is_empty() || behind.starts_with(['\r', '\n'])) {
        return before.len()..next_line(source, source.len() - behind.len());
    }
    let start = if opens { range.start } else { above.trim_end_matches(' ').len() };
    start..range.end
}

fn from_comments(
    source: &str,
    story: &Story,
    rules: &RuleSet,
    unknown: &mut Vec<(SourceRange, String)>,
) -> Vec<Suppression> {
    let mut suppressions: Vec<Suppression> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for comment in &story.document.comments {
        let Some((directive, ids)) = directive(comment) else { continue };
        for id in ids.iter().filter(|id| !is_known(id, rules)) {
            let ask = unknown.len() < MOST_SUGGESTIONS;
            let near = ask.then(|| crate::rules::meant(id, rules.rules.iter().map(|rule| &*rule.id))).flatten();
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            unknown.push((comment.range.clone(), format!("there is no rule `{id}`{hint}")));
        }
        let covers = match directive {
            "copydesk-ignore" => next_block(story, comment.range.end),
            "copydesk-ignore-file" => 0..source.len(),
            "copydesk-ignore-start" => {
                open.push(suppressions.len());
                comment.range.end..source.len()
            }
            "copydesk-ignore-end" => {
                if let Some(index) = open.pop() {
                    suppressions[index].covers.end = comment.range.start;
                } else {
                    unknown.push((comment.range.clone(), "there is no copydesk-ignore-start before this".to_owned()));
                }
                continue;
            }
            other => {
                unknown.push((comment.range.clone(), format!("`{other}` is not a suppression; see copydesk-ignore")));
                continue;
            }
        };
        suppressions.push(Suppression { own: comment.range.clone(), covers, rules: ids, is_tick: false });
    }
    suppressions
}

/// The directive of a comment and the rules it names; what follows a colon is the reason.
fn directive(comment: &Comment) -> Option<(&str, Vec<String>)> {
    let text = comment.text.trim();
    let (word, rest) = text.split_once(|c: char| c.is_whitespace() || c == ':').unwrap_or((text, ""));
    if !word.starts_with("copydesk-") {
        return None;
    }
    let ids = rest.split_once(':').map_or(rest, |(ids, _)| ids);
    // “copydesk-ignore: reason” names no rule, and so stands for all.
    let reason_only = text[word.len()..].starts_with(':');
    let ids = if reason_only { "" } else { ids };
    let split = |c: char| c == ',' || c.is_whitespace();
    Some((word, ids.split(split).filter(|id| !id.is_empty()).map(str::to_owned).collect()))
}

fn is_known(id: &str, rules: &RuleSet) -> bool {
    id == "all" || id.ends_with("/*") || rules.get(id).is_some()
}

/// The block after `offset`, with the image it belongs to; when there is none, the rest of the story.
fn next_block(story: &Story, offset: usize) -> SourceRange {
    let document = story.document;
    let block = document.blocks.partition_point(|block| block.range.start < offset);
    let image = document.images.partition_point(|image| image.range.start < offset);
    let block = document.blocks.get(block).map(|block| block.range.clone());
    let image = document.images.get(image).map(|image| image.range.clone());
    match (block, image) {
        (Some(block), Some(image)) if image.start < block.start => image,
        (Some(block), _) => block,
        (None, Some(image)) => image,
        (None, None) => offset..offset,
    }
}

/// `(CQ)`, newsroom shorthand for “correct, checked”, silences findings about the words directly before it.
///
/// A mark behind a fact of the fact sheet is that fact's tick, and is never unused.
fn from_cq_marks(story: &Story) -> Vec<Suppression> {
    let is_marked = story.paragraphs.iter().any(|read| has_mark(&read.paragraph.text));
    if !is_marked {
        return Vec::new();
    }
    let sheet = checkable::sheet(story);
    let ticks: HashSet<(usize, usize)> = sheet
        .facts
        .iter()
        .filter(|fact| fact.marked)
        .flat_map(|fact| fact.places.iter().map(|place| (place.paragraph(), place.span.end())))
        .collect();
    let mut suppressions = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        let paragraph = &read.paragraph;
        for mark in marks(&paragraph.text) {
            let text = &paragraph.text[..mark.start()];
            let mut before = checked_words(paragraph, mark);
            // Behind a quotation, it says that this was checked, however long it is.
            let end = text.trim_end().len();
            if let Some(quoted) = read.quotes.quoted.iter().find(|quoted| quoted.closed && quoted.span.end() == end) {
                before.start = before.start.min(quoted.span.start);
            }
            let words = text.trim_end_matches([' ', '\u{A0}', ',', '”', '"']).len();
            let is_tick = (words..=mark.start()).any(|end| ticks.contains(&(number, end)));
            let block = &story.document.blocks[number];
            suppressions.push(Suppression {
                own: block.to_source(mark),
                covers: block.to_source(before),
                rules: Vec::new(),
                is_tick,
            });
        }
    }
    suppressions
}

/// The places of `(CQ)`.
fn marks(text: &str) -> impl Iterator<Item = Span> {
    let brackets = memchr::memchr_iter(b'(', text.as_bytes());
    let is_mark = |at: &usize| text[*at..].starts_with("(CQ)") || text[*at..].starts_with("(cq)");
    brackets.filter(is_mark).map(|at| Span::new(at, at + "(CQ)".len()))
}

/// Whether `prose` holds a mark that silences findings.
pub(crate) fn has_mark(prose: &str) -> bool {
    marks(prose).next().is_some()
}

fn checked_words(paragraph: &Paragraph, mark: Span) -> Span {
    let last = paragraph.token_at(mark.start);
    let sentence = paragraph.sentence_at(mark.start).map_or(0, |sentence| sentence.first as usize);
    let first = last.saturating_sub(CQ_WORDS).max(sentence.min(last));
    let start = paragraph.tokens.get(first).map_or(mark.start, |token| token.span.start);
    Span { start: start.min(mark.start), end: mark.start }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analyzer;
    use crate::checks::load;
    use crate::markup::Format;
    use crate::rules::RuleFile;
    use crate::settings::Settings;
    use crate::story::Surroundings;

    const RULES: &str = r#"
[[rule]]
id = "house/bridge"
title = "t"
check = "phrase"
severity = "warning"
message = "bridge"
why = "w"
phrases = [{ find = "harbor bridge" }]

[[rule]]
id = "house/pier"
title = "t"
check = "phrase"
severity = "warning"
message = "pier"
why = "w"
phrases = [{ find = "old pier" }]

[[rule]]
id = "suppression/unused"
title = "t"
check = "suppression"
severity = "hint"
message = "unused {rules}"
why = "w"
scope = ["all"]
"#;

    /// Line and message of each finding.
    fn found(text: &str) -> Vec<(usize, String)> {
        let rules = load([], [RuleFile { name: "own.toml", text: RULES }]).rules;
        let analysis =
            Analyzer::new(rules.into()).analyze(text, Format::Markdown, &Surroundings::default(), &Settings::default());
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        analysis.findings.into_iter().map(|f| (line(f.range.start), f.message)).collect()
    }

    fn said(lines: &[(usize, &str)]) -> Vec<(usize, String)> {
        lines.iter().map(|&(line, message)| (line, message.to_owned())).collect()
    }

    #[test]
    fn a_comment_silences_the_next_block_only() {
        let text = "<!-- copydesk-ignore house/bridge: its name here -->\n\nThe harbor bridge and the old pier.\n\nThe harbor bridge.\n";
        assert_eq!(found(text), said(&[(3, "pier"), (5, "bridge")]));
    }

    #[test]
    fn a_range_ends_where_it_says_and_a_topic_stands_for_its_rules() {
        let text = "<!-- copydesk-ignore-start house/* -->\n\nThe harbor bridge.\n\nThe old pier.\n\n<!-- copydesk-ignore-end -->\n\nThe old pier.\n";
        assert_eq!(found(text), said(&[(9, "pier")]));
    }

    #[test]
    fn a_file_is_silenced_from_anywhere_in_it() {
        let text = "The harbor bridge.\n\nThe old pier.\n\n<!-- copydesk-ignore-file house/bridge, house/pier -->\n";
        assert_eq!(found(text), []);
    }

    #[test]
    fn what_silences_nothing_is_said() {
        let text = "<!-- copydesk-ignore house/bridge -->\n\nThe ferry.\n\n<!-- copydesk-ignore house/brigde -->\n\nThe ferry.\n\n<!-- copydesk-ignore-end -->\n";
        assert_eq!(
            found(text),
            said(&[
                (1, "unused house/bridge"),
                (5, "there is no rule `house/brigde`; did you mean `house/bridge`?"),
                (5, "unused house/brigde"),
                (9, "there is no copydesk-ignore-start before this"),
            ])
        );
    }

    #[test]
    fn cq_silences_the_words_before_it() {
        assert_eq!(found("The harbor bridge (CQ) met the old pier.\n"), said(&[(1, "pier")]));
        assert_eq!(found("The ferry (CQ) left.\n"), said(&[(1, "unused any rule")]));
    }

    #[test]
    fn a_mark_inside_a_range_does_not_end_it() {
        let text = "<!-- copydesk-ignore-start house/bridge -->\n\n<!-- copydesk-ignore house/bridge -->\n\nThe harbor bridge.\n\nThe harbor bridge.\n\n<!-- copydesk-ignore-end -->\n\nThe harbor bridge.\n";
        assert_eq!(found(text), said(&[(11, "bridge")]));
    }
}
