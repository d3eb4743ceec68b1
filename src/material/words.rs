//! The words of a source or a quote, as they are compared.

use rustc_hash::FxHashMap;

use super::numerals::number;
use crate::lexicon;
use crate::text::Span;

/// The last of the numbers that people write either way, in words or in digits.
const LAST_EITHER_WAY: usize = 12;

/// One word of a source or of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IndexedWord {
    /// Lower case, without marks; numbers up to twelve in digits.
    pub key: String,
    /// Which piece it is in.
    pub piece: u32,
    /// Its bytes in the piece.
    pub span: Span,
    /// The number of the stretch between quotation marks that it is in, in a source; 0 outside of all.
    pub quote: u32,
    /// A mark behind it ends a clause, such as a comma.
    pub ends_clause: bool,
}

impl IndexedWord {
    /// Whether leaving it out, or putting it in, turns what is said.
    pub fn turns(&self) -> bool {
        lexicon::speech::TURNING.contains(&self.key) || self.key.ends_with("n't")
    }
}

/// The words of a text, and where each of them is.
#[derive(Clone, Debug, Default)]
pub(super) struct WordIndex {
    pub all: Vec<IndexedWord>,
    /// Some are between quotation marks of the source, which is a report.
    pub has_quotes: bool,
    places: FxHashMap<String, Vec<u32>>,
}

impl WordIndex {
    /// The words of these pieces, without fillers.
    ///
    /// Quotation marks count where the source is a report that says who speaks, as news does: every fourth quote ends in a comma
    /// there, `…,” she said`. In a transcript they are those of the speakers, and say nothing.
    pub fn of<'p>(pieces: impl Iterator<Item = &'p str>) -> Self {
        let mut all = Vec::new();
        let (mut quotes, mut attributed) = (0, 0);
        for (number, piece) in pieces.enumerate() {
            let mut marks = marks(piece).peekable();
            let mut is_open = false;
            for word in words(piece) {
                while let Some((at, opens)) = marks.next_if(|(at, _)| *at < word.span.start()) {
                    attributed += u32::from(is_open && piece[..at].ends_with(','));
                    is_open = opens.unwrap_or(!is_open);
                    quotes += u32::from(is_open);
                }
                all.push(IndexedWord { piece: number as u32, quote: if is_open { quotes } else { 0 }, ..word });
            }
        }
        let has_quotes = attributed > 0 && attributed * 4 >= quotes;
        if !has_quotes {
            all.iter_mut().for_each(|word| word.quote = 0);
        }
        let mut places: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, word) in all.iter().enumerate() {
            places.entry(word.key.clone()).or_default().push(at as u32);
        }
        Self { all, has_quotes, places }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn places(&self, key: &str) -> &[u32] {
        self.places.get(key).map_or(&[], Vec::as_slice)
    }
}

/// The quotation marks of `text`: where each is, and whether it opens, closes, or does what the one before did not.
fn marks(text: &str) -> impl Iterator<Item = (usize, Option<bool>)> + use<'_> {
    let bytes = text.as_bytes();
    text.char_indices().filter_map(move |(at, c)| match c {
        '“' => Some((at, Some(true))),
        '”' => Some((at, Some(false))),
        '"' => Some((at, None)),
        // Two apostrophes, as on a typewriter.
        '\'' if bytes.get(at + 1) == Some(&b'\'') => Some((at, None)),
        _ => None,
    })
}

/// Words of a number from which on it is taken for one word. Of shorter ones, each may be said twice or after an “uh”.
const LONG_NUMBER: usize = 4;

/// The words of `text`, in order, without sounds such as “uh”. A long number in words is one word, as it is in digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = IndexedWord> + use<> {
    let all: Vec<IndexedWord> = written(text).filter(|word| !lexicon::speech::SOUNDS.contains(&word.key)).collect();
    if !all.iter().any(|word| matches!(word.key.as_str(), "hundred" | "thousand" | "million" | "billion")) {
        return all.into_iter();
    }
    let keys: Vec<&str> = all.iter().map(|word| word.key.as_str()).collect();
    let mut joined: Vec<IndexedWord> = Vec::with_capacity(all.len());
    let mut at = 0;
    while let Some(word) = all.get(at) {
        let number = number(&keys[at..]).filter(|(_, length)| *length >= LONG_NUMBER);
        let (key, length) = number.unwrap_or_else(|| (word.key.clone(), 1));
        let span = word.span.to(all[at + length - 1].span);
        let ends_clause = all[at + length - 1].ends_clause;
        joined.push(IndexedWord { key, span, ends_clause, ..word.clone() });
        at += length;
    }
    joined.into_iter()
}

/// The words of `text` as they are written.
fn written(text: &str) -> impl Iterator<Item = IndexedWord> + use<'_> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find(|c: char| c.is_alphanumeric())?;
            let rest = &text[start..];
            let mut end = rest.len();
            let mut characters = rest.char_indices().peekable();
            while let Some((offset, c)) = characters.next() {
                let next = characters.peek().map(|&(_, next)| next);
                // Apostrophes, hyphens and points inside a word or a number belong to it.
                let inside = matches!(c, '\'' | '’' | '-' | '.' | ',') && next.is_some_and(char::is_alphanumeric) && {
                    let digit = next.is_some_and(|next| next.is_ascii_digit());
                    !matches!(c, '.' | ',') || digit
                };
                if !(c.is_alphanumeric() || inside) {
                    end = offset;
                    break;
                }
            }
            at = start + end;
            let key = key(&rest[..end]);
            if !key.is_empty() {
                let behind = text[at..].trim_start_matches(['”', '’', '"', '\'', ')', ' ']);
                let ends_clause = behind.starts_with(['.', ',', ';', ':', '?', '!', '–', '—']);
                let span = Span::new(start, at);
                return Some(IndexedWord { key, piece: 0, span, quote: 0, ends_clause });
            }
        }
    })
}

fn key(word: &str) -> String {
    let low: String = word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect();
    let low: String = if low.starts_with(|c: char| c.is_ascii_digit()) { low.replace(',', "") } else { low };
    lexicon::numbers::SMALL
        .position(&low)
        .filter(|number| *number <= LAST_EITHER_WAY)
        .map_or(low, |number| number.to_string())
}
