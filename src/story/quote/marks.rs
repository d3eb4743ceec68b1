//! Finding what is between quotation marks in one paragraph.
//!
//! Two passes over the tokens: the first lists every mark with the direction that the spacing round it suggests; the
//! second pairs them. Curly marks say their direction themselves, straight ones alternate unless the spacing says that
//! one of them is missing.

use super::mark::{Facing, QuoteMark};
use super::singles::{add_outer_singles, nest_singles, single_marks};
use super::{LocalQuotes, Marks, QuoteKind, Quoted};
use crate::prose::{Paragraph, TokenKind};
use crate::text::Span;

/// Finds the quotes of a paragraph.
pub(super) fn find(paragraph: &Paragraph) -> LocalQuotes {
    let doubles = without_arrows(paragraph, double_marks(paragraph));
    let mut local = pair_doubles(paragraph, &doubles);
    let singles = single_marks(paragraph, &doubles);
    if !singles.is_empty() {
        nest_singles(&singles, &mut local);
        add_outer_singles(paragraph, &singles, &mut local);
    }
    local
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

/// The direction of the mark at tokens `first..=last` by the white space and punctuation round it.
fn facing(paragraph: &Paragraph, first: usize, last: usize) -> Facing {
    let space_before = paragraph.tokens.get(first).is_none_or(|t| t.spaced);
    let space_after = paragraph.tokens.get(last + 1).is_none_or(|t| t.spaced);
    if space_before != space_after {
        return if space_before { Facing::Opens } else { Facing::Closes };
    }
    if space_before {
        return Facing::Either;
    }
    let before = first.checked_sub(1).map_or(' ', |i| first_char(paragraph.word(i)));
    let after = first_char(paragraph.word(last + 1));
    if matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '«')
        && !matches!(after, '.' | ',' | ')' | ']' | '—')
    {
        return Facing::Opens;
    }
    if matches!(after, '.' | ',' | ';' | ':' | '?' | '!' | ')' | ']' | '—' | '–' | '-' | '/' | '’' | '”' | '»' | '…')
    {
        return Facing::Closes;
    }
    if matches!(before, '.' | ',' | '?' | '!' | '…') {
        return Facing::Closes;
    }
    Facing::Either
}

/// All double marks and their like, in order.
fn double_marks(paragraph: &Paragraph) -> Vec<QuoteMark> {
    let mut marks = Vec::new();
    let mut in_attribute = false;
    let mut at = 0;
    while at < paragraph.tokens.len() {
        let first = at;
        at += 1;
        if paragraph.tokens[first].kind != TokenKind::Punct {
            continue;
        }
        let next = if unspaced(paragraph, first + 1) { paragraph.word(first + 1) } else { "" };
        let (kind, own, last) = match paragraph.word(first) {
            "\"" | "＂" => (Marks::StraightDouble, None, first),
            "“" | "‟" => (Marks::CurlyDouble, Some(Facing::Opens), first),
            "”" | "″" => (Marks::CurlyDouble, Some(Facing::Closes), first),
            "„" | "「" | "『" => (Marks::Other, Some(Facing::Opens), first),
            "」" | "』" => (Marks::Other, Some(Facing::Closes), first),
            "«" | "»" => (Marks::Other, None, first),
            "'" if next == "'" => (Marks::StraightDouble, None, first + 1),
            "`" if next == "`" => (Marks::StraightDouble, Some(Facing::Opens), first + 1),
            "‘" if next == "‘" => (Marks::CurlyDouble, Some(Facing::Opens), first + 1),
            "’" if next == "’" => (Marks::CurlyDouble, Some(Facing::Closes), first + 1),
            _ => continue,
        };
        let (mut first, mut last) = (first, last);
        // Three single marks in a row are a single and a double one: the double one is the outer.
        let three = last > first && paragraph.word(last + 1) == paragraph.word(first) && unspaced(paragraph, last + 1);
        if three && facing(paragraph, first, last + 1) == Facing::Closes {
            (first, last) = (first + 1, last + 1);
        }
        at = last + 1;
        if kind == Marks::StraightDouble {
            // `href="…"` that was left in the text; between two marks, the sign itself is quoted.
            let after_equals = first > 0
                && unspaced(paragraph, first)
                && paragraph.word(first - 1) == "="
                && !(first > 1 && unspaced(paragraph, first - 1) && paragraph.word(first - 2) == "\"");
            if after_equals || in_attribute {
                in_attribute = after_equals;
                continue;
            }
            if first == last && is_inch(paragraph, first) {
                continue;
            }
        }
        let spacing = facing(paragraph, first, last);
        let facing = match own {
            // A curly mark that faces the wrong way is a slip of the keyboard when both sides say so.
            Some(Facing::Opens) if spacing == Facing::Closes && closes_plainly(paragraph, first, last) => {
                Facing::Closes
            }
            Some(Facing::Closes) if spacing == Facing::Opens && kind == Marks::CurlyDouble => Facing::Opens,
            Some(own) => own,
            // French sets spaces inside its marks; German turns them round.
            None if paragraph.word(first) == "»" => {
                let word_after = paragraph.tokens.get(last + 1).is_some_and(|t| t.kind != TokenKind::Punct);
                if spacing == Facing::Opens && word_after { Facing::Opens } else { Facing::Closes }
            }
            None if paragraph.word(first) == "«" && spacing == Facing::Either => Facing::Opens,
            None => spacing,
        };
        marks.push(QuoteMark { span: paragraph.span_of(first, last), marks: kind, facing, tokens: (first, last) });
    }
    marks
}

/// `marks` without `«` and `»` that have no partner, which are arrows: `More »`, `« Back`; and without a double prime that
/// closes nothing.
fn without_arrows(paragraph: &Paragraph, mut marks: Vec<QuoteMark>) -> Vec<QuoteMark> {
    let is_angle = |mark: &QuoteMark| matches!(paragraph.word(mark.tokens.0), "«" | "»");
    let is_prime = |mark: &QuoteMark| paragraph.word(mark.tokens.0) == "″";
    if !marks.iter().any(|mark| is_angle(mark) || is_prime(mark)) {
        return marks;
    }
    let mut keep = vec![true; marks.len()];
    let mut open: Option<usize> = None;
    let mut curly = false;
    for at in 0..marks.len() {
        let (angle, opens) = (is_angle(&marks[at]), marks[at].facing != Facing::Closes);
        if is_prime(&marks[at]) {
            // `“The best of 2014″`: what a wrong substitution made of the closing mark.
            let closed_later = marks[at + 1..].iter().find(|m| m.marks == Marks::CurlyDouble && !is_prime(m));
            keep[at] = curly && closed_later.is_none_or(|m| m.facing == Facing::Opens);
            curly &= !keep[at];
        } else if marks[at].marks == Marks::CurlyDouble {
            curly = opens;
        } else if angle {
            match open.take() {
                Some(_) if marks[at].facing != Facing::Opens => {}
                earlier => {
                    earlier.into_iter().for_each(|earlier| keep[earlier] = false);
                    keep[at] = opens;
                    open = opens.then_some(at);
                }
            }
        }
    }
    if let Some(open) = open {
        keep[open] = false;
    }
    let mut keep = keep.into_iter();
    marks.retain(|_| keep.next().unwrap_or(true));
    marks
}

fn unspaced(paragraph: &Paragraph, at: usize) -> bool {
    paragraph.tokens.get(at).is_some_and(|t| !t.spaced)
}

/// A comma or stop before and white space (or the end) after: nothing opens there.
fn closes_plainly(paragraph: &Paragraph, first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).map_or("", |i| paragraph.word(i));
    matches!(before, "," | "." | "?" | "!") && paragraph.tokens.get(last + 1).is_none_or(|t| t.spaced)
}

/// `6'2"`, `15"x10"x1"`, `12" x 8"`: the mark stands for inches. `12"` alone is sorted out by the pairing.
fn is_inch(paragraph: &Paragraph, at: usize) -> bool {
    let number = |i: usize| paragraph.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let by = |i: usize| matches!(paragraph.low(i), "x" | "×" | "by");
    // `x10` is one token.
    let factor = |i: usize| {
        let digits = paragraph.low(i).strip_prefix('x').unwrap_or("");
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let Some(before) = at.checked_sub(1).filter(|_| unspaced(paragraph, at)) else { return false };
    let feet = before >= 2
        && number(before)
        && number(before - 2)
        && matches!(paragraph.word(before - 1), "'" | "’")
        && unspaced(paragraph, before - 1);
    let times = (number(before) || factor(before))
        && (factor(before) || factor(at + 1) || by(at + 1) && number(at + 2) || before > 0 && by(before - 1));
    // `5¼"`: nobody quotes half a number.
    let fraction = |i: usize| {
        number(i)
            && paragraph.word(i).ends_with(|c: char| matches!(c, '¼' | '½' | '¾' | '⅓' | '⅔' | '\u{215B}'..='\u{215E}'))
            || matches!(paragraph.word(i), "¼" | "½" | "¾" | "⅓" | "⅔" | "⅛" | "⅜" | "⅝" | "⅞")
    };
    feet || times || fraction(before)
}

/// A straight mark right behind a number and before a small letter, as in `12" pipe`.
fn may_be_inch(paragraph: &Paragraph, mark: &QuoteMark) -> bool {
    let (first, last) = mark.tokens;
    mark.marks == Marks::StraightDouble
        && first == last
        && !paragraph.tokens[first].spaced
        && first > 0
        && paragraph.tokens[first - 1].kind == TokenKind::Number
        && paragraph.tokens.get(last + 1).is_some_and(|t| t.spaced && !t.capital)
}

/// Whether a mark of the one kind can close what the other kind opened.
fn closes(open: Marks, close: Marks) -> bool {
    (open == Marks::Other) == (close == Marks::Other)
}

fn pair_doubles(paragraph: &Paragraph, marks: &[QuoteMark]) -> LocalQuotes {
    let straight: Vec<&QuoteMark> = marks.iter().filter(|m| m.marks == Marks::StraightDouble).collect();
    // Straight marks take turns. When the spacing contradicts that, or the number is odd, the spacing decides.
    let turns = straight.iter().enumerate().all(|(i, m)| {
        m.facing == Facing::Either || m.facing == if i % 2 == 0 { Facing::Opens } else { Facing::Closes }
    });
    let odd = straight.len() % 2 == 1;
    let mut local = LocalQuotes::default();
    let mut open: Option<(QuoteMark, Vec<Span>)> = None;
    let mut inner_open: Option<QuoteMark> = None;
    for (index, mark) in marks.iter().enumerate() {
        if odd && may_be_inch(paragraph, mark) {
            continue;
        }
        let mut opens = match mark.facing {
            Facing::Opens => true,
            Facing::Closes => false,
            Facing::Either => open.is_none(),
        };
        if mark.marks == Marks::StraightDouble && turns {
            opens = open.is_none();
        }
        // `„ … “`: the German closing mark is the English opening one.
        if let Some((outer, _)) = &open
            && paragraph.word(outer.tokens.0) == "„"
            && mark.marks == Marks::CurlyDouble
        {
            let (outer, nested) = match open.take() {
                Some(open) => open,
                None => continue,
            };
            local.quoted.push(closed(&outer, mark, nested));
            inner_open = None;
            continue;
        }
        match &mut open {
            None if opens => open = Some((*mark, Vec::new())),
            None => local.strays.push(mark.span),
            Some((outer, nested)) if opens => {
                // A double mark inside a double one is a nested quote when both have an end of their own.
                if has_two_ends(&marks[index + 1..]) {
                    inner_open = Some(*mark);
                } else if mark.marks != Marks::Other && ends_sentence_before(paragraph, mark) {
                    // The closing mark is missing; a quote that begins a sentence is a new one.
                    let end = before(paragraph, mark);
                    local.quoted.push(unclosed(outer, end, std::mem::take(nested)));
                    (open, inner_open) = (Some((*mark, Vec::new())), None);
                }
            }
            Some((outer, nested)) => {
                if let Some(inner) = inner_open.take() {
                    nested.push(inner.span.to(mark.span));
                } else if closes(outer.marks, mark.marks) {
                    let quoted = closed(outer, mark, std::mem::take(nested));
                    local.quoted.push(quoted);
                    open = None;
                }
            }
        }
    }
    if let Some((outer, nested)) = open {
        let end = paragraph.text.trim_end().len() as u32;
        local.quoted.push(unclosed(&outer, end.max(outer.span.end), nested));
    }
    local.quoted.retain(|q| paragraph.tokens_in(q.inner).next().is_some());
    local
}

/// Whether two closing marks come before the next opening one: the ends of a nested and of an outer quote.
fn has_two_ends(rest: &[QuoteMark]) -> bool {
    let mut ends = rest.iter().take(2).filter(|m| m.facing == Facing::Closes);
    ends.next().is_some() && ends.next().is_some()
}

/// Whether a sentence ends right before `mark`.
fn ends_sentence_before(paragraph: &Paragraph, mark: &QuoteMark) -> bool {
    mark.tokens.0.checked_sub(1).is_some_and(|i| matches!(paragraph.word(i), "." | "?" | "!"))
}

/// End of the token before `mark`.
fn before(paragraph: &Paragraph, mark: &QuoteMark) -> u32 {
    mark.tokens.0.checked_sub(1).and_then(|i| paragraph.tokens.get(i)).map_or(mark.span.start, |t| t.span.end)
}

fn closed(open: &QuoteMark, close: &QuoteMark, nested: Vec<Span>) -> Quoted {
    Quoted { span: open.span.to(close.span), closed: true, ..unclosed(open, close.span.start, nested) }
}

fn unclosed(open: &QuoteMark, end: u32, nested: Vec<Span>) -> Quoted {
    let end = end.max(open.span.end);
    Quoted {
        span: Span { start: open.span.start, end },
        inner: Span { start: open.span.end, end },
        closed: false,
        marks: open.marks,
        nested,
        kind: QuoteKind::Direct,
        words: 0,
        said: 0,
        attribution: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::BlockKind;
    use proptest::prelude::*;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph::new(BlockKind::Paragraph, text.to_owned())
    }

    fn inner(text: &str) -> Vec<String> {
        let p = paragraph(text);
        find(&p).quoted.iter().map(|q| p.slice(q.inner).to_owned()).collect()
    }

    fn nested(text: &str) -> Vec<String> {
        let p = paragraph(text);
        find(&p).quoted.iter().flat_map(|q| &q.nested).map(|s| p.slice(*s).to_owned()).collect()
    }

    #[test]
    fn double_marks_of_all_kinds() {
        assert_eq!(inner("“We won,” Ruiz said. “At last.”"), ["We won,", "At last."]);
        assert_eq!(inner("\"We won,\" Ruiz said. \"At last.\""), ["We won,", "At last."]);
        assert_eq!(inner("''We won,'' Ruiz said."), ["We won,"]);
        assert_eq!(inner("« Bien », dit-elle, et „gut“, sagte er."), [" Bien ", "gut"]);
        assert_eq!(inner("It was—“a mess”—and (\"chaos\")."), ["a mess", "chaos"]);
    }

    #[test]
    fn an_unclosed_quote_ends_with_its_paragraph() {
        let p = paragraph("Ruiz said: “We won. ");
        let q = &find(&p).quoted[0];
        assert!(!q.closed);
        assert_eq!(p.slice(q.inner), "We won.");
        assert_eq!(inner("\"We won. It was late"), ["We won. It was late"]);
    }

    #[test]
    fn the_spacing_recovers_straight_marks_when_one_is_missing() {
        assert_eq!(inner("We won,\" she said. \"It was late,\" he said."), ["It was late,"]);
        assert_eq!(inner("\"We won. \"It was late,\" he said."), ["We won.", "It was late,"]);
        let p = paragraph("We won,” she said.");
        assert_eq!(find(&p).strays.len(), 1);
    }

    #[test]
    fn inches_feet_and_attributes_are_no_quotes() {
        assert!(inner("He is 6'2\" tall and she is 5’10\".").is_empty());
        assert!(inner("The pan is 15\"x10\"x1\", the lid 12\" x 8\".").is_empty());
        assert!(inner("See <a href=\"https://example.org\">this</a>.").is_empty());
        assert_eq!(inner("The sign (\"=\") is left out."), ["="]);
        assert_eq!(inner("\"He is 6'2\" tall,\" Ruiz said."), ["He is 6'2\" tall,"]);
        assert_eq!(inner("\"Bring 12\" pipes,\" Ruiz said."), ["Bring 12\" pipes,"]);
    }

    #[test]
    fn arrows_are_no_quotes_and_a_prime_closes_one() {
        let strays = |text: &str| find(&paragraph(text)).strays.len();
        for arrow in ["See more »", "« Back", "« Back to “the news”", "Home » News » Town"] {
            assert_eq!(strays(arrow), 0, "{arrow}");
        }
        assert_eq!(inner("« Back to “the news”"), ["the news"]);
        assert_eq!(inner("The list “Best Boats of 2014″ has ten names."), ["Best Boats of 2014"]);
        assert!(inner("The board is 12″ wide.").is_empty());
    }

    #[test]
    fn quotes_nest() {
        assert_eq!(nested("“He told me, ‘Go home,’ and left,” Ruiz said."), ["‘Go home,’"]);
        assert_eq!(nested("\"He said 'the teachers' vote' was off,\" Ruiz said."), ["'the teachers' vote'"]);
        assert_eq!(nested("“He said “no” to us,” Ruiz said."), ["“no”"]);
        assert_eq!(nested("‘He said “no” to us,’ Ruiz said."), ["“no”"]);
        assert_eq!(nested("''She said 'go,''' he said. "), ["'go,'"]);
    }

    #[test]
    fn british_single_marks_are_quotes_and_apostrophes_are_not() {
        assert_eq!(inner("‘We don’t know the boys’ names,’ Ruiz said."), ["We don’t know the boys’ names,"]);
        assert_eq!(inner("'We won,' Ruiz said, 'at last'."), ["We won,", "at last"]);
        for none in [
            "The ’90s and the '80s: rock 'n' roll for the teachers' union.",
            "Get 'em talkin' 'til the boys' club is full.",
            "It’s the voters’ choice, Ruiz’s aides said.",
            "She ran 5' and 6'.",
        ] {
            assert!(inner(none).is_empty(), "{none}: {:?}", inner(none));
        }
    }

    proptest! {
        #[test]
        fn quotes_of_any_text_are_in_order_and_on_boundaries(text in "[a-bS0-1“”\"'‘’„«»`,.=é😀 \n-]{0,60}") {
            let p = paragraph(&text);
            let mut last = 0;
            for q in find(&p).quoted {
                prop_assert!(q.span.start >= last);
                last = q.span.end;
                prop_assert!(q.span.contains(q.inner));
                for s in q.nested.iter().chain([&q.span, &q.inner]) {
                    prop_assert!(q.span.contains(*s));
                    prop_assert!(text.is_char_boundary(s.start()) && text.is_char_boundary(s.end()));
                }
            }
        }

        #[test]
        fn one_quotation_at_most_is_around_a_place(text in "[ab“”\"'‘’„«».= \n]{0,40}", start in 0u32..60, len in 0u32..8) {
            let local = find(&paragraph(&text));
            let span = Span { start, end: start + len };
            let holding: Vec<&Quoted> = local.quoted.iter().filter(|q| q.inner.contains(span)).collect();
            prop_assert!(holding.len() <= 1);
            prop_assert_eq!(local.around(span), holding.first().copied());
        }
    }
}
