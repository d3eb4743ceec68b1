//! Folding typographic characters to ASCII, with a map back.

use std::sync::Arc;

use crate::text::{Span, find_byte};

/// A copy of a paragraph's prose in which quotation marks, apostrophes, dashes, ellipses and spaces are ASCII.
///
/// Rules match on it, so that `don't` finds `don’t` and `a.m.` finds `a.m.` behind a non-breaking space, and so that
/// regexes can use ASCII word boundaries (Unicode ones are many times slower next to non-ASCII text).
/// Zero-width characters and soft hyphens are left out; a line break is a space.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    /// Folded, with the case kept. Most paragraphs have nothing to fold, and share their prose with it.
    pub text: Arc<str>,
    /// Folded, with ASCII letters (and other letters whose lower case is as long) in lower case. Same offsets as `text`.
    pub lower: String,
    /// The places where a character and its folded form differ in length; ascending.
    shifts: Vec<FoldShift>,
}

/// One character of the prose (or CRLF) that is more or less than one byte when folded or in the prose.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct FoldShift {
    folded: Span,
    prose: Span,
}

impl Folded {
    /// Folds `prose`, and shares it where it stays as it is.
    pub fn of(prose: &Arc<str>) -> Self {
        match find_byte(prose.as_bytes(), may_fold) {
            Some(_) => Self::new(prose),
            None => Self { text: Arc::clone(prose), lower: lower(prose), shifts: Vec::new() },
        }
    }

    /// Folds `prose`.
    pub fn new(prose: &str) -> Self {
        let mut text = String::with_capacity(prose.len());
        let mut shifts = Vec::new();
        let mut at = 0;
        // Most of the prose stays as it is, and is copied a stretch at a time.
        while let Some(next) = find_byte(&prose.as_bytes()[at..], may_fold).map(|plain| at + plain) {
            text.push_str(&prose[at..next]);
            let Some(c) = prose[next..].chars().next() else { break };
            at = next + c.len_utf8();
            match fold(c) {
                None => text.push(c),
                Some(folded) => {
                    let start = text.len();
                    text.push_str(folded);
                    if c == '\r' && prose.as_bytes().get(at) == Some(&b'\n') {
                        at += 1;
                    }
                    if folded.len() != 1 || at - next != 1 {
                        shifts.push(FoldShift { folded: Span::new(start, text.len()), prose: Span::new(next, at) });
                    }
                }
            }
        }
        text.push_str(&prose[at..]);
        let lower = lower(&text);
        shifts.shrink_to_fit();
        Self { text: text.into(), lower, shifts }
    }

    /// The prose that `span` of the folded text came from.
    ///
    /// A span that starts or ends inside a folded character, such as the three points of an ellipsis, covers the whole
    /// of it; characters that were left out at the edges stay outside.
    pub fn to_prose(&self, span: Span) -> Span {
        let start = self.map(self.shifts.partition_point(|s| s.folded.start <= span.start), span.start, false, |s| {
            (s.folded, s.prose)
        });
        if span.is_empty() {
            return Span { start, end: start };
        }
        let end = self
            .map(self.shifts.partition_point(|s| s.folded.start < span.end), span.end, true, |s| (s.folded, s.prose));
        Span { start, end: end.max(start) }
    }

    /// The folded text of `span` of the prose.
    pub fn of_prose(&self, span: Span) -> Span {
        if self.shifts.is_empty() {
            return span;
        }
        let start = self.map(self.shifts.partition_point(|s| s.prose.start <= span.start), span.start, false, |s| {
            (s.prose, s.folded)
        });
        if span.is_empty() {
            return Span { start, end: start };
        }
        let end = self
            .map(self.shifts.partition_point(|s| s.prose.start < span.end), span.end, true, |s| (s.prose, s.folded));
        Span { start, end: end.max(start) }
    }

    /// What [`Folded::of_prose`] says of spans that are asked for in order, of which none overlaps another.
    pub(super) fn in_order(&self) -> InOrder<'_> {
        InOrder { folded: self, next: 0, last: FoldShift::default() }
    }

    /// `offset` moved by what the last of the first `count` shifts says; inside that shift, to its start or end.
    fn map(&self, count: usize, offset: u32, at_end: bool, sides: impl Fn(&FoldShift) -> (Span, Span)) -> u32 {
        let Some(shift) = count.checked_sub(1).and_then(|last| self.shifts.get(last)) else { return offset };
        let (from, to) = sides(shift);
        if offset >= from.end {
            to.end + (offset - from.end)
        } else if at_end {
            to.end
        } else {
            to.start
        }
    }
}

/// Goes through the shifts beside the spans that it is asked for.
pub(super) struct InOrder<'f> {
    folded: &'f Folded,
    /// Index of the first shift that ends behind the last span's start.
    next: usize,
    /// The shift before that; empty where there is none.
    last: FoldShift,
}

impl InOrder<'_> {
    /// The folded text of `span` of the prose, which starts no earlier than the last one that was asked for.
    pub fn of_prose(&mut self, span: Span) -> Span {
        let shifts = &self.folded.shifts;
        while let Some(shift) = shifts.get(self.next).filter(|shift| shift.prose.end <= span.start) {
            self.last = *shift;
            self.next += 1;
        }
        if shifts.get(self.next).is_some_and(|shift| shift.prose.start < span.end) {
            return self.folded.of_prose(span);
        }
        let moved = |offset: u32| self.last.folded.end + (offset - self.last.prose.end);
        Span { start: moved(span.start), end: moved(span.end) }
    }
}

/// Whether a character that starts with `byte` may be one that [`fold`] changes: no letter, digit or mark of ASCII. Told
/// by one comparison, so that many bytes are looked at in one step.
fn may_fold(byte: u8) -> bool {
    (byte as i8) < b' ' as i8
}

fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => "\"",
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{02BC}' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2026}' => "...",
        '\u{00A0}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{3000}'
        | '\t'
        | '\n'
        | '\r'
        | '\u{2028}'
        | '\u{2029}' => " ",
        '\u{00AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => "",
        _ => return None,
    })
}

fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(plain) = find_byte(rest.as_bytes(), |byte| !byte.is_ascii()) {
        lower.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        lower.push(lower_if_as_long(c));
        rest = &rest[c.len_utf8()..];
    }
    lower.push_str(rest);
    lower.make_ascii_lowercase();
    lower
}

fn lower_if_as_long(c: char) -> char {
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(single), None) if single.len_utf8() == c.len_utf8() => single,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_fold_and_map_back() {
        let prose = "“Don’t…”\u{a0}É\u{200b}a";
        let folded = Folded::new(prose);
        assert_eq!(&*folded.text, "\"Don't...\" Éa");
        assert_eq!(folded.lower, "\"don't...\" éa");
        let word = folded.text.find("Don't").expect("the word is there");
        let span = folded.to_prose(Span::new(word, word + 5));
        assert_eq!(&prose[span.range()], "Don’t");
        assert_eq!(folded.of_prose(span), Span::new(word, word + 5));
    }

    #[test]
    fn a_crlf_inside_a_paragraph_is_one_space() {
        let folded = Folded::new("a\r\nb");
        assert_eq!(&*folded.text, "a b");
        assert_eq!(folded.to_prose(Span::new(2, 3)), Span::new(3, 4));
    }

    proptest! {
        #[test]
        fn every_folded_character_maps_to_a_character_of_the_prose(prose in "[a-c“”’…\u{a0}\u{200b}é😀 \r\n-]{0,40}") {
            let folded = Folded::new(&prose);
            prop_assert_eq!(folded.text.len(), folded.lower.len());
            let mut last = 0;
            let mut in_order = folded.in_order();
            for (at, c) in prose.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                prop_assert_eq!(in_order.of_prose(span), folded.of_prose(span));
            }
            for (at, c) in folded.text.char_indices() {
                let span = folded.to_prose(Span::new(at, at + c.len_utf8()));
                prop_assert!(prose.is_char_boundary(span.start()) && prose.is_char_boundary(span.end()));
                prop_assert!(span.start() >= last);
                last = span.start();
            }
        }
    }
}
