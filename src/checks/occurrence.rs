//! `occurrence`: how often something may or must be in a sentence, a paragraph or the story.

use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, Param, Rule, RuleEntry, Run, choice, number};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

use super::length::counted;
use super::pattern::each_match;

const PARAMS: &[Param] = &[
    choice(
        "in",
        &["sentence", "paragraph", "story"],
        "in what it is counted: a sentence, a paragraph (the default) or the story",
    ),
    number("most", 0, "how often it may occur"),
    number("least", 1, "how often it must occur"),
];

const SAYS: &[&str] = &["found", "count", "most", "least"];

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new("occurrence", Run::Paragraph(run), PARAMS)
    .says(SAYS)
    .fits(fits)
    .reads(&["pattern"])
    .in_story(&IN_STORY)];

static IN_STORY: Check =
    Check::new("occurrence", Run::Story(in_story), PARAMS).says(SAYS).fits(fits).reads(&["pattern"]);

fn fits(entry: &RuleEntry) -> Result<(), String> {
    let bounded = entry.params.contains_key("most") || entry.params.contains_key("least");
    match (&entry.pattern, bounded) {
        (None, _) => Err("the check `occurrence` needs `pattern`, which says what is counted".to_owned()),
        (_, false) => Err("the check `occurrence` needs a bound: params = { most = 1 }, or least".to_owned()),
        _ => Ok(()),
    }
}

/// In each sentence, or in the paragraph.
fn run(rule: &Rule, read: &ParagraphFacts, out: &mut Vec<Hit>) {
    let paragraph = &read.paragraph;
    let all = places(rule, paragraph);
    if rule.text("in") == Some("sentence") {
        for sentence in &paragraph.sentences {
            let own: Vec<Span> = all.iter().copied().filter(|span| sentence.span.contains(*span)).collect();
            out.extend(bounded(rule, paragraph, &own, sentence.tokens()));
        }
    } else {
        out.extend(bounded(rule, paragraph, &all, 0..paragraph.tokens.len()));
    }
}

/// In the whole story.
fn in_story(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let mut all = Vec::new();
    for (number, read) in story.paragraphs.iter().enumerate() {
        if rule.scope.holds(read.paragraph.kind) && !read.paragraph.foreign {
            all.extend(places(rule, &read.paragraph).into_iter().map(|span| Passage::new(number, span)));
        }
    }
    if let Some(&first_over) = rule.count("most").and_then(|most| all.get(most)) {
        let first = all.first().filter(|first| **first != first_over);
        let hit = counted(rule, Hit::at(first_over).arg("found", story.slice(first_over)), all.len());
        out.push(match first {
            Some(first) => hit.related(*first, "the first is here"),
            None => hit,
        });
    } else if rule.count("least").is_some_and(|least| all.len() < least) && story.words_at_least(|_| true, 1) {
        out.push(counted(rule, Hit::story(), all.len()));
    }
}

fn places(rule: &Rule, paragraph: &Paragraph) -> Vec<Span> {
    let mut places = Vec::new();
    if let Some(pattern) = &rule.pattern {
        // Where the pattern takes too many steps, what was found until then counts.
        let _ = each_match(pattern, paragraph, |span, _| places.push(span));
    }
    places
}

/// What is too much or too little among the tokens of `part`. The first that is too many is marked, or the first word.
fn bounded(rule: &Rule, paragraph: &Paragraph, places: &[Span], part: std::ops::Range<usize>) -> Option<Hit> {
    if let Some(&first_over) = rule.count("most").and_then(|most| places.get(most)) {
        let hit = Hit::in_paragraph(first_over).arg("found", paragraph.slice(first_over));
        return Some(counted(rule, hit, places.len()));
    }
    if rule.count("least").is_none_or(|least| places.len() >= least) {
        return None;
    }
    let is_word = |at: &usize| paragraph.tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Punct);
    let first = part.into_iter().find(is_word)?;
    let span = paragraph.span_of(first, first);
    Some(counted(rule, Hit::in_paragraph(span).arg("found", paragraph.slice(span)), places.len()))
}
