//! What is round a number: the words before it that make it approximate, the noun after it that it counts.

use super::Bound;
use super::atoms::FigureAtom;
use crate::lexicon;
use crate::text::Span;

fn low<'a>(atoms: &[FigureAtom<'a>], at: Option<usize>) -> &'a str {
    at.and_then(|at| atoms.get(at)).map_or("", |a| a.low)
}

/// How the words before the figure that starts at atom `start` bound it.
pub(super) fn bound_before(atoms: &[FigureAtom], start: usize) -> Option<Bound> {
    let back = |n: usize| low(atoms, start.checked_sub(n));
    let (one, two, three) = (back(1), back(2), back(3));
    Some(match (three, two, one) {
        (_, "at", "least") | ("minimum" | "excess", _, "of") | (_, "minimum" | "excess", "of") => Bound::AtLeast,
        ("as", "many" | "much", "as") => Bound::AtMost,
        ("no", "fewer" | "less", "than") => Bound::AtLeast,
        ("no" | "not", "more", "than") | (_, "at", "most") | (_, "up", "to") | (_, "maximum", "of") => Bound::AtMost,
        (_, "more" | "greater" | "higher", "than") | (_, "upward" | "upwards", "of") => Bound::Above,
        (_, "less" | "fewer" | "lower", "than") => Bound::Below,
        (_, "close", "to") => Bound::About,
        (_, _, "over" | "exceeding") => Bound::Above,
        (_, _, "under" | "nearly" | "almost") => Bound::Below,
        (
            _,
            _,
            "about" | "around" | "approximately" | "roughly" | "some" | "estimated" | "circa" | "maybe" | "perhaps",
        ) => Bound::About,
        _ => return None,
    })
}

/// How the words after the figure, from atom `next`, bound it.
pub(super) fn bound_after(atoms: &[FigureAtom], next: usize) -> Option<Bound> {
    match (low(atoms, Some(next)), low(atoms, Some(next + 1))) {
        ("or", "so") => Some(Bound::About),
        ("or", "more") | ("and", "up") | ("plus", _) | ("+", _) => Some(Bound::AtLeast),
        ("or", "less" | "fewer") => Some(Bound::AtMost),
        _ => None,
    }
}

/// Whether the figure before atom `next` counts what follows `of`: `27 percent of the voters`.
fn skip_of(atoms: &[FigureAtom], next: usize) -> usize {
    if low(atoms, Some(next)) != "of" {
        return next;
    }
    let determiner = lexicon::figures::DETERMINERS_BEHIND.contains(low(atoms, Some(next + 1)));
    next + 1 + usize::from(determiner)
}

/// The head of the noun phrase that a figure counts: after it (and after `of` for shares), past up to two modifiers.
///
/// `one`: the figure is 1, so the noun is singular and the word right after it is taken when it is known to count people.
pub(super) fn noun_after(atoms: &[FigureAtom], next: usize, share: bool, one: bool) -> Option<Span> {
    let first = if share { skip_of(atoms, next) } else { next };
    if share && first == next && !matches!(low(atoms, Some(next)), "the" | "its" | "their") {
        return None;
    }
    let mut found = None;
    for at in first..first + 3 {
        let atom = atoms.get(at)?;
        if !atom.word || is_stop(atom.low) {
            break;
        }
        // `12-member`: the word after the hyphen is what is counted, in the singular.
        if atom.hyphened && at == first && !share {
            return Some(atom.span);
        }
        if one && at == first && is_countable_person(atom.low) {
            return Some(atom.span);
        }
        if is_casualty(atom.low) && at == first && !share {
            return Some(atom.span);
        }
        let plural = !one && is_plural(atom.low);
        if plural {
            found = Some(atom.span);
            if !is_modifier(atom.low) {
                break;
            }
        } else if found.is_some() {
            break;
        }
    }
    found
}

/// Words that no noun phrase after a number holds.
fn is_stop(word: &str) -> bool {
    lexicon::figures::STOPS.contains(word)
}

/// Plural nouns, by ending and by a short list of those without one.
fn is_plural(word: &str) -> bool {
    if lexicon::figures::PLURALS_IRREGULAR.contains(word) {
        return true;
    }
    let ending = word.ends_with('s') && !["ss", "us", "is", "ous", "'s", "as"].iter().any(|e| word.ends_with(e));
    let plural = ending && word.len() > 3;
    (plural || lexicon::figures::PLURALS_IN_AS.contains(word)) && !lexicon::figures::NOT_PLURALS.contains(word)
}

/// Plurals that may be before the noun they modify: `three arms dealers`.
fn is_modifier(word: &str) -> bool {
    lexicon::figures::MODIFIERS_IN_PLURAL.contains(word)
}

/// `12 dead`, `three wounded`: the adjective stands for the people.
fn is_casualty(word: &str) -> bool {
    lexicon::figures::CASUALTIES.contains(word)
}

/// Singular nouns that make `one` a count of people and not a pronoun.
pub(super) fn is_countable_person(word: &str) -> bool {
    lexicon::figures::COUNTABLE.contains(word)
}
