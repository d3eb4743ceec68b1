//! `lead`: what the first paragraph of a story lacks or has too much of.

use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, Sentence, TokenKind};
use crate::rules::{Check, Hit, Rule, Run, choice, number};
use crate::story::Story;
use crate::story::time::TimeKind;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "lead",
    Run::Story(run),
    &[
        choice("fault", &["no-time", "no-day", "long"], "no-time, no-day (an announced event without its day) or long"),
        number("most", 1, "how many words the first sentence may have"),
    ],
)];

/// Shorter stories need no time element: a brief says it all in a line.
const LEAST_WORDS: usize = 150;
/// A first paragraph with fewer words is a kicker, not a lead.
const LEAST_LEAD: usize = 12;

/// The param `fault` says what is looked for: `no-time`, `no-day` (an announced event) or `long`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let copy = || story.paragraphs_of(BlockKind::Paragraph);
    let Some((number, lead)) = copy().next() else { return };
    let p = &lead.paragraph;
    let Some(first) = p.sentences.first() else { return };
    let is_long = story.words_at_least(|kind| kind == BlockKind::Paragraph, LEAST_WORDS);
    match rule.text("fault") {
        Some("no-time") => {
            let timed = story.times_in(number).iter().any(|t| is_when(t.kind));
            if is_long && p.word_count() >= LEAST_LEAD && !timed {
                out.extend(ask(story, number, p, first));
            }
        }
        Some("no-day") => {
            for (number, read) in copy().take(2) {
                let p = &read.paragraph;
                for sentence in &p.sentences {
                    out.extend(without_day(story, number, p, *sentence));
                }
            }
        }
        _ => {
            let most = rule.integer("most").and_then(|n| usize::try_from(n).ok()).unwrap_or(35);
            let spoken = || p.tokens_in(first.span).filter(|&i| p.tokens[i].kind != TokenKind::Punct);
            // The first word too many is marked: a whole lead underlined says less.
            if let Some(at) = spoken().nth(most).filter(|_| is_long) {
                let passage = Passage::new(number, p.span_of(at, at));
                out.push(Hit::at(passage).arg("count", spoken().count().to_string()));
            }
        }
    }
}

/// Marks the last word of the first sentence, behind which the question goes.
fn ask(story: &Story, number: usize, p: &Paragraph, first: &Sentence) -> Option<Hit> {
    let last = p.tokens_in(first.span).rfind(|&i| p.tokens[i].kind != TokenKind::Punct)?;
    let passage = Passage::new(number, p.span_of(last, last));
    let stop = first.span.end - u32::from(p.slice(first.span).ends_with('.'));
    // The question is the desk's, and never is among the words of a speaker.
    let stop = story.quote_around(passage).map_or(stop, |quote| quote.passage.span.end);
    Some(Hit::at(passage).insert(passage, stop, " [when?]", "Ask when this happened", Applicability::Query))
}

/// Whether it says when, and not how long or how often.
fn is_when(kind: TimeKind) -> bool {
    !matches!(kind, TimeKind::Duration | TimeKind::Repeated | TimeKind::Vague)
}

/// `will hold talks` in a sentence without a time.
fn without_day(story: &Story, number: usize, p: &Paragraph, sentence: Sentence) -> Option<Hit> {
    let verb = sentence.tokens().find(|&at| {
        let will = p.low(at) == "will"
            || matches!(p.low(at), "to") && at > 0 && matches!(p.low(at - 1), "is" | "are" | "scheduled" | "due");
        will && lexicon::checks::EVENTS.contains(p.low(at + 1))
    })?;
    let timed = story.times_in(number).iter().any(|t| sentence.span.contains(t.passage.span));
    let span = p.span_of(verb, verb + 1);
    let passage = Passage::new(number, span);
    if timed || story.quote_around(passage).is_some() {
        return None;
    }
    let hit = Hit::at(passage).arg("found", p.slice(span));
    Some(hit.insert(passage, span.end, " [on which day?]", "Ask for the day", Applicability::Query))
}
