//! Holding a quote to the material: verbatim, with differences, or not there.

use std::borrow::Borrow;

use super::align::{Alignment, Difference, QuotePart, align};
use super::words::{IndexedWord, words};
use super::{Material, Place};
use crate::text::Span;

/// What the material says of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteStatus {
    /// It is there word for word, but for fillers and honest cuts.
    Verbatim,
    /// It is there in other words.
    Differs,
    /// It is nowhere.
    NotFound,
}

impl QuoteStatus {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteStatus::Verbatim => "verbatim",
            QuoteStatus::Differs => "differs",
            QuoteStatus::NotFound => "not found",
        }
    }
}

/// A quote, held to the material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteCheck {
    /// What the material says.
    pub status: QuoteStatus,
    /// Index of the source in which it was found.
    pub source: Option<usize>,
    /// Index of the piece in it at which the words start.
    pub piece: Option<usize>,
    /// Where in it.
    pub place: Option<Place>,
    /// The words of the source.
    pub words: String,
    /// What differs, in the order of the quote; spans count bytes of the quote.
    pub differences: Vec<Difference>,
}

/// The most places of a source at which a quote is set beside it.
const MOST_PLACES: usize = 12;

/// Of a quote's words, how many may be changed, added or dropped before it counts as another sentence: one in three.
const MOST_CHANGED: f64 = 0.34;

/// Words of a source that one ellipsis may pass over.
const LONGEST_CUT: usize = 120;

/// Holds the quote `text`, without its marks, to `materials`. The source that is nearest to it counts, the first of equals.
pub fn check_quote<M: Borrow<Material>>(text: &str, materials: &[M]) -> QuoteCheck {
    let parts = parts(text);
    let mut best: Option<(u32, usize, usize, QuoteCheck)> = None;
    for (number, material) in materials.iter().map(Borrow::borrow).enumerate() {
        // What a report quotes is held to what it quotes; its own words are only to be taken as they are.
        let ways: &[bool] = if material.words.has_quotes { &[true, false] } else { &[false] };
        for (window, &only_quoted) in
            windows(&parts, material).iter().flat_map(|window| ways.iter().map(move |way| (window, way)))
        {
            let slice = |words: &[IndexedWord]| said(words, material);
            let Some(found) = align(&parts, text, &material.words.all, window.clone(), only_quoted, slice) else {
                continue;
            };
            let known = parts.iter().filter(|part| matches!(part, QuotePart::Word(_))).count();
            if known == 0
                || f64::from(found.cost) > (known as f64 * MOST_CHANGED).max(if known > 2 { 1.0 } else { 0.0 })
            {
                continue;
            }
            let may_differ = (only_quoted || !material.words.has_quotes) && is_no_chance(&found, material);
            if !found.differences.is_empty() && !may_differ {
                continue;
            }
            let weight = (found.cost, found.differences.len(), found.range.len());
            if best.as_ref().is_some_and(|(cost, count, length, _)| (*cost, *count, *length) <= weight) {
                continue;
            }
            let status = if found.differences.is_empty() { QuoteStatus::Verbatim } else { QuoteStatus::Differs };
            let stretch = material.words.all.get(found.range.clone()).unwrap_or_default();
            let piece = stretch.first().map(|word| word.piece as usize);
            let place = piece.and_then(|piece| material.pieces.get(piece)).map(|piece| piece.place.clone());
            let check = QuoteCheck {
                status,
                source: Some(number),
                piece,
                place,
                words: said(stretch, material),
                differences: found.differences,
            };
            best = Some((weight.0, weight.1, weight.2, check));
        }
    }
    let none = QuoteCheck {
        status: QuoteStatus::NotFound,
        source: None,
        piece: None,
        place: None,
        words: String::new(),
        differences: Vec::new(),
    };
    best.map_or(none, |(.., check)| check)
}

/// How often the words in common must name a place of the source, so that what differs was changed; and how often more for each
/// place where quote and source differ.
///
/// Found on news and transcripts of the debates of which it tells: below, most were sentences that begin alike.
const NAMED: (f64, f64) = (2.0, 0.6);

/// Whether what the quote and the source have in common is more than chance. “This is not a …” is in any long transcript,
/// before whatever else, so words that differ behind it are no words that were changed.
///
/// A word tells as many bits as it is rare in the source; to name one place takes as many as the source has doublings of one
/// word. Words that often go together tell less than their sum, which is why that is asked for more than once.
fn is_no_chance(found: &Alignment, material: &Material) -> bool {
    let words = &material.words;
    let bits = |times: usize| (words.len() as f64 / times.max(1) as f64).log2();
    let same = found.same.iter().filter_map(|&at| words.all.get(at));
    let told: f64 = same.map(|word| bits(words.places(&word.key).len())).sum();
    told >= bits(1) * (NAMED.0 + NAMED.1 * found.differences.len() as f64)
}

/// The parts of a quote: words, cuts and brackets. `[sic]` says nothing, and fillers are left out.
fn parts(text: &str) -> Vec<QuotePart> {
    let mut parts = Vec::new();
    let mut at = 0;
    let is_cut = |rest: &str| ["...", "…", ". . ."].iter().find(|mark| rest.starts_with(**mark)).map(|mark| mark.len());
    let mut from = 0;
    let push = |range: std::ops::Range<usize>, parts: &mut Vec<QuotePart>| {
        let moved = |word: IndexedWord| IndexedWord {
            span: Span::new(word.span.start() + range.start, word.span.end() + range.start),
            ..word
        };
        parts.extend(words(&text[range.clone()]).map(moved).map(QuotePart::Word));
    };
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(length) = is_cut(rest) {
            push(from..at, &mut parts);
            parts.push(QuotePart::Cut);
            at += length;
            from = at;
        } else if c == '['
            && let Some(end) = rest.find(']')
        {
            push(from..at, &mut parts);
            if !rest[..end].to_lowercase().contains("sic") {
                parts.push(QuotePart::Bracket);
            }
            at += end + 1;
            from = at;
        } else {
            at += c.len_utf8();
        }
    }
    push(from..text.len(), &mut parts);
    parts
}

/// Where in a source the quote may be: around the places to which most of its rarest words point.
fn windows(parts: &[QuotePart], material: &Material) -> Vec<std::ops::Range<usize>> {
    let all = material.words.len();
    let mut votes: Vec<(usize, usize)> = Vec::new();
    let own: Vec<(usize, &IndexedWord)> = parts
        .iter()
        .enumerate()
        .filter_map(|(at, part)| match part {
            QuotePart::Word(word) => Some((at, word)),
            _ => None,
        })
        .collect();
    let mut rare: Vec<(usize, usize, &IndexedWord)> = own
        .iter()
        .map(|&(at, word)| (material.words.places(&word.key).len(), at, word))
        .filter(|(count, ..)| *count > 0)
        .collect();
    rare.sort_by_key(|(count, at, _)| (*count, *at));
    let cuts = parts.iter().filter(|part| !matches!(part, QuotePart::Word(_))).count();
    // A word that is everywhere says nothing, unless the quote has no other.
    let mut looked = 0;
    for (count, at, word) in rare {
        if looked > 0 && looked + count > 4_000 {
            break;
        }
        looked += count;
        votes.extend(material.words.places(&word.key).iter().map(|&place| ((place as usize).saturating_sub(at), 1)));
    }
    let slack = 3 + own.len() / 4 + cuts * LONGEST_CUT;
    votes.sort_unstable();
    // How many votes fall within the slack behind each; of places near each other, the best.
    let mut best: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    for first in 0..votes.len() {
        while last < votes.len() && votes[last].0 <= votes[first].0 + slack {
            last += 1;
        }
        best.push((last - first, votes[first].0));
    }
    best.sort_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
    let mut windows: Vec<std::ops::Range<usize>> = Vec::new();
    for (_, at) in best {
        if windows.len() >= MOST_PLACES {
            break;
        }
        let window = at.saturating_sub(slack)..(at + own.len() + 2 * slack).min(all);
        if !windows.iter().any(|known| known.start.abs_diff(window.start) <= slack / 2) {
            windows.push(window);
        }
    }
    windows
}

/// The words of a source as they are there, from the first to the last of `words`.
fn said(words: &[IndexedWord], material: &Material) -> String {
    let mut said = String::new();
    for run in words.chunk_by(|one, next| one.piece == next.piece) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let text = material
            .pieces
            .get(first.piece as usize)
            .and_then(|piece| piece.text.get(first.span.to(last.span).range()));
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(text.unwrap_or_default());
    }
    said
}
