//! How often each rule found something.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::CheckedStory;
use super::text::sum_up;
use crate::finding::Severity;
use crate::text::plain_line;

/// Writes a line for each rule with findings that are at least as severe as `show`, the most frequent first, in so
/// many columns where they are known.
pub fn statistics(
    stories: &[CheckedStory],
    show: Severity,
    width: Option<usize>,
    out: &mut impl Write,
) -> io::Result<()> {
    // The same rule counts apart at each severity: inside quotes it is a level lower.
    let mut counts: BTreeMap<(&str, Severity), (usize, &str)> = BTreeMap::new();
    for story in stories {
        for finding in story.findings.iter().filter(|finding| finding.severity >= show) {
            let title = || story.rules.get(&finding.rule).map_or("", |rule| rule.title.as_str());
            let count = counts.entry((&*finding.rule, finding.severity)).or_insert_with(|| (0, title()));
            count.0 += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|&((rule, severity), (count, _))| (std::cmp::Reverse(count), std::cmp::Reverse(severity), rule));
    for ((rule, severity), (count, title)) in rows {
        let before = format!("{count:>7}  {:<8} {rule:<36} ", severity.as_str());
        let most = width.map_or(usize::MAX, |width| width.saturating_sub(before.chars().count()).max(20));
        writeln!(out, "{before}{}", super::fitted(&plain_line(title), most))?;
    }
    sum_up(stories, show, None, out)
}
