//! One automaton for the phrases of all rules: its cost does not grow with their number.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Rule;
use super::phrase::{self, Expansion};
use crate::prose::Paragraph;
use crate::text::Span;

/// Finds phrases, forms of consistency groups, and the literals that patterns need.
#[derive(Debug, Default)]
pub struct Matcher {
    automaton: Option<AhoCorasick>,
    /// What each literal of the automaton is for.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    Phrase { rule: u32, phrase: u32, expansion: u32 },
    Variant { rule: u32, group: u32, form: u32 },
    Need { rule: u32 },
}

/// A phrase of a rule in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseMatch {
    /// Index of the rule.
    pub rule: u32,
    /// Index of its phrase.
    pub phrase: u32,
    /// Index of the phrase's expansion.
    pub expansion: u32,
    /// Bytes of the prose.
    pub span: Span,
}

/// A form of a consistency group in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantMatch {
    /// Index of the rule.
    pub rule: u32,
    /// Index of the group.
    pub group: u32,
    /// Index of the form in its group.
    pub form: u32,
    /// Bytes of the prose.
    pub span: Span,
}

/// What the matcher finds in one paragraph.
#[derive(Debug, Default)]
pub struct Scan {
    /// Phrases, in the order of their ends.
    pub phrases: Vec<PhraseMatch>,
    /// Forms of consistency groups, in the order of their ends.
    pub variants: Vec<VariantMatch>,
    /// Indexes of the gated patterns whose literals occur; ascending, without repeats.
    pub patterns: Vec<u32>,
}

impl Matcher {
    /// Builds the automaton for `rules`; `needs` are the literals of gated patterns, by rule.
    pub fn new(rules: &[Rule], needs: &[(u32, String)]) -> Result<Self, String> {
        let mut literals: Vec<String> = Vec::new();
        let mut entries = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let index = index as u32;
            for (number, phrase) in rule.phrases.iter().enumerate() {
                for (expansion, literal) in phrase.expansions.iter().enumerate() {
                    literals.push(fold(literal));
                    entries.push(Entry::Phrase { rule: index, phrase: number as u32, expansion: expansion as u32 });
                }
            }
            for (group, forms) in rule.variants.iter().enumerate() {
                for (form, text) in forms.iter().enumerate() {
                    for literal in phrase::expand(text)? {
                        literals.push(fold(&literal));
                        entries.push(Entry::Variant { rule: index, group: group as u32, form: form as u32 });
                    }
                }
            }
        }
        for (rule, literal) in needs {
            literals.push(literal.to_lowercase());
            entries.push(Entry::Need { rule: *rule });
        }
        if literals.is_empty() {
            return Ok(Self::default());
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&literals)
            .map_err(|error| format!("the phrases cannot be compiled: {error}"))?;
        Ok(Self { automaton: Some(automaton), entries })
    }

    /// Looks for everything in `paragraph` in one pass.
    pub fn scan(&self, rules: &[Rule], paragraph: &Paragraph) -> Scan {
        let mut scan = Scan::default();
        let Some(automaton) = &self.automaton else { return scan };
        let lower = &paragraph.folded.lower;
        for found in automaton.find_overlapping_iter(lower) {
            let entry = self.entries[found.pattern().as_usize()];
            if let Entry::Need { rule } = entry {
                scan.patterns.push(rule);
                continue;
            }
            if !is_whole(lower, found.start(), found.end()) {
                continue;
            }
            let fold = Span::new(found.start(), found.end());
            let span = paragraph.folded.to_prose(fold);
            match entry {
                Entry::Phrase { rule, phrase, expansion } => {
                    let owner = &rules[rule as usize];
                    let written = &owner.phrases[phrase as usize].expansions[expansion as usize].text;
                    if !owner.case || paragraph.folded.text[fold.range()] == **written {
                        scan.phrases.push(PhraseMatch { rule, phrase, expansion, span });
                    }
                }
                Entry::Variant { rule, group, form } => scan.variants.push(VariantMatch { rule, group, form, span }),
                Entry::Need { .. } => {}
            }
        }
        scan.patterns.sort_unstable();
        scan.patterns.dedup();
        scan
    }
}

fn fold(literal: &Expansion) -> String {
    crate::prose::Folded::new(&literal.text).lower
}

/// Whether `start..end` of `text` begins and ends at word boundaries. A hyphen joins words: `re-elect` is not `elect`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let joins = |byte: Option<&u8>| byte.is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80);
    let starts_in_word = joins(bytes.get(start)) || bytes.get(start) == Some(&b'-');
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let hyphen_before = before == Some(&b'-') && start >= 2 && joins(bytes.get(start - 2));
    if starts_in_word && (joins(before) || hyphen_before) {
        return false;
    }
    let ends_in_word = joins(end.checked_sub(1).and_then(|at| bytes.get(at)));
    let after = bytes.get(end);
    let joined_after = matches!(after, Some(b'-' | b'\'')) && joins(bytes.get(end + 1));
    !(ends_in_word && (joins(after) || joined_after))
}
