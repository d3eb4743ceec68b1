//! Stretches of text, and where they are.
//!
//! Two kinds of offset run through the whole program, and they are never mixed, because they have different types:
//!
//! - [`SourceRange`]: UTF-8 bytes of the document as it is on disk or in the editor;
//! - [`Span`]: UTF-8 bytes of one paragraph's prose, that is, of its text once the markup is removed.
//!
//! Only [`crate::markup::SourceMap`] goes from one to the other.

mod dates;
mod document;
pub(crate) mod language;
mod lines;
mod mistakes;
mod shift;
mod words;

pub use dates::{compact_date, date, date_readings, find_date, parse_date, weekday_name};
pub use document::{Buffer, Position, PositionEncoding, TextEdit};
pub use lines::without_markup;
pub use lines::{
    LineColumn, LineIndex, counted, grouped, line_break, line_start, next_line, on_one_line, picture_of, plain_line,
    shortened, single_spaced,
};
pub use mistakes::in_words;
pub use shift::Shift;
pub(crate) use words::{SHAPES, ShapeSet, Slots, WordMap, WordSet, added_letter, are_anagrams, hash, mix, shape};

/// A half-open range of UTF-8 bytes in a document's source text.
pub type SourceRange = std::ops::Range<usize>;

/// A half-open range of UTF-8 bytes in the prose of one paragraph.
///
/// `start <= end` always holds, and both lie on character boundaries of the prose they were made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, and without, `end`.
    ///
    /// An `end` before `start` gives the empty span at `start`: callers that compute ends need no check of their own.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// First byte, as an index.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte, as an index.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same stretch as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies wholly inside this span (equal spans count).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Whether two names are short enough to be compared letter by letter: the time and memory that takes grow with the
/// product of their lengths, and no name of a story is longer.
pub fn are_comparable(one: &str, other: &str) -> bool {
    one.len().max(other.len()) <= 200
}

/// The candidate that `word` is most likely a slip for; `None` when none is near.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // The distance is never less than the difference in length, so most candidates need no comparison.
    let length = word.chars().count();
    let most = 1 + length / 4;
    let alike = candidates.into_iter().filter(|candidate| candidate.chars().count().abs_diff(length) <= most);
    let scored = alike.map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate));
    let (distance, best) = scored.min()?;
    (distance <= most).then_some(best)
}
/// Where the first byte of `bytes` is that `wanted` holds for. Sixteen bytes without one are passed over in a few steps.
pub(crate) fn find_byte(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<16>();
    let holds_none = |chunk: &&[u8; 16]| !chunk.iter().fold(false, |any, &byte| any | wanted(byte));
    let passed = chunks.iter().take_while(holds_none).count() * 16;
    bytes[passed..].iter().position(|&byte| wanted(byte)).map(|at| passed + at)
}

/// Whether `wanted` holds for any of `bytes`.
pub(crate) fn has_byte(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    find_byte(bytes, wanted).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_know_what_they_hold() {
        let (span, gap) = (Span::new(3, 7), Span::new(5, 2));
        assert_eq!((span.len(), gap.len(), span.is_empty(), gap.is_empty()), (4, 0, false, true));
        for (start, end, held, shared) in [
            (3, 7, true, true),
            (4, 5, true, true),
            (2, 5, false, true),
            (6, 8, false, true),
            (0, 3, false, false),
            (7, 9, false, false),
        ] {
            let other = Span::new(start, end);
            assert_eq!((span.contains(other), span.overlaps(other)), (held, shared), "{other:?}");
        }
        assert_eq!(span.to(Span::new(0, 4)), Span::new(0, 7));
    }

    #[test]
    fn names_that_are_far_too_long_are_not_compared() {
        let long = "n".repeat(200);
        assert!(are_comparable(&long, "n") && are_comparable("n", &long));
        assert!(!are_comparable(&(long.clone() + "n"), "n") && !are_comparable("n", &(long + "n")));
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for at in 0..40 {
            let mut bytes = [b'a'; 40];
            bytes[at] = b'!';
            assert_eq!(find_byte(&bytes, |byte| byte == b'!'), Some(at));
            assert!(has_byte(&bytes, |byte| byte == b'!'));
        }
        assert!(!has_byte(&[b'a'; 40], |byte| byte == b'!'));
    }
}
