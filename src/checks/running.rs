//! Running the checks of all rules: on one paragraph, on the facts of some, on quotes, on the whole story.

use std::collections::BTreeSet;

use super::paragraph_hits::ParagraphHits;
use super::{Variants, consistency, pattern, phrase, sequence};
use crate::rules::{Engine, Hit, Rule, RuleSet, Run};
use crate::story::quote::{Alike, AlikeQuotes};
use crate::story::{ParagraphFacts, Story, Window};

/// Runs the phrase, pattern and paragraph rules that are `on`, by their index, on one paragraph, but for the patterns of
/// `tired` rules: those took too many steps in another paragraph of the story.
pub fn check_paragraph(set: &RuleSet, on: &[bool], read: &ParagraphFacts, tired: &BTreeSet<u32>) -> ParagraphHits {
    let kind = read.paragraph.kind;
    if read.paragraph.foreign {
        return ParagraphHits::default();
    }
    let mut scan = set.matcher.scan(&set.rules, &read.paragraph);
    let mut all = ParagraphHits { variants: std::mem::take(&mut scan.variants), ..ParagraphHits::default() };
    phrase::run(set, on, &scan, read, &mut all.hits);
    sequence::run(set, on, read, &mut all.hits);
    let mut found = Vec::new();
    // The patterns whose literals occur take their places among the rules that run always.
    let is_pattern = |index: &u32| set.rules.get(*index as usize).is_some_and(|rule| rule.pattern.is_some());
    let mut patterns = scan.patterns.iter().copied().filter(is_pattern).peekable();
    let mut always = set.of_paragraphs.iter().copied().peekable();
    while let Some(index) = match (patterns.peek(), always.peek()) {
        (Some(pattern), Some(other)) if pattern < other => patterns.next(),
        (Some(_), None) => patterns.next(),
        _ => always.next(),
    } {
        let is_on = on.get(index as usize).is_some_and(|&on| on);
        let Some(rule) = set.rules.get(index as usize).filter(|rule| is_on && rule.scope.holds(kind)) else { continue };
        match rule.check.run {
            Run::Paragraph(run) => run(rule, read, &mut found),
            Run::Engine(_) => {
                let Some(pattern) = &rule.pattern else { continue };
                if tired.contains(&index) {
                    all.left_out.push(index);
                } else if pattern::run(rule, pattern, &read.paragraph, &mut found).is_err() {
                    all.tired.push(index);
                    found.clear();
                }
            }
            Run::Local(_) | Run::Quotes(_) | Run::AlikeQuotes(_) | Run::Story(_) => {}
        }
        if !found.is_empty() {
            all.hits.extend(found.drain(..).map(|hit| (index, hit)));
        }
    }
    all.hits.shrink_to_fit();
    all
}

/// Runs the rules that are on, by their index, and that look at paragraphs with their facts.
pub fn check_facts(set: &RuleSet, window: &Window, is_on: impl Fn(u32) -> bool, out: &mut Vec<(u32, Hit)>) {
    for_each_rule(
        set,
        |run| matches!(run, Run::Local(_)),
        is_on,
        out,
        |_, rule, found| {
            if let Run::Local(run) = rule.check.run {
                run(rule, window, found);
            }
        },
    );
}

/// Runs the rules that are on, by their index, and that look at the quotes of the whole story.
pub fn check_quotes(set: &RuleSet, story: &Story, is_on: impl Fn(u32) -> bool, out: &mut Vec<(u32, Hit)>) {
    for_each_rule(
        set,
        |run| matches!(run, Run::Quotes(_)),
        is_on,
        out,
        |_, rule, found| {
            if let Run::Quotes(run) = rule.check.run {
                run(rule, story, found);
            }
        },
    );
}

/// Runs the rules that are on, by their index, and that compare two quotes, on the pairs of which the later quote is in
/// a paragraph that is wanted.
pub fn check_alike_quotes(
    set: &RuleSet,
    story: &Story,
    is_wanted: impl Fn(usize) -> bool,
    is_on: impl Fn(u32) -> bool,
    out: &mut Vec<(u32, Hit)>,
) {
    for &index in &set.of_stories {
        let Some(rule) = set.rules.get(index as usize) else { continue };
        if let Run::AlikeQuotes(run) = rule.check.run
            && is_on(index)
        {
            let alike = story.alike_quotes.get_or_init(|| AlikeQuotes::find(story.paragraphs, story.quotes));
            let is_wanted = |alike: &&Alike| {
                story.quotes.get(alike.second).is_some_and(|quote| is_wanted(quote.passage.paragraph()))
            };
            let found = alike.pairs().iter().filter(is_wanted).filter_map(|alike| run(rule, story, alike));
            out.extend(found.map(|hit| (index, hit)));
        }
    }
}

/// Runs the rules that are on, by their index, and that need the whole story; the consistency rules among them, for which
/// `variants` are those of all paragraphs.
pub fn check_story(
    set: &RuleSet,
    story: &Story,
    variants: &Variants,
    is_on: impl Fn(u32) -> bool,
    out: &mut Vec<(u32, Hit)>,
) {
    let of_story = |run: &Run| matches!(run, Run::Story(_) | Run::Engine(Engine::Variants));
    for_each_rule(set, of_story, is_on, out, |index, rule, found| match rule.check.run {
        Run::Story(run) => run(rule, story, found),
        Run::Engine(Engine::Variants) => consistency::run(rule, index, variants, story, found),
        _ => {}
    });
}

/// Calls `run` with each rule that runs like this, is on and looks at more than one paragraph's words, and its index, and adds
/// what that finds to `out`.
fn for_each_rule(
    set: &RuleSet,
    runs: impl Fn(&Run) -> bool,
    is_on: impl Fn(u32) -> bool,
    out: &mut Vec<(u32, Hit)>,
    run: impl Fn(u32, &Rule, &mut Vec<Hit>),
) {
    let mut found = Vec::new();
    for &index in &set.of_stories {
        let Some(rule) = set.rules.get(index as usize).filter(|rule| runs(&rule.check.run)) else { continue };
        if !is_on(index) {
            continue;
        }
        run(index, rule, &mut found);
        // Most rules find nothing in most stories.
        if !found.is_empty() {
            out.extend(found.drain(..).map(|hit| (index, hit)));
        }
    }
}
