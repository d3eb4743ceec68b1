//! What is kept back while a person types: half a word is mostly wrong, and half a quote has no speaker yet.
//!
//! A new finding waits
//!
//! - while it touches the word that is being typed, or ends right before it: “insists of” may become “insists, of course”;
//! - when its rule looks at more than words (who said a quote, what numbers compute to, who was introduced), until the
//!   writer goes on to another paragraph, saves, pastes, or rests for a few seconds.
//!
//! What was shown before the typing stays, so that nothing flickers, and what is mended goes at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::Wish;
use super::document::View;
use crate::finding::Finding;
use crate::rules::RuleSet;
use crate::text::{Shift, SourceRange};

/// Longer than any editor is open.
const NEVER: Duration = Duration::from_secs(1 << 31);

/// The most bytes that one change may write, or take away, and still be typing: a word that was completed is, a paragraph
/// that was pasted is not.
const TYPED: usize = 24;

/// Where a person is typing.
#[derive(Clone, Debug)]
pub struct Typing {
    /// UTF-8 byte of the text behind what was typed last.
    caret: usize,
    /// Whether what was typed last is a letter or a digit, so that the word before the caret may go on.
    in_word: bool,
    /// When the last key was pressed.
    pub since: Instant,
    /// The source range of the paragraph that was typed in when findings were last told.
    paragraph: Option<SourceRange>,
    /// How the client wants it.
    wish: Wish,
}

impl Typing {
    /// What these changes, applied in their order, are as typing; `None` when they are something else, such as a paste.
    /// `last` is the typing that they go on with, and `in_word` says whether they end in a letter. Where all waits for
    /// the saving, every change is typing.
    pub fn follow(last: Option<Self>, changes: &[Shift], in_word: bool, wish: Wish) -> Option<Self> {
        let caret = changes.last()?.now;
        let is_large = |change: &Shift| change.now.max(change.until) - change.from > TYPED;
        if !wish.until_saved && changes.iter().any(is_large) {
            return None;
        }
        let mut paragraph = last.and_then(|last| last.paragraph);
        for change in changes {
            paragraph = paragraph.map(|range| moved(&range, change));
        }
        Some(Self { caret, in_word, since: Instant::now(), paragraph, wish })
    }

    /// When what waits is told, unless somebody types on.
    pub fn rests_at(&self) -> Instant {
        self.since + if self.wish.until_saved { NEVER } else { self.wish.rest }
    }

    /// Whether `at`, a byte of the text, lies outside the paragraph that is typed in: the writer's cursor has left it.
    pub fn was_left_for(&self, at: usize) -> bool {
        self.paragraph.as_ref().is_some_and(|paragraph| at < paragraph.start || paragraph.end < at)
    }

    /// The paragraph that is being typed in, and the source range of unfinished business: that paragraph and the one
    /// before it, whose quote the next words may attribute.
    fn unfinished(&self, view: &View) -> (Option<SourceRange>, SourceRange) {
        let blocks = &view.checked.analysis.document.blocks;
        let after = blocks.partition_point(|block| block.range.start <= self.caret);
        let Some(at) = after.checked_sub(1) else { return (None, 0..self.caret) };
        let here = blocks[at].range.clone();
        let from = blocks[at.saturating_sub(1)].range.start;
        let until = here.end.max(self.caret);
        (Some(here), from..until)
    }

    /// Whether a new finding depends on the word at the caret.
    fn is_of_word(&self, range: &SourceRange, source: &str) -> bool {
        if range.end < self.caret {
            // A word more must be behind it.
            let behind = source.get(range.end..self.caret).unwrap_or_default();
            let mut words = behind.split(|c: char| c.is_whitespace());
            let is_next_whole =
                words.by_ref().any(|word| word.contains(char::is_alphanumeric)) && words.next().is_some();
            return behind.len() <= TYPED && !is_next_whole && !behind.contains(['.', '!', '?', ';', ':']);
        }
        range.start <= self.caret && range.start < range.end && (self.in_word || range.end == self.caret)
    }
}

/// A finding that the client knows of.
#[derive(Clone, Debug)]
pub struct Shown {
    rule: Arc<str>,
    range: SourceRange,
}

impl Shown {
    /// Where it is after a change.
    pub fn follow(&mut self, change: &Shift) {
        self.range = moved(&self.range, change);
    }

    fn is(&self, finding: &Finding) -> bool {
        let (own, other) = (&self.range, &finding.range);
        self.rule == finding.rule && own.start <= other.end && other.start <= own.end
    }
}

impl From<&Finding> for Shown {
    fn from(finding: &Finding) -> Self {
        Self { rule: Arc::clone(&finding.rule), range: finding.range.clone() }
    }
}

/// Which findings are told now, in their order. Without `typing`, all of them.
pub fn told(view: &View, typing: Option<&mut Typing>, shown: &[Shown]) -> Vec<bool> {
    let findings = view.findings();
    let Some(typing) = typing else { return vec![true; findings.len()] };
    let (here, unfinished) = typing.unfinished(view);
    let last = std::mem::replace(&mut typing.paragraph, here.clone());
    let has_left = matches!((&last, &here), (Some(last), Some(here)) if last.start != here.start);
    let rules = &view.document.project.rules;
    let longest = shown.iter().map(|shown| shown.range.len()).max().unwrap_or_default();
    let is_told = |finding: &Finding| {
        // What was shown is in the order of the text, so that few places are compared.
        let near = &shown[..shown.partition_point(|shown| shown.range.start <= finding.range.end)];
        let mut near = near.iter().rev().take_while(|shown| shown.range.start + longest >= finding.range.start);
        if near.any(|shown| shown.is(finding)) {
            return true;
        }
        if typing.wish.until_saved || typing.is_of_word(&finding.range, view.source()) {
            return false;
        }
        let is_outside = finding.range.end < unfinished.start || unfinished.end < finding.range.start;
        is_about_words(rules, finding) || has_left && is_outside
    };
    findings.iter().map(is_told).collect()
}

/// Whether a finding is about words by themselves, and not about a sentence, a quote or the story.
fn is_about_words(rules: &RuleSet, finding: &Finding) -> bool {
    rules.get(&finding.rule).is_some_and(|rule| !rule.phrases.is_empty() || rule.pattern.is_some())
}

/// Where a range of the text before a change lies after it: what is typed inside it, or at its end, belongs to it.
fn moved(range: &SourceRange, change: &Shift) -> SourceRange {
    let moved = |at: usize, inside: usize| match at {
        at if at < change.from => at,
        at if at >= change.until => at - change.until + change.now,
        _ => inside,
    };
    let start = if range.start == change.from { range.start } else { moved(range.start, change.now) };
    start..moved(range.end, change.now).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WISH: Wish = Wish { rest: Duration::from_secs(3), until_saved: false };

    fn typing(source: &str) -> Typing {
        let in_word = source.ends_with(char::is_alphanumeric);
        Typing { caret: source.len(), in_word, since: Instant::now(), paragraph: None, wish: WISH }
    }

    #[test]
    fn a_finding_waits_for_the_word_behind_it() {
        let waits = |source: &str| {
            let start = source.find("insists").expect("it is there");
            typing(source).is_of_word(&(start..start + "insists of".len()), source)
        };
        assert!(waits("The council insists of"));
        assert!(waits("The council insists of "));
        assert!(waits("The council insists of meeti"));
        assert!(!waits("The council insists of meeting "));
        assert!(!waits("The council insists of it."));
    }

    #[test]
    fn a_paste_is_no_typing_and_a_key_goes_on_with_it() {
        let key = Shift { from: 10, until: 10, now: 11 };
        let paste = Shift { from: 10, until: 10, now: 200 };
        assert!(Typing::follow(None, &[paste], false, WISH).is_none());
        let first = Typing { paragraph: Some(5..10), ..typing("0123456789") };
        let next = Typing::follow(Some(first), &[key], true, WISH).expect("a key is typing");
        assert_eq!((next.caret, next.paragraph), (11, Some(5..11)));
    }

    #[test]
    fn what_is_known_grows_and_moves_with_the_text() {
        let change = Shift { from: 10, until: 12, now: 15 };
        assert_eq!(moved(&(2..8), &change), 2..8);
        assert_eq!(moved(&(8..12), &change), 8..15);
        assert_eq!(moved(&(14..20), &change), 17..23);
        assert_eq!(moved(&(11..20), &change), 15..23);
    }
}
