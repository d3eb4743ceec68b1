//! Applying fixes to a text.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::finding::{Applicability, Edit, Finding};
use crate::text::SourceRange;

/// Fixes may make room for others; more rounds than this would mean that two rules undo each other.
pub const MOST_ROUNDS: usize = 10;

/// `source` after the first fix that `at_most` allows of each finding, and how many were applied.
///
/// A fix that touches what an earlier one changed is left for another round, so that each is applied whole or not at
/// all. A finding whose best fix is not allowed is left alone: a worse one would decide for the editor.
/// So would one of several that are only suggested, such as another weekday where the date may be what is wrong.
pub fn apply(source: &str, findings: &[Finding], at_most: Applicability) -> (String, usize) {
    let (mut chosen, applied) = choose(findings, at_most);
    (apply_edits(source, &mut chosen), applied)
}

/// The edits that [`apply`] makes, and how many fixes they belong to.
pub fn choose(findings: &[Finding], at_most: Applicability) -> (Vec<&Edit>, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut touched = Touched::default();
    let mut applied = 0;
    for finding in findings {
        let best = finding.fixes.first().filter(|fix| fix.applicability <= at_most);
        let Some(fix) = best.filter(|fix| fix.applicability == Applicability::Safe || finding.fixes.len() == 1) else {
            continue;
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(|edit| touched.is_apart(&edit.range)) {
            fix.edits.iter().for_each(|edit| touched.add(&edit.range));
            chosen.extend(&fix.edits);
            applied += 1;
        }
    }
    (chosen, applied)
}

/// The edits of `source`, in ascending order, after which [`apply`] would change nothing more. `findings` are those of
/// `source`, and `check` finds those of another text.
pub fn until_done(
    source: &str,
    mut findings: Vec<Finding>,
    at_most: Applicability,
    mut check: impl FnMut(&str) -> Vec<Finding>,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut text = source.to_owned();
    for round in 0..MOST_ROUNDS {
        let (mut chosen, _) = choose(&findings, at_most);
        if chosen.is_empty() {
            break;
        }
        let fixed = apply_edits(&text, &mut chosen);
        if fixed == text {
            break;
        }
        edits = if round == 0 { chosen.into_iter().cloned().collect() } else { between(source, &fixed) };
        findings = check(&fixed);
        text = fixed;
    }
    edits
}

/// The edits that make `new` of `old`, word by word.
fn between(old: &str, new: &str) -> Vec<Edit> {
    let words = |text| str::split_inclusive(text, char::is_whitespace).collect::<Vec<&str>>();
    let (old, new) = (words(old), words(new));
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, from, to) = operation.as_tag_tuple();
        let end = at + length(&old[from]);
        if tag != DiffTag::Equal {
            edits.push(Edit { range: at..end, text: new[to].concat() });
        }
        at = end;
    }
    edits
}

/// What chosen edits change, as ends by starts. Ranges of different fixes never touch, so ends rise with starts.
#[derive(Default)]
struct Touched(BTreeMap<usize, usize>);

impl Touched {
    fn is_apart(&self, range: &SourceRange) -> bool {
        self.0.range(..=range.end).next_back().is_none_or(|(_, &end)| end < range.start)
    }

    fn add(&mut self, range: &SourceRange) {
        let end = self.0.entry(range.start).or_insert(range.end);
        *end = range.end.max(*end);
    }
}

/// `source` after `edits`, which do not overlap.
pub fn apply_edits(source: &str, edits: &mut [&Edit]) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(source.get(at..edit.range.start).unwrap_or_default());
        text.push_str(&edit.text);
        at = edit.range.end;
    }
    text.push_str(source.get(at..).unwrap_or_default());
    text
}

/// Where `range` is after `edits`, which are in ascending order and do not overlap.
///
/// What is put in at its edges is no part of it; what replaces some of it is.
pub fn carried(range: &SourceRange, edits: &[Edit]) -> SourceRange {
    let before = edits.partition_point(|edit| edit.range.end <= range.start);
    let within = edits.partition_point(|edit| edit.range.start < range.end).max(before);
    let touching = edits.get(before..within).unwrap_or_default();
    let start = touching.first().map_or(range.start, |first| first.range.start.min(range.start));
    let end = touching.last().map_or(range.end, |last| last.range.end.max(range.end));
    moved(start, edits.get(..before).unwrap_or_default())..moved(end, edits.get(..within).unwrap_or_default())
}

/// Where the texts of `edits`, which are in ascending order and do not overlap, are afterwards.
pub fn landed(edits: &[Edit]) -> Vec<SourceRange> {
    let range = |(number, edit): (usize, &Edit)| {
        let start = moved(edit.range.start, edits.get(..number).unwrap_or_default());
        start..start + edit.text.len()
    };
    edits.iter().enumerate().map(range).collect()
}

/// Where `offset` is after `edits`, which all are before it.
fn moved(offset: usize, edits: &[Edit]) -> usize {
    let gained: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let lost: usize = edits.iter().map(|edit| edit.range.len()).sum();
    (offset + gained).saturating_sub(lost)
}

/// `both`, or `all 3`: how a menu counts the fixes that it makes at once.
pub fn all_of(count: usize) -> String {
    if count == 2 { "both".to_owned() } else { format!("all {count}") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::finding::{Fix, Severity};

    /// A finding for each place of `from`, with a safe fix.
    fn findings(text: &str, from: &str, to: &str) -> Vec<Finding> {
        let finding = |at: usize| {
            let range = at..at + from.len();
            let edits = vec![Edit { range: range.clone(), text: to.to_owned() }];
            Finding {
                rule: Arc::from("a/b"),
                severity: Severity::Hint,
                range,
                message: String::new(),
                assumed: None,
                more: 0,
                related: Vec::new(),
                fixes: vec![Fix { title: String::new(), applicability: Applicability::Safe, edits }],
            }
        };
        text.match_indices(from).map(|(at, _)| finding(at)).collect()
    }

    #[test]
    fn fixes_that_uncover_fixes_are_made_too() {
        let source = "Café 😀: in  the  very  year of.\nNothing here.\nAnd     so on.\n";
        // Two spaces become one, again and again.
        let check = |text: &str| findings(text, "  ", " ");
        let edits = until_done(source, check(source), Applicability::Safe, check);
        let fixed = apply_edits(source, &mut edits.iter().collect::<Vec<_>>());
        assert_eq!(fixed, "Café 😀: in the very year of.\nNothing here.\nAnd so on.\n");
        assert!(edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{edits:?}");
        assert!(edits.iter().all(|edit| edit.range.len() < 8), "what stays is not written again: {edits:?}");
        // Rules that undo each other come to an end.
        let check = |text: &str| if text.contains('a') { findings(text, "a", "b") } else { findings(text, "b", "a") };
        assert!(until_done("a", check("a"), Applicability::Safe, check).len() <= 1);
    }

    #[test]
    fn ranges_go_with_the_words_that_they_are_about() {
        let edit = |range: SourceRange, text: &str| Edit { range, text: text.to_owned() };
        // "one two three": " two" is replaced, and something put in before "three" and behind it.
        let edits = [edit(3..7, " 2 and"), edit(8..8, "[a] "), edit(13..13, " [sic]")];
        let source = "one two three";
        let text = apply_edits(source, &mut edits.iter().collect::<Vec<_>>());
        assert_eq!(text, "one 2 and [a] three [sic]");
        let after = |words: &str| {
            let start = source.find(words).expect("it is there");
            &text[carried(&(start..start + words.len()), &edits)]
        };
        assert_eq!(after("one"), "one");
        assert_eq!(after("three"), "three");
        assert_eq!(after("two"), " 2 and");
        assert_eq!(after("one two three"), "one 2 and [a] three");
        assert_eq!(carried(&(8..8), &edits), 14..14);
        let landed: Vec<&str> = landed(&edits).into_iter().map(|range| &text[range]).collect();
        assert_eq!(landed, [" 2 and", "[a] ", " [sic]"]);
    }

    #[test]
    fn of_fixes_that_touch_the_first_is_made() {
        let finding = |range: SourceRange| {
            let mut finding = findings("x", "x", "_").remove(0);
            finding.fixes[0].edits[0].range = range;
            finding
        };
        let made = |ranges: &[SourceRange]| {
            let findings: Vec<Finding> = ranges.iter().cloned().map(finding).collect();
            apply("abcdefgh", &findings, Applicability::Safe)
        };
        assert_eq!(made(&[0..2, 4..6]), ("_cd_gh".to_owned(), 2), "they are apart");
        assert_eq!(made(&[0..2, 2..4]), ("_cdefgh".to_owned(), 1), "one begins where the other ends");
        assert_eq!(made(&[2..4, 0..3]), ("ab_efgh".to_owned(), 1), "one reaches into the other");
        assert_eq!(made(&[0..6, 1..2, 4..5]), ("_gh".to_owned(), 1), "one holds the others");
    }

    #[test]
    fn two_are_both() {
        assert_eq!((all_of(2).as_str(), all_of(3).as_str()), ("both", "all 3"));
    }
}
