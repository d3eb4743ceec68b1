//! Words in two pieces: `gover nment`, and words with the space between them a letter too early or too late: `sai dthe`.

use crate::dictionary;
use crate::lexicon;
use crate::prose::{Paragraph, Token, TokenKind};
use crate::text::Span;

/// Shorter words are in two pieces by chance: `l ist`.
const SHORTEST: usize = 6;

/// Rarer words than this are as good as unknown beside a piece.
const KNOWN: u8 = 30;

/// What the words at `first` and behind it should be, with their span, where they are no words as they stand and a common one
/// together, or two common ones with one letter on the other side of the space.
pub(super) fn in_pieces(p: &Paragraph, first: usize) -> Option<(Span, String)> {
    let (one, two) = (p.tokens.get(first)?, p.tokens.get(first + 1)?);
    let is_plain = |token: &Token| token.kind == TokenKind::Word && !token.joined && !token.abbreviation;
    if !is_plain(one) || !is_plain(two) || !two.spaced || two.capital {
        return None;
    }
    let (low, next) = (p.low(first), p.low(first + 1));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_written_small = |text: &str| text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    if !letters(low) || !letters(next) || !is_written_small(p.word(first)) || !is_written_small(p.word(first + 1)) {
        return None;
    }
    let is_unknown = |low: &str| dictionary::entry(low).is_none() && !dictionary::is_common(low.as_bytes());
    let (one_unknown, two_unknown) = (is_unknown(low), is_unknown(next));
    if !one_unknown && !two_unknown && is_known(low) && is_known(next) || one.capital && !p.opens_sentence(first) {
        return None;
    }
    let span = Span { start: one.span.start, end: two.span.end };
    // What a text in columns or code has beside the words, or a sign before them, makes them something else.
    let touches = |byte: Option<u8>| byte.is_some_and(|byte| b"/@#_=-&.\\".contains(&byte));
    let bytes = p.text.as_bytes();
    let behind = bytes.get(span.end()).copied().filter(|byte| *byte != b'.');
    if touches(span.start().checked_sub(1).and_then(|at| bytes.get(at)).copied()) || touches(behind) {
        return None;
    }
    Some((span, whole(low, next).or_else(|| moved(low, next, one_unknown, two_unknown))?))
}

/// What a small word and the name that it ran into should be, and whether the name is one that the dictionary has: `onAmazon`.
pub(super) fn glued_name(written: &str) -> Option<(String, bool)> {
    let at = written.bytes().position(|byte| byte.is_ascii_uppercase()).filter(|at| *at > 0)?;
    let (small, name) = written.split_at_checked(at)?;
    let is_word = name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || !name.contains(|c: char| c.is_ascii_lowercase()) || !lexicon::checks::RUN_INTO_NAMES.contains(small)
    {
        return None;
    }
    let low = name.to_ascii_lowercase();
    let is_name = match dictionary::entry(&low) {
        Some(entry) if entry.is_name() && !dictionary::is_common(low.as_bytes()) => true,
        Some(_) => return None,
        None => false,
    };
    Some((format!("{small} {name}"), is_name))
}

fn is_known(low: &str) -> bool {
    dictionary::is_common(low.as_bytes())
        || low.len() > 2
            && dictionary::entry(low).is_some_and(|entry| !entry.is_rare() && !entry.is_name() && entry.class() < KNOWN)
}

fn whole(low: &str, next: &str) -> Option<String> {
    let whole = format!("{low}{next}");
    let is_prefixed = lexicon::inflection::PREFIXES.iter().any(|prefix| low.strip_prefix(prefix) == Some(""));
    // `The basti on the hill`: a small word stands for itself.
    let is_small = |word: &str| {
        word.len() < 2
            || lexicon::inflection::SMALL_WORDS.contains(word)
            || lexicon::checks::RUN_TOGETHER.contains(word)
    };
    let are_pieces = whole.len() >= SHORTEST && !is_small(low) && !is_small(next) && !is_prefixed;
    (are_pieces && dictionary::is_common(whole.as_bytes())).then_some(whole)
}

/// A word that is one is only taken apart for a commoner one: *hat* for *that*, and no *and* for *sand*.
fn moved(low: &str, next: &str, one_unknown: bool, two_unknown: bool) -> Option<String> {
    if !one_unknown && !two_unknown {
        return None;
    }
    let class = |word: &str| dictionary::entry(word).map_or(u8::MAX, |entry| entry.class());
    let is_word = |word: &str| (word.len() > 1 || matches!(word, "a" | "i")) && dictionary::is_common(word.as_bytes());
    let is_better = |word: &str, old: &str, unknown: bool| is_word(word) && (unknown || class(word) < class(old));
    let are_better = |one: &str, two: &str| is_better(one, low, one_unknown) && is_better(two, next, two_unknown);
    let (head, rest) = next.split_at_checked(1)?;
    let (start, last) = low.split_at_checked(low.len() - 1)?;
    let (longer, shorter) = (format!("{low}{head}"), format!("{last}{next}"));
    let forth = are_better(&longer, rest).then(|| format!("{longer} {rest}"));
    forth.or_else(|| are_better(start, &shorter).then(|| format!("{start} {shorter}")))
}

#[cfg(test)]
mod tests {
    use super::in_pieces;
    use crate::markup::BlockKind;
    use crate::prose::Paragraph;

    fn right(text: &str) -> Option<String> {
        let paragraph = Paragraph::new(BlockKind::Paragraph, text);
        (0..paragraph.tokens.len()).find_map(|at| in_pieces(&paragraph, at)).map(|(_, right)| right)
    }

    #[test]
    fn pieces_are_put_together() {
        for (text, meant) in [
            ("The gover nment fell.", "government"),
            ("He sai dthe bridge fell.", "said the"),
            ("They mentiont hat she left.", "mention that"),
            ("They hav eno plans.", "have no"),
        ] {
            assert_eq!(right(text).as_deref(), Some(meant), "{text}");
        }
        for text in [
            "She may be late.",
            "It was a fait accompli.",
            "Any one of us may go.",
            "We met in vitro and in situ.",
            "He saw webpages and news.",
        ] {
            assert_eq!(right(text), None, "{text}");
        }
    }
}
