//! How offsets move when one stretch of a text is replaced.

use super::{SourceRange, Span};

/// How many bytes are compared at once when two texts are.
const CHUNK: usize = 64;

/// The replacement of one stretch of a text, by which places outside it are found in the new text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The first byte that was replaced.
    pub from: usize,
    /// One past the last byte that was replaced, in the old text.
    pub until: usize,
    /// One past the last byte that was put there, in the new text.
    pub now: usize,
}

impl Shift {
    /// The smallest replacement that makes `new` of `old`. Its ends lie between characters.
    pub fn between(old: &str, new: &str) -> Self {
        let mut from = same_start(old.as_bytes(), new.as_bytes());
        while !old.is_char_boundary(from) || !new.is_char_boundary(from) {
            from -= 1;
        }
        let mut behind = same_end(&old.as_bytes()[from..], &new.as_bytes()[from..]);
        while !old.is_char_boundary(old.len() - behind) || !new.is_char_boundary(new.len() - behind) {
            behind -= 1;
        }
        Self { from, until: old.len() - behind, now: new.len() - behind }
    }

    /// Where `range` of the old text lies in the new one; `None` when a part of it was replaced.
    pub fn range(&self, range: &SourceRange) -> Option<SourceRange> {
        if range.end <= self.from {
            return Some(range.clone());
        }
        let moved = |at: usize| at - self.until + self.now;
        (range.start >= self.until).then(|| moved(range.start)..moved(range.end))
    }

    /// The same for a span of prose.
    pub fn span(&self, span: Span) -> Option<Span> {
        self.range(&span.range()).map(Span::from)
    }

    /// Where byte `at` of the new text was in the old one; what was put there was where the edit starts.
    pub fn before(&self, at: usize) -> usize {
        if at >= self.now { at - self.now + self.until } else { at.min(self.from) }
    }
}

/// How many bytes `a` and `b` have in common at their start.
fn same_start(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.chunks(CHUNK).zip(b.chunks(CHUNK)).take_while(|(a, b)| a == b).count() * CHUNK;
    let start = chunks.min(a.len()).min(b.len());
    start + a[start..].iter().zip(&b[start..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes `a` and `b` have in common at their end.
fn same_end(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.rchunks(CHUNK).zip(b.rchunks(CHUNK)).take_while(|(a, b)| a == b).count() * CHUNK;
    let len = chunks.min(a.len()).min(b.len());
    let (a, b) = (&a[..a.len() - len], &b[..b.len() - len]);
    len + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_before_and_after_are_found_again() {
        let shift = Shift::between("The old pier closes.", "The older pier closes.");
        assert_eq!(shift, Shift { from: 7, until: 7, now: 9 });
        assert_eq!(shift.range(&(0..7)), Some(0..7));
        assert_eq!(shift.range(&(8..12)), Some(10..14));
        assert_eq!(shift.range(&(4..12)), None);
        assert_eq!(shift.span(Span::new(8, 12)), Some(Span::new(10, 14)));
    }

    proptest! {
        #[test]
        fn a_shift_makes_the_new_text_of_the_old(old in "[a-cé😀]{0,90}", new in "[a-cé😀]{0,90}") {
            let shift = Shift::between(&old, &new);
            let made = format!("{}{}{}", &old[..shift.from], &new[shift.from..shift.now], &old[shift.until..]);
            prop_assert_eq!(made, new);
        }
    }
}
