//! `headline-quote`: quotation marks in a headline or caption whose words the story does not quote.

use rustc_hash::FxHashSet;

use crate::finding::Applicability;
use crate::markup::BlockKind;
use crate::prose::{Paragraph, Passage, TokenKind};
use crate::rules::{Check, Hit, HitPlace, Rule, Run, choice};
use crate::story::paragraph_index::Signs;
use crate::story::quote::cues::is_strong;
use crate::story::quote::{self, QuoteKind, Quoted, holds};
use crate::story::{ParagraphFacts, Story};
use crate::text::Span;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "headline-quote",
    Run::Story(run),
    &[choice(
        "kind",
        &["scare", "missing"],
        "scare: the story says the words itself without marks; missing: the story does not have the words",
    )],
)];

/// A body of fewer words tells nothing of its headline.
const LEAST_BODY: usize = 20;
/// Scare quotes hold at most this many words.
const MOST_SCARE: usize = 3;
/// A near match is looked for up to this many words, so that the search stays short.
const MOST_NEAR: usize = 24;

/// The param `kind` says what is looked for: `scare` (the story says these words itself, without marks) or `missing`
/// (the words are nowhere in the story).
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let scare = rule.text("kind") == Some("scare");
    let is_head =
        |kind: BlockKind| matches!(kind, BlockKind::Headline | BlockKind::Dek) || kind == BlockKind::Caption && !scare;
    let heads = || story.paragraphs_where(|entry| is_head(entry.kind) && entry.signs.any_of(Signs::QUOTE));
    if heads().next().is_none() || !story.words_at_least(|kind| kind.is_body(), LEAST_BODY) {
        return;
    }
    let body: Vec<(usize, &ParagraphFacts)> = story.paragraphs_where(|entry| entry.kind.is_body()).collect();
    let singles = body.iter().any(|(_, read)| read.quotes.quoted.iter().any(|q| !q.marks.is_double()));
    let doubles = body.iter().any(|(_, read)| read.quotes.quoted.iter().any(|q| q.marks.is_double()));
    let mut seen = FxHashSet::default();
    for (number, read) in heads() {
        // The title of the page says what the headline says.
        if !seen.insert(read.paragraph.text.trim()) {
            continue;
        }
        for quoted in read.quotes.quoted.iter().filter(|q| q.closed) {
            let these = words(&read.paragraph, quoted.inner);
            if these.is_empty() || is_between_arrows(story, number, quoted) {
                continue;
            }
            // A story that quotes in double marks has single ones in its headline for what somebody claims, in a few words
            // of the desk's own: British headlines do.
            let claimed = doubles && !quoted.marks.is_double();
            let hit = match scare {
                true if claimed => None,
                true => scare_quotes(&body, number, read, quoted, &these),
                false => {
                    not_in_story(&body, number, read, quoted, &these, claimed || !quoted.marks.is_double() && !singles)
                }
            };
            out.extend(hit);
        }
    }
}

/// Whether the marks are the texts of links, as `«` and `»` to the pages before and behind are, and what is between them is not.
fn is_between_arrows(story: &Story, number: usize, quoted: &Quoted) -> bool {
    let is_link = |start: u32, end: u32| story.is_in_link(Passage::new(number, Span { start, end }));
    is_link(quoted.span.start, quoted.inner.start) && !is_link(quoted.inner.start, quoted.inner.end)
}

/// Whether the body says `these` words outside quotes, in small letters: as its own words, not as a name.
fn says_itself(body: &[(usize, &ParagraphFacts)], these: &[&str]) -> bool {
    body.iter().any(|(_, read)| {
        let p = &read.paragraph;
        let Some(first) = these.first() else { return false };
        (0..p.tokens.len()).any(|at| {
            let same = p.low(at) == *first
                && these.iter().enumerate().all(|(i, word)| p.low(at + i).trim_end_matches('.') == *word);
            let small = (at..at + these.len()).all(|i| p.tokens.get(i).is_some_and(|t| !t.capital));
            same && small && read.quotes.around(p.tokens[at].span).is_none()
        })
    })
}

/// Whether the headline says who speaks: `Finch: …`, `Finch Calls It …`.
fn says_whose(head: &ParagraphFacts) -> bool {
    let p = &head.paragraph;
    let says = |at: usize| {
        let word = p.low(at);
        is_strong(word)
            || matches!(word, ":" | "calls" | "called" | "brands" | "branded" | "dubs" | "dubbed" | "labels")
    };
    (0..p.tokens.len()).any(|at| says(at) && head.quotes.around(p.tokens[at].span).is_none())
}

fn is_quoted(body: &[(usize, &ParagraphFacts)], these: &[&str]) -> bool {
    body.iter().any(|(_, read)| read.quotes.quoted.iter().any(|q| holds(&words(&read.paragraph, q.inner), these)))
}

/// The words without the comma or point that American style puts inside the marks.
fn bare(text: &str) -> &str {
    text.trim_end_matches([',', '.'])
}

fn scare_quotes(
    body: &[(usize, &ParagraphFacts)],
    number: usize,
    read: &ParagraphFacts,
    quoted: &Quoted,
    these: &[&str],
) -> Option<Hit> {
    let p = &read.paragraph;
    if these.len() > MOST_SCARE || quoted.kind == QuoteKind::Title || says_whose(read) || !says_itself(body, these) {
        return None;
    }
    // The story quotes exactly these words somewhere: then the headline may as well.
    let exactly = body.iter().any(|(_, b)| b.quotes.quoted.iter().any(|q| words(&b.paragraph, q.inner) == these));
    if exactly {
        return None;
    }
    let cut = |start: u32, end: u32| (HitPlace::Prose(Passage::new(number, Span { start, end })), String::new());
    let edits = vec![cut(quoted.span.start, quoted.inner.start), cut(quoted.inner.end, quoted.span.end)];
    let hit = Hit::at(Passage::new(number, quoted.span)).arg("found", bare(p.slice(quoted.inner)));
    Some(hit.fix("Take off the quotation marks", Applicability::Suggested, edits))
}

/// Whether the marks hold no words that somebody in the story said: a question that is the title of what follows, words that were
/// changed in brackets, or a speech with something left out.
fn is_turned(read: &ParagraphFacts, quoted: &Quoted) -> bool {
    let inner = read.paragraph.slice(quoted.inner);
    inner.trim_end().ends_with('?') || inner.contains(['[', '…']) || inner.contains("...")
}

fn not_in_story(
    body: &[(usize, &ParagraphFacts)],
    number: usize,
    read: &ParagraphFacts,
    quoted: &Quoted,
    these: &[&str],
    claimed: bool,
) -> Option<Hit> {
    if quoted.kind == QuoteKind::Title || is_quoted(body, these) || is_turned(read, quoted) {
        return None;
    }
    let near = near(body, these);
    let anywhere = body.iter().any(|(_, read)| {
        let p = &read.paragraph;
        let all = Span { start: 0, end: p.text.len() as u32 };
        holds(&words(p, all), these)
    });
    // A caption may say itself who speaks, or show what is on a sign: only words that the story has otherwise are told.
    let caption = read.paragraph.kind == BlockKind::Caption
        && (near.is_none() || quoted.attribution.is_some_and(|own| own.cue.is_some()));
    // Without a near match, a word or two may be a title or a name that the body spells without marks.
    if caption || claimed && near.is_none() || anywhere || (near.is_none() && these.len() < 3) {
        return None;
    }
    let hit = Hit::at(Passage::new(number, quoted.span)).arg("found", bare(read.paragraph.slice(quoted.inner)));
    let Some((passage, text)) = near else { return Some(hit) };
    let place = HitPlace::Prose(Passage::new(number, quoted.inner));
    let title = format!("Take the words of the story: “{text}”");
    Some(hit.related(passage, "the story quotes it so").fix(title, Applicability::Suggested, vec![(place, text)]))
}

/// The quoted words of the body that are most like `these`: as many, with most of them the same and in place.
fn near(body: &[(usize, &ParagraphFacts)], these: &[&str]) -> Option<(Passage, String)> {
    if these.len() > MOST_NEAR {
        return None;
    }
    let mut best: Option<(usize, Passage, String)> = None;
    for (number, read) in body {
        let p = &read.paragraph;
        for quoted in &read.quotes.quoted {
            let tokens: Vec<usize> =
                p.tokens_in(quoted.inner).filter(|&i| p.tokens[i].kind != TokenKind::Punct).collect();
            for window in tokens.windows(these.len()) {
                let same = window.iter().zip(these).filter(|(i, word)| p.low(**i) == **word).count();
                let enough = if these.len() == 1 {
                    stem_alike(p.low(window[0]), these[0])
                } else {
                    // Ends that differ would tear the words of the story out of their sentence.
                    let ends = window.first().map(|&i| p.low(i)) == these.first().copied()
                        && window.last().map(|&i| p.low(i)) == these.last().copied();
                    ends && same * 3 >= these.len() * 2
                };
                if enough
                    && best.as_ref().is_none_or(|(most, ..)| same > *most)
                    && let (Some(first), Some(last)) = (window.first(), window.last())
                {
                    let span = p.span_of(*first, *last);
                    best = Some((same, Passage::new(*number, span), p.slice(span).to_owned()));
                }
            }
        }
    }
    best.map(|(_, passage, text)| (passage, text))
}

/// `disaster` and `disastrous`.
fn stem_alike(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one != other && shared >= 6 && shared * 4 >= one.chars().count().max(other.chars().count()) * 3
}

/// The words and numbers in `span`, in lower case with marks folded.
fn words(paragraph: &Paragraph, span: Span) -> Vec<&str> {
    quote::words(paragraph, span).collect()
}
