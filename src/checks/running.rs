//! Running the checks of all rules: on one paragraph, on the facts of some, on quotes, on the whole story.

use super::paragraph_hits::ParagraphHits;
use super::{Variants, consistency, pattern, phrase};
use crate::rules::{Engine, Hit, Rule, RuleSet, Run};
use crate::story::quote::{Alike, AlikeQuotes};
use crate::story::{ParagraphFacts, Story};

/// Runs all phrase, pattern and paragraph rules on one paragraph.
pub fn check_paragraph(set: &RuleSet, read: &ParagraphFacts) -> ParagraphHits {
    let kind = read.paragraph.kind;
    if read.paragraph.foreign {
        return ParagraphHits::default();
    }
    let scan = set.matcher.scan(&set.rules, &read.paragraph);
    let mut hits = Vec::new();
    phrase::run(set, &scan, read, &mut hits);
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
        let Some(rule) = set.rules.get(index as usize).filter(|rule| rule.scope.holds(kind)) else { continue };
        match rule.check.run {
            Run::Paragraph(run) => run(rule, read, &mut found),
            Run::Engine(_) => {
                if let Some(pattern) = &rule.pattern {
                    pattern::run(rule, pattern, &read.paragraph, &mut found);
                }
            }
            Run::Local(_) | Run::Quotes(_) | Run::AlikeQuotes(_) | Run::Story(_) => {}
        }
        if !found.is_empty() {
            hits.extend(found.drain(..).map(|hit| (index, hit)));
        }
    }
    hits.shrink_to_fit();
    ParagraphHits { hits, variants: scan.variants }
}

/// Runs the rules that are on, by their index, and that look at paragraphs with their facts.
pub fn check_facts(set: &RuleSet, story: &Story, is_on: impl Fn(u32) -> bool, out: &mut Vec<(u32, Hit)>) {
    for_each_rule(set, is_on, out, |_, rule, found| {
        if let Run::Local(run) = rule.check.run {
            run(rule, story, found);
        }
    });
}

/// Runs the rules that are on, by their index, and that look at the quotes of the whole story.
pub fn check_quotes(set: &RuleSet, story: &Story, is_on: impl Fn(u32) -> bool, out: &mut Vec<(u32, Hit)>) {
    for_each_rule(set, is_on, out, |_, rule, found| {
        if let Run::Quotes(run) = rule.check.run {
            run(rule, story, found);
        }
    });
}

/// Runs the rules that are on, by their index, and that compare two quotes, on the pairs of which the later quote stands in
/// a paragraph that is wanted.
pub fn check_alike_quotes(
    set: &RuleSet,
    story: &Story,
    is_wanted: impl Fn(usize) -> bool,
    is_on: impl Fn(u32) -> bool,
    out: &mut Vec<(u32, Hit)>,
) {
    for (index, rule) in set.rules.iter().enumerate() {
        if let Run::AlikeQuotes(run) = rule.check.run
            && is_on(index as u32)
        {
            let alike = story.alike_quotes.get_or_init(|| AlikeQuotes::find(story.paragraphs, story.quotes));
            let is_wanted = |alike: &&Alike| {
                story.quotes.get(alike.second).is_some_and(|quote| is_wanted(quote.passage.paragraph()))
            };
            let found = alike.pairs().iter().filter(is_wanted).filter_map(|alike| run(rule, story, alike));
            out.extend(found.map(|hit| (index as u32, hit)));
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
    for_each_rule(set, is_on, out, |index, rule, found| match rule.check.run {
        Run::Story(run) => run(rule, story, found),
        Run::Engine(Engine::Variants) => consistency::run(rule, index, variants, story, found),
        _ => {}
    });
}

/// Calls `run` with each rule that is on and its index, and adds what that finds to `out`.
fn for_each_rule(
    set: &RuleSet,
    is_on: impl Fn(u32) -> bool,
    out: &mut Vec<(u32, Hit)>,
    run: impl Fn(u32, &Rule, &mut Vec<Hit>),
) {
    let mut found = Vec::new();
    for (index, rule) in (0..).zip(&set.rules).filter(|(index, _)| is_on(*index)) {
        run(index, rule, &mut found);
        out.extend(found.drain(..).map(|hit| (index, hit)));
    }
}
