//! What single words say of a name that they may belong to.

use super::super::lists::{NameWord, class_of};
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// No name has more words than this; longer runs are headings and titles of works.
pub(super) const MAX_WORDS: usize = 5;

pub(super) fn is_particle(paragraph: &Paragraph, at: usize) -> bool {
    class_of(paragraph.low(at)) == Some(NameWord::Particle)
}

/// The word's span without a possessive ending.
pub(super) fn bare_span(paragraph: &Paragraph, at: usize) -> Span {
    paragraph.tokens.get(at).map_or(Span::default(), |token| paragraph.without_possessive(token.span))
}

/// The word in lower case without a possessive ending and without the point of an abbreviation.
pub(super) fn bare_low(paragraph: &Paragraph, at: usize) -> &str {
    let low = paragraph.bare_low(at);
    match paragraph.tokens.get(at) {
        Some(t) if t.abbreviation => low.strip_suffix('.').unwrap_or(low),
        _ => low,
    }
}

/// Whether it is a given name of two syllables, as Koreans and Taiwanese spell them: `Jong-un`, but not `Ruiz-led`.
pub(super) fn has_second_syllable(paragraph: &Paragraph, at: usize) -> bool {
    let rest = bare_low(paragraph, at).split_once('-').map_or("", |(_, rest)| rest);
    lexicon::people::SECOND_SYLLABLES.contains(rest)
}

pub(super) fn is_initial(paragraph: &Paragraph, at: usize) -> bool {
    let word = paragraph.word(at);
    let initials = word.ends_with('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    (initials || word.chars().count() == 1)
        && word.starts_with(char::is_uppercase)
        && word != "I"
        && word != "A"
        && class_of(bare_low(paragraph, at)).is_none()
}

pub(super) fn is_suffix(paragraph: &Paragraph, at: usize) -> bool {
    matches!(paragraph.word(at), "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

pub(super) fn is_acronym(paragraph: &Paragraph, at: usize) -> bool {
    let word = paragraph.slice(bare_span(paragraph, at));
    word.len() >= 3 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) && !is_suffix(paragraph, at)
}

/// `Harriet Lane said`, `Tom Church, 34,`: what follows tells a person from a street.
pub(super) fn speaks(paragraph: &Paragraph, after: usize) -> bool {
    let number = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    matches!(paragraph.low(after), "said" | "told" | "says" | "added" | "wrote" | "who" | "asked")
        || paragraph.word(after) == ","
            && (number(after + 1) && paragraph.word(after + 2) == "," || paragraph.low(after + 1) == "who")
}

/// Whether `word` is one slip away from a title that is before names.
pub(super) fn is_slipped_title(word: &str) -> bool {
    word.len() >= 5
        && lexicon::people::TITLES_WITH_SLIPS
            .iter()
            .any(|title| title.len().abs_diff(word.len()) <= 1 && strsim::osa_distance(title, word) == 1)
}

/// Whether the title `head..end` has an honorific behind its first word.
pub(super) fn has_honorific_after(paragraph: &Paragraph, head: usize, end: usize) -> bool {
    (head + 1..end).any(|i| matches!(class_of(bare_low(paragraph, i)), Some(NameWord::Honorific(_))))
}

pub(super) fn starts_sentence(paragraph: &Paragraph, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    matches!(paragraph.word(before), "." | "!" | "?" | ":" | "“" | "\"" | "‘" | "'" | "—" | "…" | "»" | "”" | "•")
        || paragraph.tokens.get(before).is_some_and(|t| t.abbreviation) && ends_sentence(paragraph, before)
}

/// Where the words before the title's last word begin: `former`, `deputy`, `Abbas` in `Abbas adviser`.
pub(super) fn modifiers_start(paragraph: &Paragraph, role: usize) -> u32 {
    let mut first = role;
    while first > 0 && role - first < 4 && paragraph.tokens[first].spaced {
        let before = first - 1;
        let word = bare_low(paragraph, before);
        let class = class_of(word);
        let modifies = match class {
            Some(NameWord::Modifier | NameWord::Role(_)) => true,
            Some(NameWord::Demonym | NameWord::Place | NameWord::Organisation) => is_capital(paragraph, before),
            Some(_) => false,
            None => is_capital(paragraph, before) && !starts_sentence(paragraph, before),
        };
        if !modifies || paragraph.tokens[before].kind != TokenKind::Word {
            break;
        }
        first = before;
    }
    paragraph.tokens.get(first).map_or(0, |t| t.span.start)
}

/// A word that begins with a capital, or with a particle that a capital follows: `al-Assad`, `O’Brien`.
pub(super) fn is_capital(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at).filter(|t| t.kind == TokenKind::Word) else { return false };
    if token.capital || !token.joined {
        return token.capital;
    }
    let word = paragraph.word(at);
    word.split_once(['-', '\'', '’']).is_some_and(|(particle, rest)| {
        rest.starts_with(char::is_uppercase)
            && matches!(particle, "al" | "el" | "d" | "l" | "ul" | "ad" | "an" | "ash" | "as" | "at" | "abd")
    })
}

/// Whether the abbreviation at `at` ends its sentence: what follows is then another run.
pub(super) fn ends_sentence(paragraph: &Paragraph, at: usize) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return true };
    token.abbreviation && paragraph.sentence_at(token.span.start).is_some_and(|s| s.last as usize == at + 1)
}
