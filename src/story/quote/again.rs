//! Quotes after an edit of some paragraphs: linked again as far as that can be felt.

use std::ops::Range;
use std::sync::Arc;

use super::Quote;
use super::link::{LinkedQuotes, PRONOUN_REACH, attribute_backwards, link_paragraph};
use crate::prose::Passage;
use crate::story::person::{Person, Renumbered};
use crate::story::{ParagraphFacts, ParagraphShift, place_of};
use crate::text::Span;

/// How many paragraphs behind an edited one are linked again before it is better to link all of them: where few people are
/// named, quotes look back far, and linking paragraphs without quotes costs next to nothing.
const MOST_AGAIN: usize = 1000;
/// What became of the quotes after an edit.
pub(in crate::story) struct Followed {
    /// The paragraphs that may speak otherwise now.
    pub part: Range<usize>,
    /// The quotes of other words; `None` when all say the same.
    pub reworded: Option<Reworded>,
    /// They are the same quotes by the same people: at most they moved.
    pub same: bool,
}

/// A stretch of quotes, of which those at its ends at least have other words than before.
#[derive(Clone, Debug)]
pub(crate) struct Reworded {
    /// The paragraphs in which they are or stood.
    pub paragraphs: Range<usize>,
    /// Their indexes before.
    before: Range<usize>,
    /// How many they are now.
    now: usize,
}

impl Reworded {
    /// The index now of the quote that had the index `before`; `None` when it is one of those that may have other words.
    pub fn index(&self, before: usize) -> Option<usize> {
        if before < self.before.start {
            return Some(before);
        }
        (before >= self.before.end).then(|| before - self.before.end + self.before.start + self.now)
    }
}

/// What lies between the first and the last pair that are not the same, in both lists.
fn differing<'q>(
    old: &'q [Quote],
    new: &'q [Quote],
    same: impl Fn(&Quote, &Quote) -> bool,
) -> (Range<usize>, &'q [Quote]) {
    let ahead = old.iter().zip(new).take_while(|(old, new)| same(old, new)).count();
    let (rest_old, rest_new) = (&old[ahead..], &new[ahead..]);
    let behind = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(|(old, new)| same(old, new)).count();
    (ahead..old.len() - behind, &rest_new[..rest_new.len() - behind])
}

/// Gives people the numbers that they have now, after an edit of the paragraphs `edited`, which are `linked` again with
/// them. Gives how far the quotes may depend on who is named in these: the first paragraph of which none does.
pub(in crate::story) fn renumber(
    quotes: &mut [Quote],
    linked: &mut LinkedQuotes,
    renumbered: &Renumbered,
    people: &[Person],
    edited: &Range<usize>,
) -> usize {
    let speakers = quotes.iter_mut().flat_map(|quote| quote.speaker.iter_mut().chain(&mut quote.guess));
    for speaker in speakers {
        let numbers = speaker.person.iter_mut().chain(&mut speaker.candidates);
        numbers.for_each(|person| *person = renumbered.person(*person));
    }
    let carried = linked.states.iter_mut().filter_map(|state| state.carry.as_mut()?.person.as_mut());
    carried.for_each(|person| *person = renumbered.person(*person));
    let before = linked.mentions.reach(edited);
    linked.mentions.renumber(renumbered, people, edited);
    before.max(linked.mentions.reach(edited)).max(edited.end + PRONOUN_REACH as usize)
}

/// Links the quotes again after an edit. `None` when it is better to link all of them.
///
/// When who is named in the edited paragraphs changed, [`renumber`] comes first, and `reach` is what it gives.
pub(in crate::story) fn follow(
    quotes: &mut Vec<Quote>,
    linked: &mut LinkedQuotes,
    paragraphs: &[Arc<ParagraphFacts>],
    people: &[Person],
    shift: &ParagraphShift,
    reach: Option<usize>,
) -> Option<Followed> {
    let edited = shift.part();
    if reach.is_none() {
        linked.mentions.follow(shift)?;
    }
    // With other paragraphs between them, pronouns behind may be nearer to a name, or farther from it.
    let nearer = if shift.renumbers() { PRONOUN_REACH as usize } else { 0 };
    let reach = reach.unwrap_or(edited.end).max(edited.end + nearer);
    let states = &mut linked.states;
    // A line may sign the quote before it; and a quote that runs on may be attributed where it ends.
    let mut first = edited.start.saturating_sub(2);
    while states.get(first)?.open {
        first = first.checked_sub(1)?;
    }
    let mut state = *states.get(first)?;
    let mut found = Vec::new();
    let mut last = first;
    loop {
        // What follows depends on the words of the paragraph before it, and on what that handed on. A quote that goes on may
        // take a speaker from far back.
        let hands_on = state.open || state.carry.is_some_and(|carry| carry.touches(&edited));
        if last > reach && !hands_on && states.get(last).is_none_or(|kept| *kept == state) {
            break;
        }
        if last == paragraphs.len() {
            break;
        }
        if last >= edited.end + MOST_AGAIN {
            return None;
        }
        *states.get_mut(last)? = state;
        link_paragraph(paragraphs, people, &linked.mentions, last, &mut state, &mut found);
        last += 1;
    }
    attribute_backwards(&mut found);
    let place = place_of(quotes, &(first..last), |quote| quote.passage);
    let old = quotes.get(place.clone())?;
    let moved = |passage: Passage, span: Span| shift.span(passage.paragraph(), span);
    let is_same = |old: &Quote, new: &Quote| old.moved(moved).as_ref() == Some(new);
    let says_the_same = |old: &Quote, new: &Quote| {
        old.passage.paragraph == new.passage.paragraph
            && moved(old.passage, old.inner) == Some(new.inner)
            && (old.kind, old.words) == (new.kind, new.words)
    };
    let speaks_here = |quote: &Quote| quote.speaker.as_ref().is_some_and(|s| edited.contains(&s.passage.paragraph()));

    // Who speaks in a paragraph may be named, and listed as a source, in another one.
    let (before, now) = differing(old, &found, |old, new| is_same(old, new) && !speaks_here(old) && !speaks_here(new));
    let changed = old[before].iter().chain(now);
    let places = changed.flat_map(|quote| [Some(quote.passage), quote.speaker.as_ref().map(|s| s.passage)]).flatten();
    let part = places.fold(edited.clone(), including);
    let (before, now) = differing(old, &found, is_same);
    let same = before.is_empty() && now.is_empty();
    let (before, now) = differing(old, &found, says_the_same);
    let changed = old[before.clone()].iter().chain(now).map(|quote| quote.passage);
    // The runs of words of all that was taken apart anew are where they were not.
    let paragraphs = changed.fold(shift.prose.is_none().then_some(edited), |part: Option<Range<usize>>, passage| {
        let here = passage.paragraph();
        Some(including(part.unwrap_or(here..here + 1), passage))
    });
    let reworded = paragraphs.map(|paragraphs| Reworded {
        paragraphs,
        before: place.start + before.start..place.start + before.end,
        now: now.len(),
    });
    quotes.splice(place, found);
    Some(Followed { part, reworded, same })
}

/// The paragraphs of `part` with that of `passage`, and those between.
fn including(part: Range<usize>, passage: Passage) -> Range<usize> {
    let here = passage.paragraph();
    part.start.min(here)..part.end.max(here + 1)
}
