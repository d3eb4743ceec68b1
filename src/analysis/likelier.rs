//! A second opinion on words that a rule would replace by others: whether the sentence is likelier with them.
//!
//! Rules look at a few words, and some of them are nouns in one sentence and verbs in another. The sentence model reads all of it,
//! as it is written and as it would be; where it does not find the other words likelier, the rule may ask and no more.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::dictionary;
use crate::finding::Severity;
use crate::model::{Sentences, TaggedSentence, tags};
use crate::prose::Paragraph;
use crate::rules::{Engine, Hit, HitFix, HitPlace, Rule, topic_of};
use crate::story::Story;

/// How much likelier, as a natural logarithm, the words of a fix must make the sentence for more than a question. Of what rules
/// find in published stories and is no likelier, half is wrong, and of what is likelier by less than this, three in ten.
const LEAST: f32 = 5.5;

/// How much likelier words are of which the model knows too little to say.
const UNKNOWN: f32 = f32::NEG_INFINITY;

/// Sentences of more tokens are none.
const LONGEST: usize = 400;

/// So many answers are remembered: to ask costs as much as all else that is done for a sentence, and each reading of a story asks
/// the same.
const REMEMBERED: usize = 4096;

thread_local! {
    static ANSWERS: RefCell<FxHashMap<u64, Option<f32>>> = RefCell::default();
}

/// The severity that the sentence leaves to a hit: a question at most, where its words are no likelier with any fix.
pub(super) fn severity_left(rule: &Rule, severity: Severity, hit: &Hit, story: &Story) -> Severity {
    let listed = rule.check.is_of(Engine::Sequences) || rule.check.is_of(Engine::Phrases);
    if severity <= Severity::Query || !listed || !matches!(topic_of(&rule.id), "words" | "grammar") {
        return severity;
    }
    // Lists of words name each pair that they tell apart. Sequences of grammar take any word of its kind, a rare one as well, and
    // rare words are what the tagger knows least of.
    let takes_any = rule.check.is_of(Engine::Sequences) && topic_of(&rule.id) == "grammar";
    let weighed = |fix: &HitFix| gain(fix, story).filter(|gain| takes_any || *gain > UNKNOWN);
    let gains: Option<Vec<f32>> = hit.fixes.iter().map(weighed).collect();
    let most = gains.unwrap_or_default().into_iter().reduce(f32::max);
    let is_doubtful =
        most.is_some_and(|most| most < LEAST) || rule.text("head").is_some() && opens_with_noun(hit, story);
    if is_doubtful { Severity::Query } else { severity }
}

/// Whether the first word that a hit would change reads like a noun: a rule on verbs has found *boycott* in “wielded a boycott
/// against”.
fn opens_with_noun(hit: &Hit, story: &Story) -> bool {
    let Some((HitPlace::Prose(passage), _)) = hit.fixes.first().and_then(|fix| fix.edits.first()) else { return false };
    let p = story.paragraph(passage.paragraph());
    let Some(sentence) = p.sentence_at(passage.span.start).filter(|sentence| sentence.tokens().len() <= LONGEST) else {
        return false;
    };
    let tag = TaggedSentence::of(p, sentence).tag(p.tokens_in(passage.span).start);
    matches!(tag, Some(tags::NOUN | tags::PLURAL))
}

/// How much likelier the sentence is with the fix, as a natural logarithm, or [`UNKNOWN`]; `None` where the fix does anything but put
/// other words in the place of as many, or where these are words and what is written is none.
fn gain(fix: &HitFix, story: &Story) -> Option<f32> {
    let [(HitPlace::Prose(passage), text)] = &fix.edits[..] else { return None };
    let (p, span) = (story.paragraph(passage.paragraph()), passage.span);
    let sentence = p.sentence_at(span.start).filter(|sentence| sentence.tokens().len() <= LONGEST)?;
    let (before, behind) = (sentence.span.start()..span.start(), span.end()..sentence.span.end());
    let mended = Paragraph::new(p.kind, format!("{}{text}{}", p.text.get(before)?, p.text.get(behind)?));
    let [as_mended] = &mended.sentences[..] else { return None };
    let first = sentence.tokens().start;
    if as_mended.tokens().len() != sentence.tokens().len() {
        return None;
    }
    let mut now = p.tokens_in(span);
    // What both have at the ends of the replaced words is not asked about.
    while !now.is_empty() && p.low(now.start) == mended.low(now.start - first) {
        now.start += 1;
    }
    while !now.is_empty() && p.low(now.end - 1) == mended.low(now.end - 1 - first) {
        now.end -= 1;
    }
    if now.is_empty() {
        return None;
    }
    let asked = (p.slice(sentence.span), &*mended.text, now.start - first);
    let mut hasher = FxHasher::default();
    asked.hash(&mut hasher);
    let key = hasher.finish();
    if let Some(gain) = ANSWERS.with_borrow(|answers| answers.get(&key).copied()) {
        return gain;
    }
    let model = Sentences::get();
    let written = model.likelihood(p, sentence, now.clone());
    let with_fix = || model.likelihood(&mended, *as_mended, now.start - first..now.end - first);
    let gain = match (written, with_fix()) {
        (Some(written), Some(with_fix)) => Some(with_fix - written),
        (None, Some(_)) if now.clone().any(|at| dictionary::entry(p.low(at)).is_none()) => None,
        _ => Some(UNKNOWN),
    };
    ANSWERS.with_borrow_mut(|answers| {
        if answers.len() >= REMEMBERED {
            answers.clear();
        }
        answers.insert(key, gain)
    });
    gain
}
