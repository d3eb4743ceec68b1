//! Single quotation marks: which of them are apostrophes, and what the others enclose.

use super::mark::QuoteMark;
use super::{LocalQuotes, Marks, QuoteKind, Quoted};
use crate::lexicon;
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// How sure it is that a single mark closes a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Single {
    Opens,
    /// Behind punctuation, or behind a word that cannot be a possessive or a dropped letter.
    Closes,
    /// May as well be an apostrophe: `teachers'`, `talkin'`.
    MayClose,
}

/// A single mark that is at the edge of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct SingleMark {
    span: Span,
    marks: Marks,
    way: Single,
}

/// All single marks that may open or close a quote. Apostrophes inside words are not among the tokens at all.
pub(super) fn single_marks(paragraph: &Paragraph, doubles: &[QuoteMark]) -> Vec<SingleMark> {
    let mut singles = Vec::new();
    let mut doubles = doubles.iter().peekable();
    for (at, token) in paragraph.tokens.iter().enumerate() {
        if token.kind != TokenKind::Punct {
            continue;
        }
        while doubles.next_if(|m| m.tokens.1 < at).is_some() {}
        if doubles.peek().is_some_and(|m| m.tokens.0 <= at) {
            continue;
        }
        let marks = match paragraph.word(at) {
            "‘" | "’" => Marks::CurlySingle,
            "'" | "`" => Marks::StraightSingle,
            _ => continue,
        };
        if let Some(way) = single_way(paragraph, at) {
            singles.push(SingleMark { span: token.span, marks, way });
        }
    }
    singles
}

fn single_way(paragraph: &Paragraph, at: usize) -> Option<Single> {
    let token = paragraph.tokens.get(at)?;
    let next = paragraph.tokens.get(at + 1);
    let touches_next = next.is_some_and(|t| !t.spaced);
    let before = at.checked_sub(1).map_or("", |i| paragraph.word(i));
    let open_before =
        token.spaced || matches!(before, "“" | "\"" | "(" | "[" | "—" | "–" | "-" | "…" | "'" | "‘" | ":");
    if open_before && touches_next {
        let next_is_word = next.is_some_and(|t| t.kind != TokenKind::Punct);
        if paragraph.word(at) == "’" || (next_is_word && is_elision(paragraph.low(at + 1))) {
            return None;
        }
        let opens = next_is_word
            || matches!(paragraph.word(at + 1), "…" | "..." | "[" | "(" | "$" | "£" | "€" | "“" | "\"" | "#" | "@");
        return opens.then_some(Single::Opens);
    }
    if token.spaced || paragraph.word(at) == "‘" {
        return None;
    }
    let next_is_word = next.is_some_and(|t| !t.spaced && t.kind != TokenKind::Punct);
    if next_is_word {
        return None;
    }
    let last = before.chars().last()?;
    if !last.is_alphanumeric() {
        return Some(Single::Closes);
    }
    // `6'` and `5' 10`: feet and minutes.
    if last.is_ascii_digit() {
        return Some(Single::MayClose);
    }
    let apostrophe = matches!(last, 's' | 'S' | 'z' | 'x')
        || before.ends_with("in")
        || matches!(before, "o" | "an" | "ol" | "th" | "n");
    let before_word = next.is_some_and(|t| t.spaced && t.kind == TokenKind::Word);
    Some(if apostrophe && before_word { Single::MayClose } else { Single::Closes })
}

/// `'90s`, `'em`, `'til`: the mark before it is an apostrophe.
fn is_elision(word: &str) -> bool {
    let decade = word.len() >= 2 && word.as_bytes().iter().take(2).all(u8::is_ascii_digit) && word.len() <= 4;
    decade || lexicon::quotes::ELISIONS.contains(word)
}

/// Puts pairs of single marks inside a double quote into its `nested`.
pub(super) fn nest_singles(singles: &[SingleMark], local: &mut LocalQuotes) {
    let mut from = 0;
    for quoted in &mut local.quoted {
        while singles.get(from).is_some_and(|s| s.span.start < quoted.span.start) {
            from += 1;
        }
        let mut to = from;
        while singles.get(to).is_some_and(|s| s.span.end <= quoted.span.end) {
            to += 1;
        }
        let pairs = pair_singles(singles.get(from..to).unwrap_or_default());
        if !pairs.is_empty() {
            quoted.nested.extend(pairs.iter().map(|p| p.0.to(p.1)));
            quoted.nested.sort_unstable();
        }
        from = to;
    }
}

/// The pairs of opening and closing marks in order: `(opening, closing, marks)`.
fn pair_singles(singles: &[SingleMark]) -> Vec<(Span, Span, Marks)> {
    let mut pairs = Vec::new();
    let mut open: Option<SingleMark> = None;
    let mut weak: Option<Span> = None;
    let mut push = |open: &mut Option<SingleMark>, close: Option<Span>| {
        if let (Some(opening), Some(close)) = (open.take(), close) {
            pairs.push((opening.span, close, opening.marks));
        }
    };
    for single in singles {
        match single.way {
            Single::Opens => {
                push(&mut open, weak.take());
                open = Some(*single);
            }
            Single::Closes if open.is_some() => {
                push(&mut open, Some(single.span));
                weak = None;
            }
            Single::MayClose if open.is_some() => weak = Some(single.span),
            Single::Closes | Single::MayClose => {}
        }
    }
    push(&mut open, weak.take());
    pairs
}

/// Adds pairs of single marks that are in no double quote. What they hold may be a double quote: house style in
/// Britain nests the other way round.
pub(super) fn add_outer_singles(paragraph: &Paragraph, singles: &[SingleMark], local: &mut LocalQuotes) {
    let mut quoted = local.quoted.iter().peekable();
    let outside: Vec<SingleMark> = singles
        .iter()
        .filter(|s| {
            while quoted.next_if(|q| q.span.end <= s.span.start).is_some() {}
            quoted.peek().is_none_or(|q| !q.span.contains(s.span))
        })
        .copied()
        .collect();
    let mut added = Vec::new();
    for (open, close, marks) in pair_singles(&outside) {
        let inner = Span { start: open.end, end: close.start };
        let holds_word = paragraph.tokens_in(inner).any(|i| paragraph.tokens[i].kind != TokenKind::Punct);
        if !holds_word {
            continue;
        }
        added.push(Quoted {
            span: open.to(close),
            inner,
            closed: true,
            marks,
            nested: Vec::new(),
            kind: QuoteKind::Direct,
            words: 0,
            said: 0,
            attribution: None,
        });
    }
    if added.is_empty() {
        return;
    }
    // A double quote inside a single one is nested in it; one that overlaps only in part keeps the single one out.
    let mut doubles = std::mem::take(&mut local.quoted).into_iter().peekable();
    for mut single in added {
        while let Some(double) = doubles.next_if(|d| d.span.end <= single.span.start) {
            local.quoted.push(double);
        }
        let mut inside = Vec::new();
        while let Some(double) = doubles.next_if(|d| single.inner.contains(d.span) && d.closed) {
            inside.push(double);
        }
        if doubles.peek().is_some_and(|d| d.span.overlaps(single.span)) {
            local.quoted.extend(inside);
            continue;
        }
        single.nested = inside.iter().map(|d| d.span).collect();
        local.quoted.push(single);
    }
    local.quoted.extend(doubles);
}
