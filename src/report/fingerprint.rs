//! What a finding is known by from run to run, wherever its line has moved to.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::text::SourceRange;

/// Words on each side of the marked passage that belong to a fingerprint.
const CONTEXT_WORDS: usize = 2;

/// Bytes on each side in which those words are looked for.
const CONTEXT_BYTES: usize = 64;

/// The identity of a finding within its story: rule, marked words and the words beside them, without any position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// Of the rule, the passage and its context, whatever white space is between the words.
    pub hash: u64,
    /// 1 for the first finding of the story with this hash, 2 for the second, …
    pub nth: usize,
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:016x}:{}", self.hash, self.nth)
    }
}

/// The fingerprints of `findings`, which are about `text`, in the same order.
pub fn fingerprints(text: &str, findings: &[Finding]) -> Vec<Fingerprint> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let one = |finding: &Finding| {
        let hash = hash(text, finding);
        let nth = seen.entry(hash).or_default();
        *nth += 1;
        Fingerprint { hash, nth: *nth }
    };
    findings.iter().map(one).collect()
}

fn hash(text: &str, finding: &Finding) -> u64 {
    let passage = text.get(finding.range.clone()).unwrap_or_default();
    let mut parts = vec![&*finding.rule];
    if passage.is_empty() {
        // Nothing is marked when something is missing; what is missing is in the message.
        parts.push(&finding.message);
    } else {
        parts.extend(passage.split_whitespace());
        parts.push("\n");
        parts.extend(words_before(text, &finding.range));
        parts.push("\n");
        parts.extend(words_after(text, &finding.range));
    }
    stable_hash(&parts)
}

/// The nearest words before `range` in its paragraph, nearest first.
fn words_before<'t>(text: &'t str, range: &SourceRange) -> Vec<&'t str> {
    let from = text.ceil_char_boundary(range.start.saturating_sub(CONTEXT_BYTES));
    let near = text.get(from..range.start).unwrap_or_default();
    words(near.rsplit('\n'), |line| line.split_whitespace().rev())
}

/// The nearest words after `range` in its paragraph.
fn words_after<'t>(text: &'t str, range: &SourceRange) -> Vec<&'t str> {
    let to = text.floor_char_boundary(range.end.saturating_add(CONTEXT_BYTES));
    let near = text.get(range.end..to).unwrap_or_default();
    words(near.split('\n'), str::split_whitespace)
}

/// The first words of `lines`; a blank line ends the paragraph, but a single line break is only white space.
fn words<'t, W: Iterator<Item = &'t str>>(
    lines: impl Iterator<Item = &'t str>,
    split: impl Fn(&'t str) -> W,
) -> Vec<&'t str> {
    let in_paragraph = lines.enumerate().take_while(|(number, line)| *number == 0 || !line.trim().is_empty());
    in_paragraph.flat_map(|(_, line)| split(line)).take(CONTEXT_WORDS).collect()
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo): files keep these numbers, so they must be the same on every machine and
/// in every version, which the standard library's hashes do not promise.
pub fn stable_hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    fn at(text: &str, passage: &str) -> Fingerprint {
        let findings: Vec<Finding> = text
            .match_indices(passage)
            .map(|(start, _)| Finding {
                rule: "words/x".into(),
                severity: Severity::Hint,
                range: start..start + passage.len(),
                message: "Say it otherwise".to_owned(),
                assumed: None,
                more: 0,
                related: Vec::new(),
                fixes: Vec::new(),
            })
            .collect();
        *fingerprints(text, &findings).last().expect("the passage is there")
    }

    #[test]
    fn lines_may_move_and_break_elsewhere() {
        let before = at("The mayor insists of it again and again.\n", "insists of");
        let after = at("A new lead.\n\nThe\nmayor insists of it\nagain and, once more, again.\n", "insists of");
        assert_eq!(before, after);
    }

    #[test]
    fn another_place_is_another_finding() {
        let text = "The mayor insists of it. The driver insists of it.";
        assert_ne!(at(text, "insists of").hash, at("The mayor insists of it.", "insists of").hash);
        let twice = "The mayor insists of it.\n\nThe mayor insists of it.";
        assert_eq!(at(twice, "insists of").nth, 2);
    }

    #[test]
    fn the_next_paragraph_is_no_context() {
        assert_eq!(at("Yes.\n\nTwo of them\n\nNo.", "of them"), at("Two of them", "of them"));
    }

    #[test]
    fn numbers_in_files_stay_what_they_are() {
        assert_eq!(stable_hash(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(format!("{:016x}", stable_hash(&["a"])), "089be207b544f1e4");
    }
}
