//! What a name looks like, and what the words round it say of it.

use super::Person;
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// The person's first given name in lower case; empty when the story gives none.
pub(crate) fn first_name(person: &Person) -> String {
    person.given.split_whitespace().next().unwrap_or("").to_lowercase()
}

/// The person's surname in lower case.
pub(crate) fn surname_of(person: &Person) -> String {
    person.surname.to_lowercase()
}

/// Indexes of the first token of `span` and of the one after it.
pub(crate) fn tokens_around(paragraph: &Paragraph, span: Span) -> (usize, usize) {
    let tokens = paragraph.tokens_in(span);
    (tokens.start, tokens.end)
}

/// Verbs of saying that are beside the name of whoever speaks.
pub(crate) fn is_saying(low: &str) -> bool {
    lexicon::saying::BESIDE_NAMES.contains(low)
}

/// Whether the name names somebody and does not merely describe a thing: not `the Ruiz campaign`, `pro-Ruiz`.
pub(crate) fn stands_free(paragraph: &Paragraph, span: Span) -> bool {
    let (first, after) = tokens_around(paragraph, span);
    let before = first.checked_sub(1).map_or("", |at| paragraph.low(at));
    if lexicon::checks::BEFORE_FREE_NAMES.contains(before) {
        return false;
    }
    let Some(next) = paragraph.tokens.get(after) else { return true };
    let low = paragraph.low(after);
    if next.kind == TokenKind::Punct {
        return !matches!(low, "-" | "/" | "&" | "'" | "@" | "(");
    }
    !next.capital && (low.ends_with("ed") || lexicon::checks::BEHIND_SUBJECTS.contains(low) || is_saying(low))
}

/// Whether initials follow the surname at `span`, as in lists of authors: `Ruiz, A. B., and T. Okafor`.
pub(crate) fn is_inverted(paragraph: &Paragraph, span: Span) -> bool {
    let (_, after) = tokens_around(paragraph, span);
    let initial = |word: &str| {
        let mut letters = word.split(['.', '-']).filter(|part| !part.is_empty());
        word.starts_with(char::is_uppercase) && letters.all(|part| part.chars().count() == 1)
    };
    let at = after + usize::from(paragraph.low(after) == ",");
    let stop = |at: usize| paragraph.word(at).ends_with('.') || paragraph.low(at + 1) == ".";
    paragraph.tokens.get(at).is_some_and(|token| token.spaced) && initial(paragraph.word(at)) && stop(at)
}

/// Whether the words round the name at `span` may show that it is a person's: only there [`evidence`] is looked for.
pub(crate) fn may_show_a_person(paragraph: &Paragraph, span: Span) -> bool {
    let (first, after) = tokens_around(paragraph, span);
    let before = first.checked_sub(1).map_or("", |at| paragraph.low(at));
    let next = paragraph.low(after);
    (matches!(before, "and" | "between" | "said" | "says") || matches!(next, "and" | ",") || is_saying(next))
        && stands_free(paragraph, span)
        && !paragraph.is_possessive(first)
}

/// A capital and small letters: `Netanyahu`, `O’Brien`, `McCain`; not `WikiLeaks` and `Co2`.
pub(crate) fn looks_like_a_surname(word: &str) -> bool {
    let bare = ["Mc", "Mac", "O’", "O'", "D’", "D'", "De", "Fitz"]
        .iter()
        .find_map(|start| word.strip_prefix(start).filter(|rest| rest.starts_with(char::is_uppercase)));
    let bare = bare.unwrap_or(word);
    let mut chars = bare.chars();
    chars.next().is_some_and(char::is_uppercase) && bare.chars().count() >= 4 && chars.all(|c| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_surname;

    #[test]
    fn surnames_by_their_letters() {
        for word in ["Netanyahu", "McCain", "O’Brien", "Müller", "DeWitt"] {
            assert!(looks_like_a_surname(word), "{word}");
        }
        for word in ["WikiLeaks", "NASA", "Co2", "Ruiz-type", "iPhone", "Abe"] {
            assert!(!looks_like_a_surname(word), "{word}");
        }
    }
}
