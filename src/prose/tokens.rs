//! Cutting prose into words, numbers and punctuation.

use super::abbreviations::is_abbreviation;
use super::fold::Folded;
use crate::lexicon;
use crate::text::{Span, shape};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Holds at least one letter: `Abbas`, `don’t`, `al-Assad`, `19-year-old`, `20th`, `U.S.`, `Gen.`, `501(c)` is several.
    Word,
    /// Digits with grouping commas and a decimal point: `1,200`, `3.5`, `2018`.
    Number,
    /// One character that is neither: a quotation mark, a comma, `$`, `%`, `(`; `...` is one token.
    Punct,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// Bytes of the prose.
    pub span: Span,
    /// Bytes of the folded text.
    pub fold: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Its first character is an upper-case letter.
    pub capital: bool,
    /// White space (or the start of the paragraph) is before it.
    pub spaced: bool,
    /// A word that ends in a point of its own: `Gen.`, `U.S.`, `J.`.
    pub abbreviation: bool,
    /// A word with a hyphen or an apostrophe in it: `al-Assad`, `don’t`, `19-year-old`.
    pub joined: bool,
    /// The shape of the word in the folded text ([`shape`]), by which rules turn most words away.
    pub shape: u16,
}

pub(super) fn tokenize(text: &str, folded: &Folded) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let bytes = text.as_bytes();
    let mut folds = folded.in_order();
    let shape_at = |fold: Span| shape(folded.lower.as_bytes().get(fold.range()).unwrap_or_default());
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        // Most words are letters of ASCII that no point, hyphen or apostrophe follows.
        if byte.is_ascii_alphabetic() {
            let mut end = at + 1;
            let mut behind = ByteRole::Mark;
            while let Some(&byte) = bytes.get(end) {
                behind = PARTS[byte as usize];
                if behind != ByteRole::Word {
                    break;
                }
                end += 1;
            }
            if behind != ByteRole::Joint {
                let span = Span::new(at, end);
                let fold = folds.of_prose(span);
                tokens.push(Token {
                    span,
                    fold,
                    shape: shape_at(fold),
                    kind: TokenKind::Word,
                    capital: byte.is_ascii_uppercase(),
                    spaced,
                    abbreviation: false,
                    joined: false,
                });
                spaced = false;
                at = end;
                continue;
            }
        }
        let Some(c) = char_at(text, at) else { break };
        if is_space(c) {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let TokenShape { end, kind, abbreviation, joined } = read(text, at, c);
        let span = Span::new(at, end);
        let fold = folds.of_prose(span);
        tokens.push(Token {
            span,
            fold,
            kind,
            capital: c.is_uppercase(),
            spaced,
            abbreviation,
            joined,
            shape: shape_at(fold),
        });
        spaced = false;
        at = end;
    }
    tokens
}

/// The character that starts at byte `at`, which most often is one of ASCII.
fn char_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(byte)),
        _ => text[at..].chars().next(),
    }
}

fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' ' | '\t'..='\r');
    }
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Bytes of the longest abbreviation that is looked for.
const LONGEST_ABBREVIATION: usize = 8;

/// What a byte does to the word before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteRole {
    /// Belongs to it: a character of ASCII for which [`is_word`] holds.
    Word,
    /// May belong to it or join it to what follows: a point, a hyphen, an apostrophe, any character beyond ASCII.
    Joint,
    /// Ends it.
    Mark,
}

const PARTS: [ByteRole; 256] = {
    let mut parts = [ByteRole::Joint; 256];
    let mut byte = 0;
    while byte < 128 {
        parts[byte] = match byte as u8 {
            b'_' => ByteRole::Word,
            b'.' | b'-' | b'\'' => ByteRole::Joint,
            byte if byte.is_ascii_alphanumeric() => ByteRole::Word,
            _ => ByteRole::Mark,
        };
        byte += 1;
    }
    parts
};

/// A character that words are made of. Marks that combine belong to the letter before them.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200C}' | '\u{200D}' | '_')
}

/// What a token is, and where it ends.
struct TokenShape {
    end: usize,
    kind: TokenKind,
    abbreviation: bool,
    joined: bool,
}

/// The token that starts at `start` with `first`.
fn read(text: &str, start: usize, first: char) -> TokenShape {
    let plain = |end: usize, kind: TokenKind| TokenShape { end, kind, abbreviation: false, joined: false };
    if first.is_ascii_digit() {
        let digits = number_end(text, start);
        let next = char_at(text, digits);
        let hyphenated = next == Some('-') && text[digits + 1..].starts_with(|c: char| c.is_alphabetic());
        if !hyphenated && !next.is_some_and(is_word) {
            return plain(digits, TokenKind::Number);
        }
    }
    if is_word(first) {
        // In `2.5-mile` and `€3.5m` the point belongs to the number that opens the word.
        let (end, joined) = word_end(text, if first.is_ascii_digit() { number_end(text, start) } else { start });
        return match with_point(text, start, end) {
            Some(end) => TokenShape { end, kind: TokenKind::Word, abbreviation: true, joined },
            None => TokenShape { end, kind: TokenKind::Word, abbreviation: false, joined },
        };
    }
    if first == '.' {
        let dots = text[start..].bytes().take_while(|&b| b == b'.').count();
        return plain(start + dots, TokenKind::Punct);
    }
    plain(start + first.len_utf8(), TokenKind::Punct)
}

/// End of the digits, grouping commas and decimal points that start at `start`.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        let goes_on = byte.is_ascii_digit()
            || (matches!(byte, b',' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) && joins(bytes, end));
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the comma or point at `at` is part of a number: a comma only before a group of three digits.
fn joins(bytes: &[u8], at: usize) -> bool {
    if bytes[at] == b'.' {
        return true;
    }
    let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    digits == 3
}

/// End of the word that starts at `start`: letters, and apostrophes and hyphens between letters; and whether there are
/// any of these.
fn word_end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut joined = false;
    loop {
        while bytes.get(at).is_some_and(|&byte| PARTS[byte as usize] == ByteRole::Word) {
            at += 1;
        }
        let Some(c) = char_at(text, at) else { return (at, joined) };
        let after = at + c.len_utf8();
        if is_word(c) {
            // This apostrophe is a letter by its Unicode category.
            joined |= c == '\u{02BC}';
        } else {
            let joins = match c {
                '\'' | '\u{2019}' => char_at(text, after).is_some_and(char::is_alphabetic),
                '-' | '\u{2010}' | '\u{2011}' => char_at(text, after).is_some_and(char::is_alphanumeric),
                _ => false,
            };
            if !joins {
                return (at, joined);
            }
            joined = true;
        }
        at = after;
    }
}

/// End with the point, when the word at `start..end` is an abbreviation: `U.S.`, `J.`, `Gen.`, `a.m.`.
fn with_point(text: &str, start: usize, end: usize) -> Option<usize> {
    if text.as_bytes().get(end) != Some(&b'.') {
        return None;
    }
    let word = &text[start..end];
    if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
        return Some(initials_end(text, end));
    }
    // A number, as in “No. 5.”, a decade or an ordinal is not an abbreviation, and `Ph.D.` has its own form.
    if matches!(word, "Ph" | "Ed" | "Litt" | "Psy") && text[end..].starts_with(".D.") {
        return Some(end + 3);
    }
    let before_number = text[end + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    // `Nov. 18-Dec. 19`: the last part is short for a month.
    let word = match word.rsplit_once('-') {
        Some((first, last)) if before_number && first.bytes().all(|byte| byte.is_ascii_digit()) => last,
        _ => word,
    };
    let mut lower = [0; LONGEST_ABBREVIATION];
    let short = lower.get_mut(..word.len()).is_some_and(|lower| {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(is_abbreviation)
    });
    // “no.” and “art.” are words before anything but a number; most other entries are no words.
    let is_plain_word = lexicon::abbreviations::WORDS_TOO.contains(word);
    (short && (!is_plain_word || before_number)).then_some(end + 1)
}

/// From the point after one letter to the end of the letters with points: `U.S.`, `J.R.R.`, `a.m.`.
fn initials_end(text: &str, mut end: usize) -> usize {
    loop {
        let mut rest = text[end + 1..].chars();
        match (rest.next(), rest.next()) {
            (Some(letter), Some('.')) if letter.is_alphabetic() => end += 1 + letter.len_utf8(),
            _ => return end + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokenize(text, &Folded::new(text)).iter().map(|t| text[t.span.range()].to_owned()).collect()
    }

    #[test]
    fn abbreviations_keep_their_point() {
        assert_eq!(
            words("Gen. J. R. Ruiz of the U.S. left at 8 a.m."),
            ["Gen.", "J.", "R.", "Ruiz", "of", "the", "U.S.", "left", "at", "8", "a.m."]
        );
        assert_eq!(words("He said no. No. 5 won."), ["He", "said", "no", ".", "No.", "5", "won", "."]);
    }

    #[test]
    fn hyphens_and_apostrophes_join_words() {
        assert_eq!(words("al-Assad’s 19-year-old wouldn't"), ["al-Assad’s", "19-year-old", "wouldn't"]);
        assert_eq!(words("the teachers’ vote—now"), ["the", "teachers", "’", "vote", "—", "now"]);
    }

    #[test]
    fn numbers_keep_groups_and_decimals() {
        assert_eq!(
            words("$1,200.50, 2,5 and 1990s, 20th 2016-17."),
            ["$", "1,200.50", ",", "2", ",", "5", "and", "1990s", ",", "20th", "2016", "-", "17", "."]
        );
    }

    #[test]
    fn a_word_may_open_with_a_whole_number() {
        assert_eq!(
            words("a 2.5-mile, 1,200-acre €3.5m plan"),
            ["a", "2.5-mile", ",", "1,200-acre", "€", "3.5m", "plan"]
        );
    }

    #[test]
    fn an_ellipsis_is_one_token() {
        assert_eq!(words("wait ... what…"), ["wait", "...", "what", "…"]);
    }
}
