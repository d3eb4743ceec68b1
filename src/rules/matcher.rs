//! The phrases of all rules in one index by their first words: the cost does not grow with the number of rules.
//!
//! A literal that starts with a letter or digit can only match where its first two words (or its only one) are as
//! whole words, so two looks in the index for each word of the text find the few literals that may start there.
//! Literals that start otherwise, and those that patterns need, may match anywhere; they are few, and are told by the two
//! and the four bytes that they start with.

use super::Rule;
use super::phrase;
use super::substrings::{Substrings, four_bytes};
use crate::prose::Paragraph;
use crate::text::{Span, hash, mix};

/// Finds phrases, forms of consistency groups, and the literals that patterns need.
#[derive(Debug, Default)]
pub struct Matcher {
    /// All folded literals that start with a word, end to end.
    texts: String,
    /// Those literals by the hashes of their heads; those with the same head in the order of the rules.
    literals: Vec<Literal>,
    /// Where the literals of each hash start in `literals`, and at last where they end. Its length is one more than a
    /// power of two, or it is empty.
    buckets: Vec<u32>,
    /// Two bits of one number for each head, told by its hash. Most words of a text are no head, and are turned away here,
    /// in memory that is near.
    heads: Vec<u64>,
    /// The same for the first words of heads that have two.
    first_words: Vec<u64>,
    /// Finds the literals that may match anywhere.
    anywhere: Option<Substrings>,
    /// What each of those is for.
    of_anywhere: Vec<LiteralUse>,
}

/// A literal that starts with a word. What it is looked up by is its head: its first two words with one byte between them,
/// or its first word where it has no second.
#[derive(Clone, Copy, Debug)]
struct Literal {
    /// A part of the hash of its head.
    hash: u32,
    /// Bytes of [`Matcher::texts`].
    text: Span,
    /// Bytes of its head.
    head: u32,
    /// The first bytes behind its head, as [`four_bytes`] reads them.
    rest: u32,
    entry: LiteralUse,
}

impl Literal {
    /// Whether the bytes behind the head of a place, as [`four_bytes`] reads them, are those of this literal.
    fn may_go_on(&self, after: u32) -> bool {
        let bits = 8 * (self.text.len() as u32 - self.head).min(4);
        u64::from(self.rest ^ after) << (64 - bits.max(1)) == 0 || bits == 0
    }
}

/// What a literal is for.
#[derive(Clone, Copy, Debug)]
enum LiteralUse {
    Phrase { rule: u32, phrase: u32, literal: u32 },
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
    /// Which of the phrase's literals it is.
    pub literal: u32,
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
    /// Builds the index for `rules`; `needs` are the literals of gated patterns, by rule.
    ///
    /// # Errors
    ///
    /// Says which phrase cannot be expanded.
    pub fn new(rules: &[Rule], needs: &[(u32, String)]) -> Result<Self, String> {
        let mut matcher = Self::default();
        let mut anywhere: Vec<String> = Vec::new();
        let mut add = |literal: String, entry: LiteralUse| {
            let folded = fold(literal);
            if first_word(&folded).is_empty() {
                anywhere.push(folded);
                matcher.of_anywhere.push(entry);
                return;
            }
            let start = matcher.texts.len();
            matcher.texts.push_str(&folded);
            let text = Span::new(start, matcher.texts.len());
            matcher.literals.push(Literal { hash: 0, text, head: 0, rest: 0, entry });
        };
        for (index, rule) in rules.iter().enumerate() {
            let rule_index = index as u32;
            for (number, phrase) in rule.phrases.iter().enumerate() {
                for (literal, text) in phrase::literals(&phrase.find)?.into_iter().enumerate() {
                    add(text, LiteralUse::Phrase { rule: rule_index, phrase: number as u32, literal: literal as u32 });
                }
            }
            for (group, forms) in rule.variants.iter().enumerate() {
                for (form, text) in forms.iter().enumerate() {
                    for literal in phrase::literals(text)? {
                        add(literal, LiteralUse::Variant { rule: rule_index, group: group as u32, form: form as u32 });
                    }
                }
            }
        }
        for (rule, literal) in needs {
            anywhere.push(literal.to_lowercase());
            matcher.of_anywhere.push(LiteralUse::Need { rule: *rule });
        }
        if !anywhere.is_empty() {
            matcher.anywhere = Some(Substrings::new(anywhere));
        }
        matcher.sort_into_buckets();
        Ok(matcher)
    }

    /// Notes the heads of the literals, and sorts these by their hashes, in one pass to count and one to move.
    fn sort_into_buckets(&mut self) {
        let count = self.literals.len().next_power_of_two();
        self.heads = vec![0; (count / 8).max(1)];
        self.first_words = vec![0; (count / 16).max(1)];
        for literal in &mut self.literals {
            let text = &self.texts[literal.text.range()];
            let first = first_word(text);
            let first_hash = hash(first.as_bytes());
            let mut head = (first.len(), first_hash);
            if let Some(both) = first_two_words(text) {
                let (joint, second) = both.as_bytes().split_at(first.len()).1.split_at(1);
                head = (both.len(), hash_of_two(first_hash, joint[0], hash(second)));
                add(&mut self.first_words, first_hash);
            }
            add(&mut self.heads, head.1);
            (literal.head, literal.hash) = (head.0 as u32, head.1 as u32);
            literal.rest = four_bytes(text.as_bytes(), head.0);
        }
        let of_each: Vec<usize> = self.literals.iter().map(|literal| literal.hash as usize & (count - 1)).collect();
        let mut starts = vec![0_u32; count + 1];
        of_each.iter().for_each(|&bucket| starts[bucket + 1] += 1);
        for bucket in 0..count {
            starts[bucket + 1] += starts[bucket];
        }
        let mut next = starts.clone();
        let mut sorted = self.literals.clone();
        for (literal, &bucket) in self.literals.iter().zip(&of_each) {
            sorted[next[bucket] as usize] = *literal;
            next[bucket] += 1;
        }
        self.literals = sorted;
        self.buckets = starts;
    }

    /// The literals whose head may have this hash, which `heads` may hold.
    fn with_head(&self, hash: u64) -> &[Literal] {
        let Some(mask) = self.buckets.len().checked_sub(2) else { return &[] };
        let bucket = hash as usize & mask;
        &self.literals[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }

    /// Looks for everything in `paragraph`.
    pub fn scan(&self, rules: &[Rule], paragraph: &Paragraph) -> Scan {
        let mut scan = Scan::default();
        let lower = paragraph.folded.lower.as_str();
        self.search(lower, |entry, fold| {
            if let LiteralUse::Need { rule } = entry {
                scan.patterns.push(rule);
                return;
            }
            if !is_whole(lower, fold.start(), fold.end()) {
                return;
            }
            let span = paragraph.folded.to_prose(fold);
            match entry {
                LiteralUse::Phrase { rule, phrase, literal } => {
                    let owner = &rules[rule as usize];
                    let written = &paragraph.folded.text[fold.range()];
                    if !owner.case || is_literal(&owner.phrases[phrase as usize].find, literal, written) {
                        scan.phrases.push(PhraseMatch { rule, phrase, literal, span });
                    }
                }
                LiteralUse::Variant { rule, group, form } => {
                    scan.variants.push(VariantMatch { rule, group, form, span })
                }
                LiteralUse::Need { .. } => {}
            }
        });
        scan.phrases.sort_by_key(|found| (found.span.end, found.span.start));
        scan.variants.sort_by_key(|found| (found.span.end, found.span.start));
        scan.patterns.sort_unstable();
        scan.patterns.dedup();
        scan
    }

    /// Tells `found` of each literal that is in `lower`, a folded text: what it is for, and where it is. Its end may
    /// be inside a word.
    fn search(&self, lower: &str, mut found: impl FnMut(LiteralUse, Span)) {
        if let Some(anywhere) = &self.anywhere {
            anywhere.search(lower, |number, span| found(self.of_anywhere[number as usize], span));
        }
        let bytes = lower.as_bytes();
        let mut starting = |start: usize, end: usize, hash: u64| {
            // Dozens of phrases may start with `in the`; what follows tells most of them apart.
            let after = four_bytes(bytes, end);
            for literal in self.with_head(hash) {
                if literal.hash == hash as u32 && literal.may_go_on(after) && literal.head as usize == end - start {
                    let text = &self.texts[literal.text.range()];
                    if lower[start..].starts_with(text) {
                        found(literal.entry, Span::new(start, start + text.len()));
                    }
                }
            }
        };
        // Where the word before starts, its hash, and the only place where the next may start.
        let mut before = (0, 0, usize::MAX);
        let mut at = 0;
        while at < bytes.len() {
            if !joins(bytes[at]) {
                at += 1;
                continue;
            }
            let start = at;
            while bytes.get(at).is_some_and(|&byte| joins(byte)) {
                at += 1;
            }
            let word = hash(&bytes[start..at]);
            if may_hold(&self.heads, word) {
                starting(start, at, word);
            }
            if before.2 == start {
                let both = hash_of_two(before.1, bytes[start - 1], word);
                if may_hold(&self.heads, both) {
                    starting(before.0, at, both);
                }
            }
            let goes_on = if may_hold(&self.first_words, word) { at + 1 } else { usize::MAX };
            before = (start, word, goes_on);
        }
    }
}

/// Whether literal number `literal` of `find` is written so, capitals and all.
fn is_literal(find: &str, literal: u32, written: &str) -> bool {
    phrase::literals(find).is_ok_and(|literals| literals.get(literal as usize).is_some_and(|text| text == written))
}

fn fold(mut literal: String) -> String {
    if literal.is_ascii() {
        literal.make_ascii_lowercase();
        return literal;
    }
    crate::prose::Folded::new(&literal).lower
}

/// The hash of two words with these hashes and `joint` between them.
fn hash_of_two(first: u64, joint: u8, second: u64) -> u64 {
    mix(first.rotate_left(8) ^ u64::from(joint), second)
}

/// Where a hash is noted in a set of them, and by which two bits. The low half of the hash is for the buckets.
fn bits(set: &[u64], hash: u64) -> (usize, u64) {
    // Without rules the set is empty, and nothing is found in it.
    ((hash >> 44) as usize & set.len().saturating_sub(1), 1 << (hash >> 32 & 63) | 1 << (hash >> 38 & 63))
}

/// Notes `hash` in `set`, whose length is a power of two.
fn add(set: &mut [u64], hash: u64) {
    let (at, bits) = bits(set, hash);
    set[at] |= bits;
}

/// Whether `hash` may have been noted in `set`; most others were not.
fn may_hold(set: &[u64], hash: u64) -> bool {
    let (at, bits) = bits(set, hash);
    set.get(at).is_some_and(|noted| noted & bits == bits)
}

/// A byte that joins its neighbors to one word: a letter or digit, or part of any character that is not ASCII.
fn joins(byte: u8) -> bool {
    JOINS[byte as usize]
}

const JOINS: [bool; 256] = {
    let mut joins = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        joins[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    joins
};

/// The letters and digits that `text` starts with.
fn first_word(text: &str) -> &str {
    &text[..text.bytes().take_while(|&byte| joins(byte)).count()]
}

/// The first two words of `text`, when exactly one byte is between them.
fn first_two_words(text: &str) -> Option<&str> {
    let first = first_word(text).len();
    let second = first_word(text.get(first + 1..)?).len();
    (second > 0).then(|| &text[..first + 1 + second])
}

/// Whether `start..end` of `text` begins and ends at word boundaries. A hyphen joins words: `re-elect` is not `elect`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let joins = |byte: Option<&u8>| byte.is_some_and(|&byte| joins(byte));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::load;
    use crate::markup::BlockKind;
    use crate::rules::RuleFile;
    use proptest::prelude::*;

    const RULES: &str = r#"
        [[rule]]
        id = "own/words"
        title = "Words"
        check = "phrase"
        severity = "hint"
        message = "m"
        why = "w"
        phrases = [
            { find = "{insist} of" }, { find = "insist" }, { find = "of (the|)" }, { find = "of the-art" },
            { find = "'til" }, { find = "$5" }, { find = "don't" }, { find = "été" }, { find = "-art" },
        ]
    "#;

    /// What the index must find: every literal at every place where it is whole.
    fn naive(matcher_rules: &[Rule], paragraph: &Paragraph) -> Vec<PhraseMatch> {
        let lower = &paragraph.folded.lower;
        let mut all = Vec::new();
        for (number, entry) in matcher_rules[0].phrases.iter().enumerate() {
            for (literal, text) in phrase::literals(&entry.find).expect("well formed").into_iter().enumerate() {
                for start in (0..lower.len()).filter(|&start| lower.as_bytes()[start..].starts_with(text.as_bytes())) {
                    if is_whole(lower, start, start + text.len()) {
                        let span = paragraph.folded.to_prose(Span::new(start, start + text.len()));
                        all.push(PhraseMatch { rule: 0, phrase: number as u32, literal: literal as u32, span });
                    }
                }
            }
        }
        all
    }

    proptest! {
        #[test]
        fn the_index_finds_what_a_search_for_each_literal_finds(
            text in r"(insists?|of|the|art|'til|’|don|t|\$5|été|é|É|[ -]|[ -]|[a-c.]){0,30}"
        ) {
            let rules = load([], [RuleFile { name: "own.toml", text: RULES }]).rules;
            let paragraph = Paragraph::new(BlockKind::Paragraph, text);
            let key = |m: &PhraseMatch| (m.span.start, m.span.end, m.phrase, m.literal);
            let mut found = rules.matcher.scan(&rules.rules, &paragraph).phrases;
            let mut expected = naive(&rules.rules, &paragraph);
            found.sort_by_key(key);
            expected.sort_by_key(key);
            prop_assert_eq!(found, expected);
        }
    }
}
